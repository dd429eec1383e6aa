"""From a parse of a question to what it means: one method for each name that `questions.lark` gives a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agents.composing.along import Alongside
from agents.composing.alternatives import Alternatives
from agents.composing.asked import Asked
from agents.composing.changing import Changing
from agents.composing.kinship import Kinship
from agents.composing.ranked import Ranked
from agents.composing.terms import (
    Compared,
    Figure,
    Joined,
    Named,
    Number,
    Parity,
    Set,
    Size,
    Subset,
    Sum,
)
from agents.composing.those import Those
from agents.composing.world import Amount, World, everything
from agents.composing.world import less as other_than


class Meaning(Those, Alternatives, Kinship, Alongside, Ranked, Changing):
    """What the parses of questions about one graph mean."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.loose = set()
        self.wide = {}

    def listed(self, things: Set | Amount) -> Asked:
        if isinstance(things, Named):  # "Who are the others?"
            return Asked(Joined("and", everything(), things))
        return Asked(self._groups(things))

    def counted(self, things: Set | Amount) -> Asked:
        return Asked(Size(self._groups(things)))

    def listed_saying(self, things: Set, said: Set) -> Asked:
        return Asked(self.restricted(things, said))

    def counted_saying(self, things: Set, *said: Set) -> Asked:
        return Asked(Size(self.restricted(things, *said)))

    def counted_of(self, relation: Callable[[Any], Set], node: Any, *said: Set) -> Asked:
        return Asked(Size(self.restricted(relation(node), *said)))

    def counted_common(self, one: Any, other: Any) -> Asked:
        return Asked(Size(self.common_neighbours(one, other)))

    def neighbours_of(self) -> Callable[[Any], Set]:
        return self.neighbours

    def successors_of(self) -> Callable[[Any], Set]:
        return self.successors

    def predecessors_of(self) -> Callable[[Any], Set]:
        return self.predecessors

    def reached_of(self) -> Callable[[Any], Set]:
        return self.reached_from

    def reaching_of(self) -> Callable[[Any], Set]:
        return self.reaches

    def listed_edges(self, *said: Set) -> Asked:
        return Asked(self.restricted_edges(*said))

    def counted_edges(self, *said: Set) -> Asked:
        return Asked(Size(self.restricted_edges(*said)))

    def listed_strong(self, size: Amount) -> Asked:
        return Asked(self.restricted_strong(size))

    def counted_strong(self, size: Amount) -> Asked:
        return Asked(Size(self.restricted_strong(size)))

    def _groups(self, things: Set | Amount) -> Set:
        """What stands behind "components" alone is their size."""
        return self.restricted_groups(things) if isinstance(things, Amount) else things

    # ── the nearest ─────────────────────────────────────────────────────────────────────────────────────────────────
    def nearest(self, things: Set, rank: int | None, node: Any) -> Asked:
        self.world.undirected()
        return Asked(self.by_distance(other_than(things, Named((node,))), node, rank, highest=False), one=True)

    def farthest(self, things: Set, rank: int | None, node: Any) -> Asked:
        return Asked(self.by_distance(other_than(things, Named((node,))), node, rank, highest=True), one=True)

    def nearest_node(self, rank: int | None, node: Any) -> Asked:
        return self.nearest(everything(), rank, node)

    def farthest_node(self, rank: int | None, node: Any) -> Asked:
        return self.farthest(everything(), rank, node)

    def nearest_neighbour(self, rank: int | None, node: Any) -> Asked:
        return self.nearest(self.neighbours(node), rank, node)

    def neighbour_nearest(self, node: Any, rank: int | None) -> Asked:
        return self.nearest(self.neighbours(node), rank, node)

    def neighbour_farthest(self, node: Any, rank: int | None) -> Asked:
        return self.farthest(self.neighbours(node), rank, node)

    # ── of two ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def nearer(self, node: Any, one: Any, other: Any) -> Asked:
        self.world.undirected()
        return Asked(self.by_distance(Named((one, other)), node, None, highest=False), one=True)

    def farther_one(self, node: Any, one: Any, other: Any) -> Asked:
        return Asked(self.by_distance(Named((one, other)), node, None, highest=True), one=True)

    def nearer_first(self, one: Any, other: Any, node: Any) -> Asked:
        return self.nearer(node, one, other)

    def farther_first(self, one: Any, other: Any, node: Any) -> Asked:
        return self.farther_one(node, one, other)

    def higher(self, degree: str, one: Any, other: Any) -> Asked:
        return Asked(self.by_degree(Named((one, other)), degree, None, highest=True), one=True)

    def lower(self, degree: str, one: Any, other: Any) -> Asked:
        return Asked(self.by_degree(Named((one, other)), degree, None, highest=False), one=True)

    def is_nearer(self, node: Any, to: Any, other: Any) -> Asked:
        self.world.undirected()
        return Asked(Compared("<", self.distance(node, to), self.distance(other, to)))

    def is_nearer_to(self, node: Any, to: Any, other: Any) -> Asked:
        self.world.undirected()
        return Asked(Compared("<", self.distance(node, to), self.distance(node, other)))

    def is_farther(self, node: Any, from_: Any, other: Any) -> Asked:
        self.world.undirected()
        return Asked(Compared(">", self.distance(node, from_), self.distance(other, from_)))

    def is_farther_from(self, node: Any, from_: Any, other: Any) -> Asked:
        self.world.undirected()
        return Asked(Compared(">", self.distance(node, from_), self.distance(node, other)))

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def told(self, figure: Figure) -> Asked:
        return Asked(figure)

    def how_many_more(self, degree: str, one: Any, other: Any) -> Asked:
        return Asked(Sum("more", self.degree_at(degree, one), self.degree_at(degree, other)))

    def how_many_less(self, degree: str, one: Any, other: Any) -> Asked:
        return self.how_many_more(degree, other, one)

    def how_many_more_of(self, one: Set, other: Set) -> Asked:
        return Asked(Sum("more", Size(one), Size(other)))

    def how_many_less_of(self, one: Set, other: Set) -> Asked:
        return self.how_many_more_of(other, one)

    def share(self, things: Set) -> Asked:
        return Asked(self.fraction(things))

    def is_more(self, left: Figure, right: Figure) -> Asked:
        return Asked(Compared(">", left, right))

    def is_less(self, left: Figure, right: Figure) -> Asked:
        return Asked(Compared("<", left, right))

    def is_equal(self, left: Figure, right: Figure) -> Asked:
        return Asked(Compared("==", left, right))

    def is_at_least(self, left: Figure, right: Figure) -> Asked:
        return Asked(Compared(">=", left, right))

    def is_at_most(self, left: Figure, right: Figure) -> Asked:
        return Asked(Compared("<=", left, right))

    def is_parity(self, figure: Figure, odd: bool) -> Asked:
        return Asked(Parity(odd, figure))

    def every_parity(self, odd: bool) -> Asked:
        return Asked(Subset(everything(), self.degree_parity(odd, "total")))

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def node(self, word: Any) -> Any:
        return word.value.node

    def num(self, word: Any) -> Number:
        return Number(word.value.number)

    def hops(self) -> str:
        return "hop"

    def highest(self) -> bool:
        return True

    def lowest(self) -> bool:
        return False

    def second(self) -> int:
        return 2

    def third(self) -> int:
        return 3

    def odd(self) -> bool:
        return True

    def even(self) -> bool:
        return False

    def equal(self, number: Number) -> Amount:
        return Amount("and", (("==", number),))

    def bare(self, number: Number) -> Amount:
        return Amount("and", (("==", number),), bare=True)

    def unequal(self, number: Number) -> Amount:
        return Amount("and", (("!=", number),))

    def more(self, number: Number) -> Amount:
        return Amount("and", ((">", number),))

    def less(self, number: Number) -> Amount:
        return Amount("and", (("<", number),))

    def at_least(self, number: Number) -> Amount:
        return Amount("and", ((">=", number),))

    def at_most(self, number: Number) -> Amount:
        return Amount("and", (("<=", number),))

    def between(self, low: Number, high: Number) -> Amount:
        return Amount("and", ((">=", low), ("<=", high)))

    def one_number_of(self, one: Number, other: Number) -> Amount:
        return Amount("or", (("==", one), ("==", other)))
