"""What questions about things that were answered before mean: which of them, how many of them, whom they touch."""

from __future__ import annotations

from functools import reduce
from typing import Any, Literal

from agents.composing.asked import Asked
from agents.composing.statements import Statements
from agents.composing.terms import (
    Compared,
    Crossing,
    Empty,
    Extreme,
    ExtremePair,
    Joined,
    Leaf,
    Named,
    Not,
    Number,
    Set,
    Size,
    Subset,
    Summary,
    Table,
)
from agents.composing.world import Partners, Unread, everything

MOST = 10  # nodes of which each takes a call


def _two(count: Number) -> None:
    if count.value != 2:
        raise Unread("only two nodes are adjacent, near or far")


class Those(Statements):
    """The methods of the rules for former answers."""

    def those(self, word: Any) -> Set:
        return Named(word.value.things)

    def among_those(self, word: Any) -> Set:
        return Joined("and", everything(), self.those(word))

    def _partners(self, how: Literal["either", "both", "neither"], word: Any) -> Partners:
        things = word.value.things
        if len(things) == 1 and how != "neither":
            return Partners("one", things)
        return Partners(how, things)

    def any_of_them(self, word: Any) -> Partners:
        return self._partners("either", word)

    def all_of_them(self, word: Any) -> Partners:
        return self._partners("both", word)

    def none_of_them(self, word: Any) -> Partners:
        return self._partners("neither", word)

    def _related(self, to: Any, relation: Any) -> Set:
        """The nodes in a relation to any of several nodes, to all of them, or to none."""
        if not isinstance(to, Partners) or len(to.nodes) < 2 or to.how not in ("either", "both", "neither"):
            return super()._related(to, relation)
        if len(to.nodes) == 2:
            return super()._related(to, relation)
        if len(to.nodes) > MOST:
            raise Unread("too many nodes to ask for each")
        how: Literal["and", "or"] = "and" if to.how == "both" else "or"
        found: Set = reduce(lambda one, other: Joined(how, one, other), [relation(node) for node in to.nodes])
        return self.negation(found) if to.how == "neither" else found

    def neighbours_of_those(self, word: Any) -> Set:
        return self.adjacent(self.any_of_them(word))

    def successors_of_those(self, word: Any) -> Set:
        return self.pointed_at(self.any_of_them(word))

    def predecessors_of_those(self, word: Any) -> Set:
        return self.points_to(self.any_of_them(word))

    def common_of_those(self, word: Any) -> Set:
        if len(word.value.things) < 2:
            raise Unread("a node alone has no common neighbours")
        return self.adjacent(self.all_of_them(word))

    def not_reached_from_those(self, to: Partners) -> Set:
        reached = self.reached_from(to)
        if to.how == "either":  # whom none of them can reach
            return self.both(self.negation(reached), self.negation(Named(to.nodes)))
        return self.negation(reached)

    # ── among themselves ────────────────────────────────────────────────────────────────────────────────────────────
    def edges_among(self, word: Any) -> Set:
        things = word.value.things
        return Crossing(self.all_edges(), things, things)

    def counted_among(self, word: Any) -> Asked:
        return Asked(Size(self.edges_among(word)))

    def joined_with_each_other(self, word: Any) -> Asked:
        self.world.undirected()
        self.world.simple()
        count = len(word.value.things)
        if count < 2:
            raise Unread("a node alone")
        pairs = count * (count - 1) // 2
        return Asked(Compared("==", Size(self.edges_among(word)), Number(pairs)))

    def some_joined(self, word: Any) -> Asked:
        self.world.undirected()
        self.world.loopless()
        return Asked(Not(Empty(self.edges_among(word))))

    def any_two_joined(self, count: Number, word: Any) -> Asked:
        _two(count)
        return self.some_joined(word)

    def two_joined(self, count: Number, word: Any) -> Asked:
        _two(count)
        self.world.undirected()
        return Asked(self.edges_among(word))

    def nearest_pair(self, *parts: Any) -> Asked:
        return self._pair(parts, highest=False)

    def farthest_pair(self, *parts: Any) -> Asked:
        return self._pair(parts, highest=True)

    def nearest_nodes(self, count: Number) -> Asked:
        return self._pair((count, None), highest=False)

    def farthest_nodes(self, count: Number) -> Asked:
        return self._pair((count, None), highest=True)

    def _pair(self, parts: tuple[Any, ...], *, highest: bool) -> Asked:
        """The two of some nodes, or of all, that are nearest to each other, or farthest apart."""
        *count, word = parts
        for number in count:
            _two(number)
        self.world.undirected()
        things = everything() if word is None else self.those(word)
        leaf = Leaf("all_pairs_distances", self.world.weight(None))
        return Asked(ExtremePair(things, leaf, highest), one=True)

    def share_a_neighbour(self, word: Any) -> Asked:
        return Asked(Not(Empty(self.common_of_those(word))))

    def share_no_neighbour(self, word: Any) -> Asked:
        return Asked(Empty(self.common_of_those(word)))

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def most_of_those(self, things: Set, degree: str) -> Asked:
        return Asked(Extreme(things, self.degrees(degree), True))

    def least_of_those(self, things: Set, degree: str) -> Asked:
        return Asked(Extreme(things, self.degrees(degree), False))

    def degrees_of_those(self, word: Any, degree: str) -> Asked:
        return Asked(Table(self.those(word), self.degrees(degree)))

    def degrees_of_those_(self, degree: str, word: Any) -> Asked:
        return self.degrees_of_those(word, degree)

    def plain_degrees(self, word: Any) -> Asked:
        return self.degrees_of_those(word, "total")

    def average_of_those(self, degree: str, word: Any) -> Asked:
        return Asked(Summary("mean", self.degrees(degree), self.those(word)))

    def average_of_those_(self, word: Any, degree: str) -> Asked:
        return self.average_of_those(degree, word)

    def total_of_those(self, degree: str, word: Any) -> Asked:
        return Asked(Summary("sum", self.degrees(degree), self.those(word)))

    def total_of_those_(self, word: Any, degree: str) -> Asked:
        return self.total_of_those(degree, word)

    def distances_of_those(self, word: Any, node: Any) -> Asked:
        self.world.undirected()
        return Asked(Table(self.those(word), self.distances(node, None)))

    # ── edges ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def restricted_those(self, edges: Set, *rels: Set) -> Set:
        for rel in rels:
            edges = self._joined("and", edges, rel)
        return edges

    def listed_those(self, edges: Set, said: Set) -> Asked:
        return Asked(self.restricted_those(edges, said))

    def counted_those(self, edges: Set, said: Set) -> Asked:
        return Asked(Size(self.restricted_those(edges, said)))

    def every_of_edges(self, edges: Set, said: Set) -> Asked:
        return Asked(Subset(edges, said))

    def some_of_edges(self, edges: Set, said: Set) -> Asked:
        return Asked(Not(Empty(self.restricted_those(edges, said))))
