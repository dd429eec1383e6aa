from __future__ import annotations

import operator

import networkx as nx
import pytest

from graphs.errors import BadArgument, EdgeNotFound, MissingAttribute
from graphs.graph import Graph
from tests.tools.forgery import assert_certified, canonical
from tests.tools.odd_graphs import odd_graphs
from tools.run import run_tool

COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def test_subgraphs_equal_networkx() -> None:
    for graph, rng in odd_graphs(100):
        chosen = rng.sample(graph.nodes, rng.randint(0, graph.num_nodes))
        truth = Graph(graph.nx.subgraph(chosen).copy())
        found = assert_certified(graph, "subgraph", nodes=chosen).graph
        assert canonical(found) == canonical(truth)
        assert found.nodes == [n for n in graph if n in chosen]


def test_edge_subgraphs_equal_networkx() -> None:
    for graph, rng in odd_graphs(100):
        rows = list(graph.nx.edges())
        chosen = rng.sample(rows, rng.randint(0, len(rows)))
        keep = set(chosen) if graph.directed else set(chosen) | {(v, u) for u, v in chosen}
        every = list(graph.nx.edges(keys=True)) if graph.multi else rows
        truth = Graph(graph.nx.edge_subgraph([row for row in every if row[:2] in keep]).copy())
        assert canonical(assert_certified(graph, "edge_subgraph", edges=chosen).graph) == canonical(truth)


def test_ego_graphs_equal_networkx() -> None:
    for graph, rng in odd_graphs(100):
        if graph.num_nodes:
            node, radius = rng.choice(graph.nodes), rng.randint(0, 3)
            truth = Graph(nx.ego_graph(graph.nx, node, radius))
            assert canonical(assert_certified(graph, "ego_graph", node=node, radius=radius).graph) == canonical(truth)


def test_filters() -> None:
    for graph, rng in odd_graphs(100):
        sign = rng.choice(list(COMPARE))
        if graph.weighted:
            found = assert_certified(graph, "filter_edges", attribute="weight", comparison=sign, value=1).graph
            assert found.nodes == graph.nodes
            before = [w for *_, w in graph.nx.edges(data="weight")]
            assert sorted(w for *_, w in found.nx.edges(data="weight")) == sorted(
                w for w in before if COMPARE[sign](w, 1)
            )
        if graph.num_nodes:
            for attribute, figure in (("age", dict(graph.nx.nodes(data="age"))), ("degree", dict(graph.nx.degree()))):
                found = assert_certified(graph, "filter_nodes", attribute=attribute, comparison=sign, value=2).graph
                kept = [n for n in graph if COMPARE[sign](figure[n], 2)]
                assert canonical(found) == canonical(Graph(graph.nx.subgraph(kept).copy()))


def test_errors() -> None:
    graph = Graph.from_edges([(1, 2), (2, 3)])
    with pytest.raises(EdgeNotFound):
        run_tool(graph, "edge_subgraph", {"edges": [[1, 3]]})
    with pytest.raises(BadArgument):
        run_tool(graph, "ego_graph", {"node": 1, "radius": -1})
    with pytest.raises(MissingAttribute):
        run_tool(graph, "filter_edges", {"attribute": "weight", "comparison": "<", "value": 1})
    with pytest.raises(MissingAttribute):
        run_tool(graph, "filter_nodes", {"attribute": "age", "comparison": "<", "value": 1})
    with pytest.raises(BadArgument):
        run_tool(graph, "filter_nodes", {"attribute": "degree", "comparison": "~", "value": 1})
