"""A served graph model over HTTP, as the agents ask it; and the same model in this process gives the same."""

from __future__ import annotations

import os
import signal
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.serving.engine import needs_vllm

needs_vllm()
pytest.importorskip("langchain_openai", reason="needs the extra openai")

from adapters.serving.command import Serving  # noqa: E402
from adapters.serving.parts import content_part, reasoning_part  # noqa: E402
from adapters.serving.server import ServerError, check, running  # noqa: E402
from adapters.serving.twin import Twin  # noqa: E402
from agents.ask import GraphAgent  # noqa: E402
from agents.models import ModelDown, ModelError, ask_json, chat_model  # noqa: E402
from graphs.clrs.text import read_question  # noqa: E402
from tests.adapters.serving import folders  # noqa: E402
from tests.adapters.serving.folders import BFS, DIJKSTRA, graph_of  # noqa: E402
from tests.adapters.serving.test_server import free_port  # noqa: E402
from tests.adapters.tiny import torch  # noqa: E402

pytestmark = [pytest.mark.vllm, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
CUT = "\ufffd"
TRUTH = {
    "type": "object",
    "properties": {"yes": {"type": "boolean"}},
    "required": ["yes"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Running:
    serving: Serving
    folder: Path
    lora: Path
    process: Any

    @property
    def at(self) -> str:
        return f"@{self.serving.url}/v1"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    place, tokenizer = tmp_path_factory.mktemp("served"), folders.byte_tokenizer()
    folder = folders.transnar(place, tokenizer=tokenizer)
    lora = folders.lora(place / "lora", folder, tokenizer)
    serving = Serving(
        model=str(folder), name="tiny", python=sys.executable, port=free_port(), on_cpu=True, loras={"planner": lora},
        more=("--max-num-seqs", "4"),
    )  # fmt: skip
    with running(serving, place / "log", timeout=900) as process:
        yield Running(serving, folder, lora, process)


def whole(reply: Any) -> str:
    """The text without letters that were cut in the middle of their bytes, which vLLM holds back."""
    return str(reply.text).rstrip(CUT)


def parts(question: str, *graphs: dict[str, Any]) -> list[Any]:
    return [("human", [*map(content_part, graphs), {"type": "text", "text": question}])]


def test_the_check_asks_with_a_graph(served: Running) -> None:
    found = check(served.serving)
    assert found["models"] == ["tiny", "planner"]
    assert found["graph"]
    assert found["usage"]["prompt_tokens"] == 8 + 8 * 8 + len("Say yes.")  # nodes, pairs, bytes


def test_served_and_in_process_models_say_the_same(served: Running) -> None:
    here, there = (chat_model(spec, max_tokens=24) for spec in (f"graph:{served.folder}", f"graph:tiny{served.at}"))
    asked: list[Any] = [BFS, DIJKSTRA, "What is a graph?", parts("So?", graph_of(BFS), graph_of(DIJKSTRA))]
    said = [whole(there.invoke(question)) for question in asked]
    assert said == [whole(here.invoke(question)) for question in asked]
    assert all(len(text) > 6 for text in said)
    # the graph was read: the same text without one is answered otherwise
    assert said[0] != whole(chat_model(f"vllm:tiny{served.at}", max_tokens=24).invoke(BFS))


def test_plain_chat_openai_carries_a_graph(served: Running) -> None:
    from langchain_openai import ChatOpenAI

    chat = ChatOpenAI(model="tiny", base_url=f"{served.serving.url}/v1", api_key="none", temperature=0, max_tokens=12)
    read = read_question(BFS)
    content = [reasoning_part(read.algorithm, read.inputs), {"type": "text", "text": BFS}]
    expected = chat_model(f"graph:tiny{served.at}", max_tokens=12).invoke(BFS).text
    assert chat.invoke([("human", content)]).text == expected


@pytest.mark.parametrize(
    ("graph", "told"),
    [
        ({"nodes": 3}, "this model reads"),
        ({"algorithm": "dfs", "inputs": {}}, "knows bfs, dijkstra; not 'dfs'"),
        ({"algorithm": "bfs", "inputs": {"s": 9, "A": [[0, 1], [1, 0]]}}, "no place among 2 nodes"),
        ({"algorithm": "bfs", "inputs": {"s": 0, "A": [[0] * 9] * 9}}, "at most 8"),
    ],
)
def test_a_bad_graph_is_a_400_that_says_why(served: Running, graph: dict[str, Any], told: str) -> None:
    with pytest.raises(ModelError, match=f"answered 400.*{told}"):
        chat_model(f"graph:tiny{served.at}").invoke(parts("So?", graph))


def test_a_part_that_is_no_json_is_a_400(served: Running) -> None:
    bad = {"type": "image_url", "image_url": {"url": "data:application/vnd.graph+json;base64,e30x"}}
    with pytest.raises(ModelError, match="answered 400.*no JSON"):
        chat_model(f"graph:tiny{served.at}").invoke([("human", [bad, {"type": "text", "text": "So?"}])])


def test_the_server_lives_on_after_bad_graphs(served: Running) -> None:
    with urllib.request.urlopen(f"{served.serving.url}/health", timeout=10) as reply:
        assert reply.status == 200


def test_a_lora_adapter_by_its_name(served: Running) -> None:
    from peft import PeftModel

    twin = Twin.load(served.folder)
    model = PeftModel.from_pretrained(twin.model.unload(), str(served.lora)).eval()
    ids = twin.tokenizer("Which node?", return_tensors="pt")["input_ids"]
    with torch.no_grad():
        made = model.generate(ids, max_new_tokens=24, do_sample=False)[0, ids.shape[1] :]
    expected = twin.tokenizer.decode(made, skip_special_tokens=True)
    expected = expected.rstrip(CUT)
    assert len(expected) > 6
    assert whole(chat_model(f"vllm:planner{served.at}", max_tokens=24).invoke("Which node?")) == expected
    assert whole(chat_model(f"vllm:tiny{served.at}", max_tokens=24).invoke("Which node?")) != expected


def test_replies_are_held_to_a_schema(served: Running) -> None:
    found = ask_json(chat_model(f"graph:tiny{served.at}", max_tokens=40), [("human", BFS)], TRUTH)
    assert found.value["yes"] in (True, False)


def test_the_ask_workflow_asks_it(served: Running) -> None:
    with closing(GraphAgent(f"graph:tiny{served.at}")) as agent:
        reply = agent.ask("Ann-Bob, Bob-Eve. Which of them would make the best mayor?")
    assert reply.cost.model_calls > 0
    assert reply.status in ("unverified", "unanswerable")


def test_a_prefix_is_read_once(served: Running) -> None:
    def figure(name: str) -> float:
        with urllib.request.urlopen(f"{served.serving.url}/metrics", timeout=10) as reply:
            lines = reply.read().decode().splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name))

    chat = chat_model(f"graph:tiny{served.at}", max_tokens=1)
    long = BFS + "Think about it. " * 20
    before = figure("vllm:prefix_cache_hits_total")
    for end in ("And now?", "And then?"):
        chat.invoke(long + end)
    assert figure("vllm:prefix_cache_hits_total") - before >= 128


def test_a_wrong_name_and_a_dead_server_are_told(served: Running) -> None:
    with pytest.raises(ModelError, match="has no model 'other'"):
        chat_model(f"graph:other{served.at}").invoke("So?")
    with pytest.raises(ModelDown):
        chat_model(f"graph:tiny@http://127.0.0.1:{free_port()}/v1").invoke("So?")
    with pytest.raises(ServerError, match="404"):
        check(Serving(model="m", name="other", python="", port=served.serving.port))


def test_a_server_that_dies_is_told(served: Running) -> None:
    """The last test: nothing answers after it."""
    chat = chat_model(f"graph:tiny{served.at}", max_tokens=3000, timeout=120.0, retries=0)
    timer = threading.Timer(2.0, os.killpg, (served.process.pid, signal.SIGKILL))
    timer.start()
    try:
        with pytest.raises(ModelError, match="broke the connection|cannot be reached"):
            _ = [chat.invoke("So?") for _ in range(500)]
    finally:
        timer.cancel()
    with pytest.raises(ModelDown):
        chat.invoke("So?")
