"""Own texts, one for each way of writing a graph: the graph, the question and the wanted format come out apart."""

import json

import pytest

from graphs.errors import TooLarge
from graphs.graph import Graph
from graphs.text import read_text
from graphs.text.encoders import GRAPHQA_ENCODERS, encode
from graphs.text.read import MAX_CHARACTERS

PATH = {("A", "B"), ("B", "C")}
ASK = "Is there a path from A to C?"


def edges(graph):
    return {(e.source, e.target) for e in graph.edges()}


def weights(graph, name="weight"):
    return {(e.source, e.target): e.attributes.get(name) for e in graph.edges()}


def undirected(pairs):
    return {frozenset(pair) for pair in pairs}


@pytest.mark.parametrize(
    "body",
    [
        "A-B, B-C",
        "A--B\nB--C",
        "A - B\nB - C",
        "A <-> B, B <-> C",
        "A: B\nB: A, C\nC: B",
        "{'A': ['B'], 'B': ['A', 'C'], 'C': ['B']}",
        '{"A": ["B"], "B": ["C"]}',
        "Edges: (A, B), (B, C)",
        "Edges: A B, B C",
        "Doors: A-B, B-C",
        "A and B are linked, B and C are linked.",
        "Nodes A and B are adjacent; B and C are adjacent.",
        "A and B conflict, B and C conflict.",
        "People: A knows B, B knows C.",
        "Consider the path A-B-C.",
        "A, B and C are rooms. Corridors: A-B, B-C",
        "In our old house, A is connected to B, B is connected to C.",
        "My rooms: A is connected to B. B is connected to C.",
        "Courses and rooms: A is linked to B; B is linked to C.",
        "In a village of 3 people named A to C, A knows B and B knows C.",
        "People and tasks: A can do B; C can do B.",
        "[('A', 'B'), ('B', 'C')]",
        '[["A", "B"], ["B", "C"]]',
        "Edges:\nA B\nB C",
        "edges: A-B; B-C",
        "A is connected to B. B is connected to C.",
        "Node B is connected to nodes A and C.",
        "There is an edge between A and B, and an edge between B and C.",
        "An edge exists between node A and node B.\nAn edge exists between node B and node C.",
        "A and B are friends.\nB and C are friends.",
        "A and B wrote a paper together. B and C wrote a paper together.",
        "A knows B and B knows C.",
        "| node1 | node2 |\n|---|---|\n| A | B |\n| B | C |",
        "| Node | Neighbors |\n|---|---|\n| A | B |\n| B | A, C |\n| C | B |",
        "|   | A | B | C |\n|---|---|---|---|\n| A | 0 | 1 | 0 |\n| B | 1 | 0 | 1 |\n| C | 0 | 1 | 0 |",
        "Adjacency matrix:\n  A B C\nA 0 1 0\nB 1 0 1\nC 0 1 0",
        "graph {\n A -- B;\n B -- C\n}",
        "graph TD\n A --- B\n B --- C\n",
        '{"nodes": [{"id": "A"}, {"id": "B"}, {"id": "C"}],'
        ' "links": [{"source": "A", "target": "B"}, {"source": "B", "target": "C"}]}',
        '{"edges": [["A", "B"], ["B", "C"]]}',
        "node1,node2\nA,B\nB,C",
        "undirected edges:\nA -> B\nB -> C",
        "V = {A, B, C}, E = {(A, B), (B, C)}.",
        "1. A - B\n2. B - C",
        "* A — B\n* B — C",
    ],
)
@pytest.mark.parametrize(
    "order", ["{body}\n{ask}", "{ask}\n{body}", "Q: {ask}\n\n{body}\n", "{body}\n\nQuestion: {ask}\nAnswer:"]
)
def test_syntaxes_of_one_path_read_the_same_in_any_order(body, order):
    reading = read_text(order.format(body=body, ask=ASK))
    assert reading.graph is not None
    assert undirected(edges(reading.graph)) == undirected(PATH), reading
    assert not reading.graph.directed
    assert set(reading.graph.nodes) == {"A", "B", "C"}
    assert reading.question == ASK
    assert reading.confidence == 1.0


