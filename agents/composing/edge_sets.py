"""What phrases for edges and for components mean."""

from __future__ import annotations

from typing import Any

from agents.composing.terms import Crossing, Found, Joined, Number, Set, Sized
from agents.composing.world import Amount, Partners, Unread, World, call

COMPARISONS = {"==": "equal", ">": "more", "<": "less", ">=": "at_least", "<=": "at_most"}


class EdgeSets:
    """The methods of the rules for edges and components."""

    world: World

    def _found(self, tool: str, **arguments: Any) -> Found:
        return Found(call(tool, **arguments), either_way=not self.world.directed)

    def all_edges(self) -> Set:
        return self._found("list_edges")

    def restricted_edges(self, *rels: Set) -> Set:
        found = self.all_edges()
        for rel in rels:
            found = rel if found == self.all_edges() else self._joined("and", found, rel)
        return found

    def edge_negation(self, edges: Set) -> Set:
        return self._joined("less", self.all_edges(), edges)

    def _joined(self, how: Any, one: Set, other: Set) -> Set:
        if self.world.multi:
            raise Unread("parallel edges cannot be told apart by their ends")
        return Joined(how, one, other)

    def bridges(self) -> Set:
        self.world.undirected()
        return self._found("bridges")

    def edges_on_cycle(self) -> Set:
        if self.world.directed or self.world.loops:
            raise Unread("which cycles are meant")
        return self._joined("less", self.all_edges(), self._found("bridges"))

    def edges_at(self, node: Any) -> Set:
        return self._found("incident_edges", node=node)

    def edges_touching(self, node: Any) -> Set:
        self.world.undirected()
        return self.edges_at(node)

    def edges_touch(self, partners: Partners) -> Set:
        if len(partners.nodes) == 1:
            return self.edges_at(partners.nodes[0])
        one, other = map(self.edges_at, partners.nodes)
        how: dict[str, Any] = {"either": "or", "both": "and", "first only": "less"}
        if partners.how not in how:
            return self.edge_negation(self._joined("or", one, other))
        return self._joined(how[partners.how], one, other)

    def several(self, *nodes: Any) -> tuple[Any, ...]:
        return nodes

    def edges_between(self, one: tuple[Any, ...], other: tuple[Any, ...]) -> Set:
        return Crossing(self.all_edges(), one, other)

    def edges_inside(self, group: tuple[Any, ...]) -> Set:
        return Crossing(self.all_edges(), group, group)

    # ── weights ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def weighs(self, amount: Amount) -> Set:
        if not self.world.graph.weighted:
            raise Unread("the edges have no weights")
        if self.world.multi and len(amount.bounds) > 1:
            raise Unread("parallel edges cannot be told apart by their ends")
        if amount.bounds[0][0] == "!=":
            return self.weighs_not(Amount("and", (("==", amount.bounds[0][1]),)))
        return amount.set(
            lambda operator, number: self._found(
                "edges_with_weight", value=number.value, comparison=COMPARISONS[operator]
            )
        )

    def weighs_not(self, amount: Amount) -> Set:
        return self.edge_negation(self.weighs(amount))

    def weighs_more(self, number: Number) -> Set:
        return self.weighs(Amount("and", ((">", number),)))

    def weighs_less(self, number: Number) -> Set:
        return self.weighs(Amount("and", (("<", number),)))

    # ── components ──────────────────────────────────────────────────────────────────────────────────────────────────
    def restricted_groups(self, size: Amount | None = None) -> Set:
        self.world.undirected()
        return self._sized(Found(call("connected_components")), size)

    def restricted_strong(self, size: Amount | None = None) -> Set:
        if not self.world.directed:
            raise Unread("an undirected graph has no strong components")
        return self._sized(Found(call("strongly_connected_components")), size)

    def _sized(self, groups: Set, size: Amount | None) -> Set:
        return groups if size is None else size.set(lambda operator, number: Sized(groups, operator, number))

    def triangles(self) -> Set:
        self.world.undirected()
        return Found(call("list_triangles"))

    def sized(self, amount: Amount) -> Amount:
        return amount
