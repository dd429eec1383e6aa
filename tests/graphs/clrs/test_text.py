"""CLRS-Text: equal to the official generator item for item, there and back, and errors that say where."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.clrs import ALGORITHMS, Example, run, sample
from graphs.clrs.text import Answer, parse_answer, read_question, to_text
from graphs.errors import BadArgument, ParseError

SHARED = Path(__file__).resolve().parents[4] / "shared/data/clrs_text"
FILES = {"dev.jsonl": False, "dev_trace.jsonl": True}
BFS = "bfs:\ns: 0, A: [[1 1 0 1], [1 1 0 0], [0 0 0 0], [1 0 0 1]]\npi:\n"
TRACED = BFS.replace("]]\npi", "]], initial_trace: [0 1 2 3]\ntrace | pi")
# SHA-256 of ten questions and answers of each of the sizes 4, 8, 10, 12 and 14, RandomState(3) for each, without traces
# and with: those of the official generator, release 2.0.3, three decimals.
DIGESTS = {
    "activity_selector": "bebb8a8f31782e60",
    "articulation_points": "67cd864111efef0b",
    "bellman_ford": "823299a24260d8ef",
    "bfs": "e5110d023e376660",
    "binary_search": "1c498330a10ca891",
    "bridges": "dee9a56531c5508a",
    "bubble_sort": "fe5b450aeb206a9f",
    "dag_shortest_paths": "7fba65bee1da2221",
    "dfs": "69de2360e3054472",
    "dijkstra": "c3680212d7fbf132",
    "find_maximum_subarray_kadane": "b0459631a9d1324c",
    "floyd_warshall": "1f25312d4040d633",
    "graham_scan": "8ad4270fa6f69a39",
    "heapsort": "d7744a4ff6e66f11",
    "insertion_sort": "c824b0a8093bb43e",
    "jarvis_march": "8fbc99ed22b9a324",
    "kmp_matcher": "7afe67c546e6d845",
    "lcs_length": "4f2eac22c967ff80",
    "matrix_chain_order": "af3346c9a2e0da47",
    "minimum": "99ffdf137e92222b",
    "mst_kruskal": "565fa57ae916573d",
    "mst_prim": "4cd6adc2fbc77e6b",
    "naive_string_matcher": "87a9d53757a55c81",
    "optimal_bst": "96028bda8db764d1",
    "quickselect": "fb925a4acb00a473",
    "quicksort": "4a245160f3610caf",
    "segments_intersect": "62c12abae0584b92",
    "strongly_connected_components": "99963631daa0985d",
    "task_scheduling": "d62929eb266bd8df",
    "topological_sort": "cb95bb985fa51af5",
}


def same(one: Example, other: Example) -> bool:
    return all(
        list(mine) == list(theirs)
        and all(mine[k].dtype == theirs[k].dtype and np.array_equal(mine[k], theirs[k]) for k in mine)
        for mine, theirs in ((one.inputs, other.inputs), (one.outputs, other.outputs), (one.hints, other.hints))
    )


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_texts_are_those_of_the_official_generator(algorithm: str) -> None:
    found = hashlib.sha256()
    for size in (4, 8, 10, 12, 14):
        rng = np.random.RandomState(3)
        for _ in range(10):
            example = sample(algorithm, size, rng)
            for trace in (False, True):
                found.update("\0".join(to_text(example, trace=trace)).encode())
    assert found.hexdigest()[:16] == DIGESTS[algorithm]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.skipif(not SHARED.exists(), reason="the official files lie outside the repository")
def test_every_item_of_the_official_files(name: str) -> None:
    made: dict[tuple[str, int], np.random.RandomState] = defaultdict(lambda: np.random.RandomState(3))
    rows = [json.loads(line) for line in (SHARED / name).read_text().splitlines()]
    for row in rows:
        example = sample(row["algorithm"], row["size"], made[row["algorithm"], row["size"]])
        assert to_text(example, trace=FILES[name]) == (row["question"], row["answer"])
        algorithm, inputs, trace = read_question(row["question"])
        assert same(run(algorithm, **inputs), example)
        assert trace == (FILES[name] and algorithm != "segments_intersect")
    assert len(rows) == 1500


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(ALGORITHMS), st.integers(4, 20), st.integers(0, 2**31), st.sampled_from((1, 3, 6, None)))
def test_there_and_back(algorithm: str, size: int, seed: int, decimals: int | None) -> None:
    """The parser's tensors are the sampler's, to the last bit and type; answers read back as they were."""
    if "graham" in algorithm or "jarvis" in algorithm:
        decimals = 6 if decimals == 1 else decimals  # no twenty points with one decimal are in general position
    example = sample(algorithm, size, np.random.RandomState(seed), decimals=decimals)
    for trace in (False, True):
        question, answer = to_text(example, trace=trace)
        name, inputs, wanted = read_question(question)
        again = run(name, **inputs)
        assert same(again, example)
        assert to_text(again, trace=trace) == (question, answer)
        said = parse_answer(algorithm, answer, trace=wanted)
        assert len(said.steps) == (max(0, len(next(iter(example.hints.values()))) - 2) if wanted else 0)


def test_an_answer_in_parts() -> None:
    assert parse_answer("bfs", "[0 0 2 0]") == Answer((), ([0, 0, 2, 0],))
    assert parse_answer("bfs", " | [0 0 2 0]\n\n", trace=True) == Answer((), ([0, 0, 2, 0],))
    assert parse_answer("topological_sort", "[0 0], 1") == Answer((), ([0, 0], 1))
    assert parse_answer("binary_search", "(0, 1) | (1, 1)", trace=True) == Answer(((0, 1),), (1, 1))
    assert parse_answer("floyd_warshall", "[[0 1], [0 1]]").final == ([[0, 1], [0, 1]],)


@pytest.mark.parametrize(
    ("algorithm", "text", "trace"),
    [
        ("bfs", "", False),
        ("bfs", "[0 0 2 0", False),
        ("bfs", "[0 zero]", False),
        ("bfs", "[0 0] and more", False),
        ("bfs", "[0 0] | [0 0]", False),
        ("bfs", "[0 0]", True),
        ("topological_sort", "[0 0]", False),
        ("floyd_warshall", "[[0 1], [0]]", False),
        ("binary_search", "(0, 1) | 1", True),
        ("bfs", "[" * 5000, False),
    ],
)
def test_malformed_answers_are_errors(algorithm: str, text: str, trace: bool) -> None:
    with pytest.raises(ParseError):
        parse_answer(algorithm, text, trace=trace)


def test_white_space_around_lines_does_not_matter() -> None:
    for text in (BFS, TRACED):
        assert read_question("\n " + text.replace("\n", " \r\n") + "\n\n") == read_question(text)
    assert read_question(TRACED).trace


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "three lines"),
        ("How far is Kim from Ann?", "three lines"),
        (BFS.replace("bfs", "bfd", 1), "none of the thirty"),
        (BFS.replace("\npi:", "\npo:"), "gives 'pi'"),
        (BFS.replace("\npi:", "\ntrace | pi:"), "first state"),
        (TRACED.replace("trace | pi", "pi"), "first state"),
        (BFS.replace("s: 0, ", ""), "'s' and its value"),
        (BFS.replace("s: 0", "s: zero"), "'zero, A"),
        (BFS.replace("s: 0", "source: 0"), "'s' and its value"),
        (BFS.replace("[1 1 0 1]", "[1 1 0 nan]"), "no finite number"),
        (BFS.replace("[1 1 0 1]", "[1 1 0]"), "row 2 of a matrix has 4"),
        (BFS.replace("], [1 1 0 0]", "]; [1 1 0 0]"), "separated by"),
        (BFS.replace("]]\n", "]\n"), "separated by"),
        (BFS.replace("]]\n", "]], B: 3\n"), "the end"),
        (TRACED.replace("[0 1 2 3]", "[0 1"), "neither a number"),
        ("segments_intersect:\nx: [0 1 2 3], y: [0 1 2 3]\ntrace | intersect:\n", "gives 'intersect'"),
    ],
)
def test_what_is_no_question_is_an_error_that_says_where(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read_question(text)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (read_question, lambda t: parse_answer("bfs", t), lambda t: parse_answer("bfs", t, trace=True)):
        with suppress(ParseError):
            read(text)  # type: ignore[operator]


@settings(deadline=None)
@given(st.integers(0, 200), st.sampled_from("[] ,.:|()-e0\n"))
def test_one_changed_character_never_breaks_the_reader(place: int, new: str) -> None:
    text = TRACED[: place % len(TRACED)] + new + TRACED[place % len(TRACED) + 1 :]
    with suppress(ParseError, BadArgument):
        algorithm, inputs, _ = read_question(text)
        run(algorithm, **inputs)


@pytest.mark.parametrize("huge", ["9" * 5000, "1e999", "-" + "9" * 400])
def test_numbers_too_large_are_not_finite(huge: str) -> None:
    algorithm, inputs, _ = read_question(f"minimum:\nkey: [1 {huge}]\nmin:\n")
    with pytest.raises(BadArgument, match="finite"):
        run(algorithm, **inputs)


def test_a_trace_needs_states() -> None:
    with pytest.raises(BadArgument, match="no states"):
        to_text(run("bfs", hints=False, s=0, A=[[0, 1], [1, 0]]), trace=True)
    with pytest.raises(BadArgument, match="no states"):
        to_text(run("quicksort", key=[1.0]), trace=True)
    assert to_text(run("quicksort", key=[1.0])) == ("quicksort:\nkey: [1.0]\npred:\n", "[1.0]")
