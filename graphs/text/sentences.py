"""Line by line, sentence by sentence: which reader takes it."""

from __future__ import annotations

import re

from graphs.text.clauses import read_clause, read_repeated, read_value
from graphs.text.declare import read_declarations, read_sides
from graphs.text.edges import CONNECTOR, link_tuples, read_arrows, read_hyphens, read_tuples
from graphs.text.lexicon import GRAPH_WORD, HEADING, HEADINGS, standard_attribute
from graphs.text.lists import read_list_lines
from graphs.text.question import (
    FORMAT_TAIL,
    IMPERATIVE,
    INTERROGATIVE,
    PROBLEM,
    introduces,
    is_definition,
    is_filler,
    is_format,
    is_parameter,
    is_task,
)
from graphs.text.scan import Scan
from graphs.text.templates import learn, read_run
from graphs.text.tokens import BULLET, read_number, sentences, split_kind

_NOTATION = re.compile(
    r"[(\[<{]\s*(\w+)\s*(?:,|->|-+|→)\s*(\w+)\s*(?:[,:]\s*(\w+)\s*)?[)\]>}]\s*(?:means|denotes|represents|indicates|stands for|is an? (?:un)?directed edge|is an? edge|describes|says)",
    re.I,
)
_ARROW_NOTATION = re.compile(
    r"\b(\w+)\s*(?:->|--|-|→)\s*(\w+)\s+(?:means|denotes|represents|indicates|stands for)\b", re.I
)
_NODE_WEIGHTS = re.compile(
    r"\b(weight|value|cost|score|label|age|size|colou?r|feature|embedding)s?\s+of\s+(?:the\s+)?(?:nodes|vertices)|\b(?:node|vertex)\s+(weight|value|cost|score|label|attribute|feature)s?\b",
    re.I,
)
_EDGES_CUE = re.compile(
    r"\b(?:edges?|links?|graph|connections?|arcs?|network|E|roads?|relations?|friendships?|adjacency|pairs|ties)\b",
    re.I,
)
_OTHER_CUE = re.compile(
    r"\b(?:path|walk|cycle|tour|set|sequence|nodes|vertices|order|removing|remove|deleting|adding|add|pair|between|from|tuple|list)\b[^.]*$",
    re.I,
)
_NOT_EDGES = re.compile(
    r"\b(?:nodes|vertices|V|path|walk|cycle|tour|sequence|triad|order(?:ing)?|triplet)\b[\s:=]*(?:are|is|set)?[\s:=]*$"
)
_GRAPH_LABEL = re.compile(
    r"\s*(?:the\s+)?(?:(?:first|second|third)\s+(?:sub)?graph|(?:sub|target\s+|pattern\s+|query\s+|input\s+)?graph\s+[#]?(?P<name>[A-Z]['′]?|\d|[A-Z]\d|one|two)|(?P<short>[A-HK-Z]['′]|[GH][0-9]?))\s*(?:\((?:un)?directed\))?\s*[:=]",
    re.I,
)
_GIVEN = re.compile(
    r"\s*(?:given|consider(?:ing)?|for|in|with|if|suppose|let|from|using|on|having|assum(?:e|ing)|take)\b", re.I
)
_THEN_ASK = re.compile(
    r"([,:;]\s+)(?=(?:please\s+|then\s+)?(?:find|compute|calculate|what|which|who|how|is|are|does|do|can|list|give|determine|count|tell|output|sort|return|identify|check)\b)",
    re.I,
)
_WITH_EDGES = re.compile(
    r"\b(?:edges?|links?|graph|connections?|arcs?|network|roads?)\b[^.?!()\[\]{}]{0,60}?[\s:=]*$", re.I
)


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
            taken = read_list_lines(scan, position, stop, end)
            if taken:
                position = taken
                continue
            _line(scan, position, stop)
        position = stop + 1


def _line(scan: Scan, start: int, end: int) -> None:
    if scan.phrase and end - start < 400 and read_repeated(scan, start, end):
        scan.claim(start, end, "graph")
        return
    taken = start
    for first, last in sentences(scan.text, start, end):
        if first >= taken and scan.template is not None:
            taken = read_run(scan, first, end)
        if first < taken:
            continue
        if scan.text[first:last].strip():
            _sentence(scan, first, last)


