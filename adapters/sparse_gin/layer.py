"""Sparse GIN-Attention around one attention module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import Tensor, nn
from torch.nn import functional

from adapters.sparse_gin.attention import READER
from adapters.sparse_gin.config import SparseGINConfig
from adapters.sparse_gin.memory import states_of
from adapters.sparse_gin.token_graph import own_tokens, sparse


class SparseGIN(nn.Module):
    """GIN over a token graph, from the residual stream and back to it.

    u = W_in norm(h), m = (1 + eps) u + mean of neighbours, g = W_2 PReLU(W_1 m) + m, out = lambda W_out norm(g).
    W_out starts at zero, so that a fresh adapter changes nothing; lambda is trained, one for each layer.
    """

    def __init__(self, hidden_size: int, num_heads: int, config: SparseGINConfig, scale: float) -> None:
        super().__init__()
        self.config = config
        size = config.gnn_size
        self.w_in = nn.Linear(hidden_size, size, bias=False)
        self.w_1 = nn.Linear(size, size)
        self.act = nn.PReLU(init=0.25)
        self.w_2 = nn.Linear(size, size)
        self.w_out = nn.Linear(size, hidden_size, bias=False)
        self.norm = nn.RMSNorm(size, eps=1e-6)
        self.dropout = nn.Dropout(config.dropout)
        self.eps = nn.Parameter(torch.zeros(()))
        self.scale = nn.Parameter(torch.tensor(float(scale)))
        self.extra = nn.Parameter(torch.ones(()))  # weight of the edges of a token graph that is given
        self.head_weights = nn.Parameter(torch.zeros(num_heads)) if config.heads == "learned" else None
        nn.init.zeros_(self.w_out.weight)

    def states(self, hidden: Tensor) -> Tensor:
        """u: [batch, seq, gnn_size] of the residual stream [batch, seq, hidden_size]."""
        hidden = hidden.to(self.w_in.weight.dtype)
        return self.w_in(functional.rms_norm(hidden, hidden.shape[-1:]))

    def forward(self, own: Tensor, heard: Tensor, attention: Tensor | None, given: Tensor | None) -> Tensor:
        """What is added to the residual stream: [batch, queries, hidden_size].

        own: states of the queries [batch, queries, size]. heard: states of all keys [batch, keys, size].
        attention: [batch, queries, keys] or None without edges. given: edges of a token graph, of the same shape.
        """
        return self.update(self._mixed(own, heard, attention, given))

    def update(self, mixed: Tensor) -> Tensor:
        """What is added to the residual stream, of m [..., size]."""
        out = self.w_2(self.act(self.w_1(mixed))) + mixed
        return self.scale * self.w_out(self.dropout(self.norm(out)))

    def joined(self, own: Tensor, total: Tensor, weight: Tensor) -> Tensor:
        """m of what neighbours sent in total, [..., size], and the weight of their edges, [..., 1]."""
        if self.config.aggregation == "sum":
            return self.eps * own + total
        return (1.0 + self.eps) * own + total / weight.clamp_min(1e-6)

    def _mixed(self, own: Tensor, heard: Tensor, attention: Tensor | None, given: Tensor | None) -> Tensor:
        edges = None if attention is None else sparse(attention, self.config).to(own.dtype)
        if given is not None:
            past = ~own_tokens(given.shape[-2], given.shape[-1], given.device).cumsum(-1).bool()
            edges = (0.0 if edges is None else edges) + self.extra * given.to(own.dtype) * past
        if edges is None:
            return (1.0 + self.eps) * own
        return self.joined(own, edges @ heard, edges.sum(-1, keepdim=True))


class SparseGINLayer(nn.Module, BaseTunerLayer):
    """An attention module that adds a GIN over its own attention to its output.

    The block adds the residual afterwards, so that the sum is h + attention(h) + GIN, the paper's place before the MLP.
    The residual stream is seen by a hook on the norm before the attention: `remember`.
    """

    adapter_layer_names = ("gin_block",)

    def __init__(self, base_layer: nn.Module, name: str, layer: int) -> None:
        super().__init__()
        self.base_layer: Any = base_layer
        self.unhook: Any = None
        self.gin_block = nn.ModuleDict({})
        self.name, self.layer = name, layer
        self.given: Tensor | None = None  # the token graph in use: [batch or 1, length, length]
        self._residual: Tensor | None = None
        self._disable_adapters = False
        self.merged_adapters: list[str] = []

    def remember(self, _: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Forward pre-hook of the norm before the attention."""
        self._residual = args[0] if args else next(iter(kwargs.values()))

    def merge(self, safe_merge: bool = False, adapter_names: list[str] | None = None) -> None:
        """Refuse: what is added depends on the input, so no weight of the base model can hold it."""
        raise NotImplementedError("Sparse GIN-Attention cannot be merged into the base model; serve it as an adapter")

    def unmerge(self) -> None:
        raise NotImplementedError("Sparse GIN-Attention is never merged")

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        blocks: list[tuple[str, Any]] = [
            (name, self.gin_block[name]) for name in self.active_adapters if name in self.gin_block
        ]
        residual, self._residual = self._residual, None
        if self.disable_adapters or not blocks:
            return self.base_layer(*args, **kwargs)
        if residual is None:
            raise RuntimeError(
                f"{self.name}: the norm before the attention was not run; name it with residual_module in the config"
            )
        readers = [HeadReader(block) for _, block in blocks]
        with self._read_by(readers):
            output, shown, *rest = self.base_layer(*args, **kwargs)
        stream = residual + output
        for (name, block), reader in zip(blocks, readers, strict=True):
            own = block.states(stream)
            heard = self._with_past(name, own, kwargs.get("past_key_values"))
            attention = _to_length(reader.total(shown), heard.shape[1])
            output = output + block(own, heard, attention, self._given(own, heard.shape[1])).to(output.dtype)
        return (output, shown, *rest)

    def _given(self, own: Tensor, length: int) -> Tensor | None:
        """The token graph in use: [batch, queries, length], empty where generation has left its text behind."""
        if self.given is None:
            return None
        queries = own.shape[1]
        graph = self.given.to(own.device)[:, length - queries : length, :length]
        graph = functional.pad(graph, (0, length - graph.shape[2], 0, queries - graph.shape[1]))
        return graph.expand(own.shape[0], -1, -1)

    def _with_past(self, name: str, own: Tensor, past: Any) -> Tensor:
        """The states of all tokens so far, where a cache holds the earlier ones; they are kept in the cache."""
        if past is None:
            return own
        kept = states_of(past)
        before = past.get_seq_length(self.layer) - own.shape[1]
        earlier = kept.get((name, self.layer))
        if before and (earlier is None or earlier.shape[1] < before):
            raise RuntimeError(
                f"{self.name}: the cache holds {before} tokens that this adapter has not seen; "
                "start with an empty cache when an adapter is switched on"
            )
        states = own if earlier is None else torch.cat([earlier[:, :before], own], dim=1)
        kept[name, self.layer] = states.detach() if not torch.is_grad_enabled() else states
        return states

    @contextmanager
    def _read_by(self, readers: list[HeadReader]) -> Iterator[None]:
        wanted = [reader for reader in readers if reader.block.config.edges != "none"]
        if not wanted:
            yield
            return

        def read(head: int, weights: Tensor) -> None:
            for reader in wanted:
                reader(head, weights)

        base = self.get_base_layer()
        setattr(base, READER, read)
        try:
            yield
        finally:
            delattr(base, READER)


