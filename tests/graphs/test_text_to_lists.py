"""Lists of journeys become the edges that they name, with their measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.text import read_text

PLACES = ["Paris", "Lyon", "Nice", "New York", "A", "b7", "El Paso", "Ulm"]
PAIRS = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES)).filter(lambda pair: pair[0] != pair[1]),
    min_size=2,
    max_size=6,
    unique_by=frozenset,
)
MEASURES = ["{a} to {b} {n} km", "{a} to {b}: {n} km", "{a} to {b} ({n})", "{a} to {b} is {n} km", "{a} to {b}: {n}"]


@given(PAIRS, st.data(), st.sampled_from(MEASURES), st.sampled_from([", ", "; ", ", and ", " and ", "\n"]))
def test_measured_journeys(pairs: list[tuple[str, str]], data: st.DataObject, item: str, joint: str) -> None:
    numbers = data.draw(st.lists(st.integers(1, 9000), min_size=len(pairs), max_size=len(pairs)))
    told = joint.join(item.format(a=a, b=b, n=n) for (a, b), n in zip(pairs, numbers, strict=True))
    graph = read_text(f"{told}.\nHow many edges are there?").graph
    assert graph is not None
    assert not graph.directed
    assert {frozenset((e.source, e.target)): e.attributes["weight"] for e in graph.edges()} == {
        frozenset(pair): n for pair, n in zip(pairs, numbers, strict=True)
    }


@given(PAIRS, st.sampled_from([", ", "; ", " and "]))
def test_from_is_one_way(pairs: list[tuple[str, str]], joint: str) -> None:
    told = joint.join(f"from {a} to {b}" for a, b in pairs)
    graph = read_text(f"There are flights {told}. Is there a cycle?").graph
    assert graph is not None
    assert graph.directed
    assert {(e.source, e.target) for e in graph.edges()} == set(pairs)


@pytest.mark.parametrize(
    "text",
    [
        "The nodes are numbered 0 to 9.",
        "It takes an hour to walk to the shop, and to me that is long.",
        "I want to go to Rome.",
    ],
)
def test_other_uses_of_to_make_no_edges(text: str) -> None:
    graph = read_text(f"{text} How many edges are there?").graph
    assert graph is None or graph.num_edges == 0
