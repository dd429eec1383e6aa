"""The rows of the text-graph study that need a language model: alone, probed, with GraphAdapter, with LoRA.

All but LoRA read hidden states that are cached once. Nothing is tuned on test nodes: training stops by the loss on
validation nodes.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.studies.tag.data import Split
from evals.studies.tag.rows import Guess, Method, Shared, best

Array = NDArray[Any]
EPOCHS, PATIENCE, RATE, DECAY = 200, 25, 2e-3, 1e-3  # of GraphAdapter's fine-tuning, all training nodes a step
PRETRAINING = 60  # steps of 32 blocks of 16 tokens
LORA_EPOCHS, LORA_BATCH, LORA_RATE = 3, 8, 2e-4
STRENGTHS = (0.001, 0.01, 0.1, 1.0)


def after_of(names: Sequence[str]) -> str:
    """What asks for one of the classes."""
    return f"\nArea ({', '.join(names[:-1])} or {names[-1]}):"


def states_for(folder: Path, name: str, texts: list[str], before: str, after: str, tokens: int) -> Any:
    """The hidden states in `folder`, computed where they are missing."""
    from adapters.graph_adapter.hidden import HiddenStates, Prompt, cached
    from adapters.training.models import load

    if (folder / "mean.npy").exists():
        return HiddenStates(folder)
    model, tokenizer = load(name, "cpu")
    return cached(folder, model, tokenizer, texts, Prompt(before, after, tokens), name=name)


def _states(shared: Shared) -> Any:
    return shared.get("states", shared.states)


def _model(shared: Shared) -> tuple[Any, Any]:
    from adapters.training.models import load

    found: tuple[Any, Any] = shared.get("model", lambda: load(str(shared.model), "cpu"))
    return found


def zero_shot(shared: Shared, split: Split) -> Guess:
    """The class whose name's first token the language model finds likeliest at the end of the prompt."""
    import torch

    model, tokenizer = _model(shared)
    first = [tokenizer(f" {name}", add_special_tokens=False)["input_ids"][0] for name in shared.data.names]
    head = model.get_output_embeddings().weight.detach()[first].float()
    prompt = torch.from_numpy(_states(shared).prompt[:].astype("float32"))
    return {"classes": (prompt @ head.t()).argmax(1).numpy()[split.test]}


def probe(shared: Shared, split: Split) -> Guess:
    """A logistic regression on the state at the end of the prompt and on the mean state of the text."""
    from tools.node_model import logistic

    states = _states(shared)
    both = np.concatenate([states.prompt[:], states.mean[:]], axis=1).astype(float)
    both = (both - both.mean(0)) / np.maximum(both.std(0), 1e-6)
    data = shared.data
    found = []
    for strength in STRENGTHS:
        weights, bias = logistic(both[split.train], data.classes[split.train], len(data.names), strength)
        found.append((strength, (both @ weights + bias).argmax(1)))
    return best(found, split, data)


def graph_adapter(edges: str, pretrained: bool = False) -> Method:
    """GraphAdapter, fine-tuned for the classes; edges: real or none. A node's own text comes by its prompt alone."""

    def method(shared: Shared, split: Split) -> Guess:
        import torch
        from torch.nn import functional

        from adapters import GraphAdapterConfig
        from adapters.graph_adapter import GraphBlock, TextGraph
        from adapters.graph_adapter.cached import CachedClassifier

        states, data = _states(shared), shared.data
        torch.manual_seed(split.seed)
        pairs = torch.tensor(data.edges if edges == "real" else data.edges[:, :0])
        graph = TextGraph(torch.from_numpy(states.mean[:].astype("float32")), pairs)
        config = GraphAdapterConfig(node_size=states.hidden_size, gnn_size=64, dropout=0.3)
        block = copy.deepcopy(_pretrained(shared, config)) if pretrained else GraphBlock(states.hidden_size, config)
        module = CachedClassifier(block, graph, states, len(data.names))
        parts = [torch.tensor(part) for part in (split.train, split.validation, split.test)]
        around = [graph.neighbours.around(part, config.num_layers) for part in parts]
        wanted = [torch.tensor(data.classes[part]) for part in parts[:2]]

        def logits(i: int) -> Any:
            near, hidden = _encoded(module.block, graph, around[i]), module._given[1][parts[i]]
            return module.head(functional.dropout(module.block.fusion.fuse(hidden, near), 0.3, module.training))

        optimiser = torch.optim.AdamW(module.parameters(), lr=RATE, weight_decay=DECAY)
        least, kept, since, at = math.inf, None, 0, 0
        for epoch in range(EPOCHS):
            module.train()
            optimiser.zero_grad()
            loss_now: Any = functional.cross_entropy(logits(0), wanted[0])
            loss_now.backward()
            optimiser.step()
            module.eval()
            with torch.no_grad():
                loss = float(functional.cross_entropy(logits(1), wanted[1]))
            since += 1
            if loss < least:
                least, kept, since, at = loss, copy.deepcopy(module.state_dict()), 0, epoch
            if since >= PATIENCE:
                break
        assert kept is not None
        module.load_state_dict(kept)
        module.eval()
        with torch.no_grad():
            return {"classes": logits(2).argmax(1).numpy(), "chosen": f"epoch {at}"}

    return method


