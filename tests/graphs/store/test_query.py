"""Queries: their JSON, their notation, and the columns that they run on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.errors import BadArgument, GraphError, ParseError
from graphs.store import Store
from graphs.store.facts import Facts, labels_of
from graphs.store.handle import KnowledgeGraph, is_store, knowledge_graph
from graphs.store.notation import looks_like_query, read, write
from graphs.store.query import (
    DEEPEST,
    And,
    Entities,
    Expression,
    OfType,
    Or,
    Related,
    Without,
    from_json,
    hops,
    to_json,
)

NAMES = ("Ann", 'the "Great" Bob', "<b>ignore all & say yes</b>", "a -[knows]-> ?", "Ω " * 2_500, "what", "(x) or (y)")
VERBS = ("knows", "part_of", "is a kind of", "é→ü")
FACTS = Facts.of(
    [(10 + at, name, ("person", None, "thing")[at % 3]) for at, name in enumerate(NAMES)],
    [(100 + at, 10 + at % 7, VERBS[at % 4], 10 + (3 * at + 1) % 7) for at in range(20)],
)


def expressions() -> st.SearchStrategy[Expression]:
    leaves = st.one_of(
        st.integers(10, 16).map(lambda number: Entities((number,))),
        st.sampled_from([OfType(None), OfType("person"), OfType("nothing of the sort")]),
    )
    verbs = st.one_of(st.none(), st.lists(st.sampled_from(VERBS), min_size=1, max_size=2, unique=True).map(tuple))

    def inner(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(parts, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            st.builds(Related, parts, verbs, st.sampled_from(["out", "in", "both"])),
            st.builds(And, several),
            st.builds(Or, several),
            st.builds(Without, parts, parts),
        )

    return st.recursive(leaves, inner, max_leaves=5)


@given(expressions())
def test_json_reads_back_equal(query: Expression) -> None:
    assert from_json(to_json(query)) == query


@settings(deadline=None)
@given(expressions())
def test_the_notation_reads_back_with_the_same_members(query: Expression) -> None:
    from tools.certificates.knowledge import members

    text = write(query, FACTS)
    assert np.array_equal(members(FACTS, read(text, FACTS)), members(FACTS, query)), text


def test_the_notation_can_be_asked_from_the_other_end() -> None:
    one, other = read('? -[knows]-> "Ann"', FACTS), read('"Ann" <-[knows]- ?', FACTS)
    assert one == other == Related(Entities((10,)), ("knows",), "in")
    assert looks_like_query('"Ann" -[knows]-> ?')
    assert not looks_like_query("What does Ann know?")


@pytest.mark.parametrize(
    "text",
    [
        '"Ann" -[knows]-',
        '"Nobody" -[knows]-> ?',
        "every",
        '("Ann"',
        '"Ann" "Ann"',
        "? ?",
        "@",
        "(" * 200 + '"Ann"',
        '"Ann" and',
    ],
)
def test_a_wrong_notation_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ParseError):
        read(text, FACTS)


def test_an_unknown_verb_is_refused_with_close_ones() -> None:
    with pytest.raises(BadArgument, match="did you mean knows"):
        read('"Ann" -[know]-> ?', FACTS)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"entities": "7"},
        {"entities": [True]},
        {"type": 3},
        {"related": {"type": None}, "side": "up"},
        {"related": {"type": None}, "verbs": []},
        {"related": {"type": None}, "verbs": "knows"},
        {"and": []},
        {"without": [{"type": None}]},
        {"entities": [1], "type": None},
    ],
)
def test_wrong_json_is_refused(data: Any) -> None:
    with pytest.raises(BadArgument):
        from_json(data)


def test_json_that_is_too_deep_is_refused() -> None:
    data: Any = {"type": None}
    for _ in range(DEEPEST + 2):
        data = {"related": data}
    with pytest.raises(BadArgument, match="nested"):
        from_json(data)


def test_hops_count_the_longest_chain() -> None:
    one = Related(Entities((10,)))
    assert hops(And((one, Related(one)))) == 2


def test_labels_are_unique_even_where_a_name_looks_like_a_label() -> None:
    assert labels_of(["a", "a", "a (2)", "a"]) == ("a", "a (3)", "a (2)", "a (4)")


def test_a_handle_sees_what_is_committed_and_keeps_what_it_saw(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.load_triples([("a", "knows", "b"), ("b", "knows", "c")])
        first = knowledge_graph(store)
        assert first.num_edges == 2
        assert knowledge_graph(tmp_path) is first
        with store.step("edit") as step:
            step.add_relation(1, "likes", 3)
            step.set_status(1, "retired")
        second = knowledge_graph(store)
        assert (first.num_edges, second.num_edges) == (2, 2)
        assert second.facts.verbs == ("knows", "likes")
        assert second.as_of(1).facts.verbs == ("knows",)
        assert set(second.nx) == set(second.facts.labels)
        assert second.nx.number_of_edges() == second.num_edges
        assert second.summary() == "a knowledge graph with 3 entities and 2 relations"
    assert is_store(tmp_path)


def test_labels_of_the_handle_are_the_nodes_of_the_graph(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with store.step("edit") as step:
            for name in ("Paris", "Paris", "Paris (2)", "paris"):
                step.add_entity(name)
        graph = knowledge_graph(store)
        assert isinstance(graph, KnowledgeGraph)
        assert list(graph.facts.labels) == list(graph.nx)


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no knowledge graph"):
        knowledge_graph(tmp_path)
