"""What the language model reads of a reasoner's run: its final states and, beside them, numbers and predictions."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from adapters.nar.batch import Batch
from adapters.nar.features import POINTERS, soft
from adapters.nar.model import Reasoned
from adapters.transnar.config import TransNARConfig
from graphs.clrs.spec import SPECS

_SHORTEST, _LONGEST = 2.5, 256.0  # periods, in nodes
ENDS = 2  # channels that say whether a node is the last one, and of a pair which of both
MASKS = 2  # channels for what is predicted of a node or a pair by a single number


def width_of(hidden_size: int, numbers: int, readout: bool) -> int:
    """The width of what `read_states` gives for a reasoner of `hidden_size`."""
    return hidden_size + (2 * numbers + ENDS if numbers else 0) + readout * (numbers + MASKS)


def read_states(ran: Reasoned, batch: Batch, config: TransNARConfig, shift: int = 0) -> tuple[Tensor, Tensor]:
    """(nodes [batch, n, node_size], pairs [batch, n, n, node_size]) of the run on `batch`.

    The published TransNAR reads the final states alone. With `config.numbers`, sines and cosines of node numbers stand
    beside them: of a node its own, of a pair those of both; a reasoner knows numbers as one channel among its inputs,
    which its final states hardly keep, and a text asks for "the third node" and is told "5". A mark of the last node
    says where an answer ends. With `config.readout`, so does what the reasoner decodes from its states by more than an
    attention can: of a pointer the expected sines and cosines, of a mask its probability. shift: added to the numbers
    of nodes where they are addresses, not where they are pointed at (see `positions`).
    """
    nodes, pairs, n, width, is_node = ran.nodes, ran.edges, ran.nodes.shape[1], config.numbers, batch.is_node
    own, count = waves(n, width, nodes), len(nodes)
    at = waves(n + shift, width, nodes)[shift:]
    of_nodes = [nodes, at.expand(count, n, width), nodes.new_zeros(count, n, width)]
    of_pairs = [pairs, at[:, None].expand(count, n, n, width), at[None].expand(count, n, n, width)]
    if width:
        last = functional.one_hot(is_node.sum(-1) - 1, n).to(nodes.dtype)
        of_nodes += [last[..., None], torch.zeros_like(last)[..., None]]
        of_pairs.append(torch.stack(torch.broadcast_tensors(last[:, :, None], last[:, None]), dim=-1))
    if config.readout:
        masks, of_nodes[2] = nodes.new_zeros(count, n, MASKS), nodes.new_zeros(count, n, width)
        told, pointed = pairs.new_zeros(count, n, n, MASKS), pairs.new_zeros(count, n, n, width)
        used = 0
        for feature in SPECS[batch.algorithm]:
            if feature.stage != "output" or feature.location == "graph" or feature.kind == "categorical":
                continue
            value = soft(ran.outputs[feature.name], feature)
            if feature.kind in POINTERS and feature.location == "node":
                of_nodes[2], told[..., 0] = value @ own, value
            elif feature.kind in POINTERS:
                pointed = value @ own
            elif feature.location == "edge":
                told[..., 1] = value
            elif used < MASKS:
                masks[..., used] = value
                used += 1
        of_nodes += [nodes.new_zeros(count, n, width), masks]
        of_pairs += [pointed, told]
    return torch.cat(of_nodes, dim=-1), torch.cat(of_pairs, dim=-1)


def waves(n: int, width: int, like: Tensor, longest: float = _LONGEST) -> Tensor:
    """[n, width]: sines, then cosines, of periods that grow by a constant factor up to `longest`."""
    periods = torch.logspace(math.log10(_SHORTEST), math.log10(longest), width // 2, dtype=torch.float64)
    angles = torch.arange(n, dtype=torch.float64)[:, None] * (2 * math.pi / periods)
    return torch.cat([angles.sin(), angles.cos()], dim=-1).to(like)
