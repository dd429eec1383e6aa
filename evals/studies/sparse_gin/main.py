"""Study: does Sparse GIN-Attention gain from messages? `python -m evals.run sparse-gin --model M --data TEXT`.

Rows of equal trainable parameters see the same tokens in the same order, seed by seed: LoRA, the GIN with messages
(`causal`), with a token's own attention only (`self`, what the published code computes), and without a graph (`none`).
Only where `causal` beats `none` and `self` may a gain be put down to messages. The other parts give the token graph of
a graph of people (`.linked_text`), and a shuffled one as a control. Only the upper layers are adapted.
"""

from __future__ import annotations

import argparse
import copy
import gc
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.studies import Rows
from evals.task import BadData

if TYPE_CHECKING:
    from torch import Tensor

LORA_PLACES = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
_PAPER = {"aggregation": "sum", "sparsify": "threshold"}


@dataclass(frozen=True)
class Method:
    """A row. settings: of SparseGINConfig, None for LoRA. graph: given besides attention's: "", real or shuffled."""

    name: str
    settings: Mapping[str, Any] | None = None
    graph: str = ""


MAIN = (
    Method("LoRA"),
    Method("GIN causal, mean, top 8", {"edges": "causal"}),
    Method("GIN self, mean, top 8", {"edges": "self"}),
    Method("bottleneck, no edges", {"edges": "none"}),
    Method("GIN causal, sum, threshold (the paper's formula)", {"edges": "causal", **_PAPER}),
    Method("GIN self, sum, threshold (the published code)", {"edges": "self", **_PAPER}),
)
VARIANTS = (  # one seed only, the last
    Method("GIN causal, sum, top 8", {"edges": "causal", "aggregation": "sum"}),
    Method("GIN causal, mean, threshold", {"edges": "causal", "sparsify": "threshold"}),
    Method("GIN causal, mean, top 2", {"edges": "causal", "top_k": 2}),
    Method("GIN causal, mean, top 32", {"edges": "causal", "top_k": 32}),
    Method("GIN causal, mean, top 8, learned heads", {"edges": "causal", "heads": "learned"}),
)
LINKED = (
    Method("LoRA"),
    Method("bottleneck, no edges", {"edges": "none"}),
    Method("GIN causal", {"edges": "causal"}),
    Method("GIN, the graph's edges only", {"edges": "none"}, "real"),
    Method("GIN causal + the graph's edges", {"edges": "causal"}, "real"),
    Method("GIN, shuffled edges only", {"edges": "none"}, "shuffled"),
)
UNTOLD = (LINKED[0], LINKED[3], LINKED[5])  # the text does not say who is whose friend


