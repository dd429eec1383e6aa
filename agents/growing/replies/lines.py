"""Facts as lines: number of the sentence | subject | relation | object.

Small models write such lines far better than JSON: half the tokens, and no falling into the rhythm of the first facts.
Where they leave a bar out, the clause is parted after its verb.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_NUMBER = re.compile(r"\W{0,3}(\d{1,4})\W{0,3}")
_BAR = re.compile(r"\s*[|¦]\s*")
_WORD = re.compile(r"\S+")
_LONGEST = 40  # characters of an object that is not cut
_VERB_WORDS = 5
_ENDS = re.compile(
    r"(?:[,;:(]| -| –| —)\s|\s(?:when|while|who|which|that|because|although|where|until|before|after|so|and|but|as)\s"
)
_HANGS_ON = re.compile(r"\s(?:by|from|in|on|at|for|to|with|into|through|during|within)\s")
_HELPERS = frozenset(
    """is are was were be been being am has have had do does did can could may might must shall should will would
    not never also often always usually typically commonly generally sometimes mostly mainly only still ever
    become becomes became remain remains""".split()
)
_COPULAS = frozenset("is are was were be been being am has have had become becomes became remain remains".split())
_PREPOSITIONS = frozenset(
    """of in on at to into onto by for from with without as through throughout between among under over against within
    across around about upon during toward towards after before near via like""".split()
)
_STARTS = frozenset(  # of a phrase that is no verb
    """a an the this these those that its their his her our your my it they he she we you i some many most few several
    each every all any one two three in on at by for from with to of if when while as after before because although
    despite during through""".split()
)
_ARTICLES = frozenset("a an the this these those its their his her our your my some many most".split())
_PRONOUNS = frozenset("it he she they we you i there this that what".split())
_RELATIVE = frozenset("that which who whom whose as and or but to".split())
_SUBJECT = 9  # words
_PARTICIPLE = re.compile(r"\w+(?:ed|en|wn|ade)|\w*(?:ght|ept|elt|ung|uck|ound|ent|told|sold|held|uilt|laid|made)", re.I)


@dataclass
class Lines:
    """What was read.

    facts: objects as in JSON replies. sentences: the numbers that lines began with. left: lines that could not be used,
    with the reason.
    """

    facts: list[dict[str, object]] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)
    repairs: Counter[str] = field(default_factory=Counter)
    left: list[tuple[str, str]] = field(default_factory=list)


def read_lines(text: str) -> Lines | None:
    """The facts of a reply that is made of lines with bars; None where it is not."""
    found = Lines()
    for line in text.splitlines():
        if not _BAR.search(line):
            continue
        fields = [part.strip(" *`\"'") for part in _BAR.split(line.strip().strip("|"))]
        fields = [part for part in fields if part]
        if all(set(part) <= set("-:") for part in fields) or [part.casefold() for part in fields[1:2]] == ["subject"]:
            continue  # the head of a table
        numbered = _NUMBER.fullmatch(fields[0])
        number = int(numbered[1]) if numbered else None
        found.sentences |= {number} if number is not None else set()
        _read(fields[1:] if numbered else fields, number, line.strip(), found)
    return found if found.facts or found.left else None


def _read(fields: list[str], sentence: int | None, line: str, found: Lines) -> None:
    if len(fields) >= 3 and _plain(fields[2]) in (_plain(f"{fields[0]} {fields[1]}"), _plain(fields[1])):
        found.repairs["clause_repeated"] += 1
        fields = fields[:2]
    if len(fields) == 2 and (parts := parted(fields[1])):
        found.repairs["clause_parted"] += 1
        fields = [fields[0], *parts]
    elif len(fields) in (1, 2) and (said := stated(fields[-1])):
        found.repairs["sentence_parted"] += 1
        fields = list(said)
    if len(fields) < 3:
        found.left.append((line[:300], "a line without subject, relation and object"))
        return
    found.repairs["field_too_many"] += len(fields) > 3
    fact: dict[str, object] = {"source": fields[0], "relation": fields[1], "target": shortened(fields[2])}
    found.facts.append(fact if sentence is None else {**fact, "sentence": sentence})


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def parted(clause: str) -> tuple[str, str] | None:
    """(verb, object) of a clause that begins with its verb; None where none can be told.

    >>> parted("are a rich part of folklore"), parted("is filled with wonder"), parted("lay their eggs on leaves")
    (('are', 'a rich part of folklore'), ('is filled with', 'wonder'), ('lay', 'their eggs on leaves'))
    >>> parted("the couple hears a noise")
    """
    words = _WORD.findall(clause.strip().rstrip("."))
    plain = [word.casefold().strip(",;:") for word in words]
    if len(words) < 2 or plain[0] in _STARTS or words[0].endswith((",", ";", ":")):
        return None
    end = 0
    while end < len(words) - 1 and plain[end] in _HELPERS:
        end += 1
    copula = end > 0 and plain[end - 1] in _COPULAS
    if end == 0 or not copula or (_PARTICIPLE.fullmatch(plain[end]) and plain[end] not in _STARTS):
        end += 1
    if end < len(words) - 1 and plain[end] in _PREPOSITIONS and not words[end - 1].endswith((",", ";")):
        end += 1
    if not 0 < end < len(words) or end > _VERB_WORDS:
        return None
    return " ".join(words[:end]).strip(","), " ".join(words[end:])


def stated(sentence: str) -> tuple[str, str, str] | None:
    """(subject, verb, object) of a sentence, which a small model copied instead; None without an auxiliary verb.

    >>> stated("In summer, these old tales are told by sailors")
    ('old tales', 'are told by', 'sailors')
    >>> stated("Tales travel")
    """
    before, comma, rest = sentence.strip().partition(", ")
    if comma and before.split(" ")[0].casefold() in _STARTS - _ARTICLES and len(rest) > len(before) // 2:
        sentence = rest
    words = _WORD.findall(sentence)
    plain = [word.casefold().strip(",;:") for word in words]
    for at in range(1, len(words) - 1):
        if plain[at] in _HELPERS and plain[at - 1] not in _RELATIVE:
            subject = words[:at]
            while subject and subject[0].casefold() in _ARTICLES:
                del subject[0]
            parts = parted(" ".join(words[at:]))
            if parts is None or not 0 < len(subject) <= _SUBJECT or plain[0] in _PRONOUNS:
                return None
            return " ".join(subject).rstrip(",;"), *parts
    return None


def shortened(phrase: str, longest: int = _LONGEST) -> str:
    """A phrase, cut before a clause or else a preposition, if it is too long for the name of a thing."""
    phrase = phrase.strip().rstrip(".")
    if len(phrase) <= longest:
        return phrase
    for boundary in (_ENDS, _HANGS_ON):
        if ends := [match.start() for match in boundary.finditer(phrase) if 3 <= match.start() <= longest]:
            return phrase[: ends[-1]].rstrip(" ,;:(")
    return phrase
