"""Models of the transformers library, with a tiny one made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.models import ModelError, ask_json, chat_model
from graphs.errors import BadArgument

YES_OR_NO = {
    "type": "object",
    "properties": {"yes": {"type": "boolean"}},
    "required": ["yes"],
    "additionalProperties": False,  # random weights would go on with other properties for ever
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of random weights whose tokens are bytes."""
    pytest.importorskip("torch", reason="needs the extra adapters")
    transformers = pytest.importorskip("transformers", reason="needs the extra adapters")
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    plain = Tokenizer(models.BPE({letter: i for i, letter in enumerate([*alphabet, "<end>"])}, []))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=plain, eos_token="<end>", chat_template="{% for m in messages %}{{ m['content'] }}{% endfor %}"
    )
    size = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.LlamaConfig(
        vocab_size=len(alphabet) + 1, num_key_value_heads=2, eos_token_id=len(alphabet), bos_token_id=None, **size
    )
    path = tmp_path_factory.mktemp("tiny")
    transformers.set_seed(0)
    transformers.LlamaForCausalLM(config).save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


def test_it_answers_streams_and_counts(folder: Path) -> None:
    model = chat_model(f"hf:{folder}", max_tokens=12)
    said = str(model.invoke("hello").content)
    assert "".join(str(chunk.content) for chunk in model.stream("hello")) == said
    assert model.usage.prompt_tokens == 2 * len("hello")
    assert (
        model.invoke("hello", temperature=1.0, seed=3).content == model.invoke("hello", temperature=1.0, seed=3).content
    )


def test_a_reply_is_held_to_its_schema(folder: Path) -> None:
    pytest.importorskip("llguidance", reason="needs the extra adapters")
    got = ask_json(chat_model(f"hf:{folder}", max_tokens=40), "hello", YES_OR_NO)
    assert got.value["yes"] in (True, False)
    assert got.repairs == 0


def test_a_timeout_ends_the_reply(folder: Path) -> None:
    model = chat_model(f"hf:{folder}")
    model.invoke("hello", max_tokens=1)
    endless = {"type": "string", "minLength": 100_000}
    with pytest.raises(ModelError, match="within 0.5 seconds"):
        model.invoke("hello", max_tokens=100_000, timeout=0.5, schema=endless)
    assert model.invoke("hello", max_tokens=1).response_metadata["finish_reason"] == "length"


def test_a_missing_folder_says_how_to_bring_one(tmp_path: Path) -> None:
    pytest.importorskip("transformers", reason="needs the extra adapters")
    pytest.importorskip("torch", reason="needs the extra adapters")
    for target in (tmp_path, "no-such/model", "a/b/c"):
        with pytest.raises(BadArgument, match="konigsberg models fetch"):
            chat_model(f"hf:{target}")
