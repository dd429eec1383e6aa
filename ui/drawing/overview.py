"""A faithful overview of a graph that is too large to draw: regions as nodes, and what lies near some nodes.

Up to `LOUVAIN` edges the regions are Louvain communities. Beyond, every node goes to the nearest of the best-connected
nodes (one breadth-first search from all of them, O(n + m)). What is left out is counted and said. What is done
on all of a graph of arrays is in `ui.drawing.arrays`.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from graphs.compact.graph import CompactGraph
from graphs.graph import Graph, Node
from ui.drawing import arrays
from ui.drawing.placing import positions

LOUVAIN = 30_000  # edges up to which communities are found, in a second or two
MOST_REGIONS = 120
_HUBS = 80
_LINES, _MOST_LINES = 6, 600  # lines of a region, where there are too many in all to see anything


@dataclass(frozen=True)
class Region:
    """Some nodes drawn as one: its best-connected node, how many it has, edges among them, its place and its size."""

    centre: Node
    size: int
    inside: int
    at: tuple[float, float]
    share: float


@dataclass(frozen=True)
class Regions:
    """of: the number of each node's region, -1 for none shown. links: (region, region, edges between, 0 … 1)."""

    shown: tuple[Region, ...]
    of: Mapping[Node, int]
    links: tuple[tuple[int, int, int, float], ...]
    note: str


def regions(graph: Graph) -> Regions:
    """The largest regions of a large graph, with the edges between them."""
    by_community = graph.num_edges <= LOUVAIN
    found = _of_arrays(graph, by_community) if isinstance(graph, CompactGraph) else _of_nodes(graph, by_community)
    of, largest, inside, between, centres = found
    at = _places(len(largest), between)
    top = max(largest, default=1)
    shown = tuple(
        Region(centres[k], size, inside[k], at[k], round(math.sqrt(size / top), 3)) for k, size in enumerate(largest)
    )
    strongest = max(between.values(), default=1)
    drawn = _strongest(between, len(largest))
    links = tuple((a, b, count, math.sqrt(count / strongest)) for (a, b), count in sorted(drawn.items()))
    outside = graph.num_nodes - sum(region.size for region in shown)
    how = (
        (f"its {len(shown):,} largest Louvain communities" if len(shown) != 1 else "its largest Louvain community")
        if by_community
        else f"{len(shown):,} regions: every node goes to the nearest of the {_HUBS} best-connected nodes"
    )
    note = (
        f"The graph is too large to draw whole ({graph.num_nodes:,} nodes, {graph.num_edges:,} edges). This overview "
        f"shows {how}, each named after its best-connected node; a line stands for all edges between two of them."
    )
    which = "in smaller ones" if by_community else "that none of these hubs reaches, or alone in a region,"
    if len(drawn) < len(between):
        note += f" Of {len(between):,} such lines, the {_LINES} strongest of each are drawn."
    note += f" {outside:,} nodes {which} are left out." if outside else ""
    return Regions(shown, of, links, note)


def _strongest(between: dict[tuple[int, int], int], count: int) -> dict[tuple[int, int], int]:
    """The lines that are drawn."""
    if len(between) <= _MOST_LINES:
        return between
    of: list[list[tuple[int, tuple[int, int]]]] = [[] for _ in range(count)]
    for pair, weight in between.items():
        for region in pair:
            of[region].append((weight, pair))
    kept = {pair for rows in of for _, pair in heapq.nlargest(_LINES, rows)}
    return {pair: weight for pair, weight in between.items() if pair in kept}


_Found = tuple[Mapping[Node, int], list[int], list[int], dict[tuple[int, int], int], list[Node]]


def _of_nodes(graph: Graph, by_community: bool) -> _Found:
    """Region of each node, sizes, edges inside, edges between, centres."""
    home = _communities(graph) if by_community else _around_hubs(graph)
    sizes: dict[int, int] = {}
    for region in home.values():
        sizes[region] = sizes.get(region, 0) + 1
    largest = _largest(sizes)
    number = {region: at for at, region in enumerate(largest)}
    of = {node: number.get(region, -1) for node, region in home.items()}
    inside, between = _counted(graph, of, len(largest))
    return of, [sizes[r] for r in largest], inside, between, _centres(graph, of, len(largest))


def _of_arrays(graph: CompactGraph, by_community: bool) -> _Found:
    """The same on arrays."""
    home = np.array(list(_communities(graph).values())) if by_community else arrays.around_hubs(graph, _HUBS)
    counts = np.bincount(home + 1)[1:]  # without those that no hub reaches
    sizes = {int(region): int(counts[region]) for region in np.flatnonzero(counts)}
    largest = _largest(sizes)
    number = np.full(len(counts) + 1, -1, np.int64)  # the last one for -1
    number[largest] = np.arange(len(largest))
    of = number[home]
    inside, between = arrays.between(graph, of, len(largest))
    found = arrays.centres(graph, of, len(largest))
    return ByNumber(graph, of), [sizes[r] for r in largest], inside, between, found