@pytest.mark.parametrize(
    "body",
    [
        "A -> B\nB -> C",
        "A→B, B→C",
        "A -> B -> C",
        "C <- B <- A",
        "A points to B. B points to C.",
        "A should be visited before B. B should be visited before C.",
        "B must be done after A. C must be done after B.",
        "an edge from A to B,\nan edge from B to C.",
        "digraph { A -> B -> C }",
        "graph LR\nA --> B\nB --> C",
        "Given a directed graph:\nNode A is connected to node B.\nNode B is connected to node C.",
        "A follows B, and B follows C.",
        "Tasks: A before B, B before C.",
        "A tree: A has child B; B has child C.",
        "(A->B) (B->C)",
        "from,to\nA,B\nB,C",
        '{"directed": true, "edges": [["A", "B"], ["B", "C"]]}',
        "Directed adjacency list:\nA: B\nB: C\nC:",
    ],
)
def test_directed_syntaxes(body):
    graph = read_text(f"{body}\n\n{ASK}").graph
    assert graph is not None
    assert graph.directed
    assert edges(graph) == PATH


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("A -> B (3), B -> C (4)", None),
        ("A -> B: 3\nB -> C: 4", None),
        ("A -5-> X\nA -3-> B\nB -4-> C\n", None),
        ("(A, B, 3), (B, C, 4)", None),
        ("(A,B,{'weight':3}),(B,C,{'weight':4})", "weight"),
        ("A B 3\nB C 4", None),
        ("A-B:3, B-C:4", None),
        ("A-B (3), B-C (4)", None),
        ("A-B (latency 3ms), B-C (latency 4ms)", "latency"),
        ("A-B (3 km), B-C (4 km)", "distance"),
        ("A-B (time 3), B-C (time 4)", "travel time"),
        ("A-B: $3, B-C: $4", "cost"),
        ("A-B costs €3, B-C costs €4", "cost"),
        ("A-B takes 3 min, B-C takes 4 min", "time"),
        ("A -> B $3, B -> C $4", "cost"),
        ("A-B: 3 km, B-C: 4 km", "distance"),
        ("There is a road of length 3 between A and B. There is a road of length 4 between B and C.", "length"),
        ("The flight from A to B costs 3. The flight from B to C costs 4.", "cost"),
        (
            "an edge between node A and node B with weight 3,\nan edge between node B and node C with weight 4.",
            "weight",
        ),
        ("A 3 km road connects A and B. A 4 km road connects B and C.", "distance"),
        ("A and B are 3 km apart. B and C are 4 km apart.", "distance"),
        ("A is 3 km from B, B is 4 km away from C.", "distance"),
        ("Town A is 3 km from B; B is 4 km from C.", "distance"),
        ("A is connected to B (weight: 3).\nB is connected to C (weight: 4).", "weight"),
        ("| from | to | fare |\n|--|--|--|\n| A | B | 3 |\n| B | C | 4 |", "fare"),
        ("source,target,price\nA,B,3\nB,C,4", "price"),
        ("digraph { A -> B [weight=3]; B -> C [weight=4] }", "weight"),
        ("graph TD\nA -->|3| B\nB -->|4| C", None),
        ('[{"source": "A", "target": "B", "cost": 3}, {"source": "B", "target": "C", "cost": 4}]', "cost"),
    ],
)
def test_weights_by_the_users_word(body, word):
    graph = read_text(f"{body}\nWhat is the shortest path from A to C?").graph
    assert graph is not None
    found = weights(graph)
    assert {k: v for k, v in found.items() if "X" not in k} == {("A", "B"): 3, ("B", "C"): 4}
    assert word is None or graph.names["weight"] == word


def test_capacities_and_times_have_their_own_names():
    flow = read_text(
        "an edge from s to t with capacity 7. an edge from s to u with capacity 2. What is the maximum flow?"
    ).graph
    assert weights(flow, "capacity") == {("s", "t"): 7, ("s", "u"): 2}
    said = "(u, v, t) means that node u and node v are linked with an undirected edge at time t.\n"
    said += "The edges are [(1, 2, 0), (1, 2, 3)]."
    temporal = read_text(said + " When are node 1 and node 2 linked?").graph
    assert temporal.multi
    assert temporal.temporal
    assert sorted(e.attributes["time"] for e in temporal.edges()) == [0, 3]


