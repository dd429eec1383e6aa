"""What can go wrong with a graph or a question about one, and can be put right by the caller."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from difflib import get_close_matches
from itertools import islice


class GraphError(ValueError):
    """Root of every error that the caller can put right. The message says what, where and what to do."""


class NodeNotFound(GraphError):
    """A node that was asked for is not in the graph.

    >>> str(NodeNotFound("Bop", ["Bob", "Ann"]))
    "node 'Bop' is not in the graph; did you mean 'Bob'?"
    """

    def __init__(self, node: Hashable, nodes: Iterable[Hashable] | None = ()) -> None:
        """`nodes` are those that there are; None where they cannot be listed (`graphs.remote`)."""
        self.node = node
        labels = [str(label) for label in islice(nodes or (), 10_000)]
        close = get_close_matches(str(node)[:200], labels, n=3)
        if close:
            hint = "did you mean " + " or ".join(repr(label) for label in close) + "?"
        elif labels:
            hint = "its nodes include " + ", ".join(_short(label) for label in labels[:5])
        elif nodes is None:
            hint = "write its label as it stands there"
        else:
            hint = "the graph has no nodes"
        super().__init__(f"node {_short(str(node))!r} is not in the graph; {hint}")


class EdgeNotFound(GraphError):
    """An edge that was asked for is not in the graph."""

    def __init__(self, source: Hashable, target: Hashable) -> None:
        super().__init__(
            f"there is no edge from {_short(str(source))!r} to {_short(str(target))!r}; add it first or name another"
        )


class NoPath(GraphError):
    """The target cannot be reached from the source."""

    def __init__(self, source: Hashable, target: Hashable) -> None:
        self.source, self.target = source, target
        super().__init__(f"there is no path from {_short(str(source))!r} to {_short(str(target))!r}")


class NegativeWeight(GraphError):
    """An edge weighs less than zero where the algorithm forbids it."""


class NegativeCycle(GraphError):
    """A cycle of negative total weight makes shortest walks unbounded. `cycle` lists its nodes in order."""

    def __init__(self, message: str, cycle: list[Hashable] | None = None) -> None:
        super().__init__(message)
        self.cycle = cycle or []


class NotConnected(GraphError):
    """The figure asked for exists only on connected graphs."""


class MissingAttribute(GraphError):
    """The question needs an edge or node attribute that the graph does not carry (weights, capacities, times).

    one: an edge or node was found without it; others may have it.
    """

    def __init__(self, attribute: str, what_for: str, *, of: str = "edges", one: bool = False) -> None:
        self.attribute = attribute
        lack = f"all {of}, and at least one has none" if one else f"the {of}, and the graph gives none"
        super().__init__(f"{what_for} needs the attribute {attribute!r} on {lack}; add it and ask again")


class WrongKind(GraphError):
    """The tool is not defined on this kind of graph (directed, undirected, cyclic, empty …)."""


class BadArgument(GraphError):
    """An argument of a tool is out of its range or of the wrong type."""


class ParseError(GraphError):
    """Text or a file could not be read as a graph. `where` is a file, line and column, or a character span."""

    def __init__(self, message: str, *, where: str = "") -> None:
        self.where = where
        super().__init__(f"{where}: {message}" if where else message)


class TooLarge(GraphError):
    """The input is over a size limit that protects this machine."""


class StorageError(GraphError):
    """A database or folder of this program cannot be read or written: damaged, locked, full or not allowed."""


class BudgetExceeded(GraphError):
    """A time, size or call limit was reached before the work was done."""


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
