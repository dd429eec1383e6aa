"""What a verb says: the words that belong to it, and its object."""

from __future__ import annotations

from collections.abc import Sequence

from agents.growing.replies.lines import shortened
from agents.growing.sentences.tagged import (
    AUXILIARY,
    CLAUSE_ENDS,
    COPULA,
    DETERMINERS,
    MODAL,
    NEGATION,
    NOUNS,
    PERFECT,
    PRONOUNS,
    Token,
)

_DEGREE = frozenset("so too very more most as less quite how".split())
_FURTHER = frozenset("be been being have".split())  # auxiliaries behind another one
_LONGEST_VERB = 6  # words
_LONGEST_OBJECT = 64  # characters


def predicates(sentence: str, tokens: Sequence[Token], verb: int) -> list[tuple[str, str]]:
    """(verb, object) of the verb, and of others that "and" joins to it."""
    end = verb_end(tokens, verb)
    group, words = tokens[verb:end], list(tokens[end:])
    denied = any(token.plain in NEGATION or token.plain.endswith(("n't", "n’t")) for token in tokens[verb : end + 1])
    more: list[tuple[str, str]] = []
    for at, token in enumerate(words[:-2]):
        following = words[at + 1]
        if token.plain in (":", ";", "(", "–", "—") or (at and token.plain in CLAUSE_ENDS):
            del words[at:]
            break
        if token.plain == "," and (following.tag in ("VBG", "PRP", "RB", "IN") or following.plain in CLAUSE_ENDS):
            del words[at:]
            break
        if token.plain == "and" and at and _goes_on(tokens[verb], following, words[at + 2]):
            more = predicates(sentence, tokens, end + at + 1)
            del words[at:]
            break
    while words and words[-1].plain in (",", "and", "or", "such"):
        words.pop()
    if denied or not words or len(group) > _LONGEST_VERB or not _nameable(words):
        return more
    goal = shortened(sentence[words[0].start : words[-1].end], _LONGEST_OBJECT)
    return [(sentence[group[0].start : group[-1].end], goal), *more]


def _goes_on(verb: Token, token: Token, after: Token) -> bool:
    """Whether a verb of the same form as the first one stands behind "and"."""
    if token.plain in AUXILIARY:
        return verb.plain in AUXILIARY or verb.tag in ("VBZ", "VBP", "VB", "NN")
    if verb.plain in AUXILIARY or verb.tag not in ("VBZ", "VBD"):
        return False
    return token.tag == verb.tag or (token.tag == "NNS" and verb.tag == "VBZ" and after.plain in DETERMINERS)


def _nameable(words: Sequence[Token]) -> bool:
    """Whether the words may be an object: a noun or an adjective in them, no pronoun or joining word before them."""
    first = words[0]
    if first.plain in DETERMINERS and first.tag != "IN" and len(words) > 1:
        return True  # "that" may join a clause
    if first.plain in (PRONOUNS - {"both"}) | CLAUSE_ENDS | {"and", "or", "to", ",", "than"} or first.tag == "PRP":
        return False
    return any(token.tag in NOUNS or token.tag.startswith("JJ") for token in words)


def verb_end(tokens: Sequence[Token], verb: int) -> int:
    """Where the words of the verb end: auxiliaries, adverbs, participles, "to" with its verb, one preposition."""
    end = verb + 1
    auxiliary = tokens[verb].plain if tokens[verb].plain in AUXILIARY else ""  # the last one, until its verb came
    while end < len(tokens) - 1:
        token, after = tokens[end], tokens[end + 1]
        if token.plain in _DEGREE:
            break
        infinitive = token.plain == "to" and after.plain not in DETERMINERS and after.tag in ("VB", "NN", "VBP")
        if token.tag in ("RB", "RP") or token.plain in NEGATION:
            pass
        elif auxiliary and (token.plain in _FURTHER or auxiliary in MODAL):
            auxiliary = token.plain if token.plain in _FURTHER else ""
        elif _participle(auxiliary, token, after):
            auxiliary = ""
        elif infinitive and not auxiliary:
            end += 1
            auxiliary = after.plain if after.plain in _FURTHER else ""
        else:
            break
        end += 1
    return _with_preposition(tokens, end)


def _participle(auxiliary: str, token: Token, after: Token) -> bool:
    """Whether the word is the verb of the auxiliary: "is made", "has come", "is gaining traction"."""
    if not auxiliary:
        return False
    if token.tag == "VBG":
        return auxiliary in COPULA and after.tag in ("IN", "TO", "DT", "PRP$", "NN", "NNS", "JJ", "RB")
    return token.tag in ("VBN", "VBD") or (auxiliary in PERFECT and (token.tag == "VB" or token.plain.endswith("ed")))


def _with_preposition(tokens: Sequence[Token], end: int) -> int:
    """`end`, behind the preposition that belongs to the verb, if one does."""
    last = tokens[end - 1]
    if end < len(tokens) - 2 and tokens[end].tag == "PRP" and tokens[end + 1].tag == "IN":
        end += 1  # "captivate us with"
    if end < len(tokens) - 2 and (tokens[end].plain, tokens[end + 1].plain) == ("because", "of"):
        return end + 2
    if end >= len(tokens) - 1:
        return end
    token = tokens[end]
    if token.plain == "as":
        return end + 1 if last.tag != "RB" and last.plain not in COPULA else end
    return end + 1 if token.tag in ("IN", "TO") and token.plain not in CLAUSE_ENDS | {"than", "that"} else end
