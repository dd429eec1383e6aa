"""Statements with runs of tuples: edges, weights of nodes or lists of nodes, as the words before them say."""

from __future__ import annotations

import re

from graphs.text.declare import read_declarations
from graphs.text.edges import link_tuples, read_tuples
from graphs.text.lexicon import GRAPH_WORD
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import read_number, split_kind

_NODE_WEIGHTS = lazy(
    r"\b(weight|value|cost|score|label|age|size|colou?r|feature|embedding)s?\s+of\s+(?:the\s+)?(?:nodes|"
    r"vertices)|\b(?:node|vertex)\s+(weight|value|cost|score|label|attribute|feature)s?\b",
    re.I,
)
EDGES_CUE = lazy(
    r"\b(?:edges?|links?|graph|connections?|arcs?|network|E|roads?|relations?|friendships?|adjacency|pairs|ties)\b",
    re.I,
)
_OTHER_CUE = lazy(
    r"\b(?:path|walk|cycle|tour|set|sequence|nodes|vertices|order|removing|remove|deleting|adding|add|pair|"
    r"between|from|tuple|list)\b[^.]*$",
    re.I,
)
# Brackets around something that is no pair, or two ends without brackets, next to a run of tuples.
_UNREAD = lazy(
    r"[(\[{][^()\[\]{}]*$|[(\[{]\s*[^\s()\[\]{},]+(?:\s+[^\s()\[\]{},]+)?\s*[)\]}]|[,;]\s*(?:and\s+)?\w+\s*(?:to|-+>?|→)\s*\w+"
)
_NOT_EDGES = lazy(
    r"\b(?:nodes|vertices|V|path|walk|cycle|tour|sequence|triad|order(?:ing)?|triplet)\b[\s:=]*(?:are|is|set)?[\s:=]*$"
)


def read_tuple_statement(scan: Scan, start: int, end: int) -> bool:
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
        if linked and not EDGES_CUE.search(gap[-300:]) and _UNREAD.search(gap.rstrip(" [({=")[-3000:]):
            _note_unread(scan, gap)
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
    if linked and _UNREAD.search(tail[:3000]):
        _note_unread(scan, tail)
    if linked and len(tail) < 3000 and GRAPH_WORD.search(tail):
        read_declarations(scan, position, end)
    return linked


def _note_unread(scan: Scan, part: str) -> None:
    """Say that a part of a list of edges was not understood."""
    shown = " ".join(part.split())[:60]
    scan.draft.contradictions.append(f"a part of the list of edges could not be read: {shown!r}")


def _is_edges(scan: Scan, gap: str, items: list[re.Match[str]]) -> bool:
    gap = gap[-300:]
    if scan.mode == "edges" or EDGES_CUE.search(gap):
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
