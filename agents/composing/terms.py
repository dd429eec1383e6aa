"""What a question that is put together means: sets, figures and statements over the answers of tool calls.

Every leaf is a call of a tool, whose answer carries a certificate; what joins the leaves is set algebra, counting and
arithmetic (`values.py`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

from agents.plan import Operator

Thing: TypeAlias = Hashable  # a node, an edge as (u, v), or a component as a frozenset of nodes
Arguments: TypeAlias = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Leaf:
    """A call of a tool."""

    tool: str
    arguments: Arguments = ()


@dataclass(frozen=True)
class Found:
    """The nodes, edges or groups that a call lists.

    either_way: its edges have no direction, so that tools may name their ends in either order.
    """

    leaf: Leaf
    either_way: bool = False


@dataclass(frozen=True)
class Named:
    """Nodes that the question names."""

    nodes: tuple[Thing, ...]


@dataclass(frozen=True)
class Joined:
    """Two sets: what is in both, in either, or in the first alone."""

    how: Literal["and", "or", "less"]
    left: Set
    right: Set


@dataclass(frozen=True)
class Within:
    """The things of a set whose figure compares with a number; things without a figure are left out.

    figures: a call that gives a value for each node. bare: the number is said without "exactly".
    """

    of: Set
    figures: Leaf
    compare: Operator
    number: Figure
    bare: bool = False


@dataclass(frozen=True)
class Extreme:
    """The things of a set with the `rank`-th highest or lowest figure, all of them where they tie."""

    of: Set
    figures: Leaf
    highest: bool
    rank: int = 1


@dataclass(frozen=True)
class ExtremePair:
    """The two nodes of a set with the smallest, or largest, distance; all such pairs where they tie."""

    of: Set
    distances: Leaf
    highest: bool


@dataclass(frozen=True)
class Sized:
    """The groups of a set whose number of nodes compares with a number."""

    of: Set
    compare: Operator
    number: Figure


@dataclass(frozen=True)
class RankedGroup:
    """The nodes of the `rank`-th largest or smallest group, which must be the only one of its size."""

    of: Set
    highest: bool
    rank: int = 1


@dataclass(frozen=True)
class Inside:
    """The nodes of all groups of a set, or the ends of all its edges."""

    of: Set


@dataclass(frozen=True)
class Crossing:
    """The edges of a set between two sets of nodes; with one set given twice, those with both ends in it."""

    of: Set
    one: tuple[Thing, ...]
    other: tuple[Thing, ...]


@dataclass(frozen=True)
class Beside:
    """The nodes with an edge to, or from, one of a set of nodes.

    edges: all edges of the graph, as they are.
    """

    edges: Set
    of: Set
    how: Literal["to", "from", "either"]


@dataclass(frozen=True)
class Number:
    """A number that the question says."""

    value: float


@dataclass(frozen=True)
class Told:
    """The figure that a call gives."""

    leaf: Leaf


@dataclass(frozen=True)
class FigureOf:
    """One node's figure among those that a call gives."""

    figures: Leaf
    node: Thing


@dataclass(frozen=True)
class Size:
    """How many things a set has."""

    of: Set


@dataclass(frozen=True)
class Summary:
    """A summary of the figures that a call gives for each node, or each of a set."""

    how: Literal["sum", "mean", "max", "min"]
    figures: Leaf
    of: Set | None = None


@dataclass(frozen=True)
class Table:
    """The figure of each thing of a set: "what are their degrees?"."""

    of: Set
    figures: Leaf


@dataclass(frozen=True)
class Sum:
    """Arithmetic of two figures. "more": how much more the left is, which nothing says where it is less."""

    how: Literal["+", "-", "|-|", "/", "more"]
    left: Figure
    right: Figure


@dataclass(frozen=True)
class Compared:
    """Two figures compared. bare: the number is said without "exactly"."""

    compare: Operator
    left: Figure
    right: Figure
    bare: bool = False


@dataclass(frozen=True)
class Parity:
    """Whether a figure is odd, or even."""

    odd: bool
    of: Figure


@dataclass(frozen=True)
class Subset:
    """Whether every thing of a set is in another."""

    of: Set
    in_: Set


@dataclass(frozen=True)
class Empty:
    """Whether a set is empty."""

    of: Set


@dataclass(frozen=True)
class Not:
    """The opposite of a statement."""

    of: Statement


@dataclass(frozen=True)
class Agreed:
    """What the words leave open: two readings, which must agree.

    open: what is open, as the rest of "the words leave open …".
    """

    one: Term
    other: Term
    open: str


@dataclass(frozen=True)
class Truly:
    """Whether what a call says is true; with `holds` False, whether it is not."""

    leaf: Leaf
    holds: bool = True


@dataclass(frozen=True)
class Along:
    """Whether the shortest paths that a call lists pass a node, or an edge given by its two ends.

    which: of how many of them it is asked; "the" takes them as one, and they must agree. one_way: the edge has a
    direction.
    """

    paths: Leaf
    things: tuple[Thing, ...]
    which: Literal["the", "some", "every"] = "the"
    one_way: bool = False


@dataclass(frozen=True)
class Either:
    """The name of the first of several statements that holds; `neither` where none does."""

    options: tuple[tuple[str, Statement], ...]
    neither: str = "neither"


Set: TypeAlias = (
    Found | Named | Joined | Within | Extreme | ExtremePair | Sized | RankedGroup | Inside | Crossing | Beside | Agreed
)
Figure: TypeAlias = Number | Told | FigureOf | Size | Summary | Sum
Statement: TypeAlias = Compared | Parity | Subset | Empty | Not | Agreed | Truly | Along
Term: TypeAlias = Set | Figure | Statement | Either | Table


def leaves(term: Any) -> Iterator[Leaf]:
    """The calls that a term rests on, each as often as it stands there."""
    if isinstance(term, Leaf):
        yield term
    elif isinstance(term, tuple):
        for part in term:
            yield from leaves(part)
    elif hasattr(term, "__dataclass_fields__"):
        for each in fields(term):
            yield from leaves(getattr(term, each.name))
