"""The command line's `konigsberg grow`: growing a knowledge graph, with progress, stop and resume."""

from __future__ import annotations

import argparse
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.grow import GraphGrower
    from agents.growing.events import Event, Growth
    from ui.grow_progress import Lines

FINISHED, UNFINISHED, BAD_INPUT, STOPPED = 0, 1, 2, 130
_LIMITS = ("steps", "tokens", "cost", "seconds", "window", "garbage")
_CALLS = ("temperature", "max_tokens", "timeout", "retries")
_OTHERS = ("model", "critic", "form", "judge", "embed", "rng")


def add_commands(commands: Any) -> None:
    """Add `grow`, and what stands under it, to the program's commands."""
    grow = commands.add_parser(
        "grow",
        help="grow a knowledge graph from a question or from documents",
        description="Grow a knowledge graph from a question or from documents. Ctrl-C finishes the step and stops; "
        "--resume goes on, after a crash too, without paying for a reply twice.",
        epilog="`konigsberg grow report DIR` writes a page about a graph that has grown.",
    )
    grow.add_argument("question", nargs="*", help="the question to begin with")
    grow.add_argument(
        "--documents", "-d", action="append", default=[], metavar="PATH",
        help="read a file or a folder (text, Markdown, HTML, PDF); may be given several times",
    )  # fmt: skip
    grow.add_argument(
        "--store", "-s", metavar="DIR", help="the graph's folder (default: one in the user's data folder)"
    )
    grow.add_argument(
        "--model", "-m", metavar="SPEC",
        help="the language model, such as gguf:FILE, openai:NAME@URL or replay:FILE.jsonl (KONIGSBERG_MODEL)",
    )  # fmt: skip
    grow.add_argument("--resume", action="store_true", help="go on with the run in the store; its settings are known")
    grow.add_argument("--new", action="store_true", help="begin a new run although the last one is not finished")
    grow.add_argument("--json", action="store_true", help="print a summary as JSON at the end")
    grow.add_argument("--quiet", "-q", action="store_true", help="show no progress")
    limits = grow.add_argument_group("limits of the whole run (none unless given, but for --steps)")
    limits.add_argument(
        "--steps", type=int, metavar="N",
        help="steps (default: 20; with documents, until they are read; with replay:, the length of the recording)",
    )  # fmt: skip
    limits.add_argument("--tokens", type=int, metavar="N", help="tokens of all calls")
    limits.add_argument("--cost", type=float, metavar="X", help="cost of all calls, in the currency of the price table")
    limits.add_argument("--time", type=float, dest="seconds", metavar="SECONDS", help="seconds of work")
    limits.add_argument("--window", type=int, metavar="N", help="stop after N steps without a new fact (default 8)")
    limits.add_argument("--garbage", type=int, metavar="N", help="stop after N unusable replies in a row (default 5)")
    how = grow.add_argument_group("how it grows")
    how.add_argument("--critic", type=int, metavar="ROUNDS", help="let the model improve each proposal (default 0)")
    how.add_argument(
        "--form", choices=("json", "tags"),
        help="of the replies: json (default), or tags for a model trained to write Graph-PReFLexOR's",
    )  # fmt: skip
    how.add_argument(
        "--judge", action=argparse.BooleanOptionalAction,
        help="let the model settle whether two names mean the same where names and vectors do not",
    )  # fmt: skip
    how.add_argument(
        "--embeddings", action=argparse.BooleanOptionalAction, dest="embed",
        help="use sentence embeddings (extra: search; default: where it is installed)",
    )  # fmt: skip
    how.add_argument("--seed", type=int, dest="rng", metavar="N", help="seed of chance (default 0)")
    how.add_argument("--temperature", type=float, metavar="T", help="of the model (default 0)")
    how.add_argument("--max-tokens", type=int, metavar="N", help="of a reply (default 1000; with tags 4000)")
    how.add_argument("--timeout", type=float, metavar="SECONDS", help="for one reply (default 600)")
    how.add_argument("--retries", type=int, metavar="N", help="after a fault of an endpoint (default 8)")
    grow.set_defaults(run=_grow)
    _add_report(commands)


def _add_report(commands: Any) -> None:
    from ui.cli_report import add_report

    add_report(_Under(commands))


