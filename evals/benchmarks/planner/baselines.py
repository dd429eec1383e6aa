"""Chat models as planners on the embedded planner's held-out questions.

`python -m evals.benchmarks.planner.baselines --model SPEC`.

A sample of the questions, drawn by the seed, is put to a model as the tool-calling route puts it: the same candidates,
the same schema, the same check of what it chose. A plan is right when it gives the same answers as the gold plan on
several graphs (`evals.plans`); a question that asks nothing of a graph is right when no tool was chosen. The
model "embedded" is the shipped planner by itself, on the same sample. Nothing that is printed or written holds a
question.
"""

from __future__ import annotations

import argparse
import functools
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.plan import Plan
from agents.tool_calling import prompt
from evals.benchmarks.planner.items import KINDS, Item, items
from evals.plans import same_plan
from evals.report import share
from graphs.errors import GraphError

TIMEOUT = 1800.0  # seconds for one reply, on a busy machine
TOKENS = 200  # of one reply
EXAMPLES = 4  # of the few-shot prompt: the route's own, and as many of SHOTS as are missing
SHOTS = (
    "Example. Tools: bridges(): edges whose loss splits a component. | num_edges(): how many edges there are.\n"
    "Question: How many links does this thing have altogether?\n"
    'Reply: {"steps": [{"tool": "num_edges", "arguments": {}}]}',
    "Example. Tools: add_edges(edges): the graph with more edges. | degree(node): how many edges touch a node. | "
    "neighbors(node): the nodes next to a node.\n"
    "Question: Suppose Kim and Leo were joined as well. Who would be next to Kim then?\n"
    'Reply: {"steps": [{"tool": "add_edges", "arguments": {"edges": [["Kim", "Leo"]]}}, '
    '{"tool": "neighbors", "arguments": {"node": "Kim"}}]}',
)


@dataclass(frozen=True)
class Choice:
    """What a planner made of a question: a plan, none, or a reply that was refused with `fault`."""

    plan: Plan | None
    fault: str = ""
    calls: int = 0
    tokens: int = 0
    among: bool = True  # whether the gold tool was among the candidates


Planner = Callable[[Item], Choice]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line of JSON for each model and prompt; 0 done, 2 bad arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.benchmarks.planner.baselines", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--model", action="append", required=True, help="a spec of docs/models.md; may be given often")
    parser.add_argument("--shots", type=int, action="append", choices=(0, EXAMPLES), help="examples in the prompt")
    parser.add_argument("--limit", type=int, default=40, help="so many questions")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--cache", type=Path, help="an SQLite file of replies, so that a stopped run goes on")
    parser.add_argument("--out", type=Path, help="write the outcomes as lines of JSON, without the questions")
    chosen = parser.parse_args(arguments)
    sample = drawn(chosen.limit, chosen.seed)
    rows: list[dict[str, Any]] = []
    try:
        for name, planner in planners(chosen.model, chosen.shots or [0, EXAMPLES], chosen.cache):
            rows += [{"planner": name, **outcome(item, planner)} for item in sample]
            sys.stdout.write(json.dumps(summary(name, [row for row in rows if row["planner"] == name])) + "\n")
            sys.stdout.flush()
            if chosen.out:
                chosen.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    except GraphError as error:
        sys.stderr.write(f"evals.benchmarks.planner.baselines: {error}\n")
        return 2
    return 0


def drawn(limit: int, seed: int) -> list[Item]:
    """`limit` of the held-out questions, drawn by the seed; a longer sample begins with a shorter one."""
    found = [item for kind in KINDS for item in items(kind, seed)]
    random.Random(seed).shuffle(found)
    return found[:limit]


def planners(models: Sequence[str], shots: Sequence[int], cache: Path | None) -> Iterator[tuple[str, Planner]]:
    """Each model with each prompt; the shipped planner once.

    Raises:
        BadArgument: a spec is none, or its file or extra is missing.
    """
    from agents.models import chat_model

    for spec in models:
        if spec == "embedded":
            yield spec, embedded
            continue
        model = chat_model(spec, max_tokens=TOKENS, timeout=TIMEOUT, cache=cache)
        name = spec.rpartition("/")[2]
        for number in shots:
            yield f"{name}, {number} shots", functools.partial(by_chat, model, prompt_of(number))


