"""A question cut into what the grammar joins: names, nouns, words of relations, little words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from agents.knowledge.item import Item
from agents.knowledge.meaning import Given, Kind
from agents.knowledge.names import WEIGHT, Mention, Names, Unknown
from agents.knowledge.verbs import Lexicon, Phrase
from agents.knowledge.words import GENERIC, GETS, GIVES, PREPOSITIONS, Token, is_participle, phrases, root, tokens

MOST = 60  # words of a question that are read
_LITTLE: dict[str, str] = {
    **dict.fromkeys("is are was were be been being am 're".split(), "BE"),
    **dict.fromkeys("do does did can could may might will would shall should must".split(), "DO"),
    **dict.fromkeys("has have had having".split(), "HAVE"),
    **dict.fromkeys("share shares shared sharing same identical common".split(), "SHARE"),
    **dict.fromkeys("together jointly".split(), "TOG"),
    **dict.fromkeys("not never no n't cannot".split(), "NOT"),
    **dict.fromkeys("except excluding".split(), "EXC"),
    "of": "OF", "by": "BY", "'s": "POSS", "'": "POSS", "’": "POSS", "’s": "POSS", "and": "AND", "&": "AND", "or": "OR",
    "nor": "OR", "but": "BUT", "yet": "BUT", "without": "NOT", "neither": "NOT", "that": "THAT", "whose": "WHOSE",
    ",": "COMMA", ";": "COMMA", "while": "AND", "than": "PREP",
}  # fmt: skip
_TOGETHER: dict[str, str] = {  # words that are one little word together, parted by commas
    "EXC": "other than, apart from, aside from, except for, rather than",
    "AND": "as well as, in addition to, but also",
    "TOG": "along with, together with, alongside",
    "COMMON": "in common",
    "": "are there, is there, were there, not only, as well, at all, at least one, one another, each other",
    "HM": "how many, number of, count of, how much",
    "OF": "amongst, among",
    "BY": "due to, because of",
}
_LISTED_AS = "listed credited known named considered regarded recorded registered"
_RUNS = (
    *((tuple(run.split()), category) for category, runs in _TOGETHER.items() for run in runs.split(", ")),
    *(((word, "as"), "") for word in _LISTED_AS.split()),
)
_IDLE = frozenset(
    "a an the this these those all any some every each both either also too there me us please exactly currently "
    "ever once just only even really actually then else respectively different various certain "
    '? ! . : ( ) " “ ” « » ` … - – — * / [ ] { } total entire whole full complete known'.split()
)
_OTHERS = frozenset("also other another else same share shares shared sharing together jointly common".split())
_COMMANDS = re.compile(
    r"\s*(?:(?:please|kindly|now|so|and|ok|okay|hi|hello|hey|well|then)\b[\s,]*)*"
    r"(?:(?:can|could|would|will) you (?:please )?)?"
    r"(?:(?:i (?:want|would like|'d like|need|wish) to (?:know|find out|see|learn))|(?:do you know|tell me|let me know|"
    r"say|find out|find|list|name|give(?: me)?|show(?: me)?|identify|enumerate|return|print|provide(?: me with)?|"
    r"report|state|get(?: me)?|look up|determine|output|mention|figure out|retrieve|select|display|count))?"
    r"(?=\W|$)[\s:,]*(?:(?:me|us)\b\s*)?",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s*(?:please\s+)?count\b", re.IGNORECASE)
_EXISTS = re.compile(r"\s*(?:are|is|were|was)\s+there\b", re.IGNORECASE)
_NO_DOING = frozenset(
    "thing something anything everything building string spring wing king ring being painting".split()
)
WH = frozenset("what which who whom where when".split())


@dataclass(frozen=True)
class Chunks:
    """What the grammar gets. others: words that say that a thing itself is not among those like it."""

    cells: list[list[Item]]
    spans: dict[tuple[int, int], list[Item]]
    mentions: list[Mention]
    unknown: list[Unknown]
    others: bool
    words: list[str]  # what stands in the cells
    exists: bool  # "are there …"


def chunks(question: str, names: Names, lexicon: Lexicon, known: Collection[str] = ()) -> Chunks:
    """Cut the question. Little words that say nothing are left out. known: words that are known to name a relation."""
    counts = _COUNT.match(question) is not None
    head = _COMMANDS.match(question)
    start = head.end() if head is not None else 0
    toks = [t for t in tokens(question) if t.start >= start][:MOST]
    mentions, unknown = names.find(question, toks)
    mentions = [m for m in mentions if m.start >= start]
    others = any(t.low in _OTHERS for t in toks)
    kept = _kept(toks, mentions)
    proud = {at for m in mentions if not m.text.islower() for at in range(m.start, m.end)}
    cells = [_readings(word, lexicon, known, named=word.start in proud) for word in kept]
    if counts and cells:
        cells.insert(0, [Item("HM", None, 1.0, "count", True)])
        kept.insert(0, _Word("count", -1, -1, "HM"))
    spans = _compounds(kept, lexicon)
    named = {mention.at: mention for mention in mentions}
    if len(named) == 1:
        (only,) = named.values()
        for at, word in enumerate(kept):
            if word.low in ("it", "them", "him", "her", "they", "he", "she"):
                spans.setdefault((at, at + 1), []).append(Item("S", Given(only), 0.95))
    for mention in mentions:
        inside = [at for at, word in enumerate(kept) if mention.start <= word.start and word.end <= mention.end]
        if inside:
            item = Item("S", Given(mention), _weight(mention, question, kept[inside[0]], lexicon))
            spans.setdefault((inside[0], inside[-1] + 1), []).append(item)
    exists = _EXISTS.match(question) is not None
    return Chunks(cells, spans, mentions, unknown, others, [word.text for word in kept], exists)


def _compounds(kept: Sequence[_Word], lexicon: Lexicon) -> dict[tuple[int, int], list[Item]]:
    """Words that name a relation together: "next to", "economic aid"."""
    found: dict[tuple[int, int], list[Item]] = {}
    roots = [root(word.low) for word in kept]
    for first in range(len(kept)):
        for last in range(first + 2, min(len(kept), first + 4) + 1):
            words = tuple(word.low for word in kept[first:last])
            if any(word.category not in ("", "OF", "BY") for word in kept[first:last]):
                continue
            if tuple(roots[first:last]) in phrases() or _named_outright(Phrase(words), lexicon):
                found.setdefault((first, last), []).append(Item("R", Phrase(words), 1.05))
    return found


def _named_outright(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether several words that carry meaning are the name of a relation."""
    telling = [word for word in phrase.words if word not in PREPOSITIONS]
    return len(telling) > 1 and any(fit >= 0.9 for _, fit in lexicon.by_words(phrase))


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    category: str  # of a little word; "" for others; "NAME" for a quoted name
    co: bool = False

    @property
    def low(self) -> str:
        return self.text.casefold().replace("’", "'")


