"""The rules of the grammar: what two readings that stand side by side say together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agents.knowledge.item import Item, Rule, phrase_of, set_of
from agents.knowledge.meaning import Given, Hop, Join, Kind, Limit, Meaning, Not, Same, Test, inside, joined, with_other
from agents.knowledge.verbs import Phrase, Role
from agents.knowledge.words import GETS, GIVES, NOUNS, phrases, root


def hop_rule(category: str, role: Role, weight: float, *, phrase: str = "left") -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        said, given = (left, right) if phrase == "left" else (right, left)
        words = phrase_of(said)
        score = left.score * right.score * weight
        if words.co:
            yield Item(category, Same(words, set_of(given)), score, wh=said.wh)
            return
        yield Item(category, Hop(words, set_of(given), role), score, wh=said.wh or given.wh)
        if said.word == "with" and role == "after":
            yield Item(category, Same(words, set_of(given)), score * 0.75)

    return rule


def as_rule(category: str, weight: float = 1.0, *, of: str = "right", wh: bool | None = None, word: str = "") -> Rule:
    """One of the two carries the meaning, the other only its form."""

    def rule(left: Item, right: Item) -> Iterator[Item]:
        kept, other = (right, left) if of == "right" else (left, right)
        asked = kept.wh or other.wh if wh is None else wh
        yield Item(category, kept.meaning, left.score * right.score * weight, word or other.word or kept.word, asked)

    return rule


def first_of(*rules: Rule) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        for each in rules:
            yield from each(left, right)

    return rule


def called(left: Item, right: Item) -> Iterator[Item]:
    """As in "X is the director of", "X was written by", "X is located in": the thing is called by a noun, or
    something is
    done to it.
    """
    words = phrase_of(right)
    score = left.score * right.score
    negated = left.category == "SBN"
    category = "NP" if negated else "P"
    given = set_of(left)
    if words.co:
        yield Item(category, Same(words, given), score)
        return
    if right.category == "RB":
        yield Item(category, Hop(words, given, "patient"), score)
        return
    made_of = words.participle and (right.category == "RO" or words.words[-1] == "of")
    if made_of or right.category == "RO":  # "is made of", "is composed of" run like "contains"
        yield Item(category, Hop(words, given, "subject" if made_of else "called"), score)
        return
    verbal = (words.participle or words.gerund) and not words.agent
    roles: tuple[tuple[Role, float], ...] = (
        (("patient", 0.97), ("subject", 0.6)) if verbal else (("called", 0.9), ("patient", 0.5), ("subject", 0.4))
    )
    for role, weight in roles:
        yield Item(category, Hop(words, given, role), score * weight)


def object_or_title(left: Item, right: Item) -> Iterator[Item]:
    """As in "directed Alien"; "the director Scott"."""
    words, given = phrase_of(left), set_of(right)
    score = left.score * right.score
    noun = words.agent and not words.participle
    if words.co:
        yield Item("P", Same(words, given), score * 0.8, wh=right.wh)
        return
    if not left.wh:
        yield Item("P", Hop(words, given, "object"), score * (0.5 if noun else 1.0), wh=right.wh)
    if isinstance(given, Given) and noun and not left.wh and not given.kind and given.title is None:
        yield Item("S", replace(given, title=words), score * 0.95)


def titled(left: Item, right: Item) -> Iterator[Item]:
    """As in "the film Alien"; "which biological materials": those of that kind."""
    given = set_of(right)
    kind = set_of(left)
    assert isinstance(kind, Kind)
    alone = isinstance(given, Given) and given.title is None and not given.kind and not given.mention.quoted
    if alone and left.wh and not kind.words:
        members: Meaning = Hop(Phrase(("isa",)), given, "object")
        held = Limit(kind, members) if kind.count else members
        yield Item("S", held, left.score * right.score * 0.8, wh=True)
    if isinstance(given, Given) and not left.wh and not given.kind and given.title is None:
        yield Item("S", replace(given, kind=kind.words), left.score * right.score * 1.05)


THAT = ("that", "which", "who", "whom", "where", "when")
DONE = "…ed"  # "nacre enabled", which after "is" would be "is nacre enabled" and mean something else


def is_said(left: Item, right: Item) -> Iterator[Item]:
    """As in "is part of F"."""
    weight = 0.4 if right.word == DONE else 1.0
    yield Item("P", right.meaning, left.score * right.score * weight, wh=left.wh or right.wh)


def subject_or_compound(left: Item, right: Item) -> Iterator[Item]:
    """As in "Scott directed"; "the Alien director"."""
    words, given = phrase_of(right), set_of(left)
    score = left.score * right.score
    if right.wh:
        return
    noun = words.agent and not words.participle
    said: Meaning = Same(words, given) if words.co else Hop(words, given, "subject")
    yield Item("P", said, score * (0.45 if noun else 1.0), DONE if words.participle else "")
    if not words.participle and not words.gerund:
        meaning: Meaning = Same(words, given) if words.co else Hop(words, given, "of")
        yield Item("S", meaning, score * (0.85 if noun else 0.5))


def limited(left: Item, right: Item) -> Iterator[Item]:
    """As in "countries" and "border France"."""
    kind = set_of(left)
    assert isinstance(kind, Kind)
    said: Meaning = Not(set_of(right)) if right.category == "NP" else set_of(right)
    kind = replace(kind, head=kind.head or left.wh or right.word in THAT) if kind.words else kind
    weight = 1.0 if left.wh else 0.98
    yield Item("S", Limit(kind, said), left.score * right.score * weight, wh=left.wh)


def limited_behind(left: Item, right: Item) -> Iterator[Item]:
    """As in "Scott directed which films", "Scott written films"."""
    kind = set_of(right)
    assert isinstance(kind, Kind)
    meaning = set_of(left)
    prenominal = isinstance(meaning, Hop) and meaning.phrase.participle
    weight = 1.0 if right.wh else 0.75 if prenominal else 0.5
    yield Item("S", Limit(kind, meaning), left.score * right.score * weight, wh=right.wh)


def statement(left: Item, right: Item) -> Iterator[Item]:
    """As in "France borders Spain"; or, of things that are asked for, "which films that Scott directed star Weaver"."""
    score = left.score * right.score
    first, second = set_of(left), set_of(right)
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


def join_rule(how: str) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        category = "S" if left.category in ("S", "L") else "P"
        parts = (set_of(left), set_of(right))
        if isinstance(parts[0], Kind) or isinstance(parts[1], Kind):
            return
        uneven = category == "S" and how != "minus" and _plain(parts[0]) != _plain(parts[1])
        score = left.score * right.score * (0.6 if uneven else 1.0)
        yield Item(category, joined(how, *parts), score, wh=left.wh)  # type: ignore[arg-type]

    return rule


def _plain(meaning: Meaning) -> bool:
    """Whether it is names alone."""
    return isinstance(meaning, Given) or (isinstance(meaning, Join) and all(map(_plain, meaning.parts)))


def but_not(left: Item, right: Item) -> Iterator[Item]:
    """As in "France but not Spain"; of what is said of things it is the saying that is negated, see
    `said_of_others`.
    """
    even = 1.0 if _plain(set_of(left)) == _plain(set_of(right)) else 0.3
    for item in join_rule("minus")(left, right):
        yield replace(item, score=item.score * even)


def left_out(left: Item, right: Item) -> Iterator[Item]:
    """As in "the neighbours of France except Spain"."""
    for item in join_rule("minus")(left, right):
        yield replace(item, score=item.score * (0.3 if _plain(set_of(left)) else 1.0))


def both_negated(left: Item, right: Item) -> Iterator[Item]:
    yield Item("NP", joined("or", set_of(left), set_of(right)), left.score * right.score)


def second_without_first(left: Item, right: Item) -> Iterator[Item]:
    yield Item("P", joined("minus", set_of(right), set_of(left)), left.score * right.score)


def said_of_others(left: Item, right: Item) -> Iterator[Item]:
    """As in "border France" and "but not Spain", "border France" and "and Spain"."""
    whole = set_of(left)
    other = with_other(whole, set_of(right))
    if other is None or not isinstance(set_of(right), (Given, Join)):
        return
    how = {"mS": "minus", "aS": "and", "oS": "or"}[right.category]
    yield Item(left.category, joined(how, whole, other), left.score * right.score * 0.95, wh=left.wh)  # type: ignore[arg-type]


def first_verb_too(left: Item, right: Item) -> Iterator[Item]:
    """As in "increases or leads to toughness": both verbs have the second one's object."""
    said = set_of(right)
    if isinstance(said, Hop):
        first = Hop(phrase_of(left), said.of, "after" if left.category == "RP" else "object")
        how = {"aP": "and", "oP": "or"}[right.category]
        yield Item("P", joined(how, first, said), left.score * right.score * 0.9)  # type: ignore[arg-type]


