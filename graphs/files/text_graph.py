"""Graphs whose nodes carry texts: a folder of `nodes.jsonl` and `edges.tsv`, or a graph file with such an attribute."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphs.errors import ParseError
from graphs.files.formats import read_graph
from graphs.graph import Graph

NODES, EDGES = "nodes.jsonl", "edges.tsv"


def read_text_graph(path: Path) -> Graph:
    """The graph in a folder or file.

    A folder holds `nodes.jsonl`, one object a line with `id`, and further fields as attributes of the node (`text`,
    `label`), and `edges.tsv`, a header and two columns of ids: source and target.

    Raises:
        ParseError: a file is missing or malformed; the message names the line. GraphError: as `read_graph`.
    """
    if not path.is_dir():
        return read_graph(path)
    nodes = [_node(line, path / NODES, i) for i, line in enumerate(_lines(path / NODES), 1) if line.strip()]
    known = {str(node): node for node, _ in nodes}
    edges = []
    for i, line in enumerate(_lines(path / EDGES)[1:], 2):
        cells = line.split("\t")
        if not line.strip():
            continue
        if len(cells) < 2 or cells[0] not in known or cells[1] not in known:
            raise ParseError(f"{line[:60]!r} is no pair of ids of {NODES}", where=f"{path / EDGES}, line {i}")
        edges.append((known[cells[0]], known[cells[1]]))
    graph = Graph.from_edges(edges, [node for node, _ in nodes], directed=True, name=path.name, origin=str(path))
    for node, about in nodes:
        graph.nx.nodes[node].update(about)
    return graph


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ParseError(
            f"cannot be read ({error}); a folder of a text graph holds {NODES} and {EDGES}", where=str(path)
        ) from error


def _node(line: str, path: Path, number: int) -> tuple[Any, dict[str, Any]]:
    try:
        row = json.loads(line)
        node = row.pop("id")
        hash(node)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParseError(f"no JSON object with an `id` ({error!r})", where=f"{path}, line {number}") from error
    return node, {str(name): value for name, value in row.items() if value is not None}
