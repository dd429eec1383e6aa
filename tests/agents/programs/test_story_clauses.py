"""Graphs that are told by clauses of one kind, whatever their words."""

from __future__ import annotations

from typing import Any

import pytest

from agents.programs.stories import graphs_in
from agents.programs.story_clauses import clauses_in

Edges = list[tuple[Any, Any, dict[str, Any]]]

TOLD: list[tuple[str, Edges]] = [
    ("Buoy 7 warns 8 and 9, buoy 8 warns 9, and buoy 9 warns 10.",
     [(7, 8, {}), (7, 9, {}), (8, 9, {}), (9, 10, {})]),
    ("Clerk C1 is trusted by Judge J1 and J2; clerk C2 is trusted by J2.",
     [("C1", "J1", {}), ("C1", "J2", {}), ("C2", "J2", {})]),
    ("Step 1 has to happen before step 2 and step 3, and steps 2 and 3 both have to happen before step 4.",
     [(1, 2, {}), (1, 3, {}), (2, 4, {}), (3, 4, {})]),
    ("plankton -> krill, krill -> whale, plankton -> whale.",
     [("plankton", "krill", {}), ("krill", "whale", {}), ("plankton", "whale", {})]),
    ("Ferries sail Oslo–Kiel 19, Kiel–Riga 30, Riga–Oslo 22.",
     [("Oslo", "Kiel", {"weight": 19}), ("Kiel", "Riga", {"weight": 30}), ("Riga", "Oslo", {"weight": 22})]),
    ("Dances:\n- Uma and Vic: 6 rounds\n- Uma and Wes: 2 rounds\n- Vic and Wes: 5 rounds",
     [("Uma", "Vic", {"weight": 6}), ("Uma", "Wes", {"weight": 2}), ("Vic", "Wes", {"weight": 5})]),
    ("Wires p-q, q-r, r-p and r-s hum.", [("p", "q", {}), ("q", "r", {}), ("r", "p", {}), ("r", "s", {})]),
    ("From roof 'K' to roof 'L' it takes 3 minutes, from 'L' to 'M' 4 minutes.",
     [("K", "L", {"weight": 3}), ("L", "M", {"weight": 4})]),
    ("Abbot blesses Baker, Baker blesses Cook and Dyer, Cook scolds Abbot.",
     [("Abbot", "Baker", {}), ("Baker", "Cook", {}), ("Baker", "Dyer", {}), ("Cook", "Abbot", {})]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edges"), TOLD)
def test_a_story_tells_its_links_in_words_of_its_own(text: str, edges: Edges) -> None:
    (graph,) = graphs_in(text)
    assert {frozenset((u, v)) for u, v, _ in graph.edges} == {frozenset((u, v)) for u, v, _ in edges}
    assert {frozenset((u, v)): about for u, v, about in graph.edges} == {frozenset((u, v)): a for u, v, a in edges}


@pytest.mark.parametrize(
    "text",
    [
        "A well-known small-world model of state-of-the-art fame, a two-way street and a follow-up.",
        "Which is the way from A to B? Find the distance of C to D.",
        "Lastly, I have nodes 0 to 5 and stations 1 through 4.",
        "Each of the 3 cooks needs 4 pans. Each of the 5 maids needs 6 mops.",
        "Node 1 costs 3. Node 2 costs 5.",
        "The Watts-Strogatz and the Barabasi-Albert model are of Barabasi and Albert.",
    ],
)
def test_what_is_said_once_or_asked_is_no_link(text: str) -> None:
    assert clauses_in(text) == []


def test_arrows_are_directed_and_a_link_told_from_both_ends_is_one() -> None:
    (arrows,) = graphs_in("north -> south, south -> west, west -> north")
    assert arrows.directed
    (told,) = graphs_in("Ann greets Bob, Bob greets Ann, Bob greets Cyd.")
    assert len(told.edges) == 2
    (arcs,) = graphs_in("In the directed graph Ann greets Bob, Bob greets Ann, Bob greets Cyd.")
    assert len(arcs.edges) == 3
