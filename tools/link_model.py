"""How likely a link between two nodes is, from their texts, their neighbours' texts and their common neighbours.

A logistic regression on few features is fitted on the links that are there, each described as if it were not, against
random pairs without one. A tenth of the links is hidden first, to measure how high the model ranks them and to turn
its scores into probabilities (isotonic regression, Zadrozny and Elkan 2002).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.graph import Graph, Node
from tools.clock import Clock

Array = NDArray[Any]
HIDDEN = 0.1  # share of the links that are hidden to measure
FEWEST = 20  # links below which nothing is hidden
_NEGATIVES = 10  # random pairs a link
_MOST_NEGATIVES = 50_000
_PROBED = 300  # hidden links that are ranked to measure
_NODES = 1_000  # nodes whose pairs are looked at to calibrate
_A_STEP = 8  # true pairs of a step of the calibration curve
TOP = 10


class Links:
    """The links of a graph and what describes a pair of nodes.

    arcs: [links, 2], each pair once; source first in a directed graph, the earlier node first in an undirected one.
    """

    def __init__(self, size: int, arcs: Array, features: Any, *, directed: bool) -> None:
        from scipy import sparse

        self.size, self.arcs, self.features, self.directed = size, arcs, features, directed
        both = np.concatenate([arcs, arcs[:, ::-1]])
        self.matrix = sparse.csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(size, size))
        self.matrix.data[:] = 1
        self.codes = np.sort(arcs[:, 0] * size + arcs[:, 1])
        self.ties = np.unique(both[:, 0] * size + both[:, 1])
        self.degree = np.asarray(self.matrix.sum(axis=1)).ravel()
        self.to = np.bincount(arcs[:, 1], minlength=size).astype(float)
        self.out = np.bincount(arcs[:, 0], minlength=size).astype(float)
        self.rare = 1 / np.log(np.maximum(self.degree, 2))
        self.around = self.matrix @ features
        self.own = np.asarray(features.multiply(features).sum(axis=1)).ravel()

    @classmethod
    def of(cls, graph: Graph, features: Any) -> Links:
        place: dict[Node, int] = {node: i for i, node in enumerate(graph)}
        pairs = dict.fromkeys((place[u], place[v]) for u, v in graph.nx.edges() if u != v)
        if not graph.directed:
            pairs = dict.fromkeys((min(pair), max(pair)) for pair in pairs)
        arcs = np.array(sorted(pairs), int).reshape(-1, 2)
        return cls(len(place), arcs, features, directed=graph.directed)

    def without(self, kept: Array) -> Links:
        """These links, but for those not `kept` (a truth for each)."""
        return Links(self.size, self.arcs[kept], self.features, directed=self.directed)

    def points(self, sources: Array, targets: Array) -> Array:
        """For each pair, whether a link leads from the first to the second (either way in an undirected graph)."""
        return _stand_in(self.codes, sources * self.size + targets) if self.directed else self.linked(sources, targets)

    def less(self, node: int) -> Links:
        """These links without any of `node`, which keeps its text."""
        return self.without((self.arcs != node).all(axis=1))

    def linked(self, sources: Array, targets: Array) -> Array:
        """For each pair, whether it is linked, whatever the direction."""
        return _stand_in(self.ties, sources * self.size + targets)

    def describe(self, sources: Array, targets: Array) -> Array:
        """[pairs, features], as if no pair were linked itself."""
        u, v = np.asarray(sources), np.asarray(targets)
        tie = self.linked(u, v).astype(float)
        own_u, own_v = self.features[u], self.features[v]
        u_left, v_left = self.degree[u] - tie, self.degree[v] - tie
        to_v = (_dots(own_u, self.around[v]) - tie * self.own[u]) / np.maximum(v_left, 1)
        to_u = (_dots(own_v, self.around[u]) - tie * self.own[v]) / np.maximum(u_left, 1)
        common = self.matrix[u].multiply(self.matrix[v])
        columns = [
            _dots(own_u, own_v),
            to_u + to_v,
            np.log1p(np.asarray(common.sum(axis=1)).ravel()),
            np.asarray(common @ self.rare).ravel(),
            np.log1p(u_left) + np.log1p(v_left),
        ]
        if self.directed:
            forward = self.points(u, v).astype(float)
            columns += [np.log1p(self.to[v] - forward), np.log1p(self.out[u] - forward), to_v - to_u]
        return np.stack(columns, axis=1)

    def describe_row(self, source: int) -> Array:
        """[nodes, features]: what `describe` says of `source` with every node, by matrix times vector."""
        tie = self.matrix[[source]].toarray().ravel()
        text = self.features[[source]].toarray().ravel()
        left = self.degree - tie
        to_v = (self.around @ text - tie * self.own[source]) / np.maximum(left, 1)
        about = self.around[[source]].toarray().ravel()
        to_u = (self.features @ about - tie * self.own) / np.maximum(self.degree[source] - tie, 1)
        columns = [
            self.features @ text,
            to_u + to_v,
            np.log1p(self.matrix @ tie),
            self.matrix @ (tie * self.rare),
            np.log1p(self.degree[source] - tie) + np.log1p(left),
        ]
        if self.directed:
            forward = self.points(np.full(self.size, source), np.arange(self.size)).astype(float)
            columns += [np.log1p(self.to - forward), np.log1p(self.out[source] - forward), to_v - to_u]
        return np.stack(columns, axis=1)


def _stand_in(codes: Array, wanted: Array) -> Array:
    """For each wanted code, whether it is among the sorted ones."""
    if not len(codes):
        return np.zeros(len(wanted), bool)
    place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    found: Array = codes[place] == wanted
    return found


def _dots(one: Any, other: Any) -> Array:
    return np.asarray(one.multiply(other).sum(axis=1)).ravel()


@dataclass(frozen=True)
class LinkModel:
    """A fitted model.

    curve: (log-odds, chance that the link is missing), rising; empty when they are taken as they are. found: the share
    of hidden links that stand among the first ten of their node; rank: the mean of 1 / place. Both None where there are
    too few links to hide some. gap: between mean chance and outcome of the likeliest pairs, on others than the curve is
    of. hidden: how many links were.
    """

    middle: Array
    spread: Array
    weights: Array
    bias: float
    curve: tuple[tuple[float, float], ...] = ()
    found: float | None = None
    rank: float | None = None
    gap: float | None = None
    hidden: int = 0

    def logits(self, described: Array) -> Array:
        found: Array = (described - self.middle) / self.spread @ self.weights + self.bias
        return found

    def chance(self, described: Array) -> Array:
        """The probability of a link for each described pair."""
        logits = self.logits(described)
        if self.curve:
            return _read(self.curve, logits)
        found: Array = 1 / (1 + np.exp(-np.clip(logits, -40, 40)))
        return found


def fit_links(links: Links, seed: int, clock: Clock) -> LinkModel:
    """The model of these links, measured on hidden ones where there are enough and time is left."""
    rng = np.random.default_rng(seed % 2**63)
    if len(links.arcs) < FEWEST:
        return _fit(links, rng)
    order = rng.permutation(len(links.arcs))
    away = order[: max(2, int(HIDDEN * len(order)))]
    kept = np.ones(len(order), bool)
    kept[away] = False
    measured = _measure(
        _fit(links.without(kept), rng), links.without(kept), links, links.arcs[np.sort(away)], rng, clock
    )
    final = _fit(links, rng)
    return replace(
        final, curve=measured.curve, found=measured.found, rank=measured.rank, gap=measured.gap, hidden=measured.hidden
    )


def _fit(links: Links, rng: np.random.Generator) -> LinkModel:
    """Weights that tell links from random pairs, the bias set to how rare links are among all pairs."""
    positive = links.arcs
    wanted = min(_MOST_NEGATIVES, _NEGATIVES * len(positive))
    u, v = rng.integers(0, links.size, 2 * wanted), rng.integers(0, links.size, 2 * wanted)
    free = (u != v) & ~links.linked(u, v)
    u, v = u[free][:wanted], v[free][:wanted]
    described = np.concatenate([links.describe(positive[:, 0], positive[:, 1]), links.describe(u, v)])
    is_link = np.repeat([1.0, 0.0], [len(positive), len(u)])
    middle, spread = described.mean(axis=0), described.std(axis=0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    weights, bias = _binary((described - middle) / spread, is_link, penalty=1.0)
    pairs = links.size * (links.size - 1) / (1 if links.directed else 2)
    rarer = np.log(max(1.0, (pairs - len(positive)) / max(1, len(u))))
    return LinkModel(middle, spread, weights, bias - rarer)


def _binary(features: Array, outcome: Array, penalty: float) -> tuple[Array, float]:
    """Logistic regression: weights and bias that make the outcomes most likely."""
    from scipy.optimize import minimize

    def loss(flat: Array) -> tuple[float, Array]:
        logits = features @ flat[:-1] + flat[-1]
        wrong = 1 / (1 + np.exp(-np.clip(logits, -40, 40))) - outcome
        cost = float((np.logaddexp(0, logits) - outcome * logits).sum() + penalty * (flat[:-1] @ flat[:-1]) / 2)
        return cost, np.concatenate([features.T @ wrong + penalty * flat[:-1], [wrong.sum()]])

    found = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return found.x[:-1], float(found.x[-1])


def _measure(
    model: LinkModel, seen: Links, whole: Links, hidden: Array, rng: np.random.Generator, clock: Clock
) -> LinkModel:
    """The model with its figures on hidden links, and its scores turned into the chance of being one of them."""
    places: list[int] = []
    for source, target in hidden[rng.permutation(len(hidden))[:_PROBED]]:
        if clock.over and places:
            break
        scores = model.logits(seen.describe_row(source))
        free = _free(seen, source)
        places.append(1 + int((scores[free] > scores[target]).sum()))
    logits: list[Array] = []
    outcome: list[Array] = []
    everyone = np.arange(seen.size)
    for source in rng.permutation(seen.size)[:_NODES]:
        if clock.over and logits:
            break
        free = _free(seen, source)
        logits.append(model.logits(seen.describe_row(source))[free])
        sources = np.full(int(free.sum()), source)
        outcome.append(whole.points(sources, everyone[free]))
    score, was = np.concatenate(logits), np.concatenate(outcome)
    figures = replace(
        model, found=float(np.mean([place <= TOP for place in places])),
        rank=float(np.mean([1 / place for place in places])), hidden=len(hidden),
    )  # fmt: skip
    if was.sum() < 2 * _A_STEP:
        return figures
    half = np.arange(len(was)) % 2 == 0
    gap = np.mean([_gap(score, was, half), _gap(score, was, ~half)])
    return replace(figures, curve=_curve(score, was), gap=float(gap))


def _free(links: Links, source: int) -> Array:
    """Which nodes `source` could be linked to and is not."""
    free: Array = links.matrix[[source]].toarray().ravel() == 0
    free[source] = False
    return free


def _curve(score: Array, was: Array) -> tuple[tuple[float, float], ...]:
    """(score, chance) in rising order: the best pairs down to each eighth true one, then the next, made monotone."""
    from scipy.optimize import isotonic_regression

    order = np.argsort(-score, kind="stable")
    true = np.flatnonzero(was[order])
    ends = [*(true[_A_STEP - 1 :: _A_STEP] + 1), len(order)]
    steps: list[tuple[float, float, int]] = []
    for begin, end in zip([0, *ends], ends):
        if end > begin:
            part = order[begin:end]
            steps.append((float(np.median(score[part])), (was[part].sum() + 0.5) / (len(part) + 1), len(part)))
    steps.reverse()
    chance = isotonic_regression([step[1] for step in steps], weights=[step[2] for step in steps]).x
    return tuple((step[0], float(p)) for step, p in zip(steps, chance))


def _read(curve: tuple[tuple[float, float], ...], score: Array) -> Array:
    """The chances of scores: linear in log-odds between the steps of the curve, level outside."""
    places, chances = np.array(curve).T
    odds = np.log(chances / (1 - chances))
    found: Array = 1 / (1 + np.exp(-np.interp(score, places, odds)))
    return found


def _gap(score: Array, was: Array, half: Array) -> float:
    """Among the likeliest pairs of one half, as many as it has true ones, the gap between mean chance and outcome."""
    chance = _read(_curve(score[half], was[half]), score[~half])
    likely = np.argsort(-chance, kind="stable")[: max(1, int(was[~half].sum()))]
    return float(abs(chance[likely].mean() - was[~half][likely].mean()))


def nearest_texts(features: Any, most: int, clock: Clock, block: int = 256) -> tuple[Array, bool]:
    """Pairs [pairs, 2] of each node with the `most` nodes of the most like texts; whether every node was looked at."""
    found: list[Array] = []
    turned = features.T.tocsc()
    for first in range(0, features.shape[0], block):
        if clock.over and found:
            return np.concatenate(found), False
        likeness = (features[first : first + block] @ turned).toarray()
        likeness[np.arange(len(likeness)), first + np.arange(len(likeness))] = 0
        near = np.argsort(-likeness, axis=1, kind="stable")[:, :most]
        rows = np.repeat(np.arange(len(likeness)), near.shape[1])
        good = likeness[rows, near.ravel()] > 0
        found.append(np.stack([first + rows[good], near.ravel()[good]], axis=1))
    return (np.concatenate(found) if found else np.zeros((0, 2), int)), True


def two_steps(links: Links) -> Array:
    """Pairs [pairs, 2] of nodes that have a common neighbour, each both ways."""
    square = (links.matrix @ links.matrix).tocoo()
    pairs = np.stack([square.row, square.col], axis=1)
    apart: Array = pairs[pairs[:, 0] != pairs[:, 1]]
    return apart


__all__ = ["LinkModel", "Links", "fit_links", "nearest_texts", "two_steps"]