@dataclass(frozen=True)
class Part:
    """One comparison. once: methods of one seed only. blocks: (training, validation) for a given graph.

    answers: the only places that are predicted, where not all are. cities: what the answers are chosen from.
    """

    name: str
    methods: tuple[Method, ...]
    once: tuple[Method, ...]
    blocks: Callable[[str], tuple[list[dict[str, Any]], list[dict[str, Any]]]]
    batch: int
    answers: tuple[int, ...] = ()
    cities: tuple[int, ...] = ()


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(prog="python -m evals.run sparse-gin", description=(__doc__ or "").splitlines()[0])
    add = found.add_argument
    add("--model", required=True, help="a language model built like Llama: folder, .gguf file, or name on the hub")
    add("--data", type=Path, help="text to train and validate on; without it, only the linked texts are run")
    add("--parts", default="text,told,untold", help="which of text, told and untold, with commas (default all)")
    add("--seeds", type=int, default=3, help="(default 3)")
    add("--steps", type=int, default=60, help="of a row (default 60)")
    add("--length", type=int, default=128, help="tokens of a block of text (default 128)")
    add("--batch", type=int, default=4, help="blocks of text in a step (default 4)")
    add("--texts", type=int, default=4, help="linked texts in a step (default 4)")
    add("--validation", type=int, default=32, help="blocks, and linked texts, to validate on (default 32)")
    add("--rate", type=float, default=1e-3, help="learning rate of all rows (default 0.001)")
    add("--rank", type=int, default=8, help="of LoRA; the width of the GIN follows from it (default 8)")
    add("--layers", type=int, default=8, help="upper layers that are adapted (default 8)")
    add("--minutes", type=float, default=math.inf, help="begin no row after so long; the same command goes on later")
    add("--out", type=Path, default=Path("results/sparse-gin"), help="folder for rows.jsonl and table.md")
    add("--table", action="store_true", help="only print the table of the rows that are there")
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure what is not measured yet, seed by seed, and print the tables."""
    options = parser().parse_args(arguments)
    file = options.out / "rows.jsonl"
    names = ("steps", "length", "batch", "texts", "validation", "rate", "rank", "layers")
    settings = {name: getattr(options, name) for name in names}
    about = {"model": Path(options.model).name, **settings, "data": _digest(options.data)}
    rows = Rows(file, about)
    if not options.table:
        Study(options, rows).run()
    from evals.studies.sparse_gin.table import tables

    text = tables(rows.rows.values())
    (options.out / "table.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def _digest(data: Path | None) -> str | None:
    from adapters.training.texts import read

    return None if data is None else read(data).digest


class Study:
    """Runs the rows of a command line."""

    def __init__(self, options: argparse.Namespace, rows: Rows) -> None:
        from adapters.training.models import device_of, load

        self.options, self.rows, self.start = options, rows, time.monotonic()
        self.device = device_of("auto")
        self.model, self.tokenizer = load(options.model, self.device)
        self.before: dict[str, float] = {}

    def run(self) -> None:
        """Measure every row that is not there, one seed of all parts after the other."""
        parts = [self._text() if name == "text" else self._linked(told=name == "told") for name in self._wanted()]
        self.upper = Upper(self.model, self.options.layers)
        for seed in range(self.options.seeds):
            for part in parts:
                for method in (*part.methods, *(part.once if seed == self.options.seeds - 1 else ())):
                    key = f"{part.name}/{method.name}/{seed}"
                    if key not in self.rows.rows and time.monotonic() - self.start > 60 * self.options.minutes:
                        print(f"evals.run: the time is up before {key}; the same command goes on", file=sys.stderr)
                        return
                    row = self.rows.measured(key, partial(self._measure, part, method, seed))
                    self.before[part.name] = math.log(row["perplexity_before"])
                    print(f"{key}: {row['perplexity']:.3f} (base {row['perplexity_before']:.3f})", file=sys.stderr)

    def _wanted(self) -> list[str]:
        names = [name.strip() for name in self.options.parts.split(",") if name.strip()]
        if unknown := sorted(set(names) - {"text", "told", "untold"}):
            raise BadData(f"--parts has {', '.join(unknown)}; it takes text, told and untold")
        return [name for name in names if name != "text" or self.options.data is not None]

    def _measure(self, part: Part, method: Method, seed: int) -> dict[str, Any]:
        from peft import get_peft_model
        from transformers import set_seed

        from adapters.training.fit import Schedule, fit
        from adapters.training.result import forget_peak, peak_memory

        steps = self.options.steps
        training, validation = part.blocks(method.graph)
        model = self.upper.fresh(part.answers)
        gc.collect()
        forget_peak()
        set_seed(seed)
        adapted = get_peft_model(model, config(method, model.config, self.options.rank))
        schedule = Schedule(steps=steps, batch=part.batch, rate=self.options.rate, evaluate=steps, patience=0)
        with tempfile.TemporaryDirectory() as folder:
            fitted = fit(
                adapted, training, validation, schedule, seed, Path(folder), lambda _: None, self.device,
                self.before.get(part.name),
            )  # fmt: skip
        trainable, _ = adapted.get_nb_trainable_parameters()
        row = {
            "part": part.name, "method": method.name, "seed": seed, "perplexity_before": math.exp(fitted.before),
            "perplexity": math.exp(fitted.after), "trainable": trainable, "steps": fitted.steps,
            "seconds_per_step": fitted.seconds_per_step, "core_seconds_per_step": fitted.core_seconds_per_step,
            "peak_memory": peak_memory(), "device": self.device,
        }  # fmt: skip
        return row | ({"accuracy": accuracy(adapted, validation, part.cities)} if part.cities else {})

    def _text(self) -> Part:
        from adapters.training.texts import blocks, read, split

        length, batch, steps = self.options.length, self.options.batch, self.options.steps
        found = blocks(read(self.options.data).documents, self.tokenizer, length)
        training, validation = split(found, 0.1, str(self.options.data))
        training, validation = training[: steps * batch], validation[: self.options.validation]
        rows = [
            {"inputs_embeds": state, "labels": ids}
            for ids, state in self._states("text", [block["input_ids"] for block in training + validation])
        ]
        parts = rows[: len(training)], rows[len(training) :]
        return Part("text", MAIN, VARIANTS, lambda _: parts, batch)

    def _linked(self, *, told: bool) -> Part:
        import torch

        from adapters.sparse_gin import edges_between
        from evals.studies.sparse_gin.linked_text import make, shuffled

        name = "told" if told else "untold"
        batch = self.options.texts
        count = self.options.steps * batch
        texts, layout = make(count + self.options.validation, 0, self.tokenizer, told=told)
        # a prediction is compared with the label after it: see PickedHead
        rows = [
            {"inputs_embeds": state, "labels": torch.tensor([-100, *text.cities])}
            for text, (_, state) in zip(texts, self._states(name, [text.ids for text in texts]), strict=True)
        ]

        def given(graph: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
            found = rows
            if graph:
                drawn = [shuffled(t.graph, n) if graph == "shuffled" else t.graph for n, t in enumerate(texts)]
                edges = [edges_between(t.spans, g.edges, layout.length) for t, g in zip(texts, drawn, strict=True)]
                found = [{**row, "edges": e} for row, e in zip(rows, edges, strict=True)]
            return found[:count], found[count:]

        return Part(name, LINKED if told else UNTOLD, (), given, batch, layout.answers, layout.cities)

    def _states(self, name: str, ids: Sequence[Sequence[int]]) -> Iterator[tuple[Tensor, Tensor]]:
        """Each text's ids and what reaches the upper layers."""
        import torch

        from evals.studies.sparse_gin.upper_layers import cached_states

        print(f"{name}: {len(ids)} texts of {len(ids[0])} tokens pass the lower layers", file=sys.stderr)
        table = torch.tensor(ids)
        file = self.options.out / f"{name}.safetensors"
        return zip(table, cached_states(file, self.model, table, self.options.layers), strict=True)


