"""Which of the symbols that a question seems to name it means: not names inside longer names, nor stray words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.programs.documentation import Documentation
from agents.programs.symbols import Symbol, fold

_SKIPPED = frozenset(
    "networkx.Graph networkx.DiGraph networkx.utils.misc networkx.planar_layout.dummy igraph.Graph cdlib.seed".split()
)
_ABBREVIATED = {"min": "min(?:imum)?", "max": "max(?:imum)?"}
_KIND = (
    r"['\"`]?(?: \(\w+\))?\s+(?:function|method|algorithm|model|class|sampler|estimator|measure|api|procedure|"
    r"framework|metric|technique|routine|tool)\b"
)
_USABLE = (
    "networkx.", "cdlib.algorithms.", "cdlib.evaluation.", "cdlib.viz.", "littleballoffur.", "karateclub.",
    "graspologic.", "igraph.Graph.", "igraph.Layout.", "igraph.drawing.", "igraph.TriadCensus",
)  # fmt: skip
_WISH = (
    r"\b(?:comput\w*|calculat\w*|find|determin\w*|print|report|evaluat\w*|measur\w*|obtain|get|give|show|assess\w*|"
    r"quantify\w*|know|value of|score of|what is|its|using|use|apply\w*) (?:the |its |their |an? )?"
)
_NOT_STEPS = re.compile(r"^networkx\.(?:percolation|utils|classes|lazy|convert|reportviews|dag\.v_structures)\b|"
                        r"^graspologic\.(?:layouts|nominate)\b|^cdlib\.algorithms\.internal")  # fmt: skip


def pattern_of(symbol: Symbol) -> str:
    """How a symbol's name is written or said: with underscores, hyphens, spaces, or as one word in camel case."""
    parts = [part for part in re.split(r"_|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", symbol.short) if part]
    said = [_ABBREVIATED.get(part, re.escape(part)) for part in parts]
    return r"(?<![A-Za-z])" + r"[\W_]{0,2}".join(said) + r"(?![A-Za-z])"


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
    if re.search(rf"\b{symbol.library}(?:['’]s|\.) ?[`'\"]?{short}\b", question, re.IGNORECASE):
        return True
    return re.search(pattern_of(symbol) + _KIND, question, re.IGNORECASE) is not None


def strength(symbol: Symbol, question: str) -> int:
    """How plainly a question names a symbol.

    3: as code, in quotes, or called a function. 2: in two words or more, or one that is asked for ("compute the
    conductance"). 1: in one word, or in words that stand apart.
    """
    if is_sure(symbol, question):
        return 3
    pattern = pattern_of(symbol)
    if re.search(pattern, question, re.IGNORECASE) is None:
        return 1
    if "_" in symbol.short or re.search(r"[a-z][A-Z]", symbol.short):
        return 2
    if symbol.library in ("karateclub", "littleballoffur") or symbol.name.startswith("cdlib.algorithms."):
        return 2  # proper names
    asked = re.search(_WISH + r"(?:[\w'-]+ ){0,4}?" + pattern, question, re.IGNORECASE)
    proper = re.search(rf"(?<=[a-z,] ){symbol.short.capitalize()}\b", question)
    return 2 if asked or proper else 1


def is_passing(symbol: Symbol, question: str) -> bool:
    """Whether a question says the symbol's name in passing: in a word, or in a few that stand apart."""
    whole = symbol.short.count("_") > 1 and _in_one_sentence(symbol, question)
    return strength(symbol, question) == 1 and not whole


