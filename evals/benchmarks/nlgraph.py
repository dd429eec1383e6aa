"""NLGraph (arXiv 2305.10037): eight tasks in natural language.

Data: a folder or file of `{id: {question, answer, difficulty}}`, or a list of objects with question and answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from evals import truth
from evals.files import data_files, json_rows
from evals.scorers import close, score
from evals.task import BadData, Finding, Sample, Source, Task
from graphs.graph import Graph

KINDS = ("connectivity", "cycle", "topology", "shortest_path", "flow", "matching", "hamilton", "GNN")
USUAL_COUNT = 400
_SCORING = {
    "connectivity": "yes_no",
    "cycle": "yes_no",
    "topology": "topological_order",
    "shortest_path": "shortest_path",
    "flow": "number",
    "matching": "matching",
    "hamilton": "hamiltonian_path",
    "GNN": "embeddings",
}
# What tells the kinds apart: words of the sentence after "Q:".
_ASKS = (
    ("GNN", "embedding"),
    ("matching", "assignment"),
    ("hamilton", "visits every node"),
    ("topology", "can all the nodes be visited"),
    ("flow", "maximum flow"),
    ("shortest_path", "shortest path"),
    ("cycle", "a cycle"),
    ("connectivity", "a path between"),
)
_LAYERS = {"one": 1, "two": 2, "three": 3, "four": 4}


def samples(source: Source) -> Iterator[Sample]:
    if source.data is None:
        yield from _generated(source)
        return
    for file in data_files(source.data, ".json", ".jsonl"):
        for number, (place, row) in enumerate(json_rows(file, "question", "answer")):
            text = str(row["question"])
            kind = _kind(text, place)
            if source.wants(kind):
                yield make_sample(f"{kind}-{file.stem}-{number:05d}", kind, text, str(row["answer"]), place)


def _kind(text: str, place: str) -> str:
    asked = text.rpartition("Q:")[2].lower()
    found = next((kind for kind, words in _ASKS if words in asked), None)
    if found is None:
        raise BadData(f"{place}: none of NLGraph's questions: {asked.strip()[:80]!r}")
    return found


def make_sample(name: str, kind: str, text: str, answer: str, place: str) -> Sample:
    """Read graph, asked nodes and gold out of one item.

    Raises:
        BadData: the item does not have the benchmark's form.
    """
    try:
        graph = read_graph(kind, text)
        slots = _slots(kind, text)
        gold = _gold(kind, answer, graph)
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise BadData(f"{place}: not an item of NLGraph's {kind}: {error!r}") from error
    return Sample(name, text, graph, gold, kind, {"scoring": _SCORING[kind], "slots": slots, "text": text})


def read_graph(kind: str, text: str) -> Graph:
    """The graph of an item, read by the fixed wording of its kind."""
    body = text.rpartition("Q:")[0]
    if kind == "matching":
        people, jobs = map(int, re.findall(r"(\d+) (?:job applicants|jobs) numbered", body))
        pairs = re.findall(r"Applicant (\d+) is interested in job (\d+)", body)
        nodes = [f"applicant {i}" for i in range(people)] + [f"job {i}" for i in range(jobs)]
        return Graph.from_edges([(f"applicant {u}", f"job {v}") for u, v in pairs], nodes)
    if kind == "topology":
        pairs = re.findall(r"node (\d+) should be visited before node (\d+)", body)
        return Graph.from_edges([(int(u), int(v)) for u, v in pairs], _numbered(body), directed=True)
    if kind in ("shortest_path", "flow"):
        name = "capacity" if kind == "flow" else "weight"
        found = re.findall(rf"node (\d+) (?:and|to) node (\d+) with {name} (\d+)", body)
        edges = [(int(u), int(v), {name: int(w)}) for u, v, w in found]
        return Graph.from_edges(edges, _numbered(body), directed=kind == "flow")
    pairs = re.findall(r"\((\d+),\s*(\d+)\)", body)
    return Graph.from_edges([(int(u), int(v)) for u, v in pairs], _numbered(body))


def _numbered(body: str) -> range:
    hit = re.search(r"numbered from (\d+) to (\d+)", body)
    return range(int(hit[1]), int(hit[2]) + 1) if hit else range(0)


def _slots(kind: str, text: str) -> dict[str, Any]:
    asked = text.rpartition("Q:")[2]
    if kind in ("connectivity", "shortest_path", "flow"):
        u, v = map(int, re.findall(r"node (\d+)", asked)[:2])
        return {"u": u, "v": v}
    if kind == "GNN":
        rows = re.findall(r"node (\d+): \[(-?\d+),\s*(-?\d+)\]", text)
        count = re.search(r"after (\w+) layer", asked)
        assert count is not None
        return {"features": {int(n): [int(a), int(b)] for n, a, b in rows}, "layers": _LAYERS[count[1]]}
    return {}


def _gold(kind: str, answer: str, graph: Graph) -> Any:
    if kind in ("connectivity", "cycle", "hamilton"):
        return re.search(r"\byes\b", answer, re.IGNORECASE) is not None
    if kind == "topology":
        return [int(x) for x in re.findall(r"\d+", answer)]
    if kind == "GNN":
        rows = re.findall(r"node (\d+): \[(-?\d+),\s*(-?\d+)\]", answer)
        return {int(n): [int(a), int(b)] for n, a, b in rows}
    if kind == "matching":
        return int(re.findall(r"(\d+) applicants? can find", answer)[-1])
    return int(re.findall(r"\d+", answer)[-1])


def recompute(sample: Sample) -> Any:
    """The right answer, from the sample's graph alone; None where any valid answer is right."""
    graph, slots = sample.graph, sample.metadata["slots"]
    assert graph is not None
    if sample.task == "connectivity":
        nodes = set(graph.nx)
        return {slots["u"], slots["v"]} <= nodes and truth.hops(graph, slots["u"], slots["v"]) < truth.NO_PATH
    if sample.task == "cycle":
        return truth.has_cycle(graph)
    if sample.task == "shortest_path":
        return truth.distance(graph, slots["u"], slots["v"])
    if sample.task == "flow":
        return truth.maximum_flow(graph, slots["u"], slots["v"])
    if sample.task == "matching":
        return truth.matching_size(graph)
    if sample.task == "GNN":
        return truth.convolve(graph, slots["features"], slots["layers"])
    return None


