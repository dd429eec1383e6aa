"""Line by line, sentence by sentence: which reader takes it."""

from __future__ import annotations

import re

from graphs.text.all_edges import read_for_all, speaks_of_all
from graphs.text.asking import ask, claim_definition, claim_format, claim_rest, premise_end
from graphs.text.called import read_called
from graphs.text.clauses import read_clause, read_repeated
from graphs.text.declare import list_labels, read_among, read_are_kind, read_declarations, read_sides
from graphs.text.edges import CONNECTOR, MARK, read_arrows
from graphs.text.headings import claim_opening
from graphs.text.hyphens import read_hyphens
from graphs.text.juxtaposed import read_juxtaposed
from graphs.text.lexicon import GRAPH_WORD, KIND, MUTUAL, RELATION, heading_role, singular
from graphs.text.lists import read_list_lines
from graphs.text.notation import read_columns, read_notation
from graphs.text.pairs import read_pairs
from graphs.text.patterns import lazy
from graphs.text.question import (
    IMPERATIVE,
    INTERROGATIVE,
    is_definition,
    is_filler,
    is_format,
    is_task,
    is_terse,
    wants,
)
from graphs.text.restated import restates
from graphs.text.scan import Scan
from graphs.text.spoken import asks, asks_for_a_way, supposes
from graphs.text.statements import EDGES_CUE, read_tuple_statement
from graphs.text.templates import learn, read_run
from graphs.text.to_lists import read_away, read_measured_first, read_to_list
from graphs.text.tokens import BULLET, is_label, may_be_label, sentences
from graphs.text.values import read_value

_SIGNS = lazy(r"[(\[{]\s*\w+\s*[,-]|->|→|\w--?\w+\s*[,;]|[\w)][–—]\w")


def read_lines(scan: Scan, start: int, end: int) -> None:
    """Read the part of the text between start and end, which holds no structured block."""
    text = scan.text
    position = start
    while position < end:
        position = read_run(scan, position, end)
        if position >= end:
            break
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        if stop - position > 1 or text[position:stop].strip():
            taken = read_list_lines(scan, position, stop, end) or _read_begun_list(scan, position, stop, end)
            if taken:
                position = taken
                continue
            _line(scan, position, stop)
        position = stop + 1


_PAIR_LINE = r"[ \t]*[\w.-]{1,40}[ \t]+[\w.-]{1,40}(?:[ \t]+[\d.]+)?[ \t]*"
_BEGUN_LIST = lazy(rf"\s*(?P<lead>[A-Za-z][A-Za-z ]{{0,30}}):(?P<first>{_PAIR_LINE})\n{_PAIR_LINE}(?=\n|$)")


def _read_begun_list(scan: Scan, start: int, stop: int, end: int) -> int:
    """Read a list of edges whose first stands behind its heading ("Edges: 1 2", then "2 3"); 0 for no such list."""
    found = _BEGUN_LIST.match(scan.text, start, end)
    if found is None or heading_role(found["lead"]) != "edges":
        return 0
    mode, scan.mode = scan.mode, "edges"
    taken = read_list_lines(scan, found.start("first"), stop, end)
    if taken:
        scan.claim(start, found.start("first"), "graph")
    else:
        scan.mode = mode
    return taken


def _line(scan: Scan, start: int, end: int) -> None:
    before = len(scan.draft.links)
    if scan.phrase and end - start < 400 and read_repeated(scan, start, end):
        scan.claim(start, end, "graph")
        learn(scan, start, end, before)
        return
    taken = read_pairs(scan, start, end)
    for first, last in sentences(scan.text, start, end):
        if first >= taken and scan.template is not None:
            taken = read_run(scan, first, end)
        if first < taken:
            continue
        if scan.text[first:last].strip():
            _sentence(scan, first, last)


def _sentence(scan: Scan, start: int, end: int) -> None:
    start = claim_opening(scan, start, end)
    sentence = scan.text[start:end].strip()
    if not sentence:
        return
    middle = premise_end(scan, start, end)
    if middle:
        _sentence(scan, start, middle)
        ask(scan, middle, end)
    elif scan.mode == "format":
        claim_format(scan, start, end)
    elif sentence[-1] in "?？" or sentence[-2:] in ('?"', "?)", "?*"):
        ask(scan, start, end)
    elif not read_notation(scan, start, end, sentence):
        begin = read_columns(scan, start, end)
        if begin == start:
            _statement(scan, start, end, sentence)
        else:
            _after_columns(scan, start, begin, end)


