"""Every format there and back with hostile labels, against networkx's own writers, and broken in many ways."""

from __future__ import annotations

import io
import json
import tempfile
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphs import Graph, read_graph, write_graph
from graphs.data import example_names, example_path
from graphs.errors import BadArgument, GraphError, ParseError
from graphs.files import FORMATS

REAL = Path(__file__).parents[3] / "shared/data/prograph/graphs"
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def content(graph: Graph, *, attributes: bool = True) -> tuple[object, ...]:
    """What must survive: labels by their text, edges as a multiset, weights."""
    rows: Counter[object] = Counter()
    for edge in graph.edges():
        ends = (str(edge.source), str(edge.target))
        key = ends if graph.directed else tuple(sorted(ends))
        data = {k: v for k, v in edge.attributes.items() if k in ("weight", "kind")} if attributes else {}
        rows[key, tuple(sorted(data.items()))] += 1
    return graph.directed, {str(node) for node in graph.nodes}, rows


nasty = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\"'\\,;<>&|#%[]{}: é中🙂"),
    min_size=1,
    max_size=9,
)
numbers = (st.integers(-50, 50) | st.floats(-1e6, 1e6)).filter(lambda value: value not in (0, 1))


@st.composite
def simple_graphs(draw: st.DrawFn) -> Graph:
    labels = draw(st.lists(nasty, min_size=2, max_size=6, unique=True))
    graph = Graph.from_edges((), labels, directed=draw(st.booleans()))
    pairs = draw(st.lists(st.tuples(st.sampled_from(labels), st.sampled_from(labels)), min_size=1, max_size=8))
    for start, end in pairs:
        graph.nx.add_edge(
            start, end, kind=draw(st.sampled_from(["road", 'a "b" <c>, d', "x\ny"])), weight=draw(numbers)
        )
    return graph


