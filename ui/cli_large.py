"""Options of the command line for large files, and the progress of reading one."""

from __future__ import annotations

import argparse
import sys
from typing import Any


def add_options(reading: Any) -> None:
    """Add what only large tables of edges know."""
    reading.add_argument(
        "--body",
        choices=("auto", "networkx", "compact"),
        help="how the graph lies in memory: 'compact' (arrays, for millions of edges; extra: large), 'networkx', or by "
        "the size of the file (default)",
    )
    reading.add_argument(
        "--skip-bad-lines", action="store_true", help="leave out lines of a table that cannot be read, and count them"
    )
    reading.add_argument("--memory", metavar="SIZE", help="refuse files that need more memory, such as 8GB")
    reading.add_argument(
        "--cache",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="keep the compact body of a large file beside it, so that the next question starts at once (default: yes)",
    )


def wishes(options: argparse.Namespace) -> dict[str, Any]:
    """How a large file is to be read, with its progress on standard error where that is a terminal."""
    from graphs.compact.estimate import size_of
    from graphs.compact.load import Wishes

    limit = size_of(options.memory) if options.memory else None
    progress = _show if sys.stderr.isatty() else None
    return {"large": Wishes(options.skip_bad_lines, limit, progress, cached=options.cache)}


def _show(what: str, share: float) -> None:
    text = f"{share:4.0%} {what}"
    print(f"\r{text:60s}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)
