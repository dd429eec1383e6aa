"""One round of message passing over all pairs and triples of nodes."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from adapters.nar.features import Latents


class TripletGMPNN(nn.Module):
    """Gated message passing with messages over triples, max aggregation and LayerNorm.

    Ibarz et al., A Generalist Neural Algorithmic Learner (arXiv 2209.11142), section 3; triplets after Dudzik &
    Veličković (arXiv 2203.15544).
    """

    def __init__(self, hidden_size: int, triplet_size: int, gate_bias: float) -> None:
        super().__init__()
        h, t = hidden_size, triplet_size
        self.receive, self.send = nn.Linear(2 * h, h), nn.Linear(2 * h, h)
        self.edge, self.graph = nn.Linear(h, h), nn.Linear(h, h)
        self.message = nn.Sequential(nn.ReLU(), nn.Linear(h, h), nn.ReLU(), nn.Linear(h, h))
        self.keep, self.gather = nn.Linear(2 * h, h), nn.Linear(h, h)
        self.norm = nn.LayerNorm(h)
        self.gate_keep, self.gate_gather, self.gate = nn.Linear(2 * h, h), nn.Linear(h, h), nn.Linear(h, h)
        nn.init.constant_(self.gate.bias, gate_bias)
        self.triplet_size = t
        if t:
            self.triple_nodes = nn.Linear(2 * h, 3 * t)
            self.triple_edges = nn.Linear(h, 3 * t)
            self.triple_graph = nn.Linear(h, t)
            self.triple_out = nn.Linear(t, h)

    def forward(self, seen: Latents, hidden: Tensor, is_node: Tensor | None) -> tuple[Tensor, Tensor]:
        """The new states of nodes and edges.

        Shapes: hidden [batch, num_nodes, hidden_size], is_node [batch, num_nodes] or None where all are; out: as
        hidden, and [batch, num_nodes, num_nodes, hidden_size] from the first node to the second.
        """
        z = torch.cat([seen.nodes, hidden], dim=-1)
        about = self.receive(z) + self.graph(seen.graph)[:, None]
        messages = self.message(self.send(z)[:, :, None] + about[:, None] + seen.pairs.through(self.edge))
        if is_node is not None:
            messages = messages.masked_fill(~is_node[:, :, None, None], -torch.inf)
        gathered = messages.amax(dim=1)
        new = self.norm(torch.relu(self.keep(z) + self.gather(gathered)))
        gate = torch.sigmoid(self.gate(torch.relu(self.gate_keep(z) + self.gate_gather(gathered))))
        states = new * gate + hidden * (1 - gate)
        return states, self._triples(z, seen, is_node) if self.triplet_size else seen.pairs.dense()

    def _triples(self, z: Tensor, seen: Latents, is_node: Tensor | None) -> Tensor:
        """For each pair (j, k): the largest over i of a message of the triple (i, j, k)."""
        n1, n2, n3 = self.triple_nodes(z).chunk(3, dim=-1)
        e1, e2, e3 = seen.pairs.through(self.triple_edges).chunk(3, dim=-1)
        # what depends on j and k alone can wait until after the maximum
        over_i = (n1[:, :, None] + e1)[:, :, :, None] + e2[:, :, None]  # [batch, i, j, k, triplet_size]
        if is_node is not None:
            over_i = over_i.masked_fill(~is_node[:, :, None, None, None], -torch.inf)
        rest = n2[:, :, None] + n3[:, None] + e3 + self.triple_graph(seen.graph)[:, None, None]
        return torch.relu(self.triple_out(over_i.amax(dim=1) + rest))
