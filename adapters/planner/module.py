"""The planner's encoder with its heads, for training."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from adapters.planner.pieces import COMPARES, KINDS, PICKS


@dataclass(frozen=True)
class PlannerConfig:
    """Sizes of the heads. num_roles and num_tools are set by the data."""

    num_tools: int
    num_roles: int
    num_steps: int = 4  # the answering step and up to three changes of the graph before it
    num_kinds: int = len(KINDS)
    num_picks: int = len(PICKS)
    num_compares: int = len(COMPARES)
    hidden_size: int = 384
    num_heads: int = 6
    dropout: float = 0.05


class StepReader(nn.Module):
    """One vector for each step of the plan: learned queries read the question's tokens (arXiv 2005.12872, sec. 3.2)."""

    def __init__(self, config: PlannerConfig) -> None:
        super().__init__()
        size = config.hidden_size
        self.queries = nn.Parameter(torch.randn(config.num_steps, size) * 0.02)
        self.attention = nn.MultiheadAttention(size, config.num_heads, batch_first=True)
        self.norm = nn.LayerNorm(size)
        self.widen = nn.Linear(size, 2 * size)
        self.narrow = nn.Linear(2 * size, size)
        self.last = nn.LayerNorm(size)

    def forward(self, hidden: Tensor, padding: Tensor, pooled: Tensor) -> Tensor:
        """Shapes: hidden [batch, seq, size], padding [batch, seq], pooled [batch, size]; [batch, steps, size]."""
        queries = self.queries + pooled[:, None]
        read, _ = self.attention(queries, hidden, hidden, key_padding_mask=padding, need_weights=False)
        steps = self.norm(queries + read)
        return self.last(steps + self.narrow(nn.functional.gelu(self.widen(steps))))


class Planner(nn.Module):
    """An encoder and heads: the tool of each step, each mark's step and parameter, and whether it is a question at all.

    A tool is known by its description, read by the same encoder, plus a learned correction (zero for a new tool).
    """

    def __init__(self, encoder: nn.Module, config: PlannerConfig) -> None:
        super().__init__()
        size = config.hidden_size
        self.encoder = encoder
        self.reader = StepReader(config)
        self.describe = nn.Linear(size, size)
        self.none = nn.Parameter(torch.randn(size) * 0.02)
        self.corrections = nn.Parameter(torch.zeros(config.num_tools, size))
        self.scale = nn.Parameter(torch.tensor(3.0))
        self.kind = nn.Linear(size, config.num_kinds)
        self.pick = nn.Linear(size, config.num_picks)
        self.compare = nn.Linear(size, config.num_compares)
        self.mark_step = nn.Linear(size, config.num_steps + 1)  # the last: taken by none
        self.mark_role = nn.Linear(size, config.num_roles)

    def encode(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """(hidden [batch, seq, size], pooled [batch, size]) of ids [batch, seq], 0 being padding."""
        mask = (ids != 0).long()
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask[..., None].to(hidden.dtype)
        return hidden, (hidden * weights).sum(1) / weights.sum(1)

    def descriptions(self, ids: Tensor) -> Tensor:
        """Unit vectors [tools, size] of tools' descriptions, ids [tools, seq]."""
        return nn.functional.normalize(self.describe(self.encode(ids)[1]), dim=-1)

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        """(steps, kinds, mark steps, mark roles, picks, compares) of questions, ids [batch, seq].

        Shapes: steps [batch, steps, size], of unit length; mark steps and roles [batch, seq, …], the others [batch, …].
        """
        hidden, pooled = self.encode(ids)
        read = self.reader(hidden, ids == 0, pooled)
        steps = nn.functional.normalize(read, dim=-1)
        of_answer = self.pick(read[:, 0]), self.compare(read[:, 0])
        return steps, self.kind(pooled), self.mark_step(hidden), self.mark_role(hidden), *of_answer

    def tool_logits(self, steps: Tensor, tools: Tensor) -> Tensor:
        """Logits [batch, steps, tools + 1] against tools [tools, size]; the last: this step is not needed."""
        table = torch.cat([tools, nn.functional.normalize(self.none, dim=0)[None]])
        return self.scale.exp() * steps @ table.T
