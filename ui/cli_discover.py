"""The command line's `konigsberg graph discover`: compositional reasoning that ends in a Markdown report."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

CACHE = "calls.sqlite"  # beside the store: a report that is made again costs nothing


def add_action(action: Any) -> None:
    """Add `discover` to the actions of `graph`."""
    found = action("discover", _discover, "reason along a long path, from single concepts to one discovery")
    found.add_argument(
        "--model",
        default=os.environ.get("KONIGSBERG_MODEL"),
        metavar="SPEC",
        help="the chat model that reasons, such as gguf:FILE or openai:NAME@URL (KONIGSBERG_MODEL)",
    )
    found.add_argument("--output", "-o", metavar="FILE", help="write the report there instead of printing it")
    found.add_argument("--calls", type=_calls, default=12, metavar="N", help="model calls at most (default 12)")
    found.add_argument("--timeout", type=float, default=600.0, metavar="S", help="seconds for one call (default 600)")


def _calls(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 4 <= int(text) <= 1000):
        raise argparse.ArgumentTypeError(f"must be a whole number from 4 to 1000, not {text[:20]!r}")
    return int(text)


def _discover(options: argparse.Namespace) -> int:
    from agents.growing.discovery.discover import discover
    from agents.growing.discovery.report import as_markdown
    from agents.models import chat_model
    from agents.routes import WITHOUT_MODEL, is_reasoner
    from graphs.errors import BadArgument
    from graphs.store.handle import knowledge_graph

    if not options.model or options.model in WITHOUT_MODEL or is_reasoner(options.model):
        raise BadArgument(
            "discover needs a chat model: name one that writes text with --model, such as gguf:FILE or openai:NAME@URL"
        )
    graph = knowledge_graph(Path(options.folder))
    target = None if options.output is None else Path(options.output)
    if target is not None and not target.parent.is_dir():
        raise BadArgument(f"there is no folder {target.parent} to write the report into")
    model = chat_model(options.model, max_tokens=1500, timeout=options.timeout, cache=Path(options.folder) / CACHE)
    found = discover(graph, model, calls=options.calls, on_step=_told)
    report = as_markdown(found, model=options.model, store=Path(options.folder).name)
    if options.json:
        from ui.cli_graph import print_json

        return int(print_json(_as_json(found, report)))
    if target is None:
        from ui.cli import printable

        sys.stdout.write(printable(report) + "\n")
    else:
        target.write_text(report, encoding="utf-8")
        sys.stderr.write(f"written to {target}\n")
    return 0


def _told(what: str) -> None:
    sys.stderr.write(f"{what}\n")


def _as_json(found: Any, report: str) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "path": list(found.path),
        "relations": sorted(found.citations),
        "usage": asdict(found.usage),
        "struck": found.struck,
        "missing": list(found.missing),
        "report": report,
    }
