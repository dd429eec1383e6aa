"""The text of a PDF file."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphs.errors import BadArgument, ParseError

_FEWEST = 8  # letters of a page, on average; a scan with a stamp has fewer


def pdf_text(path: Path, notice: Callable[[str], None] | None = None) -> str:
    """The text of all pages, words joined that a line's end has divided. notice: told which pages hold none.

    Raises:
        BadArgument: the extra is missing. ParseError: the file is damaged or encrypted, or its pages are pictures.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise BadArgument("PDF files need the extra documents: pip install 'konigsberg[documents]'") from error
    try:
        with path.open("rb") as file, _unlogged("pypdf"):
            reader = PdfReader(file)
            if reader.is_encrypted and not reader.decrypt(""):
                raise ParseError("it is encrypted; save a copy without a password", where=str(path))
            pages = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        if isinstance(error, ParseError):
            raise
        why = f"{type(error).__name__}: {str(error)[:100]}"
        raise ParseError(f"the PDF is damaged ({why}); get it anew, or give its text", where=str(path)) from error
    letters = sum(c.isalnum() for page in pages for c in page)
    if letters < _FEWEST * max(1, len(pages)):
        raise ParseError(
            f"the PDF ({len(pages)} page{'s' * (len(pages) != 1)}) holds pictures and no text: a scan. Run OCR over it "
            f"first, for instance `ocrmypdf {path.name} readable.pdf`",
            where=str(path),
        )
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if empty and notice is not None:
        notice(f"{path}: no text on page {', '.join(empty[:20])}{' …' if len(empty) > 20 else ''}")
    return "\n\n".join(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page).strip() for page in pages if page.strip())


@contextmanager
def _unlogged(name: str) -> Iterator[None]:
    """Keep a library's remarks on a damaged file from standard error: the error says it."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
