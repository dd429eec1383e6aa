"""METIS graph files (manual 5.1, sec. 4.1.1): a header, then the neighbours of node i in line i."""

from __future__ import annotations

from graphs.errors import BadArgument
from graphs.files.build import Builder, Options
from graphs.files.source import Source
from graphs.graph import Graph


def read_metis(source: Source, options: Options) -> Graph:
    """Nodes 1 … n, undirected; edge weights, node weights (`weight` on the node) and sizes by the format code."""
    lines = [(line, text.split()) for line, text in source.lines() if not text.startswith("%")]
    while lines and not lines[0][1]:
        lines.pop(0)
    if not lines:
        raise source.fail("there is no header; a METIS file starts with 'nodes edges'")
    top, header = lines.pop(0)
    if not 2 <= len(header) <= 4 or not all(cell.isdecimal() for cell in header):
        raise source.fail("the first line of a METIS file is 'nodes edges [format [weights]]'", top)
    nodes, edges = int(header[0]), int(header[1])
    code = header[2].zfill(3) if len(header) > 2 else "000"
    if set(code) - {"0", "1"} or len(code) > 3:
        raise source.fail(f"the format code {header[2]!r} is not made of 0 and 1", top)
    while len(lines) > nodes and not lines[-1][1]:
        lines.pop()
    if len(lines) != nodes:
        raise source.fail(f"the header says {nodes} nodes, and {len(lines)} lines follow; one line a node", top)
    sizes, weights = int(code[0]), (int(header[3]) if len(header) > 3 else 1) * int(code[1])
    build = Builder(source)
    seen: dict[tuple[int, int], float] = {}
    for node, (line, cells) in enumerate(lines, start=1):
        numbers = _numbers(source, cells, line)
        own = numbers[sizes : sizes + weights]
        build.node(str(node), {"weight": own[0] if len(own) == 1 else own} if own else None)
        rest = numbers[sizes + weights :]
        step = 1 + int(code[2])
        if len(rest) % step:
            raise source.fail("a neighbour has no weight, though the format code announces edge weights", line)
        for other, *weight in (rest[i : i + step] for i in range(0, len(rest), step)):
            if not 1 <= other <= nodes:
                raise source.fail(f"the neighbour {other} is no node from 1 to {nodes}", line)
            seen[node, other] = weight[0] if weight else 1
            if other >= node:
                build.edge(str(node), str(other), {"weight": weight[0]} if weight else {}, line)
    for node, other in seen:
        if (other, node) not in seen:
            raise source.fail(f"{node} lists {other} and {other} does not list {node}", lines[node - 1][0])
    if len(build.edges) != edges:
        raise source.fail(f"the header says {edges} edges, and {len(build.edges)} are there", top)
    if options.directed:
        raise source.fail("a METIS file is undirected; leave directed out")
    return build.graph(options, directed=False, multi=False, rename=False)


def _numbers(source: Source, cells: list[str], line: int) -> list[int]:
    for column, cell in enumerate(cells, start=1):
        if not cell.isdecimal():
            raise source.fail(f"{cell[:30]!r} is not a whole number; the entries of METIS are", line, column)
    return [int(cell) for cell in cells]


def write_metis(graph: Graph) -> str:
    """Neighbour lists of the nodes by their position from 1; only whole weights above 0 can be written.

    Raises:
        BadArgument: a directed graph, parallel edges, labels other than 1 … n, or other weights.
    """
    if graph.directed or graph.multi:
        raise BadArgument("METIS holds simple undirected graphs; write GraphML or JSON")
    if graph.nodes != list(range(1, graph.num_nodes + 1)):
        raise BadArgument("METIS has no labels: its nodes are 1 … n; number the nodes so, or write GraphML")
    weighted = graph.weighted
    lines = [f"{graph.num_nodes} {graph.num_edges}" + " 001" * weighted]
    for node in graph.nodes:
        cells = []
        for other, data in graph.nx[node].items():
            cells.append(str(other))
            if weighted:
                weight = data.get("weight", 1)
                if not isinstance(weight, int) or weight < 1:
                    raise BadArgument(f"METIS holds whole weights above 0, not {weight!r}; write GraphML or CSV")
                cells.append(str(weight))
        lines.append(" ".join(cells))
    return "\n".join([*lines, ""])
