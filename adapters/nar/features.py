"""From the features of an algorithm to latent vectors, and back."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from graphs.clrs.spec import Feature

POINTERS = ("pointer", "permutation")


@dataclass
class Pairs:
    """Vectors of pairs of nodes that are affine in a few numbers: values [batch, n, n, channels] @ weight + bias.

    What is known of a pair is a handful of numbers, so a layer costs far less on these than on the vectors themselves.
    weight: [channels, size]. bias: [size].
    """

    values: Tensor
    weight: Tensor
    bias: Tensor

    def __add__(self, other: Pairs) -> Pairs:
        values = torch.cat([self.values, other.values], dim=-1)
        return Pairs(values, torch.cat([self.weight, other.weight]), self.bias + other.bias)

    def through(self, layer: nn.Linear) -> Tensor:
        """The layer's output, [batch, n, n, out_features]."""
        bias = F.linear(self.bias, layer.weight, layer.bias)
        return self.values @ (self.weight @ layer.weight.T) + bias

    def dense(self) -> Tensor:
        """The vectors, [batch, n, n, size]."""
        return self.values @ self.weight + self.bias


@dataclass
class Latents:
    """Vectors of nodes [batch, num_nodes, size], of pairs, and of graphs [batch, size]."""

    nodes: Tensor
    pairs: Pairs
    graph: Tensor

    def __add__(self, other: Latents) -> Latents:
        return Latents(self.nodes + other.nodes, self.pairs + other.pairs, self.graph + other.graph)


@dataclass
class Readout:
    """What decoders see of a step.

    nodes: encoded, the states before and the states after, [batch, n, 3 size]. edges: after, [batch, n, n, size].
    """

    nodes: Tensor
    pairs: Pairs
    edges: Tensor
    graph: Tensor


def nothing(batch: int, num_nodes: int, size: int, like: Tensor) -> Latents:
    """Latents of zeros on the device of `like`."""
    pairs = Pairs(like.new_zeros(batch, num_nodes, num_nodes, 0), like.new_zeros(0, size), like.new_zeros(size))
    return Latents(like.new_zeros(batch, num_nodes, size), pairs, like.new_zeros(batch, size))


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

    def forward(self, value: Tensor, latents: Latents, is_node: Tensor | None) -> None:
        """Adds in place. value: as in `Batch`, or rows of probabilities in place of a pointer."""
        feature = self.feature
        value = as_distribution(value, feature)
        pointer = feature.kind in POINTERS
        if feature.location == "edge" and pointer:
            # both ends of a pointer from a pair hear of it: the mean over the pairs that start, or end, there
            both = torch.stack([_mean(value, 1, is_node), _mean(value, 2, is_node)], dim=-1)
            weight = torch.cat([self.linear.weight, self.other.weight], dim=1)
            latents.pairs = latents.pairs + Pairs(both, weight.T, self.linear.bias + self.other.bias)
            return
        channels = value if feature.kind == "categorical" else value[..., None]
        if feature.location == "edge" or pointer:
            latents.pairs = latents.pairs + Pairs(channels, self.linear.weight.T, self.linear.bias)
        elif feature.location == "node":
            latents.nodes = latents.nodes + self.linear(channels)
        else:
            latents.graph = latents.graph + self.linear(channels)


def _mean(value: Tensor, axis: int, is_node: Tensor | None) -> Tensor:
    """The mean over the nodes of an axis of [batch, num_nodes, num_nodes, num_nodes]."""
    if is_node is None:
        return value.mean(axis)
    here = is_node.view(len(is_node), *[-1 if a == axis else 1 for a in (1, 2, 3)])
    return (value * here).sum(axis) / is_node.sum(-1).view(-1, 1, 1)


class Decoder(nn.Module):
    """Reads a feature from states: numbers as they are, all else as logits (pointers: over the nodes)."""

    def __init__(self, feature: Feature, hidden_size: int) -> None:
        super().__init__()
        self.feature = feature
        nodes = 3 * hidden_size
        width = feature.classes if feature.kind == "categorical" else 1
        if feature.location == "graph":
            self.pooled, self.graph = nn.Linear(nodes, width), nn.Linear(hidden_size, width)
        elif feature.location == "node" and feature.kind not in POINTERS:
            self.node = nn.Linear(nodes, width)
        else:
            inner = hidden_size if feature.kind in POINTERS else width
            self.source, self.target = nn.Linear(nodes, inner), nn.Linear(nodes, inner)
            self.encoded, self.edge = nn.Linear(hidden_size, inner), nn.Linear(hidden_size, inner, bias=False)
            if feature.kind in POINTERS:
                self.out = nn.Linear(hidden_size, 1)
                if feature.location == "edge":
                    self.pointed = nn.Linear(nodes, inner)

    def forward(self, seen: Readout, is_node: Tensor | None) -> Tensor:
        """The prediction, of the shape of the feature (pointers with a last axis over the nodes).

        is_node: [batch, num_nodes], None where all are.
        """
        feature, pointer = self.feature, self.feature.kind in POINTERS
        if feature.location == "graph":
            pooled = largest(seen.nodes, is_node)
            found = self.pooled(pooled) + self.graph(seen.graph)
        elif feature.location == "node" and not pointer:
            found = self.node(seen.nodes)
        else:
            found = self._of_pairs(seen)
        if feature.kind != "categorical":
            found = found[..., 0]
        if is_node is not None and (pointer or feature.kind == "mask_one") and feature.location != "graph":
            axes = found.ndim - 2
            found = found.masked_fill(~is_node.view(len(is_node), *[1] * axes, -1), -1e9)
        return found

    def _of_pairs(self, seen: Readout) -> Tensor:
        edge = seen.pairs.through(self.encoded) + self.edge(seen.edges)
        source, target = self.source(seen.nodes), self.target(seen.nodes)
        if self.feature.location == "edge":
            pairs = source[:, :, None] + target[:, None] + edge
            if self.feature.kind not in POINTERS:
                return pairs
            return self.out(torch.maximum(pairs[:, :, :, None], self.pointed(seen.nodes)[:, None, None]))
        to_each = (source[:, None] + edge).transpose(1, 2)
        return self.out(torch.maximum(target[:, :, None], to_each))


def largest(nodes: Tensor, is_node: Tensor | None) -> Tensor:
    """The maximum over the nodes, [batch, size] of [batch, num_nodes, size]."""
    if is_node is not None:
        nodes = nodes.masked_fill(~is_node[..., None], -torch.inf)
    return nodes.amax(dim=1)


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
