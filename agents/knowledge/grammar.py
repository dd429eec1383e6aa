"""A grammar of questions about relations: parts of the question join, two by two, into what they say together.

The chart holds for every stretch of words the few best readings. A reading has a category:

    S a set of things    K a noun for a kind      R words of a relation     P what is said of things: "border France"
    T a statement        N… the negated one       the rest: little words, or a word with a little word ("R of")

Every rule multiplies the scores of its parts with how natural it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from agents.knowledge.meaning import Given, Hop, Join, Kind, Limit, Meaning, Not, Same, Test, inside, joined, with_other
from agents.knowledge.verbs import Phrase, Role
from agents.knowledge.words import phrases, root

KEPT = 10  # readings of a stretch of words
ROOTS = ("S", "P", "T")


@dataclass(frozen=True)
class Item:
    """A reading of a stretch of words. word: the preposition or little word in it. wh: it asks for things."""

    category: str
    meaning: Meaning | Phrase | None
    score: float
    word: str = ""
    wh: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        return self.category, self.meaning, self.word, self.wh


Rule = Callable[[Item, Item], Iterator[Item]]
Merges = Callable[[Phrase, Phrase], float]  # how well two phrases speak of one relation: 0 to 1


def parse(cells: Sequence[Sequence[Item]], spans: dict[tuple[int, int], list[Item]], merges: Merges) -> list[Item]:
    """The readings of the whole, best first. cells: what each word may be. spans: what longer stretches may be."""
    count = len(cells)
    chart: dict[tuple[int, int], list[Item]] = {}
    for width in range(1, count + 1):
        for start in range(count - width + 1):
            end = start + width
            found: dict[tuple[object, ...], Item] = {}
            _keep(found, spans.get((start, end), ()))
            if width == 1:
                _keep(found, cells[start])
            for middle in range(start + 1, end):
                for left in chart[start, middle]:
                    for right in chart[middle, end]:
                        rule = _rules().get((left.category, right.category))
                        if rule is not None:
                            _keep(found, rule(left, right))
                        if left.category == right.category == "R":
                            _keep(found, _merged(left, right, merges))
                        elif {left.category, right.category} == {"P", "R"}:
                            _keep(found, _wanted(left, right, merges))
            chart[start, end] = _best(found.values())
    whole = chart.get((0, count), [])
    roots = [item for item in whole if item.category in ROOTS]
    roots += [item for item in whole if item.category == "K" and _set(item) not in (Kind(), Kind(count=True))]
    return sorted(roots, key=lambda item: -item.score)


def _keep(found: dict[tuple[object, ...], Item], items: Sequence[Item] | Iterator[Item]) -> None:
    for item in items:
        known = found.get(item.key)
        if known is None or known.score < item.score:
            found[item.key] = item


def _best(items: Sequence[Item] | object) -> list[Item]:
    """The best few of each category."""
    by_category: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: -item.score):  # type: ignore[call-overload]
        kept = by_category.setdefault(item.category, [])
        if len(kept) < KEPT:
            kept.append(item)
    return [item for kept in by_category.values() for item in kept]


# -- phrases


def _phrase(item: Item) -> Phrase:
    assert isinstance(item.meaning, Phrase)
    return item.meaning


def _set(item: Item) -> Meaning:
    assert item.meaning is not None
    assert not isinstance(item.meaning, Phrase)
    return item.meaning


def _merged(left: Item, right: Item, merges: Merges) -> Iterator[Item]:
    """Two words of one relation: "release year", "listed as director"."""
    one, other = _phrase(left), _phrase(right)
    fit = merges(one, other)
    if fit > 0:
        both = Phrase((*one.words, *other.words), left.wh or right.wh, one.co or other.co)
        yield Item("R", both, left.score * right.score * fit, wh=left.wh or right.wh)


def _wanted(left: Item, right: Item, merges: Merges) -> Iterator[Item]:
    """ "which languages" and "are spoken in F": the noun and the verb of one relation; or a noun for who has it."""
    noun, said = (left, right) if left.category == "R" else (right, left)
    if not noun.wh:
        return
    meaning = _set(said)
    score = left.score * right.score
    if isinstance(meaning, Hop):
        fit = merges(_phrase(noun), meaning.phrase)
        if fit > 0:
            both = Phrase((*_phrase(noun).words, *meaning.phrase.words), True)
            yield Item("S", replace(meaning, phrase=both), score * fit, wh=True)
        elif merges(meaning.phrase, meaning.phrase) == 0:  # "which genres do they fall under": the noun says it all
            yield Item("S", Hop(_phrase(noun), meaning.of, "of"), score * 1.3, wh=True)
    if noun is left and _phrase(noun).words[0] not in ("where", "when"):
        holders = Hop(replace(_phrase(noun), wh=False), Kind(), "of")
        yield Item("S", joined("and", meaning, holders), score * 0.7, wh=True)


def _hop(category: str, role: Role, weight: float, *, phrase: str = "left") -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        said, given = (left, right) if phrase == "left" else (right, left)
        words = _phrase(said)
        score = left.score * right.score * weight
        if words.co:
            yield Item(category, Same(words, _set(given)), score, wh=said.wh)
            return
        yield Item(category, Hop(words, _set(given), role), score, wh=said.wh or given.wh)
        if said.word == "with" and role == "after":
            yield Item(category, Same(words, _set(given)), score * 0.75)

    return rule


def _as(category: str, weight: float = 1.0, *, of: str = "right", wh: bool | None = None, word: str = "") -> Rule:
    """One of the two carries the meaning, the other only its form."""

    def rule(left: Item, right: Item) -> Iterator[Item]:
        kept, other = (right, left) if of == "right" else (left, right)
        asked = kept.wh or other.wh if wh is None else wh
        yield Item(category, kept.meaning, left.score * right.score * weight, word or other.word or kept.word, asked)

    return rule


def _first_of(*rules: Rule) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        for each in rules:
            yield from each(left, right)

    return rule


def _called(left: Item, right: Item) -> Iterator[Item]:
    """ "X is the director of", "X was written by", "X is located in": the thing is called by a noun, or something is
    done to it.
    """
    words = _phrase(right)
    score = left.score * right.score
    negated = left.category == "SBN"
    category = "NP" if negated else "P"
    given = _set(left)
    if words.co:
        yield Item(category, Same(words, given), score)
        return
    if right.category == "RB":
        yield Item(category, Hop(words, given, "patient"), score)
        return
    if right.category == "RO":
        yield Item(category, Hop(words, given, "called"), score)
        return
    verbal = (words.participle or words.gerund) and not words.agent
    roles: tuple[tuple[Role, float], ...] = (
        (("patient", 0.97), ("subject", 0.6)) if verbal else (("called", 0.9), ("patient", 0.5), ("subject", 0.4))
    )
    for role, weight in roles:
        yield Item(category, Hop(words, given, role), score * weight)


def _object_or_title(left: Item, right: Item) -> Iterator[Item]:
    """ "directed Alien"; "the director Scott"."""
    words, given = _phrase(left), _set(right)
    score = left.score * right.score
    noun = words.agent and not words.participle
    if words.co:
        yield Item("P", Same(words, given), score * 0.8, wh=right.wh)
        return
    if not left.wh:
        yield Item("P", Hop(words, given, "object"), score * (0.5 if noun else 1.0), wh=right.wh)
    if isinstance(given, Given) and not words.participle and not left.wh:
        yield Item("S", replace(given, title=words), score * (0.95 if noun else 0.3))


def _titled(left: Item, right: Item) -> Iterator[Item]:
    """ "the film Alien"; "which biological materials": those of that kind."""
    given = _set(right)
    kind = _set(left)
    assert isinstance(kind, Kind)
    if isinstance(given, Given) and left.wh and not kind.words and not given.mention.quoted:
        members: Meaning = Hop(Phrase(("isa",)), given, "object")
        held = Limit(kind, members) if kind.count else members
        yield Item("S", held, left.score * right.score * 0.8, wh=True)
    if isinstance(given, Given) and not left.wh:
        yield Item("S", given, left.score * right.score * 1.05)


def _subject_or_compound(left: Item, right: Item) -> Iterator[Item]:
    """ "Scott directed"; "the Alien director"."""
    words, given = _phrase(right), _set(left)
    score = left.score * right.score
    if right.wh:
        return
    noun = words.agent and not words.participle
    said: Meaning = Same(words, given) if words.co else Hop(words, given, "subject")
    yield Item("P", said, score * (0.45 if noun else 1.0))
    if not words.participle and not words.gerund:
        meaning: Meaning = Same(words, given) if words.co else Hop(words, given, "of")
        yield Item("S", meaning, score * (0.85 if noun else 0.5))


def _limited(left: Item, right: Item) -> Iterator[Item]:
    """ "countries" and "border France"."""
    kind = _set(left)
    assert isinstance(kind, Kind)
    said: Meaning = Not(_set(right)) if right.category == "NP" else _set(right)
    weight = 1.0 if left.wh else 0.98
    yield Item("S", Limit(kind, said), left.score * right.score * weight, wh=left.wh)


def _limited_behind(left: Item, right: Item) -> Iterator[Item]:
    """ "Scott directed which films", "Scott written films"."""
    kind = _set(right)
    assert isinstance(kind, Kind)
    meaning = _set(left)
    prenominal = isinstance(meaning, Hop) and meaning.phrase.participle
    weight = 1.0 if right.wh else 0.75 if prenominal else 0.2
    yield Item("S", Limit(kind, meaning), left.score * right.score * weight, wh=right.wh)


def _statement(left: Item, right: Item) -> Iterator[Item]:
    """ "France borders Spain"; or, of things that are asked for, "which films that Scott directed star Weaver"."""
    score = left.score * right.score
    first, second = _set(left), _set(right)
    if isinstance(first, Kind) or isinstance(second, Kind):
        return
    if isinstance(second, Given) and right.category != "P":  # "is a virus an organism"
        second = Hop(Phrase(("isa",)), second, "object")
    if left.wh:
        if right.category == "NP":
            yield Item("S", joined("minus", first, second), score, wh=True)
        else:
            yield Item("S", joined("and", first, second), score, wh=True)
    elif right.category != "NP" and not right.wh:
        yield Item("T", Test(first, second), score * 0.9)


def _join(how: str) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        category = "S" if left.category in ("S", "L") else "P"
        parts = (_set(left), _set(right))
        if isinstance(parts[0], Kind) or isinstance(parts[1], Kind):
            return
        uneven = category == "S" and how != "minus" and _plain(parts[0]) != _plain(parts[1])
        score = left.score * right.score * (0.6 if uneven else 1.0)
        yield Item(category, joined(how, *parts), score, wh=left.wh)  # type: ignore[arg-type]

    return rule


def _plain(meaning: Meaning) -> bool:
    """Whether it is names alone."""
    return isinstance(meaning, Given) or (isinstance(meaning, Join) and all(map(_plain, meaning.parts)))


def _both_negated(left: Item, right: Item) -> Iterator[Item]:
    yield Item("NP", joined("or", _set(left), _set(right)), left.score * right.score)


def _second_without_first(left: Item, right: Item) -> Iterator[Item]:
    yield Item("P", joined("minus", _set(right), _set(left)), left.score * right.score)


def _said_of_others(left: Item, right: Item) -> Iterator[Item]:
    """ "border France" and "but not Spain", "border France" and "and Spain"."""
    whole = _set(left)
    other = with_other(whole, _set(right))
    if other is None or not isinstance(_set(right), (Given, Join)):
        return
    how = {"mS": "minus", "aS": "and", "oS": "or"}[right.category]
    yield Item(left.category, joined(how, whole, other), left.score * right.score * 0.95, wh=left.wh)  # type: ignore[arg-type]


def _first_verb_too(left: Item, right: Item) -> Iterator[Item]:
    """ "increases or leads to toughness": both verbs have the second one's object."""
    said = _set(right)
    if isinstance(said, Hop):
        first = Hop(_phrase(left), said.of, "after" if left.category == "RP" else "object")
        how = {"aP": "and", "oP": "or"}[right.category]
        yield Item("P", joined(how, first, said), left.score * right.score * 0.9)  # type: ignore[arg-type]


