"""A conversation as HTML: question, answer, certificate, notes, steps. Every text is escaped where it enters.

A button carries what it does in `data-act`, for `ui/static/talk.js`: ask (with `data-text`), check, draw.
"""

from __future__ import annotations

from typing import Any

from agents.reply import Reply
from ui.proofs import proof
from ui.report.markup import Markup, clean, short, tag
from ui.talk.asking import seconds
from ui.talk.examples import suggestions
from ui.talk.sources import in_page
from ui.talk.steps import certificates, duration, folds
from ui.talk.talk import Talk, Turn

LONG = 1_200  # characters of an answer that are shown at once
MOST_SHOWN = 60  # turns on the page
STATUS = {
    "proven": "An independent checker accepted the certificate.",
    "computed": "A second method gave the same, or the question was read by a model.",
    "estimated": "A statistical guess, or the best found before a limit.",
    "unverified": "A model said so; nothing was proven.",
    "unanswerable": "Something is missing or unclear.",
}


def rendered(talk: Talk) -> dict[str, Any]:
    """What the page shows of a conversation: its turns, each as HTML under a key, and the state of asking."""
    turns = talk.turns[-MOST_SHOWN:]
    rows = [{"key": str(turn.number), "html": turn_html(turn, drawn=turn.number == talk.shown)} for turn in turns]
    left = len(talk.turns) - len(turns)
    if left:
        note = tag("p", f"{left:,} earlier questions are not shown; they are in the exports.", class_="small")
        rows.insert(0, {"key": "left", "html": note})
    if not rows:
        rows = [{"key": "welcome", "html": welcome(talk)}]
    return {"turns": rows, "busy": bool(turns) and not turns[-1].ended, "name": talk.name, "link": talk.link}


def welcome(talk: Talk) -> Markup:
    """The empty conversation: what to do first."""
    head = (
        "Ask anything about this graph" if talk.graph is not None else "Choose a graph, or write one into your question"
    )
    asks = [_button("ask", text, text=text) for text in suggestions(talk.source, talk.graph)]
    return tag(
        "section",
        tag("h2", head),
        tag("p", "Answers are computed, not guessed, and come with a certificate that an independent checker accepts."),
        tag("p", "For example:", class_="small"),
        tag("div", *asks, class_="chips"),
        class_="welcome",
    )


def turn_html(turn: Turn, drawn: bool = False) -> Markup:
    """One turn; what has ended is rendered once, not at each tick of a later question."""
    if not turn.ended:
        return _turn(turn, drawn)
    state, key = (id(turn.reply), id(turn.checked)), f"html {drawn}"
    if key not in turn.kept or turn.kept[key][0] != state:
        turn.kept[key] = state, _turn(turn, drawn)
    html: Markup = turn.kept[key][1]
    return html


def _turn(turn: Turn, drawn: bool) -> Markup:
    question = tag("div", tag("p", short(turn.question, 4_000)), class_="asked", aria_label="Your question")
    parts: list[object] = [question]
    if turn.reply is not None:
        parts.append(_reply(turn, turn.reply, drawn))
    elif turn.error:
        parts.append(
            tag("div", tag("p", tag("strong", "No answer. "), turn.error), class_="reply failed", role="alert")
        )
    else:
        parts.append(_working(turn))
    return tag("article", *parts, class_="turn", aria_label=f"Question {turn.number}")


def _working(turn: Turn) -> Markup:
    doing = turn.steps[-1].title if turn.steps else ""
    said = f"Working … {duration(seconds(turn))}"
    after = f" (last: {doing})" if doing else ""
    return tag(
        "div",
        tag(
            "p", tag("span", class_="spin", aria_hidden="true"), said, tag("span", after, class_="small"), class_="work"
        ),
        tag("div", *folds(turn), class_="steps"),
        class_="reply",
        aria_busy="true",
    )


