"""An index that follows a store: what was committed since the last look is taken up, an undo makes it read anew."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graphs.resolution.index import NameIndex

if TYPE_CHECKING:
    from graphs.store.reading import Reading

_NAMING = ("entity", "alias", "describe", "merge")
MANY = 2_000  # changed entities after which reading all of them at once is quicker


class Following:
    """Keeps `index` equal to the entities of `store`."""

    def __init__(self, store: Reading, index: NameIndex) -> None:
        self.store = store
        self.index = index
        self._step = 0  # the last one that is taken up
        self._event = 0
        self._unsure = True  # the index may hold what was rolled back
        self._adjacent = lru_cache(maxsize=20_000)(self._next_to)
        index.adjacent = self._adjacent

    def update(self) -> None:
        """Take up what has happened in the store since the last call. Call it between steps, where that is possible."""
        self._adjacent.cache_clear()
        open_step = self.store.base.in_transaction
        if self._unsure:
            self._read_all()
        else:
            self._read_on()
        self._unsure = open_step  # it may yet be rolled back

    def _read_all(self) -> None:
        for id in list(self.index.entities):
            self.index.remove(id)
        for entity in self.store.entities():
            self.index.add(
                entity.id, entity.name, type=entity.type, description=entity.description, aliases=entity.aliases
            )
        self._step = self.store.last_step
        self._event = max((event.number for event in self.store.events(self._step)), default=0) if self._step else 0

    def _read_on(self) -> None:
        changed: dict[int, None] = {}
        last = self.store.last_step
        for step in range(max(1, self._step), last + 1):
            for event in self.store.events(step):
                if event.number <= self._event:
                    continue
                self._event = event.number
                if event.kind in ("undo", "load"):
                    self._read_all()
                    return
                if event.kind in _NAMING:
                    ids = (event.data.get(name) for name in ("id", "entity", "keep", "gone"))
                    changed.update(dict.fromkeys(id for id in ids if id is not None))
        self._step = last
        if len(changed) > MANY:
            self._read_all()
            return
        for id in changed:
            self._read(id)

    def _read(self, id: int) -> None:
        entity = self.store.entity(id)
        if entity.id != id:  # it was merged into another, which the event names too
            self.index.remove(id)
        if entity.id not in self.index.entities:
            self.index.add(
                entity.id, entity.name, type=entity.type, description=entity.description, aliases=entity.aliases
            )
            return
        self.index.describe(entity.id, type=entity.type, description=entity.description)
        for alias in entity.aliases:
            self.index.add_name(entity.id, alias)

    def _next_to(self, id: int) -> frozenset[int]:
        ends = {relation.target for relation in self.store.out(id)} | {r.source for r in self.store.into(id)}
        return frozenset(ends - {id})
