"""Texts to train on, as blocks of tokens of one length."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.training.errors import BadTrainingData

PLAIN = (".txt", ".md", ".rst")
LINES = (".jsonl", ".ndjson")
IGNORED = -100  # a label that is not predicted
Block = dict[str, Any]  # input_ids and labels, lists of token ids


@dataclass(frozen=True)
class Texts:
    """Documents of a file or a folder. digest: start of the SHA-256 of all of them."""

    name: str
    documents: tuple[str, ...]
    digest: str


def read(path: Path, field: str = "text") -> Texts:
    """A text file (one document), a JSONL file (one a line, under `field`), or a folder of them.

    Raises:
        BadTrainingData: with the file and the line, and what was expected.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix in (*PLAIN, *LINES) and p.is_file())
        if not files:
            raise BadTrainingData(f"{path}: the folder has no {', '.join((*PLAIN, *LINES))} file")
    elif path.is_file():
        files = [path]
    else:
        raise BadTrainingData(f"{path}: there is no such file or folder")
    documents = tuple(text for file in files for text in _documents(file, field) if text.strip())
    if not documents:
        raise BadTrainingData(f"{path} holds no text")
    digest = hashlib.sha256("\0".join(documents).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Texts(path.name, documents, digest)


def _documents(file: Path, field: str) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTrainingData(f"{file} is no UTF-8 text (byte {error.start}); convert it first") from error
    except OSError as error:
        raise BadTrainingData(f"{file} cannot be read: {error.strerror}") from error
    if file.suffix not in LINES:
        yield text
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadTrainingData(f"{file}, line {number}: no JSON ({error.msg})") from error
        found = row.get(field) if isinstance(row, dict) else None
        if not isinstance(found, str):
            has = f"it has {', '.join(map(str, row))}" if isinstance(row, dict) and row else "expected an object"
            raise BadTrainingData(f"{file}, line {number}: no text under {field!r} ({has}); name it with --field")
        yield found


def blocks(documents: Sequence[str], tokenizer: Any, length: int) -> list[Block]:
    """The documents one after the other, each ended by the end-of-text token, cut into blocks; the rest is dropped."""
    ids: list[int] = []
    for text in documents:
        ids += tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
        if tokenizer.eos_token_id is not None:
            ids.append(tokenizer.eos_token_id)
    cuts = range(0, len(ids) - length + 1, length)
    return [{"input_ids": ids[i : i + length], "labels": ids[i : i + length]} for i in cuts]


def split(found: list[Block], share: float, data: str) -> tuple[list[Block], list[Block]]:
    """(training, validation): the last `share` of the blocks, at least one, is for validation.

    Raises:
        BadTrainingData: there are not two blocks.
    """
    if len(found) < 2:
        raise BadTrainingData(
            f"{data} gives {len(found)} block{'s' * (len(found) != 1)} of tokens, and training needs two or more; "
            "give more text or a smaller --length"
        )
    kept = min(max(1, round(share * len(found))), len(found) - 1)
    return found[:-kept], found[-kept:]
