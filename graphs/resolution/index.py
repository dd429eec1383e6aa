"""The names of all entities, indexed so that the few that a mention may mean are found without a look at the others.

What is found depends on the entities alone, not on the way by which the index came to hold them: a program that was
stopped and reads its store anew decides as one that went on.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from graphs.resolution.kinds import Kind, described_kind, kind_of
from graphs.resolution.naming import Name, read_name
from graphs.resolution.records import Embed, Vectors

POSTINGS = 200_000  # entries that one look-up reads at most, those of the rarest keys first
ROWS = 4  # names of one entity that are compared with a mention


@dataclass
class Known:
    """An entity as the index knows it. rows: of its names; the first is the name of the entity itself. beside: the keys
    of neighbours that the index was told of.
    """

    id: int
    type: str | None
    description: str
    rows: list[int] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)

    @property
    def kind(self) -> Kind | None:
        """What it is, by its type or else by its description."""
        return kind_of(self.type) or described_kind(self.description)


class Postings:
    """From keys to the rows that carry them; answers come as numpy sums."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}

    def add(self, row: int, keys: Iterable[str]) -> None:
        for key in keys:
            found = self._rows.get(key)
            if found is None:
                self._rows[key] = array("i", (row,))
            else:
                found.append(row)

    def remove(self, row: int, keys: Iterable[str]) -> None:
        for key in keys:
            self._rows[key].remove(row)

    def count(self, key: str) -> int:
        """How many rows carry a key."""
        return len(self._rows.get(key, ()))

    def weights(self, keys: Iterable[str], size: int, live: int) -> Vectors:
        """The summed inverse document frequencies [size] of the keys that each row shares with `keys`.

        live: rows that are not gone.
        """
        found = sorted((rows for key in sorted(keys) if (rows := self._rows.get(key))), key=len)
        total = np.zeros(size, np.float32)
        read = 0
        for rows in found:
            read += len(rows)
            if read > POSTINGS and rows is not found[0]:
                break
            total[np.array(rows)] += math.log(1 + live / len(rows))
        return total


