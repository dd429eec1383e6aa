"""`konigsberg train transnar`: a language model that reads the states of a trained reasoner."""

from __future__ import annotations

import hashlib
import json
import shlex
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adapters.training import Progress, Report
from adapters.training.drawn import add_schedule, checkpoint_of, device_of, sizes
from adapters.training.errors import TrainingError
from adapters.training.result import Result, peak_memory
from graphs.errors import StorageError

SUMMARY = "TransNAR on CLRS-Text: a language model that reads the states of a trained reasoner"
SCRATCH = "scratch"


def add_arguments(parser: ArgumentParser) -> None:
    """The options of the recipe."""
    parser.add_argument("--save", type=Path, required=True, metavar="DIR", help="folder for the model and checkpoint")
    parser.add_argument("--nar", type=Path, metavar="DIR", help="the reasoner, as `train nar` saves it")
    parser.add_argument("--no-graph", action="store_true", help="the same language model without a reasoner: a control")
    parser.add_argument(
        "--model", default=SCRATCH, help="a pretrained language model, which stays frozen; `scratch` is a small new one"
    )
    parser.add_argument("--algorithms", metavar="NAMES", help="CLRS names, separated by commas (all of the reasoner's)")
    parser.add_argument("--hidden-size", type=int, default=128, help="of the new model")
    parser.add_argument("--layers", type=int, default=4, help="of the new model")
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument(
        "--numbers",
        type=int,
        default=16,
        metavar="N",
        help="channels for the number of a node beside its state; 0: none",
    )
    parser.add_argument("--places", action="store_true", help="find nodes by the place in the answer (rotary)")
    parser.add_argument("--readout", action="store_true", help="read what the reasoner decodes, beside its states")
    parser.add_argument("--random-positions", type=int, default=2048, metavar="N", help="positions below N; 0: usual")
    parser.add_argument(
        "--anchor", type=int, default=0, metavar="N",
        help="answers begin at position N, and the new model, a GPT-2, learns absolute positions; 0: not so",
    )  # fmt: skip
    parser.add_argument(
        "--loops", type=int, default=0, metavar="K",
        help="run the new model's blocks once for every K nodes of the graph, with the same weights; 0: once",
    )  # fmt: skip
    parser.add_argument(
        "--teacher", type=Path, metavar="DIR",
        help="a trained TransNAR whose answers count half: with --no-graph, a student that needs no reasoner",
    )  # fmt: skip
    add_schedule(parser, sizes="4,5,6,7,8,12", rate=5e-4, evaluate=500)


