"""A graph while it is being read: nodes, edges with their spans, what the text declared; `build` makes the handle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from graphs.graph import PROVENANCE, Graph, Provenance
from graphs.text.lexicon import NUMBER
from graphs.text.names import settle_names, unify_case
from graphs.text.tokens import all_integers, read_number

# source, target, start, end of the span, directed by its syntax (None: says nothing), attributes
Link = tuple[str, str, int, int, bool | None, dict[str, Any] | None]
Maker = Callable[[str], Any]
_PAIR = re.compile(r"(\w{1,40})-(\w{1,40})")
_LABEL_AND_NUMBER = re.compile(rf"(\S.*?\S|\S)\s+(?:(cap(?:acity)?|cost|weight|w)\s*[=:]?\s*)?({NUMBER})", re.I)


@dataclass
class Draft:
    """One graph as far as it was read. Labels are text until `build` decides whether they are integers."""

    name: str = ""
    links: list[Link] = field(default_factory=list)
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    declared: dict[str, None] = field(default_factory=dict)
    num_nodes: int | None = None
    num_edges: int | None = None
    stated: bool | None = None
    multigraph: bool = False
    both_ends: bool = False  # an adjacency list or matrix: every undirected edge may be said from both ends
    names: dict[str, str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    doubts: float = 0.0
    contradictions: list[str] = field(default_factory=list)
    absent: list[tuple[str, str]] = field(default_factory=list)
    for_all: dict[str, Any] = field(default_factory=dict)  # the value that every edge is said to have

    @property
    def empty(self) -> bool:
        return not (self.links or self.nodes or self.declared)

    def link(
        self,
        source: str,
        target: str,
        start: int,
        end: int,
        arrow: bool | None = None,
        attributes: dict[str, Any] | None = None,
    ) -> None:
        self.links.append((source, target, start, end, arrow, attributes))

    def node(self, name: str, /, **attributes: Any) -> None:
        self.nodes.setdefault(name, {}).update(attributes)

    def declare(self, labels: Iterable[str]) -> None:
        self.declared.update(dict.fromkeys(labels))

    def no_edge(self, source: str, target: str) -> None:
        """Note that the text says that two nodes have no edge."""
        self.absent.append((source, target))
        self.node(source)
        self.node(target)

    def labels(self) -> dict[str, None]:
        """Every label met so far, declared ones first."""
        seen = dict(self.declared)
        for u, v, *_ in self.links:
            seen[u] = seen[v] = None
        seen.update(dict.fromkeys(self.nodes))
        return seen


def build(draft: Draft, *, directed: bool | None = None, text: str = "") -> Graph:
    """The graph handle of a draft. `directed` is what the text as a whole says; the draft's own word goes first."""
    _hyphens_in_labels(draft)
    _weights_in_labels(draft)
    settle_names(draft, text)
    unify_case(draft, text)
    _fill_numbering(draft)
    labels = list(draft.labels())
    make: Maker = int if all_integers(labels) else str
    stated = draft.stated if draft.stated is not None else directed
    is_directed = _direction(draft, stated)
    multi = _is_multi(draft, is_directed)
    kinds = {(0, 0): nx.Graph, (1, 0): nx.DiGraph, (0, 1): nx.MultiGraph, (1, 1): nx.MultiDiGraph}
    body = kinds[is_directed, multi]()
    _check_declared(draft, labels)
    _add_nodes(body, draft, make)
    merged = _add_edges(body, draft, make, is_directed, multi)
    if merged and not draft.both_ends:
        draft.notes[f"{merged} edge{'s' * (merged != 1)} written more than once count once"] = None
    _check_counts(draft, body)
    return Graph(body, name=draft.name, origin="text", assumptions=draft.notes, names=draft.names)


def _weights_in_labels(draft: Draft) -> None:
    """Take "B 4" for the node B and the weight 4 ("A -> B 4"), where no edge starts at such a label.

    Only when every edge has one and no other attribute, so that "Ann -> Gate 4" beside other edges stays a name.
    """
    links = draft.links
    if not links or any(link[5] for link in links) or draft.declared or draft.nodes:
        return
    found = [_LABEL_AND_NUMBER.fullmatch(link[1]) for link in links]
    if not all(found) or any(_LABEL_AND_NUMBER.fullmatch(link[0]) for link in links):
        ends = {label for link in links for label in link[:2]}
        some = next((match for match in found if match and match[1] in ends), None)
        if some is not None:
            draft.contradictions.append(f"{some[0]!r} may be a name, or {some[1]!r} with a number")
            draft.doubts += 0.6
        return
    names = [match[1] for match in found if match]
    alone = set(names).intersection(link[0] for link in links) or len(set(names)) < len(names)
    if not alone and any(len(name) > 2 for name in names):
        return  # nothing says that the names stand without the numbers
    draft.links = [
        (u, match[1], a, b, arrow, {_attribute(match[2]): read_number(match[3])})
        for (u, _, a, b, arrow, _), match in zip(links, found)
        if match
    ]
    draft.notes["the number behind each edge is taken as its weight"] = None


