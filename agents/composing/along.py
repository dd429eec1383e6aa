"""What questions for the way that best paths take mean: does the shortest path pass a node, or use an edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from agents.composing.asked import Asked
from agents.composing.node_sets import NodeSets
from agents.composing.terms import Along, Leaf
from agents.composing.world import Unread

Which = Literal["the", "some", "every"]
PRICES = frozenset(("cost", "price", "fare", "toll", "fee"))
TIMES = frozenset(("time", "duration", "latency", "delay"))
LENGTHS = frozenset(("distance", "length"))


@dataclass(frozen=True)
class BestPath:
    """All shortest, or all, paths between two nodes, and of how many of them something is asked."""

    leaf: Leaf
    which: Which


class Alongside(NodeSets):
    """The methods of the rules for best paths."""

    def some_path(self) -> Which:
        return "some"

    def every_path(self) -> Which:
        return "every"

    def shortest(self) -> str:
        return "shortest"

    def fastest(self) -> str:
        return "fastest"

    def cheapest(self) -> str:
        return "cheapest"

    def best_path(self, *parts: Any) -> BestPath:
        *which, best, source, target = parts
        weight = self.world.weight(None)
        own = self.world.graph.names.get("weight", "weight")
        if best != "shortest" and not weight:
            raise Unread("the edges have no weights")
        if (best == "fastest" and own in PRICES | LENGTHS) or (best == "cheapest" and own in TIMES | LENGTHS):
            raise Unread(f"the weights are {own}s")
        if source == target:
            raise Unread("a way from a node to itself")
        leaf = Leaf("all_shortest_paths", (("source", source), ("target", target), *weight))
        return BestPath(leaf, which[0] if which else "the")

    def whole_path(self, which: Which, source: Any, target: Any) -> BestPath:
        if source == target:
            raise Unread("a way from a node to itself")
        return BestPath(Leaf("all_simple_paths", (("source", source), ("target", target))), which)

    def passes(self, path: BestPath, node: Any) -> Asked:
        if path.leaf.tool == "all_simple_paths" and node in dict(path.leaf.arguments).values():
            raise Unread("a path passes its own ends")
        return Asked(Along(path.leaf, (node,), path.which))

    def passes_edge(self, path: BestPath, link: tuple[Any, Any]) -> Asked:
        if self.world.multi:
            raise Unread("one of the parallel edges, or all")
        return Asked(Along(path.leaf, link, path.which, self.world.directed))

    def is_passed(self, node: Any, path: BestPath) -> Asked:
        return self.passes(path, node)

    def edge_is_passed(self, link: tuple[Any, Any], path: BestPath) -> Asked:
        return self.passes_edge(path, link)
