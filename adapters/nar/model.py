"""The neural algorithmic reasoner: encode, pass messages step by step, decode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from adapters.nar.batch import Batch
from adapters.nar.config import NARConfig
from adapters.nar.features import Decoder, Encoder, Latents, soft, zeros
from adapters.nar.processor import TripletGMPNN
from graphs.clrs.spec import SPECS, Feature
from graphs.errors import BadArgument


class Reasoned(NamedTuple):
    """What a run gives.

    outputs: predictions by name. hints: predictions after each step, [steps, batch, ...]. halting: logits that a step
    was the last one, [steps, batch]. nodes, edges: final states, [batch, num_nodes, hidden_size] and [batch, num_nodes,
    num_nodes, hidden_size]. steps: how many rounds each example had, [batch].
    """

    outputs: dict[str, Tensor]
    hints: dict[str, Tensor]
    halting: Tensor
    nodes: Tensor
    edges: Tensor
    steps: Tensor


@dataclass
class _State:
    """Between two steps. read: what the decoders see of the last step."""

    hidden: Tensor
    edges: Tensor
    read: Latents


class NAR(nn.Module):
    """One processor with encoders and decoders for each algorithm; hints are fed back as probabilities.

    Ibarz et al., arXiv 2209.11142. A halting head, which is ours, says when to stop where the number of steps is not
    known.
    """

    def __init__(self, config: NARConfig) -> None:
        super().__init__()
        self.config = config
        size = config.hidden_size
        self.processor = TripletGMPNN(size, config.triplet_size, config.gate_bias)
        self.encoders, self.decoders, self.halts = nn.ModuleDict(), nn.ModuleDict(), nn.ModuleDict()
        for name in config.algorithms:
            spec = SPECS[name]
            self.encoders[name] = nn.ModuleDict({f.name: Encoder(f, size) for f in spec if f.stage != "output"})
            self.decoders[name] = nn.ModuleDict({f.name: Decoder(f, size) for f in spec if f.stage != "input"})
            self.halts[name] = nn.Linear(size, 1)

    def forward(self, batch: Batch, *, most_steps: int | None = None) -> Reasoned:
        """Run the algorithm of the batch.

        most_steps: None for the true number of steps of each example (training, and CLRS's protocol); else the model
        stops each example by itself, after this many steps at the latest. Of the hints, only the first is read.

        Raises:
            BadArgument: the model was not made for this algorithm.
        """
        if batch.algorithm not in self.config.algorithms:
            known = ", ".join(self.config.algorithms)
            raise BadArgument(f"this model knows {known}; not {batch.algorithm}")
        spec = SPECS[batch.algorithm]
        hinted = [feature for feature in spec if feature.stage == "hint"]
        fixed = self._encoded(batch, [f for f in spec if f.stage == "input"], batch.inputs)
        state = _State(torch.zeros_like(fixed.nodes), torch.zeros_like(fixed.edges), fixed)
        values = {feature.name: batch.hints[feature.name][0] for feature in hinted}
        rounds = batch.steps if most_steps is None else torch.full_like(batch.steps, most_steps)
        hints: dict[str, list[Tensor]] = {feature.name: [] for feature in hinted}
        halting: list[Tensor] = []
        taken = torch.zeros_like(rounds)
        for step in range(int(rounds.max())):
            active = step < rounds
            state = self._step(batch, fixed, self._encoded(batch, hinted, values), state, active)
            taken = taken + active
            for feature in hinted:
                prediction = self.decoders[batch.algorithm][feature.name](state.read, batch.is_node)  # type: ignore[index]
                hints[feature.name].append(prediction)
                values[feature.name] = soft(prediction, feature)
            halting.append(self._halt(batch, state.hidden))
            if most_steps is not None:
                rounds = torch.where(active & (halting[-1] > 0), taken, rounds)
                if bool((taken >= rounds).all()):
                    break
        outputs = {
            f.name: self.decoders[batch.algorithm][f.name](state.read, batch.is_node)  # type: ignore[index]
            for f in spec
            if f.stage == "output"
        }
        stacked = {name: torch.stack(values) for name, values in hints.items()}
        return Reasoned(outputs, stacked, torch.stack(halting), state.hidden, state.edges, taken)

    def _encoded(self, batch: Batch, features: list[Feature], values: dict[str, Tensor]) -> Latents:
        latents = zeros(*batch.is_node.shape, self.config.hidden_size, batch.inputs["pos"])
        for feature in features:
            self.encoders[batch.algorithm][feature.name](values[feature.name], latents)  # type: ignore[index]
        return latents

    def _step(self, batch: Batch, fixed: Latents, hints: Latents, state: _State, active: Tensor) -> _State:
        """One round; examples that have ended keep what they had."""
        seen = fixed + hints
        hidden, edges = self.processor(seen.nodes, seen.edges, seen.graph, state.hidden, batch.is_node)
        read = Latents(
            torch.cat([seen.nodes, state.hidden, hidden], dim=-1), torch.cat([seen.edges, edges], dim=-1), seen.graph
        )
        if bool(active.all()):
            return _State(hidden, edges, read)
        old = state.read
        return _State(
            _where(active, hidden, state.hidden),
            _where(active, edges, state.edges),
            Latents(
                _where(active, read.nodes, old.nodes),
                _where(active, read.edges, old.edges),
                _where(active, read.graph, old.graph),
            ),
        )

    def _halt(self, batch: Batch, hidden: Tensor) -> Tensor:
        pooled = hidden.masked_fill(~batch.is_node[..., None], -torch.inf).amax(dim=1)
        halt: Tensor = self.halts[batch.algorithm](pooled)[:, 0]
        return halt


def _where(active: Tensor, new: Tensor, old: Tensor) -> Tensor:
    return torch.where(active.view(-1, *[1] * (new.ndim - 1)), new, old)