@pytest.mark.parametrize("name", ["csv", "tsv", "graphml", "gexf", "gml", "dot", "json", "node_link"])
@given(graph=simple_graphs())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_labels_there_and_back(name: str, graph: Graph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_graph(graph, Path(folder) / "graph", name)
        try:
            back = read_graph(path, format=name)
        except ParseError as error:
            raise AssertionError(path.read_text(encoding="utf-8")) from error
    assert content(back) == content(graph)


@pytest.mark.parametrize("name", ["pajek", "metis", "matrix_market", "matrix", "adjlist", "rdf", "parquet"])
@given(graph=simple_graphs(), plain=st.booleans())
@settings(deadline=None, max_examples=30)
def test_narrow_formats_hold_a_graph_or_say_why_not(name: str, graph: Graph, plain: bool) -> None:
    if plain:
        numbers_ = {node: number for number, node in enumerate(graph.nodes, start=1)}
        graph = Graph(nx.relabel_nodes(graph.nx, numbers_))
        for *_, data in graph.nx.edges(data=True):
            data["weight"] = abs(int(data["weight"])) + 2
    for *_, data in graph.nx.edges(data=True):
        data.pop("kind", None)
        if name in ("adjlist", "rdf"):
            data.pop("weight", None)
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = write_graph(graph, Path(folder) / "graph", name)
        except BadArgument:
            path = None
        if path is None:
            assert not plain or (name, graph.directed) in (("metis", True), ("rdf", False))
            return
        back = read_graph(path, format=name, directed=graph.directed if name in ("adjlist", "matrix") else None)
    if name == "rdf":
        assert content(back)[2] == content(graph)[2] or not plain
        return
    assert content(back) == content(graph)


@pytest.mark.parametrize("name", ["graph6", "sparse6", "digraph6"])
@pytest.mark.parametrize("size", [0, 1, 2, 5, 13, 62, 63, 70])
def test_compact_codes_against_networkx(name: str, size: int, tmp_path: Path) -> None:
    body = nx.gnp_random_graph(size, 0.2, seed=size, directed=name == "digraph6")
    write_graph(Graph(body), tmp_path / "x", name)
    back = read_graph(tmp_path / "x", format=name)
    assert back.nodes == list(range(size))
    assert set(back.nx.edges) == set(body.edges)
    if name != "digraph6":
        theirs = {"graph6": nx.to_graph6_bytes, "sparse6": nx.to_sparse6_bytes}[name](body)
        assert set(map(frozenset, read_graph(theirs).nx.edges)) == set(map(frozenset, body.edges))


def test_sparse6_keeps_loops_and_parallel_edges(tmp_path: Path) -> None:
    graph = Graph.from_edges([(0, 1), (0, 1), (2, 2), (1, 3)], range(4), multi=True)
    write_graph(graph, tmp_path / "x.s6")
    assert content(read_graph(tmp_path / "x.s6")) == content(graph)


@pytest.mark.parametrize("name", ["graphml", "json", "csv"])
def test_parallel_edges_and_node_attributes(name: str, tmp_path: Path) -> None:
    graph = Graph.from_edges([("a", "b", {"weight": 1}), ("a", "b", {"weight": 2}), ("b", "b", {})], multi=True)
    graph.nx.nodes["a"].update(age=3, big=2.5, ok=True, note="x < y & z")
    back = read_graph(write_graph(graph, tmp_path / f"x.{name}"))
    assert content(back) == content(graph)
    if name != "csv":
        assert back.nx.nodes["a"] == graph.nx.nodes["a"]
        assert type(back.nx.nodes["a"]["ok"]) is bool


def test_our_own_json_is_equal_in_everything(tmp_path: Path) -> None:
    graph = read_graph(example_path("roads"))
    back = read_graph(write_graph(graph, tmp_path / "x.json.gz"))
    assert back.to_json() == graph.to_json()


WRITERS = {
    "graphml": nx.write_graphml_xml, "gexf": nx.write_gexf, "gml": nx.write_gml, "pajek": nx.write_pajek,
    "adjlist": nx.write_adjlist, "edgelist": nx.write_weighted_edgelist,
}  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
def test_what_networkx_writes_is_read(name: str, tmp_path: Path) -> None:
    for directed in (False, True):
        body = nx.gnm_random_graph(12, 25, seed=3, directed=directed)
        for number, (*_, data) in enumerate(body.edges(data=True)):
            data["weight"] = float(number + 1)
        WRITERS[name](body, tmp_path / "x")
        graph = read_graph(tmp_path / "x", format=name, directed=directed if name in ("adjlist", "edgelist") else None)
        assert graph.directed is directed
        assert graph.nx.nodes == body.nodes
        ours = {
            (e.source, e.target) if directed else frozenset((e.source, e.target)): e.attributes.get("weight")
            for e in graph.edges()
        }
        assert ours.keys() == {edge if directed else frozenset(edge) for edge in body.edges}
        if name != "adjlist":
            assert sorted(ours.values()) == sorted(data["weight"] for *_, data in body.edges(data=True))


@pytest.mark.parametrize("edges", ["links", "edges"])
def test_json_of_other_programs(edges: str) -> None:
    body = nx.path_graph(4)
    body.add_edge("x", 0, weight=3)
    graph = read_graph(json.dumps(nx.node_link_data(body, edges=edges)).encode())
    assert set(map(frozenset, graph.nx.edges)) == set(map(frozenset, body.edges))
    assert graph.nx.edges["x", 0]["weight"] == 3
    cyto = read_graph(json.dumps(nx.cytoscape_data(body)).encode())
    assert set(map(frozenset, cyto.nx.edges)) == set(map(frozenset, body.edges))
    near = read_graph(json.dumps(nx.adjacency_data(body)).encode())
    assert set(map(frozenset, near.nx.edges)) == set(map(frozenset, body.edges))


def test_json_lists_and_dicts() -> None:
    assert content(read_graph(b'{"a": ["b", "c"], "b": ["a"], "c": ["a"]}'))[0] is False
    assert content(read_graph(b'{"a": ["b"], "b": []}'))[0] is True
    assert read_graph(b'{"a": {"b": 3}, "b": {"a": 3}}').nx.edges["a", "b"]["weight"] == 3
    assert read_graph(b'[["a", "b", 2], ["b", "c"]]').nx.edges["a", "b"]["weight"] == 2
    assert read_graph(b'[{"from": 1, "to": 2, "cost": 4}]').names == {"weight": "cost"}
    assert read_graph(b"[[0,1,0],[1,0,1],[0,1,0]]").num_edges == 2
    d3 = read_graph(b'{"nodes": [{"name": "x"}, {"name": "y"}], "links": [{"source": 0, "target": 1}]}')
    assert d3.has_edge("x", "y")


def test_matrices() -> None:
    labelled = read_graph(b",A,B,C\nA,0,2,0\nB,2,0,5\nC,0,5,0\n")
    assert content(labelled)[1] == {"A", "B", "C"}
    assert labelled.nx.edges["B", "C"]["weight"] == 5
    directed = read_graph(b"0 1 0\n0 0 1\n1 0 0\n")
    assert (directed.directed, directed.num_edges, directed.weighted) == (True, 3, False)
    assert str(directed.provenance(1, 2)) == "data, line 2"
    assert not read_graph(b"1 2 5\n2 3 1\n3 1 2\n").directed  # three weighted edges, no matrix
    with pytest.raises(ParseError, match="must be square"):
        read_graph(b"0 1\n1 0 1\n", format="matrix")


def test_dot() -> None:
    graph = read_graph(
        b'strict digraph "my graph" { // c\n node [shape=box]; a -> b -> {c d} [weight=2]; "x y":port -> a [label="q"];'
        b"\n subgraph cluster_1 { e; f } /* c */ g [label=<<b>G</b>>]\n rankdir=LR }"
    )
    assert graph.directed
    assert set(graph.nx.edges) == {("a", "b"), ("b", "c"), ("b", "d"), ("x y", "a")}
    assert {"e", "f", "g"} < set(graph.nodes)
    assert graph.nx.edges["b", "d"]["weight"] == 2
    assert graph.nx.nodes["e"] == {"shape": "box"}
    assert graph.nx.nodes["g"]["label"] == "G"
    assert graph.name == "my graph"
    assert read_graph(b"graph { a -- b [label=3]; b -- c [label=4] }").weighted


def test_gml_pajek_metis_matrix_market_by_hand() -> None:
    gml = read_graph(
        b'graph [ directed 1 node [ id 7 label "A &amp; B" ] node [ id 8 label "C" ]'
        b" edge [ source 7 target 8 value 3 ] ]"
    )
    assert [(e.source, e.target, e.attributes) for e in gml.edges()] == [("A & B", "C", {"weight": 3})]
    same = read_graph(b'graph [ node [ id 1 label "x" ] node [ id 2 label "x" ] edge [ source 1 target 2 ] ]')
    assert same.nodes == [1, 2]
    pajek = read_graph(b'*Vertices 3\n1 "Ann" 0.1 0.2\n2 Bob\n*Arcs\n1 2 5\n*Edges\n2 3\n')
    assert set(pajek.nx.edges) == {("Ann", "Bob"), ("Bob", "3"), ("3", "Bob")}
    assert any("mixes" in note for note in pajek.assumptions)
    metis = read_graph(b"% c\n3 2 001\n2 7\n1 7 3 1\n2 1\n", format="metis")
    assert {(e.source, e.target, e.attributes["weight"]) for e in metis.edges()} == {(1, 2, 7), (2, 3, 1)}
    market = read_graph(b"%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 2\n2 1 1.5\n3 2 2\n")
    assert {(e.source, e.target, e.attributes["weight"]) for e in market.edges()} == {(1, 2, 1.5), (2, 3, 2)}
    sides = read_graph(b"%%MatrixMarket matrix coordinate pattern general\n2 3 2\n1 3\n2 1\n").sides
    assert sides == (["r1", "r2"], ["c1", "c2", "c3"])


def test_matrix_market_against_scipy() -> None:
    scipy = pytest.importorskip("scipy")
    body = nx.gnm_random_graph(15, 40, seed=5, directed=True)
    out = io.BytesIO()
    scipy.io.mmwrite(out, nx.to_scipy_sparse_array(body))
    assert {(s - 1, t - 1) for s, t in read_graph(out.getvalue()).nx.edges} == set(body.edges)


def test_rdf() -> None:
    pytest.importorskip("pyoxigraph")
    graph = read_graph(example_path("planets"))
    assert graph.nx.edges["Io", "Jupiter"]["relation"] == "orbits"
    assert graph.nx.nodes["Io"]["iri"] == "https://example.org/Io"
    xml = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    with pytest.raises(ParseError, match="no triple"):
        read_graph(xml, format="rdf")
    with pytest.raises(ParseError, match="refused"):
        read_graph(BOMB + b"<rdf:RDF>&b;</rdf:RDF>", format="rdf")
    with pytest.raises(ParseError, match="broken RDF"):
        read_graph(b"@prefix : <http://x/> .\n:a :b", format="rdf")


@pytest.mark.parametrize("root", ["graphml", "gexf"])
def test_an_entity_bomb_is_refused(root: str) -> None:
    with pytest.raises(ParseError, match="line 1.*document type"):
        read_graph(BOMB + f"<{root}>&b;</{root}>".encode(), format=root)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("graphml", "<graphml><graph>", "broken XML"),
        ("graphml", "<graphml>\n<graph><node/></graph></graphml>", "line 2: a <node> lacks the attribute 'id'"),
        ("graphml", "<graphml>\n <a></b>", "line 2, column"),
        ("graphml", "<other/>", "not <graphml>"),
        ("graphml", "<graphml/>", "no <graph>"),
        ("graphml", '<graphml><graph><hyperedge/></graph></graphml>', "hyperedge"),
        ("gexf", "<gexf/>", "no <graph>"),
        ("gml", "graph [ node [ id 1 ]", "cut off"),
        ("gml", "graph [\n node [ id 1 label \"x ]\n]", "line 2, column 20: an unclosed quote"),
        ("gml", "graph [ edge [ source 1 target 2 ] ]", "which no node has"),
        ("gml", "graph [ node [ id 1 ] node [ id 1 ] ]", "occurs twice"),
        ("gml", "graph " + "[ a " * 100, "nested"),
        ("pajek", "*Vertices two\n", "not followed by a number"),
        ("pajek", "*Vertices 2\n*Arcs\n1 5\n", "line 3: '5' is no node number from 1 to 2"),
        ("pajek", "*Vertices 99999999999\n", "limit"),
        ("metis", "3 2\n2\n1\n\n", "the header says 2 edges"),
        ("metis", "2 1\n2\n\n", "does not list"),
        ("metis", "a b\n", "first line of a METIS"),
        ("matrix_market", "%%MatrixMarket matrix coordinate complex general\n1 1 0\n", "not read"),
        ("matrix_market", "%%MatrixMarket matrix coordinate real general\n2 2 3\n1 1 5\n", "cut off"),
        ("matrix_market", "hello\n", "first line"),
        ("dot", "digraph { a -- b }", "column 13: a digraph joins nodes by ->"),
        ("dot", "graph {\n a -- b", "line 2, column 8: a '}' is missing"),
        ("dot", 'graph { "a -- b }', "unclosed quote"),
        ("dot", "graph " + "{" * 500, "nested"),
        ("json", '{"nodes": [\n{"id": 1},]}', "line 2, column"),
        ("json", "[" * 100_000, "nested too deep|broken JSON"),
        ("json", '{"a": 1}', "is no graph"),
        ("json", '{"nodes": [{}], "edges": []}', "node 1 has no id"),
        ("json", '{"nodes": [{"id": [1]}], "edges": []}', "a label is text or a number"),
        ("json", '[["a"]]', "edge 1 is neither"),
        ("json", '{"directed": 1, "multigraph": 0, "names": {}, "nodes": [1], "edges": []}', "JSON form"),
        ("graph6", "B\n", "has 1 characters of edges"),
        ("graph6", "a b\n", "outside of"),
        ("sparse6", ":~~~~~~~~\n", "limit|nodes"),
        ("adjlist", "# nothing\n", "no node"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(name: str, text: str, said: str) -> None:
    with pytest.raises(GraphError, match=said):
        read_graph(text.encode(), format=name)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"parquet"}))
