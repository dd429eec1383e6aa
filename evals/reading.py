"""Careful reading of answers that are only text: what a reply says, never what happens to stand in it.

Every reader takes the text and returns what was said, or None when that cannot be made out. Patterns are linear in the
length of the text, and only the first 20,000 characters are read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from graphs.graph import Node

LIMIT = 20_000
_ANSWER = re.compile(r"(?:^|[\s*#>])(?:final\s+)?answer(?:\s+is)?\s*[:=]", re.IGNORECASE)
_THINK = re.compile(r"</think>", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w./])\d{1,15}/\d{1,15}(?![\w/])|(?<![\w.])[-+−]?\d{1,15}(?:,\d{3})*(?:\.\d{1,18})?(?:[eE][-+]?\d{1,3})?(?![\w%])"
)
_YES = re.compile(r"\b(?:yes|true)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|false)\b(?!\s*\.?\s*\d)", re.IGNORECASE)
_NO_PATH = re.compile(
    r"\bno (?:\w+ ){0,2}path\b|\bnot (?:be )?(?:reachable|reached|connected)\b|\bunreachable\b|\bcannot (?:be )?reach"
    r"|\bno (?:\w+ )?route\b|\b(?:path|route) does(?:n't| not) exist\b|\binfinit|\bdisconnected\b|^\s*inf\b|∞",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:no|none|nobody|no one|empty|nothing)\b|\[\s*\]|\{\s*\}|∅", re.IGNORECASE)
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_WORD_NUMBER = re.compile(r"\b(" + "|".join(_WORDS) + r")\b", re.IGNORECASE)


def answer_part(text: str) -> str:
    """The part of a reply that is the answer: what follows the last "Answer:", else all of it (thoughts left out)."""
    text = text[:LIMIT]
    thoughts = list(_THINK.finditer(text))
    if thoughts:
        text = text[thoughts[-1].end() :]
    marks = list(_ANSWER.finditer(text))
    said = text[marks[-1].end() :] if marks else text
    return said.replace("**", "").replace("`", "").strip()


def read_yes_no(text: str) -> bool | None:
    """The verdict: its first line decides, else the only one of yes and no that the answer contains.

    >>> read_yes_no("No, node 1 is not a neighbour of node 2."), read_yes_no("Node 1 knows node 2.")
    (False, None)
    """
    part = answer_part(text)
    for piece in (_first_words(part), part):
        yes, no = bool(_YES.search(piece)), bool(_NO.search(piece))
        if yes != no:
            return yes
    return None


def _first_words(text: str) -> str:
    return re.split(r"[,.;:!\n]", text.lstrip(" \n\"'*"), maxsplit=1)[0]


def read_number(text: str, labels: Iterable[Node] = ()) -> float | None:
    """The number that is the answer: the last one of the last line that has any, names of nodes left out.

    >>> read_number("The degree of node 7 is 3.", [7, 3])
    3.0
    """
    part = answer_part(text)
    for line in reversed([line for line in part.split("\n") if line.strip()]):
        bare = _without_names(line, labels)
        hits = [_value(hit.group()) for hit in _NUMBER.finditer(bare)]
        if not hits:
            hits = [float(_WORDS.index(hit.group().lower())) for hit in _WORD_NUMBER.finditer(bare)]
        if hits:
            said = re.search(r"\b(?:is|are|has|have|=|equals)\s+(?:exactly\s+)?(" + _NUMBER.pattern + ")", bare)
            return _value(said.group(1)) if said and len(hits) > 1 else hits[-1]
    return None


def _value(text: str) -> float:
    text = text.replace("−", "-")
    if "/" in text:
        top, bottom = text.split("/")
        return float(top) / float(bottom) if float(bottom) else math.nan
    return float(text.replace(",", ""))


def _without_names(line: str, labels: Iterable[Node]) -> str:
    """The line without "node 7", "#7" and labels that are words with digits in them."""
    line = re.sub(
        r"\b(?:nodes?|vertex|vertices)\s+#?<?\w+>?((?:\s*(?:,|and|to|or)\s*)(?:node\s+)?\d+)*", " ", line, flags=re.I
    )
    line = re.sub(r"#\w+", " ", line)
    for label in sorted((str(n) for n in labels if not str(n).isdigit()), key=len, reverse=True)[:500]:
        if any(c.isdigit() for c in label):
            line = line.replace(label, " ")
    return line


def read_length(text: str, labels: Iterable[Node] = ()) -> float | None:
    """A length, or infinity when the answer says that there is no path."""
    if _NO_PATH.search(answer_part(text)):
        return math.inf
    return read_number(text, labels)


def read_numbers(text: str) -> list[float] | None:
    """All numbers of the answer's list: what stands in its last brackets, else in its last line with numbers."""
    part = answer_part(text)
    brackets = re.findall(r"\[([^\[\]]{0,5000})\]", part)
    if brackets:
        return [_value(hit.group()) for hit in _NUMBER.finditer(brackets[-1])]
    for line in reversed(part.split("\n")):
        hits = [_value(hit.group()) for hit in _NUMBER.finditer(_without_names(line, ()))]
        if hits:
            return hits
    return [] if _NONE.search(part) else None


