"""`CompactGraph`: the graph handle on arrays, for graphs of millions of edges."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import networkx as nx

from graphs.compact.arrays import Rows
from graphs.compact.extra import kernels
from graphs.compact.labels import Labels
from graphs.errors import TooLarge
from graphs.graph import PROVENANCE, Edge, Graph, Node, Provenance

if TYPE_CHECKING:
    from graphs.compact.arrays import Array, Ints

CONVERTED = 300_000  # edges up to which a compact graph is turned into a networkx graph for tools that need one


class CompactGraph(Graph):
    """A handle whose body is arrays: the ends of the edges as int32, adjacency on both sides, columns of numbers.

    source, target: int32 [m], the ends of each edge as the file writes them, as numbers of nodes. columns: name ->
    numbers [m] (int64, or float64 with NaN for a missing one). labels: of the nodes, in the order in which the file
    brings them up. row: of each edge in the file, None where row and edge number are the same; `lines` maps rows to
    lines. About 40 bytes an edge with one column.

    Tools that know this body run on it (`tools.large`); others get `nx`, which is made for small graphs only.
    """

    __slots__ = ("_into", "_nx", "_out", "columns", "first_line", "labels", "lines", "multi_", "one_way", "source",
                 "target")  # fmt: skip
    compact = True

    def __init__(
        self,
        labels: Labels,
        source: Ints,
        target: Ints,
        columns: Mapping[str, Array] | None = None,
        *,
        directed: bool = False,
        multi: bool = False,
        first_line: int = 1,
        lines: Array | None = None,
        **about: Any,
    ) -> None:
        """lines: the line of each edge in its file; None where edge e stands on line `first_line` + e."""
        self.labels, self.source, self.target = labels, source, target
        self.columns = dict(columns or {})
        self.one_way, self.multi_ = directed, multi
        self.first_line, self.lines = first_line, lines
        self._nx: Any = None
        self._out: Rows | None = None
        self._into: Rows | None = None
        self.name, self.origin = about.get("name", ""), about.get("origin", "")
        self.assumptions = tuple(about.get("assumptions", ()))
        self.names = dict(about.get("names") or {})
        self._by_text = None
        self._fingerprint = about.get("fingerprint")
        self._attributes = None
        self._prose = []

    @classmethod
    def of(cls, graph: Graph) -> CompactGraph:
        """The same graph on a compact body; attributes that are no numbers are left out.

        Raises:
            BadArgument: the labels are neither all whole numbers nor all texts.
        """
        import numpy as np

        nodes = graph.nodes
        place = {node: i for i, node in enumerate(nodes)}
        edges = list(graph.edges())
        ends = np.array([(place[e.source], place[e.target]) for e in edges], np.int32).reshape(-1, 2)
        columns: dict[str, Any] = {}
        for name in graph.edge_attribute_names():
            values = [edge.attributes.get(name) for edge in edges]
            if all(v is None or (isinstance(v, (int, float)) and not isinstance(v, bool)) for v in values):
                whole = all(isinstance(v, int) for v in values)
                columns[name] = np.array(values, np.int64 if whole else np.float64)
        about: dict[str, Any] = {
            "name": graph.name,
            "origin": graph.origin,
            "assumptions": graph.assumptions,
            "names": graph.names,
        }
        source, target = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
        return cls(Labels.of(nodes), source, target, columns, directed=graph.directed, multi=graph.multi, **about)

    # -- arrays

    @property
    def out(self) -> Rows:
        """Arcs along the edges' directions, both ways on an undirected graph; made at the first call. O(n + m)."""
        if self._out is None:
            self._out = Rows(*kernels().adjacency(self.num_nodes, self.source, self.target, not self.directed))
        return self._out

    def adopt(self, rows: tuple[Array, Array, Array]) -> None:
        """Take over an adjacency that was made of the same edges before, as `out`."""
        self._out = Rows(*rows)

    @property
    def into(self) -> Rows:
        """Arcs against the edges' directions; `out` on an undirected graph."""
        if not self.directed:
            return self.out
        if self._into is None:
            self._into = Rows(*kernels().adjacency(self.num_nodes, self.target, self.source, False))
        return self._into

    def index(self, label: object) -> int:
        """The number of the node that `label` names, found like `node`.

        Raises:
            NodeNotFound: there is none.
        """
        place = self.labels.index(self.node(label))
        assert place is not None
        return place

    # -- what it is

    @property
    def nx(self) -> Any:  # type: ignore[override]
        """The graph as a networkx graph, made at the first call.

        Raises:
            TooLarge: it has more than `CONVERTED` edges or nodes.
        """
        if self._nx is None:
            if max(self.num_edges, self.num_nodes) > CONVERTED:
                self._refuse()
            self._nx = self._converted()
        return self._nx

    def _refuse(self) -> NoReturn:
        raise TooLarge(
            f"this needs the whole graph as Python objects, which is done up to {CONVERTED:,} nodes and edges; this "
            f"graph has {self.num_nodes:,} nodes and {self.num_edges:,} edges: ask about a part of it, or read the "
            "file with body='networkx' if you have the memory and the time"
        )

    def _converted(self) -> Any:
        kind = (nx.MultiDiGraph if self.multi else nx.DiGraph) if self.directed else None
        body: Any = kind() if kind is not None else (nx.MultiGraph() if self.multi else nx.Graph())
        body.add_nodes_from(self.labels)
        for edge in self.edges():
            key = body.add_edge(edge.source, edge.target)
            data = body[edge.source][edge.target][key] if self.multi else body[edge.source][edge.target]
            data.update(edge.attributes)
            if edge.provenance is not None:
                data[PROVENANCE] = edge.provenance
        return body

    @property
    def directed(self) -> bool:
        return self.one_way

    @property
    def multi(self) -> bool:
        return self.multi_

    @property
    def sides(self) -> None:
        return None

    @property
    def num_nodes(self) -> int:
        return len(self.labels)

    @property
    def num_edges(self) -> int:
        return len(self.source)

    @property
    def nodes(self) -> list[Node]:
        return self.labels.between(0, len(self.labels))

    def edges(self) -> Iterator[Edge]:
        names = list(self.columns)
        cuts = [0, 1_000, *range(100_000, self.num_edges, 100_000)]  # who wants a few does not wait for many
        for start, end in zip(cuts, [*cuts[1:], self.num_edges]):
            part = slice(start, end)
            tails, heads = self.labels.take(self.source[part]), self.labels.take(self.target[part])
            cells = zip(*(self.columns[name][part].tolist() for name in names)) if names else iter([()] * len(tails))
            for place, (tail, head, row) in enumerate(zip(tails, heads, cells), start):
                shown = {name: cell for name, cell in zip(names, row) if cell == cell}
                yield Edge(tail, head, shown, self.origin_of(place))

    def __iter__(self) -> Iterator[Node]:
        return iter(self.labels)

    def __contains__(self, node: object) -> bool:
        return self.labels.index(node) is not None

    def has_edge(self, source: Node, target: Node) -> bool:
        tail, head = self.labels.index(source), self.labels.index(target)
        return tail is not None and head is not None and bool(len(self.between(tail, head)))

    def between(self, tail: int, head: int) -> Array:
        """The numbers of the edges from node `tail` to node `head`, in the order of the file."""
        rows = self.out
        part = slice(int(rows.starts[tail]), int(rows.starts[tail + 1]))
        found: Array = rows.edges[part][rows.heads[part] == head]
        return found

    def _attribute_names(self) -> dict[str, None]:
        import numpy as np

        if self._attributes is None:
            there = [name for name, cells in self.columns.items() if len(cells) and not np.isnan(cells).all()]
            self._attributes = dict.fromkeys(there)
        return self._attributes

    def node_attribute_names(self) -> list[str]:
        return []

    def provenance(self, source: Node, target: Node, key: int | str = 0) -> Provenance | None:
        tail, head = self.labels.index(source), self.labels.index(target)
        found = [] if tail is None or head is None else self.between(tail, head).tolist()
        at = key if isinstance(key, int) else 0
        return self.origin_of(found[at]) if 0 <= at < len(found) else None

    def origin_of(self, edge: int) -> Provenance | None:
        """Where the edge with this number was read; None for a graph that was made by a program."""
        if not self.origin:
            return None
        return Provenance(self.origin, int(self.lines[edge]) if self.lines is not None else self.first_line + edge)

    # -- nodes by what a user writes

    def find(self, label: object) -> Node | None:
        """As `Graph.find`: exact, then by its text, then ignoring case when that is unique (O(n) for texts)."""
        if isinstance(label, float) and label.is_integer():
            label = int(label)
        place = self.labels.index(label)
        if place is not None:
            return self.labels[place]
        if not isinstance(label, (str, int)) or isinstance(label, bool):
            return None
        text = str(label).strip()
        if self.labels.numbers is not None:
            plain = text.removeprefix("-")
            number = int(text) if plain.isascii() and plain.isdigit() and len(plain) < 20 else None
            return number if number is not None and str(number) == text and number in self else None
        place = self.labels.index(text)
        if place is not None:
            return self.labels[place]
        low = text.casefold()
        found = [node for node in self.labels if str(node).casefold() == low]
        return found[0] if len(found) == 1 else None

    def node(self, label: object) -> Node:
        found = self.find(label)
        if found is None:
            raise self.missing(label)
        return found

    # -- there and back

    def derive(self, body: Any, *, note: str = "") -> Graph:
        notes = (*self.assumptions, note) if note else self.assumptions
        return Graph(body, name=self.name, origin=self.origin, assumptions=notes, names=self.names)

    def to_json(self) -> dict[str, Any]:
        if max(self.num_edges, self.num_nodes) > CONVERTED:
            self._refuse()
        return super().to_json()

    def prose_attributes(self) -> list[str]:
        return []

    def fingerprint(self) -> str:
        """A short hash of labels, edges and columns; not that of the same graph on a networkx body."""
        if self._fingerprint is None:
            digest = hashlib.blake2b(f"{self.directed}{self.multi}{list(self.columns)}".encode(), digest_size=8)
            labels = self.labels
            for part in (labels.numbers, labels.blob, labels.offsets, self.source, self.target, *self.columns.values()):
                if part is not None:
                    digest.update(part.tobytes())
            self._fingerprint = digest.hexdigest()
        return self._fingerprint

    def summary(self) -> str:
        return super().summary() + ", on the compact body"
