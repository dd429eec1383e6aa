"""Communities against networkx, known networks and the laws of proven answers."""

from __future__ import annotations

import random
from functools import partial

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import atlas, random_graphs
from graphs import Graph
from graphs.errors import BadArgument, GraphError, NodeNotFound, NotConnected, TooLarge, WrongKind
from tests.tools.proving import prove, rename_commutes
from tools import communities
from tools.answers import Groups
from tools.registry import all_tools

KARATE = Graph(nx.karate_club_graph())


def as_sets(groups):
    return {frozenset(group) for group in groups}


def test_two_cliques_with_a_bridge_are_two_communities():
    graph = Graph(nx.barbell_graph(5, 0))
    halves = {frozenset(range(5)), frozenset(range(5, 10))}
    for name in (
        "louvain_communities",
        "greedy_modularity_communities",
        "label_propagation_communities",
        "girvan_newman",
        "spectral_bisection",
        "kernighan_lin_bisection",
        "fluid_communities",
    ):
        assert as_sets(all_tools()[name].function(graph).groups) == halves, name


def test_modularity_on_the_karate_club_is_what_the_literature_gives():
    assert communities.louvain_communities(KARATE).score >= 0.415  # the optimum is 0.4198
    assert communities.greedy_modularity_communities(KARATE).score == pytest.approx(0.3807, abs=1e-3)
    assert communities.girvan_newman(KARATE, 2).score == pytest.approx(0.36, abs=0.01)


def test_girvan_newman_equals_networkx_where_the_highest_edge_is_unique():
    first = next(iter(nx.community.girvan_newman(nx.Graph(KARATE.nx.edges()))))
    assert as_sets(communities.girvan_newman(KARATE, 2).groups) == as_sets(first)


def test_clique_percolation_equals_networkx():
    for graph in atlas(6):
        for k in (2, 3, 4):
            expected = as_sets(nx.community.k_clique_communities(graph.nx, k))
            assert as_sets(communities.k_clique_communities(graph, k).groups) == expected


def right(tool, arguments, graph, mutant):
    """Whether a corrupted answer lists the same groups in another order, or others of the same quality."""
    if not isinstance(mutant, Groups):
        return False
    again = all_tools()[tool].function(graph, **arguments)
    listed = sorted(sorted(map(str, group)) for group in mutant.groups)
    if listed == sorted(sorted(map(str, group)) for group in again.groups):
        return True
    partition = sorted(map(str, graph.nodes)) == sorted(str(n) for group in mutant.groups for n in group)
    exact = tool in ("girvan_newman", "spectral_bisection", "k_clique_communities")
    if exact or not partition or not all(mutant.groups):
        return False
    if not graph.num_edges:
        return True
    body = nx.MultiGraph(graph.nx)
    score = nx.community.modularity(body, mutant.groups, weight=arguments.get("weight"))
    return mutant.score == pytest.approx(score)


@pytest.mark.parametrize(
    "name",
    [
        "louvain_communities",
        "greedy_modularity_communities",
        "label_propagation_communities",
        "girvan_newman",
        "k_clique_communities",
        "spectral_bisection",
        "kernighan_lin_bisection",
        "fluid_communities",
        "same_community",
        "community_of",
        "number_of_communities",
    ],
)
def test_laws(name):
    rng = random.Random(name)
    taken = {p.name for p in all_tools()[name].parameters}
    answered = 0
    for graph in random_graphs(70, seed=1, weights=("none", "positive"), max_nodes=7):
        if not graph.num_nodes:
            continue
        given = {key: rng.choice(graph.nodes) for key in ("u", "v", "node")}
        given |= {"k": 3 if name == "k_clique_communities" else rng.randint(1, min(3, graph.num_nodes))}
        given |= {"weight": "weight"} if graph.weighted else {}
        given |= {"method": rng.choice(["louvain", "greedy_modularity", "label_propagation"])}
        arguments = {key: x for key, x in given.items() if key in taken}
        answer = prove(graph, name, arguments, rng, partial(right, name, arguments, graph))
        answered += not isinstance(answer, GraphError)
    assert answered > 15


@pytest.mark.parametrize(
    "name", ["louvain_communities", "greedy_modularity_communities", "label_propagation_communities"]
)
def test_renaming_nodes_renames_the_answer(name):
    for graph in random_graphs(60, seed=2, styles=("letters",), weights=("none",), max_nodes=9):
        if all(str(n).startswith("v") for n in graph):
            rename_commutes(graph, name, {})


def test_of_one_node():
    graph = Graph(nx.barbell_graph(4, 0))
    assert communities.same_community(graph, 0, 3).holds
    assert not communities.same_community(graph, 0, 7).holds
    assert communities.community_of(graph, 6).nodes == [4, 5, 6, 7]
    assert communities.number_of_communities(graph).number == 2


def test_errors():
    graph = Graph.from_edges([(1, 2), (3, 4)])
    with pytest.raises(NotConnected):
        communities.fluid_communities(graph, 2)
    for k in (0, 5):
        with pytest.raises(BadArgument):
            communities.girvan_newman(graph, k)
    with pytest.raises(BadArgument):
        communities.k_clique_communities(graph, 1)
    with pytest.raises(NodeNotFound):
        communities.community_of(graph, 9)
    with pytest.raises(WrongKind):
        communities.kernighan_lin_bisection(Graph())
    with pytest.raises(TooLarge):
        communities.girvan_newman(Graph(nx.complete_graph(65)), 2)
