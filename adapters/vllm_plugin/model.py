"""What the servable models share: the language model, the hidden tokens, and the adapter's weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from vllm.config import VllmConfig
from vllm.model_executor.models.interfaces import SupportsLoRA, SupportsMultiModal
from vllm.model_executor.models.utils import WeightsMapper, init_vllm_registered_model, maybe_prefix

from adapters.serving.folder import About
from adapters.vllm_plugin.decoder import FAMILIES, After, Decoder

_GROWN = ("embed_tokens.weight", "lm_head.weight", "lm_head.bias")


class AdaptedModel(nn.Module, SupportsLoRA):  # type: ignore[misc]
    """A language model of the Llama family with side layers, which a subclass makes in `build`."""

    packed_modules_mapping = {"qkv_proj": ["q_proj", "k_proj", "v_proj"], "gate_up_proj": ["gate_proj", "up_proj"]}
    embedding_modules: dict[str, str] = {}
    hf_to_vllm_mapper = WeightsMapper(
        orig_to_new_prefix={"model.": "language_model.model.", "lm_head.": "language_model.lm_head."}
    )
    hiding = False

    def __init__(self, *, vllm_config: VllmConfig, prefix: str = "") -> None:
        super().__init__()
        config = vllm_config.model_config.hf_config
        self.config, self.about = config, About.of(config)
        self.folder = Path(vllm_config.model_config.model)
        text = config.text_config
        if text.model_type not in FAMILIES:
            raise ValueError(f"served base models are of {', '.join(FAMILIES)}; not {text.model_type}")
        if vllm_config.parallel_config.pipeline_parallel_size > 1:
            raise ValueError("side layers cannot be spread over pipeline stages; use tensor or data parallelism")
        most = text.max_position_embeddings // self.about.stride
        if vllm_config.model_config.max_model_len > most:
            raise ValueError(f"this model has positions for {most} tokens: set --max-model-len to that at most")
        inner = maybe_prefix(prefix, "language_model")
        self.language_model = init_vllm_registered_model(vllm_config=vllm_config, hf_config=text, prefix=inner)
        self.decoder = Decoder(
            self.language_model.model, vllm_config, stride=self.about.stride, hiding=self.hiding
        )  # fmt: skip
        self.layers_prefix = f"{inner}.model.layers"
        self.build(vllm_config)

    def build(self, vllm_config: VllmConfig) -> None:
        """Make the side layers."""
        raise NotImplementedError

    def load_adapter(self, weights: dict[str, Tensor]) -> None:
        """Read the adapter's weights, by their names in peft's file."""
        raise NotImplementedError

    def embed_input_ids(self, input_ids: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        found: Tensor = self.language_model.embed_input_ids(input_ids)
        return found

    def compute_logits(self, hidden: Tensor) -> Tensor | None:
        logits: Tensor | None = self.language_model.compute_logits(hidden)
        if logits is not None:
            logits[..., self.about.vocabulary :] = float("-inf")  # no reply holds a hidden token
        return logits

    def load_weights(self, weights: Iterable[tuple[str, Tensor]]) -> set[str]:
        """Read the language model's weights, and the adapter's from its own folder."""
        grown = (
            (name, functional.pad(weight, (0, 0) * (weight.dim() - 1) + (0, 2)) if name.endswith(_GROWN) else weight)
            for name, weight in weights
        )
        self.language_model.load_weights(grown)
        self.load_adapter(load_file(self.folder / "adapter" / "adapter_model.safetensors"))
        return {name for name, _ in self.named_parameters()}


class GraphModel(AdaptedModel, SupportsMultiModal):  # type: ignore[misc]
    """A language model whose text follows hidden tokens, which hold what `embed_multimodal` makes of the graphs."""

    requires_raw_input_tokens = True
    hiding = True
    embed_input_ids = SupportsMultiModal.embed_input_ids

    @classmethod
    def get_placeholder_str(cls, modality: str, i: int) -> str | None:
        """No text stands for a graph: hidden tokens are inserted at the start."""
        return None

    def get_language_model(self) -> Any:
        return self.language_model

    def after(self, ids: Tensor, inputs: Tensor) -> Mapping[int, After]:
        """By block, what its side layer adds to the stream."""
        return {}

    def forward(
        self, input_ids: Tensor | None, positions: Tensor, intermediate_tensors: Any = None,
        inputs_embeds: Tensor | None = None, **_: Any,
    ) -> Tensor:  # fmt: skip
        """[tokens, hidden_size]: what `compute_logits` takes."""
        assert input_ids is not None
        inputs = self.embed_input_ids(input_ids) if inputs_embeds is None else inputs_embeds
        is_hidden = (input_ids >= self.about.vocabulary)[:, None]
        found: Tensor = self.decoder(positions, inputs, is_hidden, after=self.after(input_ids, inputs))
        return found


def strictly(module: nn.Module, weights: dict[str, Tensor], mark: str) -> None:
    """Load the weights whose names hold `mark`, under what follows it; all of the module's must be there.

    Raises:
        ValueError: one is missing or too much.
    """
    found = {name.split(mark, 1)[1]: weight for name, weight in weights.items() if mark in name}
    own = module.state_dict()
    if set(found) != set(own):
        odd = sorted(set(found) ^ set(own))
        raise ValueError(f"the adapter's weights do not fit: {odd[0]} is missing or too much")
    with torch.no_grad():
        for name, weight in found.items():
            own[name].copy_(weight)
