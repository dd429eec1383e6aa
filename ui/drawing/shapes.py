"""Marks on a drawing, and the shapes that they are made of: a path, a set, groups, values, an order, a flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from graphs.graph import Graph, Node
from ui.drawing.arrays import pairs

Pair = tuple[Any, Any]
NodeRole = Literal["on", "end", "cut"]
EdgeRole = Literal["on", "cut", "flow"]
KINDS = 8  # colours that groups are told apart by; the groups after them share one
NAMED = 6  # nodes that a sentence lists


@dataclass
class Marks:
    """What of a graph an answer points at.

    nodes, edges: what stands out, and as what; edges may name their ends in either order where the graph is undirected.
    groups: the colour of nodes, from 0. sizes: 0 … 1, how large a node is drawn. texts, edge_texts: written beside.
    says: what is drawn, as a phrase. legend: (swatch, words); a swatch is a role, "group0" …, or "size". about: the
    nodes that the question names; a large graph is drawn around them where too many stand out.
    """

    nodes: dict[Node, NodeRole] = field(default_factory=dict)
    edges: dict[Pair, EdgeRole] = field(default_factory=dict)
    groups: dict[Node, int] = field(default_factory=dict)
    sizes: dict[Node, float] = field(default_factory=dict)
    texts: dict[Node, str] = field(default_factory=dict)
    edge_texts: dict[Pair, str] = field(default_factory=dict)
    says: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    about: tuple[Node, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges or self.groups or self.sizes or self.texts or self.edge_texts)

    def touched(self) -> set[Node]:
        """The nodes that stand out by themselves or by an edge; all that are coloured where nothing else is marked."""
        found = {node for node in self.nodes} | {node for edge in self.edges for node in edge}
        return found or {*self.groups, *self.sizes, *self.texts} | {n for edge in self.edge_texts for n in edge}


def figure(value: Any) -> str:
    """A value as it is written beside a node.

    >>> figure(0.123456), figure(3), figure(True)
    ('0.1235', '3', 'True')
    """
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value) if len(str(value)) <= 40 else str(value)[:39] + "…"


def names(nodes: Iterable[Node]) -> str:
    """A few labels in a row: "Ann, Bob and 3 more"."""
    listed = [figure(node) for node in nodes]
    if len(listed) <= NAMED:
        return ", ".join(listed)
    return f"{', '.join(listed[:NAMED])} and {len(listed) - NAMED:,} more"


def line(nodes: Sequence[Node], *, closed: bool = False, what: str = "") -> Marks:
    """A path or walk along `nodes`, or where `closed` a cycle; its ends stand out."""
    steps = list(zip(nodes, nodes[1:], strict=False))
    if closed and len(nodes) > 2:
        steps.append((nodes[-1], nodes[0]))
    roles: dict[Node, NodeRole] = dict.fromkeys(nodes, "on")
    if not closed and nodes:
        roles[nodes[0]] = roles[nodes[-1]] = "end"
    what = what or ("cycle" if closed else "path")
    legend = [("on", f"the {what}")]
    if not closed and len(nodes) > 1:
        legend.append(("end", f"its ends, {figure(nodes[0])} and {figure(nodes[-1])}"))
    says = f"the {what} {names(nodes)}"
    return Marks(nodes=roles, edges=dict.fromkeys(steps, "on"), says=says, legend=tuple(legend))


def lines(several: Sequence[Sequence[Node]], *, closed: bool = False, what: str = "paths") -> Marks:
    """Several paths or cycles, drawn together."""
    if len(several) == 1:
        return line(several[0], closed=closed)
    made = Marks(says=f"{len(several):,} {what}", legend=(("on", f"the {len(several):,} {what}"),) if several else ())
    for nodes in several:
        one = line(nodes, closed=closed)
        made.nodes |= one.nodes
        made.edges |= one.edges
    return made


def node_set(nodes: Iterable[Node], what: str = "nodes of the answer", role: NodeRole = "on") -> Marks:
    """Some nodes that stand out."""
    chosen = list(nodes)
    if not chosen:
        return Marks()
    return Marks(
        nodes=dict.fromkeys(chosen, role),
        says=f"{what}: {names(chosen)}",
        legend=((role, f"{what} ({len(chosen):,})"),),
    )


def edge_set(edges: Iterable[Pair], what: str = "edges of the answer", role: EdgeRole = "on") -> Marks:
    """Some edges that stand out, with their ends."""
    chosen = [(edge[0], edge[1]) for edge in edges]
    if not chosen:
        return Marks()
    ends: dict[Node, NodeRole] = dict.fromkeys((node for edge in chosen for node in edge), "on")
    says = f"{what} ({len(chosen):,})"
    return Marks(
        nodes=ends if role == "on" else {}, edges=dict.fromkeys(chosen, role), says=says, legend=((role, says),)
    )


def partition(groups: Sequence[Iterable[Node]], what: str = "groups", named: Sequence[str] = ()) -> Marks:
    """Groups of nodes, each in a colour of its own as far as the colours go."""
    of: dict[Node, int] = {}
    sizes = []
    for number, group in enumerate(groups):
        members = list(group)
        sizes.append(len(members))
        for node in members:
            of.setdefault(node, min(number, KINDS))
    titles = [named[k] if k < len(named) else f"{_one(what)} {k + 1}" for k in range(min(len(sizes), KINDS))]
    legend = [(f"group{k}", f"{title} ({sizes[k]:,})") for k, title in enumerate(titles)]
    if len(sizes) > KINDS:
        legend.append((f"group{KINDS}", f"{len(sizes) - KINDS:,} more {what} ({sum(sizes[KINDS:]):,})"))
    return Marks(groups=of, says=f"{len(sizes):,} {what if len(sizes) != 1 else _one(what)}", legend=tuple(legend))


def _one(what: str) -> str:
    return what[:-3] + "y" if what.endswith("ies") else what.removesuffix("s")


def by_value(values: Mapping[Node, Any], what: str) -> Marks:
    """One value a node: numbers as sizes, truth as a set, anything else as colours; each is written beside its node."""
    if not values:
        return Marks()
    texts = {node: figure(value) for node, value in values.items() if value is not None}
    kinds = set(map(type, values.values()))
    if kinds == {bool}:
        return node_set([node for node, holds in values.items() if holds], what)
    if kinds <= {int, float}:
        numbers = {node: float(x) for node, x in values.items() if abs(float(x)) != float("inf")}
        low, high = min(numbers.values(), default=0.0), max(numbers.values(), default=0.0)
        span = high - low or 1.0
        sizes = {node: (x - low) / span for node, x in numbers.items()}
        legend = (("size", f"{what}: {figure(low)} (small) to {figure(high)} (large)"),)
        return Marks(sizes=sizes, texts=texts, says=f"{what} as the nodes' sizes", legend=legend)
    parts: dict[str, list[Node]] = {}
    for node, value in values.items():
        parts.setdefault(str(value), []).append(node)
    made = partition(list(parts.values()), what, [figure(one) for one in parts])
    made.texts = texts
    return made


def ranked(nodes: Sequence[Node], what: str = "order") -> Marks:
    """An order: each node's place is written beside it, and the colour of its size runs along."""
    last = max(1, len(nodes) - 1)
    return Marks(
        sizes={node: 1 - place / last for place, node in enumerate(nodes)},
        texts={node: f"{place}." for place, node in enumerate(nodes, 1)},
        says=f"the {what} {names(nodes)}",
        legend=(("size", f"{what}: from 1. (large) to {len(nodes):,}. (small)"),),
    )