def claim_heading(scan: Scan, start: int, end: int) -> int:
    """Claim a heading like "Q:" or "Edges:" at the start of a sentence; returns where the sentence goes on."""
    found = HEADING.match(scan.text, start, min(end, start + 120))
    if not found:
        return start
    role = HEADINGS.get(" ".join(found[1].lower().split()))
    if role is None:
        return start
    stop = found.end()
    if role in ("edges", "nodes", "embedding", "matrix"):
        scan.mode = role
        scan.claim(start, stop, "graph")
    elif role == "format":
        scan.mode = "format"
        scan.claim(start, stop, "filler")
    else:
        scan.mode = "question" if role == "question" else ""
        scan.asked = scan.asked or role == "question"
        if role == "answer" and scan.text[stop:end].strip() and not scan.asked:
            return start
        scan.claim(start, stop, "filler")
    return stop


def _sentence(scan: Scan, start: int, end: int) -> None:
    named = _GRAPH_LABEL.match(scan.text, start, min(end, start + 60))
    if named:
        _name_graph(scan, named)
        scan.state_direction(start, named.end())
        scan.claim(start, named.end(), "graph")
        scan.mode = "edges"
        start = named.end()
    else:
        start = claim_heading(scan, start, end)
    sentence = scan.text[start:end].strip()
    if not sentence:
        return
    middle = _premise(scan, start, end)
    if middle:
        _sentence(scan, start, middle)
        _ask(scan, middle, end)
    elif scan.mode == "format":
        _format(scan, start, end)
    elif sentence[-1] in "?？" or sentence[-2:] in ('?"', "?)", "?*"):
        _ask(scan, start, end)
    elif not _notation(scan, start, end, sentence):
        _statement(scan, start, end, sentence)


def _premise(scan: Scan, start: int, end: int) -> int | None:
    """Where the question begins in "Given the edges (0,1), (1,2), find …"; None when no graph goes before it."""
    if scan.draft.links or not _GIVEN.match(scan.text, start, end):
        return None
    cuts = [m.end(1) for m in _THEN_ASK.finditer(scan.text, start, end)]
    if not cuts:
        return None
    before = scan.text[start : cuts[-1]]
    return cuts[-1] if re.search(r"[(\[{]|->|\w-\w|--|→|\bbetween\b|\bfrom\b|\bnodes\b", before) else None


def _name_graph(scan: Scan, found: re.Match[str]) -> None:
    name = found["name"] or found["short"] or found[0].strip(" :=").lower()
    if scan.draft.name and scan.draft.name != name or (scan.draft.links and not scan.draft.name):
        scan.fork(name)
    scan.draft.name = name


def _statement(scan: Scan, start: int, end: int, sentence: str) -> None:
    """A sentence that does not end in a question mark."""
    short = len(sentence) < 3000
    before = len(scan.draft.links)
    if scan.mode == "embedding" or "[" in sentence[:80]:
        if short and read_value(scan, start, end):
            scan.claim(start, end, "graph")
            return
    if short and is_filler(sentence):
        scan.claim(start, end, "filler")
    elif short and is_format(sentence) and not _starts_with_label(scan, sentence):
        _format(scan, start, end)
    elif short and is_definition(sentence) and not _EDGES_SAID(sentence):
        _define(scan, start, end)
    elif _imperative(scan, sentence):
        _ask(scan, start, end)
    elif any(sign in sentence for sign in "([{") and _tuples(scan, start, end):
        scan.state_direction(start, min(end, start + 500))
        scan.claim(start, end, "graph")
    elif _signs(scan, start, end) or (short and _prose(scan, start, end, sentence)):
        scan.state_direction(start, min(end, start + 500))
        scan.claim(start, end, "graph")
        learn(scan, start, end, before)
    else:
        _rest(scan, start, end, sentence)


def _EDGES_SAID(sentence: str) -> bool:
    return sentence.rstrip().endswith(":")


def _starts_with_label(scan: Scan, sentence: str) -> bool:
    return sentence.split(None, 1)[0] in scan.draft.declared


def _imperative(scan: Scan, sentence: str) -> bool:
    head = sentence[:400]
    if "[TBR]" in sentence[:5000]:
        return True
    if (
        IMPERATIVE.match(head) is None
        and not (scan.mode == "question" and INTERROGATIVE.match(head))
        and not is_task(head)
    ):
        return False
    return not _starts_with_label(scan, sentence) or "?" in sentence


