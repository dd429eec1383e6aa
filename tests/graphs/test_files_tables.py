"""Edge tables: columns, labels, direction, parallel rows, encodings, node tables and places in the file."""

from __future__ import annotations

import gzip
import io
import random
from pathlib import Path

import networkx as nx
import pytest

from graphs import Graph, Provenance, read_graph, write_graph
from graphs.errors import ParseError, TooLarge


def edges(graph: Graph) -> list[tuple[object, object, dict[str, object]]]:
    return [(edge.source, edge.target, dict(edge.attributes)) for edge in graph.edges()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("source,target,weight\nAnn,Bob,2\n", [("Ann", "Bob", {"weight": 2})]),
        ("from;to;distance\nA;B;2,5\n", [("A", "B", {"weight": 2.5})]),
        ("u\tv\tcost\n1\t2\t3.5\n", [(1, 2, {"weight": 3.5})]),
        ("a b\nb c\n", [("a", "b", {}), ("b", "c", {})]),
        ("1 2 7\n2 3 8\n", [(1, 2, {"weight": 7}), (2, 3, {"weight": 8})]),
        ("Name,To,From\nx,B,A\n", [("A", "B", {"Name": "x"})]),
        ("src|dst|capacity|timestamp\na|b|4|9\n", [("a", "b", {"capacity": 4, "time": 9})]),
        ("Ann, Bob\nBob, Eve\n", [("Ann", "Bob", {}), ("Bob", "Eve", {})]),
        ('"Ann, the first",Bob\n', [("Ann, the first", "Bob", {})]),
        ("1 2 {'weight': 3}\n2 3 {}\n", [(1, 2, {"weight": 3}), (2, 3, {})]),
        ("source,target,note\na,b,NA\n", [("a", "b", {"note": "NA"})]),
        ("source,target,weight\na,b,NA\nb,c,2\n", [("a", "b", {}), ("b", "c", {"weight": 2})]),
        ("source,target,weight\na,b,\nb,c,2\n", [("a", "b", {}), ("b", "c", {"weight": 2})]),
        ("1 2 1217567877\n2 3 1217573801\n", [(1, 2, {"time": 1217567877}), (2, 3, {"time": 1217573801})]),
    ],
)
def test_columns_are_guessed(text: str, expected: list[tuple[object, object, dict[str, object]]]) -> None:
    assert edges(read_graph(text.encode())) == expected


def test_labels_stay_as_written() -> None:
    assert read_graph(b"source,target\n007,NA\n").nodes == ["007", "NA"]
    assert read_graph(b"source,target\n1,x\n").nodes == ["1", "x"]
    assert read_graph(b"source,target\n9007199254740993,9007199254740992\n").nodes == [2**53 + 1, 2**53]
    assert read_graph(b"source,target\n-3,0\n").nodes == [-3, 0]
    assert read_graph("source,target\n１,٢\n".encode()).nodes == ["１", "٢"]


def test_a_guess_is_noted_and_overridden() -> None:
    text = b"depot,shop,euro,hours\na,b,10,2\nb,c,20,3\n"
    graph = read_graph(text)
    assert any("'depot' as source" in note for note in graph.assumptions)
    assert not graph.weighted
    chosen = read_graph(
        text, source="shop", target="depot", weight="hours", columns={"capacity": "euro"}, directed=True
    )
    assert edges(chosen) == [("b", "a", {"capacity": 10, "weight": 2}), ("c", "b", {"capacity": 20, "weight": 3})]
    assert chosen.names == {"source": "shop", "target": "depot", "weight": "hours", "capacity": "euro"}
    assert chosen.directed
    assert edges(read_graph(text, source=1, target=0, weight=3, directed=True)) == [
        ("b", "a", {"euro": 10, "weight": 2}), ("c", "b", {"euro": 20, "weight": 3})
    ]  # fmt: skip
    with pytest.raises(ParseError, match="no column 'shopp'.*'shop'"):
        read_graph(text, source="shopp")


def test_every_edge_knows_its_line() -> None:
    graph = read_graph(b'# a remark\n\nsource,target\na,"b\nc"\n\nd,e\n')
    assert graph.provenance("a", "b\nc") == Provenance(file="data", line=4)
    assert graph.provenance("d", "e") == Provenance(file="data", line=7)


