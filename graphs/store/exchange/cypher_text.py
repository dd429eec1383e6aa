"""Cypher statements that make the graph in a server of Neo4j's kind, one a line."""

from __future__ import annotations

import json
import re
from typing import IO, Any

from graphs.store.exchange.rows import edges, nodes
from graphs.store.reading import Reading

UNIQUE = "CREATE CONSTRAINT konigsberg_entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE"
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile("[\x00-\x1f'\\\\\x7f-\x9f\u2028\u2029]")


def name(text: str) -> str:
    r"""The text as a label or a relationship's type, in backticks. Control characters become blanks.

    Some versions of Cypher read \uXXXX anywhere in a query, before anything else: a name that spells one out is broken
    up, or it could end the backticks.

    >>> name("part `of`")
    '`part ``of```'
    """
    plain = "".join(c if c.isprintable() else " " for c in text).replace("`", "``")
    return f"`{plain.replace(chr(92) + 'u', chr(92) + ' u')}`"


def literal(value: Any) -> str:
    r"""The value as it is written in a query.

    >>> print(literal("Ann's"), literal(["a", 1]), literal(None))
    'Ann\'s' ['a', 1] null
    """
    if isinstance(value, str):
        quoted = _ESCAPED.sub(lambda c: _ESCAPES.get(c[0]) or f"\\u{ord(c[0]):04X}", value)
        return "'" + re.sub(r"(?<=\\\\)u", r"\\u0075", quoted) + "'"  # `\\u` too is read as an escape by some versions
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return "null" if value is None else repr(value)


def labels(row: dict[str, Any]) -> str:
    """The labels of a node: Entity, and its type."""
    return ":Entity" if row["type"] is None else f":Entity:{name(row['type'])}"


def node_properties(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value not in (None, "", [])}


def edge_properties(row: dict[str, Any]) -> dict[str, Any]:
    """What a relationship keeps. `verb` is the exact text; evidence is a list of JSON texts: it has no maps."""
    about = {key: row[key] for key in ("id", "confidence", "status", "valid_from", "valid_to")}
    about["verb"] = row["relation"]
    about["evidence"] = [json.dumps(reason, ensure_ascii=False) for reason in row["evidence"]]
    return node_properties(about)


def write(store: Reading, stream: IO[str]) -> None:
    """For cypher-shell or a browser: a constraint, then nodes, then relationships."""
    stream.write(f"{UNIQUE};\n")
    for row in nodes(store):
        stream.write(f"CREATE ({labels(row)} {_map(node_properties(row))});\n")
    for row in edges(store):
        ends = f"MATCH (a:Entity {{id: {row['source']}}}), (b:Entity {{id: {row['target']}}})"
        stream.write(f"{ends} CREATE (a)-[:{name(row['relation'])} {_map(edge_properties(row))}]->(b);\n")


def _map(properties: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {literal(value)}" for key, value in properties.items()) + "}"
