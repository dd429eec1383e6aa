"""The text that a conversation's graph was read from, read again with a later question.

The words for the edges ("Ann mentors Bob") give later questions their verb ("Whom does Bob mentor?"), and where that
is outside the lexicon only a question that uses it tells that the edges have a direction.
"""

from __future__ import annotations

from agents.composing.hierarchy import UNSAID, EdgeWords, above_of
from agents.composing.verbs import verb_of
from graphs.errors import GraphError
from graphs.graph import Graph
from graphs.text import read_text
from graphs.text.reading import Reading

MOST = 20_000  # characters of a text that is kept
_SAYS = frozenset(("graph", "notation", "definition"))


def text_of_graph(reading: Reading) -> str:
    """The parts of a text that say its graph; "" for one that is too long to be kept."""
    said = " ".join(reading.text[span.start : span.end].strip() for span in reading.spans if span.role in _SAYS)
    return said if len(said) <= MOST else ""


def retold(said: str, question: str, graph: Graph) -> tuple[Graph, EdgeWords]:
    """The graph, with the direction that the question shows its edges to have, and the words for its edges."""
    if not said or len(said) > MOST or graph.remote or graph.compact:
        return graph, UNSAID
    try:
        again = read_text(f"{said}\n{question}")
    except GraphError:
        return graph, UNSAID
    if again.graph is None or again.contradictions or _ends(again.graph) != _ends(graph):
        return graph, UNSAID
    if graph.directed and again.graph.directed and _arrows(again.graph) != _arrows(graph):
        return graph, UNSAID
    words = EdgeWords(verb_of(again, again.graph), above_of(again, again.graph))
    return (again.graph if again.graph.directed and not graph.directed else graph), words


def _ends(graph: Graph) -> set[frozenset[str]]:
    return {frozenset(map(str, edge)) for edge in graph.nx.edges()} | {frozenset((str(node),)) for node in graph}


def _arrows(graph: Graph) -> set[tuple[str, str]]:
    return {(str(u), str(v)) for u, v in graph.nx.edges()}
