"""networkx and the peer libraries on the same tasks, each in its own way from the same arrays."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.large.memory import peak
from benchmarks.large.ours import timed


def columns(path: Path) -> tuple[Any, Any, Any]:
    import polars

    frame = polars.read_csv(path)
    return tuple(frame[name].to_numpy() for name in ("source", "target", "weight"))  # type: ignore[return-value]


def networkx_tasks(path: Path) -> tuple[Callable[[], Any], dict[str, Callable[[Any], Any]]]:
    import networkx as nx

    def build() -> Any:
        graph = nx.Graph()
        graph.add_weighted_edges_from(zip(*(cells.tolist() for cells in columns(path)), strict=True))
        return graph

    return build, {
        "components": nx.number_connected_components,
        "BFS": lambda g: len(nx.single_source_shortest_path_length(g, 1)),
        "path": lambda g: nx.shortest_path_length(g, 1, 2),
        "Dijkstra": lambda g: max(nx.single_source_dijkstra_path_length(g, 1).values()),
        "cheapest path": lambda g: nx.dijkstra_path_length(g, 1, 2),
        "PageRank": lambda g: max(nx.pagerank(g, weight=None, tol=1e-6 / len(g)).items(), key=lambda x: x[1])[0],
        "cores": lambda g: max(nx.core_number(g).values()),
        "spanning tree": lambda g: sum(d["weight"] for *_, d in nx.minimum_spanning_edges(g)),
        "bridges": lambda g: sum(1 for _ in nx.bridges(g)),
        "triangles": lambda g: sum(nx.triangles(g).values()) // 3,
        "bipartite": nx.is_bipartite,
    }


def scipy_tasks(path: Path) -> tuple[Callable[[], Any], dict[str, Callable[[Any], Any]]]:
    import numpy as np
    from scipy.sparse import coo_array, csgraph

    def build() -> Any:
        source, target, weight = columns(path)
        n = int(max(source.max(), target.max())) + 1
        both = np.concatenate([source, target]), np.concatenate([target, source])
        return coo_array((np.concatenate([weight, weight]).astype(float), both), shape=(n, n)).tocsr()

    return build, {
        "components": lambda a: csgraph.connected_components(a, directed=False)[0],
        "BFS": lambda a: len(csgraph.breadth_first_order(a, 1, return_predecessors=False)),
        "Dijkstra": lambda a: float(csgraph.dijkstra(a, indices=1).max()),
        "spanning tree": lambda a: float(csgraph.minimum_spanning_tree(a).sum()),
    }


def networkit_tasks(path: Path) -> tuple[Callable[[], Any], dict[str, Callable[[Any], Any]]]:
    import networkit as nk

    def build() -> Any:
        source, target, weight = columns(path)
        n = int(max(source.max(), target.max())) + 1
        graph = nk.GraphFromCoo((weight.astype(float), (source, target)), n=n, weighted=True, directed=False)
        graph.indexEdges()
        return graph

    def ran(algorithm: Any) -> Any:
        algorithm.run()
        return algorithm

    plain: dict[int, Any] = {}

    def bare(graph: Any) -> Any:
        return plain.setdefault(id(graph), nk.graphtools.toUnweighted(graph))

    return build, {
        "components": lambda g: ran(nk.components.ConnectedComponents(g)).numberOfComponents(),
        "BFS": lambda g: sum(x < 1e300 for x in ran(nk.distance.BFS(g, 1, storePaths=False)).getDistances()),
        "path": lambda g: ran(nk.distance.BidirectionalBFS(g, 1, 2)).getDistance(),
        "Dijkstra": lambda g: max(x for x in ran(nk.distance.Dijkstra(g, 1, storePaths=False)).getDistances()
                                  if x < 1e300),
        "PageRank": lambda g: ran(nk.centrality.PageRank(bare(g), 0.85, 1e-10)).ranking()[0][0],
        "cores": lambda g: int(ran(nk.centrality.CoreDecomposition(bare(g))).maxCoreNumber()),
        "spanning tree": lambda g: ran(nk.graph.KruskalMSF(g)).getForest().totalEdgeWeight(),
        "triangles": lambda g: int(sum(ran(nk.sparsification.TriangleEdgeScore(g)).scores())) // 3,
    }  # fmt: skip


def igraph_tasks(path: Path) -> tuple[Callable[[], Any], dict[str, Callable[[Any], Any]]]:
    import igraph
    import numpy as np

    def build() -> Any:
        source, target, weight = columns(path)
        graph = igraph.Graph(int(max(source.max(), target.max())) + 1, np.stack([source, target], 1))
        graph.es["weight"] = weight
        return graph

    return build, {
        "components": lambda g: len(g.connected_components()),
        "BFS": lambda g: sum(x < float("inf") for x in g.distances(1)[0]),
        "path": lambda g: g.distances(1, 2)[0][0],
        "Dijkstra": lambda g: max(x for x in g.distances(1, weights="weight")[0] if x < float("inf")),
        "cheapest path": lambda g: g.distances(1, 2, weights="weight")[0][0],
        "PageRank": lambda g: int(np.argmax(g.pagerank())),
        "cores": lambda g: max(g.coreness()),
        "spanning tree": lambda g: sum(g.spanning_tree(weights="weight").es["weight"]),
        "bridges": lambda g: len(g.bridges()),
        "triangles": lambda g: len(g.list_triangles()),
        "bipartite": lambda g: g.is_bipartite(),
    }  # fmt: skip


PEERS = {"networkx": networkx_tasks, "scipy": scipy_tasks, "networkit": networkit_tasks, "igraph": igraph_tasks}


def run(name: str, path: Path, tasks: list[str]) -> dict[str, Any]:
    """Seconds and results of a library."""
    build, known = PEERS[name](path)
    cpu, wall, graph = timed(build)
    rows: dict[str, Any] = {"load": {"cpu": cpu, "wall": wall, "peak": peak()}}
    for task in tasks:
        if task in known:
            cpu, wall, result = timed(lambda task=task: known[task](graph))
            rows[task] = {"cpu": cpu, "wall": wall, "result": result if isinstance(result, (int, float, bool)) else 0,
                          "peak": peak()}  # fmt: skip
            print(f"  {name} {task}: {cpu:.2f} s: {result}", file=sys.stderr, flush=True)
    return rows