def has_rule(left: Item, right: Item) -> Iterator[Item]:
    """As in "have toughness"."""
    meaning = set_of(right)
    if not isinstance(meaning, Kind):
        yield Item("P", Hop(Phrase(("have",)), meaning, "object"), left.score * right.score * 0.9)


def listed(left: Item, right: Item) -> Iterator[Item]:
    even = 1.0 if _plain(set_of(left)) == _plain(set_of(right)) else 0.4
    yield Item("L", joined("and", set_of(left), set_of(right)), left.score * right.score * even)


def list_ended(left: Item, right: Item) -> Iterator[Item]:
    how = "and" if right.category == "aS" else "or"
    listed = set_of(left)
    parts = listed.parts if isinstance(listed, Join) else (listed,)
    even = 1.0 if _plain(parts[-1]) == _plain(set_of(right)) else 0.4
    yield Item("S", Join(how, (*parts, set_of(right))), left.score * right.score * even)  # type: ignore[arg-type]


def same_rule(category: str) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        said, given = (left, right) if isinstance(left.meaning, Phrase) else (right, left)
        yield Item(category, Same(phrase_of(said), set_of(given)), left.score * right.score, wh=given.wh)

    return rule


def derived(category: str, weight: float = 1.0) -> Rule:
    """As in "what is the genre of F": the set as it is, unless it is a mere name."""

    def rule(left: Item, right: Item) -> Iterator[Item]:
        kind, kept = (left, right) if left.category == "K" else (right, left)
        meaning = set_of(kept)
        if kind.wh and any(isinstance(part, (Hop, Same)) for part in inside(meaning)):
            asked = set_of(kind)
            assert isinstance(asked, Kind)
            held = meaning if asked == Kind() else Limit(asked, meaning)
            yield Item(category, held, left.score * right.score * weight, wh=True)

    return rule