def _after_columns(scan: Scan, start: int, begin: int, end: int) -> None:
    """A heading that names the parts of its edges, from start to begin, and what follows it in the sentence."""
    read_declarations(scan, start, begin)
    scan.state_direction(start, begin)
    scan.claim(start, begin, "notation")
    scan.mode = "edges"
    while begin < end and scan.text[begin] in ": \t":
        begin += 1
    if scan.text[begin:end].strip():
        _statement(scan, begin, end, scan.text[begin:end].strip())
        scan.mode = ""


def _statement(scan: Scan, start: int, end: int, sentence: str) -> None:
    """A sentence that does not end in a question mark."""
    short = len(sentence) < 3000
    before = len(scan.draft.links)
    if (
        _plain_statement(scan, start, end, sentence)
        or read_juxtaposed(scan, start, end)
        or ("(" in sentence and read_called(scan, start, end))
    ):
        scan.state_direction(start, min(end, start + 500))
        scan.claim(start, end, "graph")
        return
    if short and (scan.mode == "embedding" or "[" in sentence[:80]) and read_value(scan, start, end):
        scan.claim(start, end, "graph")
        return
    if short and is_filler(sentence):
        scan.claim(start, end, "filler")
    elif short and is_format(sentence) and not _starts_with_label(scan, sentence):
        claim_format(scan, start, end)
    elif short and (_asks_tersely(scan, sentence) or (before and asks(scan, sentence))):
        ask(scan, start, end)
    elif short and speaks_of_all(sentence):
        if read_for_all(scan, start, end):
            scan.claim(start, end, "graph")
    elif short and is_definition(sentence) and not _announces(sentence):
        claim_definition(scan, start, end)
    elif _imperative(scan, sentence) or (short and before and asks_for_a_way(sentence)):
        ask(scan, start, end)
    elif short and before and supposes(scan, sentence):
        return  # a leftover, which may be read as a change
    elif (
        read_to_list(scan, start, end)
        or read_measured_first(scan, start, end)
        or (" from " in sentence and read_away(scan, start, end))
        or (any(sign in sentence for sign in "([{") and read_tuple_statement(scan, start, end))
    ):
        scan.state_direction(start, min(end, start + 500))
        scan.claim(start, end, "graph")
    elif _signs(scan, start, end) or (short and _prose(scan, start, end, sentence)):
        if short and restates(scan, before, start, end):
            del scan.draft.links[before:]
            return  # a leftover, which may be read as a change
        scan.state_direction(start, min(end, start + 500))
        scan.claim(start, end, "graph")
        learn(scan, start, end, before)
    else:
        claim_rest(scan, start, end, sentence)


_HEADLINE = lazy(
    r"(?!.*\b(?:nodes?|vertex|vertices|answer|format)\b)(?:[a-z']+\s+|G\s+){0,8}?(?:graph|network|edges|connections|links|roads)"
    r"(?:\s+(?:in|of)\s+(?:the\s+|this\s+)?(?:graph|network|G))?(?:\s+(?:are|is|has))?\s*:",
    re.I,
)


def _plain_statement(scan: Scan, start: int, end: int, sentence: str) -> bool:
    """The commonest forms, read without a look at any other: "a graph among nodes …", "The edges are: (0, 1) …"."""
    if "among" in sentence and read_among(scan, start, end):
        return True
    head = _HEADLINE.match(sentence, 0, 100)
    if head is None or IMPERATIVE.match(head[0]):
        return False
    if head.end() == len(sentence):
        scan.mode = "edges" if EDGES_CUE.search(head[0]) else scan.mode
        return True
    return sentence[head.end() :].lstrip()[:1] == "(" and read_tuple_statement(scan, start, end)


def _asks_tersely(scan: Scan, sentence: str) -> bool:
    return is_terse(sentence) and not _announces(sentence) and not _starts_with_label(scan, sentence)


def _announces(sentence: str) -> bool:
    return sentence.rstrip().endswith(":")


def _starts_with_label(scan: Scan, sentence: str) -> bool:
    word = sentence.split(None, 1)[0]
    return word in scan.draft.declared or any(word in link[:2] for link in scan.draft.links[-200:])


def _imperative(scan: Scan, sentence: str) -> bool:
    head = sentence[:400]
    if "[TBR]" in sentence[:5000] or wants(head):
        return True
    order = IMPERATIVE.match(head)
    if order is not None and singular(order[0].split()[-1]):
        order = None  # "Computers 1 and 2 are connected", "Stations …"
    if (
        (order is None or _is_subject(head, order.end()))
        and not (scan.mode == "question" and INTERROGATIVE.match(head))
        and not is_task(head)
    ):
        return False
    return not _starts_with_label(scan, sentence) or "?" in sentence


