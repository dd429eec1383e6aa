"""GraphAdapter on cached hidden states: the same numbers as the peft model, what is saved, resumed and refused."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.adapters.tiny import tiny, torch, transformers

pytest.importorskip("torch_geometric", reason="the extra 'adapters' is not installed")

from adapters import train  # noqa: E402  isort: skip
from adapters.graph_adapter import TextGraph  # noqa: E402  isort: skip
from adapters.graph_adapter.cached import CachedClassifier, CachedPretraining, text_blocks  # noqa: E402  isort: skip
from adapters.graph_adapter.hidden import HiddenStates, Prompt, cached  # noqa: E402  isort: skip
from adapters.training.graph_data import read_nodes  # noqa: E402  isort: skip
from graphs.errors import StorageError  # noqa: E402  isort: skip

WORDS = "the scarecrow and the woodman walked along the road of yellow brick while the lion slept in poppies".split()
BRIEF = ["--tokens", "12", "--length", "4", "--steps", "8", "--evaluate", "4", "--batch", "8", "--rate", "0.01"]
BRIEF += ["--size", "8", "--device", "cpu", "--quiet"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("model"))


def tiny_model(folder: Path) -> Path:
    """A tiny random model with a tokenizer of whole words, saved in the folder."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = ["<end>", "<unknown>", *sorted(set(WORDS)), "Answer", ":"]
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unknown>"))
    tokenizer.pre_tokenizer = Whitespace()
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>", unk_token="<unknown>")
    fast.save_pretrained(folder)
    tiny(eos_token_id=0).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty nodes of two classes, which speak of other words and are linked among themselves."""
    folder = tmp_path_factory.mktemp("graph")
    rng = random.Random(3)
    rows = [
        {"id": i, "label": "ab"[i % 2], "text": " ".join(rng.choices(WORDS[(i % 2) * 8 :][:8], k=rng.randint(3, 14)))}
        for i in range(40)
    ]
    pairs = {(u, v) for u in range(40) for v in rng.sample(range(u % 2, 40, 2), 4) if u < v}
    (folder / "nodes.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "edges.tsv").write_text("source\ttarget\n" + "".join(f"{u}\t{v}\n" for u, v in sorted(pairs)))
    return folder


def loaded(model: Path) -> tuple[Any, Any]:
    return (
        transformers.AutoModelForCausalLM.from_pretrained(model).eval(),
        transformers.AutoTokenizer.from_pretrained(model),
    )


def states_in(folder: Path, model: Path, data: Path, **about: Any) -> HiddenStates:
    found, tokenizer = loaded(model)
    return cached(
        folder, found, tokenizer, read_nodes(data).texts, Prompt("", "Answer :", 12), name="tiny", per_shard=16, **about
    )


def test_cached_states_are_those_of_one_text_at_a_time(model: Path, data: Path, tmp_path: Path) -> None:
    states = states_in(tmp_path / "states", model, data, batch_size=7)
    lm, tokenizer = loaded(model)
    after = tokenizer("Answer :", add_special_tokens=False)["input_ids"]
    for node, text in enumerate(read_nodes(data).texts):
        hidden, tokens = states.rows(node)
        wanted = tokenizer(text, add_special_tokens=False)["input_ids"][:12]
        assert tokens.tolist() == wanted
        with torch.no_grad():
            ids = torch.tensor([[tokenizer.eos_token_id, *wanted, *after]])
            whole = lm.base_model(ids).last_hidden_state[0].numpy()
        assert np.allclose(hidden, whole[: len(wanted)], atol=2e-3)
        assert np.allclose(states.prompt[node], whole[-1], atol=2e-3)
        assert np.allclose(states.mean[node], whole[1 : len(wanted) + 1].mean(0), atol=2e-3)


def test_a_stopped_cache_goes_on_and_another_is_refused(model: Path, data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "states"
    whole = states_in(folder, model, data).prompt[:].copy()
    for name in ("mean.npy", "prompt.npy", "states-00001.npy"):
        (folder / name).unlink()
    with pytest.raises(StorageError, match="build it again"):
        HiddenStates(folder)
    kept = (folder / "states-00000.npy").stat().st_mtime_ns
    assert np.array_equal(states_in(folder, model, data).prompt, whole)
    assert (folder / "states-00000.npy").stat().st_mtime_ns == kept
    lm, tokenizer = loaded(model)
    with pytest.raises(StorageError, match="another after"):
        cached(folder, lm, tokenizer, read_nodes(data).texts, Prompt("", "Class :", 12), name="tiny", per_shard=16)


@pytest.mark.parametrize("fresh", [True, False])
def test_the_cached_loss_is_the_peft_models(model: Path, data: Path, tmp_path: Path, fresh: bool) -> None:
    from peft import get_peft_model

    from adapters import GraphAdapterConfig

    states = states_in(tmp_path / "states", model, data)
    lm, tokenizer = loaded(model)
    adapted = get_peft_model(lm, GraphAdapterConfig(node_size=states.hidden_size, gnn_size=8, dropout=0.0))
    layer = adapted.get_output_embeddings()
    block = layer.graph_block["default"].eval()
    if not fresh:
        torch.nn.init.normal_(block.fusion.w_ext.weight, std=0.5)
    nodes = read_nodes(data)
    graph = nodes.text_graph(states, "real", 0)
    module = CachedPretraining(block, graph, states, layer.get_base_layer().weight.detach()).eval()
    for row in text_blocks(states, [0, 7, 21], 12):
        node = int(row["node"])
        with torch.no_grad():
            mine = float(module(**{name: value[None] for name, value in row.items()})["loss"])
        ids = torch.tensor([[tokenizer.eos_token_id, *states.rows(node)[1].tolist()]])
        labels = ids.clone()
        labels[:, 0] = -100
        with torch.no_grad(), adapted.base_model.graph(graph, [node]):
            theirs = float(adapted(input_ids=ids, labels=labels).loss)
        assert mine == pytest.approx(theirs, abs=2e-3)


def test_renumbered_nodes_get_the_same_logits(model: Path, data: Path, tmp_path: Path) -> None:
    from adapters import GraphAdapterConfig
    from adapters.graph_adapter import GraphBlock

    states = states_in(tmp_path / "states", model, data)
    nodes = read_nodes(data)
    torch.manual_seed(0)
    config = GraphAdapterConfig(node_size=states.hidden_size, gnn_size=8, dropout=0.0)
    block = GraphBlock(states.hidden_size, config).eval()
    graph = nodes.text_graph(states, "real", 0)
    first = CachedClassifier(block, graph, states, 2).eval()
    order = torch.randperm(40, generator=torch.Generator().manual_seed(1))
    place = order.argsort()
    second = CachedClassifier(block, TextGraph(graph.features[order], place[graph.edge_index]), states, 2).eval()
    second.head.load_state_dict(first.head.state_dict())
    second._given = (second._given[0], first._given[1][order])
    every = torch.arange(40)
    assert torch.allclose(first.logits(every), second.logits(place), atol=1e-5)


@pytest.mark.parametrize("task", ["pretrain", "classify", "links"])
def test_training_saves_what_peft_loads(task: str, model: Path, data: Path, tmp_path: Path) -> None:
    from peft import PeftModel

    save = tmp_path / task
    arguments = ["graph-adapter", "--model", str(model), "--data", str(data), "--save", str(save), "--task", task]
    arguments += ["--states", str(tmp_path / "states"), *BRIEF, "--holdout", "0.2"]
    assert train.main(arguments) == 0
    result = json.loads((save / "result.json").read_text())
    assert result["steps"] == 8
    assert 0 < result["trainable"] < result["total"]
    measure = "perplexity" if task == "pretrain" else "loss"
    assert result["after"][measure] <= result["before"][measure]
    assert (save / f"{task}.safetensors").exists() == (task != "pretrain")
    lm, _ = loaded(model)
    again = PeftModel.from_pretrained(lm, save)
    from safetensors.torch import load_file

    for name, weight in load_file(save / "adapter_model.safetensors").items():
        own = again.get_parameter(name.replace(".graph_block.", ".graph_block.default."))
        assert torch.equal(own, weight)
    assert train.main([*arguments, "--resume"]) == 0  # finished: says so again
    assert train.main(arguments) == 2  # something is there already


def test_a_stopped_run_goes_on_to_the_same_weights(model: Path, data: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file

    from adapters.training import graph_adapter

    common = ["graph-adapter", "--model", str(model), "--data", str(data), "--task", "classify", *BRIEF]
    common += ["--states", str(tmp_path / "states"), "--patience", "0"]
    assert train.main([*common, "--save", str(tmp_path / "whole")]) == 0
    parser = train.argparse.ArgumentParser()
    train.fill(parser)
    options = parser.parse_args([*common, "--save", str(tmp_path / "halves")])

    class Halt(Exception):
        pass

    def stop(progress: Any) -> None:
        if progress.note != "hidden states" and progress.step == 6:
            raise Halt

    with pytest.raises(Halt):
        graph_adapter.train(options, stop)
    options.resume = True
    result = graph_adapter.train(options, lambda progress: None)
    assert result.resumed_from == 4
    one, other = (load_file(tmp_path / name / "adapter_model.safetensors") for name in ("whole", "halves"))
    assert all(torch.allclose(one[name], other[name], atol=1e-6) for name in one)


def test_bad_data_is_told(model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bare.csv").write_text("source,target\na,b\nb,c\n")
    arguments = ["graph-adapter", "--model", str(model), "--save", str(tmp_path / "x"), *BRIEF]
    assert train.main([*arguments, "--data", str(tmp_path / "bare.csv")]) == 2
    assert "no node has the attribute `text`" in capsys.readouterr().err
    assert train.main([*arguments, "--data", str(tmp_path / "none")]) == 2
    assert "no such file" in capsys.readouterr().err
