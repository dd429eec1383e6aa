"""Labels from neighbours against iterated averaging, hand-made cases and the laws of proven answers."""

from __future__ import annotations

import json
import random
from pathlib import Path

import networkx as nx
import pytest

from benchmarks.attacking.random_graphs import random_graphs
from graphs import Graph
from graphs.errors import BadArgument, GraphError, MissingAttribute, NodeNotFound
from tests.tools.proving import prove, rename_commutes
from tools import learning
from tools.certificates import check

GRAPHQA = Path(__file__).parents[3] / "shared" / "data" / "graphqa" / "dev.jsonl"


def some_labels(graph, rng, classes=("tennis", "golf")):
    return {node: rng.choice(classes) for node in graph if rng.random() < 0.5}


def averaged_shares(graph, known, label, rounds=3000):
    """The harmonic function by repeated averaging."""
    body = nx.Graph(graph.nx)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    share = {node: float(known.get(node) == label) for node in body}
    for _ in range(rounds):
        for node in body:
            if node not in known and body[node]:
                share[node] = sum(share[w] for w in body[node]) / len(body[node])
    return share


def test_shares_equal_repeated_averaging():
    rng = random.Random(1)
    for graph in random_graphs(60, seed=1, max_nodes=6, weights=("none",)):
        known = some_labels(graph, rng)
        if not known:
            continue
        answer = learning.predict_labels(graph, labels=known)
        classes = list(dict.fromkeys(known[node] for node in graph if node in known))
        for i, label in enumerate(classes):
            expected = averaged_shares(graph, known, label)
            for node, shares in answer.witness.items():
                if shares:
                    assert shares[i] == pytest.approx(expected[node], abs=1e-6)


def test_one_node_gets_what_all_nodes_get():
    rng = random.Random(2)
    for graph in random_graphs(60, seed=2, weights=("none",)):
        known = some_labels(graph, rng)
        if known:
            for node, label in learning.predict_labels(graph, labels=known).values.items():
                assert learning.predict_label(graph, node, labels=known).category == label


@pytest.mark.parametrize("name", ["predict_label", "predict_labels", "neighbour_majority"])
def test_laws(name):
    rng = random.Random(name)
    answered = 0
    for graph in random_graphs(150, seed=3, weights=("none",)):
        if not graph.num_nodes:
            continue
        arguments = {"labels": some_labels(graph, rng, ("golf", "tennis", "chess"))}
        if name != "predict_labels":
            arguments["node"] = rng.choice(graph.nodes)
        if name == "predict_label":
            arguments["choices"] = rng.choice([None, "golf or tennis", "tennis, golf or go"])
        answer = prove(graph, name, arguments, rng)
        if not isinstance(answer, GraphError):
            answered += 1
            for wrong in ("golf", "tennis", "chess", None):
                if name != "predict_labels" and wrong != answer.category:
                    forged = type(answer)(wrong, answer.witness, estimated=answer.estimated)
                    assert not check(graph, name, arguments, forged).holds
    assert answered > 60


def test_labels_may_stand_on_the_nodes():
    graph = Graph.from_edges([("Ann", "Bob"), ("Bob", "Eve"), ("Eve", "Dan")])
    for node, label in {"Ann": "golf", "Eve": "golf", "Dan": "tennis"}.items():
        graph.nx.nodes[node]["label"] = label
    answer = learning.predict_label(graph, "Bob", "Tennis or Golf?")
    assert (answer.category, answer.estimated) == ("golf", True)
    given = learning.predict_label(graph, "Dan")
    assert (given.category, given.estimated) == ("tennis", False)


def test_out_of_reach_the_prior_decides_and_says_so():
    graph = Graph.from_edges([(1, 2), (2, 3), (3, 4)], nodes=[5])
    two = learning.predict_label(graph, 5, labels={1: "a", 2: "a", 3: "b"})
    three = learning.predict_label(graph, 5, labels={1: "c", 2: "a", 3: "b", 4: "a"})
    assert (two.category, three.category) == ("b", "a")
    assert "no labelled node can be reached" in two.notes[0]
    assert learning.predict_label(graph, 5, "a or b", labels={1: "a"}).category == "b"


def test_equal_shares_are_noted():
    answer = learning.predict_label(Graph.from_edges([(1, 2), (2, 3)]), 2, "x or y", labels={1: "y", 3: "x"})
    assert answer.category == "x"
    assert "equally likely" in answer.notes[0]


def test_majority_by_hand():
    star = Graph.from_edges([(0, 1), (0, 2), (0, 3), (0, 4)])
    assert learning.neighbour_majority(star, 0, labels={1: "a", 2: "b", 3: "b"}).category == "b"
    assert learning.neighbour_majority(star, 1, labels={2: "b"}).category is None


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("golf or tennis", ["golf", "tennis"]),
        ("golf, tennis, or chess?", ["golf", "tennis", "chess"]),
        ("orienteering or floorball", ["orienteering", "floorball"]),
        ("", []),
        ("or " * 10_000, []),
    ],
)
def test_choices_are_read(text, choices):
    assert learning.read_choices(text) == choices


def test_errors():
    graph = Graph.from_edges([(1, 2)])
    with pytest.raises(MissingAttribute):
        learning.predict_label(graph, 1)
    with pytest.raises(BadArgument, match="labels are golf"):
        learning.predict_label(graph, 1, "ski or chess", labels={2: "golf"})
    with pytest.raises(NodeNotFound):
        learning.neighbour_majority(graph, 9, labels={2: "golf"})


@pytest.mark.parametrize("name", ["predict_label", "predict_labels", "neighbour_majority"])
def test_renaming_nodes_renames_the_answer(name):
    rng = random.Random(4)
    for graph in random_graphs(40, seed=5, styles=("letters",), weights=("none",)):
        labels = some_labels(graph, rng)
        if labels and all(str(n).startswith("v") for n in graph):
            node = {} if name == "predict_labels" else {"node": graph.nodes[0]}
            rename_commutes(graph, name, {"labels": labels, **node})


def test_a_long_chain_is_solved_sparsely():
    graph = Graph(nx.path_graph(1500))
    answer = learning.predict_label(graph, 700, labels={0: "a", 1499: "b"})
    assert answer.category == "a"
    assert answer.witness[700] == pytest.approx([1 - 700 / 1499, 700 / 1499])


@pytest.mark.skipif(not GRAPHQA.exists(), reason="the GraphQA set is not on this machine")
def test_planted_blocks_of_graphqa_are_mostly_found():
    right = total = 0
    for line in GRAPHQA.read_text().splitlines():
        row = json.loads(line)
        if row["task"] != "node_classification" or "likes" not in row["question"]:
            continue
        names, edges = row["graph"]["names"], row["graph"]["edges"]
        labels = {}
        for sentence in row["question"].split("\n"):
            if " likes " in sentence and "?" not in sentence:
                who, what = sentence.split(" likes ")
                labels[who.removeprefix("Node ")] = what.rstrip(".")
        if not set(labels) <= set(names):
            continue
        graph = Graph.from_edges([(names[u], names[v]) for u, v in edges], names)
        answer = learning.predict_label(graph, row["query_names"][0], " or ".join(row["options"]), labels=labels)
        right, total = right + (answer.category == row["gold"]), total + 1
    assert total > 100
    assert right / total > 0.95
