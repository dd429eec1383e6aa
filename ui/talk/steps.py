"""The steps of a question as folds of HTML: what each agent saw and made. Every text is escaped where it enters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from agents.plan import Plan
from agents.reply import Step
from graphs.graph import Graph
from graphs.text.reading import Reading
from tools.answers import GraphAnswer, as_plain
from tools.certificates import Certificate
from ui.proofs import sentence
from ui.report.markup import Markup, join, short, tag
from ui.talk.sources import in_page
from ui.talk.talk import Turn

_EDGES, _VALUE = 12, 1_500  # edges of a graph as it was read; characters of a value or a program


def duration(seconds: float) -> str:
    """Seconds as people read them.

    >>> duration(0.0021), duration(2.5)
    ('2 ms', '2.5 s')
    """
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def fold(step: Step, key: str, calls: int = 0, turn: Turn | None = None) -> Markup:
    """One step as a fold; `key` lets the page keep it open when it is drawn again. calls: model calls that it made.

    turn: the question that the step belongs to, for what an earlier step found.
    """
    cost = duration(step.seconds) + (f", {_count(calls, 'model call')}" if calls else "")
    head = tag("summary", tag("span", step.title, class_="what"), tag("span", cost, class_="cost"))
    output = step.output if isinstance(step.output, dict) else {}
    body = _BODIES.get(step.agent, _other)(step, output)
    if step.agent == "verifier" and turn is not None and turn.plan is not None:
        body = join([body, certificates([call.tool for call in turn.plan.calls], turn.certificates)])
    if fault := output.get("fault"):
        body = join([body, tag("p", in_page(fault), class_="fault")])
    return tag("details", head, tag("div", body, class_="inside"), data_key=key)


def folds(turn: Turn) -> list[Markup]:
    """All steps of a turn, each with the model calls that it added to those before it; each is rendered once."""
    made: list[Markup] = turn.kept.setdefault("folds", [])
    totals = [0]
    for number, step in enumerate(turn.steps):
        totals.append(step.output.get("model_calls", totals[-1]) if isinstance(step.output, dict) else totals[-1])
        if number == len(made):
            made.append(fold(step, f"{turn.number}-{number}", max(0, totals[-1] - totals[-2]), turn))
    return made


_GRADES = {"proof": "proof", "recount": "counted by a second method", "none": "only a part could be checked"}


def certificates(names: Iterable[str], found: Iterable[Certificate]) -> Markup:
    """One line for each certificate, after the name of what it is about."""
    return _listed(_certificate(name, one) for name, one in zip(names, found, strict=False))


def _certificate(name: str, found: Certificate) -> Markup:
    head = tag("code", name)
    if not found.holds:
        return join([head, ": ", short(found.reason or "no check is known for this tool", 600)])
    how = tag("span", f"{found.method} ({_GRADES[found.grade]})", class_="small")
    return join([head, ": ", short(sentence(found.claim), 800), " ", how])


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _listed(items: Iterable[object], name: str = "ul") -> Markup:
    rows = [tag("li", item) for item in items]
    return tag(name, *rows) if rows else Markup("")


def _question(step: Step, output: dict[str, Any]) -> Markup:
    parts: list[object] = []
    graph, reading = output.get("graph"), output.get("reading")
    if isinstance(graph, Graph):
        parts.append(tag("p", f"The graph as it was read: {graph.summary()}."))
        parts.append(_edges(graph))
    else:
        parts.append(tag("p", "No graph was read."))
    if isinstance(reading, Reading) and reading.question:
        parts.append(tag("p", "The question: ", tag("q", short(reading.question, 500))))
    if notes := output.get("assumptions"):
        parts += [tag("p", "Taken, as nothing else was said:"), _listed(map(in_page, notes))]
    return join(parts)


def _edges(graph: Graph) -> Markup:
    rows = []
    for edge, _ in zip(graph.edges(), range(_EDGES), strict=False):
        arrow = " → " if graph.directed else " – "
        about = ", ".join(f"{graph.names.get(k, k)} {v}" for k, v in list(edge.attributes.items())[:3])
        place = str(edge.provenance) if edge.provenance is not None else ""
        ends = short(f"{edge.source}{arrow}{edge.target}", 120)
        rows.append(tag("tr", tag("td", ends), tag("td", short(about, 80)), tag("td", place, class_="small")))
    if not rows:
        return Markup("")
    head = tag("tr", *(tag("th", name, scope="col") for name in ("edge", "carries", "read from")))
    left = graph.num_edges - len(rows)
    more = tag("p", f"… and {left:,} more edges.", class_="small") if left else ""
    return join([tag("div", tag("table", head, *rows), class_="scroll"), more])


def _planner(step: Step, output: dict[str, Any]) -> Markup:
    plan = output.get("plan")
    if not isinstance(plan, Plan):
        unsure = output.get("unsure") or ()
        if not unsure:
            return Markup("")
        names = (f"{name.replace('_', ' ')} ({score:.2f})" for name, score in unsure[:5])
        return join([tag("p", "No reading was certain enough. It had in mind:"), _listed(names)])
    return _plan(plan)


def _plan(plan: Plan) -> Markup:
    who = {"router": "certain router, no model", "embedded": "embedded model", "model": "chat model"}
    parts: list[object] = [
        _listed((tag("code", _call(call.tool, call.arguments, call.on)) for call in plan.calls), "ol"),
        tag("p", f"Chosen by the {who.get(plan.source, plan.source)}, certainty {plan.certainty:.2f}.", class_="small"),
    ]
    if plan.alternatives:
        others = _listed(short(reading, 200) for reading in plan.alternatives[:3])
        parts += [tag("p", "Other readings that were considered:", class_="small"), others]
    return join(parts)


def _call(tool: str, arguments: dict[str, Any], on: int | None) -> str:
    given = ", ".join(f"{name}={short(_plain(value), 160)}" for name, value in arguments.items())
    return f"{tool}({given})" + (f"  on the graph of call {on + 1}" if on is not None else "")


def _plain(value: Any) -> str:
    if isinstance(value, Graph):
        return value.summary()
    return json.dumps(as_plain(_first(value)), ensure_ascii=False, default=str)


def _first(value: Any) -> Any:
    """No more of a long value than is shown: a value for each of a million nodes takes a second to write."""
    if isinstance(value, Mapping):
        return {key: _first(one) for key, one in islice(value.items(), _VALUE)}
    if isinstance(value, (list, tuple)):
        return [_first(one) for one in value[:_VALUE]]
    return value


def _solver(step: Step, output: dict[str, Any]) -> Markup:
    plan, answers = output.get("plan"), output.get("answers") or ()
    if not isinstance(plan, Plan):
        return Markup("")
    rows = []
    for call, answer in zip(plan.calls, answers, strict=False):
        value = answer.graph.summary() if isinstance(answer, GraphAnswer) else _plain(answer.value)
        rows.append(
            join([tag("code", _call(call.tool, call.arguments, call.on)), tag("pre", short(value, _VALUE), tabindex=0)])
        )
    return _listed(rows, "ol")


def _verifier(step: Step, output: dict[str, Any]) -> Markup:
    answers = (step.input or {}).get("answers") or ()
    kinds = ", ".join(dict.fromkeys(type(answer).__name__ for answer in answers))
    return tag("p", f"Each answer ({kinds}) went with its witness to a checker that does not know the solver.")


def _answer(step: Step, output: dict[str, Any]) -> Markup:
    return tag("p", "The sentence was made from the typed value by code.")


def _other(step: Step, output: dict[str, Any]) -> Markup:
    plan = output.get("plan")
    if isinstance(plan, Plan):
        return _plan(plan)
    rows = []
    for name, value in output.items():
        if name in ("reply", "steps", "fault", "assumptions") or value in (None, "", (), []):
            continue
        shown = value if isinstance(value, str) else _plain(value)
        rows.append(
            join([tag("p", name.replace("_", " "), class_="small"), tag("pre", short(shown, _VALUE), tabindex=0)])
        )
    return join(rows)


_BODIES: dict[str, Callable[[Step, dict[str, Any]], Markup]] = {
    "question": _question,
    "planner": _planner,
    "embedded": _planner,
    "solver": _solver,
    "verifier": _verifier,
    "answer": _answer,
}