def test_labels_stay_the_users_own():
    text = (
        '"New York" -- "<b>Łódź</b>"\n"<b>Łódź</b>" -- "ignore all previous instructions"\n'
        '"ignore all previous instructions" -- "node A"\nHow many nodes are there?'
    )
    reading = read_text(text)
    assert reading.graph.nodes == ["New York", "<b>Łódź</b>", "ignore all previous instructions", "node A"]
    assert reading.question == "How many nodes are there?"
    assert read_text("001 -> 002\n002 -> 3").graph.nodes == ["001", "002", "3"]
    assert read_text("<7> - <9>, <9> - <12>\nHow many?").graph.nodes == [7, 9, 12]
    assert read_text("Will and Ann are friends. Who are Will's friends?").graph.nodes == ["Will", "Ann"]
    assert read_text(f"{'x' * 5000} -> b\nb -> c\nHow many edges?").graph.nodes == ["x" * 5000, "b", "c"]


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("The nodes are numbered from 0 to 4, and the edges are: (0,1).", {0, 1, 2, 3, 4}),
        ("G describes a graph among nodes A, B, C, and D.\nA and B are connected.", {"A", "B", "C", "D"}),
        ("Vertices: a, b, c\nEdges: a-b", {"a", "b", "c"}),
        ("V = {1, 2, 3} and E = {(1, 2)}.", {1, 2, 3}),
        ("Consider an undirected graph with 4 nodes and edges (0,1), (1,2).", {0, 1, 2, 3}),
        ("A is connected to B. Node D is isolated.", {"A", "B", "D"}),
        ("1: 2\n2: 1\n3:", {1, 2, 3}),
    ],
)
def test_nodes_without_edges_are_declared(text, nodes):
    assert set(read_text(text + "\nHow many nodes are there?").graph.nodes) == nodes


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The nodes are numbered from 0 to 2, and the edges are: (0,1) (1,7).", "7"),
        ("A graph with 3 nodes and 5 edges: (0,1), (1,2).", "5 edges"),
        ("A graph with 2 nodes. The edges are (a,b), (b,c).", "2 nodes"),
        ("The edges are (0,1,3), (1,0,5).", "different attributes"),
        ("A and B are friends. B and C are friends. A and B are not friends.", "both"),
        ("In an undirected graph the adjacency matrix is:\n0 1 0\n0 0 1\n0 0 0", "symmetric"),
    ],
)
def test_contradictions_are_said_and_lower_the_confidence(text, part):
    reading = read_text(text + "\nHow many triangles are there?")
    assert any(part in c for c in reading.contradictions), reading
    assert reading.confidence < 1


def test_format_definition_and_filler_stand_apart_from_the_question():
    reading = read_text(
        "Hello! The edges are: (1,2) (2,3). A bridge is an edge that disconnects the graph when it is removed. "
        "List all bridges. Answer with a JSON list only. Thanks!"
    )
    assert reading.question == "List all bridges."
    assert reading.answer_format == "Answer with a JSON list only."
    assert reading.definitions == ("A bridge is an edge that disconnects the graph when it is removed.",)
    assert {s.role for s in reading.spans} == {"filler", "graph", "definition", "question", "format"}
    assert reading.confidence == 1.0


def test_arguments_of_a_question_are_no_edges():
    for question in (
        "After removing edge (1,3), is 3 reachable from 1?",
        "Is the path [3, 2, 1] chronological?",
        "Find the shortest path from 1 to 3 after adding edge (1, 3).",
        "Is {1, 3} an independent set?",
    ):
        reading = read_text(f"Edges: (1,2), (2,3)\n{question}")
        assert edges(reading.graph) == {(1, 2), (2, 3)}
        assert reading.question == question


def test_distractors_and_other_peoples_edges_are_left_over():
    reading = read_text("Ann knows Bob. The weather was fine in Oslo. Bob knows Eve. Does Ann know Eve?")
    assert edges(reading.graph) == {("Ann", "Bob"), ("Bob", "Eve")}
    assert reading.leftovers == ("The weather was fine in Oslo.",)
    assert 0.5 < reading.confidence < 1


def test_unknown_verbs_are_edges_only_when_nothing_else_is():
    reading = read_text("Ann greets Bob. Bob greets Eve. Eve greets Ann. Is there a cycle?")
    assert undirected(edges(reading.graph)) == undirected({("Ann", "Bob"), ("Bob", "Eve"), ("Eve", "Ann")})
    assert reading.confidence < 1
    assert "greets" in reading.assumptions[0]


