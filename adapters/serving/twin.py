"""A servable folder through transformers: the same function without vLLM, and what vLLM's is checked against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from adapters.serving.folder import About, about, settings
from adapters.serving.parts import Arrays, unpacked
from graphs.errors import StorageError


@dataclass
class Twin:
    """A language model with its adapter. nar: the reasoner, where there is one."""

    model: Any
    tokenizer: Any
    about: About
    nar: Any = None

    @classmethod
    def load(cls, folder: Path, dtype: Any = torch.float32) -> Twin:
        """The model of a folder that `export` wrote.

        Raises:
            StorageError: it is none, or damaged.
        """
        import adapters

        adapters.register()
        from peft import PeftModel
        from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

        found = about(folder)
        text = dict(settings(folder)["text_config"]) | {"vocab_size": found.vocabulary}
        try:
            config = AutoConfig.for_model(text.pop("model_type"), **text)
            model: Any = AutoModelForCausalLM.from_pretrained(str(folder), config=config, dtype=dtype)
            model = PeftModel.from_pretrained(model, str(folder / "adapter"))
            tokenizer = AutoTokenizer.from_pretrained(str(folder), config=config)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise StorageError(f"{folder} cannot be loaded: {error}") from error
        if found.stride != 1:
            model.get_base_model().register_forward_pre_hook(_striding(found.stride), with_kwargs=True)
        nar = None
        if found.kind == "transnar":
            from adapters.nar.files import load_nar

            nar = load_nar(folder / "nar")
        return cls(model.eval(), tokenizer, found, nar)

    @contextmanager
    def reading(self, graphs: Sequence[Any]) -> Iterator[None]:
        """Let the one sequence of every call inside the block read these graphs, as requests carry them.

        TransNAR reads all of them; of GraphAdapter's, the last counts.

        Raises:
            ParseError, TooLarge, BadArgument: a graph that this model cannot read.
        """
        arrays = [self.about.read(graph) for graph in graphs]
        if not arrays:
            yield
        elif self.about.kind == "transnar":
            with self.model.base_model.reading(self.states(arrays)):
                yield
        else:
            from adapters.graph_adapter import TextGraph

            last = {name: torch.from_numpy(value) for name, value in arrays[-1].items()}
            device = next(self.model.parameters()).device
            graph = TextGraph(last["features"].to(device), last["edges"].t())
            with self.model.base_model.graph(graph, last["node"]):
                yield

    def states(self, arrays: Sequence[Arrays]) -> Any:
        """What the reasoner finds on each graph, side by side; pairs of nodes of two graphs are none."""
        from adapters.nar.batch import collate
        from adapters.nar.steps import most_steps
        from adapters.transnar.layer import GraphStates
        from adapters.transnar.states import read_states

        config = self.model.peft_config[self.model.active_adapter]
        runs = []
        for graph in arrays:
            count = int(graph["num_nodes"][0])
            batch = collate([unpacked(int(graph["algorithm"][0]), count, graph["values"])])
            with torch.no_grad():
                run = self.nar(batch, most_steps=most_steps(batch.algorithm, count))
            runs.append(read_states(run, batch, config))
        counts = [nodes.shape[1] for nodes, _ in runs]
        total = sum(counts)
        edges = torch.zeros(1, total, total, self.about.node_size)
        is_edge = torch.zeros(1, total, total, dtype=torch.bool)
        at = 0
        for (_, pairs), count in zip(runs, counts, strict=True):
            edges[:, at : at + count, at : at + count] = pairs
            is_edge[:, at : at + count, at : at + count] = True
            at += count
        nodes, device = torch.cat([of_nodes for of_nodes, _ in runs], dim=1), next(self.model.parameters()).device
        is_node = torch.ones(1, total, dtype=torch.bool, device=device)
        return GraphStates(nodes.to(device), edges.to(device), is_node, is_edge.to(device))

    @torch.no_grad()
    def log_probabilities(self, ids: Sequence[int], graphs: Sequence[Any] = ()) -> Tensor:
        """Of each token given those before it: [len(ids) - 1]."""
        given = torch.tensor([list(ids)], device=next(self.model.parameters()).device)
        with self.reading(graphs):
            logits = self.model(input_ids=given).logits[0, :-1].float()
        return logits.log_softmax(-1).gather(-1, given[0, 1:, None])[:, 0]


def _striding(stride: int) -> Any:
    """A hook that spreads the positions."""

    def hook(_: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        positions = kwargs.get("position_ids")
        if positions is None:
            ids = kwargs["input_ids"]
            past = kwargs.get("past_key_values")
            before = 0 if past is None else past.get_seq_length()
            positions = torch.arange(before, before + ids.shape[1], device=ids.device)[None].expand(len(ids), -1)
        return args, kwargs | {"position_ids": positions * stride}

    return hook
