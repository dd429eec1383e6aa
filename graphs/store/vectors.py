"""Vectors of entities, questions or anything else with an id: an index beside the log, which can be made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from graphs.store.errors import StoreError


def put(base: sqlite3.Connection, kind: str, ids: Sequence[int], matrix: Any) -> None:
    """Keep a vector for each id in place of an earlier one; the caller holds the transaction."""
    import numpy as np

    rows = np.ascontiguousarray(matrix, dtype="<f4")
    if rows.ndim != 2 or len(rows) != len(ids):
        raise StoreError(f"vectors must be [n, d] with one row an id, not {rows.shape} for {len(ids)} ids")
    if not len(ids):
        return
    if not np.isfinite(rows).all():
        raise StoreError(f"a vector of kind {kind!r} holds NaN or an infinity; leave it out")
    width = _width(base, kind)
    if width is not None and width != rows.shape[1]:
        raise StoreError(
            f"vectors of kind {kind!r} have {width} numbers each, not {rows.shape[1]}; "
            "use another kind for another model"
        )
    base.executemany(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
        [(kind, int(number), row.tobytes()) for number, row in zip(ids, rows, strict=True)],
    )


def _width(base: sqlite3.Connection, kind: str) -> int | None:
    row = base.execute("SELECT length(vector) FROM vectors WHERE kind = ? LIMIT 1", (kind,)).fetchone()
    return None if row is None else int(row[0]) // 4


class Index:
    """The vectors of each kind in one matrix, read when first asked for and again when they changed."""

    def __init__(self) -> None:
        self._kinds: dict[str, tuple[int, Any, Any]] = {}

    def forget(self) -> None:
        """After a change through the same connection; those of other processes are noticed."""
        self._kinds.clear()

    def nearest(self, base: sqlite3.Connection, kind: str, vector: Any, limit: int) -> list[tuple[int, float]]:
        """The ids with the largest cosines; ties go to the lower id. A zero vector is at cosine 0 to everything.

        Raises:
            StoreError: `vector` has another length than those of this kind.
        """
        import numpy as np

        ids, units = self._read(base, kind)
        if not len(ids) or limit < 1:
            return []
        asked = np.asarray(vector, dtype="<f4").reshape(-1)
        if len(asked) != units.shape[1] or not np.isfinite(asked).all():
            raise StoreError(
                f"a vector of kind {kind!r} has {units.shape[1]} finite numbers; this one has {len(asked)}"
            )
        cosines = units @ (asked / (float(np.linalg.norm(asked)) or 1.0))
        few = np.arange(len(ids)) if limit >= len(ids) else np.argpartition(-cosines, limit - 1)[:limit]
        least = cosines[few].min()
        few = np.flatnonzero(cosines >= least)  # all that tie with the last one
        best = few[np.lexsort((ids[few], -cosines[few]))][:limit]
        return [(int(ids[at]), float(cosines[at])) for at in best]

    def _read(self, base: sqlite3.Connection, kind: str) -> tuple[Any, Any]:
        import numpy as np

        version = int(base.execute("PRAGMA data_version").fetchone()[0])
        known = self._kinds.get(kind)
        if known is None or known[0] != version:
            rows = base.execute("SELECT id, vector FROM vectors WHERE kind = ? ORDER BY id", (kind,)).fetchall()
            matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(max(len(rows), 1), -1)
            scale = np.linalg.norm(matrix, axis=1, keepdims=True)
            known = (version, np.array([row[0] for row in rows]), matrix / np.where(scale > 0, scale, 1))
            self._kinds[kind] = known
        return known[1], known[2]
