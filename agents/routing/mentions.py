"""Nodes, edges and quantities that a question names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from agents.routing.forms import STATEMENT
from agents.routing.language import MARKS, NUMBER_WORDS, STOP, Token, stem, tokens
from graphs.graph import Graph, Node

NODE_WORDS = frozenset(
    """
    node nodes vertex vertices point points city cities town towns person people user users station stations job
    applicant airport airports
    """.split()
)
UNITS = frozenset(
    stem(word)
    for word in """
    hop step edge layer iteration round color colour node time group community cluster level path neighbor
    friend link degree percent component member way people city vertex cycle clique part unit core truss
    dimensional partite regular connect colorable colourable coloring    """.split()
)
BEFORE_QUANTITY = frozenset(
    """
    top least most than exactly within distance radius length degree k factor damping alpha equal size = top
    first best layers iterations time timestamp moment year seed cost weight limit atleast atmost morethan
    lessthan be step level hops
    """.split()
)
PREPOSITIONS = {
    "from": "source", "starting": "source", "source": "source", "leaving": "source", "start": "source",
    "begin": "source", "beginning": "source", "out": "source", "to": "target", "into": "target", "reach": "target",
    "reaching": "target", "towards": "target", "toward": "target", "target": "target", "sink": "target",
    "sinks": "target", "targets": "target", "sources": "source",
    "destination": "target", "ending": "target", "end": "target",
}  # fmt: skip
DETERMINERS = frozenset("any the these those there both every all between".split())
QUALIFIERS = frozenset(
    """
    connected strongly weakly isolated different separate separated distinct disjoint common direct other more short
    shortest
    """.split()
)
TIME_WORDS = frozenset("time times period interval window range".split())
INTRODUCERS = frozenset(
    (
        "and",
        "between",
        "[",
        "(",
        ",",
        "'",
        '"',
        "`",
        "<",
        "-",
        "–",
        "->",
        "edge",
        "link",
        "road",
        "{",
        "via",
        "through",
        "of",
        "for",
        "is",
        "are",
        "without",
        "removing",
    )
)
SEPARATING = frozenset("separat disconnect cut isolat detach divid split sever".split())  # … a node from another
AFTER_SUBJECT = frozenset("is can can't cannot could may must should has have reaches".split())
JOINTS = frozenset((",", "and", "from", "to", "->", "-", "off"))  # between nodes that are named together
AFTER_LABEL = frozenset(
    """
    and to connected or have has reach linked adjacent in is be via by at with directly the within through without using
    """.split()
)
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
    """What one mark of a skeleton stands for: the text, and the node or number that it means."""

    text: str
    node: Node | None = None
    number: float | None = None


@dataclass(frozen=True)
class Mentions:
    """Everything that a question names, and the question with each mention replaced by a mark."""

    nodes: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    unknown: tuple[str, ...] = ()  # said to be nodes, but not in the graph
    skeleton: str = ""
    marks: tuple[Mark, ...] = ()  # one for each mark of the skeleton, in order
    groups: dict[int, tuple[Node, ...]] = field(default_factory=dict)


class Gazetteer:
    """Finds the labels of one graph in a text, longest first, in time linear in the text."""

    def __init__(self, graph: Graph | None) -> None:
        self.first: dict[str, list[tuple[tuple[str, ...], Node]]] = {}
        self.numeric: dict[str, Node] = {}
        for node in graph or ():
            label = str(node)
            if label.isdecimal():
                self.numeric[label] = node
                continue
            if label.isalpha() and len(label) <= 300:  # one word, as most labels are
                self.first.setdefault(label.casefold(), []).append(((label.casefold(),), node))
                continue
            if len(label) > 300:
                label = label[:300]
            parts = tuple(token.low for token in tokens(label))
            if parts:
                self.first.setdefault(parts[0], []).append((parts, node))
        for entries in self.first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: list[Token], position: int, text: str) -> tuple[Node, int] | None:
        """The node whose label begins at token `position`, and the position after it."""
        token = words[position]
        found: tuple[Node, int] | None = None
        for parts, node in self.first.get(token.low, ()):
            end = position + len(parts)
            if found is not None and end < found[1]:
                break  # shorter labels than the one found
            if end <= len(words) and tuple(w.low for w in words[position:end]) == parts:
                written = text[token.start : words[end - 1].end]
                if written == str(node) and self._plausible(written, str(node), words, position):
                    return node, end
                if found is None and self._plausible(written, str(node), words, position):
                    found = node, end
        if found is not None:
            return found
        if token.text in self.numeric:
            return self.numeric[token.text], position + 1
        return None

    def apart(self, words: list[Token]) -> list[Token]:
        """The words, with two labels that a hyphen joins ("Ann-Bob") taken apart where that is no label itself."""
        found: list[Token] = []
        for token in words:
            left, mark, right = token.text.partition("-")
            if mark and left[:1].isalpha() and token.low not in self.first and self._both(left, right):
                middle = token.start + len(left)
                found += [
                    Token(left, token.start, middle),
                    Token("-", middle, middle + 1),
                    Token(right, middle + 1, token.end),
                ]
            else:
                found.append(token)
        return found

    def _both(self, *labels: str) -> bool:
        """Whether each is a label exactly as the graph writes it."""
        return all(
            any(len(parts) == 1 and str(node) == label for parts, node in self.first.get(label.casefold(), ()))
            for label in labels
        )

    def _plausible(self, written: str, label: str, words: list[Token], position: int) -> bool:
        """Whether the words mean the label, for labels that are also common words ('a', 'will', 'path')."""
        low = written.casefold()
        if len(written) == 1 and low not in ("a", "i"):
            return written == label
        if low not in STOP and len(written) > 1:
            return True
        before = words[position - 1].low if position else ""
        after = words[position + 1].low if position + 1 < len(words) else ""
        if written == label and written[0].isupper() and written != "I":
            return (position > 0 and before not in ".?!;:") or before in NODE_WORDS
        introduced = before in NODE_WORDS or before in PREPOSITIONS or before in INTRODUCERS
        if low in ("a", "an", "the", "i"):
            return (introduced or after in ("-", "–", "->", ",", "and", "or", "to")) and (
                not after.isalpha() or after in AFTER_LABEL
            )
        return introduced and written == label


_GAZETTEERS: WeakKeyDictionary[Graph, Gazetteer] = WeakKeyDictionary()
_NOTHING = Gazetteer(None)


def gazetteer_of(graph: Graph | None) -> Gazetteer:
    """The gazetteer of `graph`, made once and kept as long as the graph is."""
    if graph is None:
        return _NOTHING
    found = _GAZETTEERS.get(graph)
    if found is None:
        found = _GAZETTEERS[graph] = Gazetteer(graph)
    return found


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
    position, group, depth = 0, -1, 0
    groups: dict[int, list[Node]] = {}
    while position < len(words):
        token = words[position]
        if token.text in "([{":
            depth += 1
            group += 1
        elif token.text in ")]}":
            depth = max(0, depth - 1)
        hit = known.at(words, position, question)
        number = _number(token, words, position)
        if hit is not None and (number is None or not _is_quantity(words, position)):
            node, after = hit
            strong = number is None or _is_strong(words, position, depth)
            member = group if depth else -1
            mention = Mention(node, token.start, words[after - 1].end, strong, _role(words, position), member)
            nodes.append(mention)
            if depth:
                groups.setdefault(group, []).append(node)
            marks.append((mention.start, mention.end, "Ⓝ"))
            meanings.append(Mark(question[mention.start : mention.end], node, number))
            position = after
            continue
        if number is not None:
            firm = hit is None or _is_quantity(words, position)
            near = _near(words, position)
            if hit is None and _is_strong(words, position, 0) and words[position - 1].low in NODE_WORDS:
                unknown.append(token.text)
                marks.append((token.start, token.end, "Ⓤ"))
            else:
                quantities.append(
                    Quantity(
                        number, token.start, token.end, near, firm, _is_place(words, position), _is_aside(token, asides)
                    )
                )
                marks.append((token.start, token.end, "Ⓠ"))
            meanings.append(Mark(token.text, None, number))
        elif hit is None and position and words[position - 1].low in ("node", "vertex") and _is_label(words, position):
            unknown.append(token.text)
            marks.append((token.start, token.end, "Ⓤ"))
            meanings.append(Mark(token.text))
        position += 1
    nodes = _named_together(nodes, question)
    skeleton = _mark(question, marks)
    frozen = {key: tuple(members) for key, members in groups.items()}
    return Mentions(tuple(nodes), tuple(quantities), tuple(unknown), skeleton, tuple(meanings), frozen)


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


def _is_label(words: list[Token], position: int) -> bool:
    """Whether the word after "node" can only be a label: written like one, or one letter that is no article."""
    text = words[position].text
    if text[0].isupper() or text[0].isdecimal():
        return True
    article = text == "a" and position + 1 < len(words) and words[position + 1].text.isalpha()
    return len(text) == 1 and text.isalpha() and not article


def _number(token: Token, words: list[Token], position: int) -> float | None:
    text = token.text.rstrip("stndrh") if token.text[0].isdecimal() else token.text
    if text and text[0].isdecimal():
        value = float(text)
        if position and words[position - 1].text == "-" and (position < 2 or not words[position - 2].text[0].isalnum()):
            value = -value
        return value
    word = NUMBER_WORDS.get(token.low)
    if word is None or (position and words[position - 1].low in DETERMINERS):
        return None  # "between any two nodes" counts nothing
    after = stem(words[position + 1].low) if position + 1 < len(words) else ""
    return (
        float(word)
        if after in UNITS or after in ("dimensional", "longest", "short", "largest") or token.low == "twice"
        else None
    )


def _is_quantity(words: list[Token], position: int) -> bool:
    before = words[position - 1].low if position else ""
    if before in NODE_WORDS or before == "#":
        return False
    after = words[position + 1].low if position + 1 < len(words) else ""
    if before in ("is", "are", "was", "were", "does", "do", "did") and after in ("part", "friends", "link", "connect"):
        return False  # "how many triangles is 7 part of", "which pages does 2 link to"
    if before in BEFORE_QUANTITY:
        # "at distance 2 from 4"
        stated = position > 1 and words[position - 2].low in ("within", "at", "exactly", "most")
        return before != "be" and not (
            not stated
            and before in ("distance", "length")
            and (after in ("to", "and", "from", "-") or after.isdecimal())
        )
    if before == "is" and position > 1 and words[position - 2].low in ("factor", "damping", "k", "alpha", "iterations"):
        return True
    if before == "=":
        return True
    earlier = words[position - 2] if position > 1 else None
    if earlier is not None and before in ("in", "from", "of") and earlier.low in TIME_WORDS:
        return True
    if earlier is not None and before in ("to", "and", "-") and earlier.text.isdecimal():
        return _is_quantity(words, position - 2)  # "between time 2 and 4"
    beyond = position + 1
    while beyond < len(words) and (words[beyond].text == "-" or words[beyond].low in QUALIFIERS):
        beyond += 1  # "3 connected components"
    after = words[beyond].low if beyond < len(words) else ""
    return (
        after not in ("node", "nodes")
        and stem(after) in UNITS
        and not after.endswith("ed")
        and after != "time"
        and before not in PREPOSITIONS
        and before not in ("and", "between")
    )


def _is_strong(words: list[Token], position: int, depth: int) -> bool:
    before = words[position - 1].low if position else ""
    return bool(
        depth
        or before in NODE_WORDS
        or before in PREPOSITIONS
        or before
        in (
            "and",
            "between",
            "#",
            "<",
            '"',
            "'",
            ",",
            "via",
            "through",
            "of",
            "for",
            "is",
            "are",
            "does",
            "sources",
            "sinks",
            "targets",
        )
    )


def _is_aside(token: Token, asides: list[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in asides)


def _is_place(words: list[Token], position: int) -> bool:
    return position > 0 and words[position - 1].low in ("from", "to", "between", "and", "reach")


def _role(words: list[Token], position: int) -> str:
    for back in range(1, 4):
        if position - back < 0:
            break
        word = words[position - back].low
        if word in PREPOSITIONS:
            return "target" if word == "from" and _separates(words, position - back) else PREPOSITIONS[word]
        if word not in NODE_WORDS and word not in ("the", "<", "#", '"', "'", "`", "(", "at", "in", "is", "=", ":"):
            break
    return ""


def _separates(words: list[Token], position: int) -> bool:
    """Whether the "from" at `position` belongs to a verb like "separate … from"."""
    before = [stem(word.low) for word in words[max(0, position - 5) : position]]
    return before[-1:] not in (["cut"], ["reach"], ["unreachabl"], ["reachabl"]) and not SEPARATING.isdisjoint(before)


def _near(words: list[Token], position: int) -> tuple[str, ...]:
    found: list[str] = []
    for other in (*range(position - 1, max(-1, position - 5), -1), *range(position + 1, min(len(words), position + 3))):
        if words[other].text[0].isalpha():
            found.append(stem(words[other].low))
        elif words[other].text in ".;?!":
            continue
    return tuple(found)


def _mark(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    last = 0
    for start, end, mark in marks:
        parts += [text[last:start].translate(_NO_MARKS), mark]
        last = end
    return "".join((*parts, text[last:].translate(_NO_MARKS)))
