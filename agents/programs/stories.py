"""The graphs that a story gives edge by edge, as the lines of a program that make them.

"[(1, 2), (2, 3)]" with or without weights, a list of capacities as long as the list of edges, "Connection from 'A' to
'B', Cost: 1", "zones 1 and 2 share a link of strength 4", "node 0 is linked to 1 and 2", and feature vectors of nodes.
What a sentence asks for ("the shortest path from 'A' to 'C'") is no edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from agents.programs.literals import Literal, literals_in, numbers_in, parsed
from agents.programs.story_clauses import clauses_in, number_behind
from agents.programs.story_links import LABEL, label_of, links_in

_ATTRIBUTE = {
    "capacity": r"capacit\w*|bandwidth|throughput|maximum flow|up to",
    "weight": r"weights?|weighing|cost\w*|strengths?|lengths?|distances?|rates?|tim\w+|price|toll|affinity|km",
}
_SAYS_ATTRIBUTE = re.compile("|".join(f"(?P<{name}>\\b(?:{words})\\b)" for name, words in _ATTRIBUTE.items()), re.I)
SURE = 0.9  # of a reading's confidence, which is less where words of the story are left over
LONGEST = 8_000  # characters that are read for links
_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_SECOND = re.compile(r"\bsecond (?:\w+ )?(?:graph|network|layout|plan|design|set|map|dataset|one)\b", re.IGNORECASE)
_DIRECTED = re.compile(r"(?<![-\w])(?:di(?:rected[ -])?graph|directed|one-way|arcs|unidirectional)\b", re.IGNORECASE)
_FEATURES = re.compile(r"\bnode (?P<node>\d+)[^.\n\[\]]{0,60}?(?P<vector>\[[-\d., eE]+\])", re.IGNORECASE)
_DEMAND = re.compile(
    rf"\b(?P<what>demand|supply) (?:of |is |= ?)?(?P<number>[-+]?\d+(?:\.\d+)?)(?: \w+){{0,7}}? (?P<node>{LABEL})",
    re.I,
)
_NODE_RUN = re.compile(
    r"\b(?:nodes|vertices)(?: (?:are )?(?:labell?ed|numbered|named))?(?: from)? "
    r"(?P<first>\d+) (?:to|through|-) (?P<last>\d+)\b",
    re.IGNORECASE,
)


@dataclass
class Given:
    """One graph of a story. edges: (source, target, attributes). places: where in the text it was read.

    directed: whether its way of telling says so; the question's words may say so besides. known: whether it is a graph
    that is known by a name, of which no edge is told.
    """

    edges: list[tuple[Any, Any, dict[str, Any]]]
    nodes: list[Any] = field(default_factory=list)
    features: dict[Any, list[float]] = field(default_factory=dict)
    said_of_nodes: dict[str, dict[Any, float]] = field(default_factory=dict)
    places: list[tuple[int, int]] = field(default_factory=list)
    name: str = ""
    directed: bool = False
    known: bool = False

    @property
    def labels(self) -> list[Any]:
        return list(dict.fromkeys([*self.nodes, *(end for u, v, _ in self.edges for end in (u, v))]))

    @property
    def attributes(self) -> list[str]:
        return list(dict.fromkeys(key for *_, about in self.edges for key in about))


def says_directed(text: str) -> bool:
    return _DIRECTED.search(re.sub(r"\bundirected|\bun-directed|bidirection\w*", "", text)) is not None


def graphs_in(text: str, *, sentences: bool = True) -> list[Given]:
    """The graphs of a text in its order; a graph that is told twice counts once. sentences: or else lists alone."""
    values = literals_in(text)
    found: list[Given] = []
    for literal in values:
        given = _from_literal(literal)
        if given is not None and not _told_before(given, found):
            found.append(given)
    if not found and sentences:
        found = _from_sentences(text)
    for at, given in enumerate(found):
        end = found[at + 1].places[0][0] if at + 1 < len(found) else len(text)
        start = 0 if not at else found[at - 1].places[-1][1]
        _add_nodes(given, text, start if at else 0, end, values)
        if not given.attributes:
            _add_attribute(given, text, values, given.places[-1][1], end)
    return found


def _from_literal(literal: Literal) -> Given | None:
    """A list of pairs, of (u, v, weight), or of (u, v, {…}); a list of ranges or of one pair of numbers is none."""
    value = literal.value
    if not isinstance(value, (list, set, tuple)) or not value or "expect" in literal.name.casefold():
        return None
    items = sorted(value, key=repr) if isinstance(value, set) else list(value)
    if not all(isinstance(item, tuple) and len(item) in (2, 3) and len(item) == len(items[0]) for item in items):
        return None
    if isinstance(value, tuple) and len(items) < 2:
        return None
    edges = []
    for item in items:
        about = item[2] if len(item) == 3 else {}
        if not isinstance(about, dict):
            about = {"weight": about} if isinstance(about, (int, float)) and not isinstance(about, bool) else None
        if about is None or not all(isinstance(end, (int, str)) for end in item[:2]):
            return None
        edges.append((item[0], item[1], about))
    return Given(edges, places=[(literal.start, literal.end)], name=literal.name)


def _told_before(given: Given, found: list[Given]) -> bool:
    """Whether the very same list stands before; the same edges in another order may be a second graph."""
    return any(other.edges == given.edges for other in found)


def _from_sentences(text: str) -> list[Given]:
    """The graph that sentences tell; two where the text speaks of a first and then of a second."""
    second = _SECOND.search(text)
    if second is not None and re.search(r"\bfirst\b", text[: second.start()], re.IGNORECASE):
        apart = [_told(text, 0, second.start()), _told(text, second.start(), len(text))]
        if all(given is not None and len(given.edges) > 1 for given in apart):
            return [given for given in apart if given is not None]
    whole = _told(text, 0, len(text))
    read = _read(text, whole)
    again = _told_again(text)
    if again is not None and _tells_more(again, read or whole):
        return [again]
    return [one for one in (read or whole,) if one is not None]


def _tells_more(one: Given, other: Given | None) -> bool:
    """Whether a reading has more links, or says something of as many."""
    if other is None or (len(one.edges) > len(other.edges) and (bool(one.attributes) or not other.attributes)):
        return True
    return len(one.edges) == len(other.edges) and bool(one.attributes) and not other.attributes


def _told_again(text: str) -> Given | None:
    """The graph that clauses of one kind tell, with what they say of each link."""
    clauses = clauses_in(text[:LONGEST])
    directed = says_directed(text) or all(clause.directed for clause in clauses)
    edges: dict[tuple[Any, Any], dict[str, Any]] = {}
    numbers = []
    for at, clause in enumerate(clauses):
        stop = clauses[at + 1].start if at + 1 < len(clauses) else len(text)
        tail = text[clause.end : min(stop, clause.end + 120)]
        about = _said_attributes(tail.split("\n")[0], text[max(0, clause.start - 40) : clause.start])
        numbers.append(number_behind(text, clause, stop))
        for u, v in clause.pairs:
            if (v, u) not in edges or directed:  # "2 is linked to 1" says again that 1 is linked to 2
                edges.setdefault((u, v), about)
    if not edges:
        return None
    if not any(edges.values()) and all(number is not None for number in numbers):
        said = {pair: n for clause, n in zip(clauses, numbers, strict=True) for pair in clause.pairs}
        edges = {pair: {"weight": said[pair]} for pair in edges}
    listed = [(u, v, dict(about)) for (u, v), about in edges.items()]
    places = [(clause.start, clause.end) for clause in clauses]
    return Given(listed, places=places, directed=all(clause.directed for clause in clauses))


def _read(text: str, told: Given | None) -> Given | None:
    """The graph that the question agent's own reader finds, where it finds more than the links of single sentences."""
    from graphs.errors import GraphError
    from graphs.text import read_text

    try:
        reading = read_text(_without_expected(text[:LONGEST]))
    except (GraphError, ValueError):
        return None
    graph = reading.graph
    if len(reading.graphs) != 1 or graph is None or len(list(graph.edges())) < 2:
        return None
    labels = [label for edge in graph.edges() for label in (edge.source, edge.target)]
    odd = any(isinstance(label, str) and re.search(r"[()\[\]{}<>]|\s\S+\s", label) for label in labels)
    edges = [(e.source, e.target, {k: v for k, v in e.attributes.items() if k in _ATTRIBUTE}) for e in graph.edges()]
    surer = reading.confidence >= (SURE if told is None else 1.0)
    if odd or not surer or (told is not None and told.attributes and not any(about for *_, about in edges)):
        return None
    spots = [(e.provenance.start, e.provenance.end) for e in graph.edges() if e.provenance is not None]
    places = sorted({(start, end) for start, end in spots if start is not None and end is not None})
    return Given(edges, places=places or [(0, 0)], directed=graph.directed, known=not places)


