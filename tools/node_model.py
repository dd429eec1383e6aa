"""A class for every node from its own text, its neighbours' texts and its neighbours' classes.

Two steps that need numpy and scipy alone. A logistic regression reads [X, MX, M²X]: the features of the node and their
means over its neighbours and theirs (SGC, arXiv 1902.07153; SIGN, arXiv 2004.11198). Its shares are then mixed with
those of the neighbours, labelled ones being certain: P <- (1 - a) P0 + a M P (APPNP, arXiv 1810.05997). How many hops
are read and how much is mixed is chosen by cross-validation on the labelled nodes, and so are temperature and accuracy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.graph import Graph, Node
from tools.clock import Clock

Array = NDArray[Any]
HOPS = (2, 0)  # of weighed words; the first is kept unless the other is clearly better
SENTENCE_HOPS = (0, 2)  # of sentence vectors, which say enough of a text alone
MIXED = (0.0, 0.2, 0.4, 0.6)
USUAL = 0.4  # kept likewise
ROUNDS = 3  # of mixing
FOLDS = 5
_ENOUGH = 10  # labelled nodes for a temperature


class Around:
    """Who neighbours whom: directions, parallel edges and self-loops do not count."""

    def __init__(self, graph: Graph) -> None:
        from scipy import sparse

        place: dict[Node, int] = {node: i for i, node in enumerate(graph)}
        pairs = {(place[u], place[v]) for u, v in graph.nx.edges() if u != v}
        pairs |= {(v, u) for u, v in pairs}
        ends = np.array(sorted(pairs), int).reshape(-1, 2)
        self.matrix = sparse.csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(place), len(place)))
        self.size = len(place)

    def of(self, i: int) -> list[int]:
        """The neighbours of node `i`."""
        return [int(j) for j in self.matrix.indices[self.matrix.indptr[i] : self.matrix.indptr[i + 1]]]

    def within(self, i: int, hops: int) -> Array:
        """The nodes up to `hops` steps from `i`, in order."""
        found, frontier = {i}, {i}
        for _ in range(hops):
            frontier = {w for v in frontier for w in self.of(v)} - found
            found |= frontier
        return np.array(sorted(found))


def mean(matrix: Any, values: Any, alive: Array | None = None) -> Any:
    """The mean of `values` [nodes, …] over each node's neighbours, those not `alive` left out; 0 without any."""
    from scipy import sparse

    there = np.ones(matrix.shape[1]) if alive is None else alive
    share = 1 / np.maximum(matrix @ there, 1)
    if sparse.issparse(values):
        return sparse.csr_array(sparse.diags_array(share) @ (matrix @ values))
    return share[:, None] * (matrix @ (there[:, None] * values))


@dataclass(frozen=True)
class Fitted:
    """A fitted model.

    parts: for each hop its share of the logits, X W_h [nodes, classes], which `shares` averages over neighbours.
    given: [nodes, classes], the labelled nodes' classes, rows of 0 elsewhere. mixed: how much of the neighbours.
    """

    parts: tuple[Array, ...]
    bias: Array
    given: Array
    mixed: float
    temperature: float = 1.0

    def shares(self, matrix: Any, rows: Array | None = None, alive: Array | None = None) -> Array:
        """[nodes, classes], the share of each class at each node (of `rows`, whose `matrix` this is)."""
        pick = slice(None) if rows is None else rows
        logits: Array = self.parts[-1][pick]
        for part in reversed(self.parts[:-1]):  # X W0 + M (X W1 + M (X W2)): exact, and only as wide as the classes
            logits = part[pick] + mean(matrix, logits, alive)
        own = softmax(logits + self.bias)
        known = self.given[pick]
        own = np.where(known.sum(1, keepdims=True) > 0, known, own)
        return tempered(_mix(matrix, own, self.mixed, alive), self.temperature)


def _mix(matrix: Any, own: Array, much: float, alive: Array | None) -> Array:
    if much == 0:
        return own
    there = np.ones(matrix.shape[1]) if alive is None else alive
    lone = (matrix @ there == 0)[:, None]
    shares = own
    for _ in range(ROUNDS):
        shares = np.where(lone, own, (1 - much) * own + much * mean(matrix, shares, alive))
    return shares


