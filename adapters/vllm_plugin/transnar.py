"""TransNAR in vLLM: text attends to the states of nodes and of pairs, which hidden tokens keep in the paged cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from vllm.config import VllmConfig
from vllm.multimodal import MULTIMODAL_REGISTRY

from adapters.nar.batch import collate
from adapters.nar.files import load_nar
from adapters.nar.steps import most_steps
from adapters.serving.parts import unpacked
from adapters.transnar.config import TransNARConfig
from adapters.transnar.layer import CrossAttention, GatedReading
from adapters.transnar.states import read_states
from adapters.vllm_plugin.decoder import After, Marks, MaskedAttention, with_served_linears
from adapters.vllm_plugin.model import GraphModel, strictly
from adapters.vllm_plugin.processing import GraphDummies, GraphInfo, GraphProcessor, apart


class PagedReading(nn.Module):
    """What `GatedReading` adds to the stream, with keys and values in vLLM's cache."""

    def __init__(self, hidden_size: int, config: TransNARConfig, vllm_config: VllmConfig, prefix: str) -> None:
        super().__init__()
        self.block = GatedReading(hidden_size, config)
        with_served_linears(self.block, f"{prefix}.graph_block")
        about = (config.num_heads, config.head_dim, vllm_config)
        self.nodes = MaskedAttention(*about, f"{prefix}.graph_nodes.attn")
        self.edges = MaskedAttention(*about, f"{prefix}.graph_edges.attn") if config.use_edges else None

    def forward(self, stream: Tensor, states: Tensor, nodes: Marks, pairs: Marks) -> Tensor:
        """Shapes: stream [tokens, hidden_size], states [tokens, node_size]; the marks say which are whose."""
        block = self.block
        x = stream.to(block.gate.dtype)
        asked = block.norm(x)
        read, has_graph = _read(block.nodes, self.nodes, asked, block.state_norm(states), nodes)
        if self.edges is not None:
            edges, _ = _read(block.edges, self.edges, asked, block.edge_norm(states), pairs)
            read = block.join(torch.cat([read, edges], dim=-1))
        added = block.gate.tanh() * read * has_graph
        ffn = block.ffn(block.ffn_norm(x + added))
        found: Tensor = (added + block.ffn_gate.tanh() * ffn * has_graph).to(stream.dtype)
        return found


def _read(
    cross: CrossAttention, attention: MaskedAttention, asked: Tensor, states: Tensor, marks: Marks
) -> tuple[Tensor, Tensor]:
    key, value = cross.key_value(states).chunk(2, dim=-1)
    read, any_key = attention(cross.query(asked), key, value, marks)
    return cross.out(read), any_key


@MULTIMODAL_REGISTRY.register_processor(GraphProcessor, info=GraphInfo, dummy_inputs=GraphDummies)
class TransNARForCausalLM(GraphModel):
    """The language model, its readings after some blocks, and the reasoner."""

    def build(self, vllm_config: VllmConfig) -> None:
        config = self.read = TransNARConfig.from_pretrained(str(self.folder / "adapter"))
        size = self.config.text_config.hidden_size
        readings = {}
        for layer in self.config.graph["layers"]:
            readings[str(layer)] = PagedReading(size, config, vllm_config, f"{self.layers_prefix}.{layer}")
        tower: Any = self._mark_tower_model
        with tower(vllm_config, "image"):  # left out where no graphs are to be served
            self.nar = load_nar(self.folder / "nar", torch.get_default_device()).float()
        self.readings = nn.ModuleDict(readings)

    def embed_multimodal(self, **kwargs: Any) -> list[Tensor]:
        """For each graph, the states of its nodes, then of its pairs: [tokens, hidden_size], filled up with zeros."""
        nar: Any = self.nar
        device = next(nar.parameters()).device
        found = []
        for graph in apart(("algorithm", "num_nodes", "values"), kwargs):
            number, nodes = int(graph["algorithm"]), int(graph["num_nodes"])
            batch = collate([unpacked(number, nodes, graph["values"].float().cpu().numpy())]).to(device)
            with torch.no_grad():
                ran = nar(batch, most_steps=most_steps(batch.algorithm, nodes))
            of_nodes, of_pairs = read_states(ran, batch, self.read)
            states = torch.cat([of_nodes[0], of_pairs[0].flatten(0, 1)]) if self.about.edges else of_nodes[0]
            states = functional.pad(states, (0, self.config.text_config.hidden_size - states.shape[-1]))
            found.append(states.to(self.language_model.model.norm.weight.dtype))
        return found

    def after(self, ids: Tensor, inputs: Tensor) -> Mapping[int, After]:
        states = inputs[:, : self.about.node_size]
        any_reading: Any = next(iter(self.readings.values()))  # all have the same geometry
        nodes, pairs = (
            any_reading.nodes.marks((ids == token)[:, None], states)
            for token in (self.about.node_token, self.about.pair_token)
        )

        def side(reading: nn.Module) -> After:
            return lambda stream: reading(stream, states, nodes, pairs)

        return {int(layer): side(reading) for layer, reading in self.readings.items()}

    def load_adapter(self, weights: dict[str, Tensor]) -> None:
        for layer, reading in self.readings.items():
            strictly(reading.block, weights, f".{layer}.transnar_block.")  # type: ignore[arg-type]
