"""The compact body: load, then each task as the tool and its check, in processor seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TASKS: dict[str, tuple[str, dict[str, Any]]] = {
    "components": ("number_of_components", {}),
    "BFS": ("reachable_nodes", {"node": 1}),
    "path": ("shortest_path_length", {"source": 1, "target": 2}),
    "Dijkstra": ("eccentricity", {"node": 1, "weight": "weight"}),
    "cheapest path": ("shortest_path_length", {"source": 1, "target": 2, "weight": "weight"}),
    "PageRank": ("highest_pagerank_node", {}),
    "cores": ("degeneracy", {}),
    "spanning tree": ("minimum_spanning_tree", {}),
    "bridges": ("bridges", {}),
    "triangles": ("triangle_count", {}),
    "bipartite": ("is_bipartite", {}),
    "diameter": ("diameter", {}),
    "labels": ("label_propagation_communities", {}),
}


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Processor seconds, wall seconds, result."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return time.process_time() - cpu, time.perf_counter() - wall, result


def run(path: Path, tasks: list[str]) -> dict[str, Any]:
    """Seconds of each part. Compiled loops are called once before on a small graph, as a second process finds them."""
    from benchmarks.large.memory import peak
    from graphs.compact import CompactGraph
    from graphs.compact.load import Wishes, read_large
    from graphs.files.build import Options
    from graphs.graph import Graph
    from tools.large.registry import certify, find

    small = CompactGraph.of(Graph.from_edges([(1, 2, 1), (2, 3, 2), (3, 1, 3), (3, 4, 1)]))
    _, _ = small.out, small.into
    for name in tasks:
        tool, bound = TASKS[name]
        certify(small, tool, bound, find(tool)(small, **bound))
    rows: dict[str, Any] = {}
    before = peak()
    cpu, wall, graph = timed(lambda: read_large(path, Options(), Wishes(cached=False)))
    rows["load"] = {"cpu": cpu, "wall": wall, "peak": peak(), "before": before}
    m = graph.num_edges
    arrays = [graph.source, graph.target, *graph.columns.values(), *graph.out]
    arrays += [x for x in (graph.labels.numbers, graph.labels.blob, graph.labels.offsets) if x is not None]
    rows["size"] = {"nodes": graph.num_nodes, "edges": m, "body": sum(x.nbytes for x in arrays)}
    for name in tasks:
        tool, bound = TASKS[name]
        cpu, wall, answer = timed(lambda tool=tool, bound=bound: find(tool)(graph, **bound))
        checked, checked_wall, certificate = timed(
            lambda tool=tool, bound=bound, answer=answer: certify(graph, tool, bound, answer)
        )
        rows[name] = {"cpu": cpu, "wall": wall, "check": checked, "check_wall": checked_wall,
                      "holds": certificate.holds, "claim": certificate.claim, "exact": answer.exact,
                      "peak": peak()}  # fmt: skip
        print(f"  {name}: {cpu:.2f} s + check {checked:.2f} s: {certificate.claim[:90]}", file=sys.stderr, flush=True)
    return rows
