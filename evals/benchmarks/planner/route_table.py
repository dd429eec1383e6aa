"""What each route of a question costs and how sure it is, and the planner's thresholds, from validation wordings.

`python -m evals.benchmarks.planner.route_table --seed 0 --seed 1 [--model SPEC --asked 20]` puts validation questions
(`.validation`) to the certain router, then to the embedded planner, and a sample of what both leave to a chat model's
tool-calling route. It prints a table in Markdown and the thresholds of `agents/embedded/planning.py`.

A threshold is the sureness from which on answering pays best, where a wrong answer costs as much as `COST` right ones
bring, or `SAID` right ones where the reading is said with it and it is never called proven; for CLEAR, where refusing a
question on a graph costs as much as refusing `COST` others brings. Held-out wordings are never read.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from agents.deciding import plan_question
from agents.embedded import planning
from agents.embedded.reading import understand
from agents.plan import Plan
from agents.routing.mentions import find_mentions
from agents.verifier import UNDERSTOOD
from evals.benchmarks.planner.validation import Question, questions
from evals.plans import same_plan
from graphs.errors import GraphError

COST = 10.0
SAID = 5.0
STEPS = (*(round(0.05 * n, 2) for n in range(6, 20)), 0.97, 0.99)  # sureness that may become a threshold
NEVER = 1.01


@dataclass(frozen=True)
class Row:
    """One question on one route. sure: how sure the route is; acted: whether it answered; right: the whole plan."""

    route: str
    kind: str
    acted: bool
    right: bool
    sure: float
    seconds: float
    agreed: bool = False
    other: float = 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print thresholds and table; 0 done, 2 bad arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.benchmarks.planner.route_table", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--count", type=int, default=3000, help="so many validation questions of each seed")
    parser.add_argument("--seed", type=int, action="append", help="may be given often (0)")
    parser.add_argument("--model", help="a chat model for the tool-calling route (a spec of docs/models.md)")
    parser.add_argument("--asked", type=int, default=20, help="so many of the questions that are left go to it")
    parser.add_argument("--cache", type=Path, help="an SQLite file of the chat model's replies")
    parser.add_argument("--out", type=Path, help="write thresholds and rows, without the questions, as JSON")
    chosen = parser.parse_args(arguments)
    seeds = chosen.seed or [0]
    asked = [question for seed in seeds for question in questions(chosen.count, seed)]
    rows = [row for question in asked for row in by_router_and_planner(question)]
    found = thresholds([row for row in rows if row.route == "embedded"])
    left = [question for question, row in zip(asked, last_of_each(rows), strict=True) if not acts(row, found)]
    try:
        if chosen.model:
            sample = random.Random(seeds[0]).sample(left, min(chosen.asked, len(left)))
            rows += by_chat_model(sample, chosen.model, chosen.cache)
    except GraphError as error:
        sys.stderr.write(f"evals.benchmarks.planner.route_table: {error}\n")
        return 2
    sys.stdout.write(json.dumps(found) + "\n\n" + table(rows, found) + "\n")
    if chosen.out:
        data = {"thresholds": found, "rows": [asdict(row) for row in rows]}
        chosen.out.write_text(json.dumps(data) + "\n", encoding="utf-8")
    return 0


def by_router_and_planner(question: Question) -> list[Row]:
    """The router's row, and where it is not sure the embedded planner's."""
    graphs = question.graphs[:1]
    began = time.perf_counter()
    made = plan_question(question.text, graphs)
    seconds = time.perf_counter() - began
    plan: Plan | None = made.get("plan")
    sure = plan.certainty if plan is not None else 0.0
    rows = [Row("router", question.kind, plan is not None, right(plan, question), sure, seconds)]
    if plan is None and made.get("unsure") is not None:
        rows.append(by_planner(question, dict(made["unsure"])))
    return rows


def by_planner(question: Question, expected: dict[str, float]) -> Row:
    """What the embedded planner would answer if every sureness were enough."""
    graphs = question.graphs[:1]
    began = time.perf_counter()
    mentions = find_mentions(question.text, graphs[0])
    found = understand(question.text, graphs, mentions, expected)
    seconds = time.perf_counter() - began
    best = found.proposals[0] if found.proposals else None
    if best is None:
        return Row("embedded", question.kind, False, False, 0.0, seconds, False, found.kind["other"])
    plan = planning.acceptable(best, question.text, mentions)
    agreed = best.plan.last.tool in expected
    sure = planning.sureness(found, best, agreed)
    good, other = right(plan, question), found.kind["other"]
    return Row("embedded", question.kind, plan is not None, good, sure, seconds, agreed, other)


def right(plan: Plan | None, question: Question) -> bool:
    """Whether a plan answers as the gold plan does; where there is nothing to answer, whether there is no plan."""
    if plan is None or question.plan is None:
        return plan is None and question.plan is None
    return same_plan(plan, question.plan, question.graphs)


def thresholds(rows: Sequence[Row]) -> dict[str, float]:
    """SURE, AGREED, ALONE and CLEAR of `agents.embedded.planning`, from the embedded planner's rows."""
    clear = clearness(rows)
    asked = [row for row in rows if row.acted and row.other < clear]
    sure = threshold(asked, SAID)
    acted = [row for row in asked if row.sure >= sure and not row.agreed]
    share = sum(row.right for row in acted) / len(acted) if acted else 0.0
    return {
        "SURE": sure,
        "AGREED": threshold([row for row in asked if row.agreed]),
        "ALONE": min(math.floor(100 * share) / 100, UNDERSTOOD - 0.01),  # what stands alone is never proven
        "CLEAR": clear,
    }


