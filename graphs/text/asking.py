"""Claiming questions, and the graph that a question may hold inside."""

from __future__ import annotations

import re

from graphs.text.declare import read_declarations
from graphs.text.edges import link_tuples, read_arrows, read_tuples
from graphs.text.hyphens import read_hyphens
from graphs.text.notation import read_columns
from graphs.text.patterns import lazy
from graphs.text.question import (
    FORMAT_TAIL,
    INTERROGATIVE,
    POLITE_LEAD,
    PROBLEM,
    TAIL_WORDS,
    introduces,
    is_filler,
    is_parameter,
)
from graphs.text.scan import Scan

_GIVEN = lazy(
    r"\s*(?:given|consider(?:ing)?|for|in|with|if|suppose|let|from|using|on|having|assum(?:e|ing)|take)\b", re.I
)
_THEN_ASK = lazy(
    r"([,:;]\s+)(?=(?:please\s+|then\s+)?(?:find|compute|calculate|what|which|who|how|is|are|does|do|can|list|"
    r"give|determine|count|tell|output|sort|return|identify|check)\b)",
    re.I,
)
# Words that only lead to the edges: "… of the graph [with edges] (0,1), (1,2)?"
_DANGLING = lazy(
    r"[,:;\s]+(?:(?:with|having|whose|given\s+by|defined\s+by|described\s+by|by|on|where)\s+)?(?:(?:the|these|following|directed|"
    r"undirected|weighted|edge)\s+)*(?:(?:edges?|links?|connections?|roads?|arcs?|set|list|E)\s*(?:\s(?:are|is)|[:=])?|"
    r"given\s+by|defined\s+by|described\s+by)[\s:=\[{]*$",
    re.I,
)
_ABOUT_EDGES = lazy(
    r"\b(?:paths?|walk|cycle|tour|set|sequence|order|matching|cover|remov\w+|delet\w+|add\w*|following|contract\w*)\b",
    re.I,
)
_WITH_EDGES = lazy(r"\b(?:edges?|links?|graph|connections?|arcs?|network|roads?)\b[^.?!()\[\]{}]{0,60}?[\s:=]*$", re.I)


# what kind of graph it is, in a sentence of its own: "Directed.", "It is a multigraph."
_KIND_ALONE = lazy(
    r"\W*(?:(?:it|this|the\s+graph|all|everything)\s+(?:is|are)\s+|note\s*:\s*)?(?:an?\s+)?(?:(?:un)?directed|multi-?graph|digraph|"
    r"weighted|simple)(?:[\s,]+(?:and\s+)?(?:(?:un)?directed|(?:un)?weighted|simple|graph|multi-?graph))*\W*",
    re.I,
)


def premise_end(scan: Scan, start: int, end: int) -> int | None:
    """Where the question begins in "Given the edges (0,1), (1,2), find …"; None when no graph goes before it."""
    if scan.draft.links or not _GIVEN.match(scan.text, start, end):
        return None
    cuts = [m.end(1) for m in _THEN_ASK.finditer(scan.text, start, end)]
    if not cuts:
        return None
    before = scan.text[start : cuts[-1]]
    return cuts[-1] if re.search(r"[(\[{]|->|\w-\w|--|→|\bbetween\b|\bfrom\b|\bnodes\b", before) else None


def ask(scan: Scan, start: int, end: int) -> None:
    """Claim a question; edges inside it ("… with edges (0,1), (1,2)?") are the graph when there is no other."""
    if end - start < 120 and is_filler(scan.text[start:end]):
        scan.claim(start, end, "filler")
        return
    inside = _edges_inside(scan, start, end)
    if inside:
        first, last = inside
        cue = _DANGLING.search(scan.text, start, first)
        first = cue.start() if cue else first
        scan.claim(first, last, "graph")
        scan.state_direction(start, end)
        for a, b in ((start, first), (last, end)):
            if re.search(r"\w", scan.text[a:b]):
                while scan.text[a] in " :,;.":
                    a += 1
                claim_question(scan, a, a + len(scan.text[a:b].rstrip(" :,;")))
        return
    claim_question(scan, start, end)


