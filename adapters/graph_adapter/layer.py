"""GraphAdapter around the output head of a language model."""

from __future__ import annotations

import math
from typing import Any

import torch
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import Tensor, nn
from torch.nn import functional
from torch_geometric.nn import GATConv, GINConv, SAGEConv

from adapters.graph_adapter.config import GraphAdapterConfig
from adapters.graph_adapter.neighbourhood import Neighbours


class GraphEncoder(nn.Module):
    """Node states from node features: z = GNN(X, A) (sec. 4.1 of the paper, with textbook convolutions)."""

    def __init__(self, config: GraphAdapterConfig) -> None:
        super().__init__()
        size = config.gnn_size
        self.project = nn.Sequential(nn.Linear(config.node_size, size), nn.SiLU(), nn.Linear(size, size))
        self.unknown = nn.Parameter(torch.zeros(size))  # stands for features that a node must not see
        self.norms = nn.ModuleList(nn.RMSNorm(size, eps=1e-6) for _ in range(config.num_layers))
        self.convs = nn.ModuleList(_conv(config.gnn, size) for _ in range(config.num_layers))
        self.dropout = nn.Dropout(config.dropout)

    def forward(
        self, features: Tensor, edge_index: Tensor, hidden: Tensor | None = None, copies: Tensor | None = None
    ) -> Tensor:
        """[num_nodes, gnn_size]; features [num_nodes, node_size], hidden: nodes whose features are unknown.

        copies: [num_copies], the row of `features` that each node is a copy of, where nodes stand there several times.
        """
        states = self.project(features.to(self.unknown.dtype))
        if copies is not None:
            states = states[copies]
        if hidden is not None:
            states = states.index_put((hidden,), self.unknown.expand(len(hidden), -1))
        for norm, conv in zip(self.norms, self.convs, strict=True):
            states = states + functional.silu(conv(self.dropout(norm(states)), edge_index))
        return states


