"""The colours of the style sheets against each other, by the formula of WCAG 2.2 (contrast of relative luminances)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

TEXT = [(ink, ground) for ink in ("text", "quiet", "link", "good", "bad") for ground in ("panel", "back")]
TEXT += [("good", "good-back"), ("fair", "fair-back"), ("bad", "bad-back")]
SHAPES = ["on", "end", "cut", "flow", "node", "good", "bad", "link", *(f"k{n}" for n in range(9))]
SHAPES += ["erdos_renyi", "configuration", "shuffled_union", "random_loop"]
NAMES = ("app.css", "pages.css")


def colours(selector: str) -> dict[str, str]:
    """The variables that the style sheets set in the rules of a selector."""
    text = "".join((files("ui") / "static" / name).read_text(encoding="utf-8") for name in NAMES)
    rules = re.findall(rf"(?m)^{re.escape(selector)} \{{(.*?)\}}", text, re.DOTALL)
    return {name: value for rule in rules for name, value in re.findall(r"--kb-([\w-]+): (#[0-9a-f]{6})", rule)}


SCHEMES = {"light": colours(":root"), "dark": colours(":root") | colours(".dark")}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(scheme: str, ink: str, ground: str) -> None:
    found = SCHEMES[scheme]
    assert ratio(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_stand_out(scheme: str, shape: str) -> None:
    found = SCHEMES[scheme]
    assert ratio(found[shape], found["panel"]) >= 3
