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


def nearest(base: sqlite3.Connection, kind: str, vector: Any, limit: int) -> list[tuple[int, float]]:
    """The ids with the largest cosines; ties go to the lower id. A zero vector is at cosine 0 to everything."""
    import numpy as np

    rows = base.execute("SELECT id, vector FROM vectors WHERE kind = ? ORDER BY id", (kind,)).fetchall()
    if not rows or limit < 1:
        return []
    ids = np.array([row[0] for row in rows])
    matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), -1)
    asked = np.asarray(vector, dtype="<f4").reshape(-1)
    if len(asked) != matrix.shape[1]:
        raise StoreError(f"vectors of kind {kind!r} have {matrix.shape[1]} numbers each, not {len(asked)}")
    scale = np.linalg.norm(matrix, axis=1) * np.linalg.norm(asked)
    cosines = matrix @ asked / np.where(scale > 0, scale, 1)
    best = np.argsort(-cosines, kind="stable")[:limit]
    return [(int(ids[at]), float(cosines[at])) for at in best]
