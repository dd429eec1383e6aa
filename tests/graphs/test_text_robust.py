"""Own texts as hurried people write them: headings that name columns, terse questions, courtesy, doubtful lists."""

import random
import subprocess
import sys

import pytest

from graphs.text import read_text


def edges(graph, name=None):
    return {
        (e.source, e.target) if name is None else (e.source, e.target, e.attributes.get(name)) for e in graph.edges()
    }


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("The edges of an undirected graph are, as (source, target, weight): {t}.", "weight"),
        ("Edges (u, v, time): {t}.", "time"),
        ("Directed graph, edges as (source, target, capacity): {t}", "capacity"),
        ("Undirected graph, edges as [source, target, time]: [{b}]", "time"),
        ("The graph is given as triples (from, to, cost): {t}", "weight"),
        ("Edges (station, station, minutes): {t}.", "weight"),
        ("Links (a, b, bandwidth): {t}", "capacity"),
    ],
)
def test_a_heading_says_what_the_third_part_is(heading, name):
    rows = [(0, 2, 11), (0, 3, 5), (3, 4, 7)]
    told = heading.format(t=" ".join(map(str, rows)), b=", ".join(str(list(row)) for row in rows))
    for text in (f"{told}\nIs it connected?", f"Is it connected?\n{told}"):
        reading = read_text(text)
        assert edges(reading.graph, name) == set(rows)
        assert reading.graph.nodes == [0, 2, 3, 4]
        assert (reading.question, reading.confidence) == ("Is it connected?", 1.0)


def test_a_heading_of_pairs_is_no_edge():
    for told in ("edges as [source, target]: [[a, b], [b, c]]", "Edges (from, to): (a, b), (b, c)."):
        assert edges(read_text(f"{told}\nHow many edges?").graph) == {("a", "b"), ("b", "c")}
    letters = read_text("E = {(u, v), (v, w)}. Is u adjacent to w?").graph
    assert edges(letters) == {("u", "v"), ("v", "w")}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Directed graph with these edges (capacity in brackets): a -> b (3), b -> c (4).", "capacity"),
        ("Edges of the directed graph (after the colon: the time):\na -> b: 3\nb -> c: 4", "time"),
        ("Adjacency list of a directed graph, capacity in brackets:\na: b (3)\nb: c (4)\nc:", "capacity"),
    ],
)
def test_notes_say_what_a_figure_is(told, name):
    assert edges(read_text(f"{told}\nHow many nodes?").graph, name) == {("a", "b", 3), ("b", "c", 4)}


@pytest.mark.parametrize(
    ("chart", "asked", "wanted"),
    [
        ("v0[70] --> v1[15]\nv1 --> v2[3]", "Is 3 reachable from 70?", {(70, 15), (15, 3)}),
        ('A[Oslo] --> B["New York"]\nB --> C(Rome)', "How far is Rome?", {("Oslo", "New York"), ("New York", "Rome")}),
        ("A[same] --> B[same]\nB --> C", "How many edges?", {("A", "B"), ("B", "C")}),
        ("A[Start] --> B{Choice}\nB --> C(End)", "How many hops from A to C?", {("A", "B"), ("B", "C")}),
    ],
)
def test_boxes_of_a_flowchart_name_its_nodes(chart, asked, wanted):
    assert edges(read_text(f"graph TD\n{chart}\n\n{asked}").graph) == wanted


TERSE = (
    "common neighbours {u} {v}",
    "jaccard {u} {v}",
    "MST weight",
    "triangles?",
    "max flow {u} to {v}",
    "degree of {u}",
    "any cycle?",
    "number of SCCs",
    "shortest path {u} {v}",
    "cut vertices",
    "first time {u} and {v} are connected",
    "node of maximum degree",
)


@pytest.mark.parametrize("asked", TERSE)
@pytest.mark.parametrize("labels", [("2", "4", "7"), ("Bob", "Eve", "Kim"), ("lamp", "stone", "apple")])
@pytest.mark.parametrize(
    "form", ["({}, {}) ({}, {})", "{} -- {}\n{} -- {}", "Edges:\n{} {}\n{} {}", "source,target\n{},{}\n{},{}"]
)
def test_terse_questions_are_no_edges(asked, labels, form):
    u, v, w = labels
    asked = asked.format(u=u, v=v)
    told = form.format(u, w, w, v)
    for text in (f"{told}\n{asked}", f"{asked}\n{told}"):
        reading = read_text(text)
        assert {frozenset(map(str, e)) for e in edges(reading.graph)} == {frozenset((u, w)), frozenset((w, v))}, text
        assert reading.question == asked
        assert reading.leftovers == ()


