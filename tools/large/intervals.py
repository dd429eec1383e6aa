"""Confidence intervals for means and shares of a sample."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

CONFIDENCE = 0.95


def of_mean(values: Any, population: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Student's interval for the mean of a population from values drawn without replacement.

    With the correction for finite populations (Cochran, Sampling Techniques, 1977, eq. 2.20).
    """
    from scipy.special import stdtrit

    k = len(values)
    mean = float(np.mean(values))
    if k < 2 or k >= population:
        return mean, mean
    error = float(np.std(values, ddof=1)) / math.sqrt(k) * math.sqrt(1 - k / population)
    half = float(stdtrit(k - 1, 0.5 + confidence / 2)) * error
    return mean - half, mean + half


def of_share(hits: int, trials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Clopper and Pearson's interval (1934) for a probability: it holds the truth at least as often as it says."""
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else float(betaincinv(hits, trials - hits + 1, tail))
    high = 1.0 if hits == trials else float(betaincinv(hits + 1, trials - hits, 1 - tail))
    return low, high


def together(trials: int, figures: int, confidence: float = CONFIDENCE) -> float:
    """How far any of so many shares of one sample may be off, with this confidence (Hoeffding, union bound)."""
    return math.sqrt(math.log(2 * max(1, figures) / (1 - confidence)) / (2 * trials))
