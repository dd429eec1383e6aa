"""Held-out wordings for the embedded planner, filled with the names and numbers of random graphs.

In `evals/wordings/planner/`, `questions.txt` has lines under the name of their tool, `compositions.txt` chains of tools
with a sentence, `refusals.txt` what is to be refused. Slots are named for parameters; those of a chain say whose.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import networkx as nx

from agents.embedded.taught import ALIASES, held_out_tools
from agents.plan import Call, Plan
from agents.routing.templates import SLOT
from evals.benchmarks.planner.agreeing import said_by, same_answers
from evals.benchmarks.planner.fills import Filler
from evals.benchmarks.planner.validation import EDGES, NODES, random_graph, weighing, with_weights
from evals.labels import labels
from evals.plans import variants
from graphs.graph import Graph
from tools.registry import Tool, all_tools

FOLDER = Path(__file__).parents[2] / "wordings" / "planner"
KINDS = (
    "held-out wordings",
    "held-out tools",
    "compositions of 2",
    "compositions of 3",
    "compositions of 4",
    "refusals: other",
    "refusals: vague",
)
GRAPHS = 3  # on which two plans must agree
TRIES = 6  # fillings on each kind of graph
Make = Callable[[int, int, bool], nx.Graph]


def _dag(size: int, seed: int, directed: bool) -> nx.Graph:
    body = nx.gnm_random_graph(size, EDGES, seed=seed)
    return nx.DiGraph([(u, v) for u, v in body.edges() if u < v]) if directed else body


def _tree(size: int, seed: int, directed: bool) -> nx.Graph:
    body = nx.random_labeled_tree(size, seed=seed)
    return nx.bfs_tree(body, 0) if directed else body


def _bipartite(size: int, seed: int, directed: bool) -> nx.Graph:
    return nx.bipartite.gnmk_random_graph(size // 2, size - size // 2, EDGES, seed=seed)


# size, seed, directed -> body; those after the first for wordings that make no sense on it ("the height of the tree").
BODIES: tuple[Make, ...] = (
    lambda size, seed, directed: nx.gnm_random_graph(size, EDGES, seed=seed, directed=directed),
    lambda size, seed, directed: nx.gnm_random_graph(size, EDGES, seed=seed, directed=True),
    lambda size, seed, directed: _dag(size, seed, True),
    _tree,
    lambda size, seed, directed: _tree(size, seed, True),
    _bipartite,
    lambda size, seed, directed: nx.tournament.random_tournament(size, seed=seed),
)


@dataclass(frozen=True)
class Item:
    """One held-out question of a kind with the plan that answers it; plan None: to be refused. more: to compare on."""

    text: str
    graph: Graph
    plan: Plan | None
    kind: str = ""
    more: list[Graph] = field(default_factory=list)


def items(kind: str, seed: int) -> Iterator[Item]:
    """The questions of one kind, in the order of their file."""
    return (replace(item, kind=kind) for item in _items(kind, seed))


def _items(kind: str, seed: int) -> Iterator[Item]:
    tools = all_tools()
    if kind.startswith("refusals: "):
        for name, line in _under_heads("refusals.txt"):
            if kind == f"refusals: {name}":
                yield _refusal(line, seed)
    elif kind.startswith("compositions of "):
        for line in _lines("compositions.txt"):
            names, text = line.split("\t", 1)
            chain = [tools[part] for part in names.split("+")]
            if kind == f"compositions of {len(chain)}":
                yield filled(text, chain, seed)
    else:
        for name, line in _under_heads("questions.txt"):
            if (name in held_out_tools()) == (kind == "held-out tools"):
                yield filled(line, [tools[name]], seed)


def _lines(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def _under_heads(name: str) -> Iterator[tuple[str, str]]:
    head = ""
    for line in _lines(name):
        if line.startswith("# "):
            head = line[2:].strip()
        else:
            yield head, line


def _refusal(line: str, seed: int) -> Item:
    rng = random.Random(f"{seed}{line}")
    graph = random_graph([], labels(rng.choice(("people", "cities")), NODES, rng), rng)
    return Item(SLOT.sub(lambda _: str(rng.choice(graph.nodes)), line), graph, None)


def filled(text: str, chain: list[Tool], seed: int) -> Item:
    """The first filling on which the gold plan answers and each change of the graph makes a difference, of many.

    Edges have weights only where the line names them or the plan answers nothing without. chain: the tools in the order
    of their calls, the answering one last.
    """
    rng = random.Random(zlib.crc32(f"{seed}{text}".encode()))
    best, most = None, -1
    for (make, weighted), _ in product(product(BODIES, (False, True)), range(TRIES)):
        if weighted and most > 0:
            continue
        item = _tried(text, chain, rng, make, weighted)
        found = worth(item)
        if found > most:
            best, most = item, found
        if found == len(chain):
            break
    assert best is not None
    return best


def worth(item: Item) -> int:
    """0 where the gold plan answers nothing; else 1, and 1 more for each change without which it answers otherwise."""
    assert item.plan is not None
    graphs = (item.graph, *item.more)
    if not said_by(item.plan, item.graph, graphs[-1]):
        return 0
    calls = item.plan.calls
    shorter = [calls[:n] + calls[n + 1 :] for n in range(len(calls) - 1)]
    plans = [Plan(tuple(replace(call, on=n - 1 if n else None) for n, call in enumerate(left))) for left in shorter]
    return 1 + sum(not same_answers(plan, item.plan, graphs) for plan in plans)


def _tried(text: str, chain: list[Tool], rng: random.Random, make: Make, weighted: bool) -> Item:
    """One filling, on a graph of one kind."""
    names = labels(rng.choice(("people", "cities")), NODES, rng)
    filler = Filler(_on(make, random_graph(chain, names, rng), rng), rng)
    given: list[dict[str, Any]] = [{} for _ in chain]
    words: dict[str, str] = {}  # a slot that comes twice is the same argument

    def fill(slot: re.Match[str]) -> str:
        if slot[1] in words:
            return words[slot[1]]
        place, _, name = slot[1].rpartition(".")
        step = int(place) - 1 if place else 0
        value, words[slot[1]] = filler.value(chain[step], name)
        if value is not None:
            given[step][name] = value
        return words[slot[1]]

    shown = re.sub(r"\{([\w.]+)\}", fill, text)
    calls = tuple(_call(tool, given[n], n - 1 if n else None) for n, tool in enumerate(chain))
    graph = filler.carrying()
    if weighted and not filler.attributes:
        graph, calls = with_weights(graph, rng), tuple(map(weighing, calls))
    return Item(shown, graph, Plan(calls), more=variants(graph, GRAPHS - 1, rng))


def _on(make: Make, graph: Graph, rng: random.Random) -> Graph:
    """A graph of one kind on the nodes of `graph`, dated like it."""
    names = list(graph.nodes)
    body = make(len(names), rng.randint(0, 10**9), graph.directed)
    attributes = [edge.attributes for edge in graph.edges()]
    edges = [(names[u], names[v], dict(rng.choice(attributes))) for u, v in body.edges()]
    return Graph.from_edges(edges, names, directed=body.is_directed())


def _call(tool: Tool, given: dict[str, Any], on: int | None) -> Call:
    """A call as the planner makes it: one node or edge to be removed is a list of one."""
    name = ALIASES.get(tool.name, tool.name)
    if name != tool.name and "node" in given:
        given = {"nodes": [given["node"]]}
    elif name != tool.name and "source" in given:
        given = {"edges": [(given["source"], given["target"])]}
    return Call(name, given, on)