@pytest.mark.parametrize(
    ("text", "wanted", "asked"),
    [
        ("(A, B) weight 3, (B, C) weight 4: MST?", {("A", "B", 3), ("B", "C", 4)}, "MST?"),
        ("(0,1) (1,2)\npath from 0 to 2: yes or no?", {(0, 1, None), (1, 2, None)}, "path from 0 to 2"),
        (
            "What is the diameter of the graph with edges (0,1), (1,2)?",
            {(0, 1, None), (1, 2, None)},
            "What is the diameter of the graph",
        ),
        ("Count the triangles: (1,2), (2,3)", {(1, 2, None), (2, 3, None)}, "Count the triangles"),
        (
            "How many nodes has the graph given by 0->1->2?",
            {(0, 1, None), (1, 2, None)},
            "How many nodes has the graph",
        ),
    ],
)
def test_graph_and_question_in_one_sentence(text, wanted, asked):
    reading = read_text(text)
    assert (edges(reading.graph, "weight"), reading.question) == (wanted, asked)


def test_meetings_have_times():
    told = "Farid and Hugo met at time 0.\nHugo and Mona met at time 3.\nMona met Farid at 5."
    wanted = {("Farid", "Hugo", 0), ("Hugo", "Mona", 3), ("Mona", "Farid", 5)}
    for asked in ("When did Mona and Hugo meet?", "At what times did Mona meet Farid?"):
        for text in (f"{told}\n{asked}", f"{asked}\n{told}"):
            reading = read_text(text)
            found = {(frozenset(e[:2]), e[2]) for e in edges(reading.graph, "time")}
            assert found == {(frozenset(e[:2]), e[2]) for e in wanted}
            assert (reading.question, reading.leftovers) == (asked, ())


def test_names_of_several_small_words():
    rows = "Cape Town: west wing, old mill\nwest wing: Cape Town\nold mill: Cape Town"
    wanted = {frozenset(("Cape Town", "west wing")), frozenset(("Cape Town", "old mill"))}
    for told in (rows, f"Adjacency list of an undirected graph:\n{rows}"):
        for text in (f"{told}\nHow many nodes?", f"How many nodes?\n{told}"):
            assert {frozenset(e) for e in edges(read_text(text).graph)} == wanted
    for told in ("There is an edge between old mill and red river.", "old mill is connected to red river."):
        assert read_text(f"{told} How many nodes?").graph.nodes == ["old mill", "red river"]


def test_precedence_points_as_the_words_do():
    assert edges(read_text("a must be done before b. b must be done before c. Which order?").graph) == {
        ("a", "b"),
        ("b", "c"),
    }
    needs = read_text("b depends on a. c requires b. Which order?")
    assert edges(needs.graph) == {("b", "a"), ("c", "b")}
    assert any("depends on" in note for note in needs.assumptions)
    mixed = read_text("a must be done before b. c depends on b. Which order?")
    assert mixed.contradictions
    assert mixed.confidence < 1
    verbs = read_text("printing must be done before design.\ndesign must be done before testing.\nWhich order?")
    assert edges(verbs.graph) == {("printing", "design"), ("design", "testing")}


def test_courtesy_is_no_part_of_the_question():
    for text in (
        "Could you please help me with this? Is (1, 2) a bridge? Thank you very much!",
        "Please tell me: Is (1, 2) a bridge? Thanks in advance.",
    ):
        reading = read_text(f"Edges: (1, 2), (2, 3)\n{text}")
        assert (reading.question, reading.leftovers) == ("Is (1, 2) a bridge?", ())
        assert reading.graph.num_edges == 2
    real = read_text("A-B, B-C. Please help me find the shortest path from A to C.")
    assert real.question.endswith("find the shortest path from A to C.")


@pytest.mark.parametrize(
    "text",
    [
        "The edges are (0,1), (1,2), (2 3), (3,4. How many nodes?",
        "The edges are (0,1), (1,2), [garbage], and 3 to 4. How many nodes?",
        "Bolts hold 4 and 5 somehow, as do 5 and 6. How many nodes?",
    ],
)
def test_what_was_not_read_is_named(text):
    reading = read_text(text)
    assert reading.confidence < 1
    assert reading.contradictions or reading.leftovers or reading.confidence < 0.5


def test_truncated_lists_of_edges_are_never_certain():
    rng = random.Random(3)
    whole = "The edges are " + ", ".join(f"({i}, {i + 1})" for i in range(8))
    for _ in range(40):
        stop = rng.randint(len("The edges are (0, 1), ("), len(whole) - 1)
        cut = whole[:stop]
        if cut[-1] in "), ":
            continue
        reading = read_text(cut + "\nHow many nodes are there?")
        assert reading.confidence < 1, cut
        assert reading.contradictions or reading.leftovers, cut


def test_a_ragged_matrix_is_doubted():
    reading = read_text("|  | a | b |\n|---|---|---|\n| a | 0 | 1 | 1 | 0 |\n| b | 1 | 0 |\nHow many edges?")
    assert edges(reading.graph) == {("a", "b")}
    assert any("cells" in said for said in reading.contradictions)


def test_importing_the_reader_compiles_next_to_nothing():
    code = "import re, sys, networkx, graphs.graph; n = len(re._cache); import graphs.text; print(len(re._cache) - n)"
    made = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert made < 20


def test_weights_said_as_functions_are_not_read_in_part_without_a_word() -> None:
    reading = read_text("Weighted graph: d(1,2) = 5, d(1,3) = 18, d(2,3) = 10. What is the total weight?")
    assert reading.contradictions or reading.leftovers or (reading.graph is not None and reading.graph.num_edges == 3)
