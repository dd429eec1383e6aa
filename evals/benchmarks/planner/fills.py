"""Arguments for the slots of a held-out wording, drawn so that they make sense on a graph, and the words for them."""

from __future__ import annotations

import random
from typing import Any

from agents.embedded.filling import spoken
from agents.embedded.taught import is_edit
from evals.benchmarks.planner.validation import STRANGERS
from graphs.graph import Graph
from tools.registry import Tool

# Attributes of nodes and what they may be; the others are of edges.
OF_NODES: dict[str, tuple[int, ...]] = {"age": tuple(range(1, 10)), "group": (1, 2), "demand": (-1, 0, 1)}
NAMES = ("Petersen graph", "Heawood graph", "karate club")


class Filler:
    """Draws an argument for each slot, with the words for it, and remembers which attributes the graph must have."""

    def __init__(self, graph: Graph, rng: random.Random) -> None:
        self.graph, self.rng = graph, rng
        self.attributes: set[str] = set()
        self.spare = rng.sample(list(graph.nodes), len(graph))
        self.strangers = rng.sample(STRANGERS, len(STRANGERS))
        self.target: Any = None  # the other end of an edge whose first end has been drawn
        self.asked: list[Any] = []  # nodes that the answering tool is asked about
        self.kept: list[Any] = []  # of a part that was chosen; empty: all

    def carrying(self) -> Graph:
        """The graph with the attributes that were named."""
        body = self.graph.nx.copy()
        for name in sorted(self.attributes):
            for _, _, data in body.edges(data=True) if name not in OF_NODES else ():
                data[name] = self.rng.randint(1, 9)
            for node in body if name in OF_NODES else ():
                body.nodes[node][name] = self.rng.choice(OF_NODES[name])
        return self.graph.derive(body)

    def value(self, tool: Tool, name: str) -> tuple[Any, str]:
        """(argument, its words); the argument is None where the words alone say it."""
        parameter = next((p for p in tool.parameters if p.name == name), None)
        kind = parameter.kind if parameter is not None else "node"
        if kind == "node":
            label = self._new(1)[0] if tool.name == "add_node" else self._end(tool, name)
            self.asked += [] if is_edit(tool) else [label]
            return label, str(label)
        if kind == "nodes":
            several = list(dict.fromkeys(self._several(tool)))
            return several, _listed([str(label) for label in several])
        if kind == "pairs":
            pairs = [self._pair(tool) for _ in range(self.rng.choice((1, 2)))]
            return list(dict.fromkeys(pairs)), ", ".join(f"{a}-{b}" for a, b in dict.fromkeys(pairs))
        if kind == "numbers":
            numbers = [float(self.rng.randint(1, 4)) for _ in range(3)]
            return numbers, ", ".join(f"{n:g}" for n in numbers)
        if kind == "attribute":
            return (chosen := self._attribute(name)), chosen
        if kind == "choice" and parameter is not None and parameter.choices:
            choice = self.rng.choice(parameter.choices)
            return choice, self.rng.choice(spoken([choice]))
        if kind == "labels":
            return self._labels(name)
        if kind == "text" and name == "name":
            return (known := self.rng.choice(NAMES)), known
        if kind in ("choice", "text", "bool", "graph"):
            return None, "the second graph" if kind == "graph" else name.replace("_", " ")
        if kind == "float" and name != "value":
            number: float = self.rng.choice((0.2, 0.5, 0.8))
        else:
            number = self.rng.randint(*((1, 2) if name == "side" else (2, 4)))
        return number, f"{number:g}"

    def _several(self, tool: Tool) -> list[Any]:
        if tool.name == "subgraph":
            self.kept = self.asked + [self._node() for _ in range(self.rng.choice((4, 5)) - len(self.asked))]
            self.spare = [node for node in self.kept if node not in self.asked]
            return self.kept
        count = self.rng.choice((1, 2, 2, 3))
        return self._new(count) if tool.name == "add_nodes" else [self._node() for _ in range(count)]

    def _labels(self, name: str) -> tuple[dict[Any, Any], str]:
        """A new name for one node, or a number for each."""
        if name == "mapping":
            mapping: dict[Any, Any] = {self._node(): self._new(1)[0]}
        else:
            mapping = {node: self.rng.randint(1, 3) for node in self.graph.nodes}
        return mapping, ", ".join(f"{node}: {value}" for node, value in mapping.items())

    def _node(self) -> Any:
        least = 0 if self.kept else 2
        return self.spare.pop() if len(self.spare) > least else self.rng.choice(self.kept or list(self.graph.nodes))

    def _new(self, count: int) -> list[Any]:
        return [self.strangers.pop() if self.strangers else self.rng.choice(STRANGERS) for _ in range(count)]

    def _end(self, tool: Tool, name: str) -> Any:
        """A node; of a change to one edge, an end of an edge that is there, or of one to be added that is not."""
        if not (is_edit(tool) and name in ("source", "target")):
            return self._node()
        if name == "target" and self.target is not None:
            end, self.target = self.target, None
            return end
        source, self.target = self._pair(tool)
        return source

    def _pair(self, tool: Tool) -> tuple[Any, Any]:
        """An edge; one that is not there for a tool that adds."""
        pairs = [(edge.source, edge.target) for edge in self.graph.edges()]
        if tool.name in ("add_edge", "add_edges"):
            nodes = self.kept or list(self.graph.nodes)
            pairs = [(u, v) for u in nodes for v in nodes if u != v and not self.graph.has_edge(u, v)]
        inside = [pair for pair in pairs if not self.kept or set(pair) <= set(self.kept)] or pairs
        unused = [pair for pair in inside if set(pair) <= set(self.spare)]  # of nodes that nothing else names
        pair = self.rng.choice(unused or inside)
        self.spare = [node for node in self.spare if node not in pair]
        return pair

    def _attribute(self, name: str) -> str:
        chosen = self.rng.choice(("weight", *OF_NODES)) if name == "attribute" else name
        if chosen != "time":
            self.attributes.add(chosen)
        return chosen


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