@given(data=st.binary(max_size=60) | st.text("{}[]<>/=\"'-*%:;,.&@~?graphABnode 012\n\\", max_size=60).map(str.encode))
@settings(deadline=None, max_examples=60)
def test_garbage_is_a_graph_or_a_graph_error(name: str, data: bytes) -> None:
    try:
        graph = read_graph(data, format=name)
    except GraphError:
        return
    assert isinstance(graph, Graph)


@given(data=st.text("{}[]<>/=\"'-*%:;,.&@~?graphABnode 012\n\\", max_size=80).map(str.encode))
@settings(deadline=None, max_examples=150)
def test_sniffed_garbage_is_a_graph_or_a_graph_error(data: bytes) -> None:
    try:
        graph = read_graph(data)
    except GraphError:
        return
    assert isinstance(graph, Graph)


def test_content_decides_where_the_name_does_not() -> None:
    for name in example_names():
        data = example_path(name).read_bytes()
        assert content(read_graph(data)) == content(read_graph(example_path(name))), name


def test_examples_are_what_they_say() -> None:
    sizes = {
        name: (read_graph(example_path(name)).num_nodes, read_graph(example_path(name)).num_edges)
        for name in example_names()
    }
    assert sizes["karate.graphml"] == (34, 78)
    assert sizes["bridges.csv"] == (4, 7)
    assert sizes["les_miserables.gml"] == (77, 254)
    roads = read_graph(example_path("roads"))
    assert roads.names["weight"] == "km"
    assert nx.is_connected(roads.nx)
    assert nx.is_directed_acyclic_graph(read_graph(example_path("build.dot")).nx)
    pipes = read_graph(example_path("pipes"))
    assert nx.maximum_flow_value(pipes.nx, "spring", "town") == 23  # the textbook network of Cormen et al.
    with pytest.raises(BadArgument, match="friends.csv"):
        example_path("nothing")


@pytest.mark.skipif(not REAL.exists(), reason="the real graphs are not on this machine")
def test_real_files_are_read_as_networkx_reads_them() -> None:
    paths = sorted(path for path in REAL.iterdir() if path.stat().st_size < 12_000)
    assert len(paths) > 60
    for path in paths:
        graph = read_graph(path)
        if path.suffix == ".gml":
            try:
                theirs = nx.read_gml(path, label="id")
            except nx.NetworkXError:
                continue
        else:
            theirs = nx.read_sparse6(path)
            theirs = theirs[0] if isinstance(theirs, list) else theirs
        assert (graph.num_nodes, graph.num_edges) == (theirs.number_of_nodes(), theirs.number_of_edges()), path.name
        assert graph.directed == theirs.is_directed()


def test_an_unknown_extension_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="no format is known for '.xyz'"):
        write_graph(Graph.from_edges([(1, 2)]), tmp_path / "a.xyz")
    with pytest.raises(GraphError, match="cannot be written"):
        write_graph(Graph.from_edges([(1, 2)]), tmp_path / "none" / "a.csv")
