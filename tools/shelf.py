"""What the faces share: graphs by handle, and an answer as a reply in plain JSON data."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from graphs.errors import BadArgument, GraphError
from graphs.graph import Graph
from tools.answers import Answer, GraphAnswer, as_plain
from tools.certificates import Certificate
from tools.registry import Tool

MAX_ITEMS = 10_000  # of a list or object in a reply
SHOWN_LABELS = 20


class Shelf:
    """Graphs by handle, the last `limit` that were used. Equal graphs share a handle, which is their fingerprint."""

    def __init__(self, limit: int = 64) -> None:
        self.limit = limit
        self._graphs: OrderedDict[str, Graph] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, graph: Graph) -> str:
        handle = graph.fingerprint()
        with self._lock:
            self._graphs[handle] = graph
            self._graphs.move_to_end(handle)
            while len(self._graphs) > self.limit:
                self._graphs.popitem(last=False)
        return handle

    def get(self, handle: object) -> Graph:
        """The graph behind `handle`.

        Raises:
            BadArgument: there is none.
        """
        with self._lock:
            if isinstance(handle, str) and handle in self._graphs:
                self._graphs.move_to_end(handle)
                return self._graphs[handle]
            known = ", ".join(list(self._graphs)[-5:]) or "none yet; load one first"
        raise BadArgument(f"there is no graph {str(handle)[:60]!r}; the handles are {known}")

    def items(self) -> list[tuple[str, Graph]]:
        with self._lock:
            return list(self._graphs.items())


def resolve(tool: Tool, arguments: Mapping[str, Any], shelf: Shelf) -> dict[str, Any]:
    """The arguments with handles of further graphs replaced by the graphs.

    Raises:
        BadArgument: a handle is unknown.
    """
    graphs = {p.name for p in tool.parameters if p.kind == "graph"}
    return {k: shelf.get(v) if k in graphs and v is not None else v for k, v in arguments.items()}


def reply(answer: Answer, certificate: Certificate, shelf: Shelf) -> dict[str, Any]:
    """An answer with its status and certificate; a new graph goes on the shelf, and its handle in the reply.

    status: "proven" (an accepted proof), "computed" (a second method agreed, or there is no check) or "estimated".

    Raises:
        GraphError: the answer failed its own check, so it is withheld.
    """
    if certificate.grade != "none" and not certificate.holds:
        raise GraphError(f"the answer failed its own check and is withheld ({certificate.reason}); please report this")
    estimated = answer.estimated or not answer.exact
    proven = certificate.holds and certificate.grade == "proof"
    found: dict[str, Any] = {"value": None}
    if isinstance(answer, GraphAnswer):
        handle = shelf.put(answer.graph)
        found = {"value": {"graph": handle, "summary": answer.graph.summary()}, "graph": handle}
    else:
        found.update(shortened(plain(answer.value)))
    found["status"] = "estimated" if estimated else "proven" if proven else "computed"
    found["claim"] = certificate.claim
    found["certificate"] = {
        "holds": certificate.holds,
        "grade": certificate.grade,
        "method": certificate.method,
    }
    if answer.bounds is not None:
        found["bounds"] = plain(answer.bounds)
    if answer.notes:
        found["notes"] = list(answer.notes)
    return found


def shortened(value: Any) -> dict[str, Any]:
    """The value, cut after `MAX_ITEMS` entries; `length` then says how many there are."""
    if isinstance(value, list) and len(value) > MAX_ITEMS:
        return {"value": value[:MAX_ITEMS], "length": len(value)}
    if isinstance(value, dict) and len(value) > MAX_ITEMS:
        return {"value": dict(list(value.items())[:MAX_ITEMS]), "length": len(value)}
    return {"value": value}


def plain(value: Any) -> Any:
    """JSON data without the numbers that JSON lacks: infinity and not-a-number become text."""
    return _finite(as_plain(value))


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    return [_finite(v) for v in value] if isinstance(value, list) else value


def described(graph: Graph, handle: str) -> dict[str, Any]:
    """What a graph is, without its edges: summary, sizes, attributes, readings taken, first labels."""
    return {
        "graph": handle,
        "name": graph.name,
        "summary": graph.summary(),
        "num_nodes": graph.num_nodes,
        "num_edges": graph.num_edges,
        "directed": graph.directed,
        "edge_attributes": graph.edge_attribute_names(),
        "node_attributes": graph.node_attribute_names(),
        "assumptions": list(graph.assumptions),
        "first_nodes": [str(n)[:80] for _, n in zip(range(SHOWN_LABELS), graph)],
    }