def prompt_of(shots: int) -> str:
    """The route's rules with so many worked examples."""
    rules, *own = prompt().strip().split("\n\nExample. ")
    examples = [*(f"Example. {text}" for text in own), *SHOTS][:shots]
    return "\n\n".join((rules, *examples))


def by_chat(model: Any, rules: str, item: Item) -> Choice:
    """The plan of a chat model, asked as the tool-calling route asks."""
    from agents.deciding import plan_question
    from agents.models import ModelDown, ModelError
    from agents.tool_calling import choose, shortlist

    graphs = (item.graph,)
    expected = plan_question(item.text, graphs).get("unsure") or ()
    tools = shortlist(item.text, graphs, expected)
    among = item.plan is None or {call.tool for call in item.plan.calls} <= {tool.name for tool in tools}
    try:
        chosen = choose(model, item.text, graphs, tools, rules)
    except ModelDown:
        raise
    except ModelError as error:
        return Choice(None, str(error), error.usage.calls, error.usage.tokens, among)
    return Choice(chosen.plan, chosen.fault, chosen.usage.calls, chosen.usage.tokens, among)


def embedded(item: Item) -> Choice:
    """The likeliest plan of the shipped planner, with the router's hints, whatever its sureness."""
    from agents.deciding import plan_question
    from agents.embedded.reading import understand
    from agents.routing.mentions import find_mentions

    hints = dict(plan_question(item.text, (item.graph,)).get("unsure") or ())
    found = understand(item.text, (item.graph, *item.more[-1:]), find_mentions(item.text, item.graph), hints)
    best = found.proposals[0] if found.proposals else None
    asks = max(found.kind, key=lambda kind: found.kind[kind]) == "plan"
    return Choice(best.plan if asks and best is not None and not best.missing else None, calls=1)


def outcome(item: Item, planner: Planner) -> dict[str, Any]:
    """The row of one question: what kind it is, and whether plan and tool are right."""
    began = time.perf_counter()
    made = planner(item)
    about = {
        "group": item.kind,
        "fault": made.fault[:80],
        "calls": made.calls,
        "tokens": made.tokens,
        "seconds": round(time.perf_counter() - began, 3),
        "among": made.among,
    }
    if item.plan is None:
        return about | {
            "tool": made.plan is None,
            "outcome": "right" if made.plan is None and not made.fault else "wrong",
        }
    if made.plan is None:
        return about | {"tool": False, "outcome": "refused" if made.fault else "no tool"}
    right = same_plan(made.plan, item.plan, (item.graph, *item.more))
    return about | {"tool": made.plan.last.tool == item.plan.last.tool, "outcome": "right" if right else "wrong"}


def kind_of(group: str) -> str:
    """The larger group of a held-out group: single questions, compositions, refusals."""
    return "refusals" if group.startswith("refusals") else "compositions" if "composition" in group else "questions"


def summary(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Plan accuracy with its standard error, overall and by kind, and what it cost."""
    asked = [row for row in rows if kind_of(row["group"]) != "refusals"]
    kinds = {
        kind: [row for row in rows if kind_of(row["group"]) == kind]
        for kind in ("questions", "compositions", "refusals")
    }
    right = share(rows)
    return {
        "planner": name,
        "n": len(rows),
        "right": right["right"],
        "accuracy": round(right["accuracy"], 3),
        "standard_error": round(right["standard_error"], 3),
        **{kind: f"{share(part)['right']} of {len(part)}" for kind, part in kinds.items()},
        "tool right": f"{sum(row['tool'] for row in asked)} of {len(asked)}",
        "gold tools among the candidates": f"{sum(row['among'] for row in asked)} of {len(asked)}",
        "outcomes": dict(Counter(row["outcome"] for row in rows)),
        "seconds": round(statistics.median(row["seconds"] for row in rows), 2) if rows else 0.0,
        "tokens": round(statistics.mean(row["tokens"] for row in rows)) if rows else 0,
    }


if __name__ == "__main__":
    sys.exit(main())