def _reply(turn: Turn, reply: Reply, drawn: bool) -> Markup:
    asked_back = reply.status == "unanswerable"
    parts: list[object] = [_text(in_page(reply.text))]
    if reply.readings:
        choices = [_button("ask", reading, text=reading) for reading in reply.readings]
        parts = [tag("p", "What did you mean?", class_="answer"), tag("div", *choices, class_="chips")]
    if not asked_back:
        parts.append(_certificate(turn, reply))
    parts.append(_citations(reply))
    if reply.assumptions:
        notes = [tag("li", short(in_page(note), 600)) for note in reply.assumptions]
        parts.append(
            tag("details", tag("summary", f"{len(notes)} note{'s' * (len(notes) != 1)} on how it was read"),
                tag("ul", *notes), class_="notes", data_key=f"{turn.number}-notes")
        )  # fmt: skip
    if turn.answers and not asked_back:
        label = "Drawn beside" if drawn else "Draw this answer"
        parts.append(tag("p", _button("draw", label, turn=turn.number, aria_pressed=str(drawn).lower()), class_="acts"))
    parts.append(_trace(turn, reply))
    return tag("div", *parts, class_=f"reply {reply.status}")


def _text(text: str) -> Markup:
    if len(text) <= LONG:
        return tag("p", text, class_="answer")
    first, rest = text[:LONG], text[LONG:]
    return tag(
        "div",
        tag("p", first + "…", class_="answer"),
        tag(
            "details", tag("summary", f"{len(rest):,} more characters"), tag("p", short(rest, 100_000), class_="answer")
        ),
    )


def _certificate(turn: Turn, reply: Reply) -> Markup:
    badge = tag("span", reply.status, class_=f"badge {reply.status}", title=STATUS[reply.status])
    said = proof(reply) or STATUS[reply.status]
    if turn.plan is not None and turn.plan.asked is not None and reply.certificates:
        said += " The answer was put together from this by code."
    parts: list[object] = [tag("p", badge, " ", short(said, 1_500))]
    if turn.answers and turn.plan is not None:
        label = "Check it again" if turn.checked else "Check it"
        parts.append(_button("check", label, turn=turn.number, title="Run the independent checker on this answer"))
    if turn.checked:
        parts.append(_verdict(turn))
    return tag("div", *parts, class_="certificate")


def _verdict(turn: Turn) -> Markup:
    """What "Check it" found: one line for each call, and one for what was put together from them."""
    plan = turn.plan
    assert plan is not None
    names = [*(call.tool for call in plan.calls), "the answer"]
    good = all(one.holds for one in turn.checked)
    head = "Checked again: accepted" if good else "Checked again: not accepted"
    about = f" in {duration(turn.check_seconds)}, on the graph and the witness alone, without the solver."
    return tag(
        "div", tag("p", tag("strong", head), about), certificates(names, turn.checked), class_="verdict", role="status"
    )


def _citations(reply: Reply) -> Markup | None:
    if not reply.citations:
        return None
    rows = []
    for fact in reply.citations[:20]:
        quotes = [
            tag("blockquote", short(q.text, 400), tag("span", f" {q.document or 'a model'}", class_="small"))
            for q in fact.evidence[:3]
        ]
        rows.append(
            tag(
                "li", f"{fact.source} — {fact.verb} → {fact.target} ", tag("span", fact.status, class_="small"), *quotes
            )
        )
    return tag("details", tag("summary", f"{len(reply.citations)} facts that this rests on"), tag("ul", *rows))


def _trace(turn: Turn, reply: Reply) -> Markup:
    cost = reply.cost
    calls = (
        "no model call"
        if not cost.model_calls
        else f"{cost.model_calls} model call{'s' * (cost.model_calls != 1)}, {cost.tokens:,} tokens"
    )
    said = f"{len(turn.steps)} step{'s' * (len(turn.steps) != 1)}, {duration(cost.seconds)}, {calls}"
    return tag(
        "details",
        tag("summary", "How it was answered", tag("span", said, class_="cost")),
        tag("div", *folds(turn), class_="steps"),
        class_="trace",
        data_key=f"{turn.number}-trace",
    )


def _button(act: str, label: str, **data: Any) -> Markup:
    extra = {name if name.startswith(("aria", "title")) else f"data-{name}": clean(str(v)) for name, v in data.items()}
    return tag("button", short(label, 160), type="button", data_act=act, **extra)
