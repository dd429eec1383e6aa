"""The tail of a degree sequence: a power law, its goodness of fit, and the rivals that may fit as well.

Clauset, Shalizi and Newman, Power-law distributions in empirical data (2009); all distributions are discrete.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.errors import BadArgument
from graphs.science.distributions import Exponential, Lognormal, PowerLaw, TruncatedPowerLaw, Vector

LEAST_TAIL = 10  # nodes in the tail of a fit
_ALPHAS = np.arange(1.05, 8.0, 0.01)
Rivals = Exponential | Lognormal | TruncatedPowerLaw


@dataclass(frozen=True, slots=True)
class Rival:
    """Another distribution of the same tail. ratio: log-likelihood of the power law less that of the rival.

    p: the chance of a ratio this far from 0 when both are equally good (Vuong's test), or, for the truncated power law,
    which contains the power law, when there is no cut-off (chi-squared, one degree of freedom).
    """

    name: str
    fit: Rivals
    ratio: float
    p: float


@dataclass(frozen=True, slots=True)
class TailFit:
    """A power law fitted to the degrees from `low` on.

    values, counts: the different degrees above 0, and how many nodes have each. error: standard error of `alpha`.
    distance: Kolmogorov and Smirnov's. goodness: the share of `bootstraps` samples drawn from the fit and fitted anew
    that are farther from theirs; under 0.1 the power law is ruled out. None until `with_goodness`.
    """

    values: NDArray[np.int64]
    counts: NDArray[np.int64]
    power_law: PowerLaw
    error: float
    distance: float
    rivals: tuple[Rival, ...]
    goodness: float | None = None
    bootstraps: int = 0
    seed: int = 0

    @property
    def alpha(self) -> float:
        return self.power_law.alpha

    @property
    def low(self) -> int:
        return self.power_law.low

    @property
    def largest(self) -> int:
        return int(self.values[-1])

    @property
    def num_values(self) -> int:
        return int(self.counts.sum())

    @property
    def num_tail(self) -> int:
        return int(self.counts[self.values >= self.low].sum())

    def ccdf(self) -> tuple[NDArray[np.int64], Vector]:
        """(degrees, share of the nodes with that degree or more)."""
        return self.values, np.cumsum(self.counts[::-1])[::-1] / self.num_values


def fit_tail(degrees: Sequence[int] | NDArray[np.int64]) -> TailFit:
    """Fit by maximum likelihood, from the degree on from which the fit is closest; zeros are left out.

    Exponents from 1.05 to 8 are looked at.

    Raises:
        BadArgument: fewer than 10 degrees above 0, or all of them alike.
    """
    values, counts = _counted(degrees)
    best = _scan(values, counts)
    if best is None:
        raise BadArgument(
            f"{int(counts.sum())} nodes with {len(values)} different degrees are too few to fit a tail; "
            f"it takes {LEAST_TAIL} nodes and three different degrees"
        )
    low, _, distance = best
    tail = values >= low
    x, often = values[tail].astype(float), counts[tail]
    law = PowerLaw(_polished(x, often, best), low)
    rivals = tuple(_rival(name, make(x, often, law), x, often, law) for name, make in _RIVALS)
    return TailFit(values, counts, law, _error(law, int(often.sum())), distance, rivals)


def with_goodness(fit: TailFit, *, bootstraps: int = 500, seed: int = 0) -> TailFit:
    """Test the fit by a semi-parametric bootstrap (Clauset et al., sec. 4.1); p is good to 0.5 / sqrt(bootstraps)."""
    rng = np.random.default_rng(seed)
    body = np.repeat(fit.values, fit.counts)
    body = body[body < fit.low]
    farther = 0
    for _ in range(bootstraps):
        in_tail = int(rng.binomial(fit.num_values, fit.num_tail / fit.num_values)) if len(body) else fit.num_values
        drawn = draw_power_law(fit.power_law, in_tail, rng)
        if len(body):
            drawn = np.concatenate([drawn, rng.choice(body, size=fit.num_values - in_tail)])
        again = _scan(*_counted(drawn))
        farther += again is None or again[2] >= fit.distance
    return replace(fit, goodness=farther / bootstraps, bootstraps=bootstraps, seed=seed)


def draw_power_law(law: PowerLaw, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Independent draws from a discrete power law, cut at 10^15."""
    table = law.ccdf(np.arange(law.low, law.low + 2000, dtype=float))  # falling: P(X >= low), P(X >= low + 1) …
    chance = rng.random(count)
    drawn = law.low + np.searchsorted(-table, -chance, side="right").astype(float) - 1
    beyond = chance < table[-1]
    edge = law.low + 1999
    far = (edge - 0.5) * (chance[beyond] / table[-1]) ** (-1 / (law.alpha - 1)) + 0.5
    drawn[beyond] = np.floor(np.minimum(far, 1e15))
    return drawn.astype(np.int64)


def _counted(degrees: Sequence[int] | NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    array = np.asarray(degrees, dtype=np.int64)
    values, counts = np.unique(array[array > 0], return_counts=True)
    return values, counts


def _scan(values: NDArray[np.int64], counts: NDArray[np.int64]) -> tuple[int, float, float] | None:
    """(low, alpha, distance) of the closest fit, or None where no tail is long enough."""
    from scipy.special import zeta

    tails = np.cumsum(counts[::-1])[::-1]
    logs = np.cumsum((counts * np.log(np.maximum(values, 1)))[::-1])[::-1]
    best: tuple[int, float, float] | None = None
    for at in range(len(values) - 2):
        if tails[at] < LEAST_TAIL:
            break
        low, size = int(values[at]), int(tails[at])
        cost = size * _log_zetas(low) + _ALPHAS * logs[at]
        least = int(cost.argmin())
        if not 0 < least < len(cost) - 1:
            continue  # steeper or flatter than any power law looked at
        before, here, after = cost[least - 1 : least + 2]
        alpha = float(_ALPHAS[least] + 0.005 * (before - after) / (before - 2 * here + after))
        x = values[at:].astype(float)
        whole = zeta(alpha, float(low))
        above = np.append(tails[at + 1 :], 0) / size  # share of the tail above each degree
        gaps = np.abs(above - zeta(alpha, x + 1) / whole), np.abs(tails[at:] / size - zeta(alpha, x) / whole)
        distance = float(max(gap.max() for gap in gaps))
        if best is None or distance < best[2]:
            best = low, alpha, distance
    return best


@lru_cache(maxsize=4096)
def _log_zetas(low: int) -> Vector:
    from scipy.special import zeta

    return np.asarray(np.log(zeta(_ALPHAS, float(low))))


def _polished(x: Vector, often: NDArray[np.int64], best: tuple[int, float, float]) -> float:
    from scipy.optimize import minimize_scalar

    low, alpha, _ = best
    found = minimize_scalar(
        lambda a: -float((often * PowerLaw(a, low).log_p(x)).sum()),
        bounds=(alpha - 0.02, alpha + 0.02),
        method="bounded",
        options={"xatol": 1e-7},
    )
    return float(found.x)


def _error(law: PowerLaw, size: int) -> float:
    """The standard error of alpha, from the curvature of the likelihood."""
    from scipy.special import zeta

    h = 1e-3
    logs = [float(np.log(zeta(law.alpha + d, float(law.low)))) for d in (-h, 0.0, h)]
    curvature = (logs[0] - 2 * logs[1] + logs[2]) / h**2
    return float(1 / np.sqrt(size * curvature))


def _exponential(x: Vector, often: NDArray[np.int64], law: PowerLaw) -> Rivals:
    excess = float((often * (x - law.low)).sum() / often.sum())
    return Exponential(float(np.log1p(1 / excess)), law.low)


def _lognormal(x: Vector, often: NDArray[np.int64], law: PowerLaw) -> Rivals:
    logs = np.log(x)
    mean = float(np.average(logs, weights=often))
    spread = float(np.sqrt(np.average((logs - mean) ** 2, weights=often)))

    def cost(parameters: Vector) -> float:
        mu, log_sigma = parameters
        if not (-60 < mu < 30 and -4 < log_sigma < 4):
            return 1e12
        return -float((often * Lognormal(mu, float(np.exp(log_sigma)), law.low).log_p(x)).sum())

    starts = [(mean, np.log(spread)), (mean - 1, np.log(2 * spread)), (mean - 6, np.log(4 * spread))]
    mu, log_sigma = _least(cost, starts)
    return Lognormal(float(mu), float(np.exp(log_sigma)), law.low)


def _truncated(x: Vector, often: NDArray[np.int64], law: PowerLaw) -> Rivals:
    def cost(parameters: Vector) -> float:
        alpha, log_rate = parameters
        if not (-2 < alpha < 10 and -25 < log_rate < 3):
            return 1e12
        return -float((often * TruncatedPowerLaw(alpha, float(np.exp(log_rate)), law.low).log_p(x)).sum())

    mean = float(np.average(x, weights=often))
    starts = [(law.alpha, np.log(0.01 / mean)), (max(law.alpha - 1, 0.5), np.log(1 / mean))]
    alpha, log_rate = _least(cost, starts)
    return TruncatedPowerLaw(float(alpha), float(np.exp(log_rate)), law.low)


def _least(cost: Callable[[Vector], float], starts: Sequence[tuple[float, Any]]) -> Vector:
    from scipy.optimize import minimize

    options = {"xatol": 1e-5, "fatol": 1e-7, "maxiter": 2000}
    found = [minimize(cost, np.array(start), method="Nelder-Mead", options=options) for start in starts]
    return np.asarray(min(found, key=lambda result: float(result.fun)).x)


def _rival(name: str, fit: Rivals, x: Vector, often: NDArray[np.int64], law: PowerLaw) -> Rival:
    from scipy.special import chdtrc, erfc

    gaps = law.log_p(x) - fit.log_p(x)
    size, ratio = int(often.sum()), float((often * gaps).sum())
    if isinstance(fit, TruncatedPowerLaw):
        ratio = min(ratio, 0.0)  # it contains the power law, so what is above 0 is rounding
        return Rival(name, fit, ratio, float(chdtrc(1, -2 * ratio)))
    variance = float((often * (gaps - ratio / size) ** 2).sum() / size)
    p = float(erfc(abs(ratio) / np.sqrt(2 * size * variance))) if variance > 1e-18 else 1.0
    return Rival(name, fit, ratio, p)


_RIVALS: tuple[tuple[str, Callable[[Vector, NDArray[np.int64], PowerLaw], Rivals]], ...] = (
    ("lognormal", _lognormal),
    ("exponential", _exponential),
    ("truncated power law", _truncated),
)