def _has(left: Item, right: Item) -> Iterator[Item]:
    """ "have toughness"."""
    meaning = _set(right)
    if not isinstance(meaning, Kind):
        yield Item("P", Hop(Phrase(("have",)), meaning, "object"), left.score * right.score * 0.9)


def _listed(left: Item, right: Item) -> Iterator[Item]:
    even = 1.0 if _plain(_set(left)) == _plain(_set(right)) else 0.4
    yield Item("L", joined("and", _set(left), _set(right)), left.score * right.score * even)


def _list_ended(left: Item, right: Item) -> Iterator[Item]:
    how = "and" if right.category == "aS" else "or"
    listed = _set(left)
    parts = listed.parts if isinstance(listed, Join) else (listed,)
    even = 1.0 if _plain(parts[-1]) == _plain(_set(right)) else 0.4
    yield Item("S", Join(how, (*parts, _set(right))), left.score * right.score * even)  # type: ignore[arg-type]


def _same(category: str) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        said, given = (left, right) if isinstance(left.meaning, Phrase) else (right, left)
        yield Item(category, Same(_phrase(said), _set(given)), left.score * right.score, wh=given.wh)

    return rule


def _derived(category: str, weight: float = 1.0) -> Rule:
    """ "what is the genre of F": the set as it is, unless it is a mere name."""

    def rule(left: Item, right: Item) -> Iterator[Item]:
        kind, kept = (left, right) if left.category == "K" else (right, left)
        meaning = _set(kept)
        if kind.wh and any(isinstance(part, (Hop, Same)) for part in inside(meaning)):
            asked = _set(kind)
            assert isinstance(asked, Kind)
            held = meaning if asked == Kind() else Limit(asked, meaning)
            yield Item(category, held, left.score * right.score * weight, wh=True)

    return rule


