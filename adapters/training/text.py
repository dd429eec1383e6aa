"""What the recipes that train on text share: their options, and a run from the data to the saved adapter."""

from __future__ import annotations

import argparse
import math
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.training import Report, Result
from adapters.training.card import write_card
from adapters.training.errors import BadTrainingData, TrainingError
from adapters.training.folder import RunFolder
from adapters.training.models import device_of, dtype, load
from adapters.training.result import command, peak_memory
from adapters.training.texts import Block, blocks, read, split

if TYPE_CHECKING:
    from adapters.training.fit import Fitted, Schedule

_ASIDE = (
    "run",
    "resume",
    "json",
    "quiet",
    "save",
    "data",
    "graph",
    "validation",
)  # do not change what comes out; a digest does


def add_text_arguments(parser: ArgumentParser) -> None:
    """The options of every recipe that trains on text."""
    add = parser.add_argument
    add("--model", required=True, metavar="NAME", help="folder of a language model, .gguf file, or name on the hub")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, metavar="PATH", help="text file, JSONL file, or folder of them")
    source.add_argument(
        "--graph", type=Path, metavar="PATH",
        help="or a graph whose nodes carry texts: a folder of nodes.jsonl and edges.tsv, or a graph file; each text is "
        "predicted behind some of its neighbours' texts",
    )  # fmt: skip
    add(
        "--neighbours",
        type=count,
        default=2,
        metavar="N",
        help="texts in front of each node's with --graph (default 2)",
    )
    add("--save", required=True, type=Path, metavar="DIR", help="folder for the adapter, its card and result.json")
    add("--resume", action="store_true", help="go on with the run in the folder, from its last checkpoint")
    add("--validation", type=Path, metavar="PATH", help="text to validate on (default: the end of the data)")
    add("--holdout", type=share, default=0.1, metavar="SHARE", help="of the blocks, for validation (default 0.1)")
    add("--field", default="text", help="name of the text in JSONL files and graphs (default text)")
    add("--length", type=count, default=256, metavar="TOKENS", help="of a block (default 256)")
    add("--seed", type=int, default=0, help="of the adapter's first weights, of order and dropout (default 0)")
    add("--device", choices=["auto", "cpu", "cuda"], default="auto", help="(default: a GPU where there is one)")
    pace = parser.add_argument_group("how long and how fast")
    add = pace.add_argument
    add("--steps", type=count, metavar="N", help="optimiser steps (default: as many as the epochs have)")
    add("--epochs", type=above_zero, default=3.0, metavar="X", help="times through the text (default 3)")
    add("--batch", type=count, default=4, metavar="BLOCKS", help="of a forward pass (default 4)")
    add("--gather", type=count, default=1, metavar="PASSES", help="forward passes of a step (default 1)")
    add("--rate", type=above_zero, default=2e-4, metavar="X", help="learning rate (default 0.0002)")
    add("--warmup", type=int, default=10, metavar="STEPS", help="steps until the full rate (default 10)")
    add("--evaluate", type=count, metavar="STEPS", help="between validations and checkpoints (default: a tenth)")
    add("--patience", type=int, default=3, metavar="N", help="validations without gain before it stops; 0 never")
    add("--checkpoint-activations", action="store_true", help="less memory for a third more time")


def train_text(options: Namespace, config: Callable[[], Any], report: Report) -> Result:
    """Train the adapter of that config as the options say.

    Raises:
        TrainingError: what cannot be used, and what to do.
    """
    from peft import get_peft_model
    from transformers import set_seed

    from adapters.training.fit import fit

    source = _source(options)
    settings = {name: value for name, value in vars(options).items() if name not in _ASIDE} | {"digest": source.digest}
    folder = RunFolder(options.save)
    if (done := folder.check(settings, resume=options.resume)) is not None:
        return done
    device = device_of(options.device)
    model, tokenizer = load(options.model, device)
    limit = getattr(model.config, "max_position_embeddings", None)
    if limit is not None and options.length > limit:
        raise TrainingError(f"--length {options.length}: the model reads {limit} tokens at most")
    training, validation = source.parts(tokenizer)
    set_seed(options.seed)
    try:
        adapted = get_peft_model(model, config())
    except ValueError as error:
        raise TrainingError(f"{options.method} on {options.model}: {error}") from error
    folder.begin(settings)
    fitted = fit(adapted, training, validation, _schedule(options), options.seed, folder.checkpoints, report, device)
    adapted.save_pretrained(str(options.save))
    about = {
        "training_blocks": len(training),
        "validation_blocks": len(validation),
        "block_tokens": options.length,
        "tokens_seen": fitted.steps * options.batch * options.gather * options.length,
    }
    result = _result(options, fitted, adapted.get_nb_trainable_parameters(), device, settings, about)
    write_card(options.save, result)
    folder.finish(result)
    return result


