"""Worked examples and marks of a chat around a question: neither changes what is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import Graph
from graphs.text import read_text
from graphs.text.encoders import GRAPHQA_ENCODERS, encode

Shots = list[tuple[str, str]]
Form = Callable[[Shots, str], str]
THOUGHT = (
    "Let's think step by step.\nNode 0 is connected to node 1.\nNode 1 is connected to node 3.\nSo the answer is {}."
)


def marked(ask: str, tell: str, gap: str = "\n\n") -> Form:
    """Every record begins with a mark."""
    return lambda shots, asked: (
        "".join(f"{ask} {text}\n{tell} {answer}{gap}" for text, answer in shots) + f"{ask} {asked}\n{tell}"
    )


FORMS: dict[str, Form] = {
    "bare": lambda shots, asked: "".join(f"{text}\nA: {answer}\n\n" for text, answer in shots) + f"{asked}\nA:",
    "thought": lambda shots, asked: (
        "".join(f"{text}\nA: {THOUGHT.format(answer)}\n\n" for text, answer in shots) + f"{asked}\nA:"
    ),
    "numbered examples": lambda shots, asked: (
        "".join(f"Example {n}:\n{text}\nAnswer: {answer}\n\n" for n, (text, answer) in enumerate(shots, 1))
        + f"Now answer this:\n{asked}"
    ),
    "numbered questions": lambda shots, asked: (
        "".join(f"Q{n}: {text}\nA{n}: {answer}\n" for n, (text, answer) in enumerate(shots, 1))
        + f"Q{len(shots) + 1}: {asked}\nA{len(shots) + 1}:"
    ),
    "announced": lambda shots, asked: "Here are some examples.\n\n" + marked("Input:", "Output:")(shots, asked),
    "questions": marked("Question:", "Answer:"),
    "ruled off": marked("Question:", "Answer:", "\n---\n"),
    "bold": marked("**Question:**", "**Answer:**"),
    "speakers": marked("User:", "Assistant:", "\n"),
    "instructions": marked("### Instruction:\n", "### Response:\n"),
    "headings": marked("### Question\n", "### Answer\n"),
    "chat": lambda shots, asked: (
        "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
        + "".join(
            f"<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n{answer}<|im_end|>\n" for text, answer in shots
        )
        + f"<|im_start|>user\n{asked}<|im_end|>\n<|im_start|>assistant\n"
    ),
    "brackets": lambda shots, asked: (
        "<s>" + "".join(f"[INST] {text} [/INST] {answer}\n" for text, answer in shots) + f"[INST] {asked} [/INST]"
    ),
    "tags": lambda shots, asked: (
        "".join(
            f"<example>\n<question>{text}</question>\n<answer>{answer}</answer>\n</example>\n" for text, answer in shots
        )
        + f"<question>{asked}</question>"
    ),
}
QUESTIONS = ("How many edges are in this graph?", "What is the degree of node 1?", "Is there a cycle in this graph?")


def edges(graph: Graph) -> set[frozenset[object]]:
    return {frozenset((edge.source, edge.target)) for edge in graph.edges()}


@st.composite
def bodies(draw: st.DrawFn, encoder: str) -> str:
    size = draw(st.integers(4, 9))
    pairs = [(u, v) for u in range(size) for v in range(u)]
    some = draw(st.lists(st.sampled_from(pairs), min_size=2, max_size=12, unique=True))
    return encode(Graph.from_edges(some, range(size)), encoder)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_examples_change_nothing(form: str, data: st.DataObject) -> None:
    encoder = data.draw(st.sampled_from(GRAPHQA_ENCODERS))
    texts = st.tuples(bodies(encoder), st.sampled_from(QUESTIONS)).map("Q: ".join)
    asked = data.draw(texts)
    shots = data.draw(st.lists(st.tuples(texts, st.sampled_from(["Yes.", "3.", "[1, 2]"])), max_size=3))
    alone, among = read_text(f"{asked}\nA:"), read_text(FORMS[form](shots, asked))
    assert among.graph is not None
    assert alone.graph is not None
    assert (edges(among.graph), set(among.graph)) == (edges(alone.graph), set(alone.graph))
    assert (among.question, among.contradictions) == (alone.question, alone.contradictions)


def test_the_graph_may_stand_in_front_of_all_questions() -> None:
    reading = read_text("Ann-Bob, Bob-Eve.\nQ: How many nodes are there?\nA: 3\nQ: How many edges are there?\nA:")
    assert reading.graph is not None
    assert (reading.graph.num_edges, reading.question) == (2, "How many edges are there?")


def test_the_graph_of_an_example_is_not_taken_for_one_that_was_not_understood() -> None:
    shown = "0-1, 1-2.\nQ: How many edges are there?\nA: 2\n\n"
    reading = read_text(shown + "0 zaps 1 yonder, 2 zaps 1 hither, 5 zaps 0 thither.\nQ: How many edges are there?\nA:")
    assert reading.graph is None or reading.graph.num_edges == 3 or reading.leftovers


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Q1: Q2, A1\nA1: Q1\nQ2: Q1, A2\nA2: Q2\nHow many edges are there?", 3),
        ("Input: A-B, B-C, C-D\nOutput: the number of edges", 3),
        ("Question: How many edges are there?\nAnswer: a number.\nInput: A-B, B-C", 2),
    ],
)
def test_what_only_looks_like_examples_is_read(text: str, size: int) -> None:
    reading = read_text(text)
    assert reading.graph is not None
    assert reading.graph.num_edges == size
