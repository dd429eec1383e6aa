"""What phrases for figures mean, and comparisons of them."""

from __future__ import annotations

from typing import Any

from agents.composing.node_sets import NodeSets
from agents.composing.terms import (
    Figure,
    FigureOf,
    Found,
    RankedGroup,
    Set,
    Size,
    Sum,
    Summary,
    Told,
)
from agents.composing.world import Unread, call, everything


class Figures(NodeSets):
    """The methods of the rules for figures."""

    def number(self, figure: Figure) -> Figure:
        return figure

    def degree_at(self, degree: str, node: Any) -> Figure:
        return FigureOf(self.degrees(degree), node)

    def degree_of(self, node: Any, degree: str) -> Figure:
        return self.degree_at(degree, node)

    def distance(self, one: Any, other: Any) -> Figure:
        return FigureOf(self.distances(one, None), other)

    def distance_between(self, one: Any, other: Any) -> Figure:
        self.world.undirected()
        return self.distance(one, other)

    def size(self, things: Set) -> Figure:
        return Size(things)

    def component_size(self, rank: int | None, highest: bool) -> Figure:
        return Size(self.in_component(rank, highest))

    def strong_size(self, rank: int | None, highest: bool) -> Figure:
        if not self.world.directed:
            raise Unread("an undirected graph has no strong components")
        return Size(RankedGroup(Found(call("strongly_connected_components")), highest, rank or 1))

    def total_weight(self, edges: Set) -> Figure:
        if edges != Found(call("list_edges"), not self.world.directed) or not self.world.graph.weighted:
            raise Unread("weights of some of the edges")
        return self.whole_weight()

    def whole_weight(self) -> Figure:
        return self._of_weights("total_weight")

    def average_weight(self) -> Figure:
        return self._of_weights("average_edge_weight")

    def extreme_weight(self, highest: bool) -> Figure:
        return self._of_weights("heaviest_edge" if highest else "lightest_edge")

    def _of_weights(self, tool: str) -> Figure:
        if not self.world.graph.weighted:
            raise Unread("the edges have no weights")
        return Told(call(tool))

    def total_degree(self, degree: str) -> Figure:
        return Summary("sum", self.degrees(degree))

    def average_degree(self, degree: str) -> Figure:
        return Summary("mean", self.degrees(degree))

    def extreme_degree(self, highest: bool, degree: str) -> Figure:
        return Summary("max" if highest else "min", self.degrees(degree))

    def plus(self, left: Figure, right: Figure) -> Figure:
        return Sum("+", left, right)

    def minus(self, left: Figure, right: Figure) -> Figure:
        return Sum("-", left, right)

    def difference(self, left: Figure, right: Figure) -> Figure:
        return Sum("|-|", left, right)

    def fraction(self, things: Set) -> Figure:
        return Sum("/", Size(things), Size(everything()))
