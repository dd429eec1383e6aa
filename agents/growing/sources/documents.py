"""Reading documents: text, Markdown, HTML, PDF, and folders of them."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from graphs.errors import BadArgument, GraphError, ParseError, StorageError, TooLarge

MOST_BYTES = 64 * 2**20  # of a file
PART = 4_000_000  # characters of a text that are handed over at once
HTML = frozenset({".html", ".htm", ".xhtml"})
TEXT = frozenset({".txt", ".text", ".md", ".markdown", ".rst"})
_SAMPLE = 2**20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BYTES_A_WORD = 6

Notice = Callable[[str], None]


def read_documents(
    paths: Iterable[Path | str], *, max_bytes: int = MOST_BYTES, notice: Notice | None = None
) -> Iterator[tuple[str, str]]:
    """(name, text) of every document among `paths`, files or folders, in order; one at a time is held in memory.

    A folder is searched with all below it for the formats that are known. A long text comes in parts, each with a name
    of its own. notice: told about each file of a folder that is passed over or cannot be read, and why; without it such
    a file is an error too.

    Raises:
        BadArgument: a path does not exist, or nothing there can be read. ParseError: a file holds no text.
        TooLarge: a file has more than `max_bytes` bytes.
    """
    found = False
    for given in paths:
        path = Path(given).expanduser()
        if path.is_dir():
            for file in _files(path, notice):
                try:
                    for document in read_document(
                        file, str(file.relative_to(path)), max_bytes=max_bytes, notice=notice
                    ):
                        found = True
                        yield document
                except GraphError as error:
                    if notice is None:
                        raise
                    notice(str(error))
        elif path.is_file():
            for document in read_document(path, path.name, max_bytes=max_bytes, notice=notice):
                found = True
                yield document
        else:
            raise BadArgument(f"there is no file or folder {path}")
    if not found:
        known = ", ".join(sorted(HTML | TEXT | {".pdf"}))
        raise BadArgument(f"no document was found; folders are searched for files that end with {known}")


def check_paths(paths: Iterable[Path | str]) -> None:
    """Refuse what does not exist, before anything is begun.

    Raises:
        BadArgument: there is no such file or folder.
    """
    for path in paths:
        if not str(path).strip() or not Path(path).expanduser().exists():
            raise BadArgument(f"there is no file or folder {str(path)[:200]!r}")


def read_document(
    path: Path, name: str, *, max_bytes: int = MOST_BYTES, notice: Notice | None = None
) -> Iterator[tuple[str, str]]:
    """(name, text) of one file, in parts if it is long. notice: told what of the file holds no text.

    Raises:
        ParseError: it holds no text. TooLarge: it has more than `max_bytes` bytes. StorageError: it cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            words = size // _BYTES_A_WORD
            raise TooLarge(
                f"{path} has {size / 2**20:,.0f} MB, more than {max_bytes / 2**20:,.0f} MB: a text of that size has "
                f"about {words:,} words, and a model is asked about 3 times for 1,000 of them. Give the part that "
                f"matters, or cut it first, for instance with `split -C {max_bytes // 2**20}M {path.name}`"
            )
        kind = path.suffix.casefold()
        if kind == ".pdf":
            from agents.growing.sources.pdf import pdf_text

            parts: Iterator[str] = iter([pdf_text(path, notice)])
        elif kind in HTML:
            from agents.growing.sources.pages import html_text

            parts = iter([html_text("".join(_decoded(path)))])
        else:
            parts = _parts(_decoded(path))
        yield from _named(name, path, parts)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror or error}") from error


def _named(name: str, path: Path, parts: Iterator[str]) -> Iterator[tuple[str, str]]:
    number = 0
    held: str | None = None
    for part in parts:
        if held is not None:
            number += 1
            yield f"{name} (part {number})", held
        held = part
    if held is None or not held.strip():
        if number == 0:
            raise ParseError("there is no text in it", where=str(path))
        return
    yield (name if number == 0 else f"{name} (part {number + 1})"), held


def _files(folder: Path, notice: Notice | None) -> Iterator[Path]:
    """The documents below a folder, sorted; hidden files and folders are passed over, and links to folders."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(here) / name
            if name.startswith("."):
                continue
            if file.suffix.casefold() in HTML | TEXT | {".pdf"}:
                yield file
            elif notice is not None:
                notice(f"{file} is passed over: documents end with .txt, .md, .html or .pdf; name the file to read it")


def _decoded(path: Path) -> Iterator[str]:
    """The text of a file in blocks, in the encoding that it seems to have.

    Raises:
        ParseError: it is no text.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    encoding = _encoding(sample, path)
    with path.open(encoding=encoding, errors="replace") as text:
        while block := text.read(_SAMPLE):
            yield block.replace("\x00", "")


def _encoding(sample: bytes, path: Path) -> str:
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if sample.count(0) > len(sample) // 100:
        raise ParseError("it is no text (it holds zero bytes); PDF files must end with .pdf", where=str(path))
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:100_000]).best()
    if best is None:
        raise ParseError("its encoding cannot be told; save it as UTF-8", where=str(path))
    return str(best.encoding)


def _parts(blocks: Iterator[str]) -> Iterator[str]:
    """The text in parts of about PART characters that end at a paragraph, or else at a blank."""
    held = ""
    for block in blocks:
        held += block
        while len(held) > PART:
            cut = next(
                (at for at in (held.rfind(mark, PART // 2, PART) for mark in ("\n\n", "\n", " ")) if at > 0), PART
            )
            yield held[:cut]
            held = held[cut:]
    yield held