class NameIndex:
    """Entities under their names: by spelling, key, words, trigrams, initials, vectors and neighbours."""

    def __init__(self, embed: Embed | None = None) -> None:
        """Index of nothing. embed: unit vectors of names; without it, names are found by words and trigrams."""
        self.embed = embed
        self.entities: dict[int, Known] = {}
        self.names: list[Name] = []
        self.owner = array("q")  # entity of each row; -1: gone
        self._place = array("i")  # of each row among the names of its entity
        self._live = 0  # rows that are not gone
        self._plain: dict[str, set[int]] = {}  # each from a key to rows
        self._keys: dict[str, set[int]] = {}
        self._bases: dict[str, set[int]] = {}
        self._initials: dict[str, set[int]] = {}
        self._words, self._grams = Postings(), Postings()
        self._beside: dict[str, set[int]] = {}  # from the key of a neighbour's name to entities
        self._vectors: Vectors = np.zeros((0, 0), np.float32)
        self._embedded = 0  # rows that have vectors
        self.adjacent: Callable[[int], Iterable[int]] | None = None  # the entities next to one, where a store knows

    def __len__(self) -> int:
        return len(self.entities)

    # -- what changes

    def add(
        self,
        id: int,
        name: str,
        *,
        type: str | None = None,
        description: str = "",
        aliases: Iterable[str] = (),
        neighbours: Iterable[str] = (),
    ) -> None:
        """Take up an entity; one that is known already is replaced. neighbours: names, where no store knows them."""
        self.remove(id)
        self.entities[id] = Known(id, type, description)
        for text in dict.fromkeys((name, *aliases)):
            self.add_name(id, text)
        self.add_neighbours(id, neighbours)

    def add_name(self, id: int, text: str) -> None:
        """Give an entity another name; nothing happens when it has it already."""
        known = self.entities[id]
        if any(self.names[row].text == text for row in known.rows):
            return
        name, row = read_name(text), len(self.names)
        self._place.append(len(known.rows))
        known.rows.append(row)
        self.names.append(name)
        self.owner.append(id)
        self._live += 1
        for table, key in self._places(name):
            table.setdefault(key, set()).add(row)
        self._words.add(row, set(name.words))
        self._grams.add(row, name.grams)

    def add_neighbours(self, id: int, names: Iterable[str]) -> None:
        """Say what stands next to an entity."""
        for name in names:
            key = read_name(name).key
            self._beside.setdefault(key, set()).add(id)
            self.entities[id].beside.add(key)

    def describe(self, id: int, *, type: str | None, description: str) -> None:
        """Say what an entity is."""
        self.entities[id].type, self.entities[id].description = type, description

    def remove(self, id: int) -> None:
        """Forget an entity; nothing happens when it is not known."""
        known = self.entities.pop(id, None)
        for row in known.rows if known is not None else ():
            self.owner[row] = -1
            self._live -= 1
            name = self.names[row]
            for table, key in self._places(name):
                table[key].discard(row)
            self._words.remove(row, set(name.words))
            self._grams.remove(row, name.grams)
        for key in known.beside if known is not None else ():
            self._beside[key].discard(id)

    def merge(self, keep: int, gone: int) -> None:
        """Make an entity a part of another: its names and neighbours move, type and description fill gaps."""
        one, other = self.entities[keep], self.entities[gone]
        self.remove(gone)
        for row in other.rows:
            self.add_name(keep, self.names[row].text)
        for key in other.beside:
            self._beside[key].add(keep)
        one.beside |= other.beside
        self.describe(keep, type=one.type or other.type, description=one.description or other.description)

    def _places(self, name: Name) -> Iterator[tuple[dict[str, set[int]], str]]:
        yield self._plain, name.plain
        yield self._keys, name.key
        yield self._bases, name.base
        for letters in {*name.initials, name.acronym} - {""}:
            yield self._initials, letters

    # -- what is asked

    def named(self, name: Name) -> dict[int, list[int]]:
        """Entities with a name of the same key, and the rows of those names."""
        return self._by_owner(self._keys.get(name.key, ()))

    def near(self, name: Name, vector: Vectors | None, limit: int) -> dict[int, list[int]]:
        """Entities that a name may mean under other names, at most about 5 * `limit`, with the rows that say so."""
        rows = self._bases.get(name.base, set()) | self._keys.get(name.base, set())
        if name.qualifier:
            rows = rows | self._bases.get(name.key, set())
        for letters in {*name.initials, name.acronym} - {""}:
            rows = rows | {
                row
                for row in self._initials.get(letters, ())
                if letters in (name.acronym, self.names[row].acronym)  # two names of the same initials say nothing
            }
        rows = set(sorted(rows, key=self._order)[: 4 * limit])
        for postings, keys in ((self._words, set(name.words)), (self._grams, name.grams)):
            rows.update(self._best(postings.weights(keys, len(self.names), self._live), limit))
        if vector is not None and self.names:
            self.embed_names()
            rows.update(self._best(self._vectors[: len(self.names)] @ vector, limit))
        return self._by_owner(row for row in rows if self.names[row].key != name.key)

    def _order(self, row: int) -> tuple[int, int]:
        return self.owner[row], self._place[row]

    def _by_owner(self, rows: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row in sorted(rows, key=self._order):
            if self.owner[row] >= 0:
                found.setdefault(self.owner[row], []).append(row)
        return found

    def _best(self, weights: Vectors, limit: int) -> list[int]:
        """The rows of the largest positive weights, of `limit` entities; equal ones in the order of the entities."""
        many = min(len(weights), 3 * limit)  # some are names of one entity
        if not many:
            return []
        owners, places = np.array(self.owner), np.array(self._place)
        weights = np.where(owners >= 0, weights, 0)
        least = np.partition(weights, len(weights) - many)[len(weights) - many]
        top = np.flatnonzero((weights >= least) & (weights > 0))
        top = top[np.lexsort((places[top], owners[top], -weights[top]))][:many]
        seen: set[int] = set()
        best = []
        for row in top.tolist():
            if len(seen) < limit or self.owner[row] in seen:
                seen.add(self.owner[row])
                best.append(row)
        return best

    def beside(self, key: str) -> set[int]:
        """The entities that stand next to one of this name's key."""
        found = self._beside.get(key, set())
        if self.adjacent is None:
            return found
        owners = {self.owner[row] for row in self._keys.get(key, ())} - {-1}
        return found.union(*(self.adjacent(id) for id in owners))

    def nearness(self, key: str) -> float:
        """How much a shared neighbour of this name says: 1 for a rare one, little for one next to everything."""
        return 1 / math.log2(2 + max(len(self.beside(key)), self._words.count(key)))

    def rarity(self, word: str) -> float:
        """How telling a word is: 1 for one that no name has, near 0 for one in every name."""
        return math.log(1 + (1 + self._live) / (1 + self._words.count(word))) / math.log(2 + self._live)

    def holders(self, words: Sequence[str]) -> int:
        """At most so many names have all of these words."""
        return min((self._words.count(word) for word in words), default=0)

    # -- vectors

    def embed_names(self) -> None:
        """Compute the vectors of the names that have none yet, in one call."""
        if self.embed is None or self._embedded == len(self.names):
            return
        fresh = np.asarray(self.embed([name.spoken for name in self.names[self._embedded :]]), np.float32)
        if len(self._vectors) < len(self.names):
            grown = np.zeros((max(1024, 2 * len(self.names)), fresh.shape[1]), np.float32)
            if self._embedded:
                grown[: self._embedded] = self._vectors[: self._embedded]
            self._vectors = grown
        self._vectors[self._embedded : len(self.names)] = fresh
        self._embedded = len(self.names)

    def vectors(self, rows: Sequence[int]) -> Vectors:
        """The vectors [rows, size] of names."""
        self.embed_names()
        return self._vectors[list(rows)]