@pytest.mark.parametrize(
    ("text", "directed"),
    [
        (b"parent,child\na,b\n", True),
        (b"source,target\na,b\n", False),
        (b"Source,Target,Type\na,b,Directed\n", True),
        (b"Source,Target,Type\na,b,Undirected\n", False),
        (b"# Directed graph (each unordered pair once)\n# FromNodeId\tToNodeId\n0\t1\n", True),
        (b"# Undirected graph: ca.txt\n# FromNodeId\tToNodeId\n0\t1\n", False),
        (b"% asym unweighted\n1 2\n", True),
        (b"source,target,weight\na,b,1\nb,a,2\n", True),
        (b"source,target,weight\na,b,1\nb,a,1\n", False),
    ],
)
def test_direction(text: bytes, directed: bool) -> None:
    assert read_graph(text).directed is directed
    assert read_graph(text, directed=not directed).directed is not directed


def test_rows_about_the_same_pair() -> None:
    merged = read_graph(b"source,target\na,b\na,b\nb,a\n")
    assert (merged.num_edges, merged.multi) == (1, False)
    assert {"1 repeated row was merged", "1 edge is listed in both directions; each was taken once"} <= {
        *merged.assumptions
    }
    parallel = read_graph(b"source,target,weight\na,b,1\na,b,2\n")
    assert (parallel.num_edges, parallel.multi) == (2, True)
    temporal = read_graph(b"source,target,time\na,b,1\na,b,5\nb,c,5\n")
    assert (temporal.num_edges, temporal.multi, temporal.temporal) == (3, True, True)


