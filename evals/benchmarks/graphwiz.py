"""GraphWiz (arXiv 2402.16029): nine tasks, answers after "###".

Data: JSON lines (or a list) with `query`, `answer`, `task`; the official files lie on Hugging Face only.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evals import truth
from evals.files import typed_rows
from evals.scorers import score
from evals.task import BadData, Finding, Sample, Source, Task
from graphs.graph import Graph

USUAL_COUNT = 360
LARGEST_SEARCH = 18  # nodes up to which Hamiltonian paths are searched in full
LARGEST_PATTERN = 5  # nodes of a pattern up to which it is searched in full
_END = "Begin with '###' to give your final conclusion."
_EDGE = "(i,j) means that node i and node j are connected with an undirected edge."
_ARC = "(i->j) means that node i and node j are connected with a directed edge from node i to node j."
# kind -> (scoring, instruction, question)
_FORMS: dict[str, tuple[str, str, str]] = {
    "cycle": (
        "yes_no",
        f"Determine whether or not there is a cycle in an undirected graph. {_END} In an undirected graph, "
        f"{_EDGE} Given "
        "a graph, you need to output Yes or No step by step to indicate whether there is a cycle in the graph.",
        "Is there a cycle in this graph?",
    ),
    "connectivity": (
        "yes_no",
        f"Determine whether two nodes are connected in an undirected graph. {_END} In an undirected graph, "
        f"{_EDGE} Given "
        "a graph and a pair of nodes, you need to output Yes or No to indicate whether the node i and node j are "
        "connected.",
        "Is there a path between node {u} and node {v}?",
    ),
    "bipartite": (
        "yes_no",
        f"Determine whether or not a graph is bipartite. {_END} In a directed graph, {_ARC} Given a graph, you need to "
        "output Yes or No to indicate whether the graph is bipartite.",
        "Is this graph bipartite?",
    ),
    "topology": (
        "topological_order",
        f"Find one of the topology sorting paths of the given graph. {_END} In a directed graph, {_ARC} Given a "
        "graph, you "
        "need to output one of the topology sorting paths of the graph.",
        "Give one topology sorting path of this graph.",
    ),
    "shortest": (
        "length",
        f"Find the shortest path between two nodes in an undirected graph. {_END} In an undirected graph, (i,j,k) "
        "means "
        "that node i and node j are connected with an undirected edge with weight k. Given a graph and a pair of "
        "nodes, "
        "you need to output the shortest path between the two nodes.",
        "Give the weight of the shortest path from node {u} to node {v}.",
    ),
    "triangle": (
        "number",
        f"Find the maximum sum of the weights of three interconnected nodes. {_END} In an undirected graph, [i, "
        "k] means "
        f"that node i has the weight k. {_EDGE} Given a graph, you need to output the maximum sum of the weights "
        "of three "
        "nodes.",
        "What is the maximum sum of the weights of three nodes?",
    ),
    "flow": (
        "number",
        f"Find the maximum flow between two nodes in a directed graph. {_END} In a directed graph, (i->j,k) means "
        "that node "
        "i and node j are connected with a directed edge from node i to node j with weight k. Given a graph and "
        "a pair of "
        "nodes, you need to output the maximum flow between the two nodes.",
        "What is the maximum flow from node {u} to node {v}?",
    ),
    "hamilton": (
        "yes_no",
        f"Determine whether or not there is a Hamiltonian path in an undirected graph. {_END} In an undirected graph, "
        f"{_EDGE} Given a graph, you need to output Yes or No to indicate whether there is a Hamiltonian path in "
        "the graph.",
        "Is there a Hamiltonian path in this graph?",
    ),
    "substructure": (
        "yes_no",
        f"Determine if a smaller graph is present as an exact match within a larger graph. {_END} In a directed graph, "
        f"{_ARC} Given a graph G and a subgraph G', you need to output Yes or No to indicate whether subgraph G' "
        "is present "
        "within the directed graph G.",
        "Is subgraph G' present within graph G as a direct substructure?",
    ),
}
KINDS = tuple(_FORMS)
_DIRECTED = ("bipartite", "topology", "flow", "substructure")


def samples(source: Source) -> Iterator[Sample]:
    if source.data is None:
        yield from _generated(source)
        return
    for _, number, place, kind, row in typed_rows(source, "GraphWiz", KINDS, "query", "answer", "task"):
        name = str(row.get("index", row.get("id", number)))
        yield _read(f"{kind}-{name}-{number:05d}", kind, str(row["query"]), str(row["answer"]), place)


def _read(name: str, kind: str, text: str, answer: str, place: str) -> Sample:
    try:
        sample = _made(name, kind, text)
        return replace(sample, gold=read_gold(kind, answer))
    except (ValueError, LookupError, AttributeError) as error:
        raise BadData(f"{place}: not an item of GraphWiz's {kind}: {error!r}") from error


def read_gold(kind: str, answer: str) -> Any:
    """The conclusion after the last "###"."""
    said = answer.rpartition("###")[2].strip()
    scoring = _FORMS[kind][0]
    if scoring == "yes_no":
        return {"yes": True, "no": False}[re.split(r"\W", said.lower())[0]]
    numbers = [int(x) for x in re.findall(r"-?\d+", said)]
    return numbers if kind == "topology" else numbers[-1]


def _made(name: str, kind: str, text: str) -> Sample:
    body, _, asked = text.rpartition("Q:")[2].rpartition(". ")
    ends = [int(x) for x in re.findall(r"node (\d+)", asked)] if kind in ("connectivity", "shortest", "flow") else []
    about: dict[str, Any] = {"scoring": _FORMS[kind][0], "slots": dict(zip("uv", ends[-2:], strict=False))}
    if kind in ("connectivity", "shortest", "flow") and len(ends) < 2:
        raise ValueError("the question names no two nodes")
    if kind == "substructure":
        body, _, small = body.partition("subgraph G'")
        about["pattern"] = _graph(small, directed=True, letters=True)
    graph = _graph(body, directed=kind in _DIRECTED)
    return Sample(name, text, graph, None, kind, about)


def _graph(body: str, *, directed: bool, letters: bool = False) -> Graph:
    """Edges `(0, 1)`, `(0->1)`, `(0,1,5)`, `(0->1,5)` and node weights `[0, 5]` over the declared range of nodes."""
    one = r"[a-z]" if letters else r"\d+"
    span = re.search(rf"numbered from ({one}) to ({one})", body)
    if span is None:
        raise ValueError("the nodes are not numbered")

    def label(text: str) -> Any:
        return text if letters else int(text)

    low, high = span[1], span[2]
    nodes = [chr(c) for c in range(ord(low), ord(high) + 1)] if letters else range(int(low), int(high) + 1)
    rows = re.findall(rf"\(({one})\s*(?:,|->)\s*({one})(?:\s*,\s*(-?\d+))?\)", body)
    name = "capacity" if directed else "weight"
    edges = [(label(u), label(v), {name: int(w)} if w else {}) for u, v, w in rows]
    graph = Graph.from_edges(edges, nodes, directed=directed)
    for node, weight in re.findall(r"\[(\d+),\s*(-?\d+)\]", body):
        graph.nx.nodes[int(node)]["weight"] = int(weight)
    return graph


def recompute(sample: Sample) -> Any:
    """The right answer; None where it is not known (any valid order, a search too large)."""
    graph, slots = sample.graph, sample.metadata["slots"]
    assert graph is not None
    return _right(sample.task, graph, slots, sample.metadata.get("pattern"))


def _right(kind: str, graph: Graph, slots: Mapping[str, Any], pattern: Graph | None) -> Any:
    if kind == "hamilton" and graph.num_nodes > LARGEST_SEARCH:
        return None
    if kind == "substructure" and (pattern is None or pattern.num_nodes > LARGEST_PATTERN):
        return None
    rules: dict[str, Callable[[], Any]] = {
        "cycle": lambda: truth.has_cycle(graph),
        "connectivity": lambda: truth.hops(graph, slots["u"], slots["v"]) < truth.NO_PATH,
        "bipartite": lambda: truth.is_bipartite(graph),
        "topology": lambda: None,
        "shortest": lambda: truth.distance(graph, slots["u"], slots["v"]),
        "triangle": lambda: truth.heaviest_triangle(graph) or 0,
        "flow": lambda: truth.maximum_flow(graph, slots["u"], slots["v"]),
        "hamilton": lambda: truth.has_hamiltonian_path(graph),
        "substructure": lambda: pattern is not None and truth.contains_subgraph(graph, pattern),
    }
    return rules[kind]()


def audit(sample: Sample) -> Finding:
    """Recomputed where a full search is possible: upstream's search for Hamiltonian paths stops at a dead end."""
    assert sample.graph is not None
    if sample.task == "topology":
        return Finding("right" if truth.is_topological(sample.graph, sample.gold) else "wrong")
    right = recompute(sample)
    if right is None or right == sample.gold:
        return Finding("right")
    return Finding("wrong", replace(sample, gold=right))


