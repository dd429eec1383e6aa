"""Charts, markup and layout, each by itself."""

from __future__ import annotations

import json
import math
import re

import networkx as nx
import numpy as np
import pytest

from graphs.science import fit_tail
from ui.report.charts import BOTTOM, LEFT, RIGHT, TOP, Band, Scale, label, line_chart, round_ticks
from ui.report.degrees import degree_section
from ui.report.gather import spread
from ui.report.layout import SPACE, place
from ui.report.markup import Markup, clean, json_data, short, tag


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "<b>", Markup("<i></i>"), None, 3) == "<p>&lt;b&gt;<i></i>3</p>"
    assert tag("a", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;"></a>'
    assert tag("input", disabled=True, value=None, hidden=False) == "<input disabled/>"
    assert tag("p", ["<", Markup("<br/>")]) == "<p>&lt;<br/></p>"


def test_json_cannot_end_its_script() -> None:
    text = json_data({"a": "</script><!--\u2028&"}, "x")
    assert text.count("<") == 2
    inside = text[text.index(">") + 1 : text.rindex("<")]
    assert json.loads(inside) == {"a": "</script><!--\u2028&"}


def test_texts_that_cannot_be_shown() -> None:
    assert clean("a\x00\u202eb\n\tc") == "a\ufffd\ufffdb\n\tc"
    assert clean("naïve 语 🕸️") == "naïve 语 🕸️"
    assert short("abcdef", 4) == "abc…"


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.0, 1.0), (0.13, 0.78), (3, 4219), (5.0, 5.0), (0.0, 0.0), (-0.4, 0.2), (1e-6, 2e-6), (-3.0, -3.0)],
)
def test_ticks_span_the_values(low: float, high: float) -> None:
    ticks = round_ticks(low, high)
    assert ticks[0] <= low + 1e-12
    assert ticks[-1] >= high - 1e-12
    assert 2 <= len(ticks) <= 7
    assert all(t == round(t) for t in round_ticks(low, high, whole=True))


def test_labels_of_ticks() -> None:
    assert [label(v) for v in (0, 0.25, 250, 25_000, 3e6, -0.1)] == ["0", "0.25", "250", "25k", "3M", "-0.1"]


@pytest.mark.parametrize("points", [[(1.0, 3.0)], [(1.0, 3.0), (2.0, 3.0)], [(5.0, 0.0), (9.0, 1.0)]])
def test_a_chart_stays_inside_its_frame(points: list[tuple[float, float]]) -> None:
    svg = line_chart("Title <x>", points, [Band("erdos_renyi", [(points[0][0], 1.0, 0.5, 8.0)])])
    assert 'aria-label="Title &lt;x&gt;:' in svg
    (line,) = re.findall(r'<polyline points="([^"]*)" class="line real"', svg)
    for pair in line.split():
        x, y = map(float, pair.split(","))
        assert LEFT <= x <= RIGHT
        assert TOP <= y <= BOTTOM
    assert json.loads(re.findall(r'data-points="([^"]*)"', svg)[0].replace("&quot;", '"')) == [list(p) for p in points]


def test_scales() -> None:
    assert Scale(0, 10, 100, 200)(2.5) == 125
    assert Scale(1, 1000, 0, 3, log=True)(10) == 1


def test_spread_steps() -> None:
    assert spread(1, 10) == [1]
    assert spread(1000, 150)[-1] == 1000
    assert len(set(spread(1000, 150))) == 150
    assert spread(9, 1) == [9]


def test_nodes_stand_apart_and_stay() -> None:
    body = nx.disjoint_union_all([nx.karate_club_graph(), nx.path_graph(4), nx.path_graph(2), nx.empty_graph(3)])
    at = place(body, seed=1)
    assert at == place(body, seed=1)
    assert set(at) == set(body)
    points = np.array([at[node] for node in body])
    gaps = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) + np.eye(len(points)) * 99
    assert gaps.min() > 4
    width, height = points.max(axis=0) - points.min(axis=0)
    assert 0.5 < width / height < 4
    assert place(nx.Graph(), seed=1) == {}


def test_small_components_fill_the_room_beside_large_ones() -> None:
    body = nx.disjoint_union_all([nx.cycle_graph(12), *(nx.path_graph(2) for _ in range(14))])
    at = place(body, seed=1, ratio=1.7)
    points = np.array([at[node] for node in body])
    gaps = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) + np.eye(len(points)) * 99
    assert gaps.min() > SPACE / 2
    width, height = points.max(axis=0) - points.min(axis=0)
    assert 1.2 < width / height < 2.5
    beside = points[12:]  # rows under the cycle would leave the room to its right empty
    assert (beside[:, 1] < points[:12, 1].max()).sum() >= 10


def test_large_components_are_laid_out_by_springs() -> None:
    at = place(nx.barabasi_albert_graph(200, 2, seed=1), seed=3)
    assert len(at) == 200
    assert all(math.isfinite(c) for point in at.values() for c in point)


def test_the_plot_of_degrees() -> None:
    fit = fit_tail([k for _, k in nx.barabasi_albert_graph(400, 2, seed=1).degree()])
    section = degree_section(fit)
    assert section.count("<polyline") == 8  # four curves, four keys
    assert "goodness of fit p unknown" in section
