"""Leaves the story out of a question: the sentences that name data, functions, numbers or a wish remain, word for word.

People wrap a question into the situation that it comes from. A small model reads every word of it slowly and is led
astray by some. What remains is the user's own text in its own order; nothing is reworded.
"""

from __future__ import annotations

import re

LONG = 400  # characters; a shorter question is left as it is
LEAST = 80  # characters that must remain, else nothing is left out
_FENCE = re.compile(r"(```.*?(?:```|\Z))", re.DOTALL)
_END = re.compile(r"(?<=[.!?])\s+(?=[\"'`(*]?[A-Z])")  # never inside a line that lists data
_ITEM = re.compile(r"\s*(?:[-*•]|\d+[.)])\s")
_DATA = re.compile(
    r"\d|[\[\]{}`=]|\w_\w|[a-z][A-Z]|\.(?:gml|csv|json|graphml|txt|net|gexf)\b|\b(?:True|False|None)\b"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
)
_WISH = re.compile(
    r"\b(?:comput\w*|calculat\w*|find|print|determine|us(?:e|ing)|apply(?:ing)?|perform(?:ing)?|check|verify|identify|"
    r"detect\w*|list|show|return|output|measure|draw\w*|plot\w*|visuali[sz]\w*|evaluate|generate|construct|convert|sample|"
    r"embedding|estimate|assess|count|extract|enumerate|display|(?:un)?directed|weights?|weighted|bipartite)\b"
    r"|\b(?:function|algorithm|method|sampler|library|package|networkx|igraph|cdlib|graspologic|karateclub)\b",
    re.IGNORECASE,
)
_SCENE = re.compile(
    r"^(?:well, |now,? |okay,? |so,? )?(?:imagine|picture this|as an? (?!result)|so,? let'?s|"
    r"let'?s (?:say|think|imagine|picture)|hey|alright|in the "
    r"(?:fast|bustling|world)|drawing an? |much like|think of|feel free)\b",
    re.IGNORECASE,
)


def condensed(question: str) -> str:
    """The question without its story; the whole where it is short or little would remain."""
    if len(question) < LONG:
        return question
    kept = []
    for part in _FENCE.split(question):
        if part.startswith("```"):
            kept.append(part)
            continue
        for line in part.split("\n"):
            spoken = [line] if _ITEM.match(line) else _END.split(line)
            kept += [sentence for sentence in spoken if sentence.strip() and _speaks(sentence.strip())]
    text = "\n".join(sentence.strip() for sentence in kept)
    return text if len(text) >= LEAST else question


def _speaks(sentence: str) -> bool:
    """Whether a sentence holds data, or a wish that is not part of the scene."""
    if _DATA.search(sentence) or _ITEM.match(sentence):
        return True
    return bool(_WISH.search(sentence)) and not _SCENE.match(sentence)
