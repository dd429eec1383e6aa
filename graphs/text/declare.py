"""What a text declares of a graph: its nodes, their numbering, how many nodes and edges there are."""

from __future__ import annotations

import re

from graphs.text.lexicon import KIND, NODES_TO_NUMBER, singular
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import clean, is_label, plain_kind, split_kind, split_list

_TO = r"(?:\s*(?:to|through|until|up to|thru)\s+|\s*[-–—]\s*|\s*\.\.+\s*|\s*…\s*)"
_NUMBERED = lazy(
    rf"\b(?:(?P<count>\d+|{'|'.join(NODES_TO_NUMBER)})\s+)?(?:\w+\s+){{0,2}}?(?P<kind>{KIND})\b"
    rf"(?:\s+(?:of|in)\s+(?:the\s+)?(?:sub)?graph(?:\s+(?P<name>[A-Z]['′]?\w?))?)?,?\s+"
    rf"(?:(?:are|is|being|which are|that are)\s+)?(?:numbered|labell?ed|indexed|named|called|numbering|have "
    rf"ids|with ids|ids|ranging)\s*(?::\s*)?(?:from\s+)?"
    rf"(?P<a>\w+){_TO}(?P<b>\w+)(?:\s+(?P<inc>inclusive))?",
    re.I,
)
_NUMBERING = lazy(r"(?:number|label|index|nam|call|rang)(?:l?ed|ing)|\bids\b", re.I)
_RANGE = lazy(
    rf"\b(?P<kind>{KIND})\s+(?:from\s+)?(?P<a>\d+|[A-Za-z])(?:\s+(?:to|through)\s+|\s*\.\.+\s*|\s*…\s*|"
    rf"\s*[-–]\s*)(?P<b>\d+|[A-Za-z])(?![\w-])",
    re.I,
)
_ELLIPSIS = lazy(r"\b(\w+),\s*(\w+),\s*(?:\w+,\s*)*(?:\.\.\.|…),?\s*(?:and\s+)?(\w+)")
_LISTED = lazy(
    rf"(?:\b(?:among|over|on|contains?|containing|comprises|including|has|have|with|of|set|the|following|are|"
    rf"consists of)\s+(?:the\s+|these\s+|following\s+)*(?:(?:\d+|{'|'.join(NODES_TO_NUMBER)})\s+)?"
    rf"(?P<kind>{KIND})(?:\s+set)?\s*(?:named|called|labell?ed|are|is|:|=|,)?[\s:=]*(?!\s*(?:and|or)\b)"
    rf"|\b(?P<kind2>{KIND})(?:\s+(?:set|list))?(?:\s+of\s+[\w']+)?\s*(?:are|is|:|=|include|includes)"
    rf"(?:\s+(?:named|called|labell?ed|as follows))?[\s:=]*|\bV\s*=\s*|\bV\([\w']+\)\s*=\s*)"
    rf"(?P<list>[^.;:?!\n]*(?:\.\d[^.;:?!\n]*)*)",
    re.I,
)
_ARE_KIND = lazy(
    rf"\s*(?P<list>[^\W_][^.;:?!\n]{{0,400}}?[,\s][^.;:?!\n]{{0,200}}?)\s+are\s+(?:all\s+|the\s+|our\s+|my\s+)*(?:\w+\s+)?"
    rf"(?P<kind>(?!friends?\b){KIND})\s*\.?\s*",
    re.I,
)
_AMONG = lazy(r"\bamong\s+(?:the\s+)?(?P<list>[A-Z\d][^.;:?!\n]*)")
_STOP = lazy(
    r",?\s*\b(?:and|with|where|which|that|having|has|have)?\s*(?:the\s+|these\s+|following\s+)*(?:\d+\s+)?(?:undirected\s+|"
    r"directed\s+|weighted\s+)*(?:edges?|links?|connections?|roads?|arcs?|E\s*=)\b.*|"
    r",?\s*\b(?:and|where)\s+(?:every|each|any|all|no|none|both|some|nobody)\s.*|"
    r"\s+(?:with|where|are|is|which|such|have|has)\b.*",
    re.S | re.I,
)
_COUNT = lazy(
    rf"\b(?P<count>\d+|{'|'.join(w for w in NODES_TO_NUMBER if w != 'zero')})\s+(?:\w+\s+)?(?P<kind>{KIND})\b", re.I
)
# "5 nodes (1 to 5)", "5 nodes, numbered from 1"
_COUNT_RANGE = lazy(rf"\s*[(,]?\s*(?:numbered\s+|labell?ed\s+)?(?:from\s+)?(?P<a>\d+){_TO}(?P<b>\d+)\b(?!\s*[-–])")
_COUNT_FROM = lazy(
    r"\s*[(,]?\s*(?:numbered|labell?ed|numbering|counted)\s+(?:starting\s+)?(?:from|at)\s+(?P<a>\d)\b(?!\s*(?:to\b|-|\.\.|through))"
)
_EDGE_COUNT = lazy(r"\b(\d+)\s+(?:(?!and\b|nodes\b|vertices\b)\w+\s+){0,2}?(?:edges|links|connections|arcs)\b", re.I)
_NUMBER_OF = lazy(
    rf"\b(?:number\s+of|no\.?\s+of|num_|#\s*)\s*(?:(?P<kind>{KIND})|edges|links)\s*(?:is|=|:|are)?\s*(?P<n>\d+)"
    rf"|\b(?P<s>[nm])\s*=\s*(?P<n2>\d+)",
    re.I,
)
_SET = lazy(
    r"\b(?:nodes?\s+)?(?P<which>(?:set|side|part(?:ition)?|group|left|right|first|second)\s*(?:1|2|A|B|U|V|"
    r"side|set|part)?)\s*(?:contains?|consists? of|:|=|is|are|has|nodes?)[\s:]*(?P<list>[^.\n?]+)",
    re.I,
)
_MAX_RANGE = 1_000_000


