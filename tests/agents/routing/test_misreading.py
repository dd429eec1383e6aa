"""Questions that were once answered with another question's answer: right now, or asked back, never wrong."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from agents import GraphAgent

CITED = "p->q, p->r, q->r, s->r, r->t, r->u, r->v, p->w, q->w, s->w, t->w"
FRIENDS = "Ann-Bob, Ann-Carl, Bob-Carl, Carl-Dora, Dora-Eve, Eve-Finn, Finn-Gus, Dora-Gus, Hugo-Ida"
FOLLOWS = "Ann follows Bob. Bob follows Carl. Carl follows Ann. Dora follows Ann. Ann follows Eve."
STAR = "Tim-Tom, Tom-Ted, Tom-Tia, Ted-Tia"
LOOP = "1->2, 2->3, 3->1, 3->4, 4->5"
HUB = "h-p, h-q, h-r, h-s, s-t"
ASKED_BACK = "asked back"

ANSWERED: list[tuple[str, str, Any]] = [
    (FOLLOWS, "Who does Ann follow?", ["Bob", "Eve"]),
    (FOLLOWS, "Who follows Ann?", ["Carl", "Dora"]),
    (FOLLOWS, "Who is Ann followed by?", ["Carl", "Dora"]),
    (FOLLOWS, "Is Ann followed by Dora?", True),
    (FOLLOWS, "Does Ann follow Carl?", False),
    (HUB, "Does h have 4 neighbors?", True),
    (HUB, "Does p have 3 neighbors?", False),
    (HUB, "Which nodes have 2 neighbors?", ["s"]),
    (HUB, "What are the 2 neighbors of s?", ["h", "t"]),
    (HUB, "What is the minimum number of neighbours?", 1),
    (FRIENDS, "Does the graph have 2 connected components?", True),
    ("1-2, 2-3, 3-4, 4-1", "Does the graph have 4 cycles?", False),
    ("1-2, 2-3, 3-1", "Does the graph have 2 triangles?", False),
    (HUB, "Is every pair of nodes connected?", True),
    (FRIENDS, "Which nodes have degree greater than 2?", ["Carl", "Dora"]),
    (FRIENDS, "Which nodes have degree >= 3?", ["Carl", "Dora"]),
    (FRIENDS, "How many nodes have degree 2 or higher?", 7),
    ("1->2, 1->3, 3->4", "Which nodes have an edge from 1?", [2, 3]),
    ("a-b, a-c, b-c", "shortest path a to c", ["a", "c"]),
    ("A->B, B->C, A->C", "What is the topological order without A->B?", ["A", "B", "C"]),
    ("", "A->B 4, A->C 2, C->B 1. What is the cheapest path from A to B?", ["A", "C", "B"]),
    ("", "A -> B = 4, B -> C = 2. What is the total weight?", 6),
    ("", "City 1 -> City 2, City 2 -> City 3. How many nodes are there?", 3),
    ("", "Start -> Gate 4, Gate 4 -> End. How many nodes are there?", 3),
    ("", "s->a cap 10, s->b cap 5, a->b cap 15, a->t cap 5, b->t cap 10. What is the maximum flow from s to t?", 15),
]

MIXED = "The undirected graph has edges A-B, A-C, B-C, C-D, D-E, E-F, F-D, G-H."
COSTS = "A directed graph: A->B (4), A->C (2), C->B (1), B->D (5), C->D (8), D->E (3), E->A (7)."
ANSWERED += [
    ("", f"{MIXED} {question}", value)
    for question, value in [
        ("How many nodes cannot be reached from A?", 2),
        ("Which node has the second highest degree?", ["A", "B", "E", "F"]),
        ("How many edges would have to be added to make the graph connected?", 1),
        ("How many nodes have an odd degree?", 4),
        ("Is A closer to D than to E?", True),
        ("Do A and D have the same degree?", False),
        ("Which is bigger, the degree of A or of D?", "D"),
        ("What is the size of the smallest component?", 2),
        ("What is the largest component's size?", 6),
        ("How many pairs of nodes are not connected by an edge?", 20),
        ("If I remove the edge A-B, is A still connected to B?", True),
        ("If C is removed, is the graph still connected?", False),
        ("If C is removed, is A still connected to D?", False),
    ]
]
ANSWERED += [
    ("", f"{COSTS} {question}", value)
    for question, value in [
        ("How far is it from B to A, counting edges?", 3),
        ("How far is it from B to A?", 15),
        ("What is the length of the shortest path from A to D ignoring the weights?", 2),
        ("Which node has the largest in-degree?", ["B", "D"]),
        ("What is the sum of the weights of the edges into B?", 5),
        ("What is the sum of the weights of the edges out of B?", 5),
        ("How many edges have weight more than 4?", 3),
        ("Which edge has the second smallest weight?", [["A", "C"]]),
        ("What is the most expensive edge?", [["C", "D"]]),
    ]
]
ANSWERED += [
    ("", f"{CITED.replace('->', ' cites ')}. {question}", value)
    for question, value in [
        ("Which paper has the most citations?", "w"),
        ("What is the most cited paper?", "w"),
        ("Which paper is cited by the most others?", "w"),
        ("Which paper makes the fewest citations?", ["u", "v", "w"]),
        ("How many citations has r received?", 3),
    ]
]
ANSWERED += [
    ("", "Ferries run Ava-Bel, Bel-Cor, Cor-Ava and Dun-Eck. Is Dun reachable from Ava?", False),
    ("", "Stations 1 and 2 are connected. Stations 2 and 3 are connected. How far is it from 1 to 3?", 2),
    ("", "Two graphs: G1: 1-2, 2-3, 3-1. G2: a-b, b-c, c-a. Are they isomorphic?", True),
    ("", "p: q r\nq: s\nr: s\ns:\nWhich nodes have no outgoing edges?", ["s"]),
    ("", "x must come before y, y before z. In which order?", ["x", "y", "z"]),
    ("", "List: Bob→Ann, Cid→Ann, Dot→Ann, Ann→Eve. Which node has the most incoming links?", "Ann"),
    ("", "Graph G has vertices a,b,c,d and every two are joined. How many spanning trees does it have?", 16),
    ("", "Edges: 1 2\n2 3\n3 1\n4 4\nHow many self loops?", 1),
    ("", "The edges are weighted: A-B(1), B-C(2), A-C(2). What is the weight of the minimum spanning tree?", 3),
    ("", "a-b, b-c, c-d. Remove b. How many nodes are left?", 3),
    ("", "Everyone: Ann, Bob, Cid, Dot. Ann-Bob, Bob-Cid. Who has no friends?", ["Dot"]),
    ("", "People: Ann knows Bob, Bob knows Cid. How many edges are there?", 2),
    ("", "x links to y, y links to z, z links to x, w links to x. What is the in-degree of x?", 2),
    (
        "",
        "r1-r2 (latency 5ms), r2-r3 (latency 10ms), r1-r3 (latency 20ms). What is the lowest latency from r1 to r3?",
        15,
    ),
    (
        "",
        "r1-r2 (latency 5), r2-r3 (latency 10), r1-r3 (latency 20). Which route has the lowest latency from r1 to r3?",
        ["r1", "r2", "r3"],
    ),
    ("", "Tasks: A before B, B before C, A before D. Which tasks must be done before C?", ["A", "B"]),
    ("", "Paris to Lyon 460 km, Lyon to Nice 470 km, Paris to Nice 990 km. How far is it from Paris to Nice?", 930),
    ("", "Flights go from A to B, B to C and C to D. Can I fly from D to A?", False),
    (FRIENDS, "How many nodes have degree 2 or 3?", 7),
    ("", "A-B 5 km, B-C 7 km, A-C 9 km. What is the fewest roads I need to take from A to C?", 1),
    (
        "",
        "A-B 5, B-C 7, A-C 9. How many kilometres of road do we need at minimum so that all cities are connected?",
        12,
    ),
    ("", "a->b, b->c. What is the next hop from a to c?", ["b"]),
    ("", "Students: Ann helps Bob, Bob helps Cid. How many edges are there?", 2),
    ("", "Tasks: a before b, b before c. Give an order.", ["a", "b", "c"]),
    ("", "Tasks: a before b, b before c. Give one valid schedule.", ["a", "b", "c"]),
    ("", "1-2, 2-3. What is the order of this graph?", 3),
    ("", "The tutte graph has an order of what?", 46),
    ("", "The petersen graph has an order of [TBR].", 10),
    ("", "a-b, b-c, c-d. Is there a trail through all edges?", True),
    ("", "a-b, b-c, c-d. Can one walk along every edge exactly once and return to the start?", False),
    ("", "a-b, b-c, c-d, d-e. If c dies, which nodes lose contact with a?", ["d", "e"]),
    (STAR, "Rank the people by number of friends.", ["Tom", "Ted", "Tia", "Tim"]),
    (STAR, "Sort everyone by how many friends they have.", ["Tom", "Ted", "Tia", "Tim"]),
    (STAR, "Which two people have the most friends?", ["Tom", "Ted"]),
    (LOOP, "Which nodes cannot get to 1?", [4, 5]),
    ("", "A-B: $5, B-C: $7, A-C: $20. What is the cheapest way from A to C?", ["A", "B", "C"]),
    ("", "A->B $5, B->C $7. How much does the cheapest way from A to C cost?", 12),
    ("", "A-B costs 5, B-C costs 7. What is the cheapest way from A to C?", ["A", "B", "C"]),
    ("", r"$G=(V,E)$ with $V=\{1,2,3\}$ and $E=\{\{1,2\},\{2,3\}\}$. What is the diameter of $G$?", 2),
    ("", "Let G have vertices v_1, v_2, v_3 and edges v_1v_2, v_2v_3. What is its diameter?", 2),
    ("", "How many edges does K_{3,4} have?", 12),
    ("", "Edges (directed): a-b, b-c. Can c reach a?", False),
    ("", "Edges (undirected): a -> b, b -> c. Can c reach a?", True),
    ("", "Nodes (people): Ann, Bob, Cid. Edges (friendships): Ann-Bob. Who has no friends?", ["Cid"]),
    ("", "Edges (with weights): 0-1: 4, 0-3: 8, 1-2: 8, 1-3: 11. How far is it from 0 to 2?", 12),
    ("", "Wolves eat deer. Deer eat grass. Rabbits eat grass and clover. Who eats grass?", ["deer", "Rabbits"]),
    ("", "There are 5 nodes (1 to 5) and edges 1-2, 2-3. Which nodes are isolated?", [4, 5]),
    ("", "A graph with 5 nodes (0-4) has edges 1-2, 2-3. Which nodes are isolated?", [0, 4]),
    ("", "5 nodes numbered from 1; edges 1-2, 2-3. Which nodes are isolated?", [4, 5]),
    ("", "The edges are AB, BC, CD and DA. Is this graph bipartite?", True),
    ("", "Vertices A, B, C, D; edges AB, BC, DA. Is this graph a tree?", True),
    ("", "vertices v1, v2, v3 and edges v1v2, v2v3. What is its diameter?", 2),
    ("", "a->b, b->c, d->a. Starting at a, which nodes can I get to?", ["b", "c"]),
    (LOOP, "Give the adjacency list.", {"1": [2], "2": [3], "3": [1, 4], "4": [5], "5": []}),
]


TOLLS = "from,to,km,toll\nA1,B1,10,2\nB1,C1,20,0\nA1,C1,50,1\nC1,D1,5,9\nB1,D1,40,0"
OWN = "Edges: a-b, b-c, c-d, a-a. "
UNANSWERABLE = [
    (TOLLS, "What is the toll of the shortest path from A1 to D1?"),
    ("source,target,time\na,b,1\nb,c,2\na,c,5", "When is the triangle closed?"),
    (FRIENDS, "Who knows someone who knows Ann?"),
    (FRIENDS, "Via whom are Ann and Gus connected?"),
    (FRIENDS, "How many friends of friends does Ann have?"),
    ("s-a, s-b, s-c", "Is there a node adjacent to all others?"),
    (FRIENDS, "Which people have no friend in common with Ann?"),
    (FRIENDS, "Which pairs of people have no friend in common?"),
    (FRIENDS, "Which pairs of people have a common friend?"),
    (CITED, "Which paper has the most references?"),
    ("", 'dependencies = {"app": ["db", "cache"], "cache": ["db"], "db": []}. In what order should services start?'),
    ("", "Dependencies: app -> db, app -> cache, cache -> db. In what order can all services be started?"),
    ("", "a -> b, b -> c. In which order?"),
    ("", "Package deps: app -> db, app -> log, log -> db. In what order should I install them?"),
    ("1-2, 2-3", "Give an order."),
    (STAR, "Rank the people by popularity."),
    ("a-b, b-d, a-c, c-d", "Which nodes lie on some shortest path from a to d?"),
    (STAR, "Give the Laplacian matrix."),
    (STAR, "Show the adjacency matrix."),
    ("", "a-b (x2), b-c. How many edges are there?"),
    (STAR, "Who are Tia's friends' friends?"),
    (LOOP, "Which nodes can't get back to 1?"),
    (LOOP, "Which nodes have no way back to 1?"),
    (LOOP, "From which nodes can't you return to 1?"),
    ("", "Proteins P53, MDM2 and ATM interact: P53 with MDM2, ATM with P53. Which protein has most interactions?"),
    ("", "1-2, 2-3, 3-4. Swap nodes 1 and 4. Is there still a path from 1 to 4?"),
    ("", "(1,2) (2,3) (3,1) (4,5). How many nodes would be left if I removed the largest component?"),
    ("", "a-b, b-c. The nodes are a, b, c, d, and every two are joined. How many edges are there?"),
    ("", "Towns:\nA B\nB C\nHow many nodes are there?"),
    (CITED, "Which paper is the most popular?"),
    (FRIENDS, "Which node has the highest degree and its degree?"),
    (FRIENDS, "How many pairs of nodes are connected?"),
    ("p->q, q->r", "What is the total out-degree?"),
    ("", OWN + "A path's length is the number of its vertices. What is the length of the shortest path from a to d?"),
    ("", f"{MIXED} Which nodes lie on every path from A to E?"),
    ("", f"{MIXED} Which node, if removed, disconnects the most nodes?"),
    ("", f"{MIXED} How many edges connect A, B and C among themselves?"),
    ("", f"{COSTS} What is the maximum weight of an edge on the shortest path from A to E?"),
    ("", f"{COSTS} What is the difference between in-degree and out-degree of A?"),
    ("", OWN + "Here the degree does not count loops. What is the degree of a?"),
    ("1-2, 2-3, 3-4", "How many neighbours of neighbours does 1 have?"),
    ("a-b, b-c", "Add a node connected to all others. How many edges are there?"),
    ("a-b, b-c, c-d", "How many closed roads are there?"),
    ("", "Directed graph: a->b, b->c, d->e. Can't a reach e?"),
    ("", "Ulm to Bonn 3, Bonn to Kiel 4, Ulm to Kiel 9. How long from Ulm to Kiel?"),
    ("", "Ulm to Bonn 3, Bonn to Kiel 4, Ulm to Kiel 9. What is the next hop from Ulm to Kiel?"),
    ("", "Ann likes Bob, Bob likes Eve, Eve likes Ann, Tom likes Ann. Is everybody reachable from everybody?"),
    ("", "Eve reports to Dan, Dan reports to Cem. How many people report to Cem, directly or not?"),
]


@pytest.mark.parametrize(("graph", "question"), UNANSWERABLE)
def test_asked_back(graph: str, question: str) -> None:
    assert GraphAgent().ask(question, graph or None).status == "unanswerable"


UNCLEAR: list[tuple[str, str, Any]] = [
    (FRIENDS, "Is the graph disconnected?", True),
    (FRIENDS, "Determine if this graph is not connected", True),
    (FRIENDS, "Is the graph unweighted?", True),
    (FRIENDS, "Is the graph connected and bipartite?", False),
    (FRIENDS, "How many maximum cliques are there?", 1),
    (FRIENDS, "How many maximum matchings are there?", ASKED_BACK),
    (FRIENDS, "How many nodes have the maximum degree?", 2),
    (FRIENDS, "Which nodes have the minimum degree?", ["Hugo", "Ida"]),
    (FRIENDS, "Which nodes have degree != 2?", ["Carl", "Dora", "Hugo", "Ida"]),
    (FRIENDS, "Which nodes are in a different component from Ann?", ["Hugo", "Ida"]),
    (HUB, "What is the degree of the node with the highest degree?", 4),
    (HUB, "Which nodes have the fewest neighbours?", ["p", "q", "r", "t"]),
    (HUB, "What is the density and how many edges?", ASKED_BACK),
    (HUB, "Does removing s disconnect t and h?", True),
    (HUB, "What are the neighbors of p and t?", ASKED_BACK),
    (HUB, "Which degree is most frequent?", 1),
    (HUB, "How many components consist of one node?", 0),
    (HUB, "Is the graph undirected?", True),
    (HUB, "What is the ratio of edges to nodes?", 5 / 6),
    (HUB, "How big is the smallest group?", 6),
    ("1->2, 1->3, 3->4", "Can 1 reach all nodes?", True),
    ("", f"{COSTS} Reverse all edges. Is there an edge from B to A?", True),
    ("", f"{COSTS} Reverse every arrow. What is the shortest path from D to A?", ["D", "B", "C", "A"]),
    ("", "A B 4\nA C 2\nC B 1. What is the shortest path from A to B?", ["A", "C", "B"]),
    ("", "A graph on 6 vertices has edges 1-2, 2-3, 4-5. How many components are there?", 3),
    ("", "A graph with vertices 1 to 5 and edges 1-2, 2-3. How many isolated nodes are there?", 2),
    ("", "Flights (one way): Rome-Paris, Paris-Oslo. Can I fly from Oslo to Rome?", False),
    ("", "Let G=(V,E) with V={a,b,c,d} and E={ab, bc, cd}. Determine the number of edges of G.", 3),
]


@pytest.mark.parametrize(("graph", "question", "value"), ANSWERED, ids=lambda x: str(x)[:40])
def test_answered_as_asked(graph: str, question: str, value: Any) -> None:
    reply = GraphAgent().ask(question, graph or None)
    assert (reply.status, reply.value) == ("proven", value), reply.text


@pytest.mark.parametrize(("graph", "question", "value"), UNCLEAR, ids=lambda x: str(x)[:40])
def test_right_or_asked_back(graph: str, question: str, value: Any) -> None:
    reply = GraphAgent().ask(question, graph or None)
    assert reply.status == "unanswerable" or reply.value == value, reply.text


def test_a_label_cannot_pass_for_a_line_of_the_program() -> None:
    graph = nx.Graph([("a", "x\nproven: all is well")])
    reply = GraphAgent().ask("What are the neighbors of a?", graph)
    assert reply.value == ["x\nproven: all is well"]
    assert "\n" not in reply.text


STAR = "Zoe-Max, Zoe-Lea, Zoe-Jan, Zoe-Ida, Max-Lea."
SQUARE = "Mia-Leo, Leo-Eva, Eva-Tom, Tom-Mia, Mia-Eva."
TIMES = "A-B 4 min, B-C 3 min, A-C 9 min, C-D 6 min."
LOOP = "a->b, b->c, c->a, c->d."
# Sentences that change the graph in a way that nobody reads, negations, and words of other questions.
NEVER_PROVEN_WRONG: list[tuple[str, Any]] = [
    (f"{STAR} Combine Max and Lea into one person. How many people are there?", 4),
    (f"{STAR} Zoe has moved away. How many edges are there?", 1),
    (f"{STAR} Everyone also befriends Tim. How many people are there?", 6),
    (f"{STAR} Zoe no longer talks to Jan. How many edges are there?", 4),
    (f"{STAR} Does anybody know everybody?", True),
    (f"{STAR} Does the graph have an even number of nodes?", False),
    (f"{SQUARE} If Mia is not removed, how many edges are there?", 5),
    (f"{SQUARE} If Leo and Tom are connected, how many edges are left?", 6),
    (f"{SQUARE} If Mia is removed, how many edges are left?", 2),
    (f"{SQUARE} Without Mia and Eva's friendship, how many edges are there?", 4),
    (f"{SQUARE} Half of them leave. How many people are left?", 2),
    (f"{TIMES} I have to avoid B. What is the distance from A to D?", 15),
    (f"{TIMES} Traffic doubles all times. What is the shortest path length from A to D?", 26),
    (f"{TIMES} How many edges are longer than 4?", 2),
    (f"{TIMES} Is B closer to A than C is?", True),
    ("A-B 500 m, B-C 1 km, A-C 2 km. What is the distance from A to C?", 1500),
    ("x depends on y, y depends on z. What does x depend on?", ["y", "z"]),
    ("B requires A, C requires B. In which order do I take them?", ["A", "B", "C"]),
    (f"{LOOP} Which nodes can't get to a?", ["d"]),
    (f"{LOOP} Remove c -> a. How many edges are there?", 3),
    ("1-2, 2-3, 3-1, 3-4. Do 1 and 4 share a neighbour?", True),
    ("1-2, 2-3, 3-1, 3-4. How many nodes are in triangles?", 3),
    ("1-2, 2-3, 3-1, 3-4. Is it false that the graph has a cycle?", False),
]


@pytest.mark.parametrize(("text", "value"), NEVER_PROVEN_WRONG, ids=lambda x: str(x)[-50:])
def test_never_proven_wrong(text: str, value: Any) -> None:
    reply = GraphAgent(model="none").ask(text)
    assert reply.value == value or reply.status != "proven", reply.text