def _without_expected(text: str) -> str:
    """The text without values that are only expected to come out, place for place."""
    for literal in literals_in(text):
        if "expect" in literal.name.casefold():
            text = text[: literal.start] + " " * (literal.end - literal.start) + text[literal.end :]
    return text


def _told(text: str, start: int, stop: int) -> Given | None:
    edges: list[tuple[Any, Any, dict[str, Any]]] = []
    places: list[tuple[int, int]] = []
    for sentence in _END.split(text[start:stop]):
        start = text.find(sentence, start)
        links = links_in(sentence)
        for at, (begin, end, pairs) in enumerate(links):
            tail = sentence[end : links[at + 1][0] if at + 1 < len(links) else len(sentence)]
            about = _said_attributes(tail, sentence[:begin])
            edges += [(u, v, dict(about)) for u, v in pairs]
            places.append((start + begin, start + end))
        start += len(sentence)
    kept: dict[tuple[Any, Any], dict[str, Any]] = {}
    for u, v, about in edges:
        if u != v and ((v, u) not in kept or about):
            kept.setdefault((u, v), about)
    return Given([(u, v, about) for (u, v), about in kept.items()], places=places) if kept else None


def _said_attributes(tail: str, before: str) -> dict[str, Any]:
    """What the words behind a link say of it: "costs 3, with a capacity of up to 6"."""
    about: dict[str, Any] = {}
    numbers = numbers_in(tail)
    words = list(_SAYS_ATTRIBUTE.finditer(tail))
    for number in numbers:
        near = min(words, key=lambda w: min(abs(w.start() - number.end), abs(number.start - w.end())), default=None)
        if near is not None and near.lastgroup not in about:
            about[str(near.lastgroup)] = number.value
            words.remove(near)
    if not about and len(numbers) == 1 and (said := _SAYS_ATTRIBUTE.search(before)):
        about[str(said.lastgroup)] = numbers[0].value
    return about


