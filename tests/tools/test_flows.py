"""Flows and cuts against brute force over all cuts and against networkx, and their checks against corrupted answers."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import networkx as nx
import pytest

from graphs import Graph
from graphs.errors import BadArgument, MissingAttribute, NegativeWeight, NodeNotFound, WrongKind
from tests.tools.certifying import certified, random_graphs
from tools import flow_costs, flows, network_cuts
from tools.certificates import check


def whole(rng: random.Random) -> int:
    return rng.randint(0, 5)


def any_number(rng: random.Random) -> float:
    return rng.choice([0, 1, 2, 0.1, 0.2, 0.7, 3, 1e6])


def pairs(graph: Graph, name: str | None) -> dict[tuple[Any, Any], float]:
    room: dict[tuple[Any, Any], float] = {}
    for e in graph.edges():
        value = 1 if name is None else e.attributes[name]
        for pair in [(e.source, e.target)] + ([] if graph.directed else [(e.target, e.source)]):
            if e.source != e.target:
                room[pair] = room.get(pair, 0) + value
    return room


def least_cut(graph: Graph, sources: set, targets: set, name: str | None) -> float:
    room, best = pairs(graph, name), math.inf
    rest = [v for v in graph if v not in sources | targets]
    for k in range(len(rest) + 1):
        for extra in itertools.combinations(rest, k):
            side = sources | set(extra)
            best = min(best, sum(c for (u, v), c in room.items() if u in side and v not in side))
    return best


def test_maximum_flow_equals_the_least_of_all_cuts() -> None:
    names = ["maximum_flow", "minimum_cut", "minimum_cut_capacity", "maximum_flow_edges", "flow_paths"]
    read = {
        "maximum_flow": lambda a: a.amount,
        "minimum_cut": lambda a: a.total,
        "minimum_cut_capacity": lambda a: a.number,
        "maximum_flow_edges": lambda a: a.witness["amount"],
        "flow_paths": lambda a: sum(a.lengths),
    }
    for make in (whole, any_number):
        for graph, rng in random_graphs(1, 120, least=2, most=7, capacity=make):
            s, t = rng.sample(graph.nodes, 2)
            best = least_cut(graph, {s}, {t}, "capacity")
            for name in names:
                certified(
                    graph,
                    name,
                    {"source": s, "target": t},
                    lambda a, best=best, name=name: math.isclose(read[name](a), best, abs_tol=1e-9),
                    rng,
                )


def test_minimum_cut_edges_separate_and_weigh_what_is_said() -> None:
    for graph, rng in random_graphs(11, 100, least=2, most=6, capacity=whole):
        s, t = rng.sample(graph.nodes, 2)
        best, room = least_cut(graph, {s}, {t}, "capacity"), pairs(graph, "capacity")

        def right(
            answer: Any, graph: Graph = graph, s: Any = s, t: Any = t, best: float = best, room: dict = room
        ) -> bool:
            if len(set(answer.edges)) < len(answer.edges) or not set(answer.edges) <= set(room):
                return False
            rest = nx.DiGraph(
                [p for p in room if p not in answer.edges and (graph.directed or p[::-1] not in answer.edges)]
            )
            rest.add_nodes_from(graph)
            return sum(room[p] for p in answer.edges) == best == answer.total and not nx.has_path(rest, s, t)

        certified(graph, "minimum_cut", {"source": s, "target": t}, right, rng)


def test_several_sources_and_targets() -> None:
    for graph, rng in random_graphs(2, 80, least=3, most=7, capacity=whole):
        chosen = rng.sample(graph.nodes, rng.randint(2, graph.num_nodes))
        k = rng.randint(1, len(chosen) - 1)
        best = least_cut(graph, set(chosen[:k]), set(chosen[k:]), "capacity")
        arguments = {"sources": chosen[:k], "targets": chosen[k:]}
        certified(graph, "multi_source_maximum_flow", arguments, lambda a, best=best: a.amount == best, rng)


def test_cuts_of_the_whole_graph() -> None:
    for graph, rng in random_graphs(3, 120, least=2, most=6, directed=False, weight=whole):
        for weight in (None, "weight"):
            all_pairs = {p: least_cut(graph, {p[0]}, {p[1]}, weight) for p in itertools.combinations(graph.nodes, 2)}
            best = min(all_pairs.values())
            certified(graph, "global_minimum_cut", {"weight": weight}, lambda a, best=best: a.total == best, rng)

            def spans(answer: Any, all_pairs: dict = all_pairs, graph: Graph = graph) -> bool:
                tree = nx.Graph()
                tree.add_weighted_edges_from([(u, v, x) for (u, v), x in answer.values.items()])
                if len(tree) != graph.num_nodes or not nx.is_tree(tree):
                    return False
                ways = {(u, v): nx.shortest_path(tree, u, v) for u, v in all_pairs}
                least = {p: min(tree[a][b]["weight"] for a, b in zip(w, w[1:])) for p, w in ways.items()}
                return least == all_pairs

            certified(graph, "gomory_hu_tree", {"capacity": weight}, spans, rng)


def cheapest(graph: Graph, demand: dict[Any, int]) -> float | None:
    """Least cost over every integral flow, by trying them all."""
    arcs = []
    for e in graph.edges():
        ends = [(e.source, e.target)] + ([] if graph.directed else [(e.target, e.source)])
        arcs += [(u, v, e.attributes["capacity"], e.attributes["weight"]) for u, v in ends]
    best = None
    for amounts in itertools.product(*(range(c + 1) for *_, c, _ in arcs)):
        into = dict.fromkeys(graph, 0)
        for (u, v, _, _), x in zip(arcs, amounts):
            into[u] -= x
            into[v] += x
        if into == demand:
            cost = sum(x * w for (*_, w), x in zip(arcs, amounts))
            best = cost if best is None else min(best, cost)
    return best


def test_cheapest_flows_against_every_flow() -> None:
    seen = 0
    for graph, rng in random_graphs(
        4, 400, least=2, most=4, capacity=lambda r: r.randint(0, 2), weight=lambda r: r.randint(-2, 4)
    ):
        if graph.num_edges > (6 if graph.directed else 3):
            continue
        if not graph.directed and any(e.attributes["weight"] < 0 for e in graph.edges()):
            with pytest.raises(WrongKind):
                flow_costs.cheapest_flow(graph, *graph.nodes[:2], 1)
            continue
        s, t = rng.sample(graph.nodes, 2)
        most = least_cut(graph, {s}, {t}, "capacity")
        amount = rng.randint(0, 2)
        best = cheapest(graph, {**dict.fromkeys(graph, 0), s: -amount, t: amount})
        arguments = {"source": s, "target": t, "amount": amount}
        if best is None:
            with pytest.raises(BadArgument):
                flow_costs.cheapest_flow(graph, s, t, amount)
        else:
            seen += 1
            certified(
                graph,
                "cheapest_flow",
                arguments,
                lambda a, b=best, n=amount: a.cost == b and a.amount == n,
                rng,
            )
        best = cheapest(graph, {**dict.fromkeys(graph, 0), s: -most, t: most})
        arguments = {"source": s, "target": t}
        certified(
            graph,
            "maximum_flow_minimum_cost",
            arguments,
            lambda a, b=best, n=most: a.cost == b and a.amount == n,
            rng,
        )
        for node in graph:
            graph.nx.nodes[node]["demand"] = 0
        graph.nx.nodes[t]["demand"], graph.nx.nodes[s]["demand"] = amount, -amount
        if cheapest(graph, dict(graph.nx.nodes(data="demand"))) is not None:
            want = cheapest(graph, dict(graph.nx.nodes(data="demand")))
            certified(graph, "minimum_cost_flow", {}, lambda a, want=want: a.cost == want, rng)
    assert seen > 50


def test_circulations_and_demands() -> None:
    outcomes = set()
    for graph, rng in random_graphs(
        5, 300, least=1, most=5, capacity=lambda r: r.randint(1, 3), lower=lambda r: r.randint(0, 1)
    ):
        for node in graph:
            graph.nx.nodes[node]["demand"] = rng.choice([0, 0, 1, -1])
        need = dict(graph.nx.nodes(data="demand"))
        for name in ("supply_meets_demand", *(["feasible_circulation"] if graph.directed else [])):
            low = name == "feasible_circulation"
            possible = sum(need.values()) == 0
            for k in range(1, graph.num_nodes + 1):
                for side in map(set, itertools.combinations(graph.nodes, k)):
                    room = pairs(graph, "capacity")
                    into = sum(c for (u, v), c in room.items() if u not in side and v in side)
                    lower = pairs(graph, "lower") if low else {}
                    forced = sum(c for (u, v), c in lower.items() if u in side and v not in side)
                    possible &= sum(need[v] for v in side) + forced <= into
            certified(graph, name, {}, lambda a, p=possible: a.holds == p, rng)
            outcomes.add((name, possible))
    assert len(outcomes) == 4


def test_given_flows_are_judged() -> None:
    outcomes = set()
    for graph, rng in random_graphs(
        6, 300, least=2, most=5, capacity=lambda r: r.randint(1, 3), flow=lambda r: r.choice([0, 0, 1, 2, -1])
    ):
        s, t = rng.sample(graph.nodes, 2)
        good, balance = True, dict.fromkeys(graph, 0)
        for e in graph.edges():
            x, c = e.attributes["flow"], e.attributes["capacity"]
            good &= (0 if graph.directed else -c) <= x <= c
            balance[e.source] += x
            balance[e.target] -= x
        good &= all(balance[v] == 0 for v in graph if v not in (s, t))
        certified(graph, "is_feasible_flow", {"source": s, "target": t}, lambda a, g=good: a.holds == g, rng)
        outcomes.add(good)
    assert outcomes == {True, False}


def test_large_network_agrees_with_networkx_and_is_accepted() -> None:
    rng = random.Random(7)
    body = nx.gnp_random_graph(120, 0.1, seed=7, directed=True)
    for u, v in body.edges:
        body[u][v]["capacity"], body[u][v]["weight"] = rng.randint(1, 50), rng.randint(0, 9)
    graph = Graph(body)
    answer = flows.maximum_flow(graph, 0, 100)
    assert answer.amount == nx.maximum_flow_value(body, 0, 100)
    assert check(graph, "maximum_flow", {"source": 0, "target": 100}, answer).grade == "proof"
    cheap = flow_costs.maximum_flow_minimum_cost(graph, 0, 100)
    assert cheap.cost == nx.cost_of_flow(body, nx.max_flow_min_cost(body, 0, 100))
    assert check(graph, "maximum_flow_minimum_cost", {"source": 0, "target": 100}, cheap).holds


def test_renaming_nodes_renames_the_answer() -> None:
    edges = [(0, 1, {"capacity": 3}), (1, 2, {"capacity": 2}), (0, 2, {"capacity": 1})]
    names = {0: "Zoë", 1: "<i>", 2: "c"}
    plain = network_cuts.minimum_cut(Graph.from_edges(edges, directed=True), 0, 2)
    named = network_cuts.minimum_cut(
        Graph.from_edges([(names[u], names[v], d) for u, v, d in edges], directed=True), "Zoë", "c"
    )
    assert named.edges == [(names[u], names[v]) for u, v in plain.edges]


def test_errors_say_what_to_do() -> None:
    line = Graph.from_edges([(1, 2), (2, 3)])
    full = Graph.from_edges([(1, 2, {"capacity": math.inf}), (2, 3, {"capacity": math.inf})])
    negative = Graph.from_edges([(1, 2, {"capacity": -1, "weight": -1})])
    with pytest.raises(MissingAttribute, match="capacity"):
        flows.maximum_flow(line, 1, 3)
    with pytest.raises(NodeNotFound):
        flows.maximum_flow(line, 1, 9)
    with pytest.raises(BadArgument, match="unbounded"):
        flows.maximum_flow(full, 1, 3)
    with pytest.raises(BadArgument, match="both"):
        flows.maximum_flow(full, 1, 1)
    with pytest.raises(BadArgument, match="negative"):
        flows.maximum_flow(negative, 1, 2)
    with pytest.raises(NegativeWeight):
        network_cuts.global_minimum_cut(negative, "weight")
    with pytest.raises(WrongKind):
        network_cuts.global_minimum_cut(Graph())
    with pytest.raises(MissingAttribute, match="demand"):
        flow_costs.minimum_cost_flow(line)
    with pytest.raises(WrongKind, match="direct"):
        flows.feasible_circulation(full)
    mixed = Graph.from_edges([(1, 2, {"capacity": math.inf}), (2, 3, {"capacity": 4})])
    assert flows.maximum_flow(mixed, 1, 3).amount == 4
