"""The study of Sparse GIN-Attention, on a tiny random model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.tiny import tiny, torch, transformers

from evals import run  # noqa: E402  isort: skip
from evals.studies.sparse_gin import main as sparse_gin  # noqa: E402  isort: skip
from evals.studies.sparse_gin.linked_text import CITIES, FRIENDS, NAMES, STRANGERS, make, shuffled  # noqa: E402  isort: skip
from evals.studies.sparse_gin.table import tables  # noqa: E402  isort: skip

SMALL = "--seeds 1 --steps 2 --length 16 --batch 2 --texts 2 --validation 3 --rank 2 --layers 2".split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    found = tmp_path_factory.mktemp("model")
    words = ["<end>", "<unknown>", ",", ".", *"new in town friend of lives also".split(), *NAMES, *CITIES]
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unknown>"))
    tokenizer.pre_tokenizer = Whitespace()
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>").save_pretrained(found)
    tiny(vocab_size=len(words), eos_token_id=0, max_position_embeddings=128).save_pretrained(found)
    return found


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "text.txt"
    file.write_text(" ".join(NAMES * 10))
    return file


def test_every_row_is_measured_and_kept(
    folder: Path, text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["sparse-gin", "--model", str(folder), "--data", str(text), *SMALL, "--out", str(tmp_path / "out")]
    assert run.main([*words, "--minutes", "0"]) == 0
    assert "the time is up before text/LoRA/0" in capsys.readouterr().err
    assert run.main(words) == 0
    table = capsys.readouterr().out
    first, *rows = [json.loads(line) for line in (tmp_path / "out" / "rows.jsonl").read_text().splitlines()]
    assert first["about"]["steps"] == 2
    assert len(rows) == 6 + 6 + 3 + len(sparse_gin.VARIANTS)
    for method in (m.name for m in sparse_gin.MAIN):
        assert f"| {method} | 1 |" in table
    for part in ("text", "told", "untold"):
        before = {row["perplexity_before"] for row in rows if row["part"] == part}
        assert max(before) == pytest.approx(min(before))
    assert all(0 <= row["accuracy"] <= 1 for row in rows if row["part"] != "text")
    budget = {row["trainable"] for row in rows}
    assert max(budget) < 1.1 * min(budget)
    kept = (tmp_path / "out" / "rows.jsonl").read_bytes()
    assert run.main(words) == 0
    assert (tmp_path / "out" / "rows.jsonl").read_bytes() == kept


def test_bad_arguments(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sparse-gin", "--model", str(folder), *SMALL, "--out", str(tmp_path / "out")]
    assert run.main([*words, "--parts", "text,songs"]) == 2
    assert "--parts has songs" in capsys.readouterr().err
    assert run.main([*words, "--data", str(tmp_path / "nowhere.txt")]) == 2
    assert "no such file" in capsys.readouterr().err


@pytest.mark.parametrize("family", ["llama", "qwen3"])
def test_upper_layers_compute_what_the_whole_model_computes(family: str) -> None:
    from evals.studies.sparse_gin.upper_layers import PickedHead, keep_upper, states

    model, ids = tiny(family), torch.arange(24).reshape(2, 12)
    with torch.no_grad():
        whole = model(ids).logits
        hidden = states(model, ids, 2, batch=1)
        upper = keep_upper(model, 2)
        assert torch.allclose(upper(inputs_embeds=hidden).logits, whole, atol=1e-6)
        upper.lm_head = PickedHead(upper.lm_head, [3, 7])
        labels = torch.tensor([[-100, 5, 6], [-100, 7, 8]])
        out = upper(inputs_embeds=hidden, labels=labels)
    expected = torch.nn.functional.cross_entropy(whole[:, [3, 7]].reshape(4, -1), labels[:, 1:].reshape(4))
    assert float(out.loss) == pytest.approx(float(expected), rel=1e-5)


def test_states_are_read_back(tmp_path: Path) -> None:
    from evals.studies.sparse_gin.upper_layers import cached_states

    model, ids = tiny(), torch.arange(12).reshape(1, 12)
    first = cached_states(tmp_path / "x.safetensors", model, ids, 1)
    assert torch.equal(first, cached_states(tmp_path / "x.safetensors", None, ids, 1))


@pytest.mark.parametrize("told", [True, False])
def test_a_friends_city_follows_from_the_graph(folder: Path, told: bool) -> None:
    tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder)
    texts, layout = make(20, 0, tokenizer, told=told)
    for text in texts:
        people = list(text.graph)
        city = {person: text.ids[text.spans[person][-2]] for person in people}
        assert text.graph.number_of_edges() == FRIENDS
        assert all(city[u] == city[v] for u, v in text.graph.edges)
        assert len({city[person] for person in people[:STRANGERS]}) == STRANGERS
        assert [text.ids[place + 1] for place in layout.answers] == list(text.cities)
        assert tuple(city[person] for person in people[STRANGERS:]) == text.cities
        written = tokenizer.decode(text.ids)
        assert ("friend of" in written) == told
        other = shuffled(text.graph, 1)
        assert set(other) == set(text.graph)
        assert other.number_of_edges() == FRIENDS


def test_parameters_are_as_counted() -> None:
    from peft import get_peft_model

    model = tiny()
    count = get_peft_model(model, sparse_gin.config(sparse_gin.Method("LoRA"), model.config, 4))
    assert count.get_nb_trainable_parameters()[0] == 3 * sparse_gin.lora_parameters(model.config, 4)
    size = sparse_gin.width(5_000, 32)
    assert abs(2 * 32 * size + 2 * size * size + 3 * size + 4 - 5_000) < 300


def test_a_table_gives_mean_and_deviation() -> None:
    row = {
        "part": "text", "method": "LoRA", "perplexity_before": 9.0, "trainable": 1000, "steps": 2,
        "core_seconds_per_step": 0.5, "peak_memory": 2_000_000,
    }  # fmt: skip
    said = tables([{**row, "seed": 0, "perplexity": 4.0}, {**row, "seed": 1, "perplexity": 6.0}])
    assert "| LoRA | 2 | 5.00 ± 1.41 | 1,000 | 0.50 | 2 |" in said
    assert "| LoRA | 1 | 4.00 | 1,000" in tables([{**row, "seed": 0, "perplexity": 4.0}])
