"""What a graph is: the handle, text and files to and from it, generators."""

from graphs.errors import GraphError
from graphs.graph import Edge, Graph, Node, Provenance

__all__ = ["Edge", "Graph", "GraphError", "Node", "Provenance"]
