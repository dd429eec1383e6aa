"""One call of a chat model: which verbs of the graph do these words mean?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agents.knowledge.verbs import Lexicon, Phrase, words_of

MOST = 60  # verbs that the model chooses from
PHRASES = 6
NONE = "none of these"


@dataclass(frozen=True)
class Choice:
    """verbs: phrase -> verb of the graph. calls, tokens: what it cost."""

    verbs: dict[str, str]
    calls: int
    tokens: int


def choose(model: Any, question: str, phrases: Sequence[Phrase], lexicon: Lexicon, seconds: float | None) -> Choice:
    """Let the model name a verb of the graph, or none, for each phrase; its reply is held to these.

    Raises:
        ModelError: the model gave no such reply. BudgetExceeded: it took too long.
    """
    from agents.models import ask_json

    asked = list(dict.fromkeys(str(phrase) for phrase in phrases))[:PHRASES]
    verbs = _likely(phrases, lexicon)
    schema = {
        "type": "object",
        "properties": {phrase: {"type": "string", "enum": [*verbs, NONE]} for phrase in asked},
        "required": asked,
        "additionalProperties": False,
    }
    listed = "\n".join(f"- {name}: {plain}" for name, plain in zip(verbs, words_of(verbs)))
    prompt = (
        "A question is asked of a graph whose relations have these names:\n"
        f"{listed}\n\nQuestion: {question[:1000]}\n\n"
        f"For each of these parts of the question, name the relation that it means, or {NONE!r}: {', '.join(asked)}. "
        "Reply with JSON alone."
    )
    ours = hasattr(model, "charged_to")
    options: dict[str, Any] = {"timeout": max(1.0, seconds)} if ours and seconds is not None else {}
    found = ask_json(model, prompt, schema, **options)
    usage = found.usage
    known = set(verbs)
    return Choice({p: v for p, v in found.value.items() if v in known}, usage.calls, usage.tokens)


def _likely(phrases: Sequence[Phrase], lexicon: Lexicon) -> list[str]:
    """The verbs that come into question: all of them, or those that words and embeddings put nearest."""
    names = [verb.name for verb in lexicon.verbs]
    if len(names) <= MOST:
        return names
    share = max(5, MOST // max(1, len(phrases)))
    lexicon.embeds = True
    try:
        near = [verb.name for phrase in phrases for verb, _ in lexicon.candidates(phrase, share)]
    finally:
        lexicon.embeds = False
    common = sorted(lexicon.verbs, key=lambda verb: -len(lexicon.columns(verb.code)[0]))
    return list(dict.fromkeys([*near, *(verb.name for verb in common)]))[:MOST]
