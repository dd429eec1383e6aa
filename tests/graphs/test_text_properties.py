"""Properties of the reader: what is written is read back equal; no text breaks it; spans partition the text."""

import string

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphs.graph import Graph
from graphs.text import read_text
from graphs.text.latex import without_latex
from tests.growth import assert_no_worse_than_linear

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = [
    "Ann",
    "Bob",
    "Zoë",
    "Łukasz",
    "Will",
    "New York",
    "São Paulo",
    "Mary Ann Smith",
    "The Hague",
    "O'Brien",
    "X1",
    "r2d2",
    "Åse",
    "北京",
    "Мария",
    "Ürümqi",
    "Jean-Luc",
]


@st.composite
def labelled_graphs(draw, *, directed=False):
    """A graph of 2 to 8 nodes without isolated nodes or loops; labels are integers with gaps, letters or names."""
    size = draw(st.integers(2, 8))
    kind = draw(st.sampled_from(["numbers", "letters", "names"]))
    if kind == "numbers":
        labels = draw(st.lists(st.integers(0, 500), min_size=size, max_size=size, unique=True))
    elif kind == "letters":
        labels = draw(st.lists(st.sampled_from(string.ascii_uppercase), min_size=size, max_size=size, unique=True))
    else:
        labels = draw(st.lists(st.sampled_from(NAMES), min_size=size, max_size=size, unique=True))
    pairs = [(u, v) for i, u in enumerate(labels) for v in labels[i + 1 :]]
    edges = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=14, unique=True))
    flips = draw(st.lists(st.booleans(), min_size=len(edges), max_size=len(edges)))
    return [(v, u) if flip else (u, v) for (u, v), flip in zip(edges, flips)]


def incident(edges):
    near = {}
    for u, v in edges:
        near.setdefault(u, []).append(v)
        near.setdefault(v, []).append(u)
    return near


def quoted(label):
    return f'"{label}"'


SYNTAXES = {
    "tuples": lambda es: "The edges are: " + " ".join(f"({u}, {v})" for u, v in es) + ".",
    "tight tuples": lambda es: "Edges: " + ",".join(f"({u},{v})" for u, v in es),
    "dashes": lambda es: "\n".join(f"{u} -- {v}" for u, v in es),
    "spaced hyphens": lambda es: "Edges:\n" + "\n".join(f"{u} - {v}" for u, v in es),
    "both arrows": lambda es: "\n".join(f"{u} <-> {v}" for u, v in es),
    "quoted dashes": lambda es: "\n".join(f"{quoted(u)} -- {quoted(v)}" for u, v in es),
    "undirected arrows": lambda es: "G has the following undirected edges:\n" + "\n".join(f"{u} -> {v}" for u, v in es),
    "friends": lambda es: "\n".join(f"{u} and {v} are friends." for u, v in es),
    "one line of friends": lambda es: " ".join(f"{u} and {v} are friends." for u, v in es),
    "papers": lambda es: "\n".join(f"{u} and {v} wrote a paper together." for u, v in es),
    "prose": lambda es: " ".join(f"There is an edge between node {u} and node {v}." for u, v in es),
    "roads": lambda es: "\n".join(f"There is a road between {u} and {v}." for u, v in es),
    "incident": lambda es: "\n".join(
        f"Node {u} is connected to nodes {', '.join(map(str, vs))}." for u, vs in incident(es).items()
    ),
    "incident and": lambda es: (
        "\n".join(f"{u} is connected to {' and '.join(map(str, vs))}." for u, vs in incident(es).items() if len(vs) < 3)
        + "".join(f"\n{u} is connected to {v}." for u, vs in incident(es).items() if len(vs) > 2 for v in vs)
    ),
    "adjacency list": lambda es: (
        "Graph:\n" + "\n".join(f"{u}: {', '.join(map(str, vs))}" for u, vs in incident(es).items())
    ),
    "markdown": lambda es: "| source | target |\n|---|---|\n" + "\n".join(f"| {u} | {v} |" for u, v in es),
    "csv": lambda es: "source,target\n" + "\n".join(f"{u},{v}" for u, v in es),
    "dot": lambda es: "graph {\n" + "".join(f"  {quoted(u)} -- {quoted(v)};\n" for u, v in es) + "}",
    "json": lambda es: '{"edges": [' + ", ".join(f"[{quoted(u)}, {quoted(v)}]" for u, v in es) + "]}",
    "python": lambda es: repr(incident(es)),
}


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(edges=labelled_graphs(), first=st.booleans())
@QUICK
def test_what_is_written_is_read_back(syntax, edges, first):
    body, ask = SYNTAXES[syntax](edges), "How many connected components does it have?"
    reading = read_text(f"{ask}\n\n{body}" if first else f"{body}\n\n{ask}")
    wanted = nx.Graph(edges)
    assert reading.graph is not None, body
    assert not reading.graph.directed
    assert set(reading.graph.nodes) == set(wanted), body
    assert {frozenset((e.source, e.target)) for e in reading.graph.edges()} == {frozenset(e) for e in edges}, body
    assert reading.graph.num_edges == len(edges)
    assert reading.question == ask
    check_spans(reading)