def audit(sample: Sample) -> Finding:
    """Yes or no and numbers are computed again; a given order must be valid."""
    assert sample.graph is not None
    if sample.task == "topology":
        return Finding("right" if truth.is_topological(sample.graph, sample.gold) else "wrong")
    if sample.task == "hamilton":
        known = sample.gold or sample.graph.num_nodes > 18 or not truth.has_hamiltonian_path(sample.graph)
        return Finding("right" if known else "wrong")
    right = recompute(sample)
    same = right == sample.gold if not isinstance(right, float) else close(right, sample.gold)
    if same:
        return Finding("right")
    return Finding("wrong", Sample(sample.id, sample.question, sample.graph, right, sample.task, sample.metadata))


# -- own items in the benchmark's form


def _generated(source: Source) -> Iterator[Sample]:
    for name, kind, rng in source.in_turn(KINDS, USUAL_COUNT):
        yield _item(name, kind, rng)


def _item(name: str, kind: str, rng: random.Random) -> Sample:
    count = rng.randint(5, 15)
    pairs = [(u, v) for u in range(count) for v in range(u + 1, count) if rng.random() < 0.35] or [(0, 1)]
    text = _WRITERS[kind](count, pairs, rng)
    graph = read_graph(kind, text)
    empty = Sample(name, text, graph, None, kind, {"scoring": _SCORING[kind], "slots": _slots(kind, text)})
    gold = truth.has_hamiltonian_path(graph) if kind == "hamilton" else recompute(empty)
    if kind == "topology":
        gold = list(range(count))  # edges go from smaller to larger numbers
    return Sample(name, text, graph, gold, kind, empty.metadata)


def _bare(pairs: list[tuple[int, int]]) -> str:
    return " ".join(f"({u},{v})" for u, v in pairs)


_MEANS = "(i,j) means that node i and node j are connected with an undirected edge."
_UNDIRECTED = f"In an undirected graph, {_MEANS}"


