"""The function that means what a question asks, by sentence embeddings (extra `search`).

"Which departments get their orders from number 3 directly?" shares no word with "Returns an iterator over successor
nodes", yet means it. A function is known by the first sentence of its documentation and by what people say for it
(`wordings.py`); it must be callable with what the question gives, and stand out. Without the extra nothing is found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agents.programs.condense import condensed
from agents.programs.described import ASKS_WHETHER, stems
from agents.programs.documentation import Documentation
from agents.programs.symbols import Symbol, fold
from agents.programs.wordings import wordings_of

LEAST = 0.6  # of a score, which is a cosine and what speaks for a function besides
MARGIN = 0.01  # to the next best function
SAID = 0.06  # for each word of a function's name that the sentence says, where it says all of them
UNASKED = 0.1  # off a yes-or-no function where nothing is asked for yes or no
TOLD = 0.05  # off a sentence that asks for nothing
CLAUSE = 0.02  # off a clause, which says less than its sentence
WORDINGS = 400  # of all functions, that a question is compared with
MOST_PARTS = 24  # sentences and clauses of the question, the last ones
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?:when|while|if|because|so that|that is|which is|i\.e\.)\s+")
_ASKS = re.compile(
    r"\?|\b(?:comput|calculat|find|determin|identif|print|report|evaluat|measur|check|verif|whether|list|show|assess|need|"
    r"want|would like|like to|wish|interested|provide|tell|give|name|output|obtain|get|know|need|how)\w*",
    re.IGNORECASE,
)
_HELPERS = re.compile(
    r"^(?:draw|write|read|parse|generate|to_|from_|add_|set_|get_|is_directed|config|relabel|convert|info|geometric|"
    r"number_of_(?:nodes|edges)$|[ve]count$|(?:nodes|edges|graphs)_equal$|degree$)"
)
_CACHE = "descriptions.sqlite"
Fit = Callable[[Symbol], float | None]


@dataclass(frozen=True)
class Near:
    """A function, and how near it is to what a sentence of the question asks."""

    symbol: Symbol
    score: float


def nearest_meaning(
    question: str, documentation: Documentation, library: str, fit: Fit | None = None
) -> tuple[Symbol | None, list[Near]]:
    """(the function that stands out, None where none does; all that were near, best first).

    fit: what speaks for or against a function besides its meaning; None for one that cannot be called.
    """
    near = by_meaning(question, documentation, library, 12)
    if fit is not None:
        fitted = ((one, fit(one.symbol)) for one in near)
        near = [Near(one.symbol, one.score + bonus) for one, bonus in fitted if bonus is not None]
        near.sort(key=lambda one: -one.score)
    if not near or near[0].score < LEAST:
        return None, near
    stands_out = len(near) == 1 or near[0].score - near[1].score >= MARGIN
    return (near[0].symbol if stands_out else None), near


def by_meaning(question: str, documentation: Documentation, library: str, limit: int) -> list[Near]:
    """The functions nearest in meaning, best first; nothing without the extra."""
    from agents.embedding import encoder
    from tools.sentences import available

    parts = _parts(question)
    if not parts or not available():
        return []
    sentences = [part for part, _ in parts]
    candidates = _candidates(documentation, library)
    texts = [(symbol, _description(symbol)) for symbol in candidates]
    texts += _nearest_words([(s, text) for s in candidates for text in _said_for(s, library)], sentences)
    encode = encoder(documentation.file.with_name(_CACHE))
    cosines = encode(sentences) @ encode([text for _, text in texts]).T
    about = [(off, set(stems(text)), ASKS_WHETHER.search(text) is not None) for text, off in parts]
    best: dict[str, Near] = {}
    for (symbol, _), column in zip(texts, cosines.T, strict=True):
        more = [_bonus(symbol, said, whether) - off for off, said, whether in about]
        score = max(float(cosine) + bonus for cosine, bonus in zip(column, more, strict=True))
        if symbol.name not in best or best[symbol.name].score < score:
            best[symbol.name] = Near(symbol, score)
    return sorted(best.values(), key=lambda one: (-one.score, one.symbol.name))[:limit]


def _parts(question: str) -> list[tuple[str, float]]:
    """(sentence or clause, what it counts less) of the question: what asks for something first of all."""
    found: list[tuple[str, float]] = []
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", condensed(question)):
        off = 0.0 if _ASKS.search(sentence) else TOLD
        clauses = [part.strip() for part in _CLAUSE.split(sentence) if len(part.split()) > 3]
        found.append((sentence.strip(), off))
        found += [(part, off + CLAUSE) for part in clauses if len(clauses) > 1]
    return [(text, off) for text, off in found if len(text.split()) > 2][-MOST_PARTS:]


def _nearest_words(texts: list[tuple[Symbol, str]], sentences: Sequence[str]) -> list[tuple[Symbol, str]]:
    """The wordings that share the rarest words with the sentences: encoding each of thousands would take a minute."""
    words = {text: set(_stems_of(text)) for _, text in texts}
    common = Counter(word for telling in words.values() for word in telling)
    said = {word for sentence in sentences for word in stems(sentence)}
    weight = {text: sum(1 / common[word] for word in telling & said) for text, telling in words.items()}
    return sorted(texts, key=lambda one: -weight[one[1]])[:WORDINGS]


@lru_cache(maxsize=8192)
def _stems_of(text: str) -> tuple[str, ...]:
    return tuple(stems(text))


def _bonus(symbol: Symbol, said: set[str], asks_whether: bool) -> float:
    words = stems(symbol.short.replace("_", " "))
    heard = sum(word in said for word in words)
    unasked = symbol.short.startswith(("is_", "has_")) and not asks_whether
    return (SAID * heard * heard / len(words) if words else 0.0) - (UNASKED if unasked else 0.0)


def _candidates(documentation: Documentation, library: str) -> Sequence[Symbol]:
    if library == "igraph":
        found = [s for s in documentation.members("igraph.Graph").values() if s.kind == "method"]
    else:
        found = [s for s in documentation.functions(("networkx",)) if s.parameters and not s.makes_graph]
        found += [s for s in map(documentation.find, _MAKE_GRAPHS) if s is not None]
    return [symbol for symbol in found if symbol.doc and not _HELPERS.match(symbol.short)]


# functions of a graph that give a graph, which a story may ask for
_MAKE_GRAPHS = tuple(
    f"networkx.{name}"
    for name in "minimum_spanning_tree maximum_spanning_tree complement line_graph bfs_tree dfs_tree k_core "
    "transitive_closure transitive_reduction condensation ego_graph".split()
)


def _description(symbol: Symbol) -> str:
    head = symbol.doc.split("\n\n", 1)[0].replace("\n", " ").strip()
    return f"{symbol.short.replace('_', ' ')}: {head[:160]}"


def _said_for(symbol: Symbol, library: str) -> tuple[str, ...]:
    named_so = symbol.owner or symbol.name.count(".") == 1 or ".community." in symbol.name
    return wordings_of(library).get(fold(symbol.short), ()) if named_so else ()
