"""Typed answers that carry their own witness.

Every tool returns one of these. `value` is what was asked, as plain data; the other fields are the witness that
`tools.certificates` checks. A family adds a type here only when none fits.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from graphs.graph import Graph, Node


@dataclass(frozen=True)
class Interval:
    """Where the true value lies with this confidence (0.95: in 95 of 100 samples), and what the sample was."""

    low: float
    high: float
    confidence: float
    sample: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Root of all answers.

    exact: False when a limit stopped the search or a sample was taken; `bounds` then holds what is sure (low, high),
    `interval` what is likely.
    estimated: True when the value is a statistical estimate or a guess (label propagation, sampling).
    notes: readings and assumptions that the tool took, in plain words.
    """

    exact: bool = True
    estimated: bool = False
    bounds: tuple[float, float] | None = None
    interval: Interval | None = None
    notes: tuple[str, ...] = ()

    @property
    def value(self) -> Any:
        """What was asked, as plain data (bool, number, label, list, dict)."""
        raise TypeError(f"{type(self).__name__} has no value of its own")

    @property
    def count(self) -> int | None:
        """How many things the answer lists; None when it lists nothing."""
        value = self.value
        return len(value) if isinstance(value, (list, dict)) else None

    @property
    def exists(self) -> bool | None:
        """Whether what was looked for exists; None when the question makes no sense."""
        value = self.value
        if isinstance(value, bool):
            return value
        return None if self.count is None else self.count > 0


@dataclass(frozen=True)
class Truth(Answer):
    """Yes or no, with the thing that shows it (a path, a cycle, a cut, a pair of adjacent nodes …)."""

    holds: bool
    witness: Any = None

    @property
    def value(self) -> bool:
        return self.holds


@dataclass(frozen=True)
class Number(Answer):
    """A number, with whatever shows it."""

    number: int | float
    witness: Any = None

    @property
    def value(self) -> int | float:
        return self.number


@dataclass(frozen=True)
class Category(Answer):
    """A label or class, as the graph writes it (the predicted label of a node); None when there is none."""

    category: Any
    witness: Any = None

    @property
    def value(self) -> Any:
        return self.category

    @property
    def exists(self) -> bool:
        return self.category is not None


@dataclass(frozen=True)
class NodeAnswer(Answer):
    """One node (the largest hub, the lowest common ancestor), with the figures that single it out."""

    node: Node | None
    witness: Any = None

    @property
    def value(self) -> Any:
        return self.node

    @property
    def exists(self) -> bool:
        return self.node is not None


@dataclass(frozen=True)
class Nodes(Answer):
    """A set of nodes, in the graph's own order unless a tool says otherwise."""

    nodes: list[Node]
    witness: Any = None

    @property
    def value(self) -> list[Node]:
        return self.nodes


@dataclass(frozen=True)
class Order(Answer):
    """A sequence of nodes whose order matters (topological order, traversal, elimination order)."""

    nodes: list[Node]
    witness: Any = None

    @property
    def value(self) -> list[Node]:
        return self.nodes


@dataclass(frozen=True)
class Edges(Answer):
    """A set of edges as (source, target) pairs; `total` is their weight where weights matter."""

    edges: list[tuple[Node, Node]]
    total: float | None = None
    witness: Any = None

    @property
    def value(self) -> list[list[Node]]:
        return [list(edge) for edge in self.edges]


@dataclass(frozen=True)
class NodeValues(Answer):
    """One value for each node (degree, centrality, colour, coordinate)."""

    values: Mapping[Node, Any]
    witness: Any = None

    @property
    def value(self) -> dict[Node, Any]:
        return dict(self.values)


@dataclass(frozen=True)
class PairValues(Answer):
    """One value for each pair of nodes or edge."""

    values: Mapping[tuple[Node, Node], Any]
    witness: Any = None

    @property
    def value(self) -> list[list[Any]]:
        return [[u, v, x] for (u, v), x in self.values.items()]


@dataclass(frozen=True)
class Groups(Answer):
    """A family of node sets (components, communities, cliques); `score` is the family's quality (modularity)."""

    groups: list[list[Node]]
    score: float | None = None
    witness: Any = None

    @property
    def value(self) -> list[list[Node]]:
        return self.groups


@dataclass(frozen=True)
class Path(Answer):
    """A path with its length (edges, or total weight where `weight` was named).

    distances: a lower-bound certificate: distance labels from the source, 0 at the source, such that no edge is
    shorter than the difference of its ends' labels; `distances[target] == length` then proves that no path is shorter.
    """

    nodes: list[Node]
    length: int | float
    distances: Mapping[Node, float] | None = None

    @property
    def value(self) -> list[Node]:
        return self.nodes

    @property
    def count(self) -> int:
        return len(self.nodes)

    @property
    def hops(self) -> int:
        return len(self.nodes) - 1

    @property
    def exists(self) -> bool:
        return bool(self.nodes)