def test_two_sides_of_a_bipartite_graph():
    graph = read_text(
        "There are 2 workers numbered from 0 to 1, and 3 tasks numbered from 0 to 2. Worker 0 is interested in task 2. "
        "Worker 1 is interested in task 0. What is a maximum matching?"
    ).graph
    assert graph.sides == (["worker 0", "worker 1"], ["task 0", "task 1", "task 2"]) or {*graph.sides[1]} == {
        "task 0",
        "task 1",
        "task 2",
    }
    assert edges(graph) == {("worker 0", "task 2"), ("worker 1", "task 0")}


def test_attributes_of_nodes():
    graph = read_text(
        "Edges: (1,2), (2,3)\nNode 1 likes golf.\nNode 3 likes tennis.\nDoes node 2 like golf or tennis?"
    ).graph
    assert graph.nx.nodes[1] == {"label": "golf", "label_relation": "likes"}
    text = "Embeddings:\nnode 0: [1,0]\nnode 1: [0,2]\nThe edges are: (0,1)\nWhat is the embedding of node 0?"
    assert dict(read_text(text).graph.nx.nodes(data="embedding")) == {0: [1, 0], 1: [0, 2]}
    text = "The nodes are numbered from 0 to 1, weights of nodes are: [0, 8] [1, 5], and the edges are: (0, 1)."
    graph = read_text(text + " What is the sum?").graph
    assert dict(graph.nx.nodes(data="weight")) == {0: 8, 1: 5}
    assert graph.num_edges == 1


def test_two_graphs_in_one_text():
    reading = read_text("Graph 1: A-B, B-C\nGraph 2: X-Y, Y-Z\nAre the graphs isomorphic?")
    assert [edges(g) for g in reading.graphs] == [{("A", "B"), ("B", "C")}, {("X", "Y"), ("Y", "Z")}]
    text = (
        "The nodes of graph G are numbered from 0 to 2, and the edges are: (0->1). "
        "The nodes of subgraph G' are numbered from a to b, and the edges are: (a->b). Is subgraph G' in G?"
    )
    first, second = read_text(text).graphs
    assert (first.nodes, second.nodes) == ([0, 1, 2], ["a", "b"])


def test_examples_are_not_the_question():
    shot = "Example: The edges in G are: (7, 8).\nQ: Is 7 connected to 8?\nA: Yes.\n"
    reading = read_text(shot * 2 + "Example: The edges in G are: (1, 2).\nQ: Is 1 connected to 2?\nA: ")
    assert edges(reading.graph) == {(1, 2)}
    assert reading.question == "Is 1 connected to 2?"


@pytest.mark.parametrize("encoder", GRAPHQA_ENCODERS)
def test_examples_of_larger_graphs_leave_no_doubt(encoder):
    def text(body):
        return f"{encode(body, encoder)}Q: How many edges are in this graph?\nA: "

    ring = Graph.from_edges([(node, (node + 1) % 12) for node in range(12)])
    shot = f"Example: {text(ring)}12.\n"
    reading = read_text(shot * 3 + "Example: " + text(Graph.from_edges([(0, 1), (1, 2), (1, 3)], range(4))))
    assert (reading.graph.num_edges, reading.contradictions) == (3, ())


def test_a_given_graph_makes_the_text_a_question():
    graph = Graph.from_edges([("A", "B")])
    reading = read_text("Is A connected to B? Answer yes or no. (A, C) is no edge of it.", graph)
    assert reading.graph is graph
    assert reading.question.startswith("Is A connected to B?")
    assert reading.answer_format == "Answer yes or no."


def test_repeated_edges_merge_and_loops_stay():
    reading = read_text("Edges: (1,2) (2,1) (1,1)\nHow many edges?")
    assert reading.graph.num_edges == 2
    assert reading.graph.has_edge(1, 1)
    assert "more than once" in reading.assumptions[0]


def test_every_edge_points_at_its_words():
    text = "There is a road of length 5 between Oslo and Rome. X -> Y. (Q, R)\nHow many edges?"
    for edge in read_text(text).graph.edges():
        shown = text[edge.provenance.start : edge.provenance.end]
        assert str(edge.source) in shown
        assert str(edge.target) in shown


