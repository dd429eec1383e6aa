"""What clauses that change the graph mean: calls of the tools that edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from agents.composing.terms import Joined, Named, Number, Set, Within
from agents.composing.world import Unread, World
from agents.plan import Chosen


@dataclass(frozen=True)
class Change:
    """A call of an editing tool; one without a tool changes nothing."""

    tool: str
    arguments: tuple[tuple[str, Any], ...] = ()


class Changing:
    """The methods of the rules for edits."""

    world: World

    def nothing(self, *nodes: Any) -> Change:
        return Change("")

    def ends(self, source: Any, target: Any) -> tuple[Any, Any]:
        return (source, target)

    def ends_either_way(self, one: Any, other: Any) -> tuple[Any, Any]:
        if self.world.directed and self.world.graph.has_edge(one, other) and self.world.graph.has_edge(other, one):
            raise Unread("which of the two edges is meant")
        turned = self.world.directed and self.world.graph.has_edge(other, one)
        return (other, one) if turned else (one, other)

    def link(self, pair: tuple[Any, Any]) -> tuple[Any, Any]:
        return pair

    # ── taking away ─────────────────────────────────────────────────────────────────────────────────────────────────
    def remove_nodes(self, nodes: tuple[Any, ...]) -> Change:
        return Change("remove_nodes", (("nodes", Chosen(Named(nodes))),))

    def remove_set(self, nodes: Set) -> Change:
        return Change("remove_nodes", (("nodes", Chosen(nodes)),))

    def remove_edges(self, edges: Any) -> Change:
        if isinstance(edges, tuple):
            if self.world.multi:
                raise Unread("one of the parallel edges, or all")
            return Change("remove_edge", (("source", edges[0]), ("target", edges[1])))
        return Change("remove_edges", (("edges", Chosen(edges)),))

    def part(self, one: Any, other: Any) -> Change:
        self.world.undirected()
        return self.remove_edges((one, other))

    def keep_nodes(self, nodes: tuple[Any, ...]) -> Change:
        return Change("subgraph", (("nodes", Chosen(Named(nodes))),))

    def keep_set(self, nodes: Set) -> Change:
        return Change("subgraph", (("nodes", Chosen(_with_centre(nodes))),))

    # ── adding ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def add_edge(self, pair: tuple[Any, Any], weight: Number | None = None) -> Change:
        if weight is None and self.world.graph.weighted:
            raise Unread("how long the new edge is")
        given = () if weight is None else (("weight", _tidy(weight)),)
        return Change("add_edge", (("source", pair[0]), ("target", pair[1]), *given))

    def join(self, one: Any, other: Any) -> Change:
        self.world.undirected()
        return self.add_edge((one, other))

    # ── weights and directions ──────────────────────────────────────────────────────────────────────────────────────
    def set_weight(self, pair: tuple[Any, Any], weight: Number, instead_of: Number | None = None) -> Change:
        old = self._weight(pair)
        if instead_of is not None and old != instead_of.value:
            raise Unread("the edge has another weight than the one that is said")
        return Change("set_weight", (("source", pair[0]), ("target", pair[1]), ("value", _tidy(weight))))

    def _weight(self, pair: tuple[Any, Any]) -> float:
        """The weight that an edge has.

        Raises:
            Unread: it has none, there is no such edge, or there are several.
        """
        if not self.world.graph.weighted or self.world.multi:
            raise Unread("the edges have no weights, or there are several between two nodes")
        weight = self.world.graph.nx.edges[pair].get("weight") if self.world.graph.has_edge(*pair) else None
        if weight is None:
            raise Unread("there is no such edge, or it has no weight")
        return float(weight)

    def heavier(self, pair: tuple[Any, Any], by: Number) -> Change:
        return self.set_weight(pair, Number(self._weight(pair) + by.value))

    def lighter(self, pair: tuple[Any, Any], by: Number) -> Change:
        return self.set_weight(pair, Number(self._weight(pair) - by.value))

    def doubled(self) -> Change:
        return Change("scale_weights", (("factor", 2),))

    def scaled(self, by: Number) -> Change:
        return Change("scale_weights", (("factor", _tidy(by)),))

    def evenly(self, weight: Number) -> Change:
        if weight.value != 1:
            raise Unread("there is no tool that gives every edge the same weight")
        return self.unweighted()

    def halved(self) -> Change:
        return Change("scale_weights", (("factor", 0.5),))

    def tripled(self) -> Change:
        return Change("scale_weights", (("factor", 3),))

    def times_as_long(self, pair: tuple[Any, Any], times: Number) -> Change:
        return self.set_weight(pair, Number(self._weight(pair) * times.value))

    def reversed(self) -> Change:
        return Change("reverse")

    def turned(self, pair: tuple[Any, Any]) -> Change:
        raise Unread("there is no tool that turns one edge")

    def unweighted(self) -> Change:
        return Change("without_weights")

    def undirected(self) -> Change:
        return Change("to_undirected")

    def contracted(self, pair: tuple[Any, Any]) -> Change:
        return Change("contract_edge", (("source", pair[0]), ("target", pair[1])))

    def merged(self, nodes: tuple[Any, ...]) -> Change:
        return Change("merge_nodes", (("nodes", Chosen(Named(nodes))),))


def _with_centre(nodes: Set) -> Set:
    """What is kept: "only those within two steps of A" keeps A, which "who is within two steps of A?" does not name."""
    if not isinstance(nodes, Within) or not isinstance(nodes.of, Joined) or nodes.compare not in ("<=", "<"):
        return nodes
    centre = [value for name, value in nodes.figures.arguments if name == "source"]
    if nodes.of.how == "less" and nodes.of.right == Named(tuple(centre)):
        return replace(nodes, of=nodes.of.left)
    return nodes


def _tidy(number: Number) -> float:
    return int(number.value) if float(number.value).is_integer() else number.value