class HeadReader:
    """Joins the heads of one attention call for one GIN."""

    def __init__(self, block: Any) -> None:
        self.block = block
        self.seen: list[Tensor] = []
        self.sum: Tensor | None = None
        self.heads = 0

    def __call__(self, head: int, weights: Tensor) -> None:
        self.heads += 1
        if self.block.config.heads == "learned":
            self.seen.append(weights)
        else:
            self.sum = weights if self.sum is None else self.sum + weights

    def total(self, shown: Tensor | None) -> Tensor | None:
        """[batch, queries, keys]; from `shown` [batch, heads, queries, keys] where the attention showed its weights."""
        if self.block.config.edges == "none":
            return None
        if not self.heads:
            if shown is None:
                raise RuntimeError(
                    "the attention shows no weights: set the model's attention to 'eager' or "
                    "'graph_sdpa' (model.set_attn_implementation)"
                )
            for head, weights in enumerate(shown.detach().float().unbind(1)):
                self(head, weights)
        if self.block.config.heads == "learned":
            share = self.block.head_weights.softmax(0).float()
            return torch.stack(self.seen, dim=-1) @ share
        assert self.sum is not None
        return self.sum.clamp(max=1.0) if self.block.config.heads == "sum" else self.sum / self.heads


def _to_length(attention: Tensor | None, length: int) -> Tensor | None:
    """Attention over all tokens so far: a sliding window has dropped the first ones, a static cache has empty ends."""
    if attention is None or attention.shape[-1] >= length:
        return attention if attention is None else attention[..., :length]
    return functional.pad(attention, (length - attention.shape[-1], 0))
