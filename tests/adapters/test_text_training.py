"""`konigsberg train lora` and `sparse-gin` on tiny random models: what is reported, saved, resumed and refused."""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.tiny import tiny, torch, transformers

from adapters import train  # noqa: E402  isort: skip

ROOT = Path(__file__).parent.parent.parent
WORDS = "the scarecrow and the woodman walked along the road of yellow brick while the lion slept in poppies".split()
TEXT = " ".join(WORDS[i * i % len(WORDS)] for i in range(1_400))
BRIEF = ["--length", "16", "--steps", "12", "--evaluate", "4", "--batch", "2", "--rate", "0.01", "--device", "cpu"]
METHODS = ["lora", "sparse-gin"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random model with a tokenizer of whole words."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    folder = tmp_path_factory.mktemp("model")
    words = ["<end>", "<unknown>", *sorted(set(WORDS))]
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unknown>"))
    tokenizer.pre_tokenizer = Whitespace()
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>", unk_token="<unknown>")
    fast.save_pretrained(folder)
    tiny(eos_token_id=0).save_pretrained(folder)
    return folder


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "text.txt"
    file.write_text(TEXT)
    return file


def command(method: str, model: Path, text: Path, save: Path, *more: str) -> list[str]:
    return [method, "--model", str(model), "--data", str(text), "--save", str(save), "--quiet", *BRIEF, *more]


def weights(folder: Path) -> dict[str, Any]:
    from safetensors.torch import load_file

    return load_file(folder / "adapter_model.safetensors")


@pytest.mark.parametrize("method", METHODS)
def test_a_run_reports_and_saves(
    method: str, model: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save = tmp_path / "out"
    assert train.main(command(method, model, text, save, "--json", "--seed", "3")) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((save / "result.json").read_text())
    assert said["method"] == method
    assert (said["seed"], said["steps"], said["device"]) == (3, 12, "cpu")
    assert 0 < said["trainable"] < said["total"]
    assert said["after"]["perplexity"] < said["before"]["perplexity"]
    assert said["seconds_per_step"] > 0
    assert said["peak_memory"] > 10_000_000
    assert said["best_step"] in (4, 8, 12)
    assert said["about"]["tokens_seen"] == 12 * 2 * 16
    assert len(said["digest"]) == 16
    assert "konigsberg" in (card := (save / "README.md").read_text())
    assert card.startswith("---\nlibrary_name: peft\n")
    assert str(model.parent) not in card
    assert not (save / "checkpoints").exists()


@pytest.mark.filterwarnings("ignore:.*torch.jit.script.*:DeprecationWarning")  # torch_geometric's
@pytest.mark.parametrize("method", METHODS)
def test_the_saved_adapter_has_the_reported_perplexity(method: str, model: Path, text: Path, tmp_path: Path) -> None:
    from peft import PeftModel

    from adapters import register
    from adapters.training.texts import blocks, read, split

    save = tmp_path / "out"
    assert train.main(command(method, model, text, save)) == 0
    register()
    adapted = PeftModel.from_pretrained(transformers.AutoModelForCausalLM.from_pretrained(model), str(save)).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(model)
    _, held = split(blocks(read(text).documents, tokenizer, 16), 0.1, "text")
    ids = torch.tensor([block["input_ids"] for block in held])
    with torch.no_grad():
        loss = float(adapted(ids, labels=ids).loss)
    result = json.loads((save / "result.json").read_text())
    assert math.exp(loss) == pytest.approx(result["after"]["perplexity"], rel=1e-5)
    with torch.no_grad(), adapted.disable_adapter():
        loss = float(adapted(ids, labels=ids).loss)
    assert math.exp(loss) == pytest.approx(result["before"]["perplexity"], rel=1e-5)


@pytest.mark.parametrize("method", METHODS)
def test_a_killed_run_resumes_to_the_same_result(method: str, model: Path, text: Path, tmp_path: Path) -> None:
    """The process is killed as soon as it has a checkpoint."""
    more = ["--steps", "40", "--patience", "0"]
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    assert train.main(command(method, model, text, whole, *more)) == 0
    words = [sys.executable, "-m", "adapters.train", *command(method, model, text, cut, *more)]
    child = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"}, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not list(cut.glob("checkpoints/checkpoint-*/trainer_state.json")) and time.monotonic() < deadline:
        assert child.poll() is None, child.communicate()[1]
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert not (cut / "result.json").exists()
    assert train.main(command(method, model, text, cut, *more, "--resume")) == 0
    one, two = (json.loads((folder / "result.json").read_text()) for folder in (whole, cut))
    assert two["resumed_from"] >= 4
    for name in ("before", "after", "best_step", "steps", "trainable", "digest"):
        assert one[name] == two[name], name
    first, second = weights(whole), weights(cut)
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_checkpoint_that_a_kill_left_unfinished_is_passed_over(tmp_path: Path) -> None:
    from adapters.training.fit import _COMPLETE, _WEIGHTS, last_checkpoint

    for step in (5, 10):
        (folder := tmp_path / f"checkpoint-{step}").mkdir()
        for name in (*_COMPLETE, _WEIGHTS[0]):
            (folder / name).write_text("{}")
    assert last_checkpoint(tmp_path) == tmp_path / "checkpoint-10"
    (tmp_path / "checkpoint-10" / "trainer_state.json").write_text('{"global')
    assert last_checkpoint(tmp_path) == tmp_path / "checkpoint-5"
    assert not (tmp_path / "checkpoint-10").exists()


def test_a_finished_run_is_not_trained_again(model: Path, text: Path, tmp_path: Path) -> None:
    save = tmp_path / "out"
    assert train.main(command("lora", model, text, save)) == 0
    before = (save / "adapter_model.safetensors").stat().st_mtime_ns
    assert train.main(command("lora", model, text, save, "--resume")) == 0
    assert (save / "adapter_model.safetensors").stat().st_mtime_ns == before


def test_the_same_seed_gives_the_same_weights(model: Path, text: Path, tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert train.main(command("sparse-gin", model, text, tmp_path / name, "--seed", seed)) == 0
    a, b, c = (weights(tmp_path / name) for name in "abc")
    assert all(torch.equal(a[name], b[name]) for name in a)
    assert not all(torch.equal(a[name], c[name]) for name in a)


def test_early_stop_keeps_the_best_step(model: Path, text: Path, tmp_path: Path) -> None:
    """Noise to train on, the story to validate on: sooner or later the loss grows."""
    noise = tmp_path / "noise.txt"
    noise.write_text("poppies slept " * 300)
    save = tmp_path / "out"
    more = ["--validation", str(text), "--steps", "300", "--evaluate", "5", "--patience", "2"]
    assert train.main(command("sparse-gin", model, noise, save, *more)) == 0
    result = json.loads((save / "result.json").read_text())
    assert result["stopped_early"]
    assert result["steps"] == result["best_step"] + 10
    assert result["steps"] < 300


def test_a_loss_that_is_no_number_ends_the_run(
    model: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train.main(command("lora", model, text, tmp_path / "out", "--rate", "1e35")) == 2
    assert "train with a lower --rate" in capsys.readouterr().err


def test_the_command_is_that_of_the_process(
    model: Path, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = command("lora", model, text, tmp_path / "out")
    monkeypatch.setattr(sys, "argv", ["/bin/konigsberg", "train", *words])
    assert train.main(words) == 0
    assert json.loads((tmp_path / "out" / "result.json").read_text())["command"].startswith(
        "konigsberg train lora --model"
    )


def test_gradient_checkpointing_changes_nothing(model: Path, text: Path, tmp_path: Path) -> None:
    assert train.main(command("sparse-gin", model, text, tmp_path / "a")) == 0
    assert train.main(command("sparse-gin", model, text, tmp_path / "b", "--checkpoint-activations")) == 0
    one, two = (json.loads((tmp_path / name / "result.json").read_text()) for name in "ab")
    assert one["after"]["perplexity"] == pytest.approx(two["after"]["perplexity"], rel=1e-4)


@pytest.mark.parametrize("family", ["gpt2", "qwen3", "gemma2"])
def test_other_families(family: str, model: Path, text: Path, tmp_path: Path) -> None:
    folder = tmp_path / family
    shutil.copytree(model, folder)
    tiny(family, eos_token_id=0).save_pretrained(folder)
    assert train.main(command("sparse-gin", folder, text, tmp_path / "out", "--size", "8")) == 0


def test_jsonl_and_folders(tmp_path: Path) -> None:
    from adapters.training.texts import read

    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.jsonl").write_text('{"body": "two"}\n\n{"body": "three"}\n')
    assert read(tmp_path, "body").documents == ("one", "two", "three")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", '{"text": "x"}\n{"text": ', "line 2: no JSON"),
        ("a.jsonl", '{"body": "x"}\n', "line 1: no text under 'text' (it has body); name it with --field"),
        ("a.jsonl", "[1]\n", "line 1: no text under 'text' (expected an object)"),
        ("a.txt", "  \n", "holds no text"),
        ("a.txt", b"\xff\xfe\x00", "no UTF-8 text"),
        ("a.txt", "the lion slept", "gives 0 blocks of tokens"),
    ],
)
def test_data_that_cannot_be_used(
    name: str, content: str | bytes, said: str, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert train.main(command("lora", model, file, tmp_path / "out")) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_model_from_a_gguf_file_is_trained(
    model: Path, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What transformers leaves on such a model makes its Trainer refuse it."""
    from types import SimpleNamespace

    read = transformers.AutoModelForCausalLM.from_pretrained

    def from_gguf(source: str, gguf_file: str = "", **about: Any) -> Any:
        found = read(model, **about)
        found.is_quantized = bool(gguf_file)
        found.hf_quantizer = SimpleNamespace(
            is_trainable=False, quantization_config=SimpleNamespace(quant_method="gguf"), is_qat_trainable=False
        )
        return found

    tokens = transformers.AutoTokenizer.from_pretrained(model)
    monkeypatch.setattr(transformers.AutoModelForCausalLM, "from_pretrained", from_gguf)
    monkeypatch.setattr(transformers.AutoTokenizer, "from_pretrained", lambda *_, **__: tokens)
    (tmp_path / "model.gguf").write_text("")
    assert train.main(command("lora", tmp_path / "model.gguf", text, tmp_path / "out")) == 0
    assert "gguf_file='model.gguf'" in (tmp_path / "out" / "README.md").read_text()


def test_models_that_cannot_be_used(
    model: Path, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    (tmp_path / "empty").mkdir()
    for name, said in (
        (str(tmp_path / "nowhere"), "there is no such folder or file"),
        (str(tmp_path / "empty"), "has no config.json"),
        (str(text), "is a file"),
        ("someone/no-such-model", "name the folder of a model"),
    ):
        assert train.main([*command("lora", model, text, tmp_path / "out"), "--model", name]) == 2
        assert said in capsys.readouterr().err, name
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--length", "65"], "the model reads 64 tokens at most"),
        (["--device", "cuda"], "torch sees no GPU"),
        (["--targets", "nowhere"], "nowhere"),
        (["--data", "nowhere.txt"], "no such file"),
        (["--validation", "nowhere.txt"], "no such file"),
    ],
)
def test_settings_that_cannot_be_used(
    more: list[str], said: str, model: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if "cuda" in more and torch.cuda.is_available():
        pytest.skip("there is a GPU")
    assert train.main(command("lora", model, text, tmp_path / "out", *more)) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--steps", "0"], ["--rate", "-1"], ["--holdout", "1"], ["--epochs", "nan"]])
def test_numbers_out_of_range(more: list[str], model: Path, text: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        train.main(command("lora", model, text, tmp_path / "out", *more))
    assert stopped.value.code == 2


def test_folders_in_the_way(model: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save = tmp_path / "out"
    save.mkdir()
    (save / "letter.txt").write_text("keep me")
    assert train.main(command("lora", model, text, save)) == 2
    assert "holds other files" in capsys.readouterr().err
    (save / "letter.txt").unlink()
    assert train.main(command("lora", model, text, save)) == 0
    assert train.main(command("lora", model, text, save)) == 2
    assert "--resume" in capsys.readouterr().err
    assert train.main(command("lora", model, text, save, "--resume", "--rate", "0.02")) == 2
    assert "rate was 0.01, now 0.02" in capsys.readouterr().err
    text.write_text(TEXT + " lion")
    assert train.main(command("lora", model, text, save, "--resume")) == 2
    assert "digest" in capsys.readouterr().err


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A folder of nodes that say the same as their neighbours."""
    folder = tmp_path / "graph"
    folder.mkdir()
    rows = [{"id": n, "text": " ".join([WORDS[n // 2 % len(WORDS)]] * (2 + n % 5))} for n in range(40)]
    (folder / "nodes.jsonl").write_text("\n".join(json.dumps(row) for row in [*rows, {"id": 40}]) + "\n")
    pairs = [(n, n + 1) for n in range(0, 36, 2)] + [(0, 40)]  # the last four stand alone
    (folder / "edges.tsv").write_text("source\ttarget\n" + "".join(f"{u}\t{v}\n" for u, v in pairs))
    return folder


def test_blocks_of_a_graph(model: Path, graph: Path) -> None:
    from adapters.training.neighbour_texts import IGNORED, node_blocks, read_nodes

    nodes = read_nodes(graph, "text")
    assert len(nodes.texts) == 40  # one node has no text
    tokenizer = transformers.AutoTokenizer.from_pretrained(model)
    training, validation = node_blocks(nodes, tokenizer, 16, 0.1, 2, edges=True)
    assert (len(training), len(validation)) == (36, 4)
    for block in training + validation:
        heard = block["labels"].index(next(label for label in block["labels"] if label != IGNORED))
        own = [label for label in block["labels"] if label != IGNORED]
        said = set(tokenizer.decode(own[:-1]).split())
        assert len(said) == 1
        assert heard == 0 or said == set(tokenizer.decode(block["input_ids"][:heard]).split()) - {"<end>"}
        assert len(block["input_ids"]) == len(block["labels"]) == 16
        assert block["edges"].sum() == heard * len(own)
        assert not block["edges"].triu().any()
        assert block["edges"][heard, 0] == (heard > 0)
    plain, _ = node_blocks(nodes, tokenizer, 16, 0.1, 2, edges=False)
    assert [b["input_ids"] for b in plain] == [b["input_ids"] for b in training]
    assert all("edges" not in block for block in plain)


def test_the_token_graph_reaches_the_adapter(model: Path, graph: Path, tmp_path: Path) -> None:
    found = {}
    for name, method, more in (
        ("with", "sparse-gin", ["--edges", "none"]),
        ("without", "sparse-gin", ["--edges", "none", "--no-graph-edges"]),
        ("lora", "lora", []),
    ):
        words = command(method, model, graph, tmp_path / name, *more)
        words[words.index("--data")] = "--graph"
        assert train.main(words) == 0
        found[name] = json.loads((tmp_path / name / "result.json").read_text())
    assert found["with"]["digest"] == found["without"]["digest"] == found["lora"]["digest"]
    assert found["with"]["before"] == pytest.approx(found["without"]["before"], rel=1e-5)
    assert found["with"]["before"]["perplexity"] == pytest.approx(found["lora"]["before"]["perplexity"], rel=1e-4)
    assert found["with"]["after"] != found["without"]["after"]
    assert weights(tmp_path / "with")["base_model.model.model.layers.0.self_attn.gin_block.extra"] != 1
    assert weights(tmp_path / "without")["base_model.model.model.layers.0.self_attn.gin_block.extra"] == 1


def test_the_validation_loss_is_the_mean_over_tokens(model: Path, graph: Path, tmp_path: Path) -> None:
    """Blocks of a graph predict few or many tokens."""
    from adapters.training.neighbour_texts import node_blocks, read_nodes

    words = command("lora", model, graph, tmp_path / "out", "--holdout", "0.3", "--batch", "3")
    words[words.index("--data")] = "--graph"
    assert train.main(words) == 0
    tokenizer = transformers.AutoTokenizer.from_pretrained(model)
    _, held = node_blocks(read_nodes(graph, "text"), tokenizer, 16, 0.3, 2, edges=False)
    base = transformers.AutoModelForCausalLM.from_pretrained(model)
    with torch.no_grad():
        logits = base(torch.tensor([block["input_ids"] for block in held])).logits[:, :-1]
    labels = torch.tensor([block["labels"] for block in held])[:, 1:]
    assert len({int((row != -100).sum()) for row in labels}) > 1
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten())
    result = json.loads((tmp_path / "out" / "result.json").read_text())
    assert result["before"]["perplexity"] == pytest.approx(math.exp(float(loss)), rel=1e-5)


def test_graphs_that_cannot_be_used(
    model: Path, graph: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = command("lora", model, graph, tmp_path / "out")
    words[words.index("--data")] = "--graph"
    assert train.main([*words, "--field", "abstract"]) == 2
    assert "0 of 41 nodes have a text under 'abstract'" in capsys.readouterr().err
    assert train.main([*words, "--validation", str(text)]) == 2
    assert "--holdout" in capsys.readouterr().err
    assert train.main([*words, "--graph", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
