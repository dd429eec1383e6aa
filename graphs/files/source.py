"""Where a graph is read from: a path, bytes or an open file, checked for size and kind, unpacked and decoded."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import IO

from graphs.errors import ParseError, TooLarge

MAX_BYTES = 512 * 1024 * 1024
PICKLES = (".pkl", ".pickle", ".gpickle", ".joblib", ".pt", ".pth", ".npy", ".npz")
_MAGIC = {
    b"PK\x03\x04": "a zip archive or an Excel workbook; unpack it, or save the sheet as CSV",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"%PDF": "a PDF document",
    b"SQLite format 3": "an SQLite database; export the edge table as CSV",
    b"BZh": "a bzip2 archive; unpack it first",
    b"\xfd7zXZ": "an xz archive; unpack it first",
    b"\x28\xb5\x2f\xfd": "a zstd archive; unpack it first",
    b"\x93NUMPY": "a NumPy array; save it as text with numpy.savetxt",
}


@dataclass
class Source:
    """The bytes of one file with its name; `text` decodes them. `notes` collects what was assumed while reading."""

    name: str
    data: bytes
    notes: list[str] = field(default_factory=list)
    _text: str | None = None

    @property
    def suffix(self) -> str:
        return Path(self.name.removesuffix(".gz")).suffix.lower()

    def at(self, line: int, column: int | None = None) -> str:
        """The place for an error message: file, line and column, both from 1."""
        return f"{self.name}, line {line}" + (f", column {column}" if column is not None else "")

    def fail(self, message: str, line: int | None = None, column: int | None = None) -> ParseError:
        return ParseError(message, where=self.name if line is None else self.at(line, column))

    @property
    def text(self) -> str:
        """The content as text: UTF-8, UTF-16 by its mark, else Latin-1 as a noted assumption.

        Raises:
            ParseError: the bytes are no text.
        """
        if self._text is None:
            self._text = self._decode().replace("\r\n", "\n").replace("\r", "\n")
        return self._text

    def lines(self) -> Iterator[tuple[int, str]]:
        """Lines with their number, from 1."""
        return enumerate(self.text.split("\n"), start=1)

    def _decode(self) -> str:
        if self.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return self.data.decode("utf-16")
            except UnicodeDecodeError as error:
                raise self.fail(f"broken UTF-16 text at byte {error.start}; save the file as UTF-8") from error
        nul = self.data.find(b"\0")
        if nul >= 0:
            line = self.data.count(b"\n", 0, nul) + 1
            raise self.fail(f"a NUL byte at offset {nul}: this is not a text file; save it as UTF-8 text", line)
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            sample = self.data[:65536]
            control = sum(byte < 32 and byte not in (9, 10, 11, 12, 13) for byte in sample)
            line = self.data.count(b"\n", 0, error.start) + 1
            if control * 50 > len(sample):
                raise self.fail(f"binary content at byte {error.start}: this is not a text file", line) from error
            self.notes.append(f"{self.name} is not UTF-8 (line {line}); it was read as Latin-1")
            return self.data.decode("latin-1")


def open_source(where: str | os.PathLike[str] | bytes | IO[bytes] | IO[str], max_bytes: int = MAX_BYTES) -> Source:
    """Read at most `max_bytes`; a gzip file is unpacked as far as the same limit.

    Raises:
        ParseError: no such file, a folder, an empty file, a pickle or another kind of file that holds no graph.
        TooLarge: over the limit; a file on disk is refused before it is read.
    """
    if isinstance(where, bytes):
        name, data = "data", where
    elif isinstance(where, (str, os.PathLike)):
        name, data = _from_path(Path(where), max_bytes)
    else:
        name, data = _from_buffer(where, max_bytes)
    if len(data) > max_bytes:
        raise _too_large(name, f"{len(data):,} bytes", max_bytes)
    if Path(name.removesuffix(".gz")).suffix.lower() in PICKLES or _is_pickle(data):
        raise ParseError(
            "pickles and binary arrays are never opened, because loading one can run any program; "
            "write the graph as GraphML, JSON or CSV instead",
            where=name,
        )
    if data[:2] == b"\x1f\x8b":
        data = _unpack(name, data, max_bytes)
    if not data.strip():
        raise ParseError("the file is empty; write an edge a line, such as Ann,Bob", where=name)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise ParseError(f"this is {kind}; it holds no graph that can be read", where=name)
    return Source(name, data)


def _from_path(path: Path, max_bytes: int) -> tuple[str, bytes]:
    try:
        if path.is_dir():
            raise ParseError("this is a folder; name a file in it", where=str(path))
        if not path.exists():
            raise _missing(path)
        if not path.is_file():
            raise ParseError("this is not a regular file", where=str(path))
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(str(path), f"{size:,} bytes", max_bytes)
        return path.name, path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, (ParseError, TooLarge)):
            raise
        shown = str(path)[:80]
        raise ParseError(f"cannot be opened: {getattr(error, 'strerror', None) or error}", where=shown) from error


def _from_buffer(buffer: IO[bytes] | IO[str], max_bytes: int) -> tuple[str, bytes]:
    name = getattr(buffer, "name", None)
    if name == "<stdin>":
        name = "standard input"
    data = buffer.read(max_bytes + 1)
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return (Path(name).name if isinstance(name, str) else "data"), bytes(data)


def _missing(path: Path) -> ParseError:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())[:10_000] if path.parent.is_dir() else None
    except OSError:
        names = []
    if names is None:
        return ParseError(f"no such file: the folder {str(path.parent)[:80]!r} does not exist", where=str(path)[:120])
    close = get_close_matches(path.name, names, n=3)
    hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
    return ParseError(f"no such file{hint}", where=str(path)[:120])


def _too_large(name: str, size: str, limit: int) -> TooLarge:
    return TooLarge(f"{name}: {size}, over the limit of {limit:,} bytes; raise it with max_bytes={limit * 4}")


def _unpack(name: str, data: bytes, limit: int) -> bytes:
    out, rest = io.BytesIO(), data
    try:
        while rest:
            stream = zlib.decompressobj(wbits=31)
            out.write(stream.decompress(rest, limit + 1 - out.tell()))
            if out.tell() > limit:
                raise _too_large(name, f"more than {limit:,} bytes when unpacked", limit)
            if not stream.eof:
                raise ParseError("the gzip file ends too early; copy it again", where=name)
            rest = stream.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise ParseError(f"broken gzip file: {error}", where=name) from error
    return out.getvalue()


def _is_pickle(data: bytes) -> bool:
    return len(data) > 2 and data[0] == 0x80 and data[1] in range(1, 6) and data.rstrip()[-1:] == b"."
