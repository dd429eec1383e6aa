"""GraphX, the graph part of Spark, reached from Python through py4j: there is no Python face of it."""

from __future__ import annotations

import importlib
from typing import Any


class GraphX:
    """A graph of GraphX made of arcs, and what its library finds on it. Arcs and results are data frames."""

    def __init__(self, spark: Any, arcs: Any) -> None:
        """arcs: u, v (long); an arc may stand there several times."""
        self.spark, self.jvm = spark, spark._jvm
        self._x = self.jvm.org.apache.spark.graphx
        self._tag = _module(self.jvm.scala.reflect, "ClassTag").Int()
        level = self.jvm.org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK()
        pairs = getattr(arcs.toDF("_1", "_2")._jdf, "as")(self._pair(self._encoders.LONG()))
        nothing = _module(self.jvm.scala, "None")
        self.graph = self._x.Graph.fromEdgeTuples(pairs.rdd(), 1, nothing, level, level, self._tag)

    @property
    def _encoders(self) -> Any:
        return self.jvm.org.apache.spark.sql.Encoders

    def _pair(self, second: Any) -> Any:
        return self._encoders.tuple(self._encoders.LONG(), second)

    def _frame(self, vertices: Any, second: Any, name: str) -> Any:
        made = self.spark._jsparkSession.createDataset(vertices, self._pair(second))
        return importlib.import_module("pyspark.sql").DataFrame(made.toDF(), self.spark).toDF("id", name)

    def components(self) -> Any:
        """id, part: the least id in the connected component (Pregel: the least id goes round)."""
        found = self._x.lib.ConnectedComponents.run(self.graph, self._tag, self._tag)
        return self._frame(found.vertices(), self._encoders.LONG(), "part")

    def ranks(self, damping: float, tolerance: float) -> Any:
        """id, rank: PageRank, scaled to add up to the number of nodes; a node rests once its change is smaller."""
        found = self._x.lib.PageRank.runUntilConvergence(self.graph, tolerance, 1 - damping, self._tag, self._tag)
        return self._frame(found.vertices(), self._encoders.DOUBLE(), "rank")

    def triangles(self) -> Any:
        """id, count: the triangles through each node, without loops, directions and parallel edges."""
        found = self._x.lib.TriangleCount.run(self.graph, self._tag, self._tag)
        return self._frame(found.vertices(), self._encoders.INT(), "count")


def _module(package: Any, name: str) -> Any:
    """A singleton object of Scala."""
    return getattr(getattr(package, f"{name}$"), "MODULE$")
