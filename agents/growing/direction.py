"""Whether a sentence that names both ends of a triple can mean it in its direction, as far as word order tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agents.growing.words import SMALL, stem, words_of

_WEAK = frozenset(
    stem(word) for word in "has have had is isa are was were be been being do does did can may will".split()
)
_PREPOSITIONS = frozenset(
    "by in on at to into onto of for from with as through throughout between among under over within against".split()
)
_KINDS = frozenset(stem(word) for word in "kind type sort example instance form subclass member".split())
_SUCH = (("such", "as"), (stem("including"),), (stem("includes"),), ("like",), ("namely",))
_FAR = 3  # words between a verb and its "by"


def telling(verb: str) -> set[str]:
    """The stems of the words of a verb that say something; none of "is a"."""
    stems = [word.stem for word in words_of(verb)]
    return {word for word in stems if word not in SMALL and word not in _WEAK and word not in _PREPOSITIONS}


def is_copula(verb: str) -> bool:
    """Whether the verb puts a thing under a kind: "is", "is a", "is an example of"."""
    return telling(verb) <= _KINDS


def says(
    verb: str, here: Sequence[str], places: Sequence[Sequence[int]], capitals: Collection[int] = frozenset()
) -> bool:
    """Whether a sentence with both ends of a triple has its verb, in an order that can mean the triple.

    here: the stems of the sentence. places: where the source stands in it, and where the target does. capitals: where
    words with capitals stand: in "Ann met Bob, who was a farmer" the farmer is Bob. "A kept B" speaks for (A, kept, B)
    and (B, kept by, A), "B was kept by A" too; "kinds such as A" for (A, is a, kind) alone.
    """
    wanted = telling(verb)
    last = [word.plain for word in words_of(verb)][-1:]
    pairs = ((source, target) for source in places[0] for target in places[1])
    if is_copula(verb):
        return any(_puts_under(here[min(s, t) + 1 : max(s, t)], s, t, capitals) for s, t in pairs)
    return bool(wanted & set(here)) and any(_fits(wanted, last, here, s, t) for s, t in pairs)


def _fits(wanted: set[str], last: list[str], here: Sequence[str], source: int, target: int) -> bool:
    """Whether the order of source, verb and target can mean the triple."""
    forward = source < target
    between = here[min(source, target) + 1 : max(source, target)]
    verbs = [at for at, word in enumerate(between) if word in wanted]
    passive = any("by" in between[at + 1 : at + 1 + _FAR] for at in verbs)
    if last == ["by"]:
        return passive or not verbs if forward else bool(verbs) and not passive
    if last and last[0] in _PREPOSITIONS:
        return forward or (last == ["of"] and bool(verbs))
    return not passive if forward else passive


def _puts_under(between: Sequence[str], source: int, target: int, capitals: Collection[int]) -> bool:
    """Whether the words between a thing and a kind can put the one under the other."""
    if _names_kinds(between):
        return target < source
    gap = range(source + 1, target)
    return source < target and not any(at in capitals and at - 1 not in (source, *capitals) for at in gap)


def _names_kinds(between: Sequence[str]) -> bool:
    """Whether the words lead from a kind to what belongs to it: "kinds such as A"."""
    return any(
        tuple(between[at : at + len(mark)]) == mark for mark in _SUCH for at in range(len(between) - len(mark) + 1)
    )
