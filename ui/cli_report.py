"""The command line's `konigsberg grow report`: a store in, one HTML file out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def add_report(subparsers: Any) -> None:
    """Add `report` to the commands of `konigsberg grow`."""
    report = subparsers.add_parser("report", help="write one self-contained HTML file about a grown graph")
    report.add_argument("store", metavar="STORE_DIR", help="folder of the knowledge graph")
    report.add_argument("-o", "--output", metavar="FILE", default="report.html", help="default: report.html")
    report.add_argument(
        "--seeds",
        type=_count,
        default=10,
        metavar="N",
        help="graphs of each null model; 0: none, else 3 or more (default 10)",
    )
    report.add_argument(
        "--checkpoints", type=_count, default=6, metavar="N", help="earlier steps that get null models too (default 6)"
    )
    report.add_argument("--points", type=_count, default=150, metavar="N", help="most steps to measure (default 150)")
    report.add_argument(
        "--bootstraps", type=_count, default=500, metavar="N", help="samples that test the power law (default 500)"
    )
    report.add_argument("--seed", type=int, default=0, metavar="N", help="of every random choice (default 0)")
    report.add_argument(
        "--json", action="store_true", help="print the last step's figures, null models and fit as JSON"
    )
    report.set_defaults(run=run_report)


def run_report(options: argparse.Namespace) -> int:
    """Write the report; the figures go to standard output, progress to standard error."""
    from graphs.errors import BadArgument
    from graphs.store import Store
    from ui.report import Settings, write_report

    if 0 < options.seeds < 3:
        raise BadArgument("--seeds must be 0 for no null models, or 3 or more: two graphs show no spread")
    if not options.points or not options.bootstraps:
        raise BadArgument("--points and --bootstraps must be 1 or more")
    settings = Settings(options.seed, options.seeds, options.checkpoints, options.bootstraps, options.points)
    path = Path(options.output)
    with Store.open(options.store, create=False, readonly=True) as store:
        story = write_report(store, path, settings, _progress)
    _progress("")
    if options.json:
        print(json.dumps(as_json(story, path), ensure_ascii=False, indent=2))
    else:
        print(_told(story, path))
    return 0


def as_json(story: Any, path: Path) -> dict[str, Any]:
    """The last step's figures with their null models, the fit, and the sentences."""
    from dataclasses import asdict

    from graphs.science import summary_sentence, tail_sentence, tail_verdict

    compared, fit = story.comparison, story.fit
    data: dict[str, Any] = {"report": str(path), "step": story.last.step, "figures": story.measured.figures.as_json()}
    if compared is not None:
        data["nulls"] = {k: {n: asdict(b) for n, b in row.items()} for k, row in compared.besides.items()}
        data["missing_nulls"] = dict(compared.missing)
        data["summary"] = summary_sentence(compared)
    if fit is not None:
        data["degrees"] = {
            "alpha": fit.alpha,
            "error": fit.error,
            "from": fit.low,
            "nodes": fit.num_tail,
            "distance": fit.distance,
            "goodness": fit.goodness,
            "rivals": [{"name": r.name, "ratio": r.ratio, "p": r.p, "fit": asdict(r.fit)} for r in fit.rivals],
            "verdict": tail_verdict(fit),
            "summary": tail_sentence(fit),
        }
    return data


def _told(story: Any, path: Path) -> str:
    from graphs.science import summary_sentence, tail_sentence

    figures = story.measured.figures
    lines = [f"{path}: {figures.num_nodes:,} entities, {figures.relations:,} facts, {story.last.step:,} steps"]
    if story.comparison is not None:
        lines.append(summary_sentence(story.comparison))
    lines.append(tail_sentence(story.fit) if story.fit is not None else f"No fit of the degrees: {story.no_fit}.")
    return "\n".join(lines)


def _progress(said: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{said}", end="", file=sys.stderr, flush=True)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text[:40]!r}")
    return int(text)
