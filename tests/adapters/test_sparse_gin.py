"""Sparse GIN-Attention: identity at the start, no look ahead, real messages, exact caches, and what peft promises."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.tiny import FAMILIES, VOCABULARY, tiny, tokens, torch, waken

from peft import AutoPeftModelForCausalLM, LoraConfig, PeftConfig, PeftModel, get_peft_model  # isort: skip
from adapters import SparseGINConfig
from adapters.sparse_gin import SparseGIN, edges_between
from adapters.sparse_gin.token_graph import sparse

FAMILY = pytest.mark.parametrize("family", FAMILIES)


def adapted(family: str = "llama", awake: bool = True, **about: Any) -> Any:
    model = get_peft_model(tiny(family), SparseGINConfig(gnn_size=8, task_type="CAUSAL_LM", **about)).eval()
    if awake:
        waken(model)
    return model


def logits(model: Any, ids: Any, **more: Any) -> Any:
    with torch.no_grad():
        return model(input_ids=ids, **more).logits


@FAMILY
def test_fresh_adapter_changes_nothing(family: str) -> None:
    assert torch.equal(logits(adapted(family, awake=False), tokens()), logits(tiny(family), tokens()))


@FAMILY
def test_awake_adapter_changes_and_disabling_restores(family: str) -> None:
    model, base = adapted(family), logits(tiny(family), tokens())
    assert not torch.allclose(logits(model, tokens()), base, atol=1e-3)
    with model.disable_adapter():
        assert torch.equal(logits(model, tokens()), base)
    unloaded = model.unload()
    assert torch.equal(logits(unloaded, tokens()), base)
    assert not any("gin" in name for name, _ in unloaded.named_modules())


@FAMILY
def test_only_adapter_weights_learn(family: str) -> None:
    model = adapted(family)
    model(input_ids=tokens(), labels=tokens()).loss.backward()
    for name, parameter in model.named_parameters():
        assert parameter.requires_grad == ("gin_block" in name)
        assert (parameter.grad is not None) == ("gin_block" in name and "extra" not in name), name


@FAMILY
@pytest.mark.parametrize("sparsify", ["top_k", "threshold"])
def test_no_token_sees_the_future(family: str, sparsify: str) -> None:
    model, ids = adapted(family, sparsify=sparsify, tau=0.01, cutoff=0.4), tokens()
    changed = ids.clone()
    changed[:, 7] = (changed[:, 7] + 1) % VOCABULARY
    before, after = logits(model, ids), logits(model, changed)
    assert torch.allclose(before[:, :7], after[:, :7], atol=1e-5)
    assert not torch.allclose(before[:, 7:], after[:, 7:], atol=1e-3)


@pytest.mark.parametrize("sparsify", ["top_k", "threshold"])
@pytest.mark.parametrize("aggregation", ["mean", "sum"])
def test_messages_come_from_earlier_tokens(aggregation: str, sparsify: str) -> None:
    """The state of an earlier token reaches a later one through the GIN itself, and not where edges are 'self'."""
    for edges, heard in (("causal", True), ("self", False), ("none", False)):
        config = SparseGINConfig(
            gnn_size=8, edges=edges, aggregation=aggregation, sparsify=sparsify, tau=0.01, cutoff=0.4, top_k=4
        )
        gin = SparseGIN(32, 4, config, 0.5).eval()
        waken(gin)
        attention = torch.full((1, 6, 6), 1.0).tril() / torch.arange(1, 7)[:, None]
        states = gin.states(torch.randn(1, 6, 32, generator=torch.Generator().manual_seed(5)))
        moved = states.clone()
        moved[:, 2] += 1
        shown = None if edges == "none" else attention
        with torch.no_grad():
            difference = (gin(states, states, shown, None) - gin(moved, moved, shown, None)).abs().amax((0, 2))
        assert (difference[:2] == 0).all()
        assert difference[2] > 0
        assert bool((difference[3:] > 0).any()) is heard


@pytest.mark.parametrize("aggregation", ["mean", "sum"])
def test_equals_the_formula_in_plain_loops(aggregation: str) -> None:
    config = SparseGINConfig(gnn_size=4, aggregation=aggregation, sparsify="threshold", tau=0.05, cutoff=0.6)
    gin = SparseGIN(8, 2, config, 0.5).eval()
    waken(gin)
    generator = torch.Generator().manual_seed(0)
    attention = torch.rand(1, 5, 5, generator=generator).tril()
    hidden = torch.randn(1, 5, 8, generator=generator)
    u = gin.states(hidden)
    rows = []
    for i in range(5):
        edges = {}
        for j in range(i + 1 if aggregation == "sum" else i):
            score = 1 / (1 + torch.exp(-10 * (attention[0, i, j] - 0.05)))
            if score > 0.6:
                edges[j] = score
        heard = sum((weight * u[0, j] for j, weight in edges.items()), torch.zeros(4))
        if aggregation == "sum":
            mixed = gin.eps * u[0, i] + heard
        else:
            mixed = (1 + gin.eps) * u[0, i] + (heard / sum(edges.values()) if edges else 0)
        out = gin.w_2(gin.act(gin.w_1(mixed))) + mixed
        out = gin.norm.weight * out / (out.pow(2).mean() + 1e-6).sqrt()
        rows.append(gin.scale * (gin.w_out.weight @ out))
    assert torch.allclose(gin(u, u, attention, None)[0], torch.stack(rows), atol=1e-5)


def test_top_k_keeps_the_largest() -> None:
    weights = torch.tensor([[[0.9, 0.0, 0.0, 0.0], [0.2, 0.8, 0.0, 0.0], [0.5, 0.3, 0.2, 0.0], [0.1, 0.4, 0.3, 0.2]]])
    kept = sparse(weights, SparseGINConfig(top_k=2))
    assert kept.tolist() == pytest.approx(
        torch.tensor([[[0, 0, 0, 0], [0.2, 0, 0, 0], [0.5, 0.3, 0, 0], [0, 0.4, 0.3, 0]]])
    )


@FAMILY
def test_attention_read_equals_eager(family: str) -> None:
    """Fused attention with weights recomputed gives what eager attention gives, padding included."""
    ids, mask = tokens(), torch.ones(2, 12, dtype=torch.long)
    mask[0, :3] = 0
    fused, eager = adapted(family, heads="mean"), adapted(family, heads="mean")
    eager.base_model.model.set_attn_implementation("eager")
    ours, theirs = logits(fused, ids, attention_mask=mask), logits(eager, ids, attention_mask=mask)
    assert torch.allclose(ours[mask.bool()], theirs[mask.bool()], atol=1e-4)


@FAMILY
def test_padding_and_batch_do_not_matter(family: str) -> None:
    model, ids = adapted(family), tokens(3, 8)
    alone = torch.cat([logits(model, row[None]) for row in ids])
    assert torch.allclose(logits(model, ids), alone, atol=1e-4)
    padded = torch.cat([torch.zeros(3, 4, dtype=torch.long), ids], dim=1)
    mask = torch.cat([torch.zeros(3, 4, dtype=torch.long), torch.ones(3, 8, dtype=torch.long)], dim=1)
    position_ids = (mask.cumsum(1) - 1).clamp_min(0)
    assert torch.allclose(
        logits(model, padded, attention_mask=mask, position_ids=position_ids)[:, 4:], alone, atol=1e-4
    )


@FAMILY
@pytest.mark.parametrize("beams", [1, 3])
def test_cached_generation_equals_uncached(family: str, beams: int) -> None:
    model, ids = adapted(family), tokens(2, 9)
    about = {"max_new_tokens": 8, "do_sample": False, "num_beams": beams, "attention_mask": torch.ones_like(ids)}
    assert torch.equal(model.generate(ids, use_cache=True, **about), model.generate(ids, use_cache=False, **about))


def test_cached_steps_are_exact_and_copies_go_their_own_way() -> None:
    model, ids = adapted(), tokens(2, 12)
    with torch.no_grad():
        first = model(input_ids=ids[:, :7], use_cache=True)
        kept = copy.deepcopy(first.past_key_values)
        for cache in (first.past_key_values, kept):
            steps = [model(input_ids=ids[:, i : i + 1], past_key_values=cache).logits for i in range(7, 12)]
            assert torch.allclose(torch.cat(steps, 1), logits(model, ids)[:, 7:], atol=1e-4)
        kept.crop(-5)
        again = model(input_ids=ids[:, 7:8], past_key_values=kept).logits
    assert torch.allclose(again, logits(model, ids)[:, 7:8], atol=1e-4)


def test_cache_filled_without_the_adapter_is_refused() -> None:
    model, ids = adapted(), tokens()
    with torch.no_grad(), model.disable_adapter():
        past = model(input_ids=ids, use_cache=True).past_key_values
    with pytest.raises(RuntimeError, match="has not seen"):
        model(input_ids=ids[:, :1], past_key_values=past)


@pytest.mark.parametrize("family", ["llama", "gpt2"])
def test_checkpointed_gradients_are_equal(family: str) -> None:
    found = []
    for checkpointing in (False, True):
        model = adapted(family, dropout=0.0).train()
        if checkpointing:
            model.enable_input_require_grads()
            model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
        model(input_ids=tokens(), labels=tokens(), use_cache=False).loss.backward()
        found.append({name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None})
    assert found[0].keys() == found[1].keys()
    assert all(torch.allclose(found[0][name], found[1][name], atol=1e-6) for name in found[0])


@pytest.mark.parametrize("heads", ["sum", "mean", "learned"])
def test_there_and_back(heads: str, tmp_path: Path) -> None:
    model, ids = adapted(heads=heads), tokens()
    tiny().save_pretrained(tmp_path / "base")
    model.peft_config["default"].base_model_name_or_path = str(tmp_path / "base")
    model.save_pretrained(tmp_path / "adapter")
    trained = sum(p.numel() for p in model.parameters() if p.requires_grad)
    size = (tmp_path / "adapter" / "adapter_model.safetensors").stat().st_size
    assert size < 4 * trained + 10_000
    for back in (
        PeftModel.from_pretrained(tiny(), tmp_path / "adapter"),
        PeftModel.from_pretrained(tiny(), tmp_path / "adapter", adapter_name="another"),
        AutoPeftModelForCausalLM.from_pretrained(tmp_path / "adapter"),
    ):
        assert torch.equal(logits(back.eval(), ids), logits(model, ids))
    through = tiny()
    through.load_adapter(str(tmp_path / "adapter"))
    assert torch.equal(logits(through.eval(), ids), logits(model, ids))


def test_several_adapters_on_one_model() -> None:
    model, ids = adapted(), tokens()
    first = logits(model, ids)
    model.add_adapter("second", SparseGINConfig(gnn_size=4, edges="self", task_type="CAUSAL_LM"))
    model.set_adapter("second")
    base = logits(tiny(), ids)
    assert torch.equal(logits(model, ids), base)
    waken(model, seed=9)
    assert not torch.allclose(logits(model, ids), base, atol=1e-3)
    model.set_adapter("default")
    assert torch.equal(logits(model, ids), first)
    model.delete_adapter("second")
    assert torch.equal(logits(model, ids), first)


def test_what_peft_cannot_do_is_said() -> None:
    model = adapted()
    with pytest.raises(NotImplementedError, match="cannot be merged"):
        model.merge_and_unload()
    with pytest.raises(ValueError, match="different"):
        model.add_adapter("other", LoraConfig(task_type="CAUSAL_LM"))
    with pytest.raises(ValueError, match="edges is one of"):
        SparseGINConfig(edges="all")
    with pytest.raises(ValueError, match="target_modules"):
        get_peft_model(torch.nn.Sequential(torch.nn.Linear(2, 2)), SparseGINConfig())


def test_type_is_a_real_member() -> None:
    kind = SparseGINConfig().peft_type
    assert pickle.loads(pickle.dumps(kind)) is kind
    assert copy.deepcopy(kind) is kind
    assert kind.value == kind == "SPARSE_GIN"
    assert type(kind)("SPARSE_GIN") is kind


def test_config_survives_json(tmp_path: Path) -> None:
    SparseGINConfig(edges="self", target_modules=["attn"], tau=0.2).save_pretrained(tmp_path)
    back = PeftConfig.from_pretrained(tmp_path)
    assert isinstance(back, SparseGINConfig)
    assert (back.edges, back.tau, set(back.target_modules)) == ("self", 0.2, {"attn"})


# -- a token graph that is given


def test_token_graph_adds_messages_along_its_edges_alone() -> None:
    ids = tokens(1, 12)
    edges = edges_between({"a": [2], "b": [8], "c": [5]}, [("a", "b")], 12)
    model = adapted(edges="none")
    plain = logits(model, ids)
    with model.base_model.token_graph(edges):
        joined = logits(model, ids)
    assert torch.equal(logits(model, ids), plain)
    assert torch.allclose(joined[:, :8], plain[:, :8], atol=1e-6)
    assert not torch.allclose(joined[:, 8], plain[:, 8], atol=1e-4)


def test_token_graph_never_lets_the_future_in() -> None:
    model, ids = adapted(), tokens(1, 12)
    changed = ids.clone()
    changed[:, 9] = (changed[:, 9] + 1) % VOCABULARY
    with model.base_model.token_graph(torch.ones(12, 12)):
        assert torch.allclose(logits(model, ids)[:, :9], logits(model, changed)[:, :9], atol=1e-5)


@pytest.mark.parametrize("family", ["llama", "mistral"])
def test_token_graph_with_a_cache(family: str) -> None:
    model, ids = adapted(family), tokens(2, 12)
    edges = edges_between({"a": [2], "b": [8], "c": [10, 11]}, [("a", "b"), ("b", "c")], 12)
    with torch.no_grad(), model.base_model.token_graph(edges):
        past = model(input_ids=ids[:, :7], use_cache=True).past_key_values
        steps = [model(input_ids=ids[:, i : i + 1], past_key_values=past).logits for i in range(7, 12)]
        assert torch.allclose(torch.cat(steps, 1), logits(model, ids)[:, 7:], atol=1e-4)
        about = {"max_new_tokens": 5, "do_sample": False}
        assert torch.equal(model.generate(ids, **about), model.generate(ids, use_cache=False, **about))


def test_token_graph_learns_its_weight() -> None:
    model = adapted()
    with model.base_model.token_graph(torch.ones(12, 12)):
        model(input_ids=tokens(), labels=tokens()).loss.backward()
    assert all(p.grad is not None for name, p in model.named_parameters() if "extra" in name)


def test_token_graph_of_a_wrong_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape"), adapted().base_model.token_graph(torch.ones(3, 4)):
        pass
    with pytest.raises(ValueError, match="outside"):
        edges_between({"a": [0], "b": [9]}, [("a", "b")], 5)
