"""Forged answers of every kind, and what makes an accepted one suspicious."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from benchmarks.attacking.forgery import forgeries
from graphs import Graph, GraphError
from tools.answers import Answer, GraphAnswer
from tools.registry import Tool

WITNESSES = ("witness", "distances", "cover", "cut", "potentials", "clique", "labels", "notes", "estimated")
VALUES = ("holds", "number", "nodes", "node", "category", "groups", "length", "total", "amount", "cost", "pairs")
ODD = (math.nan, math.inf, -math.inf, 0, 1, True, None, "", "1", [], {}, 10**400)


def attacks(
    tool: Tool, graph: Graph, arguments: dict[str, Any], answer: Answer, rng: random.Random
) -> Iterator[Answer]:
    """Corrupted copies, values of wrong types, vague bounds, and answers about graphs a little different."""
    yield from forgeries(answer, [*graph.nodes, "nobody"], rng)
    names = [f.name for f in fields(answer)]
    for name in names:
        if name not in ("exact", "estimated", "notes", "bounds", "graph"):
            yield replace(answer, **{name: rng.choice(ODD)})
    yield replace(answer, exact=False, bounds=(-math.inf, math.inf))
    yield replace(answer, exact=False, bounds=None)
    yield replace(answer, exact=True, estimated=False, bounds=None)
    for name in set(names) & set(VALUES):
        wrong = _shifted(getattr(answer, name))
        if wrong is not None:
            yield replace(answer, exact=False, bounds=(-math.inf, math.inf), **{name: wrong})
            yield replace(answer, exact=False, bounds=(-1e9, 1e9), estimated=True, **{name: wrong})
    for other in neighbours(graph, rng):
        try:
            yield tool.function(other, **arguments)
        except GraphError:
            continue


def _shifted(old: Any) -> Any:
    if isinstance(old, bool):
        return not old
    if isinstance(old, (int, float)):
        return old + 1
    return list(old)[:-1] if isinstance(old, (list, tuple)) and old else None


def neighbours(graph: Graph, rng: random.Random) -> Iterator[Graph]:
    """The graph with one edge less, one more, one turned round, one of another weight."""
    edges = list(graph.nx.edges(keys=True)) if graph.multi else list(graph.nx.edges)
    if edges:
        for at in range(3):
            body, edge = graph.nx.copy(), rng.choice(edges)
            data = dict(body.edges[edge])
            body.remove_edge(*edge)
            if at == 1:
                body.add_edge(edge[1], edge[0], **data)
            if at == 2:
                bumped = {k: v + 1 if isinstance(v, (int, float)) else v for k, v in data.items()}
                body.add_edge(edge[0], edge[1], **bumped)
            yield Graph(body)
    if graph.nodes:
        body = graph.nx.copy()
        extra = dict(next(iter(body.edges(data=True)))[2]) if edges else {}
        body.add_edge(rng.choice(graph.nodes), rng.choice(graph.nodes), **extra)
        yield Graph(body)


def figure(answer: Answer) -> Any:
    """What must agree between two right answers: truth, numbers, sizes; never which of several optima it is."""
    shown: list[Any] = [type(answer).__name__, answer.exact and not answer.estimated, answer.bounds]
    for field in fields(answer):
        if field.name in WITNESSES or field.name in ("exact", "bounds"):
            continue
        shown.append(_size(getattr(answer, field.name)))
    return shown


def _size(value: Any) -> Any:
    if isinstance(value, Graph):
        return (value.directed, value.num_nodes, value.num_edges)
    if isinstance(value, bool) or value is None:
        return (type(value).__name__, value)
    if isinstance(value, (int, float)):
        return "nan" if value != value else value
    if isinstance(value, Mapping):
        numbers = [x for x in value.values() if isinstance(x, (int, float))]
        return (len(value), sorted(map(repr, value)) if not numbers else None)
    if isinstance(value, (list, tuple)):
        return len(value)
    return type(value).__name__


def alike(one: Any, other: Any) -> bool:
    """Equal, numbers within the tolerance that checks of floating point grant."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(one[k], other[k]) for k in one)
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, (int, float)):
        return type(one) is type(other) and one == other
    if not isinstance(other, (int, float)):
        return False
    return one == other or math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-6)


def same_value(one: Answer, other: Answer) -> bool:
    """Whether all that a user sees is the same."""
    if isinstance(one, GraphAnswer):
        return False
    return one.estimated == other.estimated and all(
        alike(getattr(one, f.name), getattr(other, f.name, None)) for f in fields(one) if f.name not in WITNESSES
    )
