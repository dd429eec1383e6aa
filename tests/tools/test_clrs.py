from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import networkx as nx
import pytest

from graphs.errors import BadArgument, GraphError, MissingAttribute, NegativeCycle, NegativeWeight, WrongKind
from graphs.graph import Graph
from tests.tools.forgery import assert_certified
from tools.run import run_tool

BENCHMARK = File(__file__).parents[3] / "shared/data/clrs_text/dev.jsonl"
DIRECTED = {"dfs", "topological_sort", "strongly_connected_components", "dag_shortest_paths"}
FROM_SOURCE = ("bfs", "dijkstra", "mst_prim", "bellman_ford")
Matrix = list[list[float]]


def graph_of(matrix: Matrix, directed: bool) -> Graph:
    n = range(len(matrix))
    edges = [(i, j, matrix[i][j]) for i in n for j in n if matrix[i][j] != 0 and (directed or i <= j)]
    return Graph.from_edges(edges, n, directed=directed)


def random_matrices(count: int, *, directed: bool, acyclic: bool = False) -> Iterator[Matrix]:
    """Small whole weights, so that there are many ties; some self-loops."""
    for seed in range(count):
        rng = random.Random(seed)
        n = rng.randint(1, 6)
        order = rng.sample(range(n), n)
        matrix: Matrix = [[0] * n for _ in range(n)]
        for i in range(n):
            for j in range(n):
                if rng.random() < 0.4 and (i != j or not acyclic) and (not acyclic or order[i] < order[j]):
                    matrix[i][j] = rng.randint(1, 3)
                    if not directed:
                        matrix[j][i] = matrix[i][j]
        yield matrix


def by_the_book(name: str, a: Matrix, s: int) -> list[int]:
    """The loops of the textbook on a matrix, without any data structure."""
    n = len(a)
    pi, d, seen, done = list(range(n)), [0.0] * n, [False] * n, [False] * n
    seen[s] = True
    if name in ("bfs", "bellman_ford"):
        for _ in range(n + 1):
            before, was = d[:], seen[:]
            for i in range(n):
                for j in range(n):
                    if was[i] and a[i][j]:
                        better = pi[j] == j and j != s and not was[j] if name == "bfs" else before[i] + a[i][j] < d[j]
                        if (better and (name == "bfs" or seen[j])) or (name != "bfs" and not seen[j]):
                            pi[j], d[j] = i, before[i] + a[i][j]
                        seen[j] = True
        return pi
    for _ in range(n):
        waiting = [v for v in range(n) if seen[v] and not done[v]]
        if not waiting:
            break
        u = min(waiting, key=lambda v: (d[v], v))
        done[u] = True
        for v in range(n):
            new = a[u][v] + (d[u] if name == "dijkstra" else 0)
            if a[u][v] and not done[v] and (not seen[v] or new < d[v]):
                pi[v], d[v], seen[v] = u, new, True
    return pi


