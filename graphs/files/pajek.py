"""Pajek .net: *Vertices, *Arcs, *Edges and their list forms."""

from __future__ import annotations

import re

from graphs.errors import BadArgument
from graphs.files.build import Builder, Options, number
from graphs.files.source import Source
from graphs.graph import Graph

_CELL = re.compile(r'"([^"]*)"|(\S+)')
_MAX_NODES = 20_000_000


def read_pajek(source: Source, options: Options) -> Graph:
    """Nodes by their label, or by number where two share one. *Arcs are directed, *Edges are not.

    A file with both is directed, and its edges count in both directions, which is noted.
    """
    build, part, count = Builder(source), "", 0
    titles: dict[int, str] = {}
    arcs: list[tuple[int, int, str, int, bool]] = []
    for line, text in source.lines():
        body = text.strip()
        if not body or body.startswith("%"):
            continue
        if body.startswith("*"):
            words = body[1:].split()
            part = words[0].lower() if words else ""
            if part == "vertices":
                count = _count(source, words, line)
            elif part == "network":
                build.name = " ".join(words[1:])
            elif part not in ("arcs", "edges", "arcslist", "edgeslist", "matrix"):
                raise source.fail(f"*{part[:20]} is not read; there are *Vertices, *Arcs, *Edges and their lists", line)
            continue
        cells = [quoted or plain for quoted, plain in _CELL.findall(body)]
        if part == "vertices":
            titles[_node(source, cells[0], count, line)] = cells[1] if len(cells) > 1 else cells[0]
        elif part in ("arcs", "edges"):
            if len(cells) < 2:
                raise source.fail("an edge needs two node numbers", line)
            ends = [_node(source, cell, count, line) for cell in cells[:2]]
            arcs.append((*ends, cells[2] if len(cells) > 2 else "", line, part == "arcs"))  # type: ignore[arg-type]
        elif part in ("arcslist", "edgeslist"):
            start, *rest = [_node(source, cell, count, line) for cell in cells]
            arcs += [(start, end, "", line, part == "arcslist") for end in rest]
        else:
            raise source.fail("the file does not start with *Vertices and their number", line, 1)
    if not count:
        raise source.fail("there is no *Vertices with their number in the file")
    return _build(build, titles, count, arcs, options)


def _count(source: Source, words: list[str], line: int) -> int:
    if len(words) < 2 or not words[1].isdigit():
        raise source.fail("*Vertices is not followed by a number", line)
    if int(words[1]) > _MAX_NODES:
        raise source.fail(f"*Vertices {words[1][:20]}: the limit is {_MAX_NODES:,}", line)
    return int(words[1])


def _node(source: Source, cell: str, count: int, line: int) -> int:
    if not cell.isdecimal() or not 1 <= int(cell) <= count:
        raise source.fail(f"{cell[:30]!r} is no node number from 1 to {count}", line)
    return int(cell)


def _build(
    build: Builder, titles: dict[int, str], count: int, arcs: list[tuple[int, int, str, int, bool]], options: Options
) -> Graph:
    labels = {i: titles.get(i, str(i)) for i in range(1, count + 1)}
    if len(set(labels.values())) < count:
        build.notes.append("the labels are not unique, so the nodes' numbers are used")
        labels = {i: str(i) for i in labels}
    for label in labels.values():
        build.node(label)
    kinds = {directed for *_, directed in arcs}
    if len(kinds) == 2:
        build.notes.append("the file mixes arcs and edges; the edges count in both directions")
    directed = True in kinds if options.directed is None else options.directed
    for start, end, weight, line, is_arc in arcs:
        data = {}
        if weight:
            value = number(weight)
            if value is None:
                raise build.source.fail(f"the weight {weight[:30]!r} is not a number", line)
            data["weight"] = value
        build.edge(labels[start], labels[end], dict(data), line)
        if directed and not is_arc and len(kinds) == 2 and start != end:
            build.edge(labels[end], labels[start], dict(data), line)
    return build.graph(options, directed=directed)


def write_pajek(graph: Graph) -> str:
    """*Vertices with labels, then *Arcs or *Edges with `weight`; other attributes cannot be written.

    Raises:
        BadArgument: a label with a double quote or a line break.
    """
    position = {node: index for index, node in enumerate(graph.nodes, start=1)}
    lines = [f"*Vertices {graph.num_nodes}"]
    for node, index in position.items():
        text = str(node)
        if '"' in text or text.splitlines() not in ([text], []) or not text:
            raise BadArgument(f"Pajek cannot hold the label {text[:40]!r}; write JSON or GraphML")
        lines.append(f'{index} "{text}"')
    lines.append("*Arcs" if graph.directed else "*Edges")
    for edge in graph.edges():
        weight = edge.attributes.get("weight")
        lines.append(f"{position[edge.source]} {position[edge.target]}" + (f" {weight}" if weight is not None else ""))
    return "\n".join([*lines, ""])
