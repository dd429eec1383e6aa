"""Graph to text: the nine encodings of GraphQA, byte for byte, and a compact one that reads back.

The wordings and names are those of Fatemi, Halcrow and Perozzi, "Talk like a Graph", arXiv 2310.04560 (appendix A.1).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphs.errors import BadArgument, ParseError, TooLarge, WrongKind
from graphs.graph import Graph, Node

_POPULAR = (
    "James Robert John Michael David Mary Patricia Jennifer Linda Elizabeth William Richard Joseph Thomas Christopher "
    "Barbara Susan Jessica Sarah Karen"
)
_SOUTH_PARK = (
    "Eric Kenny Kyle Stan Tolkien Heidi Bebe Liane Sharon Linda Gerald Veronica Michael Jimbo Herbert Malcolm Gary "
    "Steve Chris Wendy"
)
_THRONES = (
    "Ned Cat Daenerys Jon Bran Sansa Arya Cersei Jaime Petyr Robert Jorah Viserys Joffrey Maester Theon Rodrik Lysa "
    "Stannis Osha"
)
_POLITICIANS = (
    "Barack Jimmy Arnold Bernie Bill Kamala Hillary Elizabeth John Ben Joe Alexandria George Nancy Pete Madeleine "
    "Elijah Gabrielle Al"
)
_ALPHABET = " ".join([chr(code) for code in range(65, 91)] + [2 * chr(code) for code in range(65, 91)])


@dataclass(frozen=True)
class _Wording:
    """How one encoder speaks. `names`: its names, None for numbers; `directed`: its opening for directed graphs."""

    names: str | None
    opening: str
    edges_heading: str
    edge: str
    joint: str = ""
    closing: str = ""
    directed: tuple[str, str] | None = None


def _relation(kind: str, names: str, heading: str, edge: str, closing: str = "") -> _Wording:
    return _Wording(names, f"G describes a {kind} graph among nodes {{}}.\n", heading, edge, closing=closing)


_EDGES_IN_G = "We have the following edges in G:\n"
_FRIENDS = "{} and {} are friends.\n"
_CONNECTED = "{} and {} are connected.\n"
_ADJACENCY = "G describes a graph among nodes {}.\n"
_EXPERT = "You are a graph analyst and you have been given a graph G among nodes {}.\n"
_WORDINGS: dict[str, _Wording] = {
    "adjacency": _Wording(
        None,
        "In an undirected graph, (i,j) means that node i and node j are connected with an undirected edge. "
        + _ADJACENCY,
        "The edges in G are: ",
        "({}, {})",
        joint=" ",
        closing=".\n",
        directed=(
            "In a directed graph, (i,j) means that there is an edge from node i to node j. " + _ADJACENCY,
            "The edges in G are: ",
        ),
    ),
    "incident": _Wording(None, _ADJACENCY, "In this graph:\n", "", directed=(_ADJACENCY, "In this graph:\n")),
    "friendship": _relation("friendship", _POPULAR, _EDGES_IN_G, _FRIENDS),
    "south_park": _relation("friendship", _SOUTH_PARK, _EDGES_IN_G, _FRIENDS),
    "got": _relation("friendship", _THRONES, _EDGES_IN_G, _FRIENDS),
    "coauthorship": _relation(
        "coauthorship", _POPULAR, "In this coauthorship graph:\n", "{} and {} wrote a paper together.\n", ".\n"
    ),
    "social_network": _relation("social network", _POPULAR, _EDGES_IN_G, _CONNECTED),
    "politician": _relation("social network", _POLITICIANS, _EDGES_IN_G, _CONNECTED),
    "expert": _Wording(
        _ALPHABET,
        _EXPERT,
        "G has the following undirected edges:\n",
        "{} -> {}\n",
        directed=(_EXPERT, "G has the following directed edges:\n"),
    ),
}
GRAPHQA_ENCODERS: tuple[str, ...] = tuple(_WORDINGS)
ENCODERS: tuple[str, ...] = (*GRAPHQA_ENCODERS, "compact")


def node_names(encoder: str, count: int) -> list[str]:
    """The names that a GraphQA encoder gives to the nodes 0 … count-1.

    Raises:
        BadArgument: no such encoder, or it has fewer names than `count`.

    >>> node_names("got", 3)
    ['Ned', 'Cat', 'Daenerys']
    """
    if encoder not in _WORDINGS:
        raise BadArgument(f"no GraphQA encoder {encoder!r}; there are {', '.join(_WORDINGS)}")
    names = _WORDINGS[encoder].names
    if names is None:
        return [str(number) for number in range(count)]
    known = names.split()
    if count > len(known):
        raise BadArgument(
            f"the encoder {encoder!r} has {len(known)} names and the graph {count} nodes; take adjacency, incident or "
            "compact, or keep the graph's own labels"
        )
    return known[:count]


def encode(graph: Graph, encoder: str, *, own_labels: bool = False) -> str:
    """The graph in the words of an encoder, one of ENCODERS; a GraphQA question follows it directly ("Q: …").

    The nodes get the encoder's names: node i of 0 … n-1 the i-th name, other labels in the order of the graph.
    `own_labels` keeps the graph's labels instead. Attributes are written by "compact" alone.

    Raises:
        BadArgument: no such encoder, too few names, or a graph without nodes.
        WrongKind: the encoder has no words for directed graphs.

    >>> encode(Graph.from_edges([(0, 1)]), "friendship").splitlines()[-1]
    'James and Robert are friends.'
    """
    if encoder == "compact":
        return encode_compact(graph)
    names = _named(graph, encoder, own_labels)
    wording = _WORDINGS[encoder]
    if graph.directed and wording.directed is None:
        raise WrongKind(f"the encoder {encoder!r} has no words for directed graphs; take adjacency, incident or expert")
    if not names:
        raise BadArgument(f"the encoder {encoder!r} has no words for a graph without nodes; take compact")
    opening, heading = wording.opening, wording.edges_heading
    if graph.directed and wording.directed is not None:
        opening, heading = wording.directed
    text = opening.replace("{}", _listed(list(names.values())), 1)
    if graph.num_edges:
        text += heading + (_incidence(graph, names) if encoder == "incident" else _edges(graph, wording, names))
    return text.strip() + wording.closing if wording.closing else text


def _named(graph: Graph, encoder: str, own_labels: bool) -> dict[Node, str]:
    """From node to the name it gets, in the order in which the names are listed."""
    known = node_names(encoder, 0 if own_labels else graph.num_nodes)
    if own_labels:
        return {node: str(node) for node in graph.nodes}
    if set(graph.nodes) == set(range(graph.num_nodes)):
        return dict(enumerate(known))
    return dict(zip(graph.nodes, known, strict=True))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f", and {names[-1]}" if len(names) > 1 else names[0]


def _edges(graph: Graph, wording: _Wording, names: Mapping[Node, str]) -> str:
    before, between, after = wording.edge.split("{}")
    return wording.joint.join(f"{before}{names[edge[0]]}{between}{names[edge[1]]}{after}" for edge in graph.nx.edges())


def _incidence(graph: Graph, names: Mapping[Node, str]) -> str:
    lines = []
    for node in graph.nodes:
        near = [names[other] for other in graph.nx.neighbors(node)]
        if near:
            lines.append(f"Node {names[node]} is connected to node{'s' * (len(near) > 1)} {', '.join(near)}.\n")
    return "".join(lines)


# -- compact: one line of JSON, as short as the graph allows

MAX_NODES = 10_000_000
_SHORT = {"weight": "w", "capacity": "c", "time": "t"}


def encode_compact(graph: Graph) -> str:
    """One line that `decode_compact` reads back equal: kind, isolated nodes or node attributes, edges.

    "graph" or "digraph", "multi" in front where parallel edges are kept; then the nodes in their order and the edges
    as [i, j] by position, a third entry for the weight, or for an object with all attributes. Provenance is left out.

    >>> encode_compact(Graph.from_edges([("Ann", "Bob", 2)]))
    'graph {"n":["Ann","Bob"],"e":[[0,1,2]]}'
    """
    position = {node: index for index, node in enumerate(graph.nodes)}
    parallel: Counter[tuple[int, ...]] = Counter()
    rows: list[list[Any]] = []
    for edge in graph.edges():
        ends = position[edge.source], position[edge.target]
        row: list[Any] = [*ends]
        if set(edge.attributes) == {"weight"} and type(edge.attributes["weight"]) in (int, float):
            row.append(edge.attributes["weight"])
        elif edge.attributes:
            row.append({_SHORT.get(name, f".{name}"): value for name, value in edge.attributes.items()})
        if graph.multi:
            pair = ends if graph.directed else tuple(sorted(ends))
            if edge.key != parallel[pair]:
                row += [{}] * (len(row) == 2) + [edge.key]
            parallel[pair] += 1
        rows.append(row)
    about: dict[str, Any] = {"n": graph.nodes}
    if graph.nodes == list(range(graph.num_nodes)):
        about["n"] = graph.num_nodes
    attributes = {str(position[node]): data for node, data in graph.nx.nodes(data=True) if data}
    if attributes:
        about["a"] = attributes
    about["e"] = rows
    kind = "multi" * graph.multi + ("digraph" if graph.directed else "graph")
    try:
        return f"{kind} {json.dumps(about, ensure_ascii=False, separators=(',', ':'))}"
    except (TypeError, ValueError) as error:
        raise BadArgument(f"a label or attribute of the graph is neither text nor number: {error}") from error


def decode_compact(text: str) -> Graph:
    """The graph that `encode_compact` wrote.

    Raises:
        ParseError: the text is not in the compact form.
    """
    kind, _, body = text.strip().partition(" ")
    plain = kind.removeprefix("multi")
    if plain not in ("graph", "digraph"):
        raise ParseError(f"a compact graph starts with graph, digraph, multigraph or multidigraph, not {kind[:20]!r}")
    try:
        about = json.loads(body)
        if isinstance(about["n"], int) and about["n"] > MAX_NODES:
            raise TooLarge(f"the text declares {about['n']:,} nodes; the limit is {MAX_NODES:,}")
        nodes = list(range(about["n"])) if isinstance(about["n"], int) else about["n"]
        graph = Graph.from_edges((), nodes, directed=plain == "digraph", multi=kind.startswith("multi"))
        for index, data in about.get("a", {}).items():
            graph.nx.nodes[nodes[int(index)]].update(data)
        for row in about["e"]:
            key = {"key": row[3]} if len(row) > 3 else {}
            key = graph.nx.add_edge(nodes[row[0]], nodes[row[1]], **key)
            edge = (nodes[row[0]], nodes[row[1]], key) if graph.multi else (nodes[row[0]], nodes[row[1]])
            graph.nx.edges[edge].update(_attributes(row))
    except TooLarge:
        raise
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ParseError(
            f"not a graph in the compact form: {error}; write one with encode(graph, 'compact')"
        ) from error
    return graph


def _attributes(row: list[Any]) -> dict[str, Any]:
    if len(row) < 3:
        return {}
    if not isinstance(row[2], dict):
        return {"weight": row[2]}
    long = {short: name for name, short in _SHORT.items()}
    return {long[name] if name in long else name.removeprefix("."): value for name, value in row[2].items()}
