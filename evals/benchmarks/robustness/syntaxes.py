"""Ways in which users write a graph down: pairs, arrows, tables, DOT, matrices, sentences."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from typing import Any

from graphs.graph import Graph, Node

Row = tuple[Node, Node, dict[str, Any]]


def rows(graph: Graph) -> list[Row]:
    return [(e.source, e.target, dict(e.attributes)) for e in graph.edges()]


def shuffled(graph: Graph, rng: random.Random) -> list[Row]:
    """The edges in another order, the ends of undirected ones swapped by chance."""
    found = [(v, u, d) if not graph.directed and rng.random() < 0.5 else (u, v, d) for u, v, d in rows(graph)]
    rng.shuffle(found)
    return found


def _figure(data: dict[str, Any]) -> Any:
    """The one figure of an edge (weight, capacity or time), or None."""
    return next(iter(data.values()), None)


def _name(graph: Graph) -> str | None:
    return next(iter(graph.edge_attribute_names()), None)


def _spaced(node: Node) -> bool:
    return not str(node).isalnum()


def _kind(graph: Graph) -> str:
    return "directed" if graph.directed else "undirected"


def _article(graph: Graph) -> str:
    return "a directed" if graph.directed else "an undirected"


def tuples(graph: Graph, edges: list[Row]) -> str:
    name = _name(graph)
    third = f", as (source, target, {name})" if name else ""
    shown = " ".join("(" + ", ".join(map(str, (u, v, *d.values()))) + ")" for u, v, d in edges)
    return f"The edges of {_article(graph)} graph are{third}: {shown}."


def lists(graph: Graph, edges: list[Row]) -> str:
    shown = ", ".join("[" + ", ".join(map(str, (u, v, *d.values()))) + "]" for u, v, d in edges)
    third = f", {_name(graph)}" if _name(graph) else ""
    return f"{_kind(graph).capitalize()} graph, edges as [source, target{third}]: [{shown}]"


def dashes(graph: Graph, edges: list[Row]) -> str:
    """`a-b`; spaces around the mark where a label has spaces or signs; `->` when the graph is directed."""
    mark = "->" if graph.directed else "-"
    wide = any(_spaced(n) for n in graph.nx)
    join = f" {mark} " if wide or graph.directed else mark
    shown = (f"{u}{join}{v}" + (f" ({_figure(d)})" if d else "") for u, v, d in edges)
    name = _name(graph)
    note = f" ({name} in brackets)" if name else ""
    return f"{_kind(graph).capitalize()} graph with these edges{note}: " + ", ".join(shown) + "."


def arrows(graph: Graph, edges: list[Row]) -> str:
    """One edge a line, `a -> b` or `a -- b`, with the figure after a colon."""
    mark = "->" if graph.directed else "--"
    lines = [f"{u} {mark} {v}" + (f": {_figure(d)}" if d else "") for u, v, d in edges]
    name = _name(graph)
    head = f"Edges of the {_kind(graph)} graph" + (f" (after the colon: the {name})" if name else "")
    return "\n".join([f"{head}:", *lines])


def sentences(graph: Graph, edges: list[Row]) -> str:
    name = _name(graph)
    says = "There is an edge from {u} to {v}" if graph.directed else "There is an edge between {u} and {v}"
    with_figure = f" with {name} {{figure}}" if name not in (None, "time") else " at time {figure}" if name else ""
    lines = [(says + with_figure + ".").format(u=u, v=v, figure=_figure(d)) for u, v, d in edges]
    return f"This is {_article(graph)} graph.\n" + "\n".join(lines)


def table(graph: Graph, edges: list[Row]) -> str:
    """A markdown table."""
    name = _name(graph)
    heads = ["source", "target"] + ([name] if name else [])
    lines = [f"| {' | '.join(heads)} |", "|" + " --- |" * len(heads)]
    lines += [f"| {' | '.join(map(str, (u, v, *d.values())))} |" for u, v, d in edges]
    return f"{_kind(graph).capitalize()} graph:\n\n" + "\n".join(lines)


def csv_lines(graph: Graph, edges: list[Row]) -> str:
    name = _name(graph)
    lines = [",".join(["source", "target"] + ([name] if name else []))]
    lines += [",".join(map(str, (u, v, *d.values()))) for u, v, d in edges]
    return f"Here is my {_kind(graph)} edge list as CSV:\n" + "\n".join(lines)


def dot(graph: Graph, edges: list[Row]) -> str:
    mark = "->" if graph.directed else "--"
    name = _name(graph)
    lines = [f'  "{u}" {mark} "{v}"' + (f" [{name}={_figure(d)}]" if d else "") + ";" for u, v, d in edges]
    alone = [f'  "{n}";' for n in graph.nx if not any(n in (u, v) for u, v, _ in edges)]
    return "\n".join([f"{'digraph' if graph.directed else 'graph'} G {{", *alone, *lines, "}"])


def mermaid(graph: Graph, edges: list[Row]) -> str:
    mark = "-->" if graph.directed else "---"
    ids = {n: f"v{i}" for i, n in enumerate(graph.nx)}
    lines = [f"  {ids[n]}[{n}]" for n in graph.nx]
    lines += [f"  {ids[u]} {mark}{f'|{_figure(d)}|' if d else ''} {ids[v]}" for u, v, d in edges]
    return "\n".join(["graph TD", *lines])


def adjacency_list(graph: Graph, edges: list[Row]) -> str:
    """One line a node: `a: b, c`; a figure in brackets after the neighbour."""
    near: dict[Node, list[str]] = {n: [] for n in graph.nx}
    for u, v, d in edges:
        figure = f" ({_figure(d)})" if d else ""
        near[u].append(f"{v}{figure}")
        if not graph.directed:
            near[v].append(f"{u}{figure}")
    lines = [f"{n}: {', '.join(found)}" for n, found in near.items()]
    name = _name(graph)
    note = f", {name} in brackets" if name else ""
    return f"Adjacency list of {_article(graph)} graph{note}:\n" + "\n".join(lines)


def matrix(graph: Graph, edges: list[Row]) -> str:
    """A matrix with labelled rows and columns, cells set apart by `|` so that labels may have spaces."""
    cell: dict[tuple[Node, Node], Any] = {}
    for u, v, d in edges:
        cell[u, v] = _figure(d) if d else 1
        if not graph.directed:
            cell[v, u] = cell[u, v]
    nodes = list(graph.nx)
    lines = [f"|  | {' | '.join(map(str, nodes))} |", "|" + " --- |" * (len(nodes) + 1)]
    lines += [f"| {u} | {' | '.join(str(cell.get((u, v), 0)) for v in nodes)} |" for u in nodes]
    return f"Adjacency matrix of {_article(graph)} graph:\n\n" + "\n".join(lines)


def node_link_json(graph: Graph, edges: list[Row]) -> str:
    data = {
        "directed": graph.directed,
        "nodes": [{"id": n} for n in graph.nx],
        "links": [{"source": u, "target": v, **d} for u, v, d in edges],
    }
    return json.dumps(data, ensure_ascii=False)


SYNTAXES: dict[str, Callable[[Graph, list[Row]], str]] = {
    "tuples": tuples,
    "lists": lists,
    "dashes": dashes,
    "arrows": arrows,
    "sentences": sentences,
    "table": table,
    "csv": csv_lines,
    "dot": dot,
    "mermaid": mermaid,
    "adjacency list": adjacency_list,
    "matrix": matrix,
    "json": node_link_json,
}
SAY_ALL_NODES = ("dot", "mermaid", "adjacency list", "matrix", "json")


def fitting(graph: Graph) -> list[str]:
    """Syntaxes that can carry the graph: a figure on a mermaid edge or in a matrix has no name but weight."""
    name = _name(graph)
    bare = () if name in (None, "weight") else ("mermaid", "matrix")
    return [syntax for syntax in SYNTAXES if syntax not in bare]


def roll(nodes: Iterable[Node]) -> str:
    """A sentence that declares the nodes, so that isolated ones count."""
    found = list(map(str, nodes))
    return f"The nodes are {', '.join(found[:-1])} and {found[-1]}."


def write(graph: Graph, syntax: str, edges: list[Row] | None = None, *, declare: bool | None = None) -> str:
    """The graph in one syntax. declare: put a roll of the nodes before it; by default when some node has no edge."""
    edges = rows(graph) if edges is None else edges
    if declare is None:
        seen = {n for u, v, _ in edges for n in (u, v)}
        declare = bool(set(graph.nx) - seen) and syntax not in SAY_ALL_NODES
    body = SYNTAXES[syntax](graph, edges)
    return f"{roll(graph.nx)}\n{body}" if declare else body
