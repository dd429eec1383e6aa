"""The compact body of large graphs: arrays in place of networkx, behind the face of the graph handle."""

from graphs.compact.graph import CompactGraph
from graphs.compact.labels import Labels

__all__ = ["CompactGraph", "Labels"]