DIRECTED = {
    "arrows": lambda es: "\n".join(f"{u} -> {v}" for u, v in es),
    "long arrows": lambda es: ", ".join(f"{u} → {v}" for u, v in es),
    "before": lambda es: "\n".join(f"node {u} should be visited before node {v}" for u, v in es),
    "from to": lambda es: "\n".join(f"an edge from {u} to {v}," for u, v in es),
    "follows": lambda es: " ".join(f"{u} follows {v}." for u, v in es),
    "dot": lambda es: "digraph G { " + "; ".join(f"{quoted(u)} -> {quoted(v)}" for u, v in es) + " }",
    "tuples": lambda es: "Given a directed graph with edges " + ", ".join(f"({u}, {v})" for u, v in es) + ".",
}


@pytest.mark.parametrize("syntax", DIRECTED)
@given(edges=labelled_graphs())
@QUICK
def test_directions_are_read_back(syntax, edges):
    graph = read_text(DIRECTED[syntax](edges) + "\nIs there a cycle?").graph
    assert graph is not None
    assert graph.directed
    assert {(e.source, e.target) for e in graph.edges()} == set(edges)


WEIGHTED = {
    "triples": lambda es: " ".join(f"({u}, {v}, {w})" for u, v, w in es),
    "arrows": lambda es: "undirected graph:\n" + "\n".join(f"{u} -> {v} ({w})" for u, v, w in es),
    "colons": lambda es: "\n".join(f"{u} -- {v}: {w}" for u, v, w in es),
    "prose": lambda es: "\n".join(f"an edge between node {u} and node {v} with weight {w}," for u, v, w in es),
    "lengths": lambda es: " ".join(f"There is a road of length {w} between {u} and {v}." for u, v, w in es),
    "markdown": lambda es: "| a | b | cost |\n|---|---|---|\n" + "\n".join(f"| {u} | {v} | {w} |" for u, v, w in es),
    "dot": lambda es: "graph {" + ";".join(f"{quoted(u)} -- {quoted(v)} [weight={w}]" for u, v, w in es) + "}",
    "incident": lambda es: "\n".join(f"Node {u} is connected to node {v} (weight: {w})." for u, v, w in es),
}


@pytest.mark.parametrize("syntax", WEIGHTED)
@given(edges=labelled_graphs(), data=st.data())
@QUICK
def test_weights_are_read_back(syntax, edges, data):
    numbers = data.draw(
        st.lists(st.integers(0, 99) | st.sampled_from([0.5, -2, 12.25]), min_size=len(edges), max_size=len(edges))
    )
    rows = [(u, v, w) for (u, v), w in zip(edges, numbers)]
    graph = read_text(WEIGHTED[syntax](rows) + "\nWhat is the weight of the minimum spanning tree?").graph
    assert graph is not None
    found = {(frozenset((e.source, e.target)), e.attributes.get("weight")) for e in graph.edges()}
    assert found == {(frozenset((u, v)), w) for u, v, w in rows}


def check_spans(reading):
    """Every character but white space lies in exactly one span, and spans come in order."""
    position = 0
    for span in reading.spans:
        assert span.start >= position
        assert span.end > span.start
        assert not reading.text[position : span.start].strip()
        position = span.end
    assert not reading.text[position:].strip()


