"""Questions about graphs whose edges carry a time: who is linked with whom, when, and how often."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from graphs.errors import BadArgument
from graphs.graph import Graph, Node
from tools.answers import GraphAnswer, Nodes, Truth
from tools.contacts import Contact, arcs, contacts, moments
from tools.registry import Attribute, NodeArg, NodesArg, Time, tool
from tools.timed_answers import Moment, TimedEdges, Times


@tool(
    phrases=("when linked", "times of a link", "when two nodes are linked", "time stamps of an edge"),
    asks=(
        "When are node {u} and node {v} linked?",
        "At which times is {u} linked with {v}?",
        "List all time stamps of the edge between {u} and {v}.",
        "when were {u} and {v} linked",
    ),
)
def link_times(graph: Graph, u: NodeArg, v: NodeArg, time: Attribute = "time") -> Times:
    """List the times at which `u` and `v` are linked by an edge (from `u` to `v` when directed). O(m).

    Raises:
        NodeNotFound, MissingAttribute, BadArgument: see `tools.contacts.contacts`.

    >>> link_times(Graph.from_edges([(1, 2, {"time": 3}), (2, 1, {"time": 0})], multi=True), 1, 2).times
    [0, 3]
    """
    u, v = graph.node(u), graph.node(v)
    return Times(moments([c for c in contacts(graph, time) if c.joins(u, v, directed=graph.directed)]))


@tool(
    phrases=("linked at time", "edge at time between", "is linked at a given time"),
    asks=(
        "Are {u} and {v} linked at time {at}?",
        "Is there an edge between {u} and {v} at time {at}?",
        "Was {u} in contact with {v} at time {at}?",
        "linked at time {at}: {u} and {v}?",
    ),
)
def is_linked_at_time(graph: Graph, u: NodeArg, v: NodeArg, at: Time, time: Attribute = "time") -> Truth:
    """Tell whether an edge joins `u` and `v` (from `u` to `v` when directed) at the time `at`. O(m).

    The witness lists all times of that link.
    """
    u, v = graph.node(u), graph.node(v)
    times = moments([c for c in contacts(graph, time, at) if c.joins(u, v, directed=graph.directed)])
    return Truth(at in times, times)


@tool(
    phrases=("first connected", "when first connected", "earliest time a path exists", "when become connected"),
    asks=(
        "When are node {u} and node {v} first connected?",
        "At what time does a path between {u} and {v} first exist?",
        "When do {u} and {v} become connected?",
        "earliest time at which {u} and {v} are connected",
    ),
)
def first_connected_time(graph: Graph, u: NodeArg, v: NodeArg, time: Attribute = "time") -> Moment:
    """Find the first time at which the edges seen up to then join `u` and `v` by a path; None when they never do.

    Edges stay once seen (cumulative graph), and their order along the path does not matter. Binary search over the
    times with a breadth-first search each, O(m log m). Witness: the path, and the nodes reached from `u` before that
    time, which no earlier edge leaves.

    Raises:
        BadArgument: `u` and `v` are the same node.
    """
    u, v = graph.node(u), graph.node(v)
    if u == v:
        raise BadArgument(f"a node is always connected with itself; name two nodes instead of {u!r} twice")
    found = sorted(arcs(graph, contacts(graph, time)), key=lambda c: c.time)
    times = moments(found)
    low, high = 0, len(times)  # invariant: not connected by times[:low]; connected by times[:high + 1] if high < len
    while low < high:
        middle = (low + high) // 2
        if v in _reached([c for c in found if c.time <= times[middle]], u):
            high = middle
        else:
            low = middle + 1
    if low == len(times):
        return Moment(None, {"path": [], "before": list(_reached(found, u))})
    parents = _reached([c for c in found if c.time <= times[low]], u)
    path = [v]
    while path[-1] != u:
        path.append(parents[path[-1]])
    before = list(_reached([c for c in found if c.time < times[low]], u))
    return Moment(times[low], {"path": path[::-1], "before": before})


def _reached(found: list[Contact], source: Node) -> dict[Node, Node]:
    """Parents of the breadth-first search from `source` along `found`."""
    out: dict[Node, list[Node]] = {}
    for contact in found:
        out.setdefault(contact.source, []).append(contact.target)
    parents = {source: source}
    queue = [source]
    for node in queue:
        for other in out.get(node, ()):
            if other not in parents:
                parents[other] = node
                queue.append(other)
    return parents


@tool(
    phrases=("closed triad", "form a triad", "triadic closure"),
    asks=(
        "Did the three nodes {nodes} form a closed triad?",
        "Do {nodes} form a closed triad at some time?",
        "Is the triad {nodes} closed?",
        "Check triadic closure of {nodes}.",
    ),
)
def is_closed_triad(graph: Graph, nodes: NodesArg, time: Attribute = "time") -> Truth:
    """Tell whether three nodes have all been linked with each other at some time, in either direction. O(m).

    Witness: the first time of each of the three links, or the pair that is never linked.

    Raises:
        BadArgument: not three different nodes.
    """
    firsts = _triad(graph, nodes, time)
    missing = next((pair for pair, first in firsts.items() if first is None), None)
    return Truth(missing is None, list(missing) if missing else list(firsts.values()))


@tool(
    phrases=("first close the triad", "when triad closed", "time of triadic closure"),
    asks=(
        "When did the three nodes {nodes} first close the triad?",
        "At what time do {nodes} become a closed triad?",
        "Time of the triadic closure of {nodes}?",
        "when is the triad {nodes} closed for the first time",
    ),
)
def first_triad_closure_time(graph: Graph, nodes: NodesArg, time: Attribute = "time") -> Moment:
    """Find the time at which the last of the three links among three nodes first appears; None if one never does.

    O(m). Witness: the first time of each link, None for one that never appears.

    Raises:
        BadArgument: not three different nodes.
    """
    firsts = list(_triad(graph, nodes, time).values())
    return Moment(None if None in firsts else max(firsts), firsts)


def _triad(graph: Graph, nodes: list[Node], time: str) -> dict[tuple[Node, Node], Any]:
    three = list(dict.fromkeys(graph.node(label) for label in nodes))
    if len(three) != 3 or len(nodes) != 3:
        raise BadArgument(f"a triad has three different nodes, and {len(three)} were given")
    found = contacts(graph, time)
    pairs = list(combinations(three, 2))
    return {(u, v): min((c.time for c in found if c.joins(u, v, directed=False)), default=None) for u, v in pairs}


@tool(
    phrases=("linked at time", "neighbours at time", "linked with a node at a given time", "contacts at time"),
    asks=(
        "What nodes are linked with node {node} at time {at}?",
        "Which nodes are neighbours of {node} at time {at}?",
        "Who was in contact with {node} at time {at}?",
        "neighbors of {node} at time {at}",
    ),
)
def neighbors_at_time(graph: Graph, node: NodeArg, at: Time, time: Attribute = "time") -> Nodes:
    """List the nodes that an edge at the time `at` links with `node`, in either direction. O(m)."""
    return neighbors_in_period(graph, node, at, at, time)


@tool(
    phrases=("neighbours in the period", "linked between times", "linked from time to time", "contacts in a period"),
    asks=(
        "What nodes are linked with node {node} in the period from {start} to {end}?",
        "Which nodes are linked with {node} between time {start} and time {end}?",
        "List the contacts of {node} from time {start} to time {end}.",
        "neighbours of {node} in the period {start} to {end}",
    ),
)
def neighbors_in_period(graph: Graph, node: NodeArg, start: Time, end: Time, time: Attribute = "time") -> Nodes:
    """List the nodes linked with `node`, in either direction, at a time t with start <= t <= end. O(m)."""
    node = graph.node(node)
    found = contacts(graph, time, start, end)
    near = {c.other(node) for c in found if node in (c.source, c.target) and start <= c.time <= end}
    return Nodes([n for n in graph if n in near])


@tool(
    phrases=("linked only after", "linked after but not before", "new neighbours after", "linked after or at time"),
    asks=(
        "What nodes are linked with node {node} after or at time {at} but not linked before time {at}?",
        "Which nodes are linked with {node} only after time {at}?",
        "Who are the new neighbours of {node} since time {at}?",
        "List nodes first linked with {node} at or after time {at}.",
    ),
)
def new_neighbors_after(graph: Graph, node: NodeArg, at: Time, time: Attribute = "time") -> Nodes:
    """List the nodes linked with `node` at or after the time `at` and never before it, in either direction. O(m)."""
    node = graph.node(node)
    first: dict[Node, Any] = {}
    for contact in contacts(graph, time, at):
        if node in (contact.source, contact.target):
            other = contact.other(node)
            first[other] = min(contact.time, first.get(other, contact.time))
    return Nodes([n for n in graph if n in first and first[n] >= at])


@tool(
    phrases=(
        "sort the edges by time",
        "edges in order of time",
        "edges from earliest to latest",
        "chronological edges",
    ),
    asks=(
        "Sort the edges in the dynamic graph by time from earliest to latest.",
        "List the edges by time.",
        "Order all edges chronologically.",
        "sort edges by their time stamps",
    ),
)
def sort_edges_by_time(graph: Graph, time: Attribute = "time") -> TimedEdges:
    """List the edges as (source, target, time) from earliest to latest, ties in the graph's order. O(m log m)."""
    return TimedEdges([tuple(c) for c in sorted(contacts(graph, time), key=lambda c: c.time)])