def _add_attribute(given: Given, text: str, values: list[Literal], start: int, end: int) -> None:
    """A list of numbers as long as the list of edges says something of each edge, in order."""
    count = len(given.edges)
    for literal in values:
        numbers = list(literal.value) if isinstance(literal.value, (list, tuple)) else []
        plain = all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in numbers)
        if start <= literal.start < end and len(numbers) == count and plain:
            _set_attribute(given, text, literal.start, numbers)
            return
    run = re.compile(rf"(?<![\d.\[(])\d+(?:\.\d+)?(?:(?:, and |, | and )\d+(?:\.\d+)?){{{count - 1}}}(?![\d\])])")
    match = run.search(text, start, end) if count > 2 else None
    if match is not None:
        _set_attribute(given, text, match.start(), [number.value for number in numbers_in(match[0])])


def _set_attribute(given: Given, text: str, at: int, numbers: list[Any]) -> None:
    before = list(_SAYS_ATTRIBUTE.finditer(text, max(0, at - 160), at))
    if not before:
        return
    name = str(next((m.lastgroup for m in before if m.lastgroup == "capacity"), before[-1].lastgroup))
    given.edges = [(u, v, {**about, name: x}) for (u, v, about), x in zip(given.edges, numbers, strict=True)]


def _add_nodes(given: Given, text: str, start: int, end: int, values: list[Literal]) -> None:
    """Nodes that are listed or counted through, and their feature vectors."""
    part = text[start:end]
    for match in _FEATURES.finditer(part):
        vector = parsed(match["vector"])
        if isinstance(vector, list):
            given.features[int(match["node"])] = vector  # of two graphs that number alike, the later words count
    if not given.features:
        vectors = [x.value for x in values if start <= x.start < end and _is_vector(x.value)]
        if len(vectors) == len(given.labels) and len({len(vector) for vector in vectors}) == 1:
            given.features = dict(zip(sorted(given.labels, key=str), map(list, vectors), strict=True))
    if given.edges and set(given.labels) <= set(given.features):
        given.features = {node: given.features[node] for node in sorted(given.labels)}
    for match in _DEMAND.finditer(part):
        label = label_of(match["node"])
        if label in given.labels:
            sign = -1 if match["what"].casefold() == "supply" else 1
            given.said_of_nodes.setdefault("demand", {})[label] = sign * numbers_in(match["number"])[0].value
    run = _NODE_RUN.search(part)
    if run is not None and int(run["last"]) - int(run["first"]) < 10_000:
        listed: list[Any] = list(range(int(run["first"]), int(run["last"]) + 1))
        given.nodes = listed if set(given.labels) <= set(listed) else given.nodes
    for literal in values:
        inside = start <= literal.start < end and isinstance(literal.value, (list, tuple, set))
        flat = literal.value if inside else ()
        said = re.search(
            r"\b(?:nodes?|vertices)\b[^.\n]{0,20}$", text[max(0, literal.start - 40) : literal.start], re.I
        )
        if said and flat and all(isinstance(x, (int, str)) for x in flat) and set(given.labels) < set(flat):
            given.nodes = list(flat)


def _is_vector(value: Any) -> bool:
    """Whether a value is a list of numbers that are not all whole, as features are and edges are not."""
    flat = isinstance(value, (list, tuple)) and len(value) > 1 and all(type(x) in (int, float) for x in value)
    return flat and any(isinstance(x, float) for x in value)
