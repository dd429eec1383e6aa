"""A store as a graph that every tool takes."""

from __future__ import annotations

import sqlite3

import networkx as nx

from graphs.graph import Graph
from graphs.store.records import STATUSES, Status


def labels(base: sqlite3.Connection) -> dict[int, str]:
    """A label for each entity: its name, and for homonyms "name (2)", "name (3)" … in the order of their ids."""
    rows = base.execute("SELECT id, name FROM entities ORDER BY id").fetchall()
    taken = {name for _, name in rows}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    found = {}
    for number, name in rows:
        label = name
        while label in seen or (label != name and label in taken):
            counts[name] = counts.get(name, 1) + 1
            label = f"{name} ({counts[name]})"
        seen.add(label)
        found[number] = label
    return found


def to_graph(base: sqlite3.Connection, statuses: tuple[Status, ...]) -> Graph:
    """Nodes carry id, type, text (the description); edges id, verb, confidence, status; keys are the relations' ids."""
    body = nx.MultiDiGraph()
    named = labels(base)
    for number, kind, text in base.execute("SELECT id, type, description FROM entities ORDER BY id"):
        about = {"id": number, "type": kind, "text": text}
        body.add_node(named[number], **{k: v for k, v in about.items() if v not in (None, "")})
    wanted = [status for status in STATUSES if status in statuses]
    rows = base.execute(
        "SELECT id, source, verb, target, confidence, status, valid_from, valid_to FROM relations"
        f" WHERE status IN ({', '.join('?' * len(wanted))}) ORDER BY id",
        wanted,
    )
    for number, source, verb, target, confidence, status, valid_from, valid_to in rows:
        about = {"id": number, "verb": verb, "confidence": confidence, "status": status}
        about |= {k: v for k, v in (("valid_from", valid_from), ("valid_to", valid_to)) if v}
        body.add_edge(named[source], named[target], key=number, **about)
    return Graph(body, name="knowledge graph")
