"""One run on the road, told as events."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields
from typing import Any

from agents.growing.events import Asking, Committed, Event, Growth, Proposed
from agents.growing.next_question.questions import Question
from agents.growing.proposing import Reply, about, next_item
from agents.growing.state import Totals
from agents.growing.stop import Stopped, how_to_resume, limit_reached, stop_of
from agents.growing.turn import Turn
from agents.models import ModelError

DOCUMENT = "document"  # where the strategy of a question is told, a piece of a document has this


def walk(turn: Turn) -> Iterator[Event]:
    """Do steps until a stop rule holds; the last event is the `Growth`. Closing the iterator rolls back."""
    from agents.growing.road import build

    before = turn.state.totals
    stopped = limit_reached(turn.settings, turn.state)
    try:
        if stopped is None:
            began, done = time.monotonic(), turn.state.totals.steps
            yield _asking(turn)
            with ExitStack() as turn.stack:
                context = {"context": turn, "stream_mode": "updates", "config": {"recursion_limit": sys.maxsize}}
                for update in build().stream({}, **context):
                    [(node, found)] = update.items()
                    if node == "propose":
                        yield _proposed(turn, found["reply"])
                    elif node == "end":
                        pace = (time.monotonic() - began) / (turn.state.totals.steps - done)
                        yield _committed(turn, pace)
                        if limit_reached(turn.settings, turn.state) is None and not turn.ending.is_set():
                            yield _asking(turn)
    except ModelError as error:
        stopped = stop_of(error, cancelled=turn.cancel.is_set())
    stopped = stopped or limit_reached(turn.settings, turn.state) or stop_of(None, cancelled=True)
    yield growth(turn, before, stopped)


def _asking(turn: Turn) -> Asking:
    item = next_item(turn)
    strategy = item.strategy if isinstance(item, Question) else DOCUMENT
    return Asking(turn.state.totals.steps + 1, about(turn, item), strategy)


def _proposed(turn: Turn, reply: Reply) -> Proposed:
    usage, seconds = turn.meter.usage, time.perf_counter() - turn.began
    cached = usage.cached > 0 and not usage.calls
    return Proposed(turn.state.totals.steps + 1, len(reply.proposal.triples), turn.meter.tokens, seconds, cached)


def _committed(turn: Turn, pace: float) -> Committed:
    """pace: seconds a step of this process."""
    size = turn.store.size()
    last = turn.last
    assert last is not None
    return Committed(
        step=turn.state.totals.steps,
        number=last.number,
        about=last.about,
        strategy=last.strategy,
        this=last.spent,
        totals=turn.state.totals,
        entities=size["entities"],
        relations=size["relations"],
        seconds_left=_seconds_left(turn, pace),
    )


def _seconds_left(turn: Turn, pace: float) -> float | None:
    """The time to the nearest limit that can be foreseen; None where there is none."""
    settings, totals = turn.settings, turn.state.totals
    left: list[float] = []
    if settings.steps is not None:
        left.append((settings.steps - totals.steps) * pace)
    if settings.tokens is not None and totals.tokens:
        left.append((settings.tokens - totals.tokens) / (totals.tokens / totals.steps) * pace)
    if settings.seconds is not None:
        left.append(settings.seconds - totals.seconds)
    if settings.documents and not settings.seed:
        left.append(turn.state.pieces_left * pace)
    return max(0.0, min(left)) if left else None


def growth(turn: Turn, before: Totals, stopped: Stopped) -> Growth:
    """The end of a run, or of this part of it."""
    settings, state, store = turn.settings, turn.state, turn.store
    size, now = store.size(), state.totals
    session = Totals(
        **{f.name: getattr(now, f.name) - getattr(before, f.name) for f in fields(Totals) if f.name != "cost"},
        cost=None if now.cost is None or before.cost is None else now.cost - before.cost,
    )
    arms: dict[str, Any] = {
        name: {"steps": arm.pulls, "facts_per_1000_tokens": round(arm.expected, 2)}
        for name, arm in state.bandit.arms.items()
        if arm.pulls
    }
    return Growth(
        store=str(store.folder),
        run=state.number,
        model=settings.model,
        seed=settings.seed,
        documents=settings.documents,
        entities=size["entities"],
        relations=size["relations"],
        grounded=len(store.relations("grounded")),
        totals=now,
        session=session,
        stopped=stopped,
        resume="" if stopped.finished else how_to_resume(str(store.folder)),
        strategies=arms,
    )
