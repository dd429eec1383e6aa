"""What figures and fits allow to say, in sentences made from the numbers. Nothing is claimed that a null shows too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from graphs.science.comparison import LEVEL, Beside, Comparison
from graphs.science.figures import ABOUT
from graphs.science.nulls import NULL_MODELS, RANDOM_LOOP, SHUFFLED_UNION
from graphs.science.tails import TailFit

RULED_OUT = 0.1  # goodness of fit below which a power law is ruled out (Clauset et al. 2009)
DECIDED = 0.1  # p of a likelihood ratio below which its sign is trusted
SHORT = 50  # nodes in a tail below which its shape is hard to tell
SPOKEN_OF = (
    "modularity",
    "clustering",
    "transitivity",
    "path_length",
    "assortativity",
    "max_degree",
    "max_core",
    "betweenness_max",
    "articulation_share",
    "bridge_share",
    "largest_share",
)
_TITLES = {model.name: model.title for model in NULL_MODELS}
_WEIGHT = {RANDOM_LOOP.name: 0, SHUFFLED_UNION.name: 1}  # which to name first where several show the same
TailVerdict = Literal["ruled out", "rival better", "undecided", "favoured"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one figure says. beyond: True where it differs from all null models, False where some null shows the same,
    None where the null that matters is missing or cannot tell.
    """

    figure: str
    text: str
    beyond: bool | None


def tail_verdict(fit: TailFit) -> TailVerdict:
    """What the tests say about a power law in the degrees."""
    if fit.goodness is not None and fit.goodness < RULED_OUT:
        return "ruled out"
    if any(rival.ratio < 0 and rival.p < DECIDED for rival in fit.rivals):
        return "rival better"
    if all(rival.ratio > 0 and rival.p < DECIDED for rival in fit.rivals if rival.name != "truncated power law"):
        return "favoured"
    return "undecided"


def tail_sentence(fit: TailFit) -> str:
    """The outcome of the fit in one or two sentences."""
    verdict = tail_verdict(fit)
    where = f"degrees from {fit.low} on ({fit.num_tail:,} of {fit.num_values:,} nodes)"
    law = f"a power law with exponent {fit.alpha:.2f} ± {fit.error:.2f}"
    tested = "" if fit.goodness is None else f" (goodness of fit {goodness(fit)}, {fit.bootstraps} bootstraps)"
    if verdict == "ruled out":
        text = f"A power law is ruled out: the best one, exponent {fit.alpha:.2f}, does not fit the {where}{tested}."
    elif verdict == "rival better":
        better = [rival for rival in fit.rivals if rival.ratio < 0 and rival.p < DECIDED]
        names = " and ".join(f"a {r.name} (log-likelihood ratio {r.ratio:.1f}, p {shown_p(r.p)})" for r in better)
        text = f"The {where} are fitted better by {names} than by {law}{tested}.".replace(
            "a exponential", "an exponential"
        )
    elif verdict == "favoured":
        text = f"The {where} fit {law}{tested}, better than a lognormal or an exponential; no cut-off is needed."
    else:
        open_ = [rival for rival in fit.rivals if rival.p >= DECIDED and rival.name != "truncated power law"]
        names = " or ".join(f"a {r.name} (log-likelihood ratio {r.ratio:+.1f}, p {shown_p(r.p)})" for r in open_)
        names = names.replace("a exponential", "an exponential")
        text = (
            f"The {where} are compatible with {law}{tested}, but no less with {names}: they cannot tell the two apart."
        )
    if verdict != "ruled out" and fit.num_tail < SHORT:
        text += f" {fit.num_tail} nodes are few to tell the shape of a tail."
    if verdict != "ruled out" and fit.largest < 10 * fit.low:
        text += " The tail spans less than one decade."
    return text


def goodness(fit: TailFit) -> str:
    """The goodness of fit as it is shown: never more exact than the number of bootstraps allows."""
    if fit.goodness is None:
        return "p unknown"
    return f"p = {fit.goodness:.2f}" if fit.goodness else f"p < {1 / fit.bootstraps:.2g}"


def findings(comparison: Comparison) -> list[Finding]:
    """One finding for each figure that the report speaks of and that was measured."""
    found = []
    for name in SPOKEN_OF:
        value = comparison.figures.value(name)
        if value is not None:
            found.append(_finding(name, value, comparison))
    return found


def summary_sentence(comparison: Comparison) -> str:
    """What all findings together allow to say about self-organisation."""
    all_ = findings(comparison)
    judged = [f for f in all_ if f.beyond is not None]
    if RANDOM_LOOP.name in comparison.missing or not judged:
        why = comparison.missing.get(RANDOM_LOOP.name, "no figure could be compared")
        return (
            "No claim of self-organisation can be made: the null models that matter, the "
            f"{SHUFFLED_UNION.title} and the {RANDOM_LOOP.title}, are missing ({why})."
        )
    beyond = [ABOUT[f.figure].title.lower() for f in judged if f.beyond]
    if not beyond:
        return (
            f"Nothing here is a sign of self-organisation: none of the {len(judged)} figures that were judged can be "
            "told from all null models."
        )
    chance = LEVEL * len(judged)
    return (
        f"{len(beyond)} of {len(judged)} figures differ from every null model ({', '.join(beyond)}); at most "
        f"{chance:.1f} would by chance alone. So which names the steps share is neither random nor explained by how "
        "recently they were used. That is no proof of self-organisation: steps about one subject share names too when "
        "they are made independently, and whether the facts are true no figure shows."
    )


def number(value: float | None, name: str) -> str:
    """A figure's value as it is shown."""
    return "–" if value is None else f"{value:,.{ABOUT[name].digits}f}"


def _finding(name: str, value: float, comparison: Comparison) -> Finding:
    besides = comparison.besides.get(name, {})
    said = f"{ABOUT[name].title}: {number(value, name)}"
    same = [b for b in besides.values() if b.differs is False]
    if same:
        nearest = min(same, key=lambda b: (_WEIGHT.get(b.null, 2), abs(b.z or 0)))
        return Finding(name, f"{said}, which cannot be told from the {_listed([nearest], name)}.", False)
    absent = [model for model in (SHUFFLED_UNION, RANDOM_LOOP) if model.name not in besides]
    if absent:
        why = comparison.missing.get(absent[0].name, "it could not be measured there")
        others = f", unlike the {_listed(besides.values(), name)}" if besides else ""
        return Finding(name, f"{said}{others}; there is no {absent[0].title} to judge it by ({why}).", None)
    if any(b.differs is None for b in besides.values()):
        return Finding(name, f"{said}; each null model has one value alone: {_listed(besides.values(), name)}.", None)
    return Finding(name, f"{said}, outside the range of every null model: {_listed(besides.values(), name)}.", True)


def _listed(besides: Iterable[Beside], name: str) -> str:
    return ", ".join(f"{_TITLES[b.null]} ({_shown(b, name)})" for b in besides)


def _shown(beside: Beside, name: str) -> str:
    digits = max(ABOUT[name].digits, 1)
    z = "" if beside.z is None else f", z = {beside.z:+.1f}"
    return f"{beside.mean:,.{digits}f} ± {beside.sd:,.{digits}f}{z}"


def shown_p(p: float) -> str:
    """A p-value as it is shown."""
    return "< 0.001" if p < 0.001 else f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"
