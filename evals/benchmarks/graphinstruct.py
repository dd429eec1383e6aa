"""GraphInstruct (arXiv 2403.04483) in the form of GraphTeam's benchmark: 17 tasks on small graphs with nodes in <>.

Data: a JSON list of objects with `question`, `answer`, `type`; or a folder of such files.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evals import truth
from evals.files import typed_rows
from evals.scorers import close, score
from evals.task import BadData, Finding, Sample, Source, Task
from graphs.graph import Graph

USUAL_COUNT = 340
ROUNDS = 3  # of PageRank, as the question says
_SUCCESSORS = " For a directed graph, we consider a node's successors as its neighbors."
# kind -> (scoring, the question)
_FORMS: dict[str, tuple[str, str]] = {
    "neighbor": ("node_set", "Which are the neighbor nodes of node <{u}>? "),
    "predecessor": (
        "node_set",
        "Which are the predecessor nodes of node <{u}>? A predecessor of n is a node m such that there exists a "
        "directed "
        "edge from m to n.",
    ),
    "degree": ("number", "What is the {d}degree of node <{u}>?"),
    "edge": ("yes_no", "Is there {a} edge {f} node <{u}> {o} node <{v}>?"),
    "connectivity": ("yes_no", "Is there a {d}path {f} node <{u}> {o} node <{v}>?"),
    "connected_component": ("node_set", "Find the {s}connected component containing node <{u}>. "),
    "common_neighbor": (
        "number",
        "Calculate the number of common neighbors of node <{u}> and node <{v}>.{successors} ",
    ),
    "Jaccard": ("number", "Calculate the Jaccard coefficient of node <{u}> and node <{v}>.{successors}"),
    "diameter": (
        "number",
        "Calculate the diameter of the graph. The diameter is the maximum distance over all pairs of nodes in "
        "the graph.",
    ),
    "shortest_path": ("length", "Calculate the distance of the shortest path from node <{u}> to node <{v}>."),
    "maximum_flow": (
        "number",
        "Calculate the maximum flow between node <{u}> and node <{v}> in this graph. Given a directed graph with "
        "capacities assigned to its edges, the maximum flow from a source node to a sink node is the maximum amount of "
        "flow that can be sent from the source to the sink, respecting the capacity constraints on each edge. The goal "
        "is to find the optimal way to route flow through the network to maximize the flow from source to sink.",
    ),
    "MST": ("number", "Output the total weight of the minimum spanning tree (MST) for this graph."),
    "DFS": ("depth_first", "Start from node <{u}>, output a sequence of traversal in depth-first search (DFS) order."),
    "topological_sort": (
        "topological_order",
        "Output the topological sorting of this graph. Topological sorting is a linear ordering of the nodes of a "
        "directed acyclic graph (DAG) such that for every directed edge, the source node comes before the end nodes in "
        "the ordering.",
    ),
    "hamiltonian_path": (
        "hamiltonian_path",
        "Find a Hamiltonian path in this graph. A Hamiltonian path in a graph is a path that visits each node exactly "
        "once, traversing along edges, and the starting node and ending node may be different. ",
    ),
    "bipartite": (
        "matching",
        "Find a maximum matching in the bipartite graph.\nNodes set 1 contains: {left}.\nNodes set 2 contains: "
        "{right}.",
    ),
    "page_rank": (
        "one_of",
        "Which node has the largest PageRank value? The dampling factor is 0.85. The number of iterations is 3. The "
        "initial PageRank values for all nodes are initialized equally as 1/N, where N is the number of nodes.",
    ),
}
KINDS = tuple(_FORMS)


def samples(source: Source) -> Iterator[Sample]:
    if source.data is None:
        yield from _generated(source)
        return
    for file, number, place, kind, row in typed_rows(source, "GraphInstruct", KINDS, "question", "answer", "type"):
        name = f"{kind}-{row.get('index', number)}-{file.stem}-{number:05d}"
        yield _read(name, kind, str(row["question"]), str(row["answer"]), place)


def _read(name: str, kind: str, text: str, answer: str, place: str) -> Sample:
    try:
        graph = read_graph(text)
        sample = _made(name, kind, text, graph, None)
        gold = read_gold(kind, answer)
    except (ValueError, LookupError, AttributeError) as error:
        raise BadData(f"{place}: not an item of GraphInstruct's {kind}: {error!r}") from error
    if kind == "page_rank" and set(gold) <= set(top := recompute(sample)):
        gold = top  # of several nodes with the largest value each is right
    return replace(sample, gold=gold)


def _made(name: str, kind: str, text: str, graph: Graph, gold: Any) -> Sample:
    asked = text.rpartition("\n")[0] if text.endswith("\n") else text
    asked = _asked(asked)
    named = dict(zip("uv", map(int, re.findall(r"<(\d+)>", asked)), strict=False))
    return Sample(name, text, graph, gold, kind, {"scoring": _FORMS[kind][0], "slots": named, "asked": asked})


def _asked(text: str) -> str:
    """What stands after the edge list."""
    facts = list(re.finditer(r"^Node <\d+> is connected to [^\n]*\.$", text, re.M))
    return text[facts[-1].end() :] if facts else text.partition("\n")[2]


def read_graph(text: str) -> Graph:
    """The graph of an item, weights as `weight`; set members of a matching question are nodes too."""
    directed = text.startswith("Given a directed")
    edges: list[tuple[Any, ...]] = []
    nodes: list[int] = []
    for u, near in re.findall(r"^Node <(\d+)> is connected to nodes? ([^\n]*)\.$", text, re.M):
        nodes.append(int(u))
        for v, weight in re.findall(r"<(\d+)>(?: \(weight: (-?\d+)\))?", near):
            edges.append((int(u), int(v), {"weight": int(weight)} if weight else {}))
    for members in re.findall(r"^Nodes set \d contains: ([^\n]*)\.$", text, re.M):
        nodes += map(int, re.findall(r"\d+", members))
    return Graph.from_edges(edges, nodes, directed=directed)


def read_gold(kind: str, answer: str) -> Any:
    scoring, said = _FORMS[kind][0], answer.strip()
    numbers = [int(x) for x in re.findall(r"<(\d+)>", said)]
    if scoring == "yes_no":
        return {"yes": True, "no": False}[said.lower()]
    if scoring == "matching":
        return len(numbers) // 2
    if scoring == "hamiltonian_path":
        return bool(numbers)
    if scoring == "number" or scoring == "length":
        return float(said) if "." in said else int(said)
    return numbers


# -- right answers


def recompute(sample: Sample) -> Any:
    """The right answer by the question's own definitions; None where any valid sequence is right."""
    graph, slots = sample.graph, sample.metadata["slots"]
    assert graph is not None
    return _RULES[sample.task](graph, slots, sample.metadata["asked"])


