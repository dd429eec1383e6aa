"""Links guessed from texts and links: planted truths, brute force, chances that hold, and too little to go by."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from graphs import Graph
from graphs.errors import BadArgument, BudgetExceeded, NodeNotFound, WrongKind
from tests.tools.test_predictions import planted
from tools import likely_links, link_model, node_features
from tools.certificates import check
from tools.clock import Clock
from tools.node_model import Around, mean
from tools.texts import node_texts, weighed_words


def cited(seed: int, size: int = 120, away: float = 0.15) -> tuple[Graph, list[tuple[str, str]]]:
    """(a directed graph in which papers cite earlier ones of their topic, links that were taken out of it)."""
    graph, truth = planted(seed, per=size // 3, signal=0.5)
    rng = random.Random(seed)
    nodes = graph.nodes
    arcs = []
    for i, u in enumerate(nodes):
        older = [v for v in nodes[:i] if truth[v] == truth[u]]
        arcs += [(u, v) for v in rng.sample(older, min(4, len(older)))]
    rng.shuffle(arcs)
    gone = arcs[: int(away * len(arcs))]
    made = Graph.from_edges(arcs[len(gone) :], nodes, directed=True)
    for node, data in graph.nx.nodes(data=True):
        made.nx.nodes[node].update(data)
    return made, gone


@pytest.mark.parametrize("directed", [False, True])
def test_rows_are_pairs_and_pairs_are_the_definitions(directed: bool) -> None:
    graph, _ = cited(1, size=30)
    if not directed:
        body = graph.nx.to_undirected()
        graph = Graph(body)
    matrix, _ = weighed_words(node_texts(graph, "text")[0])
    links = link_model.Links.of(graph, matrix)
    nodes, size = graph.nodes, graph.num_nodes
    plain = nx.Graph(graph.nx)
    dense = matrix.toarray()
    for i in (0, 7, 29):
        row = links.describe_row(i)
        assert np.allclose(row, links.describe(np.full(size, i), np.arange(size)))
        for j in range(size):
            if i == j:
                continue
            cut = plain.copy()
            if cut.has_edge(nodes[i], nodes[j]):
                cut.remove_edge(nodes[i], nodes[j])
            near = [[nodes.index(w) for w in cut[nodes[x]]] for x in (i, j)]
            both = set(near[0]) & set(near[1])
            to_v = float(np.mean([dense[i] @ dense[w] for w in near[1]])) if near[1] else 0.0
            to_u = float(np.mean([dense[j] @ dense[w] for w in near[0]])) if near[0] else 0.0
            wanted = [
                dense[i] @ dense[j],
                to_u + to_v,
                np.log1p(len(both)),
                sum(1 / np.log(max(2, plain.degree(nodes[w]))) for w in both),
                np.log1p(len(near[0])) + np.log1p(len(near[1])),
            ]
            if directed:
                arc = graph.nx.has_edge(nodes[i], nodes[j])
                wanted += [
                    np.log1p(graph.nx.in_degree(nodes[j]) - arc),
                    np.log1p(graph.nx.out_degree(nodes[i]) - arc),
                    to_v - to_u,
                ]
            assert np.allclose(row[j], wanted), (i, j)


def test_removed_links_are_found_more_often_than_by_measures_of_neighbours() -> None:
    ours = plain = 0
    for seed in range(3):
        graph, gone = cited(seed)
        k = len(gone) * 3
        arguments = {"k": k, "encoder": "words"}
        answer = likely_links.predict_links(graph, **arguments)
        assert check(graph, "predict_links", arguments, answer).holds
        assert answer.estimated
        either = {frozenset(pair) for pair in gone}
        ours += len({frozenset(pair) for pair in answer.values} & either)
        old = likely_links.predict_links(graph, k, "adamic_adar")
        plain += len({frozenset(pair) for pair in old.values} & either)
    assert ours > plain


def test_the_measured_share_is_that_of_links_that_are_gone() -> None:
    shares, found = [], []
    for seed in range(3):
        graph, gone = cited(seed, size=180)
        links = link_model.Links.of(graph, weighed_words(node_texts(graph, "text")[0])[0])
        model = link_model.fit_links(links, 0, Clock(60))
        assert model.found is not None
        shares.append(model.found)
        for u, v in gone[:15]:
            answer = likely_links.predict_links_from(graph, u, link_model.TOP, encoder="words")
            found.append(v in answer.values)
    assert np.mean(found) == pytest.approx(np.mean(shares), abs=0.15)


def test_chances_hold_on_pairs_that_were_not_looked_at() -> None:
    """Of pairs with a chance of p about p are links that are missing, as many missing as were hidden to calibrate."""
    expected = happened = 0.0
    for seed in range(4):
        graph, gone = cited(seed, size=240, away=link_model.HIDDEN)
        links = link_model.Links.of(graph, weighed_words(node_texts(graph, "text")[0])[0])
        model = link_model.fit_links(links, 0, Clock(60))
        assert model.curve
        place = {node: i for i, node in enumerate(graph)}
        missing = {(place[u], place[v]) for u, v in gone}
        for i in range(0, graph.num_nodes, 2):
            chance = model.chance(links.describe_row(i))
            for j in np.flatnonzero((chance > 0.01) & ~links.linked(np.full(links.size, i), np.arange(links.size))):
                if i != j:
                    expected += chance[j]
                    happened += (i, int(j)) in missing
    assert happened > 15
    assert 0.5 < expected / happened < 2


def test_fidelity_is_what_is_lost_without_the_neighbours_links() -> None:
    graph, _ = cited(2, size=60)
    answer = likely_links.predict_links_from(graph, "n50", 3, encoder="words")
    assert check(graph, "predict_links_from", {"node": "n50", "k": 3}, answer).holds
    matrix, _ = weighed_words(node_texts(graph, "text")[0])
    model = link_model.fit_links(link_model.Links.of(graph, matrix), 0, Clock(60))
    nodes = graph.nodes
    for v, why in answer.witness.items():
        near = set(nx.all_neighbors(graph.nx, "n50")) | set(nx.all_neighbors(graph.nx, v))
        assert why["fidelity"].keys() == near - {"n50", v}
        for w, fall in why["fidelity"].items():
            rest = graph.nx.copy()
            rest.remove_edges_from([*rest.in_edges(w), *rest.out_edges(w)])
            links = link_model.Links.of(Graph(rest), matrix)
            left = model.chance(links.describe(np.array([nodes.index("n50")]), np.array([nodes.index(v)])))[0]
            assert fall == pytest.approx(answer.values[v] - left, abs=2e-6)


def test_from_and_to_differ_where_links_have_a_direction() -> None:
    graph, gone = cited(0)
    u, _ = gone[0]
    late = graph.nodes[-1]  # cites, and is cited by no one
    out = sum(likely_links.predict_links_from(graph, late, 5, encoder="words").values.values())
    into = sum(likely_links.predict_links_to(graph, late, 5, encoder="words").values.values())
    assert out > into
    both = Graph(graph.nx.to_undirected())
    one = likely_links.predict_links_from(both, u, 5, encoder="words")
    assert one.values == likely_links.predict_links_to(both, u, 5, encoder="words").values


def test_similar_nodes_are_those_of_the_definition() -> None:
    graph, truth = planted(3)
    arguments = {"node": "n4", "k": 8, "encoder": "words"}
    answer = likely_links.similar_nodes(graph, **arguments)
    assert check(graph, "similar_nodes", arguments, answer).holds
    matrix, _ = weighed_words(node_texts(graph, "text")[0])
    around = Around(graph).matrix
    dense = matrix.toarray() + mean(around, matrix).toarray()
    i = graph.nodes.index("n4")
    cosine = dense @ dense[i] / np.linalg.norm(dense, axis=1) / np.linalg.norm(dense[i])
    best = [j for j in np.argsort(-cosine, kind="stable") if j != i][:8]
    assert list(answer.values) == [graph.nodes[j] for j in best]
    assert list(answer.values.values()) == pytest.approx([cosine[j] for j in best], abs=1e-5)
    assert sum(truth[node] == truth["n4"] for node in answer.values) >= 7
    first, why = next(iter(answer.witness.items()))
    for w, fall in list(why["fidelity"].items())[:4]:
        rest = graph.nx.copy()
        rest.remove_edges_from(list(rest.edges(w)))
        cut = matrix.toarray() + mean(Around(Graph(rest)).matrix, matrix).toarray()
        a, b = cut[i], cut[graph.nodes.index(first)]
        assert fall == pytest.approx(answer.values[first] - a @ b / np.linalg.norm(a) / np.linalg.norm(b), abs=1e-5)


def test_confidence_of_likeness_is_a_share_of_random_pairs() -> None:
    graph, _ = planted(3)
    answer = likely_links.similar_nodes(graph, "n4", graph.num_nodes, encoder="words")
    sure = [why["confidence"] for why in answer.witness.values()]
    assert sure == sorted(sure, reverse=True)
    assert sure[0] > 0.9
    assert 0.2 < np.mean([x < 0.5 for x in sure]) < 0.8


def test_without_texts_links_alone_are_read() -> None:
    graph = Graph(nx.karate_club_graph())
    answer = likely_links.predict_links_from(graph, 0, 3)
    assert any("links alone" in note for note in answer.notes)
    assert len(answer.values) == 3
    assert any("links alone" in note for note in likely_links.similar_nodes(graph, 0).notes)
    by_measure = likely_links.predict_links(graph, 4)  # as it always was
    jaccard = likely_links.predict_links(graph, 4, "jaccard")
    assert len(by_measure.values) == len(jaccard.values) == 4
    assert not by_measure.notes


def test_too_little_is_said() -> None:
    graph, _ = cited(0, size=30)
    with pytest.raises(NodeNotFound):
        likely_links.similar_nodes(graph, "nobody")
    for ask in (likely_links.predict_links_to, likely_links.predict_links_from, likely_links.similar_nodes):
        with pytest.raises(BadArgument, match="k must be"):
            ask(graph, "n1", 0)
        with pytest.raises(BudgetExceeded, match="time limit"):
            ask(graph, "n1", time_limit=0)
    lone = Graph.from_edges([], ["a", "b"])
    lone.nx.nodes["a"]["text"] = "some words of it"
    with pytest.raises(WrongKind, match="no edge"):
        likely_links.predict_links_from(lone, "a")
    with pytest.raises(WrongKind, match="only one node"):
        likely_links.similar_nodes(Graph.from_edges([], ["a"]), "a")
    few = Graph.from_edges([(1, 2), (2, 3), (3, 4)])
    assert any("too few" in note for note in likely_links.predict_links_from(few, 1).notes)


def test_the_same_seed_gives_the_same_answer() -> None:
    graph, _ = cited(4)
    one, other = (likely_links.predict_links(graph, 5, encoder="words", seed=-2) for _ in range(2))
    assert one == other
    assert node_features.features_of(graph, None, "words", Clock(5)).texts == ("text",)