def _signs(scan: Scan, start: int, end: int) -> bool:
    text = scan.text
    sure = scan.mode == "edges"
    bullet = BULLET.match(text, start, end)
    begin = bullet.end() if bullet else start
    if "->" in text[begin:end] or "--" in text[begin:end] or CONNECTOR.search(text, begin, min(end, begin + 5000)):
        if read_arrows(scan, begin, end, sure=sure):
            return True
    return text.find("-", begin, end) >= 0 and read_hyphens(scan, begin, end, sure=sure)


def _prose(scan: Scan, start: int, end: int, sentence: str) -> bool:
    if read_sides(scan, start, end):
        return True
    if scan.mode == "nodes":
        from graphs.text.declare import list_labels

        labels = list_labels(sentence)
        if labels:
            scan.draft.declare(labels)
            scan.mode = ""
            return True
    if read_clause(scan, start, end) or read_value(scan, start, end):
        return True
    if GRAPH_WORD.search(sentence):
        if sentence.endswith(":"):
            scan.mode = "edges" if _EDGES_CUE.search(sentence) else scan.mode
        declared = read_declarations(scan, start, end)
        return declared or _about_graph(sentence)
    return bool(_among(scan, start, end))


def _among(scan: Scan, start: int, end: int) -> bool:
    return "among" in scan.text[start : min(end, start + 1000)] and read_declarations(scan, start, end)


_ABOUT = re.compile(
    r"(?:given|consider|suppose|let|assume|here|below|the following|following|in this|in the|in an?|this is|we have|i have|there is|g\b|graph|the graph|an? |you (?:are|have been) given|"
    r"take|imagine|look at|it is|the edges|the network|all edges|edges|the roads|all roads|these|attached|see|this|my)\b",
    re.I,
)


def _about_graph(sentence: str) -> bool:
    """Whether a sentence introduces or describes the graph without declaring an edge ("Given an undirected graph:")."""
    return sentence.endswith(":") or bool(
        _ABOUT.match(sentence)
        and re.search(r"\b(?:graph|network|edges?|tree|nodes?|links?|digraph|roads?)\b", sentence, re.I)
    )


def _notation(scan: Scan, start: int, end: int, sentence: str) -> bool:
    """How to read the edges: "(u, v, t) means that node u and node v are linked … at time t"."""
    if (
        "mean" not in sentence
        and "denote" not in sentence
        and "represent" not in sentence
        and "stands" not in sentence
        and "indicat" not in sentence
        and "is a" not in sentence
    ):
        return False
    if len(sentence) > 3000:
        return False
    found = _NOTATION.search(sentence) or _ARROW_NOTATION.search(sentence)
    if not found:
        return False
    last = found.groups()[2] if found.re is _NOTATION else None
    tail = sentence[found.end() :]
    if last:
        said = re.search(rf"\b((?:\w+\s+)?\w+)\s+(?:of\s+|is\s+|=\s*)?{re.escape(last)}\b", tail)
        if said:
            word = said[1].split()[-1]
            scan.third = standard_attribute(word)
    elif "[" in found[0] and re.search(r"\bhas\b", tail):
        said = re.search(rf"\b(\w+)\s+(?:of\s+|is\s+)?{re.escape(found[2])}\b", tail)
        scan.pair_is_attribute = ("weight", said[1] if said else "weight")
    scan.state_direction(start, end, draft=False)
    if scan.draft.stated is None and scan.draft.empty:
        scan.draft.stated = scan.stated
    scan.claim(start, end, "notation")
    return True


def _tuples(scan: Scan, start: int, end: int) -> bool:
    """Runs of tuples in a statement: edges, weights of nodes, or lists of nodes, as the words before them say."""
    text = scan.text
    runs = read_tuples(scan, start, end)
    if not runs:
        return False
    position, linked = start, False
    for begin, stop, items in runs:
        gap = text[position:begin]
        weights = _NODE_WEIGHTS.search(gap)
        if not weights and _NOT_EDGES.search(gap[-200:]):
            linked |= read_declarations(scan, position, stop)
            position = stop
            continue
        if gap.strip():
            read_declarations(scan, position, begin)
        if weights and not re.search(r"\bedges\b[^,;]*$", gap, re.I):
            _node_values(scan, weights, items)
            linked = True
        elif _is_edges(scan, gap, items):
            link_tuples(scan, items)
            linked = True
        position = stop
    tail = text[position:end]
    if linked and len(tail) < 3000 and GRAPH_WORD.search(tail):
        read_declarations(scan, position, end)
    return linked


