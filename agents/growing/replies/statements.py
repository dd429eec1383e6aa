"""Names that state a fact, such as "stress causes strain" among the entities: a small model made one name of a triple.

Believed as a name, it comes back in the next question, and the model builds longer ones on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agents.growing.replies.names import singular
from agents.growing.replies.proposal import Quarantined, Triple

Words = tuple[str, ...]
Entities = Sequence[tuple[str, str | None]]


def without_statements(
    triples: Sequence[Triple], entities: Entities, prose: str = ""
) -> tuple[tuple[Triple, ...], tuple[tuple[str, str | None], ...], list[Quarantined]]:
    """(triples, entities, what was left out) of a reply.

    A name states a fact where it is a verb of the reply in the third person with one of the reply's names before it,
    and behind it another one, words of `prose` (what the model was asked), nothing, or anything where the reply says
    that verb of that name. A verb states one where it goes on with a name.
    """
    names = {_words(name) for name, _ in entities}
    said = _Said(names, " ".join(_plain(prose)), {(_words(t.source), _plain(t.verb)) for t in triples})
    verbs = {verb for verb in (_plain(triple.verb) for triple in triples) if _third_person(verb)}
    stated = {name for name, _ in entities if _plain(name) in verbs or said.states(_words(name), verbs)}
    left = [Quarantined(name, "a statement or a verb in place of a name") for name, _ in entities if name in stated]
    kept = []
    for triple in triples:
        if stated & {triple.source, triple.target}:
            left.append(Quarantined(_told(triple), "an end is a statement or a verb and no name"))
        elif _swallowed(_plain(triple.verb), names, verbs):
            left.append(Quarantined(_told(triple), "a statement in place of a verb"))
        else:
            kept.append(triple)
    if not left:
        return tuple(triples), tuple(entities), []
    ends = {end for triple in kept for end in (triple.source, triple.target)}
    lost = {end for triple in triples for end in (triple.source, triple.target)} - ends
    staying = tuple(entity for entity in entities if entity[0] not in stated and entity[0] not in lost)
    return tuple(kept), staying, left


class _Said:
    """The names of a reply, the words that it was asked with, and which names it says which verbs of."""

    def __init__(self, names: set[Words], prose: str, told: set[tuple[Words, Words]]) -> None:
        self.names = names
        self.prose = prose
        self.told = told
        self._written = [" ".join(name) for name in names]
        self._known: dict[Words, bool] = {}

    def states(self, words: Words, verbs: Iterable[Words]) -> bool:
        """Whether the words are name, verb and name."""
        if words not in self._known:
            self._known[words] = False  # a name is no proof of itself
            self._known[words] = any(
                (before, verb) in self.told
                or (
                    (before in self.names or self.states(before, verbs))
                    and (not behind or self._names(behind) or self.states(behind, verbs))
                )
                for before, verb, behind in _around(words, verbs)
            )
        return self._known[words]

    def _names(self, words: Words) -> bool:
        """Whether a name begins with these letters (names are cut off at a length), or the prose has these words."""
        text = " ".join(words)
        return any(name.startswith(text) for name in self._written) or f" {text}" in f" {self.prose}"


def _around(words: Words, verbs: Iterable[Words]) -> Iterable[tuple[Words, Words, Words]]:
    """Each verb in the words, with what stands before and behind it."""
    for verb in verbs:
        for start in range(1, len(words) - len(verb) + 1):
            # the last word of a name is compared in the singular: "inhibit" is a cut "inhibits"
            if words[start : start + len(verb)] == verb or words[start:] == (*verb[:-1], singular(verb[-1])):
                yield _ended(words[:start]), verb, words[start + len(verb) :]


def _swallowed(verb: Words, names: set[Words], verbs: Iterable[Words]) -> bool:
    """Whether the verb is another verb of the reply, and a name behind it."""
    for other in verbs:
        rest = verb[len(other) :]
        if rest and verb[: len(other)] == other:
            heads = (_ended(rest[:length]) for length in range(1, len(rest) + 1))
            if any(head in names for head in heads):
                return True
    return False


def _third_person(verb: Words) -> bool:
    return verb[0].endswith("s") and not verb[0].endswith("ss")


def _plain(text: str) -> Words:
    return tuple(text.casefold().split())


def _ended(words: Words) -> Words:
    return (*words[:-1], singular(words[-1])) if words else words


def _words(name: str) -> Words:
    return _ended(_plain(name))


def _told(triple: Triple) -> str:
    return f"{triple.source} {triple.verb} {triple.target}"
