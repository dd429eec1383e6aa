"""Recipe `graph-adapter`: pre-train GraphAdapter on the texts of a graph, or fine-tune it for classes or links."""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.training import Progress, Report, Result
from adapters.training.card import write_card
from adapters.training.errors import BadTrainingData, TrainingError
from adapters.training.folder import RunFolder
from adapters.training.models import device_of, load
from adapters.training.result import peak_memory
from adapters.training.text import above_zero, count, share

if TYPE_CHECKING:
    from adapters.training.graph_data import NodeData

SUMMARY = "GraphAdapter (arXiv 2402.12984) on a graph whose nodes carry texts"
TASKS = ("pretrain", "classify", "links")
_ASIDE = ("run", "resume", "json", "quiet", "save", "data", "states")


def add_arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--model", required=True, metavar="NAME", help="folder of a language model, .gguf file, or name on the hub")
    add("--data", required=True, type=Path, metavar="PATH", help="folder of nodes.jsonl and edges.tsv, or a graph file")
    add("--save", required=True, type=Path, metavar="DIR", help="folder for the adapter, its card and result.json")
    add("--states", type=Path, metavar="DIR", help="folder of the hidden states (default: states beside --save)")
    add("--task", choices=TASKS, default="pretrain", help="predict tokens, the `label` of nodes, or links (pretrain)")
    add("--begin", type=Path, metavar="DIR", help="folder of a pre-trained adapter to start from")
    add("--resume", action="store_true", help="go on with the run in the folder, from its last checkpoint")
    add("--holdout", type=share, default=0.1, metavar="SHARE", help="of the nodes or links, for validation (0.1)")
    add("--seed", type=int, default=0, help="of first weights, order, dropout and what is held out (default 0)")
    add("--device", choices=["auto", "cpu", "cuda"], default="auto", help="(default: a GPU where there is one)")
    own = parser.add_argument_group("GraphAdapter")
    add = own.add_argument
    add("--gnn", choices=["sage", "gin", "gat"], default="sage", help="(default sage)")
    add("--size", type=count, default=64, help="of GNN and fusion (default 64)")
    add("--layers", type=count, default=2, help="rounds of message passing (default 2)")
    add("--fanout", type=count, metavar="N", help="at most so many neighbours a node and hop (default: all)")
    add("--own-text", action="store_true", help="the paper's setting: a node's state knows the text to be predicted")
    add("--edges", choices=["real", "shuffled", "none"], default="real", help="controls of what the graph is worth")
    text = parser.add_argument_group("texts")
    add = text.add_argument
    add("--before", default="", metavar="TEXT", help="in front of each text")
    add("--after", default="\nAnswer:", metavar="TEXT", help="behind it; classes are read from its end")
    add("--tokens", type=count, default=128, help="of a text that are read (default 128)")
    add("--length", type=count, default=16, metavar="TOKENS", help="of a block in pre-training (default 16)")
    pace = parser.add_argument_group("how long and how fast")
    add = pace.add_argument
    add("--steps", type=count, metavar="N", help="optimiser steps (default: as many as the epochs have)")
    add("--epochs", type=above_zero, default=15.0, metavar="X", help="times through the data (default 15)")
    add("--batch", type=count, default=32, help="blocks, nodes or links of a step (default 32)")
    add("--rate", type=above_zero, default=5e-4, metavar="X", help="learning rate (default 0.0005)")
    add("--evaluate", type=count, metavar="STEPS", help="between validations and checkpoints (default: a tenth)")
    add("--patience", type=int, default=3, metavar="N", help="validations without gain before it stops; 0 never")


def train(options: Namespace, report: Report) -> Result:
    """Cache the hidden states where they are not yet, train on them, and save a peft adapter.

    Raises:
        TrainingError: what cannot be used, and what to do.
    """
    from peft import get_peft_model
    from transformers import set_seed

    from adapters.graph_adapter import GraphAdapterConfig
    from adapters.training.graph_data import block_of, read_nodes, states_of

    data = read_nodes(options.data)
    settings = {name: value for name, value in vars(options).items() if name not in _ASIDE} | {"digest": data.digest}
    folder = RunFolder(options.save)
    if (done := folder.check(settings, resume=options.resume)) is not None:
        return done
    device = device_of(options.device)
    model, tokenizer = load(options.model, device)
    states = states_of(options, data, model, tokenizer, lambda at, of: report(Progress(at, of, "hidden states")))
    set_seed(options.seed)
    config = GraphAdapterConfig(
        node_size=states.hidden_size, gnn=options.gnn, gnn_size=options.size, num_layers=options.layers,
        fanout=options.fanout, own_text=options.own_text, task_type="CAUSAL_LM",
    )  # fmt: skip
    try:
        adapted = get_peft_model(model, config)
    except ValueError as error:
        raise TrainingError(f"graph-adapter on {options.model}: {error}") from error
    block = block_of(adapted, options.begin)
    folder.begin(settings)
    return _Run(options, folder, settings, adapted, block, data, states, device, report).result()


