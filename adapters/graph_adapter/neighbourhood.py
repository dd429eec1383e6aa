"""The neighbourhood of each node that is asked about, as a graph of its own.

Every node gets its own copy of its k-hop neighbourhood, so that its own features can be hidden from it alone: hidden in
one graph for all nodes of a batch, they would be missing where two of them are neighbours, and a node's state would
depend on what else is in the batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Neighbourhoods:
    """Disjoint neighbourhoods.

    nodes: [num_copies], which node each copy is. edge_index: [2, num_edges] between copies, source above target.
    roots: [batch], the copies of the nodes that were asked about.
    """

    nodes: Tensor
    edge_index: Tensor
    roots: Tensor


class Neighbours:
    """The edges of a graph by target, so that neighbourhoods cost what they hold."""

    def __init__(self, edge_index: Tensor, num_nodes: int) -> None:
        """edge_index: [2, num_edges], source above target; an undirected edge stands there twice.

        Raises:
            ValueError: an edge names a node outside of 0 … num_nodes - 1, or the shape is another.
        """
        if edge_index.dim() != 2 or edge_index.shape[0] != 2:
            raise ValueError(f"edge_index has shape [2, num_edges], not {list(edge_index.shape)}")
        if edge_index.numel() and not 0 <= int(edge_index.min()) <= int(edge_index.max()) < num_nodes:
            raise ValueError(f"an edge names a node outside of 0 to {num_nodes - 1}")
        order = edge_index[1].argsort(stable=True)
        self.sources = edge_index[0][order].cpu()
        counts = torch.bincount(edge_index[1].cpu(), minlength=num_nodes)
        self.starts = torch.cat([torch.zeros(1, dtype=torch.long), counts.cumsum(0)])

    def of(self, node: int) -> Tensor:
        """The nodes that `node` hears."""
        return self.sources[self.starts[node] : self.starts[node + 1]]

    def around(self, targets: Tensor, hops: int, fanout: int | None = None, seed: int = 0) -> Neighbourhoods:
        """The neighbourhoods of `targets` [batch] up to `hops`; at most `fanout` neighbours a node, drawn by `seed`."""
        generator = torch.Generator().manual_seed(seed)
        nodes: list[int] = []
        edges: list[tuple[int, int]] = []
        roots = []
        for target in targets.tolist():
            copy = {target: len(nodes)}
            roots.append(len(nodes))
            nodes.append(target)
            frontier = [target]
            for _ in range(hops):
                reached = []
                for node in frontier:
                    for other in self._some(node, fanout, generator).tolist():
                        if other not in copy:
                            copy[other] = len(nodes)
                            nodes.append(other)
                            reached.append(other)
                        edges.append((copy[other], copy[node]))
                frontier = reached
        found = torch.tensor(edges, dtype=torch.long).reshape(-1, 2).t().contiguous()
        return Neighbourhoods(torch.tensor(nodes, dtype=torch.long), found, torch.tensor(roots, dtype=torch.long))

    def _some(self, node: int, fanout: int | None, generator: torch.Generator) -> Tensor:
        found = self.of(node)
        if fanout is None or len(found) <= fanout:
            return found
        return found[torch.randperm(len(found), generator=generator)[:fanout]]
