"""Functions that a question describes instead of naming them: by the first sentence of their documentation.

"The fraction of nodes with an internal degree above the median" is how cdlib describes `fraction_over_median_degree`.
This is asked only where the names leave something open: groups that nothing rates, a graph that nothing is asked of.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from agents.programs.documentation import Documentation, Symbol

SHARE = 0.72  # of the weight of a description's words that one sentence of the question must say
MARGIN = 0.05  # to the next best
_STOP = frozenset(
    "the and for with this that from are was were you your returns return compute computes calculate calculates given "
    "graph graphs network true false otherwise iff its each has have any all into using which between provided input "
    "algorithm function value values one two not can will score based".split()
)
_ENDINGS = "ically ations ation ities ness ings ing ity ies ed ly es s al e".split()
_SHORT = {"minimum": "min", "maximum": "max", "minimal": "min", "maximal": "max"}
_TOO_COMMON = frozenset("is_directed is_weighted is_empty is_path is_tree is_simple_path has_path".split())
_PREDICATE = re.compile(r"^(?:is|has)_(.+)$")
_ASKS_WHETHER = re.compile(
    r"\b(?:whether|if|check|verify|ascertain|conform\w*|exhibits?|true|evaluat\w*|should be|stands? up)\b"
    r"|^(?:is|are|does|do|can|could|would|will)\b.*\?|\b(?:is|are) (?:it|this|the|our|they)\b.*\?",
    re.IGNORECASE,
)


def _stem(word: str) -> str:
    for ending in (
        "ically",
        "ations",
        "ation",
        "ities",
        "ness",
        "ings",
        "ing",
        "ity",
        "ies",
        "ed",
        "ly",
        "es",
        "s",
        "al",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _words(text: str) -> list[str]:
    words = re.findall(r"[a-z]{3,}", text.casefold())
    return [_stem(_SHORT.get(word, word)) for word in words if word not in _STOP]


def _first_sentence(symbol: Symbol) -> str:
    head = symbol.doc.split("\n\n", 1)[0].replace("\n", " ")
    return re.split(r"(?<=[a-z)])\.(?:\s|$)", head)[0]


def described(question: str, candidates: Sequence[Symbol]) -> Symbol | None:
    """The one candidate whose first sentence a sentence of the question says nearly in full; None where none stands out."""
    told = {
        symbol: set(_words(_first_sentence(symbol) + " " + symbol.short.replace("_", " "))) for symbol in candidates
    }
    common = Counter(word for words in told.values() for word in words)
    weight = {word: math.log(1 + len(told) / count) for word, count in common.items()}
    sentences = [set(_words(part)) for part in re.split(r"(?<=[.!?])\s+|\n+", question)]
    scored = []
    for symbol, words in told.items():
        whole = sum(weight[word] for word in words)
        if len(words) < 3 or not whole:
            continue
        best = max((sum(weight[word] for word in words & said) for said in sentences), default=0.0)
        scored.append((best / whole, symbol.name, symbol))
    scored.sort(reverse=True, key=lambda one: one[:2])
    if not scored or scored[0][0] < SHARE:
        return None
    return scored[0][2] if len(scored) == 1 or scored[0][0] - scored[1][0] >= MARGIN else None


def asked_property(question: str, documentation: Documentation) -> Symbol | None:
    """The yes-or-no function of networkx whose property the question asks after, as in "is the sample biconnected?"."""
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", question)]
    said = [_words(part) for part in sentences if _ASKS_WHETHER.search(part)]
    found = []
    for symbol in documentation.functions(("networkx",)):
        match = _PREDICATE.match(symbol.short)
        if match is None or symbol.short in _TOO_COMMON or not symbol.parameters:
            continue
        wanted = [_stem(word) for word in match[1].casefold().split("_")]
        runs = [part[at : at + len(wanted)] for part in said for at in range(len(part) - len(wanted) + 1)]
        if wanted in runs and len(match[1]) > 5:
            found.append((len(wanted), len(match[1]), -symbol.name.count("."), symbol.name, symbol))
    return max(found)[4] if found else None


def existing(question: str, symbol: Symbol, documentation: Documentation) -> Symbol:
    """`has_X` for `X` where the question asks whether there is any: "are there any bridges?"."""
    has = documentation.find(f"networkx.has_{symbol.short}") if symbol.library == "networkx" else None
    name = re.escape(symbol.short.replace("_", " "))
    asks = (
        rf"\b(?:if|whether|are|is|does|do)\b[^.?!]{{0,80}}\b(?:any|contains?|has|have|exist\w*)\b[^.?!]{{0,20}}{name}"
    )
    return has if has is not None and re.search(asks, question, re.IGNORECASE) else symbol


def normalized(question: str, symbol: Symbol, documentation: Documentation) -> Symbol:
    """`nf1` for `f1` where the question asks for the normalized score."""
    where, _, short = symbol.name.rpartition(".")
    same = documentation.find(f"{where}.n{short}")
    said = rf"\bnormali[sz]ed {re.escape(short.replace('_', ' '))}\b"
    return same if same is not None and re.search(said, question, re.IGNORECASE) else symbol
