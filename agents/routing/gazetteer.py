"""The labels of a graph, found in the words of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from agents.routing.around import NODE_WORDS, PREPOSITIONS
from agents.routing.language import STOP, Token, tokens
from graphs.graph import Graph, Node

if TYPE_CHECKING:
    from graphs.compact.graph import CompactGraph
    from graphs.remote.graph import RemoteGraph

INTRODUCERS = frozenset(
    """
    and at or nor both either neither than between [ ( , ' " ` < - – -> edge link road { via through of for is are
    without removing
    """.split()
)
JOINED = ("reachable", "linked", "connected", "adjacent", "joined")
AFTER_LABEL = frozenset(
    """
    and to from connected or have has reach linked adjacent in is be via by at with directly the within through without
    using are was were or than plus minus weigh weighs weighing both
    """.split()
)
# Labels that in front of a noun say how many ("no neighbours", "both ends") and name nobody.
QUANTIFIERS = frozenset("no none any some all every each both more most only other same few fewer several".split())
END_OF_CLAUSE = frozenset(("", "?", ".", ",", "!", ";", ":", ")", "]", "}"))


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

    def beginning(self, token: Token, text: str) -> list[tuple[tuple[str, ...], Node]]:
        """Labels that may begin with the token, longest first, as their words and the node."""
        return self.first.get(token.low, [])

    def numbered(self, text: str) -> Node | None:
        """The node whose label is this number."""
        return self.numeric.get(text)

    def at(self, words: list[Token], position: int, text: str) -> tuple[Node, int] | None:
        """The node whose label begins at token `position`, and the position after it."""
        token = words[position]
        found: tuple[Node, int] | None = None
        for parts, node in self.beginning(token, text):
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
        number = self.numbered(token.text) if token.text.isdecimal() else None
        return None if number is None else (number, position + 1)

    def apart(self, words: list[Token]) -> list[Token]:
        """The words, with two labels that a hyphen joins ("Ann-Bob") taken apart where that is no label itself."""
        found: list[Token] = []
        for token in words:
            left, mark, right = token.text.partition("-")
            if mark and left[:1].isalpha() and not self.beginning(token, token.text) and self._both(left, right):
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
            any(
                len(parts) == 1 and str(node) == label
                for parts, node in self.beginning(Token(label, 0, len(label)), label)
            )
            for label in labels
        )

    def _plausible(self, written: str, label: str, words: list[Token], position: int) -> bool:
        """Whether the words mean the label, for labels that are also common words ('a', 'will', 'path')."""
        low = written.casefold()
        if len(written) == 1 and low not in ("a", "i"):
            return written == label
        before = words[position - 1].low if position else ""
        after = words[position + 1].low if position + 1 < len(words) else ""
        if low in QUANTIFIERS and after.isalpha() and after not in AFTER_LABEL and before not in NODE_WORDS:
            return False
        if low not in STOP and len(written) > 1:
            return True
        if written == label and written[0].isupper() and written != "I":
            return (position > 0 and before not in ".?!;:") or before in NODE_WORDS
        introduced = before in NODE_WORDS or before in PREPOSITIONS or before in INTRODUCERS
        if low in ("a", "an", "the", "i"):
            acts = before in ("does", "do", "did", "can", "could") and after in AFTER_LABEL
            acts = acts or (before in ("has", "have") and after in ("?", ".", "", "got"))
            beyond = words[position + 2].low if position + 2 < len(words) else ""
            if before in ("is", "are") and after in JOINED and beyond in ("from", "to", "with"):
                return True
            if after in END_OF_CLAUSE and position > 0:  # no article ends a clause
                return True
            if before in (">", "→") or (before in NODE_WORDS and not after.isalpha()):
                return True
            return (introduced or acts or after in ("-", "–", "->", ",", "and", "or", "to", "from")) and (
                not after.isalpha() or after in AFTER_LABEL or after == "got"
            )
        return introduced and written == label


REMEMBERED = 1000  # places in texts that were looked up


class CompactGazetteer(Gazetteer):
    """The same for a graph of arrays: labels are looked up where the text stands, none is copied beforehand.

    Texts with other letters than ASCII are kept as in the plain gazetteer, for their case folds in many ways.
    """

    def __init__(self, graph: CompactGraph) -> None:
        self.labels = graph.labels
        self._looked_up: dict[str, list[int]] = {}
        other = [] if self.labels.plain else [node for node in graph if not str(node).isascii()]
        super().__init__(Graph.from_edges((), other) if other else None)

    def beginning(self, token: Token, text: str) -> list[tuple[tuple[str, ...], Node]]:
        found = list(super().beginning(token, text))
        rest = " ".join(text[token.start :].split())
        if rest not in self._looked_up:
            if len(self._looked_up) > REMEMBERED:
                self._looked_up.clear()
            self._looked_up[rest] = self.labels.beginning(rest)
        for place in self._looked_up[rest]:
            label = self.labels[place]
            parts = tuple(word.low for word in tokens(str(label)))
            if parts and parts[0] == token.low and not str(label).isdecimal():
                found.append((parts, label))
        return sorted(found, key=lambda entry: -len(entry[0]))

    def numbered(self, text: str) -> Node | None:
        if self.labels.numbers is None:
            place = self.labels.index(text)
        else:
            place = self.labels.index(int(text)) if str(int(text)) == text else None
        return None if place is None else self.labels[place]


LONGEST = 6  # words of a label that is looked for at an engine


class RemoteGazetteer(Gazetteer):
    """The same for a graph on an engine, which is asked once for all spans of words of a text."""

    def __init__(self, graph: RemoteGraph) -> None:
        super().__init__(None)
        self.graph = graph

    def _spans(self, text: str) -> dict[str, Node]:
        words = tokens(text)
        spans = [
            text[words[i].start : words[j].end]
            for i in range(len(words))
            for j in range(i, min(len(words), i + LONGEST))
        ]
        return self.graph.look_up([span for span in spans if len(span) <= 200])

    def beginning(self, token: Token, text: str) -> list[tuple[tuple[str, ...], Node]]:
        rest = text[token.start :]
        found = []
        for span, node in self._spans(text).items():
            if rest.startswith(span) and not span.isdecimal():
                parts = tuple(word.low for word in tokens(span))
                if parts and parts[0] == token.low:
                    found.append((parts, node))
        return sorted(found, key=lambda entry: -len(entry[0]))

    def numbered(self, text: str) -> Node | None:
        return self.graph.look_up([text]).get(text)


_GAZETTEERS: WeakKeyDictionary[Graph, Gazetteer] = WeakKeyDictionary()
_NOTHING = Gazetteer(None)


def _made(graph: Graph) -> Gazetteer:
    if graph.remote:
        return RemoteGazetteer(graph)  # type: ignore[arg-type]
    return CompactGazetteer(graph) if graph.compact else Gazetteer(graph)  # type: ignore[arg-type]


def gazetteer_of(graph: Graph | None) -> Gazetteer:
    """The gazetteer of `graph`, made once and kept as long as the graph is."""
    if graph is None:
        return _NOTHING
    found = _GAZETTEERS.get(graph)
    if found is None:
        made = _made(graph)
        found = _GAZETTEERS[graph] = made
    return found
