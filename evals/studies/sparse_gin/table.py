"""The tables of the study `sparse-gin`."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping
from typing import Any

TITLES = {
    "text": "Plain text",
    "told": "Linked texts that tell the links",
    "untold": "Linked texts that do not tell them",
}


def tables(rows: Iterable[Mapping[str, Any]]) -> str:
    """Markdown: for each part, the methods with mean ± standard deviation over their seeds."""
    rows = list(rows)
    return "\n\n".join(_table(part, [row for row in rows if row["part"] == part]) for part in _order(rows, "part"))


def _table(part: str, rows: list[Mapping[str, Any]]) -> str:
    with_accuracy = any("accuracy" in row for row in rows)
    heads = [
        "method",
        "seeds",
        "perplexity",
        *(["accuracy"] if with_accuracy else []),
        "parameters",
        "core-s a step",
        "peak MB",
    ]
    base = rows[0]["perplexity_before"]
    lines = [
        f"**{TITLES.get(part, part)}** (perplexity of the frozen base {base:.2f}; {rows[0]['steps']} steps)",
        "",
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
    ]
    for method in _order(rows, "method"):
        own = [row for row in rows if row["method"] == method]
        cells = [method, str(len(own)), _spread([row["perplexity"] for row in own], 2)]
        if with_accuracy:
            cells.append(_spread([row["accuracy"] for row in own], 3))
        cells += [
            f"{own[0]['trainable']:,}",
            f"{statistics.mean(row['core_seconds_per_step'] for row in own):.2f}",
            f"{max(row['peak_memory'] for row in own) / 1e6:,.0f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _spread(values: list[float], digits: int) -> str:
    """Mean ± standard deviation of the sample; a single value stands alone."""
    mean = statistics.mean(values)
    if len(values) == 1 or not math.isfinite(mean):
        return f"{mean:.{digits}f}"
    return f"{mean:.{digits}f} ± {statistics.stdev(values):.{digits}f}"


def _order(rows: list[Mapping[str, Any]], name: str) -> list[str]:
    return list(dict.fromkeys(str(row[name]) for row in rows))