def _kept(toks: Sequence[Token], mentions: Sequence[Mention]) -> list[_Word]:
    """The words that count; a quoted name is one."""
    quoted = [m for m in mentions if m.quoted]
    named = {at for m in mentions if not m.quoted for at in range(m.start, m.end)}
    found: list[_Word] = []
    at = 0
    while at < len(toks):
        token = toks[at]
        inside = next((m for m in quoted if m.start <= token.start < m.end), None)
        if inside is not None:
            found.append(_Word(inside.text, inside.start, inside.end, "NAME"))
            while at < len(toks) and toks[at].start < inside.end:
                at += 1
            continue
        run = next(
            (
                (len(words), category)
                for words, category in _RUNS
                if tuple(t.low for t in toks[at : at + len(words)]) == words
            ),
            None,
        )
        if run is not None:
            if run[1]:
                found.append(_Word(token.text, token.start, toks[at + run[0] - 1].end, run[1]))
            at += run[0]
            continue
        if token.low == "co" and at + 1 < len(toks):
            skip = 2 if toks[at + 1].text in "-–" and at + 2 < len(toks) else 1
            word = toks[at + skip]
            found.append(_Word(word.text, token.start, word.end, "", co=True))
            at += skip + 1
            continue
        if token.low.endswith("n't") and len(token.low) > 3:
            stem = token.low[:-3]
            category = (
                "HAVE" if stem in ("has", "have", "had") else "BE" if stem in ("is", "are", "was", "were") else "DO"
            )
            found += [_Word(token.text, token.start, token.end, category), _Word("not", token.end, token.end, "NOT")]
            at += 1
            continue
        if token.low not in _IDLE or token.start in named:
            found.append(_Word(token.text, token.start, token.end, _LITTLE.get(token.low, "")))
        at += 1
    return _without_idle(found, mentions)


def _without_idle(words: list[_Word], mentions: Sequence[Mention]) -> list[_Word]:
    """Idle words stay where they stand inside a longer name ("The Matrix"), and go where they are the whole of it."""
    longer = {at for m in mentions if m.end - m.start > 4 or not m.text.islower() for at in range(m.start, m.end)}
    return [word for word in words if word.low not in _IDLE or (word.start in longer and word.category != "NAME")]