def _write_connectivity(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    seen = sorted({node for pair in pairs for node in pair})
    u, v = rng.sample(seen, 2)
    head = f"Determine if there is a path between two nodes in the graph. Note that {_MEANS}"
    return f"{head}\nGraph: {_bare(pairs)}\nQ: Is there a path between node {u} and node {v}?\nA:"


def _write_cycle(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    kept = rng.sample(pairs, min(len(pairs), rng.randint(1, count)))
    return (
        f"{_UNDIRECTED}\nThe nodes are numbered from 0 to {count - 1}, and the edges are: {_bare(kept)}\n"
        "Q: Is there a cycle in this graph?\nA:"
    )


def _write_topology(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    lines = "\n".join(f"node {u} should be visited before node {v}" for u, v in pairs)
    head = f"In a directed graph with {count} nodes numbered from 0 to {count - 1}:"
    return f"{head}\n{lines}\nQ: Can all the nodes be visited? Give the solution.\nA:"


def _write_shortest_path(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    pairs = sorted({*pairs, *zip(range(count), range(1, count), strict=False)})  # connected
    lines = ",\n".join(f"an edge between node {u} and node {v} with weight {rng.randint(1, 10)}" for u, v in pairs)
    u, v = rng.sample(range(count), 2)
    head = f"In an undirected graph, the nodes are numbered from 0 to {count - 1}, and the edges are:"
    return f"{head}\n{lines}.\nQ: Give the shortest path from node {u} to node {v}.\nA:"


def _write_flow(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    turned = [(v, u) if rng.random() < 0.3 else (u, v) for u, v in pairs]
    lines = ",\n".join(f"an edge from node {u} to node {v} with capacity {rng.randint(1, 20)}" for u, v in turned)
    u, v = rng.sample(range(count), 2)
    head = f"In a directed graph, the nodes are numbered from 0 to {count - 1}, and the edges are:"
    return f"{head}\n{lines}.\nQ: What is the maximum flow from node {u} to node {v}?\nA:"


def _write_matching(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    jobs = rng.randint(3, count)
    wishes = sorted({(u, v % jobs) for u, v in pairs})
    lines = "\n".join(f"Applicant {u} is interested in job {v}." for u, v in wishes)
    return (
        f"There are {count} job applicants numbered from 0 to {count - 1}, and {jobs} jobs numbered from 0 to "
        f"{jobs - 1}. Each applicant is interested in some of the jobs. Each job can only accept one applicant "
        "and a job applicant "
        f"can be appointed for only one job.\n{lines}\nQ: Find an assignment of jobs to applicants in such that the "
        "maximum number of applicants find the job they are interested in.\nA:"
    )


def _write_hamilton(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    tour = rng.sample(range(count), count)
    sure = [(min(u, v), max(u, v)) for u, v in zip(tour, tour[1:], strict=False)]
    return (
        f"{_UNDIRECTED}\nThe nodes are numbered from 0 to {count - 1}, and the edges are: "
        f"{_bare(sorted({*pairs, *sure}))}\nQ: Is there a path in this graph that visits every node exactly once? "
        "If yes, give the path. Note that in a path, adjacent nodes must be connected with edges.\nA:"
    )


def _write_gnn(count: int, pairs: list[tuple[int, int]], rng: random.Random) -> str:
    vectors = "\n".join(f"node {n}: [{rng.randint(0, 1)},{rng.randint(0, 1)}]" for n in range(count))
    return (
        f"In an undirected graph, the nodes are numbered from 0 to {count - 1}, and every node has an embedding. "
        f"{_MEANS}\nEmbeddings:\n{vectors}\nThe edges are: {_bare(pairs)}\n"
        "In a simple graph convolution layer, each node's embedding is updated by the sum of its neighbors' embeddings."
        f"\nQ: What's the embedding of each node after {rng.choice(['one', 'two'])} layers of simple graph convolution "
        "layer?\nA:"
    )


_WRITERS = {
    "connectivity": _write_connectivity,
    "cycle": _write_cycle,
    "topology": _write_topology,
    "shortest_path": _write_shortest_path,
    "flow": _write_flow,
    "matching": _write_matching,
    "hamilton": _write_hamilton,
    "GNN": _write_gnn,
}

TASK = Task("nlgraph", samples, score, source="NLGraph, arXiv 2305.10037", kinds=KINDS, audit=audit)