def mentions(text: str, labels: Iterable[Node]) -> list[Node]:
    """The labels in the order in which the text names them: whole words, the longest label where several fit."""
    by_text = {str(label): label for label in labels}
    folded = {name.casefold(): label for name, label in by_text.items()}
    if not folded:
        return []
    names = sorted(folded, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
    return [folded[hit.group()] for hit in pattern.finditer(text.casefold())]


def read_nodes(text: str, labels: Sequence[Node]) -> list[Node] | None:
    """The list of nodes that is the answer: in brackets, after a colon, after a verb, or the line of names alone.

    >>> read_nodes("The neighbours of Ann are Bob and Eve.", ["Ann", "Bob", "Eve"])
    ['Bob', 'Eve']
    """
    part = answer_part(text)
    brackets = re.findall(r"\[([^\[\]]{0,5000})\]|\{([^{}]{0,5000})\}", part)
    if brackets:
        return mentions("".join(brackets[-1]), labels)
    if re.match(r"\W*(?:no|none|nobody)\b", part, re.IGNORECASE):
        return []
    lines = [line for line in part.split("\n") if line.strip()]
    for line in reversed(lines):
        said = line.rpartition(":")[2] if ":" in line else line
        clause = re.search(r"(?:\bare|\bis|\bto|\bwith)\s+(?!in\b|not\b|connected\b|no\b)(.+)$", said)
        found = mentions(clause.group(1) if clause else said, labels)
        if found:
            return found
    return [] if not part or _NONE.search(part) else None


def read_sequence(text: str, labels: Sequence[Node]) -> list[Node] | None:
    """A path or an order: the longest run of labels in one line joined by commas or arrows."""
    part = answer_part(text)
    name = "|".join(re.escape(n) for n in sorted((str(x) for x in labels), key=len, reverse=True))
    if not name:
        return None
    one = rf"(?:node\s+|#|<|\"|')?(?<!\w)(?:{name})(?!\w)(?:>|\"|')?"
    between = r"(?:\s*(?:,|->|→|–|-->|=>|-|\band\b|\bthen\b)){1,3}\s*"
    run = re.compile(rf"{one}(?:{between}{one})*", re.IGNORECASE)
    runs = [mentions(hit.group(), labels) for hit in run.finditer(part)]
    return max(runs, key=len, default=None)


def read_pairs(text: str, labels: Sequence[Node]) -> list[tuple[Node, Node]] | None:
    """Pairs of labels: `(a, b)`, `[a, b]`, `a - b`, or one pair a line."""
    part = answer_part(text)
    for pattern in (r"\(([^()]{1,300})\)", r"\[([^\[\]]{1,300})\]", r"([^\n;]{1,300})"):
        found = [mentions(hit, labels) for hit in re.findall(pattern, part)]
        pairs = [(p[0], p[1]) for p in found if len(p) == 2]
        if pairs:
            return pairs
    return [] if _NONE.search(part) else None


def read_label(text: str, options: Sequence[str]) -> str | None:
    """Which one of the options the answer names; None when it names none or several."""
    part = answer_part(text)
    said = {hit for hit in mentions(part, options)}
    return str(next(iter(said))) if len(said) == 1 else None


def read_vectors(text: str, labels: Sequence[Node]) -> dict[Node, list[float]] | None:
    """One vector a node: `node 3: [1, 2]`."""
    part = answer_part(text)
    found: dict[Node, list[float]] = {}
    for head, inside in re.findall(r"([^\[\]\n]{1,200})\[([^\[\]\n]{0,500})\]", part):
        names = mentions(head, labels)
        if names:
            found[names[-1]] = [_value(hit.group()) for hit in _NUMBER.finditer(inside)]
    return found or None


def read_values(text: str, labels: Sequence[Node]) -> dict[Node, float] | None:
    """One number a node: `{0: 3, 1: 2}` or `node 0: 3`."""
    part = answer_part(text)
    found: dict[Node, float] = {}
    for piece in re.split(r"[,;{}\n]", part):
        head, mark, tail = piece.rpartition(":")
        names, hits = mentions(head, labels), _NUMBER.search(tail)
        if mark and names and hits:
            found[names[-1]] = _value(hits.group())
    return found or None


def read_rows(text: str) -> list[tuple[int, ...]]:
    """Tuples of integers in their order: `[(0, 1, 0), (2, 3, 1)]`."""
    rows = re.findall(r"[(\[]\s*(\d{1,9})\s*,\s*(\d{1,9})\s*(?:,\s*(\d{1,9})\s*)?[)\]]", answer_part(text))
    return [tuple(int(x) for x in row if x) for row in rows]


def says_none(text: str) -> bool:
    """Whether an answer says that the thing looked for does not exist."""
    part = answer_part(text)
    return part == "[]" or bool(_NO_PATH.search(part)) or bool(re.match(r"\W*(?:no|none)\b", part, re.IGNORECASE))


def all_numbers(text: str) -> list[float]:
    """Every number of a text, names of nodes left out."""
    return [_value(hit.group()) for hit in _NUMBER.finditer(_without_names(text, ()))]
