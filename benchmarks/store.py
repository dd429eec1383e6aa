"""The knowledge-graph store against networkx + JSON and against bare SQLite: load, 2-hop query, upsert, in one run."""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import networkx as nx

from graphs.store import Store

Triple = tuple[str, str, str]
UPSERTED = 100  # triples in one transaction


class Contender(Protocol):
    """What is measured. All of it is durable when the call returns, but for `remember`."""

    name: str

    def load(self, triples: Sequence[Triple]) -> None:
        """All triples into an empty store."""

    def reopen(self) -> None:
        """As another process would."""

    def two_hops(self, name: str) -> set[str]:
        """The names of what can be reached by exactly two relations."""

    def upsert(self, triples: Sequence[Triple]) -> None:
        """Add what is not there."""

    def bytes(self) -> int:
        """What lies on the disk."""


class OurStore:
    """The store of this package: log, full-text index, foreign keys and all."""

    name = "konigsberg store"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "store"
        self.store = Store.open(self.folder)

    def load(self, triples: Sequence[Triple]) -> None:
        self.store.load_triples(triples)

    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder)

    def two_hops(self, name: str) -> set[str]:
        store = self.store
        ids = {
            second.target
            for start in store.find(name)
            for first in store.out(start.id)
            for second in store.out(first.target)
        }
        return {store.entity(number).name for number in ids}

    def upsert(self, triples: Sequence[Triple]) -> None:
        with self.store.step("import") as step:
            for source, verb, target in triples:
                ends = []
                for name in (source, target):
                    found = self.store.find(name)
                    ends.append(found[0].id if found else step.add_entity(name))
                step.add_relation(ends[0], verb, ends[1])

    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.folder.iterdir())


class OurStoreBySql(OurStore):
    """The same store: its query as one SQL statement over its tables, its upsert by exact names."""

    name = "the same, by SQL / load_triples"
    _TWO_HOPS = """
    SELECT DISTINCT entities.name FROM names JOIN relations AS a ON a.source = names.entity
    JOIN relations AS b ON b.source = a.target JOIN entities ON entities.id = b.target WHERE names.text = ?
    """

    def __init__(self, other: OurStore) -> None:
        self.folder, self.store = other.folder, other.store

    def two_hops(self, name: str) -> set[str]:
        return {found for (found,) in self.store.base.execute(self._TWO_HOPS, (name,))}

    def upsert(self, triples: Sequence[Triple]) -> None:
        self.store.load_triples(triples)


