"""Read the attention that a pretrained layer pays, without changing what it computes.

The fused kernels give no attention weights. `graph_sdpa` lets them compute the output as ever and, where a layer asks,
recomputes the weights head by head and adds them up, so that memory stays at batch x queries x keys instead of that
times the heads. Models set to `eager` attention return the weights themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import AttentionMaskInterface, sdpa_mask

NAME = "graph_sdpa"
READER = "_attention_reader"  # attribute of an attention module: takes the weights of each head in turn
Reader = Callable[[int, Tensor], None]


def graph_sdpa(
    module: torch.nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    dropout: float = 0.0,
    scaling: float | None = None,
    **kwargs: Any,
) -> tuple[Tensor, None]:
    """`sdpa` attention; the module's reader, where it has one, sees the weights [batch, queries, keys] of each head.

    Shapes: query [batch, heads, queries, head_dim], key and value [batch, key_heads, keys, head_dim].
    """
    reader: Reader | None = getattr(module, READER, None)
    if reader is not None:
        _read(reader, query, key, attention_mask, scaling)
    found: tuple[Tensor, None] = sdpa_attention_forward(
        module, query, key, value, attention_mask, dropout=dropout, scaling=scaling, **kwargs
    )
    return found


@torch.no_grad()
def _read(reader: Reader, query: Tensor, key: Tensor, mask: Tensor | None, scaling: float | None) -> None:
    queries, keys = query.shape[2], key.shape[2]
    group = query.shape[1] // key.shape[1]
    scale = query.shape[-1] ** -0.5 if scaling is None else scaling
    if mask is None and queries > 1:  # plain causal attention; a shorter mask would have been given
        mask = torch.ones(queries, keys, dtype=torch.bool, device=query.device).tril(keys - queries)[None, None]
    for head in range(query.shape[1]):
        scores = (query[:, head] @ key[:, head // group].transpose(-1, -2)).float() * scale
        if mask is not None:
            own = mask[:, head if mask.shape[1] > 1 else 0, :, :keys]
            scores = scores.masked_fill(~own, float("-inf")) if own.dtype == torch.bool else scores + own
        reader(head, scores.softmax(-1).nan_to_num(0.0))  # a query that may see nothing pays no attention


def register() -> None:
    """Tell transformers of `graph_sdpa`. It needs sdpa's masks: without them attention would see the future."""
    AttentionInterface.register(NAME, graph_sdpa)
    AttentionMaskInterface.register(NAME, sdpa_mask)


def use(model: Any) -> None:
    """Have `model` attend through `graph_sdpa`, unless it attends by `eager`, which shows its weights anyway."""
    register()
    if getattr(model.config, "_attn_implementation", None) not in ("eager", NAME):
        model.set_attn_implementation(NAME)
