"""Tiny random language models of each family, and what tests do with them."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="the extra 'adapters' is not installed")
transformers = pytest.importorskip("transformers", reason="the extra 'adapters' is not installed")
pytest.importorskip("peft", reason="the extra 'adapters' is not installed")

VOCABULARY = 50
_LLAMA = {
    "vocab_size": VOCABULARY,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
    "bos_token_id": 1,
    "eos_token_id": None,
    "head_dim": 8,
}
_GPT2 = {"vocab_size": VOCABULARY, "n_embd": 32, "n_layer": 3, "n_head": 4, "n_positions": 64, "bos_token_id": 1}
FAMILIES: dict[str, dict[str, Any]] = {
    "llama": _LLAMA,
    "qwen2": _LLAMA,
    "qwen3": _LLAMA,
    "mistral": {**_LLAMA, "sliding_window": 6},
    "gemma2": {**_LLAMA, "sliding_window": 6},
    "phi3": _LLAMA,
    "smollm3": _LLAMA,
    "gpt2": {**_GPT2, "eos_token_id": None, "pad_token_id": 0},
}


def tiny(family: str = "llama", seed: int = 0, **about: Any) -> Any:
    torch.manual_seed(seed)
    config = transformers.AutoConfig.for_model(family, **{**FAMILIES[family], **about})
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation=attention(family))
    return model.eval()


def attention(family: str) -> str:
    return "eager" if family == "gemma2" else "sdpa"  # softcapped attention has no fused kernel


def tokens(batch: int = 2, length: int = 12, seed: int = 1) -> Any:
    return torch.randint(2, VOCABULARY, (batch, length), generator=torch.Generator().manual_seed(seed))


def waken(model: Any, seed: int = 3) -> None:
    """Give every adapter weight a random value, as if it had been trained."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in (p for p in model.parameters() if p.requires_grad):
            parameter.copy_(0.3 * torch.randn(parameter.shape, generator=generator))
