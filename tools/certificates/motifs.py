"""Checks of counts of small patterns: every triple and four looked at, or a formula over degrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from graphs.graph import Graph
from tools.answers import Record
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.embeddings import edge_counts

MOST_TRIPLES, MOST_FOURS = 90, 26  # nodes up to which all triples and fours are looked at


def _figures(answer: Record, wanted: Mapping[str, int]) -> None:
    settled(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    require(dict(answer.figures) == dict(wanted), f"another count gives {dict(wanted)}")


@checker("motif_counts")
def check_motif_counts(graph: Graph, answer: Record) -> str | Claim:
    """every triple of nodes looked at"""
    around = neighbour_sets(graph)
    names = ("empty", "one edge", "path", "triangle")
    figures = answer.figures
    require(set(figures) == set(names) and min(figures.values()) >= 0, "other figures are wanted")
    if len(around) <= MOST_TRIPLES:
        found = Counter((b in around[a]) + (c in around[a]) + (c in around[b]) for a, b, c in combinations(around, 3))
        _figures(answer, {name: found[i] for i, name in enumerate(names)})
        return "every triple of nodes was looked at"
    n = len(around)
    triangles = sum(len(around[u] & around[v]) for u in around for v in around[u]) // 6
    wedges = sum(len(near) * (len(near) - 1) // 2 for near in around.values())
    edges = sum(map(len, around.values())) // 2
    require(figures["triangle"] == triangles and figures["path"] == wedges - 3 * triangles, "another count differs")
    require(figures["one edge"] + 2 * figures["path"] + 3 * triangles == edges * (n - 2), "edges in triples differ")
    require(sum(figures.values()) == n * (n - 1) * (n - 2) // 6, "the triples do not add up")
    settled(answer)
    return "triangles and paths counted at their nodes; the rest follows from the number of triples"


_TRIADS: dict[str, str] = {
    "003": "",
    "012": "ab",
    "102": "ab ba",
    "021D": "ba bc",
    "021U": "ab cb",
    "021C": "ab bc",
    "111D": "ab ba cb",
    "111U": "ab ba bc",
    "030T": "ab cb ac",
    "030C": "ba cb ac",
    "201": "ab ba bc cb",
    "120D": "ba bc ac ca",
    "120U": "ab cb ac ca",
    "120C": "ab bc ac ca",
    "210": "ab bc cb ac ca",
    "300": "ab ba bc cb ac ca",
}


def _triad_names() -> dict[frozenset[tuple[int, int]], str]:
    """The type of each of the 64 arc sets on three nodes, from one picture of each type in all six orders."""
    names: dict[frozenset[tuple[int, int]], str] = {}
    for name, picture in _TRIADS.items():
        arcs = [("abc".index(pair[0]), "abc".index(pair[1])) for pair in picture.split()]
        for p in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
            names[frozenset((p[u], p[v]) for u, v in arcs)] = name
    return names


@checker("triadic_census")
def check_triadic_census(graph: Graph, answer: Record) -> str | Claim:
    """every triple of nodes looked at and compared with a picture of each type"""
    n = graph.num_nodes
    require(graph.directed and set(answer.figures) == set(_TRIADS), "other figures are wanted")
    if n > MOST_TRIPLES:
        settled(answer)
        require(sum(answer.figures.values()) == n * (n - 1) * (n - 2) // 6, "the triples do not add up")
        return Claim("the counts add up to the number of triples", "none")
    names, arcs = _triad_names(), edge_counts(graph)
    found: Counter[str] = Counter()
    for three in combinations(graph, 3):
        inside = {(i, j) for i in range(3) for j in range(3) if i != j and (three[i], three[j]) in arcs}
        found[names[frozenset(inside)]] += 1
    _figures(answer, {name: found[name] for name in _TRIADS})
    return "every triple of nodes was looked at"


@checker("graphlet_counts")
def check_graphlet_counts(graph: Graph, answer: Record) -> str | Claim:
    """every four nodes looked at and told apart by their degrees"""
    around = neighbour_sets(graph)
    shapes: dict[tuple[int, ...], str] = {
        (1, 1, 2, 2): "path",
        (1, 1, 1, 3): "claw",
        (2, 2, 2, 2): "cycle",
        (1, 2, 2, 3): "paw",
        (2, 2, 3, 3): "diamond",
        (3, 3, 3, 3): "clique",
    }
    require(set(answer.figures) == set(shapes.values()) and min(answer.figures.values()) >= 0, "other figures wanted")
    if len(around) > MOST_FOURS:
        settled(answer)
        return Claim("the counts are not negative", "none")
    found: Counter[str] = Counter()
    for four in combinations(around, 4):
        inside = set(four)
        shape = shapes.get(tuple(sorted(len(around[v] & inside) for v in four)))
        if shape:
            found[shape] += 1
    _figures(answer, {name: found[name] for name in shapes.values()})
    return "every four nodes were looked at"
