"""Sentences behind the edges that name nodes and state no edge: questions without a mark, suppositions."""

from __future__ import annotations

import difflib
import re

from graphs.text.edges import MARK
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_ASKS = lazy(r"(?:does|do|did|is|are|was|were|can|who|whom|whose|what|which)\s", re.I)
_BEST_WAY = lazy(
    r"(?P<best>[a-z]{5,})\s+(?:path|route|way|distance|connection|trip)\b(?!.*\b(?:is|are|has|takes?|costs?)\b)", re.I
)
_SUPERLATIVES = ("shortest", "fastest", "quickest", "cheapest", "longest", "lightest")
_SUPPOSED = lazy(
    r"(?:(?:now|but|and|then|next|so)[\s,]+)*"
    r"(?:suppose|supposing|assume|assuming|imagine|pretend|pretending|what\s+if|let|say)\b"
    r".*\b(?:instead|took|takes?|costs?|weigh\w*|weights?|lengths?|latency|long|were|was|had|has|would|be|only)\b",
    re.I | re.S,
)
_CHANGED = lazy(
    r"(?:(?:now|but|and|then|next|so)[\s,]+)*(?:the\s+)?(?:weight|length|cost|distance|capacity|time|price|latency)\s+of\b"
    r".*\b(?:chang\w+|rises?|rose|falls?|fell|drops?|dropped|becomes?|became|goes|went|increas\w+|decreas\w+|now)\b",
    re.I | re.S,
)
_MEASURED = lazy(r"\d\s*(?:km|min|m|h)\b")
_WORD = lazy(r"\w+")
_LOOK = 5000  # edges that are looked through for a name


def asks(scan: Scan, sentence: str) -> bool:
    """Whether a sentence behind the edges asks without a question mark: "does the fastest route pass B"."""
    if sentence.endswith((":", "?")) or sentence.split(None, 1)[0] in _names(scan):
        return False
    return _ASKS.match(sentence) is not None and not MARK.search(sentence)


def asks_for_a_way(sentence: str) -> bool:
    """Whether a sentence behind the edges names a best way and says nothing of it: "shortst path from 1 to 3"."""
    found = _BEST_WAY.search(sentence)
    if found is None or sentence.endswith((":", "?")) or MARK.search(sentence) or _MEASURED.search(sentence):
        return False
    return bool(difflib.get_close_matches(found["best"].lower(), _SUPERLATIVES, 1, 0.8))


def supposes(scan: Scan, sentence: str) -> bool:
    """Whether a sentence supposes something else of edges that were said: "Suppose the road A-B took 60 km now."."""
    if not _SUPPOSED.match(sentence) and not _CHANGED.match(sentence):
        return False
    names = _names(scan)
    return len({word for word in _WORD.findall(sentence) if word in names}) > 1


def _names(scan: Scan) -> set[str]:
    return {label for link in scan.draft.links[:_LOOK] for label in link[:2]}
