"""What phrases for degrees mean: how many edges or neighbours a node has."""

from __future__ import annotations

from typing import Any

from agents.composing.terms import Extreme, FigureOf, Found, Leaf, Named, Number, Set, Size, Sum, Within
from agents.composing.world import Amount, Unread, World, call, everything, figures_meet, less


class Degrees:
    """The methods of the rules for degrees."""

    world: World

    def total(self) -> str:
        return "total"

    def incoming(self) -> str:
        return "in"

    def outgoing(self) -> str:
        return "out"

    def of_edges(self) -> str:
        self.world.undirected()
        self.world.loopless()
        return "total"

    def of_neighbours(self) -> str:
        self.world.undirected()
        self.world.simple()
        return "total"

    def degrees(self, degree: str) -> Leaf:
        if degree != "total" and not self.world.directed:
            raise Unread("an undirected graph has no in- and out-degrees")
        return call("degrees") if degree == "total" else call("degrees", direction=degree)

    def by_degree(self, things: Set, degree: str, rank: int | None, *, highest: bool) -> Set:
        return Extreme(things, self.degrees(degree), highest, rank or 1)

    def degree_is(self, amount: Amount, degree: str) -> Set:
        return figures_meet(everything(), self.degrees(degree), amount)

    def degree_is_(self, degree: str, amount: Amount) -> Set:
        return self.degree_is(amount, degree)

    def no_degree(self, degree: str) -> Set:
        return self.degree_is(Amount("and", (("==", Number(0)),)), degree)

    def some_degree(self, degree: str) -> Set:
        return self.degree_is(Amount("and", ((">", Number(0)),)), degree)

    def degree_parity(self, odd: bool, degree: str) -> Set:
        self.degrees(degree)
        named = {"parity": "odd" if odd else "even"}
        return Found(call("nodes_by_degree_parity", **named, **({} if degree == "total" else {"direction": degree})))

    def degree_extreme(self, rank: int | None, highest: bool, degree: str) -> Set:
        return self.by_degree(everything(), degree, rank, highest=highest)

    def _beside(self, degree: str, node: Any, compare: Any) -> Set:
        others = less(everything(), Named((node,)))
        return Within(others, self.degrees(degree), compare, FigureOf(self.degrees(degree), node))

    def degree_as(self, degree: str, node: Any) -> Set:
        return self._beside(degree, node, "==")

    def degree_above(self, degree: str, node: Any) -> Set:
        return self._beside(degree, node, ">")

    def degree_below(self, degree: str, node: Any) -> Set:
        return self._beside(degree, node, "<")

    def degree_beside(self, how: str, degree: str) -> Set:
        """The nodes that touch every other node, some, or none: those of the degrees n - 1, above 0, and 0."""
        self.world.simple()
        bounds: dict[str, tuple[Any, Any]] = {
            "every": ("==", Sum("-", Size(everything()), Number(1))),
            "some": (">", Number(0)),
            "no": ("==", Number(0)),
        }
        operator, number = bounds[how]
        return Within(everything(), self.degrees(degree), operator, number)

    def points_to_so_many(self, amount: Amount) -> Set:
        return self.degree_is(amount, "out" if self.world.directed else self.of_neighbours())

    def pointed_at_by_so_many(self, amount: Amount) -> Set:
        return self.degree_is(amount, "in" if self.world.directed else self.of_neighbours())

    def touches_as_many(self, node: Any) -> Set:
        return self.degree_as(self.of_neighbours(), node)

    def touches_more(self, node: Any) -> Set:
        return self.degree_above(self.of_neighbours(), node)

    def touches_less(self, node: Any) -> Set:
        return self.degree_below(self.of_neighbours(), node)
