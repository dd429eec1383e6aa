"""Which of the symbols that a question seems to name it means: not names inside longer names, nor stray words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.programs.documentation import Symbol

_SKIPPED = frozenset(
    "networkx.Graph networkx.DiGraph networkx.utils.misc networkx.planar_layout.dummy igraph.Graph cdlib.seed".split()
)
_KIND = (
    r"['\"`]?(?: \(\w+\))?\s+(?:function|method|algorithm|model|class|sampler|estimator|measure|api|procedure|"
    r"framework|metric|technique|routine|tool)\b"
)
_USABLE = (
    "networkx.", "cdlib.algorithms.", "cdlib.evaluation.", "cdlib.viz.", "littleballoffur.", "karateclub.",
    "graspologic.", "igraph.Graph.", "igraph.drawing.",
)  # fmt: skip
_NOT_STEPS = re.compile(r"^networkx\.(?:percolation|utils|classes|lazy|convert|reportviews|dag\.v_structures)\b|"
                        r"^graspologic\.(?:layouts|nominate)\b|^cdlib\.algorithms\.internal")  # fmt: skip


def pattern_of(symbol: Symbol) -> str:
    """How a symbol's name is written or said: with underscores, hyphens, spaces, or as one word in camel case."""
    parts = [part for part in re.split(r"_|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", symbol.short) if part]
    return r"(?<![A-Za-z])" + r"[\W_]{0,2}".join(map(re.escape, parts)) + r"(?![A-Za-z])"


def place_of(symbol: Symbol, question: str) -> int:
    """Where the question first names the symbol; its end where it does not."""
    match = re.search(pattern_of(symbol), question, re.IGNORECASE)
    return match.start() if match else len(question)


def is_sure(symbol: Symbol, question: str) -> bool:
    """Whether the question means the symbol: it is written as code, in quotes, or called a function."""
    short = re.escape(symbol.short)
    if re.search(r"_|[a-z0-9][A-Z]|[A-Z]{2}", symbol.short) and re.search(rf"(?<!\w){short}(?!\w)", question):
        return True
    if re.search(rf"[`'\"](?:\w+\.)*{short}(?:\(\))?[`'\"]", question, re.IGNORECASE):
        return True
    return re.search(pattern_of(symbol) + _KIND, question, re.IGNORECASE) is not None


def meant(question: str, named: Sequence[Symbol], libraries: Sequence[str]) -> list[Symbol]:
    """The symbols that a draft takes for its steps."""
    usable = [
        s for s in named if s.name.startswith(_USABLE) and not _NOT_STEPS.search(s.name) and s.name not in _SKIPPED
    ]
    spans = {s: [m.span() for m in re.finditer(pattern_of(s), question, re.IGNORECASE)] for s in usable}
    kept = []
    for symbol in usable:
        others = [span for other in usable if other is not symbol for span in spans[other]]
        inside = [span for span in spans[symbol] if any(_within(span, other) for other in others)]
        if spans[symbol] and len(inside) == len(spans[symbol]):
            continue
        kept.append(symbol)
    sure = [symbol for symbol in kept if is_sure(symbol, question)]
    home = {symbol.library for symbol in sure if symbol.library != "networkx"} | set(libraries) - {"networkx"}
    if "igraph" in home:  # what igraph has, igraph does
        kept = [s for s in kept if s.library == "igraph" or s in sure]
    graphic = "graspologic" in home
    if graphic:
        kept = [s for s in kept if s.library == "graspologic" or s in sure]
    if any(s.name.startswith("cdlib.algorithms.") for s in kept):
        kept = [s for s in kept if s.library != "karateclub" or "karateclub" in libraries]
    return kept


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other
