"""Slots of a wording filled with marks and words, and questions turned into comparisons."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from agents.embedded.taught import BOUND, NODE, NUMBER, UNKNOWN
from agents.routing.templates import SLOT
from tools.registry import Tool

ATTRIBUTES = "weight cost length distance time price colour type age km capacity department relation year size".split()
Kind = str | tuple[str, ...]  # of a parameter; several: the words to choose among
OPERATORS = {
    ">": ("more than", "greater than", "larger than", "higher than", "above", "over", "bigger than"),
    "<": ("less than", "smaller than", "lower than", "below", "under", "fewer than"),
    ">=": ("at least", "no less than", "not below"),
    "<=": ("at most", "no more than", "not above"),
    "==": ("exactly", "equal to", "the same as"),
}
COMPARISONS = (
    "Is the {what} {op} {{bound}}?", "Would you say the {what} is {op} {{bound}}?", "the {what} {op} {{bound}}?",
    "Check whether the {what} is {op} {{bound}}.", "Is it true that the {what} is {op} {{bound}}?",
    "I claim that the {what} is {op} {{bound}}. Right?", "Does it hold that the {what} is {op} {{bound}}?",
    "Do we have {op} {{bound}} as the {what}?", "tell me if the {what} is {op} {{bound}}",
)  # fmt: skip


def slots_of(tool: Tool) -> dict[str, Kind]:
    """Parameter -> kind, or the words to choose among."""
    return {p.name: spoken(p.choices) if p.kind == "choice" and p.choices else p.kind for p in tool.parameters}


def spoken(choices: Sequence[str]) -> tuple[str, ...]:
    """The values of a parameter in words; operators as they are said and as they are."""
    said = [OPERATORS.get("==" if c == "=" else c, (c.replace("_", " "),)) for c in choices]
    return tuple(word for words in said for word in words) + tuple(c for c in choices if c in OPERATORS)


def compared(text: str, phrase: bool, rng: random.Random) -> tuple[str, str] | None:
    """A question for a number turned into a comparison with one, and the operator; None where that cannot be done."""
    operator = rng.choice(list(OPERATORS))
    words = rng.choice(OPERATORS[operator])
    if phrase:
        return rng.choice(COMPARISONS).format(what=text, op=words), operator
    many = re.match(r"how many (.+?) (are|is) there\b(.*)", text, re.IGNORECASE)
    if many is not None and "than" in words or many is not None and words.startswith(("at ", "exactly")):
        return f"{rng.choice(('Are', 'Is it true that'))} there {'' if rng.random() < 0.7 else 'are '}{words} " + (
            f"{{{BOUND}}} {many[1]}{many[3]}"
        ), operator
    what = re.match(r"(?:what is|what's|compute|calculate|give|find|determine) (the .+?)[?.]?$", text, re.IGNORECASE)
    if what is not None:
        return rng.choice(COMPARISONS).replace("the {what}", "{what}").format(what=what[1], op=words), operator
    return None


def filled(text: str, kinds: Mapping[str, Kind], rng: random.Random) -> tuple[str, list[tuple[int, str]]]:
    """The text with its slots filled by marks and words, and (position, parameter) of each mark."""
    out, marks, last = "", [], 0
    for match in SLOT.finditer(text):
        name = match[1]
        if name in ("ask", "Ask", "ask_lower", "ask_open"):
            continue
        out += text[last : match.start()]
        shown = _shown(name, kinds.get(name, "node" if name != "new" else "new"), rng)
        marks += [(len(out) + at, name) for at, char in enumerate(shown) if char in (NODE, NUMBER, UNKNOWN)]
        out += shown
        last = match.end()
    return out + text[last:], marks


def _shown(name: str, kind: Kind, rng: random.Random) -> str:
    if isinstance(kind, tuple):
        return rng.choice(kind)
    if kind == "node":
        return rng.choice((NODE, NODE, NODE, NODE, f"node {NODE}", f"'{NODE}'"))
    if kind == "nodes":
        return _listed([NODE] * rng.choice((1, 1, 2, 2, 3, 4)), rng)
    if kind == "pairs":
        form = rng.choice(
            ("Ⓝ-Ⓝ", "(Ⓝ, Ⓝ)", "Ⓝ-Ⓝ", "Ⓝ to Ⓝ", "between Ⓝ and Ⓝ", "from Ⓝ to Ⓝ", "Ⓝ–Ⓝ", "(Ⓝ,Ⓝ)", "[Ⓝ, Ⓝ]")
        )
        return form if " " in form and "(" not in form else _listed([form] * rng.choice((1, 1, 2, 3)), rng)
    if kind == "labels":
        return _listed([rng.choice(("Ⓝ: Ⓠ", "Ⓝ=Ⓠ"))] * rng.choice((1, 2, 3)), rng)
    if kind == "numbers":
        return _listed([NUMBER] * rng.choice((2, 3, 4)), rng)
    if kind == "attribute":
        return rng.choice(ATTRIBUTES)
    if kind == "graph":
        return rng.choice(("the second graph", "the other graph", "graph 2", "H"))
    if kind == "new":
        mark = rng.choice((UNKNOWN, UNKNOWN, NUMBER, NODE))
        return _listed([mark] * rng.choice((1, 1, 1, 2, 3)), rng)
    if kind in ("choice", "text", "bool"):
        return name.replace("_", " ")
    return NUMBER


def _listed(items: list[str], rng: random.Random) -> str:
    if len(items) == 1:
        return items[0]
    style = rng.random()
    if style < 0.5:
        return ", ".join(items[:-1]) + " and " + items[-1]
    if style < 0.7:
        return "[" + ", ".join(items) + "]"
    return ", ".join(items)
