"""Documents that were uploaded to grow a graph from: taken over under their own names."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from agents.growing.sources.documents import HTML, TEXT
from graphs.errors import BadArgument, TooLarge
from ui.report.markup import clean, short

ENDINGS = tuple(sorted(HTML | TEXT | {".pdf"}))
MOST = 50  # documents at a time
FOLDER = "uploaded"  # in the graph's own folder, until they have been read


def taken(paths: Sequence[str], uploads: Path, folder: Path, max_bytes: int) -> list[Path]:
    """Move uploaded documents into `folder`; returns where they lie, in order.

    Raises:
        BadArgument: a file lies elsewhere, which no upload does, or has an ending that is not read.
        TooLarge: there are too many, or one has more than `max_bytes` bytes.
    """
    real = [Path(path).resolve() for path in paths]
    try:
        for path in real:
            _check(path, uploads.resolve(), max_bytes)
        if len(real) > MOST:
            raise TooLarge(
                f"{len(real)} documents are more than the {MOST} that are taken at a time; add them in turns"
            )
        folder.mkdir(parents=True, exist_ok=True)
        found = []
        for number, path in enumerate(real):
            place = folder / str(number) / (short(clean(path.name), 80) or "document.txt")
            place.parent.mkdir()
            shutil.move(path, place)
            found.append(place)
        return found
    finally:
        for path in real:
            if path.is_relative_to(uploads.resolve()):
                path.unlink(missing_ok=True)


def _check(path: Path, uploads: Path, max_bytes: int) -> None:
    if not path.is_relative_to(uploads) or not path.is_file():
        raise BadArgument("this is no file that was uploaded here; choose it again")
    name = short(clean(path.name), 80)
    if path.suffix.casefold() not in ENDINGS:
        raise BadArgument(f"{name} is no document that can be read; upload files that end with {', '.join(ENDINGS)}")
    if path.stat().st_size > max_bytes:
        raise TooLarge(f"{name} has {path.stat().st_size:,} bytes, over this server's limit of {max_bytes:,}")
