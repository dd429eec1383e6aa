"""What the grammar's methods need to know: the graph that is asked about, and the small things that they hand on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import networkx as nx

from agents.composing.hierarchy import Above
from agents.composing.terms import Compared, Figure, Found, Joined, Leaf, Number, Set, Statement, Within
from agents.plan import Operator
from graphs.graph import Graph


class Unread(Exception):
    """A question that the grammar takes and whose words do not settle what is meant on this graph."""


@dataclass(frozen=True)
class Amount:
    """A bound on a figure, or two of which both or one must hold. bare: a number alone, without "exactly"."""

    how: Literal["and", "or"]
    bounds: tuple[tuple[Operator, Number], ...]
    bare: bool = False

    def set(self, make: Callable[[Operator, Number], Set]) -> Set:
        """The set that the bounds cut out, where `make` gives the one of a single bound."""
        first, *more = (make(operator, number) for operator, number in self.bounds)
        for other in more:
            first = Joined(self.how, first, other)
        return first

    def statement(self, figure: Figure) -> Statement:
        """Whether a figure keeps to a single bound."""
        if len(self.bounds) > 1:
            raise Unread("two bounds at once")
        operator, number = self.bounds[0]
        return Compared(operator, figure, number, self.bare)


@dataclass(frozen=True)
class Partners:
    """The nodes that a relation is asked with: "Ⓝ", "Ⓝ and Ⓝ", "Ⓝ or Ⓝ", "neither Ⓝ nor Ⓝ", "Ⓝ but not Ⓝ".

    loose: what the opposite means is open: "not adjacent to 1 and 2", "does not know someone".
    """

    how: Literal["one", "both", "either", "neither", "first only", "every", "some", "no", "among"]
    nodes: tuple[Any, ...] = ()
    among: Set | None = None
    loose: bool = False


@dataclass(frozen=True)
class World:
    """The graph of a question. above: see `hierarchy.above_of`."""

    graph: Graph
    above: Above = ""

    @property
    def directed(self) -> bool:
        return self.graph.directed

    @property
    def multi(self) -> bool:
        return self.graph.multi

    @cached_property
    def loops(self) -> bool:
        """Whether an edge joins a node to itself."""
        if self.graph.compact:
            raise Unread("not for graphs of this size")
        return bool(nx.number_of_selfloops(self.graph.nx))

    def simple(self) -> None:
        """Leave a question unread that means other things where there are loops and parallel edges.

        Raises:
            Unread: there are.
        """
        if self.multi or self.loops:
            raise Unread("loops and parallel edges count as neighbours or not")

    def loopless(self) -> None:
        """Leave a question unread that means other things where an edge joins a node to itself.

        Raises:
            Unread: one does.
        """
        if self.loops:
            raise Unread("a node with a loop is its own neighbour or not")

    def undirected(self) -> None:
        """Leave a question unread whose words say no direction where there is one.

        Raises:
            Unread: the graph is directed.
        """
        if self.directed:
            raise Unread("which direction is meant")

    def weight(self, measure: str | None) -> tuple[tuple[str, Any], ...]:
        """The argument of a distance: the graph's weights unless hops are said."""
        if measure == "hop":
            return ()
        return (("weight", "weight"),) if self.graph.weighted else ()


def call(tool: str, **arguments: Any) -> Leaf:
    """A leaf, from keywords."""
    return Leaf(tool, tuple(arguments.items()))


def less(things: Set, others: Set) -> Set:
    """The things of the first set alone."""
    return Joined("less", things, others)


def figures_meet(things: Set, figures: Leaf, amount: Amount) -> Set:
    """The things whose figure keeps to an amount."""
    return amount.set(lambda operator, number: Within(things, figures, operator, number, amount.bare))


def everything() -> Set:
    """All nodes."""
    return Found(call("list_nodes"))
