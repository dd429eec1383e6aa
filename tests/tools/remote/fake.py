"""An engine in memory, for what `tools.remote` makes of any engine's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from graphs.compact.graph import CompactGraph
from graphs.graph import Graph, Node
from graphs.remote.engine import Direction, Parts, Ranks, Sizes, Way
from tools.run import run_tool


class FakeEngine:
    """Answers from a graph at hand. `lies`: what it gets wrong, to see it caught."""

    title, name, notes = "a fake", "fake", ("taken from memory",)
    names: Mapping[str, str] = {}

    def __init__(self, graph: Graph, kind: str = "spark", lies: str = "") -> None:
        self.graph, self.kind, self.lies = graph, kind, lies
        self.directed = graph.directed
        self.columns = tuple(graph.edge_attribute_names())
        self.plain: Any = nx.Graph(graph.simple().to_undirected() if graph.directed else graph.simple())
        self.plain.remove_edges_from(list(nx.selfloop_edges(self.plain)))

    def _ask(self, name: str, **arguments: Any) -> Any:
        return run_tool(self.graph, name, arguments)[0]

    def sizes(self) -> Sizes:
        loops = sum(edge.source == edge.target for edge in self.graph.edges())
        return Sizes(self.graph.num_nodes, self.graph.num_edges, loops, self.graph.multi)

    def counted_again(self) -> tuple[int, int]:
        return self.graph.num_nodes, self.graph.num_edges + (self.lies == "count")

    def known(self, labels: Sequence[str]) -> dict[str, Node]:
        return {text: node for text in labels if (node := self.graph.find(text)) is not None and str(node) == text}

    def near(self, node: Node, direction: Direction) -> dict[Node, int]:
        found: Counter[Node] = Counter()
        for edge in self.graph.edges():
            if edge.source == node and direction != "in":
                found[edge.target] += 1
            elif edge.target == node and direction != "out":
                found[edge.source] += 1
        if direction == "in":
            found = Counter(edge.source for edge in self.graph.edges() if edge.target == node)
        return dict(found)

    def _degrees(self, direction: Direction) -> dict[Node, int]:
        body = self.graph.nx
        kinds = {"total": body.degree, "out": getattr(body, "out_degree", None), "in": getattr(body, "in_degree", None)}
        return dict(kinds[direction]())  # type: ignore[misc]

    def degree_counts(self, direction: Direction) -> dict[int, int]:
        found = dict(Counter(self._degrees(direction).values()))
        return {**found, 99: 1} if self.lies == "degrees" else found

    def with_degree(self, low: int, high: int, direction: Direction, limit: int) -> list[Node]:
        return [node for node, degree in self._degrees(direction).items() if low <= degree <= high][:limit]

    def degrees(self, direction: Direction) -> dict[Node, int]:
        return self._degrees(direction)

    def total(self, column: str) -> tuple[float, int, bool]:
        cells = [edge.attributes.get(column) for edge in self.graph.edges()]
        there = [cell for cell in cells if cell is not None]
        return sum(there), len(cells) - len(there), all(isinstance(cell, int) for cell in there)

    def between(self, source: Node, target: Node) -> int:
        return self.near(source, "out" if self.directed else "total").get(target, 0)

    def way(self, source: Node, target: Node, weight: str | None) -> Way:
        if not self._ask("has_path", source=source, target=target).holds:
            return Way([], float("inf"), 1, int(self.lies == "way"))
        found = self._ask("shortest_path", source=source, target=target, **({"weight": weight} if weight else {}))
        return Way(found.nodes, found.length, 1, {"way": 1, "given up": None}.get(self.lies, 0))

    def triangles(self, *, again: bool) -> int:
        return sum(nx.triangles(self.plain).values()) // 3 + (again and self.lies == "triangles")

    def wedges(self) -> tuple[int, int]:
        return self.plain.number_of_edges(), sum(d * (d - 1) // 2 for _, d in self.plain.degree)

    def parts(self, nodes: Sequence[Node]) -> Parts:
        groups = sorted(nx.connected_components(self.plain), key=len, reverse=True)
        roots = {node: min(group, key=str) for group in groups for node in group}
        sizes = [(min(group, key=str), len(group)) for group in groups]
        unjoined = None if self.lies == "given up" else 0
        return Parts(sizes, {node: roots[node] for node in nodes}, int(self.lies == "parts"), unjoined)

    def members(self, node: Node) -> list[Node]:
        return sorted(nx.node_connected_component(self.plain, node), key=str)

    def ranks(self, nodes: Sequence[Node], damping: float) -> Ranks:
        of = self._ask("pagerank", damping=damping).values
        top = sorted(of.items(), key=lambda pair: -pair[1])[:20]
        return Ranks(top, {node: of[node] for node in nodes}, 0.5 if self.lies == "ranks" else 1e-9)

    def all_ranks(self, damping: float) -> tuple[dict[Node, float], float]:
        return dict(self._ask("pagerank", damping=damping).values), 1e-9

    def communities(self) -> tuple[list[list[Node]], float]:
        return [list(group) for group in nx.connected_components(self.plain)], 0.0

    def local(self) -> CompactGraph | None:
        return CompactGraph.of(self.graph) if self.kind == "bolt" else None
