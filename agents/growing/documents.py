"""Reading documents: text, Markdown, HTML, PDF, and folders of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def read_documents(paths: Iterable[Path | str]) -> Iterator[tuple[str, str]]:
    """(name, text) of every document among `paths`, files or folders, in order."""
    raise NotImplementedError
