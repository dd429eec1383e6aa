"""Benchmarks in other words: `python -m evals.run NAME --perturb SPEC`.

Each question, the graph cut out, is paraphrased by a chat model; names and numbers stand behind placeholders that must
come back, and everything around the question stays as it is. A paraphrase is kept only where an independent reader
(`.rereading`) takes it for what the original means. What is not kept is counted by its reason and left out: never
as right, never as wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evals.rewording.paraphrase import masked, paraphrased
from evals.rewording.rereading import Reference, means_the_same
from evals.solvers import SolverUnavailable
from evals.task import Sample, Task
from graphs.errors import GraphError
from graphs.graph import Graph
from graphs.text.reading import Reading

CACHE = "paraphrases.sqlite"
WRITTEN = "paraphrases.jsonl"
TOKENS = 220  # of one reply
TIMEOUT = 900.0  # seconds for one
KEPT = "kept"
UNSURE = "the reader cannot read the original either"


@dataclass(frozen=True)
class Perturbed:
    """One question said anew, or the reason why it is left out."""

    sample: Sample
    reason: str
    original: str = ""
    paraphrase: str = ""


def perturbed(
    task: Task,
    samples: Sequence[Sample],
    folder: Path,
    spec: str,
    reader: str | None = None,
    cache: Path | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> tuple[list[Sample], dict[str, Any]]:
    """(the samples whose paraphrase is kept, with it; what became of all). Writes `paraphrases.jsonl`.

    spec: the model that paraphrases. reader: the one that reads, by default the same. cache: an SQLite file of replies.

    Raises:
        SolverUnavailable: a model cannot be made or reached.
    """
    from agents.models import Ledger, ModelDown, chat_model

    ledger = Ledger()
    folder.mkdir(parents=True, exist_ok=True)
    kept = cache or folder / CACHE
    try:
        writing, reading = (
            chat_model(name, max_tokens=TOKENS, timeout=TIMEOUT, cache=kept).charged_to(ledger)
            for name in (spec, reader or spec)
        )
        found = []
        for number, sample in enumerate(samples, 1):
            found.append(_perturbed(task, sample, writing, reading))
            done(number)
    except ModelDown as error:
        raise SolverUnavailable(f"--perturb: {error}") from error
    except GraphError as error:
        raise SolverUnavailable(f"--perturb or --reader: {error}") from error
    lines = [{"id": p.sample.id, "reason": p.reason, "from": p.original, "to": p.paraphrase} for p in found]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines)
    (folder / WRITTEN).write_text(text, encoding="utf-8")
    reasons = Counter(p.reason for p in found)
    spent = ledger.total
    about = {
        "model": spec,
        "reader": reader or spec,
        "asked": len(found),
        "kept": reasons.pop(KEPT, 0),
        "left out": dict(reasons.most_common()),
        "calls": spent.calls,
        "cached": spent.cached,
        "tokens": spent.tokens,
    }
    return [p.sample for p in found if p.reason == KEPT], about


def _perturbed(task: Task, sample: Sample, writing: Any, reading: Any) -> Perturbed:
    if task.audit(sample).gold != "right":
        return Perturbed(sample, "the gold does not survive its audit")
    known = task.reread(sample) if task.reread is not None else by_plan(task, sample)
    if isinstance(known, str):
        return Perturbed(sample, known)
    start, end = known.span
    original = masked(sample.question[start:end], known.graph)
    if original is None:
        return Perturbed(sample, "names and numbers cannot be told from words")
    said, why = paraphrased(writing, original, known.graph, sample.id)
    if why:
        return Perturbed(sample, why, original.text)
    new, old = original.restored(said), sample.question[start:end]
    whole = sample.question[:start] + new + sample.question[end:]
    if not known.same(reading, new, old):
        reason = "the reader takes it for something else" if known.same(reading, old, old) else UNSURE
        return Perturbed(sample, reason, original.text, said)
    return Perturbed(replace(sample, question=whole), KEPT, original.text, said)


@dataclass(frozen=True)
class Known:
    """What is known of a question before it is said anew.

    span: where it stands in the text. graph: whose labels must survive. same: whether a reader (a chat model) takes
    a paraphrase, its second argument, for what the original, its third, means.
    """

    span: tuple[int, int]
    graph: Graph | None
    same: Callable[[Any, str, str], bool]


def by_plan(task: Task, sample: Sample) -> Known | str:
    """What the certain router makes of a question that it gets right; or why the question cannot be used."""
    from agents.ask import GraphAgent

    reply = GraphAgent("none", time_limit=20.0).ask(sample.question)
    if task.score(reply, sample) != "right":
        return "the original is not answered right"
    made: Mapping[str, Any] = {}
    for step in reply.steps:
        made = {**made, **(step.output if step.agent in ("question", "planner") else {})}
    reading, plan, graph = made.get("reading"), made.get("plan"), made.get("graph")
    if reading is None or plan is None or graph is None or len(reading.graphs) > 1:
        return "the original has no plan"
    reference = Reference(plan, graph, reply.value)
    if not reference.checkable:
        return "its plan is more than tool calls"
    span = question_span(reading)
    if span is None:
        return "the question stands in several places"
    return Known(span, graph, lambda model, new, old: means_the_same(model, new, old, reference))


def question_span(reading: Reading) -> tuple[int, int] | None:
    """Where the question stands in its text; None where it does so in several places."""
    asked = [n for n, span in enumerate(reading.spans) if span.role == "question"]
    if not asked or asked[-1] - asked[0] + 1 != len(asked):
        return None
    return reading.spans[asked[0]].start, reading.spans[asked[-1]].end


def line(found: Mapping[str, Any]) -> str:
    """What became of the questions, as one line of a report."""
    left = "; ".join(f"{reason}: {count}" for reason, count in found["left out"].items()) or "none"
    return (
        f"perturbed by {found['model']}, read by {found['reader']}: {found['kept']} of {found['asked']} kept and scored"
        f" | left out: {left} | calls {found['calls']}, replayed {found['cached']}"
    )