def _generated(source: Source) -> Iterator[Sample]:
    for name, kind, rng in source.in_turn(KINDS, USUAL_COUNT):
        sample = _item(name, kind, rng)
        gold = list(range(sample.graph.num_nodes)) if kind == "topology" and sample.graph else recompute(sample)
        yield replace(sample, gold=gold)


def _item(name: str, kind: str, rng: random.Random) -> Sample:
    count = rng.randint(5, 12)
    chance = rng.uniform(0.1, 0.5)
    pairs = [(u, v) for u in range(count) for v in range(u + 1, count) if rng.random() < chance] or [(0, 1)]
    if kind == "bipartite" and rng.random() < 0.5:
        pairs = [(u, v) for u, v in pairs if (u + v) % 2] or [(0, 1)]
    if kind == "triangle":
        pairs = sorted({*pairs, (0, 1), (0, 2), (1, 2)})  # there is a triangle to ask for
    join = "->" if kind in _DIRECTED else ", "
    weight = kind in ("shortest", "flow")
    edges = " ".join(f"({u}{join}{v}{f',{rng.randint(1, 10)}' if weight else ''})" for u, v in pairs)
    asked = _FORMS[kind][2].format(**dict(zip("uv", rng.sample(range(count), 2), strict=True)))
    told = f"The nodes are numbered from 0 to {count - 1}, and the edges are: {edges}. "
    if kind == "triangle":
        weights = " ".join(f"[{n}, {rng.randint(1, 10)}]" for n in range(count))
        told = told.replace(", and the edges", f", weights of nodes are: {weights}, and the edges")
    if kind == "substructure":
        small = " ".join(rng.sample(["(a->b)", "(b->c)", "(a->c)", "(c->d)", "(d->a)"], 3))
        told = (
            f"The nodes of graph G are numbered from 0 to {count - 1}, and the edges are: {edges}. "
            f"The nodes of subgraph G' are numbered from a to d, and the edges are: {small}. "
        )
    return _made(name, kind, f"{_FORMS[kind][1]} Q: {told}{asked}")


TASK = Task("graphwiz", samples, score, source="GraphWiz, arXiv 2402.16029", kinds=KINDS, audit=audit)
