"""What an English sentence says by itself: subject, verb and object, told by word classes and order.

For sentences of which a small model wrote something that could not be used. Open information extraction by a few rules
(in the manner of ReVerb, Fader et al. 2011, and ClausIE, Del Corro and Gemulla 2013); what they do not know for sure
they leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from agents.growing.sentences.predicates import predicates, verb_end
from agents.growing.sentences.tagged import (
    AUXILIARY,
    CLAUSE_ENDS,
    DEMONSTRATIVE,
    DETERMINERS,
    LEADS,
    NEGATION,
    NOUNS,
    OWNERS,
    PRONOUNS,
    RELATIVE,
    VERBS,
    Token,
    tagged,
)

_DROPPED = frozenset("a an the this these those that such each every all".split())  # at the beginning of a subject
_JOINS = frozenset("and while whereas but".split())  # behind a comma, two clauses
_CONDITIONS = frozenset("if unless whether".split())  # what is said holds only then
_SPEAKER = re.compile(r"(?:i|me|my|mine)(?:['’]\w+)?").fullmatch
_LONGEST_SUBJECT = 9  # words
_MOST_WORDS = 60  # of a sentence; longer ones are lists or no prose


class Clause(NamedTuple):
    """Parts of a sentence, as they stand in it; the object may be cut short."""

    subject: str
    verb: str
    object: str


def clauses(sentence: str) -> list[Clause]:
    """What a sentence says of its subject, and of the subject of a clause that "and" or "while" joins to it.

    Empty where unsure, without TextBlob, and for questions, speech, negations, conditions, and subjects that are
    pronouns or somebody's.
    """
    tokens = tagged(sentence)
    if not 3 <= len(tokens) <= _MOST_WORDS or "?" in sentence or sentence.lstrip()[:1] in "\"“‘'«":
        return []
    if sum(sentence.count(mark) for mark in '"“”') % 2 or any(_SPEAKER(token.plain) for token in tokens):
        return []
    if tokens[0].plain == "without" or any(token.plain in _CONDITIONS for token in tokens):
        return []
    found: list[Clause] = []
    first = 0
    for at in range(len(tokens) + 1):
        joins = at < len(tokens) - 1 and tokens[at].plain in (",", ";") and tokens[at + 1].plain in _JOINS
        if (joins or at == len(tokens)) and (said := _without_lead(sentence, tokens[first:at])):
            found += said
            first = at + 2
    return found


def _without_lead(sentence: str, tokens: Sequence[Token]) -> list[Clause]:
    """The clauses of the tokens, without what leads up to them ("In 1962, …")."""
    if not tokens:
        return []
    first = tokens[0]
    if first.plain not in LEADS and first.tag not in ("RB", "VBN", "VBG", "IN"):
        return _main(sentence, tokens)
    for at, token in enumerate(tokens):
        behind = tokens[at + 1 :]
        if token.plain == "," and behind and behind[0].tag not in VERBS | {"VBG"}:
            said = _main(sentence, behind)
            if said and "," not in said[0].subject:
                return said
    return _main(sentence, tokens) if first.tag == "VBG" else []


def _main(sentence: str, tokens: Sequence[Token]) -> list[Clause]:
    if len(tokens) < 3 or tokens[0].plain in LEADS:
        return []
    subject_end: int | None = None  # where a relative clause or an insertion follows the subject
    relative = False
    at = 1
    while at < len(tokens) - 1:
        token = tokens[at]
        closed = _closing(tokens, at) if token.plain == "," else None
        if token.plain in RELATIVE and tokens[at - 1].tag != "IN":
            subject_end = subject_end or at
            relative = not _verb_follows(tokens, at)
            at = at if relative else verb_end(tokens, at + 1) - 1
        elif closed is not None:
            subject_end = subject_end or at
            return _clause(sentence, tokens, subject_end, closed)
        elif _finite(tokens, at, tokens[(subject_end or at) - 1], ends=sentence.rstrip()[-1:] in ".!"):
            if not relative:
                return _clause(sentence, tokens, subject_end or at, at)
            relative = False
            at = verb_end(tokens, at) - 1
        at += 1
    return []


def _verb_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a relative pronoun is the subject of its clause."""
    return at + 2 < len(tokens) and (tokens[at + 1].plain in AUXILIARY or tokens[at + 1].tag in VERBS)