def softmax(logits: Array) -> Array:
    """Each row as shares that sum to 1."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Array = raised / raised.sum(axis=1, keepdims=True)
    return found


def tempered(shares: Array, temperature: float) -> Array:
    """The shares sharpened (temperature below 1) or flattened, the largest staying the largest."""
    return shares if temperature == 1 else softmax(np.log(np.maximum(shares, 1e-12)) / temperature)


def logistic(features: Any, classes: Array, number: int, strength: float = 1.0) -> tuple[Array, Array]:
    """Weights [features, classes] and biases of a multinomial logistic regression, L2 penalty 1 / (2 strength).

    The loss is convex, so there is one answer; L-BFGS looks for it from 0.
    """
    from scipy.optimize import minimize

    rows, width = features.shape
    wanted = np.zeros((rows, number))
    wanted[np.arange(rows), classes] = 1
    turned = features.T.tocsr() if hasattr(features, "tocsr") else features.T

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias = flat[:-number].reshape(width, number), flat[-number:]
        logits = features @ weights + bias
        top = logits.max(axis=1, keepdims=True)
        log_sum = top[:, 0] + np.log(np.exp(logits - top).sum(axis=1))
        wrong = np.exp(logits - log_sum[:, None]) - wanted
        cost = float((log_sum - (logits * wanted).sum(axis=1)).sum() + (weights * weights).sum() / (2 * strength))
        slope = np.concatenate([(turned @ wrong + weights / strength).ravel(), wrong.sum(axis=0)])
        return cost / rows, slope / rows

    start = np.zeros((width + 1) * number)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "ftol": 1e-7, "gtol": 1e-5})
    return found.x[:-number].reshape(width, number), found.x[-number:]


@dataclass(frozen=True)
class Chosen:
    """What cross-validation chose, and what it measured.

    accuracy: the share of labelled nodes guessed right while their own label was hidden, or None where there are too
    few; each fold by the settings that are best on the others. error: its standard error. baseline: the share of the
    most common class. calibration: the mean gap between confidence and accuracy (ECE in ten bins, arXiv 1706.04599).
    measured: how many labels were hidden and guessed; whole: whether there was time for all of it.
    """

    hops: int
    mixed: float
    temperature: float
    accuracy: float | None
    error: float | None
    baseline: float
    calibration: float | None
    measured: int
    whole: bool = True


def choose(
    blocks: Callable[[int], Any],
    around: Around,
    labelled: Array,
    classes: Array,
    number: int,
    seed: int,
    clock: Clock,
    hops: Sequence[int] = HOPS,
) -> Chosen:
    """The settings that guess hidden labels best. blocks: the features up to a number of hops."""
    baseline = float(np.bincount(classes, minlength=number).max() / len(classes))
    fold, given = folds_of(classes, seed), len(classes)
    count = int(fold.max()) + 1 if len(fold) else 0
    if number < 2 or count < 2:
        return Chosen(hops[0], USUAL, 1.0, None, None, baseline, None, 0)
    tried: dict[tuple[int, float], Array] = {}
    took = 0.0
    for hop in hops:
        began = clock.left
        if tried and clock.left < took:
            break
        found, count = _hidden(blocks(hop), hop, around, labelled, classes, number, fold, count, clock)
        tried |= found
        took = began - clock.left
    inside = fold < count  # folds for which there was time
    labelled, classes, fold = labelled[inside], classes[inside], fold[inside]
    tried = {key: shares[inside] for key, shares in tried.items()}
    right = {key: shares.argmax(axis=1) == classes for key, shares in tried.items()}
    usual = (hops[0], USUAL)
    best = _best(right, usual, np.ones(len(classes), bool))
    by_fold = [_best(right, usual, fold != k) for k in range(count)]
    outer = np.array([right[by_fold[k]][i] for i, k in enumerate(fold)])
    accuracy = float(outer.mean())
    error = float(np.sqrt(accuracy * (1 - accuracy) / len(outer)))
    temperature, gap = 1.0, None
    if len(classes) >= _ENOUGH:
        temperature = _temperature(tried[best], classes)
        cooled = np.zeros_like(tried[best])
        for k in range(count):  # the gap is measured on labels that the temperature has not seen
            cooled[fold == k] = tempered(
                tried[best][fold == k], _temperature(tried[best][fold != k], classes[fold != k])
            )
        gap = calibration_gap(cooled, classes)
    whole = len(classes) == given and len(tried) == len(hops) * len(MIXED)
    return Chosen(*best, temperature, accuracy, error, baseline, gap, len(classes), whole)


def _hidden(
    block: Any, hop: int, around: Around, labelled: Array, classes: Array, number: int, fold: Array, count: int,
    clock: Clock,
) -> tuple[dict[tuple[int, float], Array], int]:  # fmt: skip
    """For each mixing, the shares [labelled, classes] that each node gets while its label is hidden.

    Second, how many of the `count` folds there was time for: two at least, and fewer than all where no time would be
    left for the model itself.
    """
    found = {(hop, much): np.zeros((len(labelled), number)) for much in MIXED}
    began = clock.left
    for k in range(count):
        if k >= 2 and clock.left < 2 * (began - clock.left) / k:
            return found, k
        seen, away = labelled[fold != k], labelled[fold == k]
        model = fit(block, hop, seen, classes[fold != k], number, 0.0)
        for much in MIXED:
            shares = Fitted(model.parts, model.bias, model.given, much).shares(around.matrix)
            found[hop, much][fold == k] = shares[away]
    return found, count


def fit(
    block: Any, hop: int, labelled: Array, classes: Array, number: int, mixed: float, temperature: float = 1.0
) -> Fitted:
    """Fit on the labelled nodes. block: [nodes, (hop + 1) * width], own features first."""
    weights, bias = logistic(block[labelled], classes, number)
    width = block.shape[1] // (hop + 1)
    own = block[:, :width]
    parts = tuple(np.asarray(own @ weights[h * width : (h + 1) * width]) for h in range(hop + 1))
    given = np.zeros((block.shape[0], number))
    given[labelled, classes] = 1
    return Fitted(parts, bias, given, mixed, temperature)


def folds_of(classes: Array, seed: int) -> Array:
    """A fold for each labelled node, every class spread evenly over them; all 0 where there are too few."""
    rng = np.random.default_rng(seed % 2**63)
    most = int(np.bincount(classes).max()) if len(classes) else 0
    count = min(FOLDS, most, len(classes))
    fold = np.zeros(len(classes), int)
    if count < 2:
        return fold
    at = 0
    for label in np.unique(classes):
        mine = rng.permutation(np.flatnonzero(classes == label))
        fold[mine] = (at + np.arange(len(mine))) % count
        at += len(mine)
    return fold


def _best(right: dict[tuple[int, float], Array], usual: tuple[int, float], among: Array) -> tuple[int, float]:
    """The settings with most right answers, if they lead the usual ones by more than the error of the difference.

    On few labels the best of many settings is mostly the luckiest.
    """
    best = max(right, key=lambda key: float(right[key][among].mean()))
    ahead = right[best][among].astype(float) - right[usual][among]
    error = float(ahead.std() / np.sqrt(len(ahead))) if len(ahead) else 0.0
    return best if ahead.size and float(ahead.mean()) > error else usual


def _temperature(shares: Array, classes: Array) -> float:
    """The temperature that makes the true classes most likely."""
    from scipy.optimize import minimize_scalar

    def loss(log_t: float) -> float:
        picked = tempered(shares, float(np.exp(log_t)))[np.arange(len(classes)), classes]
        return -float(np.log(np.maximum(picked, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 3.0), method="bounded").x))


def calibration_gap(shares: Array, classes: Array, bins: int = 10) -> float:
    """Expected calibration error: the gap between mean confidence and accuracy, averaged over bins of confidence."""
    sure, right = shares.max(axis=1), shares.argmax(axis=1) == classes
    which = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[which == b].mean() - right[which == b].mean()) * (which == b).mean() for b in np.unique(which)]
    return float(sum(gaps))
