"""The relations of a knowledge graph as columns: what queries run on, and what checkers scan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graphs.errors import BadArgument

if TYPE_CHECKING:
    from graphs.store.query import Expression

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Facts:
    """Entities and the relations that hold between them; positions, not ids, are what the columns hold.

    entity_ids: [n]. labels: [n], each once: a name, or "name (2)" for the second of that name. types: [n].
    relation_ids: [m], as the store (or the graph's edge keys) knows them. sources, targets: [m] positions of entities.
    verb_codes: [m] positions in `verbs`.
    """

    entity_ids: Ints
    labels: tuple[str, ...]
    types: tuple[str | None, ...]
    relation_ids: tuple[Any, ...]
    sources: Ints
    targets: Ints
    verb_codes: Ints
    verbs: tuple[str, ...]

    @property
    def num_entities(self) -> int:
        return len(self.labels)

    @property
    def num_relations(self) -> int:
        return len(self.relation_ids)

    @cached_property
    def position(self) -> dict[int, int]:
        """Entity id -> position."""
        return {int(entity): at for at, entity in enumerate(self.entity_ids)}

    @cached_property
    def by_label(self) -> dict[str, int]:
        """Label -> position."""
        return {label: at for at, label in enumerate(self.labels)}

    @cached_property
    def row_of(self) -> dict[Any, int]:
        """Relation id -> row."""
        return {relation: row for row, relation in enumerate(self.relation_ids)}

    @cached_property
    def code_of(self) -> dict[str, int]:
        """Verb -> code."""
        return {verb: code for code, verb in enumerate(self.verbs)}

    @cached_property
    def _by_source(self) -> tuple[Ints, Ints]:
        return _index(self.sources, self.num_entities)

    @cached_property
    def _by_target(self) -> tuple[Ints, Ints]:
        return _index(self.targets, self.num_entities)

    def rows_out(self, at: int) -> Ints:
        """Rows whose source is the entity at position `at`."""
        order, starts = self._by_source
        return order[starts[at] : starts[at + 1]]

    def rows_in(self, at: int) -> Ints:
        """Rows whose target is the entity at position `at`."""
        order, starts = self._by_target
        return order[starts[at] : starts[at + 1]]

    @cached_property
    def ends(self) -> tuple[tuple[Ints, Ints], ...]:
        """For each verb: the positions that are ever its source, and ever its target, each sorted."""
        found = []
        order = np.argsort(self.verb_codes, kind="stable")
        starts = np.searchsorted(self.verb_codes[order], np.arange(len(self.verbs) + 1))
        for code in range(len(self.verbs)):
            rows = order[starts[code] : starts[code + 1]]
            found.append((np.unique(self.sources[rows]), np.unique(self.targets[rows])))
        return tuple(found)

    def codes(self, verbs: Sequence[str] | None) -> frozenset[int] | None:
        """The codes of the verbs; None for any.

        Raises:
            BadArgument: no relation has that verb.
        """
        if verbs is None:
            return None
        for verb in verbs:
            if verb not in self.code_of:
                from difflib import get_close_matches

                close = get_close_matches(verb[:200], self.verbs[:5_000], n=3)
                hint = f"did you mean {', '.join(close)}?" if close else f"it has {', '.join(self.verbs[:8])} …"
                raise BadArgument(f"the graph has no relation {verb[:80]!r}; {hint}")
        return frozenset(self.code_of[verb] for verb in verbs)

    def at(self, entity: int) -> int:
        """The position of an entity.

        Raises:
            BadArgument: no entity has that id.
        """
        found = self.position.get(entity)
        if found is None:
            raise BadArgument(f"the graph has no entity with the id {entity}")
        return found

    @classmethod
    def of(
        cls, entities: Iterable[tuple[int, str, str | None]], relations: Iterable[tuple[Any, int, str, int]]
    ) -> Facts:
        """From (id, name, type) of entities and (id, source id, verb, target id) of relations."""
        people = sorted(entities)
        position = {entity: at for at, (entity, _, _) in enumerate(people)}
        rows = list(relations)
        verbs = sorted({row[2] for row in rows})
        codes = {verb: code for code, verb in enumerate(verbs)}
        return cls(
            np.fromiter((entity for entity, _, _ in people), np.int64, len(people)),
            labels_of([name for _, name, _ in people]),
            tuple(kind for _, _, kind in people),
            tuple(row[0] for row in rows),
            np.fromiter((position[row[1]] for row in rows), np.int64, len(rows)),
            np.fromiter((position[row[3]] for row in rows), np.int64, len(rows)),
            np.fromiter((codes[row[2]] for row in rows), np.int64, len(rows)),
            tuple(verbs),
        )


def labels_of(names: Sequence[str]) -> tuple[str, ...]:
    """The names, each once: the second "Paris" becomes "Paris (2)".

    >>> labels_of(["Paris", "Rome", "Paris"])
    ('Paris', 'Rome', 'Paris (2)')
    """
    taken = set(names)
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        label = name
        if seen[name] > 1:
            number = seen[name]
            while (label := f"{name} ({number})") in taken:
                number += 1
            taken.add(label)
        found.append(label)
    return tuple(found)


def _index(column: Ints, count: int) -> tuple[Ints, Ints]:
    order = np.argsort(column, kind="stable")
    return order, np.searchsorted(column[order], np.arange(count + 1))


def in_words(query: Expression, facts: Facts) -> str:
    """The query as people read it: `?x: Tom Hanks <-starred_actors- ?x`, nested from the inside out.

    >>> from graphs.store.query import Entities, Related
    >>> facts = Facts.of([(1, "Alien", None), (2, "Scott", None)], [(5, 1, "directed_by", 2)])
    >>> in_words(Related(Related(Entities((1,)), ("directed_by",), "out"), None, "in"), facts)
    'what has any relation to (what Alien directed_by)'
    """
    from graphs.store import query as q

    if isinstance(query, q.Entities):
        return " or ".join(_shown(facts.labels[facts.at(entity)]) for entity in query.ids[:5]) + (
            " …" if len(query.ids) > 5 else ""
        )
    if isinstance(query, q.OfType):
        return "every entity" if query.type is None else f"every {_shown(query.type)}"
    if isinstance(query, q.Related):
        inner = in_words(query.of, facts)
        inner = inner if isinstance(query.of, q.Entities) else f"({inner})"
        verb = "any relation to" if query.verbs is None else " or ".join(map(_shown, query.verbs))
        if query.side == "out":
            return f"what {inner} {'has any relation to' if query.verbs is None else verb}"
        if query.side == "in":
            return f"what {'has any relation to' if query.verbs is None else verb} {inner}"
        return f"what has {verb} {inner}" if query.verbs is None else f"what {verb} {inner}, in either direction"
    if isinstance(query, q.Without):
        return f"{in_words(query.whole, facts)}, but not {in_words(query.part, facts)}"
    joint = " and " if isinstance(query, q.And) else " or "
    return joint.join(f"({in_words(part, facts)})" for part in query.parts)


def _shown(text: str, limit: int = 80) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= limit else text[: limit - 1] + "…"
