"""Reading back the RDF that `rdf_forms` writes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import unquote

from graphs.errors import ParseError
from graphs.files.source import Source
from graphs.store.exchange.rdf_forms import BASE, PREFIXES, RDF, RDFS, SKOS
from graphs.store.exchange.taking import Rows

_KG = PREFIXES["kg"]


def read_own(source: Source) -> Rows | None:
    """The rows of one of our exports, or None where the file is other RDF.

    Raises:
        ParseError: pyoxigraph is not installed, or the file is no Turtle.
    """
    try:
        import pyoxigraph
    except ImportError as error:
        raise ParseError(
            "RDF is read by pyoxigraph, which is not installed: pip install 'konigsberg[files]'", where=source.name
        ) from error
    if f"{_KG}" not in source.text:
        return None
    about: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in pyoxigraph.parse(source.data, format=pyoxigraph.RdfFormat.TURTLE, base_iri=BASE):
            about[str(quad.subject.value)][str(quad.predicate.value)].append(quad.object.value)
    except (SyntaxError, ValueError) as error:
        raise ParseError(f"broken RDF: {str(error)[:200]}", where=source.name) from error
    rows = Rows(source.name)
    for address, said in about.items():
        if f"{_KG}Entity" in said[f"{RDF}type"]:
            rows.nodes.append(
                {
                    "id": _number(address),
                    "name": _one(said[f"{RDFS}label"]),
                    "type": _one(said[f"{_KG}type"]),
                    "description": _one(said[f"{RDFS}comment"]),
                    "aliases": said[f"{SKOS}altLabel"],
                }
            )
        elif f"{RDF}Statement" in said[f"{RDF}type"]:
            rows.edges.append(_edge(address, said, about))
    for part in (rows.nodes, rows.edges):
        if all(isinstance(row["id"], int) for row in part):
            part.sort(key=lambda row: int(row["id"]))
    return rows if rows.nodes else None


def _edge(address: str, said: dict[str, list[Any]], about: dict[str, dict[str, list[Any]]]) -> dict[str, Any]:
    verb = _one(said[f"{RDF}predicate"]) or ""
    row: dict[str, Any] = {"id": _number(address), "relation": _one(about[verb][f"{RDFS}label"]) or _last(verb)}
    for end, name in (("source", "subject"), ("target", "object")):
        row[end] = _number(_one(said[f"{RDF}{name}"]) or "")
    confidence = _one(said[f"{_KG}confidence"])
    row["confidence"] = None if confidence is None else float(confidence)
    for name in ("status", "valid_from", "valid_to"):
        row[name] = _one(said[f"{_KG}{name}"])
    row["evidence"] = [_reason(about[reason]) for reason in said[f"{_KG}evidence"]]
    return row


def _reason(said: dict[str, list[Any]]) -> dict[str, Any]:
    found = {name: _one(said[f"{_KG}{name}"]) for name in ("quote", "document", "digest", "start", "end", "call")}
    return {
        name: int(value) if name in ("start", "end") else value for name, value in found.items() if value is not None
    }


def _one(values: list[Any]) -> str | None:
    return str(values[0]) if values else None


def _last(address: str) -> str:
    return unquote(address.rpartition(":")[2])


def _number(address: str) -> int | str:
    last = _last(address)
    return int(last) if last.isdigit() and len(last) < 19 else last
