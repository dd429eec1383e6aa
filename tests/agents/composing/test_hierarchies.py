"""Those above and below in texts of hierarchies, against trees of networkx; open questions are asked back."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from agents import GraphAgent
from agents.composing.hierarchy import above_of
from graphs.text import read_text

NAMES = ["Ann", "Bob", "Cem", "Dora", "Eve", "Finn", "Gus", "Hugo"]
VERBS = ["{low} reports to {high}", "{high} manages {low}", "{high} is the parent of {low}"]
AGENT = GraphAgent(model="none")


def tree(seed: int) -> nx.DiGraph:
    """A tree whose edges lead from those above to those below."""
    rng = random.Random(seed)
    found = nx.DiGraph()
    found.add_node(NAMES[0])
    for place, name in enumerate(NAMES[1:], 1):
        found.add_edge(NAMES[rng.randrange(place)], name)
    return found


def said(made: nx.DiGraph, verb: str) -> str:
    return "".join(verb.format(high=high, low=low) + ". " for high, low in made.edges)


def listed(value: object) -> list[object]:
    return sorted(value) if isinstance(value, list) else [value]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("seed", range(3))
def test_bosses_levels_and_the_lowest_common_one(verb: str, seed: int) -> None:
    made = tree(seed)
    text = said(made, verb)
    for low in NAMES[1:4]:
        (boss,) = made.predecessors(low)
        reply = AGENT.ask(f"{text}Who is {low}'s boss?")
        assert (reply.value, reply.status) == (boss, "proven")
        second = list(made.predecessors(boss))
        if second:
            assert listed(AGENT.ask(f"{text}Who is {low}'s boss's boss?").value) == second
    assert AGENT.ask(f"{text}How many levels are there?").value == nx.dag_longest_path_length(made) + 1
    assert AGENT.ask(f"{text}Who is at the top of the hierarchy?").value == NAMES[0]
    childless = sorted(node for node in made if not made.out_degree(node))
    assert listed(AGENT.ask(f"{text}Who has no children?").value) == childless
    for one, other in (("Finn", "Gus"), ("Eve", "Hugo")):
        reply = AGENT.ask(f"{text}Who is the lowest common manager of {one} and {other}?")
        if nx.has_path(made, one, other) or nx.has_path(made, other, one):
            assert reply.status == "unanswerable"
        else:
            assert reply.value == nx.lowest_common_ancestor(made, one, other)


@pytest.mark.parametrize(
    "question",
    ["Who is Eve's boss?", "How many levels are there?", "Who is the lowest common manager of Eve and Bob?"],
)
def test_verbs_that_point_both_ways_are_asked_back(question: str) -> None:
    text = "Eve reports to Dan. Dan manages Bob. Bob reports to Cem. "
    assert AGENT.ask(text + question).status == "unanswerable"


@pytest.mark.parametrize(
    "question", ["Who are Eve's peers?", "Who has the same boss as Eve?", "Who is Ann's subordinate?"]
)
def test_what_the_words_leave_open_is_asked_back(question: str) -> None:
    text = "Bob reports to Ann. Cem reports to Ann. Eve reports to Bob. Fay reports to Bob. "
    assert AGENT.ask(text + question).status == "unanswerable"


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("Eve reports to Dan. Bob reports to Dan.", "target"),
        ("Ann supervises Bob and Cem. Bob supervises Dan.", "source"),
        ("Dan is managed by Bob. Bob is managed by Ann.", "source"),
        ("Ann follows Bob. Bob follows Cem.", ""),
        ("A leads to B. B leads to C.", ""),
        ("Eve reports to Dan. Dan follows Cem.", "mixed"),
    ],
)
def test_which_end_is_above(text: str, above: str) -> None:
    reading = read_text(text)
    assert above_of(reading, reading.graph) == above
