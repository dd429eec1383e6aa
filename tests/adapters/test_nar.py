"""The reasoner: padding and order do not matter, losses and scores by hand, training that can be resumed, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.adapters.tiny import torch

from adapters.nar import NAR, Batch, NARConfig, collate  # isort: skip
from adapters.nar.batch import UNKNOWN
from adapters.nar.features import Pairs, hard, soft
from adapters.nar.files import load_nar, save_nar
from adapters.nar.loss import loss, losses, scores
from adapters.nar.model import Reasoned
from adapters.nar.train import Schedule, draw, train
from graphs.clrs.example import Example, run, sample
from graphs.clrs.spec import GRAPH_ALGORITHMS, SPECS
from graphs.errors import BadArgument, StorageError

EACH = pytest.mark.parametrize("algorithm", GRAPH_ALGORITHMS)


def examples(algorithm: str, sizes: tuple[int, ...], seed: int = 0) -> list[Example]:
    rng = np.random.RandomState(seed)
    return [sample(algorithm, size, rng) for size in sizes]


def reasoner(*algorithms: str, triplet_size: int = 4) -> NAR:
    torch.manual_seed(0)
    return NAR(NARConfig(algorithms or GRAPH_ALGORITHMS, 16, triplet_size)).eval()


def close(one: Any, other: Any) -> bool:
    return bool(torch.allclose(one, other, atol=1e-4))


@EACH
def test_padding_does_not_matter(algorithm: str) -> None:
    """A small graph beside a larger one, with fewer steps, gives what it gives alone."""
    model, (small, large) = reasoner(algorithm), examples(algorithm, (4, 7))
    with torch.no_grad():
        alone, both = model(collate([small])), model(collate([small, large]))
    assert close(alone.nodes[0], both.nodes[0, :4])
    assert close(alone.edges[0], both.edges[0, :4, :4])
    for feature in SPECS[algorithm]:
        if feature.stage == "output":
            one, other = alone.outputs[feature.name][0], both.outputs[feature.name][0]
            assert close(one, other[tuple(slice(size) for size in one.shape)])
    assert both.steps.tolist() == collate([small, large]).steps.tolist()


@EACH
def test_losses_and_scores_ignore_padding(algorithm: str) -> None:
    model, (small, large) = reasoner(algorithm), examples(algorithm, (4, 7))
    wide = collate([small, large])
    narrow = collate([small])
    first = Batch(
        algorithm,
        {name: value[:1] for name, value in wide.inputs.items()},
        {name: value[:, :1] for name, value in wide.hints.items()},
        {name: value[:1] for name, value in wide.outputs.items()},
        wide.is_node[:1],
        wide.steps[:1],
    )
    with torch.no_grad():
        assert float(loss(first, model(first))) == pytest.approx(float(loss(narrow, model(narrow))), rel=1e-3)
        assert scores(first, model(first)) == pytest.approx(scores(narrow, model(narrow)))


@pytest.mark.parametrize("algorithm", ["bfs", "dijkstra", "mst_prim"])
def test_the_same_network_written_with_pyg_gives_the_same_outputs_and_gradients(algorithm: str) -> None:
    from benchmarks.nar_speed import agree, with_plain

    model = reasoner(algorithm)
    plain = with_plain(model)
    batch = collate(examples(algorithm, (6, 6, 6)))
    assert agree(model, plain, batch) < 1e-4
    for each in (model, plain):
        loss(batch, each(batch)).backward()
    theirs = dict(plain.named_parameters())
    for name, weight in model.named_parameters():
        other = theirs[name.replace("processor.", "processor.ours.")]
        assert (weight.grad is None) == (other.grad is None)
        if weight.grad is not None and other.grad is not None:
            assert close(weight.grad, other.grad)


@pytest.mark.parametrize("algorithm", ["bfs", "dijkstra", "mst_kruskal", "floyd_warshall"])
def test_renaming_nodes_renames_the_prediction(algorithm: str) -> None:
    """Order is known by the positions alone, so a relabelled graph that keeps them gives the same states."""
    model, (example,) = reasoner(algorithm), examples(algorithm, (6,))
    batch = collate([example])
    order = torch.tensor([3, 0, 5, 1, 4, 2])
    place = order.argsort()

    def moved(name: str, value: Any, stage: str) -> Any:
        feature = next(f for f in SPECS[algorithm] if f.name == name)
        if feature.location == "graph":
            return value
        axis = 2 if stage == "hint" else 1
        value = value.index_select(axis, order)
        if feature.location == "edge":
            value = value.index_select(axis + 1, order)
        return place[value] if feature.kind == "pointer" else value

    shuffled = Batch(
        algorithm,
        {name: moved(name, value, "input") for name, value in batch.inputs.items()},
        {name: moved(name, value, "hint") for name, value in batch.hints.items()},
        {name: moved(name, value, "output") for name, value in batch.outputs.items()},
        batch.is_node,
        batch.steps,
    )
    with torch.no_grad():
        before, after = model(batch), model(shuffled)
    assert close(before.nodes[:, order], after.nodes)
    assert close(before.edges[:, order][:, :, order], after.edges)


@EACH
def test_every_weight_of_the_algorithm_learns(algorithm: str) -> None:
    """Batch of examples long enough to have hints; dead units may give zeros, but a gradient reaches every tensor."""
    model = reasoner(algorithm).train()
    batch = collate(examples(algorithm, (7, 6, 7)))
    loss(batch, model(batch)).backward()
    assert [name for name, parameter in model.named_parameters() if parameter.grad is None] == []


def test_only_the_first_hint_is_read() -> None:
    model, batch = reasoner("dijkstra"), collate(examples("dijkstra", (6,)))
    later = {name: torch.cat([value[:1], torch.zeros_like(value[1:])]) for name, value in batch.hints.items()}
    blind = Batch("dijkstra", batch.inputs, later, batch.outputs, batch.is_node, batch.steps)
    with torch.no_grad():
        assert torch.equal(model(batch).nodes, model(blind).nodes)


def test_the_model_stops_by_itself_and_at_the_bound() -> None:
    model, batch = reasoner("bfs"), collate(examples("bfs", (5, 6)))
    with torch.no_grad():
        model.halts["bfs"].bias.fill_(-100.0)
        assert model(batch, most_steps=7).steps.tolist() == [7, 7]
        model.halts["bfs"].bias.fill_(100.0)
        found = model(batch, most_steps=7)
    assert found.steps.tolist() == [1, 1]
    assert len(found.halting) == 1


@pytest.mark.parametrize("triplet_size", [0, 3])
def test_pairs_through_a_layer_are_the_layer_of_the_vectors(triplet_size: int) -> None:
    generator = torch.Generator().manual_seed(triplet_size)
    values, weight = torch.randn(2, 3, 3, 4, generator=generator), torch.randn(4, 5, generator=generator)
    pairs = Pairs(values, weight, torch.randn(5, generator=generator))
    layer = torch.nn.Linear(5, 7)
    assert close(pairs.through(layer), layer(pairs.dense()))
    assert close((pairs + pairs).dense(), 2 * pairs.dense())


def test_losses_by_hand() -> None:
    spec = {feature.name: feature for feature in SPECS["bridges"]}
    everywhere = torch.ones(1, 2, dtype=torch.bool)
    masked, known = losses(
        torch.zeros(1, 2, 2), torch.tensor([[[0.0, UNKNOWN], [UNKNOWN, 1.0]]]), spec["is_bridge"], everywhere
    )
    assert known.tolist() == [[[1, 0], [0, 1]]]
    assert masked.flatten().tolist() == pytest.approx([np.log(2), 0, 0, np.log(2)])
    pointer = next(f for f in SPECS["bfs"] if f.name == "pi")
    each, _ = losses(torch.tensor([[[2.0, 0.0], [0.0, 0.0]]]), torch.tensor([[0, 1]]), pointer, everywhere)
    assert each.flatten().tolist() == pytest.approx([np.log(1 + np.exp(-2)), np.log(2)], rel=1e-4)
    none, known = losses(torch.zeros(1, 2, 2), torch.tensor([[0, 1]]), pointer, torch.tensor([[True, False]]))
    assert none[0, 1] == 0
    assert known.tolist() == [[1, 0]]


def test_scores_by_hand() -> None:
    batch = collate([run("articulation_points", A=[[0, 1, 0, 0], [1, 0, 1, 1], [0, 1, 0, 0], [0, 1, 0, 0]])])
    empty = torch.zeros(0)
    assert batch.outputs["is_cut"].tolist() == [[0, 1, 0, 0]]
    for said, score in (([-1, 1, -1, -1], 1.0), ([1, 1, -1, -1], 2 / 3), ([-1, -1, -1, -1], 0.0)):
        found = Reasoned({"is_cut": torch.tensor([said]).float()}, {}, empty, empty, empty, empty)
        assert scores(batch, found)["is_cut"] == pytest.approx(score)
    path = collate([run("bfs", s=0, A=[[0, 1, 0], [1, 0, 1], [0, 1, 0]])])
    said = torch.nn.functional.one_hot(torch.tensor([[0, 0, 2]]), 3).float()  # the truth is 0, 0, 1
    assert scores(path, Reasoned({"pi": said}, {}, empty, empty, empty, empty)) == pytest.approx({"pi": 2 / 3})


@EACH
def test_the_truth_scores_full_marks(algorithm: str) -> None:
    batch = collate(examples(algorithm, (5, 8)))
    said = {}
    for feature in SPECS[algorithm]:
        if feature.stage == "output":
            truth = batch.outputs[feature.name]
            pointer = feature.kind == "pointer"
            said[feature.name] = torch.nn.functional.one_hot(truth, 8).float() if pointer else 2 * truth - 1
    empty = torch.zeros(0)
    assert set(scores(batch, Reasoned(said, {}, empty, empty, empty, empty)).values()) == {1.0}


def test_soft_values_are_probabilities_and_hard_ones_choices() -> None:
    spec = {feature.name: feature for feature in SPECS["dfs"]}
    logits = torch.tensor([[[1.0, 3.0], [2.0, -1.0]]])
    assert close(soft(logits, spec["pi_h"]).sum(-1), torch.ones(1, 2))
    assert hard(logits, spec["pi_h"]).tolist() == [[1, 0]]
    assert hard(torch.tensor([[0.2, 0.9]]), spec["s"]).tolist() == [[0.0, 1.0]]
    assert torch.equal(soft(logits, spec["d"]), logits)


def test_it_learns() -> None:
    """A few steps on one small task bring the loss of fresh examples down, and the score up."""
    model = reasoner("bfs")
    held = collate(examples("bfs", (5,) * 32, seed=99))
    with torch.no_grad():
        before = float(loss(held, model(held)))
    train(model, Schedule(steps=60, batch=16, sizes=(5,), evaluate=60, rate=5e-3))
    with torch.no_grad():
        found = model(held)
    assert float(loss(held, found)) < 0.6 * before
    assert scores(held, found)["pi"] > 0.6


def test_a_resumed_run_gives_what_an_uninterrupted_one_gives(tmp_path: Path) -> None:
    schedule = Schedule(steps=6, batch=4, sizes=(4, 5), evaluate=2)
    whole, parted = reasoner("bfs", "dijkstra"), reasoner("bfs", "dijkstra")
    course = train(whole, schedule, tmp_path / "whole.pt")
    assert train(parted, schedule, tmp_path / "parted.pt", stop_at=5).steps == 5  # a step after the last checkpoint
    again = reasoner("bfs", "dijkstra")
    resumed = train(again, schedule, tmp_path / "parted.pt")
    assert resumed.resumed_from == 4
    assert resumed.validation == course.validation
    for one, other in zip(whole.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_damaged_checkpoint_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.pt").write_bytes(b"no checkpoint")
    with pytest.raises(StorageError, match=r"c\.pt cannot be read"):
        train(reasoner("bfs"), Schedule(steps=1, sizes=(4,), batch=2), tmp_path / "c.pt")


def test_steps_draw_fresh_examples_again_alike() -> None:
    schedule = Schedule(sizes=(4, 6), batch=3)
    first = [draw(("bfs", "dfs"), (0.5, 0.5), schedule, step) for step in range(1, 9)]
    again = [draw(("bfs", "dfs"), (0.5, 0.5), schedule, step) for step in range(1, 9)]
    assert {batch.algorithm for batch in first} == {"bfs", "dfs"}
    for one, other in zip(first, again, strict=True):
        assert torch.equal(one.inputs["A"], other.inputs["A"])
        assert torch.equal(one.inputs["pos"], other.inputs["pos"])
        assert bool((one.inputs["pos"].diff(dim=-1) >= 0).all())


def test_saved_and_loaded_it_is_equal(tmp_path: Path) -> None:
    model, batch = reasoner("bfs"), collate(examples("bfs", (5,)))
    save_nar(model, tmp_path)
    loaded = load_nar(tmp_path)
    assert loaded.config == model.config
    with torch.no_grad():
        assert close(loaded(batch).nodes, model(batch).nodes)
    assert not any(parameter.requires_grad for parameter in loaded.parameters())
    (tmp_path / "nar.safetensors").write_bytes(b"x")
    with pytest.raises(StorageError, match="cannot be read"):
        load_nar(tmp_path)
    with pytest.raises(StorageError, match="holds no reasoner"):
        load_nar(tmp_path / "nowhere")


def test_bad_requests_are_told() -> None:
    with pytest.raises(BadArgument, match="knows bfs; not dfs"):
        reasoner("bfs")(collate(examples("dfs", (4,))))
    with pytest.raises(BadArgument, match="one algorithm"):
        collate([*examples("dfs", (4,)), *examples("bfs", (4,))])
    with pytest.raises(BadArgument, match="'chess'"):
        NARConfig(("chess",))


def test_the_rate_stays_and_then_falls_to_nothing_in_a_straight_line() -> None:
    schedule = Schedule(steps=100, rate=1e-3, cool=0.2)
    rates = [schedule.rate_at(step) for step in range(1, 101)]
    assert rates[:80] == [1e-3] * 80
    assert rates[81:] == pytest.approx([1e-3 * left / 20 for left in range(19, 0, -1)])
    assert Schedule(steps=100, rate=1e-3).rate_at(100) == 1e-3
