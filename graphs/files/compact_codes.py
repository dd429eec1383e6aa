"""graph6, sparse6 and digraph6, the one-line codes of nauty (McKay, formats.txt): nodes 0 … n-1, no attributes."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from graphs.errors import BadArgument, TooLarge
from graphs.files.build import Builder, Options
from graphs.files.source import Source
from graphs.graph import Graph

_MAX_NODES = 5_000_000
_HEADERS = (b">>graph6<<", b">>sparse6<<", b">>digraph6<<")


def read_code(source: Source, options: Options) -> Graph:
    """The graph of the first line; more lines are noted. ':' starts sparse6 and '&' digraph6."""
    lines = [line.strip() for line in source.data.split(b"\n") if line.strip()]
    code = lines[0]
    for header in _HEADERS:
        code = code.removeprefix(header)
    build = Builder(source)
    if len(lines) > 1:
        build.notes.append(f"read the first of {len(lines)} graphs of the file")
    bad = next((i for i, byte in enumerate(code.lstrip(b":&")) if not 63 <= byte <= 126), None)
    if bad is not None or not code.lstrip(b":&"):
        raise source.fail("the code holds a character outside of '?' to '~'", 1, (bad or 0) + 1)
    kind = code[:1]
    size, rest = _size(source, code[1:] if kind in (b":", b"&") else code)
    if size > _MAX_NODES:
        raise TooLarge(f"{source.at(1)}: {size:,} nodes; the limit is {_MAX_NODES:,}")
    for node in range(size):
        build.node(node)
    edges = _sparse(rest, size) if kind == b":" else _dense(source, rest, size, directed=kind == b"&")
    for start, end in edges:
        build.edge(start, end, {}, 1)
    return build.graph(options, directed=kind == b"&", integers=False)


def _size(source: Source, code: bytes) -> tuple[int, bytes]:
    digits = [byte - 63 for byte in code]
    width, skip = (1, 0) if digits[0] < 63 else (3, 1) if len(digits) > 1 and digits[1] < 63 else (6, 2)
    if len(digits) < skip + width:
        raise source.fail("the code ends inside the number of nodes", 1)
    size = 0
    for digit in digits[skip : skip + width]:
        size = size * 64 + digit
    return size, code[skip + width :]


def _bits(code: bytes) -> Iterator[int]:
    for byte in code:
        for shift in range(5, -1, -1):
            yield (byte - 63) >> shift & 1


def _dense(source: Source, code: bytes, size: int, *, directed: bool) -> Iterator[tuple[int, int]]:
    needed = size * size if directed else size * (size - 1) // 2
    if len(code) != -(-needed // 6):
        raise source.fail(f"a code of {size} nodes has {-(-needed // 6)} characters of edges, not {len(code)}", 1)
    bits = _bits(code)
    for j in range(size):
        for i in range(size if directed else j):
            if next(bits):
                yield (j, i) if directed else (i, j)


def _sparse(code: bytes, size: int) -> Iterator[tuple[int, int]]:
    width = max(1, (size - 1).bit_length()) if size > 1 else 1
    bits = _bits(code)
    node = 0
    while True:
        step = next(bits, None)
        digits = [bit for _, bit in zip(range(width), bits, strict=False)]
        if step is None or len(digits) < width:
            return
        other = int("".join(map(str, digits)), 2)
        node += step
        if node >= size or other >= size and other <= node:
            return
        if other > node:
            node = other
        else:
            yield other, node


def write_code(graph: Graph, kind: str) -> str:
    """The graph in `kind` "graph6", "sparse6" or "digraph6".

    Raises:
        BadArgument: labels other than 0 … n-1, attributes that would be lost, or a kind of graph the code lacks.
    """
    if graph.nodes != list(range(graph.num_nodes)):
        raise BadArgument(f"{kind} has no labels: its nodes are 0 … n-1; number the nodes so, or write GraphML")
    if graph.directed != (kind == "digraph6"):
        raise BadArgument(f"{kind} holds {'directed' if kind == 'digraph6' else 'undirected'} graphs; take the other")
    if kind != "sparse6" and (graph.multi or (kind == "graph6" and any(True for _ in nx.selfloop_edges(graph.nx)))):
        raise BadArgument(f"{kind} holds no parallel edges and self-loops; write sparse6 or GraphML")
    if kind == "graph6":
        return str(nx.to_graph6_bytes(graph.nx, header=False), "ascii")
    if kind == "sparse6":
        return str(nx.to_sparse6_bytes(graph.nx, header=False), "ascii")
    size = graph.num_nodes
    bits = [int(graph.nx.has_edge(i, j)) for i in range(size) for j in range(size)]
    return "&" + _number_code(size) + _letters(bits) + "\n"


def _number_code(size: int) -> str:
    if size < 63:
        return chr(size + 63)
    width, prefix = (3, "~") if size < 258048 else (6, "~~")
    return prefix + "".join(chr((size >> 6 * i & 63) + 63) for i in reversed(range(width)))


def _letters(bits: list[int]) -> str:
    padded = bits + [0] * (-len(bits) % 6)
    return "".join(chr(int("".join(map(str, padded[i : i + 6])), 2) + 63) for i in range(0, len(padded), 6))
