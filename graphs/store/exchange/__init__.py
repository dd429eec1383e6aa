"""A store in other programs' formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

from graphs.store.errors import StoreError
from graphs.store.exchange import json_form
from graphs.store.reading import Reading

_WRITERS: dict[str, Callable[[Reading, IO[str]], None]] = {"json": json_form.write}
FORMATS = tuple(_WRITERS)


def export(store: Reading, to: str | Path | IO[str], format: str = "json") -> None:
    """Write the store to a path or a text stream. Equal stores give equal bytes: sorted, without times or counters.

    Raises:
        StoreError: the format is not known, or the file cannot be written.
    """
    if format not in _WRITERS:
        raise StoreError(f"there is no format {format!r}; choose from {', '.join(FORMATS)}")
    if not isinstance(to, (str, Path)):
        _WRITERS[format](store, to)
        return
    try:
        with Path(to).open("w", encoding="utf-8", newline="\n") as stream:
            _WRITERS[format](store, stream)
    except OSError as error:
        raise StoreError(f"{to} cannot be written ({error.strerror}); name another file") from error
