"""One door to every tool: arguments checked against the tool's schema, labels resolved, the answer checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from difflib import get_close_matches
from typing import Any

from graphs.errors import BadArgument
from graphs.graph import Graph
from tools.answers import Answer
from tools.certificates import Certificate, check
from tools.registry import Kind, Parameter, Tool, get_tool


def run_tool(graph: Graph | None, name: str, arguments: Mapping[str, Any]) -> tuple[Answer, Certificate]:
    """Run the tool called `name` on `graph` and check its answer.

    `arguments` come from a person or a model: they are validated and turned into what the tool takes (see
    `bind_arguments`). A second graph is passed as a Graph. `graph` may be None for tools that make a graph.

    Raises:
        BadArgument: no such tool; an argument is unknown, missing or of the wrong type; a graph is needed.
        GraphError: whatever the tool itself raises.

    >>> line = Graph.from_edges([(1, 2), (2, 3)])
    >>> answer, certificate = run_tool(line, "shortest_path", {"source": "1", "target": 3})
    >>> answer.value, certificate.holds
    ([1, 2, 3], True)
    """
    tool = get_tool(name)
    if tool.takes_graph and graph is None:
        raise BadArgument(f"{name} needs a graph; load one first")
    bound = bind_arguments(tool, graph, arguments)
    target = graph if tool.takes_graph else None
    if target is not None and target.remote:
        from tools.remote import run as run_remote

        return run_remote(target, name, bound)  # type: ignore[arg-type]
    if target is not None and target.compact:
        from tools.large import run as run_large

        done = run_large(target, name, bound)  # type: ignore[arg-type]
        if done is not None:
            return done
        target = Graph(target.nx, name=target.name, origin=target.origin, names=target.names)
    answer = tool.function(target, **bound) if target is not None else tool.function(**bound)
    return answer, check(target, name, bound, answer)


def bind_arguments(tool: Tool, graph: Graph | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as `tool` takes them: known names, nothing missing, each of its type.

    Numbers and truth values may come as text ("3", "true"); a label becomes the graph's own label where it names a
    node, and stays as it is elsewhere (the tool decides whether it must exist); the user's own name of a standard
    attribute becomes the standard name; None means "not given".

    Raises:
        BadArgument: an argument is unknown, missing or of the wrong type; the message lists what the tool takes.
    """
    known = {p.name: p for p in tool.parameters}
    for name in arguments:
        if name not in known:
            close = get_close_matches(str(name), known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"it takes {', '.join(known) or 'no arguments'}"
            raise BadArgument(f"{tool.name} takes no argument {str(name)[:60]!r}; {hint}")
    given = {name: value for name, value in arguments.items() if value is not None}
    missing = [p.name for p in tool.parameters if p.required and p.name not in given]
    if missing:
        raise BadArgument(f"{tool.name} also needs {', '.join(missing)}")
    return {name: _coerce(value, known[name], graph, tool.name) for name, value in given.items()}


def _coerce(value: Any, parameter: Parameter, graph: Graph | None, tool: str) -> Any:
    try:
        if parameter.kind == "choice":
            return _choice(value, parameter.choices)
        return _READERS[parameter.kind](value, graph)
    except (TypeError, ValueError, OverflowError) as error:
        wanted = _WANTED.get(parameter.kind) or "one of " + ", ".join(map(str, parameter.choices))
        raise BadArgument(f"{parameter.name} of {tool} must be {wanted}, not {repr(value)[:80]}") from error


def _choice(value: Any, choices: tuple[Any, ...]) -> Any:
    for choice in choices:
        if value == choice or str(value).strip().casefold() == str(choice).casefold():
            return choice
    raise ValueError("not a choice")


def _node(value: Any, graph: Graph | None) -> Hashable:
    if isinstance(value, (bool, list, dict, set)) or not isinstance(value, Hashable):
        raise TypeError("not a label")
    if graph is None:
        return value
    found = graph.find(value)
    return value if found is None else found


def _nodes(value: Any, graph: Graph | None) -> list[Hashable]:
    if isinstance(value, (str, bytes, Mapping)):
        raise TypeError("one label, not a list")
    return [_node(label, graph) for label in value]


def _pairs(value: Any, graph: Graph | None) -> list[tuple[Hashable, Hashable]]:
    if isinstance(value, (str, bytes, Mapping)):
        raise TypeError("not a list of pairs")
    pairs = [_nodes(pair, graph) for pair in value]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("not a pair")
    return [(u, v) for u, v in pairs]


def _labels(value: Any, graph: Graph | None) -> dict[Hashable, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("not an object")
    return {_node(label, graph): x for label, x in value.items()}


def _attribute(value: Any, graph: Graph | None) -> str:
    if not isinstance(value, str):
        raise TypeError("not a name")
    if graph is not None:
        for standard, own in graph.names.items():
            if own == value and not graph.has_edge_attribute(value):
                return standard
    return value


def _integer(value: Any, graph: Graph | None) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise TypeError("not a whole number")
    return int(value)


def _number(value: Any, graph: Graph | None) -> float:
    if isinstance(value, bool):
        raise TypeError("not a number")
    if isinstance(value, int):
        return value  # times and bounds keep their whole numbers
    number = float(value)
    if math.isnan(number):
        raise ValueError("not a number")
    return number


def _time(value: Any, graph: Graph | None) -> Any:
    """A time is what the graph's edges carry: mostly a number, else text (a date)."""
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            pass
        try:
            return _number(value, graph)
        except ValueError:
            return value
    return _number(value, graph)


def _truth(value: Any, graph: Graph | None) -> bool:
    if isinstance(value, str) and value.strip().casefold() in ("true", "yes", "false", "no"):
        return value.strip().casefold() in ("true", "yes")
    if not isinstance(value, bool):
        raise TypeError("not a truth value")
    return value


def _text(value: Any, graph: Graph | None) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _graph(value: Any, graph: Graph | None) -> Graph:
    if not isinstance(value, Graph):
        raise TypeError("not a graph")
    return value


def _numbers(value: Any, graph: Graph | None) -> list[float]:
    if isinstance(value, (str, bytes, Mapping)):
        raise TypeError("not a list")
    return [_number(x, graph) for x in value]


_READERS: dict[Kind, Callable[[Any, Graph | None], Any]] = {
    "node": _node,
    "nodes": _nodes,
    "pairs": _pairs,
    "attribute": _attribute,
    "time": _time,
    "int": _integer,
    "float": _number,
    "bool": _truth,
    "text": _text,
    "graph": _graph,
    "labels": _labels,
    "numbers": _numbers,
}
_WANTED: dict[Kind, str] = {
    "node": "the label of a node",
    "nodes": "a list of node labels",
    "pairs": "a list of [source, target] pairs",
    "attribute": "the name of an attribute",
    "time": "a time",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "text": "text",
    "graph": "the handle of another graph",
    "labels": "an object from node labels to values",
    "numbers": "a list of numbers",
}
