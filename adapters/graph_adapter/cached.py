"""GraphAdapter on cached hidden states: what a training step computes when the language model itself never runs.

Each module holds a `GraphBlock`, the same that stands in the peft model, and reads states from memory maps. A batch
names nodes; their neighbourhoods are drawn for it, so that the graph need not fit into one pass.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from adapters.graph_adapter.hidden import HiddenStates
from adapters.graph_adapter.layer import GraphBlock, TextGraph

IGNORED = -100


class CachedPretraining(nn.Module):
    """Next-token prediction on node texts: -log of the mean of two distributions, with and without the node (eq. 7).

    The head is frozen and no part of the module's weights.
    """

    def __init__(self, block: GraphBlock, graph: TextGraph, states: HiddenStates, head: Tensor) -> None:
        """head: [vocabulary, hidden_size], the weight of the language model's output head."""
        super().__init__()
        self.block = block
        self._given = (graph, states, head)

    def forward(self, node: Tensor, start: Tensor, labels: Tensor) -> dict[str, Tensor]:
        """Shapes: node [batch], start [batch] (the block's first token in the node's text), labels [batch, tokens]."""
        graph, states, head = self._given
        there = labels != IGNORED
        rows = [states.rows(int(n))[0][int(s) : int(s) + int(c)] for n, s, c in zip(node, start, there.sum(1))]
        hidden = torch.from_numpy(np.concatenate(rows)).to(self.block.encoder.unknown)
        near = self.block.states(graph, node).repeat_interleave(there.sum(1).to(self.block.encoder.unknown.device), 0)
        wanted = labels[there].to(hidden.device)
        with torch.no_grad():
            alone = _log_chance(hidden, head, wanted)
        both = torch.logaddexp(alone, _log_chance(self.block.fusion(hidden, near), head, wanted)) - math.log(2)
        return {"loss": -both.mean()}


def _log_chance(hidden: Tensor, head: Tensor, wanted: Tensor) -> Tensor:
    """The log-probability of each wanted token."""
    logits = (hidden.to(head.dtype) @ head.t()).float()
    return -functional.cross_entropy(logits, wanted, reduction="none")


class CachedClassifier(nn.Module):
    """Prompt-based fine-tuning for node classification: softmax(W Fuse(h, z) + b), h at the prompt's end.

    graph block, fusion and head are trained; what leads back to the language model (W_ext) has no part in it.
    """

    def __init__(self, block: GraphBlock, graph: TextGraph, states: HiddenStates, classes: int) -> None:
        super().__init__()
        self.block = block
        self.head = nn.Linear(block.config.gnn_size, classes)
        self._given = (graph, torch.from_numpy(np.asarray(states.prompt, np.float32)))

    def logits(self, node: Tensor) -> Tensor:
        """[batch, classes] of nodes [batch]."""
        graph, prompt = self._given
        hidden = prompt[node.cpu()].to(self.head.weight)
        found: Tensor = self.head(self.block.fusion.fuse(hidden, self.block.states(graph, node)))
        return found

    def forward(self, node: Tensor, labels: Tensor) -> dict[str, Tensor]:
        logits = self.logits(node)
        return {"loss": functional.cross_entropy(logits, labels.to(logits.device)), "logits": logits}


class CachedLinks(nn.Module):
    """Prompt-based fine-tuning for link prediction: the chance of a link from the product of two fused states.

    The graph that is given must hold none of the links that are asked about.
    """

    def __init__(self, block: GraphBlock, graph: TextGraph, states: HiddenStates) -> None:
        super().__init__()
        self.block = block
        self.head = nn.Linear(block.config.gnn_size, 1)
        self._given = (graph, torch.from_numpy(np.asarray(states.prompt, np.float32)))

    def logits(self, pair: Tensor) -> Tensor:
        """[batch] of pairs [batch, 2]; the order of a pair does not count."""
        graph, prompt = self._given
        nodes, place = pair.cpu().unique(return_inverse=True)
        hidden = prompt[nodes].to(self.head.weight)
        fused = self.block.fusion.fuse(hidden, self.block.states(graph, nodes))[place]
        found: Tensor = self.head(fused[:, 0] * fused[:, 1]).squeeze(-1)
        return found

    def forward(self, pair: Tensor, labels: Tensor) -> dict[str, Tensor]:
        logits = self.logits(pair)
        loss = functional.binary_cross_entropy_with_logits(logits, labels.to(logits))
        return {"loss": loss, "logits": logits}


def text_blocks(states: HiddenStates, nodes: Sequence[int], length: int) -> Iterator[dict[str, Tensor]]:
    """The texts of nodes in blocks of `length` tokens, the last of each filled up with ignored ones."""
    for node in nodes:
        tokens = states.rows(node)[1]
        for start in range(0, len(tokens), length):
            labels = torch.full((length,), IGNORED)
            part = torch.from_numpy(np.asarray(tokens[start : start + length], np.int64))
            labels[: len(part)] = part
            yield {"node": torch.tensor(node), "start": torch.tensor(start), "labels": labels}


@torch.no_grad()
def in_batches(logits: Any, things: Tensor, size: int = 256) -> Tensor:
    """The logits of nodes or pairs, a batch after the other."""
    return torch.cat([logits(things[i : i + size]).float().cpu() for i in range(0, len(things), size)])