def _conv(kind: str, size: int) -> nn.Module:
    if kind == "sage":
        return SAGEConv(size, size)
    if kind == "gat":
        return GATConv(size, size // 4 if size % 4 == 0 else size, heads=4 if size % 4 == 0 else 1)
    return GINConv(nn.Sequential(nn.Linear(size, size), nn.SiLU(), nn.Linear(size, size)), train_eps=True)


class GraphFusion(nn.Module):
    """Fuse(h, z) = W_2 SiLU(W_1 [W_g z ; W_t h]) (eq. 4), and W_ext, which leads back to the size of h."""

    def __init__(self, hidden_size: int, config: GraphAdapterConfig) -> None:
        super().__init__()
        size = config.gnn_size
        self.residual = config.residual
        self.w_g = nn.Linear(size, size, bias=False)
        self.w_t = nn.Linear(hidden_size, size, bias=False)
        self.w_1 = nn.Linear(2 * size, 10 * size, bias=False)
        self.w_2 = nn.Linear(10 * size, size, bias=False)
        self.w_ext = nn.Linear(size, hidden_size, bias=False)
        if self.residual:
            nn.init.zeros_(self.w_ext.weight)

    def fuse(self, hidden: Tensor, node: Tensor) -> Tensor:
        """[..., gnn_size] of hidden [..., hidden_size] and the states of its nodes [..., gnn_size]."""
        hidden = functional.rms_norm(hidden.to(self.w_t.weight.dtype), hidden.shape[-1:])
        return self.w_2(functional.silu(self.w_1(torch.cat([self.w_g(node), self.w_t(hidden)], dim=-1))))

    def forward(self, hidden: Tensor, node: Tensor) -> Tensor:
        """What the output head reads in place of `hidden`, of the same shape."""
        out = self.w_ext(self.fuse(hidden, node)).to(hidden.dtype)
        return hidden + out if self.residual else out


class GraphBlock(nn.Module):
    """Encoder and fusion of one adapter."""

    def __init__(self, hidden_size: int, config: GraphAdapterConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = GraphEncoder(config)
        self.fusion = GraphFusion(hidden_size, config)

    def states(self, graph: TextGraph, nodes: Tensor) -> Tensor:
        """z of `nodes` [batch]: [batch, gnn_size]. Without own text each is computed in its own neighbourhood."""
        device = self.encoder.unknown.device
        if self.config.own_text and self.config.fanout is None:
            all_states = self.encoder(graph.features.to(device), graph.edge_index.to(device))
            return all_states[nodes.to(device)]
        around = graph.neighbours.around(nodes, self.config.num_layers, self.config.fanout)
        hidden = None if self.config.own_text else around.roots.to(device)
        present, copies = around.nodes.unique(return_inverse=True)
        features = graph.features[present.to(graph.features.device)].to(device)
        states = self.encoder(features, around.edge_index.to(device), hidden, copies.to(device))
        return states[around.roots.to(device)]


class TextGraph:
    """A text-attributed graph: features [num_nodes, node_size], edge_index [2, num_edges] (source above target)."""

    def __init__(self, features: Tensor, edge_index: Tensor) -> None:
        self.features, self.edge_index = features, edge_index
        self.neighbours = Neighbours(edge_index, len(features))


class GraphAdapterLayer(nn.Module, BaseTunerLayer):
    """An output head that mixes the language model's prediction with one that has seen the node (eq. 6).

    p = 1/2 (softmax(head(h)) + softmax(head(r))), in log space: log-probabilities are valid logits, so that losses,
    samplers and `generate` work unchanged. Without a graph the head is the base model's own.
    """

    adapter_layer_names = ("graph_block",)

    def __init__(self, base_layer: nn.Module) -> None:
        super().__init__()
        self.base_layer: Any = base_layer
        self.graph_block = nn.ModuleDict({})
        self.at: tuple[TextGraph, Tensor] | None = None  # the graph in use, and the node of each sequence
        self._states: dict[str, Tensor] = {}
        self._disable_adapters = False
        self.merged_adapters: list[str] = []

    def place(self, at: tuple[TextGraph, Tensor] | None) -> None:
        """Set or leave the graph in use."""
        self.at = at
        self._states.clear()

    def merge(self, safe_merge: bool = False, adapter_names: list[str] | None = None) -> None:
        """Refuse: what is added depends on the graph."""
        raise NotImplementedError("GraphAdapter depends on the graph and cannot be merged into weights")

    def unmerge(self) -> None:
        raise NotImplementedError("GraphAdapter is never merged")

    def forward(self, hidden: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        logits: Tensor = self.base_layer(hidden, *args, **kwargs)
        names = [name for name in self.active_adapters if name in self.graph_block]
        if self.disable_adapters or self.at is None or not names:
            return logits
        parts = [logits.float().log_softmax(-1)]
        for name in names:
            block: Any = self.graph_block[name]
            node = self._node_states(name, block, hidden.shape[0])
            fused = block.fusion(hidden, node[:, None].expand(-1, hidden.shape[1], -1))
            parts.append(self.base_layer(fused, *args, **kwargs).float().log_softmax(-1))
        return torch.logsumexp(torch.stack(parts), 0) - math.log(len(parts))

    def _node_states(self, name: str, block: GraphBlock, batch: int) -> Tensor:
        """[batch, gnn_size]; a graph that is only read is encoded once, and beams of a sequence share its node."""
        assert self.at is not None
        graph, nodes = self.at
        if block.training or torch.is_grad_enabled():
            states = block.states(graph, nodes)
        else:
            if name not in self._states:
                self._states[name] = block.states(graph, nodes)
            states = self._states[name]
        if batch % len(states):
            raise ValueError(f"a batch of {batch} sequences needs a node for each, not {len(states)} nodes")
        return states.repeat_interleave(batch // len(states), dim=0)
