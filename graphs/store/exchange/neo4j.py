"""To and from a server of Neo4j's kind, over Bolt, through the optional package neo4j."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from graphs.store.errors import StoreError
from graphs.store.exchange.cypher_text import UNIQUE, edge_properties, labels, name, node_properties
from graphs.store.exchange.rows import edges, nodes
from graphs.store.exchange.taking import Rows, take_in

if TYPE_CHECKING:
    from graphs.store.reading import Reading
    from graphs.store.store import Store

_ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://[^\s/]")
_AT_ONCE = 1_000  # rows a transaction
_NODES = "UNWIND $rows AS row MERGE (n:Entity {{id: row.id}}) SET n = row SET n{labels}"
_EDGES = (
    "UNWIND $rows AS row MATCH (a:Entity {{id: row.source}}), (b:Entity {{id: row.target}})"
    " MERGE (a)-[r:{verb} {{id: row.about.id}}]->(b) SET r = row.about"
)
_ALL_NODES = "MATCH (n:Entity) WHERE n.id > $after RETURN properties(n) AS about ORDER BY n.id LIMIT $limit"
_ALL_EDGES = (
    "MATCH (a:Entity)-[r]->(b:Entity) WHERE r.id > $after RETURN properties(r) AS about, type(r) AS verb,"
    " a.id AS source, b.id AS target ORDER BY r.id LIMIT $limit"
)


def connect(address: str, user: str = "neo4j", password: str = "", **about: Any) -> Any:
    """A driver for an address such as neo4j://localhost:7687 or bolt+s://host; close it in the end.

    Raises:
        StoreError: neo4j is not installed, nobody answers, or user and password are refused.
    """
    try:
        import neo4j
    except ImportError as error:
        raise StoreError(
            "a server is reached with neo4j, which is not installed: pip install 'konigsberg[neo4j]'"
        ) from error
    if not _ADDRESS.match(address):
        raise StoreError(f"{address!r:.80} is no address of a server; give one such as bolt://localhost:7687")
    try:
        driver = neo4j.GraphDatabase.driver(address, auth=(user, password) if password else None, **about)
    except (ValueError, neo4j.exceptions.DriverError) as error:
        raise StoreError(f"{address!r} is no address of a server ({error}); give one as bolt://host:7687") from error
    with refusing():
        try:
            driver.verify_connectivity()
        except BaseException:
            driver.close()
            raise
    return driver


@contextmanager
def refusing() -> Iterator[None]:
    """Errors of the driver and the server as errors of this package."""
    from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable

    try:
        yield
    except ServiceUnavailable as error:
        raise StoreError(f"the server does not answer ({error}); see that it runs and listens there") from error
    except AuthError as error:
        raise StoreError(f"the server refuses user and password ({error.message})") from error
    except (Neo4jError, DriverError) as error:
        raise StoreError(f"the server refused: {error}") from error


def push(store: Reading, driver: Any, database: str | None = None) -> dict[str, int]:
    """Write the store's entities and relations to the server; returns how many. Doing it again changes what changed.

    Entities carry the label Entity and an id that a constraint keeps unique. What the server holds beside them stays
    as it is; so does what was merged or undone in the store since the last push: empty the database before, where it
    is to be exactly the store.

    Raises:
        StoreError: the server refused; whole batches of rows may have been written.
    """
    count = {"entities": 0, "relations": 0}
    with refusing(), store.snapshot(), driver.session(database=database) as session:
        session.execute_write(_run, UNIQUE)
        for kind, some in _parts((labels(row), node_properties(row)) for row in nodes(store)):
            session.execute_write(_run, _NODES.format(labels=kind), rows=some)
            count["entities"] += len(some)
        relations = (
            (
                name(row["relation"]),
                {"source": row["source"], "target": row["target"], "about": edge_properties(row)},
            )
            for row in edges(store)
        )
        for verb, some in _parts(relations):
            session.execute_write(_run, _EDGES.format(verb=verb), rows=some)
            count["relations"] += len(some)
    return count


def _run(transaction: Any, query: str, **parameters: Any) -> list[dict[str, Any]]:
    return [dict(record) for record in transaction.run(query, parameters)]


def _parts(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    source = iter(rows)
    while some := list(islice(source, _AT_ONCE)):
        groups: dict[str, list[dict[str, Any]]] = {}
        for key, row in some:
            groups.setdefault(key, []).append(row)
        yield from groups.items()


def pull(driver: Any, store: Store, database: str | None = None) -> int:
    """Take what `push` wrote into a store, as one step; returns its number. See `taking.take_in` for what is the same.

    Only nodes with the label Entity and an id, and relationships with an id between them, are read.

    Raises:
        StoreError: the server refused.
        ParseError: something on the server cannot be taken.
    """
    rows = Rows("server")
    with refusing(), driver.session(database=database) as session:
        for record in _pages(session, _ALL_NODES):
            rows.nodes.append(dict(record["about"]))
        for record in _pages(session, _ALL_EDGES):
            about = dict(record["about"])
            about["relation"] = about.pop("verb", None) or record["verb"]
            about["evidence"] = [json.loads(reason) for reason in about.get("evidence") or ()]
            rows.edges.append({**about, "source": record["source"], "target": record["target"]})
    with store.step("import", "server") as step:
        take_in(step, rows)
    return step.number


def _pages(session: Any, query: str) -> Iterator[dict[str, Any]]:
    after = 0
    while page := session.execute_read(_run, query, after=after, limit=_AT_ONCE):
        yield from page
        after = page[-1]["about"]["id"]
