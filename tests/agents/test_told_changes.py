"""Sentences that tell or order a change: it is made, or the question is asked back, never answered as it was."""

from __future__ import annotations

import networkx as nx
import pytest

from agents import GraphAgent

FRIENDS = "Lea-Ole, Ole-Ida, Ida-Per, Per-Lea, Ida-Eva, Eva-Kim, Kim-Uwe."
ARCS = "Directed graph: p->q (3), q->r (4), p->r (9), r->s (2), s->q (1), s->t (7)."
ROADS = "Weighted roads: P-Q 4, P-R 2, R-Q 1, Q-S 5, R-S 8, S-T 3."
NUMBERS = "The nodes are 1, 2, 3, 4, 5, 6. The edges are 1-2, 2-3, 3-4, 4-1, 2-4, 4-5, 5-6."


def friends() -> nx.Graph:
    return nx.Graph([("Lea", "Ole"), ("Ole", "Ida"), ("Ida", "Per"), ("Per", "Lea"), ("Ida", "Eva"), ("Eva", "Kim")])


def with_uwe() -> nx.Graph:
    body = friends()
    body.add_edge("Kim", "Uwe")
    return body


@pytest.fixture(scope="module")
def agent() -> GraphAgent:
    return GraphAgent("none")


def less(*nodes: str) -> nx.Graph:
    body = with_uwe()
    body.remove_nodes_from(nodes)
    return body


def more(*edges: tuple[str, str]) -> nx.Graph:
    body = with_uwe()
    body.add_edges_from(edges)
    return body


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("Eva quits.", less("Eva")),
        ("Eva got fired.", less("Eva")),
        ("Eva and Ole leave.", less("Eva", "Ole")),
        ("Ole died.", less("Ole")),
        ("Ole drops out.", less("Ole")),
        ("All leaves graduate.", less("Uwe")),
        ("Prune the leaves.", less("Uwe")),
        ("Ida's friends all leave.", less("Ole", "Per", "Eva")),
        ("Keep only the people within 1 step of Ida.", less("Lea", "Kim", "Uwe")),
        ("Uwe is a new friend of Lea.", more(("Uwe", "Lea"))),
        ("Lea befriends Uwe.", more(("Uwe", "Lea"))),
        ("Pretend Lea and Uwe are friends.", more(("Uwe", "Lea"))),
        ("Imagine that Lea and Uwe are friends.", more(("Uwe", "Lea"))),
        ("Lea becomes friends with Uwe.", more(("Uwe", "Lea"))),
    ],
)
def test_a_told_change_is_made(agent: GraphAgent, said: str, changed: nx.Graph) -> None:
    edges = agent.ask(f"{FRIENDS} {said} How many friendships are there?")
    assert edges.value == changed.number_of_edges()
    assert agent.ask(f"{FRIENDS} {said} How many components are there?").value == nx.number_connected_components(
        changed
    )


def test_a_friendship_that_ends_takes_away_one_edge(agent: GraphAgent) -> None:
    assert agent.ask(f"{FRIENDS} Lea unfriends Ole. How many friends has Lea?").value == 1


@pytest.mark.parametrize(
    ("said", "weights"),
    [
        ("Multiply all weights by 3.", lambda w: 3 * w),
        ("Triple all weights.", lambda w: 3 * w),
        ("Double all weights.", lambda w: 2 * w),
        ("Halve all weights.", lambda w: w / 2),
        ("Set all weights to 1.", lambda w: 1),
        ("Ignore the weights.", lambda w: 1),
    ],
)
def test_weights_are_changed_for_all_edges(agent: GraphAgent, said: str, weights) -> None:  # type: ignore[no-untyped-def]
    body = nx.Graph()
    for u, v, w in (("P", "Q", 4), ("P", "R", 2), ("R", "Q", 1), ("Q", "S", 5), ("R", "S", 8), ("S", "T", 3)):
        body.add_edge(u, v, weight=weights(w))
    found = agent.ask(f"{ROADS} {said} What is the length of the shortest path from P to T?")
    assert found.value == nx.shortest_path_length(body, "P", "T", weight="weight")


@pytest.mark.parametrize(
    ("said", "weight"),
    [
        ("The weight of P-Q changes to 1.", 1),
        ("The length of P-Q drops to 2.", 2),
        ("The cost of P-Q rises by 2.", 6),
        ("Now the weight of the road between P and Q becomes 1.", 1),
    ],
)
def test_one_weight_is_changed(agent: GraphAgent, said: str, weight: int) -> None:
    found = agent.ask(f"{ROADS} {said} What is the length of the shortest path from P to Q?")
    assert found.value == min(weight, 2 + 1)


