"""What stands next to a node, looked up at the engine."""

from __future__ import annotations

from typing import Any

from graphs.remote.graph import RemoteGraph
from tools.answers import Nodes, Number, Truth
from tools.arcs import require_directed
from tools.remote.registry import Checked, on

ROW = "the edges of the node, looked up"


def _ends(graph: RemoteGraph, node: Any) -> tuple[int, int, int]:
    """Edges out, in, and loops."""
    here = graph.node(node)
    out = graph.engine.near(here, "out")
    into = graph.engine.near(here, "in")
    return sum(out.values()), sum(into.values()), out.get(here, 0)


@on()
def degree(graph: RemoteGraph, node: Any) -> Checked:
    here = graph.node(node)
    out, into, _ = _ends(graph, here)
    joined = graph.engine.near(here, "total")
    loops = joined.get(here, 0)
    notes = ("in- and out-edges both count",) if graph.directed else ()
    answer = Number(out + into, notes=notes)
    method = "counted from both ends, and in one list"
    if sum(joined.values()) + loops != out + into:
        return Checked(answer, ROW, method=method, grade="recount", holds=False, reason="the two counts differ")
    return Checked(answer, ROW, f"the degree of {here} is {out + into}", method, "recount")


@on()
def in_degree(graph: RemoteGraph, node: Any) -> Checked:
    require_directed(graph, "an in-degree")
    return Checked(Number(_ends(graph, node)[1]), ROW)


@on()
def out_degree(graph: RemoteGraph, node: Any) -> Checked:
    require_directed(graph, "an out-degree")
    return Checked(Number(_ends(graph, node)[0]), ROW)


@on()
def neighbors(graph: RemoteGraph, node: Any) -> Checked:
    here = graph.node(node)
    found = list(graph.engine.near(here, "out" if graph.directed else "total"))
    return Checked(Nodes(found), ROW)


@on()
def successors(graph: RemoteGraph, node: Any) -> Checked:
    require_directed(graph, "a successor")
    return neighbors(graph, node)  # type: ignore[no-any-return]


@on()
def predecessors(graph: RemoteGraph, node: Any) -> Checked:
    require_directed(graph, "a predecessor")
    here = graph.node(node)
    found = list(graph.engine.near(here, "in"))
    return Checked(Nodes(found), ROW)


@on()
def common_neighbors(graph: RemoteGraph, u: Any, v: Any) -> Checked:
    one, other = (graph.engine.near(graph.node(node), "out" if graph.directed else "total") for node in (u, v))
    ends = {graph.node(u), graph.node(v)}
    return Checked(Nodes([node for node in one if node in other and node not in ends]), ROW)


@on()
def has_edge(graph: RemoteGraph, source: Any, target: Any) -> Checked:
    one, other = graph.node(source), graph.node(target)
    count = graph.engine.between(one, other)
    listed = graph.engine.near(one, "out" if graph.directed else "total").get(other, 0)
    answer = Truth(count > 0, {"edge": [one, other]} if count else None)
    method = "the pair looked up, and looked for among the node's edges"
    if (listed > 0) != (count > 0):
        return Checked(answer, ROW, method=method, grade="recount", holds=False, reason="the two look-ups differ")
    said = "an edge leads" if count else "no edge leads"
    return Checked(answer, ROW, f"{said} from {one} to {other}", method, "recount")