_PREDICATE = lazy(
    r"\s+(?:(?:must|should|shall|can|will|is|are|has|have|was|were|needs?|depends?|requires?|precedes?|comes?|goes|happens|"
    r"follows|leads|points|knows|likes)\b|(?:and|,)\s+\w+\s+(?:are|were|met|meet)\b)"
)


_ASKED_FOR = lazy(r"\b(?:tell|know|wonder|say|show|find out|figure out)\b.*\b(?:who|whom|what|which|where|how)$", re.I)


def _is_subject(head: str, stop: int) -> bool:
    """Whether the word that could be a command is what the sentence speaks of: "printing must be done before …"."""
    return _PREDICATE.match(head, stop) is not None and not _ASKED_FOR.search(head, 0, stop)


def _signs(scan: Scan, start: int, end: int) -> bool:
    text = scan.text
    sure = scan.mode == "edges"
    bullet = BULLET.match(text, start, end)
    begin = bullet.end() if bullet else start
    if MARK.search(text, begin, end) is None:
        return False
    if CONNECTOR.search(text, begin, end) and read_arrows(scan, begin, end, sure=sure):
        return True
    return ("-" in text[begin:end] or "–" in text[begin:end]) and read_hyphens(scan, begin, end, sure=sure)


_PREAMBLE = lazy(
    rf"\s*(?:in|on|at|among|of|for|there\s+(?:is|are)|we\s+have|i\s+have|given|consider|take|suppose|imagine|pretend)\b"
    rf"[^,:;.?!()]{{0,80}}\b{KIND}\b[^,:;.?!()]{{0,20}}\b(?:numbered|labell?ed|named|called|indexed)\s+[^,:;.?!()]{{1,40}}[,:]\s+",
    re.I,
)


def _after_preamble(scan: Scan, start: int, end: int) -> bool:
    """Read "In a village of 6 people numbered 1-6, 1 knows 2 and 2 knows 3": who there is, then who knows whom."""
    found = _PREAMBLE.match(scan.text, start, end)
    if found is None or not (
        RELATION.search(scan.text, found.end(), end) or MUTUAL.search(scan.text, found.end(), end)
    ):
        return False
    return read_declarations(scan, start, found.end()) and read_clause(scan, found.end(), end)


def _prose(scan: Scan, start: int, end: int, sentence: str) -> bool:
    if _after_preamble(scan, start, end):
        return True
    if read_sides(scan, start, end) or (" are " in sentence and read_are_kind(scan, start, end)):
        return True
    if scan.mode == "nodes":
        labels = list_labels(sentence)
        if labels and all(is_label(label) or (label.islower() and may_be_label(label)) for label in labels):
            scan.draft.declare(labels)
            scan.mode = ""
            return True
    if read_clause(scan, start, end) or read_value(scan, start, end):
        return True
    if GRAPH_WORD.search(sentence):
        if sentence.endswith(":"):
            scan.mode = "edges" if EDGES_CUE.search(sentence) else scan.mode
        declared = read_declarations(scan, start, end)
        return declared or _about_graph(sentence)
    return bool(_among(scan, start, end))


def _among(scan: Scan, start: int, end: int) -> bool:
    return "among" in scan.text[start : min(end, start + 1000)] and read_declarations(scan, start, end)


_ABOUT = lazy(
    r"(?:given|consider|suppose|let|assume|here|below|the following|following|in this|in the|in an?|this is|"
    r"we have|i have|there is|g\b|graph|the graph|an? |you (?:are|have been) given|"
    r"take|imagine|look at|it is|the edges|the network|all edges|edges|the roads|all roads|these|attached|see|"
    r"this|my)\b",
    re.I,
)


_ONE_EDGE = lazy(
    r"\b(?:an?|another|one)\s+(?:\S+\s+){0,6}?(?:between\s+\S.*\sand\s|from\s+\S.*\sto\s)\S|\s(?:is|are)\s+connected\s+(?:to|with)\s",
    re.I,
)


def _about_graph(sentence: str) -> bool:
    """Whether a sentence introduces or describes the graph without declaring an edge ("Given an undirected graph:")."""
    if _SIGNS.search(sentence) or _ONE_EDGE.search(sentence):
        return False
    return sentence.endswith(":") or bool(
        _ABOUT.match(sentence)
        and re.search(r"\b(?:graph|network|edges?|tree|nodes?|links?|digraph|roads?|matrix)\b", sentence, re.I)
    )