_AMONG_NODES = lazy(
    rf"[^\d.?!:;()\[\]{{}}<>\n]{{0,300}}?\bgraph\b[^\d.?!:;()\[\]{{}}<>\n]{{0,60}}?\bamong\s+(?:the\s+)?(?:({KIND})\s+)?"
    r"((?:\w+(?: [A-Z]\w*)*,\s)+(?:and\s)?\w+(?: [A-Z]\w*)*)\.?",
    re.I,
)
# "Vertices A, B, C; edges AB, BC"
_BARE_LIST = lazy(
    r"\s*(?:the\s+|with\s+)?(?P<kind>vertices|nodes)\s+(?P<list>\w{1,12}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)\w{1,12})+)"
    r"\s*(?:[;.,]|$|(?=(?:and|with)\s+(?:the\s+)?edges\b)|(?:and|with)?\s*$)",
    re.I,
)
_COMMA = lazy(r",\s(?:and\s)?", re.I)


def read_among(scan: Scan, start: int, end: int) -> bool:
    """Read the plain form "… a graph among nodes A, B, C, and D." in one look; False for any other."""
    found = _AMONG_NODES.fullmatch(scan.text, start, end)
    if not found:
        return False
    _declare(scan, _COMMA.split(found[2]), singular(found[1]) if found[1] else None)
    return True


def read_are_kind(scan: Scan, start: int, end: int) -> bool:
    """Read "A, B, C and D are rooms." as the nodes that there are; False for any other sentence."""
    found = _ARE_KIND.fullmatch(scan.text, start, min(end, start + 700))
    labels = [split_kind(item)[0] for item in split_list(found["list"])] if found else []
    if found is None or len(labels) < 2 or not all(is_label(label) for label in labels):
        return False
    _declare(scan, labels, singular(found["kind"]))
    return True


def read_declarations(scan: Scan, start: int, end: int) -> bool:
    """Read the nodes that text[start:end] declares; returns whether it declared any, or how many."""
    text = scan.text[start : min(end, start + 200_000)]
    done = False
    for found in _NUMBERED.finditer(text) if _NUMBERING.search(text) else ():
        if found["name"]:
            name = found["name"]
            if scan.draft.name and scan.draft.name != name or (scan.draft.links and not scan.draft.name):
                scan.fork(name)
            scan.draft.name = name
        done |= _declare_range(scan, found["a"], found["b"], found["kind"], found["count"])
    if not done:
        done = _declare_list(scan, text) or _declare_plain_range(scan, text)
    return _declare_counts(scan, text) or done


def _declare_plain_range(scan: Scan, text: str) -> bool:
    found = _RANGE.search(text)
    return found is not None and _declare_range(scan, found["a"], found["b"], found["kind"], None)


def _declare_range(scan: Scan, first: str, last: str, kind: str, count: str | None) -> bool:
    labels = expand(first, last)
    if labels is None:
        return False
    _declare(scan, labels, singular(kind))
    if count:
        number = NODES_TO_NUMBER.get(count.lower()) if not count.isdigit() else int(count)
        if number != len(labels):
            scan.draft.contradictions.append(
                f"the text declares {count} {kind}, but numbers {len(labels)} ({first} to {last})"
            )
    return True


