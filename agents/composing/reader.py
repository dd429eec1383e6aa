"""Reads a question that is put together from smaller ones: what it means, where every word of it is accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agents.composing.asked import Asked
from agents.composing.doubt import both_readings
from agents.composing.hierarchy import UNSAID, Above, EdgeWords
from agents.composing.meaning import Meaning
from agents.composing.terms import Extreme
from agents.composing.words import EDGES, LABEL, NODE, NODES, NUMBER, Word, measurable, without_units, words_of
from agents.composing.world import Unread, World
from agents.routing.mentions import Mark, Mentions
from graphs.graph import Graph
from graphs.text.patterns import lazy

if TYPE_CHECKING:
    from lark import Lark, ParseTree

NAMES = (
    "questions.lark",
    "alternatives.lark",
    "along.lark",
    "kinship.lark",
    "edits.lark",
    "those.lark",
    "ranked.lark",
)
GRAMMARS = [Path(__file__).with_name(name) for name in NAMES]
LONGEST = 40  # words
ARTICLES = 4
MARKS = {
    NODE: "NAMED_NODE",
    NUMBER: "SAID_NUMBER",
    LABEL: "SAID_LABEL",
    NODES: "SAID_NODES",
    EDGES: "SAID_EDGES",
}  # lark calls the word "node" NODE
_SEVERAL = lazy(
    r"\b(?:which|what|list|name|show|give|find)\s+(?:(?:of|all|the|are|me|other)\s+)*(?:[^\W\d_]+s|people|vertices)\b",
    re.IGNORECASE,
)
MANY = 64  # readings of one part


def read(mentions: Mentions, graph: Graph, said: EdgeWords = UNSAID) -> Asked | None:
    """What a question about `graph` means; None where a word of it is not accounted for, or it means several things."""
    words = words_of(mentions, said.verb)
    asked = None if words is None else meaning_of(words, graph, above=said.above)
    if not isinstance(asked, Asked):
        return None
    if isinstance(asked.term, Extreme) and not asked.one:
        return replace(asked, one=not _SEVERAL.search(mentions.skeleton))
    return replace(asked, term=both_readings(asked.term))


def meaning_of(words: list[Word], graph: Graph, start: Literal["start", "edit"] = "start", above: Above = "") -> Any:
    """What a stretch of words means as a question, or as an edit; None where it does not mean one thing for certain."""
    if not measurable(words, graph):
        return None
    words = without_units(words)
    if not 1 < len(words) <= LONGEST or not all(map(known, words)):
        return None
    meanings: list[Any] = []
    for variant in _articles(words, graph):
        parse = _parse(variant, start)
        if parse is None:
            continue
        try:
            found = _values(parse, Meaning(World(graph, above)))
        except Unread:
            return None
        meanings += [meaning for meaning in found if meaning not in meanings]
    return meanings[0] if len(meanings) == 1 else None


def _articles(words: list[Word], graph: Graph) -> Iterator[list[Word]]:
    """The question with every "a" as an article and as the node of that name, where there is one."""
    node = graph.find("a")
    places = [n for n, word in enumerate(words) if word.lemma == "a" or (word.mark and word.mark.text == "a")]
    if node is None or not 0 < len(places) <= ARTICLES:
        yield words
        return
    for chosen in product((Word("a"), Word(NODE, Mark("a", node))), repeat=len(places)):
        read_so = list(words)
        for place, word in zip(places, chosen):
            read_so[place] = word
        yield read_so


def known(word: Word) -> bool:
    """Whether the grammar has a rule with this word."""
    return word.mark is not None or word.lemma in terminals()


def _values(parse: Any, meaning: Meaning) -> list[Any]:
    """The different things that a parse and its parts may mean.

    Raises:
        Unread: the words leave open what is meant on this graph, or mean too many things.
    """
    from lark import Token

    if parse is None or isinstance(parse, Token):
        return [parse]
    if parse.data == "_ambig":
        found = [value for child in parse.children for value in _readable(child, meaning)]
        if not found:
            raise Unread("no alternative is settled")
    else:
        method = getattr(meaning, str(parse.data))
        parts = [_values(child, meaning) for child in parse.children]
        found = [method(*chosen) for chosen in islice(product(*parts), MANY + 1)]
    if len(found) > MANY:
        raise Unread("too many readings")
    different: list[Any] = []
    for value in found:
        if value not in different:
            different.append(value)
    return different


def _readable(parse: Any, meaning: Meaning) -> list[Any]:
    """What an alternative means, or nothing: another one may say it better."""
    try:
        return _values(parse, meaning)
    except Unread:
        return []


@cache
def grammar() -> Lark:
    """The parser of questions and edits over lemmas."""
    from lark import Lark
    from lark.lexer import Lexer

    class Lemmas(Lexer):
        """Hands the words on as they are."""

        def __init__(self, conf: Any) -> None: ...

        def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Any]:
            yield from lexer_state

    text = "\n".join(file.read_text(encoding="utf-8") for file in GRAMMARS)
    return Lark(text, parser="earley", lexer=Lemmas, ambiguity="explicit", start=["start", "edit"])


@cache
def terminals() -> dict[str, str]:
    """The grammar's name of each word that it knows."""
    named = {str(t.pattern.value): t.name for t in grammar().terminals if t.pattern is not None}
    return named | MARKS


def _parse(words: list[Word], start: str) -> ParseTree | None:
    """The parse of all the words, with its alternatives."""
    from lark import Token
    from lark.exceptions import LarkError

    names = terminals()
    tokens = [Token(names[word.lemma], word.mark) for word in words]  # type: ignore[arg-type]
    try:
        return grammar().parse(tokens, start=start)  # type: ignore[arg-type]
    except LarkError:
        return None
