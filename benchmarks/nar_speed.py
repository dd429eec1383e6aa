"""The reasoner's training step and inference against plain versions of the same network, in one process and in turn.

python -m benchmarks.nar_speed [--size 16] [--batch 16] [--rounds 5]: processor milliseconds on one thread, medians. The
peers have the same weights and give the same outputs, which is checked first:

- PyG: `MessagePassing` over an explicit list of all pairs, with the pairs' full vectors and all terms of each triple;
- one by one: this reasoner on one graph after the other, gradients summed.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor, nn
from torch_geometric.nn import MessagePassing

from adapters.nar.batch import Batch, collate
from adapters.nar.config import NARConfig
from adapters.nar.features import Latents
from adapters.nar.loss import loss
from adapters.nar.model import NAR
from adapters.nar.processor import TripletGMPNN
from graphs.clrs.example import Example, sample

ALGORITHMS = ("bfs", "bellman_ford", "dijkstra", "mst_prim")


class PlainProcessor(MessagePassing):
    """A Triplet-GMPNN as one would write it with PyG. Graphs of a batch have equally many nodes."""

    def __init__(self, ours: TripletGMPNN) -> None:
        super().__init__(aggr="max")
        self.ours = ours

    def forward(self, seen: Latents, hidden: Tensor, is_node: Tensor | None) -> tuple[Tensor, Tensor]:
        """As `TripletGMPNN`."""
        assert is_node is None
        batch, n, size = hidden.shape
        of, node = self.ours, torch.arange(n)
        pairs = torch.stack([node.repeat_interleave(n), node.repeat(n)])
        edge_index = torch.cat([pairs + graph * n for graph in range(batch)], dim=1)
        z = torch.cat([seen.nodes, hidden], dim=-1)
        edges = seen.pairs.dense()
        given = (of.receive(z) + of.graph(seen.graph)[:, None]).flatten(0, 1), of.send(z).flatten(0, 1)
        gathered = self.propagate(edge_index, about=given[0], sent=given[1], edge=edges.reshape(-1, size))
        gathered = gathered.view(batch, n, size)
        new = of.norm(torch.relu(of.keep(z) + of.gather(gathered)))
        gate = torch.sigmoid(of.gate(torch.relu(of.gate_keep(z) + of.gate_gather(gathered))))
        n1, n2, n3 = of.triple_nodes(z).chunk(3, dim=-1)
        e1, e2, e3 = of.triple_edges(edges).chunk(3, dim=-1)
        triples = n1[:, :, None, None] + n2[:, None, :, None] + n3[:, None, None]
        triples = triples + e1[:, :, :, None] + e2[:, :, None] + e3[:, None]
        triples = triples + of.triple_graph(seen.graph)[:, None, None, None]
        return new * gate + hidden * (1 - gate), torch.relu(of.triple_out(triples.amax(dim=1)))

    def message(self, about_i: Tensor, sent_j: Tensor, edge: Tensor) -> Tensor:
        """The messages along the edges, [num_edges, hidden_size]."""
        said: Tensor = self.ours.message(about_i + sent_j + self.ours.edge(edge))
        return said


def with_plain(model: NAR) -> NAR:
    """The same network and weights around the plain processor."""
    other = deepcopy(model)
    other.processor = PlainProcessor(other.processor)  # type: ignore[assignment]
    return other


def step(model: NAR, optimizer: torch.optim.Optimizer, batches: list[Batch]) -> None:
    """One step of training on all the batches together."""
    optimizer.zero_grad()
    for batch in batches:
        (loss(batch, model(batch)) / len(batches)).backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


@torch.no_grad()
def infer(model: NAR, batches: list[Batch]) -> None:
    """The outputs of all batches."""
    for batch in batches:
        model(batch)


def times(calls: dict[str, Callable[[], None]], rounds: int) -> dict[str, float]:
    """Median processor milliseconds of each call, in turn, after one round that does not count."""
    found: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, call in calls.items():
            began = time.process_time()
            call()
            if turn:
                found[name].append(1000 * (time.process_time() - began))
    return {name: statistics.median(values) for name, values in found.items()}


def work(model: NAR, plain: NAR, whole: list[Batch], single: list[Batch]) -> dict[str, dict[str, Callable[[], None]]]:
    """What is timed. whole: one batch; single: its graphs one by one."""
    adam, other = (torch.optim.Adam(each.parameters(), 1e-4) for each in (model, plain))
    return {
        "training step": {
            "here": lambda: step(model, adam, whole),
            "PyG": lambda: step(plain, other, whole),
            "one by one": lambda: step(model, adam, single),
        },
        "inference": {
            "here": lambda: infer(model, whole),
            "PyG": lambda: infer(plain, whole),
            "one by one": lambda: infer(model, single),
        },
    }


def agree(model: NAR, other: NAR, batch: Batch) -> float:
    """The largest difference between two models' outputs."""
    with torch.no_grad():
        ours, theirs = model(batch).outputs, other(batch).outputs
    return max(float((ours[name] - theirs[name]).abs().nan_to_num().max()) for name in ours)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=16, help="nodes of a graph")
    parser.add_argument("--batch", type=int, default=16, help="graphs of a batch")
    parser.add_argument("--hidden-size", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = NAR(NARConfig(ALGORITHMS, options.hidden_size))
    plain = with_plain(model)
    rng = np.random.RandomState(0)
    print(f"{options.batch} graphs of {options.size} nodes, hidden size {options.hidden_size}")
    print("Processor milliseconds on one thread\n")
    print("| algorithm | what | here | PyG | one by one | PyG / here | one by one / here |")
    print("|---|---|---|---|---|---|---|")
    for name in ALGORITHMS:
        examples: list[Example] = [sample(name, options.size, rng) for _ in range(options.batch)]
        whole, single = [collate(examples)], [collate([example]) for example in examples]
        gap = agree(model, plain, whole[0])
        assert gap < 1e-3, f"{name}: the plain version differs by {gap}"
        state = deepcopy(model.state_dict()), deepcopy(plain.state_dict())
        for what, calls in work(model, plain, whole, single).items():
            ms = times(calls, options.rounds)
            shares = f"{ms['PyG'] / ms['here']:.1f} | {ms['one by one'] / ms['here']:.1f}"
            print(f"| {name} | {what} | " + " | ".join(f"{value:.0f}" for value in ms.values()) + f" | {shares} |")
        model.load_state_dict(state[0])
        plain.load_state_dict(state[1])


if __name__ == "__main__":
    main()
