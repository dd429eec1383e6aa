"""How long a reasoner may run where the number of steps is not told."""

from __future__ import annotations

# rounds a node, with room beyond the longest of random graphs; depth-first searches look at nodes several times
_PER_NODE = {
    "bfs": 1.0,
    "bellman_ford": 1.0,
    "dijkstra": 1.0,
    "mst_prim": 1.0,
    "floyd_warshall": 1.0,
    "dfs": 3.0,
    "topological_sort": 3.0,
    "dag_shortest_paths": 4.0,
    "articulation_points": 6.0,
    "bridges": 6.0,
    "strongly_connected_components": 7.0,
}


def most_steps(algorithm: str, num_nodes: int) -> int:
    """A bound for the halting head; quadratic for Kruskal's algorithm, which looks at one edge a step."""
    if algorithm == "mst_kruskal":
        return num_nodes * (num_nodes - 1) // 2 + 4
    return int(_PER_NODE.get(algorithm, float(num_nodes)) * num_nodes) + 4
