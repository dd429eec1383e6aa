"""The thirty algorithms: right results by other means, hints of the declared shapes, clear errors, n = 1."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.clrs import ALGORITHMS, GRAPH_ALGORITHMS, SPECS, Example, run, sample
from graphs.clrs.inputs import asked
from graphs.errors import BadArgument, GraphError, NegativeCycle, WrongKind
from tools.clrs_arrays import SOLVERS, solve

SMALLEST = {"strongly_connected_components": 4, "lcs_length": 2, "naive_string_matcher": 3, "kmp_matcher": 3}
LINE = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_there_are_thirty_and_twelve_take_graphs() -> None:
    assert (len(ALGORITHMS), len(GRAPH_ALGORITHMS)) == (30, 12)


def as_given(example: Example) -> dict[str, Any]:
    """What `run` takes, read off the tensors."""
    return {
        f.name: int(np.argmax(x)) if f.kind == "mask_one" else np.argmax(x, -1) if f.kind == "categorical" else x
        if f.kind == "scalar" else x.astype(int)
        for f in asked(example.algorithm)
        for x in (example.inputs[f.name],)
    }  # fmt: skip


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("size", [0, 6, 13])  # 0: the smallest that the algorithm is sampled at
def test_tensors_have_the_declared_names_shapes_and_kinds(algorithm: str, size: int) -> None:
    example = sample(algorithm, size or SMALLEST.get(algorithm, 1), np.random.RandomState(size))
    n = example.num_nodes
    steps = {len(x) for x in example.hints.values()}
    assert len(steps) == 1
    for feature in SPECS[algorithm]:
        tensor = {"input": example.inputs, "output": example.outputs, "hint": example.hints}[feature.stage][
            feature.name
        ]
        shape = {"node": (n,), "edge": (n, n), "graph": ()}[feature.location]
        shape += (feature.classes,) if feature.kind == "categorical" else ()
        assert tensor.shape == (tuple(steps) if feature.stage == "hint" else ()) + shape, feature
        if feature.kind in ("mask", "mask_one", "categorical"):
            assert np.isin(tensor, (-1, 0, 1)).all()
        if feature.kind in ("mask_one", "categorical"):
            assert (np.abs(tensor).sum(-1) == 1).all()
        if feature.kind in ("pointer", "permutation"):
            assert tensor.dtype == np.int64
            assert ((tensor >= 0) & (tensor < n)).all()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_fast_way_gives_the_same_without_hints(algorithm: str) -> None:
    slow, fast = (sample(algorithm, 9, np.random.RandomState(5), hints=hints) for hints in (True, False))
    assert not fast.hints
    assert slow.hints
    for name in slow.outputs:
        assert np.array_equal(slow.outputs[name], fast.outputs[name])


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_last_hint_of_a_result_is_the_result(algorithm: str) -> None:
    """True of all but Floyd-Warshall and those on strings, which note a state before each step."""
    example = sample(algorithm, 11, np.random.RandomState(2))
    for name, value in example.outputs.items():
        if f"{name}_h" in example.hints and algorithm != "floyd_warshall":
            assert np.array_equal(example.hints[f"{name}_h"][-1], value)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_run_on_the_sampled_inputs_gives_the_sample(algorithm: str) -> None:
    example = sample(algorithm, 8, np.random.RandomState(1))
    again = run(algorithm, **as_given(example))
    for mine, other in ((example.inputs, again.inputs), (example.outputs, again.outputs), (example.hints, again.hints)):
        assert list(mine) == list(other)
        assert all(np.array_equal(mine[name], other[name]) for name in mine)


@pytest.mark.parametrize("algorithm", sorted(SOLVERS))
def test_results_without_a_graph_equal_their_definition(algorithm: str) -> None:
    for size in (4, 7, 15):
        rng = np.random.RandomState(size)
        for _ in range(8):
            example = sample(algorithm, size, rng, hints=False)
            given_ = {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in as_given(example).items()}
            given_ = {k: float(v) if k == "target" else v for k, v in given_.items()}
            found = solve(algorithm, given_).figures
            assert list(found) == list(example.outputs)
            if "pred" not in found:
                for name, value in found.items():
                    assert np.array_equal(_plain(example, name), np.array(value)), (name, given_)


def _plain(example: Example, name: str) -> Any:
    feature = next(f for f in SPECS[example.algorithm] if f.name == name and f.stage == "output")
    tensor = example.outputs[name]
    if feature.kind == "mask_one":
        return np.argmax(tensor)
    if feature.kind == "categorical":
        return np.where((tensor < 0).any(-1), -1, np.argmax(tensor, -1))
    return tensor


def matrices(*, directed: bool) -> st.SearchStrategy[list[list[int]]]:
    """Small whole weights, so that there are many ties; self-loops."""

    def build(size: int, seed: int) -> list[list[int]]:
        rng = random.Random(seed)
        rows = [[rng.choice((0, 0, 1, 2)) for _ in range(size)] for _ in range(size)]
        return rows if directed else [[rows[min(i, j)][max(i, j)] for j in range(size)] for i in range(size)]

    return st.builds(build, st.integers(1, 8), st.integers(0, 10**6))


@settings(deadline=None)
@given(matrices(directed=False))
def test_undirected_structures_equal_networkx(rows: list[list[int]]) -> None:
    graph = nx.from_numpy_array(np.array(rows))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    cuts = run("articulation_points", A=rows).outputs["is_cut"]
    assert {v for v in graph if cuts[v]} == set(nx.articulation_points(graph))
    table = run("bridges", A=rows).outputs["is_bridge"]
    assert {(u, v) for u, v in graph.edges if table[u, v] == 1} == set(nx.bridges(graph))
    least = nx.minimum_spanning_tree(graph).size("weight")
    taken = run("mst_kruskal", A=rows).outputs["in_mst"]
    assert (taken * np.array(rows)).sum() / 2 == least
    parents = run("mst_prim", A=rows, s=0).outputs["pi"].tolist()
    tree = graph.subgraph(nx.node_connected_component(graph, 0))
    assert sum(rows[p][v] for v, p in enumerate(parents) if p != v) == nx.minimum_spanning_tree(tree).size("weight")


@settings(deadline=None)
@given(matrices(directed=True))
def test_shortest_paths_equal_networkx(rows: list[list[int]]) -> None:
    graph = nx.from_numpy_array(np.array(rows), create_using=nx.DiGraph)
    far = nx.single_source_dijkstra_path_length(graph, 0)
    for name in ("bellman_ford", "dijkstra"):
        example = run(name, A=rows, s=0)
        assert {v: d for v, d in enumerate(example.hints["d"][-1].tolist()) if v in far} == far
        for v, p in enumerate(example.outputs["pi"].tolist()):
            assert p == v if v == 0 or v not in far else far[p] + rows[p][v] == far[v]
    hops = nx.single_source_shortest_path_length(graph, 0)
    for v, p in enumerate(run("bfs", A=rows, s=0).outputs["pi"].tolist()):
        nearer = [u for u in graph if u != v and graph.has_edge(u, v) and hops.get(u, 99) == hops.get(v, 0) - 1]
        assert p == (min(nearer) if v in hops and v else v)
    ids = run("strongly_connected_components", A=rows).outputs["scc_id"].tolist()
    parts = {frozenset(v for v in graph if ids[v] == name) for name in ids}
    assert parts == {frozenset(part) for part in nx.strongly_connected_components(graph)}


def test_floyd_warshall_of_a_directed_graph() -> None:
    found = run("floyd_warshall", A=[[0, 4, 1], [0, 0, 0], [0, 2, 0]]).outputs["Pi"]
    assert found.tolist() == [[0, 2, 0], [1, 1, 1], [2, 2, 2]]


@pytest.mark.parametrize(
    ("algorithm", "inputs", "error", "words"),
    [
        ("bfd", {}, BadArgument, "no CLRS algorithm"),
        ("bfs", {"A": LINE}, BadArgument, "takes s, A"),
        ("bfs", {"A": LINE, "s": 3}, BadArgument, "no place among 3"),
        ("bfs", {"A": LINE, "s": 1.0}, BadArgument, "a node's number"),
        ("bfs", {"A": LINE, "s": True}, BadArgument, "a node's number"),
        ("bfs", {"A": [[0, 1], [1]], "s": 0}, BadArgument, "differ in length"),
        ("bfs", {"A": [[0, 1, 1], [1, 0, 0]], "s": 0}, BadArgument, "square"),
        ("bfs", {"A": [[0, -1], [-1, 0]], "s": 0}, BadArgument, "weights of 0"),
        ("dfs", {"A": [[0, float("nan")], [1, 0]]}, BadArgument, "not a finite number"),
        ("dfs", {"A": [["a", "b"], ["c", "d"]]}, BadArgument, "numbers only"),
        ("dfs", {"A": []}, BadArgument, "square matrix"),
        ("minimum", {"key": []}, BadArgument, "at least one"),
        ("bridges", {"A": [[0, 1], [0, 0]]}, WrongKind, "not symmetric"),
        ("topological_sort", {"A": LINE}, WrongKind, "directed cycle"),
        ("dag_shortest_paths", {"A": LINE, "s": 0}, WrongKind, "directed cycle"),
        ("bellman_ford", {"A": [[0, -1], [-1, 0]], "s": 0}, NegativeCycle, "negative"),
        ("floyd_warshall", {"A": [[0, -1], [-1, 0]]}, NegativeCycle, "negative"),
        ("binary_search", {"key": [2, 1], "target": 1}, WrongKind, "sorted"),
        ("activity_selector", {"s": [1, 2], "f": [3]}, BadArgument, "differ in length"),
        ("optimal_bst", {"p": [0.5, 0.1], "q": [0.2, 0.2]}, BadArgument, "end in a 0"),
        ("kmp_matcher", {"string": [0, 1, 0], "key": [0, 1, 2]}, BadArgument, "first string by 0"),
        ("kmp_matcher", {"string": [0, 0, 1], "key": [0, 1, 4]}, BadArgument, "from 0 to 3"),
        ("segments_intersect", {"x": [0, 1, 2], "y": [0, 1, 2]}, BadArgument, "four ends"),
        ("graham_scan", {"x": [0, 1, 2, 3], "y": [0, 0, 0, 0]}, WrongKind, "in a line"),
    ],
)
def test_errors_say_what_is_wrong(algorithm: str, inputs: dict[str, Any], error: type[GraphError], words: str) -> None:
    with pytest.raises(error, match=words):
        run(algorithm, **inputs)


@pytest.mark.parametrize("algorithm", sorted(SMALLEST))
def test_sizes_too_small_to_sample_are_refused(algorithm: str) -> None:
    with pytest.raises(BadArgument, match="ask for a size"):
        sample(algorithm, SMALLEST[algorithm] - 1, np.random.RandomState(0))
    with pytest.raises(BadArgument, match="1 or more"):
        sample(algorithm, 0, np.random.RandomState(0))


def test_a_pattern_that_is_nowhere_is_at_its_own_start() -> None:
    for name in ("naive_string_matcher", "kmp_matcher"):
        found = run(name, string=[0, 0, 0, 1, 1], key=[0, 1, 0, 1, 1]).outputs["match"]
        assert found.tolist() == [0, 0, 0, 1, 0]
