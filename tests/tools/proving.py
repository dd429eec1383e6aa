"""The laws that every tool with a checker keeps, as functions for the tests of each family."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import networkx as nx

from benchmarks.attacking.mutations import mutations
from benchmarks.attacking.random_graphs import renamed
from graphs import Graph, GraphError
from tools.answers import Answer, GraphAnswer
from tools.certificates import check
from tools.registry import get_tool

Right = Callable[[Answer], bool]


def ask(graph: Graph, name: str, arguments: dict[str, Any]) -> Answer | GraphError:
    """The answer, or the GraphError that the tool raised; any other exception is a bug and travels up."""
    try:
        return get_tool(name)(graph, **arguments)
    except GraphError as error:
        return error


def same(one: Any, other: Any) -> bool:
    """Equal, where True is not 1 and nothing but the sign of zero is forgiven."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def prove(
    graph: Graph, name: str, arguments: dict[str, Any], rng: random.Random, right: Right | None = None
) -> Answer | GraphError:
    """Ask, let the checker accept the answer, and let it refuse every corrupted copy that is not right as well.

    right: says by brute force whether an answer with another value is right too (another path of the same length).
    """
    answer = ask(graph, name, arguments)
    if isinstance(answer, GraphError):
        return answer
    verdict = check(graph, name, arguments, answer)
    assert verdict.holds, f"{name}{arguments} on {list(graph.nx.edges(data=True))}: {answer} refused: {verdict.reason}"
    assert verdict.claim
    for mutant in mutations(answer, graph.nodes, rng):
        if not check(graph, name, arguments, mutant).holds:
            continue
        assert (mutant.exact, mutant.bounds) == (answer.exact, answer.bounds), f"{name}: accepts {mutant} for {answer}"
        fine = same(mutant.value, answer.value) or (right is not None and right(mutant))
        assert fine, f"{name}{arguments} on {list(graph.nx.edges(data=True))}: accepts {mutant}; right is {answer}"
    return answer


def prove_flipped(graph: Graph, name: str, arguments: dict[str, Any], answer: Answer, others: list[Any]) -> None:
    """A yes/no answer turned round stays refused with any witness of `others` and its own."""
    for witness in [*others, None, getattr(answer, "witness", None)]:
        forged = replace(answer, holds=not answer.value, witness=witness)  # type: ignore[call-arg]
        assert not check(graph, name, arguments, forged).holds, f"{name}: accepts {forged}"


def rename_commutes(graph: Graph, name: str, arguments: dict[str, Any]) -> None:
    """Renaming the nodes renames the answer and changes nothing else. Labels must be strings `v0`, `v1` …"""
    mapping = {node: f"Ñ{i}·{node}" for i, node in enumerate(graph.nodes)}
    before = ask(graph, name, arguments)
    after = ask(renamed(graph, mapping), name, swap(arguments, mapping))
    if isinstance(before, GraphError):
        assert type(before) is type(after), f"{name}: {before!r} became {after!r}"
        return
    assert isinstance(after, Answer), f"{name}: {before!r} became {after!r}"
    for field in fields(before):
        if field.name == "notes":
            continue
        old, new = swap(getattr(before, field.name), mapping), getattr(after, field.name)
        if isinstance(before, GraphAnswer) and field.name == "graph":
            old, new = plain_graph(old), plain_graph(new)
        assert old == new, f"{name}.{field.name}: {old} against {new} on {list(graph.nx.edges(data=True))}"


def plain_graph(graph: Graph) -> Any:
    return list(graph.nx.nodes(data=True)), sorted(map(str, graph.nx.edges(data=True)))


def swap(value: Any, mapping: Mapping[Any, Any]) -> Any:
    """`value` with every label replaced, however deep."""
    if isinstance(value, str):
        return mapping.get(value, value)
    if isinstance(value, Graph):
        body = nx.relabel_nodes(value.nx, dict(mapping), copy=True)
        for _, data in body.nodes(data=True):
            data.update({k: swap(v, mapping) for k, v in data.items()})
        return Graph(body)
    if isinstance(value, Mapping):
        return {swap(k, mapping): swap(v, mapping) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(swap(v, mapping) for v in value)
    if isinstance(value, (set, frozenset)):
        return type(value)(swap(v, mapping) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: swap(getattr(value, f.name), mapping) for f in fields(value)})
    return value