def _is_edges(scan: Scan, gap: str, items: list[re.Match[str]]) -> bool:
    gap = gap[-300:]
    if scan.mode == "edges" or _EDGES_CUE.search(gap):
        return True
    if len(items) == 1 and items[0][0][0] in "[{" and not gap.strip(" [({"):
        return scan.draft.links != []
    return not _OTHER_CUE.search(gap) and (len(items) > 1 or not gap.strip(" -*\t"))


def _node_values(scan: Scan, found: re.Match[str], items: list[re.Match[str]]) -> None:
    word = (found[1] or found[2] or "weight").lower()
    for item in items:
        raw = item.groups()[1].strip()
        number = read_number(raw)
        scan.draft.node(split_kind(item.groups()[0])[0], **{word: raw if number is None else number})


def _ask(scan: Scan, start: int, end: int) -> None:
    """A question; edges inside it ("… in the graph with edges (0,1), (1,2)?") go to the graph when there is none else."""
    inside = _edges_inside(scan, start, end)
    if inside:
        first, last = inside
        scan.claim(first, last, "graph")
        scan.state_direction(start, end)
        for a, b in ((start, first), (last, end)):
            if re.search(r"\w", scan.text[a:b]):
                claim_question(scan, a, b)
        return
    claim_question(scan, start, end)


def _edges_inside(scan: Scan, start: int, end: int) -> tuple[int, int] | None:
    """The span of the edges in a question, when the text has no edges before and the words announce edges."""
    if scan.draft.links:
        return None
    runs = read_tuples(scan, start, end) if any(sign in scan.text[start:end] for sign in "([{") else []
    for begin, stop, items in runs:
        cue = _WITH_EDGES.search(scan.text, max(start, begin - 200), begin)
        if cue and (len(items) > 1 or "edge" in cue[0].lower()):
            read_declarations(scan, start, cue.start() + len(cue[0]))
            link_tuples(scan, items)
            return begin, stop
    found = re.search(
        r"(?:(?:edges?|graph|network|links?)\s*(?:are|is|:|=)?\s*:?\s+)((?:[\w.]{1,40}(?:-{1,2}>?|→)[\w.]{1,40}(?:\s*\(\d+\))?(?:\s*[,;]\s*|\s+and\s+|\s+|(?=\W)))+)",
        scan.text[start:end],
    )
    if found and re.search(r"\w-+>?\w|→", found[1]):
        first, last = start + found.start(1), start + found.end(1)
        stop = last - (len(found[1]) - len(found[1].rstrip(" ,;")))
        if read_arrows(scan, first, stop, sure=True) or read_hyphens(scan, first, stop, sure=True):
            return first, stop
    return None


def claim_question(scan: Scan, start: int, end: int) -> None:
    """Claim a question, and the wanted format at its end ("…, as a python list")."""
    text = scan.text
    sentence = text[start:end]
    tail = FORMAT_TAIL.search(sentence) if len(sentence) < 3000 else None
    weak = introduces(sentence)
    if tail and tail.start() > 8:
        scan.formats.append((start + tail.start(), end))
        scan.claim(start + tail.start(), end, "format")
        end = start + tail.start()
    scan.questions.append((start, end, weak))
    scan.claim(start, end, "question")
    if not weak:
        scan.mode = ""


def _format(scan: Scan, start: int, end: int) -> None:
    scan.formats.append((start, end))
    scan.claim(start, end, "format")


def _define(scan: Scan, start: int, end: int) -> None:
    scan.definitions.append((start, end))
    scan.claim(start, end, "definition")


def _rest(scan: Scan, start: int, end: int, sentence: str) -> None:
    """A sentence that no reader took: part of the question, a description of the graph, or a leftover."""
    if len(sentence) > 3000:
        return
    if scan.questions and is_parameter(sentence):
        scan.questions.append((start, end, False))
        scan.claim(start, end, "question")
    elif scan.mode == "question" or (INTERROGATIVE.match(sentence) and PROBLEM.search(sentence)):
        claim_question(scan, start, end)
    else:
        scan.pending.append((start, end))
