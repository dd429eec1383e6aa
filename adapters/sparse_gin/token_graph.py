"""Which earlier tokens a token hears: from attention, or from a graph whose nodes the text names."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import torch
from torch import Tensor

from adapters.sparse_gin.config import SparseGINConfig


def sparse(weights: Tensor, config: SparseGINConfig) -> Tensor:
    """Keep the edges of a token graph. weights: [batch, queries, keys], how much each query attends to each key.

    The last key is the last query's own token. The result has the same shape: 0 where there is no edge; the weight
    sigmoid(alpha (a - tau)) of the paper where `threshold` keeps one, and the attention itself where `top_k` does.
    """
    queries, keys = weights.shape[-2:]
    own = own_tokens(queries, keys, weights.device)
    if config.edges == "self":
        weights = weights * own
    elif config.aggregation == "mean":
        weights = weights * ~own
    if config.sparsify == "threshold":
        score = torch.sigmoid(config.sharpness * (weights - config.tau))
        return score * (score > config.cutoff) * (weights > 0)  # whatever the cutoff, no attention is no edge
    kept = weights.topk(min(config.top_k, keys), dim=-1).indices
    return weights * torch.zeros_like(weights, dtype=torch.bool).scatter_(-1, kept, True)


def own_tokens(queries: int, keys: int, device: torch.device) -> Tensor:
    """Where query and key are the same token: [queries, keys], for queries that are the last of the keys."""
    places = torch.arange(queries, device=device)[:, None] + keys - queries
    return places == torch.arange(keys, device=device)


def edges_between(
    spans: Mapping[Hashable, Iterable[int]], edges: Iterable[tuple[Hashable, Hashable]], length: int
) -> Tensor:
    """The token graph that a graph draws on its own text: [length, length], 1 where a token hears an earlier one.

    spans: the tokens' positions that name each node. Tokens of a node hear earlier tokens of its neighbours and of the
    node itself; `edges` are taken in both directions, since reading goes in one only.

    >>> edges_between({"a": [0], "b": [2]}, [("a", "b")], 3)[2]
    tensor([1., 0., 0.])
    """
    places = {node: sorted(set(positions)) for node, positions in spans.items()}
    pairs = {(node, node) for node in places}
    pairs.update((u, v) for u, v in edges if u in places and v in places)
    found = torch.zeros(length, length)
    for u, v in pairs:
        for i in places[u]:
            for j in places[v]:
                if outside := [place for place in (i, j) if not 0 <= place < length]:
                    raise ValueError(f"a node's token stands at {outside[0]}, outside of {length} tokens")
                if i != j:
                    found[max(i, j), min(i, j)] = 1.0
    return found