def _unnamed(left: Item, right: Item) -> Iterator[Item]:
    """ "films by Scott", "films for the writer of Alien": the relation is only hinted at by the preposition."""
    kind, given = _set(left), _set(right)
    assert isinstance(kind, Kind)
    score = left.score * right.score
    if isinstance(given, Given) and given.title is not None:
        yield Item("S", Limit(kind, Hop(given.title, given, "whose")), score * 0.9, wh=left.wh)
    if isinstance(given, Hop) and not given.phrase.co:
        yield Item("S", Limit(kind, Hop(given.phrase, given, "whose")), score * 0.6, wh=left.wh)
    else:
        role: Role = "by" if left.word == "by" else "after"
        yield Item("S", Limit(kind, Hop(Phrase((left.word,)), given, role)), score * 0.8, wh=left.wh)


def _kind_of_kind(left: Item, right: Item) -> Iterator[Item]:
    one, other = _set(left), _set(right)
    assert isinstance(one, Kind)
    assert isinstance(other, Kind)
    if not right.wh:
        kind = Kind((*one.words, *other.words), one.count or other.count, one.asks)
        yield Item("K", kind, left.score * right.score * (1.0 if left.wh and not one.words else 0.8), wh=left.wh)


def _wh_relation(left: Item, right: Item) -> Iterator[Item]:
    """ "which languages"; "film director"."""
    kind = _set(left)
    assert isinstance(kind, Kind)
    words = _phrase(right)
    if left.wh and not kind.words:
        yield Item("R", replace(words, wh=True), left.score * right.score, wh=True, word="count" if kind.count else "")
    elif not left.wh and not words.participle:
        yield Item("R", words, left.score * right.score * 0.75)