@pytest.mark.parametrize("name", FROM_SOURCE)
def test_pointers_equal_the_textbook_loops(name: str) -> None:
    for directed in (False, True) if name != "mst_prim" else (False,):
        for matrix in random_matrices(100, directed=directed):
            graph = graph_of(matrix, directed)
            answer = assert_certified(graph, f"clrs_{name}", source=len(matrix) // 2)
            assert list(answer.value.values()) == by_the_book(name, matrix, len(matrix) // 2)


def test_floyd_warshall_pointers_lie_on_shortest_paths() -> None:
    for directed in (False, True):
        for matrix in random_matrices(80, directed=directed):
            graph = graph_of(matrix, directed)
            length = dict(nx.all_pairs_dijkstra_path_length(graph.nx))

            def right(answer: Any, graph: Graph = graph, length: Any = length) -> bool:
                complete = len(answer.values) == graph.num_nodes**2
                return complete and all(lies(graph, length, i, j, k) for (i, j), k in answer.values.items())

            assert right(assert_certified(graph, "clrs_floyd_warshall", right))


def lies(graph: Graph, length: Any, i: int, j: int, k: int) -> bool:
    """Whether k comes before j on a shortest path from i (a shortest closed walk when i is j)."""

    def way(u: int) -> float:
        return length[i].get(u, 99) + graph.nx.get_edge_data(u, j, {"weight": 99})["weight"]

    if i == j:
        loop = graph.nx.get_edge_data(i, i, {"weight": 0})["weight"]
        least = min([loop, *(way(u) for u in graph if u != i)])
        return (loop if k == i else way(k)) == least
    if j not in length[i]:
        return k == i
    return k != j and way(k) == length[i][j]


def test_structures_equal_networkx() -> None:
    for matrix in random_matrices(120, directed=False):
        graph = graph_of(matrix, False)
        body = nx.Graph(graph.nx)
        body.remove_edges_from(list(nx.selfloop_edges(body)))
        cuts = set(nx.articulation_points(body))
        assert assert_certified(graph, "clrs_articulation_points").value == {n: int(n in cuts) for n in body}
        bridges = {frozenset(edge) for edge in nx.bridges(body)}
        for u, v, said in assert_certified(graph, "clrs_bridges").value:
            assert said == (0 if u == v else int(frozenset((u, v)) in bridges) if body.has_edge(u, v) else -1)
        tree = assert_certified(graph, "clrs_mst_kruskal")
        taken = [(u, v) for (u, v), x in tree.values.items() if x and u < v]
        truth = nx.minimum_spanning_tree(body)
        assert len(taken) == truth.number_of_edges()
        assert sum(body[u][v]["weight"] for u, v in taken) == truth.size("weight")


def test_directed_structures() -> None:
    for matrix in random_matrices(120, directed=True):
        graph = graph_of(matrix, True)
        ids = assert_certified(graph, "clrs_strongly_connected_components").value
        assert {frozenset(c) for c in nx.strongly_connected_components(graph.nx)} == {
            frozenset(n for n in ids if ids[n] == name) for name in ids.values()
        }
        assert all(u == p or graph.has_edge(p, u) for u, p in assert_certified(graph, "clrs_dfs").value.items())
    for matrix in random_matrices(120, directed=True, acyclic=True):
        graph = graph_of(matrix, True)
        figures = assert_certified(graph, "clrs_topological_sort").value
        order = [figures["topo_head"]]
        while figures["topo"][order[-1]] != order[-1]:
            order.append(figures["topo"][order[-1]])
        assert sorted(order) == graph.nodes
        assert all(order.index(u) < order.index(v) for u, v in graph.nx.edges())
        pi = assert_certified(graph, "clrs_dag_shortest_paths", source=0).value
        length = nx.single_source_dijkstra_path_length(graph.nx, 0)
        assert all(
            (pi[v] == v) if v == 0 or v not in length else length[pi[v]] + graph.nx[pi[v]][v]["weight"] == length[v]
            for v in pi
        )


def test_negative_weights_for_bellman_ford() -> None:
    graph = Graph.from_edges([(0, 1, 4), (0, 2, 5), (2, 1, -3)], directed=True)
    assert assert_certified(graph, "clrs_bellman_ford", source=0).value == {0: 0, 1: 2, 2: 0}
    assert assert_certified(graph, "clrs_floyd_warshall").values[0, 1] == 2


def test_labels_of_any_kind() -> None:
    graph = Graph.from_edges([("x", "ß", 2.0), ("ß", "☃", 1.0)])
    assert assert_certified(graph, "clrs_dijkstra", source="x").value == {"x": "x", "ß": "x", "☃": "ß"}


@pytest.mark.parametrize(
    ("edges", "directed", "name", "arguments", "error"),
    [
        ([(0, 1)], False, "dijkstra", {"source": 0}, MissingAttribute),
        ([(0, 1, 0)], False, "dijkstra", {"source": 0}, BadArgument),
        ([(0, 1, -1)], False, "dijkstra", {"source": 0}, NegativeWeight),
        ([(0, 1, -1)], False, "bellman_ford", {"source": 0}, NegativeCycle),
        ([(0, 1, -1)], False, "floyd_warshall", {}, NegativeCycle),
        ([(0, 1, 1), (1, 0, 1)], True, "topological_sort", {}, WrongKind),
        ([(0, 1, 1), (1, 0, 1)], True, "dag_shortest_paths", {"source": 0}, WrongKind),
        ([(0, 1, 1)], False, "topological_sort", {}, WrongKind),
        ([(0, 1, 1)], True, "bridges", {}, WrongKind),
        ([(0, 1, 1)], True, "mst_prim", {"source": 0}, WrongKind),
    ],
)
def test_errors(edges: Any, directed: bool, name: str, arguments: dict[str, Any], error: type[GraphError]) -> None:
    with pytest.raises(error):
        run_tool(Graph.from_edges(edges, directed=directed), f"clrs_{name}", arguments)


def test_empty_and_single() -> None:
    for graph in (Graph(), Graph.from_edges((), [0])):
        for name in ("dfs", "articulation_points", "bridges", "mst_kruskal", "floyd_warshall"):
            assert_certified(graph, f"clrs_{name}")


@pytest.mark.skipif(not BENCHMARK.exists(), reason="the CLRS-Text set lies outside the repository")
def test_every_graph_item_of_clrs_text() -> None:
    wrong: Counter[str] = Counter()
    for line in BENCHMARK.read_text().splitlines():
        item = json.loads(line)
        if "\npi:" in item["question"] or "A: " in item["question"]:
            wrong[item["algorithm"]] += reply(item) != item["answer"]
    assert len(wrong) == 12
    assert not +wrong


def reply(item: dict[str, Any]) -> str:
    """Our answer in the benchmark's wording."""
    text = item["question"].split("A: ")[1].split("\n")[0]
    matrix = [[float(x) for x in row.split()] for row in re.findall(r"\[([^\[\]]+)\]", text)]
    graph = graph_of(matrix, item["algorithm"] in DIRECTED or matrix != [list(row) for row in zip(*matrix)])
    source = re.search(r"s: (\d+)", item["question"])
    arguments = {"source": int(source[1])} if source else {}
    answer, certificate = run_tool(graph, f"clrs_{item['algorithm']}", arguments)
    assert certificate.holds, (item["algorithm"], certificate.reason)
    n = range(len(matrix))
    if item["algorithm"] == "topological_sort":
        return f"[{' '.join(str(answer.value['topo'][i]) for i in n)}], {answer.value['topo_head']}"
    if item["algorithm"] in ("bridges", "floyd_warshall", "mst_kruskal"):
        table = {(u, v): x for u, v, x in answer.value}
        return "[" + ", ".join("[" + " ".join(str(table[i, j]) for j in n) + "]" for i in n) + "]"
    return "[" + " ".join(str(answer.value[i]) for i in n) + "]"
