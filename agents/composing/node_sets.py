"""What phrases for nodes mean: where a node lies, how far it is."""

from __future__ import annotations

from typing import Any

from agents.composing.relations import Relations
from agents.composing.terms import (
    Agreed,
    Extreme,
    Found,
    Inside,
    Leaf,
    Named,
    Number,
    RankedGroup,
    Set,
    Sized,
)
from agents.composing.world import Amount, Partners, Unread, call, everything, figures_meet, less


class NodeSets(Relations):
    """The methods of the rules for nodes."""

    # ── what it reaches ─────────────────────────────────────────────────────────────────────────────────────────────
    def _reached(self, node: Any) -> Set:
        return Found(call("descendants" if self.world.directed else "reachable_nodes", node=node))

    def _reaching(self, node: Any) -> Set:
        return Found(call("ancestors" if self.world.directed else "reachable_nodes", node=node))

    def reaches_it(self, node: Any) -> Set:
        return self._reaching(node)

    def reaches_in_steps(self, node: Any) -> Set:
        reaching = self._reaching(node)
        beyond = less(reaching, self.points_to(Partners("one", (node,))))
        return Agreed(beyond, reaching, "whether a direct edge counts as well")

    def reached_from(self, to: Any) -> Set:
        return self._related(to, self._reached)

    def reaches(self, to: Any) -> Set:
        return self._related(to, self._reaching)

    def reached_within(self, node: Any, amount: Amount, measure: str | None) -> Set:
        return self.at_distance(self._at_most(amount), measure, node)

    def reaches_within(self, node: Any, amount: Amount, measure: str | None) -> Set:
        self.world.undirected()
        return self.at_distance(self._at_most(amount), measure, node)

    def _at_most(self, amount: Amount) -> Amount:
        if amount.bounds[0][0] not in ("<", "<=") and len(amount.bounds) == 1:
            raise Unread("in exactly so much, or in less as well")
        return amount

    def not_reached_from(self, node: Any) -> Set:
        return self.negation(self._reached(node))

    def not_reaches(self, node: Any) -> Set:
        return self.negation(self._reaching(node))

    def reaches_all(self) -> Set:
        raise Unread("there is no tool for the nodes that reach all others")

    # ── where it lies ───────────────────────────────────────────────────────────────────────────────────────────────
    def isolated(self) -> Set:
        self.world.loopless()
        return Found(call("isolated_nodes"))

    def leaves(self) -> Set:
        self.world.simple()
        return Found(call("leaves"))

    def cut_nodes(self) -> Set:
        self.world.undirected()
        return Found(call("articulation_points"))

    def has_loop(self) -> Set:
        return Inside(Found(call("self_loops")))

    def sources(self) -> Set:
        return self._ends("source_nodes")

    def sinks(self) -> Set:
        return self._ends("sink_nodes")

    def _ends(self, tool: str) -> Set:
        if not self.world.directed:
            raise Unread("an undirected graph has no sources and sinks")
        return Found(call(tool))

    def on_cycle(self) -> Set:
        if self.world.multi or self.world.loops:
            raise Unread("loops and parallel edges are cycles or not")
        if self.world.directed:
            return Inside(Sized(Found(call("strongly_connected_components")), ">=", Number(2)))
        return Inside(less(Found(call("list_edges"), True), Found(call("bridges"), True)))

    def off_cycles(self) -> Set:
        return self.negation(self.on_cycle())

    def on_triangle(self) -> Set:
        self.world.undirected()
        return Inside(Found(call("list_triangles")))

    def off_triangles(self) -> Set:
        return self.negation(self.on_triangle())

    def in_component(self, rank: int | None, highest: bool) -> Set:
        self.world.undirected()
        return RankedGroup(Found(call("connected_components")), highest, rank or 1)

    def with_node(self, node: Any) -> Set:
        self.world.undirected()
        return Found(call("component_of", node=node))

    def distances(self, node: Any, measure: str | None) -> Leaf:
        return Leaf("single_source_distances", (("source", node), *self.world.weight(measure)))

    def _at(self, node: Any, amount: Amount, measure: str | None) -> Set:
        return figures_meet(less(everything(), Named((node,))), self.distances(node, measure), amount)

    def within(self, number: Number, measure: str | None, node: Any) -> Set:
        return self._at(node, Amount("and", (("<=", number),)), measure)

    def at_distance(self, amount: Amount, measure: str | None, node: Any) -> Set:
        return self._at(node, amount, measure)

    def at_distance_plain(self, amount: Amount, node: Any) -> Set:
        return self._at(node, amount, None)

    def farther(self, number: Number, measure: str | None, node: Any) -> Set:
        return self._at(node, Amount("and", ((">", number),)), measure)

    def within_to(self, number: Number, measure: str | None, node: Any) -> Set:
        self.world.undirected()
        return self.within(number, measure, node)

    def at_distance_to(self, amount: Amount, node: Any) -> Set:
        self.world.undirected()
        return self.at_distance_plain(amount, node)

    def closer_to(self, number: Number, measure: str | None, node: Any) -> Set:
        self.world.undirected()
        return self.closer(number, measure, node)

    def closer(self, number: Number, measure: str | None, node: Any) -> Set:
        return self._at(node, Amount("and", (("<", number),)), measure)

    def by_distance(self, things: Set, node: Any, rank: int | None, *, highest: bool) -> Set:
        return Extreme(things, self.distances(node, None), highest, rank or 1)