@tool(
    phrases=("edges at time", "links at time", "which edges at time"),
    asks=(
        "Which edges exist at time {at}?",
        "List the edges at time {at}.",
        "What links are there at time {at}?",
        "edges with time {at}",
    ),
)
def edges_at_time(graph: Graph, at: Time, time: Attribute = "time") -> TimedEdges:
    """List the edges at the time `at`, in the graph's order. O(m)."""
    return edges_between_times(graph, at, at, time)


@tool(
    phrases=("edges between times", "edges in the period", "links from time to time"),
    asks=(
        "Which edges exist between time {start} and time {end}?",
        "List the edges in the period from {start} to {end}.",
        "What links appear from time {start} to time {end}?",
        "edges with time in {start} to {end}",
    ),
)
def edges_between_times(graph: Graph, start: Time, end: Time, time: Attribute = "time") -> TimedEdges:
    """List the edges at a time t with start <= t <= end, in the graph's order. O(m)."""
    return TimedEdges([tuple(c) for c in contacts(graph, time, start, end) if start <= c.time <= end])


@tool(
    phrases=("snapshot", "graph at time", "state of the graph at time"),
    asks=(
        "Take the snapshot at time {at}.",
        "What does the graph look like at time {at}?",
        "Show the graph at time {at}.",
        "snapshot of the network at time {at}",
    ),
)
def snapshot(graph: Graph, at: Time, time: Attribute = "time") -> GraphAnswer:
    """Make the graph of the edges at the time `at`; all nodes stay. O(n + m)."""
    return _between(graph, at, at, time, f"only edges at time {at}")


@tool(
    phrases=("snapshot between times", "graph in the period", "graph from time to time", "window of time"),
    asks=(
        "Take the snapshot from time {start} to time {end}.",
        "Keep only the graph of the period from {start} to {end}.",
        "Show the graph between time {start} and time {end}.",
        "snapshot of the time window {start} to {end}",
    ),
)
def snapshot_between(graph: Graph, start: Time, end: Time, time: Attribute = "time") -> GraphAnswer:
    """Make the graph of the edges at a time t with start <= t <= end; all nodes stay. O(n + m)."""
    return _between(graph, start, end, time, f"only edges from time {start} to time {end}")


def _between(graph: Graph, start: Any, end: Any, time: str, note: str) -> GraphAnswer:
    contacts(graph, time, start, end)
    body = type(graph.nx)()
    body.graph.update(graph.nx.graph)
    body.add_nodes_from(graph.nx.nodes(data=True))
    rows = graph.nx.edges(keys=True, data=True) if graph.multi else graph.nx.edges(data=True)
    body.add_edges_from(row for row in rows if start <= row[-1][time] <= end)
    return GraphAnswer(graph.derive(body, note=note))
