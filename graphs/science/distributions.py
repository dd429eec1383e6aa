"""Discrete distributions of the tail of a degree sequence, each on the whole numbers from `low` on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
_DIRECT = 512  # terms of a sum that are added one by one before the rest is integrated


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """p(x) ~ x^-alpha."""

    alpha: float
    low: int

    def log_p(self, x: Vector) -> Vector:
        from scipy.special import zeta

        return np.asarray(-self.alpha * np.log(x) - np.log(zeta(self.alpha, self.low)))

    def ccdf(self, x: Vector) -> Vector:
        """P(X >= x)."""
        from scipy.special import zeta

        return np.asarray(zeta(self.alpha, x) / zeta(self.alpha, self.low))


@dataclass(frozen=True, slots=True)
class Exponential:
    """p(x) ~ e^(-rate x)."""

    rate: float
    low: int

    def log_p(self, x: Vector) -> Vector:
        return np.asarray(np.log(-np.expm1(-self.rate)) - self.rate * (x - self.low))

    def ccdf(self, x: Vector) -> Vector:
        """P(X >= x)."""
        return np.exp(-self.rate * (x - self.low))


@dataclass(frozen=True, slots=True)
class Lognormal:
    """The whole number nearest to e^N(mu, sigma²)."""

    mu: float
    sigma: float
    low: int

    def _log_tail(self, x: Vector) -> Vector:
        from scipy.special import log_ndtr

        return np.asarray(log_ndtr((self.mu - np.log(np.asarray(x, dtype=float) - 0.5)) / self.sigma))

    def log_p(self, x: Vector) -> Vector:
        upper, lower = self._log_tail(np.asarray(x)), self._log_tail(np.asarray(x) + 1)
        gap = np.minimum(lower - upper, -1e-300)
        return np.asarray(upper + np.log(-np.expm1(gap)) - self._log_tail(np.asarray(self.low)))

    def ccdf(self, x: Vector) -> Vector:
        """P(X >= x)."""
        return np.exp(self._log_tail(np.asarray(x)) - self._log_tail(np.asarray(self.low)))


@dataclass(frozen=True, slots=True)
class TruncatedPowerLaw:
    """p(x) ~ x^-alpha e^(-rate x): a power law with an exponential cut-off."""

    alpha: float
    rate: float
    low: int

    def log_p(self, x: Vector) -> Vector:
        return np.asarray(-self.alpha * np.log(x) - self.rate * x - self._log_sum(self.low))

    def ccdf(self, x: Vector) -> Vector:
        """P(X >= x)."""
        whole = self._log_sum(self.low)
        return np.array([np.exp(self._log_sum(int(value)) - whole) for value in np.asarray(x)])

    def _log_sum(self, start: int) -> float:
        """log of the sum over x >= start of x^-alpha e^(-rate x)."""
        terms = -self.alpha * np.log(head := np.arange(start, start + _DIRECT, dtype=float)) - self.rate * head
        top = float(terms.max())
        rest = _tail_integral(self.alpha, self.rate, float(start + _DIRECT), top)
        return top + float(np.log(np.exp(terms - top).sum() + rest))


_NODES: Any = np.polynomial.legendre.leggauss(120)


def _tail_integral(alpha: float, rate: float, start: float, shift: float) -> float:
    """The sum from `start` on of x^-alpha e^(-rate x - shift), by Euler and Maclaurin, integrated over log x."""
    if rate <= 0 and alpha <= 1:
        return float("inf")
    bounds = [60 / (alpha - 1)] if alpha > 1 else []
    if rate > 0:
        bounds.append(float(np.log1p(60 / (rate * start))))
    span = min(bounds)
    nodes, weights = _NODES
    t = (nodes + 1) * span / 2
    exponent = (1 - alpha) * (np.log(start) + t) - rate * start * np.exp(t) - shift
    integral = float((weights * np.exp(exponent)).sum() * span / 2)
    first = float(np.exp(-alpha * np.log(start) - rate * start - shift))
    return integral + first / 2 + first * (alpha / start + rate) / 12
