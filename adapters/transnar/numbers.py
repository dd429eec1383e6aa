"""The numbers of nodes beside a reasoner's states, so that a text can ask for "the third node" and be told "node 5"."""

from __future__ import annotations

import math

import torch
from torch import Tensor

_SHORTEST, _LONGEST = 2.5, 256.0  # periods, in nodes


def numbered(nodes: Tensor, edges: Tensor | None, width: int) -> tuple[Tensor, Tensor | None]:
    """States followed by sines and cosines of node numbers: of a node its own and zeros, of a pair those of both.

    A reasoner knows numbers as one channel among its inputs, which its final states hardly keep.

    Shapes: nodes [batch, n, size], edges [batch, n, n, size] or None -> the same with size + 2 width. width: even;
    0 leaves both as they are.
    """
    if not width:
        return nodes, edges
    batch, n = nodes.shape[:2]
    own = waves(n, width, nodes)
    found = torch.cat([nodes, own.expand(batch, n, width), nodes.new_zeros(batch, n, width)], dim=-1)
    if edges is None:
        return found, None
    tails = own[:, None].expand(batch, n, n, width)
    heads = own[None].expand(batch, n, n, width)
    return found, torch.cat([edges, tails, heads], dim=-1)


def waves(n: int, width: int, like: Tensor, longest: float = _LONGEST) -> Tensor:
    """[n, width]: sines, then cosines, of periods that grow by a constant factor up to `longest`."""
    count = width // 2
    if width % 2:
        raise ValueError(f"the width of numbers is even, not {width}")
    periods = torch.logspace(math.log10(_SHORTEST), math.log10(longest), count, dtype=torch.float64)
    angles = torch.arange(n, dtype=torch.float64)[:, None] * (2 * math.pi / periods)
    return torch.cat([angles.sin(), angles.cos()], dim=-1).to(like)
