"""What a tool cannot do on an engine for these arguments."""

from __future__ import annotations

from graphs.errors import GraphError


class NotThere(GraphError):
    """The tool's arguments ask for more than the engine does."""
