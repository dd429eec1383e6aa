"""Full-text search over names, aliases and descriptions."""

from __future__ import annotations

import re
import sqlite3

from graphs.store.names import normal

_WORD = re.compile(r"\w+")
_MOST = 64  # words of a query that are looked up


def matching(base: sqlite3.Connection, text: str, limit: int) -> list[int]:
    """Ids of entities, the best first: those of exactly this name, then by BM25 over the words' beginnings."""
    if limit < 1:
        return []
    exact = base.execute("SELECT DISTINCT entity FROM names WHERE normal = ? ORDER BY entity", (normal(text),))
    ids = dict.fromkeys(number for (number,) in exact)
    words = list(dict.fromkeys(_WORD.findall(text)))[:_MOST]
    if words:
        asked = " OR ".join(f'"{word}"*' if len(word) > 2 or not word.isascii() else f'"{word}"' for word in words)
        rows = base.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 10.0, 5.0, 1.0), rowid LIMIT ?",
            (asked, limit + len(ids)),
        )
        ids |= dict.fromkeys(number for (number,) in rows)
    return list(ids)[:limit]