def _encoded(block: Any, graph: Any, around: Any) -> Any:
    """The states of nodes whose neighbourhoods are drawn already."""
    present, copies = around.nodes.unique(return_inverse=True)
    return block.encoder(graph.features[present], around.edge_index, around.roots, copies)[around.roots]


def _pretrained(shared: Shared, config: Any) -> Any:
    """A block pre-trained on the texts of all nodes, without any class; the same for all splits."""
    import torch

    from adapters.graph_adapter import GraphBlock, TextGraph
    from adapters.graph_adapter.cached import CachedPretraining, text_blocks
    from adapters.training.fit import collate

    def make() -> Any:
        torch.manual_seed(0)
        states = _states(shared)
        graph = TextGraph(torch.from_numpy(states.mean[:].astype("float32")), torch.tensor(shared.data.edges))
        head = _model(shared)[0].get_output_embeddings().weight.detach()
        module = CachedPretraining(GraphBlock(states.hidden_size, config), graph, states, head)
        blocks = list(text_blocks(states, range(len(shared.data.texts)), 16))
        order = torch.randperm(len(blocks)).tolist()
        optimiser = torch.optim.AdamW(module.block.parameters(), lr=5e-4, weight_decay=1e-3)
        for step in range(PRETRAINING):
            optimiser.zero_grad()
            module(**collate([blocks[i] for i in order[32 * step : 32 * (step + 1)]]))["loss"].backward()
            optimiser.step()
        return module.block

    return shared.get("pretrained", make)


def lora(shared: Shared, split: Split) -> Guess:
    """LoRA (rank 8, all linear layers) with a linear head on the prompt's end, no graph."""
    import torch
    from peft import LoraConfig, get_peft_model
    from torch.nn import functional

    model, tokenizer = _model(shared)
    states, data = _states(shared), shared.data
    torch.manual_seed(split.seed)
    about = states.about
    tail = tokenizer(about["after"], add_special_tokens=False)["input_ids"]
    head_ids = tokenizer(about["before"], add_special_tokens=False)["input_ids"]
    adapted: Any = get_peft_model(copy.deepcopy(model), LoraConfig(r=8, lora_alpha=16, target_modules="all-linear"))
    head = torch.nn.Linear(states.hidden_size, len(data.names))
    rows = [[*head_ids, *states.rows(i)[1].tolist(), *tail] for i in range(len(data.texts))]

    def logits(some: Array) -> Any:
        longest = max(len(rows[i]) for i in some)
        ids = torch.tensor([[0] * (longest - len(rows[i])) + rows[i] for i in some])
        mask = torch.tensor([[0] * (longest - len(rows[i])) + [1] * len(rows[i]) for i in some])
        out = adapted.base_model.model.model(input_ids=ids, attention_mask=mask, use_cache=False)
        return head(out.last_hidden_state[:, -1].float())

    weights = [p for p in adapted.parameters() if p.requires_grad] + list(head.parameters())
    optimiser = torch.optim.AdamW(weights, lr=LORA_RATE)
    rng = np.random.default_rng(split.seed)
    for _ in range(LORA_EPOCHS):
        adapted.train()
        order = rng.permutation(split.train)
        for at in range(0, len(order), LORA_BATCH):
            some = order[at : at + LORA_BATCH]
            optimiser.zero_grad()
            loss_now: Any = functional.cross_entropy(logits(some), torch.tensor(data.classes[some]))
            loss_now.backward()
            optimiser.step()
    adapted.eval()
    with torch.no_grad():
        parts = [logits(split.test[i : i + 16]).argmax(1) for i in range(0, len(split.test), 16)]
    return {"classes": torch.cat(parts).numpy(), "chosen": f"{LORA_EPOCHS} epochs, none tried beside"}


LM_ROWS: dict[str, tuple[str, Callable[[Shared, Split], Guess]]] = {
    "language model alone, zero-shot": ("lm", zero_shot),
    "language model frozen + LR": ("lm", probe),
    "LoRA": ("lm", lora),
    "GraphAdapter, no edges": ("lm", graph_adapter("none")),
    "GraphAdapter": ("lm", graph_adapter("real")),
    "GraphAdapter, pre-trained": ("lm", graph_adapter("real", pretrained=True)),
}
