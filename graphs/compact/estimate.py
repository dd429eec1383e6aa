"""How much memory a large file needs, told before it is read, and how much there is."""

from __future__ import annotations

import os
from pathlib import Path

from graphs.errors import BadArgument, TooLarge

EDGE, COLUMN, NODE, FIXED = 72, 16, 60, 250_000_000  # bytes at the peak: an edge, a column of it, a node; the program
UNITS = {"kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "b": 1, "": 1}


def needed(edges: int, columns: int, label_bytes: int = 0) -> int:
    """Peak bytes while a graph of so many edges is read; nodes are counted as a tenth of the edges."""
    return FIXED + edges * (EDGE + COLUMN * columns) + (NODE + label_bytes) * edges // 10


def available() -> int | None:
    """Bytes of memory that can be had without swapping, within the limits of the process; None where unknown."""
    found: list[int] = []
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                found.append(int(line.split()[1]) * 1024)
    except (OSError, ValueError, IndexError):
        try:
            found.append(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
        except (ValueError, OSError, AttributeError):
            return None
    group = Path("/sys/fs/cgroup")
    try:
        most = (group / "memory.max").read_text(encoding="ascii").strip()
        used = int((group / "memory.current").read_text(encoding="ascii"))
        if most != "max":
            found.append(max(0, int(most) - used))
    except (OSError, ValueError):
        pass
    return min(found, default=None)


def require_memory(name: str, edges: int, columns: int, label_bytes: int, limit: int | None = None) -> int:
    """The estimate, when it fits into `limit` bytes or what is free.

    Raises:
        TooLarge: it does not; the message has both figures and what to do.
    """
    estimate = needed(edges, columns, label_bytes)
    free = available() if limit is None else limit
    if free is not None and estimate > free:
        which = "are free" if limit is None else "are allowed"
        raise TooLarge(
            f"{name}: about {edges:,} edges need about {size_text(estimate)} of memory, and {size_text(free)} {which}; "
            "close other programs, give it fewer rows or columns, use a larger machine, or raise the limit with "
            "memory_limit="
        )
    return estimate


def size_text(size: int) -> str:
    """Bytes for people: 12.3 GB, 850 MB."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6))} MB"


def size_of(text: str) -> int:
    """Bytes that a text writes: "8GB", "500 MB", "1000000".

    Raises:
        BadArgument: it is none.
    """
    low = text.strip().lower()
    number = low.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = low[len(number) :].strip()
    if not number.replace(".", "", 1).isdecimal() or unit not in UNITS:
        raise BadArgument(f"{text[:40]!r} is no size of memory; write 8GB or 500MB")
    return int(float(number) * UNITS[unit])