def _edges_inside(scan: Scan, start: int, end: int) -> tuple[int, int] | None:
    """The span of the edges in a question, when the text has no edges before and the words announce edges."""
    if scan.draft.links:
        return None
    bracketed = any(sign in scan.text[start:end] for sign in "([{")
    runs = read_tuples(scan, read_columns(scan, start, end), end) if bracketed else []
    for begin, stop, items in runs:
        cue = _WITH_EDGES.search(scan.text, max(start, begin - 200), begin)
        if cue and (len(items) > 1 or "edge" in cue[0].lower()):
            read_declarations(scan, start, cue.start() + len(cue[0]))
            link_tuples(scan, items)
            return begin, stop
        alone = begin == start or scan.text[start:begin].rstrip()[-1:] == ":"
        if alone and len(items) > 1 and not _ABOUT_EDGES.search(scan.text, start, begin):
            link_tuples(scan, items)
            return begin, stop
    found = re.search(
        r"(?:(?:edges?|graph|network|links?|arcs?)\s*(?:are|is|:|=|given by)?\s*:?\s+)((?:[\w.]{1,40}"
        r"(?:\s?(?:-{1,2}>?|→)\s?[\w.]{1,40})+(?:\s*\(\d+\))?(?:(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+)(?:(?:edge|link|arc)\s+)?|\s+|(?=\W)))+)",
        scan.text[start:end],
    )
    if found and re.search(r"\w-+>?\w|→", found[1]):
        first, last = start + found.start(1), start + found.end(1)
        stop = last - (len(found[1]) - len(found[1].rstrip(" ,;")))
        if "," not in found[1] and re.fullmatch(r"\w+-[a-z]{2,}[\w-]*\s*", found[1]):
            return None  # "2-colourable", "k-core"
        if read_arrows(scan, first, stop, sure=True) or read_hyphens(scan, first, stop, sure=True):
            return first, stop
    return None


def claim_question(scan: Scan, start: int, end: int) -> None:
    """Claim a question, and the wanted format at its end ("…, as a python list")."""
    text = scan.text
    lead = POLITE_LEAD.match(text, start, end)
    if lead:
        scan.claim(start, lead.end(), "filler")
        start = lead.end()
    sentence = text[start:end]
    tail = FORMAT_TAIL.search(sentence) if len(sentence) < 3000 and TAIL_WORDS.search(sentence) else None
    weak = introduces(sentence)
    if tail and tail.start() > 8:
        scan.formats.append((start + tail.start(), end))
        scan.claim(start + tail.start(), end, "format")
        end = start + len(sentence[: tail.start()].rstrip(" :,;(–-"))
    scan.questions.append((start, end, weak))
    scan.claim(start, end, "question")
    if not weak:
        scan.mode = ""


def claim_format(scan: Scan, start: int, end: int) -> None:
    scan.formats.append((start, end))
    scan.claim(start, end, "format")


def claim_definition(scan: Scan, start: int, end: int) -> None:
    scan.definitions.append((start, end))
    scan.claim(start, end, "definition")


def claim_rest(scan: Scan, start: int, end: int, sentence: str) -> None:
    """A sentence that no reader took: part of the question, a description of the graph, or a leftover."""
    if len(sentence) > 3000:
        return
    if _KIND_ALONE.fullmatch(sentence):
        scan.state_direction(start, end)
        scan.claim(start, end, "graph")
    elif scan.questions and is_parameter(sentence):
        scan.questions.append((start, end, False))
        scan.claim(start, end, "question")
    elif scan.mode == "question" or (INTERROGATIVE.match(sentence) and PROBLEM.search(sentence)):
        claim_question(scan, start, end)
    else:
        scan.pending.append((start, end))
