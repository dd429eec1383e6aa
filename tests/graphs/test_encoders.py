"""Graph to text against the benchmark's own prompts and its own reading back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import Graph
from graphs.errors import BadArgument, ParseError, TooLarge, WrongKind
from graphs.text.encoders import ENCODERS, GRAPHQA_ENCODERS, decode_compact, encode, node_names

DEV = Path(__file__).parents[3] / "shared/data/graphqa/dev.jsonl"


@pytest.mark.skipif(not DEV.exists(), reason="the GraphQA items are not on this machine")
def test_every_benchmark_prompt_is_re_encoded_byte_for_byte() -> None:
    rows = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 2268
    for row in rows:
        graph = Graph.from_edges(row["graph"]["edges"], row["graph"]["nodes"])
        said = row["question"].split("Q: ")[0]
        ours = encode(graph, row["encoder"])
        if row["task"] == "node_classification":
            likes = said.removeprefix(ours)
            assert len(ours) + len(likes) == len(said)
            assert all(line.startswith("Node ") and " likes " in line for line in likes.splitlines())
        else:
            assert ours == said, row["id"]
        assert node_names(row["encoder"], row["n"]) == row["graph"]["names"]


def test_wordings() -> None:
    graph = Graph.from_edges([(0, 1), (1, 2)], [0, 1, 2, 3])
    assert encode(graph, "incident") == (
        "G describes a graph among nodes 0, 1, 2, and 3.\nIn this graph:\nNode 0 is connected to node 1.\n"
        "Node 1 is connected to nodes 0, 2.\nNode 2 is connected to node 1.\n"
    )
    assert encode(graph, "coauthorship").endswith("Robert and John wrote a paper together..\n")
    directed = Graph.from_edges([(0, 1)], directed=True)
    assert encode(directed, "adjacency").startswith("In a directed graph, (i,j) means that there is an edge from")
    assert "following directed edges:\nA -> B\n" in encode(directed, "expert")
    assert encode(Graph.from_edges([("x", "y")]), "got", own_labels=True).endswith("x and y are friends.\n")


def test_numbers_name_themselves_whatever_the_order() -> None:
    graph = Graph.from_edges([(2, 0)], [2, 1, 0])
    assert "(2, 0)" in encode(graph, "adjacency")


@pytest.mark.parametrize("encoder", GRAPHQA_ENCODERS)
def test_what_has_no_words_is_refused(encoder: str) -> None:
    with pytest.raises(BadArgument, match="without nodes"):
        encode(Graph(), encoder)
    if encoder not in ("adjacency", "incident", "expert"):
        with pytest.raises(WrongKind, match="directed"):
            encode(Graph.from_edges([(0, 1)], directed=True), encoder)
    if encoder not in ("adjacency", "incident"):
        with pytest.raises(BadArgument, match="names"):
            encode(Graph.from_edges([(i, i + 1) for i in range(60)]), encoder)


def test_unknown_encoder_lists_the_known() -> None:
    with pytest.raises(BadArgument, match="adjacency, incident"):
        encode(Graph.from_edges([(0, 1)]), "nonsense")
    assert set(ENCODERS) == {*GRAPHQA_ENCODERS, "compact"}


labels = st.one_of(st.integers(-10, 10**20), st.text(max_size=12))
values = st.one_of(st.integers(), st.floats(allow_nan=False), st.text(max_size=5), st.booleans())
attributes = st.dictionaries(
    st.one_of(st.sampled_from(["weight", "time", "key", ".w", "w"]), st.text(max_size=4)), values
)


@st.composite
def any_graphs(draw: st.DrawFn) -> Graph:
    nodes = draw(st.lists(labels, unique=True, min_size=1, max_size=6))
    directed, multi = draw(st.booleans()), draw(st.booleans())
    graph = Graph.from_edges((), nodes, directed=directed, multi=multi)
    for node in nodes:
        graph.nx.nodes[node].update(draw(attributes))
    for source, target, data in draw(st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes), attributes))):
        key = graph.nx.add_edge(source, target)
        graph.nx.edges[(source, target, key) if multi else (source, target)].update(data)
    return graph


@given(any_graphs())
@settings(deadline=None)
def test_compact_is_one_line_and_reads_back_equal(graph: Graph) -> None:
    text = encode(graph, "compact")
    assert "\n" not in text
    back = decode_compact(text)
    assert back.to_json() == graph.to_json()
    assert (back.directed, back.multi) == (graph.directed, graph.multi)


def test_compact_keeps_odd_keys() -> None:
    graph = Graph.from_edges((), multi=True)
    graph.nx.add_edge("a", "b", key="first")
    graph.nx.add_edge("a", "b", key=7, weight=2)
    assert decode_compact(encode(graph, "compact")).to_json() == graph.to_json()


@pytest.mark.parametrize(
    "text",
    ["", "graph", "graph {", 'graph {"n":2,"e":[[0,5]]}', 'tree {"n":1,"e":[]}', 'graph {"n":[[1]],"e":[[0,0]]}',
             'graph {"n":2,"e":[0]}', "graph []", 'graph {"n":2,"e":[[0,1]],"a":{"9":{}}}']
)  # fmt: skip
def test_a_broken_compact_text_is_a_parse_error(text: str) -> None:
    with pytest.raises(ParseError):
        decode_compact(text)


def test_a_huge_declared_size_is_refused() -> None:
    with pytest.raises(TooLarge):
        decode_compact('graph {"n":999999999999,"e":[]}')
