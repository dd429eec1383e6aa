"""Graph models behind the interface of all chat models: in this process, and what leaves for a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.adapters.serving import folders
from tests.adapters.serving.folders import BFS, graph_of
from tests.adapters.tiny import torch

from adapters.serving.parts import content_part, from_url  # isort: skip
from adapters.serving.twin import Twin
from agents.backends.graph_models import apart, with_graph
from agents.models import ModelError, chat_model, parse_spec
from agents.routes import routes_of
from graphs.errors import BadArgument


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folders.transnar(tmp_path_factory.mktemp("transnar"))


def asked(text: str, *graphs: Any) -> list[Any]:
    return [("human", [*map(content_part, graphs), {"type": "text", "text": text}])]


def test_it_writes_what_the_twin_writes(folder: Path) -> None:
    twin = Twin.load(folder)
    ids = twin.tokenizer(BFS, return_tensors="pt")["input_ids"]
    other = graph_of(BFS) | {"algorithm": "dijkstra"}

    def written(graph: Any) -> str:
        with twin.reading([graph]):
            made = twin.model.generate(ids, max_new_tokens=6, do_sample=False)[0, ids.shape[1] :]
        return str(twin.tokenizer.decode(made, skip_special_tokens=True))

    model = chat_model(f"graph:{folder}", max_tokens=6)
    assert str(model.invoke(BFS).text) == written(graph_of(BFS))
    assert str(model.invoke(asked(BFS, graph_of(BFS))).text) == written(graph_of(BFS))
    assert str(model.invoke(asked(BFS, other)).text) == written(other)
    plain = ids[0].tolist()
    near, far = (twin.log_probabilities(plain, [graph]) for graph in (graph_of(BFS), other))
    assert not torch.allclose(near, far)


def test_a_question_of_clrs_text_brings_its_graph() -> None:
    (message,) = with_graph(({"role": "user", "content": f"Answer this:\n{BFS}"},))
    graph, text = message["content"]
    found = from_url(graph["image_url"]["url"])
    assert found["algorithm"] == "bfs"
    assert found["inputs"]["A"][0] == [1, 1, 0, 1]
    assert text == {"type": "text", "text": f"Answer this:\n{BFS}"}


@pytest.mark.parametrize("content", ["What is a graph?", "bfs:\nnothing\npi:\n", [{"type": "text", "text": BFS}]])
def test_other_messages_leave_as_they_are(content: Any) -> None:
    messages = ({"role": "system", "content": "So."}, {"role": "user", "content": content})
    assert with_graph(messages) == messages


def test_graphs_and_text_are_told_apart() -> None:
    content = [content_part({"a": 1}), {"type": "text", "text": "one"}, {"type": "text", "text": "two"}]
    plain, graphs = apart(({"role": "user", "content": content}, {"role": "assistant", "content": "yes"}))
    assert [message["content"] for message in plain] == ["one\ntwo", "yes"]
    assert graphs == [{"a": 1}]
    with pytest.raises(BadArgument, match="something else"):
        apart(({"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://x.org/a.png"}}]},))


def test_bad_graphs_are_faults(folder: Path) -> None:
    with pytest.raises(ModelError, match="this model reads"):
        chat_model(f"graph:{folder}").invoke(asked("So?", {"nodes": 3}))


def test_specs() -> None:
    assert parse_spec("graph:tiny@http://h:1").url == "http://h:1/v1"
    assert parse_spec("graph:some/folder").url is None
    assert routes_of("graph:tiny@http://h:1/v1") == ("embedded", "reasoning")


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="holds no model"):
        chat_model(f"graph:{tmp_path}")
    with pytest.raises(BadArgument, match="names no file"):
        chat_model("graph:")
