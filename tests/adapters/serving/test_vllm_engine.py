"""vLLM computes what the transformers twin computes, whatever it batches, caches and cuts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.serving.engine import Engine, engine, needs_vllm

needs_vllm()

from adapters.serving.twin import Twin  # noqa: E402
from tests.adapters.serving import folders  # noqa: E402
from tests.adapters.serving.folders import BFS, DIJKSTRA, PATH, graph_of  # noqa: E402
from tests.adapters.tiny import torch  # noqa: E402

pytestmark = [pytest.mark.vllm, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
TOLERANCE = 1e-4  # nats, in float32
Served = tuple[Engine, Twin]


def _served(folder: Path, **options: Any) -> Iterator[Served]:
    with engine(folder, **options) as found:
        yield found, Twin.load(folder)


@pytest.fixture(scope="module")
def transnar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from _served(folders.transnar(tmp_path_factory.mktemp("transnar")))


@pytest.fixture(scope="module")
def qwen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from _served(folders.transnar(tmp_path_factory.mktemp("qwen"), "qwen3"))


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from _served(folders.graph_adapter(tmp_path_factory.mktemp("adapter")))


@pytest.fixture(scope="module")
def gin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from _served(folders.sparse_gin(tmp_path_factory.mktemp("gin")))


def tokens(served: Served, text: str = BFS, times: int = 1) -> list[int]:
    found: list[int] = served[1].tokenizer(text * times)["input_ids"]
    return found


def close(a: Any, b: Any) -> bool:
    return bool(torch.allclose(a, b, atol=TOLERANCE, rtol=0))


def same(served: Served, ids: list[int], graphs: list[Any]) -> bool:
    """Whether the engine and the twin agree on every token of a prompt, and on those that follow."""
    run, twin = served
    (read,) = run.read((ids, graphs))
    ((said, sure, _),) = run.write((ids, graphs))
    expected = twin.log_probabilities([*ids, *said], graphs)
    return close(read, expected[: len(ids) - 1]) and close(sure, expected[len(ids) - 1 :])


def bare(twin: Twin, ids: list[int]) -> Any:
    with twin.model.disable_adapter():
        return twin.log_probabilities(ids)


@pytest.mark.parametrize("name", ["transnar", "qwen", "adapter", "gin"])
def test_the_engine_equals_the_twin(name: str, request: pytest.FixtureRequest) -> None:
    served = request.getfixturevalue(name)
    graphs = {"adapter": [PATH], "gin": []}.get(name, [graph_of(BFS)])
    assert same(served, tokens(served), graphs)
    assert not close(served[1].log_probabilities(tokens(served), graphs), bare(served[1], tokens(served)))


@pytest.mark.parametrize("name", ["transnar", "qwen", "adapter"])
def test_without_a_graph_it_is_the_base_model(name: str, request: pytest.FixtureRequest) -> None:
    served = request.getfixturevalue(name)
    (read,) = served[0].read((tokens(served), []))
    assert close(read, bare(served[1], tokens(served)))


@pytest.mark.parametrize("name", ["transnar", "adapter", "gin"])
def test_a_prompt_in_chunks_is_read_as_a_whole(name: str, request: pytest.FixtureRequest) -> None:
    served = request.getfixturevalue(name)
    graphs = {"adapter": [PATH], "gin": []}.get(name, [graph_of(BFS)])
    ids = tokens(served, times=5)
    assert len(ids) > 2 * 96
    assert same(served, ids, graphs)


@pytest.mark.parametrize("name", ["transnar", "adapter", "gin"])
def test_a_cached_prefix_changes_nothing(name: str, request: pytest.FixtureRequest) -> None:
    served = request.getfixturevalue(name)
    graphs = {"adapter": [PATH], "gin": []}.get(name, [graph_of(BFS)])
    prompt = (tokens(served, times=5), graphs)
    served[0].llm.reset_prefix_cache()
    ((first, sure, cached),) = served[0].write(prompt)
    ((again, sure_again, cached_again),) = served[0].write(prompt)
    assert cached == 0
    assert cached_again >= 128
    assert first == again
    assert close(sure, sure_again)


def test_another_graph_is_not_answered_from_the_cache(transnar: Served) -> None:
    run, twin = transnar
    ids, changed = tokens(transnar, times=5), graph_of(BFS)
    changed["inputs"]["s"] = 3
    run.write((ids, [graph_of(BFS)]))
    ((said, sure, cached),) = run.write((ids, [changed]))
    assert cached == 0
    assert close(sure, twin.log_probabilities([*ids, *said], [changed])[len(ids) - 1 :])


@pytest.mark.parametrize("name", ["transnar", "adapter", "gin"])
def test_a_batch_gives_what_single_prompts_give(name: str, request: pytest.FixtureRequest) -> None:
    run, twin = served = request.getfixturevalue(name)
    graphs = {"adapter": [PATH, PATH | {"node": 0}], "gin": [None, None]}.get(name, [graph_of(BFS), graph_of(DIJKSTRA)])
    given = [[graph] if graph else [] for graph in graphs]
    prompts = [(tokens(served), given[0]), (tokens(served, DIJKSTRA), given[1]), (tokens(served, times=3), [])]
    for found, (ids, graph) in zip(run.read(*prompts), prompts, strict=True):
        assert close(found, twin.log_probabilities(ids, graph))


def test_two_graphs_in_one_conversation(transnar: Served) -> None:
    assert same(transnar, tokens(transnar), [graph_of(BFS), graph_of(DIJKSTRA)])


def test_the_last_node_counts(adapter: Served) -> None:
    assert same(adapter, tokens(adapter), [PATH | {"node": 0}, PATH])
    first, second = (adapter[0].read((tokens(adapter), [PATH | {"node": node}]))[0] for node in (0, 1))
    assert not close(first, second)


def test_the_order_of_nodes_does_not_matter(adapter: Served) -> None:
    ids, order = tokens(adapter), [2, 0, 1]
    place = {node: at for at, node in enumerate(order)}
    turned = {
        "features": [PATH["features"][node] for node in order],
        "edges": [[place[v], place[u]] for u, v in PATH["edges"]],
        "node": place[PATH["node"]],
    }
    a, b = adapter[0].read((ids, [PATH]), (ids, [turned]))
    assert close(a, b)


def test_closed_gates_leave_the_base_model(transnar: Served) -> None:
    run, twin = transnar
    gates = [p for name, p in run.model.named_parameters() if name.endswith("gate")]
    before = [gate.clone() for gate in gates]
    assert len(gates) == 4
    try:
        for gate in gates:
            gate.data.zero_()
        ids = tokens(transnar)
        (read,) = run.read((ids, [graph_of(BFS)]))
    finally:
        for gate, old in zip(gates, before, strict=True):
            gate.data.copy_(old)
    assert close(read, bare(twin, ids))


@pytest.mark.parametrize(
    "about",
    [
        {"sparsify": "threshold", "cutoff": 0.3},
        {"heads": "mean", "aggregation": "sum"},
        {"edges": "self"},
    ],
    ids=str,
)
def test_every_form_of_the_token_graph(gin: Served, about: dict[str, Any]) -> None:
    run, twin = gin
    configs = [module.config for root in (run.model, twin.model) for module in root.modules() if _is_gin(module)]
    before = {name: getattr(configs[0], name) for name in about}
    try:
        for config in configs:
            vars(config).update(about)
        assert same(gin, tokens(gin, times=3), [])
    finally:
        for config in configs:
            vars(config).update(before)


def _is_gin(module: Any) -> bool:
    from adapters.sparse_gin.layer import SparseGIN

    return isinstance(module, SparseGIN)


def test_a_bad_graph_reaches_no_model(transnar: Served) -> None:
    from vllm.exceptions import VLLMValidationError

    for graph, why in (({}, "this model reads"), (graph_of(BFS) | {"algorithm": "dfs"}, "knows bfs, dijkstra")):
        with pytest.raises(VLLMValidationError, match=why):
            transnar[0].read((tokens(transnar), [graph]))


def test_no_reply_holds_a_hidden_token(transnar: Served) -> None:
    ((said, _, _),) = transnar[0].write((tokens(transnar), [graph_of(BFS)]), tokens=40)
    assert max(said) < transnar[1].about.vocabulary
