"""Edges as values of a function, pairs between semicolons, lists behind a colon; what is no edge stays out."""

from __future__ import annotations

import pytest

from graphs.text import read_text


def edges(text: str) -> list[tuple[object, object, object]]:
    graph = read_text(text).graph
    return [] if graph is None else sorted((e.source, e.target, e.attributes.get("weight")) for e in graph.edges())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("d(1,2) = 5, d(1,3) = 18, d(2,3) = 4. How far?", [(1, 2, 5), (1, 3, 18), (2, 3, 4)]),
        ("w(A,B)=4; w(B,C)=2. How far?", [("A", "B", 4), ("B", "C", 2)]),
        ("Given distances: d(P, Q) = 3 km and d(Q, R) = 4 km. How far?", [("P", "Q", 3), ("Q", "R", 4)]),
        ("Undirected graph: 1 2; 2 3; 3 1. How many?", [(1, 2, None), (1, 3, None), (2, 3, None)]),
        (
            "Latency in ms: R1-R2 (3), R2-R3 (4), R1-R3 (9). How far?",
            [("R1", "R2", 3), ("R1", "R3", 9), ("R2", "R3", 4)],
        ),
        ("Links:\na1 - a2: 4\na2 - a3: 6\nHow far is a1 from a3?", [("a1", "a2", 4), ("a2", "a3", 6)]),
        (
            "It takes 5 minutes from Hut to Lake and 7 minutes from Lake to Peak. How far?",
            [("Hut", "Lake", 5), ("Lake", "Peak", 7)],
        ),
    ],
)
def test_notations(text: str, wanted: list[tuple[object, object, object]]) -> None:
    assert edges(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "d(1,2) = 5, d(2,1) = 7. How far is 1 from 2?",  # a measure that differs by direction
        "f(1,2) = 5, f(2,3) = 7. How far is 1 from 2?",
        "Bridges: N-I, N-I, S-I, N-E. Can I cross every bridge once?",  # parallel, or said twice
        "Words: well-known, far-fetched, half-baked. How many?",
    ],
)
def test_what_may_be_no_edges_stays_out(text: str) -> None:
    assert edges(text) == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("A-B 2, B-C 3. does the fastest route from A to C pass B", "does the fastest route from A to C pass B"),
        ("edges: 1-2, 2-3. shortst path from 1 to 3", "shortst path from 1 to 3"),
        ("A-B 4, B-C 6. what is the total weight", "what is the total weight"),
        ("Ann and Bob are friends. Bob and Cem are friends. who is the loner", "who is the loner"),
    ],
)
def test_a_question_without_its_mark_is_no_edge(text: str, question: str) -> None:
    reading = read_text(text)
    assert reading.question == question
    assert reading.graph is not None
    assert reading.graph.num_edges == 2


def test_a_supposition_is_no_description() -> None:
    text = "The road from Ulm to Bonn is 40 km long, Bonn to Kiel is 25 km. "
    supposed = "Suppose the Bonn-Kiel road took 60 km instead."
    assert read_text(f"{text}{supposed} How far is it from Ulm to Kiel?").leftovers == (supposed,)
