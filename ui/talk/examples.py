"""What the shipped example graphs are, and questions to begin with."""

from __future__ import annotations

from graphs.data import example_names
from graphs.graph import Graph
from ui.drawing.arrays import best
from ui.drawing.scene import too_large
from ui.report.markup import short
from ui.talk.talk import Source

_ABOUT: dict[str, tuple[str, ...]] = {  # what it is, and three questions
    "friends": (
        "nine friends",
        "What is the shortest path from Ann to Iris?",
        "Colour the graph with as few colours as possible.",
        "Which nodes are articulation points?",
    ),
    "roads": (
        "roads between German cities, with km",
        "What is the shortest path from Hamburg to München?",
        "Find a minimum spanning tree.",
        "What is the shortest tour through all cities?",
    ),
    "bridges": (
        "the seven bridges of Königsberg",
        "Is there an Euler circuit?",
        "What is the degree of each node?",
        "How many edges are there?",
    ),
    "pipes": (
        "water pipes with capacities",
        "What is the maximum flow from spring to town?",
        "What is a minimum cut between spring and town?",
        "Is there a cycle?",
    ),
    "jobs": (
        "who can do which job",
        "Find a maximum matching.",
        "Is the graph bipartite?",
        "What are the neighbours of Ann?",
    ),
    "karate": (
        "a karate club that split, 34 members",
        "What are the communities?",
        "Who has the largest betweenness centrality?",
        "How many triangles are there?",
    ),
    "les_miserables": (
        "characters of a novel, 77",
        "Give the PageRank of every node.",
        "What is the maximum clique?",
        "What is the shortest path from Napoleon to Gavroche?",
    ),
    "build": (
        "steps of a build, a directed graph",
        "Give a topological order.",
        "What is the longest path?",
        "Is there a cycle?",
    ),
    "contacts": (
        "who met whom, and when",
        "What is the earliest arrival path from Ann to Dan?",
        "How many edges are there?",
        "Is the graph connected?",
    ),
    "planets": (
        "planets and moons, from RDF",
        "How many nodes are there?",
        "Is the graph a tree?",
        "How many weakly connected components are there?",
    ),
}


def examples() -> list[tuple[str, str]]:
    """(name, what it is) of each shipped example, the most telling first."""
    shipped = {name.partition(".")[0] for name in example_names()}
    return [(name, about[0]) for name, about in _ABOUT.items() if name in shipped]


def suggestions(source: Source | None, graph: Graph | None) -> list[str]:
    """Questions to begin with: those written for an example, else ones that fit any graph, with its own labels."""
    if source is not None and source.kind == "example" and source.name in _ABOUT:
        return list(_ABOUT[source.name][1:])
    if graph is None or not graph.num_nodes:
        return ["Ann-Bob, Bob-Eve, Eve-Kim. How far is Kim from Ann?", "What is the diameter of the Petersen graph?"]
    if source is not None and source.kind == "store":
        first = short(str(best(graph)), 60)
        return [f"What is related to {first}?", "How many entities are there?", "Which node has the highest degree?"]
    nodes = [str(node) for _, node in zip(range(2), graph, strict=False)]
    asked = ["How many connected components are there?", "Is there a cycle?", "What is the degree of each node?"]
    if too_large(graph):
        asked[1:] = ["Which 10 nodes have the highest PageRank?", "Which node has the highest degree?"]
    if graph.num_nodes > 1:
        asked.insert(0, f"What is the shortest path from {short(nodes[0], 60)} to {short(nodes[-1], 60)}?")
    return asked[:3]
