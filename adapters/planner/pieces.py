"""Text of a question to word pieces, with one piece for each mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MARKS = {"Ⓝ": "[unused1]", "Ⓠ": "[unused2]", "Ⓤ": "[unused3]"}
TOOL = "[unused4]"  # begins the description of a tool
MAX_PIECES = 96
KINDS = ("plan", "other", "vague")  # a graph question, none, one too unclear to act on
PICKS = ("value", "thing", "count", "exists", "length", "hops", "total")
COMPARES = ("", ">", "<", ">=", "<=", "==", "!=")
_SPLIT = re.compile("([ⓃⓆⓊ])")


class Pieces:
    """WordPiece (arXiv 1609.08144) over a vocabulary in which the marks of `MARKS` have pieces of their own."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Vocabulary: the pieces in the order of their ids."""
        from tokenizers import BertWordPieceTokenizer

        self.vocabulary = list(vocabulary)
        self.ids = {piece: number for number, piece in enumerate(self.vocabulary)}
        self._words: Tokenizer = BertWordPieceTokenizer(self.ids, lowercase=True)
        self.marks = {mark: self.ids[piece] for mark, piece in MARKS.items()}

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """The vocabulary of a file with one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n")[:-1])

    def of(self, text: str, *, tool: bool = False) -> tuple[list[int], list[int]]:
        """(ids, places): the ids of a text, at most MAX_PIECES, and the place of each mark that is within them."""
        ids = [self.ids["[CLS]"], *([self.ids[TOOL]] if tool else [])]
        places: list[int] = []
        for part in _SPLIT.split(text):
            if part in self.marks:
                places.append(len(ids))
                ids.append(self.marks[part])
            elif part.strip():
                ids += self._words.encode(part, add_special_tokens=False).ids
        ids = [*ids[: MAX_PIECES - 1], self.ids["[SEP]"]]
        return ids, [place for place in places if place < MAX_PIECES - 1]


def padded(rows: Iterable[Sequence[int]], fill: int = 0) -> np.ndarray:
    """Rows of different lengths as one array [rows, longest] of int64."""
    rows = list(rows)
    out = np.full((len(rows), max(map(len, rows))), fill, dtype=np.int64)
    for number, row in enumerate(rows):
        out[number, : len(row)] = row
    return out
