"""Sparse GIN-Attention in vLLM, as it was trained: thresholds, the highest k, and every way to join heads."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn
from vllm.config import VllmConfig

from adapters.sparse_gin import SparseGINConfig
from adapters.sparse_gin.layer import SparseGIN
from adapters.vllm_plugin.decoder import Within
from adapters.vllm_plugin.model import AdaptedModel, strictly
from adapters.vllm_plugin.token_graph import Neighbours


class ServedGIN(nn.Module):
    """One layer's GIN, with the states of earlier tokens in vLLM's cache."""

    def __init__(self, block: Any, about: Any, config: SparseGINConfig, vllm_config: VllmConfig, prefix: str) -> None:
        super().__init__()
        self.gin = SparseGIN(about.hidden_size, about.num_attention_heads, config, 1.0)
        self.neighbours = None
        if config.edges != "none":
            self.neighbours = Neighbours(block, self.gin, vllm_config, f"{prefix}.token_graph.attn")

    def forward(self, query: Tensor, key: Tensor, stream: Tensor) -> Tensor:
        """What is added to the attention's output: [tokens, hidden_size]."""
        gin = self.gin
        own = gin.states(stream)
        mixed = (1.0 + gin.eps) * own
        if self.neighbours is not None:
            mixed = gin.joined(own, *self.neighbours(query, key, own))
        return gin.update(mixed).to(stream.dtype)


class SparseGINForCausalLM(AdaptedModel):
    """The language model and the GIN of each adapted layer. The text's own token graph is all that it reads."""

    def build(self, vllm_config: VllmConfig) -> None:
        if vllm_config.parallel_config.tensor_parallel_size > 1:
            raise ValueError("Sparse GIN-Attention joins all heads of a layer: serve it without tensor parallelism")
        config = SparseGINConfig.from_pretrained(str(self.folder / "adapter"))
        about, layers = self.config.text_config, self.language_model.model.layers
        self.gins = nn.ModuleDict({
            str(layer): ServedGIN(layers[layer].self_attn, about, config, vllm_config, f"{self.layers_prefix}.{layer}")
            for layer in self.config.graph["layers"]
        })  # fmt: skip

    def forward(
        self, input_ids: Tensor | None, positions: Tensor, intermediate_tensors: Any = None,
        inputs_embeds: Tensor | None = None, **_: Any,
    ) -> Tensor:  # fmt: skip
        if inputs_embeds is None:
            assert input_ids is not None
            inputs_embeds = self.embed_input_ids(input_ids)
        within: dict[int, Within] = {int(layer): gin for layer, gin in self.gins.items()}
        none = positions.new_zeros(len(inputs_embeds), 1).bool()
        found: Tensor = self.decoder(positions, inputs_embeds, none, within=within)
        return found

    def load_adapter(self, weights: dict[str, Tensor]) -> None:
        for layer, served in self.gins.items():
            strictly(served.gin, weights, f".{layer}.self_attn.gin_block.")  # type: ignore[arg-type]