def _hyphens_in_labels(draft: Draft) -> None:
    """Take lines such as "A-B: 7" for edges with weights, where each begins with a pair and has one number."""
    found = [_PAIR.fullmatch(link[0]) for link in draft.links]
    numbers = [read_number(link[1]) for link in draft.links]
    pairs = [match for match, number in zip(found, numbers) if match and number is not None]
    if len(pairs) < 2 or draft.declared:
        return
    if len(pairs) < len(draft.links):
        draft.contradictions.append(f"{pairs[0][0]!r} may be an edge with a weight, or a name")
        draft.doubts += 0.6
        return
    draft.links = [
        (match[1], match[2], a, b, None, {"weight": number})
        for match, number, (_, _, a, b, *_) in zip(found, numbers, draft.links)
        if match
    ]
    draft.nodes, draft.both_ends = {}, False
    draft.notes["the number behind each pair is taken as its weight"] = None


def _attribute(word: str | None) -> str:
    return "capacity" if word and word.casefold().startswith("cap") else "weight"


def _fill_numbering(draft: Draft) -> None:
    """Declare nodes that only a count tells of: of 5 nodes with labels among 0..4 (or 1..5) the rest exist too."""
    count = draft.num_nodes
    if count is None or draft.declared or count > 1_000_000:
        return
    labels = list(draft.labels())
    if len(labels) >= count or not (all_integers(labels) or not labels):
        return
    numbers = {int(label) for label in labels}
    ways = [first for first in (0, 1) if all(first <= n < first + count for n in numbers)]
    if ways:
        first = 1 if ways == [1] or (len(ways) > 1 and 1 in numbers) else 0
        draft.declare(str(i) for i in range(first, first + count))
        draft.notes[f"the {count} nodes are taken to be numbered from {first} to {first + count - 1}"] = None
        if len(ways) > 1 and numbers:
            draft.contradictions.append(f"nothing says whether the {count} nodes are numbered from 0 or from 1")


def _direction(draft: Draft, stated: bool | None) -> bool:
    if stated is not None:
        return stated
    arrows = {link[4] for link in draft.links}
    if True not in arrows:
        return False
    if arrows != {True}:
        draft.doubts += 0.3
        draft.notes["some edges are written with a direction and some without; the graph is read as directed"] = None
    return True


def _is_multi(draft: Draft, directed: bool) -> bool:
    """Parallel edges stay apart when the text says so, when edges carry times, or when they differ in attributes."""
    if draft.multigraph:
        return True
    if not any(link[5] for link in draft.links):
        return False
    if any(link[5] and "time" in link[5] for link in draft.links):
        return True
    seen: dict[tuple[str, str], Any] = {}
    for u, v, _, _, _, attributes in draft.links:
        pair = (u, v) if directed or u <= v else (v, u)
        if seen.setdefault(pair, attributes) != attributes:
            draft.contradictions.append(
                f"the edge {u} – {v} is given twice with different attributes; both are kept as parallel edges"
            )
            draft.doubts += 0.1
            return True
    return False


def _add_nodes(body: nx.Graph, draft: Draft, make: Maker) -> None:
    body.add_nodes_from([make(n) for n in draft.declared])
    for label, data in draft.nodes.items():
        body.add_node(make(label), **data)


def _add_edges(body: nx.Graph, draft: Draft, make: Maker, directed: bool, multi: bool) -> int:
    """Add the edges; returns how many were dropped as repetitions."""
    mirrored = directed and draft.stated is not False
    made: dict[str, Any] = {}
    merged = 0
    explicit_multi = draft.multigraph
    seen: dict[tuple[str, str], list[Any]] = {}
    once: set[tuple[str, str]] = set()
    for u, v, start, end, arrow, attributes in draft.links:
        a, b = made.get(u), made.get(v)
        if a is None:
            a = made[u] = make(u)
        if b is None:
            b = made[v] = make(v)
        if multi and not (explicit_multi and not draft.both_ends):
            pair = (u, v) if directed or u <= v else (v, u)
            known = seen.setdefault(pair, [])
            if attributes in known:
                merged += 1
                continue
            known.append(attributes)
        elif not multi:
            pair = (u, v) if directed or u <= v else (v, u)
            if pair in once:
                merged += 1
                continue
            once.add(pair)
        data = {PROVENANCE: Provenance(start=start, end=end)}
        if attributes:
            data.update(attributes)
        body.add_edge(a, b, **data)
        if mirrored and arrow is False and not body.has_edge(b, a):
            body.add_edge(b, a, **data)
            once.add((v, u))
    return merged


def _check_declared(draft: Draft, labels: list[str]) -> None:
    if not draft.declared:
        return
    strange = [label for label in labels if label not in draft.declared]
    if strange:
        shown = ", ".join(_short(s) for s in strange[:5]) + (" …" if len(strange) > 5 else "")
        draft.contradictions.append(f"nodes that the text did not declare have edges or attributes: {shown}")


def _check_counts(draft: Draft, body: nx.Graph) -> None:
    seen = body.number_of_nodes()
    if draft.num_nodes is not None and draft.num_nodes != seen:
        draft.contradictions.append(f"the text declares {draft.num_nodes} nodes, but {seen} were read")
    edges = body.number_of_edges() if draft.num_edges is not None else None
    if draft.num_edges != edges:
        draft.contradictions.append(f"the text declares {draft.num_edges} edges, but {edges} were read")
    for u, v in draft.absent:
        if any(body.has_edge(a, b) for a, b in ((u, v), (_as_int(u), _as_int(v)))):
            draft.contradictions.append(f"the text says both that {u} and {v} have an edge and that they have none")


def _as_int(label: str) -> Any:
    return int(label) if all_integers([label]) else label


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
