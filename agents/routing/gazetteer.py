"""The labels of a graph, found in the words of a text."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from agents.routing.around import NODE_WORDS, PREPOSITIONS
from agents.routing.language import STOP, Token, tokens
from graphs.graph import Graph, Node

INTRODUCERS = frozenset(
    """
    and between [ ( , ' " ` < - – -> edge link road { via through of for is are without removing
    """.split()
)
JOINED = ("reachable", "linked", "connected", "adjacent", "joined")
AFTER_LABEL = frozenset(
    """
    and to from connected or have has reach linked adjacent in is be via by at with directly the within through without
    using
    """.split()
)


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
            acts = before in ("does", "do", "did", "can", "could") and after in AFTER_LABEL
            acts = acts or (before in ("has", "have") and after in ("?", ".", "", "got"))
            beyond = words[position + 2].low if position + 2 < len(words) else ""
            if before in ("is", "are") and after in JOINED and beyond in ("from", "to", "with"):
                return True
            return (introduced or acts or after in ("-", "–", "->", ",", "and", "or", "to", "from")) and (
                not after.isalpha() or after in AFTER_LABEL or after == "got"
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
