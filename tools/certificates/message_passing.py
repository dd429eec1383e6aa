"""Checks of rounds of messages: the definition evaluated edge by edge."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import NodeValues, Truth
from tools.certificates.adjacency import arcs, matrix
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import checker, require


def _vector(given: Any) -> list[float]:
    return list(given) if isinstance(given, (list, tuple)) else [given]


def _layer(
    graph: Graph, vectors: Mapping[Node, list[float]], aggregation: str, include_self: bool
) -> dict[Node, list[float]]:
    """One layer: each arc delivers its message, then the messages of each node are put together."""
    own = include_self or aggregation == "gcn"
    inbox: dict[Node, list[Node]] = {node: [] for node in graph}
    for u, v, _ in arcs(graph):
        if not (own and u == v):
            inbox[v].append(u)
    if own:
        for node in graph:
            inbox[node].append(node)
    updated: dict[Node, list[float]] = {}
    for node, senders in inbox.items():
        new: list[float] = []
        for i in range(len(vectors[node])):
            heard = [vectors[w][i] for w in senders]
            if aggregation == "gcn":
                heard = [x / math.sqrt(len(senders) * len(inbox[w])) for x, w in zip(heard, senders)]
            if not heard:
                new.append(0)
            elif aggregation == "max":
                new.append(sorted(heard)[-1])
            else:
                new.append(sum(heard) / (len(heard) if aggregation == "mean" else 1))
        updated[node] = new
    return updated


def _embedded(
    graph: Graph,
    layers: int,
    attribute: str,
    aggregation: str,
    include_self: bool,
    embeddings: Mapping[Any, Any] | None,
) -> dict[Node, list[float]]:
    given = None if embeddings is None else {graph.node(node): vector for node, vector in embeddings.items()}
    vectors = {node: _vector(graph.nx.nodes[node][attribute] if given is None else given[node]) for node in graph}
    for _ in range(layers):
        vectors = _layer(graph, vectors, aggregation, include_self)
    return vectors


def _same_vectors(got: Mapping[Node, list[float]], expected: Mapping[Node, list[float]]) -> None:
    require(got.keys() == expected.keys(), "the embeddings are not those of the nodes asked for")
    for node, vector in expected.items():
        fine = len(vector) == len(got[node]) and all(map(nearly, got[node], vector))
        require(fine, f"the embedding of {node} is {vector}")


@checker("graph_convolution")
def check_graph_convolution(
    graph: Graph,
    answer: NodeValues,
    layers: int = 1,
    attribute: str = "embedding",
    aggregation: str = "sum",
    include_self: bool = False,
    embeddings: Mapping[Any, Any] | None = None,
) -> str:
    """every message delivered along its edge, layer by layer"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    _same_vectors(answer.values, _embedded(graph, layers, attribute, aggregation, include_self, embeddings))
    return f"these are the embeddings after {layers} layers ({aggregation} over the neighbours)"


@checker("aggregate_neighbours")
def check_aggregate_neighbours(
    graph: Graph,
    answer: NodeValues,
    node: Any,
    layers: int = 1,
    attribute: str = "embedding",
    aggregation: str = "sum",
    include_self: bool = False,
    embeddings: Mapping[Any, Any] | None = None,
) -> str:
    """every message delivered along its edge, layer by layer"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    node = graph.node(node)
    vectors = _embedded(graph, layers, attribute, aggregation, include_self, embeddings)
    _same_vectors(answer.values, {node: vectors[node]})
    return f"this is the embedding of {node} after {layers} layers ({aggregation} over the neighbours)"


@checker("degroot_opinions")
def check_degroot_opinions(
    graph: Graph,
    answer: NodeValues,
    rounds: int = 1,
    attribute: str = "opinion",
    include_self: bool = True,
    weight: str | None = None,
    opinions: Mapping[Any, Any] | None = None,
) -> str:
    """every round of averaging carried out along the edges"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    given = None if opinions is None else {graph.node(node): x for node, x in opinions.items()}
    now = {node: graph.nx.nodes[node][attribute] if given is None else given[node] for node in graph}
    rows = matrix(graph, weight)
    for _ in range(rounds):
        total = {node: float(x) if include_self else 0.0 for node, x in now.items()}
        trust = dict.fromkeys(now, 1.0 if include_self else 0.0)
        for u, row in rows.items():
            for v, size in row.items():
                total[v] += size * now[u]
                trust[v] += size
        now = {node: total[node] / trust[node] if trust[node] else x for node, x in now.items()}
    same_numbers(answer.values, now, "opinion")
    return f"these are the opinions after {rounds} rounds of averaging"


def _partition(colours: Mapping[Node, Any]) -> set[frozenset[Node]]:
    classes: dict[Any, set[Node]] = {}
    for node, colour in colours.items():
        classes.setdefault(colour, set()).add(node)
    return {frozenset(nodes) for nodes in classes.values()}


def _rounds(graph: Graph, attribute: str | None) -> list[dict[Node, Any]]:
    """The partition before and after each round that splits a class, each class named by one of its nodes."""
    out: dict[Node, list[Node]] = {node: [] for node in graph}
    into: dict[Node, list[Node]] = {node: [] for node in graph}
    for u, v, _ in arcs(graph):
        out[u].append(v)
        into[v].append(u)
    colours: dict[Node, Any] = {node: repr(graph.nx.nodes[node].get(attribute)) if attribute else 0 for node in graph}
    history = [colours]
    while True:
        finer = {
            node: (
                history[-1][node],
                *(frozenset(Counter(history[-1][w] for w in near[node]).items()) for near in (out, into)),
            )
            for node in graph
        }
        classes = _partition(finer)
        if len(classes) == len(_partition(history[-1])):
            return history
        names = {node: number for number, nodes in enumerate(classes) for node in nodes}
        history.append(names)


@checker("colour_refinement")
def check_colour_refinement(
    graph: Graph, answer: NodeValues, rounds: int | None = None, attribute: str | None = None
) -> str:
    """the refinement carried out again with sets, and the two partitions compared"""
    settled(answer)
    history = _rounds(graph, attribute)
    done = len(history) - 1 if rounds is None else min(rounds, len(history) - 1)
    require(answer.witness == {"rounds": done}, f"the refinement takes {done} rounds")
    require(answer.values.keys() == set(graph.nodes), "not every node has a colour")
    require(_partition(answer.values) == _partition(history[done]), "the colours divide the nodes in another way")
    fresh = list(dict.fromkeys(answer.values[node] for node in graph))
    require(fresh == list(range(len(fresh))), "the colours are not numbered by first appearance")
    stable = "stable" if done == len(history) - 1 else "not yet stable"
    return f"colour refinement gives {len(fresh)} colours after {done} rounds, {stable}"


@checker("refinement_distinguishes")
def check_refinement_distinguishes(graph: Graph, answer: Truth, u: Any, v: Any, attribute: str | None = None) -> str:
    """the refinement carried out again with sets, and the two nodes compared after each round"""
    settled(answer)
    u, v = graph.node(u), graph.node(v)
    apart = next((i for i, colours in enumerate(_rounds(graph, attribute)) if colours[u] != colours[v]), None)
    require(answer.holds == (apart is not None) and answer.witness == apart, "the colours say otherwise")
    require(type(answer.witness) is type(apart), "the round is not a number")
    return f"colour refinement {'tells' if answer.holds else 'does not tell'} {u} and {v} apart"