def threshold(rows: Sequence[Row], cost: float = COST) -> float:
    """The sureness from which on answering pays best; `NEVER` where it never does. cost: of a wrong answer."""
    return best(lambda step: sum(1.0 if row.right else -cost for row in rows if row.sure >= step))


def clearness(rows: Sequence[Row]) -> float:
    """The sureness that a text asks nothing of a graph from which on refusing pays best."""
    return best(lambda step: sum(-COST if row.kind == "plan" else 1.0 for row in rows if row.other >= step))


def best(gain: Callable[[float], float]) -> float:
    """The step with the greatest gain, the highest of several."""
    gains = {step: gain(step) for step in (*STEPS, NEVER)}
    return max(step for step, value in gains.items() if value == max(gains.values()))


def acts(row: Row, found: dict[str, float]) -> bool:
    """Whether a route answers or refuses a question, so that it goes no further."""
    if row.route == "router":
        return row.acted
    return row.other >= found["CLEAR"] or (row.acted and row.sure >= found["SURE"])


def last_of_each(rows: Sequence[Row]) -> list[Row]:
    """The last row of each question: the router's comes first."""
    found: list[Row] = []
    for row in rows:
        if row.route == "router":
            found.append(row)
        else:
            found[-1] = row
    return found


def by_chat_model(sample: Sequence[Question], spec: str, cache: Path | None) -> list[Row]:
    """The tool-calling route on questions that were left.

    Raises:
        BadArgument: the spec is none. ModelDown: the model cannot be reached.
    """
    from agents.models import ModelDown, ModelError, chat_model
    from agents.tool_calling import AGREEING, choose, shortlist

    model = chat_model(spec, max_tokens=200, timeout=1800.0, cache=cache)
    rows = []
    for question in sample:
        graph = question.graphs[0]
        expected = plan_question(question.text, (graph,)).get("unsure") or ()
        began = time.perf_counter()
        tools = shortlist(question.text, (graph,), expected)
        try:
            plan = choose(model, question.text, (graph,), tools).plan
        except ModelDown:
            raise
        except ModelError:
            plan = None
        near = {name for name, _ in expected[:2]} | {tool.name for tool in tools[:AGREEING]}
        agreed = plan is not None and plan.last.tool in near and len(plan.calls) == 1
        seconds = time.perf_counter() - began
        rows.append(
            Row(
                "tools", question.kind, plan is not None, right(plan, question), 0.9 if agreed else 0.5, seconds, agreed
            )
        )
    return rows


def table(rows: Sequence[Row], found: dict[str, float]) -> str:
    """One line a route: how many questions reach it, how many of them it answers, how many of those are right, time."""
    parts: list[tuple[str, list[Row], Callable[[Row], bool]]] = [
        ("certain router", [row for row in rows if row.route == "router"], lambda row: row.acted),
    ]
    planner = [row for row in rows if row.route == "embedded"]
    real = [replace(row, acted=row.acted and row.other < found["CLEAR"]) for row in planner]
    agreed = [row for row in real if row.agreed]
    groups: list[tuple[str, list[Row], float, float]] = [
        ("embedded planner, the router agrees", agreed, found["AGREED"], NEVER),
        ("the same, less sure", agreed, found["SURE"], found["AGREED"]),
        ("embedded planner alone", [row for row in real if not row.agreed], found["SURE"], NEVER),
    ]
    for name, group, least, below in groups:
        parts.append((name, group, lambda row, least=least, below=below: row.acted and least <= row.sure < below))  # type: ignore[misc]
    chat = [row for row in rows if row.route == "tools"]
    if chat:
        parts.append(("chat model, router or planner agrees", chat, lambda row: row.acted and row.agreed))
        parts.append(("chat model alone", chat, lambda row: row.acted and not row.agreed))
    lines = ["| route | reached by | answers | right of those | median time |", "|---|---|---|---|---|"]
    for name, group, answers in parts:
        acted = [row for row in group if answers(row)]
        good = sum(row.right for row in acted)
        share = (
            f"{good} of {len(acted)} ({100 * good / len(acted):.1f} ± {error(good, len(acted)):.1f} %)"
            if acted
            else "–"
        )
        seconds = statistics.median(row.seconds for row in group) if group else 0.0
        time_ = f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:.0f} s"
        lines.append(f"| {name} | {len(group)} | {len(acted)} | {share} | {time_} |")
    refused = [row for row in planner if row.other >= found["CLEAR"]]
    lines.append(
        f"| refused by the embedded planner | {len(planner)} | {len(refused)} | "
        f"{sum(row.kind != 'plan' for row in refused)} of {len(refused)} ask nothing of a graph | |"
    )
    return "\n".join(lines)


def error(good: int, n: int) -> float:
    """The standard error of a share, in per cent."""
    return 100 * math.sqrt(good / n * (1 - good / n) / n) if n else 0.0


if __name__ == "__main__":
    sys.exit(main())