def _degree(graph: Graph, slots: Mapping[str, Any], asked: str) -> int:
    u = slots["u"]
    if not graph.directed or ("in-degree" not in asked and "out-degree" not in asked):
        return truth.degree(graph, u)
    return int(graph.nx.in_degree(u) if "in-degree" in asked else graph.nx.out_degree(u))


def _near(graph: Graph, slots: Mapping[str, Any], asked: str) -> list[Any]:
    return list(graph.nx[slots["u"]])


def _component(graph: Graph, slots: Mapping[str, Any], asked: str) -> list[Any]:
    if graph.directed and "strongly" in asked:
        return list(next(group for group in truth.strong_components(graph) if slots["u"] in group))
    return list(truth.component(graph, slots["u"]))


def _jaccard(graph: Graph, slots: Mapping[str, Any], asked: str) -> float:
    """Of the successors where the graph is directed, as the question says."""
    a, b = set(graph.nx[slots["u"]]), set(graph.nx[slots["v"]])
    return len(a & b) / len(a | b) if a | b else 0.0


def _common(graph: Graph, slots: Mapping[str, Any], asked: str) -> int:
    return len(set(graph.nx[slots["u"]]) & set(graph.nx[slots["v"]]))


def _top(graph: Graph, slots: Mapping[str, Any], asked: str) -> list[Any]:
    rank = truth.page_rank(graph, rounds=ROUNDS)
    return [node for node, value in rank.items() if value > max(rank.values()) - 1e-9]


_RULES: dict[str, Callable[[Graph, Mapping[str, Any], str], Any]] = {
    "neighbor": _near,
    "predecessor": lambda g, s, q: [e.source for e in g.edges() if e.target == s["u"]],
    "degree": _degree,
    "edge": lambda g, s, q: g.has_edge(s["u"], s["v"]),
    "connectivity": lambda g, s, q: truth.hops(g, s["u"], s["v"]) < truth.NO_PATH,
    "connected_component": _component,
    "common_neighbor": _common,
    "Jaccard": _jaccard,
    "diameter": lambda g, s, q: max(truth.eccentricities(g).values()),
    "shortest_path": lambda g, s, q: truth.distance(g, s["u"], s["v"]),
    "maximum_flow": lambda g, s, q: truth.maximum_flow(g, s["u"], s["v"], "weight"),
    "MST": lambda g, s, q: truth.spanning_tree_weight(g) if g.weighted else None,
    "DFS": lambda g, s, q: None,
    "topological_sort": lambda g, s, q: None,
    "hamiltonian_path": lambda g, s, q: truth.has_hamiltonian_path(g),
    "bipartite": lambda g, s, q: truth.matching_size(g),
    "page_rank": _top,
}


