"""A text-attributed graph as GraphAdapter is trained on it: texts, classes, links, and their hidden states."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from adapters.graph_adapter.hidden import HiddenStates, Prompt, cached
from adapters.graph_adapter.layer import TextGraph
from adapters.training.errors import BadTrainingData, TrainingError
from graphs.files.text_graph import read_text_graph

MESSAGES = 0.7  # share of the links that stay in the graph when links are predicted


@dataclass(frozen=True)
class NodeData:
    """texts and classes of the nodes in order (-1: no label), names of the classes, edges [2, edges] both ways."""

    texts: list[str]
    classes: list[int]
    names: list[str]
    edges: Tensor
    digest: str

    def divided(self, nodes: Sequence[int], held: float, seed: int) -> tuple[list[int], list[int]]:
        """The nodes for training and those held out for validation, at least one, in a random order."""
        order = torch.randperm(len(nodes), generator=torch.Generator().manual_seed(seed)).tolist()
        away = max(1, int(held * len(order)))
        return [nodes[i] for i in order[away:]], [nodes[i] for i in order[:away]]

    def text_graph(self, states: HiddenStates, kind: str, seed: int, edges: Tensor | None = None) -> TextGraph:
        """The graph with the mean hidden state of each text as features. kind: real, shuffled or none (edges)."""
        chosen = self.edges if edges is None else edges
        if kind == "none":
            chosen = chosen[:, :0]
        elif kind == "shuffled":
            ends = torch.randperm(len(self.texts), generator=torch.Generator().manual_seed(seed))
            chosen = ends[chosen]  # the same graph on other nodes
        return TextGraph(torch.from_numpy(states.mean[:].astype("float32")), chosen)

    def link_parts(self, held: float, seed: int) -> tuple[Tensor, list[Any], list[Any]]:
        """(edges that stay in the graph, both ways; pairs to train on; pairs to validate on), half of them no links."""
        generator = torch.Generator().manual_seed(seed)
        once = self.edges[:, self.edges[0] < self.edges[1]]
        order = torch.randperm(once.shape[1], generator=generator)
        stay, away = int(MESSAGES * len(order)), max(1, int(held * len(order)))
        if len(order) - stay - away < 1:
            raise BadTrainingData(f"{len(order)} links are too few to train and to validate on")
        linked = {tuple(pair) for pair in self.edges.t().tolist()}
        parts = []
        for chosen in (order[stay:-away], order[-away:]):
            pairs = [(int(u), int(v), 1.0) for u, v in once[:, chosen].t()]
            for _ in range(100 * len(pairs)):
                if len(pairs) >= 2 * len(chosen):
                    break
                u, v = torch.randint(len(self.texts), (2,), generator=generator).tolist()
                if u != v and (u, v) not in linked:
                    pairs.append((u, v, 0.0))
            parts.append([{"pair": torch.tensor([u, v]), "labels": torch.tensor(is_link)} for u, v, is_link in pairs])
        kept = once[:, order[:stay]]
        return torch.cat([kept, kept.flip(0)], dim=1), parts[0], parts[1]


def read_nodes(path: Path) -> NodeData:
    """The texts, labels and edges of a graph, directions ignored.

    Raises:
        BadTrainingData: there is no such path, or no node has a text.
    """
    if not path.exists():
        raise BadTrainingData(f"--data {path}: there is no such file or folder")
    graph = read_text_graph(path)
    about = [data for _, data in graph.nx.nodes(data=True)]
    texts = [data["text"] if isinstance(data.get("text"), str) else "" for data in about]
    if not any(texts):
        raise BadTrainingData(f"--data {path}: no node has the attribute `text`")
    labels = [None if data.get("label") is None else str(data["label"]) for data in about]
    names = sorted({label for label in labels if label is not None})
    place = {node: i for i, node in enumerate(graph)}
    pairs = {(place[u], place[v]) for u, v in graph.nx.edges() if u != v}
    pairs |= {(v, u) for u, v in pairs}
    edges = torch.tensor(sorted(pairs), dtype=torch.long).reshape(-1, 2).t().contiguous()
    digest = hashlib.sha256(repr((texts, labels, sorted(pairs))).encode(errors="replace")).hexdigest()[:16]
    return NodeData(texts, [-1 if label is None else names.index(label) for label in labels], names, edges, digest)


def states_of(
    options: Namespace, data: NodeData, model: Any, tokenizer: Any, report: Callable[[int, int], None]
) -> HiddenStates:
    """The hidden states of all texts, from their folder or computed into it."""
    folder = options.states or options.save.with_name(f"{options.save.name}-states")
    prompt = Prompt(options.before, options.after, options.tokens)
    return cached(folder, model, tokenizer, data.texts, prompt, name=options.model, report=report)


def block_of(adapted: Any, begin: Path | None) -> Any:
    """The trainable block of a freshly adapted model, with the weights of the adapter in `begin`.

    Raises:
        TrainingError: that folder holds no adapter of the same shape.
    """
    from safetensors.torch import load_file

    block = adapted.get_output_embeddings().graph_block["default"]
    if begin is not None:
        try:
            found = load_file(begin / "adapter_model.safetensors")
            block.load_state_dict({name.partition(".graph_block.")[2]: weight for name, weight in found.items()})
        except (OSError, RuntimeError) as error:
            raise TrainingError(f"--begin {begin} holds no GraphAdapter of this shape ({str(error)[:200]})") from error
    return block