@pytest.mark.parametrize(
    "said", ["The link r->s failed.", "The edge r->s is removed.", "The street r->s is closed.", "r->s is closed."]
)
def test_an_arc_is_taken_away(agent: GraphAgent, said: str) -> None:
    assert agent.ask(f"{ARCS} Is there a path from p to s?").value is True
    assert agent.ask(f"{ARCS} {said} Is there a path from p to s?").value is False


@pytest.mark.parametrize(
    "asked",
    [
        "If Lea and Uwe knew each other, what would the diameter be?",
        "What would the diameter be if Lea and Uwe knew each other?",
        "What would the diameter be if Lea befriended Uwe?",
    ],
)
def test_what_would_be(agent: GraphAgent, asked: str) -> None:
    assert agent.ask(f"{FRIENDS} {asked}").value == nx.diameter(more(("Lea", "Uwe")))


def test_what_is_made_of_the_rest_is_made_last(agent: GraphAgent) -> None:
    rest = less("Eva")
    largest = rest.subgraph(max(nx.connected_components(rest), key=len))
    found = agent.ask(f"{FRIENDS} What is the diameter of the largest component after removing Eva?")
    assert found.value == nx.diameter(largest)
    found = agent.ask(f"{FRIENDS} How many edges are in the complement after removing Eva?")
    assert found.value == nx.complement(rest).number_of_edges()


@pytest.mark.parametrize("said", ["Turn all arrows around.", "Reverse the graph.", "All streets are two-way now."])
def test_directions_are_changed(agent: GraphAgent, said: str) -> None:
    assert agent.ask(f"{ARCS} Is there a path from t to p?").value is False
    assert agent.ask(f"{ARCS} {said} Is there a path from t to p?").value is True


@pytest.mark.parametrize(
    "text",
    [
        f"{FRIENDS} Eva is on holiday and unreachable. Who has the most friends?",
        f"{FRIENDS} Restrict attention to Lea, Ole and Ida. How many friendships are there?",
        f"{FRIENDS} Lea and Ole had a falling out. How many friendships are there?",
        f"{FRIENDS} Lea blocks Ole. Is there a path from Lea to Ole?",
        f"{FRIENDS} Ida loses all friends. How many components are there?",
        f"{FRIENDS} Lea introduces Uwe to Ole. How many friends has Uwe?",
        f"{FRIENDS} A newcomer, Hal, befriends Uwe. What is the diameter?",
        f"{FRIENDS} Make everyone friends with Lea. How many friendships are there?",
        f"{FRIENDS} Connect everyone at distance 2. How many friendships are there?",
        f"{FRIENDS} Each friend of Ida becomes a friend of each other friend of Ida. How many triangles are there?",
        f"{FRIENDS} Take the graph of friends of friends of Lea. How many edges has it?",
        f"{FRIENDS} Only the people with two or more friends stay. How many friendships are left?",
        f"{NUMBERS} Only the odd nodes stay. How many edges are left?",
        f"{ROADS} Every weight goes up by one. What is the length of the shortest path from P to T?",
        f"{ROADS} Each hop costs 1 more. What is the length of the shortest path from P to T?",
        f"{ROADS} R is closed for cars. What is the shortest way from P to T?",
        f"{ROADS} Increase every weight by 2. What is the length of the shortest path from P to T?",
        f"{ARCS} The arrows are pointed the other way. Is there a path from t to p?",
        f"{ARCS} p->q now takes 30. What is the length of the shortest path from p to r?",
        f"{FRIENDS} Remove Lea or Ole. How many people are left?",
        f"{FRIENDS} Do not remove Lea. How many people are there?",
    ],
)
def test_a_change_that_is_not_read_is_asked_about(agent: GraphAgent, text: str) -> None:
    assert agent.ask(text).status == "unanswerable"


@pytest.mark.parametrize(
    "text",
    [
        f"Ann met these people at a party. {FRIENDS} How many friendships are there?",
        f"{FRIENDS} They joined the club last year. How many friendships are there?",
        f"Everybody moved to town long ago. {FRIENDS} How many friendships are there?",
    ],
)
def test_a_story_around_the_graph_is_no_change(agent: GraphAgent, text: str) -> None:
    assert agent.ask(text).value == 7


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{NUMBERS} The diameter is the largest distance over all pairs of nodes. What is the diameter?", 3),
        (f"{NUMBERS} A bridge is an edge that leaves more pieces when it is removed. How many bridges are there?", 2),
        ("Undirected edges: (New York, Left Bank) (Left Bank, Half Moon Bay). How many edges are there?", 2),
        ("Lea and Ole met. Ole and Ida met. Ida and Lea met. How many triangles are there?", 1),
    ],
)
def test_definitions_names_and_meetings_are_no_changes(agent: GraphAgent, text: str, value: int) -> None:
    assert agent.ask(text).value == value