def train(options: Namespace, report: Report) -> Result:
    """Train TransNAR, or with --no-graph its control.

    Raises:
        TrainingError: an option that cannot be used, or a folder in use.
    """
    import torch

    from adapters.transnar.train import Schedule, evaluate, validation
    from adapters.transnar.train import train as run

    checkpoint, device = checkpoint_of(options), device_of(options)
    schedule = Schedule(
        steps=options.steps, batch=options.batch, sizes=sizes(options.sizes), rate=options.rate,
        warmup=min(200, max(1, options.steps // 10)), evaluate=max(1, min(options.evaluate, options.steps)),
        seed=options.seed,
    )  # fmt: skip
    torch.manual_seed(options.seed)
    reasoner = _reasoner(options, schedule.sizes, device)
    teacher = _teacher(options, reasoner.about.algorithms, device)
    held_out = validation(reasoner, schedule)
    before = evaluate(reasoner, held_out)
    began, steps = time.perf_counter(), 0

    def tell(step: int, note: str) -> None:
        nonlocal steps
        steps += 1
        report(Progress(step, schedule.steps, note))

    course = run(reasoner, schedule, checkpoint, teacher=teacher, tell=tell)
    seconds = (time.perf_counter() - began) / max(1, steps)
    after = evaluate(reasoner, held_out)
    reasoner.save(options.save)
    parameters = list(reasoner.model.parameters())
    settings = asdict(schedule) | {
        "options": {name: str(value) for name, value in vars(options).items() if name != "run"}
    }
    result = Result(
        method="transnar" if reasoner.nar is not None else "transnar-control", base=options.model, seed=options.seed,
        data=f"drawn CLRS-Text of {', '.join(reasoner.about.algorithms)}", device=device, steps=course.steps,
        digest=hashlib.sha256(json.dumps(asdict(schedule), sort_keys=True).encode()).hexdigest()[:16],
        trainable=sum(p.numel() for p in parameters if p.requires_grad), total=sum(p.numel() for p in parameters),
        seconds_per_step=seconds, peak_memory=peak_memory(), before=_measures(before), after=_measures(after),
        best_step=course.steps, stopped_early=False, command=shlex.join(sys.argv), saved=str(options.save),
        resumed_from=course.resumed_from, settings=settings, about={"validation": course.validation},
    )  # fmt: skip
    result.write(options.save)
    return result


def _measures(found: tuple[float, float]) -> dict[str, float]:
    return {"loss": found[0], "right tokens": found[1]}


def _reasoner(options: Namespace, sizes: tuple[int, ...], device: str) -> Any:
    from adapters.nar.files import load_nar
    from adapters.training.models import load
    from adapters.transnar.reasoner import About, TextReasoner
    from graphs.clrs.spec import GRAPH_ALGORITHMS

    if (options.nar is None) != options.no_graph:
        raise TrainingError("name the reasoner by --nar DIR (`konigsberg train nar` makes one), or give --no-graph")
    nar = load_nar(options.nar, device) if options.nar else None
    known = nar.config.algorithms if nar is not None else GRAPH_ALGORITHMS
    names = tuple(name.strip() for name in options.algorithms.split(",")) if options.algorithms else known
    unknown = [name for name in names if name not in known]
    if unknown:
        raise TrainingError(f"--algorithms: {unknown[0]!r} is none of {', '.join(known)}")
    scratch = options.model == SCRATCH
    if options.loops < 0 or (options.loops and not scratch):
        raise TrainingError("--loops takes a number of nodes above 0, and a new model, not a pretrained one")
    if scratch:
        model, tokenizer = _new_model(options)
    else:
        if options.no_graph:
            raise TrainingError("--no-graph trains a new model; the control of a pretrained one is `train lora`")
        model, tokenizer = load(options.model, device)
        tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    if nar is not None:
        model = _adapted(model, nar.config.hidden_size, options, scratch)
    positions = 0 if options.anchor else options.random_positions
    about = About(
        names, sizes, positions, "" if scratch else options.model, nar is not None, options.anchor, options.loops
    )
    return TextReasoner(model.to(device), tokenizer, nar, about)


def _teacher(options: Namespace, names: tuple[str, ...], device: str) -> Any:
    """The teacher, of the tokens and algorithms that the student will have."""
    from adapters.transnar.reasoner import TextReasoner

    if options.teacher is None:
        return None
    if options.model != SCRATCH:
        raise TrainingError("--teacher teaches a new model: its words are not those of a pretrained one")
    try:
        teacher = TextReasoner.load(options.teacher, device)
    except StorageError as error:
        raise TrainingError(f"--teacher: {error}") from error
    if teacher.about.base:
        raise TrainingError(f"--teacher: {options.teacher} adapts {teacher.about.base}, whose tokens are others")
    missing = [name for name in names if name not in teacher.about.algorithms]
    if missing:
        raise TrainingError(f"--teacher: {options.teacher} was not trained on {missing[0]}")
    return teacher


def _new_model(options: Namespace) -> tuple[Any, Any]:
    from transformers import LlamaConfig, LlamaForCausalLM

    from adapters.transnar.tokens import number_tokenizer

    tokenizer = number_tokenizer()
    size = options.hidden_size
    if size % options.heads or (size // options.heads) % 2:
        raise TrainingError(f"--hidden-size {size} must be --heads {options.heads} times an even number")
    if options.anchor:
        return _absolute(options, tokenizer), tokenizer
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=size, intermediate_size=4 * size, num_hidden_layers=options.layers,
        num_attention_heads=options.heads, num_key_value_heads=options.heads, tie_word_embeddings=True,
        max_position_embeddings=max(2048, options.random_positions), pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id, bos_token_id=None,
    )  # fmt: skip
    return LlamaForCausalLM(config), tokenizer


def _absolute(options: Namespace, tokenizer: Any) -> Any:
    """A GPT-2 whose learned positions and numbers begin as the waves in which nodes are numbered for it.

    So a product of a position with the address of a node is largest where both are the same, and what is said of a
    pointer is like the embedding of the number to write. Columns, rows and numbers take a quarter of the width each.
    """
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    from adapters.transnar.positions import ROW, most_positions
    from adapters.transnar.states import waves
    from adapters.transnar.tokens import WHOLE

    size = options.hidden_size
    config = GPT2Config(
        vocab_size=len(tokenizer), n_positions=most_positions(options.anchor), n_embd=size, n_layer=options.layers,
        n_head=options.heads, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, eos_token_id=tokenizer.eos_token_id,
        bos_token_id=None, pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    model = GPT2LMHeadModel(config)
    table, words = model.transformer.wpe.weight, model.transformer.wte.weight
    numbers = tokenizer.convert_tokens_to_ids([str(number) for number in range(WHOLE)])
    rows = (len(table) - options.anchor) // ROW
    column, row, number = (slice(part * size // 4, (part + 1) * size // 4) for part in range(3))

    def begun(count: int) -> torch.Tensor:
        width = options.numbers or 16
        return 0.1 * waves(count, width, table).repeat(1, 1 + size // 4 // width)[:, : size // 4]

    with torch.no_grad():
        table[: options.anchor] = 0.1 * waves(options.anchor, size, table, longest=4.0 * options.anchor)
        table[options.anchor :, column] = begun(ROW).repeat(rows, 1)
        table[options.anchor :, row] = begun(rows).repeat_interleave(ROW, 0)
        words[numbers, number] += begun(WHOLE)
    return model


def _adapted(model: Any, hidden_size: int, options: Namespace, scratch: bool) -> Any:
    from peft import get_peft_model

    from adapters import TransNARConfig
    from adapters.transnar.states import width_of

    try:
        config = TransNARConfig(
            node_size=width_of(hidden_size, options.numbers, options.readout), numbers=options.numbers,
            readout=options.readout, places=options.places, num_heads=options.heads, head_dim=32,
            gate=1.0 if scratch else 0.0, task_type="CAUSAL_LM",
        )  # fmt: skip
    except ValueError as error:
        raise TrainingError(str(error)) from error
    adapted = get_peft_model(model, config)
    if scratch:  # all of a new model learns
        adapted.requires_grad_(True)
    return adapted
