"""What the weights of entity resolution are fitted on: pairs with their signs, seen in streams of mentions."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from evals.benchmarks.entity_resolution.aliases import Gold
from evals.benchmarks.entity_resolution.streams import take_up
from evals.task import BadData
from graphs.resolution import Embed, Mention, NameIndex, Resolver
from graphs.resolution.comparing import OTHER_SIGNS, SAME_SIGNS, Side
from graphs.resolution.resolver import Candidate
from graphs.resolution.scoring import RULES, Logistic, Rule, Scoring
from graphs.resolution.things import Thing, mention_thing

SEED = 7  # of the stream, and of the homonyms that are made up
CONCEPTS = 10.0  # weight of a pair of concepts of one graph
CONTEXTS = 3.0  # weight of made-up homonyms against that of the real ones

_FIRST = Logistic.of(OTHER_SIGNS, {"intercept": -6.0, "weights": {"trigrams": 6.0, "cosine": 6.0}})
START = Scoring(
    Logistic.of(SAME_SIGNS, {"intercept": 2.0, "weights": {}}), _FIRST, _FIRST, dict.fromkeys(RULES, 0.5), ask=0.1
)


@dataclass
class Rows:
    """What a fit learns from: signs, whether both are one, and the weight of each row."""

    signs: list[tuple[float, ...]] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, values: Sequence[float], same: bool, weight: float = 1.0) -> None:
        self.signs.append(tuple(values))
        self.same.append(same)
        self.weights.append(weight)


class Looked(NamedTuple):
    """A candidate. rule: the model for it. right: whether it is meant. open, doubles: as the resolver has them."""

    rule: Rule
    values: tuple[float, ...]
    right: bool
    entity: int
    open: bool
    doubles: frozenset[int]

    @classmethod
    def of(cls, candidate: Candidate, target: int | None) -> Looked:
        likeness, id = candidate.likeness, candidate.entity
        return cls(likeness.rule, likeness.values, id == target, id, likeness.open, candidate.doubles)


@dataclass
class Collected:
    """A stream as it was seen. links: for each mention, whether its entity was known, and what it might mean."""

    rows: dict[Rule, Rows] = field(default_factory=lambda: {rule: Rows() for rule in RULES})
    links: list[tuple[bool, list[Looked]]] = field(default_factory=list)


def collect(gold: Sequence[Gold], embed: Embed | None, scoring: Scoring) -> Collected:
    """Each mention against what it may mean, as if all decisions before it had been right."""
    resolver = Resolver(NameIndex(embed), scoring=scoring)
    found, made_up = Collected(), Rows()
    ids: dict[str, int] = {}
    rng = random.Random(SEED)
    for place, one in enumerate(gold):
        thing = _thing(one.mention, embed)
        target = ids.get(one.entity)
        looked = [Looked.of(candidate, target) for candidate in resolver.candidates(thing) if candidate.likeness.values]
        for other in looked:
            found.rows[other.rule].add(other.values, other.right)
        found.links.append((target is not None, looked))
        if target is not None and len(resolver.index) > 10:
            for wrong in _homonyms(resolver, thing, target, rng):
                made_up.add(resolver.comparer.compare(thing, wrong).values, False)
        ids.setdefault(one.entity, place)
        take_up(resolver.index, ids[one.entity], one.mention)
    same = found.rows["same"]
    weight = CONTEXTS * same.same.count(False) / max(1, len(made_up.same))
    for values in made_up.signs:
        same.add(values, False, weight)
    return found


def _thing(mention: Mention, embed: Embed | None) -> Thing:
    thing = mention_thing(mention, None)
    vector = None if embed is None else embed([thing.names[0].spoken])
    return replace(thing, vectors=vector)


def _homonyms(resolver: Resolver, thing: Thing, target: int, rng: random.Random) -> Iterator[Thing]:
    """Other entities, one of them of the same kind where there is one, as if they had the same name.

    Only where something is known of both: how often a bare name is a homonym is for the real ones to say.
    """
    ids = [id for id in rng.sample(sorted(resolver.index.entities), 10) if id != target]
    kind = thing.side.kind
    alike = [id for id in ids if kind is not None and resolver.index.entities[id].kind == kind]
    for id in [*alike[:1], ids[0]]:
        known = resolver.index.entities[id]
        side = Side(known.type, known.description)
        if not (thing.side.description and known.description) and (kind is None or side.kind is None):
            continue
        resolver.comparer.learn_descriptions([thing.side.description, side.description])
        yield replace(thing, side=side)


def concept_pairs(path: Path, embed: Embed | None, scoring: Scoring) -> Collected:
    """Nodes of one graph that a model wrote, each against those before it: all of them are different things.

    Raises:
        BadData: the file is not as it should be.
    """
    found = Collected()
    for names in graph_nodes(path):
        resolver = Resolver(NameIndex(embed), scoring=scoring)
        for id, name in enumerate(names):
            looked = [
                Looked.of(candidate, None)
                for candidate in resolver.candidates(_thing(Mention(name), embed))
                if candidate.likeness.rule == "concepts" and candidate.likeness.values
            ]
            for other in looked:
                found.rows["concepts"].add(other.values, False, CONCEPTS)
            found.links.append((False, looked))
            resolver.index.add(id, name)
    return found


def graph_nodes(path: Path) -> list[list[str]]:
    """The names of the nodes of each graph in a file of model outputs (JSON lines with `graph_json`).

    Raises:
        BadData: a line is no such output.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            graph = json.loads(line)["graph_json"]
            graph = json.loads(graph) if isinstance(graph, str) and graph else graph
            found.append([str(node["id"]) for node in (graph or {}).get("nodes", ())])
        except (ValueError, KeyError, TypeError) as error:
            raise BadData(f"{path}, line {number}: no output with a graph_json ({error})") from error
    return found
