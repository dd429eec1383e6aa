"""Study: does Sparse GIN-Attention gain from messages? `python -m evals.run sparse-gin --model M --data TEXT`.

Rows of equal trainable parameters see the same tokens in the same order, seed by seed: LoRA, the GIN with messages
(`causal`), with a token's own attention only (`self`, what the published code computes), and without a graph (`none`).
Only where `causal` beats `none` and `self` may a gain be put down to messages. The second part gives the token graph of a
graph of people (evals/linked_text.py), and a shuffled one as a control.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
    """A row. settings: of SparseGINConfig, None for LoRA. graph: the token graph given besides: "", real or shuffled."""

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
VARIANTS = (  # the first seed only
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


@dataclass
class Part:
    """One comparison: the frozen upper layers, what they are given, and what to measure besides the loss."""

    name: str
    methods: tuple[Method, ...]
    once: tuple[Method, ...]
    model: Callable[[], Any]
    blocks: Callable[[str], tuple[list[dict[str, Any]], list[dict[str, Any]]]]
    batch: int
    more: Callable[[Any, list[dict[str, Any]]], dict[str, float]] = field(default=lambda *_: {})


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
    add("--batch", type=int, default=2, help="blocks of a step; linked texts take twice as many (default 2)")
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
    names = ("steps", "length", "batch", "rate", "rank", "layers")
    settings = {name: getattr(options, name) for name in names}
    about = {"model": Path(options.model).name, **settings, "data": _digest(options.data)}
    rows = Rows(file, about)
    if not options.table:
        Study(options, rows).run()
    from evals.sparse_gin_table import tables

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
        import adapters.training.models as models

        self.options, self.rows = options, rows
        self.start = time.monotonic()
        self.device = models.device_of("auto")
        self.load = lambda: models.load(options.model, self.device)

    def run(self) -> None:
        wanted = [name.strip() for name in self.options.parts.split(",") if name.strip()]
        if unknown := sorted(set(wanted) - {"text", "told", "untold"}):
            raise BadData(f"--parts has {', '.join(unknown)}; it takes text, told and untold")
        for name in wanted:
            if name == "text" and self.options.data is None:
                continue
            self._part(self._text() if name == "text" else self._linked(told=name == "told"))

    def _part(self, part: Part) -> None:
        before: dict[str, float] = {}
        for seed in range(self.options.seeds):
            for method in (*part.methods, *(part.once if seed == 0 else ())):
                key = f"{part.name}/{method.name}/{seed}"
                if key not in self.rows.rows and time.monotonic() - self.start > 60 * self.options.minutes:
                    print(f"evals.run: the time is up before {key}; the same command goes on", file=sys.stderr)
                    return
                row = self.rows.measured(key, lambda m=method, s=seed: self._measure(part, m, s, before))
                before["loss"] = math.log(row["perplexity_before"])
                print(f"{key}: {row['perplexity']:.3f} (base {row['perplexity_before']:.3f})", file=sys.stderr)

    def _measure(self, part: Part, method: Method, seed: int, before: Mapping[str, float]) -> dict[str, Any]:
        from peft import get_peft_model
        from transformers import set_seed

        from adapters.training.fit import Schedule, fit
        from adapters.training.result import forget_peak, peak_memory

        training, validation = part.blocks(method.graph)
        model = part.model()
        gc.collect()
        forget_peak()
        set_seed(seed)
        adapted = get_peft_model(model, config(method, model.config, self.options.rank))
        schedule = Schedule(
            steps=self.options.steps, batch=part.batch, rate=self.options.rate, evaluate=self.options.steps, patience=0
        )
        with tempfile.TemporaryDirectory() as folder:
            fitted = fit(
                adapted,
                training,
                validation,
                schedule,
                seed,
                Path(folder),
                lambda _: None,
                self.device,
                before.get("loss"),
            )
        trainable, _ = adapted.get_nb_trainable_parameters()
        return {
            "part": part.name, "method": method.name, "seed": seed, "perplexity_before": math.exp(fitted.before),
            "perplexity": math.exp(fitted.after), "trainable": trainable, "steps": fitted.steps,
            "seconds_per_step": fitted.seconds_per_step, "core_seconds_per_step": fitted.core_seconds_per_step,
            "peak_memory": peak_memory(), "device": self.device, **part.more(adapted, validation),
        }  # fmt: skip

    def _text(self) -> Part:
        import torch

        from adapters.training.texts import blocks, read, split
        from evals.upper_layers import states

        model, tokenizer = self.load()
        length, batch = self.options.length, self.options.batch
        found = blocks(read(self.options.data).documents, tokenizer, length)
        training, validation = split(found, 0.1, str(self.options.data))
        training, validation = training[: self.options.steps * batch], validation[: max(1, 4096 // length)]
        ids = torch.tensor([block["input_ids"] for block in training + validation])
        print(f"text: {len(training)} + {len(validation)} blocks through the lower layers", file=sys.stderr)
        hidden = states(model, ids, self.options.layers).cpu()
        rows = [{"inputs_embeds": h, "labels": i} for h, i in zip(hidden, ids, strict=True)]
        parts = rows[: len(training)], rows[len(training) :]
        return Part("text", MAIN, VARIANTS, _fresh(model, self.options.layers), lambda _: parts, batch)

    def _linked(self, *, told: bool) -> Part:
        import torch

        from adapters.sparse_gin import edges_between
        from evals.linked_text import make, shuffled
        from evals.upper_layers import PickedHead, states

        model, tokenizer = self.load()
        batch = 2 * self.options.batch
        count = self.options.steps * batch
        texts, layout = make(count + 64, 0, tokenizer, told=told)
        name = "told" if told else "untold"
        print(f"{name}: {len(texts)} texts through the lower layers", file=sys.stderr)
        hidden = states(model, torch.tensor([text.ids for text in texts]), self.options.layers).cpu()
        # a prediction is compared with the label after it: see PickedHead
        rows = [
            {"inputs_embeds": h, "labels": torch.tensor([-100, *t.cities])} for h, t in zip(hidden, texts, strict=True)
        ]

        def given(graph: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
            found = rows
            if graph:
                drawn = [shuffled(t.graph, n) if graph == "shuffled" else t.graph for n, t in enumerate(texts)]
                edges = [edges_between(t.spans, g.edges, layout.length) for t, g in zip(texts, drawn, strict=True)]
                found = [{**row, "edges": e} for row, e in zip(rows, edges, strict=True)]
            return found[:count], found[count:]

        fresh = _fresh(model, self.options.layers, lambda head: PickedHead(head, list(layout.answers)))
        methods = LINKED if told else UNTOLD
        return Part(name, methods, (), fresh, given, batch, lambda m, v: {"accuracy": accuracy(m, v, layout.cities)})


def _fresh(model: Any, layers: int, head: Callable[[Any], Any] | None = None) -> Callable[[], Any]:
    """Makes a copy of the upper layers of the model for each row; what peft wraps is not shared, the head is."""
    import copy

    from evals.upper_layers import keep_upper

    upper = keep_upper(model, layers)
    upper.model.embed_tokens, embedding = None, upper.model.embed_tokens
    out, upper.lm_head = upper.lm_head, None

    def fresh() -> Any:
        found = copy.deepcopy(upper)
        found.model.embed_tokens = embedding
        found.lm_head = out if head is None else head(out)
        return found

    return fresh


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
    hidden, inner = model.hidden_size, model.intermediate_size
    head = getattr(model, "head_dim", None) or hidden // model.num_attention_heads
    queries, keys = head * model.num_attention_heads, head * model.num_key_value_heads
    return rank * ((hidden + queries) * 2 + (hidden + keys) * 2 + (hidden + inner) * 3)


def width(budget: int, hidden: int) -> int:
    """The width of the GIN whose parameters in one layer come nearest to the budget."""
    return min(range(1, hidden + 1), key=lambda s: abs(2 * hidden * s + 2 * s * s + 3 * s + 4 - budget))


def accuracy(model: Any, rows: list[dict[str, Any]], cities: Sequence[int]) -> float:
    """How often the right city has the highest logit of all cities."""
    import torch

    from adapters.training.fit import collate, given_edges

    model.eval()
    right = total = 0
    choice: Tensor = torch.tensor(cities)
    with torch.no_grad():
        for start in range(0, len(rows), 16):
            batch = {k: v.to(model.device) for k, v in collate(rows[start : start + 16]).items()}
            gold = batch.pop("labels")[:, 1:].cpu()
            with given_edges(model, batch):
                logits = model(**batch).logits[:, :-1].float().cpu()
            said = choice[logits[..., choice].argmax(-1)]
            right, total = right + int((said == gold).sum()), total + gold.numel()
    return right / total
