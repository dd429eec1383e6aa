"""What a graph is: the handle, text and files to and from it, generators."""

from typing import TYPE_CHECKING, Any

from graphs.errors import GraphError
from graphs.graph import Edge, Graph, Node, Provenance

if TYPE_CHECKING:
    from graphs.files import read_graph, write_graph

__all__ = ["Edge", "Graph", "GraphError", "Node", "Provenance", "read_graph", "write_graph"]


def __getattr__(name: str) -> Any:
    """Load the readers and writers of files when they are first asked for."""
    if name in ("read_graph", "write_graph"):
        from graphs import files

        return getattr(files, name)
    raise AttributeError(f"module 'graphs' has no attribute {name!r}")
