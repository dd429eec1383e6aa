"""What an engine answers about its graph: the questions that `tools.remote` is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from graphs.errors import GraphError

if TYPE_CHECKING:
    from graphs.compact.graph import CompactGraph
    from graphs.graph import Node

Direction = Literal["out", "in", "total"]
FETCHED = 1_000_000  # rows that an answer brings over at most


@dataclass(frozen=True)
class Sizes:
    """Nodes, edges (a loop is one), loops among them, and whether a pair of nodes has several edges."""

    nodes: int
    edges: int
    loops: int
    multi: bool


@dataclass(frozen=True)
class Way:
    """A way between two nodes, or that there is none.

    nodes: empty when there is none. length: edges, or weight. reached: nodes that got a label. undercut: edges that
    the labels do not keep, looked for among all edges by another query; 0 proves that the way is shortest, or that no
    edge leaves the set of nodes that were reached. None: the search that would tell was given up.
    """

    nodes: list[Node]
    length: float
    reached: int
    undercut: int | None


@dataclass(frozen=True)
class Parts:
    """Connected components. sizes: of each, by its least node, largest first. of: its least node, of each node asked
    for. crossing: edges between two. unjoined: nodes for which no tree of edges from the least node was found inside
    their component; None where the search for the trees was given up.
    """

    sizes: list[tuple[Node, int]]
    of: Mapping[Node, Node]
    crossing: int
    unjoined: int | None


@dataclass(frozen=True)
class Ranks:
    """PageRank. top: the first nodes with their ranks. of: ranks of nodes asked for. error: of all ranks together."""

    top: list[tuple[Node, float]]
    of: Mapping[Node, float]
    error: float


class NotThere(GraphError):
    """The engine does not do this; what it does lies with the tools."""


class Engine(Protocol):
    """A graph on an engine. Labels are the user's own; all methods may take long, and raise GraphError."""

    kind: str  # "spark", "bolt"
    title: str  # the engine and where it runs, for notes
    name: str  # of the table or database
    directed: bool
    columns: tuple[str, ...]  # numbers on the edges
    names: Mapping[str, str]  # standard name -> the user's own, as in `Graph`
    notes: tuple[str, ...]  # what was taken for granted

    def sizes(self) -> Sizes: ...
    def counted_again(self) -> tuple[int, int]:
        """Nodes and edges, by another query than `sizes`."""

    def known(self, labels: Sequence[str]) -> dict[str, Node]:
        """The texts among `labels` that are labels, exactly, with the labels."""

    def near(self, node: Node, direction: Direction) -> dict[Node, int]:
        """The heads (tails) of the node's edges, with how many; on an undirected graph the other ends."""

    def degree_counts(self, direction: Direction) -> dict[int, int]:
        """Degree -> number of nodes. A loop counts twice in the total."""

    def with_degree(self, low: int, high: int, direction: Direction, limit: int) -> list[Node]:
        """Nodes with a degree from `low` to `high`, in order, at most `limit`."""

    def degrees(self, direction: Direction) -> dict[Node, int]: ...
    def total(self, column: str) -> tuple[float, int, bool]:
        """The sum over the edges, how many have no number, and whether all are whole."""

    def between(self, source: Node, target: Node) -> int:
        """How many edges lead from one to the other (either way on an undirected graph)."""

    def way(self, source: Node, target: Node, weight: str | None) -> Way: ...
    def triangles(self, *, again: bool) -> int:
        """Triangles, directions, loops and parallel edges ignored; `again`: by another method."""

    def wedges(self) -> tuple[int, int]:
        """Joined pairs of nodes; and pairs of neighbours, over all nodes. Directions, loops, parallel edges ignored."""

    def parts(self, nodes: Sequence[Node]) -> Parts: ...
    def members(self, node: Node) -> list[Node]:
        """The nodes of the component of `node`."""

    def ranks(self, nodes: Sequence[Node], damping: float) -> Ranks: ...
    def all_ranks(self, damping: float) -> tuple[dict[Node, float], float]: ...
    def communities(self) -> tuple[list[list[Node]], float]:
        """Groups by label propagation, and their modularity."""

    def local(self) -> CompactGraph | None:
        """The graph brought over into arrays, for what the engine does not do; None where that is not offered."""