class Upper:
    """The upper layers of a model, as good as new for each row. Takes the lower ones away."""

    def __init__(self, model: Any, layers: int) -> None:
        from evals.studies.sparse_gin.upper_layers import keep_upper

        self.model = keep_upper(model, layers)
        self.head, self.model.lm_head = self.model.lm_head, None
        self.embedding, self.model.model.embed_tokens = self.model.model.embed_tokens, None

    def fresh(self, answers: Sequence[int] = ()) -> Any:
        """A copy that shares the embedding and the head, which no row changes. answers: the only places to predict."""
        from evals.studies.sparse_gin.upper_layers import PickedHead

        found = copy.deepcopy(self.model)
        found.model.embed_tokens = self.embedding
        found.lm_head = PickedHead(self.head, list(answers)) if answers else self.head
        return found


def config(method: Method, model: Any, rank: int) -> Any:
    """The config of peft for a row; the GIN's width is that whose parameters come next to those of LoRA's rank."""
    from peft import LoraConfig

    from adapters.sparse_gin import SparseGINConfig

    if method.settings is None:
        return LoraConfig(
            r=rank, lora_alpha=2 * rank, lora_dropout=0.05, target_modules=LORA_PLACES, task_type="CAUSAL_LM"
        )
    size = width(lora_parameters(model, rank), model.hidden_size)
    return SparseGINConfig(gnn_size=size, task_type="CAUSAL_LM", **method.settings)


def lora_parameters(model: Any, rank: int) -> int:
    """Trainable parameters of LoRA in one layer."""
    hidden, inner = int(model.hidden_size), int(model.intermediate_size)
    head = int(getattr(model, "head_dim", None) or hidden // model.num_attention_heads)
    queries, keys = head * model.num_attention_heads, head * model.num_key_value_heads
    parameters: int = rank * ((hidden + queries) * 2 + (hidden + keys) * 2 + (hidden + inner) * 3)
    return parameters


def width(budget: int, hidden: int) -> int:
    """The width of the GIN whose parameters in one layer come nearest to the budget."""

    def parameters(size: int) -> int:
        return 2 * hidden * size + 2 * size * size + 3 * size + 4

    return min(range(1, 4 * hidden), key=lambda size: abs(parameters(size) - budget))


def accuracy(model: Any, rows: list[dict[str, Any]], cities: Sequence[int]) -> float:
    """How often the right city has the highest logit of all cities."""
    import torch

    from adapters.training.fit import collate, given_edges

    model.eval()
    right, total = 0, 0
    choice: Tensor = torch.tensor(cities)
    with torch.no_grad():
        for start in range(0, len(rows), 16):
            batch = {k: v.to(model.device) for k, v in collate(rows[start : start + 16]).items()}
            gold = batch.pop("labels")[:, 1:].cpu()
            with given_edges(model, batch):
                logits = model(**batch).logits[:, :-1].float().cpu()
            said = choice[logits[..., choice].argmax(-1)]
            right, total = right + int((said == gold).sum()), total + int(gold.numel())
    return right / total
