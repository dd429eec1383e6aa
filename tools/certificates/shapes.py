"""What any answer must be before its checker looks at it: fields of their types, the graph's own labels, one claim."""

from __future__ import annotations

import math
import typing
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin

from graphs.graph import Graph, Node
from tools.answers import Answer
from tools.registry import get_tool

# arguments that may stop a search early, or that ask for what may not be to be had
LIMITS = frozenset({"time_limit", "limit", "samples", "clustering"})
HEURISTIC = frozenset({"greedy_colouring", "steiner_tree", "treewidth"})  # inexact by nature, within bounds


def fault(graph: Graph | None, name: str, answer: Answer) -> str:
    """Why `answer` cannot be an answer of the tool called `name`; empty when it can. O(size of the value).

    Rejected are: another type than the tool returns, a truth that is no bool, a number that is no number, a label that
    equals one of the graph and is another (1.0 and True for 1), bounds that leave room beside an exact value or are
    upside down, an answer that is not exact from a tool that has no limit to stop at, and any about the wrong kind of
    graph.
    """
    tool = get_tool(name)
    if not isinstance(answer, _returned(name)):
        return f"a {tool.returns.__name__} is due, not a {type(answer).__name__}"
    oriented = tool.needs in ("directed", "undirected")
    if graph is not None and oriented and graph.directed != (tool.needs == "directed"):
        return f"this is not defined on a graph that is not {tool.needs}"
    for field, hint, about_nodes in _hints(cast(Hashable, type(answer))):
        value = getattr(answer, field)
        if not _fits(value, hint):
            return f"{field} is of the wrong type"
        if about_nodes and graph is not None and not _own_labels(graph, value, hint):
            return f"{field} names a node by another label than the graph does"
    return _fault_of_bounds(answer, name in HEURISTIC or bool(LIMITS & {p.name for p in tool.parameters}))


@cache
def _returned(name: str) -> tuple[type[Answer], ...]:
    hint = typing.get_type_hints(get_tool(name).function)["return"]
    return (hint,) if isinstance(hint, type) else get_args(hint)


def _fault_of_bounds(answer: Answer, limited: bool) -> str:
    if answer.exact:
        low, high = answer.bounds or (0, 0)
        return "" if low == high else "an exact answer leaves no room between its bounds"
    if not limited and not answer.estimated:
        return "nothing can stop this tool early, so that its answer must be exact"
    low, high = answer.bounds or (0, 0)
    return "" if low <= high else "the bounds are upside down"


@cache
def _hints(kind: type[Answer]) -> tuple[tuple[str, Any, bool], ...]:
    """(field, its type, whether it holds labels of nodes) for each field but the witnesses of any shape."""
    hints = typing.get_type_hints(kind)
    rows = ((field.name, hints[field.name]) for field in fields(kind))
    return tuple((name, hint, Node in set(_parts(hint))) for name, hint in rows if hint is not Any)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for inner in get_args(hint):
        yield from _parts(inner)


def _fits(value: Any, hint: Any) -> bool:
    """Whether the value has the type of the hint; what lists hold is left to the checkers, but for numbers."""
    options = get_args(hint) if get_origin(hint) in (typing.Union, UnionType) else (hint,)
    return any(_is(value, option) for option in options)


def _is(value: Any, kind: Any) -> bool:
    if kind is Any or kind is Node:
        return True
    if kind is NoneType:
        return value is None
    if kind in (int, float):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and not _is_nan(value)
    base = get_origin(kind) or kind
    if base is Mapping:
        return isinstance(value, Mapping)
    if base is list:
        (inner,) = get_args(kind) or (Any,)
        return isinstance(value, list) and (set(get_args(inner)) != {int, float} or all(_is(x, int) for x in value))
    if base is tuple:
        inner = [x for x in get_args(kind) if x is not ...]
        plain = isinstance(value, tuple) and (... in get_args(kind) or len(value) == len(inner))
        return plain and (inner[0] not in (int, float) or all(_is(x, inner[0]) for x in value))
    return isinstance(value, base) if isinstance(base, type) else True


def _is_nan(value: float) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _own_labels(graph: Graph, value: Any, hint: Any) -> bool:
    """Whether every label in the value is written as the graph writes it."""
    if not any(isinstance(node, int) for node in graph.nx):
        return True
    own = {node: type(node) for node in graph.nx}
    return all(not isinstance(x, (bool, float)) or own.get(x, type(x)) is type(x) for x in _labels(value, hint))


def _labels(value: Any, hint: Any) -> Iterator[Any]:
    """What stands in a value where its type has a node."""
    base, inner = get_origin(hint), get_args(hint)
    if hint is Node:
        yield value
    elif base in (typing.Union, UnionType):
        for option in inner:
            yield from _labels(value, option)
    elif base is Mapping and isinstance(value, Mapping):
        for key, item in value.items():
            yield from _labels(key, inner[0])
            yield from _labels(item, inner[1])
    elif base is list and isinstance(value, list):
        for item in value:
            yield from _labels(item, inner[0])
    elif base is tuple and isinstance(value, tuple):
        for item, kind in zip(value, inner[:1] * len(value) if ... in inner else inner):
            yield from _labels(item, kind)
