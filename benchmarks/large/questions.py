"""A hundred questions in words on one loaded graph: `python -m benchmarks.large.questions FILE`."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from benchmarks.large.memory import peak
from benchmarks.large.ours import timed

ASKED = (
    "What is the shortest path from {a} to {b} in hops?", "How far is {b} from {a}?",
    "Is there a path from {a} to {b}?",
    "What is the degree of {a}?", "What are the neighbours of {a}?", "Is there an edge between {a} and {b}?",
    "Which common neighbours do {a} and {b} have?", "How many nodes are there?", "What is the maximum degree?",
    "How many connected components are there?",
)  # fmt: skip


def main(path: Path, count: int = 100) -> None:
    """Ask, and print processor seconds, statuses and the peak of memory."""
    from agents import GraphAgent
    from graphs.files import read_graph

    load, wall, graph = timed(lambda: read_graph(path, body="compact"))
    print(f"load: {load:.2f} s ({wall:.1f} s wall)", flush=True)
    rng = random.Random(0)
    agent, statuses, spent = GraphAgent(model="none", time_limit=600), Counter[str](), []
    for number in range(count):
        labels = {name: graph.labels[rng.randrange(graph.num_nodes)] for name in "ab"}  # type: ignore[attr-defined]
        question = ASKED[number % len(ASKED)].format(**labels)
        seconds, _, reply = timed(lambda question=question: agent.ask(question, graph))
        statuses[reply.status] += 1
        spent.append(seconds)
        if number < len(ASKED):
            print(f"  {seconds:.2f} s {reply.status}: {question} {reply.text[:80]}", flush=True)
    spent.sort()
    print(f"{count} questions: {sum(spent):.1f} s, median {spent[len(spent) // 2]:.2f} s, {dict(statuses)}; "
          f"peak {peak() / 1e6:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
