"""Questions said in other words by a chat model, with every name and number kept by a placeholder."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphs.graph import Graph

TRIES = 2
TEMPERATURE = 0.8
LABELS = 5_000  # of a graph; what has more is not masked
RULES = (
    "You rewrite questions. Say the same question in other words and with another order of words. Keep exactly what is "
    "asked for and under which conditions; add nothing, answer nothing. Copy placeholders such as NODE_1 and NUMBER_1 "
    "unchanged, each as often as it stands there."
)
EXAMPLES = (
    (
        "Is there a walk of length NUMBER_1 from NODE_1 back to NODE_1?",
        "Starting at NODE_1, can one return to NODE_1 in a walk whose length is NUMBER_1?",
    ),
    (
        "List all nodes that are adjacent to both NODE_1 and NODE_2.",
        "Which are the nodes that NODE_1 and NODE_2 both have as neighbours?",
    ),
)
_NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?![\w])")
_PLACE = re.compile(r"\b(?:NODE|NUMBER|GRAPH)_\d+\b")
_BLANK = re.compile(r"\[TBR\]")
_NEGATION = re.compile(
    r"\b(?:not|no|non|never|neither|nor|none|nothing|nobody|without|except|unless|lacks?|lacking|fails?|exclud\w*|"
    r"avoid\w*|cannot)\b|n't\b|\b(?:dis|un|in)(?:connected|linked|joined|related|reachable|dependent|directed)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|both|pair|triple|twice)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Masked:
    """A question with placeholders, and what each stands for."""

    text: str
    meanings: dict[str, str]

    def restored(self, text: str) -> str:
        """A text with the names and numbers in the places of the placeholders."""
        return _PLACE.sub(lambda match: self.meanings.get(match[0], match[0]), text)


def masked(question: str, graph: Graph | None) -> Masked | None:
    """The question with nodes, numbers and the name of a known graph replaced; None where that cannot be done.

    Nodes are the labels that the graph has, longest first, as whole words in their own spelling.
    """
    if _PLACE.search(question) or (graph is not None and graph.num_nodes > LABELS):
        return None
    spans = [(start, end, "GRAPH") for start, end in _named(question, graph)]
    spans += [(*match.span(), "GRAPH") for match in _BLANK.finditer(question)]
    labels = sorted({str(node) for node in graph or ()}, key=len, reverse=True)
    patterns = [
        (rf"(?<!\w){re.escape(label)}(?!\w)", "NODE") for label in labels if label in question and label.strip()
    ]
    for pattern, kind in (*patterns, (_NUMBER.pattern, "NUMBER")):
        for match in re.finditer(pattern, question):
            if all(match.end() <= start or end <= match.start() for start, end, _ in spans):
                spans.append((*match.span(), kind))
    known: dict[tuple[str, str], str] = {}
    text, last = "", 0
    for start, end, kind in sorted(spans):
        said = question[start:end]
        number = 1 + sum(other == kind for other, _ in known)
        place = known.setdefault((kind, said), f"{kind}_{number}")
        text += question[last:start] + place
        last = end
    return Masked(text + question[last:], {place: said for (_, said), place in known.items()})


def _named(question: str, graph: Graph | None) -> list[tuple[int, int]]:
    if graph is None or not graph.name:
        return []
    from graphs.generators.named import find_named_span

    span = find_named_span(question)
    return [] if span is None else [span]


def damage(original: Masked, said: str, graph: Graph | None) -> str:
    """Why a paraphrase cannot be used, whatever it means; "" where it can. Looks at words alone."""
    if Counter(_PLACE.findall(said)) != Counter(_PLACE.findall(original.text)):
        return "a name or number was lost"
    rest = _PLACE.sub(" ", said)
    if _NUMBER.search(rest) or any(ch.isdigit() for ch in rest):
        return "a name or number was lost"
    for node in graph or ():
        label = str(node)
        if len(label) > 1 and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", rest) and label not in original.text:
            return "a name or number was lost"
    if len(said) > 3 * len(original.text) + 60 or not rest.strip():
        return "not a question"
    if _words(said) == _words(original.text):
        return "same words"
    if len(_NEGATION.findall(said)) != len(_NEGATION.findall(original.text)):
        return "a negation came or went"
    if Counter(map(str.casefold, _COUNTED.findall(said))) != Counter(
        map(str.casefold, _COUNTED.findall(original.text))
    ):
        return "a count came or went"
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def paraphrased(model: Any, original: Masked, graph: Graph | None, name: str) -> tuple[str, str]:
    """(the paraphrase with its placeholders, "") or ("", why there is none). name: seeds the sampling.

    Raises:
        ModelDown: the model cannot be reached.
    """
    from agents.models import ModelDown, ModelError, ask_json

    why = "no reply"
    schema = {
        "type": "object",
        "properties": {"question": {"type": "string", "maxLength": 3 * len(original.text) + 80}},
        "required": ["question"],
        "additionalProperties": False,
    }
    for attempt in range(TRIES):
        seed = zlib.crc32(f"{name}/{attempt}".encode()) >> 1
        try:
            got = ask_json(model, _messages(original.text), schema, temperature=TEMPERATURE, seed=seed)
        except ModelDown:
            raise
        except ModelError:
            continue
        said = " ".join(got.value["question"].split())
        why = damage(original, said, graph)
        if not why:
            return said, ""
    return "", why


def _messages(text: str) -> Sequence[tuple[str, str]]:
    turns = [("system", RULES)]
    for question, other in EXAMPLES:
        turns += [("human", question), ("ai", f'{{"question": "{other}"}}')]
    return [*turns, ("human", text)]