def _closing(tokens: Sequence[Token], comma: int) -> int | None:
    """The verb behind the comma that closes an insertion; None where there is none."""
    for at in range(comma + 2, len(tokens) - 2):
        if tokens[at].plain == ",":
            verb = at + 1
            while verb < len(tokens) - 2 and tokens[verb].tag == "RB":
                verb += 1
            found, after = tokens[verb], tokens[verb + 1]
            finite = found.plain in AUXILIARY or found.tag in ("VBZ", "VBP", "VB", "VBD", "MD")
            return verb if finite or (found.tag in ("NN", "NNS") and after.plain in DETERMINERS) else None
    return None


def _finite(tokens: Sequence[Token], at: int, head: Token, *, ends: bool) -> bool:
    """Whether a verb stands here that makes what is before it its subject, of which `head` is the last word.

    ends: the sentence ends as sentences do, so there must be a verb.
    """
    token, after = tokens[at], tokens[at + 1]
    last = at - 1
    while last > 0 and tokens[last].tag == "RB":
        last -= 1
    before = tokens[last]
    head = before if head.tag == "RB" else head
    if not any(each.tag in NOUNS for each in tokens[: last + 1]):
        return False
    if token.plain in AUXILIARY:
        return before.plain not in DETERMINERS and before.plain not in ("to", "and", "or")
    if before.tag not in NOUNS or token.plain.endswith("ing"):
        return False
    several = head.tag in ("NNS", "NNPS") or (head.plain.endswith("s") and not head.plain.endswith("ss"))
    object_follows = after.plain in DETERMINERS
    only = ends and not any(each.plain in AUXILIARY or each.tag in VERBS - {"VBN"} for each in _same_clause(tokens, at))
    reduced = after.tag in ("IN", "TO")
    match token.tag:
        case "VBZ" | "VBP" | "MD":
            return True
        case "VBD":
            return not reduced or only
        case "VBN":
            return object_follows or only
        case "VB":
            return several
        case "NN":
            return several and (object_follows or (reduced and only))
        case "NNS":
            return not several and object_follows
    return False


def _same_clause(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """The words behind this one, up to those of another clause."""
    return takewhile(lambda token: token.plain not in CLAUSE_ENDS and token.plain not in (",", ";"), tokens[at + 1 :])


def _clause(sentence: str, tokens: Sequence[Token], subject_end: int, verb: int) -> list[Clause]:
    subject = list(tokens[:subject_end])
    while subject and (subject[-1].tag == "RB" or subject[-1].plain == ","):
        subject.pop()
    pointing = bool(subject) and subject[0].plain in DEMONSTRATIVE
    one_of = [token.plain for token in subject[:2]] == ["one", "of"]
    another = bool(subject) and subject[0].plain == "another"
    if one_of or another:
        del subject[: 2 if one_of else 1]
    determined = False
    while subject and subject[0].plain in _DROPPED:
        del subject[0]
        determined = True
    if not 0 < len(subject) <= _LONGEST_SUBJECT or (pointing and len(subject) == 1):
        return []
    if subject[0].plain in PRONOUNS | LEADS | OWNERS:
        return []
    if not determined and not any(token.tag in NOUNS for token in subject):
        return []
    foreign = AUXILIARY | NEGATION | CLAUSE_ENDS
    if any(token.plain in foreign or token.tag == "PRP" for token in subject) or not _one_or_list(subject):
        return []
    name = sentence[subject[0].start : subject[-1].end]
    said = [Clause(name, *rest) for rest in predicates(sentence, tokens, verb)]
    if one_of or another:  # "One of the planets is Mars": Mars is one of the planets
        _, verb_said, goal = said[0] if len(said) == 1 else ("", "", "")
        owned = goal.split(" ")[0].casefold() in OWNERS
        if verb_said not in ("is", "was") or owned or (goal.islower() and " " not in goal):
            return []
        return [Clause(goal, f"{verb_said} {'one of' if one_of else 'another'}", name)]
    return said


def _one_or_list(subject: Sequence[Token]) -> bool:
    """Whether commas in the subject part a list ("A, B, and C"), if there are any."""
    commas = [at for at, token in enumerate(subject) if token.plain == ","]
    joined = [at for at, token in enumerate(subject) if token.plain in ("and", "or")]
    return not commas or bool(joined and joined[-1] > commas[-1])
