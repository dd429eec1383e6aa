"""What a question about a knowledge graph wants done, and the questions that have a form of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from agents.knowledge.names import Mention
from agents.knowledge.reader import Reader
from agents.knowledge.words import PREPOSITIONS, tokens
from graphs.store.query import Expression

# entities: which; count: how many; whether: are these among those; exists: is there one; why: the evidence of what is
# stated; between: how two are related; about: what is known of one; around: what lies near. size: how many
# entities there are in all, or relations.
Kind = Literal["entities", "count", "whether", "exists", "why", "between", "about", "around", "size"]

_AS_OF = re.compile(
    r"[\s,]*\b(?:(?:as (?:of|it (?:was|stood) (?:after|at|in|by))|(?:back )?(?:at|in)|after|by|up to|until|"
    r"since)\s+(?:the end of\s+)?"
    r"(?:growth )?step|before(?P<before>)\s+step)\s*(?:number\s*|no\.?\s*|#\s*)?(?P<step>\d{1,9})\b[\s,]*",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\s*(?:why|how (?:do|can|did) (?:you|we|i) know(?: that)?|how (?:is|was) it known that|how come(?: that)?|"
    r"(?:what|which) (?:is |are )?(?:the )?(?:evidence|proofs?|support|sources?|grounds?|reasons?|documents?|texts?|"
    r"passages?|sentences?|quotes?)(?: (?:is|are) there)?(?: (?:for|of|behind|that|to|say(?:s|ing)?|states?|shows?|"
    r"support(?:s|ing)?|"
    r"mentions?|prove[sd]?|believe|claim(?:s|ing)?))*|(?:what|who) (?:supports|says|shows|proves|states)(?: that)?|"
    r"where (?:does|did) (?:it|the (?:claim|fact|statement|information|idea|knowledge))? ?(?:come from|say|stand|"
    r"originate)(?: that)?|"
    r"where is it (?:written|stated|said|found)(?: that)?|on what (?:grounds|basis)|says who(?: that)?|"
    r"(?:show|give|quote|cite|list)(?: me)? (?:the |all |any )*(?:evidence|sources?|quotes?|proof|grounds)(?: (?:for|"
    r"of|that|to))*)\b[\s,:]*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*where (?:does|did|do) (?P<rest>.+?) come from\W*$", re.IGNORECASE)
_FACT = re.compile(
    r"\b(?:the )?(?:fact|claim|statement|relation|idea|assertion|belief)s? that\b|\bthat\b", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\s*(?:how|in what ways?|by what|through what|via what|explain|describe|show|trace)\b"
    r"|.*\b(?:relation|relationship|connection|link|path|chain|route|association)s?\s+"
    r"(?:(?:is|are|do|does|can|there|holds?|exists?|stands?) ){0,2}"
    r"(?:between|from|of|linking|joining|connecting)\b"
    r"|\s*what (?:connects|links|joins|ties|relates)\b|relation\b",
    re.IGNORECASE,
)
_BETWEEN_WORDS = frozenset(
    "how what which way ways is are was were do does did the a an of in by through via between and with to from "
    "explain describe show find trace give tell me list relate related relates relation relations relationship "
    "relationships connect connected connects connection connections link links linked path paths chain chains "
    "route leads lead get tied association associated there any one each other both join joins joined together us "
    "hold holds stand exist exists please can you all direct directly indirectly ? . , ! : why why explanation "
    "explained step steps".split()
)
_ABOUT = re.compile(
    r"\s*(?:what (?:is|are|do (?:you|we) know|does the (?:graph|store) (?:say|know)|facts? (?:are|is) (?:there|"
    r"known)|can you (?:say|tell me))"
    r"(?: (?:there|all|known|said|stored|recorded))*(?: about| of| on)?|who (?:is|was)|tell me(?: (?:all|everything|"
    r"more|something))?(?: you know)? about|"
    r"describe|(?:show|list|give)(?: me)?(?: all| the| every)* (?:facts?|relations?|knowledge|information|"
    r"everything)(?: (?:known|there is|we have))?"
    r"(?: about| of| on| for| with| involving| mentioning)?|(?:everything|all|facts) (?:known |there is )?about|"
    r"define|summari[sz]e)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(?:within|at most|up to|no more than|in)\s+(?P<hops>\d|one|two|three|four|five)\s*[- ]?(?:hops?|steps?|"
    r"relations?|links?|edges?)\b(?: away)?(?: (?:of|from))?|"
    r"\b(?P<neighbours>neighbou?r(?:s|hood)?|surroundings?|vicinity)\b|\b(?P<around>surrounds?|around|close to|near)\b",
    re.IGNORECASE,
)
_AROUND_WORDS = frozenset(
    "what which who is are lies lie the a an of to from within at most up no more than in hops hop steps step "
    "relations relation links link edges edge away neighbours neighbors neighbour neighbor neighbourhood "
    "neighborhood surrounding surroundings vicinity surrounds surround around close near list show give me all "
    "entities entity things nodes node concepts find name everything that can be reached reach direct directly "
    "immediate its one two three four five there ? . , ! : 's s how many count number do does have 1 2 3 4 5 6 7 8 "
    "9".split()
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True)
class Request:
    """What to do. of: the entities asked about, for `why` the two ends. certainty: how sure it is that this was
    meant.
    """

    kind: Kind
    query: Expression | None = None
    of: tuple[int, ...] = ()
    left: Expression | None = None
    hops: int = 1
    certainty: float = 1.0
    notes: tuple[str, ...] = ()
    source: Literal["words", "embeddings", "model", "notation"] = "words"


@dataclass(frozen=True)
class Past:
    """A question about an earlier moment: the step, and the question without that part."""

    step: int
    question: str


def past(question: str) -> Past | None:
    """The moment that a question speaks of: "as of step 5", "before step 5".

    >>> past("As of step 12, what does silk enable?")
    Past(step=12, question='what does silk enable?')
    """
    match = _AS_OF.search(question)
    if match is None:
        return None
    step = int(match["step"]) - (match["before"] is not None)
    rest = f"{question[: match.start()]} {question[match.end() :]}".strip()
    return Past(step, rest)


def statement_of(question: str) -> str | None:
    """What is stated in a question for evidence; None for other questions."""
    match = _FROM.match(question)
    if match is not None:
        return _FACT.sub(" ", match["rest"], count=1).strip()
    match = _WHY.match(question)
    if match is None:
        return None
    rest = _FACT.sub(" ", question[match.end() :], count=1).strip(" ?.!,:")
    return rest or None


def of_own_form(question: str, reader: Reader) -> Request | None:
    """A question for how two are related, for what is known of one, or for what lies around it."""
    mentions = _longest(reader.names.find(question, tokens(question))[0])
    if any(len(mention.at) != 1 for mention in mentions) or not mentions:
        return None
    rest = _outside(question, mentions)
    ids = tuple(dict.fromkeys(int(reader.facts.entity_ids[mention.at[0]]) for mention in mentions))
    notes = tuple(
        f"took {m.text!r} as {reader.facts.labels[m.at[0]][:80]!r}" for m in mentions if m.how in ("part", "close")
    )
    certainty = 0.85 if notes else 1.0
    if len(ids) == 2 and _BETWEEN.match(question) and set(rest) <= _BETWEEN_WORDS and not _asks_whether(question):
        return Request("between", of=ids, certainty=certainty, notes=notes)
    if len(ids) != 1:
        return None
    about = _ABOUT.match(question)
    if (
        about is not None
        and about.end() <= mentions[0].start
        and not set(rest[_count(question[: about.end()]) :]) - _IDLE
    ):
        return Request("about", of=ids, certainty=certainty, notes=notes)
    around = _AROUND.search(question)
    if around is not None and set(rest) <= _AROUND_WORDS and not _known_verb(around, reader):
        said = around["hops"]
        hops = 1 if said is None else _NUMBERS.get(said.casefold()) or int(said)
        found = Request("around", of=ids, hops=max(1, hops), certainty=certainty, notes=notes)
        return replace(found, notes=(*notes, f"relations count in either direction, up to {hops} of them"))
    return None


_IDLE = frozenset("the a an ? . ! , : ; about of on in this graph store me please 's".split())


def _asks_whether(question: str) -> bool:
    return re.match(r"\s*(?:is|are|was|were|does|do|did)\b", question, re.IGNORECASE) is not None


def _known_verb(match: re.Match[str], reader: Reader) -> bool:
    """Whether a verb of the graph is meant by the word: "neighbours" where countries have the relation `neighbor`."""
    from agents.knowledge.verbs import Phrase

    word = match["neighbours"] or match["around"]
    if word is None:
        return False
    return any(fit >= 0.5 for _, fit in reader.lexicon.by_words(Phrase((word.casefold(),))))


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Mentions that stand in no other one; everyday little words are none."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        low = mention.text.casefold()
        if low in PREPOSITIONS or low in _BETWEEN_WORDS or low in _AROUND_WORDS or low in _IDLE:
            continue
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _outside(question: str, mentions: list[Mention]) -> list[str]:
    toks = tokens(question)
    return [t.low for t in toks if not any(m.start <= t.start < m.end for m in mentions) and t.text not in "[]\"“”'`«»"]


def _count(text: str) -> int:
    return len(tokens(text))
