"""Colourings of nodes, clique covers and chromatic polynomials."""

from __future__ import annotations

from functools import cache
from typing import Any

from graphs.errors import BadArgument, BudgetExceeded, TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists
from tools.answers import Colouring, Groups, Number, Record, Truth
from tools.clock import Clock
from tools.exact_search import DEEPEST, heaviest_clique, opposite
from tools.registry import Labels, tool

Around = dict[Any, set[Any]]
MOST_EXPANDED = 10  # nodes of a graph whose chromatic polynomial is computed


@tool(
    phrases=("chromatic number", "fewest colours", "fewest colors", "how many colours are needed", "colors needed"),
    asks=(
        "What is the chromatic number of the graph?",
        "How many colours are needed so that no two adjacent nodes share one?",
        "What is the minimum number of colors to color the graph?",
        "Compute χ(G), the chromatic number.",
    ),
)
def chromatic_number(graph: Graph, time_limit: float = 10.0) -> Number:
    """Count the fewest colours of a proper colouring; directions and parallel edges are ignored. NP-hard.

    witness: a `colouring` with that many colours and a `clique`, which needs as many as it has nodes. DSATUR branch
    and bound (Brélaz 1979) within `time_limit` seconds; beyond it the best found with `bounds`.

    Raises:
        WrongKind: a node has a loop, so no colouring is proper.
    """
    found = graph_colouring(graph, time_limit)
    shown = {"colouring": dict(found.colours), "clique": found.clique}
    return Number(found.num_colours, witness=shown, exact=found.exact, bounds=found.bounds)


@tool(
    phrases=("graph colouring", "graph coloring", "minimum colouring", "color the graph", "colour the nodes"),
    asks=(
        "Colour the graph with as few colours as possible.",
        "Find a minimum graph coloring.",
        "Assign colours to the nodes so that adjacent ones differ, using the fewest colours.",
        "Give an optimal proper colouring of the nodes.",
    ),
)
def graph_colouring(graph: Graph, time_limit: float = 10.0) -> Colouring:
    """Colour the nodes with the fewest colours such that adjacent nodes differ. NP-hard.

    `clique` proves that fewer do not suffice where it is as large; else a complete search does. DSATUR branch and bound
    (Brélaz 1979) within `time_limit` seconds; beyond it the best found with `bounds`.

    Raises:
        WrongKind: a node has a loop.
    """
    around = _loopless(graph)
    colours, clique, sure = fewest_colours(around, time_limit)
    count = len(set(colours.values()))
    bounds = None if sure else (len(clique), count)
    return Colouring({node: colours[node] for node in graph}, count, clique, exact=sure, bounds=bounds)


@tool(
    phrases=("k-colourable", "k-colorable", "colourable with k colours", "colored with three colors", "3-colorable"),
    asks=(
        "Can the graph be coloured with {k} colours?",
        "Is the graph {k}-colorable?",
        "Are {k} colors enough to color the graph properly?",
        "Is there a proper colouring with at most {k} colours?",
    ),
)
def is_k_colourable(graph: Graph, k: int, time_limit: float = 10.0) -> Truth:
    """Decide whether a proper colouring with at most `k` colours exists. NP-complete for k >= 3 (Karp 1972).

    witness: a `colouring`, or the largest `clique` found (a proof when it has more than `k` nodes).

    Raises:
        BadArgument: `k` is negative.
        WrongKind: a node has a loop.
        BudgetExceeded: `time_limit` seconds did not suffice.
    """
    if k < 0:
        raise BadArgument(f"k is {k}; it must be at least 0")
    around = _loopless(graph)
    colours, clique, sure = fewest_colours(around, time_limit, enough=k)
    if len(set(colours.values())) <= k:
        return Truth(True, witness={"colouring": {node: colours[node] for node in graph}})
    if not sure and len(clique) <= k:
        raise BudgetExceeded(f"{time_limit} seconds did not suffice to decide; raise time_limit")
    return Truth(False, witness={"clique": clique})


