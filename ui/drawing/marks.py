"""From a typed answer to what stands out in the drawing: one function, `marks`, with one line for each type."""

from __future__ import annotations

from collections.abc import Callable, Container
from heapq import nlargest
from typing import Any

from agents.plan import Call
from graphs.compact.graph import CompactGraph
from graphs.graph import Graph
from tools import answers as a
from tools.registry import get_tool
from tools.timed_answers import TimedEdges
from ui.drawing.arrays import known, pairs
from ui.drawing.shapes import (
    Marks,
    by_value,
    edge_set,
    figure,
    line,
    lines,
    node_set,
    partition,
    ranked,
    stream,
)
from ui.drawing.witness import shown_by

LARGE, _LARGEST = 1_000, 20  # values above which only so many of the largest are written beside their nodes


def marks(answer: a.Answer, graph: Graph, tool: str = "") -> Marks:
    """What `answer`, which the tool called `tool` gave on `graph`, points at; nothing where it cannot be drawn.

    >>> road = Graph.from_edges([("a", "b"), ("b", "c"), ("c", "d")])
    >>> marks(a.Path(["a", "b", "c"], 2), road).edges
    {('a', 'b'): 'on', ('b', 'c'): 'on'}
    """
    for kind, draw in _WAYS:
        if isinstance(answer, kind):
            made = draw(answer, graph, tool)
            return _within(made, graph)
    return Marks()


def drawing_of(answer: a.Answer, graph: Graph, call: Call) -> Marks:
    """`marks`, with the nodes that the call names; those stand out where the answer shows nothing (a degree)."""
    kinds = {parameter.name: parameter.kind for parameter in get_tool(call.tool).parameters}
    named: list[Any] = []
    for name, value in call.arguments.items():
        if kinds.get(name) in ("node", "nodes"):
            named += value if isinstance(value, (list, tuple)) else [value]
    found = dict.fromkeys(node for label in named[:_LARGEST] if (node := graph.find(label)) is not None)
    made = marks(answer, graph, call.tool) or node_set(found, "asked about", "end")
    made.about = tuple(found)
    return made


def _words(tool: str, otherwise: str) -> str:
    return tool.replace("_", " ") or otherwise


def _path(answer: Any, graph: Graph, tool: str) -> Marks:
    return line(answer.nodes) if answer.nodes else Marks()


def _cycle(answer: a.Cycle, graph: Graph, tool: str) -> Marks:
    if not answer.nodes:
        return shown_by(answer.witness, graph)
    kind = "tour" if any(word in tool for word in ("tour", "salesman", "euler", "postman")) else "cycle"
    return line(answer.nodes, closed=True, what=kind)


def _nodes(answer: a.Nodes, graph: Graph, tool: str) -> Marks:
    made = node_set(answer.nodes, _words(tool, "nodes of the answer"), "cut" if "cut" in tool else "on")
    inside = set(answer.nodes)
    if "clique" in tool:
        made.edges = {(u, v): "on" for u, v in pairs(graph) if u in inside and v in inside and u != v}
    return made


def _edges(answer: Any, graph: Graph, tool: str) -> Marks:
    witness = getattr(answer, "witness", None)
    if isinstance(witness, dict) and "source_side" in witness:
        cut = [(u, v) for u, v, *_ in answer.edges]
        return stream(witness.get("flow") or {}, witness["source_side"], graph, cut=cut)
    role: Any = "cut" if "cut" in tool or "bridge" in tool else "on"
    return edge_set(answer.edges, _words(tool, "edges of the answer"), role)


def _matching(answer: a.Matching, graph: Graph, tool: str) -> Marks:
    made = edge_set(answer.pairs, "matched pairs")
    for node in answer.cover or ():
        made.nodes[node] = "end"
    if answer.cover:
        made.legend += (("end", f"a vertex cover of the same size ({len(answer.cover):,}): no matching is larger"),)
    return made


def _colouring(answer: a.Colouring, graph: Graph, tool: str) -> Marks:
    parts = [[node for node, c in answer.colours.items() if c == k] for k in range(answer.num_colours)]
    made = partition(parts, "colours")
    if answer.clique and len(answer.clique) == answer.num_colours:
        made.nodes = dict.fromkeys(answer.clique, "on")
        made.legend += (("on", f"a clique of {len(answer.clique)}: fewer colours do not suffice"),)
    return made


def _groups(answer: a.Groups, graph: Graph, tool: str) -> Marks:
    what = next((w for w in ("communities", "components", "cliques", "cores", "parts") if w[:-3] in tool), "groups")
    return partition(answer.groups, what)


def _order(answer: a.Order, graph: Graph, tool: str) -> Marks:
    if not answer.nodes:
        return shown_by(answer.witness, graph)
    steps = zip(answer.nodes, answer.nodes[1:], strict=False)
    if any(word in tool for word in ("path", "circuit", "walk", "tour")) and all(
        graph.has_edge(u, v) for u, v in steps
    ):
        return line(answer.nodes, what="circuit" if answer.nodes[0] == answer.nodes[-1] else "path")
    return ranked(answer.nodes)


