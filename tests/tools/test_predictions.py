"""Classes guessed from texts and neighbours: planted truths, brute force, no leak, and what is said of too little."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from graphs import Graph
from graphs.errors import BadArgument, BudgetExceeded, MissingAttribute, NodeNotFound
from tools import node_features, node_model, predictions, sentences
from tools.certificates import check
from tools.clock import Clock
from tools.texts import node_texts, weighed_words, words

TOPICS = {
    "birds": "feather wing nest egg flight song branch beak".split(),
    "ships": "sail mast harbour anchor rope deck cargo tide".split(),
    "bread": "flour oven yeast dough crust salt grain butter".split(),
}
FILLER = "this paper reports what we found when we looked again at old notes and new numbers".split()


def planted(
    seed: int = 0, per: int = 30, signal: float = 0.25, inside: float = 0.12, across: float = 0.01, seen: float = 0.4
) -> tuple[Graph, dict[str, str]]:
    """A stochastic block model whose blocks speak of three topics; (graph with some labels, true classes)."""
    rng = random.Random(seed)
    truth = {f"n{i}": list(TOPICS)[i % 3] for i in range(3 * per)}
    nodes = list(truth)
    edges = [
        (u, v)
        for i, u in enumerate(nodes)
        for v in nodes[i + 1 :]
        if rng.random() < (inside if truth[u] == truth[v] else across)
    ]
    graph = Graph.from_edges(edges, nodes)
    for node in nodes:
        said = [rng.choice(TOPICS[truth[node]] if rng.random() < signal else FILLER) for _ in range(12)]
        graph.nx.nodes[node]["text"] = " ".join(said)
        if rng.random() < seen:
            graph.nx.nodes[node]["label"] = truth[node]
    return graph, truth


def test_planted_classes_are_found_and_the_expected_accuracy_is_true() -> None:
    right = expected = sure = total = 0.0
    for seed in range(4):
        graph, truth = planted(seed)
        answer = predictions.classify_nodes(graph, encoder="words")
        assert check(graph, "classify_nodes", {"encoder": "words"}, answer).holds
        total += len(answer.values)
        right += sum(label == truth[node] for node, label in answer.values.items())
        sure += sum(answer.witness["confidence"].values())
        expected += answer.witness["accuracy"] * len(answer.values)
    assert right / total > 0.9
    assert abs(right - expected) / total < 0.07
    assert abs(right - sure) / total < 0.07


def test_text_and_links_help_each_other() -> None:
    graph, truth = planted(5, signal=0.12)
    bare = Graph.from_edges(graph.nx.edges(), graph.nodes)
    lone = Graph.from_edges([], graph.nodes)
    for other, names in ((bare, ("label",)), (lone, ("label", "text"))):
        for node, data in graph.nx.nodes(data=True):
            other.nx.nodes[node].update({name: data[name] for name in names if name in data})

    def accuracy(one: Graph) -> float:
        found = predictions.classify_nodes(one, encoder="words").values
        return sum(label == truth[node] for node, label in found.items()) / len(found)

    assert accuracy(graph) >= max(accuracy(bare), accuracy(lone))


def test_hidden_classes_do_not_leak() -> None:
    """What the unlabelled nodes' true classes are changes nothing, wherever else they might stand."""
    graph, truth = planted(1)
    first = predictions.classify_nodes(graph, encoder="words")
    other = graph.nx.copy()
    for node in other:
        other.nodes[node]["truth"] = truth[node]
    second = predictions.classify_nodes(Graph(other), "label", "text", encoder="words")
    assert first.values == second.values
    assert first.witness == second.witness


def test_the_measured_accuracy_never_sees_the_label_it_guesses() -> None:
    """With labels drawn at random, cross-validation must find nothing."""
    graph, _ = planted(2, per=60, seen=1.0)
    rng = random.Random(7)
    labels = {node: rng.choice("ab") for node in graph if rng.random() < 0.8}
    answer = predictions.classify_nodes(graph, labels=labels, encoder="words")
    assert abs(answer.witness["accuracy"] - 0.5) < 0.12


def test_one_node_gets_what_all_get() -> None:
    graph, _ = planted(3)
    whole = predictions.classify_nodes(graph, encoder="words")
    for node in list(whole.values)[:5]:
        one = predictions.classify_node(graph, node, encoder="words")
        assert (one.category, one.estimated) == (whole.values[node], True)
        assert one.witness["confidence"] == whole.witness["confidence"][node]
        assert one.witness["fidelity"] == whole.witness["fidelity"][node]
        assert check(graph, "classify_node", {"node": node}, one).holds
    labelled = next(node for node in graph if node not in whole.values)
    given = predictions.classify_node(graph, labelled)
    assert (given.category, given.estimated) == (graph.nx.nodes[labelled]["label"], False)