class _Under:
    """Puts commands under `grow`: a question and commands cannot share a place, so `as_commands` tells them apart."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands

    def add_parser(self, name: str, **about: Any) -> Any:
        about.pop("help", None)
        return self._commands.add_parser(f"grow {name}", **about)


def as_commands(arguments: list[str]) -> list[str]:
    """The arguments with a command under `grow` written as one word.

    >>> as_commands(["grow", "report", "silk"]), as_commands(["grow", "report on silk"])
    (['grow report', 'silk'], ['grow', 'report on silk'])
    """
    return ["grow report", *arguments[2:]] if arguments[:2] == ["grow", "report"] else arguments


def _grow(options: argparse.Namespace) -> int:
    from agents.grow import GraphGrower
    from ui.grow_progress import watcher

    question = " ".join(options.question).strip()
    settings = {name: getattr(options, name) for name in (*_LIMITS, *_CALLS, *_OTHERS)}
    if settings["model"] is None and not options.resume:
        settings["model"] = os.environ.get("KONIGSBERG_MODEL") or None
    _refuse(options, question)
    folder = Path(options.store) if options.store else _default_folder(question, options.documents, options.resume)
    grower = GraphGrower(folder)
    events = grower.stream(question, documents=options.documents, resume=options.resume, new=options.new, **settings)
    with watcher(quiet=options.quiet) as watch, _stopping(grower, watch.say):
        growth = _watched(events, watch, to_the_end=options.json)
    if options.json:
        print(json.dumps(growth.as_json(), ensure_ascii=False, indent=2))
    else:
        _print(growth)
    if growth.stopped.finished:
        return FINISHED
    return STOPPED if growth.stopped.reason == "cancelled" else UNFINISHED


def _watched(events: Iterator[Event], watch: Lines, *, to_the_end: bool) -> Growth:
    """The end of the run. to_the_end: whether it is told as progress, too; a summary for people says the same."""
    from agents.growing.events import Growth

    for event in events:
        if to_the_end or not isinstance(event, Growth):
            watch.tell(event)
    return event  # type: ignore[return-value] # a stream ends with a Growth


def _refuse(options: argparse.Namespace, question: str) -> None:
    from graphs.errors import BadArgument

    if options.resume and (question or options.documents):
        raise BadArgument("--resume goes on with the question and the documents of the run; leave them out")
    if options.resume and options.new:
        raise BadArgument("--resume goes on with a run and --new begins one; give one of them")
    if not options.resume and not question and not options.documents and not options.store:
        raise BadArgument(
            'nothing to begin with: konigsberg grow "QUESTION", or --documents DIR, or --resume --store DIR'
        )


def _default_folder(question: str, documents: list[str], resume: bool) -> Path:
    """A folder named after what is grown, in the user's data folder; to resume, the one that changed last."""
    from agents.settings import data_folder
    from graphs.errors import BadArgument

    room = data_folder() / "grown"
    if resume:
        stores = sorted(room.glob("*/store.sqlite"), key=lambda path: path.stat().st_mtime)
        if not stores:
            raise BadArgument(f"there is nothing to resume in {room}; name the folder with --store DIR")
        return stores[-1].parent
    words = question or Path(documents[0]).resolve().stem
    name = "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())
    return room / (name[:60].rstrip("-") or "graph")


@contextmanager
def _stopping(grower: GraphGrower, say: Any) -> Iterator[None]:
    """Ctrl-C once: stop after the step. Twice: stop at once and roll it back. A third time: as usual."""
    pressed = 0

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal pressed
        pressed += 1
        if pressed == 1 and number == signal.SIGINT:
            say("finishing this step; Ctrl-C again rolls it back and stops at once")
            grower.cancel()
        else:
            say("stopping")
            grower.cancel(now=True)
        if pressed > 2:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _print(growth: Growth) -> None:
    from ui.cli import printable

    now, did = growth.totals, growth.session
    lines = [
        f"{growth.store} holds {growth.entities:,} entities and {growth.relations:,} relations "
        f"({growth.grounded:,} grounded)",
        f"this time: {did.steps} steps, {did.facts:,} new facts, {did.entities:,} new entities, "
        f"{did.confirmed:,} facts seen again, {did.merged:,} names of known entities",
        f"{did.calls:,} calls ({did.cached:,} replies from the cache, {did.retries:,} retries), {did.tokens:,} tokens, "
        f"{did.seconds:.0f} s" + (f", cost {did.cost:.4f}" if did.cost else "" if did.cost == 0 else ", cost unknown"),
        f"{did.repairs:,} repairs, {did.quarantined:,} parts in quarantine, {did.refused:,} repeated questions refused",
        f"stopped at step {now.steps}: {growth.stopped.message}",
    ]
    for line in (*lines, growth.resume):
        if line:
            print(printable(line))