def _absorbed(left: Item, right: Item) -> Iterator[Item]:
    """ "wrote films (together with Ann)": the kind of thing adds nothing."""
    if not right.wh and not left.wh:
        yield Item("R", left.meaning, left.score * right.score * 0.65, word=left.word)


def _counted(left: Item, right: Item) -> Iterator[Item]:
    meaning = right.meaning
    if isinstance(meaning, Kind):
        yield Item("K", replace(meaning, count=True), left.score * right.score, wh=True)
    elif isinstance(meaning, Phrase):
        yield Item("R", replace(meaning, wh=True), left.score * right.score, wh=True)
    elif meaning is not None and right.category == "S" and not isinstance(meaning, Given):
        yield Item("S", Limit(Kind(count=True), meaning), left.score * right.score, wh=True)


def _negated(category: str) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        for item in _hop("NP", "subject", 1.0, phrase="right")(left, right):
            yield replace(item, category=category)

    return rule


def _neither(role: Role) -> Rule:
    return _hop("NP", role, 1.0)


@cache
def _rules() -> dict[tuple[str, str], Rule]:
    """(category, category) -> what they make together."""
    rules: dict[tuple[str, str], Rule] = {
        # relations with their ends
        ("R", "OF"): _as("RO", of="left"), ("R", "BY"): _as("RB", of="left"), ("R", "PREP"): _as("RP", of="left"),
        ("RO", "S"): _hop("S", "of", 1.0), ("RB", "S"): _hop("P", "by", 1.0), ("RP", "S"): _hop("P", "after", 1.0),
        ("R", "S"): _object_or_title, ("S", "R"): _subject_or_compound,
        ("S", "POSS"): _as("SP", of="left"), ("SP", "R"): _hop("S", "of", 1.0, phrase="right"),
        ("S", "RP"): _hop("P", "subject", 0.97, phrase="right"),
        ("R", "K"): _absorbed, ("K", "R"): _wh_relation, ("K", "K"): _kind_of_kind,
        ("HM", "K"): _counted, ("HM", "R"): _counted, ("HM", "S"): _counted,
        ("PREP", "K"): _wh_only("K"), ("PREP", "R"): _wh_only("R"), ("BY", "K"): _wh_only("K"),
        ("OF", "K"): _wh_only("K"), ("OF", "R"): _wh_only("R"),
        # forms of "to be", "to do", "to have"
        ("BE", "R"): _as("R"), ("BE", "P"): _as("P"), ("BE", "NP"): _as("NP"), ("BE", "RB"): _as("RB"),
        ("BE", "RO"): _as("RO"), ("BE", "RP"): _as("RP"),
        ("BE", "S"): _as("BS"), ("S", "BE"): _as("SB", of="left"), ("BE", "NOT"): _as("BN"),
        ("BN", "S"): _as("SBN"), ("S", "BN"): _as("SBN", of="left"), ("BN", "P"): _as("NP"), ("BN", "R"): _as("NR"),
        ("DO", "S"): _as("SD"), ("S", "DO"): _as("SD", of="left"), ("DO", "P"): _as("P"), ("DO", "R"): _as("R"),
        ("DO", "NOT"): _as("DN"), ("HAVE", "NOT"): _as("DN"), ("DN", "S"): _as("SDN"), ("S", "DN"): _as("SDN", of="left"),
        ("DN", "P"): _as("NP"), ("DO", "NP"): _as("NP"),
        ("HAVE", "R"): _as("R", 0.97), ("HAVE", "P"): _as("P", 0.97), ("HAVE", "S"): _first_of(_has, _as("BS", 0.4)),
        ("PREP", "S"): _as("pS"), ("NOT", "pS"): _as("NS"), ("AND", "pS"): _as("aS"), ("OR", "pS"): _as("oS"),
        ("OF", "S"): _as("pS"), ("BY", "S"): _as("pS"), ("BUT", "pS"): _as("aS"),
        ("R", "oP"): _first_verb_too, ("R", "aP"): _first_verb_too, ("RP", "oP"): _first_verb_too,
        ("RP", "aP"): _first_verb_too,
        ("SD", "R"): _hop("P", "subject", 1.0, phrase="right"), ("SD", "RP"): _hop("P", "subject", 1.0, phrase="right"),
        ("SDN", "R"): _negated("NP"), ("SDN", "RP"): _negated("NP"),
        ("SD", "HAVE"): _as("SH", of="left"), ("S", "HAVE"): _as("SH", of="left"),
        ("SH", "R"): _wh_hop("of", phrase="right"), ("R", "SH"): _wh_hop("of"), ("R", "BS"): _wh_hop("of"),
        ("SB", "R"): _first_of(_called, _wh_hop("of", phrase="right")),
        **{(be, r): _called for be in ("SB", "BS", "SBN") for r in ("RO", "RB", "RP")},
        **{(be, "R"): _called for be in ("BS", "SBN")},
        ("BS", "PREP"): _as("BS", 0.95, of="left"), ("SB", "PREP"): _as("SB", 0.95, of="left"),
        # kinds and what is said of them
        ("K", "S"): _titled, ("K", "P"): _limited, ("K", "NP"): _limited, ("THAT", "P"): _as("P", 0.99), ("THAT", "NP"): _as("NP", 0.99),
        ("PREP", "THAT"): _as("THAT", 0.9), ("P", "K"): _limited_behind, ("K", "BS"): _derived("S"),
        ("SB", "K"): _derived("S", 0.9), ("K", "OF"): _as("KO", of="left"), ("KO", "S"): _derived("S", 0.95),
        ("K", "BY"): _as("KB", of="left", word="by"), ("K", "PREP"): _as("KB", of="left"), ("KB", "S"): _unnamed,
        ("WHOSE", "R"): _as("WR"), ("WR", "BS"): _hop("P", "whose", 1.0), ("WR", "P"): _hop("P", "whose", 1.0),
        ("WR", "S"): _hop("P", "whose", 0.7),
        # the same, together
        ("SHARE", "R"): _share, ("HAVE", "SR"): _as("SR"), ("BE", "SR"): _as("SR"), ("R", "COMMON"): _as("SR", of="left"),
        ("BY", "SR"): _as("SR", 0.95), ("R", "SR"): _shared_by, ("PREP", "SR"): _as("SR", 0.95), ("SR", "K"): _as("SR", 0.8, of="left"),
        **{("SR", preposition): _as("SRP", of="left") for preposition in ("PREP", "OF", "BY")},
        ("SRP", "S"): _same("P"), ("S", "SR"): _same("P"), ("SR", "S"): _same("P"),
        ("SHARE", "SHARE"): _as("SHARE"), ("SHARE", "SR"): _as("SR"), ("SHARE", "K"): _as("SK"), ("RP", "SK"): _as("RT", 0.95, of="left"),
        ("R", "TOG"): _as("RT", of="left"), ("RT", "PREP"): _as("RT", of="left"), ("RT", "S"): _same("P"), ("S", "RT"): _same("P"),
        ("TOG", "PREP"): _as("TOG", of="left"),
        # statements
        ("S", "P"): _statement, ("S", "NP"): _statement, ("BS", "P"): _statement, ("SD", "P"): _statement,
        ("BS", "S"): _statement, ("S", "BS"): _statement, ("SB", "P"): _statement,
        # not, and, or
        ("NOT", "P"): _as("NP"), ("NOT", "S"): _as("NS"), ("NOT", "R"): _as("NR"), ("NR", "S"): _neither("object"),
        ("NR", "OF"): _as("NRO", of="left"), ("NR", "BY"): _as("NRB", of="left"), ("NR", "PREP"): _as("NRP", of="left"),
        ("NRO", "S"): _neither("of"), ("NRB", "S"): _neither("by"), ("NRP", "S"): _neither("after"),
        ("R", "NS"): _neither("object"), ("RO", "NS"): _neither("of"), ("RB", "NS"): _neither("by"),
        ("RP", "NS"): _neither("after"),
        ("P", "aP"): _join("and"), ("P", "oP"): _join("or"), ("P", "aNP"): _join("minus"), ("NP", "aP"): _second_without_first,
        ("NP", "aNP"): _both_negated, ("NP", "oNP"): _both_negated,
        ("S", "aS"): _join("and"), ("S", "oS"): _join("or"), ("S", "mS"): _join("minus"), ("S", "cS"): _listed, ("L", "cS"): _listed,
        ("L", "aS"): _list_ended, ("L", "oS"): _list_ended,
        ("P", "mS"): _said_of_others, ("P", "aS"): _said_of_others, ("P", "oS"): _said_of_others,
        ("S", "aNP"): _statement_without, ("S", "aP"): _statement_joined,
        ("AND", "NS"): _as("mS"), ("BUT", "NS"): _as("mS"), ("EXC", "S"): _as("mS"), ("COMMA", "NS"): _as("mS"),
        ("COMMA", "S"): _as("cS", 0.98),
    }  # fmt: skip
    for little in ("AND", "BUT"):
        rules |= {(little, "P"): _as("aP"), (little, "NP"): _as("aNP"), (little, "S"): _as("aS")}
    rules |= {("OR", "P"): _as("oP"), ("OR", "S"): _as("oS"), ("OR", "NP"): _as("oNP")}
    for ready in ("aP", "oP", "aNP", "oNP", "aS", "oS", "mS", "P", "NP"):
        rules["COMMA", ready] = _as(ready, 0.99)
    return rules


