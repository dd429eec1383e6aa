"""Short texts about the people of a graph, in which a friend's sentence tells what to write next.

    Ann, new in town, lives in Rome. Bob, new in town, lives in Oslo. Eve, friend of Bob, lives in Oslo. …

Strangers live somewhere; each friend of somebody earlier lives where that one does, and only the friends' cities are
predicted. `told=False` says "also in town" instead of the friend's name: there the graph alone tells.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from evals.task import BadData

NAMES = (
    "John James Mary David Michael Robert William Richard Thomas Charles George Paul Mark Peter Henry Alice Anna Sarah "
    "Emma Jane Tom Jack Bob Sam Kate Lucy Adam Eric Frank Martin"
).split()
CITIES = "London Paris Rome Berlin Boston Chicago Vienna Madrid Dublin Sydney Tokyo Moscow".split()
STRANGERS, FRIENDS = 3, 7


@dataclass(frozen=True)
class Layout:
    """Where things stand in every text alike. answers: the tokens before each friend's city. cities: ids to choose."""

    length: int
    answers: tuple[int, ...]
    cities: tuple[int, ...]


@dataclass(frozen=True)
class LinkedText:
    """ids: the text's tokens. spans: the tokens of each person's sentence. graph: who is whose friend."""

    ids: tuple[int, ...]
    spans: dict[Hashable, range]
    graph: nx.Graph
    cities: tuple[int, ...]


def make(count: int, seed: int, tokenizer: Any, *, told: bool) -> tuple[list[LinkedText], Layout]:
    """So many texts, all of one layout.

    Raises:
        BadData: the tokenizer has too few of the names and cities as single tokens.
    """
    rng = random.Random(f"linked-{seed}")
    names, cities = _single(tokenizer, NAMES), _single(tokenizer, CITIES)
    if len(names) < STRANGERS + FRIENDS or len(cities) < STRANGERS:
        raise BadData(f"of the names and cities, only {len(names)} and {len(cities)} are single tokens of this model")
    found: list[LinkedText] = []
    answers: tuple[int, ...] = ()
    for _ in range(count):
        text, answers = _one(rng, sorted(names), sorted(cities), tokenizer, told)
        found.append(text)
    if len({len(text.ids) for text in found}) != 1:
        raise BadData("the tokenizer cuts the sentences of these texts differently from one text to the next")
    return found, Layout(len(found[0].ids), answers, tuple(sorted(cities.values())))


def _one(
    rng: random.Random, names: Sequence[str], cities: Sequence[str], tokenizer: Any, told: bool
) -> tuple[LinkedText, tuple[int, ...]]:
    graph = nx.Graph()
    people = rng.sample(names, STRANGERS + FRIENDS)
    home = dict(zip(people, rng.sample(cities, STRANGERS), strict=False))
    ids: list[int] = []
    spans, answers, right = dict[Hashable, range](), list[int](), list[int]()
    for at, person in enumerate(people):
        graph.add_node(person)
        how = "new in town"
        if at >= STRANGERS:
            friend = rng.choice(people[:at])
            graph.add_edge(person, friend)
            home[person] = home[friend]
            how = f"friend of {friend}" if told else "also in town"
        sentence = _ids(tokenizer, f" {person}, {how}, lives in {home[person]}.")
        spans[person] = range(len(ids), len(ids) + len(sentence))
        ids += sentence
        if at >= STRANGERS:
            answers.append(len(ids) - 3)  # before the city and the full stop
            right.append(ids[-2])
    return LinkedText(tuple(ids), spans, graph, tuple(right)), tuple(answers)


def _single(tokenizer: Any, words: Sequence[str]) -> dict[str, int]:
    cut = {word: _ids(tokenizer, f" {word}") for word in words}
    return {word: ids[0] for word, ids in cut.items() if len(ids) == 1}


def _ids(tokenizer: Any, text: str) -> list[int]:
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])


def shuffled(graph: nx.Graph, seed: int) -> nx.Graph:
    """The same graph with its people exchanged at random: a control that has as many edges and tells nothing."""
    people = list(graph)
    return nx.relabel_nodes(graph, dict(zip(people, random.Random(seed).sample(people, len(people)), strict=True)))
