"""Edges by their weights: the longest road, the cheapest link at a node, how much longer one is than another."""

import random
from pathlib import Path

import pytest

from agents import GraphAgent

AGENT = GraphAgent(model="none")
TOWNS = ("Aston", "Brill", "Cold", "Dale", "Ely", "Firth")


def roads(seed: int) -> dict[frozenset[str], int]:
    """A path through all towns and some roads more, all of different lengths."""
    rng = random.Random(seed)
    pairs = [frozenset(pair) for pair in zip(TOWNS, TOWNS[1:])]
    pairs += [frozenset(rng.sample(TOWNS, 2)) for _ in range(4)]
    pairs = list(dict.fromkeys(pairs))
    return dict(zip(pairs, rng.sample(range(3, 60), len(pairs))))


def ask(said: dict[frozenset[str], int], question: str) -> object:
    text = ", ".join(f"{'-'.join(sorted(pair))} {length} km" for pair, length in said.items())
    reply = AGENT.ask(f"Roads: {text}. {question}")
    assert reply.status == "proven", reply.text
    if not isinstance(reply.value, list):
        return reply.value
    return frozenset(reply.value[0] if isinstance(reply.value[0], list) else reply.value)


@pytest.mark.parametrize("seed", range(4))
def test_of_all_edges(seed: int) -> None:
    said = roads(seed)
    ranked = sorted(said, key=said.get)
    assert ask(said, "What is the longest road?") == ranked[-1]
    assert ask(said, "Which road is the shortest?") == ranked[0]
    assert ask(said, "Which is the second longest road?") == ranked[-2]
    assert ask(said, "How long is the longest road?") == said[ranked[-1]]
    assert ask(said, "What is the length of the shortest road?") == said[ranked[0]]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("town", ["Brill", "Dale"])
def test_of_the_edges_at_a_node(seed: int, town: str) -> None:
    said = roads(seed)
    own = sorted((pair for pair in said if town in pair), key=said.get)
    assert ask(said, f"What is the longest road at {town}?") == own[-1]
    assert ask(said, f"Which road out of {town} is the shortest?") == own[0]
    assert ask(said, f"How long is the second longest road at {town}?") == said[own[-2]]
    assert ask(said, f"What is the total length of the roads at {town}?") == sum(said[pair] for pair in own)


@pytest.mark.parametrize("seed", range(4))
def test_after_a_change(seed: int) -> None:
    said = roads(seed)
    gone = max((pair for pair in said if "Cold" in pair), key=said.get)
    left = {pair: length for pair, length in said.items() if pair != gone}
    closed = f"If the road {'-'.join(sorted(gone))} is closed, "
    assert ask(said, f"{closed}what is the longest road at Cold?") == max(
        (pair for pair in left if "Cold" in pair), key=left.get
    )
    assert ask(said, f"{closed}which road is the longest?") == max(left, key=left.get)


def test_two_edges() -> None:
    said = {frozenset(pair): length for pair, length in ((("A", "B"), 9), (("B", "C"), 4), (("C", "D"), 30))}
    assert ask(said, "Is the road from A to B longer than the road from B to C?") is True
    assert ask(said, "Is the road between C and D shorter than the road between A and B?") is False
    assert ask(said, "How much longer is the road C-D than the road A-B?") == 21


def test_a_best_way_is_no_edge() -> None:
    said = {frozenset(pair): length for pair, length in ((("A", "B"), 2), (("B", "C"), 3), (("A", "C"), 9))}
    text = "Roads: A-B 2 km, B-C 3 km, A-C 9 km."
    assert AGENT.ask(f"{text} What is the shortest connection between A and C?").value == ["A", "B", "C"]
    assert ask(said, "What is the shortest road?") == frozenset("AB")


def test_words_of_another_kind_than_the_weights() -> None:
    for question in ("What is the fastest road at B?", "What is the most expensive road at B?"):
        assert AGENT.ask(f"Roads: A-B 2 km, B-C 3 km, A-C 9 km. {question}").status == "unanswerable"


def test_capacities() -> None:
    text = "Pipes: S->A capacity 10, S->B capacity 5, A->B capacity 4, A->T capacity 6, B->T capacity 8."
    assert AGENT.ask(f"{text} Which pipe has the largest capacity?").value == ["S", "A"]
    assert AGENT.ask(f"{text} What is the smallest capacity of any pipe?").value == 4


def test_equal_weights_are_told() -> None:
    reply = AGENT.ask("Roads: A-B 7 km, B-C 7 km, C-D 2 km. What is the longest road?")
    assert reply.value == ["A", "B"]
    assert any("share" in note for note in reply.assumptions)


def test_the_next_question_sees_all_edges(tmp_path: Path) -> None:
    text = "Roads: A-B 5 km, B-C 7 km, A-C 9 km, C-D 4 km."
    agent = GraphAgent(memory=tmp_path / "talk.sqlite")
    assert agent.ask(f"{text} What is the longest road at C?", thread="t").value == ["A", "C"]
    assert agent.ask("How many roads are there?", thread="t").value == 4
    agent.close()
