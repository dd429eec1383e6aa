"""How a growth is going, as HTML: what it does, its bar, what each step brought, and why it stopped."""

from __future__ import annotations

import time

from agents.growing.events import Committed, Event, PassedOver, Read
from agents.growing.state import Totals
from ui.grow_progress import duration
from ui.grown.growths import Growing
from ui.model_status import model_name
from ui.report.markup import Markup, clean, join, short, tag

_SHOWN = 40  # steps in the list


def progress_html(growing: Growing | None) -> Markup:
    """The state of a growth; a hint where there is none."""
    if growing is None:
        return tag("p", "Nothing grows here at the moment. Write a question or add documents, then 'Grow'; or choose a "
                   "graph and 'Go on'.", class_="small")  # fmt: skip
    last = growing.last
    parts: list[object] = [_head(growing), _bar(growing, last)]
    if last is not None:
        parts.append(_numbers(last))
    if growing.error:
        parts.append(tag("p", growing.error, class_="fault", role="alert"))
    rows = [_row(event) for event in reversed(growing.events) if isinstance(event, (Committed, Read, PassedOver))]
    if rows:
        left = len(rows) - _SHOWN
        listed = tag("ol", *rows[:_SHOWN], class_="grown-steps", tabindex=0, aria_label="Steps, the last first")
        more = tag("p", f"{left:,} earlier lines are not shown.", class_="small") if left > 0 else None
        parts += [listed, more]
    return join(parts)


def _head(growing: Growing) -> Markup:
    if growing.running:
        seconds = duration(time.monotonic() - growing.began)
        said = f"{growing.doing[:1].upper()}{growing.doing[1:]} …"
        return tag("p", tag("span", class_="spin", aria_hidden="true"), said,
                   tag("span", f" {seconds} so far", class_="small"), class_="work", role="status")  # fmt: skip
    if growing.end is not None:
        stopped = growing.end.stopped
        word = "Done" if stopped.finished else "Paused" if stopped.reason == "cancelled" else "Stopped"
        rest = "" if stopped.finished else " Everything reported is on the disk; 'Go on' continues from here."
        model = growing.end.model
        why = stopped.message.replace(model, model_name(model)) if model else stopped.message
        why = f"{why[:1].upper()}{why[1:]}" if stopped.finished else f"It says: {why}"
        said = "" if stopped.reason == "cancelled" else f" {why}."
        return tag("p", tag("strong", f"{word}."), short(clean(said), 600), rest, role="status")
    return tag("p", tag("strong", "It could not go on."))


def _bar(growing: Growing, last: Committed | None) -> Markup | None:
    if growing.steps is None:
        return None
    done = last.step if last is not None else 0
    words = f"{done:,} of {growing.steps:,} steps of this run"
    bar = tag("progress", words, value=done, max=growing.steps, aria_label=words)
    return join([bar, tag("p", words, class_="small")])


def _numbers(last: Committed) -> Markup:
    totals: Totals = last.totals
    cells = [
        ("entities", f"{last.entities:,}"),
        ("facts", f"{last.relations:,}"),
        ("seen again", f"{totals.confirmed:,}"),
        ("names joined", f"{totals.merged:,}"),
        ("quarantined", f"{totals.quarantined:,}"),
        ("tokens", f"{totals.tokens:,}"),
    ]
    if last.seconds_left is not None:
        cells.append(("left, about", duration(last.seconds_left)))
    shown = [tag("div", tag("dt", name), tag("dd", value)) for name, value in cells]
    return tag("dl", *shown, class_="numbers")


def _row(event: Event) -> Markup:
    if isinstance(event, Read):
        pieces = f"{event.words:,} words in {event.pieces:,} piece{'s' * (event.pieces != 1)}"
        return tag("li", f"Read {short(clean(event.name), 100)}: {pieces}")
    if isinstance(event, PassedOver):
        return tag("li", f"Not read: {short(clean(event.why), 300)}", class_="bad")
    assert isinstance(event, Committed)
    this = event.this
    brought = f"{this.facts:+d} facts, {this.entities:+d} entities, {this.seconds:,.1f} s, {this.tokens:,} tokens"
    brought += f", {this.quarantined} in quarantine" if this.quarantined else ""
    what = tag("span", short(clean(event.about), 200))
    number = tag("b", f"Step {event.number} ")  # of the store's log, as facts and the time slider name it
    return tag("li", number, what, tag("span", f" {brought}", class_="small"))
