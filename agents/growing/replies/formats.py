"""Reading a model's reply as a proposal, in whatever of the known forms it comes.

* Graph-PReFLexOR of January 2025 (arXiv 2501.08120): `<|thinking|>` with `1. **A** -[IS-A]-> **B** -[…]-> **C**`;
* its later form: `<think>` with `<brainstorm>`, `<graph>`, `<graph_json>`, `<patterns>` and `<synthesis>`;
* JSON: an object with `nodes` and `edges` (or `graph`, or `triples`) beside the texts of the reasoning.

The reader never raises on text. It repairs what it can, counts each repair by kind, and quarantines the rest with a
reason; nothing is dropped in silence.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agents.growing.grounding.vocabulary import Vocabulary
from agents.growing.replies.arrows import read_arrows
from agents.growing.replies.assembly import Assembly
from agents.growing.replies.legend import legend, symbols_in
from agents.growing.replies.lenient import Loaded, Unreadable, load
from agents.growing.replies.names import is_symbol, spelled_out
from agents.growing.replies.proposal import SECTIONS, Proposal, Quarantined
from agents.growing.replies.sections import Sections, has_tags, split_sections
from agents.growing.replies.statements import without_statements

_SHORT_NAME = re.compile(r"[A-Z][a-z]")  # Oz, Em, Fe: the same everywhere
LONGEST = 400_000  # characters of a reply that are read
_EDGES = ("edges", "triples", "relations", "relationships", "facts", "links")
_NODES = ("nodes", "entities", "vertices", "concepts")
_GRAPHS = ("graph", "graph_json", "knowledge_graph")
_ANSWER = ("answer", "final_answer", "response", "conclusion")
_TEXTS = frozenset({*SECTIONS, *_ANSWER, *_GRAPHS})


@dataclass(frozen=True)
class Terms:
    """What a reply was asked for, as far as its reader must know.

    quotes: the sentences that were shown with numbers, for edges that name one. longest: the characters at which the
    schema cuts a name off. prose: what the model was given to read: it tells how names are written and what signs mean.
    """

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    quotes: Mapping[int, str] = field(default_factory=dict)
    longest: int | None = None
    prose: str = ""

    def assembly(self, prose: str, whole: str, symbols: set[str]) -> Assembly:
        """A graph in the making, with what the reply's own prose tells about its names."""
        prose, whole = f"{prose}\n{self.prose}", f"{whole}\n{self.prose}"
        return Assembly(_keeping(self.vocabulary, prose, whole), *legend(whole, symbols), self.quotes, self.longest)


ANY = Terms()


def read_reply(text: str, terms: Terms = ANY) -> Proposal:
    """The proposal in a reply; never raises. A reply without any graph gives one without triples that says so."""
    cut = ""
    if len(text) > LONGEST:
        text, cut = text[:LONGEST], text[LONGEST:]
    proposal = _read_tagged(text, terms) if has_tags(text) else _read_plain(text, terms)
    if cut:
        more = Quarantined(cut[:300], f"the reply is longer than {LONGEST:,} characters")
        proposal = replace(proposal, quarantined=(*proposal.quarantined, more))
    return proposal


def _read_tagged(text: str, terms: Terms) -> Proposal:
    sections = split_sections(text)
    repairs = sections.repairs
    reasoning = _reasoning(sections, repairs)
    prose = " ".join((reasoning.get("brainstorm", ""), sections.answer))
    readings: list[tuple[list[Any], list[Any]]] = []
    lost: list[tuple[str, str]] = []
    for block in _once(sections.all_of("graph_json"), repairs):
        _read_block(block, readings, lost, repairs)
    written = "\n".join((reasoning.get("graph", ""), *reasoning.values(), sections.answer))
    assembly = terms.assembly(prose, written, symbols_in(readings))
    for nodes, edges in readings:
        assembly.add_nodes(nodes)
        assembly.add_edges(edges, listed=bool(nodes))
    if not any(edges for _, edges in readings) and (written := reasoning.get("graph", "")):
        _add_text_graph(assembly, written, repairs, replaces=bool(sections.all_of("graph_json")))
    return _finished(assembly, repairs, lost, reasoning, sections.answer, text, terms.prose)


def _read_plain(text: str, terms: Terms) -> Proposal:
    """A reply without tags: JSON, or a graph drawn with arrows."""
    try:
        loaded = load(text)
    except Unreadable as why:
        return _read_prose(text, terms, str(why))
    if not isinstance(loaded.value, dict) and not any(graph_in(loaded.value)):
        return _read_prose(text, terms, "no JSON in it")
    return read_json(loaded, text, terms)


def read_json(loaded: Loaded, text: str, terms: Terms = ANY) -> Proposal:
    """The proposal in JSON data that was loaded from `text`."""
    repairs = Counter(loaded.repairs)
    lost: list[tuple[str, str]] = []
    if loaded.lost:
        lost.append(Quarantined(loaded.lost[:300], "the reply was cut short here"))
    nodes, edges = graph_in(loaded.value)
    value = loaded.value if isinstance(loaded.value, dict) else {}
    reasoning = {name: value[name].strip() for name in SECTIONS if isinstance(value.get(name), str) and value[name]}
    answer = next((value[name] for name in _ANSWER if isinstance(value.get(name), str)), "").strip()
    for name in value.keys() - _TEXTS - {*_NODES, *_EDGES}:
        repairs["unknown_field"] += 1
        lost.append(Quarantined(f"{name}: {value[name]!s}"[:300], "a field that is not known"))
    prose = "\n".join((*reasoning.values(), answer))
    assembly = terms.assembly(prose, prose, symbols_in([(nodes, edges)]))
    assembly.add_nodes(nodes)
    assembly.add_edges(edges, listed=bool(nodes))
    return _finished(assembly, repairs, lost, reasoning, answer, text, terms.prose)