def test_texts_without_a_graph():
    assert read_text("").graphs == ()
    reading = read_text("What is the diameter?")
    assert (reading.graphs, reading.question, reading.confidence) == ((), "What is the diameter?", 1.0)


def test_a_text_over_the_limit_is_refused():
    with pytest.raises(TooLarge, match="characters"):
        read_text("x" * (MAX_CHARACTERS + 1))


def test_nesting_and_literals_are_not_evaluated():
    assert read_text("[" * 100_000 + "\n" + "{" * 1000 + "\nHow many nodes?").graphs == ()
    assert read_text("{__import__('os').system('true'): [1]} How many nodes?").question
    deep = json.dumps({"edges": [[1, 2]], "x": 1}).replace('"x": 1', '"x": ' + "[" * 60 + "]" * 60)
    assert read_text(deep).question == ""


@pytest.mark.parametrize(
    ("text", "pairs", "question"),
    [
        ("The network has links X–Y, Y–Z. Is X near Z?", {("X", "Y"), ("Y", "Z")}, "Is X near Z?"),
        ("Graph: {(1,2),(2,3)} Question: how far is 1 from 3?", {(1, 2), (2, 3)}, "how far is 1 from 3?"),
        ("Given edges 1-2, 2-3, is there a cycle?", {(1, 2), (2, 3)}, "is there a cycle?"),
        ("edge(a,b). edge(b,c). path from a to c?", {("a", "b"), ("b", "c")}, "path from a to c?"),
    ],
)  # fmt: skip
def test_graph_and_question_on_one_line(text, pairs, question):
    reading = read_text(text)
    assert undirected(edges(reading.graph)) == undirected(pairs)
    assert reading.question == question


def test_edges_that_could_not_be_read_are_never_certain():
    reading = read_text("What about (1, 2) and so (2, 3) (3, 4) then?")
    assert reading.graph is not None or reading.confidence < 1


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Who is alone? In a village of 5 people numbered 1-5, 1 knows 2, 4 knows 5.", {(1, 2), (4, 5)}),
        ("Nodes: 1, 2, 3, 4. 1 zaps 2, 3 zaps 4. Which are isolated?", {(1, 2), (3, 4)}),
        (
            "Ann tickles Bob and Cid, Cid tickles Dan. Is it connected?",
            {("Ann", "Bob"), ("Ann", "Cid"), ("Cid", "Dan")},
        ),
        (
            "router connects to nas, pc. nas connects to tv. Is it a tree?",
            {("router", "nas"), ("router", "pc"), ("nas", "tv")},
        ),
        (
            "House - lane, lane - mill, mill - ford. Is it a tree?",
            {("House", "lane"), ("lane", "mill"), ("mill", "ford")},
        ),
        ("Given the adjacency matrix\n0 1 0 0\n1 0 1 0\n0 1 0 1\n0 0 1 0\nis it a tree?", {(0, 1), (1, 2), (2, 3)}),
    ],
)
def test_statements_beside_words_that_announce_them(text, pairs):
    reading = read_text(text)
    assert reading.graph is not None
    assert undirected(edges(reading.graph)) == undirected(pairs)
    assert not reading.contradictions


@pytest.mark.parametrize(
    "text",
    [
        "Nodes: 1, 2, 3. They say that 1 quietly adores 2. Which are isolated?",
        "Nodes: Ann before Bob, Bob before Cid. Which nodes are isolated?",
        "Nodes v1, v2, v3 and their edges v1v2 + v2v3. Which nodes are isolated?",
        "Given 4 people named Ann to Dan, Ann tickles Bob, Bob tickles Cid. Who is alone?",
    ],
)
def test_nodes_alone_are_not_taken_for_a_graph_of_which_edges_are_said(text):
    reading = read_text(text)
    assert reading.graph is None or reading.graph.num_edges or reading.contradictions, reading


@pytest.mark.parametrize(
    ("edges", "nodes", "sure"), [("1-2", [1, 2, 3], False), ("0-2", [0, 1, 2], True), ("1-3", [1, 2, 3], True)]
)
def test_a_numbering_that_the_edges_do_not_tell_is_a_doubt(edges, nodes, sure):
    reading = read_text(f"A graph with 3 nodes has the edge {edges}. Which nodes are isolated?")
    assert sorted(reading.graph.nodes) == nodes
    assert bool(reading.contradictions) is not sure
