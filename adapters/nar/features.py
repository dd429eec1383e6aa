"""From the features of an algorithm to latent vectors, and back."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from graphs.clrs.spec import Feature

POINTERS = ("pointer", "permutation")


@dataclass
class Latents:
    """Vectors of nodes [batch, num_nodes, size], pairs [batch, num_nodes, num_nodes, size] and graphs [batch, size]."""

    nodes: Tensor
    edges: Tensor
    graph: Tensor

    def __add__(self, other: Latents) -> Latents:
        return Latents(self.nodes + other.nodes, self.edges + other.edges, self.graph + other.graph)


def zeros(batch: int, num_nodes: int, size: int, like: Tensor) -> Latents:
    """Latents of zeros on the device of `like`."""
    return Latents(
        like.new_zeros(batch, num_nodes, size),
        like.new_zeros(batch, num_nodes, num_nodes, size),
        like.new_zeros(batch, size),
    )


def as_distribution(value: Tensor, feature: Feature) -> Tensor:
    """A pointer as one-hot rows; anything else as it is. Rows of probabilities stay."""
    if feature.kind in POINTERS and not value.is_floating_point():
        return F.one_hot(value, value.shape[-1]).float()
    return value


class Encoder(nn.Module):
    """Adds a feature to the latents: node pointers to the edges' ones, pointers of edges by both of their ends."""

    def __init__(self, feature: Feature, hidden_size: int) -> None:
        super().__init__()
        self.feature = feature
        self.linear = nn.Linear(feature.classes if feature.kind == "categorical" else 1, hidden_size)
        if feature.location == "edge" and feature.kind in POINTERS:
            self.other = nn.Linear(1, hidden_size)
        if feature.stage == "hint" and feature.kind == "scalar":
            nn.init.trunc_normal_(self.linear.weight, std=hidden_size**-0.5)

    def forward(self, value: Tensor, latents: Latents) -> None:
        """Adds in place. value: as in `Batch`, or rows of probabilities in place of a pointer."""
        feature = self.feature
        value = as_distribution(value, feature)
        pointer = feature.kind in POINTERS
        if feature.location == "edge" and pointer:
            # the mean over an axis of an affine map is the map of the mean
            latents.edges = latents.edges + self.linear(value.mean(1)[..., None]) + self.other(value.mean(2)[..., None])
            return
        encoded = self.linear(value if feature.kind == "categorical" else value[..., None])
        if feature.location == "edge" or pointer:
            latents.edges = latents.edges + encoded
        elif feature.location == "node":
            latents.nodes = latents.nodes + encoded
        else:
            latents.graph = latents.graph + encoded


class Decoder(nn.Module):
    """Reads a feature from states: numbers as they are, all else as logits (pointers: over the nodes)."""

    def __init__(self, feature: Feature, hidden_size: int) -> None:
        super().__init__()
        self.feature = feature
        nodes, edges = 3 * hidden_size, 2 * hidden_size  # encoded, before and after the round; encoded and after
        width = feature.classes if feature.kind == "categorical" else 1
        if feature.location == "graph":
            self.pooled, self.graph = nn.Linear(nodes, width), nn.Linear(hidden_size, width)
        elif feature.location == "node" and feature.kind not in POINTERS:
            self.node = nn.Linear(nodes, width)
        else:
            inner = hidden_size if feature.kind in POINTERS else width
            self.source, self.target = nn.Linear(nodes, inner), nn.Linear(nodes, inner)
            self.edge = nn.Linear(edges, inner)
            if feature.kind in POINTERS:
                self.out = nn.Linear(hidden_size, 1)
                if feature.location == "edge":
                    self.pointed = nn.Linear(nodes, inner)

    def forward(self, states: Latents, is_node: Tensor) -> Tensor:
        """The prediction, of the shape of the feature (pointers with a last axis over the nodes)."""
        feature = self.feature
        if feature.location == "graph":
            pooled = states.nodes.masked_fill(~is_node[..., None], -torch.inf).amax(dim=1)
            found = self.pooled(pooled) + self.graph(states.graph)
        elif feature.location == "node" and feature.kind not in POINTERS:
            found = self.node(states.nodes)
        elif feature.location == "node":
            pairs = self.source(states.nodes)[:, None] + self.edge(states.edges)
            most = torch.maximum(self.target(states.nodes)[:, :, None], pairs.transpose(1, 2))
            found = self.out(most)
        else:
            pairs = self.source(states.nodes)[:, :, None] + self.target(states.nodes)[:, None] + self.edge(states.edges)
            found = pairs
            if feature.kind in POINTERS:
                found = self.out(torch.maximum(pairs[:, :, :, None], self.pointed(states.nodes)[:, None, None]))
        if feature.kind != "categorical":
            found = found[..., 0]
        if feature.kind in (*POINTERS, "mask_one") and feature.location != "graph":
            others = is_node[:, None] if feature.kind in POINTERS and feature.location == "node" else is_node
            others = is_node[:, None, None] if feature.kind in POINTERS and feature.location == "edge" else others
            found = found.masked_fill(~others, -1e9)
        return found


def soft(prediction: Tensor, feature: Feature) -> Tensor:
    """A prediction as the value that is encoded for the next step: probabilities in place of choices."""
    if feature.kind == "scalar":
        return prediction
    return prediction.sigmoid() if feature.kind == "mask" else prediction.softmax(-1)


def hard(prediction: Tensor, feature: Feature) -> Tensor:
    """A prediction as a value of the feature: pointers as node numbers, masks as 0 or 1, choices as one-hot."""
    if feature.kind == "scalar":
        return prediction
    if feature.kind == "mask":
        return (prediction > 0).float()
    best = prediction.argmax(-1)
    return best if feature.kind in POINTERS else F.one_hot(best, prediction.shape[-1]).float()
