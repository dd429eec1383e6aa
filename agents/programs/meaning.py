"""The function whose documentation means what a question asks, by sentence embeddings (extra `search`).

"Which departments get their orders from number 3 directly?" shares no word with "Returns an iterator over successor
nodes", yet means it. One function must stand out; else nothing is taken. Without the extra there is no such search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.programs.condense import condensed
from agents.programs.documentation import Documentation, Symbol

LEAST = 0.55  # cosine of a sentence with a description
MARGIN = 0.04  # to the next best function
SENTENCES = 6  # of the question, the last ones that ask for something
_ASKS = re.compile(
    r"\?|\b(?:comput|calculat|find|determin|identif|print|report|evaluat|measur|check|verif|whether|list|show|assess|need|"
    r"want|would like|help|provide|tell)\w*",
    re.IGNORECASE,
)
_HELPERS = re.compile(
    r"^(?:draw|write|read|parse|generate|to_|from_|add_|set_|get_|is_directed|config|relabel|convert|info|geometric)"
)
_CACHE = "descriptions.sqlite"


def nearest_meaning(question: str, documentation: Documentation, library: str) -> Symbol | None:
    """The function of networkx, or the method of igraph's graphs, whose first sentence means what is asked."""
    found = by_meaning(question, documentation, library, 2)
    if not found or found[0][1] < LEAST:
        return None
    return found[0][0] if len(found) == 1 or found[0][1] - found[1][1] >= MARGIN else None


def by_meaning(question: str, documentation: Documentation, library: str, limit: int) -> list[tuple[Symbol, float]]:
    """The functions nearest in meaning with their cosines, best first; nothing without the extra."""
    from agents.embedding import encoder
    from tools.sentences import available

    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", condensed(question)) if _ASKS.search(part)]
    if not sentences or not available():
        return []
    candidates = _candidates(documentation, library)
    encode = encoder(documentation.file.with_name(_CACHE))
    cosines = encode(sentences[-SENTENCES:]) @ encode([_text(symbol) for symbol in candidates]).T
    best = [float(value) for value in cosines.max(axis=0)]
    order = sorted(range(len(candidates)), key=lambda at: -best[at])[:limit]
    return [(candidates[at], best[at]) for at in order]


def _candidates(documentation: Documentation, library: str) -> Sequence[Symbol]:
    if library == "igraph":
        found = [s for s in documentation.members("igraph.Graph").values() if s.kind == "method"]
    else:
        found = [s for s in documentation.functions(("networkx",)) if s.parameters and not s.makes_graph]
    return [symbol for symbol in found if symbol.doc and not _HELPERS.match(symbol.short)]


def _text(symbol: Symbol) -> str:
    head = symbol.doc.split("\n\n", 1)[0].replace("\n", " ").strip()
    return f"{symbol.short.replace('_', ' ')}: {head[:160]}"
