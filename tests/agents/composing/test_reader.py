"""The reader: every word is accounted for, and the grammar, its methods and its lemmas fit together."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import composing
from agents.composing.meaning import Meaning
from agents.composing.reader import grammar, read, terminals
from agents.composing.words import FILE, lemmas, words_of
from agents.routing.mentions import find_mentions
from graphs.graph import Graph
from tests.agents.composing.asked_of_any import UNDIRECTED

PATH = Graph(nx.Graph([("Ann", "Bob"), ("Bob", "Eve"), ("Eve", "Finn"), ("Bob", "Finn")]))
ARROWS = Graph(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
LOOPS = Graph(nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "b"), ("b", "c")]))
FOLDER = Path(composing.__file__).parent


def understood(question: str, graph: Graph = PATH) -> bool:
    return read(find_mentions(question, graph), graph) is not None


READ = [
    question
    for question in (template.format(u="Ann", v="Eve", k=2) for template, _ in UNDIRECTED)
    if understood(question)
]


def test_most_of_the_questions_are_read() -> None:
    assert len(READ) > 60


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(READ), st.integers(0, 30), st.sampled_from(["blorp", "hardly", "mostly", "almost", "if", "not"]))
def test_a_question_with_a_word_that_no_rule_knows_is_not_read(question: str, place: int, word: str) -> None:
    words = question.rstrip("?").split()
    words.insert(place % (len(words) + 1), word)
    changed = " ".join(words) + "?"
    if word != "not":  # a negation may make another question, but never the same one
        assert not understood(changed)
    else:
        mentions = find_mentions(question, PATH)
        negated = read(find_mentions(changed, PATH), PATH)
        assert negated is None or negated != read(mentions, PATH)


@pytest.mark.parametrize(
    "question",
    [
        "Which nodes are not adjacent to Ann and Bob?",  # to neither, or not to both
        "Who does not know someone?",
        "Can Ann reach Finn directly?",
        "Does Ann touch Bob or not?",
        "Are Ann and Eve unconnected?",
        "How many broken links are there?",
        "What is Ann?",
        "Which Ann is adjacent to Bob?",
        "How many Bob are there?",
        "Are there two paths from Ann to Finn?",
        "Which nodes are within 3 km of Ann?",  # no weights
    ],
)
def test_open_words_are_left_unread(question: str) -> None:
    assert not understood(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which node is nearest to d?",
        "What is the distance between a and d plus 1?",
        "Is b closer to d than a is?",
        "Which nodes are within 2 steps to d?",
        "Are a and d at distance 3?",
        "Which nodes have two neighbours?",
    ],
)
def test_words_without_direction_are_left_unread_where_edges_have_one(question: str) -> None:
    assert not understood(question, ARROWS)


@pytest.mark.parametrize(
    "question",
    [
        "Which nodes are adjacent to b and have two neighbours?",
        "Which nodes are leaves?",
        "Which nodes are on a cycle?",
        "Is every node adjacent to b?",
    ],
)
def test_loops_and_parallel_edges_are_left_unread(question: str) -> None:
    assert not understood(question, LOOPS)


class TestGrammar:
    def test_no_two_words_are_one_terminal(self) -> None:
        assert not [name for name, count in Counter(terminals().values()).items() if count > 1]

    def names(self) -> set[str]:
        return {
            str(rule.alias or rule.origin.name)
            for rule in grammar().rules
            if rule.alias or not (rule.options.expand1 or rule.origin.name.startswith("_"))
        }

    def test_every_rule_has_a_method(self) -> None:
        lacking = {name for name in self.names() if not name.startswith("_") and not hasattr(Meaning, name)}
        assert not lacking

    def test_every_method_has_a_rule_or_is_called_by_one(self) -> None:
        code = "\n".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.py"))
        methods = {name for name, _ in inspect.getmembers(Meaning, inspect.isfunction) if not name.startswith("_")}
        idle = {name for name in methods - self.names() if not re.search(rf"self\.{name}\b", code)}
        assert not idle


class TestLemmas:
    def entries(self) -> list[tuple[str, str]]:
        lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if ":" in line and line[0] != "#"]
        return [
            (lemma, said.strip())
            for lemma, _, listed in (line.partition(":") for line in lines)
            for said in listed.split("|")
        ]

    def test_nothing_is_listed_twice(self) -> None:
        assert not [said for said, count in Counter(said for _, said in self.entries()).items() if count > 1]

    def test_every_lemma_reaches_the_grammar(self) -> None:
        table = lemmas()
        known = set(terminals()) | {word for key in table.phrases for word in key}
        known |= {"if", "with", "then"}  # openers of clauses
        targets = [*table.words.values(), *table.phrases.values()]
        beyond = sorted({word for target in targets for word in target} - known)
        assert not beyond

    def test_no_phrase_hides_what_an_edit_says(self) -> None:
        for said in ("remove node Ann", "remove edges", "close the road", "delete nodes"):
            words = words_of(find_mentions(said, PATH))
            assert words is not None
            assert words[0].lemma == "remove", said