def expand(first: str, last: str) -> list[str] | None:
    """The labels of a range of numbers ("0" to "7") or single letters ("a" to "e"); None when it is no range."""
    if first.isdigit() and last.isdigit():
        a, b = int(first), int(last)
        if a > b or b - a > _MAX_RANGE:
            return None
        width = len(first) if first[0] == "0" and len(first) > 1 else 0
        return [str(i).zfill(width) for i in range(a, b + 1)]
    if (
        len(first) == len(last) == 1
        and first.isascii()
        and last.isascii()
        and first.isalpha()
        and last.isalpha()
        and first <= last
    ):
        return [chr(i) for i in range(ord(first), ord(last) + 1)]
    stem = re.fullmatch(r"([A-Za-z_]+)(\d+)", first)
    other = re.fullmatch(r"([A-Za-z_]+)(\d+)", last)
    if stem and other and stem[1] == other[1]:
        numbers = expand(stem[2], other[2])
        return None if numbers is None else [stem[1] + n for n in numbers]
    return None


def _declare(scan: Scan, labels: list[str], kind: str | None) -> None:
    if not plain_kind(kind):
        scan.kinds.setdefault(str(kind), {}).update(dict.fromkeys(labels))
    scan.draft.declare(labels)


def _declare_list(scan: Scan, text: str) -> bool:
    bare = _BARE_LIST.match(text)
    for found in (*_LISTED.finditer(text), *_AMONG.finditer(text), *((bare,) if bare else ())):
        labels = list_labels(found["list"])
        groups = found.groupdict()
        kind = groups.get("kind") or groups.get("kind2")
        if labels and (
            len(labels) > 1 or "{" in found["list"] or "[" in found["list"] or "among" in found[0][:8].lower()
        ):
            _declare(scan, labels, singular(kind) if kind else None)
            return True
    return False


def list_labels(raw: str) -> list[str] | None:
    """The labels of a written list of nodes ("A, B, and C", "{1, 2, 3}", "0, 1, …, 9"); None when it is no list."""
    raw = raw.strip()
    if not raw:
        return None
    if raw[0] in "{[(":
        close = {"{": "}", "[": "]", "(": ")"}[raw[0]]
        stop = raw.find(close)
        raw = raw[1:stop] if stop > 0 else raw[1:]
        if "(" in raw or "[" in raw:
            return None
    else:
        raw = _STOP.sub("", raw)
    more = _ELLIPSIS.search(raw) if "..." in raw or "…" in raw else None
    if more:
        return expand(more[1], more[3])
    labels = [split_kind(item)[0] for item in split_list(raw)]
    if not labels or any(not label or len(label.split()) > 6 or label[0] in "([{" for label in labels):
        return None
    return [clean(label) for label in labels]


def _declare_counts(scan: Scan, text: str) -> bool:
    done = False
    found = _COUNT.search(text)
    if found and scan.draft.num_nodes is None and not scan.draft.declared and plain_kind(singular(found["kind"])):
        word = found["count"].lower()
        scan.draft.num_nodes = int(word) if word.isdigit() else NODES_TO_NUMBER[word]
        done = True
        _declare_counted(scan, text, found.end(), scan.draft.num_nodes)
    elif found and scan.draft.declared and plain_kind(singular(found["kind"])) and scan.draft.num_nodes is None:
        word = found["count"].lower()
        scan.draft.num_nodes = int(word) if word.isdigit() else NODES_TO_NUMBER[word]
    for said in _NUMBER_OF.finditer(text):
        value = int(said["n"] or said["n2"])
        if said["kind"] or (said["s"] or "").lower() == "n":
            scan.draft.num_nodes = value
        else:
            scan.draft.num_edges = value
        done = True
    edges = _EDGE_COUNT.search(text)
    if edges and scan.draft.num_edges is None:
        scan.draft.num_edges = int(edges[1])
        done = True
    return done


def _declare_counted(scan: Scan, text: str, at: int, count: int) -> None:
    """Declare the nodes of a count with its numbers behind it: "5 nodes (1 to 5)", "5 nodes numbered from 1"."""
    said = _COUNT_RANGE.match(text, at)
    if said is not None:
        labels = expand(said["a"], said["b"])
        if labels is not None and len(labels) == count:
            scan.draft.declare(labels)
        return
    start = _COUNT_FROM.match(text, at)
    if start is not None and count <= _MAX_RANGE:
        scan.draft.declare(str(int(start["a"]) + i) for i in range(count))


def read_sides(scan: Scan, start: int, end: int) -> bool:
    """Read "Nodes set 1 contains: <0> <1>" as one side of a bipartite graph."""
    found = _SET.match(scan.text, start, end)
    if not found:
        return False
    side = 1 if re.search(r"2|\bB\b|\bV\b|right|second", found["which"], re.I) else 0
    labels = list_labels(found["list"])
    if not labels:
        return False
    for label in labels:
        scan.draft.node(label, side=side)
    return True
