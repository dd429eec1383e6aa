"""TransNAR: the base model at the start, tokens that read the graph and nothing else, and what peft promises."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.tiny import FAMILIES, tiny, tokens, torch, waken

from peft import AutoPeftModelForCausalLM, PeftModel, get_peft_model  # isort: skip
from adapters import GraphStates, TransNARConfig

SIZE = 6
FAMILY = pytest.mark.parametrize("family", FAMILIES)


def states(batch: int = 2, nodes: int = 4, seed: int = 0) -> GraphStates:
    generator = torch.Generator().manual_seed(seed)
    return GraphStates(
        torch.randn(batch, nodes, SIZE, generator=generator),
        torch.randn(batch, nodes, nodes, SIZE, generator=generator),
        torch.ones(batch, nodes, dtype=torch.bool),
    )


def adapted(family: str = "llama", awake: bool = True, **about: Any) -> Any:
    config = TransNARConfig(node_size=SIZE, num_heads=2, head_dim=4, task_type="CAUSAL_LM", **about)
    model = get_peft_model(tiny(family), config).eval()
    if awake:
        waken(model)
    return model


def logits(model: Any, given: GraphStates | None, ids: Any = None, **more: Any) -> Any:
    ids = tokens() if ids is None else ids
    with torch.no_grad():
        if given is None:
            return model(input_ids=ids, **more).logits
        with model.base_model.reading(given):
            return model(input_ids=ids, **more).logits


@FAMILY
def test_closed_gates_change_nothing(family: str) -> None:
    assert torch.equal(logits(adapted(family, awake=False), states()), logits(tiny(family), None))


@FAMILY
def test_without_a_graph_it_is_the_base_model(family: str) -> None:
    assert torch.equal(logits(adapted(family), None), logits(tiny(family), None))


@FAMILY
def test_nodes_and_edges_are_read(family: str) -> None:
    model, base, other = adapted(family), states(), states(seed=1)
    found = logits(model, base)
    for changed in (
        GraphStates(other.nodes, base.edges, base.is_node),
        GraphStates(base.nodes, other.edges, base.is_node),
    ):
        assert not torch.allclose(logits(model, changed), found, atol=1e-4)


def test_an_adapter_of_nodes_alone_needs_no_edges() -> None:
    model, given = adapted(use_edges=False), states()
    bare = GraphStates(given.nodes, None, given.is_node)
    assert torch.equal(logits(model, given), logits(model, bare))
    with pytest.raises(ValueError, match="reads edges"):
        logits(adapted(), bare)


@FAMILY
def test_no_token_reads_later_ones(family: str) -> None:
    model, given, ids = adapted(family), states(), tokens()
    changed = ids.clone()
    changed[:, 7:] = 1
    assert torch.allclose(logits(model, given, ids)[:, :7], logits(model, given, changed)[:, :7], atol=1e-5)


def test_the_order_of_nodes_does_not_matter() -> None:
    model, given, order = adapted(), states(), torch.tensor([2, 0, 3, 1])
    assert given.edges is not None
    shuffled = GraphStates(given.nodes[:, order], given.edges[:, order][:, :, order], given.is_node[:, order])
    assert torch.allclose(logits(model, given), logits(model, shuffled), atol=1e-5)


def test_padding_nodes_are_not_read() -> None:
    model, given = adapted(), states()
    assert given.edges is not None
    nodes = torch.full((2, 6, SIZE), 9.0)
    edges = torch.full((2, 6, 6, SIZE), 9.0)
    nodes[:, :4], edges[:, :4, :4] = given.nodes, given.edges
    padded = GraphStates(nodes, edges, torch.arange(6).expand(2, 6) < 4)
    assert torch.allclose(logits(model, given), logits(model, padded), atol=1e-5)


def test_a_sequence_without_a_graph_stays_as_it_was() -> None:
    model, given = adapted(), states()
    mixed = GraphStates(given.nodes, given.edges, torch.tensor([[True] * 4, [False] * 4]))
    found = logits(model, mixed)
    assert torch.equal(found[1], logits(tiny(), None)[1])
    assert torch.allclose(found[0], logits(model, given)[0], atol=1e-5)


def test_batch_does_not_matter() -> None:
    model, given, ids = adapted(), states(), tokens()
    assert given.edges is not None
    alone = [
        logits(model, GraphStates(given.nodes[i : i + 1], given.edges[i : i + 1], given.is_node[:1]), ids[i : i + 1])
        for i in range(2)
    ]
    assert torch.allclose(logits(model, given), torch.cat(alone), atol=1e-5)


def test_one_block_in_plain_loops() -> None:
    """Equation 3 of arXiv 2406.09308 with the gates of arXiv 2204.14198, head by head and token by token."""
    model, given = adapted(layers_to_transform=[1]), states(batch=1)
    assert given.edges is not None
    block = next(m for m in model.modules() if type(m).__name__ == "GatedReading")
    x = torch.randn(1, 3, 32, generator=torch.Generator().manual_seed(5))

    def attend(attention: Any, asked: Any, keys: Any) -> Any:
        query, (key, value) = attention.query(asked), attention.key_value(keys).chunk(2, -1)
        rows = []
        for t in range(len(asked)):
            heads = []
            for h in range(2):
                part = slice(4 * h, 4 * h + 4)
                weights = torch.tensor([float(query[t, part] @ k[part]) / math.sqrt(4) for k in key]).softmax(0)
                heads.append(sum(w * v[part] for w, v in zip(weights, value, strict=True)))
            rows.append(attention.out(torch.cat(heads)))
        return torch.stack(rows)

    with torch.no_grad():
        asked = block.norm(x)[0]
        nodes = attend(block.nodes, asked, block.state_norm(given.nodes[0]))
        edges = attend(block.edges, asked, block.edge_norm(given.edges[0]).reshape(-1, SIZE))
        read = torch.tanh(block.gate) * block.join(torch.cat([nodes, edges], -1))
        wanted = read + torch.tanh(block.ffn_gate) * block.ffn(block.ffn_norm(x[0] + read))
        assert torch.allclose(block(x, given)[0], wanted, atol=1e-5)


@FAMILY
def test_only_adapter_weights_learn(family: str) -> None:
    model = adapted(family)
    with model.base_model.reading(states()):
        model(input_ids=tokens(), labels=tokens()).loss.backward()
    for name, parameter in model.named_parameters():
        assert parameter.requires_grad == ("transnar_block" in name)
        assert (parameter.grad is not None) == ("transnar_block" in name), name


@pytest.mark.parametrize("beams", [1, 3])
@pytest.mark.parametrize("family", ["llama", "gpt2", "gemma2"])
def test_cached_generation_equals_uncached(family: str, beams: int) -> None:
    model, ids = adapted(family), tokens(2, 6)
    about = {"max_new_tokens": 8, "num_beams": beams, "do_sample": False, "attention_mask": torch.ones_like(ids)}
    with torch.no_grad(), model.base_model.reading(states()):
        cached = model.generate(input_ids=ids, use_cache=True, **about)
        assert torch.equal(cached, model.generate(input_ids=ids, use_cache=False, **about))
    with torch.no_grad(), model.base_model.reading(states(seed=8)):
        assert not torch.equal(cached, model.generate(input_ids=ids, **about))


def test_checkpointed_gradients_are_equal() -> None:
    def gradients(checkpointed: bool) -> list[Any]:
        model = adapted().train()
        if checkpointed:
            model.base_model.model.gradient_checkpointing_enable({"use_reentrant": False})
            model.enable_input_require_grads()
        with model.base_model.reading(states()):
            model(input_ids=tokens(), labels=tokens()).loss.backward()
        return [p.grad for p in model.parameters() if p.requires_grad]

    for one, other in zip(gradients(False), gradients(True), strict=True):
        assert torch.allclose(one, other, atol=1e-6)


@FAMILY
def test_saved_and_loaded_it_is_equal(family: str, tmp_path: Path) -> None:
    model = adapted(family)
    model.save_pretrained(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= {"adapter_config.json", "adapter_model.safetensors"}
    loaded = PeftModel.from_pretrained(tiny(family), str(tmp_path)).eval()
    assert torch.equal(logits(model, states()), logits(loaded, states()))


def test_auto_model_finds_base_and_adapter(tmp_path: Path) -> None:
    tiny().save_pretrained(tmp_path / "base")
    model = adapted()
    model.peft_config["default"].base_model_name_or_path = str(tmp_path / "base")
    model.save_pretrained(tmp_path / "adapter")
    loaded = AutoPeftModelForCausalLM.from_pretrained(str(tmp_path / "adapter")).eval()
    assert torch.equal(logits(model, states()), logits(loaded, states()))


def test_several_adapters_switch_disable_delete_unload() -> None:
    model = adapted()
    first = logits(model, states())
    config = TransNARConfig(node_size=SIZE, num_heads=1, head_dim=4, layers_to_transform=[2])
    model.add_adapter("other", config)
    model.set_adapter("other")
    waken(model, seed=9)
    second = logits(model, states())
    assert not torch.equal(first, second)
    model.set_adapter("default")
    assert torch.equal(logits(model, states()), first)
    with model.disable_adapter():
        assert torch.equal(logits(model, states()), logits(tiny(), None))
    model.delete_adapter("other")
    assert torch.equal(logits(model, states()), first)
    with pytest.raises(NotImplementedError, match="cannot be merged"):
        model.merge_and_unload()
    assert torch.equal(logits(model.unload(), None), logits(tiny(), None))


@pytest.mark.parametrize(
    ("nodes", "edges", "is_node"),
    [((2, 4), None, (2, 4)), ((2, 4, SIZE), (2, 4, SIZE), (2, 4)), ((2, 4, SIZE), None, (2, 5))],
)
def test_states_of_wrong_shape_are_refused(nodes: Any, edges: Any, is_node: Any) -> None:
    with pytest.raises(ValueError, match="have shape"):
        GraphStates(torch.zeros(nodes), None if edges is None else torch.zeros(edges), torch.ones(is_node) > 0)


def test_states_of_another_reasoner_and_of_other_batches_are_refused() -> None:
    model = adapted()
    wide = GraphStates(torch.zeros(2, 3, 9), torch.zeros(2, 3, 3, 9), torch.ones(2, 3, dtype=torch.bool))
    with pytest.raises(ValueError, match="width 6, and these have 9"):
        logits(model, wide)
    with pytest.raises(ValueError, match="3 sequences cannot share 2 graphs"):
        logits(model, states(), tokens(3))


def test_bad_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="num_heads"):
        TransNARConfig(num_heads=0)
    with pytest.raises(ValueError, match="block 7, and the model has 3"):
        adapted(layers_to_transform=[7])


@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_a_place_finds_its_node_wherever_both_are(family: str) -> None:
    """Rows, columns and nodes counted on by as much: the same is read."""
    model, given, by = adapted(family, places=True), states(), 3
    places = torch.randint(0, 4, (*tokens().shape, 2), generator=torch.Generator().manual_seed(1))
    nodes, edges, is_node = given.nodes, given.edges, given.is_node
    assert edges is not None
    moved = GraphStates(
        torch.nn.functional.pad(nodes, (0, 0, by, 0), value=9.0),
        torch.nn.functional.pad(edges, (0, 0, by, 0, by, 0), value=9.0),
        torch.nn.functional.pad(is_node, (by, 0)),
    )
    with model.base_model.writing(places):
        here = logits(model, given)
        apart = logits(model, moved)
    with model.base_model.writing(places + by):
        there = logits(model, moved)
    assert torch.allclose(here, there, atol=1e-4)
    assert not torch.allclose(here, apart, atol=1e-3)


def test_places_must_be_said_and_heads_even() -> None:
    with pytest.raises(ValueError, match="say them with"):
        logits(adapted(places=True), states())
    with pytest.raises(ValueError, match="multiple of 4"):
        TransNARConfig(places=True, head_dim=6)


def test_turned_numbers_are_complex_numbers_turned() -> None:
    from adapters.transnar.layer import angles_of, turned

    x = torch.randn(3, 8, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    places = torch.tensor([[0, 0], [2, 5], [7, 1]])
    angles = angles_of(places, 8).double()
    found = turned(x, angles)
    wanted = torch.complex(x[:, :4], x[:, 4:]) * torch.exp(1j * angles)
    assert torch.allclose(found, torch.cat([wanted.real, wanted.imag], dim=-1))
    assert torch.allclose(angles[1, 0] / 2, angles[2, 0] / 7)  # rows turn the first half …
    assert torch.allclose(angles[1, 2] / 5, angles[2, 2] / 1)  # … columns the second