def test_a_node_alone_and_a_table_of_nodes(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("id,age,town\nAnn,30,Bonn\nZoë,NA,Kiel\n", encoding="utf-8")
    graph = read_graph(b"source,target\nAnn,Bob\nEve,\n", nodes=tmp_path / "n.csv")
    assert graph.nodes == ["Ann", "Bob", "Eve", "Zoë"]
    assert graph.nx.nodes["Ann"] == {"age": 30, "town": "Bonn"}
    assert graph.nx.nodes["Zoë"] == {"town": "Kiel"}


def test_snap_text_packed(tmp_path: Path) -> None:
    text = "# Directed graph: x.txt\n# Nodes: 3 Edges: 2\n# FromNodeId\tToNodeId\n0\t4\n4\t7\n"
    (tmp_path / "x.txt.gz").write_bytes(gzip.compress(text.encode()))
    graph = read_graph(tmp_path / "x.txt.gz")
    assert edges(graph) == [(0, 4, {}), (4, 7, {})]
    assert graph.directed
    assert str(graph.provenance(0, 4)) == "x.txt.gz, line 4"


def test_encodings() -> None:
    assert read_graph("source,target\nÅsa,Ödön\n".encode("utf-16")).nodes == ["Åsa", "Ödön"]
    assert read_graph("source,target\nÅsa,Ödön\n".encode("utf-8-sig")).nodes == ["Åsa", "Ödön"]
    latin = read_graph("source,target\nÅsa,Ödön\n".encode("latin-1"))
    assert latin.nodes == ["Åsa", "Ödön"]
    assert any("Latin-1" in note for note in latin.assumptions)
    assert read_graph(b"source,target\r\na,b\r\n").nodes == ["a", "b"]
    assert read_graph(io.StringIO("source,target\na,b\n")).nodes == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"# only a remark\n", "no edge"),
        (b"source,target,weight\n", "header and no edges"),
        (b"Ann\nBob\n", "only one column"),
        (b"source,target\na,b\nc,d,e\n", r"line 3, column 3: 3 columns, where 2"),
        (b"source,target\na,b\nc\n", r"line 3, column 1: 1 column, where 2"),
        (b"source,target,weight\na,b,1\nc,d,heavy\n", r"line 3, column 3: weight 'heavy' is not a number"),
        (b"source,target,weight\n,,1\n", r"line 2, column 1: both nodes"),
        (b'source,target\n"a,b\n', "line"),
        (b"a,b\0c\n", "NUL byte at offset 3"),
        (bytes(range(128, 256)) + bytes(range(1, 9)) * 9, "binary content"),
        (b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00}\x94.", "pickles"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\x1f\x8bbroken", "gzip"),
        (gzip.compress(b"a,b\n" * 99, mtime=0)[:-9], "gzip"),
        (b"Source,Target,Type\na,b,Directed\nb,c,Undirected\n", "mixed"),
    ],
)
def test_what_is_wrong_is_said(text: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        read_graph(text)


def test_a_missing_file_a_folder_and_a_pickle(tmp_path: Path) -> None:
    (tmp_path / "friends.csv").write_text("a,b\n")
    with pytest.raises(ParseError, match="did you mean 'friends.csv'"):
        read_graph(tmp_path / "freinds.csv")
    with pytest.raises(ParseError, match="folder"):
        read_graph(tmp_path)
    with pytest.raises(ParseError, match="does not exist"):
        read_graph(tmp_path / "nowhere" / "x.csv")
    with pytest.raises(ParseError, match="cannot be opened|no such file"):
        read_graph("x" * 5000)
    with pytest.raises(ParseError):
        read_graph("a\0b")
    (tmp_path / "x.gpickle").write_bytes(b"anything")
    with pytest.raises(ParseError, match="pickles"):
        read_graph(tmp_path / "x.gpickle")
    with pytest.raises(ParseError, match="no format 'cvs'; did you mean 'csv'"):
        read_graph(tmp_path / "friends.csv", format="cvs")


def test_size_limits_hold_before_reading_and_while_unpacking(tmp_path: Path) -> None:
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(TooLarge, match=r"2,147,483,648 bytes.*max_bytes="):
        read_graph(tmp_path / "big.csv")
    with pytest.raises(TooLarge, match="when unpacked"):
        read_graph(gzip.compress(b"a,b\n" * 500_000), max_bytes=100_000)
    with pytest.raises(TooLarge):
        read_graph(io.BytesIO(b"a,b\n" * 1000), max_bytes=100)


def test_a_hundred_thousand_rows_are_read() -> None:
    rng = random.Random(1)
    rows = "".join(f"{rng.randrange(20_000)},{rng.randrange(20_000)},{i % 97 / 7:.3f}\n" for i in range(100_000))
    graph = read_graph(("from,to,distance\n" + rows).encode())
    assert 99_990 < graph.num_edges <= 100_000


def test_files_that_networkx_writes_are_read(tmp_path: Path) -> None:
    body = nx.gnm_random_graph(20, 50, seed=1)
    for u, v in body.edges:
        body[u][v]["weight"] = u + v
    nx.write_edgelist(body, tmp_path / "a.edgelist")
    nx.write_weighted_edgelist(body, tmp_path / "b.txt")
    for name in ("a.edgelist", "b.txt"):
        assert nx.utils.graphs_equal(nx.Graph(nx.to_dict_of_dicts(nx.Graph(_plain(read_graph(tmp_path / name))))), body)


def _plain(graph: Graph) -> nx.Graph:
    body = type(graph.nx)()
    body.add_nodes_from(graph.nx)
    body.add_edges_from((edge.source, edge.target, dict(edge.attributes)) for edge in graph.edges())
    return body


def test_parquet(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"from": ["007", "b"], "to": ["b", "c"], "distance": [1.5, None]})
    frame.write_parquet(tmp_path / "x.parquet")
    graph = read_graph(tmp_path / "x.parquet")
    assert edges(graph) == [("007", "b", {"weight": 1.5}), ("b", "c", {})]
    write_graph(graph, tmp_path / "y.parquet")
    assert edges(read_graph(tmp_path / "y.parquet")) == edges(graph)
    with pytest.raises(ParseError, match="Parquet"):
        read_graph(b"PAR1 but not really")


def test_rows_that_differ_are_kept_when_pairs_differ_in_their_two_directions() -> None:
    """The graph turns directed, and two rows of one direction are then parallel edges, not one."""
    graph = read_graph(b"source,target,weight\na,b,1\nb,a,1\nb,a,2\n")
    assert graph.directed
    assert [(e.source, e.target, e.attributes["weight"]) for e in graph.edges()] == [
        ("a", "b", 1), ("b", "a", 1), ("b", "a", 2)]  # fmt: skip
