"""The degree distribution on two logarithmic axes, with what was fitted to its tail."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from graphs.science import TailFit, tail_sentence
from graphs.science.verdicts import goodness, shown_p
from ui.report.charts import Scale
from ui.report.markup import Markup, join, tag

_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 620, 14, 330
_KINDS = {"power law": "real", "lognormal": "shuffled_union", "exponential": "erdos_renyi"}
_KINDS["truncated power law"] = "configuration"


def degree_section(fit: TailFit) -> Markup:
    """Plot, sentence and the table of rivals."""
    return join([tag("p", tail_sentence(fit)), _plot(fit), _legend(), _rivals(fit)])


def _plot(fit: TailFit) -> Markup:
    degrees, shares = fit.ccdf()
    top = 10 ** math.ceil(math.log10(max(fit.largest, 2)))
    bottom = 10 ** math.floor(math.log10(float(shares[-1])))
    x, y = Scale(1, top, _LEFT, _RIGHT, log=True), Scale(bottom, 1, _BOTTOM, _TOP, log=True)
    parts: list[Markup] = []
    for power in range(round(math.log10(bottom)), 1):
        parts += [
            tag("line", x1=_LEFT, x2=_RIGHT, y1=y(10.0**power), y2=y(10.0**power), class_="grid"),
            tag("text", f"{10.0**power:g}", x=_LEFT - 8, y=y(10.0**power) + 4, text_anchor="end"),
        ]
    for power in range(round(math.log10(top)) + 1):
        parts += [
            tag("line", x1=x(10.0**power), x2=x(10.0**power), y1=_TOP, y2=_BOTTOM, class_="grid"),
            tag("text", f"{10**power:,}", x=x(10.0**power), y=_BOTTOM + 18, text_anchor="middle"),
        ]
    parts.append(tag("text", "neighbours (degree)", x=(_LEFT + _RIGHT) / 2, y=_BOTTOM + 38, text_anchor="middle"))
    middle = (_TOP + _BOTTOM) / 2
    turned = f"rotate(-90 14 {middle})"
    parts.append(
        tag("text", "share of nodes with as many or more", x=14, y=middle, text_anchor="middle", transform=turned)
    )
    parts += [tag("circle", cx=x(d), cy=y(float(s)), r=3, class_="dot seen") for d, s in zip(degrees.tolist(), shares)]
    parts += [_curve(fit, made, _KINDS[name], x, y) for name, made in _fits(fit)]
    said = f"Share of nodes by degree, from 1 to {fit.largest}, and four distributions fitted from degree {fit.low} on"
    return tag("svg", *parts, viewBox="0 0 640 380", role="img", aria_label=said, class_="chart wide")


def _fits(fit: TailFit) -> list[tuple[str, Any]]:
    return [*((r.name, r.fit) for r in reversed(fit.rivals)), ("power law", fit.power_law)]


def _curve(fit: TailFit, made: Any, kind: str, x: Scale, y: Scale) -> Markup:
    """The fit's share of the tail, scaled to the tail's share of the nodes, down to the plot's edge."""
    at = np.unique(np.rint(np.geomspace(fit.low, fit.largest, 60)).astype(int))
    share = fit.num_tail / fit.num_values
    ends = [(int(d), share * float(p)) for d, p in zip(at, made.ccdf(at.astype(float)), strict=True)]
    points = " ".join(f"{x(d)},{y(p)}" for d, p in ends if p >= y.low)
    return tag("polyline", points=points, class_=f"line {kind}")


def _legend() -> Markup:
    items = [tag("li", _key(kind), f" {name}") for name, kind in _KINDS.items()]
    dot = tag(
        "svg", tag("circle", cx=14, cy=6, r=3, class_="dot seen"), viewBox="0 0 28 12", class_="key", aria_hidden="true"
    )
    return tag("ul", tag("li", dot, " the graph"), *items, class_="legend")


def _key(kind: str) -> Markup:
    line = tag("polyline", points="1,6 27,6", class_=f"line {kind}")
    return tag("svg", line, viewBox="0 0 28 12", class_="key", aria_hidden="true")


def _rivals(fit: TailFit) -> Markup:
    head = tag("tr", *(tag("th", name, scope="col") for name in ("Compared with", "log-likelihood ratio", "p", "says")))
    rows = []
    for rival in fit.rivals:
        decided = rival.p < 0.1
        better = "the power law" if rival.ratio > 0 else f"the {rival.name}"
        says = f"{better} fits better" if decided else "no decision"
        if rival.name == "truncated power law":
            says = "a cut-off improves the fit" if decided else "no cut-off needed"
        cells = (f"{rival.ratio:+.2f}", shown_p(rival.p).removeprefix("= "), says)
        rows.append(tag("tr", tag("th", rival.name, scope="row"), *(tag("td", cell) for cell in cells)))
    about = (
        f"Power law from degree {fit.low} on, {fit.num_tail:,} nodes: exponent {fit.alpha:.3f} ± {fit.error:.3f}, "
        f"Kolmogorov–Smirnov distance {fit.distance:.4f}, goodness of fit {goodness(fit)} ({fit.bootstraps} "
        f"bootstraps, seed {fit.seed}). A ratio above 0 speaks for the power law; p under 0.1 means that its sign can "
        "be trusted. A goodness of fit under 0.1 rules it out."
    )
    return join(
        [
            tag("div", tag("table", tag("thead", head), tag("tbody", *rows)), class_="scroll"),
            tag("p", about, class_="small"),
        ]
    )
