"""Stand-ins for the agent."""

from __future__ import annotations

from typing import Any

from agents.reply import Cost, Reply
from evals.task import Sample
from graphs.graph import Graph


def said(text: str, status: str = "unverified") -> Reply:
    """A reply that is only text, as a bare model gives it."""
    return Reply(None, text, status, cost=Cost(1, 10, 0.01))  # type: ignore[arg-type]


def typed(value: Any, text: str = "", status: str = "proven") -> Reply:
    return Reply(value, text, status)  # type: ignore[arg-type]


def sample(scoring: str, gold: Any, graph: Graph | None = None, **about: Any) -> Sample:
    return Sample("s", "?", graph, gold, "t", {"scoring": scoring, "slots": {}, **about})
