"""GraphAdapter: no own text, right neighbours, a proper distribution, and what peft promises."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.tiny import tiny, tokens, torch, waken

pytest.importorskip("torch_geometric", reason="the extra 'adapters' is not installed")

from peft import AutoPeftModelForCausalLM, PeftModel, get_peft_model  # isort: skip
from adapters import GraphAdapterConfig, TextGraph
from adapters.graph_adapter import GraphBlock, Neighbours

EDGES = torch.tensor([[0, 1, 1, 2, 2, 3, 4, 5], [1, 0, 2, 1, 3, 2, 5, 4]])
GNN = pytest.mark.parametrize("gnn", ["sage", "gin", "gat"])
FAMILY = pytest.mark.parametrize("family", ["llama", "qwen2", "gpt2", "phi3", "smollm3"])


def features(seed: int = 0, nodes: int = 7) -> Any:
    return torch.randn(nodes, 5, generator=torch.Generator().manual_seed(seed))


def adapted(family: str = "llama", awake: bool = True, **about: Any) -> Any:
    config = GraphAdapterConfig(node_size=5, gnn_size=8, task_type="CAUSAL_LM", **about)
    model = get_peft_model(tiny(family), config).eval()
    if awake:
        waken(model)
    return model


def logits(model: Any, nodes: list[int] | None = None, x: Any = None, edges: Any = EDGES, ids: Any = None) -> Any:
    ids = tokens(len(nodes) if nodes else 2) if ids is None else ids
    with torch.no_grad():
        if nodes is None:
            return model(input_ids=ids).logits
        with model.base_model.graph(TextGraph(features() if x is None else x, edges), nodes):
            return model(input_ids=ids).logits


@FAMILY
def test_without_a_graph_it_is_the_base_model(family: str) -> None:
    assert torch.equal(logits(adapted(family)), logits(tiny(family)))


@FAMILY
def test_fresh_adapter_changes_no_probability(family: str) -> None:
    ours, base = logits(adapted(family, awake=False), [1, 2]), logits(tiny(family))
    assert torch.allclose(ours, base.log_softmax(-1), atol=1e-5)


@GNN
@pytest.mark.parametrize("residual", [True, False])
def test_log_probabilities_sum_to_one_and_mix_two_halves(gnn: str, residual: bool) -> None:
    model = adapted(gnn=gnn, residual=residual)
    found = logits(model, [1, 2])
    assert torch.allclose(found.logsumexp(-1), torch.zeros(2, 12), atol=1e-5)
    base = logits(tiny())
    assert (found >= base.log_softmax(-1) - math.log(2) - 1e-5).all()


@FAMILY
def test_only_adapter_weights_learn(family: str) -> None:
    model = adapted(family)
    with model.base_model.graph(TextGraph(features(), EDGES), [1, 2]):
        model(input_ids=tokens(), labels=tokens()).loss.backward()
    for name, parameter in model.named_parameters():
        assert parameter.requires_grad == ("graph_block" in name)
        assert (parameter.grad is not None) == ("graph_block" in name), name


@GNN
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_own_text_never_reaches_its_own_state(gnn: str, layers: int) -> None:
    """Not even by a walk to a neighbour and back, as it does in the published code."""
    x, moved = features(), features()
    moved[1] += 3
    for own_text, same in ((False, True), (True, False)):
        model = adapted(gnn=gnn, num_layers=layers, own_text=own_text)
        assert torch.equal(logits(model, [1]), logits(model, [1], x=moved)) is same
        assert not torch.equal(logits(model, [2], x=x), logits(model, [2], x=moved))


@GNN
def test_neighbours_within_the_hops_are_heard_and_no_others(gnn: str) -> None:
    model = adapted(gnn=gnn, num_layers=2)
    for node in range(7):
        moved = features()
        moved[node] += 3
        heard = not torch.equal(logits(model, [0]), logits(model, [0], x=moved))
        assert heard is (node in (1, 2)), node


@GNN
def test_batch_does_not_matter(gnn: str) -> None:
    model, ids = adapted(gnn=gnn), tokens(3)
    together = logits(model, [0, 1, 2], ids=ids)
    alone = torch.cat([logits(model, [i], ids=ids[i : i + 1]) for i in range(3)])
    assert torch.allclose(together, alone, atol=1e-5)


@GNN
@pytest.mark.parametrize("own_text", [False, True])
def test_renaming_nodes_changes_nothing(gnn: str, own_text: bool) -> None:
    model = adapted(gnn=gnn, own_text=own_text)
    order = torch.tensor([3, 0, 6, 1, 5, 2, 4])  # old node -> new place
    x = torch.empty_like(features())
    x[order] = features()
    shuffled = order[EDGES][:, torch.randperm(8, generator=torch.Generator().manual_seed(0))]
    moved = logits(model, order[torch.tensor([0, 2])].tolist(), x=x, edges=shuffled)
    assert torch.allclose(logits(model, [0, 2]), moved, atol=1e-5)


@pytest.mark.parametrize("beams", [1, 3])
def test_generation_with_a_graph(beams: int) -> None:
    model, ids = adapted(), tokens(2, 6)
    about = {"max_new_tokens": 6, "do_sample": False, "num_beams": beams, "attention_mask": torch.ones_like(ids)}
    with model.base_model.graph(TextGraph(features(), EDGES), [0, 3]):
        cached = model.generate(ids, **about)
        assert torch.equal(cached, model.generate(ids, use_cache=False, **about))


def test_there_and_back(tmp_path: Path) -> None:
    model = adapted()
    tiny().save_pretrained(tmp_path / "base")
    model.peft_config["default"].base_model_name_or_path = str(tmp_path / "base")
    model.save_pretrained(tmp_path / "adapter")
    trained = sum(p.numel() for p in model.parameters() if p.requires_grad)
    assert (tmp_path / "adapter" / "adapter_model.safetensors").stat().st_size < 4 * trained + 10_000
    for back in (
        PeftModel.from_pretrained(tiny(), tmp_path / "adapter"),
        PeftModel.from_pretrained(tiny(), tmp_path / "adapter", adapter_name="another"),
        AutoPeftModelForCausalLM.from_pretrained(tmp_path / "adapter"),
    ):
        assert torch.equal(logits(back.eval(), [1, 2]), logits(model, [1, 2]))


def test_disable_delete_unload() -> None:
    model, base = adapted(), logits(tiny())
    found = logits(model, [1, 2])
    with model.disable_adapter():
        assert torch.equal(logits(model, [1, 2]), base)
    model.add_adapter("second", GraphAdapterConfig(node_size=5, gnn_size=4, task_type="CAUSAL_LM"))
    model.set_adapter("second")
    assert torch.allclose(logits(model, [1, 2]), base.log_softmax(-1), atol=1e-5)
    model.set_adapter("default")
    model.delete_adapter("second")
    assert torch.equal(logits(model, [1, 2]), found)
    assert torch.equal(logits(model.unload()), base)


def test_what_cannot_be_is_said() -> None:
    graph = TextGraph(features(), EDGES)
    with pytest.raises(ValueError, match="0 to 6"), adapted().base_model.graph(graph, [7]):
        pass
    with (
        pytest.raises(ValueError, match="width 5"),
        adapted().base_model.graph(TextGraph(torch.ones(7, 3), EDGES), [0]),
    ):
        pass
    with pytest.raises(ValueError, match="outside"):
        TextGraph(features(nodes=3), EDGES)
    with pytest.raises(ValueError, match="shape"):
        TextGraph(features(), EDGES.t())
    with pytest.raises(ValueError, match="a node for each"):
        logits(adapted(), [0, 1, 2], ids=tokens(2))
    with pytest.raises(ValueError, match="softcapping"):
        adapted("gemma2")
    with pytest.raises(ValueError, match="gnn is one of"):
        GraphAdapterConfig(gnn="mlp")
    with pytest.raises(NotImplementedError, match="cannot be merged"):
        adapted().merge_and_unload()


def test_neighbourhoods_hold_what_networkx_finds() -> None:
    nx = pytest.importorskip("networkx")
    body = nx.gnp_random_graph(30, 0.1, seed=4)
    edges = torch.tensor([*body.edges, *((v, u) for u, v in body.edges)]).t()
    neighbours = Neighbours(edges, 30)
    for hops in (0, 1, 2, 3):
        for node in body:
            found = neighbours.around(torch.tensor([node]), hops)
            assert set(found.nodes.tolist()) == set(nx.single_source_shortest_path_length(body, node, cutoff=hops))
            assert len(set(found.nodes.tolist())) == len(found.nodes)
    some = neighbours.around(torch.arange(30), 2, fanout=1)
    assert torch.bincount(some.edge_index[1]).max() == 1


def test_fanout_is_repeatable() -> None:
    block = GraphBlock(16, GraphAdapterConfig(node_size=5, gnn_size=8, fanout=1)).eval()
    graph = TextGraph(features(), EDGES)
    assert torch.equal(block.states(graph, torch.tensor([1, 2])), block.states(graph, torch.tensor([1, 2])))
