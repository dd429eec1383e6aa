"""Recorded replies for the tests of growing."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

THINGS = [f"{a} {b}" for a in ("silk", "bone", "nacre", "wood", "glass") for b in ("core", "glue", "layer", "net")]
VERBS = ("enables", "inhibits", "causes", "limits", "strengthens")


def reply(*edges: tuple[str, str, str], nodes: Iterable[str] = ()) -> str:
    """A reply in Graph-PReFLexOR's later form; its reasoning speaks of every edge."""
    names = list(dict.fromkeys([name for a, _, b in edges for name in (a, b)] + list(nodes)))
    graph = {
        "nodes": [{"id": name} for name in names],
        "edges": [{"source": a, "relation": verb, "target": b} for a, verb, b in edges],
    }
    said = " ".join(f"The {a} {verb} the {b}." for a, verb, b in edges)
    return (
        f"<think><brainstorm>{said}</brainstorm><graph_json>{json.dumps(graph)}</graph_json>"
        f"<synthesis>{said}</synthesis></think>{said}"
    )


def random_reply(seed: object) -> str:
    chance = random.Random(str(seed))
    return reply(*((*chance.sample(THINGS, 1), chance.choice(VERBS), f"{chance.choice(THINGS)} {i}") for i in range(5)))


def record(path: Path, replies: Iterable[str]) -> str:
    """Write a recording; returns its spec."""
    path.write_text("\n".join(json.dumps({"raw_output": text}) for text in replies), encoding="utf-8")
    return f"replay:{path}"
