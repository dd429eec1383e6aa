"""RDF: Turtle, N-Triples, N-Quads, TriG and RDF/XML through pyoxigraph; a triple is a directed labelled edge."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from graphs.errors import BadArgument, GraphError
from graphs.files.build import Builder, Options
from graphs.files.source import Source
from graphs.graph import Graph

_BASE = "urn:konigsberg:"
_IS_XML = re.compile(r"\s*<(?:\?xml|(?:\w+:)?RDF[\s>]|!)")
_MARKUP = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_rdf(source: Source, options: Options) -> Graph:
    """Triples whose object is a resource are edges with `relation`; literals are attributes of their subject.

    Nodes and relations are written by the last part of their address where that names only one of them, else in
    full; the full address is the node's `iri`.

    Raises:
        ParseError: pyoxigraph is not installed, broken RDF, or RDF/XML with a document type.
    """
    oxigraph = _oxigraph(source)
    formats = {
        ".ttl": "TURTLE", ".nt": "N_TRIPLES", ".nq": "N_QUADS", ".trig": "TRIG", ".rdf": "RDF_XML", ".owl": "RDF_XML",
        ".xml": "RDF_XML",
    }  # fmt: skip
    kind = formats.get(source.suffix) or ("RDF_XML" if _IS_XML.match(source.text) else "TURTLE")
    if kind == "RDF_XML" and _MARKUP.search(source.text):
        line = source.text[: _MARKUP.search(source.text).start()].count("\n") + 1  # type: ignore[union-attr]
        raise source.fail(
            "the RDF/XML declares a document type or entities, which are refused; delete <!DOCTYPE …>", line
        )
    try:
        format_ = getattr(oxigraph.RdfFormat, kind)
        triples = [
            (q.subject, q.predicate, q.object) for q in oxigraph.parse(source.text, format=format_, base_iri=_BASE)
        ]
    except (SyntaxError, ValueError) as error:
        found = re.search(r"line (\d+)(?:[^\d]+column )?(\d+)?", str(error))
        at = (int(found[1]), int(found[2]) if found[2] else None) if found else (getattr(error, "lineno", None), None)
        raise source.fail(f"broken RDF: {str(error)[:200]}", *at) from error
    if not triples:
        raise source.fail("the file holds no triple")
    return _graph(source, triples, options, oxigraph)


def _graph(source: Source, triples: list[Any], options: Options, oxigraph: Any) -> Graph:
    build = Builder(source)
    resources = dict.fromkeys(term for s, _, o in triples for term in (s, o) if not isinstance(term, oxigraph.Literal))
    labels = _short({term: str(getattr(term, "value", term)) for term in resources})
    relations = _short({p: p.value for p in dict.fromkeys(p for _, p, _ in triples)})
    for subject, predicate, obj in triples:
        if isinstance(obj, oxigraph.Literal):
            _attribute(build, labels[subject], relations[predicate], _literal(obj))
        else:
            build.edge(labels[subject], labels[obj], {"relation": relations[predicate]})
    for term, label in labels.items():
        iri = str(getattr(term, "value", ""))
        if iri and iri != label and not iri.startswith(_BASE):
            build.node(label, {"iri": iri})
        build.node(label)
    return build.graph(options, directed=True, integers=False, rename=False)


def _attribute(build: Builder, label: str, name: str, value: Any) -> None:
    build.node(label)
    known = build.nodes[label]
    if name in known:
        known[name] = [*(known[name] if isinstance(known[name], list) else [known[name]]), value]
    else:
        known[name] = value


def _literal(term: Any) -> Any:
    kind = term.datatype.value.rpartition("#")[2]
    try:
        if kind in ("integer", "int", "long"):
            return int(term.value)
        if kind in ("double", "float", "decimal"):
            return float(term.value)
    except ValueError:
        return term.value
    return {"true": True, "false": False}.get(term.value, term.value) if kind == "boolean" else term.value


def _short(addresses: dict[Any, str]) -> dict[Any, str]:
    """The last part of each address where no other has the same, decoded; else the address."""
    last = {term: unquote(re.split(r"[/#]", address.removeprefix(_BASE).rstrip("/#"))[-1] or address)
            for term, address in addresses.items()}  # fmt: skip
    counts: dict[str, int] = {}
    for name in last.values():
        counts[name] = counts.get(name, 0) + 1
    return {term: last[term] if counts[last[term]] == 1 else addresses[term] for term in addresses}


def write_rdf(graph: Graph) -> str:
    """N-Triples (which are Turtle too): `relation` (or "edge") as predicate, attributes of nodes as literals.

    Raises:
        BadArgument: an undirected graph, or edges with attributes other than `relation`.
    """
    if not graph.directed:
        raise BadArgument("RDF triples have a direction and the graph has none; write GraphML or JSON")
    extra = set(graph.edge_attribute_names()) - {"relation"}
    if extra:
        raise BadArgument(f"RDF cannot hold the edge attribute {sorted(extra)[0]!r}; write GraphML or JSON")
    lines = []
    for node, data in graph.nx.nodes(data=True):
        for name, value in data.items():
            if name != "iri":
                for one in value if isinstance(value, list) else [value]:
                    lines.append(f"{_resource(node, graph)} <{_BASE}{_part(name)}> {_quoted(one)} .")
    for edge in graph.edges():
        relation = _part(edge.attributes.get("relation", "edge"))
        lines.append(f"{_resource(edge.source, graph)} <{_BASE}{relation}> {_resource(edge.target, graph)} .")
    return "\n".join([*lines, ""])


def _resource(node: object, graph: Graph) -> str:
    iri = graph.nx.nodes[node].get("iri")
    if isinstance(iri, str) and re.fullmatch(r"[A-Za-z][\w+.-]*:[^\s<>\"{}|^`\\]+", iri):
        return f"<{iri}>"
    return f"<{_BASE}{_part(node)}>"


def _part(value: object) -> str:
    return quote(str(value), safe="")


def _quoted(value: object) -> str:
    kinds: tuple[tuple[type, str], ...] = ((bool, "boolean"), (int, "integer"), (float, "double"))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    for mark, code in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(mark, code)
    kind = next((name for kind, name in kinds if isinstance(value, kind)), "")
    return f'"{text}"' + (f"^^<http://www.w3.org/2001/XMLSchema#{kind}>" if kind else "")


def _oxigraph(source: Source) -> Any:
    try:
        import pyoxigraph
    except ImportError as error:
        raise source.fail("RDF needs pyoxigraph; install it with: pip install 'konigsberg[files]'") from error
    return pyoxigraph


__all__ = ["GraphError", "read_rdf", "write_rdf"]
