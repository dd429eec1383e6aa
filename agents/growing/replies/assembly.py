"""Putting a graph together from nodes and edges as a model wrote them: every repair counted, every loss explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from agents.growing.grounding.vocabulary import Vocabulary
from agents.growing.replies.edges import RawEdge, read_edge
from agents.growing.replies.names import Unusable, clean_name, clean_verb, key_of, spelled_out
from agents.growing.replies.proposal import Quarantined, Triple

_ID = ("id", "name", "label", "title", "entity", "node", "text")
_TYPE = ("type", "kind", "category", "entity_type")
_KNOWN = frozenset({*_ID, *_TYPE, "level"})
_ENDS = ("source_type", "target_type")


@dataclass
class _Entity:
    name: str
    type: str | None
    others: list[str]


class Assembly:
    """A graph in the making. Entities are told apart by their key (`names.key_of`); `repairs` counts by kind.

    quotes: the sentences of a text by number, for edges that name a `sentence`. meanings: what symbols stand for, such
    as {"R": "Particle Radius"}; a symbol that stands for two things is in `unclear`, and edges that use it are not
    believed. longest: characters of a name at which it is cut off, so that one as long cannot be used.
    """

    def __init__(
        self,
        vocabulary: Vocabulary | None = None,
        meanings: Mapping[str, str] | None = None,
        unclear: Iterable[str] = (),
        quotes: Mapping[int, str] | None = None,
        longest: int | None = None,
    ) -> None:
        self.vocabulary = vocabulary or Vocabulary()
        self.meanings = dict(meanings or {})
        self.unclear = set(unclear)
        self.quotes = quotes or {}
        self.longest = longest
        self.repairs: Counter[str] = Counter()
        self.quarantined: list[tuple[str, str]] = []
        self._entities: dict[str, _Entity] = {}  # by key
        self._ids: dict[str, str] = {}  # what edges may call an entity -> its key
        self._mangled: set[str] = set()  # keys of names with a verb at their end
        self._listed: set[str] = set()  # ids of the nodes that the reply lists
        self._triples: dict[tuple[str, str, str, str | None], Triple] = {}

    # -- nodes

    def add_nodes(self, nodes: object) -> None:
        """Add a list of nodes: names, or objects with `id` (and `name`, `type`)."""
        for node in self._items(nodes, "nodes"):
            try:
                self._add_node(node)
            except Unusable as why:
                self.leave_out(node, str(why))
        self._listed = set(self._ids)

    def _add_node(self, node: object) -> None:
        if not isinstance(node, dict):
            self._enter(node, None)
            return
        self.repairs["unknown_field"] += sum(field not in _KNOWN for field in node)
        named = [node[field] for field in _ID if isinstance(node.get(field), (str, int, float))]
        if not named:
            raise Unusable("a node without a name")
        kind = next((node[field] for field in _TYPE if isinstance(node.get(field), str)), None)
        reference, shown = named[0], next((name for name in named[1:] if name != named[0]), named[0])
        if shown is not named[0]:
            try:
                clean_name(shown, Counter())
            except Unusable:
                shown = reference
        if isinstance(reference, str) and reference in self._ids and shown is not reference:
            earlier, again = self._ids[reference], key_of(clean_name(shown, Counter()))
            if earlier != again:
                self.repairs["ambiguous_id"] += 1
                self.unclear.add(reference)
        elif isinstance(reference, str) and reference in self._ids:
            self.repairs["repeated_node"] += 1
        key = self._enter(shown, kind)
        if isinstance(reference, str) and shown is not reference:
            self._ids.setdefault(reference, key)
            self._alias(key, reference)

    def _enter(self, raw: object, kind: str | None) -> str:
        """The key of the entity that `raw` names; it is made if there is none."""
        name = clean_name(raw, self.repairs)
        shown = self._shown(name)
        key = key_of(shown)
        found = self._entities.get(key)
        if found is None:
            self._entities[key] = found = _Entity(shown, None, [])
        elif shown != found.name and shown not in found.others:
            self.repairs["variant_joined"] += 1
            found.others.append(shown)
        if name != shown:
            self._alias(key, name)
        if isinstance(raw, str):
            self._ids.setdefault(raw, key)
        self._ids.setdefault(name, key)
        if kind is not None and found.type is None:
            found.type = self._type(kind)
        return key

    def _shown(self, name: str) -> str:
        if name in self.meanings and name not in self.unclear:
            self.repairs["symbol_expanded"] += 1
            return self.meanings[name]
        words = spelled_out(name)
        if words != name and name not in self.vocabulary.keep:
            self.repairs["spelled_out"] += 1
            return words
        return name

    def _alias(self, key: str, other: str) -> None:
        found = self._entities[key]
        if other != found.name and other not in found.others:
            found.others.append(other)

    def _type(self, kind: str) -> str | None:
        try:
            return self.vocabulary.type_of(kind)
        except Unusable:
            self.repairs["unknown_type"] += 1
            return None

    # -- edges

    def add_edges(self, edges: object, *, listed: bool = True) -> None:
        """Add a list of edges. listed: nodes were listed apart, so that an end that is none of them dangles."""
        for edge in self._items(edges, "edges"):
            try:
                for raw in read_edge(edge, self.repairs, self._ids, self.longest):
                    self._add_edge(raw, listed=listed)
            except Unusable as why:
                self.leave_out(edge, str(why))

    def _add_edge(self, raw: RawEdge, *, listed: bool) -> None:
        source, target = raw.source, raw.target
        for end in (source, target):
            if isinstance(end, str) and end in self.unclear:
                raise Unusable(f"{end!r} stands for more than one thing in this reply")
        said = self.vocabulary.verb_of(clean_verb(raw.verb, self.repairs))
        known = [isinstance(end, str) and self._find(end) is not None for end in (source, target)]
        for end in (source, target):
            name = clean_name(end, Counter())  # both ends must be usable before either is added
            if name.casefold().endswith(f" {said.casefold()}"):
                self._mangled.add(key_of(name))
                raise Unusable("a name that ends with the verb")
        if listed and not all(isinstance(end, str) and end in self._listed for end in (source, target)):
            self.repairs["dangling_edge"] += 1
            self.repairs["node_added"] += known.count(False) if source != target else 1
        kinds = [raw.extras.get(field) if isinstance(raw.extras.get(field), str) else None for field in _ENDS]
        a, b = (self._end(end, kind) for end, kind in zip((source, target), kinds, strict=True))
        if a == b:
            raise Unusable("a self-loop: both ends are the same entity")
        quote = self._quote(raw.extras)
        triple = Triple(a, said, b, quote=quote, confidence=self._confidence(raw.extras.get("confidence")))
        place = (a, said.casefold(), b, quote)  # said in two places is evidence twice
        if place in self._triples:
            self.repairs["repeated_edge"] += 1
        else:
            self._triples[place] = triple

    def _find(self, raw: str) -> str | None:
        """The key of an entity known under this very id or name, or under a spelling of it."""
        if raw in self._ids:
            return self._ids[raw]
        try:
            name = clean_name(raw, Counter())
        except Unusable:
            return None
        key = self._ids.get(name, key_of(name))
        return key if key in self._entities else None

    def _end(self, raw: Any, kind: str | None) -> str:
        if isinstance(raw, str) and raw in self._ids:
            key = self._ids[raw]
            if kind is not None and self._entities[key].type is None:
                self._entities[key].type = self._type(kind)
            return key
        return self._enter(raw, kind)

    def _quote(self, extras: Mapping[str, Any]) -> str | None:
        for field in ("quote", "evidence"):
            if isinstance(extras.get(field), str) and extras[field].strip():
                return str(extras[field])
        number = extras.get("sentence")
        return self.quotes.get(number) if isinstance(number, int) else None

    def _confidence(self, said: object) -> float:
        if isinstance(said, bool) or not isinstance(said, (int, float)) or not 0 <= said <= 1:
            if said is not None:
                self.repairs["confidence_ignored"] += 1
            return 0.5
        return float(said)

    # -- both

    def _items(self, raw: object, what: str) -> Iterable[object]:
        if raw is None:
            return ()
        if isinstance(raw, list):
            return raw
        if isinstance(raw, dict) and raw:
            self.repairs["list_from_object"] += 1
            if all(isinstance(value, dict) for value in raw.values()):
                return [{"id": name, **value} for name, value in raw.items()]
            return [raw]
        self.leave_out(raw, f"{what} that are no list")
        return ()

    def leave_out(self, what: object, why: str) -> None:
        """Put something that cannot be used aside, with the reason."""
        self.quarantined.append(Quarantined(str(what)[:300], why))

    # -- the result

    def triples(self) -> tuple[Triple, ...]:
        """The triples, with names and types in place of keys."""
        entities = self._entities
        return tuple(
            replace(
                triple,
                source=entities[triple.source].name,
                target=entities[triple.target].name,
                source_type=entities[triple.source].type,
                target_type=entities[triple.target].type,
            )
            for triple in self._triples.values()
        )

    def entities(self) -> tuple[tuple[str, str | None], ...]:
        used = {end for triple in self._triples.values() for end in (triple.source, triple.target)}
        gone = self._mangled - used
        return tuple((entity.name, entity.type) for key, entity in self._entities.items() if key not in gone)

    def aliases(self) -> dict[str, tuple[str, ...]]:
        return {entity.name: tuple(entity.others) for entity in self._entities.values() if entity.others}