PIECES = st.sampled_from(
    [
        "Node 1 is connected to node 2.",
        "(1, 2)",
        "[1, 2, 3]",
        "A -> B",
        "?",
        "What is",
        " the shortest path",
        "Q:",
        "A:",
        "\n",
        "\n\n",
        "| a | b |",
        "|---|---|",
        "{",
        "}",
        "[",
        "]",
        "graph {",
        "digraph G {a -> b}",
        "graph TD",
        "-->",
        '{"edges": [[1, 2]]}',
        "0 1 0",
        "1 0 1",
        "weight 3",
        " and ",
        ", ",
        ": ",
        "are friends",
        "Ann",
        "edges:",
        "nodes: A, B",
        "from",
        "to",
        "->",
        "numbered from 0 to 5",
        "numbered from 9 to 5",
        "Example:",
        "Graph 1:",
        "`",
        '"',
        "'",
        "<3>",
        "(weight: 3)",
        "means",
        "(i,j) means that",
        "likes golf",
        "is isolated",
        "not",
        "-",
        "1e400",
        "٣",
        "\u202e",
        "\x00",
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=8), max_size=30).map(" ".join)
    | st.lists(PIECES, max_size=30).map("".join)
    | st.text(max_size=200)
)
@settings(max_examples=800, deadline=None)
def test_no_text_breaks_the_reader(text):
    reading = read_text(text)
    check_spans(reading)
    assert 0 <= reading.confidence <= 1
    for graph in reading.graphs:
        spans = [edge.provenance for edge in graph.edges() if edge.provenance]  # a named graph has none
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@given(st.lists(PIECES | st.text(max_size=8), max_size=20).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_no_question_breaks_the_reader_of_questions(text):
    graph = Graph.from_edges([(1, 2)])
    reading = read_text(text, graph)
    check_spans(reading)
    assert reading.graphs == (graph,)


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "[",
        "{",
        "((a,",
        "A -> ",
        "- ",
        "a-",
        "1, ",
        "node ",
        " and ",
        "is connected to ",
        "of length ",
        '"',
        "'",
        "<",
        "|",
        "|-",
        "\n|a|b",
        "0 1\n",
        "a: ",
        "Q: ",
        "from ",
        "between ",
        ". ",
        "? ",
        "= ",
        "--",
        "are all ",
        "(a,b",
        "{a:",
        "x\n",
        " ",
        "the ",
        "with weight ",
        "nodes are ",
        "1 ",
        "Example:\n",
        "Q: x\nA: y\n",
        "Q: How many nodes?\nA: y\n",
        "[INST] a [/INST] b ",
        "<|im_start|>user ",
        "graph ",
    ],
)
def test_repetition_of_anything_takes_linear_time(unit):
    assert_no_worse_than_linear(read_text, unit * (4_000 // len(unit)), unit * (32_000 // len(unit)))


@pytest.mark.parametrize(
    "form",
    [
        "A -> B{0}C (3)",
        "Node A is connected to{0}B.",
        "(A,{0}B)",
        "nodes:{0}A",
        "{0}?",
        "a-b,{0}b-c 5",
        "A: B{0}C",
        "[[0,{0}1]]",
    ],
)
@pytest.mark.parametrize("filling", [" ", "\t", "x", "1", ",", "a b "])
def test_long_gaps_take_linear_time(form, filling):
    assert_no_worse_than_linear(
        lambda text: check_spans(read_text(text + "\nHow many edges?")),
        form.format(filling * 3_000),
        form.format(filling * 24_000),
    )


def test_thirty_thousand_edges_are_read():
    pairs = [(i, i * 7919 % 29_989) for i in range(30_000)]
    for text in (
        "The edges are: " + " ".join(f"({u}, {v})" for u, v in pairs) + ".",
        "\n".join(f"{u} -> {v}" for u, v in pairs),
        "\n".join(f"an edge between node {u} and node {v} with weight 3," for u, v in pairs),
    ):
        reading = read_text(text + "\nHow many edges?")
        assert reading.graph.num_edges > 29_000
        assert reading.question == "How many edges?"


@QUICK
@given(labelled_graphs(), st.sampled_from([r"\{%s,%s\}", "(%s, %s)", r"\( %s \to %s \)"]))
def test_latex_reads_as_plain_signs_do(edges, form):
    edges = [edge for edge in edges if all(str(name).isalnum() for name in edge)]
    shown = ", ".join(form % edge for edge in edges)
    reading = read_text(rf"Let $G = (V, E)$ be a graph with edges $E = \{{{shown}\}}$. How many nodes are there?")
    found = {frozenset((str(e.source), str(e.target))) for e in reading.graph.edges()} if reading.graph else set()
    assert found == {frozenset(map(str, edge)) for edge in edges} or reading.confidence < 0.8, reading


@QUICK
@given(st.text(st.sampled_from("ab1{}_$\\()[],KCVE=to. \n"), max_size=60))
def test_latex_keeps_every_place(text):
    plain = without_latex(text)
    assert len(plain) == len(text)
    assert [place for place, sign in enumerate(text) if sign == "\n"] == [
        n for n, sign in enumerate(plain) if sign == "\n"
    ]
    ordinary = text.replace("\\", "").replace("$", "").replace("V", "").replace("K_", "")
    assert without_latex(ordinary) == ordinary


@QUICK
@given(labelled_graphs(), st.integers(0, 20), st.sampled_from(["{}-{}: {}", "{}-{} {}", "{}-{} ({})", "{}-{}: ${}"]))
def test_hyphens_with_weights_whatever_their_number(edges, first, form):
    edges = [(u, v) for u, v in edges if all(str(name).isascii() and str(name).isalnum() for name in (u, v))]
    shown = ", ".join(form.format(u, v, first + n) for n, (u, v) in enumerate(edges))
    graph = read_text(f"Edges: {shown}. What is the total weight?").graph
    found = {frozenset((str(e.source), str(e.target))): e.attributes["weight"] for e in graph.edges()} if graph else {}
    assert found == {frozenset(map(str, edge)): first + n for n, edge in enumerate(edges)}
