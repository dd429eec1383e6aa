"""The state of one reading: what every stretch of the text was read as, and the graphs found so far."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphs.text.draft import Draft
from graphs.text.lexicon import DIRECTED, SAYS_ONE_WAY, TWO_WAY_NOUN, standard_attribute
from graphs.text.patterns import lazy
from graphs.text.reading import Role, Span
from graphs.text.tokens import all_integers, plain_kind, split_kind

if TYPE_CHECKING:
    from graphs.text.templates import Template

Claim = tuple[int, int, Role]
_DIRECTION_SIGNS = ("direct", "digraph", "dag", "way")
_SOLID = lazy(r"\S")
_WORDY = lazy(r"\w")
_ARROWS = lazy(r"(?<!un)(?<!un-)\b(?:directed|digraph|arrows?)\b", re.I)
_ONE_WAY = lazy(r"\bone-?way\b|\(one way\)")


class Scan:
    """Roles, drafts and questions of one text while it is read from the front to the back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.claims: list[Claim] = []
        self.drafts: list[Draft] = [Draft()]
        self.questions: list[tuple[int, int, bool]] = []  # start, end, and whether it may only introduce the task
        self.formats: list[tuple[int, int]] = []
        self.definitions: list[tuple[int, int]] = []
        self.pending: list[tuple[int, int]] = []  # sentences to look at again when all labels are known
        self.doubts = 0.0
        self.third: tuple[str, str] | None = None  # what (u, v, x) means by x, and the user's word for it
        self.pair_is_attribute: tuple[str, str] | None = None  # what [i, k] means by k, if not an edge
        self.stated: bool | None = None  # the direction that notation and the text outside its graphs state
        self.mode = ""  # what the last heading announced: edges, nodes, embedding, matrix
        self.loose = False  # small words may be labels: the last look at sentences that nobody took
        self.two_way = False  # "two-way" was said of edges, and nothing yet of one-way ones
        self.asked = False  # a question heading was met
        self.refused = (0, 0)  # where lines end that were no list of neighbours, and how often they were tried
        self.owner = ""  # whose the last graph is, or which: "my friend's", "old"
        self.phrase = ""  # the relation phrase that the last clause used, its form and its direction
        self.phrase_kind = ""
        self.phrase_arrow: bool | None = None
        self.template: Template | None = None  # the form of the clauses that stand one after another
        self.likes = 0
        self.kinds: dict[str, dict[str, None]] = {}  # labels by the kind of node said before them
        self.kinded: list[tuple[Draft, int, str | None, str | None]] = []  # edges whose ends were called by kinds

    @property
    def draft(self) -> Draft:
        return self.drafts[-1]

    def claim(self, start: int, end: int, role: Role) -> None:
        self.claims.append((start, end, role))

    def fork(self, name: str = "") -> Draft:
        """Begin another graph, unless the present one is still empty."""
        if not self.draft.empty or (self.draft.name and self.draft.name != name):
            self.drafts.append(Draft(stated=None))
        self.draft.name = name
        self.mode = ""
        self.template = None
        return self.draft

    def state_direction(self, start: int, end: int, *, draft: bool = True) -> None:
        """Note "directed" or "undirected" said between start and end; the first word counts."""
        said = self.text[start : min(end, start + 2000)].lower()
        found = DIRECTED.search(self.text, start, end) if any(word in said for word in _DIRECTION_SIGNS) else None
        if found:
            value = not found["un"]
            if "way" in said:
                value = self._one_way(said, value)
            if draft and self.draft.stated is None:
                self.draft.stated = value
            if self.stated is None:
                self.stated = value
        if "multigraph" in said or "multi-graph" in said:
            self.draft.multigraph = True

    def road_both_ways(self, before: str, said: str) -> bool:
        """Whether `said` is about a road, whose noun stands in `before`, and nothing makes it one-way."""
        if self.draft.stated is not None or self.stated is not None or TWO_WAY_NOUN.search(before) is None:
            return False
        return SAYS_ONE_WAY.search(said) is None and not self._speaks_of_arrows

    @cached_property
    def _speaks_of_arrows(self) -> bool:
        return _ARROWS.search(self.text) is not None

    def _one_way(self, said: str, value: bool) -> bool:
        """The direction where roads are one-way and two-way by turns: directed, as soon as one of them is one-way."""
        if _ONE_WAY.search(said) is None:
            self.two_way = self.two_way or not value
            return value
        if self.two_way and self.draft.stated is False:
            self.draft.stated = self.stated = True
        return True

    def attribute(self, word: str, value: Any) -> dict[str, Any]:
        """An edge attribute under its standard name, remembering the user's word."""
        name, said = standard_attribute(word)
        self.draft.names.setdefault(name, said)
        return {name: value}

    def end(self, raw: str) -> tuple[str, str | None]:
        """The label and the kind of one end of an edge as written in prose; kinds are remembered."""
        label, kind = split_kind(raw)
        if not plain_kind(kind):
            self.kinds.setdefault(str(kind), {})[label] = None
        return label, kind

    def link(
        self,
        source: tuple[str, str | None],
        target: tuple[str, str | None],
        start: int,
        end: int,
        arrow: bool | None,
        attributes: dict[str, Any] | None,
    ) -> None:
        """Add an edge between ends that may carry kinds ("applicant 0", "job 2")."""
        if not (plain_kind(source[1]) and plain_kind(target[1])):
            self.kinded.append((self.draft, len(self.draft.links), source[1], target[1]))
        self.draft.link(source[0], target[0], start, end, arrow, attributes)

    def settle_kinds(self) -> None:
        """Make a bipartite graph of edges that all join one kind of node to another kind."""
        pairs = {(source, target) for _, _, source, target in self.kinded}
        if len(pairs) != 1:
            return
        (source, target) = pairs.pop()
        draft = self.drafts[0]
        if source is None or target is None or source == target or len(self.kinded) != len(draft.links):
            return
        left, right = self.kinds[source], self.kinds[target]
        prefixed = bool(left.keys() & right.keys()) or all_integers([*left, *right])
        name = (lambda kind, label: f"{kind} {label}") if prefixed else (lambda kind, label: label)
        draft.links = [(name(source, u), name(target, v), *rest) for u, v, *rest in draft.links]  # type: ignore[misc]
        draft.declared = {n: None for n in draft.declared if n not in left and n not in right}
        for side, kind, labels in ((0, source, left), (1, target, right)):
            for label in labels:
                draft.node(name(kind, label), side=side)
            draft.declared.update(dict.fromkeys(name(kind, label) for label in labels))

    def spans(self) -> tuple[Span, ...]:
        """Spans that cover every character but white space once, in order; what nobody claimed is a leftover."""
        spans: list[tuple[int, int, Role]] = []
        position = 0
        for start, end, role in sorted(self.claims, key=lambda claim: (claim[0], -claim[1])):
            start = max(start, position)
            if start >= end:
                continue
            self._gap(spans, position, start, role)
            spans.append((start, end, role))
            position = end
        self._gap(spans, position, len(self.text), None)
        return tuple(self._merged(spans))

    def _gap(self, spans: list[Claim], start: int, end: int, following: Role | None) -> None:
        """Give unclaimed text to a leftover; bare punctuation goes to its neighbour."""
        if start >= end or not _SOLID.search(self.text, start, end):
            return
        if _WORDY.search(self.text, start, end):
            spans.append((start, end, "leftover"))
        elif spans:
            spans.append((start, end, spans[-1][2]))
        else:
            spans.append((start, end, following or "leftover"))

    def _merged(self, spans: list[Claim]) -> list[Span]:
        """Trim white space and join neighbours of one role."""
        text = self.text
        result: list[list[Any]] = []
        for start, end, role in spans:
            first = _SOLID.search(text, start, end)
            if first is None:
                continue
            start = first.start()
            while text[end - 1].isspace():
                end -= 1
            if result and result[-1][2] == role and not _SOLID.search(text, result[-1][1], start):
                result[-1][1] = end
            else:
                result.append([start, end, role])
        return [Span(*item) for item in result]
