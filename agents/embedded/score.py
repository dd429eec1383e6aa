"""Score the embedded planner on wordings that were written apart from its training: `python -m agents.embedded.score`.

A held-out line is filled with the names and numbers of a random graph and read as a user's question would be. A plan is
right when it gives the same answers as the gold plan on several random graphs (two names of one tool are one), exact
when it makes the same calls. No training code reads `heldout/`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx

from agents.embedded.examples import ALIASES, SLOT, held_out_tools, kinds_of
from agents.embedded.reading import Proposal, Understanding, understand
from agents.plan import Call, Plan
from agents.routing.mentions import find_mentions
from graphs.errors import GraphError
from graphs.graph import Graph
from tools import answers
from tools.answers import as_plain
from tools.registry import Tool, all_tools
from tools.run import run_tool

FOLDER = Path(__file__).parent / "heldout"
NAMES = (
    "Ann Bob Carla Dmitri Eve Farid Greta Hiro Ines Jonas Kim Lena Milo Nadia Oskar Paula Quinn Rosa Sven Tara "
    "Ugo Vera Walt Xena Yusuf Zoe"
).split()
CITIES = (
    "Lisbon Porto Madrid Seville Bilbao Toulouse Lyon Turin Genoa Basel Bern Linz Graz Brno Gdansk Riga Oslo".split()
)
GRAPHS = 3  # on which two plans must agree


@dataclass
class Item:
    """One held-out question with the plan that answers it; plan None: to be refused."""

    text: str
    graph: Graph
    plan: Plan | None
    group: str
    more: list[Graph] = field(default_factory=list)


def main() -> None:
    """Print accuracy by group, and what the planner would do at several thresholds."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--limit", type=int, default=10_000, help="at most so many questions of each group")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--road", action="store_true", help="the whole road: certain router first, then the model")
    parser.add_argument("--show", action="store_true", help="print each question that was read wrongly")
    parser.add_argument("--out", type=Path, help="write each outcome as a line of JSON")
    chosen = parser.parse_args()
    judge = Road() if chosen.road else _judged
    rows = [judge(item) for item in items(chosen.seed, chosen.limit)]
    if chosen.out:
        chosen.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    for row in rows:
        if chosen.show and not row["right"]:
            sys.stdout.write(
                f"{row['group']}: {row['text']}\n   gold {row['gold']}\n   read {row['read']} {row['sure']}\n"
            )
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["group"]].append(row)
    for name, part in sorted(groups.items()):
        sys.stdout.write(json.dumps(_summary(name, part)) + "\n")


def _summary(name: str, part: list[dict[str, Any]]) -> dict[str, Any]:
    n = len(part)
    found: dict[str, Any] = {"group": name, "n": n}
    for key in ("right", "exact", "tool"):
        if part[0].get(key) is not None and "outcome" not in part[0]:
            found[key] = round(sum(bool(row[key]) for row in part) / n, 4)
    if "outcome" in part[0]:
        for outcome in ("right", "asked back", "wrong", "proven wrong"):
            found[outcome] = sum(row["outcome"] == outcome for row in part)
        found["model calls"] = sum(row["calls"] for row in part)
        return found | {"ms": round(1000 * sum(row["seconds"] for row in part) / n, 1)}
    for threshold in (0.3, 0.5, 0.7, 0.8, 0.9):
        acted = [row for row in part if row["sure"] >= threshold]
        wrong = sum(not row["right"] for row in acted)
        found[f"acted, wrong at {threshold}"] = (len(acted), wrong)
    found["ms"] = round(1000 * sum(row["seconds"] for row in part) / n, 1)
    return found


def _judged(item: Item) -> dict[str, Any]:
    began = time.perf_counter()
    found = understand(item.text, (item.graph, *item.more[-1:]), find_mentions(item.text, item.graph))
    seconds = time.perf_counter() - began
    best = found.proposals[0] if found.proposals else None
    sure = sureness(found)
    row = {"group": item.group, "text": item.text, "seconds": seconds, "sure": round(sure, 4), "read": _said(best)}
    if item.plan is None:
        return row | {"gold": "refuse", "right": max(found.kind, key=lambda k: found.kind[k]) != "plan"}
    plan = best.plan if best is not None and not best.missing else None
    exact = plan is not None and plan.calls == item.plan.calls
    right = exact or (plan is not None and same_answers(plan, item.plan, (item.graph, *item.more)))
    tool = plan is not None and plan.last.tool == item.plan.last.tool
    return row | {"gold": _calls(item.plan), "right": right, "exact": exact, "tool": tool}


