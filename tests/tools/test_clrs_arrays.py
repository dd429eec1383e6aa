"""The CLRS algorithms without a graph: right results accepted, forged ones refused, ties called ties."""

from __future__ import annotations

import copy
import random
from typing import Any

import numpy as np
import pytest

from graphs.clrs import GRAPH_ALGORITHMS, run, sample
from graphs.clrs.text import outputs, read_question, to_text
from graphs.errors import GraphError
from graphs.graph import Graph
from tests.tools.test_clrs import graph_of, random_matrices
from tools.answers import NodeValues, PairValues, Record
from tools.certificates.clrs_arrays import certify
from tools.clrs_arrays import SOLVERS, solve
from tools.run import run_tool

DIRECTED = ("dfs", "topological_sort", "strongly_connected_components", "dag_shortest_paths")


def inputs_of(algorithm: str, size: int, rng: np.random.RandomState, decimals: int = 3) -> dict[str, Any]:
    return read_question(to_text(sample(algorithm, size, rng, decimals=decimals, hints=False))[0]).inputs


@pytest.mark.parametrize("algorithm", sorted(SOLVERS))
def test_answers_are_accepted_and_forged_ones_are_not(algorithm: str) -> None:
    rng, forger = np.random.RandomState(4), random.Random(4)
    for size in (4, 6, 12):
        for _ in range(5):
            inputs = inputs_of(algorithm, size, rng)
            answer = solve(algorithm, inputs)
            verdict = certify(algorithm, inputs, answer)
            assert verdict.holds, (verdict.reason, inputs)
            assert verdict.claim
            assert verdict.grade in ("proof", "recount")
            for _ in range(4):
                forged = forge(answer, forger)
                again = certify(algorithm, inputs, forged)
                assert not again.holds or again.grade == "recount", (inputs, forged)


def forge(answer: Record, rng: random.Random) -> Record:
    figures: dict[str, Any] = copy.deepcopy(dict(answer.figures))
    name = rng.choice(list(figures))
    if isinstance(figures[name], int):
        figures[name] += rng.choice((-1, 1))
        return Record(figures)
    row = figures[name]
    while isinstance(row[0], list):
        row = rng.choice(row)
    place = rng.randrange(len(row))
    row[place] = row[place] + rng.choice((-1, 1)) if isinstance(row[place], int) else row[place] + 0.001
    return Record(figures)


@pytest.mark.parametrize("figures", [{}, {"x": 1}, None, [], "text", {"pred": None}])
@pytest.mark.parametrize("algorithm", sorted(SOLVERS))
def test_what_is_no_answer_is_refused(algorithm: str, figures: Any) -> None:
    inputs = inputs_of(algorithm, 5, np.random.RandomState(0))
    assert not certify(algorithm, inputs, Record(figures)).holds
    names = [feature.name for feature in outputs(algorithm)]
    for junk in (None, "1", True, 1.5, -1, 10**9, [], [None], [[0]], [float("nan")] * 5, {"a": 1}):
        assert not certify(algorithm, inputs, Record(dict.fromkeys(names, junk))).holds


def test_what_others_share_is_not_proven() -> None:
    assert certify("quickselect", {"key": [1, 1, 2]}, Record({"median": 0})).grade == "recount"
    assert certify("quickselect", {"key": [1, 1.5, 2]}, Record({"median": 1})).grade == "proof"
    assert (
        certify("find_maximum_subarray_kadane", {"key": [1, -2, 1]}, Record({"start": 2, "end": 2})).grade == "recount"
    )
    assert not certify("minimum", {"key": [2, 1, 1]}, Record({"min": 2})).holds


def test_ties_are_broken_as_the_steps_do() -> None:
    """Whole numbers from few, so that most are equal."""
    rng = random.Random(1)
    for _ in range(150):
        n = rng.randint(1, 9)
        key = [rng.randint(0, 3) for _ in range(n)]
        for name in ("quickselect", "minimum", "find_maximum_subarray_kadane"):
            numbers = [x - 1 for x in key] if name.startswith("find") else key
            found = run(name, key=numbers).outputs
            assert {k: int(np.argmax(v)) for k, v in found.items()} == solve(name, {"key": numbers}).figures
        starts = [rng.randint(0, 4) for _ in range(n)]
        tasks = {"s": starts, "f": [s + x + 1 for s, x in zip(starts, key, strict=True)]}
        assert (
            run("activity_selector", **tasks).outputs["selected"].tolist()
            == solve("activity_selector", tasks).figures["selected"]
        )
        due = {"d": [x + 1 for x in key], "w": key}
        assert (
            run("task_scheduling", **due).outputs["selected"].tolist()
            == solve("task_scheduling", due).figures["selected"]
        )


@pytest.mark.parametrize(
    ("algorithm", "inputs"),
    [
        ("binary_search", {"key": [2.0, 1.0], "target": 1.0}),
        ("segments_intersect", {"x": [0, 1], "y": [0, 1]}),
        ("graham_scan", {"x": [0, 1, 2, 1], "y": [0, 0, 0, 5]}),
        ("jarvis_march", {"x": [0, 1, 0], "y": [0, 0, 0]}),
    ],
)
def test_undefined_inputs_are_errors(algorithm: str, inputs: dict[str, Any]) -> None:
    with pytest.raises(GraphError):
        solve(algorithm, inputs)


@pytest.mark.parametrize("algorithm", GRAPH_ALGORITHMS)
def test_the_graph_tools_and_the_steps_agree_on_ties(algorithm: str) -> None:
    """`tools.clrs` and `graphs.clrs` share no code, and get the same pointers on graphs full of equal weights."""
    directed, acyclic = algorithm in DIRECTED, algorithm in ("topological_sort", "dag_shortest_paths")
    for matrix in random_matrices(60, directed=directed, acyclic=acyclic):
        graph: Graph = graph_of(matrix, directed)
        source = len(matrix) // 2
        rooted = algorithm in ("bfs", "dijkstra", "bellman_ford", "mst_prim", "dag_shortest_paths")
        answer, _ = run_tool(graph, f"clrs_{algorithm}", {"source": source} if rooted else {})
        steps = run(algorithm, A=matrix, **({"s": source} if rooted else {})).outputs
        n = range(len(matrix))
        if isinstance(answer, NodeValues):
            assert [answer.values[i] for i in n] == next(iter(steps.values())).tolist()
        elif isinstance(answer, PairValues):
            assert [[answer.values[i, j] for j in n] for i in n] == next(iter(steps.values())).tolist()
        else:
            assert list(answer.value["topo"].values()) == steps["topo"].tolist()
            assert answer.value["topo_head"] == int(np.argmax(steps["topo_head"]))
