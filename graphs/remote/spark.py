"""A table of edges on Spark: GraphX finds, joins over the tables count and check."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from graphs.errors import MissingAttribute, NegativeWeight, TooLarge
from graphs.remote.address import Address
from graphs.remote.engine import FETCHED, Direction, Parts, Ranks, Sizes, Way
from graphs.remote.graphx import GraphX
from graphs.remote.spark_search import back, distances, leaving, propagate, undercut
from graphs.remote.spark_session import functions, refusing, session
from graphs.remote.spark_table import Table, read_table

if TYPE_CHECKING:
    from graphs.compact.graph import CompactGraph
    from graphs.graph import Node

TOLERANCE = 1e-6  # of a node's rank, where ranks add up to the number of nodes
TREES = 40  # rounds of the search for trees inside components
ROUNDS = 10  # of label propagation
F = TypeVar("F", bound=Callable[..., Any])


def _asked(method: F) -> F:
    @wraps(method)
    def call(*args: Any, **about: Any) -> Any:
        with refusing():
            return method(*args, **about)

    return call  # type: ignore[return-value]


def open_table(address: Address) -> SparkEngine:
    """The engine on the table that `address` names.

    Raises:
        GraphError: pyspark or Java is missing, or the master does not answer.
        ParseError: the table cannot be read.
    """
    spark = session(address.where, address.options.get("memory", ""))
    return SparkEngine(spark, read_table(spark, address), address.what.rstrip("/").rpartition("/")[2])


class SparkEngine:
    """See `graphs.remote.engine.Engine`. Ids are labels, or the places of text labels in their order."""

    kind = "spark"

    def __init__(self, spark: Any, table: Table, name: str) -> None:
        self.spark, self.table, self.name = spark, table, name
        self.title = f"Spark {spark.version} ({spark.sparkContext.master})"
        self.directed, self.columns, self.notes = table.directed, table.columns, table.notes
        self.names: Mapping[str, str] = table.names
        self.f = functions()
        self._kept: dict[Any, Any] = {}  # what took long

    # -- labels

    @_asked
    def known(self, labels: Sequence[str]) -> dict[str, Node]:
        if self.table.labels is not None:
            rows = self.table.labels.where(self.f.col("label").isin(list(labels))).select("label").collect()
            return {row["label"]: row["label"] for row in rows}
        ids = {int(text): text for text in labels if _plain(text)}
        rows = self.table.nodes.where(self.f.col("id").isin(list(ids))).collect() if ids else []
        return {ids[row["id"]]: row["id"] for row in rows}

    def _id(self, node: Node) -> int:
        if self.table.labels is None:
            return int(node)  # type: ignore[call-overload, no-any-return]
        row = self.table.labels.where(self.f.col("label") == node).select("id").first()
        return int(row["id"])

    def _labelled(self, frame: Any, limit: int | None = FETCHED) -> list[tuple[Any, ...]]:
        """Rows of the frame, its ids in `id` as labels in the first place.

        Raises:
            TooLarge: there are more than may be brought over.
        """
        if self.table.labels is not None:
            rest = [name for name in frame.columns if name != "id"]
            frame = frame.join(self.table.labels, "id").select("label", *rest)
        rows = frame.head(limit + 1) if limit is not None else frame.collect()
        if limit is not None and len(rows) > limit:
            raise TooLarge(f"the answer has more than {limit:,} rows, which are not brought over; ask for a part of it")
        return [tuple(row) for row in rows]

    def _names(self, ids: Sequence[int]) -> dict[int, Node]:
        if self.table.labels is None:
            return {place: place for place in ids}
        rows = self.table.labels.where(self.f.col("id").isin(list(ids))).collect()
        return {row["id"]: row["label"] for row in rows}

    # -- tables

    @cached_property
    def _pairs(self) -> Any:
        """low, high: joined nodes, each pair once."""
        edges = self.table.edges.where("s <> t")
        return edges.select(self.f.least("s", "t").alias("low"), self.f.greatest("s", "t").alias("high")
                            ).distinct().persist()  # fmt: skip

    def _arcs(self, weight: str | None, what: str = "", *, directed: bool | None = None) -> Any:
        """u, v, w along the edges; both ways on an undirected graph, a loop once."""
        w = self.f.lit(1.0) if weight is None else self.f.col(f"`{weight}`").cast("double")
        if weight is not None:
            if weight not in self.columns:
                raise MissingAttribute(weight, what)
            least, bare = self.table.edges.agg(self.f.min(w), self.f.count_if(w.isNull())).first()
            if bare:
                raise MissingAttribute(weight, what)
            if least < 0:
                raise NegativeWeight(f"an edge has negative {weight} {least:g}; {what} needs weights of at least 0")
        edges = self.table.edges.select(self.f.col("s").alias("u"), self.f.col("t").alias("v"), w.alias("w"))
        if self.directed if directed is None else directed:
            return edges
        turned = edges.where("u <> v").select(self.f.col("v").alias("u"), self.f.col("u").alias("v"), "w")
        return edges.unionAll(turned)

    def _degrees(self, direction: Direction) -> Any:
        """id, degree of all nodes."""
        ends = {"out": ("s",), "in": ("t",), "total": ("s", "t")}[direction]
        first, *rest = (self.table.edges.select(self.f.col(end).alias("id")) for end in ends)
        for other in rest:
            first = first.unionAll(other)
        counts = first.groupBy("id").agg(self.f.count("*").alias("degree"))
        return self.table.nodes.join(counts, "id", "left").fillna(0, ["degree"])

    # -- counts and degrees

    @_asked
    def sizes(self) -> Sizes:
        edges, loops = self.table.edges.agg(self.f.count("*"), self.f.count_if(self.f.expr("s = t"))).first()
        return Sizes(self.table.nodes.count(), edges, loops, self.table.multi)

    @_asked
    def counted_again(self) -> tuple[int, int]:
        counts = self.table.edges.groupBy("s").agg(self.f.count("*").alias("c"), self.f.collect_set("t").alias("ends"))
        edges = counts.agg(self.f.sum("c")).first()[0] or 0
        ends = counts.select(self.f.explode(self.f.array_union("ends", self.f.array("s"))).alias("id"))
        return int(ends.agg(self.f.count_distinct("id")).first()[0]), int(edges)

    @_asked
    def near(self, node: Node, direction: Direction) -> dict[Node, int]:
        here = self._id(node)
        found = []
        if direction in ("out", "total"):
            found.append(self.table.edges.where(self.f.col("s") == here).select(self.f.col("t").alias("id")))
        if direction in ("in", "total"):
            found.append(self.table.edges.where((self.f.col("t") == here) & (self.f.lit(direction == "in") | (
                self.f.col("s") != here))).select(self.f.col("s").alias("id")))  # fmt: skip
        rows = found[0] if len(found) == 1 else found[0].unionAll(found[1])
        return dict(self._labelled(rows.groupBy("id").agg(self.f.count("*").alias("c")).orderBy("id")))  # type: ignore[arg-type]

    @_asked
    def degree_counts(self, direction: Direction) -> dict[int, int]:
        rows = self._degrees(direction).groupBy("degree").agg(self.f.count("*").alias("c")).collect()
        return {row["degree"]: row["c"] for row in sorted(rows)}

    @_asked
    def with_degree(self, low: int, high: int, direction: Direction, limit: int) -> list[Node]:
        some = self._degrees(direction).where(self.f.col("degree").between(low, high)).select("id").orderBy("id")
        return [row[0] for row in self._labelled(some.limit(limit), None)]

    @_asked
    def degrees(self, direction: Direction) -> dict[Node, int]:
        return dict(self._labelled(self._degrees(direction).orderBy("id")))  # type: ignore[arg-type]

    @_asked
    def total(self, column: str) -> tuple[float, int, bool]:
        whole = dict(self.table.edges.dtypes)[column] == "bigint"
        cells = self.f.col(f"`{column}`")
        row = self.table.edges.agg(self.f.sum(cells), self.f.count_if(cells.isNull())).first()
        return row[0] or 0, row[1], whole

    @_asked
    def between(self, source: Node, target: Node) -> int:
        if not {str(source), str(target)} <= self.known([str(source), str(target)]).keys():
            return 0
        one, other = self._id(source), self._id(target)
        there = (self.f.col("s") == one) & (self.f.col("t") == other)
        back_again = (self.f.col("s") == other) & (self.f.col("t") == one)
        return int(self.table.edges.where(there if self.directed else there | back_again).count())

    # -- ways

    @_asked
    def way(self, source: Node, target: Node, weight: str | None) -> Way:
        start, end = self._id(source), self._id(target)
        arcs = self._arcs(weight, "a shortest path")
        begin = self.spark.range(start, start + 1)
        found = distances(arcs, begin, end).persist()
        last = found.where(self.f.col("id") == end).select("d").first()
        reached = found.count()
        if last is None:
            return Way([], float("inf"), reached, leaving(arcs, found))
        path = back(found, end)
        names = self._names(path)
        wrong = undercut(arcs, found, last["d"]) + self._unwalked(arcs, path, last["d"])
        return Way([names[place] for place in path], last["d"], reached, wrong)

    def _unwalked(self, arcs: Any, path: list[int], length: float) -> int:
        """1 unless the path goes along arcs that add up to `length`."""
        if len(path) < 2:
            return int(length != 0)
        said = json.dumps([{"u": tail, "v": head} for tail, head in zip(path, path[1:])])
        rows = self.f.from_json(self.f.lit(said), "array<struct<u: bigint, v: bigint>>")
        steps = self.spark.range(1).select(self.f.inline(rows))
        least = arcs.join(self.f.broadcast(steps), ["u", "v"]).groupBy("u", "v").agg(self.f.min("w").alias("w"))
        row = least.agg(self.f.count("*"), self.f.sum("w")).first()
        return int(row[0] != len(path) - 1 or abs(row[1] - length) > 1e-9 * (1 + abs(length)))

    # -- triangles

    @_asked
    def triangles(self, *, again: bool) -> int:
        if ("triangles", again) not in self._kept:
            self._kept["triangles", again] = self._closed() if again else self._triangles()
        return int(self._kept["triangles", again])

    def _triangles(self) -> int:
        found = GraphX(self.spark, self._pairs).triangles()
        return int(found.agg(self.f.sum(self.f.col("count").cast("long"))).first()[0] or 0) // 3

    def _closed(self) -> int:
        """Pairs of neighbours of higher degree that are joined."""
        f, pairs = self.f, self._pairs
        ends = pairs.select(f.col("low").alias("id")).unionAll(pairs.select(f.col("high").alias("id")))
        degree = ends.groupBy("id").agg(f.count("*").alias("d"))
        both = pairs.join(degree.select(f.col("id").alias("low"), f.col("d").alias("dl")), "low")
        both = both.join(degree.select(f.col("id").alias("high"), f.col("d").alias("dh")), "high")
        rises = (f.col("dl") < f.col("dh")) | ((f.col("dl") == f.col("dh")) & (f.col("low") < f.col("high")))
        up = both.select(f.when(rises, f.col("low")).otherwise(f.col("high")).alias("a"),
                         f.when(rises, f.col("high")).otherwise(f.col("low")).alias("b")).persist()  # fmt: skip
        open_ends = up.join(up.select("a", f.col("b").alias("c")), "a").where("b < c")
        count = open_ends.join(pairs.select(f.col("low").alias("b"), f.col("high").alias("c")), ["b", "c"]).count()
        up.unpersist()
        return int(count)

    @_asked
    def wedges(self) -> tuple[int, int]:
        f, pairs = self.f, self._pairs
        ends = pairs.select(f.col("low").alias("id")).unionAll(pairs.select(f.col("high").alias("id")))
        counts = ends.groupBy("id").agg(f.count("*").alias("d"))
        row = counts.agg(f.sum("d"), f.sum(f.expr("d * (d - 1) DIV 2"))).first()
        return int(row[0] or 0) // 2, int(row[1] or 0)

    # -- components

    @cached_property
    def _parts(self) -> Any:
        """id, part of all nodes."""
        found = GraphX(self.spark, self.table.edges.select("s", "t")).components()
        whole = self.table.nodes.join(found, "id", "left")  # a node without edges is none of GraphX
        return whole.select("id", self.f.coalesce("part", "id").alias("part")).persist()

    @cached_property
    def _parts_checked(self) -> tuple[int, int | None]:
        f = self.f
        tails = self._parts.select(f.col("id").alias("s"), f.col("part").alias("one"))
        heads = self._parts.select(f.col("id").alias("t"), f.col("part").alias("other"))
        crossing = self.table.edges.select("s", "t").join(tails, "s").join(heads, "t").where("one <> other").count()
        roots = self._parts.select(f.col("part").alias("id")).distinct()
        reached = distances(self._arcs(None, directed=False), roots, rounds=TREES)
        left = self.table.nodes.count() - reached.count()
        return int(crossing), left if left == 0 else None

    @_asked
    def parts(self, nodes: Sequence[Node]) -> Parts:
        counts = self._parts.groupBy(self.f.col("part").alias("id")).agg(self.f.count("*").alias("c"))
        sizes = self._labelled(counts.orderBy(self.f.desc("c"), "id"))
        sizes = sorted(sizes, key=lambda row: -row[1])  # a join with the labels loses the order
        ids = {self._id(node): node for node in nodes}
        rows = self._parts.where(self.f.col("id").isin(list(ids))).collect() if ids else []
        names = self._names([row["part"] for row in rows])
        crossing, unjoined = self._parts_checked
        of = {ids[row["id"]]: names[row["part"]] for row in rows}
        return Parts([(a, b) for a, b in sizes], of, crossing, unjoined)

    @_asked
    def members(self, node: Node) -> list[Node]:
        part = self._parts.where(self.f.col("id") == self._id(node)).first()["part"]
        rows = self._parts.where(self.f.col("part") == part).select("id").orderBy("id")
        return [row[0] for row in self._labelled(rows)]

    # -- ranks

    def _ranked(self, damping: float) -> tuple[Any, float]:
        """id, rank (adding up to 1), and a bound on the error of all together.

        One round by joins shrinks differences by the damping, so a change of r leaves r / (1 - damping) at most.
        """
        if ("ranks", damping) not in self._kept:
            self._kept["ranks", damping] = self._rank(damping)
        found: tuple[Any, float] = self._kept["ranks", damping]
        return found

    def _rank(self, damping: float) -> tuple[Any, float]:
        f, n = self.f, self.table.nodes.count()
        arcs = self._arcs(None)
        found = GraphX(self.spark, arcs.select("u", "v")).ranks(damping, TOLERANCE)
        total = found.agg(f.sum("rank")).first()[0] or 1.0
        bare = n - found.count()  # nodes without edges
        found = self.table.nodes.join(found, "id", "left").fillna(1 - damping if bare else 0.0, ["rank"])
        if bare:
            total = found.agg(f.sum("rank")).first()[0]
        ranks = found.select("id", (f.col("rank") / total).alias("rank")).localCheckpoint()
        out = arcs.groupBy("u").agg(f.count("*").alias("c"))
        shares = ranks.join(out.select(f.col("u").alias("id"), "c"), "id", "left")
        loose = shares.where("c IS NULL").agg(f.sum("rank")).first()[0] or 0.0
        share = (f.col("rank") / f.col("c")).alias("share")
        given = shares.where("c IS NOT NULL").select(f.col("id").alias("u"), share)
        taken = arcs.join(given, "u").groupBy(f.col("v").alias("id")).agg(f.sum("share").alias("sum"))
        base = (1 - damping + damping * loose) / n
        after = ranks.join(taken, "id", "left").fillna(0.0, ["sum"])
        change = after.agg(f.sum(f.abs(damping * f.col("sum") + base - f.col("rank")))).first()[0] or 0.0
        return ranks, change / (1 - damping)

    @_asked
    def ranks(self, nodes: Sequence[Node], damping: float) -> Ranks:
        found, error = self._ranked(damping)
        top = found.orderBy(self.f.desc("rank"), "id").limit(20)
        ids = [self._id(node) for node in nodes]
        rows = self._labelled(found.where(self.f.col("id").isin(ids))) if ids else []
        first = sorted(self._labelled(top), key=lambda row: -row[1])
        return Ranks([(a, b) for a, b in first], dict(rows), error)  # type: ignore[arg-type]

    @_asked
    def all_ranks(self, damping: float) -> tuple[dict[Node, float], float]:
        found, error = self._ranked(damping)
        return dict(self._labelled(found.orderBy("id"))), error  # type: ignore[arg-type]

    @_asked
    def communities(self) -> tuple[list[list[Node]], float]:
        f = self.f
        labels = propagate(self._pairs, self.table.nodes, ROUNDS)
        groups: dict[int, list[Node]] = {}
        for node, label in self._labelled(labels.orderBy("id")):
            groups.setdefault(label, []).append(node)
        tails = labels.select(f.col("id").alias("s"), f.col("label").alias("one"))
        heads = labels.select(f.col("id").alias("t"), f.col("label").alias("other"))
        edges = self.table.edges.select("s", "t").join(tails, "s").join(heads, "t")
        m = self.table.edges.count()
        inside = edges.where("one = other").count()
        ends = edges.select(f.col("one").alias("label")).unionAll(edges.select(f.col("other").alias("label")))
        square = ends.groupBy("label").count().agg(f.sum(f.pow(f.col("count") / (2 * m), 2))).first()[0] if m else 0.0
        return list(groups.values()), inside / m - square if m else 0.0

    def local(self) -> CompactGraph | None:
        return None


def _plain(text: str) -> bool:
    bare = text.removeprefix("-")
    return bare.isascii() and bare.isdigit() and len(bare) < 19 and str(int(text)) == text