def unnamed(left: Item, right: Item) -> Iterator[Item]:
    """As in "films by Scott", "films for the writer of Alien": the relation is only hinted at by the preposition."""
    kind, given = set_of(left), set_of(right)
    assert isinstance(kind, Kind)
    score = left.score * right.score
    if isinstance(given, Given) and given.title is not None:
        yield Item("S", Limit(kind, Hop(given.title, given, "whose")), score * 0.9, wh=left.wh)
    if isinstance(given, Hop) and not given.phrase.co:
        yield Item("S", Limit(kind, Hop(given.phrase, given, "whose")), score * 0.6, wh=left.wh)
    else:
        role: Role = "by" if left.word == "by" else "after"
        yield Item("S", Limit(kind, Hop(Phrase((left.word,)), given, role)), score * 0.8, wh=left.wh)


def kind_of_kind(left: Item, right: Item) -> Iterator[Item]:
    one, other = set_of(left), set_of(right)
    assert isinstance(one, Kind)
    assert isinstance(other, Kind)
    if not right.wh:
        kind = Kind((*one.words, *other.words), one.count or other.count, one.asks, left.wh)
        yield Item("K", kind, left.score * right.score * (1.0 if left.wh and not one.words else 0.8), wh=left.wh)


def wh_relation(left: Item, right: Item) -> Iterator[Item]:
    """As in "which languages"; "film director"."""
    kind = set_of(left)
    assert isinstance(kind, Kind)
    words = phrase_of(right)
    if words.words[0] in GIVES or words.words[0] in GETS:  # "what makes": a verb, and no noun
        return
    if left.wh and not kind.words:
        yield Item("R", replace(words, wh=True), left.score * right.score, wh=True, word="count" if kind.count else "")
    elif not left.wh and not words.participle and all(root(word) in NOUNS for word in kind.words):
        yield Item("R", words, left.score * right.score * 0.75)


