"""Triangles and open pairs of neighbours, counted by the engine in two ways."""

from __future__ import annotations

from graphs.remote.graph import RemoteGraph
from tools.answers import Number, Record
from tools.motifs import motifs
from tools.remote.registry import Checked, on

METHOD = "triangles counted again by another method"


def _notes(graph: RemoteGraph) -> tuple[str, ...]:
    return ("edge directions are ignored",) if graph.directed else ()


def _twice(graph: RemoteGraph, answer: Number | Record, count: int) -> Checked:
    again = graph.engine.triangles(again=True)
    by = "triangles (GraphX)" if graph.engine.kind == "spark" else "triangles by query"
    if again != count:
        reason = f"another method finds {again}; the graph may be changing"
        return Checked(answer, by, method=METHOD, grade="recount", holds=False, reason=reason)
    return Checked(answer, by, f"two methods find {count} triangles", METHOD, "recount")


@on()
def triangle_count(graph: RemoteGraph) -> Checked:
    count = graph.engine.triangles(again=False)
    return _twice(graph, Number(count, notes=_notes(graph)), count)


@on()
def transitivity(graph: RemoteGraph) -> Checked:
    count, (_, wedges) = graph.engine.triangles(again=False), graph.engine.wedges()
    value = 3 * count / wedges if wedges else 0.0
    figures = {"triangles": count, "pairs of neighbours": wedges}
    return _twice(graph, Number(value, figures, notes=_notes(graph)), count)


@on()
def motif_counts(graph: RemoteGraph) -> Checked:
    """Open pairs, single edges and empty triples follow from the triangles and the degrees."""
    count, (pairs, wedges) = graph.engine.triangles(again=False), graph.engine.wedges()
    figures = motifs(graph.num_nodes, pairs, wedges, count)
    return _twice(graph, Record(figures, notes=_notes(graph)), count)
