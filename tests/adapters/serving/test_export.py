"""An adapter and its language model become one folder, whose transformers twin computes what was trained."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.serving import folders
from tests.adapters.serving.folders import BFS, DIJKSTRA, PATH, graph_of
from tests.adapters.tiny import torch

from peft import LoraConfig, PeftModel, get_peft_model  # isort: skip
from adapters.serving.export import export
from adapters.serving.folder import about, settings
from adapters.serving.twin import Twin
from adapters.transnar.reasoner import TextReasoner
from graphs.errors import BadArgument, ParseError, StorageError, TooLarge


@pytest.fixture(scope="module")
def transnar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folders.transnar(tmp_path_factory.mktemp("transnar"))


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folders.graph_adapter(tmp_path_factory.mktemp("adapter"))


def ids_of(twin: Twin, text: str = BFS) -> list[int]:
    found: list[int] = twin.tokenizer(text)["input_ids"]
    return found


def test_a_folder_says_what_it_holds(transnar: Path) -> None:
    found = about(transnar)
    assert (found.kind, found.algorithms, found.node_size, found.most_tokens) == (
        "transnar",
        ("bfs", "dijkstra"),
        16 + 3 * 4 + 2 + 2,
        72,
    )
    config = settings(transnar)
    assert config["text_config"]["vocab_size"] == found.vocabulary + 2
    assert config["graph"]["layers"] == [0, 1]
    model = (transnar / "model.safetensors").stat()
    assert model.st_nlink > 1  # the language model's bytes lie on the disk once


def test_the_twin_is_the_trained_reasoner(transnar: Path) -> None:
    from adapters.nar.batch import collate
    from graphs.clrs.example import run
    from graphs.clrs.text import read_question

    twin, trained = Twin.load(transnar), TextReasoner.load(transnar.parent / "trained")
    ids = ids_of(twin)
    question = read_question(BFS)
    example = run(question.algorithm, **question.inputs)
    begun = type(example)(
        example.algorithm, example.inputs, example.outputs, {k: v[:1] for k, v in example.hints.items()}
    )
    with trained.reading(trained.states(collate([begun])), begun.num_nodes), torch.no_grad():
        logits = trained.model(input_ids=torch.tensor([ids])).logits[0, :-1]
    expected = logits.log_softmax(-1).gather(-1, torch.tensor(ids)[1:, None])[:, 0]
    assert torch.equal(twin.log_probabilities(ids, [graph_of(BFS)]), expected)


def test_two_graphs_are_read_side_by_side(transnar: Path) -> None:
    twin = Twin.load(transnar)
    ids, graphs = ids_of(twin), [graph_of(BFS), graph_of(DIJKSTRA)]
    both = twin.log_probabilities(ids, graphs)
    assert torch.allclose(both, twin.log_probabilities(ids, graphs[::-1]), atol=1e-5)  # in whatever order
    for graph in graphs:
        assert not torch.allclose(both, twin.log_probabilities(ids, [graph]), atol=1e-3)


def test_positions_are_spread_for_models_of_random_positions(tmp_path: Path) -> None:
    folder = folders.transnar(tmp_path, random_positions=1024)
    twin = Twin.load(folder)
    assert twin.about.stride == 4
    ids = ids_of(twin)
    with torch.no_grad():
        plain = Twin.load(folder)
        plain.model.get_base_model()._forward_pre_hooks.clear()
        positions = 4 * torch.arange(len(ids))[None]
        logits = plain.model(input_ids=torch.tensor([ids]), position_ids=positions).logits[0, :-1]
    expected = logits.log_softmax(-1).gather(-1, torch.tensor(ids)[1:, None])[:, 0]
    assert torch.allclose(twin.log_probabilities(ids), expected, atol=1e-5)
    made = twin.model.generate(torch.tensor([ids]), max_new_tokens=3, do_sample=False)[0].tolist()
    for place in range(len(ids), len(made)):  # decoding from a cache spreads them, too
        with torch.no_grad():
            again = twin.model(input_ids=torch.tensor([made[:place]])).logits[0, -1].argmax()
        assert int(again) == made[place]


def test_the_last_node_counts(adapter: Path) -> None:
    twin = Twin.load(adapter)
    ids = ids_of(twin)
    assert torch.equal(twin.log_probabilities(ids, [PATH | {"node": 0}, PATH]), twin.log_probabilities(ids, [PATH]))
    with twin.model.disable_adapter():
        base = twin.log_probabilities(ids)
    assert torch.equal(twin.log_probabilities(ids), base)
    assert not torch.allclose(twin.log_probabilities(ids, [PATH]), base, atol=1e-3)


def test_what_a_model_cannot_read_is_told(transnar: Path, tmp_path: Path) -> None:
    twin = Twin.load(transnar)
    with pytest.raises(ParseError, match="this model reads"):
        twin.log_probabilities([5, 6], [PATH])
    with pytest.raises(TooLarge, match="at most 8"):
        twin.log_probabilities([5, 6], [{"algorithm": "bfs", "inputs": {"s": 0, "A": [[0] * 9] * 9}}])
    gin = Twin.load(folders.sparse_gin(tmp_path))
    with pytest.raises(BadArgument, match="takes no graph"):
        gin.log_probabilities([5, 6], [PATH])


def test_what_cannot_be_exported_is_told(transnar: Path, adapter: Path, tmp_path: Path) -> None:
    trained, base = transnar.parent / "trained", adapter.parent / "base"
    for source, more, told in (
        (trained, {"target": transnar}, "in use"),
        (tmp_path, {}, "holds no adapter"),
        (trained / "adapter", {"base": base}, "served with its reasoner"),
        (trained, {"most_nodes": 0}, "1 to 256 nodes"),
        (adapter.parent / "adapter", {"base": tmp_path}, "holds no model"),
    ):
        given: dict[str, Any] = {"target": tmp_path / "new", **more}
        with pytest.raises((StorageError, BadArgument), match=told):
            export(source, **given)
    wide = tmp_path / "wide"
    shutil.copytree(adapter.parent / "adapter", wide)
    peft = json.loads((wide / "adapter_config.json").read_text())
    (wide / "adapter_config.json").write_text(json.dumps(peft | {"gnn_size": 65}))
    with pytest.raises(BadArgument, match="width 65, and through this model no more than 64"):
        export(wide, tmp_path / "new", base=adapter.parent / "base")
    assert not (tmp_path / "new").exists()
    with pytest.raises(StorageError, match="no servable folder"):
        about(base)


def test_other_adapters_and_models_are_refused(adapter: Path, tmp_path: Path) -> None:
    lora = get_peft_model(folders.language_model(), LoraConfig(r=2, target_modules=["q_proj"]))
    lora.save_pretrained(str(tmp_path / "lora"))
    with pytest.raises(BadArgument, match="LORA is not served.*--lora NAME=FOLDER"):
        export(tmp_path / "lora", tmp_path / "new", base=adapter.parent / "base")
    other = tmp_path / "gpt2"
    other.mkdir()
    (other / "config.json").write_text(json.dumps({"model_type": "gpt2", "vocab_size": 9}))
    with pytest.raises(BadArgument, match="not gpt2"):
        export(adapter.parent / "adapter", tmp_path / "new", base=other)
    windows = tmp_path / "windows"
    windows.mkdir()
    config = json.loads((adapter.parent / "base" / "config.json").read_text())
    (windows / "config.json").write_text(json.dumps(config | {"model_type": "mistral", "sliding_window": 16}))
    with pytest.raises(BadArgument, match="sliding windows"):
        export(adapter.parent / "adapter", tmp_path / "new", base=windows)


def test_the_adapter_in_a_folder_is_still_pefts(adapter: Path) -> None:
    model = PeftModel.from_pretrained(folders.language_model(), str(adapter / "adapter")).eval()
    assert any("graph_block" in name for name, _ in model.named_parameters())
