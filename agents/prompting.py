"""What models are told: the prompts' texts, and a graph as kind, counts and names, never its edges."""

from __future__ import annotations

from pathlib import Path

from graphs.graph import Graph

PROMPTS = Path(__file__).with_name("prompts")
SHOWN_NODES, SHOWN_NAMES = 5, 8


def prompt(name: str) -> str:
    """The text of a prompt."""
    return (PROMPTS / f"{name}.txt").read_text(encoding="utf-8").strip()


def summary(graph: Graph) -> str:
    """Kind, counts, attribute names and a few labels of a graph, as data for a prompt."""
    kind = ("directed" if graph.directed else "undirected") + (" multigraph" if graph.multi else "")
    parts = [f"{kind}, {graph.num_nodes} nodes, {graph.num_edges} edges"]
    if not graph.remote:
        parts.append(f"nodes like {', '.join(repr(node)[:40] for node in graph.nodes[:SHOWN_NODES])}")
    for what, names in (("node", graph.node_attribute_names()), ("edge", graph.edge_attribute_names())):
        shown = [str(name)[:40] for name in names if not str(name).startswith("_")][:SHOWN_NAMES]
        if shown:
            parts.append(f"{what} attributes: {', '.join(shown)}")
    return "; ".join(parts) + "."
