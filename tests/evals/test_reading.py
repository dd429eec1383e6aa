"""Reading answers out of words: real replies, right, wrong and adversarial."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import reading

YES_NO = [
    ("Yes.", True),
    ("No.", False),
    ("No, node 1 is not connected to node 2.", False),
    ("Yes, node 1 is connected to node 2.", True),
    ("Node 1 is connected to node 2.", None),
    ("None of the nodes knows another.", None),
    ("### Yes.", True),
    ("The answer is no.", False),
    ("yes and no", None),
    ("Let me think: is it yes? ... Answer: no", False),
    ("Answer: yes\nWait, no. Final answer: No", False),
    ("<think>Yes, surely yes.</think> No.", False),
    ("True", True),
    ("**Yes**, there is a cycle.", True),
    ("", None),
    ("I know that nodes have notes.", None),
    ("There is no doubt that yes", None),
]


@pytest.mark.parametrize(("text", "verdict"), YES_NO)
def test_yes_no_is_a_word_of_its_own(text: str, verdict: bool | None) -> None:
    assert reading.read_yes_no(text) is verdict


NUMBERS = [
    ("5.", 5),
    (" 5.", 5),
    ("The degree of node 7 is 3.", 3),
    ("3 is the degree of node 7", 3),
    ("Node 2 has 4 neighbours: 1, 3, 5, 6.", 4),
    ("The maximum flow from node 0 to node 12 is 56.", 56),
    ("Answer: 17", 17),
    ("The answer is 99999", 99999),
    ("There are seven nodes.", 7),
    ("about 0.3333", 0.3333),
    ("= 1/4", 0.25),
    ("1,024", 1024),
    ("-3", -3),
    ("none", None),
    ("n5 is a node", None),
    ("12 edges in all, hence 7 components.\nAnswer: 7", 7),
    ("1e-3", 0.001),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_numbers_are_not_names_of_nodes(text: str, number: float | None) -> None:
    assert reading.read_number(text, list(range(20))) == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize(
    "text",
    [
        "There is no path from node X to node Y.",
        "node 3 cannot be reached from node 1",
        "Y is not reachable from X.",
        "The two nodes are disconnected, the distance is infinite.",
        "no directed path exists",
    ],
)
def test_a_missing_path_is_an_answer(text: str) -> None:
    assert reading.read_length(text, ["X", "Y"]) == math.inf


NODES = [
    ("Bob, Eve.", ["Bob", "Eve"]),
    ("The neighbours of Ann are Bob and Eve.", ["Bob", "Eve"]),
    ("Ann is connected to Bob and Eve.", ["Bob", "Eve"]),
    ("Answer: [Bob, Eve]", ["Bob", "Eve"]),
    ("No nodes.", []),
    ("[]", []),
    ("Bobby and Evelyn", None),
    ("bob, EVE", ["Bob", "Eve"]),
    ("The list is: Bob, Eve", ["Bob", "Eve"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "nodes"), NODES)
def test_lists_hold_the_graphs_own_labels(text: str, nodes: list[str] | None) -> None:
    assert reading.read_nodes(text, ["Ann", "Bob", "Eve"]) == nodes


def test_the_longest_label_wins() -> None:
    assert reading.mentions("from New York City to York", ["York", "New York", "New York City"]) == [
        "New York City",
        "York",
    ]


SEQUENCES = [
    ("The shortest path from node 1 to node 2 is 1,4,2 with a total weight of 3", [1, 4, 2]),
    ("1 -> 4 -> 2", [1, 4, 2]),
    ("Answer: [<1>, <4>, <2>]", [1, 4, 2]),
    ("node 1, then node 4, then node 2", [1, 4, 2]),
]


@pytest.mark.parametrize(("text", "path"), SEQUENCES)
def test_paths_are_runs_of_labels(text: str, path: list[int]) -> None:
    assert reading.read_sequence(text, list(range(6))) == path


def test_pairs_stand_in_brackets_or_on_lines() -> None:
    assert reading.read_pairs("[(<0>, <3>), (<1>, <2>)]", range(5)) == [(0, 3), (1, 2)]
    labels = ["applicant 0", "applicant 1", "job 0", "job 1"]
    text = "applicant 0: job 1\napplicant 1: job 0\n2 applicants can find the job they are interested in."
    assert reading.read_pairs(text, labels) == [("applicant 0", "job 1"), ("applicant 1", "job 0")]


def test_vectors_and_values_are_read_by_node() -> None:
    assert reading.read_vectors("The answer is:\nnode 0: [1,0]\nnode 1: [2,-3]", [0, 1]) == {0: [1, 0], 1: [2, -3]}
    assert reading.read_values("{0: 3, 1: 2}", [0, 1]) == {0: 3, 1: 2}


def test_one_option_must_be_named_and_no_other() -> None:
    assert reading.read_label("She likes golf.", ["golf", "soccer"]) == "golf"
    assert reading.read_label("golf or soccer", ["golf", "soccer"]) is None
    assert reading.read_label("golfing", ["golf", "soccer"]) is None


@given(st.text(max_size=300))
def test_readers_take_any_text(text: str) -> None:
    labels = [0, 1, "Ann", "New York", "a+b", "(x"]
    for read in (reading.read_yes_no, reading.read_numbers, reading.read_rows, reading.says_none):
        read(text)
    readers = (
        reading.read_number,
        reading.read_length,
        reading.read_nodes,
        reading.read_sequence,
        reading.read_pairs,
        reading.read_vectors,
        reading.read_values,
    )
    for reader in readers:
        reader(text, labels)


@pytest.mark.parametrize(
    "text",
    ["1," * 50_000, "(" * 100_000, "node 1 and " * 20_000, "[" + "1, " * 50_000, "answer " * 20_000, "9" * 100_000],
)
def test_long_replies_take_no_time(text: str) -> None:
    start = time.perf_counter()
    reading.read_yes_no(text)
    reading.read_number(text, range(50))
    reading.read_nodes(text, range(50))
    reading.read_sequence(text, range(50))
    reading.read_pairs(text, range(50))
    assert time.perf_counter() - start < 3
