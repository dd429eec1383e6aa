"""Cypher over a store, through the optional package kglite: a read-only copy in memory, made anew after each change.

Nodes have the label Entity and their type; relationships have their verb as type. Properties are those that
`exchange.cypher_text` writes, so a query runs unchanged on a server that `exchange.neo4j` filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphs.errors import BudgetExceeded
from graphs.store import log
from graphs.store.errors import StoreError
from graphs.store.exchange.cypher_text import edge_properties, node_properties
from graphs.store.exchange.rows import edges, nodes
from graphs.store.reading import Reading
from graphs.store.records import Status

_AT_ONCE = 50_000  # rows that go over at a time
# the one clause that reaches beyond the graph: it reads files, and a query may be a model's
_FILES = re.compile(r"\bload(?:\s|/\*.*?\*/|//[^\r\n]*[\r\n])+csv\b", re.IGNORECASE | re.DOTALL)
_NODES = "UNWIND $rows AS row CREATE (n:Entity{label}) SET n = row"
_EDGES = (
    "UNWIND $rows AS row MATCH (a:Entity {id: row.source}), (b:Entity {id: row.target})"
    " CREATE (a)-[r:$verb]->(b) SET r += row.about"
)


@dataclass(frozen=True, slots=True)
class CypherRows:
    """What a query found. notes: what it may have got wrong, such as a label that no node has."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    notes: tuple[str, ...] = ()


class CypherView:
    """Queries in Cypher over what holds: retired relations are left out unless `statuses` names them."""

    def __init__(self, store: Reading, statuses: Iterable[Status] = ("grounded", "hypothesis")) -> None:
        self.store = store
        self.statuses = tuple(statuses)
        self._made: tuple[int, Any] | None = None

    def query(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 60.0,
        limit: int | None = None,
    ) -> CypherRows:
        """Run a query that reads. timeout: seconds. limit: rows at most; a note says when there were more.

        Raises:
            StoreError: kglite is not installed, or the query is refused; the message says why and where.
            BudgetExceeded: the time ran out.
        """
        if _FILES.search(query):
            raise StoreError("LOAD CSV reads files, which a query may not; import the file into the store instead")
        kglite = _kglite()
        with self._refusing(kglite, timeout):
            graph = self._graph(kglite)
            wait = max(1, int(timeout * 1000))
            found = graph.cypher(query, params=dict(parameters or {}), timeout_ms=wait, row_limit=limit)
            if isinstance(found, str):
                raise StoreError("FORMAT CSV is not taken here; ask for rows, or export the store as CSV")
            return CypherRows(tuple(found.columns), found.to_list(), tuple(found.warnings))

    @contextmanager
    def _refusing(self, kglite: Any, timeout: float) -> Iterator[None]:
        policy = kglite.get_query_warning_policy()
        kglite.set_query_warning_policy("silent")  # notes are handed on, not printed
        try:
            yield
        except kglite.CypherTimeoutError as error:
            raise BudgetExceeded(f"the query took longer than {timeout:g} s; narrow it, or allow more") from error
        except kglite.ReadOnlyError as error:
            raise StoreError(
                "queries only read; change the graph in steps of the store, where every change can be undone"
            ) from error
        except (kglite.KgError, TypeError, OverflowError, RecursionError) as error:
            raise StoreError(f"the query is refused: {error}") from error
        finally:
            kglite.set_query_warning_policy(policy)

    def _graph(self, kglite: Any) -> Any:
        with self.store.snapshot():
            moment = log.last_number(self.store.base)
            if self._made is None or self._made[0] != moment:
                self._made = (moment, _copy(self.store, kglite, self.statuses))
        return self._made[1]


def _kglite() -> Any:
    try:
        import kglite
    except ImportError as error:
        raise StoreError("Cypher needs kglite, which is not installed: pip install 'konigsberg[cypher]'") from error
    return kglite


def _copy(store: Reading, kglite: Any, statuses: tuple[Status, ...]) -> Any:
    graph = kglite.KnowledgeGraph()
    # a statement a type and a verb: a name that is a parameter is never part of the query's text
    for kind, some in _parts((row["type"], node_properties(row)) for row in nodes(store)):
        query = _NODES.format(label="" if kind is None else ":$label")
        graph.cypher(query, params={"rows": some, "label": kind})
    relations = (
        (row["relation"], {"source": row["source"], "target": row["target"], "about": edge_properties(row)})
        for row in edges(store)
        if row["status"] in statuses
    )
    for verb, some in _parts(relations):
        graph.cypher(_EDGES, params={"rows": some, "verb": verb})
    graph.read_only(True)
    return graph


def _parts(rows: Iterable[tuple[str | None, dict[str, Any]]]) -> Iterator[tuple[str | None, list[dict[str, Any]]]]:
    """The rows that share a name, some at a time."""
    source = iter(rows)
    while some := list(islice(source, _AT_ONCE)):
        groups: dict[str | None, list[dict[str, Any]]] = {}
        for name, row in some:
            groups.setdefault(name, []).append(row)
        yield from groups.items()
