"""Cross-attention from tokens to the states of a graph, behind gates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import Tensor, nn

from adapters.transnar.config import TransNARConfig


@dataclass(frozen=True)
class GraphStates:
    """The final states of a reasoner on a batch of graphs, one for each sequence.

    Shapes: nodes [batch, num_nodes, size], edges [batch, num_nodes, num_nodes, size] or None, is_node [batch,
    num_nodes]. A sequence whose row of is_node is all False has no graph and is left as it is. is_edge: [batch,
    num_nodes, num_nodes], which pairs are read; None for all pairs of nodes.
    """

    nodes: Tensor
    edges: Tensor | None
    is_node: Tensor
    is_edge: Tensor | None = None

    def __post_init__(self) -> None:
        n = self.nodes
        if n.dim() != 3 or self.is_node.shape != n.shape[:2]:
            raise ValueError(
                f"nodes have shape [batch, num_nodes, size] and is_node [batch, num_nodes], not {list(n.shape)} and "
                f"{list(self.is_node.shape)}"
            )
        if self.edges is not None and self.edges.shape != (n.shape[0], n.shape[1], n.shape[1], n.shape[2]):
            raise ValueError(f"edges have shape [batch, num_nodes, num_nodes, size], not {list(self.edges.shape)}")

    def repeated(self, times: int) -> GraphStates:
        """Each graph several times in a row, as beams and samples of `generate` lie in a batch."""
        edges = None if self.edges is None else self.edges.repeat_interleave(times, 0)
        is_edge = None if self.is_edge is None else self.is_edge.repeat_interleave(times, 0)
        is_node = self.is_node.repeat_interleave(times, 0)
        return GraphStates(self.nodes.repeat_interleave(times, 0), edges, is_node, is_edge)


class CrossAttention(nn.Module):
    """Attention from tokens to keys that are given (equation 3 of arXiv 2406.09308)."""

    def __init__(self, hidden_size: int, key_size: int, num_heads: int, head_dim: int) -> None:
        super().__init__()
        self.num_heads = num_heads
        inner = num_heads * head_dim
        self.query = nn.Linear(hidden_size, inner, bias=False)
        self.key_value = nn.Linear(key_size, 2 * inner, bias=False)
        self.out = nn.Linear(inner, hidden_size, bias=False)

    def forward(
        self, hidden: Tensor, keys: Tensor, is_key: Tensor, turns: tuple[Tensor, Tensor] | None = None
    ) -> Tensor:
        """Shapes: hidden [batch, seq, hidden_size], keys [batch, num_keys, key_size], is_key [batch, num_keys].

        turns: angles by which queries [batch, seq, head_dim / 2] and keys [num_keys, head_dim / 2] are turned.
        """

        def heads(x: Tensor) -> Tensor:
            return x.unflatten(-1, (self.num_heads, -1)).transpose(1, 2)

        query = heads(self.query(hidden))
        key, value = map(heads, self.key_value(keys).chunk(2, dim=-1))
        if turns is not None:
            query, key = turned(query, turns[0][:, None]), turned(key, turns[1])
        # where there is no key at all, attention is spread over all of them and the caller drops what is read
        allowed = is_key | ~is_key.any(-1, keepdim=True)
        read = F.scaled_dot_product_attention(query, key, value, attn_mask=allowed[:, None, None])
        found: Tensor = self.out(read.transpose(1, 2).flatten(2))
        return found


def turned(x: Tensor, angles: Tensor) -> Tensor:
    """x [..., dim] with each pair (i, i + dim / 2) of its numbers turned by an angle [..., dim / 2]."""
    first, second = x.chunk(2, dim=-1)
    cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)


def angles_of(places: Tensor, dim: int) -> Tensor:
    """Angles [..., dim / 2] of (row, column) [..., 2]: the first half are the row's, the second the column's."""
    periods = torch.logspace(0.4, 2.4, dim // 4, device=places.device)  # 2.5 to 250 nodes
    return (places.float()[..., None] * (2 * math.pi / periods)).flatten(-2)


class GatedReading(nn.Module):
    """Read nodes and edges, join both by a linear map, and add it and an FFN of the sum, each through a tanh gate.

    Joining: section 3 of arXiv 2406.09308. Gates: arXiv 2204.14198, section 3.1.2.
    """

    def __init__(self, hidden_size: int, config: TransNARConfig) -> None:
        super().__init__()
        size, heads, dim = config.node_size, config.num_heads, config.head_dim
        inner = config.ffn_size or 2 * hidden_size
        self.norm, self.ffn_norm = nn.RMSNorm(hidden_size), nn.RMSNorm(hidden_size)
        self.state_norm = nn.LayerNorm(size)
        self.nodes = CrossAttention(hidden_size, size, heads, dim)
        if config.use_edges:
            self.edge_norm = nn.LayerNorm(size)
            self.edges = CrossAttention(hidden_size, size, heads, dim)
            self.join = nn.Linear(2 * hidden_size, hidden_size, bias=False)
        self.ffn = nn.Sequential(
            nn.Linear(hidden_size, inner, bias=False), nn.GELU(), nn.Linear(inner, hidden_size, bias=False)
        )
        self.dropout = nn.Dropout(config.dropout)
        self.gate = nn.Parameter(torch.tensor(float(config.gate)))
        self.ffn_gate = nn.Parameter(torch.tensor(float(config.gate)))
        self.use_edges, self.head_dim = config.use_edges, dim if config.places else 0

    def forward(self, hidden: Tensor, states: GraphStates, places: Tensor | None = None) -> Tensor:
        """What is added to hidden [batch, seq, hidden_size], of its dtype. places: [batch, seq, 2]: row, column."""
        x = hidden.to(self.gate.dtype)
        asked = self.norm(x)
        of_nodes, of_edges = self._turns(states, places)
        read = self.nodes(asked, self.state_norm(states.nodes.to(x.dtype)), states.is_node, of_nodes)
        if self.use_edges:
            if states.edges is None:
                raise ValueError("this adapter reads edges (use_edges=True), and the graph states have none")
            pairs = states.is_node[:, :, None] & states.is_node[:, None]
            is_edge = (pairs if states.is_edge is None else pairs & states.is_edge).flatten(1)
            edges = self.edge_norm(states.edges.to(x.dtype)).flatten(1, 2)
            read = self.join(torch.cat([read, self.edges(asked, edges, is_edge, of_edges)], dim=-1))
        has_graph = states.is_node.any(-1)[:, None, None]
        added = self.gate.tanh() * self.dropout(read) * has_graph
        ffn = self.ffn(self.ffn_norm(x + added))
        return (added + self.ffn_gate.tanh() * self.dropout(ffn) * has_graph).to(hidden.dtype)

    def _turns(self, states: GraphStates, places: Tensor | None) -> tuple[Any, Any]:
        """What turns queries and keys of nodes, and of pairs; None where the adapter knows no places."""
        if not self.head_dim:
            return None, None
        if places is None:
            raise ValueError("this adapter reads by places (places=True): say them with `model.base_model.writing(…)`")
        query = angles_of(places, self.head_dim)
        numbers = torch.arange(states.nodes.shape[1], device=states.nodes.device)
        nodes = torch.stack([numbers, numbers], dim=-1)
        pairs = torch.cartesian_prod(numbers, numbers)
        return (query, angles_of(nodes, self.head_dim)), (query, angles_of(pairs, self.head_dim))


class TransNARLayer(nn.Module, BaseTunerLayer):
    """A decoder block followed by the reading of a graph. Without graph states it is the block."""

    adapter_layer_names = ("transnar_block",)
    other_param_names = ()

    def __init__(self, base_layer: nn.Module) -> None:
        super().__init__()
        self.base_layer = base_layer
        self.transnar_block = nn.ModuleDict()
        self.states: GraphStates | None = None
        self.places: Tensor | None = None
        self._disable_adapters = False
        self.merged_adapters: list[str] = []

    def __getattr__(self, name: str) -> Any:
        """What the model asks its block, such as the kind of its attention, the block answers."""
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(super().__getattr__("base_layer"), name)

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """As the block, whose output is a tensor or a tuple that begins with one."""
        result = self.base_layer(*args, **kwargs)
        states = self.states
        if states is None or self.disable_adapters:
            return result
        hidden = result[0] if isinstance(result, tuple) else result
        if len(hidden) % len(states.nodes):
            raise ValueError(f"{len(hidden)} sequences cannot share {len(states.nodes)} graphs")
        given = states.repeated(len(hidden) // len(states.nodes)) if len(hidden) != len(states.nodes) else states
        for name in self.active_adapters:
            if name in self.transnar_block:
                hidden = hidden + self.transnar_block[name](hidden, given, self.places)
        return (hidden, *result[1:]) if isinstance(result, tuple) else hidden
