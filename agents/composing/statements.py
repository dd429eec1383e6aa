"""What questions with yes or no mean: is there one, are they all, is it one."""

from __future__ import annotations

from typing import Any

from agents.composing.asked import Asked
from agents.composing.edge_sets import EdgeSets
from agents.composing.figures import Figures
from agents.composing.relations import ADJACENT, selves
from agents.composing.terms import (
    Agreed,
    Compared,
    Either,
    Empty,
    FigureOf,
    Found,
    Joined,
    Named,
    Not,
    Set,
    Size,
    Subset,
    leaves,
)
from agents.composing.world import Amount, Partners, Unread, everything, less

KINDS = {
    "leaves": "leaf", "articulation_points": "cut vertex", "source_nodes": "source", "sink_nodes": "sink",
    "isolated_nodes": "isolated",
}  # fmt: skip


def _kinds(node: Any, things: Joined) -> Either | None:
    """Which of two kinds a node is: "Is Ann a leaf or a cut vertex?"; None for sets that are no kinds."""
    sides = (things.left, things.right)
    if not all(isinstance(side, Found) and side.leaf.tool in KINDS for side in sides):
        return None
    one, other = ((KINDS[side.leaf.tool], Subset(Named((node,)), side)) for side in sides if isinstance(side, Found))
    both = (f"{one[0]} and {other[0]}", Subset(Named((node,)), Joined("and", *sides)))
    return Either((both, one, other))


class Statements(Figures, EdgeSets):
    """The methods of the rules for statements."""

    def some(self, things: Set) -> Asked:
        return Asked(Not(Empty(things)))

    def none(self, things: Set) -> Asked:
        return Asked(Empty(things))

    def as_many(self, amount: Amount, things: Set) -> Asked:
        return Asked(amount.statement(Size(things)))

    def some_saying(self, things: Set, said: Set) -> Asked:
        return Asked(Not(Empty(self.restricted(things, said))))

    def none_saying(self, things: Set, said: Set) -> Asked:
        return Asked(Empty(self.restricted(things, said)))

    def every_saying(self, things: Set, said: Set) -> Asked:
        own = tuple(dict.fromkeys(selves(said)))
        if not own:
            return Asked(Subset(things, said))
        if len(own) > 1 and Named(own) != things:
            raise Unread("whether the nodes that are named must be so too")
        others = Subset(less(things, Named(own)), said)
        if things == everything() or not any(leaf.tool in ADJACENT for leaf in leaves(said)):
            return Asked(others)
        return Asked(Agreed(others, Subset(things, said), self.whether_it_counts(own)))

    def every_edge(self, edges: Set) -> Asked:
        return Asked(Subset(self.all_edges(), edges))

    def is_one(self, node: Any, things: Set) -> Asked:
        if isinstance(things, Named):
            raise Unread("nodes that were named: no tool is asked")
        if isinstance(things, Joined) and things.how == "or" and (kinds := _kinds(node, things)) is not None:
            return Asked(kinds)
        return Asked(Subset(Named((node,)), things))

    def apart(self, one: Any, other: Any) -> Asked:
        return Asked(Not(Subset(Named((one,)), self.with_node(other))))

    def together(self, one: Any, other: Any) -> Asked:
        return Asked(Subset(Named((one,)), self.with_node(other)))

    def both_are(self, one: Any, other: Any, things: Set) -> Asked:
        return Asked(Subset(Named((one, other)), things))

    def at_distance_of_each_other(self, one: Any, other: Any, amount: Amount) -> Asked:
        self.world.undirected()
        return Asked(amount.statement(self.distance(one, other)))

    def at_hops_of_each_other(self, one: Any, other: Any, amount: Amount, measure: str) -> Asked:
        self.world.undirected()
        return Asked(amount.statement(FigureOf(self.distances(one, measure), other)))

    def joined(self, one: Any, other: Any) -> Asked:
        return Asked(Not(Empty(self.edges_between((one,), (other,)))))

    def joined_either_way(self, one: Any, other: Any) -> Asked:
        self.world.undirected()
        return self.joined(one, other)

    def mutual(self, one: Any, other: Any) -> Asked:
        both = self.both(self.successors(one), self.predecessors(one))
        return Asked(Subset(Named((other,)), both))

    def no_path_between(self, one: Any, other: Any) -> Asked:
        self.world.undirected()
        return self.no_path(one, other)

    def share_some(self, one: Any, other: Any) -> Asked:
        return Asked(Not(Empty(self.common_neighbours(one, other))))

    def share_none(self, one: Any, other: Any) -> Asked:
        return Asked(Empty(self.common_neighbours(one, other)))

    def share_so_many(self, one: Any, other: Any, amount: Amount) -> Asked:
        return Asked(amount.statement(Size(self.common_neighbours(one, other))))

    def path_within(self, one: Any, other: Any, amount: Amount) -> Asked:
        if amount.bounds[0][0] not in ("<", "<="):
            raise Unread("a path with exactly so many edges, or with more, may be longer than the shortest")
        return Asked(Subset(Named((other,)), self.at_distance(amount, "hop", one)))

    def no_path(self, one: Any, other: Any) -> Asked:
        return Asked(Not(Subset(Named((other,)), self.reached_from(one))))

    def more_of_kind(self, one: Set, other: Set) -> Asked:
        return Asked(Compared(">", Size(one), Size(other)))

    def less_of_kind(self, one: Set, other: Set) -> Asked:
        return Asked(Compared("<", Size(one), Size(other)))

    def same_of_kind(self, one: Set, other: Set) -> Asked:
        return Asked(Compared("==", Size(one), Size(other)))

    def both_reach(self, one: Any, other: Any, target: Any) -> Asked:
        if target in (one, other):
            raise Unread("whether a node reaches itself")
        return Asked(Subset(Named((one, other)), self.reaches(Partners("one", (target,)))))
