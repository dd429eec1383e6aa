"""Whether a sentence that names both ends of a triple can mean it in its direction, as far as word order tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agents.growing.grounding.words import SMALL, stem, words_of

_WEAK = frozenset(
    stem(word) for word in "has have had is isa are was were be been being do does did can may will".split()
)
_PREPOSITIONS = frozenset(
    "by in on at to into onto of for from with as through throughout between among under over within against".split()
)
_KINDS = frozenset(stem(word) for word in "kind type sort example instance form subclass member".split())
_SUCH = (("such", "as"), (stem("including"),), (stem("includes"),), ("like",), ("namely",))
_FAR = 3  # words between a verb and its "by"
_BEING = frozenset(stem(word) for word in "is are was were be been being become became remain as called named".split())
_HAVING = frozenset(
    stem(word) for word in "has have had having with own possess contain his her its their my our your".split()
)
_ARTICLES = frozenset(stem(word) for word in "a an the his her its their our my".split())
_APPOSED = 6  # words between a thing and what a comma puts beside it


def telling(verb: str) -> set[str]:
    """The stems of the words of a verb that say something; none of "is a"."""
    stems = [word.stem for word in words_of(verb)]
    return {word for word in stems if word not in SMALL and word not in _WEAK and word not in _PREPOSITIONS}


def is_copula(verb: str) -> bool:
    """Whether the verb puts a thing under a kind: "is", "is a", "is an example of"."""
    return telling(verb) <= _KINDS


def says(
    verb: str,
    here: Sequence[str],
    places: Sequence[Sequence[int]],
    capitals: Collection[int] = frozenset(),
    commas: Collection[int] = frozenset(),
) -> bool:
    """Whether a sentence with both ends of a triple has its verb, in an order that can mean the triple.

    here: the stems of the sentence. places: where the source stands in it, and where the target does. capitals: where
    words with capitals stand: in "Ann met Bob, who was a farmer" the farmer is Bob. commas: the words before which a
    comma stands. "A kept B" speaks for (A, kept, B) and (B, kept by, A), "B was kept by A" too; "kinds such as A" for
    (A, is a, kind) alone.
    """
    wanted = telling(verb)
    last = [word.plain for word in words_of(verb)][-1:]
    pairs = [(source, target) for source in places[0] for target in places[1]]
    if little := _little(verb):
        return any(_joins(little, here, s, t, commas) for s, t in pairs)
    if is_copula(verb):
        return any(_puts_under(here, s, t, capitals, commas) for s, t in pairs)
    return bool(wanted & set(here)) and any(_fits(wanted, last, here, s, t) for s, t in pairs)


def hints(verb: str, here: Collection[str]) -> bool:
    """Whether words of a sentence that speaks of one end by a pronoun can be those of the verb."""
    if little := _little(verb):
        return bool(little & set(here))
    return bool((_BEING if is_copula(verb) else telling(verb)) & set(here))


def _little(verb: str) -> frozenset[str]:
    """The words that must stand in a sentence for a verb of little words: "is in", "was with", "had"; none for "is a"
    and for verbs that say more.
    """
    words = words_of(verb)
    if telling(verb):
        return frozenset()
    if words and words[-1].plain in _PREPOSITIONS:
        return frozenset((words[-1].stem,))
    return _HAVING if any(word.stem in _HAVING for word in words) else frozenset()


def _between(here: Sequence[str], source: int, target: int) -> Sequence[str]:
    return here[min(source, target) + 1 : max(source, target)]


def _joins(little: frozenset[str], here: Sequence[str], source: int, target: int, commas: Collection[int]) -> bool:
    """Whether a little word leads from source to target: "A in B", "A has B", "B of A"; a comma before it parts them:
    in "He lived in Kansas, with Henry" it is not Kansas that is with Henry.
    """
    if target < source:
        return little is _HAVING and "of" in here[target + 1 : source]
    return any(here[at] in little and at not in commas for at in range(source + 1, target))


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


def _puts_under(
    here: Sequence[str], source: int, target: int, capitals: Collection[int], commas: Collection[int]
) -> bool:
    """Whether the words between a thing and a kind can put the one under the other."""
    between = _between(here, source, target)
    if _names_kinds(between):
        return target < source
    gap = range(source + 1, target)
    if target < source or any(at in capitals and at - 1 not in (source, *capitals) for at in gap):
        return False
    if _BEING & set(between):
        return True
    one = sum(at in commas for at in range(source + 1, target + 1)) == 1  # "Ann, a sailor"
    return one and len(between) <= _APPOSED and bool(_ARTICLES & set(between)) and not {"and", "or"} & set(between)


def _names_kinds(between: Sequence[str]) -> bool:
    """Whether the words lead from a kind to what belongs to it: "kinds such as A"."""
    return any(
        tuple(between[at : at + len(mark)]) == mark for mark in _SUCH for at in range(len(between) - len(mark) + 1)
    )
