"""Cutting a text into sentences and lists, and cleaning the labels and numbers found there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphs.text.lexicon import KIND_PREFIX, NOT_LABELS, NUMBER, PLAIN_KINDS, SINGULAR, singular
from graphs.text.patterns import lazy

_BREAK = lazy(r"[.?!;。？！]+[\"')\]”’*_]*(?:\s+(?=\S)|(?<=[。？！]))")
_INLINE = lazy(
    r"(?<=\s)(?:Question|Query|Problem|Task|Answer|Answer format|Output format|Format|Edges|Nodes|Graph)\s?:(?=\s)"
)
_ABBREVIATION = lazy(r"(?:^|[\s(,])(?:e\.g|i\.e|St|Mr|Mrs|Ms|Dr|vs|etc|cf|Prof|No|Fig|resp|approx|Mt|Ft|Jr|Sr)\.$")
BULLET = lazy(r"\s*(?:[*•‣◦▪+–—]\s+|-\s+(?=\S)|\(?\d{1,4}[.)]\s+(?=\D|\d+\s*[-–—>→]))")
_QUOTED = lazy(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|`([^`]*)`|“([^”]*)”|«([^»]*)»|‘([^’]*)’|<([^<>]*)>|\[([^\[\]]*)\]")
_PLAIN_LIST = lazy(r"[\w.#]+(?:,\s*[\w.#]+)*", re.U)
_ITEM = lazy(
    r"""\s*(?:"(?:[^"\\]|\\.)*"|'[^'\n]*'(?!\w)|`[^`]*`|“[^”]*”|<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|[^,;\s"'`“<(\[{]+|["'`“<(\[{])"""
)
_NO_NAME = frozenset("is are and or in of with that which to has have numbered from if was were".split())
_JOINING = frozenset(
    "is are was be of in on at by with for and or to from if when where can must same different".split()
)
_AND = frozenset(("and", "&", "or"))
_INTEGER = lazy(r"(?:0|[1-9][0-9]*|-[1-9][0-9]*)", re.A)
_NUMBER = lazy(NUMBER)
Slice = tuple[int, int]


def sentences(text: str, start: int, end: int) -> Iterator[Slice]:
    """Spans of the sentences of one line, without surrounding white space."""
    first = start
    if text.find(":", start, end) >= 0 and end - start < 20_000:
        for inline in _INLINE.finditer(text, start + 1, end):
            yield from _sentences(text, first, inline.start())
            first = inline.start()
    yield from _sentences(text, first, end)


def _sentences(text: str, start: int, end: int) -> Iterator[Slice]:
    start, end = trim(text, start, end)
    first = start
    if _has_break(text, start, end):
        bullet = BULLET.match(text, start, end)
        position = bullet.end() if bullet else start
        for found in _BREAK.finditer(text, position, end):
            if _breaks(text, first, found):
                yield trim(text, first, found.end())
                first = found.end()
    first, end = trim(text, first, end)
    if first < end:
        yield first, end


def trim(text: str, start: int, end: int) -> Slice:
    """The span without white space at its ends; empty when it holds nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _has_break(text: str, start: int, end: int) -> bool:
    return any(
        text.find(mark, start, end - 1) >= 0
        for mark in (". ", "? ", "! ", "; ", ".) ", "?) ", '" ', "* ", "。", "？", "！")
    )


def _breaks(text: str, first: int, found: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not in an abbreviation, nor inside quotes, nor inside brackets."""
    stop = found.start()
    if text[stop] == "." and _ABBREVIATION.search(text, max(first, stop - 8), stop + 1):
        return False
    if text[stop] == ";" and stop - first > 2000:
        return False
    head = text[first:stop] if stop - first < 2000 else text[stop - 2000 : stop]
    if head.count('"') % 2 and '"' in text[stop : stop + 400].split("\n", 1)[0]:
        return False
    return text[stop] not in ".;" or head.rfind("{") <= head.rfind("}")


def clean(raw: str) -> str:
    """A label without surrounding white space, closing punctuation, markup and quotes: `"Oslo",` becomes `Oslo`."""
    label = raw.strip()
    if label.isalnum():
        return label
    label = label.strip(" \t\r,;")
    while label and label[-1] in ".:!":
        label = label[:-1].rstrip()
    if len(label) > 4 and label.startswith("**") and label.endswith("**"):
        label = label[2:-2]
    quoted = _QUOTED.fullmatch(label)
    if quoted:
        inner = next((part for part in quoted.groups() if part is not None), "").strip()
        return inner or label
    if len(label) > 1 and label[0] == "#" and label[1:].isdigit():
        return label[1:]
    return label


def split_kind(raw: str) -> tuple[str, str | None]:
    """A label and the kind of node said before it: "node 3" is ("3", "node"), "Oslo" is ("Oslo", None)."""
    label = raw.strip(" \t\r,;")
    if label.isalnum():
        return label, None
    found = KIND_PREFIX.match(label)
    if found:
        rest = clean(label[found.end() :])
        if rest and rest.lower() not in _NO_NAME:
            return rest, singular(found[1])
    label = clean(label)
    return (label[4:], None) if label.startswith("the ") and label[4:5].isupper() else (label, None)


_CONTRACTED = lazy(r"(?:I|you|he|she|it|we|they|there|that|what|who|let)['’](?:d|m|ve|ll|re|s)", re.I)


def is_label(label: str, *, known: frozenset[str] | set[str] | dict[str, None] = frozenset()) -> bool:
    """Whether words of prose can be a node's label: known, one word, a number, or words written with capitals."""
    if label in known or len(label) == 1 and label.isalnum():
        return True
    if not label or len(label) > 200 or label.lower() in NOT_LABELS or label.lower() in SINGULAR:
        return False
    words = label.split()
    if len(words) == 1:
        return (any(c.isalnum() for c in label) or not label.isascii()) and not _CONTRACTED.fullmatch(label)
    if words[0].lower() in NOT_LABELS and not (words[0] in ("A", "I", "The") and words[1][0].isupper()):
        return False
    small = sum(
        1 for w in words if w[0].islower() and w not in ("of", "the", "de", "la", "van", "von", "der", "del", "da")
    )
    return small == 0 or (
        words[-1][0].isdigit() and len(words) <= 3 and small < len(words) and not _JOINING.intersection(words)
    )


def may_be_label(label: str) -> bool:
    """Whether small words ("old mill") may be a label where a sentence can be nothing but an edge."""
    words = label.lower().split()
    if len(words) == 1:  # "router is connected to pc1": called by what it is
        return SINGULAR.get(label) == label and label not in PLAIN_KINDS
    return 1 < len(words) < 5 and not any(w in NOT_LABELS or w in SINGULAR or w in _JOINING for w in words)


def split_list(text: str) -> list[str]:
    """The items of a written list, separated by commas, "and" or semicolons, else by white space.

    >>> split_list("0, 1, and 2"), split_list("<3> (weight: 8), <1>"), split_list("B C D")
    (['0', '1', '2'], ['<3> (weight: 8)', '<1>'], ['B', 'C', 'D'])
    """
    text = text.strip().rstrip(".")
    if _PLAIN_LIST.fullmatch(text):
        return [item.strip() for item in text.split(",")]
    items: list[list[str]] = [[]]
    commas = False
    position = 0
    for found in _ITEM.finditer(text):
        separators = text[position : found.start()]
        position = found.end()
        word = found[0]
        if "," in separators or ";" in separators:
            commas = True
            items.append([])
        if word.strip().lower() in _AND:
            commas = True
            items.append([])
        else:
            items[-1].append(word if items[-1] else word.lstrip())
    parts = ["".join(words).strip() for words in items if words]
    if not commas and len(parts) == 1:
        return _split_spaces(parts[0])
    return [part for part in parts if part]


def _split_spaces(text: str) -> list[str]:
    """A list without commas: single tokens between white space when all are short, else one item."""
    words = text.split()
    tokens = all(re.fullmatch(r"\w|#?\d+|[A-Za-z]\d+|<[^<>]*>|\"[^\"]*\"|'[^']*'", word) for word in words)
    return words if tokens and len(words) > 1 and not KIND_PREFIX.match(text) else [text]


def read_number(text: str) -> int | float | None:
    """A number as written (`1,200`, `−3`, `0.5`, `1e-3`), an int where it reads as one; None for anything else."""
    text = text.strip()
    if not _NUMBER.fullmatch(text) or len(text) > 300:
        return None
    text = text.replace(",", "").replace("−", "-")
    try:
        return int(text)
    except ValueError:
        value = float(text)
        return value if abs(value) != float("inf") else None


def all_integers(labels: list[str]) -> bool:
    """Whether every label reads as a plain integer without leading zeros, so that the graph may have int labels."""
    match = _INTEGER.fullmatch
    return bool(labels) and all(match(label) and len(label) < 19 for label in labels)


def plain_kind(kind: str | None) -> bool:
    return kind is None or kind in PLAIN_KINDS
