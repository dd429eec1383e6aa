"""The graph handle: one object for every kind of graph, with the user's own labels and the origin of each edge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import networkx as nx

from graphs.errors import NodeNotFound, ParseError

Node = Hashable
PROVENANCE = "_provenance"  # edge attribute that survives copies, subgraphs and relabelling by networkx
STANDARD = ("weight", "capacity", "time")


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an edge was read: a file and line, or a half-open character span [start, end) of a text."""

    file: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None

    def as_json(self) -> dict[str, str | int]:
        """The fields that are known."""
        found = (("file", self.file), ("line", self.line), ("start", self.start), ("end", self.end))
        return {name: value for name, value in found if value is not None}

    def __str__(self) -> str:
        if self.file is not None:
            return f"{self.file}, line {self.line}" if self.line is not None else self.file
        return f"characters {self.start}-{self.end}" if self.start is not None else "unknown"


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge as the user wrote it. `attributes` never holds the provenance."""

    source: Node
    target: Node
    attributes: Mapping[str, Any]
    provenance: Provenance | None = None
    key: int | str | None = None


class Graph:
    """A handle on a graph: undirected or directed, simple or multi, with attributes on nodes and edges.

    Labels are the user's own (str or int; a label is int only when every label of the graph reads as a plain integer).
    Edge attributes use the standard names `weight`, `capacity`, `time`; `names` maps a standard name to the user's
    own column name. Nodes may carry `side` (0 or 1, bipartite), `text`, `label`, or anything else.

    `nx` is the networkx body (Graph, DiGraph, MultiGraph or MultiDiGraph). Treat it as read-only: tools that edit
    return a new handle.
    """

    __slots__ = (
        "__weakref__",
        "_attributes",
        "_by_text",
        "_fingerprint",
        "_prose",
        "assumptions",
        "name",
        "names",
        "nx",
        "origin",
    )
    compact: ClassVar[bool] = False  # whether the body is arrays (`graphs.compact`) and `nx` only made on demand
    remote: ClassVar[bool] = False  # whether it stays on an engine (`graphs.remote`) and has no `nx`

    def __init__(
        self,
        body: nx.Graph | None = None,
        *,
        name: str = "",
        origin: str = "",
        assumptions: Iterable[str] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.nx: Any = nx.Graph() if body is None else body
        self.name = name
        self.origin = origin
        self.assumptions = tuple(assumptions)
        self.names = dict(names or {})
        self._by_text: dict[str, Node] | None = None
        self._fingerprint: str | None = None
        self._attributes: dict[str, None] | None = None
        self._prose: list[str] | None = None

    @classmethod
    def from_edges(
        cls,
        edges: Iterable[tuple[Any, ...]],
        nodes: Iterable[Node] = (),
        *,
        directed: bool = False,
        multi: bool = False,
        **about: Any,
    ) -> Graph:
        """Build from (source, target), (source, target, weight) or (source, target, attributes) tuples.

        >>> Graph.from_edges([("Ann", "Bob", 2.5), ("Bob", "Eve")], directed=True)
        Graph(3 nodes, 2 edges, directed)
        """
        kind = {
            (False, False): nx.Graph,
            (True, False): nx.DiGraph,
            (False, True): nx.MultiGraph,
            (True, True): nx.MultiDiGraph,
        }
        body = kind[directed, multi]()
        body.add_nodes_from(nodes)
        for source, target, *rest in edges:
            extra = rest[0] if rest else {}
            body.add_edge(source, target, **(extra if isinstance(extra, Mapping) else {"weight": extra}))
        return cls(body, **about)

    # -- what it is

    @property
    def directed(self) -> bool:
        return bool(self.nx.is_directed())

    @property
    def multi(self) -> bool:
        """Whether parallel edges are kept apart."""
        return bool(self.nx.is_multigraph())

    @property
    def weighted(self) -> bool:
        return self.has_edge_attribute("weight")

    @property
    def temporal(self) -> bool:
        return self.has_edge_attribute("time")

    @property
    def sides(self) -> tuple[list[Node], list[Node]] | None:
        """The declared two sides of a bipartite graph, or None when none were declared."""
        side = dict(self.nx.nodes(data="side"))
        if not side or any(value not in (0, 1) for value in side.values()):
            return None
        return [n for n, s in side.items() if s == 0], [n for n, s in side.items() if s == 1]

    @property
    def num_nodes(self) -> int:
        return int(self.nx.number_of_nodes())

    @property
    def num_edges(self) -> int:
        """Edges as written: a self-loop counts once, parallel edges count each when the graph is multi."""
        return int(self.nx.number_of_edges())

    @property
    def nodes(self) -> list[Node]:
        return list(self.nx)

    def edges(self) -> Iterator[Edge]:
        multi = self.multi
        for item in self.nx.edges(keys=True, data=True) if multi else self.nx.edges(data=True):
            data = item[-1]
            shown = {k: v for k, v in data.items() if k != PROVENANCE}
            yield Edge(item[0], item[1], shown, data.get(PROVENANCE), item[2] if multi else None)

    def __len__(self) -> int:
        return self.num_nodes

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nx)

    def __contains__(self, node: object) -> bool:
        return node in self.nx

    def has_edge(self, source: Node, target: Node) -> bool:
        return bool(self.nx.has_edge(source, target))

    def has_edge_attribute(self, name: str) -> bool:
        """Whether at least one edge carries `name`."""
        return name in self._attribute_names()

    def edge_attribute_names(self) -> list[str]:
        """Names of the attributes that any edge carries, in the order in which the edges bring them up."""
        return list(self._attribute_names())

    def _attribute_names(self) -> dict[str, None]:
        """The names, found at the first call: the body of a handle is read-only from then on."""
        if self._attributes is None:
            seen: dict[str, Any] = {}
            for near in self.nx._adj.values() if self.multi else (self.nx._adj,):
                for parallel in near.values():
                    for data in parallel.values():
                        seen.update(data)
            seen.pop(PROVENANCE, None)
            self._attributes = dict.fromkeys(seen)
        return self._attributes

    def node_attribute_names(self) -> list[str]:
        seen: dict[str, None] = {}
        for _, data in self.nx.nodes(data=True):
            seen.update(dict.fromkeys(data))
        return list(seen)

    def provenance(self, source: Node, target: Node, key: int | str = 0) -> Provenance | None:
        """Where the edge was read, or None when it was made by a program."""
        data = self.nx.get_edge_data(source, target, key) if self.multi else self.nx.get_edge_data(source, target)
        return (data or {}).get(PROVENANCE)

    # -- nodes by what a user writes

    def find(self, label: object) -> Node | None:
        """The node that `label` names: exact first, then by its text, then ignoring case when that is unique."""
        try:
            if label in self.nx:
                return label
        except TypeError:
            return None
        if self._by_text is None:
            exact: dict[str, Node] = {}
            folded: dict[str, Node | None] = {}
            for node in self.nx:
                exact.setdefault(str(node), node)
                low = str(node).casefold()
                folded[low] = None if low in folded else node
            for low, found in folded.items():
                if found is not None:
                    exact.setdefault(low, found)
            self._by_text = exact
        text = str(label).strip()
        hit = self._by_text.get(text)
        return self._by_text.get(text.casefold()) if hit is None else hit

    def node(self, label: object) -> Node:
        """Like `find`, but raises NodeNotFound with close labels."""
        found = self.find(label)
        if found is None:
            raise self.missing(str(label))
        return found

    def missing(self, label: object) -> NodeNotFound:
        """The error that names `label` as no node of this graph, with labels that are close to it."""
        return NodeNotFound(label if isinstance(label, Hashable) else str(label), self)

    # -- other bodies

    def simple(self, *, weight: str = "weight", combine: Callable[[Iterable[float]], float] = min) -> nx.Graph:
        """The body without parallel edges (self-loops stay), `weight` of parallel edges combined by `combine`.

        Returns the body itself when it is simple already: do not edit it.
        """
        if not self.multi:
            return self.nx
        body = nx.DiGraph() if self.directed else nx.Graph()
        body.add_nodes_from(self.nx.nodes(data=True))
        for u, v, data in self.nx.edges(data=True):
            if body.has_edge(u, v):
                old = body[u][v]
                if weight in old or weight in data:
                    both = [old.get(weight, 1), data.get(weight, 1)]
                    odd = [x for x in both if isinstance(x, bool) or not isinstance(x, (int, float))]
                    old[weight] = odd[0] if odd else combine(both)  # what is no number stays, for the tool to refuse
            else:
                body.add_edge(u, v, **data)
        return body

    def derive(self, body: nx.Graph, *, note: str = "") -> Graph:
        """A new handle on `body` that keeps name, origin, names and assumptions."""
        notes = (*self.assumptions, note) if note else self.assumptions
        return Graph(body, name=self.name, origin=self.origin, assumptions=notes, names=self.names)

    # -- there and back

    def to_json(self) -> dict[str, Any]:
        """Node-link form with everything, provenance included; `from_json` reads it back equal."""
        nodes = [{"id": n, **data} for n, data in self.nx.nodes(data=True)]
        edges = []
        multi = self.multi
        for item in self.nx.edges(keys=True, data=True) if multi else self.nx.edges(data=True):  # a million in seconds
            data = item[-1]
            attributes = {k: v for k, v in data.items() if k != PROVENANCE}
            row: dict[str, Any] = {"source": item[0], "target": item[1], "attributes": attributes}
            if multi and item[2] is not None:
                row["key"] = item[2]
            where = data.get(PROVENANCE)
            if where is not None:
                row["provenance"] = where.as_json()
            edges.append(row)
        about = {"name": self.name, "origin": self.origin, "assumptions": list(self.assumptions), "names": self.names}
        return {"directed": self.directed, "multigraph": self.multi, **about, "nodes": nodes, "edges": edges}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Graph:
        try:
            graph = cls.from_edges((), directed=data["directed"], multi=data["multigraph"])
            for row in data["nodes"]:
                graph.nx.add_node(row["id"], **{k: v for k, v in row.items() if k != "id"})
            for row in data["edges"]:
                attributes = dict(row.get("attributes", {}))
                if "provenance" in row:
                    attributes[PROVENANCE] = Provenance(**row["provenance"])
                key = {"key": row["key"]} if graph.multi and "key" in row else {}
                graph.nx.add_edge(row["source"], row["target"], **key, **attributes)
        except (KeyError, TypeError, AttributeError) as error:
            raise ParseError(
                f"not a graph in Königsberg's JSON form ({error!r}); write one with Graph.to_json"
            ) from error
        graph.name, graph.origin = data.get("name", ""), data.get("origin", "")
        graph.assumptions, graph.names = tuple(data.get("assumptions", ())), dict(data.get("names", {}))
        return graph

    def prose_attributes(self) -> list[str]:
        """The node attributes that hold texts: at least half of their values are strings of three words or more."""
        if self._prose is None:
            seen: dict[str, list[int]] = {}
            for _, data in self.nx.nodes(data=True):
                for name, value in data.items():
                    if value is not None and isinstance(name, str):
                        count = seen.setdefault(name, [0, 0])
                        count[0] += 1
                        count[1] += isinstance(value, str) and value.count(" ") >= 2
            self._prose = [name for name, (values, long) in seen.items() if long and 2 * long >= values]
        return list(self._prose)

    def fingerprint(self) -> str:
        """A short hash of nodes, edges and attributes: equal graphs read in the same order have equal fingerprints."""
        if self._fingerprint is None:
            data = self.to_json()
            text = json.dumps(
                [data[k] for k in ("directed", "multigraph", "nodes", "edges")], default=str, sort_keys=True
            )
            self._fingerprint = hashlib.sha256(text.encode()).hexdigest()[:16]
        return self._fingerprint

    def summary(self) -> str:
        """One line for people and prompts; never the edges.

        >>> Graph.from_edges([(1, 2, 5.0)]).summary()
        'an undirected weighted graph with 2 nodes and 1 edge'
        """
        kinds = ["directed" if self.directed else "undirected"]
        kinds += ["multi"] * self.multi + ["weighted"] * self.weighted + ["temporal"] * self.temporal
        kinds += ["bipartite"] * (self.sides is not None)
        nodes, edges = self.num_nodes, self.num_edges
        article = "an" if kinds[0][0] in "aeiou" else "a"
        sizes = f"{nodes} node{'s' * (nodes != 1)} and {edges} edge{'s' * (edges != 1)}"
        return f"{article} {' '.join(kinds)} graph with {sizes}"

    def __repr__(self) -> str:
        kind = "directed" if self.directed else "undirected"
        return f"Graph({self.num_nodes} nodes, {self.num_edges} edges, {kind})"