@tool(
    phrases=("greedy colouring", "greedy coloring", "quick colouring", "dsatur"),
    asks=(
        "Give a greedy colouring of the graph.",
        "Colour the graph quickly with DSATUR.",
        "Find a good colouring without proving it minimal.",
        "greedy coloring please",
    ),
)
def greedy_colouring(graph: Graph) -> Colouring:
    """Colour the nodes by DSATUR: the node with most neighbour colours next, with its first free colour. O(n²).

    `bounds` are the size of the `clique` beside it and the colours used; `exact` says that they agree.

    Raises:
        WrongKind: a node has a loop.
    """
    around = _loopless(graph)
    colours, clique = _dsatur(around), _greedy_clique(around)
    count = len(set(colours.values()))
    sure = count == len(clique)
    shown = {node: colours[node] for node in graph}
    return Colouring(shown, count, clique, exact=sure, bounds=None if sure else (len(clique), count))


@tool(
    phrases=("proper colouring", "valid coloring", "is the given colouring proper", "legal coloring"),
    asks=(
        "Is {colours} a proper colouring of the graph?",
        "Is the coloring {colours} valid?",
        "Check that no edge has the same colour at both ends in {colours}.",
        "Do adjacent nodes always differ in {colours}?",
    ),
)
def is_proper_colouring(graph: Graph, colours: Labels) -> Truth:
    """Decide whether `colours` gives every node a colour and adjacent nodes different ones.

    witness when not: an `uncoloured` node, or an `edge` with one colour at both ends. O(n + m).

    Raises:
        NodeNotFound: a coloured node is not in the graph.
    """
    given = {graph.node(node): colour for node, colour in colours.items()}
    for node in graph:
        if node not in given:
            return Truth(False, witness={"uncoloured": node})
    for edge in graph.edges():
        if given[edge.source] == given[edge.target]:
            return Truth(False, witness={"edge": [edge.source, edge.target]})
    return Truth(True)


