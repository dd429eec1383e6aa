"""LLM4DyG (arXiv 2310.17110): nine tasks on dynamic graphs of edges (u, v, t).

Data: a JSON list of objects with `question`, `answer`, `type`; or a folder of such files.
"""

from __future__ import annotations

import ast
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
TIMES = 5  # time steps of the benchmark
_LINKS = (
    "In an undirected dynamic graph, (u, v, t) means that node u and node v are linked with an undirected edge at "
    "time t."
)
_LIST, _INT, _YES = "a python list", "an integer number", "yes or no"
_CHRONOLOGICAL = (
    "whether a path is chronological in the dynamic graph. The time of the edges in a chronological path from source "
    "node to target node must not decrease, e.g., [2, 3, 5] is a chronological path in the dynamic graph "
    "[(2, 3, 0), (3, 5, 1)]"
)
# kind -> (scoring, what the instruction says, form of the answer, the question)
_FORMS: dict[str, tuple[str, str, str, str]] = {
    "when_link": (
        "numbers",
        "answer when two nodes are linked in the dynamic graph.",
        _LIST,
        "When are node {u} and node {v} linked?",
    ),
    "when_connect": (
        "number",
        "answer when two nodes are first connected in the dynamic graph. Two nodes are connected if there exists "
        "a path "
        "between them.",
        _INT,
        "When are node {u} and node {v} first connected?",
    ),
    "when_tclosure": (
        "number",
        "answer when the three nodes in the dynamic graph first close the triad. Two nodes with a common neighbor is "
        "said to have a triadic closure, if they are linked since some time so that the three nodes have linked with "
        "each other to form a triad.",
        _INT,
        "When did the three nodes {p} first close the triad?",
    ),
    "what_node": (
        "node_set",
        "answer what nodes are linked with a given node at a given time in the dynamic graph.",
        _LIST,
        "What nodes are linked with node {u} at time {t}?",
    ),
    "which_neighbor": (
        "node_set",
        "answer what nodes are linked with one node only after some time in the dynamic graph.",
        _LIST,
        "What nodes are linked with node {u} after or at time {t} but not linked before time {t}?",
    ),
    "check_tclosure": (
        "yes_no",
        "answer whether three nodes in the dynamic graph formed a closed triad. A closed triad is composed of three "
        "nodes which have linked with each other some time. ",
        _YES,
        "Did the three nodes {p} form a closed triad?",
    ),
    "check_tpath": ("yes_no", f"answer {_CHRONOLOGICAL}", _YES, "Is the path {p} a chronological path?"),
    "find_tpath": (
        "chronological_path",
        f"answer {_CHRONOLOGICAL}",
        _LIST,
        "Find a chronological path starting at node {u} with a length no less that 3. ",
    ),
    "sort_edge": (
        "edge_order",
        "sort the edges in the dynamic graph by time from earlest to latest.",
        _LIST,
        "Sort the edges in the dynamic graph by time from earliest to latest. ",
    ),
}
KINDS = tuple(_FORMS)
FEWEST_EDGES = 2  # upstream's check of find_tpath counts the three nodes of a path of "length 3"


def samples(source: Source) -> Iterator[Sample]:
    if source.data is None:
        yield from _generated(source)
        return
    for file, number, place, kind, row in typed_rows(source, "LLM4DyG", KINDS, "question", "answer", "type"):
        yield _read(f"{kind}-{file.stem}-{number:05d}", kind, str(row["question"]), str(row["answer"]), place)


def _read(name: str, kind: str, text: str, answer: str, place: str) -> Sample:
    try:
        graph = read_graph(text)
        slots = read_slots(kind, text)
        gold = (
            {"yes": True, "no": False}[answer.strip().lower()] if _FORMS[kind][2] == _YES else ast.literal_eval(answer)
        )
    except (ValueError, LookupError, SyntaxError, AttributeError) as error:
        raise BadData(f"{place}: not an item of LLM4DyG's {kind}: {error!r}") from error
    # The shipped golds of these two are empty: upstream checks the answer against the graph instead.
    return _made(name, kind, text, graph, slots, True if kind in ("find_tpath", "sort_edge") else gold)


def _made(name: str, kind: str, text: str, graph: Graph, slots: Mapping[str, Any], gold: Any) -> Sample:
    about = {"scoring": _FORMS[kind][0], "slots": slots, "edges": FEWEST_EDGES}
    return Sample(name, text, graph, gold, kind, about)