def meant(
    question: str,
    named: Sequence[Symbol],
    libraries: Sequence[str],
    documentation: Documentation | None = None,
    *,
    loosely: bool = False,
) -> list[Symbol]:
    """The symbols that a draft takes for its steps, in the order of `named`.

    loosely: with those that the question only seems to name, where it names others more plainly.
    """
    usable = [
        s for s in named if s.name.startswith(_USABLE) and not _NOT_STEPS.search(s.name) and s.name not in _SKIPPED
    ]
    kept = _not_inside(usable, question)
    shortest = {(s.library, fold(s.short)): s for s in sorted(kept, key=lambda s: -len(s.name))}
    kept = [s for s in kept if shortest[s.library, fold(s.short)] is s]  # nx.diameter before nx.approximation.diameter
    weights = {symbol: strength(symbol, question) for symbol in kept}
    sure = [symbol for symbol in kept if weights[symbol] == 3]
    home = {symbol.library for symbol in sure if symbol.library != "networkx"} | set(libraries) - {"networkx"}
    for library in ("igraph", "graspologic"):  # what this library has, it does
        if library in home:
            kept = [s for s in kept if s.library == library or s in sure]
    if any(s.name.startswith("cdlib.algorithms.") for s in kept):
        kept = [s for s in kept if s.library != "karateclub" or "karateclub" in libraries]
        kept = [_of_cdlib(s, documentation) if weights[s] < 3 else s for s in kept]
        weights |= {s: strength(s, question) for s in kept}
    steps = [s for s in kept if not (s.makes_graph and s.library == "networkx")]
    most = max((weights[s] for s in steps), default=0)
    specific = [s for s in steps if weights[s] == 1 and _in_one_sentence(s, question) and "_" in s.short]
    narrower = [s for s in specific if any(_part_of(other, s) for other in steps)]
    weights |= dict.fromkeys(narrower, 2)
    kept = [s for s in kept if s not in steps or weights[s] > 1 or most == 1 or (loosely and "_" in s.short)]
    more = [*sure, *(s for s in kept if _in_one_sentence(s, question))]
    return [s for s in kept if weights[s] == 3 or not any(_part_of(s, other) for other in more)]


def _in_one_sentence(symbol: Symbol, question: str) -> bool:
    """Whether one sentence says all words of a name, in whatever order."""
    parts = [part.rstrip("s") for part in symbol.short.casefold().split("_")]
    told = re.sub(
        r"\b(?:edges?|nodes?|links?)(?: set)?\s*[=:]?\s*[\[({]", " ", question.casefold()
    )  # where a graph is told
    sentences = re.split(r"(?<=[.!?])\s+|\n+", told)
    return any(all(re.search(rf"\b{re.escape(part)}", said) for part in parts) for said in sentences)


def _not_inside(symbols: list[Symbol], question: str) -> list[Symbol]:
    """Without the names that stand only inside longer ones: "surprise" in `surprise_communities`."""
    spans = {s: [m.span() for m in re.finditer(pattern_of(s), question, re.IGNORECASE)] for s in symbols}
    kept = []
    for symbol in symbols:
        others = [span for other in symbols if other is not symbol for span in spans[other]]
        short_for = re.search(pattern_of(symbol) + r"(?:\s+[a-z]+)?\s*\((\w+)\)", question, re.IGNORECASE)
        if short_for and any(fold(short_for[1]) == fold(s.short) for s in symbols if s is not symbol):
            continue  # "Label Propagation Algorithm (SLPA)" spells out another name
        if not spans[symbol] or not all(any(_within(span, other) for other in others) for span in spans[symbol]):
            kept.append(symbol)
    return kept


def _of_cdlib(symbol: Symbol, documentation: Documentation | None) -> Symbol:
    """cdlib's measure of the same name, where groups of cdlib are to be rated."""
    same = (
        documentation.find(f"cdlib.evaluation.{symbol.short}")
        if documentation and symbol.library == "networkx"
        else None
    )
    return same or symbol


def _part_of(symbol: Symbol, other: Symbol) -> bool:
    """Whether all words of a name are words of another that is meant for sure."""
    words, more = set(re.split(r"_", symbol.short.casefold())), set(re.split(r"_", other.short.casefold()))
    stems = {word.rstrip("s") for word in more}
    return symbol is not other and len(words) < len(more) and {word.rstrip("s") for word in words} <= stems


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other
