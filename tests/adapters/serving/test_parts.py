"""Graphs in requests: there and back, and a clear word for every bad one."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

from adapters.serving.parts import (
    MOST_BYTES,
    PREFIX,
    content_part,
    from_url,
    is_graph,
    node_part,
    read_node,
    read_reasoning,
    reasoning_part,
    unpacked,
)
from graphs.clrs.example import run, sample
from graphs.clrs.inputs import asked
from graphs.clrs.spec import GRAPH_ALGORITHMS, SPECS
from graphs.errors import GraphError, ParseError, TooLarge

BFS = {"algorithm": "bfs", "inputs": {"s": 0, "A": [[0, 1], [1, 0]]}}
NODE = {"features": [[1.0, 0.0], [0.5, 2.0], [0.0, 1.0]], "edges": [[0, 1], [1, 2], [2, 2]], "node": 1}


def url_of(part: dict[str, Any]) -> str:
    return str(part["image_url"]["url"])


def test_a_part_comes_back_as_it_was() -> None:
    assert from_url(url_of(content_part(BFS))) == BFS
    assert from_url(url_of(reasoning_part("bfs", {"s": 0, "A": np.array([[0, 1], [1, 0]])}))) == BFS
    part = node_part(np.array(NODE["features"]), [(0, 1), (1, 2), (2, 2)], 1)
    assert from_url(url_of(part)) == NODE | {"directed": False}
    assert from_url(f"{PREFIX},%7B%22a%22%3A1%7D") == {"a": 1}


def test_other_urls_are_no_graphs() -> None:
    assert not is_graph("data:image/png;base64,AAAA")
    assert not is_graph("https://example.org/graph.json")
    assert is_graph(PREFIX.upper() + ";base64,AA==")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"{PREFIX};base64", "write data:"),
        (f"{PREFIX};base64,?", "no base64"),
        (f"{PREFIX};base64,{base64.b64encode(b'{').decode()}", "no JSON"),
        (f"{PREFIX};base64,{base64.b64encode(b'[1]').decode()}", "a JSON object is needed"),
        (f"{PREFIX};base64,{base64.b64encode(b'[' * 100_000).decode()}", "no JSON"),
    ],
)
def test_what_cannot_be_read_is_told(url: str, told: str) -> None:
    with pytest.raises(ParseError, match=told):
        from_url(url)


def test_large_parts_are_refused_before_they_are_decoded() -> None:
    with pytest.raises(TooLarge, match="smaller graph"):
        from_url(f"{PREFIX};base64,{'A' * (MOST_BYTES * 2)}")


@pytest.mark.parametrize("name", GRAPH_ALGORITHMS)
def test_a_reasoners_input_is_what_it_would_be_without_a_request(name: str) -> None:
    drawn = sample(name, 5, np.random.RandomState(0))
    inputs = {
        f.name: int(drawn.inputs[f.name].argmax()) if f.kind == "mask_one" else drawn.inputs[f.name].tolist()
        for f in asked(name)
    }
    sent = json.loads(json.dumps({"algorithm": name, "inputs": inputs}))
    packed = read_reasoning(sent, GRAPH_ALGORITHMS, 8)
    found = unpacked(int(packed["algorithm"][0]), int(packed["num_nodes"][0]), packed["values"])
    expected = run(name, **inputs)
    assert found.algorithm == name
    for key, value in expected.inputs.items():
        assert np.allclose(found.inputs[key], value, atol=1e-6), key
    for feature in SPECS[name]:
        if feature.stage == "hint":
            assert np.allclose(found.hints[feature.name], expected.hints[feature.name][:1], atol=1e-6), feature.name


@pytest.mark.parametrize(
    ("graph", "kind", "told"),
    [
        ([], ParseError, "this model reads"),
        ({"algorithm": "bfs"}, ParseError, "this model reads"),
        (BFS | {"more": 1}, ParseError, "this model reads"),
        (BFS | {"algorithm": "dfs"}, ParseError, "knows bfs; not 'dfs'"),
        (BFS | {"algorithm": ["bfs"]}, ParseError, "knows bfs"),
        (BFS | {"inputs": {"s": 0}}, ParseError, "bfs takes"),
        (BFS | {"inputs": {"s": 2, "A": [[0, 1], [1, 0]]}}, ParseError, "no place among 2 nodes"),
        (BFS | {"inputs": {"s": 0, "A": [[0, 1], [1]]}}, ParseError, "differ in length"),
        (BFS | {"inputs": {"s": 0, "A": "x"}}, ParseError, "graph part"),
        (BFS | {"inputs": {"s": 0, "A": [[float("nan"), 1], [1, 0]]}}, ParseError, "graph part"),
        (BFS | {"inputs": {"s": 0, "A": np.zeros((9, 9)).tolist()}}, TooLarge, "at most 8"),
    ],
)
def test_bad_input_of_a_reasoner_is_told(graph: Any, kind: type[GraphError], told: str) -> None:
    with pytest.raises(kind, match=told):
        read_reasoning(graph, ["bfs"], 8)


def test_edges_count_both_ways_unless_directed() -> None:
    assert sorted(read_node(NODE, 2)["edges"].tolist()) == [[0, 1], [1, 0], [1, 2], [2, 1], [2, 2]]
    assert read_node(NODE | {"directed": True}, 2)["edges"].tolist() == NODE["edges"]
    alone = read_node({"features": [[1, 2]], "edges": [], "node": 0}, 2)
    assert alone["edges"].shape == (0, 2)
    assert alone["features"].dtype == np.float32


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"node": 3}, "a number from 0 to 2"),
        ({"node": True}, "a number from 0 to 2"),
        ({"edges": [[0, 3]]}, "outside of 0 to 2"),
        ({"edges": [[0, -1]]}, "outside of 0 to 2"),
        ({"edges": [[0, 1.5]]}, "whole numbers"),
        ({"edges": [[0, 1, 2]]}, "whole numbers"),
        ({"edges": {}}, "this model reads"),
        ({"features": [[1.0], [2.0], [3.0]]}, "rows of 2"),
        ({"features": [[1.0, 2.0], [3.0]]}, "rows of 2"),
        ({"features": [["a", "b"]] * 3}, "finite numbers"),
        ({"features": [[1.0, float("inf")]] * 3}, "finite numbers"),
        ({"features": []}, "a number from 0"),
        ({"directed": 1}, "true or false"),
        ({"name": "x"}, "not 'name'"),
    ],
)
def test_bad_text_graphs_are_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(GraphError, match=told):
        read_node(NODE | change, 2)