@pytest.mark.parametrize(("hops", "mixed"), [(0, 0.0), (0, 0.6), (1, 0.2), (2, 0.4)])
def test_fidelity_is_what_is_lost_when_the_neighbour_is_deleted(hops: int, mixed: float) -> None:
    graph, _ = planted(4, per=10, inside=0.3, across=0.05)
    nodes = graph.nodes
    matrix, _ = weighed_words(node_texts(graph, "text")[0])
    features = node_features.Features(matrix, matrix, [], ("text",), ())
    around = node_model.Around(graph)
    labelled = np.arange(0, 30, 2)
    classes = np.array([i % 3 for i in labelled])
    fitted = node_model.fit(features.block(around.matrix, hops), hops, labelled, classes, 3, mixed, 0.7)
    shares = fitted.shares(around.matrix)
    chosen = node_model.Chosen(hops, mixed, 0.7, None, None, 0.5, None, 0)
    model = predictions.Model(nodes, [0, 1, 2], {}, "label", around, features, chosen, fitted, shares)
    for i in (1, 3, 5):
        for w, fall in model.without(i).items():
            rest = [node for node in nodes if node != w]
            keep = [nodes.index(node) for node in rest]
            smaller = node_model.Around(Graph(graph.nx.subgraph(rest).copy()))
            order = [list(graph.nx.subgraph(rest)).index(node) for node in rest]
            cut = node_model.Fitted(
                tuple(part[keep][np.argsort(order)] for part in fitted.parts), fitted.bias,
                fitted.given[keep][np.argsort(order)], mixed, 0.7,
            )  # fmt: skip
            left = cut.shares(smaller.matrix)[list(graph.nx.subgraph(rest)).index(nodes[i])]
            assert fall == pytest.approx(shares[i].max() - left[shares[i].argmax()], abs=1e-4)


def test_the_block_and_the_parts_are_one_model() -> None:
    graph, _ = planted(6, per=8)
    matrix, _ = weighed_words(node_texts(graph, "text")[0])
    features = node_features.Features(matrix, matrix, [], ("text",), ())
    around = node_model.Around(graph)
    block = features.block(around.matrix, 2)
    labelled, classes = np.arange(12), np.arange(12) % 3
    weights, bias = node_model.logistic(block[labelled], classes, 3)
    plain = node_model.softmax(np.asarray(block @ weights) + bias)
    fitted = node_model.fit(block, 2, labelled, classes, 3, 0.0)
    assert np.allclose(fitted.shares(around.matrix)[12:], plain[12:])


def test_renumbered_nodes_get_the_same_shares() -> None:
    graph, _ = planted(8, per=10)
    order = random.Random(1).sample(graph.nodes, graph.num_nodes)
    moved = Graph.from_edges(graph.nx.edges(), order)
    for node, data in graph.nx.nodes(data=True):
        moved.nx.nodes[node].update(data)
    found = []
    for one in (graph, moved):
        matrix, _ = weighed_words(node_texts(one, "text")[0])
        features = node_features.Features(matrix, matrix, [], ("text",), ())
        around = node_model.Around(one)
        labelled = np.array([i for i, node in enumerate(one) if "label" in one.nx.nodes[node]])
        classes = np.array([list(TOPICS).index(one.nx.nodes[one.nodes[i]]["label"]) for i in labelled])
        fitted = node_model.fit(features.block(around.matrix, 2), 2, labelled, classes, 3, 0.4)
        found.append(dict(zip(one.nodes, fitted.shares(around.matrix))))
    for node in graph:
        assert np.allclose(found[0][node], found[1][node], atol=1e-3)


def test_the_same_seed_gives_the_same_answer() -> None:
    graph, _ = planted(9)
    assert predictions.classify_nodes(graph, seed=3, encoder="words") == predictions.classify_nodes(
        graph, seed=3, encoder="words"
    )


def test_words_are_weighed_as_defined() -> None:
    matrix, names = weighed_words(["red red cat", "cat dog", "The cats!"])
    assert names == ["cat", "cats", "dog", "red"]
    rare, common = 1 + np.log(4 / 2), 1 + np.log(4 / 3)
    row = np.array([common, 0, 0, (1 + np.log(2)) * rare])
    assert np.allclose(matrix.toarray()[0], row / np.linalg.norm(row))
    assert words("It is 42 and all of it.") == []


def test_temperature_and_calibration_gap() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, 4000)
    logits = rng.normal(size=(4000, 3))
    drawn = np.array([rng.choice(3, p=row) for row in node_model.softmax(logits)])
    too_sure = node_model.softmax(3 * logits)
    assert node_model._temperature(too_sure, drawn) == pytest.approx(3, rel=0.15)
    assert node_model.calibration_gap(node_model.softmax(logits), drawn) < 0.03
    assert node_model.calibration_gap(too_sure, drawn) > 0.15
    assert len(truth) == 4000


