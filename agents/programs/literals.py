"""The Python values that a text shows: lists, tuples, sets, dicts and nested lists, with the name that they are given.

People write `edges = [(1, 2), (2, 3)]`, "the pipes (A, B), (A, C) and (B, C)", or `{'a': 1}`; a label without quotes is
a string. A run of bare tuples counts as one list.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CLOSING = {"[": "]", "(": ")", "{": "}"}
_NAME = re.compile(r"([A-Za-z_]\w*)\s*(?:=|:)\s*(?:(?:np\.|numpy\.)?(?:array|asarray|matrix|list|set)\(\s*)?$")
_BETWEEN_TUPLES = re.compile(r"\s*(?:,|;|and|, and|&)?\s*")
LONGEST = 20_000  # characters of one value
WORDS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve dozen fifteen twenty thirty forty fifty "
        "hundred thousand".split(),
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12, 15, 20, 30, 40, 50, 100, 1000),
        strict=True,
    )
)
_NUMBER = re.compile(
    r"(?<![\w.#])(?P<digits>[-+]?\d+(?:,\d{3})*(?:\.\d+)?)(?P<percent>\s?%|\s?per ?cent)?(?:st|nd|rd|th)?(?![\w])"
    rf"|\b(?P<word>{'|'.join(WORDS)})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Literal:
    """A value of the text. name: the variable or word that it is given to, "" for none."""

    value: Any
    start: int
    end: int
    name: str = ""


def literals_in(text: str) -> list[Literal]:
    """The outermost bracketed values of a text, in its order; runs of tuples joined to lists."""
    found = list(_bracketed(text))
    joined: list[Literal] = []
    for literal in found:
        last = joined[-1] if joined else None
        if (
            isinstance(literal.value, tuple)
            and last is not None
            and (isinstance(last.value, tuple) or last.name == "\0run")
            and _BETWEEN_TUPLES.fullmatch(text[last.end : literal.start])
            and len(literal.value) == len(last.value if isinstance(last.value, tuple) else last.value[0])
        ):
            items = [last.value] if isinstance(last.value, tuple) else list(last.value)
            joined[-1] = Literal([*items, literal.value], last.start, literal.end, "\0run")
        else:
            joined.append(literal)
    return [Literal(x.value, x.start, x.end, "" if x.name == "\0run" else x.name) for x in joined]


def _bracketed(text: str) -> Iterator[Literal]:
    at = 0
    while at < len(text):
        if text[at] not in _CLOSING or (text[at] == "(" and at and (text[at - 1].isalnum() or text[at - 1] == "_")):
            at += 1
            continue
        end = _closing(text, at)
        value = parsed(text[at:end]) if end else None
        if value is None or (isinstance(value, tuple) and len(value) < 2 and value != ()):
            at += 1
            continue
        name = _NAME.search(text[max(0, at - 60) : at])
        yield Literal(value, at, end, name[1] if name else "")
        at = end


def _closing(text: str, start: int) -> int:
    """The place behind the bracket that closes the one at `start`; 0 where none does."""
    waiting: list[str] = []
    for at in range(start, min(len(text), start + LONGEST)):
        if text[at] in _CLOSING:
            waiting.append(_CLOSING[text[at]])
        elif text[at] in ")]}":
            if not waiting or waiting.pop() != text[at]:
                return 0
            if not waiting:
                return at + 1
    return 0


def parsed(text: str) -> Any:
    """The value that a text is written as, bare words as strings; None where it is none."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        return _value(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError):
        return None


def _value(node: ast.expr) -> Any:
    if isinstance(node, ast.Name):
        if node.id in ("true", "false"):
            return node.id == "true"
        if len(node.id) > 30:
            raise ValueError(node.id)
        return node.id
    if isinstance(node, (ast.Tuple, ast.List)):
        items = [_value(item) for item in node.elts]
        return tuple(items) if isinstance(node, ast.Tuple) else items
    if isinstance(node, ast.Set):
        return {_value(item) for item in node.elts}
    if isinstance(node, ast.Dict):
        return {_value(k): _value(v) for k, v in zip(node.keys, node.values, strict=True) if k is not None}
    return ast.literal_eval(node)


@dataclass(frozen=True)
class Spoken:
    """A number of the text. share: whether it is said as a percentage, which `value` has as a fraction."""

    value: int | float
    start: int
    end: int
    share: bool = False


def numbers_in(text: str, start: int = 0, end: int | None = None) -> list[Spoken]:
    """The numbers of a stretch of text in its order: digits, percentages, ordinals, and words up to a thousand."""
    found = []
    for match in _NUMBER.finditer(text, start, len(text) if end is None else end):
        if match["word"]:
            found.append(Spoken(WORDS[match["word"].lower()], match.start(), match.end()))
            continue
        digits = match["digits"].replace(",", "")
        value: int | float = float(digits) if "." in digits else int(digits)
        if match["percent"]:
            value = value / 100
        found.append(Spoken(value, match.start(), match.end(), bool(match["percent"])))
    return found
