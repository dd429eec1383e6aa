"""What questions for edges by their weights mean: the longest road, the cheapest link at a node."""

from __future__ import annotations

from typing import Any

from agents.composing.along import LENGTHS, PRICES, TIMES
from agents.composing.asked import Asked
from agents.composing.edge_sets import EdgeSets
from agents.composing.terms import Compared, Either, Figure, Found, Set, Sum, Told
from agents.composing.world import Unread, call

# What a word for weights says of their kind; it does not fit weights that the text calls otherwise.
_OTHERWISE = {
    "longest": PRICES, "shortest": PRICES, "heaviest": PRICES | LENGTHS | TIMES, "dearest": LENGTHS | TIMES,
    "cheapest": LENGTHS | TIMES, "fastest": LENGTHS | PRICES, "slowest": LENGTHS | PRICES,
}  # fmt: skip
_HIGH = frozenset(("longest", "heaviest", "dearest", "slowest"))


class Ranked(EdgeSets):
    """The methods of the rules for edges by their weights."""

    def longest(self) -> str:
        return "longest"

    def heaviest(self) -> str:
        return "heaviest"

    def dearest(self) -> str:
        return "dearest"

    def slowest(self) -> str:
        return "slowest"

    def by_weights(self) -> str:
        return "weight"

    def by_capacities(self) -> str:
        return "capacity"

    def edges_from(self, node: Any) -> Set:
        if self.world.directed:
            raise Unread("the edges that leave a node alone")
        return self.edges_at(node)

    def ranked_edge(self, rank: int | None, how: str, edges: Set) -> Asked:
        self._fits(how)
        return self._ranked(edges, "weight", rank, highest=how in _HIGH)

    def edge_ranked(self, edges: Set, rank: int | None, how: str) -> Asked:
        return self.ranked_edge(rank, how, edges)

    def edge_of_most(self, edges: Set, rank: int | None, highest: bool, attribute: str) -> Asked:
        return self._ranked(edges, attribute, rank, highest=highest)

    def ranked_weight(self, rank: int | None, how: str, edges: Set) -> Asked:
        found = self.ranked_edge(rank, how, edges)
        assert isinstance(found.term, Found)
        return Asked(Told(found.term.leaf), among=found.among)

    def extreme_capacity(self, highest: bool) -> Asked:
        found = self._ranked(self.all_edges(), "capacity", None, highest=highest)
        assert isinstance(found.term, Found)
        return Asked(Told(found.term.leaf))

    def total_of(self, edges: Set) -> Asked:
        self._have("weight")
        return Asked(Told(call("total_weight")), among=edges)

    def average_of(self, edges: Set) -> Asked:
        self._have("weight")
        return Asked(Told(call("average_edge_weight")), among=edges)

    def _ranked(self, edges: Set, attribute: str, rank: int | None, *, highest: bool) -> Asked:
        self._have(attribute)
        among = None if edges == self.all_edges() else edges
        named: dict[str, Any] = {} if attribute == "weight" else {"weight": attribute}
        tool = "heaviest_edge" if highest else "lightest_edge"
        found = self._found(f"nth_{tool}", rank=rank, **named) if rank else self._found(tool, **named)
        return Asked(found, one=True, among=among)

    def _have(self, attribute: str) -> None:
        if self.world.multi or not self.world.graph.has_edge_attribute(attribute):
            raise Unread(f"the edges have no {attribute}, or there are several between two nodes")

    def _fits(self, how: str) -> None:
        own = self.world.graph.names.get("weight", "weight")
        if own in _OTHERWISE[how]:
            raise Unread(f"the weights are {own}s")

    # ── two edges ───────────────────────────────────────────────────────────────────────────────────────────────────
    def weight_of(self, pair: tuple[Any, Any]) -> Figure:
        self._have("weight")
        if not self.world.graph.has_edge(*pair):
            raise Unread("there is no such edge")
        return Told(call("edge_weight", source=pair[0], target=pair[1]))

    def edge_is_farther(self, one: Figure, other: Figure) -> Asked:
        return Asked(Compared(">", one, other))

    def edge_is_lighter(self, one: Figure, other: Figure) -> Asked:
        return Asked(Compared("<", one, other))

    def how_much_farther(self, one: Figure, other: Figure) -> Asked:
        return Asked(Sum("more", one, other))

    def how_much_lighter(self, one: Figure, other: Figure) -> Asked:
        return self.how_much_farther(other, one)

    def farther_edge(self, one: Figure, other: Figure) -> Asked:
        return Asked(Either(((_named(one), Compared(">", one, other)), (_named(other), Compared("<", one, other)))))

    def lighter_edge(self, one: Figure, other: Figure) -> Asked:
        return Asked(Either(((_named(one), Compared("<", one, other)), (_named(other), Compared(">", one, other)))))


def _named(weight: Figure) -> str:
    assert isinstance(weight, Told)
    ends = dict(weight.leaf.arguments)
    return f"{ends['source']}-{ends['target']}"
