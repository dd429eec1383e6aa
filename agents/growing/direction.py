"""Whether a sentence that names both ends of a triple can mean it in its direction, as far as word order tells."""

from __future__ import annotations

from collections.abc import Sequence

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


def direction(verb: str, here: Sequence[str], places: Sequence[Sequence[int]]) -> tuple[bool, bool]:
    """(whether a word of the verb stands between the two ends, whether the direction can be right).

    here: the stems of the sentence. places: where the source stands in it, and where the target does. "A kept B" speaks
    for (A, kept, B) and (B, kept by, A), "B was kept by A" too; "kinds such as A" for (A, is a, kind) alone.
    """
    wanted = telling(verb)
    last = [word.plain for word in words_of(verb)][-1:]
    best = (False, False)
    for source in places[0]:
        for target in places[1]:
            between = list(here[min(source, target) + 1 : max(source, target)])
            forward = source < target
            if is_copula(verb):
                right = forward != _names_kinds(between) and (forward or _names_kinds(between))
                best = max(best, (right, right))
                continue
            verbs = [at for at, word in enumerate(between) if word in wanted]
            passive = any("by" in between[at + 1 : at + 1 + _FAR] for at in verbs)
            if last == ["by"]:
                right = passive or not verbs if forward else bool(verbs) and not passive
            elif last and last[0] in _PREPOSITIONS:
                right = forward or (last == ["of"] and bool(verbs))
            else:
                right = not passive if forward else passive or ("by" in between and not verbs)
            best = max(best, (bool(verbs) and right, right))
    return best


def _names_kinds(between: Sequence[str]) -> bool:
    """Whether the words lead from a kind to what belongs to it: "kinds such as A"."""
    return any(
        tuple(between[at : at + len(mark)]) == mark for mark in _SUCH for at in range(len(between) - len(mark) + 1)
    )
