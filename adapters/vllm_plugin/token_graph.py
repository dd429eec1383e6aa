"""Attention that hands a GIN its neighbours: an own back end, since no kernel shows the weights that it computes.

Written in torch alone; each query costs as much as attention by the eager way. Keys are the layer's own rotated ones,
values the GIN's states of the tokens, both in vLLM's paged cache in the plain order.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from vllm.config import VllmConfig
from vllm.model_executor.layers.attention import Attention
from vllm.v1.attention.backend import AttentionCGSupport, subclass_attention_backend_with_overrides
from vllm.v1.attention.selector import get_attn_backend

from adapters.sparse_gin.layer import HeadReader, SparseGIN
from adapters.sparse_gin.token_graph import sparse

_AT_ONCE = 512  # queries whose weights are held at the same time


class Neighbours(nn.Module):
    """What each token's neighbours send it, and the weight of the edges to them."""

    def __init__(self, block: Any, gin: SparseGIN, vllm_config: VllmConfig, prefix: str) -> None:
        super().__init__()
        self.heads, self.kv_heads, self.head_dim = block.num_heads, block.num_kv_heads, block.head_dim
        self.size = gin.config.gnn_size
        if self.size > self.kv_heads * self.head_dim or self.size + 1 > self.heads * self.head_dim:
            raise ValueError(f"gnn_size {self.size} does not fit into {self.kv_heads} key heads of {self.head_dim}")
        cache = vllm_config.cache_config
        ordinary = get_attn_backend(self.head_dim, torch.get_default_dtype(), cache.cache_dtype)
        self.attn = Attention(
            self.heads, self.head_dim, block.scaling, num_kv_heads=self.kv_heads, cache_config=cache, prefix=prefix,
            attn_backend=_backend(ordinary),
        )  # fmt: skip
        self.attn.impl.gin = gin

    def forward(self, query: Tensor, key: Tensor, own: Tensor) -> tuple[Tensor, Tensor]:
        """([tokens, size], [tokens, 1]); own [tokens, size]: the GIN's states of these tokens."""
        values = functional.pad(own, (0, self.kv_heads * self.head_dim - self.size)).to(key.dtype)
        out = self.attn(query, key, values)
        return out[:, : self.size], out[:, self.size : self.size + 1]


def heard(gin: SparseGIN, query: Tensor, key: Tensor, states: Tensor, scale: float) -> tuple[Tensor, Tensor]:
    """(what neighbours send in total [queries, size], the weight of their edges [queries, 1]).

    query [queries, heads, head_dim] are the last of the keys [keys, kv_heads, head_dim]; states [keys, size].
    """
    queries, keys, group = len(query), len(key), query.shape[1] // key.shape[1]
    seen = torch.ones(queries, keys, dtype=torch.bool, device=query.device).tril(keys - queries)
    reader = HeadReader(gin)
    for head in range(query.shape[1]):
        scores = (query[:, head] @ key[:, head // group].t()).float() * scale
        reader(head, scores.masked_fill(~seen, float("-inf")).softmax(-1)[None])
    weights = reader.total(None)
    assert weights is not None
    edges = sparse(weights, gin.config)[0].to(states.dtype)
    return edges @ states, edges.sum(-1, keepdim=True)


@lru_cache
def _backend(ordinary: Any) -> Any:
    """The back end of this platform, with an own cache layout and computation."""

    class Builder(ordinary.get_builder_cls()):  # type: ignore[misc]
        _cudagraph_support = AttentionCGSupport.NEVER

    class Impl(ordinary.get_impl_cls()):  # type: ignore[misc]
        gin: SparseGIN

        def do_kv_cache_update(self, layer: Any, key: Tensor, value: Tensor, kv_cache: Tensor, slots: Tensor) -> None:
            size = kv_cache.shape[2]
            slots = slots[: len(key)]
            there = slots >= 0  # others are padding
            block, place = slots[there] // size, slots[there] % size
            kv_cache[block, :, place] = torch.cat([key, value], dim=-1)[there].to(kv_cache.dtype)

        def forward(
            self, layer: Any, query: Tensor, key: Tensor, value: Tensor, kv_cache: Tensor, attn_metadata: Any,
            output: Tensor, output_scale: Tensor | None = None, output_block_scale: Tensor | None = None,
        ) -> Tensor:  # fmt: skip
            if attn_metadata is None:  # a trial run without a cache
                return output
            starts, lengths = attn_metadata.query_start_loc.tolist(), attn_metadata.seq_lens.tolist()
            size, width = self.gin.config.gnn_size, self.gin.config.gnn_size + 1
            flat = output.view(len(output), -1)
            for number, length in enumerate(lengths):
                first, last = starts[number], starts[number + 1]
                blocks = attn_metadata.block_table[number, : -(-length // kv_cache.shape[2])].long()
                kept = kv_cache[blocks].transpose(1, 2).flatten(0, 1)[:length]  # [length, kv_heads, 2 head_dim]
                keys, values = kept.chunk(2, dim=-1)
                states = values.flatten(1)[:, :size]
                for at in range(first, last, _AT_ONCE):
                    upto = min(at + _AT_ONCE, last)
                    seen = length - (last - upto)
                    sent = heard(self.gin, query[at:upto], keys[:seen], states[:seen], self.scale)
                    flat[at:upto, :width] = torch.cat(sent, dim=-1).to(flat.dtype)
            return output

    overrides = {"get_builder_cls": staticmethod(lambda: Builder), "get_impl_cls": staticmethod(lambda: Impl)}
    return subclass_attention_backend_with_overrides("TokenGraph", ordinary, overrides)