def test_without_the_extra_the_words_alone_are_read_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, _ = planted(1)
    monkeypatch.setattr(node_features, "available", lambda: False)
    for encoder in ("auto", "sentences"):
        answer = predictions.classify_nodes(graph, encoder=encoder)
        assert any("konigsberg[search]" in note for note in answer.notes)
    assert not any("search" in note for note in predictions.classify_nodes(graph, encoder="words").notes)


def test_sentence_vectors_that_take_too_long_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, _ = planted(1)
    monkeypatch.setattr(node_features, "available", lambda: True)
    monkeypatch.setattr(node_features, "loadable", lambda: True)
    monkeypatch.setattr(node_features, "seconds_for", lambda texts: 600.0)
    node_features._KEPT.clear()
    assert any("would take about 10 minutes" in note for note in predictions.classify_nodes(graph).notes)


def test_sentence_vectors_are_read_beside_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    graph, truth = planted(1, signal=0.0)
    for name in ("available", "loadable"):
        monkeypatch.setattr(node_features, name, lambda: True)
    node_features._KEPT.clear()
    seen = np.eye(3)[[list(TOPICS).index(truth[node]) for node in graph]]
    monkeypatch.setattr(node_features, "vectors", lambda texts: seen)
    answer = predictions.classify_nodes(graph, encoder="sentences")
    node_features._KEPT.clear()
    assert any("sentence vectors (all-MiniLM-L6-v2)" in note for note in answer.notes)
    assert np.mean([label == truth[node] for node, label in answer.values.items()]) > 0.95


@pytest.mark.skipif(not sentences.available(), reason="needs the extra search")
def test_the_real_encoder_knows_words_that_no_label_has_seen() -> None:
    if not sentences.loadable():
        pytest.skip("kglite is in this process, and torch cannot be loaded beside it")
    graph = Graph.from_edges([], range(8))
    texts = ["the cat sleeps", "a dog barks", "kittens play", "our puppy runs"]
    texts += ["the stock market fell", "banks raise interest rates", "shares and bonds rise", "the price of gold"]
    for i, text in enumerate(texts):
        graph.nx.nodes[i]["text"] = text
    labels: dict[Any, Any] = {0: "animals", 1: "animals", 4: "money", 5: "money"}
    found = predictions.classify_nodes(graph, labels=labels, encoder="sentences", time_limit=600).values
    assert found == {2: "animals", 3: "animals", 6: "money", 7: "money"}


def test_the_class_attribute_is_found_or_asked_for() -> None:
    graph, truth = planted(1)
    for _, data in graph.nx.nodes(data=True):
        if "label" in data:
            data["kind"] = data.pop("label")
    assert predictions.class_attribute(graph, None) == "kind"
    for node in list(graph)[:40]:
        graph.nx.nodes[node]["colour"] = "red" if node < "n5" else "blue"
    with pytest.raises(BadArgument, match="'kind' or 'colour'|'colour' or 'kind'"):
        predictions.classify_nodes(graph)
    assert set(predictions.classify_nodes(graph, "kind", encoder="words").values.values()) <= set(TOPICS)


def test_too_little_is_said() -> None:
    graph, _ = planted(1)
    with pytest.raises(NodeNotFound):
        predictions.classify_node(graph, "nobody")
    with pytest.raises(MissingAttribute, match="'subject'"):
        predictions.classify_nodes(graph, "subject")
    with pytest.raises(MissingAttribute, match="'abstract'"):
        predictions.classify_nodes(graph, text="abstract")
    with pytest.raises(BadArgument, match="words or whole numbers"):
        predictions.classify_nodes(graph, labels={"n1": 0.5, "n2": 1.5})
    with pytest.raises(BudgetExceeded, match="time limit"):
        predictions.classify_nodes(graph, time_limit=0)
    one = predictions.classify_nodes(graph, labels={"n1": "birds", "n2": "ships"}, encoder="words")
    assert one.witness["accuracy"] is None
    assert any("too few" in note for note in one.notes)
    bare = Graph.from_edges([(1, 2), (2, 3)])
    assert any("links alone" in n for n in predictions.classify_nodes(bare, labels={1: "a", 3: "b"}).notes)


def test_a_short_time_still_answers() -> None:
    graph, _ = planted(1, per=60)
    features = node_features.features_of(graph, "text", "words", Clock(9))
    around = node_model.Around(graph)
    labelled = np.arange(0, 60)
    chosen = node_model.choose(
        lambda hops: features.block(around.matrix, hops), around, labelled, labelled % 3, 3, 0, Clock(0)
    )
    assert chosen.hops == node_model.HOPS[0]
    assert chosen.accuracy is not None
