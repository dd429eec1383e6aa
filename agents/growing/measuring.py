"""The figures of a step, written into its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.growing.view import View


def measure(view: View) -> dict[str, Any]:
    """Size and shape of the living graph after a step; cheap ones, for every step.

    What costs more (path lengths, modularity, null models, fits) `konigsberg grow report` computes from the log.
    """
    import networkx as nx

    graph = view.graph
    nodes, links = graph.number_of_nodes(), graph.number_of_edges()
    grounded = sum(relation.status == "grounded" for relation in view.relations)
    return {
        "entities": nodes,
        "relations": len(view.relations),
        "mean_degree": round(2 * links / nodes, 4) if nodes else 0.0,
        "components": nx.number_connected_components(graph) if nodes else 0,
        "largest_component": len(view.largest_component),
        "grounded_share": round(grounded / len(view.relations), 4) if view.relations else 0.0,
    }
