"""The graph in a chat request: a content part whose data URL holds JSON of the type `application/vnd.graph+json`.

The part has the type `image_url`, which clients of OpenAI's chat API hand on unchanged. Two kinds of JSON are read:

    {"algorithm": "bfs", "inputs": {"s": 0, "A": [[0, 1], [1, 0]]}}          what a reasoner runs on (TransNAR)
    {"features": [[0.1, …], …], "edges": [[0, 1], …], "node": 0}             a text's node in its graph (GraphAdapter)

`edges` count in both directions unless `"directed": true` stands there; then they lead from the first to the second.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.clrs.example import Example, run
from graphs.clrs.spec import SPECS, Feature
from graphs.errors import GraphError, ParseError, TooLarge

MEDIA_TYPE = "application/vnd.graph+json"
PREFIX = f"data:{MEDIA_TYPE}"
MOST_BYTES = 16 * 2**20
MOST_NODES, MOST_EDGES = 100_000, 1_000_000
ALGORITHMS = sorted(SPECS)  # their places are the numbers that a packed example carries
Arrays = dict[str, NDArray[Any]]


def reasoning_part(algorithm: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The content part that lets TransNAR read what a reasoner finds on these inputs, named as CLRS-Text names them."""
    return content_part({"algorithm": algorithm, "inputs": _plain(inputs)})


def node_part(features: Any, edges: Sequence[tuple[int, int]], node: int, *, directed: bool = False) -> dict[str, Any]:
    """The content part that tells GraphAdapter of which node a text is. features: [num_nodes, node_size]."""
    return content_part({
        "features": _plain(features), "edges": [list(edge) for edge in edges], "node": node, "directed": directed
    })  # fmt: skip


def content_part(graph: Mapping[str, Any]) -> dict[str, Any]:
    """Any graph as a content part."""
    data = base64.b64encode(json.dumps(graph, separators=(",", ":")).encode()).decode()
    return {"type": "image_url", "image_url": {"url": f"{PREFIX};base64,{data}"}}


def is_graph(url: str) -> bool:
    """Whether a URL is a graph's."""
    return url[: len(PREFIX)].lower() == PREFIX


def from_url(url: str) -> dict[str, Any]:
    """The JSON of a data URL, in base64 or plain.

    Raises:
        ParseError: it cannot be decoded. TooLarge: it is over the limit.
    """
    head, comma, data = url.partition(",")
    if not is_graph(url) or not comma:
        raise ParseError(f"write {PREFIX};base64,…", where="graph part")
    if len(data) > MOST_BYTES * 4 / 3 + 4:
        raise TooLarge(f"graph part: over {MOST_BYTES} bytes; send a smaller graph")
    if not head.lower().endswith(";base64"):
        from urllib.parse import unquote_to_bytes

        return from_bytes(unquote_to_bytes(data))
    try:
        return from_bytes(base64.b64decode(data, validate=True))
    except binascii.Error as error:
        raise ParseError(f"no base64 ({error})", where="graph part") from error