class BareSqlite:
    """Two tables and their indexes: no log, no names but exact ones, no full text, no evidence."""

    name = "bare SQLite"
    _SCHEMA = """
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
    CREATE TABLE IF NOT EXISTS entities (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS relations (id INTEGER PRIMARY KEY, source INTEGER, verb TEXT, target INTEGER);
    CREATE UNIQUE INDEX IF NOT EXISTS relations_out ON relations (source, verb, target);
    CREATE INDEX IF NOT EXISTS relations_into ON relations (target, verb);
    """
    _TWO_HOPS = """
    SELECT DISTINCT last.name FROM entities JOIN relations AS a ON a.source = entities.id
    JOIN relations AS b ON b.source = a.target JOIN entities AS last ON last.id = b.target WHERE entities.name = ?
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bare.sqlite"
        self._open()

    def _open(self) -> None:
        self.base = sqlite3.connect(self.path, isolation_level=None)
        self.base.executescript(self._SCHEMA)

    def load(self, triples: Sequence[Triple]) -> None:
        base = self.base
        base.execute("BEGIN")
        names = dict.fromkeys(name for source, _, target in triples for name in (source, target))
        ids = {name: number for number, name in enumerate(names, 1)}
        base.executemany("INSERT INTO entities VALUES (?, ?)", ((number, name) for name, number in ids.items()))
        base.executemany(
            "INSERT OR IGNORE INTO relations (source, verb, target) VALUES (?, ?, ?)",
            ((ids[source], verb, ids[target]) for source, verb, target in triples),
        )
        base.execute("COMMIT")

    def reopen(self) -> None:
        self.base.close()
        self._open()

    def two_hops(self, name: str) -> set[str]:
        return {found for (found,) in self.base.execute(self._TWO_HOPS, (name,))}

    def upsert(self, triples: Sequence[Triple]) -> None:
        base = self.base
        base.execute("BEGIN")
        names = [(name,) for source, _, target in triples for name in (source, target)]
        base.executemany("INSERT OR IGNORE INTO entities (name) VALUES (?)", names)
        base.executemany(
            "INSERT OR IGNORE INTO relations (source, verb, target) SELECT a.id, ?, b.id"
            " FROM entities AS a, entities AS b WHERE a.name = ? AND b.name = ?",
            [(verb, source, target) for source, verb, target in triples],
        )
        base.execute("COMMIT")

    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.path.parent.glob("bare.sqlite*"))


class NetworkxAndJson:
    """A MultiDiGraph in memory, keyed by verb, and the whole of it in one JSON file."""

    name = "networkx + JSON"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "graph.json"
        self.graph = nx.MultiDiGraph()

    def load(self, triples: Sequence[Triple]) -> None:
        self.remember(triples)
        self._save()

    def remember(self, triples: Sequence[Triple]) -> None:
        self.graph.add_edges_from((source, target, verb) for source, verb, target in triples)

    def _save(self) -> None:
        with self.path.open("w", encoding="utf-8") as stream:
            json.dump(nx.node_link_data(self.graph, edges="edges"), stream)

    def reopen(self) -> None:
        with self.path.open(encoding="utf-8") as stream:
            self.graph = nx.node_link_graph(json.load(stream), edges="edges")

    def two_hops(self, name: str) -> set[str]:
        graph = self.graph
        return {second for first in graph.successors(name) for second in graph.successors(first)}

    def upsert(self, triples: Sequence[Triple]) -> None:
        self.remember(triples)
        self._save()

    def bytes(self) -> int:
        return self.path.stat().st_size


def made_triples(count: int, seed: int) -> list[Triple]:
    """Different triples among count / 5 entities; few of them are the target of many."""
    rng = random.Random(seed)
    size = max(count // 5, 2)
    found: dict[Triple, None] = {}
    while len(found) < count:
        target = int(size * rng.random() ** 3)
        found[f"entity {rng.randrange(size)}", f"verb {rng.randrange(40)}", f"entity {target}"] = None
    return list(found)


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock, and of this process."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def batches(triples: Sequence[Triple], rng: random.Random, count: int) -> Iterator[list[Triple]]:
    """Half of what is upserted is there, and half is new."""
    for at in range(count):
        old = rng.sample(triples, UPSERTED // 2)
        yield old + [
            (name, "upserted", f"new {at} {i}") for i, (name, _, _) in enumerate(rng.sample(triples, UPSERTED // 2))
        ]


def measure(one: Contender, triples: Sequence[Triple], transactions: int, *, loaded: bool) -> dict[str, float]:
    """All figures of one contender."""
    rng = random.Random(7)
    figures = {}
    if not loaded:
        figures["load s"], figures["load CPU s"] = timed(lambda: one.load(triples))
        figures["reopen s"] = timed(one.reopen)[0]
        figures["MB"] = one.bytes() / 1e6
    names = [source for source, _, _ in rng.sample(triples, min(500, len(triples)))]
    times = [timed(lambda name=name: one.two_hops(name))[0] for name in names]  # type: ignore[misc]
    figures["2 hops median ms"] = statistics.median(times) * 1000
    figures["2 hops 95 % ms"] = statistics.quantiles(times, n=20)[18] * 1000
    some = list(batches(triples, rng, transactions))
    took = [timed(lambda batch=batch: one.upsert(batch)) for batch in some]  # type: ignore[misc]
    figures["upsert ms / 100"] = statistics.median(clock for clock, _ in took) * 1000
    figures["CPU ms / 100"] = statistics.median(cpu for _, cpu in took) * 1000
    figures["upserts / s"] = UPSERTED * 1000 / figures["upsert ms / 100"]
    return figures


def main() -> int:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--transactions", type=int, default=200, help="of 100 triples each; networkx + JSON: 2")
    options = parser.parse_args()
    if options.triples < 1000 or options.transactions < 2:
        parser.error("--triples must be at least 1000 and --transactions at least 2")
    triples = made_triples(options.triples, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        ours, bare, memory = OurStore(Path(folder)), BareSqlite(Path(folder)), NetworkxAndJson(Path(folder))
        rows: dict[str, dict[str, float]] = {}
        for one, transactions in ((ours, options.transactions), (bare, options.transactions), (memory, 2)):
            print(f"{one.name} …", file=sys.stderr)
            rows[one.name] = measure(one, triples, transactions, loaded=False)
        by_sql = OurStoreBySql(ours)
        rows[by_sql.name] = measure(by_sql, triples, options.transactions, loaded=True)
        for name in [source for source, _, _ in triples[:50]]:
            found = {tuple(sorted(n for n in c.two_hops(name) if "new" not in n)) for c in (ours, by_sql, bare, memory)}
            if len(found) > 1:
                raise RuntimeError(f"the contenders differ on the two hops of {name}")
        problems = ours.store.check() if options.triples <= 100_000 else []
        if problems:
            raise RuntimeError(problems[0])
        ours.store.close()
        bare.base.close()
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    print(f"{'':32s}" + "".join(f"{column:>17s}" for column in columns))
    for name, row in rows.items():
        print(f"{name:32s}" + "".join(f"{row[c]:17,.2f}" if c in row else f"{'':17s}" for c in columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
