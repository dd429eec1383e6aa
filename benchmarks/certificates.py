"""Attack every certificate: run each tool on random graphs, forge its answers, and count what the checkers accept."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.attacking.attacks import alike, attacks, figure, same_value
from benchmarks.attacking.trials import arguments_for, trial_graphs
from graphs import Graph, GraphError
from tools.answers import Answer
from tools.certificates import check
from tools.registry import Tool, families

EMPTY = Graph()


@dataclass
class Tally:
    """What happened to one tool, or to a family of them.

    same: forgeries accepted that show the user what the right answer shows. other: accepted ones of another value but
    equal figures (lengths, sizes, sums): mostly another optimum. suspects: accepted ones whose figures differ.
    """

    answers: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    accepted: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    tried: int = 0
    rejected: int = 0
    same: int = 0
    other: int = 0
    suspects: list[str] = field(default_factory=list)

    def add(self, more: Tally) -> None:
        for name, value in vars(more).items():
            mine = getattr(self, name)
            if isinstance(mine, Counter):
                mine.update(value)
            elif isinstance(mine, list):
                mine.extend(value)
            else:
                setattr(self, name, mine + value)


def attack(tool: Tool, graph: Graph, rng: random.Random, tally: Tally, time_limit: float = 0.5) -> None:
    """One question to one tool: its answer must be accepted, and forged ones are tried on the checker."""
    arguments = arguments_for(tool, graph, rng, time_limit)
    shown = f"{tool.name}({_brief(arguments)}) on {_brief(graph)}"
    target = graph if tool.takes_graph else None
    try:
        answer = tool.function(graph, **arguments) if tool.takes_graph else tool.function(**arguments)
    except GraphError as error:
        tally.errors[type(error).__name__] += 1
        return
    except Exception as error:  # noqa: BLE001 the very thing that is counted
        tally.crashes.append(f"{shown}: {error!r}")
        return
    tally.answers += 1
    verdict = check(target, tool.name, arguments, answer)
    if not verdict.holds:
        tally.refused.append(f"{shown}: {_brief(answer)} refused: {verdict.reason}")
        return
    tally.accepted += 1
    tally.grades[verdict.grade] += 1
    for forged in forged_answers(tool, graph, arguments, answer, rng, tally):
        _try(tool, target, arguments, answer, forged, tally, shown)


def forged_answers(
    tool: Tool, graph: Graph, arguments: dict[str, Any], answer: Answer, rng: random.Random, tally: Tally
) -> Iterator[Answer]:
    try:
        yield from attacks(tool, graph if tool.takes_graph else EMPTY, arguments, answer, rng)
    except Exception as error:  # noqa: BLE001 a tool broke on a neighbouring graph
        tally.crashes.append(f"{tool.name} on a neighbour of {_brief(graph)}: {error!r}")


def _try(
    tool: Tool, graph: Graph | None, arguments: dict[str, Any], right: Answer, forged: Answer, tally: Tally, shown: str
) -> None:
    if type(forged) is type(right) and vars(forged) == vars(right):
        return
    tally.tried += 1
    try:
        verdict = check(graph, tool.name, arguments, forged)
    except Exception as error:  # noqa: BLE001 a checker must judge whatever it is shown
        tally.crashes.append(f"the checker of {shown} on {_brief(forged)}: {error!r}")
        return
    if not verdict.holds:
        tally.rejected += 1
    elif same_value(right, forged):
        tally.same += 1
    elif alike(figure(right), figure(forged)):
        tally.other += 1
    else:
        tally.suspects.append(f"{shown}: accepts {_brief(forged)} [{verdict.grade}]; right is {_brief(right)}")


def _brief(value: Any) -> str:
    if isinstance(value, Graph):
        edges = ", ".join(
            f"{e.source}-{e.target}" + (f" {dict(e.attributes)}" if e.attributes else "") for e in value.edges()
        )
        kind = ("directed " if value.directed else "") + ("multi" if value.multi else "")
        value = f"{kind} {value.nodes} {edges}"
    return str(value)[:700]


def attack_family(tools: Iterable[Tool], graphs: int, seed: int, most: int, time_limit: float, extreme: bool) -> Tally:
    total = Tally()
    for tool in tools:
        rng = random.Random(f"{tool.name} {seed}")
        for graph in trial_graphs(graphs, rng.randrange(2**32), most, extreme=extreme):
            attack(tool, graph, rng, total, time_limit)
    return total


COLUMNS = ("family", "tools", "answers", "errors", "accepted", "refused", "forged", "rejected", "same", "other")
HEAD = (*COLUMNS, "suspects", "crashes", "seconds")


def row(name: str, tools: int, tally: Tally, seconds: float) -> str:
    cells: list[Any] = [tools, tally.answers, tally.errors.total(), tally.accepted, len(tally.refused), tally.tried]
    cells += [tally.rejected, tally.same, tally.other, len(tally.suspects), len(tally.crashes), f"{seconds:.1f}"]
    return f"{name:20}" + "".join(f"{cell:>9}" for cell in cells)


def main() -> int:
    """Print the table by family, the errors by kind, and every refusal, crash and suspect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graphs", type=int, default=100, help="graphs for each tool")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=7, help="nodes of the largest graph")
    parser.add_argument(
        "--time-limit", type=float, default=0.5, help="seconds that a tool of exponential cost may take"
    )
    parser.add_argument("--extreme", action="store_true", help="weights far apart or next to 0, too")
    parser.add_argument("--family", action="append", help="only this family (may be repeated)")
    parser.add_argument("--shown", type=int, default=5, help="suspects shown for each family")
    options = parser.parse_args()
    total, count = Tally(), 0
    print("".join(f"{name:20}" if i == 0 else f"{name:>9}" for i, name in enumerate(HEAD)))
    bad: list[str] = []
    for family, tools in families():
        if options.family and family not in options.family:
            continue
        start = time.perf_counter()
        tally = attack_family(tools, options.graphs, options.seed, options.most, options.time_limit, options.extreme)
        print(row(family, len(tools), tally, time.perf_counter() - start), flush=True)
        for kind in ("crashes", "refused", "suspects"):
            bad += [f"{kind}: {line}" for line in getattr(tally, kind)[: options.shown]]
        total.add(tally)
        count += len(tools)
    print(row("all", count, total, 0))
    print("errors:", dict(total.errors.most_common()), "grades:", dict(total.grades))
    print("\n".join(bad))
    return 1 if total.crashes or total.refused else 0


if __name__ == "__main__":
    sys.exit(main())