@pytest.mark.parametrize(
    "said",
    [
        "The graph is simple, so there are no loops and no multiple edges.",
        "The graph does not change over time.",
        "The network is small and stays the same throughout.",
        "Lines starting with # are comments.",
        "The network was built by merging two smaller networks.",
        "New edges are never added.",
        "Do not modify the graph.",
        "Do not use any external tools.",
        "Output only the number.",
        "Count every edge only once.",
        "Nothing has been removed.",
        "Drivers drop passengers at the towns.",
    ],
)
def test_what_changes_nothing_is_passed_over(agent: GraphAgent, said: str) -> None:
    assert agent.ask(f"{NUMBERS} {said} How many edges are there?").value == 7
    assert agent.ask(f"{NUMBERS} How many edges are there? {said}").value == 7


@pytest.mark.parametrize(
    "text",
    [
        "s-a 3, a-t 2, s-t 9. a is down. What is the distance from s to t?",
        "s-a 3, a-t 2, s-t 9. If a is down, what is the distance from s to t?",
        f"{ROADS} Suppose all weights go up by 10. What is the distance from P to T?",
        f"{ROADS} Suppose every weight shrinks by 1. What is the distance from P to T?",
        f"{ROADS} Suppose every edge costs 1 more. What is the distance from P to T?",
        f"{FRIENDS} How is Lea connected to Ida?",
        f"{ROADS} I'd like to avoid R. How far is it from P to T?",
    ],
)
def test_what_is_not_done_to_the_graph_is_not_answered(agent: GraphAgent, text: str) -> None:
    for one in (agent, GraphAgent("embedded")):
        assert one.ask(text).status == "unanswerable"


@pytest.mark.parametrize(
    "undo", ["Undo. How many edges are there?", "Take that back and count the edges.", "Reset. Go on."]
)
def test_undo_with_a_question_is_never_passed_over(undo: str) -> None:
    agent = GraphAgent("none")
    agent.ask(f"{NUMBERS} How many edges are there?", thread=undo)
    agent.ask("Remove the edge 5-6.", thread=undo)
    assert agent.ask(undo, thread=undo).status == "unanswerable"
    agent.ask("Undo.", thread=undo)
    assert agent.ask("How many edges are there?", thread=undo).value == 7


@pytest.mark.parametrize(
    "said", ["have these roads:", "have the following links:", "with these streets:", "have connections:"]
)
def test_what_the_nodes_have_is_no_node(agent: GraphAgent, said: str) -> None:
    assert agent.ask(f"The towns A, B, C and D {said} A-B, B-C. How many towns are there?").value == 4


@pytest.mark.parametrize(
    "asked",
    [
        "R has failed. What is the distance from P to T?",
        "With R offline, what is the distance from P to T?",
        "Assume that R cannot be used. What is the distance from P to T?",
    ],
)
def test_a_node_that_is_out(agent: GraphAgent, asked: str) -> None:
    assert agent.ask(f"{ROADS} {asked}").value == 4 + 5 + 3


def test_an_edge_that_is_twice_as_long(agent: GraphAgent) -> None:
    found = agent.ask(f"{ROADS} What is the distance from P to R if the edge P-R is twice as long?")
    assert found.value == 2 * 2
    found = agent.ask(f"{ROADS} R-Q costs five times as much. What is the distance from P to Q?")
    assert found.status == "unanswerable" or found.value == 4
    found = agent.ask(f"{ROADS} If the weight of P-R is raised to 10, what is the distance from P to R?")
    assert found.value == 4 + 1


@pytest.mark.parametrize("node", [1, 2, 4, 5, 6])
@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("Would the graph stay connected without {}?", nx.is_connected),
        ("Is the graph without {} bipartite?", nx.is_bipartite),
        ("Would the graph be a tree if we removed {}?", nx.is_tree),
    ],
)
def test_what_would_hold_of_the_rest(agent: GraphAgent, asked: str, holds, node: int) -> None:  # type: ignore[no-untyped-def]
    body = nx.Graph([(1, 2), (2, 3), (3, 4), (4, 1), (2, 4), (4, 5), (5, 6)])
    body.remove_node(node)
    found = agent.ask(f"{NUMBERS} {asked.format(f'node {node}')}")
    assert found.value is holds(body), found.text
