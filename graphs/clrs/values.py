"""The values of CLRS-Text: numbers, `[rows of numbers]` and `[[matrices], [of them]]`, written and read."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from graphs.clrs.recorder import Array
from graphs.clrs.spec import Feature
from graphs.errors import ParseError

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_ROW = re.compile(r"\[([^\[\]]*)\]")
_NAN = re.compile(r"[+-]?(?:nan|inf)", re.IGNORECASE)


def in_order(pred: Array) -> list[int]:
    """The nodes from first to last, by pointers to the one before; the first points to itself."""
    following = {before: node for node, before in enumerate(pred.tolist()) if node != before}
    node = next(iter(set(pred.tolist()) - set(following.values())), 0)
    order = [node]
    while order[-1] in following and len(order) < len(pred):
        order.append(following[order[-1]])
    return order


def written(feature: Feature, value: Array, key: Array | None = None) -> str:
    """A feature's value as the text form shows it; `key` holds the numbers that a permutation puts in order."""
    if feature.kind == "permutation" and key is not None:
        return bracketed([key.tolist()[i] for i in in_order(value)])
    if feature.kind == "mask_one":
        return str(int(np.argmax(value)))
    plain = value
    if feature.kind == "categorical":
        plain = np.where((value < 0).any(axis=-1), -1, np.argmax(value, axis=-1))
    elif feature.kind != "scalar":
        plain = value.astype(np.int64)
    shown: Any = plain.tolist()
    return str(shown) if feature.location == "graph" else bracketed(shown)


def bracketed(numbers: list[Any]) -> str:
    """A list without commas, a matrix with commas between its rows only."""
    return str(numbers).replace(",", "").replace("] [", "], [")


def read(text: str, at: int = 0) -> tuple[Any, int]:
    """The value that stands at a place of a text, and the place after it: a number, a list, or a list of lists.

    Raises:
        ParseError: there is no such value.
    """
    if text.startswith("[[", at):
        return _matrix(text, at)
    if text.startswith("[", at):
        return _numbers(text, at)
    match = _NUMBER.match(text, at)
    if match is None:
        raise _unreadable(text, at)
    return number(match.group()), match.end()


def _matrix(text: str, at: int) -> tuple[list[list[Any]], int]:
    rows, at = [], at + 1
    while True:
        row, at = _numbers(text, at)
        rows.append(row)
        if len(row) != len(rows[0]):
            raise ParseError(
                f"row {len(rows)} of a matrix has {len(row)} numbers and the first has {len(rows[0])}; "
                "give every row the same number",
                where=f"character {at}",
            )
        if text.startswith("]", at):
            return rows, at + 1
        if not text.startswith(", ", at):
            raise ParseError('the rows of a matrix are separated by ", " and end with "]"', where=f"character {at}")
        at += 2


def _numbers(text: str, at: int) -> tuple[list[Any], int]:
    match = _ROW.match(text, at)
    if match is None:
        raise _unreadable(text, at)
    words = match.group(1).split()
    for word in words:
        if not _NUMBER.fullmatch(word):
            raise _unreadable(word, 0, f"character {at}")
    return [number(word) for word in words], match.end()


def number(word: str) -> int | float:
    """A whole number where it is written as one, and fits."""
    return int(word) if len(word) < 18 and word.lstrip("-").isdecimal() else float(word)


def _unreadable(text: str, at: int, where: str = "") -> ParseError:
    here = text[at : at + 20]
    if _NAN.match(here):
        message = f"{here.split(',')[0]!r} is no finite number, and CLRS-Text has only those"
    else:
        message = f"{here!r} is neither a number nor a list [1 2 3] nor a matrix [[1 2], [3 4]]"
    return ParseError(message, where=where or f"character {at}")
