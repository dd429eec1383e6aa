"""Turtle and JSON-LD.

Entities are resources with rdfs:label, skos:altLabel and rdfs:comment; their types are classes. A relation is a direct
triple while it holds (retired ones are not stated) and an rdf:Statement with confidence, status, times and evidence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote

from graphs.store.exchange.rows import edges, nodes
from graphs.store.reading import Reading

BASE = "urn:konigsberg:"
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
SKOS, XSD = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"rdf": RDF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD, "kg": f"{BASE}vocabulary:"}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029]')


def iri(kind: str, name: object) -> str:
    """The address of an entity, relation, verb or type.

    >>> iri("verb", "part of")
    'urn:konigsberg:verb:part%20of'
    """
    return f"{BASE}{kind}:{quote(str(name), safe='')}"


class _Iri(str):
    """An address, where a text might stand as well."""


def _resources(store: Reading) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """(address, [(property, value)]) in order; a value is an address, a text, or a number."""
    verbs: set[str] = set()
    for row in nodes(store):
        about: list[tuple[str, Any]] = [("rdf:type", _Iri("kg:Entity")), ("rdfs:label", row["name"])]
        if row["type"] is not None:
            about.append(("rdf:type", _Iri(iri("type", row["type"]))))
            about.append(("kg:type", row["type"]))
        about += [("skos:altLabel", alias) for alias in row["aliases"]]
        if row["description"]:
            about.append(("rdfs:comment", row["description"]))
        yield iri("entity", row["id"]), about
    for row in edges(store):
        source, target = (_Iri(iri("entity", row[end])) for end in ("source", "target"))
        verb, relation = _Iri(iri("verb", row["relation"])), iri("relation", row["id"])
        if verb not in verbs:
            verbs.add(verb)
            yield verb, [("rdf:type", _Iri("rdf:Property")), ("rdfs:label", row["relation"])]
        if row["status"] != "retired":
            yield source, [(verb, target)]
        about = [("rdf:type", _Iri("rdf:Statement")), ("rdf:subject", source), ("rdf:predicate", verb)]
        about += [("rdf:object", target), ("kg:confidence", row["confidence"]), ("kg:status", row["status"])]
        about += [(f"kg:{name}", row[name]) for name in ("valid_from", "valid_to") if row[name] is not None]
        reasons = [_Iri(f"{relation}:evidence:{at}") for at in range(1, len(row["evidence"]) + 1)]
        yield relation, [*about, *(("kg:evidence", reason) for reason in reasons)]
        for reason, said in zip(reasons, row["evidence"], strict=True):
            yield reason, [("rdf:type", _Iri("kg:Evidence")), *((f"kg:{name}", value) for name, value in said.items())]


def write_turtle(store: Reading, stream: IO[str]) -> None:
    """One resource a line, with all its properties."""
    for prefix, address in PREFIXES.items():
        stream.write(f"@prefix {prefix}: <{address}> .\n")
    for address, about in _resources(store):
        said = " ; ".join(f"{_term(_Iri(name))} {_term(value)}" for name, value in about)
        stream.write(f"<{address}> {said} .\n")


def _term(value: Any) -> str:
    if isinstance(value, _Iri):
        return value if value.partition(":")[0] in PREFIXES else f"<{value}>"
    if isinstance(value, str):
        return '"' + _ESCAPED.sub(lambda c: _ESCAPES.get(c[0]) or f"\\u{ord(c[0]):04X}", value) + '"'
    if isinstance(value, float):
        return f'"{value!r}"^^xsd:double'
    return str(value)


def write_jsonld(store: Reading, stream: IO[str]) -> None:
    """The same statements as the Turtle."""
    stream.write('{"@context": ' + json.dumps(PREFIXES) + ', "@graph": [')
    comma = "\n"
    for address, about in _resources(store):
        row: dict[str, Any] = {"@id": address}
        for name, value in about:
            if name == "rdf:type":
                row.setdefault("@type", []).append(value)
            else:
                row.setdefault(name, []).append(_json_term(value))
        stream.write(comma + json.dumps(row, ensure_ascii=False))
        comma = ",\n"
    stream.write("\n]}\n")


def _json_term(value: Any) -> Any:
    if isinstance(value, _Iri):
        return {"@id": value}
    if isinstance(value, float):
        return {"@value": repr(value), "@type": "xsd:double"}
    return value