def _sequences(answer: a.Sequences, graph: Graph, tool: str) -> Marks:
    if "cycle" in tool or "triangle" in tool:
        return lines(answer.sequences, closed=True, what="cycles")
    return ranked(answer.sequences[0]) if answer.sequences else Marks()


def _pair_values(answer: a.PairValues, graph: Graph, tool: str) -> Marks:
    there = {pair: value for pair, value in answer.values.items() if graph.has_edge(*pair)}
    witness = answer.witness if isinstance(answer.witness, dict) else {}
    if "flow" in tool:
        return stream(there, witness.get("cut") or (), graph)
    what = _words(tool, "value")
    texts = {pair: figure(value) for pair, value in there.items()}
    return Marks(edge_texts=texts, says=f"{what} beside the edges", legend=(("flow", f"{what} beside the edges"),))


def _values(answer: a.NodeValues, graph: Graph, tool: str) -> Marks:
    colours = "colour" in tool or "communit" in tool or "label_propagation" in tool
    values, what = answer.values, _words(tool, "value")
    if colours:
        return by_value({n: f"{v}" for n, v in values.items()}, what)
    numbers = {n: v for n, v in values.items() if isinstance(v, (int, float)) and not isinstance(v, bool)}
    if len(values) > LARGE and len(numbers) == len(values):
        largest = nlargest(_LARGEST, numbers, key=lambda node: numbers[node])
        made = by_value({n: values[n] for n in largest}, f"{what}, the {_LARGEST} largest of {len(values):,}")
        made.nodes = dict.fromkeys(largest, "on")
        return made
    return by_value(values, what)


def _flow(answer: Any, graph: Graph, tool: str) -> Marks:
    return stream(answer.flow, answer.cut or (), graph)


def _witness(answer: Any, graph: Graph, tool: str) -> Marks:
    return shown_by(getattr(answer, "witness", None), graph, _words(tool, "what shows it"))


def _node(answer: a.NodeAnswer, graph: Graph, tool: str) -> Marks:
    return Marks() if answer.node is None else node_set([answer.node], _words(tool, "the node"))


def _made(answer: a.GraphAnswer, graph: Graph, tool: str) -> Marks:
    """What is in the new graph and was not in the old one."""
    old = graph
    if isinstance(old, CompactGraph) or isinstance(answer.graph, CompactGraph):
        return Marks()
    fresh = [(u, v) for u, v in answer.graph.nx.edges() if not old.has_edge(u, v)]
    added = [node for node in answer.graph if node not in old]
    if len(fresh) + len(added) > answer.graph.num_edges / 2:
        return Marks()
    made = edge_set(fresh, "new edges")
    made.nodes |= dict.fromkeys(added, "on")
    return made


_WAYS: tuple[tuple[type, Callable[[Any, Graph, str], Marks]], ...] = (
    (a.Path, _path),
    (a.Paths, lambda answer, graph, tool: lines(answer.paths)),
    (a.Cycle, _cycle),
    (a.Flow, _flow),
    (a.CostFlow, _flow),
    (a.Matching, _matching),
    (a.Colouring, _colouring),
    (a.Groups, _groups),
    (a.Nodes, _nodes),
    (a.NodeAnswer, _node),
    (a.Order, _order),
    (a.Sequences, _sequences),
    (a.Edges, _edges),
    (TimedEdges, _edges),
    (a.NodeValues, _values),
    (a.PairValues, _pair_values),
    (a.NodeMap, lambda answer, graph, tool: by_value(answer.mapping or {}, "mapped to")),
    (a.GraphAnswer, _made),
    (a.Answer, _witness),  # a truth, a number, a category, a record: drawn by what shows it
)


def _within(made: Marks, graph: Graph) -> Marks:
    """The marks on nodes that the graph has: a witness may speak of another graph, or of time-stamped copies."""
    keep: Container[Any]
    if isinstance(graph, CompactGraph):  # all at once: a label among texts is looked for from the first on
        spoken_of = {*made.nodes, *made.groups, *made.sizes, *made.texts}
        keep = known(graph, spoken_of.union(*made.edges, *made.edge_texts))
    else:
        keep = graph.nx
    made.nodes = {n: r for n, r in made.nodes.items() if n in keep}
    made.groups = {n: g for n, g in made.groups.items() if n in keep}
    made.sizes = {n: s for n, s in made.sizes.items() if n in keep}
    made.texts = {n: t for n, t in made.texts.items() if n in keep}
    made.edges = {e: r for e, r in made.edges.items() if e[0] in keep and e[1] in keep}
    made.edge_texts = {e: t for e, t in made.edge_texts.items() if e[0] in keep and e[1] in keep}
    return made if made else Marks()
