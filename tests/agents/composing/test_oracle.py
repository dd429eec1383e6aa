"""Composed questions against truth by networkx on random graphs: the answer is equal, or asked back, never wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

from agents import GraphAgent
from tests.agents.composing.asked_of_any import DIRECTED, UNDIRECTED, WEIGHTED, Case, Truth

NAMES = ["Ann", "Bob", "Cem", "Dora", "Eve", "Finn", "Gus", "Hugo"]
LETTERS = list("abcdefgh")
NUMBERS = list(range(1, 9))


def cases(directed: bool, weighted: bool, seed: int) -> Iterator[Case]:
    rng = random.Random(seed)
    for labels in (NAMES, LETTERS, NUMBERS):
        for size, share in ((8, 0.25), (6, 0.5), (5, 0.0)):
            graph: Any = nx.gnp_random_graph(size, share, seed=rng.randrange(10**6), directed=directed)
            graph = nx.relabel_nodes(graph, dict(enumerate(rng.sample(labels, size))))
            for _, _, data in graph.edges(data=True):
                data.update({"weight": rng.randint(1, 6)} if weighted else {})
            if weighted and not graph.number_of_edges():
                continue
            u, v = rng.sample(list(graph), 2)
            yield Case(graph, u, v, rng.randint(1, 3))


def same(value: Any, truth: Any, directed: bool) -> bool:
    """Whether a reply's value is the truth; sets without order, and edges without direction where there is none."""
    if isinstance(truth, set):
        listed = value if isinstance(value, list) else [value]
        if any(isinstance(thing, tuple) for thing in truth) or any(isinstance(thing, list) for thing in listed):
            kind: Any = tuple if directed else frozenset
            return Counter(map(kind, listed)) == Counter(map(kind, truth))
        return Counter(listed) == Counter(truth)
    if isinstance(truth, bool) or isinstance(value, bool):
        return value is truth
    if isinstance(value, list):
        return value == [truth]
    return bool(value == truth or (isinstance(truth, float) and value == pytest.approx(truth)))


@pytest.mark.parametrize(
    ("templates", "directed", "weighted", "least"),
    [(UNDIRECTED, False, False, 0.8), (DIRECTED, True, False, 0.85), (WEIGHTED, False, True, 0.75)],
    ids=["undirected", "directed", "weighted"],
)
def test_answers_are_true_or_asked_back(
    templates: list[tuple[str, Truth]], directed: bool, weighted: bool, least: float
) -> None:
    agent = GraphAgent(model="none")
    wrong, asked, right = [], [], 0
    for case in cases(directed, weighted, seed=20260722):
        for template, truth in templates:
            question = template.format(u=case.u, v=case.v, k=case.k)
            reply = agent.ask(question, graph=case.graph)
            expected = truth(case)
            if reply.status == "unanswerable":
                asked.append(question)
            elif expected is not None and same(reply.value, expected, directed):
                right += 1
            else:
                wrong.append((question, sorted(case.graph.edges), reply.value, expected))
    assert not wrong
    assert right >= least * (right + len(asked)), Counter(asked).most_common(20)