def read_graph(text: str) -> Graph:
    """The dynamic graph of an item; a pair that is linked at several times keeps all of its edges."""
    body = text.rpartition("with the edges [")[2].partition("]")[0]
    rows = re.findall(r"\((\d+), (\d+), (\d+)\)", body)
    edges = [(int(u), int(v), {"time": int(t)}) for u, v, t in rows]
    nodes = sorted({n for u, v, _ in edges for n in (u, v)})
    return Graph.from_edges(edges, nodes, multi=True)


def read_slots(kind: str, text: str) -> dict[str, Any]:
    pattern = re.escape(_FORMS[kind][3].strip())
    for slot in "uvt":
        pattern = pattern.replace(rf"\{{{slot}\}}", rf"(?P<{slot}>\d+)", 1).replace(rf"\{{{slot}\}}", r"\d+")
    pattern = pattern.replace(r"\{p\}", r"\[(?P<p>[\d, ]+)\]")
    hit = re.search(pattern, text)
    if hit is None:
        raise ValueError(f"the question is not {_FORMS[kind][3]!r}")
    return {k: [int(n) for n in x.split(",")] if k == "p" else int(x) for k, x in hit.groupdict().items()}


def recompute(kind: str, graph: Graph, slots: Mapping[str, Any]) -> Any:
    """The right answer; whether there is one for find_tpath, True for sort_edge."""
    u, v, t, p = (slots.get(k) for k in "uvtp")
    if kind == "which_neighbor":
        assert t is not None
        early = {n for at in range(t) for n in truth.neighbours(graph, u, at)}
        return sorted(truth.neighbours(graph, u) - early, key=str)
    rules: dict[str, Callable[[], Any]] = {
        "when_link": lambda: truth.times(graph, u, v),
        "when_connect": lambda: truth.first_connected(graph, u, v),
        "when_tclosure": lambda: truth.first_closed(graph, p or ()),
        "what_node": lambda: sorted(truth.neighbours(graph, u, t), key=str),
        "check_tclosure": lambda: truth.first_closed(graph, p or ()) < truth.NO_PATH,
        "check_tpath": lambda: truth.is_chronological(graph, p or ()),
        "find_tpath": lambda: truth.has_chronological_path(graph, u, FEWEST_EDGES),
        "sort_edge": lambda: True,
    }
    return rules[kind]()


def audit(sample: Sample) -> Finding:
    """Everything is recomputed: upstream's edge lookup lets a path go back in time (`A or B and t >= now`)."""
    assert sample.graph is not None
    right = recompute(sample.task, sample.graph, sample.metadata["slots"])
    same = set(right) == set(sample.gold) if isinstance(right, list) else right == sample.gold
    return Finding("right") if same else Finding("wrong", replace(sample, gold=right))


def _generated(source: Source) -> Iterator[Sample]:
    """Own random dynamic graphs (each pair linked with probability 0.3 at one time of 0 … 4) in the same wording."""
    turn = sum(map(source.wants, KINDS))
    for i, (name, kind, rng) in enumerate(source.in_turn(KINDS, USUAL_COUNT)):
        count = (5, 10, 20)[i // turn % 3]
        pairs = [(u, v) for u in range(count) for v in range(u + 1, count) if rng.random() < 0.3]
        rows = sorted(((u, v, rng.randrange(TIMES)) for u, v in [*pairs, (0, 1), (1, 2), (0, 2)]), key=lambda r: r[2])
        rows = list({(u, v): (u, v, t) for u, v, t in rows}.values())
        if kind == "sort_edge":
            rng.shuffle(rows)
        yield _item(name, kind, rows, rng)


def _item(name: str, kind: str, rows: list[tuple[int, int, int]], rng: random.Random) -> Sample:
    scoring, instruction, form, asked = _FORMS[kind]
    u, v, t = rng.choice(rows)
    path = rng.sample(sorted({n for row in rows for n in row[:2]}), 3)
    if rng.random() < 0.5 or kind == "when_tclosure":
        path = [0, 1, 2]
    asked = asked.format(u=u, v=v, t=t, p=path)
    text = (
        f"{_LINKS}\nYour task is to {instruction}\nGive the answer as {form} at the last of your response after "
        f"'Answer:'.\nQuestion: Given an undirected dynamic graph with the edges {rows}. {asked}\n"
    )
    graph, slots = read_graph(text), read_slots(kind, text)
    return _made(name, kind, text, graph, slots, recompute(kind, graph, slots))


TASK = Task("llm4dyg", samples, score, source="LLM4DyG, arXiv 2310.17110", kinds=KINDS, audit=audit)
