"""What the searches for a best set share: numbered nodes, worths, bounds from weighted sets, and the answer's shape."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

import networkx as nx

from graphs.errors import BadArgument, MissingAttribute
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists
from tools.answers import Nodes
from tools.exact_search import Shares, heaviest_clique, heaviest_independent_set, independent_classes
from tools.network_flow import Amount, exact, plain

Around = dict[Node, set[Node]]
Found = tuple[list[Node], bool, Shares, dict[Node, Amount]]
F = TypeVar("F", bound=Callable[..., Any])


def by_index(function: F) -> F:
    """Run a search on the graph with its nodes numbered, so that the order within sets of labels cannot matter."""

    @functools.wraps(function)
    def run(graph: Graph, *arguments: Any, **named: Any) -> Any:
        nodes = graph.nodes
        numbered = graph.derive(nx.relabel_nodes(graph.nx, {node: i for i, node in enumerate(nodes)}))
        answer = function(numbered, *arguments, **named)
        fields = {"witness": _labelled(answer.witness, nodes)}
        fields |= {
            name: _labelled({name: getattr(answer, name)}, nodes)[name] for name in vars(answer) if name in LISTS
        }
        return replace(answer, **fields)

    return cast(F, run)


LISTS = ("nodes", "side", "independent", "arcs", "edges")  # fields of an answer or witness that hold nodes or pairs


def _labelled(fields: dict[str, Any], nodes: list[Node]) -> dict[str, Any]:
    """The fields with node numbers replaced by labels."""
    found = dict(fields)
    for name, listed in fields.items():
        if name == "sets":
            found[name] = [_labelled(row, nodes) for row in listed]
        elif name in LISTS:
            found[name] = [type(x)(nodes[i] for i in x) if isinstance(x, (list, tuple)) else nodes[x] for x in listed]
    return found


def high_bound(shares: Shares, worth: Mapping[Any, Amount]) -> Amount:
    """What no choice with at most one item of each set can exceed; values are scaled up to cover every worth."""
    covered = dict.fromkeys(worth, 0.0)
    for row, x in shares:
        for item in row:
            covered[item] += float(x)
    scale = max((float(w) / covered[item] if covered[item] else math.inf for item, w in worth.items()), default=1.0)
    bound = max(1.0, scale) * float(sum(x for _, x in shares)) if shares else math.nan
    bound = float(sum(worth.values())) if math.isnan(bound) else min(bound, float(sum(worth.values())))
    return math.floor(bound + 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def low_bound(shares: Shares, worth: Mapping[Any, Amount]) -> Amount:
    """What every choice with an item of each set costs at least; values are scaled down to load no item too much."""
    load = dict.fromkeys(worth, 0.0)
    for row, x in shares:
        for item in row:
            load[item] += float(x)
    scale = min((float(w) / load[item] for item, w in worth.items() if load[item] > 0), default=1.0)
    bound = min(1.0, scale) * float(sum(x for _, x in shares))
    return math.ceil(bound - 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def neighbour_sets(graph: Graph) -> Around:
    return {node: set(near) for node, near in neighbour_lists(graph).items()}


def resolved(graph: Graph, nodes: Iterable[Any]) -> list[Node]:
    return list(dict.fromkeys(graph.node(node) for node in nodes))


def node_weights(graph: Graph, weight: str) -> dict[Node, Amount]:
    found = {}
    for node, data in graph.nx.nodes(data=True):
        if weight not in data:
            raise MissingAttribute(weight, "a set of greatest node weight", of="nodes")
        found[node] = exact(data[weight], weight)
        if abs(found[node]) == math.inf:
            raise BadArgument(f"a node has an infinite {weight}; use a large number")
    return found


def _positive(around: Around, worth: dict[Node, Amount] | None) -> tuple[Around, dict[Node, Amount]]:
    """The part of the graph whose nodes are worth something."""
    value = dict.fromkeys(around, 1) if worth is None else {node: w for node, w in worth.items() if w > 0}
    return {node: {v for v in around[node] if v in value} for node in value}, value


def largest_clique(around: Around, worth: dict[Node, Amount] | None, time_limit: float) -> Found:
    part, value = _positive(around, worth)
    nodes, sure = heaviest_clique(part, value, time_limit)
    return nodes, sure, independent_classes(part, value), value


def largest_independent_set(around: Around, worth: dict[Node, Amount] | None, time_limit: float) -> Found:
    part, value = _positive(around, worth)
    return (*heaviest_independent_set(part, value, time_limit), value)


def most_nodes(graph: Graph, found: Found, worth: dict[Node, Amount] | None) -> Nodes:
    """The answer of a search for the most or heaviest nodes, with its bounds where it was cut short."""
    nodes, sure, shares, value = found
    inside = set(nodes)
    total = len(nodes) if worth is None else sum(worth[node] for node in nodes)
    shown: dict[str, Any] = {"sets": [{"nodes": list(row), "value": plain(x)} for row, x in shares]}
    if worth is not None:
        shown["total"] = plain(total)
    bounds = None
    if not sure:
        bounds = (plain(total), plain(max(total, high_bound(shares, value))))
    return Nodes([node for node in graph if node in inside], witness=shown, exact=sure, bounds=bounds)


def fewest_nodes(graph: Graph, found: tuple[list[Node], bool, Shares]) -> Nodes:
    nodes, sure, shares = found
    inside = set(nodes)
    low = low_bound(shares, dict.fromkeys(graph, 1))
    shown = {"sets": [{"nodes": list(row), "value": plain(x)} for row, x in shares]}
    bounds = None if sure else (min(low, len(nodes)), len(nodes))
    return Nodes([node for node in graph if node in inside], witness=shown, exact=sure, bounds=bounds)


def missed_rows(rows: list[list[Node]], chosen: set[Node]) -> list[list[Node]]:
    return [row for row in rows if not chosen.intersection(row)]
