"""Connected components, found by the engine; trees of edges inside each are looked for by another way."""

from __future__ import annotations

from typing import Any

from graphs.errors import TooLarge
from graphs.remote.engine import FETCHED, Parts
from graphs.remote.graph import RemoteGraph
from tools.answers import Groups, Nodes, Number, Truth
from tools.arcs import require_directed, require_nodes
from tools.connectivity import WEAK
from tools.remote.registry import Checked, on

GRAPHX = "connected components (GraphX)"
METHOD = "a query for edges between two components, and a search by joins from one node of each to all others"


def _notes(graph: RemoteGraph) -> tuple[str, ...]:
    return (WEAK,) if graph.directed else ()


def _checked(graph: RemoteGraph, answer: Any, parts: Parts, claim: str) -> Checked:
    if parts.crossing or sum(size for _, size in parts.sizes) != graph.num_nodes:
        reason = f"{parts.crossing} edges join two components; the graph may be changing"
        return Checked(answer, GRAPHX, method=METHOD, grade="proof", holds=False, reason=reason)
    if parts.unjoined is None:
        method = "a query for edges between two components; their insides are too deep to be searched again"
        return Checked(answer, GRAPHX, f"no edge joins two of the {len(parts.sizes)} sets of nodes", method, "recount")
    return Checked(answer, GRAPHX, claim, METHOD, "proof")


@on("spark")
def number_of_components(graph: RemoteGraph) -> Checked:
    parts = graph.engine.parts([])
    count = len(parts.sizes)
    return _checked(graph, Number(count, notes=_notes(graph)), parts, f"the graph has {count} connected components")


@on("spark")
def is_connected(graph: RemoteGraph) -> Checked:
    require_nodes(graph, "connectedness")
    parts = graph.engine.parts([])
    count = len(parts.sizes)
    claim = "a tree of edges joins all nodes" if count == 1 else f"no edge joins two of {count} sets of nodes"
    return _checked(graph, Truth(count == 1, notes=_notes(graph)), parts, claim)


@on("spark")
def is_weakly_connected(graph: RemoteGraph) -> Checked:
    require_directed(graph, "weak connectedness")
    return is_connected(graph)  # type: ignore[no-any-return]


@on("spark")
def connected_components(graph: RemoteGraph) -> Checked:
    if graph.num_nodes > FETCHED:
        raise TooLarge(
            f"the components have {graph.num_nodes:,} nodes in all, more than the {FETCHED:,} that are brought over; "
            "ask for their number, for the largest, or for the component of a node"
        )
    parts = graph.engine.parts([])
    groups = [graph.engine.members(root) for root, _ in parts.sizes] if len(parts.sizes) <= 100 else _all(graph)
    answer = Groups(groups, witness={"sizes": parts.sizes}, notes=_notes(graph))
    return _checked(graph, answer, parts, f"the {len(groups)} groups are joined inside and not with each other")


def _all(graph: RemoteGraph) -> list[list[Any]]:
    nodes = list(graph.engine.degrees("total"))
    of = graph.engine.parts(nodes).of
    groups: dict[Any, list[Any]] = {}
    for node in nodes:
        groups.setdefault(of[node], []).append(node)
    return sorted(groups.values(), key=len, reverse=True)


@on("spark")
def weakly_connected_components(graph: RemoteGraph) -> Checked:
    require_directed(graph, "a weakly connected component")
    return connected_components(graph)  # type: ignore[no-any-return]


@on("spark")
def largest_component(graph: RemoteGraph) -> Checked:
    require_nodes(graph, "a largest component")
    parts = graph.engine.parts([])
    root, size = parts.sizes[0]
    answer = Nodes(graph.engine.members(root), notes=_notes(graph))
    return _checked(graph, answer, parts, f"a component has {size} nodes, and none has more")


@on("spark")
def component_of(graph: RemoteGraph, node: Any) -> Checked:
    here = graph.node(node)
    parts = graph.engine.parts([here])
    nodes = graph.engine.members(here)
    answer = Nodes(nodes, notes=_notes(graph))
    return _checked(graph, answer, parts, f"{len(nodes)} nodes are in the component of {here}, and no others")
