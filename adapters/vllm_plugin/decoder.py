"""A decoder of the Llama family with hidden tokens: they bring a graph along, and the text does not see them.

Attention has one channel more than the model's own: 0 in the keys of the text, and so far below it in those of hidden
tokens that their weight is exactly 0. Text that follows them is read as if they were not there: they all stand at the
start, and rotary positions count by differences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from vllm.config import VllmConfig
from vllm.model_executor.layers.attention import Attention
from vllm.model_executor.layers.linear import ReplicatedLinear

WIDTHS = (32, 64, 80, 96, 112, 128, 160, 192, 224, 256)  # what attention kernels of processors and of GPUs take
ASKING, HIDDEN = 240.0, -240.0  # exact in bfloat16, float16 and float8; their product is -57,600 before scaling
FAMILIES = ("llama", "mistral", "qwen2", "qwen3")

After = Callable[[Tensor], Tensor]
Within = Callable[[Tensor, Tensor, Tensor], Tensor]
_NONE: Mapping[int, Any] = MappingProxyType({})


def width_for(channels: int) -> int:
    """The narrowest head that holds this many channels.

    Raises:
        ValueError: none does.
    """
    for width in WIDTHS:
        if width >= channels:
            return width
    raise ValueError(f"attention kernels take heads of at most {WIDTHS[-1]} channels, and {channels} are needed")


class Marks(NamedTuple):
    """The channels that hide tokens, of queries, keys and values: [tokens, 1, channels] each."""

    query: Tensor
    key: Tensor
    value: Tensor


class MaskedAttention(nn.Module):
    """vLLM's causal attention over some of the tokens alone.

    The channel after the keys' own hides tokens. The channel after the values' own is 1 where a token counts, so that
    it comes out as 1 where there was any to attend to, and as 0 where there was none.
    """

    def __init__(
        self, num_heads: int, head_dim: int, vllm_config: VllmConfig, prefix: str, *, num_kv_heads: int | None = None,
        scale: float | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.num_heads, self.num_kv_heads, self.head_dim = num_heads, num_kv_heads or num_heads, head_dim
        self.more = width_for(head_dim + 1) - head_dim
        self.attn = Attention(
            num_heads, head_dim + self.more, head_dim**-0.5 if scale is None else scale,
            num_kv_heads=self.num_kv_heads, cache_config=vllm_config.cache_config,
            quant_config=vllm_config.quant_config, prefix=prefix,
        )  # fmt: skip

    def marks(self, counts: Tensor, like: Tensor) -> Marks:
        """The channels after those of queries, keys and values; the same for all attentions of one geometry.

        counts [tokens, 1]: the tokens that can be attended to.
        """
        channels = [torch.full_like(counts, ASKING, dtype=like.dtype), torch.where(counts, 0.0, HIDDEN), counts]
        asking, hidden, counting = (functional.pad(x.to(like.dtype), (0, self.more - 1))[:, None] for x in channels)
        return Marks(asking, hidden, counting)

    def forward(self, query: Tensor, key: Tensor, value: Tensor, marks: Marks) -> tuple[Tensor, Tensor]:
        """(what was read, whether there was anything): shapes as `query`, and [tokens, 1], boolean.

        query [tokens, num_heads * head_dim], key and value [tokens, num_kv_heads * head_dim]. Where there was nothing,
        what was read means nothing.
        """
        asked = _wider(query, self.num_heads, marks.query)
        keys, values = _wider(key, self.num_kv_heads, marks.key), _wider(value, self.num_kv_heads, marks.value)
        out = self.attn(asked, keys, values).view(len(query), self.num_heads, self.head_dim + self.more)
        return out[..., : self.head_dim].flatten(1), out[:, 0, self.head_dim : self.head_dim + 1] > 0.5


def _wider(x: Tensor, heads: int, mark: Tensor) -> Tensor:
    return torch.cat([x.view(len(x), heads, -1), mark.expand(-1, heads, -1)], dim=-1).flatten(1)


def with_served_linears(module: nn.Module, prefix: str) -> None:
    """Put vLLM's linear maps, laid out for the processor or GPU at hand, in place of torch's that have no bias."""
    for name, part in list(module.named_modules()):
        for key, child in list(part.named_children()):
            if isinstance(child, nn.Linear) and child.bias is None:
                own = f"{prefix}.{name}.{key}".replace("..", ".")
                made = ReplicatedLinear(
                    child.in_features, child.out_features, bias=False, return_bias=False, prefix=own
                )
                setattr(part, key, made)


class Decoder(nn.Module):
    """The blocks of a vLLM model, with places for side layers.

    hiding: whether there are hidden tokens, which side layers alone see. stride: by how much positions grow.
    """

    def __init__(self, model: Any, vllm_config: VllmConfig, *, stride: int = 1, hiding: bool = True) -> None:
        super().__init__()
        self._model = (model,)  # its weights belong to the language model
        self.stride, self.hiding = stride, hiding
        made = [_hiding(layer.self_attn, vllm_config) for layer in model.layers] if hiding else []
        self.attentions = nn.ModuleList(made)

    def forward(
        self, positions: Tensor, inputs: Tensor, is_hidden: Tensor, *, after: Mapping[int, After] = _NONE,
        within: Mapping[int, Within] = _NONE,
    ) -> Tensor:  # fmt: skip
        """The stream before the output head, [tokens, hidden_size]; is_hidden [tokens, 1].

        after: by block, what is added to the stream after it. within: by block, what is added to its attention's
        output, of the rotated queries and keys and the stream with that output.
        """
        model = self._model[0]
        positions = positions * self.stride
        hidden, residual = torch.where(is_hidden, 0.0, inputs) if self.hiding else inputs, None
        first: Any = self.attentions[0] if self.hiding else None
        marks = None if first is None else first.marks(~is_hidden, inputs)
        for number, layer in enumerate(model.layers):
            if residual is None:
                residual, hidden = hidden, layer.input_layernorm(hidden)
            else:
                hidden, residual = layer.input_layernorm(hidden, residual)
            hidden, query, key = self._attend(number, layer.self_attn, positions, hidden, marks)
            if number in within:
                hidden = hidden + within[number](query, key, residual + hidden)
            hidden, residual = layer.post_attention_layernorm(hidden, residual)
            hidden = layer.mlp(hidden)
            if number in after:
                stream = hidden + residual
                hidden, residual = stream + after[number](stream), None
        found: Tensor = model.norm(hidden) if residual is None else model.norm(hidden, residual)[0]
        return found

    def _attend(
        self, number: int, block: Any, positions: Tensor, hidden: Tensor, marks: Marks | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """(the attention's output, its queries, its keys)."""
        qkv, _ = block.qkv_proj(hidden)
        query, key, value = qkv.split([block.q_size, block.kv_size, block.kv_size], dim=-1)
        if hasattr(block, "q_norm"):  # Qwen 3 norms each head
            query = block.q_norm(query.unflatten(-1, (-1, block.head_dim))).flatten(-2)
            key = block.k_norm(key.unflatten(-1, (-1, block.head_dim))).flatten(-2)
        query, key = block.rotary_emb(positions, query, key)
        if marks is not None:
            read, _ = self.attentions[number](query, key, value, marks)
        else:
            read = block.attn(query, key, value)
        out, _ = block.o_proj(read)
        return out, query, key


def _hiding(block: Any, vllm_config: VllmConfig) -> MaskedAttention:
    """A masked attention in place of a block's own, whose place in vLLM's cache it takes."""
    own = block.attn
    if getattr(own, "sliding_window", None) is not None:
        raise ValueError("models with sliding windows cannot be served with graphs; choose another base model")
    vllm_config.compilation_config.static_forward_context.pop(own.layer_name)
    del block.attn
    return MaskedAttention(
        block.num_heads, block.head_dim, vllm_config, own.layer_name, num_kv_heads=block.num_kv_heads,
        scale=block.scaling,
    )  # fmt: skip