def stream(
    flow: Mapping[Pair, float], side: Iterable[Node], graph: Graph, *, cut: Sequence[Pair] | None = None
) -> Marks:
    """A flow with the amount on each edge that carries some, and the cut between `side` and the rest."""
    source_side = set(side)
    carried = {pair: amount for pair, amount in flow.items() if amount}
    made = Marks(edges=dict.fromkeys(carried, "flow"))
    made.edge_texts = {pair: figure(amount) for pair, amount in carried.items()}
    legend = [("flow", "edges that carry flow, with the amount")] if carried else []
    if source_side:
        crossing = cut if cut is not None else _crossing(graph, source_side)
        made.edges |= dict.fromkeys(crossing, "cut")
        made.groups = {node: 0 if node in source_side else 1 for node in graph}
        legend += [
            ("cut", f"the cut ({len(crossing):,} edges)"),
            ("group0", f"the source's side ({len(source_side):,})"),
            ("group1", f"the target's side ({len(graph) - len(source_side):,})"),
        ]
    made.says = "the flow and the cut that bounds it" if carried else "the cut"
    made.legend = tuple(legend)
    return made


def _crossing(graph: Graph, side: set[Node]) -> list[Pair]:
    return list(
        dict.fromkeys(
            (u, v)
            for u, v in pairs(graph)
            if (u in side and v not in side) or (not graph.directed and v in side and u not in side)
        )
    )
