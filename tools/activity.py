"""Activity over time: when nodes and edges are active, how often, and when most."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graphs.graph import Graph
from tools.answers import Nodes, Number, Record
from tools.contacts import contacts, moments
from tools.registry import Attribute, NodeArg, Time, tool
from tools.timed_answers import Moment, Timeline, Times


@tool(
    phrases=("degree over time", "links over time of a node", "how the degree changes over time"),
    asks=(
        "How does the degree of {node} change over time?",
        "Give the degree of node {node} over time.",
        "How many links has {node} at each time?",
        "degree over time of {node}",
    ),
)
def degree_over_time(graph: Graph, node: NodeArg, time: Attribute = "time") -> Timeline:
    """Count the edges at `node` at each time of the graph (both directions; a self-loop counts twice). O(m log m)."""
    node = graph.node(node)
    found = contacts(graph, time)
    counts: Counter[Any] = Counter()
    for contact in found:
        counts[contact.time] += (contact.source == node) + (contact.target == node)
    return Timeline({t: counts[t] for t in moments(found)})


@tool(
    phrases=("temporal degree", "number of contacts", "how many times a node is linked"),
    asks=(
        "What is the temporal degree of {node}?",
        "How many contacts does node {node} have over all times?",
        "Number of contacts of {node}?",
        "count all time-stamped contacts of {node}",
    ),
)
def temporal_degree(graph: Graph, node: NodeArg, time: Attribute = "time") -> Number:
    """Count the dated edges at `node` over all times (both directions; a self-loop counts twice). O(m)."""
    node = graph.node(node)
    return Number(sum((c.source == node) + (c.target == node) for c in contacts(graph, time)))


@tool(
    phrases=("first active", "earliest contact of a node", "when does a node first appear"),
    asks=(
        "When is {node} first active?",
        "When does node {node} appear for the first time?",
        "First time at which {node} has a link?",
        "earliest contact of {node}",
    ),
)
def first_active_time(graph: Graph, node: NodeArg, time: Attribute = "time") -> Moment:
    """Find the time of the first edge at `node`; None when it has none. O(m)."""
    return Moment(min(active_times(graph, node, time).times, default=None))


@tool(
    phrases=("last active", "latest contact of a node", "when was a node last seen"),
    asks=(
        "When is {node} last active?",
        "When does node {node} appear for the last time?",
        "Last time at which {node} has a link?",
        "latest contact of {node}",
    ),
)
def last_active_time(graph: Graph, node: NodeArg, time: Attribute = "time") -> Moment:
    """Find the time of the last edge at `node`; None when it has none. O(m)."""
    return Moment(max(active_times(graph, node, time).times, default=None))


@tool(
    phrases=("active times", "when is a node active", "times of activity of a node"),
    asks=(
        "At which times is {node} active?",
        "List the active times of node {node}.",
        "When does {node} have links?",
        "all times of activity of {node}",
    ),
)
def active_times(graph: Graph, node: NodeArg, time: Attribute = "time") -> Times:
    """List the times of the edges at `node`, in either direction. O(m log m)."""
    node = graph.node(node)
    return Times(moments([c for c in contacts(graph, time) if node in (c.source, c.target)]))


@tool(
    phrases=("active nodes at time", "nodes with a link at time", "which nodes are active"),
    asks=(
        "Which nodes are active at time {at}?",
        "List the active nodes at time {at}.",
        "What nodes have a link at time {at}?",
        "active nodes at time {at}",
    ),
)
def active_nodes_at_time(graph: Graph, at: Time, time: Attribute = "time") -> Nodes:
    """List the nodes that some edge at the time `at` touches. O(n + m)."""
    touched = {end for c in contacts(graph, time, at) if c.time == at for end in (c.source, c.target)}
    return Nodes([n for n in graph if n in touched])


@tool(
    phrases=("busiest time", "time with the most edges", "peak time"),
    asks=(
        "What is the busiest time of the graph?",
        "At which time are there the most edges?",
        "When do most links happen?",
        "peak time of activity",
    ),
)
def busiest_time(graph: Graph, time: Attribute = "time") -> Moment:
    """Find the time with the most edges, the earliest of equals; None without edges. O(m).

    Witness: how many edges it has.
    """
    counts = Counter(c.time for c in contacts(graph, time))
    if not counts:
        return Moment(None, 0)
    best = min(t for t, count in counts.items() if count == max(counts.values()))
    return Moment(best, counts[best])


@tool(
    phrases=("edges per time", "number of edges over time", "activity over time"),
    asks=(
        "How many edges are there at each time?",
        "Number of edges over time?",
        "Count the links per time step.",
        "edges per time stamp",
    ),
)
def edges_per_time(graph: Graph, time: Attribute = "time") -> Timeline:
    """Count the edges at each time that occurs. O(m log m)."""
    found = contacts(graph, time)
    counts = Counter(c.time for c in found)
    return Timeline({t: counts[t] for t in moments(found)})


@tool(
    phrases=("lifetime of an edge", "how long linked", "first and last time of a link"),
    asks=(
        "What is the lifetime of the edge between {u} and {v}?",
        "How long are {u} and {v} linked, from the first to the last time?",
        "Give the first and last time of the link of {u} and {v}.",
        "lifetime of edge {u} {v}",
    ),
)
def edge_lifetime(graph: Graph, u: NodeArg, v: NodeArg, time: Attribute = "time") -> Record:
    """Give first and last time, their difference (numbers only) and count of the links of `u` and `v`.

    Directed graphs count edges from `u` to `v`. Without such an edge the count is 0 and the rest None. O(m).
    """
    u, v = graph.node(u), graph.node(v)
    times = [c.time for c in contacts(graph, time) if c.joins(u, v, directed=graph.directed)]
    first, last = min(times, default=None), max(times, default=None)
    lifetime = last - first if isinstance(first, (int, float)) and isinstance(last, (int, float)) else None
    return Record({"first": first, "last": last, "lifetime": lifetime, "count": len(times)})


@tool(
    phrases=("time span", "first and last time of the graph", "how many time steps", "period covered"),
    asks=(
        "What is the time span of the graph?",
        "Which period do the edges cover?",
        "How many time steps does the graph have?",
        "first and last time stamp of the network",
    ),
)
def time_span(graph: Graph, time: Attribute = "time") -> Record:
    """Give the first and last time of the graph's edges and the number of different times. O(m log m)."""
    times = moments(contacts(graph, time))
    first, last = (times[0], times[-1]) if times else (None, None)
    return Record({"first": first, "last": last, "different_times": len(times)})