def _wh_only(category: str) -> Rule:
    """ "in which years": the preposition adds nothing."""

    def rule(left: Item, right: Item) -> Iterator[Item]:
        if right.wh:
            yield replace(right, category=category, score=left.score * right.score * 0.98)

    return rule


def _wh_hop(role: Role, *, phrase: str = "left") -> Rule:
    """ "what genre is F": the noun asks."""
    hop = _hop("S", role, 0.95, phrase=phrase)

    def rule(left: Item, right: Item) -> Iterator[Item]:
        if (left if phrase == "left" else right).wh:
            yield from hop(left, right)

    return rule


def _share(left: Item, right: Item) -> Iterator[Item]:
    """ "share a director"; "share a border", which is a relation by itself."""
    phrase = _phrase(right)
    score = left.score * right.score
    if (root("share"), *map(root, phrase.words)) in phrases():
        yield Item("R", phrase, score)
    else:
        yield Item("SR", phrase, score, wh=right.wh)


def _shared_by(left: Item, right: Item) -> Iterator[Item]:
    """ "directed by the same director (as F)"."""
    one, other = _phrase(left), _phrase(right)
    yield Item("SR", Phrase((*one.words, *other.words)), left.score * right.score * 0.9)


def _statement_without(left: Item, right: Item) -> Iterator[Item]:
    """ "the films that Scott directed but that do not star Weaver"."""
    if not isinstance(_set(left), (Given, Kind)):
        yield Item("S", joined("minus", _set(left), _set(right)), left.score * right.score * 0.97, wh=left.wh)


def _statement_joined(left: Item, right: Item) -> Iterator[Item]:
    """ "the films that Scott directed and that star Weaver"."""
    if not isinstance(_set(left), (Given, Kind)):
        yield Item("S", joined("and", _set(left), _set(right)), left.score * right.score * 0.97, wh=left.wh)
