"""A large text file in pieces that end at a line's end, unpacked on the way where it is gzip."""

from __future__ import annotations

import hashlib
import mmap
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphs.errors import ParseError

CHUNK = 32 * 1024 * 1024
HEAD = 128 * 1024
LONGEST_LINE = 8 * CHUNK


def is_packed(path: Path) -> bool:
    """Whether the file is gzip."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def head_of(path: Path, size: int = HEAD) -> bytes:
    """The first `size` bytes, unpacked, up to the end of a line where there is one.

    Raises:
        ParseError: the file is broken gzip.
    """
    data = next(_unpacked(path, size) if is_packed(path) else _mapped(path, size), b"")
    cut = data.rfind(b"\n") + 1
    return data[:cut] if cut else data


def pieces(path: Path, size: int = CHUNK) -> Iterator[bytes]:
    """The content in pieces of about `size` bytes, each of whole lines.

    Raises:
        ParseError: the gzip stream is broken or ends too early; the message names the line. A line has no end.
    """
    rest = b""
    for data in _unpacked(path, size) if is_packed(path) else _mapped(path, size):
        data = rest + data if rest else data
        cut = data.rfind(b"\n") + 1
        if not cut:
            if len(data) > LONGEST_LINE:
                raise ParseError(f"a line of more than {LONGEST_LINE:,} bytes: this is no table", where=path.name)
            rest = data
            continue
        rest = data[cut:]
        yield data[:cut]
    if rest:
        yield rest


def _mapped(path: Path, size: int) -> Iterator[bytes]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        for start in range(0, len(view), size):
            yield view[start : start + size]


def _unpacked(path: Path, size: int) -> Iterator[bytes]:
    lines = 0
    with path.open("rb") as file:
        stream = zlib.decompressobj(wbits=31)
        while packed := file.read(1024 * 1024):
            while packed:
                try:
                    data = stream.decompress(packed, size)
                except zlib.error as error:
                    raise ParseError(
                        f"broken gzip data after line {lines + 1:,} ({error}); copy the file again", where=path.name
                    ) from error
                lines += data.count(b"\n")
                if data:
                    yield data
                packed = stream.unconsumed_tail
                if stream.eof:
                    packed = stream.unused_data.lstrip(b"\0")
                    stream = zlib.decompressobj(wbits=31)
                    started = bool(packed)
                else:
                    started = True
        if started:
            raise ParseError(f"the gzip file ends too early, in line {lines + 1:,}; copy it again", where=path.name)


def digest_of(path: Path) -> str:
    """BLAKE2b of the bytes of the file, as hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=20)
    with path.open("rb", buffering=0) as file:
        buffer: Any = bytearray(4 * 1024 * 1024)
        view = memoryview(buffer)
        while count := file.readinto(view):
            digest.update(view[:count])
    return digest.hexdigest()