class _Run:
    """One training of one task, from its data to its result."""

    def __init__(
        self, options: Namespace, folder: RunFolder, settings: dict[str, Any], adapted: Any, block: Any,
        data: NodeData, states: Any, device: str, report: Report,
    ) -> None:  # fmt: skip
        self.options, self.folder, self.settings, self.adapted = options, folder, settings, adapted
        self.block, self.data, self.states, self.device, self.report = block, data, states, device, report

    def result(self) -> Result:
        """Train, save, measure."""
        module, training, validation = getattr(self, f"_{self.options.task}")()
        if not training or not validation:
            raise BadTrainingData(f"{self.options.data} is too little to train and to validate on; lower --holdout")
        from adapters.graph_adapter.fitting import fit_module, loss_of

        module.to(self.device)
        before = loss_of(module, validation, self.options.batch)
        first = self._measure(module, validation, before)
        fitted = fit_module(module, training, validation, self.options, before, self.folder.checkpoints, self.report)
        after = self._measure(module, validation, fitted.after)
        self.adapted.save_pretrained(str(self.options.save))
        if hasattr(module, "head"):
            from safetensors.torch import save_file

            names = {"classes": "\n".join(self.data.names)} if self.options.task == "classify" else {}
            save_file(module.head.state_dict(), self.options.save / f"{self.options.task}.safetensors", names)
        own = sum(p.numel() for p in module.parameters() if p.requires_grad)
        total = (
            sum(p.numel() for p in self.adapted.parameters()) + own - sum(p.numel() for p in self.block.parameters())
        )
        found = Result(
            method=self.options.method, base=self.options.model, data=str(self.options.data), digest=self.data.digest,
            seed=self.options.seed, device=self.device, steps=fitted.steps, trainable=own, total=total,
            seconds_per_step=round(fitted.seconds_per_step, 4), peak_memory=peak_memory(), before=first, after=after,
            best_step=fitted.best_step, stopped_early=fitted.stopped_early,
            command=f"konigsberg {shlex.join(sys.argv[1:])}", saved=str(self.options.save),
            resumed_from=fitted.resumed_from,
            settings={k: str(v) if isinstance(v, Path) else v for k, v in self.settings.items()},
            about={"nodes": len(self.data.texts), "training": len(training), "validation": len(validation)},
        )  # fmt: skip
        write_card(self.options.save, found)
        self.folder.finish(found)
        return found

    def _pretrain(self) -> tuple[Any, Sequence[Any], Sequence[Any]]:
        from adapters.graph_adapter.cached import CachedPretraining, text_blocks

        head = self.adapted.get_output_embeddings().get_base_layer().weight.detach()
        seen, away = self.data.divided(range(len(self.data.texts)), self.options.holdout, self.options.seed)
        module = CachedPretraining(self.block, self._graph(), self.states, head)
        return (
            module,
            list(text_blocks(self.states, seen, self.options.length)),
            list(text_blocks(self.states, away, self.options.length)),
        )

    def _classify(self) -> tuple[Any, Sequence[Any], Sequence[Any]]:
        import torch

        from adapters.graph_adapter.cached import CachedClassifier

        labelled = [i for i, c in enumerate(self.data.classes) if c >= 0]
        if len(self.data.names) < 2:
            raise BadTrainingData(f"{self.options.data}: the nodes have fewer than two different `label`s")
        seen, away = self.data.divided(labelled, self.options.holdout, self.options.seed)
        module = CachedClassifier(self.block, self._graph(), self.states, len(self.data.names))
        both = [
            [{"node": torch.tensor(i), "labels": torch.tensor(self.data.classes[i])} for i in part]
            for part in (seen, away)
        ]
        return module, both[0], both[1]

    def _links(self) -> tuple[Any, Sequence[Any], Sequence[Any]]:
        from adapters.graph_adapter.cached import CachedLinks

        kept, seen, away = self.data.link_parts(self.options.holdout, self.options.seed)
        return CachedLinks(self.block, self._graph(kept), self.states), seen, away

    def _graph(self, edges: Any = None) -> Any:
        return self.data.text_graph(self.states, self.options.edges, self.options.seed, edges)

    def _measure(self, module: Any, validation: Sequence[Any], loss: float) -> dict[str, float]:
        import math

        from adapters.graph_adapter.fitting import accuracy

        if self.options.task == "pretrain":
            return {"perplexity": math.exp(min(loss, 700))}
        return {"accuracy": accuracy(module, validation), "loss": loss}
