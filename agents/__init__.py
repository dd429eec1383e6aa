"""The workflows that answer questions about graphs, and that grow them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.ask import GraphAgent
    from agents.grow import GraphGrower
    from agents.reply import Cost, Reply, Step

__all__ = ["Cost", "GraphAgent", "GraphGrower", "Reply", "Step"]


def __getattr__(name: str) -> Any:
    if name == "GraphAgent":
        from agents.ask import GraphAgent

        return GraphAgent
    if name == "GraphGrower":
        from agents.grow import GraphGrower

        return GraphGrower
    if name in ("Cost", "Reply", "Step"):
        from agents import reply

        return getattr(reply, name)
    raise AttributeError(f"module 'agents' has no attribute {name!r}")
