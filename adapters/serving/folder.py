"""A servable folder: the language model's files, the adapter in peft's form, and a `config.json` about both.

config.json             the language model's settings, and `graph`: what `About` holds
model*.safetensors …    the language model's own files, as they were
adapter/                what `save_pretrained` wrote
nar/                    the reasoner, with TransNAR alone
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from adapters.serving.parts import Arrays, read_node, read_reasoning
from graphs.errors import BadArgument, StorageError

MODEL_TYPE = "konigsberg_graph"
ARCHITECTURES = {
    "transnar": "KonigsbergTransNARForCausalLM",
    "graph_adapter": "KonigsbergGraphAdapterForCausalLM",
    "sparse_gin": "KonigsbergSparseGINForCausalLM",
}


@dataclass(frozen=True)
class About:
    """What a servable folder holds.

    kind: a key of ARCHITECTURES. vocabulary: how many tokens the language model has; the two after them stand for a
    graph's nodes and pairs of nodes, and no text holds them. node_size: width of what a node brings along. most_nodes:
    of a graph that a reasoner runs on. stride: by how much the position grows with each token. edges: whether pairs of
    nodes are read, too. algorithms: the reasoner's.
    """

    kind: str
    vocabulary: int
    node_size: int = 0
    most_nodes: int = 16
    stride: int = 1
    edges: bool = False
    algorithms: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: Any) -> About:
        """From the `graph` of a loaded configuration, or from that of a `config.json`."""
        data = config["graph"] if isinstance(config, Mapping) else config.graph
        known = {field.name for field in fields(cls)}
        return cls(**{**{k: v for k, v in data.items() if k in known}, "algorithms": tuple(data["algorithms"])})

    def as_json(self) -> dict[str, Any]:
        """What `of` reads."""
        return asdict(self) | {"algorithms": list(self.algorithms)}

    @property
    def node_token(self) -> int:
        return self.vocabulary

    @property
    def pair_token(self) -> int:
        return self.vocabulary + 1

    @property
    def takes_graphs(self) -> bool:
        return self.kind != "sparse_gin"

    @property
    def most_tokens(self) -> int:
        """How many hidden tokens the largest graph takes."""
        if self.kind == "transnar":
            return self.most_nodes + self.edges * self.most_nodes**2
        return int(self.takes_graphs)

    def read(self, graph: Any) -> Arrays:
        """The graph of a request, checked, as arrays.

        Raises:
            ParseError: this model cannot read it. TooLarge: it is over a limit. BadArgument: this model takes none.
        """
        if self.kind == "transnar":
            return read_reasoning(graph, self.algorithms, self.most_nodes)
        if self.kind == "graph_adapter":
            return read_node(graph, self.node_size)
        raise BadArgument("this model takes no graph with a request; it draws its own over the text's tokens")

    def count(self, graph: Mapping[str, Any]) -> tuple[int, int]:
        """How many hidden tokens stand for the nodes and for the pairs of a graph that `read` gave."""
        if self.kind != "transnar":
            return 1, 0
        nodes = int(graph["num_nodes"][0])
        return nodes, self.edges * nodes**2

    def largest(self) -> dict[str, Any]:
        """A graph of the most tokens."""
        if self.kind == "graph_adapter":
            return {"features": [[0.0] * self.node_size], "edges": [], "node": 0}
        from graphs.clrs.example import sample
        from graphs.clrs.inputs import asked

        name = "bfs" if "bfs" in self.algorithms else self.algorithms[0]
        drawn = sample(name, self.most_nodes, np.random.RandomState(0)).inputs
        inputs = {f.name: drawn[f.name] for f in asked(name)}
        return {
            "algorithm": name,
            "inputs": {
                f.name: int(inputs[f.name].argmax()) if f.kind == "mask_one" else inputs[f.name].tolist()
                for f in asked(name)
            },
        }


def about(folder: Path) -> About:
    """What a servable folder holds.

    Raises:
        StorageError: it is no such folder.
    """
    data = settings(folder)
    if data.get("model_type") != MODEL_TYPE:
        raise StorageError(f"{folder} is no servable folder; `konigsberg export` makes one of a model and an adapter")
    try:
        return About.of(data)
    except (KeyError, TypeError) as error:
        raise StorageError(f"{folder / 'config.json'} is damaged ({error}); export it again") from error


def settings(folder: Path) -> dict[str, Any]:
    """The `config.json` of a model folder.

    Raises:
        StorageError: there is none, or it cannot be read.
    """
    try:
        found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StorageError(f"{folder} holds no model: its config.json cannot be read ({error})") from error
    if not isinstance(found, dict):
        raise StorageError(f"{folder / 'config.json'} holds no settings")
    return found