class Road:
    """Judges the whole agent: what it answers against what the gold plan gives."""

    def __init__(self) -> None:
        from agents.ask import GraphAgent

        self.agent = GraphAgent(time_limit=10.0)

    def __call__(self, item: Item) -> dict[str, Any]:
        """The outcome of one question."""
        gold = _answer(item.plan, item.graph, item.graph) if item.plan is not None else None
        reply = self.agent.ask(item.text, item.graph)
        plan = next((step.output["plan"] for step in reply.steps[::-1] if "plan" in step.output), None)
        said = None if plan is None else _answer(plan, item.graph, item.graph)
        if reply.status == "unanswerable":
            outcome = "right" if item.plan is None else "asked back"
        elif gold is not None and said == gold:
            outcome = "right"
        else:
            outcome = "proven wrong" if reply.status == "proven" else "wrong"
        return {
            "group": item.group,
            "text": item.text,
            "gold": "refuse" if item.plan is None else _calls(item.plan),
            "read": reply.text if plan is None else _calls(plan),
            "sure": plan.certainty if plan is not None else 0.0,
            "right": outcome == "right",
            "outcome": outcome,
            "calls": reply.cost.model_calls,
            "seconds": reply.cost.seconds,
        }


def sureness(found: Understanding) -> float:
    """How sure the model is of its best plan, 0 where it has none that is complete."""
    best = found.proposals[0] if found.proposals else None
    if best is None or best.missing or best.spare:
        return 0.0
    return found.kind["plan"] * best.certainty


def _said(best: Proposal | None) -> str:
    return (
        ""
        if best is None
        else _calls(best.plan) + (f" missing {[p.name for p in best.missing]}" if best.missing else "")
    )


def _calls(plan: Plan) -> str:
    calls = " > ".join(f"{call.tool}({call.arguments})" for call in plan.calls)
    return calls + (f" {plan.compare.operator} {plan.compare.number:g}" if plan.compare else "")


def same_answers(one: Plan, other: Plan, graphs: tuple[Graph, ...]) -> bool:
    """Whether two plans answer alike on every graph on which the second answers at all."""
    compared = 0
    for graph in graphs:
        gold = _answer(other, graph, graphs[-1])
        if gold is not None:
            compared += 1
            if _answer(one, graph, graphs[-1]) != gold:
                return False
    return compared > 0


def _answer(plan: Plan, graph: Graph, second: Graph) -> str | None:
    made: list[Any] = []
    try:
        for call in plan.calls:
            on = graph if call.on is None else made[call.on].graph
            takes = {p.name for p in all_tools()[call.tool].parameters if p.kind == "graph"}
            given = {k: second if k in takes else v for k, v in call.arguments.items()}
            if any(p.name == "time_limit" for p in all_tools()[call.tool].parameters):
                given["time_limit"] = 1.0
            made.append(run_tool(on, call.tool, given)[0])
    except (GraphError, nx.NetworkXException, ArithmeticError, ValueError):
        return None
    last = made[-1]
    value = last.graph.fingerprint() if isinstance(last, answers.GraphAnswer) else as_plain(last.value)
    return json.dumps([value, plan.pick if plan.compare else ""], sort_keys=True, default=str)


def items(seed: int, limit: int) -> Iterator[Item]:
    """The held-out questions, filled."""
    tools = all_tools()
    count: dict[str, int] = defaultdict(int)
    name = ""
    for line in _read("questions.txt"):
        if line.startswith("# "):
            name = line[2:].strip()
            continue
        group = "held-out tools" if name in held_out_tools() else "held-out wordings"
        count[group] += 1
        if count[group] <= limit:
            yield _item(line, [tools[name]], False, group, seed)
    for line in _read("compositions.txt"):
        names, text = line.split("\t", 1)
        chain = [tools[part] for part in names.split("+")]
        group = f"compositions of {len(chain)}"
        count[group] += 1
        if count[group] <= limit:
            yield _item(text, [chain[-1], *chain[:-1]], True, group, seed)
    for line in _read("refusals.txt"):
        if line.startswith("# "):
            name = line[2:].strip()
            continue
        count[name] += 1
        if count[name] <= limit:
            rng = random.Random(f"{seed}{line}")
            graph = _graph([], rng)
            text = SLOT.sub(lambda m, g=graph, r=rng: str(r.choice(g.nodes)), line)  # type: ignore[misc]
            yield Item(text, graph, None, f"refusals: {name}")


