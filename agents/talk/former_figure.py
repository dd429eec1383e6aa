"""A former number as a bound: "How many friends has Eve?", "Who has more than that?"."""

from __future__ import annotations

import re

from agents.state import Memory
from graphs.text.patterns import lazy

_THAN_THAT = lazy(
    r"\b(?:(?P<how>more|fewer|less)\s+(?P<what>[^\W\d_]+(?: [^\W\d_]+)?)\s+)?(?P<than>than|exceeds?)\s+(?:that|this)"
    r"(?:\s+(?:number|figure|many|much|distance|length))?(?=\s*[?.!,]|\s*$)",
    re.IGNORECASE,
)


def speaks_of_figure(question: str) -> bool:
    """Whether a question bounds something by what was said before."""
    return _THAN_THAT.search(question) is not None


def with_figure(question: str, memory: Memory) -> tuple[str, str] | None:
    """The question with the number of the last answer in it, and a note; None where that was no number."""
    found = memory.get("found")
    said = _THAN_THAT.search(question)
    number = found.get("figure") if found else None
    if said is None or not found or number is None or found.get("failed"):
        return None
    shown = str(int(number)) if float(number).is_integer() else repr(number)
    bound = f"{said['than']} {shown}"
    if said["how"]:  # "fewer friends than that"
        bound = f"{said['how']} {bound} {said['what']}"
    note = f"'that' is taken as {shown} (the answer to: {found['question'][:120]})"
    return question[: said.start()] + bound + question[said.end() :], note