def _largest(sizes: Mapping[int, int]) -> list[int]:
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    largest = [region for region, _ in ranked if region >= 0][:MOST_REGIONS]
    return [region for region in largest if sizes[region] > 1] or largest


class ByNumber(Mapping[Node, int]):
    """A number of each node, kept as an array; `of_all` finds those of many nodes at once."""

    def __init__(self, graph: CompactGraph, values: Any) -> None:
        self.graph, self.values_at = graph, values

    def __getitem__(self, node: Node) -> int:
        at = self.graph.labels.index(node)
        if at is None:
            raise KeyError(node)
        return int(self.values_at[at])

    def __iter__(self) -> Iterator[Node]:
        return iter(self.graph)

    def __len__(self) -> int:
        return self.graph.num_nodes


def homes(found: Regions, nodes: Collection[Node]) -> dict[Node, int]:
    """The number of the region of each of `nodes` that the graph has, -1 for none shown."""
    if isinstance(found.of, ByNumber):
        of = found.of.values_at
        return {node: int(of[at]) for node, at in arrays.known(found.of.graph, nodes).items()}
    return {node: found.of[node] for node in nodes if node in found.of}


def near(graph: Graph, centres: Iterable[Node], most: int, most_edges: int = 10**9) -> tuple[list[Node], int]:
    """`centres` and their nearest surroundings, `most` nodes at the most unless the centres are more; and how many
    direct neighbours did not fit.

    A hub's neighbours are taken best-connected first. Fewer surroundings are taken where they bring too many edges.
    """
    if isinstance(graph, CompactGraph):
        return arrays.near(graph, centres, most, most_edges)
    body = graph.nx
    inside = dict.fromkeys(centres)
    waiting, left, edges = deque(inside), 0, 0
    around = nx.all_neighbors if graph.directed else body.neighbors
    depth = dict.fromkeys(inside, 0)
    while waiting:
        node = waiting.popleft()
        fresh = {other for other in around(body, node) if other not in inside} if graph.directed else {
            other for other in around(node) if other not in inside
        }  # fmt: skip
        room = most - len(inside) if edges < most_edges else 0
        chosen = heapq.nlargest(max(room, 0), fresh, key=body.degree) if len(fresh) > room else fresh
        left += (len(fresh) - len(chosen)) * (depth[node] == 0)
        for other in chosen:
            inside[other] = None
            depth[other] = depth[node] + 1
            edges += sum(1 for third in body[other] if third in inside)
            if depth[other] < 2:
                waiting.append(other)
    return list(inside), left


def _communities(graph: Graph) -> dict[Node, int]:
    from graphs.science.communities import louvain
    from graphs.science.simple import Simple

    row = {node: at for at, node in enumerate(graph)}
    labels = louvain(Simple.of(len(row), [(row[u], row[v]) for u, v in arrays.pairs(graph)]), seed=7)
    return dict(zip(row, labels.tolist(), strict=True))


def _around_hubs(graph: Graph) -> dict[Node, int]:
    body = graph.nx
    hubs = [node for node, _ in heapq.nlargest(_HUBS, body.degree, key=lambda item: item[1])]
    home: dict[Node, int] = {hub: at for at, hub in enumerate(hubs)}
    forward = body._adj
    backward = body._pred if graph.directed else {}
    waiting = deque(hubs)
    while waiting:
        node = waiting.popleft()
        region = home[node]
        for near_by in (forward[node], backward.get(node, ())):
            for other in near_by:
                if other not in home:
                    home[other] = region
                    waiting.append(other)
    return {node: home.get(node, -1) for node in body}


def _counted(graph: Graph, of: dict[Node, int], count: int) -> tuple[list[int], dict[tuple[int, int], int]]:
    inside = [0] * count
    table: dict[tuple[int, int], int] = {}
    for u, v in graph.nx.edges():
        a, b = of[u], of[v]
        if a < 0 or b < 0:
            continue
        if a == b:
            inside[a] += 1
        else:
            key = (a, b) if a < b else (b, a)
            table[key] = table.get(key, 0) + 1
    return inside, table


def _centres(graph: Graph, of: dict[Node, int], count: int) -> list[Node]:
    best: list[tuple[int, Node]] = [(-1, None)] * count
    for node, degree in graph.nx.degree:
        region = of[node]
        if region >= 0 and degree > best[region][0]:
            best[region] = (degree, node)
    return [node for _, node in best]


def _places(count: int, between: dict[tuple[int, int], int]) -> list[tuple[float, float]]:
    body = nx.Graph()
    body.add_nodes_from(range(count))
    if between:  # the strongest links alone decide where a region stands
        weights = np.array(list(between.values()))
        floor = np.sort(weights)[-min(len(weights), 4 * count)]
        body.add_edges_from(pair for pair, weight in between.items() if weight >= floor)
    at = positions(body)
    return [(round(2.4 * at[k][0], 1), round(2.4 * at[k][1], 1)) for k in range(count)]
