"""Every tool on every kind of graph: an answer or a GraphError, accepted when right, refused when forged."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.attacking.trials import trial_graphs
from benchmarks.certificates import Tally, attack
from graphs import Graph
from tools.answers import Answer, Edges, Flow, GraphAnswer, Matching, Nodes, Number, Order, Path, Paths, Truth
from tools.certificates import check
from tools.registry import all_tools, families
from tools.run import run_tool

GRAPHS = 32  # for each tool
# tools of which several values are right, so that the figures of an accepted forgery may differ from those given
LOOSE = frozenset(
    {
        "louvain_communities",
        "greedy_modularity_communities",
        "label_propagation_communities",
        "fluid_communities",
        "same_community",
        "community_of",
        "number_of_communities",
        "generate_graph",
        "graph_with",
        "random_bipartite_graph",
        "random_weights",
        "block_model_graph",
        "graph_from_degrees",
        "maximal_matching",
        "random_walk",
    }
)


@pytest.mark.parametrize("family", [name for name, _ in families()])
def test_every_tool_answers_or_says_why_not(family: str) -> None:
    answers = 0
    for tool in dict(families())[family]:
        tally = Tally()
        rng = random.Random(f"{tool.name} 11")
        for graph in trial_graphs(GRAPHS, 11, 6):
            attack(tool, graph, rng, tally, time_limit=0.3)
        assert not tally.crashes, tally.crashes[0]
        assert not tally.refused, tally.refused[0]
        scalar = tool.returns in (Number, Truth) and tool.name not in LOOSE
        wrong = [line for line in tally.suspects if "exact=False" not in line] if scalar else []
        assert not wrong, wrong[0]
        answers += tally.answers
    assert answers, f"no tool of {family} ever answers"


def accepted(graph: Graph | None, name: str, arguments: dict[str, Any], answer: Answer) -> bool:
    return check(graph, name, arguments, answer).holds


SQUARE = Graph.from_edges([(0, 1, 1), (1, 2, 1), (2, 3, 1), (3, 0, 5)])


@pytest.mark.parametrize("label", [True, 1.0])
def test_a_label_that_only_equals_the_graphs_is_refused(label: Any) -> None:
    right, _ = run_tool(SQUARE, "shortest_path", {"source": 0, "target": 2})
    assert isinstance(right, Path)
    assert not accepted(SQUARE, "shortest_path", {"source": 0, "target": 2}, replace(right, nodes=[0, label, 2]))
    sub, _ = run_tool(SQUARE, "subgraph", {"nodes": [1, 2]})
    assert isinstance(sub, GraphAnswer)
    forged = replace(sub, graph=Graph.from_edges([(label, 2, 1)]))
    assert not accepted(SQUARE, "subgraph", {"nodes": [1, 2]}, forged)


@pytest.mark.parametrize(
    ("name", "arguments", "forged"),
    [
        ("number_of_components", {}, {"number": True}),
        ("number_of_components", {}, {"number": math.nan}),
        ("number_of_components", {}, {"number": math.inf}),
        ("number_of_components", {}, {"exact": False, "bounds": (0, 9)}),
        ("number_of_components", {}, {"bounds": (0, 9)}),
        ("is_connected", {}, {"holds": 1}),
        ("neighbors", {"node": 0}, {"nodes": (1, 3)}),
        ("neighbors", {"node": 0}, {"exact": False, "bounds": (-math.inf, math.inf)}),
        ("degree_sequence", {}, {"numbers": [2, 2, 2.0, True]}),
        ("remove_node", {"node": 0}, {"exact": False, "bounds": (3, 3)}),
        ("louvain_communities", {}, {"estimated": False}),
    ],
)
def test_fields_of_wrong_type_and_idle_bounds_are_refused(
    name: str, arguments: dict[str, Any], forged: dict[str, Any]
) -> None:
    right, certificate = run_tool(SQUARE, name, arguments)
    assert certificate.holds
    assert not accepted(SQUARE, name, arguments, replace(right, **forged))


def test_another_type_of_answer_is_refused() -> None:
    assert not accepted(SQUARE, "neighbors", {"node": 0}, Edges([(0, 1)]))


def test_an_answer_about_the_wrong_kind_of_graph_is_refused() -> None:
    arcs = Graph.from_edges([("a", "b"), ("b", "c")], directed=True)
    tools = [tool for tool in all_tools().values() if tool.needs == "undirected" and tool.returns is Number]
    for tool in tools:
        assert not accepted(arcs, tool.name, {}, Number(1))


def test_whole_weights_are_compared_without_tolerance() -> None:
    big = 10**15
    graph = Graph.from_edges([(0, 1, big), (1, 2, big + 7), (0, 3, big), (3, 2, big)])
    labels = {0: 0, 1: big, 3: big, 2: 2 * big + 7}
    forged = Path([0, 1, 2], 2 * big + 7, labels)
    ask = {"source": 0, "target": 2, "weight": "weight"}
    assert not accepted(graph, "shortest_path", ask, forged)
    assert not accepted(graph, "shortest_path", ask, Path([0, 3, 2], 2 * big + 1, {**labels, 2: 2 * big}))
    assert accepted(graph, "shortest_path", ask, Path([0, 3, 2], 2 * big, {**labels, 2: 2 * big}))


def test_small_weights_are_weights() -> None:
    graph = Graph.from_edges([(0, 1, 2e-9), (1, 2, 3e-10), (2, 3, 1e-11)])
    forged = Edges([(2, 1), (2, 3)], 3.1e-10, [2])
    assert not accepted(graph, "global_minimum_cut", {"weight": "weight"}, forged)
    assert run_tool(graph, "global_minimum_cut", {"weight": "weight"})[1].holds


def test_large_potentials_buy_no_tolerance() -> None:
    graph = Graph.from_edges(
        [("s", "a", {"capacity": 1, "weight": 1.5}), ("a", "t", {"capacity": 1, "weight": 1.5})]
        + [("s", "t", {"capacity": 1, "weight": 9.5})],
        directed=True,
    )
    ask = {"source": "s", "target": "t", "amount": 1}
    right, certificate = run_tool(graph, "cheapest_flow", ask)
    assert certificate.holds
    for height in (1e6, 1e12, 1e15):
        forged = replace(
            right,
            cost=9.5,
            flow={("s", "t"): 1},
            potentials={node: height for node in graph},  # type: ignore[call-arg]
        )
        assert not accepted(graph, "cheapest_flow", ask, forged)


def test_paths_of_a_flow_use_edges_only_and_never_over_capacity() -> None:
    def network(*rows: tuple[str, str, int]) -> Graph:
        return Graph.from_edges([(u, v, {"capacity": c}) for u, v, c in rows], directed=True)

    ask = {"source": "s", "target": "t"}
    cross = network(("s", "a", 1), ("a", "b", 1), ("b", "t", 1), ("s", "b", 1), ("a", "t", 1))
    back = Paths([["s", "a", "b", "t"], ["s", "b", "a", "t"]], [1, 1])  # b-a is no edge, but cancels a-b
    assert not accepted(cross, "flow_paths", ask, back)
    both = network(("s", "a", 2), ("s", "b", 1), ("a", "b", 1), ("b", "a", 1), ("b", "t", 2), ("a", "t", 1))
    over = Paths([["s", "a", "b", "t"], ["s", "b", "a", "t"]], [2, 1])  # a-b carries 2 of 1
    assert not accepted(both, "flow_paths", ask, over)


def test_long_walks_leave_no_room_in_the_hitting_time() -> None:
    line = Graph.from_edges([(i, i + 1) for i in range(300)])
    ask = {"source": 0, "target": 300}
    right, certificate = run_tool(line, "hitting_time", ask)
    assert certificate.holds
    assert isinstance(right, Number)
    forged = replace(
        right, number=right.number * 1.005, witness={node: time * 1.005 for node, time in right.witness.items()}
    )
    assert not accepted(line, "hitting_time", ask, forged)


def test_strong_edges_leave_no_room_for_weak_ones() -> None:
    """Two cliques of very strong edges and a weak bridge: the mass may not be moved from one to the other."""
    edges = [(0, 1, 1e9), (1, 2, 1.0), (2, 3, 1e9)]
    graph = Graph.from_edges(edges)
    right, certificate = run_tool(graph, "stationary_distribution", {"weight": "weight"})
    assert certificate.holds
    forged = replace(right, values={0: 0.45, 1: 0.45, 2: 0.05, 3: 0.05})  # type: ignore[call-arg]
    assert not accepted(graph, "stationary_distribution", {"weight": "weight"}, forged)
    value, certificate = run_tool(graph, "algebraic_connectivity", {"weight": "weight"})
    assert certificate.holds
    assert isinstance(value, Number)
    for wrong in (value.number + 1, value.number * 50):
        verdict = check(graph, "algebraic_connectivity", {"weight": "weight"}, replace(value, number=wrong))
        assert not (verdict.holds and verdict.grade == "proof")


def test_a_chain_of_resistors_keeps_its_voltage() -> None:
    edges = [("u", "a", 1.0), ("a", "b", 1e-9), ("b", "c", 1.0), ("c", "d", 1e-9), ("d", "v", 1.0)]
    graph = Graph.from_edges(edges)
    ask = {"u": "u", "v": "v", "weight": "weight"}
    right, certificate = run_tool(graph, "resistance_distance", ask)
    assert certificate.holds
    assert isinstance(right, Number)
    lifted = {node: x + (50 if node in "uab" else 0) for node, x in right.witness.items()}
    forged = replace(right, number=right.number + 50, witness=lifted)
    assert not accepted(graph, "resistance_distance", ask, forged)


def dense(nodes: int, **more: Any) -> Graph:
    pairs = [(u, v) for u in range(nodes) for v in range(nodes) if u < v]
    return Graph.from_edges([(u, v, dict(more)) for u, v in pairs])


def test_what_is_too_large_to_check_is_not_called_wrong() -> None:
    """A refusal means wrong: where the checker's budget runs out, the claim says so and has no grade."""
    graph = dense(15, time=1)
    answer, _ = run_tool(graph, "find_chronological_path", {"source": 0, "min_length": 15})
    assert answer.exists
    lonely = Graph.from_edges([(e.source, e.target, {"time": 1}) for e in graph.edges()], [*graph.nodes, "far"])
    empty = replace(answer, nodes=[], length=0, times=())  # type: ignore[call-arg]
    verdict = check(lonely, "find_chronological_path", {"source": 0, "min_length": 16}, empty)
    assert verdict.holds
    assert verdict.grade == "none"
    paths = Number(32_522, None)
    verdict = check(dense(12), "count_simple_paths", {"source": 0, "target": 1}, paths)
    assert not verdict.holds or verdict.grade == "none"