@dataclass(frozen=True)
class _Source:
    """Where the blocks come from. parts: makes those for training and for validation with a tokenizer."""

    digest: str
    parts: Callable[[Any], tuple[list[Block], list[Block]]]


def _source(options: Namespace) -> _Source:
    if options.graph is not None:
        return _graph_source(options)
    texts = read(options.data, options.field)
    other = None if options.validation is None else read(options.validation, options.field)

    def parts(tokenizer: Any) -> tuple[list[Block], list[Block]]:
        found = blocks(texts.documents, tokenizer, options.length)
        if other is None:
            return split(found, options.holdout, str(options.data))
        validation = blocks(other.documents, tokenizer, options.length)
        for name, part in ((options.data, found), (options.validation, validation)):
            if not part:
                raise BadTrainingData(
                    f"{name} is shorter than {options.length} tokens; give more text or a smaller --length"
                )
        return found, validation

    return _Source(texts.digest if other is None else f"{texts.digest}, validation {other.digest}", parts)


def _graph_source(options: Namespace) -> _Source:
    from adapters.training.neighbour_texts import node_blocks, read_nodes

    if options.validation is not None:
        raise TrainingError("--validation is a text; with --graph, a --holdout of the nodes is for validation")
    nodes = read_nodes(options.graph, options.field)
    edges = getattr(options, "graph_edges", False)
    length, share, neighbours = options.length, options.holdout, options.neighbours
    return _Source(
        nodes.digest, lambda tokenizer: node_blocks(nodes, tokenizer, length, share, neighbours, edges=edges)
    )


def _schedule(options: Namespace) -> Schedule:
    from adapters.training.fit import Schedule

    names = [f.name for f in fields(Schedule) if getattr(options, f.name, None) is not None]
    return Schedule(**{name: getattr(options, name) for name in names})


def _result(
    options: Namespace, fitted: Fitted, parameters: tuple[int, int], device: str,
    settings: dict[str, Any], about: dict[str, Any],
) -> Result:  # fmt: skip
    import torch

    trainable, total = parameters
    return Result(
        method=options.method,
        base=options.model,
        data=str(options.data or options.graph),
        digest=str(settings["digest"]),
        seed=options.seed,
        device=f"{torch.cuda.get_device_name()}, {dtype(device)}" if device == "cuda" else "cpu",
        steps=fitted.steps,
        trainable=trainable,
        total=total,
        seconds_per_step=round(fitted.seconds_per_step, 4),
        peak_memory=peak_memory(),
        before={"perplexity": math.exp(fitted.before)},
        after={"perplexity": math.exp(fitted.after)},
        best_step=fitted.best_step,
        stopped_early=fitted.stopped_early,
        command=command(),
        saved=str(options.save),
        resumed_from=fitted.resumed_from,
        settings={name: str(value) if isinstance(value, Path) else value for name, value in settings.items()},
        about=about,
    )


def count(text: str) -> int:
    """A whole number of 1 or more, for argparse."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**9):
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {text[:40]!r}")
    return int(text)


def above_zero(text: str) -> float:
    """A number above 0, for argparse."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text[:40]!r}")
    return value


def share(text: str) -> float:
    """A number between 0 and 1, for argparse."""
    value = above_zero(text)
    if value >= 1:
        raise argparse.ArgumentTypeError(f"must lie between 0 and 1, not {text[:40]!r}")
    return value
