"""The neural algorithmic reasoner: encode, pass messages step by step, decode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from adapters.nar.batch import Batch
from adapters.nar.config import NARConfig
from adapters.nar.features import Decoder, Encoder, Latents, Pairs, Readout, largest, nothing, soft
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
    read: Readout | None = None


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
        is_node = None if bool(batch.is_node.all()) else batch.is_node
        fixed = self._encoded(batch, [f for f in spec if f.stage == "input"], batch.inputs, is_node)
        state = _State(torch.zeros_like(fixed.nodes))
        values = {feature.name: batch.hints[feature.name][0] for feature in hinted}
        rounds = batch.steps if most_steps is None else torch.full_like(batch.steps, most_steps)
        hints: dict[str, list[Tensor]] = {feature.name: [] for feature in hinted}
        halting: list[Tensor] = []
        taken = torch.zeros_like(rounds)
        for step in range(int(rounds.max())):
            active = step < rounds
            state = self._step(fixed + self._encoded(batch, hinted, values, is_node), state, active, is_node)
            assert state.read is not None
            taken = taken + active
            for feature in hinted:
                prediction = self._decoded(batch.algorithm, feature, state.read, is_node)
                hints[feature.name].append(prediction)
                values[feature.name] = soft(prediction, feature)
            halting.append(self.halts[batch.algorithm](largest(state.hidden, is_node))[:, 0])
            if most_steps is not None:
                rounds = torch.where(active & (halting[-1] > 0), taken, rounds)
                if bool((taken >= rounds).all()):
                    break
        read = state.read
        assert read is not None
        outputs = {f.name: self._decoded(batch.algorithm, f, read, is_node) for f in spec if f.stage == "output"}
        stacked = {name: torch.stack(values) for name, values in hints.items()}
        return Reasoned(outputs, stacked, torch.stack(halting), state.hidden, read.edges, taken)

    def _encoded(
        self, batch: Batch, features: list[Feature], values: dict[str, Tensor], is_node: Tensor | None
    ) -> Latents:
        size, num_nodes = batch.is_node.shape
        latents = nothing(size, num_nodes, self.config.hidden_size, batch.inputs["pos"])
        for feature in features:
            self.encoders[batch.algorithm][feature.name](values[feature.name], latents, is_node)  # type: ignore[index]
        return latents

    def _decoded(self, algorithm: str, feature: Feature, read: Readout, is_node: Tensor | None) -> Tensor:
        found: Tensor = self.decoders[algorithm][feature.name](read, is_node)  # type: ignore[index]
        return found

    def _step(self, seen: Latents, state: _State, active: Tensor, is_node: Tensor | None) -> _State:
        """One round; examples that have ended keep what they had."""
        hidden, edges = self.processor(seen, state.hidden, is_node)
        read = Readout(torch.cat([seen.nodes, state.hidden, hidden], dim=-1), seen.pairs, edges, seen.graph)
        old = state.read
        if old is None or bool(active.all()):
            return _State(hidden, read)
        pairs = Pairs(_where(active, read.pairs.values, old.pairs.values), read.pairs.weight, read.pairs.bias)
        kept = Readout(
            _where(active, read.nodes, old.nodes), pairs, _where(active, read.edges, old.edges),
            _where(active, read.graph, old.graph),
        )  # fmt: skip
        return _State(_where(active, hidden, state.hidden), kept)


def _where(active: Tensor, new: Tensor, old: Tensor) -> Tensor:
    return torch.where(active.view(-1, *[1] * (new.ndim - 1)), new, old)
