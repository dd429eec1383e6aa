"""The embedded planner as a chat model: it replies to a question with the tool calls that it reads in it, as JSON.

The last message is the question; a graph in it is read by code, as everywhere. It writes nothing but plans: a request
for a reply in another form is a fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from agents.chat.calls import Attempt, Fault, Piece, Request
from tools.answers import as_plain

_PLAN = frozenset({"steps", "pick", "compare", "certainty", "kind", "missing"})


class Embedded:
    """The planner behind the interface of all models."""

    constrains = False
    local = True
    identity = "embedded"

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        """One reply: `{"kind": …, "certainty": …, "steps": [{"tool": …, "arguments": {…}}], "pick": …}`.

        Raises:
            Fault: a schema is asked for that is not the plan's.
        """
        wanted = set((request.schema or {}).get("required", ()))
        if wanted - _PLAN:
            raise Fault("the embedded model writes plans and nothing else; name a chat model for other replies")
        attempt.sent = True
        text = str(request.messages[-1].get("content", ""))
        reply, read = plan_of(text)
        yield Piece(reply, read, 0, "stop")


def plan_of(text: str) -> tuple[str, int]:
    """(the plan of a question as JSON, how many word pieces were read)."""
    from agents.embedded.reading import pieces_in, understand
    from agents.routing.mentions import find_mentions
    from graphs.text import read_text

    reading = read_text(text)
    question = " ".join(reading.question.split()) or text
    mentions = find_mentions(question, reading.graph)
    found = understand(question, reading.graphs, mentions)
    best = found.proposals[0] if found.proposals else None
    said: dict[str, object] = {"kind": max(found.kind, key=lambda name: found.kind[name]), "steps": []}
    if best is not None:
        plan = best.plan
        said["steps"] = [{"tool": c.tool, "arguments": as_plain(c.arguments)} for c in plan.calls]
        said |= {"pick": plan.pick, "missing": [p.name for _, p in best.missing]}
        said["compare"] = None if plan.compare is None else [plan.compare.operator, plan.compare.number]
        said["certainty"] = round(found.kind["plan"] * best.certainty, 3)
    return json.dumps(said, ensure_ascii=False), pieces_in(mentions)


def build() -> Embedded:
    """The back end; the weights are loaded at the first question."""
    return Embedded()