def _read(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def _item(text: str, tools: list[Tool], numbered: bool, group: str, seed: int) -> Item:
    """tools: the answering one first; slots of a numbered line carry the place of their tool."""
    rng = random.Random(zlib.crc32(f"{seed}{text}".encode()))
    graph = _graph(tools, rng)
    order = [*tools[1:], tools[0]]
    given: list[dict[str, Any]] = [{} for _ in order]
    spare = list(graph.nodes)
    rng.shuffle(spare)

    def fill(match: re.Match[str]) -> str:
        place, _, name = match[1].rpartition(".")
        step = int(place) - 1 if place else 0
        value, shown = _value(name, kinds_of(order[step]).get(name, "node"), graph, spare, rng)
        if value is not None:
            given[step][name] = value
        return shown

    shown = re.sub(r"\{([\w.]+)\}", fill, text)
    calls = [_call(tool, given[n], n - 1 if n else None) for n, tool in enumerate(order)]
    more = [_graph(tools, random.Random(rng.random()), list(graph.nodes)) for _ in range(GRAPHS - 1)]
    return Item(shown, graph, Plan(tuple(calls)), group, more)


def _call(tool: Tool, given: dict[str, Any], on: int | None) -> Call:
    """A call as the planner makes it: one node or edge to be removed is a list of one."""
    name = ALIASES.get(tool.name, tool.name)
    if name != tool.name and "node" in given:
        given = {"nodes": [given["node"]]}
    elif name != tool.name and "source" in given:
        given = {"edges": [(given["source"], given["target"])]}
    return Call(name, given, on)


def _value(name: str, kind: str, graph: Graph, spare: list[Any], rng: random.Random) -> tuple[Any, str]:
    def node() -> Any:
        return spare.pop() if len(spare) > 2 else rng.choice(graph.nodes)

    if kind == "node":
        label = node()
        return label, str(label)
    if kind == "nodes":
        labels = list(dict.fromkeys(node() for _ in range(rng.choice((1, 2, 2, 3)))))
        return labels, ", ".join(labels[:-1]) + (" and " if len(labels) > 1 else "") + labels[-1]
    if kind == "pairs":
        edges = rng.sample([(e.source, e.target) for e in graph.edges()], rng.choice((1, 2)))
        return edges, ", ".join(f"{a}-{b}" for a, b in edges)
    if kind == "numbers":
        numbers = [float(rng.randint(1, 4)) for _ in range(3)]
        return numbers, ", ".join(f"{n:g}" for n in numbers)
    if kind == "attribute":
        return ("weight", "weight") if name != "time" else ("time", "time")
    if kind == "labels":
        label = node()
        return None, f"{label}: 1"
    if kind in ("choice", "text", "bool", "graph"):
        return None, "the second graph" if kind == "graph" else name.replace("_", " ")
    number = rng.choice((0.2, 0.5, 0.8)) if kind == "float" else rng.randint(2, 4)
    return (int(number) if float(number).is_integer() else number), f"{number:g}"


def _graph(tools: list[Tool], rng: random.Random, names: list[Any] | None = None) -> Graph:
    """A random graph of 9 named nodes that has what these tools need."""
    needs = {tool.needs for tool in tools}
    directed = "directed" in needs and "undirected" not in needs
    if names is None:
        names = rng.sample(rng.choice((NAMES, CITIES)), 9)
    body = nx.gnm_random_graph(len(names), 15, seed=rng.randint(0, 10**9), directed=directed)
    if any("temporal" in tool.family or tool.family == "activity" or "time" in tool.needs for tool in tools):
        edges = [(names[u], names[v], {"time": rng.randint(1, 5)}) for u, v in body.edges()]
    else:
        edges = [(names[u], names[v], {"weight": rng.randint(1, 9)}) for u, v in body.edges()]
    made: Any = nx.DiGraph() if directed else nx.Graph()
    made.add_nodes_from(names)
    made.add_edges_from(edges)
    return Graph(made)


if __name__ == "__main__":
    main()
