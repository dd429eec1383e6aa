"""`read_text`: take a text apart into graphs, question, wanted format, definitions and leftovers."""

from __future__ import annotations

import re
from itertools import combinations

from graphs.errors import TooLarge
from graphs.graph import Graph
from graphs.text.all_edges import give_to_all
from graphs.text.blocks import find_blocks
from graphs.text.comments import blanked, comments
from graphs.text.draft import Draft, build
from graphs.text.examples import ASKED, chat_marks, text_proper
from graphs.text.finish import ALL_LISTED, finish
from graphs.text.groups import doubt_groups
from graphs.text.headings import claim_heading
from graphs.text.latex import without_latex
from graphs.text.named import beside_name, named_graph
from graphs.text.patterns import lazy
from graphs.text.question import is_definition, is_filler, is_format
from graphs.text.reading import Reading, Span
from graphs.text.scan import Scan
from graphs.text.sentences import read_lines
from graphs.text.tokens import sentences
from graphs.text.unread import doubt_swallowed

MAX_CHARACTERS = 20_000_000


def read_text(text: str, graph: Graph | None = None) -> Reading:
    """Separate the graphs of `text`, its question, the wanted format, definitions and leftovers.

    With `graph` the text is a question about it, and nothing in it is read as edges. Linear in the length of the text.

    Raises:
        TooLarge: the text has more than 20 million characters.

    >>> reading = read_text("Ann and Bob are friends. Bob and Eve are friends. How far is Ann from Eve?")
    >>> reading.graph, reading.question, reading.confidence
    (Graph(3 nodes, 2 edges, undirected), 'How far is Ann from Eve?', 1.0)
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(
            f"the text has {len(text):,} characters, and at most {MAX_CHARACTERS:,} are read; put the graph in a file"
        )
    aside = sorted((*comments(text), *chat_marks(text)))
    scan = Scan(without_latex(blanked(text, aside) if aside else text))
    for start, end in aside:
        scan.claim(start, end, "filler")
    start = _after_examples(scan, text)
    if graph is not None:
        _read_question_only(scan, start)
        return _reading(scan, (graph,))
    _read_part(scan, start, len(text))
    if start and not (all(draft.empty for draft in scan.drafts) and _read_shared_graph(scan, start)):
        scan.text = blanked(scan.text, [(0, start)])  # nothing there is about the graph that is asked
    finish(scan)
    scan.settle_kinds()
    _doubt_what_was_said(scan)
    doubt_swallowed(scan)
    doubt_groups(scan)
    for draft in scan.drafts:
        give_to_all(draft)
    graphs = tuple(build(draft, directed=scan.stated, text=text) for draft in scan.drafts if not draft.empty)
    if not any(draft.links or draft.declared for draft in scan.drafts):
        graphs = named_graph(scan) or graphs
    else:
        graphs = beside_name(scan) or graphs
    scan.text = text
    return _reading(scan, graphs)


_EDGES_SAID = lazy(r"\b(?:has|have|with|contains?|are|of)\s+(\d{1,9})\s+(?:\w+\s+)?edges\b", re.I)
_ALL_PAIRS = lazy(
    r"\b(?:every|each|any|all)\s+(?:two|pairs?)\b[^.;:?!]{0,30}?\b(?:joined|connected|linked|adjacent|friends|neighbou?rs|"
    r"acquainted|know|edge)\b|\bpairwise\s+(?:joined|connected|linked|adjacent)\b",
    re.I,
)
_MOST_PAIRED = 1_000  # nodes
_EVERYONE = lazy(r"\b(?:every(?:one|body)\b(?!\s*:)|no\s?body|no\s+one|all\s+(?:the\s+)?others|except)\b", re.I)


# a part of a graph that is named, or told otherwise: "K4 minus the edge 0-1", "the complete graph less one edge"
_TAKEN_AWAY = lazy(
    r"\b(?:minus|less|plus|without|except(?:\s+for)?|excluding|but\s+not)\s+(?:(?:the|an?|one|two|three|any|its|some|extra|\d+)"
    r"\s+)+(?:edges?|links?|nodes?|vert(?:ex|ices)|leaf|leaves|chords?)\b|"
    r"\b(?:removed|deleted|erased|missing|(?:add|remov|delet|attach|eras)(?:e|ing)?\s+(?:(?:the|an?|one|two)\s+)?"
    r"(?:edge|link|node|vertex|leaf|chord|corner)s?)\b",
    re.I,
)


def _doubt_what_was_said(scan: Scan) -> None:
    """Counts of edges inside a sentence of edges, and words for many nodes at once, which no edge is made of."""
    if len(scan.drafts) != 1 or len(scan.text) > 100_000:
        return
    draft = scan.drafts[0]
    for span in scan.spans():
        said = scan.text[span.start : span.end]
        if span.role != "graph":
            continue
        if taken := _TAKEN_AWAY.search(said):
            draft.contradictions.append(f"{taken[0]!r} was not understood")
            draft.doubts += 0.6
        count = _EDGES_SAID.search(said)
        if count and draft.num_edges is None and draft.links:
            draft.num_edges = int(count[1])
        if pairs := _ALL_PAIRS.search(said):
            _link_pairs(draft, pairs[0], span)
        many = _EVERYONE.search(said)
        if many and f"{many[0]!r} {ALL_LISTED}" not in draft.notes:
            draft.contradictions.append(f"{many[0]!r} was not turned into edges")


def _link_pairs(draft: Draft, said: str, span: Span) -> None:
    """Edges between all nodes, where the text lists them and says no other edge; else a doubt."""
    if draft.links or not 1 < len(draft.declared) <= _MOST_PAIRED:
        pairs = {frozenset(link[:2]) for link in draft.links}
        if 2 * len(pairs) != len(draft.labels()) * (len(draft.labels()) - 1):
            draft.contradictions.append(f"{said!r} was not turned into edges")
            draft.doubts += 0.6
        return
    for one, other in combinations(draft.declared, 2):
        draft.link(one, other, span.start, span.end)


def _read_part(scan: Scan, start: int, end: int) -> None:
    position = start
    for block in find_blocks(scan.text, start, end):
        read_lines(scan, position, block.start)
        block.apply(scan)
        position = block.end
    read_lines(scan, position, end)


def _after_examples(scan: Scan, text: str) -> int:
    """Where the text proper begins behind worked examples; the open mark of an answer behind it is claimed."""
    begin, end = text_proper(text)
    if begin:
        scan.claim(0, begin, "example")
    if end < len(scan.text):
        scan.claim(end, len(scan.text), "filler")
        scan.text = blanked(scan.text, [(end, len(scan.text))])
    return begin


def _read_shared_graph(scan: Scan, start: int) -> bool:
    """Several questions on one graph: the graph stands before the first of them. Whether it was there."""
    first = ASKED.search(scan.text)
    if first is None or first.start() >= start or any(span.role == "leftover" for span in scan.spans()):
        return False  # what was not understood may be the graph
    inner = Scan(scan.text)
    _read_part(inner, 0, first.start())
    if all(draft.empty for draft in inner.drafts):
        return False
    scan.claims = [*(c for c in scan.claims if c[1] > start), (first.start(), start, "example"), *inner.claims]
    scan.drafts, scan.stated, scan.kinds, scan.kinded = inner.drafts, inner.stated, inner.kinds, inner.kinded
    scan.definitions = inner.definitions + scan.definitions
    return True


def _read_question_only(scan: Scan, start: int) -> None:
    """A text about a graph that is already there: question, format, definitions and filler only."""
    from graphs.text.asking import claim_question

    for first, last in sentences(scan.text, start, len(scan.text)):
        for begin, end in _lines(scan.text, first, last):
            begin = claim_heading(scan, begin, end)
            sentence = scan.text[begin:end].strip()
            if not sentence:
                continue
            if is_filler(sentence):
                scan.claim(begin, end, "filler")
            elif is_format(sentence) and not scan.text[begin:end].rstrip().endswith("?"):
                scan.formats.append((begin, end))
                scan.claim(begin, end, "format")
            elif is_definition(sentence) and not sentence.endswith("?") and scan.questions:
                scan.definitions.append((begin, end))
                scan.claim(begin, end, "definition")
            else:
                claim_question(scan, begin, end)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    position = text.find("\n", start, end)
    while position >= 0:
        cuts.append(position + 1)
        position = text.find("\n", position + 1, end)
    return list(zip(cuts, [*cuts[1:], end]))


def _reading(scan: Scan, graphs: tuple[Graph, ...]) -> Reading:
    text = scan.text
    spans = scan.spans()
    leftovers = tuple(text[s.start : s.end] for s in spans if s.role == "leftover")
    contradictions = tuple(dict.fromkeys(c for draft in scan.drafts for c in draft.contradictions))
    assumptions = tuple(dict.fromkeys(note for graph in graphs for note in graph.assumptions))
    return Reading(
        text=text,
        graphs=graphs,
        question=" ".join(_clean(text[a:b]) for a, b, _ in scan.questions),
        answer_format=" ".join(_clean(text[a:b]) for a, b in scan.formats),
        definitions=tuple(_clean(text[a:b]) for a, b in scan.definitions),
        spans=spans,
        contradictions=contradictions,
        assumptions=assumptions,
        confidence=_confidence(scan, graphs, spans, contradictions),
        leftovers=leftovers,
        declared_nodes=any(draft.declared or draft.num_nodes is not None for draft in scan.drafts),
    )


def _clean(text: str) -> str:
    return " ".join(text.split())


def _confidence(
    scan: Scan, graphs: tuple[Graph, ...], spans: tuple[Span, ...], contradictions: tuple[str, ...]
) -> float:
    """1.0 less 0.2 for each contradiction, 0.05 for a leftover (0.2 if it looks like a graph), and other doubts."""
    doubt = scan.doubts + sum(draft.doubts for draft in scan.drafts) + 0.2 * len(contradictions)
    if not graphs and any(_UNREAD.search(scan.text, a, b) for a, b, _ in scan.questions):
        doubt += 0.5
    for span in spans:
        if span.role == "leftover":
            doubt += 0.3 * (not graphs) if span.end - span.start > 20 else 0
            doubt += 0.2 if _graph_like(scan.text[span.start : min(span.end, span.start + 2000)]) else 0.05
    return round(max(0.0, 1.0 - doubt), 2)


_UNREAD = lazy(r"\(\s*\w+\s*,\s*\w+\s*[,)][^()]{0,5}\(|\w\s*->\s*\w|→")
_GRAPH_LIKE = lazy(
    r"\(\s*[\w ]+\s*,\s*[\w ]+\s*[,)]|->|--|→|\b(?:edges?|nodes?|connect\w*|link\w*|friends?|vertex|vertices)"
    r"\b|\d\s*[-–]\s*\d|\w[-–]\w+\s+\d|^\s*\w+[ ,;\t]+\w+(?:[ ,;\t]+\d+)?\s*$|^[^\n]*:[^\n]*\n[^\n]*:",
    re.I,
)


def _graph_like(text: str) -> bool:
    return bool(_GRAPH_LIKE.search(text))
