"""When two names are the same name."""

from __future__ import annotations

import unicodedata


def normal(name: str) -> str:
    """The name after NFKC, case folding and collapsed blanks: equal names are the same name.

    >>> normal(" Spider  SILK") == normal("spider silk")
    True
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())
