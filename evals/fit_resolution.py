"""Choose the weights and thresholds of entity resolution on development data, and write them for the package.

    python -m evals.fit_resolution --data fb15k237_aliases_dev.json --graphs graph_3b_data_eval_all.jsonl

Data: the development half of a file as `evals.aliases` reads it; the test half is not looked at. `--graphs`: outputs of
a model with a field `graph_json`; two nodes of one graph are two things, which teaches what names of concepts look like
that are near and not the same. The extra `search` is needed, as half of the weights are for names with vectors.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from evals.aliases import Gold, half, mentions, read_items
from evals.clusters import Agreement
from evals.streams import take_up
from evals.task import BadData
from graphs.resolution import Embed, Mention, NameIndex, Resolver
from graphs.resolution.comparing import OTHER_SIGNS, SAME_SIGNS, Side
from graphs.resolution.scoring import FILE, Logistic, Scoring
from graphs.resolution.things import Thing, mention_thing

SEED = 7  # of the stream that the weights are fitted on
ROUNDS = 2  # the first fit decides which of an entity's names is compared in the second
RIDGE = 3.0  # of the weights of standardised signs
CONTEXTS = 3.0  # weight of made-up homonyms against that of the real ones
ACCEPTED = tuple(step / 100 for step in range(20, 91, 2))
PRECISION = 0.97  # of the links that `accept` must give: a wrong merge is worse than a missed one
LEFT = 0.5  # share of the true pairs below `accept` that are below `ask` too, and so are not put to a judge

START = Scoring(
    Logistic(SAME_SIGNS, 2.0, tuple(0.0 for _ in SAME_SIGNS)),
    Logistic.of(OTHER_SIGNS, {"intercept": -6.0, "weights": {"trigrams": 6.0, "cosine": 6.0}}),
    accept=0.5,
    ask=0.1,
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


@dataclass
class Collected:
    """A stream as it was seen. links: for each mention, whether its entity was known, and what it might mean.

    What it might mean are pairs (likelihood by signs, right): the signs, whether they are those of one name, and
    whether the candidate is the entity that is meant.
    """

    same: Rows = field(default_factory=Rows)
    other: Rows = field(default_factory=Rows)
    links: list[tuple[bool, list[tuple[tuple[float, ...], bool, bool]]]] = field(default_factory=list)


def collect(gold: Sequence[Gold], embed: Embed | None, scoring: Scoring) -> Collected:
    """Each mention against what it may mean, as if all decisions before it had been right."""
    resolver = Resolver(NameIndex(embed), scoring=scoring)
    found = Collected()
    ids: dict[str, int] = {}
    rng = random.Random(SEED)
    for place, one in enumerate(gold):
        thing = _thing(one.mention, embed)
        target = ids.get(one.entity)
        looked_at = [candidate for candidate in resolver.candidates(thing) if candidate.likeness.values]
        for candidate in looked_at:
            rows = found.same if candidate.likeness.same_name else found.other
            rows.add(candidate.likeness.values, candidate.entity == target)
        found.links.append(
            (target is not None, [(c.likeness.values, c.likeness.same_name, c.entity == target) for c in looked_at])
        )
        if target is not None and len(resolver.index) > 10:
            for wrong in _homonyms(resolver, thing, target, rng):
                # the weight is set when the real ones have been counted
                found.same.add(resolver.comparer.compare(thing, wrong).values, False, 0.0)
        ids.setdefault(one.entity, place)
        take_up(resolver.index, ids[one.entity], one.mention)
    same = found.same
    real = sum(1 for is_same, weight in zip(same.same, same.weights, strict=True) if not is_same and weight)
    made = sum(1 for weight in same.weights if not weight)
    same.weights = [weight or CONTEXTS * real / made for weight in same.weights]
    return found


def _thing(mention: Mention, embed: Embed | None) -> Thing:
    thing = mention_thing(mention, None)
    vector = None if embed is None else embed([thing.names[0].spoken])
    return Thing(thing.names, vector, thing.side)


def _homonyms(resolver: Resolver, thing: Thing, target: int, rng: random.Random) -> Iterator[Thing]:
    """Other entities, one of them of the same kind where there is one, as if they had the same name."""
    ids = [id for id in rng.sample(sorted(resolver.index.entities), 10) if id != target]
    kind = thing.side.kind
    alike = [id for id in ids if kind is not None and resolver.index.entities[id].kind == kind]
    for id in [*alike[:1], ids[0]]:
        known = resolver.index.entities[id]
        side = Side(known.type, known.description)
        resolver.comparer.learn_descriptions([thing.side.description, side.description])
        yield Thing(thing.names, thing.vectors, side)


def concept_pairs(path: Path, embed: Embed | None, scoring: Scoring) -> Rows:
    """Nodes of one graph that a model wrote, each against those before it: all of them are different things.

    Raises:
        BadData: the file is not as it should be.
    """
    rows = Rows()
    for names in graph_nodes(path):
        resolver = Resolver(NameIndex(embed), scoring=scoring)
        for id, name in enumerate(names):
            for candidate in resolver.candidates(_thing(Mention(name), embed)):
                if candidate.likeness.values and not candidate.likeness.same_name:
                    rows.add(candidate.likeness.values, False)
            resolver.index.add(id, name)
    return rows


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


def fit(rows: Sequence[Rows], signs: tuple[str, ...]) -> Logistic:
    """Weighted logistic regression with a ridge on standardised signs, by L-BFGS."""
    x: NDArray[Any] = np.array([values for part in rows for values in part.signs], np.float64)
    y = np.array([same for part in rows for same in part.same], np.float64)
    w = np.array([weight for part in rows for weight in part.weights], np.float64)
    mean = np.average(x, axis=0, weights=w)
    scale = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=w))
    z = (x - mean) / np.where(scale > 1e-9, scale, np.inf)

    def loss(theta: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        odds = theta[0] + z @ theta[1:]
        error = w * (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - y)
        value = np.sum(w * np.logaddexp(0, np.where(y > 0, -odds, odds))) + RIDGE / 2 * theta[1:] @ theta[1:]
        return float(value), np.concatenate(([error.sum()], z.T @ error + RIDGE * theta[1:]))

    theta = minimize(loss, np.zeros(1 + len(signs)), jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    weights = theta[1:] / np.where(scale > 1e-9, scale, np.inf)
    return Logistic(signs, round(float(theta[0] - weights @ mean), 4), tuple(round(float(v), 4) for v in weights))


def choose(gold: Sequence[Gold], graphs: Path | None, embed: Embed | None, console: Console) -> Scoring:
    """Weights, then the thresholds: of those of enough precision on the same mentions, the best F1 of links."""
    scoring = START
    for turn in range(ROUNDS):
        seen = collect(gold, embed, scoring)
        concepts = [] if graphs is None else [concept_pairs(graphs, embed, scoring)]
        scoring = Scoring(fit([seen.same], SAME_SIGNS), fit([seen.other, *concepts], OTHER_SIGNS), 0.5, 0.1)
        console.print(
            f"round {turn + 1}: {len(seen.same.same)} pairs of one name, {len(seen.other.same)} of two"
            f" ({sum(seen.other.same)} true), {sum(len(rows.same) for rows in concepts)} of concepts"
        )
    best: tuple[bool, float, float] = (False, -1.0, 0.5)
    for accept in ACCEPTED:
        score = linked(seen, scoring, accept)
        console.print(
            f"accept {accept:.2f}: precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}"
        )
        precise = score.precision >= PRECISION
        best = max(best, (precise, score.f1 if precise else score.precision, accept))
    true = sorted(p for v, is_same in _rows(seen.other) if is_same and (p := scoring.other.probability(v)) < best[2])
    ask = round(true[int(LEFT * len(true))], 3) if true else best[2]
    return Scoring(scoring.same, scoring.other, best[2], min(ask, best[2]))


def _rows(rows: Rows) -> Iterator[tuple[tuple[float, ...], bool]]:
    yield from zip(rows.signs, rows.same, strict=True)


def linked(seen: Collected, scoring: Scoring, accept: float) -> Agreement:
    """How well each mention is linked to what was known before it, where all before it was right."""
    right = made = wanted = 0
    for known, candidates in seen.links:
        wanted += known
        odds = []
        for values, same_name, is_right in candidates:
            p = (scoring.same if same_name else scoring.other).probability(values)
            odds.append((p / (1 - min(p, 0.9999)), is_right))
        total = 1 + sum(value for value, _ in odds)
        share, is_right = max(((value / total, is_right) for value, is_right in odds), default=(0.0, False))
        if share >= accept:
            made += 1
            right += is_right
    return Agreement(right / made if made else 1.0, right / wanted if wanted else 1.0)


def as_data(scoring: Scoring) -> dict[str, Any]:
    """As `Scoring.of` reads it."""
    models = {
        name: {"intercept": model.intercept, "weights": dict(zip(model.signs, model.weights, strict=True))}
        for name, model in (("same", scoring.same), ("other", scoring.other))
    }
    return {"accept": scoring.accept, "ask": scoring.ask, **models}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write; 0 done, 2 bad arguments or data."""
    from agents.embedding import SearchUnavailable, encoder

    parser = argparse.ArgumentParser(prog="python -m evals.fit_resolution", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="entities with their aliases")
    parser.add_argument("--graphs", type=Path, help="outputs of a model, whose nodes are different things")
    parser.add_argument("--cache", type=Path, help="an SQLite file of vectors, so that a text is encoded once")
    parser.add_argument("--out", type=Path, default=FILE, help="where the weights go (into the package)")
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    try:
        gold = mentions(half(read_items(options.data), "development"), SEED)
        embed = encoder(options.cache)
        found = {
            name: as_data(choose(gold, options.graphs, how, console))
            for name, how in (("without vectors", None), ("with vectors", embed))
        }
    except (BadData, SearchUnavailable, OSError) as error:
        print(f"evals.fit_resolution: {error}", file=sys.stderr)  # noqa: T201
        return 2
    about = {
        "made by": "python -m evals.fit_resolution",
        "mentions": len(gold),
        "seed": SEED,
        "vectors": "all-MiniLM-L6-v2",
    }
    options.out.write_text(json.dumps({"about": about, **found}, indent=1) + "\n", encoding="utf-8")
    console.print(f"written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
