"""The words that a typed graph may use: kinds of entities and of relations."""

from __future__ import annotations

from dataclasses import dataclass, field

from agents.growing.replies.names import Unusable, key_of
from graphs.errors import BadArgument


@dataclass(frozen=True)
class Vocabulary:
    """What types and verbs are allowed; empty tuples allow any. keep: names that are never spelled out (`JavaScript`).

    types and verbs are held to: another type is dropped and counted, an edge with another verb is quarantined.
    """

    types: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    keep: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for what, words in (("types", self.types), ("verbs", self.verbs)):
            if isinstance(words, str) or any(not isinstance(word, str) or not word.strip() for word in words):
                raise BadArgument(f"{what} of a vocabulary are a list of words, not {words!r:.80}")
            keys = [_plain(word) for word in words]
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise BadArgument(f"{what} of a vocabulary name {sorted(twice)[0]!r} twice")

    def type_of(self, said: str) -> str:
        """The type as the vocabulary writes it.

        Raises:
            Unusable: it is none of them.
        """
        return _found(said, self.types, "type") if self.types else " ".join(said.split())[:60]

    def verb_of(self, said: str) -> str:
        """The verb as the vocabulary writes it; person and number make no difference.

        Raises:
            Unusable: it is none of them.
        """
        return _found(said, self.verbs, "verb") if self.verbs else said


def _found(said: str, words: tuple[str, ...], what: str) -> str:
    for word in words:
        if _plain(word) == _plain(said):
            return word
    raise Unusable(f"{what} {said[:60]!r} is not in the vocabulary ({', '.join(words[:12])})")


def _plain(word: str) -> str:
    words = word.replace("_", " ").replace("-", " ").casefold().split()
    return " ".join(key_of(part) or part for part in words)


PREFLEXOR = Vocabulary(  # of the typed variant of Graph-PReFLexOR
    types=("entity", "attribute", "process", "event", "outcome", "law", "claim"),
    verbs=(
        "causes",
        "enables",
        "inhibits",
        "modulates",
        "part of",
        "instance of",
        "supports",
        "challenges",
        "represents",
        "promotes",
        "violates",
        "constrains",
    ),
)
