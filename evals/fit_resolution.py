"""Choose the weights and thresholds of entity resolution on development data, and write them for the package.

    python -m evals.fit_resolution --data fb15k237_aliases_dev.json --graphs graph_3b_data_eval_all.jsonl

Data: the development half of a file as `evals.aliases` reads it; the test half is not looked at. `--graphs`: outputs of
a model with a field `graph_json`; two nodes of one graph are two things, which teaches what names of concepts look like
that are near and not the same. The extra `search` is needed, as half of the weights are for names with vectors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from evals.aliases import Gold, half, mentions, read_items
from evals.clusters import Agreement
from evals.resolution_rows import SEED, START, Collected, Rows, collect, concept_pairs
from evals.task import BadData
from graphs.resolution import Embed
from graphs.resolution.scoring import FILE, RULES, SIGNS, Logistic, Scoring, odds

ROUNDS = 2  # the first fit decides which of an entity's names is compared in the second
RIDGE = 3.0  # of the weights of standardised signs
ACCEPTED = tuple(step / 100 for step in range(20, 91, 2))
PRECISION = 0.97  # of the links that `accept` must give: a wrong merge is worse than a missed one
OPEN = 0.2  # pairs a mention that a judge is asked about at most, on average; this decides `ask`


def _signs(text: str) -> frozenset[str]:
    return frozenset(sign.strip() for line in text.splitlines() for sign in line.split(";"))


# More likeness never makes it less probable that two are one, whatever else the development data may say by chance.
SPEAK_FOR = _signs(
    """trigrams; contained; cosine; cosine over .5; cosine over .7; cosine over .85; trigrams and cosine
    words, less covered; words, more covered; first word; last word; all words in; letters; acronym; short acronym
    same base; qualifier borne out; rest in the description; added form; kinds agree; described alike
    shared neighbours"""
)
SPEAK_AGAINST = _signs(
    """left over on both; single word in; shared by many; figures differ; qualifier not borne out; qualifiers differ
    kinds contradict; described apart; described by other figures; described by other names; other spelling
    short name; kinds in the names contradict; added at the end"""
)


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

    bounds = [(None, None), *((0.0 if s in SPEAK_FOR else None, 0.0 if s in SPEAK_AGAINST else None) for s in signs)]
    start = np.zeros(1 + len(signs))
    theta = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 2000}).x
    weights = theta[1:] / np.where(scale > 1e-9, scale, np.inf)
    return Logistic(signs, round(float(theta[0] - weights @ mean), 4), tuple(round(float(v), 4) for v in weights))


def choose(gold: Sequence[Gold], graphs: Path | None, embed: Embed | None, console: Console) -> Scoring:
    """Weights, then the thresholds: of those of enough precision on the same mentions, the best F1 of links."""
    scoring = START
    for turn in range(ROUNDS):
        seen = collect(gold, embed, scoring)
        concepts = Rows() if graphs is None else concept_pairs(graphs, embed, scoring)
        for rule in RULES:
            rows = seen.rows[rule]
            more = f", {len(concepts.same)} of graphs" if rule == "concepts" else ""
            console.print(f"round {turn + 1}, {rule}: {len(rows.same)} pairs, {sum(rows.same)} of them true{more}")
        scoring = fit_all(seen, concepts)
    links = Links.of(seen, scoring)
    best: tuple[bool, float, float] = (False, -1.0, 0.5)
    for accept in ACCEPTED:
        score = links.agreement(accept)
        figures = f"precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}"
        console.print(f"accept {accept:.2f}: {figures}")
        precise = score.precision >= PRECISION
        best = max(best, (precise, score.f1 if precise else score.precision, accept))
    return replace(scoring, accept=best[2], ask=links.left_open(best[2]))


def fit_all(seen: Collected, concepts: Rows) -> Scoring:
    """The three models."""
    same, named = (fit([seen.rows[rule]], SIGNS[rule]) for rule in ("same", "named"))
    return Scoring(same, named, fit([seen.rows["concepts"], concepts], SIGNS["concepts"]), 0.5, 0.1)


@dataclass(frozen=True)
class Links:
    """Which candidate is the best for each mention, all before it having been right.

    open: for each mention, the probabilities of its candidates. best: the share of the best one, and whether it is what
    is meant. wanted: mentions whose entity was known.
    """

    open: list[list[float]]
    best: list[tuple[float, bool]]
    wanted: int

    @classmethod
    def of(cls, seen: Collected, scoring: Scoring) -> Links:
        open_: list[list[float]] = []
        best: list[tuple[float, bool]] = []
        for _, looked in seen.links:
            found = [(scoring.model(rule).probability(values), is_right) for rule, values, is_right in looked]
            total = 1 + sum(odds(p) for p, _ in found)
            open_.append([p for p, _ in found])
            best.append(max(((odds(p) / total, is_right) for p, is_right in found), default=(0.0, False)))
        return cls(open_, best, sum(known for known, _ in seen.links))

    def agreement(self, accept: float) -> Agreement:
        """How well mentions are linked from a share on."""
        made = [is_right for share, is_right in self.best if share >= accept]
        return Agreement(sum(made) / len(made) if made else 1.0, sum(made) / self.wanted if self.wanted else 1.0)

    def left_open(self, accept: float) -> float:
        """The least probability from which a judge is asked without being asked too much."""
        pairs = [p for found, (share, _) in zip(self.open, self.best, strict=True) if share < accept for p in found]
        pairs.sort(reverse=True)
        at = int(OPEN * len(self.best))
        return round(min(accept, pairs[at] if at < len(pairs) else 0.01), 3)


def as_data(scoring: Scoring) -> dict[str, Any]:
    """As `Scoring.of` reads it."""
    models: dict[str, Any] = {
        rule: {"intercept": scoring.model(rule).intercept, "weights": weights(scoring.model(rule))} for rule in RULES
    }
    return {"accept": scoring.accept, "ask": scoring.ask, **models}


def weights(model: Logistic) -> dict[str, float]:
    return {sign: weight for sign, weight in zip(model.signs, model.weights, strict=True) if weight}


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
