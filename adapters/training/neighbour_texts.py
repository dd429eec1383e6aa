"""Texts of a graph's nodes, each behind the texts of some neighbours, with the token graph that the graph draws."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from adapters.training.errors import BadTrainingData
from adapters.training.texts import IGNORED, Block


@dataclass(frozen=True)
class NodeTexts:
    """Nodes that carry a text, and whom each may hear: its neighbours in either direction that carry one too."""

    name: str
    texts: Mapping[Hashable, str]
    near: Mapping[Hashable, tuple[Hashable, ...]]
    digest: str


def read_nodes(path: Path, field: str) -> NodeTexts:
    """Read a folder of `nodes.jsonl` and `edges.tsv`, or a graph file whose nodes have an attribute `field`.

    Raises:
        BadTrainingData: no node carries a text, or fewer than two do. GraphError: the graph cannot be read.
    """
    from graphs.files.text_graph import read_text_graph

    graph = read_text_graph(path)
    texts = {node: about[field] for node, about in graph.nx.nodes(data=True) if _is_text(about.get(field))}
    if len(texts) < 2:
        raise BadTrainingData(
            f"--graph {path}: {len(texts)} of {graph.num_nodes} nodes have a text under {field!r}; name it with --field"
        )
    found = graph.nx.to_undirected(as_view=True) if graph.nx.is_directed() else graph.nx
    near = {node: tuple(v for v in found[node] if v in texts and v != node) for node in texts}
    digest = hashlib.sha256(repr(sorted((str(n), t, sorted(map(str, near[n]))) for n, t in texts.items())).encode())
    return NodeTexts(path.name, texts, near, digest.hexdigest()[:16])


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def node_blocks(
    data: NodeTexts, tokenizer: Any, length: int, share: float, neighbours: int, *, edges: bool
) -> tuple[list[Block], list[Block]]:
    """(training, validation): a block a node; `share` of the nodes, drawn at random whatever the seed, for validation.

    The first half of a block is for up to so many neighbours, chosen at random; the node's own text follows, and it
    alone is predicted. edges: give the token graph besides, in which each token of the node hears those of neighbours.
    """
    order = sorted(data.texts, key=str)
    rng = random.Random(0)
    rng.shuffle(order)
    held = min(max(1, round(share * len(order))), len(order) - 1)
    found = [_block(data, node, tokenizer, length, neighbours, rng, edges) for node in order]
    return found[held:], found[:held]


def _block(
    data: NodeTexts, node: Hashable, tokenizer: Any, length: int, neighbours: int, rng: random.Random, edges: bool
) -> Block:
    near = data.near[node]
    heard: list[int] = []
    for other in rng.sample(near, min(neighbours, len(near))):
        heard += _tokens(data.texts[other], tokenizer, max(1, length // 2 // neighbours))
    heard = heard[: length // 2]
    own = _tokens(data.texts[node], tokenizer, length - len(heard))
    empty = length - len(heard) - len(own)
    block: Block = {
        "input_ids": heard + own + [own[-1]] * empty,
        "labels": [IGNORED] * len(heard) + own + [IGNORED] * empty,
    }
    if edges:
        block["edges"] = torch.zeros(length, length, dtype=torch.bool)
        block["edges"][len(heard) : len(heard) + len(own), : len(heard)] = True
    return block


def _tokens(text: str, tokenizer: Any, most: int) -> list[int]:
    """The text's tokens, at most so many, the last of them the end of the text where it is not cut."""
    ids = list(tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])
    if tokenizer.eos_token_id is not None:
        ids.append(tokenizer.eos_token_id)
    return ids[:most]