def plain_noun(category: str, kept: str) -> Rule:
    """As in "the same film": an everyday noun adds nothing."""

    def rule(left: Item, right: Item) -> Iterator[Item]:
        kind, other = (left, right) if left.category == "K" else (right, left)
        meaning = set_of(kind)
        assert isinstance(meaning, Kind)
        if all(root(word) in NOUNS for word in meaning.words) and not kind.wh:
            held = left if kept == "left" else right
            yield Item(category, held.meaning, left.score * right.score * 0.85, other.word, other.wh)

    return rule


def absorbed(left: Item, right: Item) -> Iterator[Item]:
    """As in "wrote films (together with Ann)": the kind of thing adds nothing."""
    if not right.wh and not left.wh:
        yield Item("RK", left.meaning, left.score * right.score * 0.9, word=left.word)


def together_with(left: Item, right: Item) -> Iterator[Item]:
    """As in "co-wrote films with": the kind of thing adds nothing."""
    if phrase_of(left).co:
        yield Item("RT", left.meaning, left.score * right.score)


def counted(left: Item, right: Item) -> Iterator[Item]:
    meaning = right.meaning
    if isinstance(meaning, Kind):
        yield Item("K", replace(meaning, count=True, head=True), left.score * right.score, wh=True)
    elif isinstance(meaning, Phrase):
        yield Item("R", replace(meaning, wh=True), left.score * right.score, wh=True)
    elif meaning is not None and right.category == "S" and not isinstance(meaning, Given):
        yield Item("S", Limit(Kind(count=True), meaning), left.score * right.score, wh=True)


def negated(category: str) -> Rule:
    def rule(left: Item, right: Item) -> Iterator[Item]:
        for item in hop_rule("NP", "subject", 1.0, phrase="right")(left, right):
            yield replace(item, category=category)

    return rule


def neither(role: Role) -> Rule:
    return hop_rule("NP", role, 1.0)


def wh_only(category: str) -> Rule:
    """As in "in which years": the preposition adds nothing."""

    def rule(left: Item, right: Item) -> Iterator[Item]:
        if right.wh:
            yield replace(right, category=category, score=left.score * right.score * 0.98)

    return rule


def wh_hop(role: Role, *, phrase: str = "left") -> Rule:
    """As in "what genre is F": the noun asks."""
    hop = hop_rule("S", role, 0.95, phrase=phrase)

    def rule(left: Item, right: Item) -> Iterator[Item]:
        if (left if phrase == "left" else right).wh:
            yield from hop(left, right)

    return rule


def share_rule(left: Item, right: Item) -> Iterator[Item]:
    """As in "share a director"; "share a border", which is a relation by itself."""
    phrase = phrase_of(right)
    score = left.score * right.score
    if (root("share"), *map(root, phrase.words)) in phrases():
        yield Item("R", phrase, score)
    else:
        yield Item("SR", phrase, score, wh=right.wh)


def shared_by(left: Item, right: Item) -> Iterator[Item]:
    """As in "directed by the same director (as F)"."""
    one, other = phrase_of(left), phrase_of(right)
    yield Item("SR", Phrase((*one.words, *other.words)), left.score * right.score * 0.9)


def statement_without(left: Item, right: Item) -> Iterator[Item]:
    """As in "the films that Scott directed but that do not star Weaver"."""
    if not isinstance(set_of(left), (Given, Kind)):
        yield Item("S", joined("minus", set_of(left), set_of(right)), left.score * right.score * 0.97, wh=left.wh)


def statement_joined(left: Item, right: Item) -> Iterator[Item]:
    """As in "the films that Scott directed and that star Weaver"."""
    if not isinstance(set_of(left), (Given, Kind)):
        yield Item("S", joined("and", set_of(left), set_of(right)), left.score * right.score * 0.97, wh=left.wh)