def audit(sample: Sample) -> Finding:
    """Everything is recomputed; a spanning tree without stated weights has none to sum up."""
    graph = sample.graph
    assert graph is not None
    if sample.task == "MST" and not graph.weighted:
        return Finding("unanswerable")
    if sample.task == "DFS":
        return Finding(
            "right" if truth.is_depth_first_order(graph, sample.gold, sample.metadata["slots"]["u"]) else "wrong"
        )
    if sample.task == "topological_sort":
        return Finding("right" if truth.is_topological(graph, sample.gold) else "wrong")
    right = recompute(sample)
    if sample.task == "page_rank":
        same = set(sample.gold) <= set(right)
    elif isinstance(right, list):
        same = set(right) == set(sample.gold)
    else:
        same = close(right, sample.gold)
    return Finding("right") if same else Finding("wrong", replace(sample, gold=right))


# -- own items in the benchmark's form

_ONLY_DIRECTED = ("predecessor", "topological_sort", "maximum_flow")
_ONLY_UNDIRECTED = ("diameter", "MST", "bipartite")
_WEIGHTED = ("shortest_path", "maximum_flow", "MST")


def _generated(source: Source) -> Iterator[Sample]:
    """Own random graphs; MST questions carry weights here, so that they can be answered."""
    for name, kind, rng in source.in_turn(KINDS, USUAL_COUNT):
        yield _item(name, kind, rng)


def _item(name: str, kind: str, rng: random.Random) -> Sample:
    directed = kind in _ONLY_DIRECTED or (kind not in _ONLY_UNDIRECTED and rng.random() < 0.5)
    nodes = list(range(rng.randint(5, 7)))
    rng.shuffle(nodes)
    half = len(nodes) // 2
    pairs = [(u, v) for i, u in enumerate(nodes) for v in nodes[i + 1 :]]
    if kind == "bipartite":
        pairs = [(u, v) for u in nodes[:half] for v in nodes[half:]]
    sure = {(u, v) for u, v in zip(nodes, nodes[1:], strict=False)} if kind != "bipartite" else set()
    chosen = [pair for pair in pairs if pair in sure or rng.random() < 0.4] or pairs[:1]
    rows = {(u, v): rng.randint(1, 10) for u, v in chosen}
    if not directed:
        rows |= {(v, u): weight for (u, v), weight in rows.items()}
    elif kind != "topological_sort":
        rows |= {(v, u): rng.randint(1, 10) for u, v in chosen if rng.random() < 0.3}
    lines = [f"Given {'a directed' if directed else 'an undirected'} graph:"]
    for u in nodes:
        near = [f"<{v}>" + (f" (weight: {w})" if kind in _WEIGHTED else "") for (a, v), w in rows.items() if a == u]
        if near:
            lines.append(f"Node <{u}> is connected to node{'s' * (len(near) > 1)} {', '.join(near)}.")
    u, v = rng.sample(nodes, 2)
    asked = _FORMS[kind][1].format(
        u=u,
        v=v,
        d={"degree": "out-", "connectivity": "directed "}.get(kind, "") if directed else "",
        s="strongly " if directed else "",
        a="a directed" if directed else "an",
        f="from" if directed else "between",
        o="to" if directed else "and",
        successors=_SUCCESSORS if directed else "",
        left=" ".join(f"<{n}>" for n in nodes[:half]),
        right=" ".join(f"<{n}>" for n in nodes[half:]),
    )
    text = "\n".join([*lines, asked, "Answer:\n"])
    sample = _made(name, kind, text, read_graph(text), None)
    gold = recompute(sample)
    if kind == "DFS":
        gold = _depth_first(sample)
    if kind == "topological_sort":
        gold = nodes  # edges go from earlier to later places
    return replace(sample, gold=gold)


def _depth_first(sample: Sample) -> list[Any]:
    import networkx as nx

    assert sample.graph is not None
    return list(nx.dfs_preorder_nodes(sample.graph.nx, sample.metadata["slots"]["u"]))


TASK = Task("graphinstruct", samples, score, source="GraphInstruct, arXiv 2403.04483", kinds=KINDS, audit=audit)