def from_bytes(data: bytes) -> dict[str, Any]:
    """The JSON object in some bytes.

    Raises:
        ParseError: they are none. TooLarge: they are over the limit.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(f"graph part: {len(data)} bytes, and {MOST_BYTES} are read; send a smaller graph")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"no JSON ({str(error)[:100]})", where="graph part") from error
    if not isinstance(found, dict):
        raise ParseError("a JSON object is needed, {…}", where="graph part")
    return found


def read_reasoning(graph: Any, known: Sequence[str], most_nodes: int) -> Arrays:
    """What a reasoner is given, as flat arrays: `algorithm` [1], `num_nodes` [1], `values` (inputs, then first hints).

    known: the reasoner's algorithms.

    Raises:
        ParseError: no such graph. TooLarge: more than most_nodes.
    """
    if not isinstance(graph, dict) or set(graph) != {"algorithm", "inputs"} or not isinstance(graph["inputs"], dict):
        raise ParseError('this model reads {"algorithm": NAME, "inputs": {…}}', where="graph part")
    name = graph["algorithm"]
    if not isinstance(name, str) or name not in known:
        raise ParseError(f"this model knows {', '.join(known)}; not {str(name)[:60]!r}", where="graph part")
    longest = max((len(value) for value in graph["inputs"].values() if isinstance(value, (list, str))), default=0)
    if longest > most_nodes:
        raise TooLarge(f"graph part: {longest} nodes, and this model is served for at most {most_nodes}")
    try:
        example = run(name, **graph["inputs"])
    except GraphError as error:
        raise ParseError(str(error), where="graph part") from error
    except (TypeError, ValueError) as error:
        raise ParseError(f"the inputs of {name} cannot be read ({str(error)[:200]})", where="graph part") from error
    if example.num_nodes > most_nodes:
        raise TooLarge(f"graph part: {example.num_nodes} nodes, and this model is served for at most {most_nodes}")
    parts = [np.asarray(_first(example, feature), np.float32).ravel() for feature in _given(name)]
    numbers = {"algorithm": ALGORITHMS.index(name), "num_nodes": example.num_nodes}
    return {key: np.array([value], np.int64) for key, value in numbers.items()} | {"values": np.concatenate(parts)}


def unpacked(algorithm: int, num_nodes: int, values: NDArray[Any]) -> Example:
    """The example that `read_reasoning` packed, with its first hints and empty outputs."""
    name, at = ALGORITHMS[algorithm], 0
    stages: dict[str, dict[str, NDArray[Any]]] = {"input": {}, "hint": {}, "output": {}}
    for feature in _given(name):
        shape = _shape(feature, num_nodes)
        count = int(np.prod(shape))
        row = np.asarray(values[at : at + count], np.float64).reshape(shape)
        stages[feature.stage][feature.name] = row[None] if feature.stage == "hint" else row
        at += count
    for feature in SPECS[name]:
        if feature.stage == "output":
            stages["output"][feature.name] = np.zeros(_shape(feature, num_nodes))
    return Example(name, stages["input"], stages["output"], stages["hint"])


def _given(algorithm: str) -> list[Feature]:
    return [f for f in SPECS[algorithm] if f.stage == "input"] + [f for f in SPECS[algorithm] if f.stage == "hint"]


def _first(example: Example, feature: Feature) -> NDArray[Any]:
    return np.asarray(example.hints[feature.name][0] if feature.stage == "hint" else example.inputs[feature.name])


def _shape(feature: Feature, n: int) -> tuple[int, ...]:
    shape = {"node": (n,), "edge": (n, n), "graph": ()}[feature.location]
    return (*shape, feature.classes) if feature.kind == "categorical" else shape


def read_node(graph: Any, node_size: int) -> Arrays:
    """A text-attributed graph and one node: `features` [num_nodes, node_size], `edges` [num_edges, 2], `node` [1].

    Raises:
        ParseError: no such graph. TooLarge: more nodes or edges than are read.
    """
    wanted = 'this model reads {"features": [[…], …], "edges": [[u, v], …], "node": i}'
    if not isinstance(graph, dict) or not {"features", "edges", "node"} <= set(graph):
        raise ParseError(wanted, where="graph part")
    if spare := set(graph) - {"features", "edges", "node", "directed"}:
        raise ParseError(f"{wanted}; not {sorted(map(str, spare))[0]!r}", where="graph part")
    if not isinstance(graph.get("directed", False), bool):
        raise ParseError('"directed" is true or false', where="graph part")
    if not isinstance(graph["features"], list) or not isinstance(graph["edges"], list):
        raise ParseError(wanted, where="graph part")
    if len(graph["features"]) > MOST_NODES or len(graph["edges"]) > MOST_EDGES:
        raise TooLarge(f"graph part: at most {MOST_NODES} nodes and {MOST_EDGES} edges; send the node's neighbourhood")
    features = _numbers(graph["features"], (len(graph["features"]), node_size), "features", np.float32)
    edges = _numbers(graph["edges"], (len(graph["edges"]), 2), "edges", np.int64)
    node = graph["node"]
    if isinstance(node, bool) or not isinstance(node, int) or not 0 <= node < len(features):
        raise ParseError(f'"node" is a number from 0 to {len(features) - 1}, not {str(node)[:40]}', where="graph part")
    if edges.size and not 0 <= edges.min() <= edges.max() < len(features):
        raise ParseError(f"an edge names a node outside of 0 to {len(features) - 1}", where="graph part")
    if not graph.get("directed", False):
        edges = np.concatenate([edges, edges[edges[:, 0] != edges[:, 1]][:, ::-1]])
    return {"features": features, "edges": np.ascontiguousarray(edges), "node": np.array([node], np.int64)}


def _numbers(value: Any, shape: tuple[int, int], name: str, kind: Any) -> NDArray[Any]:
    """The value as an array of this shape; JSON's numbers alone, and finite ones."""
    try:
        found = np.array(value if value else np.zeros(shape))
    except ValueError:
        found = np.empty(0)
    whole = np.issubdtype(kind, np.integer) and bool(len(value))
    fits = found.shape == shape and np.issubdtype(found.dtype, np.integer if whole else np.number)
    if not fits or not np.isfinite(found).all():
        what = "whole numbers" if whole else "finite numbers"
        raise ParseError(f'"{name}" are rows of {shape[1]} {what}', where="graph part")
    return found.astype(kind)


def _plain(value: Any) -> Any:
    """Arrays and their like as lists."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value.tolist() if hasattr(value, "tolist") else value
