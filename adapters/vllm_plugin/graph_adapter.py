"""GraphAdapter in vLLM: one hidden token carries the state of the text's node to the output head of all later ones."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from vllm.config import VllmConfig
from vllm.model_executor.layers.attention import Attention
from vllm.multimodal import MULTIMODAL_REGISTRY

from adapters.graph_adapter import GraphAdapterConfig, GraphBlock, TextGraph
from adapters.vllm_plugin.decoder import ASKING, HIDDEN, width_for
from adapters.vllm_plugin.model import GraphModel, strictly
from adapters.vllm_plugin.processing import GraphDummies, GraphInfo, GraphProcessor, apart


class Register(nn.Module):
    """Hands what the last hidden token holds to every token after it, out of vLLM's cache.

    Attention whose keys are the hidden tokens' places: the last one is so far above the others that it gets all of it.
    """

    def __init__(self, size: int, vllm_config: VllmConfig, prefix: str) -> None:
        super().__init__()
        self.size, self.width = size, width_for(size + 1)
        self.attn = Attention(
            1, self.width, 1.0, num_kv_heads=1, cache_config=vllm_config.cache_config,
            quant_config=vllm_config.quant_config, prefix=prefix,
        )  # fmt: skip

    def forward(self, held: Tensor, holds: Tensor, positions: Tensor) -> Tensor:
        """[tokens, size + 1], whose last channel is 1, or all 0 where nothing is held.

        Shapes: held [tokens, size], holds [tokens, 1], positions [tokens].
        """
        rest = held.new_zeros(len(held), self.width - 1)
        query = torch.cat([held.new_full((len(held), 1), ASKING), rest], dim=-1)
        key = torch.cat([torch.where(holds, positions[:, None].to(held.dtype), HIDDEN), rest], dim=-1)
        value = torch.where(holds, torch.cat([held, held.new_ones(len(held), 1)], dim=-1), 0.0)
        out: Tensor = self.attn(query, key, functional.pad(value, (0, self.width - self.size - 1)))
        return out[:, : self.size + 1]


@MULTIMODAL_REGISTRY.register_processor(GraphProcessor, info=GraphInfo, dummy_inputs=GraphDummies)
class GraphAdapterForCausalLM(GraphModel):
    """The language model, whose prediction is mixed with one that has seen the node (eq. 6 of arXiv 2402.12984)."""

    def build(self, vllm_config: VllmConfig) -> None:
        config = GraphAdapterConfig.from_pretrained(str(self.folder / "adapter"))
        self.block = GraphBlock(self.config.text_config.hidden_size, config)
        last = self.config.text_config.num_hidden_layers - 1
        self.register_of_node = Register(config.gnn_size, vllm_config, f"{self.layers_prefix}.{last}.graph_node.attn")

    def embed_multimodal(self, **kwargs: Any) -> list[Tensor]:
        """For each graph, the state of its node: [1, hidden_size], filled up with zeros."""
        found, size = [], self.config.text_config.hidden_size
        for graph in apart(("edges", "features", "node"), kwargs):
            with torch.no_grad():
                state = self.block.states(TextGraph(graph["features"], graph["edges"].t()), graph["node"].cpu())
            found.append(functional.pad(state, (0, size - state.shape[-1])))
        return found

    def forward(
        self, input_ids: Tensor | None, positions: Tensor, intermediate_tensors: Any = None,
        inputs_embeds: Tensor | None = None, **kwargs: Any,
    ) -> Tensor:  # fmt: skip
        """[tokens, hidden_size + gnn_size + 1]: what `compute_logits` takes."""
        assert input_ids is not None
        inputs = self.embed_input_ids(input_ids) if inputs_embeds is None else inputs_embeds
        hidden = super().forward(input_ids, positions, intermediate_tensors, inputs, **kwargs)
        node = self.register_of_node(
            inputs[:, : self.block.config.gnn_size], (input_ids == self.about.node_token)[:, None], positions
        )
        return torch.cat([hidden, node], dim=-1)

    def compute_logits(self, hidden: Tensor) -> Tensor | None:
        size = self.config.text_config.hidden_size
        hidden, node, told = hidden[:, :size], hidden[:, size:-1], hidden[:, -1:] > 0.5
        alone = super().compute_logits(hidden)
        if not bool(told.any()):
            return alone
        fused = super().compute_logits(self.block.fusion(hidden, node))
        if alone is None or fused is None:
            return None
        both = torch.logaddexp(alone.float().log_softmax(-1), fused.float().log_softmax(-1)) - math.log(2)
        return torch.where(told, both.to(alone.dtype), alone)

    def load_adapter(self, weights: dict[str, Tensor]) -> None:
        strictly(self.block, weights, ".graph_block.")
