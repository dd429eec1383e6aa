"""The verb that a text says its edges with."""

from __future__ import annotations

import re

from agents.composing.words import PARTICLE, root_of
from agents.routing.language import concept, stem
from graphs.graph import Edge, Graph
from graphs.text.reading import Reading

MOST_SAID = 500  # edges
# Words that make one verb with the word before: "looks up to", "gets along with".
PARTICLES = frozenset("up down along out over after into away off back ahead forward around together".split())
_AUXILIARIES = frozenset("is are was were has have had been".split())
PREPOSITIONS = frozenset("to at on in of by with from for".split())


def verb_of(reading: Reading, graph: Graph | None) -> frozenset[str]:
    """The stems of the one verb that the text says its edges with: of "Ann likes Bob, Bob likes Eve" that of "like".

    Empty for edges that are not said by a verb, or by several.
    """
    if graph is None or graph.remote or graph is not reading.graph or graph.num_edges > MOST_SAID:
        return frozenset()
    verbs: set[tuple[str, ...]] = set()
    labels = frozenset(str(node).casefold() for node in graph)
    for edge in graph.edges():
        said_by = _between(reading.text, edge, labels)
        if said_by is not None and not any(map(concept, map(root_of, said_by))):
            return frozenset()
        if said_by is not None:
            verbs.add(said_by)
    if len(verbs) != 1:
        return frozenset()
    said = [root_of(word) for word in verbs.pop() if word not in PREPOSITIONS and word not in _AUXILIARIES]
    if not said or concept(said[0]) != stem(said[0]) or not all(word in PARTICLES for word in said[1:]):
        return frozenset()
    return frozenset((stem(said[0]), *(f"{PARTICLE}{word}" for word in said[1:])))


_WORD = re.compile(r"[\w-]+")


def _between(text: str, edge: Edge, others: frozenset[str] = frozenset()) -> tuple[str, ...] | None:
    """The words between the two ends of an edge where it is said; None where that is not known, ("",) for no words.

    others: all labels, which stand between the ends in a list.
    """
    place = edge.provenance
    if place is None or place.start is None or place.end is None:
        return None
    said = text[place.start : place.end].casefold().replace("e-mail", "email")  # "Hare eats grass." of the node "hare"
    ends = sorted((str(edge.source).casefold(), str(edge.target).casefold()), key=said.find)
    first, last = said.find(ends[0]), said.rfind(ends[1])
    between = said[first + len(ends[0]) : last] if 0 <= first < last else ""
    if "," in between or " and " in between:  # "Ann leads Bob, Cem and Dan": the others of the list say no verb
        between = " ".join(word for word in _WORD.findall(between) if word != "and" and word not in others)
    words = tuple(between.casefold().split())
    return words if words and all(word.isalpha() for word in words) and len(words) <= 3 else ("",)