@tool(
    phrases=("clique cover", "partition into fewest cliques", "clique partition number"),
    asks=(
        "Partition the nodes into as few cliques as possible.",
        "Find a minimum clique cover.",
        "What is the clique cover number?",
        "Into how few groups can the nodes be split so that each group is complete?",
    ),
)
def minimum_clique_cover(graph: Graph, time_limit: float = 10.0) -> Groups:
    """Partition the nodes into the fewest cliques: a minimum colouring of the complement. NP-hard.

    witness: an independent set, which needs as many cliques as it has nodes.
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    colours, apart, sure = fewest_colours(opposite(around), time_limit)
    groups: dict[int, list[Node]] = {}
    for node in graph:
        groups.setdefault(colours[node], []).append(node)
    bounds = None if sure else (len(apart), len(groups))
    return Groups(list(groups.values()), witness=apart, exact=sure, bounds=bounds)


@tool(
    phrases=("chromatic polynomial", "polynomial that counts colourings"),
    asks=(
        "What is the chromatic polynomial of the graph?",
        "Give the polynomial that counts proper colourings with k colours.",
        "Compute P(G, k), the chromatic polynomial.",
        "chromatic polynomial coefficients",
    ),
)
def chromatic_polynomial(graph: Graph) -> Record:
    """Compute the polynomial whose value at k is the number of proper colourings with k colours.

    `coefficients` run from the constant term up. Deletion and contraction (Birkhoff 1912; Whitney 1932), O(2^m) at
    worst.

    Raises:
        TooLarge: more than 10 nodes.
    """
    return Record({"coefficients": _polynomial(graph)})


@tool(
    phrases=("number of colourings", "count proper colourings", "how many ways to colour"),
    asks=(
        "How many proper colourings with {k} colours are there?",
        "In how many ways can the graph be coloured with {k} colours?",
        "Count the proper {k}-colorings of the graph.",
        "number of {k}-colourings",
    ),
)
def count_colourings(graph: Graph, k: int) -> Number:
    """Count the proper colourings with `k` given colours: the chromatic polynomial at k.

    Raises:
        BadArgument: `k` is negative. TooLarge: more than 10 nodes.
    """
    if k < 0:
        raise BadArgument(f"k is {k}; it must be at least 0")
    return Number(sum(c * k**i for i, c in enumerate(_polynomial(graph))))


def _loopless(graph: Graph) -> Around:
    for edge in graph.edges():
        if edge.source == edge.target:
            raise WrongKind(f"node {str(edge.source)[:60]!r} has a loop, so no colouring is proper; remove the loop")
    return {node: set(near) for node, near in neighbour_lists(graph).items()}


def _greedy_clique(around: Around) -> list[Any]:
    best: list[Any] = []
    at = {node: i for i, node in enumerate(around)}
    for start in around:
        clique, common = [start], set(around[start])
        while common:
            node = max(common, key=lambda v: (len(around[v] & common), -at[v]))
            clique.append(node)
            common &= around[node]
        if len(clique) > len(best):
            best = clique
    return best


def _dsatur(around: Around) -> dict[Any, int]:
    colours: dict[Any, int] = {}
    barred: dict[Any, set[int]] = {node: set() for node in around}
    while barred:
        node = max(barred, key=lambda v: (len(barred[v]), len(around[v])))
        taken = barred.pop(node)
        colours[node] = next(c for c in range(len(taken) + 1) if c not in taken)
        for v in around[node]:
            if v in barred:
                barred[v].add(colours[node])
    return colours


def fewest_colours(around: Around, seconds: float, enough: int = 0) -> tuple[dict[Any, int], list[Any], bool]:
    """The best colouring found, a clique, and whether no colouring has fewer colours.

    enough: stop when a colouring has no more colours than this (the last element then says False unless it is sure).
    """
    deadline = Clock(seconds)
    colours = _dsatur(around)
    clique, _ = heaviest_clique(around, dict.fromkeys(around, 1), deadline.left / 4)
    floor = max(len(clique), enough)
    while len(set(colours.values())) > floor:
        if deadline.over or len(around) > DEEPEST:
            return colours, clique, False
        better, finished = _fewer(around, clique, len(set(colours.values())) - 1, deadline)
        if better is None:
            return colours, clique, finished
        colours = better
    return colours, clique, len(set(colours.values())) == len(clique)


def _fewer(around: Around, clique: list[Any], limit: int, deadline: Clock) -> tuple[dict[Any, int] | None, bool]:
    """A colouring with at most `limit` colours or None, and whether the search finished."""
    given = {node: i for i, node in enumerate(clique)}
    count: dict[Any, list[int]] = {node: [0] * limit for node in around}
    spread = dict.fromkeys(around, 0)

    def put(node: Any, colour: int, step: int) -> None:
        for v in around[node]:
            before = count[v][colour]
            count[v][colour] += step
            if not before or not count[v][colour]:
                spread[v] += step

    def search(used: int) -> bool | None:
        if deadline.over:
            return None
        free = [v for v in around if v not in given]
        if not free:
            return True
        node = max(free, key=lambda v: (spread[v], len(around[v])))
        for colour in range(min(limit, used + 1)):
            if count[node][colour]:
                continue
            given[node] = colour
            put(node, colour, 1)
            found = search(max(used, colour + 1))
            if found is not False:
                return found
            put(node, colour, -1)
            del given[node]
        return False

    if len(clique) > limit:
        return None, True
    for node, colour in given.items():
        put(node, colour, 1)
    found = search(len(clique))
    return (dict(given), True) if found else (None, found is False)


def _polynomial(graph: Graph) -> list[int]:
    if graph.num_nodes > MOST_EXPANDED:
        raise TooLarge(f"the graph has {graph.num_nodes} nodes; chromatic polynomials stop at {MOST_EXPANDED}")
    at = {node: i for i, node in enumerate(graph)}
    pairs = {frozenset((at[e.source], at[e.target])) for e in graph.edges()}
    if any(len(pair) == 1 for pair in pairs):
        return [0]

    @cache
    def expand(n: int, edges: frozenset[frozenset[int]]) -> tuple[int, ...]:
        if not edges:
            return (0,) * n + (1,)
        u, v = sorted(min(edges, key=sorted))
        fewer = expand(n, edges - {frozenset((u, v))})
        joined = {frozenset(u if x == v else x for x in edge) for edge in edges}
        less = expand(n - 1, frozenset(edge for edge in joined if len(edge) == 2))
        return tuple(a - (less[i] if i < len(less) else 0) for i, a in enumerate(fewer))

    return list(expand(len(at), frozenset(pairs)))
