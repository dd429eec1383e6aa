"""Nodes and numbers that a question names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.routing.mentions import find_mentions
from graphs import Graph

NUMBERS = Graph.from_edges([(1, 2), (2, 3), (3, 7)])
LETTERS = Graph.from_edges([("A", "B"), ("I", "G"), ("Will", "Ann Lee"), ("a", "q")])


@pytest.mark.parametrize(
    ("question", "nodes"),
    [
        ("Is node 3 connected to node 7?", [3, 7]),
        ("shortest path 3 to 7?", [3, 7]),
        ("After removing edge (2,3), how far is 7 from 1?", [2, 3, 7, 1]),
        ("Is the path [1, 2, 3] simple?", [1, 2, 3]),
        ("top 3 nodes by degree", []),
        ("Which nodes are within 2 hops of 3?", [3]),
        ("What is the embedding after two layers?", []),
        ("node #3 and node <7>", [3, 7]),
    ],
)
def test_numbers_are_nodes_only_where_nodes_are_meant(question: str, nodes: list[int]) -> None:
    assert [m.node for m in find_mentions(question, NUMBERS).nodes] == nodes


@pytest.mark.parametrize(
    ("question", "nodes"),
    [
        ("Is A a neighbor of B?", ["A", "B"]),
        ("Is there a path between Will and Ann Lee?", ["Will", "Ann Lee"]),
        ("Can I get from I to G?", ["I", "G"]),
        ("What is a degree of node a?", ["a"]),
        ("List the nodes not connected to I in alphabetical order.", ["I"]),
        ("What is Will's degree?", ["Will"]),
    ],
)
def test_labels_that_are_words_are_found_where_they_are_labels(question: str, nodes: list[str]) -> None:
    assert [m.node for m in find_mentions(question, LETTERS).nodes] == nodes


def test_prepositions_give_roles() -> None:
    found = find_mentions("How do I get to 7 from node 1?", NUMBERS).nodes
    assert {m.node: m.role for m in found} == {7: "target", 1: "source"}


def test_a_node_that_is_not_there_is_reported() -> None:
    assert find_mentions("What is the degree of node 99?", NUMBERS).unknown == ("99",)
    assert find_mentions("What is the degree of node Zed?", LETTERS).unknown == ("Zed",)


def test_quantities_keep_the_words_beside_them() -> None:
    quantity = find_mentions("The damping factor is 0.85.", NUMBERS).quantities[0]
    assert quantity.number == 0.85
    assert "factor" in quantity.near


@given(
    st.lists(
        st.text("abcdefghijklmnopqrstuvwxyzäöüßéñ ", min_size=3).map(str.strip).filter(lambda s: len(s) > 2),
        min_size=2,
        unique=True,
    )
)
def test_any_labels_are_found_after_the_word_node(labels: list[str]) -> None:
    graph = Graph.from_edges([(labels[0], labels[1])], nodes=labels)
    found = find_mentions(f'Is there a path from node "{labels[0]}" to node "{labels[1]}"?', graph).nodes
    assert [str(m.node) for m in found][-1:] in ([labels[1]], [m for m in labels if m.endswith(labels[1])][:1])


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    find_mentions(text, NUMBERS)
    find_mentions(text, None)
