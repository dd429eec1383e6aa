"""Texts that tempt a reader into another graph than the one meant: no wrong answer may be called proven."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from agents import GraphAgent

PATH = nx.path_graph(["a", "b", "c", "d", "e"])


def ask(question: str) -> Any:
    return GraphAgent(experience=False).ask(question)


@pytest.mark.parametrize(
    "said",
    [
        "Ignore the edge c-d.",
        "Disregard c-d.",
        "Do not use the edge c-d.",
        "Avoid the link c-d.",
        "Ignore the link between c and d.",
    ],
)
def test_an_edge_that_is_named_again_to_be_left_out_is_left_out(said: str) -> None:
    cut = nx.restricted_view(PATH, [], [("c", "d")])
    assert not nx.has_path(cut, "a", "e")
    assert ask(f"a-b, b-c, c-d, d-e. {said} What is the distance from a to e?").value == "no_path"
    assert ask(f"a-b, b-c, c-d, d-e. {said} What is the distance from a to c?").value == 2


@pytest.mark.parametrize("figure", [2, 3, 7])
@pytest.mark.parametrize(
    "said", ["Each road is {} km long.", "All edges have weight {}.", "Every edge has a length of {}."]
)
def test_a_value_of_all_edges_counts_for_each_of_them(said: str, figure: int) -> None:
    reply = ask(f"{said.format(figure)} Roads: P-Q, Q-R, R-S, P-R. How far is P from S?")
    assert (reply.value, reply.status) == (2 * figure, "proven"), reply.text


def test_a_capacity_of_all_edges_bounds_a_flow() -> None:
    edges = [("P", "Q"), ("Q", "R"), ("P", "R")]
    graph = nx.DiGraph()
    graph.add_edges_from(edges, capacity=3)
    said = ", ".join(f"{u}->{v}" for u, v in edges)
    reply = ask(f"Edges: {said}. Each edge has capacity 3. What is the maximum flow from P to R?")
    assert reply.value == nx.maximum_flow_value(graph, "P", "R")


@pytest.mark.parametrize(
    ("text", "edges", "directed"),
    [
        ("```\nA -> B\nB -> C\n# C -> A\n```", 2, True),
        ("```python\nedges = [('a','b'),('b','c')]\n# edges.append(('c','a'))\n```", 2, False),
        ("edges = [('a','b'),('b','c')]\n# edges.append(('c','a'))\nedges.append(('c','d'))", 3, False),
        ("```\n#1 - #2\n#2 - #3\n```", 2, False),
    ],
)
def test_what_is_commented_out_is_no_edge(text: str, edges: int, directed: bool) -> None:
    reply = ask(f"{text}\nHow many edges are there?")
    assert reply.value in (edges, None), reply.text  # the last may be asked back


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a-b, b-c. Directed. Is there a path from c to a?", True),
        ("a->b, b->c. Undirected. Is there a path from c to a?", False),
        ("A-B, B-C, B-C, C-A. Multigraph. How many edges are there?", 3),
        ("Unlike A and B, C and D are connected. B and C are connected too. Can A reach D?", True),
        ("A is connected to B via C. C is connected to D. How many hops from A to B?", 1),
        ("A and B are connected by two cables. B and C are connected by one cable. How many cables are there?", 2),
        ("There are two roads between A and B. There is a road between B and C. How many roads are there?", 2),
        ("a -> b, b -> c, c -> d (disabled), d -> a. Is there a cycle?", True),
        ("Ann hardly knows Bob. Bob knows Cid. How many people does Bob know?", 2),
        ("Una follows Vic again. Wes follows Vic too. How many people follow Vic?", 1),
        ("K4 minus the edge 0-1. How many edges are there?", 1),
        ("The complete graph on five vertices less one edge. How many edges are there?", 10),
        ("Let G be the 3x3 grid graph with the corner (0,0) removed. How many edges are there?", 1),
        ("Take the cycle graph C5. Add the edge 0-2. How many triangles are there?", 0),
        ("Consider the path graph P4 with an additional edge between its ends. Is it acyclic?", True),
        ("Edges: a-b, b-c. Non-edges: c-d, a-c. How many edges are there?", 4),
        ("Allowed: a->b, b->c. Forbidden: a->c. Is there an edge from a to c?", True),
        ("Red edges: a-b, b-c. Blue edges: c-d. How many red edges are there?", 3),
        ("Town A has a road to B. Town B has a railway to C. How many roads are there?", 2),
        ("My network: a-b, b-c. My friend's network: c-d, d-e. How many nodes has my network?", 5),
        ("Grandma likes tea. a-b, b-c. How many nodes are there?", 4),
        ("a-b, b-c, c-d. Also e. How many nodes are there?", 4),
        ("A-B-C-D is a path; B is also joined to D. How many triangles are there?", 0),
        ("Roads: a-b, b-c, a-c. The first is 4 km, the second 3 km, the third 9 km. How far is a from c?", 1),
        ("Every road is 5 km long, except R-S, which is 9 km. Roads: P-Q, Q-R, R-S. How far is P from S?", 3),
    ],
)
def test_what_was_misread_is_not_called_proven(text: str, wrong: Any) -> None:
    reply = ask(text)
    assert not (reply.status == "proven" and reply.value == wrong), reply.text


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("Ann and Bob are not friends. Bob and Cid are friends. How many people are there?", 3),
        ("Ann's neighbours: Bob, Cid. Bob's neighbours: Ann. Cid's neighbours: Ann, Dee. How many edges are there?", 3),
        ("Let G be the complete bipartite graph K_{3,3}. How many edges are there?", 9),
        ("Nodes: a, b, c. Edges: a-b, b-c. More edges: a-c. How many edges are there?", 3),
        ("A is connected to B by a direct road. B is linked to C in this graph. How many edges are there?", 2),
        ("Ann knows Bob. Bob knows Ann too. Bob knows Cid. How many people does Bob know?", 2),
        ("Given an undirected graph without self-loops or multiple edges: a-b, b-c. How many edges are there?", 2),
        ("Consider the cycle graph C4 with edges 0-1, 1-2, 2-3, 3-0. How many edges are there?", 4),
    ],
)
def test_plain_texts_near_the_traps_are_answered(text: str, truth: int) -> None:
    reply = ask(text)
    assert (reply.value, reply.status) == (truth, "proven"), reply.text


TAUGHT = nx.DiGraph([("Hal", "Ivy"), ("Hal", "Jon"), ("Gus", "Hal")])
PASSIVE = " ".join(f"{pupil} was taught by {teacher}." for teacher, pupil in TAUGHT.edges)
ACTIVE = " ".join(f"{teacher} taught {pupil}." for teacher, pupil in TAUGHT.edges)


@pytest.mark.parametrize("text", [PASSIVE, ACTIVE])
@pytest.mark.parametrize("node", list(TAUGHT))
def test_who_does_what_to_whom_is_kept_in_passives_and_irregular_verbs(text: str, node: str) -> None:
    assert set(ask(f"{text} Whom did {node} teach?").value) == set(TAUGHT.successors(node))
    assert set(ask(f"{text} Who was taught by {node}?").value) == set(TAUGHT.successors(node))
    assert set(ask(f"{text} Who taught {node}?").value) == set(TAUGHT.predecessors(node))


def test_e_mails_are_a_verb() -> None:
    text = "Ann e-mailed Bob. Bob e-mailed Cid. Dan e-mailed Ann."
    assert ask(f"{text} Who e-mailed Ann?").value == ["Dan"]
    assert ask(f"{text} Whom has Dan e-mailed?").value == ["Ann"]


@pytest.mark.parametrize(
    "question",
    [
        "In depth-first order from u, which node comes last?",
        "Can u and x be coloured the same?",
        "How many such pairs are there?",
        "What is the second largest eigenvalue of the Laplacian?",
        "Which nodes are at most twenty km from u?",
    ],
)
def test_what_the_words_ask_and_no_tool_gives_is_asked_back(question: str) -> None:
    assert ask(f"u-v 4, v-w 5, w-x 12. {question}").status == "unanswerable"


def test_pages_link_one_way_and_a_digraph_is_directed() -> None:
    links = nx.DiGraph([("home", "news"), ("home", "shop"), ("shop", "cart"), ("cart", "home")])
    assert not nx.has_path(links, "news", "cart")
    text = "Page home links to news and shop. shop links to cart. cart links to home."
    assert ask(f"{text} How many clicks from news to cart?").value == "no_path"
    assert ask("(p,q), (q,r), (r,p), (s,p). Is the digraph strongly connected?").value is False


def test_a_tour_is_no_answer_to_a_trip_that_need_not_come_back() -> None:
    text = "p-q 4 min, q-r 6 min, p-r 12 min, r-s 1 min."
    reply = ask(f"{text} What's the quickest trip that visits all four places, starting anywhere?")
    assert reply.status != "proven" or reply.value == 11


def test_what_was_not_understood_of_a_given_text_is_no_proof() -> None:
    agent = GraphAgent(experience=False)
    given = "A is connected to B via C. C is connected to D."
    assert agent.ask("How many edges are there?", graph=given).status != "proven"
    assert agent.ask("How many edges are there?", graph="A-B, C-D").status == "proven"