def _read_prose(text: str, terms: Terms, why: str) -> Proposal:
    """A reply that is neither tagged nor JSON: it may hold a graph drawn with arrows."""
    repairs: Counter[str] = Counter()
    assembly = Assembly(terms.vocabulary)
    if "->" in text or "→" in text:
        _add_text_graph(assembly, text, repairs, replaces=True)
    lost: list[tuple[str, str]] = (
        [] if assembly.triples() else [Quarantined(text[:300], f"there is no graph in the reply: {why}")]
    )
    return _finished(assembly, repairs, lost, {}, text.strip(), text, terms.prose)


def graph_in(value: Any) -> tuple[list[Any], list[Any]]:
    """(nodes, edges) of JSON data, wherever they stand in it."""
    if isinstance(value, list):
        if len(value) == 3 and all(isinstance(part, str) for part in value):
            return [], [value]
        if not any(isinstance(part, dict) or (isinstance(part, list) and len(part) == 3) for part in value):
            return [], []
        parts = [graph_in(part) if isinstance(part, dict) and _holds_graph(part) else ([], [part]) for part in value]
        return [node for nodes, _ in parts for node in nodes], [edge for _, edges in parts for edge in edges]
    if not isinstance(value, dict):
        return [], []
    if not _holds_graph(value):
        return [], [value] if len(value) >= 3 and not (value.keys() & _TEXTS) else []
    nodes, edges = _lists(value, _NODES), _lists(value, _EDGES)
    for inner in _GRAPHS:
        if isinstance(value.get(inner), (dict, list)):
            more = graph_in(value[inner])
            nodes, edges = nodes + more[0], edges + more[1]
    return nodes, edges


def _holds_graph(value: Mapping[str, Any]) -> bool:
    return any(isinstance(value.get(name), (list, dict)) for name in (*_EDGES, *_NODES, *_GRAPHS))


def _lists(value: Mapping[str, Any], names: Iterable[str]) -> list[Any]:
    """All that stands under these names; what is no list counts as a list of one."""
    found: list[Any] = []
    for name in names:
        part = value.get(name)
        found += part if isinstance(part, list) else [part] if part else []
    return found


def _read_block(
    block: str, readings: list[tuple[list[Any], list[Any]]], lost: list[tuple[str, str]], repairs: Counter[str]
) -> None:
    if not block.strip():
        lost.append(Quarantined(block, "an empty block graph_json"))
        return
    try:
        loaded = load(block)
    except Unreadable as why:
        lost.append(Quarantined(block[:300], f"graph_json: {why}"))
        return
    repairs.update(loaded.repairs)
    if loaded.lost:
        lost.append(Quarantined(loaded.lost[:300], "graph_json was cut short here"))
    nodes, edges = graph_in(loaded.value)
    if not nodes and not edges:
        lost.append(Quarantined(block.strip()[:300], "graph_json without nodes and edges"))
    readings.append((nodes, edges))


def _reasoning(sections: Sections, repairs: Counter[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in SECTIONS:
        texts = [text.strip() for text in _once(sections.all_of(name), repairs) if text.strip()]
        if texts:
            found[name] = "\n\n".join(texts)
    return found


def _once(texts: list[str], repairs: Counter[str]) -> list[str]:
    """The texts without repetitions."""
    kept: list[str] = []
    for text in texts:
        if any(text.split() == other.split() for other in kept):
            repairs["repeated_block"] += 1
        else:
            kept.append(text)
    return kept


def _add_text_graph(assembly: Assembly, text: str, repairs: Counter[str], *, replaces: bool) -> None:
    """Read the graph from text. replaces: in place of JSON that could not be used, which is a repair."""
    graph = read_arrows(text)
    if replaces and graph.edges:
        repairs["graph_from_text"] += 1
    assembly.add_nodes(graph.entities)
    assembly.add_edges([list(edge) for edge in graph.edges], listed=False)
    for what, why in graph.left:
        assembly.leave_out(what, why)


def _keeping(vocabulary: Vocabulary, prose: str, whole: str) -> Vocabulary:
    """The vocabulary, keeping names that prose writes as one word and nothing as several: JavaScript."""
    words = {word.strip(".,;:()*`\"'") for word in prose.split()}
    whole = whole.casefold()
    keep = frozenset(word for word in words if spelled_out(word) != word and spelled_out(word).casefold() not in whole)
    return replace(vocabulary, keep=vocabulary.keep | keep)


def _finished(
    assembly: Assembly,
    repairs: Counter[str],
    lost: list[tuple[str, str]],
    reasoning: Mapping[str, str],
    answer: str,
    text: str,
    prose: str,
) -> Proposal:
    triples, entities, stated = without_statements(assembly.triples(), assembly.entities(), prose)
    left = [*lost, *assembly.quarantined, *stated]
    if not triples and not left:
        left.append(Quarantined(text.strip()[:300], "there is no graph in the reply"))
    return Proposal(
        triples=triples,
        entities=entities,
        answer=answer,
        reasoning=dict(reasoning),
        repairs={kind: count for kind, count in sorted((repairs + assembly.repairs).items()) if count},
        quarantined=tuple(left),
        aliases={name: others for name, others in assembly.aliases().items() if name in {name for name, _ in entities}},
        signs=frozenset(name for name, _ in entities if is_symbol(name) and not _SHORT_NAME.fullmatch(name)),
    )


def graph_json(proposal: Proposal) -> str:
    """The graph of a proposal as one line of JSON with `nodes` and `edges`."""
    nodes = [{"id": name, **({"type": kind} if kind else {})} for name, kind in proposal.entities]
    edges = [{"source": t.source, "relation": t.verb, "target": t.target} for t in proposal.triples]
    return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)
