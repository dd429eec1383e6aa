"""Line charts as inline SVG: a figure over the steps, with bands of null models, coloured by the page's style."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from ui.report.markup import Markup, join, tag

WIDTH, HEIGHT = 340, 170
LEFT, RIGHT, TOP, BOTTOM = 46, 330, 10, 146
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """What a null model shows: (step, mean, low, high). kind: names its colour and its dashes in the style."""

    kind: str
    points: Sequence[tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to the drawing; logarithmic where `log`."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        at = (self._at(value) - self._at(self.low)) / ((self._at(self.high) - self._at(self.low)) or 1)
        return round(self.start + at * (self.end - self.start), 2)

    def _at(self, value: float) -> float:
        return math.log10(value) if self.log else value


def line_chart(title: str, points: Sequence[Point], bands: Sequence[Band] = (), *, digits: int = 3) -> Markup:
    """The chart of one figure; `points` are (step, value)."""
    values = [v for _, v in points] + [v for band in bands for _, _, *ends in band.points for v in ends]
    ticks = round_ticks(min(values), max(values), whole=digits == 0)
    y = Scale(min(ticks[0], min(values)), max(ticks[-1], max(values)), BOTTOM, TOP)
    first, last = points[0][0], max(points[-1][0], points[0][0] + 1)
    x = Scale(first, last, LEFT, RIGHT)
    parts: list[Markup] = [_grid(y(t), label(t)) for t in ticks]
    parts += [_under(x(s), f"{s:g}") for s in _steps(first, points[-1][0])]
    for band in bands:
        parts.append(_band(band, x, y))
    parts.append(tag("polyline", points=_path(points, x, y), class_="line real"))
    if len(points) < 40:
        parts += [tag("circle", cx=x(s), cy=y(v), r=2.2, class_="dot real") for s, v in points]
    parts.append(tag("g", tag("line", y1=TOP, y2=BOTTOM), tag("circle", r=3.5), class_="cursor", visibility="hidden"))
    said = f"{title}: {_said(points[0], digits)}"
    if len(points) > 1:
        said += f", {_said(points[-1], digits)}"
    data = {"x": [first, last, LEFT, RIGHT], "y": [y.low, y.high, BOTTOM, TOP], "digits": digits}
    return tag(
        "svg",
        *parts,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=said,
        class_="chart",
        data_scale=json.dumps(data),
        data_points=json.dumps([[s, round(v, 6)] for s, v in points]),
    )


def round_ticks(low: float, high: float, count: int = 4, *, whole: bool = False) -> list[float]:
    """Round numbers that span [low, high]; whole ones where `whole`.

    >>> round_ticks(0.13, 0.78)
    [0.0, 0.2, 0.4, 0.6, 0.8]
    """
    if high - low < 1e-12:
        pad = 1.0 if whole else max(abs(high) * 0.1, 1e-3)
        low, high = (low - pad if low < 0 else max(low - pad, 0.0)), high + pad
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)
    if whole:
        step = max(math.ceil(step), 1)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def label(value: float) -> str:
    """A tick's label.

    >>> label(12500), label(0.25), label(3.0), label(0)
    ('12.5k', '0.25', '3', '0')
    """
    for size, sign in ((1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            return f"{value / (1e3 if sign == 'k' else size):g}{sign}"
    return f"{value:.6g}"


def _said(point: Point, digits: int) -> str:
    return f"{point[1]:,.{digits}f} at step {point[0]:g}"


def _steps(first: float, last: float) -> list[float]:
    if last <= first:
        return [first]
    ticks = [t for t in round_ticks(first, last, whole=True) if first <= t <= last]
    near = (last - first) / 8
    return [first, *(t for t in ticks if t - first > near and last - t > near), last]


def _path(points: Sequence[Point], x: Scale, y: Scale) -> str:
    return " ".join(f"{x(s)},{y(v)}" for s, v in points)


def _band(band: Band, x: Scale, y: Scale) -> Markup:
    upper = [(s, high) for s, _, _, high in band.points]
    lower = [(s, low) for s, _, low, _ in reversed(band.points)]
    middle = [(s, m) for s, m, _, _ in band.points]
    ends = [tag("circle", cx=x(s), cy=y(m), r=2, class_=f"dot {band.kind}") for s, m in middle]
    return join(
        [
            tag("polygon", points=_path([*upper, *lower], x, y), class_=f"band {band.kind}"),
            tag("polyline", points=_path(middle, x, y), class_=f"line {band.kind}"),
            *ends,
        ]
    )


def _grid(at: float, text: str) -> Markup:
    return join(
        [
            tag("line", x1=LEFT, x2=RIGHT, y1=at, y2=at, class_="grid"),
            tag("text", text, x=LEFT - 6, y=at + 3.5, text_anchor="end"),
        ]
    )


def _under(at: float, text: str) -> Markup:
    return tag("text", text, x=at, y=BOTTOM + 15, text_anchor="middle")
