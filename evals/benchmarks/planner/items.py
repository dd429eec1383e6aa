"""Held-out wordings for the embedded planner, filled with the names and numbers of random graphs.

In `evals/wordings/planner/`, `questions.txt` has lines under the name of their tool, `compositions.txt` chains of tools
with a sentence, `refusals.txt` what is to be refused. Slots are named for parameters; those of a chain say whose.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import networkx as nx

from agents.embedded.taught import ALIASES, held_out_tools, kinds_of
from agents.plan import Call, Plan
from agents.routing.templates import SLOT
from evals.labels import labels
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
                yield _filled(text, chain, seed)
    else:
        for name, line in _under_heads("questions.txt"):
            if (name in held_out_tools()) == (kind == "held-out tools"):
                yield _filled(line, [tools[name]], seed)


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
    graph = _graph([], rng)
    return Item(SLOT.sub(lambda _: str(rng.choice(graph.nodes)), line), graph, None)


def _filled(text: str, chain: list[Tool], seed: int) -> Item:
    """chain: the tools in the order of their calls, the answering one last."""
    rng = random.Random(zlib.crc32(f"{seed}{text}".encode()))
    graph = _graph(chain, rng)
    given: list[dict[str, Any]] = [{} for _ in chain]
    spare = list(graph.nodes)
    rng.shuffle(spare)

    def fill(slot: re.Match[str]) -> str:
        place, _, name = slot[1].rpartition(".")
        step = int(place) - 1 if place else 0
        value, shown = _value(name, kinds_of(chain[step]).get(name, "node"), graph, spare, rng)
        if value is not None:
            given[step][name] = value
        return shown

    shown = re.sub(r"\{([\w.]+)\}", fill, text)
    calls = tuple(_call(tool, given[n], n - 1 if n else None) for n, tool in enumerate(chain))
    more = [_graph(chain, random.Random(rng.random()), list(graph.nodes)) for _ in range(GRAPHS - 1)]
    return Item(shown, graph, Plan(calls), more=more)


def _call(tool: Tool, given: dict[str, Any], on: int | None) -> Call:
    """A call as the planner makes it: one node or edge to be removed is a list of one."""
    name = ALIASES.get(tool.name, tool.name)
    if name != tool.name and "node" in given:
        given = {"nodes": [given["node"]]}
    elif name != tool.name and "source" in given:
        given = {"edges": [(given["source"], given["target"])]}
    return Call(name, given, on)


def _value(name: str, kind: str, graph: Graph, spare: list[Any], rng: random.Random) -> tuple[Any, str]:
    """(argument, its words); the argument is None where the words alone say it."""

    def node() -> Any:
        return spare.pop() if len(spare) > 2 else rng.choice(graph.nodes)

    if kind == "node":
        label = node()
        return label, str(label)
    if kind == "nodes":
        several = list(dict.fromkeys(node() for _ in range(rng.choice((1, 2, 2, 3)))))
        return several, ", ".join(several[:-1]) + (" and " if len(several) > 1 else "") + several[-1]
    if kind == "pairs":
        edges = rng.sample([(e.source, e.target) for e in graph.edges()], rng.choice((1, 2)))
        return edges, ", ".join(f"{a}-{b}" for a, b in edges)
    if kind == "numbers":
        numbers = [float(rng.randint(1, 4)) for _ in range(3)]
        return numbers, ", ".join(f"{n:g}" for n in numbers)
    if kind == "attribute":
        return ("weight", "weight") if name != "time" else ("time", "time")
    if kind == "labels":
        return None, f"{node()}: 1"
    if kind in ("choice", "text", "bool", "graph"):
        return None, "the second graph" if kind == "graph" else name.replace("_", " ")
    number = rng.choice((0.2, 0.5, 0.8)) if kind == "float" else rng.randint(2, 4)
    return (int(number) if float(number).is_integer() else number), f"{number:g}"


def _graph(tools: list[Tool], rng: random.Random, names: list[Any] | None = None) -> Graph:
    """A random graph of 9 named nodes that has what these tools need."""
    needs = {tool.needs for tool in tools}
    directed = "directed" in needs and "undirected" not in needs
    if names is None:
        names = labels(rng.choice(("people", "cities")), 9, rng)
    body = nx.gnm_random_graph(len(names), 15, seed=rng.randint(0, 10**9), directed=directed)
    timed = any("temporal" in tool.family or tool.family == "activity" or "time" in tool.needs for tool in tools)
    name, largest = ("time", 5) if timed else ("weight", 9)
    edges = [(names[u], names[v], {name: rng.randint(1, largest)}) for u, v in body.edges()]
    return Graph.from_edges(edges, names, directed=directed)
