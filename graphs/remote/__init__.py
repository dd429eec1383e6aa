"""Graphs that stay where they are: on a Spark cluster, or on a server that speaks Bolt (Neo4j and its kin).

`connect` turns an address into a handle whose questions are answered there (`tools.remote`).
"""

from graphs.remote.address import is_address
from graphs.remote.connecting import connect
from graphs.remote.graph import RemoteGraph

__all__ = ["RemoteGraph", "connect", "is_address"]
