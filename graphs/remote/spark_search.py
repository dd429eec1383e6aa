"""Searches over Spark's tables by joins, round by round, and the checks of what they find."""

from __future__ import annotations

from typing import Any

from graphs.remote.spark_session import functions

SMALL = 100_000  # rows that are sent to all workers in place of a shuffle
SLACK = 1e-9


def distances(arcs: Any, starts: Any, target: int | None = None, rounds: int | None = None) -> Any:
    """id, d, parent of all nodes that are reached, of those nearer than `target` where one is given.

    arcs: u, v, w with w >= 0. starts: id. Bellman and Ford's rounds, in which only nodes that came nearer count: with
    w = 1 this is breadth-first search. rounds: after so many the search is given up.
    """
    F = functions()
    known = starts.select("id", F.lit(0.0).alias("d"), F.lit(None).cast("long").alias("parent")).localCheckpoint()
    front, best, done = known, float("inf"), 0
    size = front.count()
    while size and (rounds is None or done < rounds):
        done += 1
        ahead = front.where(F.col("d") < best).select(F.col("id").alias("u"), "d")
        if size <= SMALL:
            ahead = F.broadcast(ahead)
        steps = arcs.join(ahead, "u").select(F.col("v").alias("id"), (F.col("d") + F.col("w")).alias("d"), "u")
        least = steps.groupBy("id").agg(F.min(F.struct("d", "u")).alias("best"))
        fresh = least.select("id", F.col("best.d").alias("d"), F.col("best.u").alias("parent"))
        before = known.select("id", F.col("d").alias("old"))
        fresh = fresh.join(before, "id", "left").where("old IS NULL OR d < old").drop("old").localCheckpoint()
        size = fresh.count()
        if not size:
            break
        known = known.join(fresh.select("id"), "id", "left_anti").unionAll(fresh).localCheckpoint()
        front = fresh
        if target is not None:
            there = known.where(F.col("id") == target).select("d").first()
            best = there["d"] if there is not None else best
    return known


def back(found: Any, target: int) -> list[int]:
    """The ids from the start to `target`."""
    F = functions()
    near = found.count() <= SMALL
    parents = {row["id"]: row["parent"] for row in found.select("id", "parent").collect()} if near else {}
    path = [target]
    while True:
        row = parents.get(path[-1]) if near else found.where(F.col("id") == path[-1]).select("parent").first()["parent"]
        if row is None:
            return path[::-1]
        path.append(row)


def undercut(arcs: Any, found: Any, length: float) -> int:
    """How many arcs lead to a node in less than its label says, where labels end at `length`."""
    F = functions()
    tails = found.where(F.col("d") < length).select(F.col("id").alias("u"), "d")
    heads = found.select(F.col("id").alias("v"), F.least("d", F.lit(length)).alias("e"))
    both = arcs.join(tails, "u").join(heads, "v", "left").withColumn("e", F.coalesce("e", F.lit(float(length))))
    return int(both.where(F.col("e") > F.col("d") + F.col("w") + SLACK * (1 + F.abs("w"))).count())


def leaving(arcs: Any, found: Any) -> int:
    """How many arcs lead out of the set of nodes that were reached."""
    F = functions()
    inner = arcs.join(found.select(F.col("id").alias("u")), "u")
    return int(inner.join(found.select(F.col("id").alias("v")), "v", "left_anti").count())


def propagate(pairs: Any, nodes: Any, rounds: int) -> Any:
    """id, label: each round, a node takes the label that most neighbours have, the least one of several."""
    F = functions()
    arcs = pairs.select(F.col("low").alias("u"), F.col("high").alias("v"))
    arcs = arcs.unionAll(pairs.select(F.col("high").alias("u"), F.col("low").alias("v"))).persist()
    labels = nodes.select("id", F.col("id").alias("label")).localCheckpoint()
    for _ in range(rounds):
        seen = arcs.join(labels.select(F.col("id").alias("u"), "label"), "u").groupBy("v", "label").count()
        most = F.max(F.struct("count", (-F.col("label")).alias("least"))).alias("best")
        best = seen.groupBy(F.col("v").alias("id")).agg(most)
        after = labels.join(best, "id", "left").select(
            "id", F.coalesce(-F.col("best.least"), F.col("label")).alias("label"), F.col("label").alias("old")
        ).localCheckpoint()  # fmt: skip
        moved = after.where("label <> old").count()
        labels = after.select("id", "label")
        if not moved:
            break
    arcs.unpersist()
    return labels
