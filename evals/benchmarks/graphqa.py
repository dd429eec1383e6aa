"""GraphQA (Talk like a Graph, arXiv 2310.04560): 12 tasks, 9 encoders, 7 generators.

Data: JSON lines as the official generator's items with `question`, `answer`, `task`, `encoder` and, where given, the
normalised `gold`, `scoring`, `graph`; or a JSON list of objects with `question`, `answer`, `type`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from evals import truth
from evals.files import data_files, json_rows
from evals.scorers import score
from evals.task import BadData, Finding, Sample, Source, Task
from graphs.graph import Graph, Node

ASKS = {
    "edge_existence": "Is node {u} connected to node {v}?",
    "node_degree": "What is the degree of node {u}?",
    "node_count": "How many nodes are in this graph?",
    "edge_count": "How many edges are in this graph?",
    "connected_nodes": "List all the nodes connected to {u} in alphabetical order.",
    "cycle_check": "Is there a cycle in this graph?",
    "disconnected_nodes": "List all the nodes that are not connected to {u} in alphabetical order.",
    "reachability": "Is there a path from node {u} to node {v}?",
    "shortest_path": "What is the length of the shortest path from node {u} to node {v}?",
    "maximum_flow": "What is the maximum capacity of the flow from node {u} to node {v}?",
    "triangle_counting": "How many triangles are in this graph?",
    "node_classification": "Does node {u} like {a} or {b}?",
}
KINDS = tuple(ASKS)
GENERATORS = ("er", "ba", "sbm", "sfn", "complete", "star", "path")
USUAL_COUNT = 12 * 9 * 7 * 3
OFFICIAL_COUNT = 500  # test graphs of each generator; the sizes are drawn for all of them first
_HOBBIES = ("golf", "tennis", "football", "surfing", "hiking", "cooking", "chess", "rowing")
_SCORING = {
    "edge_existence": "yes_no",
    "cycle_check": "yes_no",
    "reachability": "yes_no",
    "connected_nodes": "node_set",
    "disconnected_nodes": "node_set",
    "shortest_path": "length",
    "node_classification": "label",
}


def samples(source: Source) -> Iterator[Sample]:
    if source.data is None:
        yield from _generated(source)
        return
    for file in data_files(source.data, ".json", ".jsonl"):
        for number, (place, row) in enumerate(json_rows(file, "question", "answer")):
            kind = str(row.get("task", row.get("type", ""))).replace("reachability_reachability", "reachability")
            if kind not in ASKS:
                raise BadData(f"{place}: {kind!r} is not a task of GraphQA ({', '.join(ASKS)})")
            if source.wants(kind):
                yield _read(str(row.get("id", f"{file.stem}-{number:05d}")), kind, row, place)


def _read(name: str, kind: str, row: Mapping[str, Any], place: str) -> Sample:
    """One item of a data file.

    Raises:
        BadData: the item does not have the benchmark's form.
    """
    text = str(row["question"])
    try:
        graph = read_graph(text)
        asked = read_slots(kind, text, graph)
        gold = read_gold(kind, str(row["answer"]), graph)
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BadData(f"{place}: not an item of GraphQA's {kind}: {error!r}") from error
    about = {"encoder": row.get("encoder", "?"), "generator": row.get("generator", row.get("algorithm", "?"))}
    return _made(name, kind, text, graph, asked, gold, about)


def _made(
    name: str, kind: str, text: str, graph: Graph, slots: dict[str, Any], gold: Any, about: dict[str, Any]
) -> Sample:
    options = [slots[k] for k in ("a", "b") if k in slots]
    about = about | {"scoring": _SCORING.get(kind, "number"), "slots": slots, "options": options}
    return Sample(name, text, graph, gold, kind, about)


# -- reading the benchmark's own texts, all nine encodings


def _last_prompt(text: str) -> str:
    """The question itself, without the worked examples of few-shot prompts."""
    return text.rpartition("Example: ")[2]


def read_graph(text: str) -> Graph:
    """The graph of a prompt, labels as written (numbers as int).

    Raises:
        ValueError: the text has no list of nodes.
    """
    body = _last_prompt(text).partition("\nQ: ")[0]
    head = re.search(r"among nodes ([^\n]*?)\.?(?:\n|$)", body)
    if head is None:
        raise ValueError("no list of nodes")
    names = [name for name in re.split(r",\s*(?:and\s+)?|\s+and\s+", head[1].strip().rstrip(".")) if name]
    numbers = all(name.isdigit() for name in names)

    def label(name: str) -> Node:
        return int(name) if numbers else name

    facts = body[head.end() :]
    name = r"([\w.'-]+?)"
    pairs = re.findall(r"\((\d+), (\d+)\)", facts)
    pairs += re.findall(
        rf"^{name} (?:and|->) {name}(?: are friends| are connected| wrote a paper together|$)", facts, re.M
    )
    for u, near in re.findall(r"^Node (\w+) is connected to nodes? ([^\n]*?)\.$", facts, re.M):
        pairs += [(u, v) for v in near.split(", ")]
    graph = Graph.from_edges([(label(u), label(v)) for u, v in pairs], map(label, names))
    for u, liked in re.findall(r"^Node (\w+) likes (\w+)\.", facts, re.M):
        graph.nx.nodes[label(u)]["label"] = liked
    return graph


def read_slots(kind: str, text: str, graph: Graph) -> dict[str, Any]:
    """What the question names: nodes u and v, options a and b."""
    asked = text.rpartition("Q: ")[2]
    pattern = re.escape(ASKS[kind])
    for slot in "uvab":
        pattern = pattern.replace(rf"\{{{slot}\}}", rf"(?P<{slot}>\w+)")
    hit = re.search(pattern, asked)
    if hit is None:
        raise ValueError(f"the question is not {ASKS[kind]!r}")
    return {slot: graph.node(said) if slot in "uv" else said for slot, said in hit.groupdict().items()}


def read_gold(kind: str, answer: str, graph: Graph) -> Any:
    """The gold as upstream writes it, as a typed value."""
    said = answer.strip().rstrip(".")
    scoring = _SCORING.get(kind, "number")
    if scoring == "yes_no":
        return {"yes": True, "no": False}[re.split(r"[,.\s]", said.lower())[0]]
    if scoring == "node_set":
        return [] if said == "No nodes" or not said else [graph.node(name) for name in said.split(", ")]
    if kind == "shortest_path" and said.startswith("There is no path"):
        return truth.NO_PATH
    return said if scoring == "label" else int(said)


# -- right answers


def recompute(kind: str, graph: Graph, slots: Mapping[str, Any]) -> Any:
    """The right answer to one of the ten exact tasks; self-loops count as upstream counts them."""
    u, v = slots.get("u"), slots.get("v")
    near = truth.neighbours(graph, u) if kind in ("connected_nodes", "disconnected_nodes") else set()
    rules: dict[str, Callable[[], Any]] = {
        "edge_existence": lambda: graph.has_edge(u, v),
        "node_degree": lambda: truth.degree(graph, u),
        "node_count": lambda: graph.num_nodes,
        "edge_count": lambda: graph.num_edges,
        "connected_nodes": lambda: [n for n in graph.nx if n in near],
        "disconnected_nodes": lambda: [n for n in graph.nx if n not in near and n != u],
        "cycle_check": lambda: truth.has_cycle(graph),
        "reachability": lambda: truth.hops(graph, u, v) < truth.NO_PATH,
        "shortest_path": lambda: truth.hops(graph, u, v),
        "triangle_counting": lambda: truth.triangles(graph),
    }
    return rules[kind]()


def audit(sample: Sample) -> Finding:
    """Ten tasks are recomputed. No prompt states capacities, so a flow is known only where no path exists (0).

    Node classes are planted blocks that the text does not entail.
    """
    graph, slots = sample.graph, sample.metadata["slots"]
    assert graph is not None
    if sample.task == "node_classification":
        return Finding("guess")
    if sample.task == "maximum_flow":
        apart = truth.hops(graph, slots["u"], slots["v"]) == truth.NO_PATH
        return Finding("right" if apart and sample.gold == 0 else "unanswerable")
    right = recompute(sample.task, graph, slots)
    same = set(right) == set(sample.gold) if isinstance(right, list) else right == sample.gold
    return Finding("right") if same else Finding("wrong", replace(sample, gold=right))


# -- own items with the official graphs, seeds and wording


def _generated(source: Source) -> Iterator[Sample]:
    """Every task with every encoder on every generator in turn."""
    from graphs.text.encoders import GRAPHQA_ENCODERS

    cells = [(g, e, t) for g in GENERATORS for e in GRAPHQA_ENCODERS for t in KINDS if source.wants(t)]
    for i in range(source.count or USUAL_COUNT * len(cells) // (12 * 9 * 7)):
        generator, encoder, kind = cells[i % len(cells)]
        turn = i // len(cells) * 9 * 12 + GRAPHQA_ENCODERS.index(encoder) * 12 + KINDS.index(kind)
        yield _item(f"gqa-{source.seed}-{i:05d}", kind, encoder, generator, turn, source.seed)


@cache
def _graphs(generator: str, seed: int) -> list[Graph]:
    from graphs.generators.graphqa import graphqa_block_graphs, graphqa_graphs

    if generator == "sbm2":
        return graphqa_block_graphs(OFFICIAL_COUNT, seed)
    return graphqa_graphs(generator, OFFICIAL_COUNT, seed)


def _item(name: str, kind: str, encoder: str, generator: str, turn: int, seed: int) -> Sample:
    from graphs.text.encoders import encode, node_names

    rng = random.Random(f"{seed}-{kind}-{encoder}-{generator}-{turn}")
    if kind == "node_classification":
        generator = "sbm2"
    plain = _graphs(generator, seed)[turn % OFFICIAL_COUNT]
    names = node_names(encoder, plain.num_nodes)
    if encoder in ("adjacency", "incident"):
        graph = plain
    else:
        shown = {old: names[old] for old in plain.nx}
        graph = Graph.from_edges([(shown[e.source], shown[e.target]) for e in plain.edges()], shown.values())
    slots = dict(zip("uv", rng.sample(graph.nodes, 2), strict=True))
    facts = ""
    gold: Any
    if kind == "node_classification":
        facts, gold = _classes(plain, graph, slots, rng)
    elif kind == "maximum_flow":
        body = graph.nx.copy()
        for *_, data in body.edges(data=True):
            data["capacity"] = rng.randint(1, 10)  # drawn as upstream does, and like there never told
        gold = truth.maximum_flow(Graph(body), slots["u"], slots["v"])
    else:
        gold = recompute(kind, graph, slots)
    text = f"{encode(plain, encoder)}{facts}Q: {ASKS[kind].format(**slots)}\nA: "
    about = {"encoder": encoder, "generator": generator}
    return _made(name, kind, text, graph, read_slots(kind, text, graph), gold, about)


def _classes(plain: Graph, graph: Graph, slots: dict[str, Any], rng: random.Random) -> tuple[str, str]:
    """(the lines that tell half of the nodes' hobbies, the asked node's own); adds the two options to the slots."""
    hobbies = rng.sample(_HOBBIES, 2)
    liked = {new: hobbies[plain.nx.nodes[old]["block"]] for old, new in zip(plain.nx, graph.nx, strict=True)}
    chosen = rng.sample(graph.nodes, 1 + graph.num_nodes // 2)
    slots |= {"u": chosen[-1], "a": hobbies[0], "b": hobbies[1]}
    return "".join(f"Node {n} likes {liked[n]}.\n" for n in chosen[:-1]), liked[chosen[-1]]


TASK = Task("graphqa", samples, score, source="GraphQA, arXiv 2310.04560", kinds=KINDS, audit=audit, column="encoder")