def test_a_guess_about_communities_is_never_proven() -> None:
    for name, arguments in (("same_community", {"u": 0, "v": 1}), ("number_of_communities", {})):
        answer, certificate = run_tool(SQUARE, name, arguments)
        assert answer.estimated
        assert certificate.grade == "none"


def test_a_tour_of_no_edges_still_stays_in_the_graph() -> None:
    graph = Graph.from_edges([], ["a", "b"])
    assert not accepted(graph, "eulerian_path", {}, Order(["nobody"]))


def test_a_graph_looked_up_again_is_no_proof() -> None:
    assert run_tool(None, "named_graph", {"name": "petersen"})[1].grade == "recount"


def test_a_graph_can_stand_beside_itself() -> None:
    both, certificate = run_tool(SQUARE, "disjoint_union", {"other": SQUARE})
    assert certificate.holds
    assert isinstance(both, GraphAnswer)
    assert (both.graph.num_nodes, both.graph.num_edges) == (8, 8)


def test_edges_of_odd_weight_elsewhere_do_not_matter() -> None:
    graph = Graph.from_edges([("a", "b", 2), ("b", "c", {"weight": "far"})])
    assert run_tool(graph, "edge_weight", {"source": "a", "target": "b"})[1].holds
    assert run_tool(graph, "path_weight", {"nodes": ["a", "b"], "weight": "weight"})[1].holds


def test_nodes_and_matchings_are_lists_of_their_own_kind() -> None:
    right, _ = run_tool(SQUARE, "maximum_matching", {})
    assert isinstance(right, Matching)
    assert not accepted(SQUARE, "maximum_matching", {}, replace(right, pairs=[*right.pairs, right.pairs[0]]))
    assert not accepted(SQUARE, "maximum_matching", {}, replace(right, pairs=[(0, 1), (True, 2)]))
    flow = Graph.from_edges([(0, 1, {"capacity": 1}), (1, 0, {"capacity": 1})], directed=True)
    forged = Flow(2, {(0, 1): 1, (1, 0): 1}, [0])
    assert not accepted(flow, "maximum_flow", {"source": 0, "target": 1}, forged)
    assert not accepted(SQUARE, "isolated_nodes", {}, Nodes([], exact=False, bounds=(0, 4)))