def _readings(word: _Word, lexicon: Lexicon, known: Collection[str], *, named: bool) -> list[Item]:
    """What a word may be. named: it is part of a name that is written like one."""
    low = word.low
    if word.category == "NAME":
        return []
    found: list[Item] = []
    if word.category:
        found.append(Item(word.category, None, 1.0, low, word.category == "HM"))
        if word.category == "SHARE" and low.startswith("share"):
            found += _open(word, lexicon, known)
        return found
    if low in WH:
        asks = "who" if low == "whom" else low if low in ("who", "where", "when") else ""
        found.append(Item("K", Kind(asks=asks), 1.0, low, True))
        if low in ("which", "who", "whom", "where", "when"):
            found.append(Item("THAT", None, 0.95, low))
        if low in ("where", "when"):
            found.append(Item("R", Phrase((low,), True), 0.9, wh=True))
        return found
    if low in ("lie", "lies", "stand", "stands", "sit", "sits", "remain", "remains", "become", "becomes"):
        found.append(Item("BE", None, 0.8, low))
    if low in GIVES or low in GETS:
        found.append(Item("LV" if low in GIVES else "RV", None, 0.95, low))
    if low == "between":
        return [Item("BETWEEN", None, 1.0, low)]
    if low in PREPOSITIONS or low == "than":
        found.append(Item("PREP", None, 1.0, low))
        if low in ("in", "with", "for", "from", "on", "about", "near"):
            found.append(Item("R", Phrase((low,)), 0.35))
        return found
    return found + [replace(item, score=item.score * 0.25) if named else item for item in _open(word, lexicon, known)]


def _open(word: _Word, lexicon: Lexicon, known: Collection[str] = ()) -> list[Item]:
    """A word that may name a relation or a kind of thing."""
    phrase = Phrase((word.low,), co=word.co)
    best = max((score for _, score in lexicon.by_words(phrase)), default=0.0)
    best = 1.0 if all(word in GENERIC for word in phrase.roots) or word.low in known else best
    best = max(best, 0.4) if lexicon.embeds else best
    said = 1.0 if best >= 0.5 else 0.85 if best >= 0.25 else 0.45
    items = [Item("R", phrase, said)]
    if not word.co:
        doing = is_participle(word.low) or (word.low.endswith("ing") and word.low not in _NO_DOING)
        items.append(Item("K", Kind((word.low,)), 0.25 if doing else 0.5 if best >= 0.5 else 0.9))
    return items


def _weight(mention: Mention, question: str, first: _Word, lexicon: Lexicon) -> float:
    """How likely the stretch is a name: everyday words in small letters seldom are."""
    weight = WEIGHT[mention.how]
    if mention.quoted:
        return weight * 1.2
    words = mention.text.split()
    if len(words) > 1:
        return weight * min(1.3, 1.0 + 0.1 * (len(words) - 1))
    low = mention.text.casefold()
    if low in _LITTLE or low in WH or low in PREPOSITIONS or low in _IDLE:
        return weight * (0.3 if mention.text[0].isupper() and mention.start > 0 else 0.02)
    if mention.text[0].isupper() and (mention.start > 0 or not lexicon.by_words(Phrase((low,)))):
        return weight
    spoken = max((score for _, score in lexicon.by_words(Phrase((low,)))), default=0.0)
    return weight * (0.45 if spoken >= 0.5 else 0.9)


def merged(lexicon: Lexicon) -> Callable[[Phrase, Phrase], float]:
    """How well two phrases speak of one relation."""

    def fit(one: Phrase, other: Phrase) -> float:
        if one is other:  # whether it speaks of any relation
            return max((score for _, score in lexicon.by_words(one)), default=0.0)
        words = (*one.words, *other.words)
        if (
            tuple(root(word) for word in words if word not in PREPOSITIONS) in phrases()
            or tuple(map(root, words)) in phrases()
        ):
            return 1.0
        first, second = dict(lexicon.by_words(one)), dict(lexicon.by_words(other))
        shared = [min(score, second[verb]) for verb, score in first.items() if verb in second]
        if shared and max(shared) >= 0.4:
            return 0.97
        if one.words[0] in ("where", "when") and second:
            return 0.9
        both = [score for _, score in lexicon.by_words(Phrase(words))]
        return 0.85 if both and max(both) >= 0.9 else 0.0

    return fit
