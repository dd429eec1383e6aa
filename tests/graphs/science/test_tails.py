"""Distributions, fits and verdicts: against sums, drawn samples, and the package `powerlaw` where it is installed."""

from __future__ import annotations

import warnings
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from graphs.errors import BadArgument
from graphs.science.distributions import Exponential, Lognormal, PowerLaw, TruncatedPowerLaw
from graphs.science.tails import TailFit, draw_power_law, fit_tail, with_goodness
from graphs.science.verdicts import tail_sentence, tail_verdict

RNG = np.random.default_rng(11)
SAMPLES = {
    "power law": draw_power_law(PowerLaw(2.5, 3), 3000, RNG),
    "lognormal": np.rint(np.exp(RNG.normal(1, 1, 3000))).astype(int),
    "geometric": RNG.geometric(0.2, 3000),
    "preferential": np.array([k for _, k in nx.barabasi_albert_graph(3000, 3, seed=1).degree()]),
}


@pytest.mark.parametrize(
    "made",
    [
        PowerLaw(3.2, 2),
        Exponential(0.3, 4),
        Lognormal(1.2, 0.9, 3),
        TruncatedPowerLaw(1.7, 0.02, 5),
        TruncatedPowerLaw(0.4, 0.3, 1),
        TruncatedPowerLaw(-1.5, 0.8, 9),
    ],
)
def test_distributions_add_up(made: PowerLaw | Exponential | Lognormal | TruncatedPowerLaw) -> None:
    x = np.arange(made.low, made.low + 40_000, dtype=float)
    p = np.exp(made.log_p(x))
    assert p.sum() == pytest.approx(1, abs=1e-4)
    some = np.array([made.low, made.low + 1, made.low + 17])
    assert made.ccdf(some) == pytest.approx([p[x >= value].sum() for value in some], abs=1e-4)


@pytest.mark.parametrize(("alpha", "rate"), [(2.5, 0.0), (2.0, 1e-6), (0.5, 1e-3), (1.2, 0.0), (3.0, 0.5)])
def test_the_sum_of_a_truncated_power_law(alpha: float, rate: float) -> None:
    mpmath = pytest.importorskip("mpmath")
    exact = (
        mpmath.zeta(alpha, 3) if not rate else mpmath.lerchphi(mpmath.e ** (-rate), alpha, 3) * mpmath.e ** (-3 * rate)
    )
    assert TruncatedPowerLaw(alpha, rate, 3)._log_sum(3) == pytest.approx(float(mpmath.log(exact)), abs=1e-8)


def test_draws_follow_the_power_law() -> None:
    law = PowerLaw(2.2, 4)
    drawn = draw_power_law(law, 200_000, np.random.default_rng(3))
    assert drawn.min() == 4
    for value in (4, 5, 10, 100, 5000):
        wanted = float(law.ccdf(np.array([float(value)]))[0])
        assert (drawn >= value).mean() == pytest.approx(wanted, abs=4 * np.sqrt(wanted / 200_000))


def test_the_exponent_of_a_power_law_is_found() -> None:
    fit = fit_tail(SAMPLES["power law"])
    assert fit.low == 3
    assert abs(fit.alpha - 2.5) < 3 * fit.error
    assert fit.num_tail == 3000
    shares = fit.ccdf()[1]
    assert shares[0] == 1
    assert shares[-1] == pytest.approx(1 / 3000)


@pytest.mark.parametrize("name", ["power law", "preferential"])
def test_fits_equal_those_of_powerlaw(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        powerlaw = pytest.importorskip("powerlaw")
        ours = fit_tail(SAMPLES[name])
        theirs = powerlaw.Fit(SAMPLES[name], discrete=True, verbose=False)
        assert theirs.power_law.xmin == ours.low
        assert ours.alpha == pytest.approx(theirs.power_law.alpha, abs=1e-3)
        assert ours.distance == pytest.approx(theirs.power_law.D, abs=1e-3)
        for rival in ours.rivals:
            ratio, p = theirs.distribution_compare("power_law", rival.name.replace(" ", "_"))
            assert rival.ratio == pytest.approx(ratio, abs=0.01)
            assert rival.p == pytest.approx(p, abs=0.01)


def test_goodness_tells_a_power_law_from_others() -> None:
    assert _good("power law").goodness > 0.1
    assert with_goodness(fit_tail(RNG.poisson(20, 3000)), bootstraps=30).goodness < 0.1
    again = with_goodness(fit_tail(SAMPLES["power law"]), bootstraps=40, seed=5)
    assert again.goodness == with_goodness(fit_tail(SAMPLES["power law"]), bootstraps=40, seed=5).goodness


def test_goodness_is_uniform_for_true_power_laws() -> None:
    rng = np.random.default_rng(8)
    found = [
        with_goodness(fit_tail(draw_power_law(PowerLaw(2.6, 2), 400, rng)), bootstraps=20).goodness for _ in range(30)
    ]
    assert np.mean([g < 0.1 for g in found]) < 0.25
    assert 0.3 < np.mean(found) < 0.7


def test_sentences_follow_the_tests() -> None:
    true = _good("power law")
    assert tail_verdict(true) in ("undecided", "favoured")
    assert tail_verdict(replace(true, goodness=0.02)) == "ruled out"
    assert "ruled out" in tail_sentence(replace(true, goodness=0.02))
    undecided = tail_sentence(true)
    assert "no less with a lognormal" in undecided
    better = replace(true, rivals=(replace(true.rivals[0], ratio=-9.0, p=0.003), *true.rivals[1:]))
    assert tail_verdict(better) == "rival better"
    assert "fitted better by a lognormal (log-likelihood ratio -9.0, p = 0.003)" in tail_sentence(better)
    best = replace(true, rivals=tuple(replace(r, ratio=9.0, p=0.003) for r in true.rivals))
    assert tail_verdict(best) == "favoured"
    assert "better than a lognormal" in tail_sentence(best)


def test_short_tails_are_called_short() -> None:
    degrees = [1] * 40 + [2] * 14 + [3] * 7 + [4] * 5 + [5, 6, 8]
    text = tail_sentence(with_goodness(fit_tail(degrees), bootstraps=20))
    assert "less than one decade" in text or "ruled out" in text


@pytest.mark.parametrize("degrees", [[], [0, 0], [3] * 50, [1, 2, 3], [2] * 30 + [3] * 30])
def test_degenerate_sequences_are_refused(degrees: list[int]) -> None:
    with pytest.raises(BadArgument, match="too few to fit"):
        fit_tail(degrees)


def _good(name: str) -> TailFit:
    return with_goodness(fit_tail(SAMPLES[name]), bootstraps=60, seed=1)