@dataclass(frozen=True)
class Paths(Answer):
    """Several paths, with their lengths in the same order; `witness` shows that there are no more, or better ones."""

    paths: list[list[Node]]
    lengths: list[int | float]
    witness: Any = None

    @property
    def value(self) -> list[list[Node]]:
        return self.paths


@dataclass(frozen=True)
class Sequences(Answer):
    """Several sequences of nodes whose order matters (cycles, topological orders)."""

    sequences: list[list[Node]]
    witness: Any = None

    @property
    def value(self) -> list[list[Node]]:
        return self.sequences


@dataclass(frozen=True)
class Numbers(Answer):
    """A list of numbers whose order matters (degree sequence, spectrum)."""

    numbers: list[int | float]
    witness: Any = None

    @property
    def value(self) -> list[int | float]:
        return self.numbers


@dataclass(frozen=True)
class Cycle(Answer):
    """A closed walk or cycle: nodes in order, the first not repeated at the end; empty when there is none.

    witness: what shows that there is none (an order for directed graphs, a forest's counts for undirected ones).
    """

    nodes: list[Node]
    length: int | float | None = None
    witness: Any = None

    @property
    def value(self) -> list[Node]:
        return self.nodes


@dataclass(frozen=True)
class Flow(Answer):
    """A flow of `amount` from source to target; `cut` is the source side of a cut of the same capacity."""

    amount: int | float
    flow: Mapping[tuple[Node, Node], int | float]
    cut: list[Node]

    @property
    def value(self) -> int | float:
        return self.amount


@dataclass(frozen=True)
class CostFlow(Answer):
    """A flow of least total `cost`, with node potentials that prove it; `cut` proves `amount` maximal where asked.

    potentials: numbers p with cost + p(u) - p(v) >= 0 on every arc u -> v with room left, and <= 0 on every arc that
    carries flow (linear programming duality).
    """

    cost: int | float
    flow: Mapping[tuple[Node, Node], int | float]
    amount: int | float
    potentials: Mapping[Node, int | float]
    cut: list[Node] | None = None

    @property
    def value(self) -> int | float:
        return self.cost


@dataclass(frozen=True)
class Matching(Answer):
    """A matching; `cover` is a vertex cover of equal size (bipartite), or `witness` the odd-set cover (general)."""

    pairs: list[tuple[Node, Node]]
    cover: list[Node] | None = None
    total: float | None = None
    witness: Any = None

    @property
    def value(self) -> list[list[Node]]:
        return [list(pair) for pair in self.pairs]


@dataclass(frozen=True)
class Colouring(Answer):
    """A proper colouring with colours 0 … colours-1; `clique` of the same size proves that fewer do not suffice."""

    colours: Mapping[Node, int]
    num_colours: int
    clique: list[Node] | None = None

    @property
    def value(self) -> dict[Node, int]:
        return dict(self.colours)


@dataclass(frozen=True)
class NodeMap(Answer):
    """A one-to-one map from the nodes of one graph to those of another; None when there is none."""

    mapping: Mapping[Node, Node] | None
    witness: Any = None

    @property
    def value(self) -> dict[Node, Node] | None:
        return None if self.mapping is None else dict(self.mapping)

    @property
    def exists(self) -> bool:
        return self.mapping is not None


@dataclass(frozen=True)
class Record(Answer):
    """Several named figures at once (a summary, lower and upper bounds)."""

    figures: Mapping[str, Any]
    witness: Any = None

    @property
    def value(self) -> dict[str, Any]:
        return dict(self.figures)


@dataclass(frozen=True)
class GraphAnswer(Answer):
    """A new graph: what the edits and generators return, so that plans compose."""

    graph: Graph

    @property
    def value(self) -> dict[str, Any]:
        body = self.graph.nx
        return {"directed": self.graph.directed, "nodes": list(body), "edges": [list(edge) for edge in body.edges()]}

    @property
    def count(self) -> None:
        return None


def as_plain(value: Any) -> Any:
    """JSON-ready form of a value: tuples and sets become lists, keys become text, numpy scalars become numbers.

    >>> as_plain({1: (2, {"a"})})
    {'1': [2, ['a']]}
    """
    if isinstance(value, (Answer, Interval)):
        return {f.name: as_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Graph):
        return {"directed": value.directed, "nodes": list(value), "edges": [list(edge) for edge in value.nx.edges()]}
    if isinstance(value, Mapping):
        return {_key(k): as_plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_plain(v) for v in value]
    if isinstance(value, (set, frozenset)):
        return [as_plain(v) for v in sorted(value, key=lambda x: (str(type(x)), str(x)))]
    if isinstance(value, (str, bool, int, float)) or value is None:
        return value
    item = getattr(value, "item", None)  # numpy scalar, without importing numpy
    return item() if callable(item) else str(value)


def _key(key: Hashable) -> str:
    return f"{key[0]}-{key[1]}" if isinstance(key, tuple) and len(key) == 2 else str(key)
