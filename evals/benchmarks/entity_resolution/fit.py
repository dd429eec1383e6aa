"""Choose the weights and thresholds of entity resolution on development data, and write them for the package.

    python -m evals.benchmarks.entity_resolution.fit --data fb15k237_aliases_dev.json --graphs data_eval_all.jsonl

Data: the development half of a file as `.aliases` reads it; the test half is not looked at. `--graphs`: outputs of
a model with a field `graph_json`; two nodes of one graph are two things, which teaches what names of concepts look like
that are near and not the same. The extra `search` is needed, as half of the weights are for names with vectors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from evals.benchmarks.entity_resolution.aliases import Gold, half, mentions, read_items
from evals.benchmarks.entity_resolution.clusters import Agreement
from evals.benchmarks.entity_resolution.rows import SEED, START, Collected, Looked, Rows, collect, concept_pairs
from evals.task import BadData
from graphs.resolution import Embed
from graphs.resolution.scoring import FILE, RULES, SIGNS, Logistic, Rule, Scoring, odds, share

ROUNDS = 2  # the first fit decides which of an entity's names is compared in the second
RIDGE = 3.0  # of the weights of standardised signs
ACCEPTED = tuple(step / 100 for step in range(20, 97, 2))
# Of the links that `accept` must give: a wrong merge is worse than a missed one, and concepts that a model makes up are
# further from the development data than persons and places.
PRECISION: dict[Rule, float] = {"named": 0.95, "concepts": 0.97}
EVEN = 0.5  # of entities of one name: what is as likely the one as the other is neither
FALSE = 0.002  # of the nodes of graphs: those that are linked to another node of their graph
OPEN = 0.1  # pairs a mention that a judge is asked about at most, on average; this decides `ask`


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


# What the development data has too few cases of to say.
LIMITS: dict[Rule, dict[str, tuple[float | None, float | None]]] = {
    "same": {
        "kinds contradict": (None, -6.0),  # a planet is no metal, whatever else is alike
        "other spelling": (None, -0.5),  # of two entities, the one that is spelled alike is meant
        "no kinds": (0.0, 0.0),  # kinds that agree say no less than none
        "short name": (-1.0, 0.0),  # a symbol that comes again is the same one, where nothing speaks against it
        "said alike": (1.5, None),  # a bare name means the entity of which nothing is known, rather than a homonym
    },
    "named": {},
    "concepts": {"acronym": (0.0, 9.0)},  # three letters meet by chance where many names are known
}


def fit(rows: Sequence[Rows], rule: Rule) -> Logistic:
    """Weighted logistic regression with a ridge on standardised signs, by L-BFGS within bounds."""
    signs = SIGNS[rule]
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

    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for sign, spread in zip(signs, scale.tolist(), strict=True):
        usual = (0.0 if sign in SPEAK_FOR else None, 0.0 if sign in SPEAK_AGAINST else None)
        low, high = LIMITS[rule].get(sign, usual)
        bounds.append((None if low is None else low * spread, None if high is None else high * spread))
    start = np.zeros(1 + len(signs))
    theta = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 2000}).x
    weights = theta[1:] / np.where(scale > 1e-9, scale, np.inf)
    return Logistic(signs, round(float(theta[0] - weights @ mean), 4), tuple(round(float(v), 4) for v in weights))


def choose(gold: Sequence[Gold], graphs: Path | None, embed: Embed | None, console: Console) -> Scoring:
    """Weights, then the thresholds: the least that link the same mentions precisely enough."""
    scoring = START
    for turn in range(ROUNDS):
        seen = collect(gold, embed, scoring)
        concepts = Collected() if graphs is None else concept_pairs(graphs, embed, scoring)
        for rule in RULES:
            rows = seen.rows[rule]
            more = f", {len(concepts.rows[rule].same)} of graphs" if rule == "concepts" else ""
            console.print(f"round {turn + 1}, {rule}: {len(rows.same)} pairs, {sum(rows.same)} of them true{more}")
        scoring = fit_all(seen, concepts.rows["concepts"])
    links = Links.of(seen, scoring)
    accept: dict[Rule, float] = {rule: links.accept(rule, least) for rule, least in PRECISION.items()}
    accept["same"] = max(EVEN, accept["named"])
    accept["concepts"] = max(accept["concepts"], Links.of(concepts, scoring).seldom(FALSE))
    score = links.agreement(accept)
    figures = f"precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}"
    console.print(f"accept {accept}: links of development mentions with {figures}")
    return replace(scoring, accept=accept, ask=links.left_open(accept))


def fit_all(seen: Collected, concepts: Rows) -> Scoring:
    """The three models."""
    same, named = fit([seen.rows["same"]], "same"), fit([seen.rows["named"]], "named")
    return Scoring(same, named, fit([seen.rows["concepts"], concepts], "concepts"), START.accept, START.ask)


class Best(NamedTuple):
    """The best candidate of a mention: its share, whether it is what is meant, the model that says so, whether only a
    judge may.
    """

    share: float
    right: bool
    rule: Rule
    open: bool = False


def _probability(scoring: Scoring, one: Looked) -> float:
    found = scoring.model(one.rule).probability(one.values)
    return min(found, 0.9 * START.accept[one.rule]) if one.open else found


@dataclass(frozen=True)
class Links:
    """Which candidate is the best for each mention, all before it having been right.

    open: for each mention, the probabilities of its candidates. best: of those with any. wanted: mentions whose entity
    was known.
    """

    open: list[list[float]]
    best: list[Best]
    wanted: int

    @classmethod
    def of(cls, seen: Collected, scoring: Scoring) -> Links:
        """The links that the weights give."""
        found = cls([], [], sum(known for known, _ in seen.links))
        for _, looked in seen.links:
            likely = [(_probability(scoring, one), one) for one in looked]
            found.open.append([p for p, _ in likely])
            best = Best(0.0, False, "same")
            for p, one in likely:
                rivals = [odds(q) for q, other in likely if other is not one and other.entity not in one.doubles]
                best = max(best, Best(share(odds(p), rivals), one.right, one.rule, one.open))
            found.best.append(best)
        return found

    def accept(self, rule: Rule, precision: float) -> float:
        """The least share from which the links of a model are as precise as they must be."""
        for least in ACCEPTED:
            made = [best.right for best in self.best if best.rule == rule and best.share >= least and not best.open]
            if made and sum(made) / len(made) >= precision:
                return least
        return ACCEPTED[-1]

    def seldom(self, share: float) -> float:
        """The least share from which no more of the mentions than this are linked wrongly."""
        wrong = sorted((best.share for best in self.best if not best.right and not best.open), reverse=True)
        allowed = int(share * len(self.best))
        return next((least for least in ACCEPTED if sum(found >= least for found in wrong) <= allowed), ACCEPTED[-1])

    def agreement(self, accept: Mapping[Rule, float]) -> Agreement:
        """How well mentions are linked from these shares on."""
        made = [best.right for best in self.best if best.share >= accept[best.rule] and not best.open]
        return Agreement(sum(made) / len(made) if made else 1.0, sum(made) / self.wanted if self.wanted else 1.0)

    def left_open(self, accept: Mapping[Rule, float]) -> float:
        """The least probability from which a judge is asked without being asked too much."""
        left = [found for found, best in zip(self.open, self.best, strict=True) if best.share < accept[best.rule]]
        pairs = sorted((p for found in left for p in found), reverse=True)
        at = int(OPEN * len(self.best))
        return round(min(min(accept.values()), pairs[at] if at < len(pairs) else 0.01), 3)


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

    parser = argparse.ArgumentParser(
        prog="python -m evals.benchmarks.entity_resolution.fit", description=__doc__.split("\n")[0]
    )
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
        print(f"evals.benchmarks.entity_resolution.fit: {error}", file=sys.stderr)  # noqa: T201
        return 2
    about = {
        "made by": "python -m evals.benchmarks.entity_resolution.fit",
        "mentions": len(gold),
        "seed": SEED,
        "vectors": "all-MiniLM-L6-v2",
    }
    options.out.write_text(json.dumps({"about": about, **found}, indent=1) + "\n", encoding="utf-8")
    console.print(f"written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
