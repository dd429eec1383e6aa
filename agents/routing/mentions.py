"""Nodes, edges and quantities that a question names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from agents.routing.around import NODE_WORDS, is_label, is_place, is_quantity, is_strong, near, number_at, role
from agents.routing.forms import STATEMENT
from agents.routing.gazetteer import gazetteer_of
from agents.routing.language import MARKS, Token, tokens
from agents.routing.newcomers import newcomers
from graphs.graph import Graph, Node

AFTER_SUBJECT = frozenset("is can can't cannot could may must should has have reaches".split())
ENDINGS = frozenset("s t d m re ve ll".split())
JOINTS = frozenset((",", "and", "from", "to", "->", "-", "off"))  # between nodes that are named together
_NO_MARKS = str.maketrans(dict.fromkeys(MARKS, "·"))  # a question may hold the marks' own characters


@dataclass(frozen=True, slots=True)
class Mention:
    """A node that the question names; `strong` when the words around leave no doubt that it is a node."""

    node: Node
    start: int
    end: int
    strong: bool
    role: str = ""  # "source" or "target" where a preposition says so
    group: int = -1  # mentions of one bracketed list share a group


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that is no node, with the stems next to it."""

    number: float
    start: int
    end: int
    near: tuple[str, ...]
    firm: bool = True  # False: it may just as well be a node
    place: bool = False  # stands where a node is named ("from 4 to 1")
    aside: bool = False  # stands in a sentence that asks nothing ("The initial values are 1/N.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one mark of a skeleton stands for: the text, and the node or number that it means.

    things: the nodes, or the edges as pairs, that "them" stands for.
    """

    text: str
    node: Node | None = None
    number: float | None = None
    things: tuple[Any, ...] = ()
    edges: bool = False


@dataclass(frozen=True)
class Mentions:
    """Everything that a question names, and the question with each mention replaced by a mark."""

    nodes: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    unknown: tuple[str, ...] = ()  # said to be nodes, but not in the graph
    skeleton: str = ""
    marks: tuple[Mark, ...] = ()  # one for each mark of the skeleton, in order
    groups: dict[int, tuple[Node, ...]] = field(default_factory=dict)


def find_mentions(question: str, graph: Graph | None) -> Mentions:
    """Find the nodes and numbers in `question`."""
    known = gazetteer_of(graph)
    words = known.apart(tokens(question))
    nodes: list[Mention] = []
    quantities: list[Quantity] = []
    unknown: list[str] = []
    marks: list[tuple[int, int, str]] = []
    meanings: list[Mark] = []
    asides = [m.span() for m in STATEMENT.finditer(question)]
    new = newcomers(question)
    position, group, depth = 0, -1, 0
    groups: dict[int, list[Node]] = {}
    while position < len(words):
        token = words[position]
        if token.text in "([{":
            depth += 1
            group += 1
        elif token.text in ")]}":
            depth = max(0, depth - 1)
        hit = None if _is_ending(words, position) else known.at(words, position, question)
        number = number_at(token, words, position)
        if hit is not None and (number is None or not is_quantity(words, position)):
            node, after = hit
            strong = number is None or is_strong(words, position, depth)
            member = group if depth else -1
            mention = Mention(node, token.start, words[after - 1].end, strong, role(words, position), member)
            nodes.append(mention)
            if depth:
                groups.setdefault(group, []).append(node)
            marks.append((mention.start, mention.end, "Ⓝ"))
            meanings.append(Mark(question[mention.start : mention.end], node, number))
            position = after
            continue
        if number is not None:
            firm = hit is None or is_quantity(words, position)
            if hit is None and is_strong(words, position, 0) and words[position - 1].low in NODE_WORDS:
                unknown.append(token.text)
                marks.append((token.start, token.end, "Ⓤ"))
            else:
                place, aside = is_place(words, position), _is_aside(token, asides)
                around = near(words, position)
                quantities.append(Quantity(number, token.start, token.end, around, firm, place, aside))
                marks.append((token.start, token.end, "Ⓠ"))
            meanings.append(Mark(token.text, None, number))
        elif hit is None and _is_new(words, position, new):
            unknown.append(token.text)
            marks.append((token.start, token.end, "Ⓤ"))
            meanings.append(Mark(token.text))
        position += 1
    nodes = _named_together(nodes, question)
    skeleton = _mark(question, marks)
    frozen = {key: tuple(members) for key, members in groups.items()}
    return Mentions(tuple(nodes), tuple(quantities), tuple(unknown), skeleton, tuple(meanings), frozen)


def _is_new(words: list[Token], position: int, new: frozenset[int]) -> bool:
    """Whether a word that is no label names a node all the same: after "node", or because the question brings it in."""
    named = position > 0 and words[position - 1].low in ("node", "vertex") and is_label(words, position)
    return named or (words[position].start in new and words[position].text[0].isalnum())


def _is_ending(words: list[Token], position: int) -> bool:
    """Whether a token is the end of the word before it: the "s" of "Ann's", the "t" of "don't"."""
    if position < 2 or words[position].low not in ENDINGS or words[position - 1].text not in ("'", "’"):
        return False
    return words[position - 2].end == words[position - 1].start and words[position - 1].end == words[position].start


def _named_together(nodes: list[Mention], question: str) -> list[Mention]:
    """Numbers before "," or "from" and a number that is surely a node, or before "can", are surely nodes as well."""
    found = list(nodes)
    for place in range(len(nodes) - 1, -1, -1):
        mention = found[place]
        if mention.strong:
            continue
        after = question[mention.end :]
        if place + 1 < len(found) and found[place + 1].strong:
            between = question[mention.end : found[place + 1].start].casefold().split()
            joined = bool(between) and all(word in JOINTS for word in between)
        else:
            joined = False
        if joined or next(iter(after.casefold().split(maxsplit=1)), "") in AFTER_SUBJECT:
            found[place] = replace(mention, strong=True)
    return found


def _is_aside(token: Token, asides: list[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in asides)


def _mark(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    last = 0
    for start, end, mark in marks:
        parts += [text[last:start].translate(_NO_MARKS), mark]
        last = end
    return "".join((*parts, text[last:].translate(_NO_MARKS)))
