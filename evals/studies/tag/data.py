"""What the rows of the text-graph study share: the graph as arrays, its splits, and how a row is measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.task import BadData
from graphs.files.text_graph import read_text_graph
from graphs.graph import Graph

Array = NDArray[Any]
SETTINGS = ("60/20/20", "20 a class")
PER_CLASS, VALIDATION, TEST = 20, 500, 1000  # as in the splits of Planetoid


@dataclass(frozen=True)
class TextGraphData:
    """A graph of which every node has a text and a class.

    classes: [nodes], numbers into `names`. edges: [2, edges], each undirected edge both ways, without self-loops.
    """

    graph: Graph
    texts: list[str]
    classes: Array
    names: list[str]
    edges: Array

    @classmethod
    def read(cls, path: Path) -> TextGraphData:
        """
        Raises:
            BadData: a node lacks a text or a class.
        """
        graph = read_text_graph(path)
        about = [data for _, data in graph.nx.nodes(data=True)]
        for node, data in graph.nx.nodes(data=True):
            if not isinstance(data.get("text"), str) or data.get("label") is None:
                raise BadData(f"{path}: node {node} has no text or no label; the study needs both on every node")
        names = sorted({str(data["label"]) for data in about})
        place = {node: i for i, node in enumerate(graph)}
        pairs = {(place[u], place[v]) for u, v in graph.nx.edges() if u != v}
        pairs |= {(v, u) for u, v in pairs}
        return cls(
            graph,
            [data["text"] for data in about],
            np.array([names.index(str(data["label"])) for data in about]),
            names,
            np.array(sorted(pairs)).reshape(-1, 2).T,
        )

    def masked(self, seen: Array) -> Graph:
        """The graph with the classes of the nodes `seen` alone: what the product's tools are given."""
        body = self.graph.nx.copy()
        kept = set(seen.tolist())
        for i, node in enumerate(self.graph):
            if i not in kept:
                body.nodes[node].pop("label", None)
        return Graph(body)


@dataclass(frozen=True)
class Split:
    """Node numbers for training, for choosing settings, and for the figure that is reported."""

    setting: str
    seed: int
    train: Array
    validation: Array
    test: Array


def splits(classes: Array, seeds: int, settings: tuple[str, ...] = SETTINGS) -> Iterator[Split]:
    """Every split, the same for all rows. The seeds are those of numpy's default generator."""
    for setting in settings:
        for seed in range(seeds):
            order = np.random.default_rng(1000 + seed).permutation(len(classes))
            if setting == "60/20/20":
                first, second = int(0.6 * len(order)), int(0.8 * len(order))
                yield Split(setting, seed, order[:first], order[first:second], order[second:])
                continue
            train = np.concatenate([order[classes[order] == c][:PER_CLASS] for c in np.unique(classes)])
            rest = order[~np.isin(order, train)]
            validation = rest[: min(VALIDATION, len(rest) // 2)]
            yield Split(setting, seed, train, validation, rest[len(validation) :][:TEST])
