"""Train a language model to answer CLRS-Text, with the states of a reasoner or, as a control, without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from adapters.checkpoints import read_checkpoint, write_checkpoint
from adapters.nar.batch import Batch, collate
from adapters.transnar.layer import GraphStates
from adapters.transnar.positions import SHIFTS, answer_positions, question_positions, random_positions
from adapters.transnar.reasoner import OPENS, About, TextReasoner
from graphs.clrs.example import Example, sample
from graphs.clrs.text import to_text

_LAST = 2**31  # seeds of validation examples lie from here on, those of training below
_IGNORED = -100


@dataclass(frozen=True)
class Schedule:
    """How to train. Sizes of TransNAR's paper: 4 to 8 and 12, so that 10 lies between and 14 beyond what was seen.

    batch: examples of one algorithm and size a step, fewer where they would be more than `tokens` together.
    rate: Adam's, after `warmup` steps, falling to 0 at the end. evaluate: steps between validations, each of which is
    a checkpoint.
    """

    steps: int = 10_000
    batch: int = 32
    tokens: int = 8192
    sizes: tuple[int, ...] = (4, 5, 6, 7, 8, 12)
    rate: float = 5e-4
    warmup: int = 200
    clip: float = 1.0
    evaluate: int = 500
    seed: int = 0

    def factor(self, step: int) -> float:
        """Of the rate, at a step from 0 on."""
        if step < self.warmup:
            return (step + 1) / self.warmup
        return max(0.0, (self.steps - step) / max(1, self.steps - self.warmup))


@dataclass(frozen=True)
class Course:
    """What came out. validation: (step, loss in nats a token of the answer, share of right tokens) of each."""

    steps: int
    validation: tuple[tuple[int, float, float], ...]
    resumed_from: int


@dataclass(frozen=True)
class Texts:
    """Questions and their answers as tensors [batch, seq], padded on the right; labels are of the answers alone."""

    input_ids: Tensor
    attention_mask: Tensor
    labels: Tensor
    positions: Tensor | None


def train(
    reasoner: TextReasoner,
    schedule: Schedule,
    checkpoint: Path | None = None,
    *,
    tell: Callable[[int, str], None] = lambda step, note: None,
    stop_at: int | None = None,
) -> Course:
    """Train the weights that ask for gradients. A run that goes on from `checkpoint` gives what a whole one gives."""
    model = reasoner.model
    learned = {name: p for name, p in model.named_parameters() if p.requires_grad}
    optimizer = torch.optim.AdamW(learned.values(), lr=schedule.rate, betas=(0.9, 0.98), weight_decay=0.01)
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule.factor)
    start, seen, note = 0, list[tuple[int, float, float]](), ""
    if checkpoint is not None and checkpoint.exists():
        kept = read_checkpoint(checkpoint)
        with torch.no_grad():
            for name, value in kept["model"].items():
                learned[name].copy_(value)
        optimizer.load_state_dict(kept["optimizer"])
        rates.load_state_dict(kept["rates"])
        start, seen = kept["step"], kept["seen"]
    held_out = validation(reasoner, schedule)
    end = min(schedule.steps, stop_at or schedule.steps)
    for step in range(start + 1, end + 1):
        texts, states = _draw(reasoner, schedule, np.random.RandomState([schedule.seed, step]))
        model.train()
        optimizer.zero_grad(set_to_none=True)
        value, _ = _loss(reasoner, texts, states)
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learned.values(), schedule.clip)
        optimizer.step()
        rates.step()
        if step % schedule.evaluate == 0 or step == schedule.steps:
            seen.append((step, *evaluate(reasoner, held_out)))
            note = f"validation {seen[-1][1]:.3f}, {seen[-1][2]:.1%} of tokens"
            if checkpoint is not None:
                state = {"model": learned, "optimizer": optimizer.state_dict(), "rates": rates.state_dict()}
                write_checkpoint(checkpoint, state | {"step": step, "seen": seen})
        tell(step, f"loss {float(value.detach()):.3f} {note}".rstrip())
    return Course(max(end, start), tuple(seen), start)


def validation(reasoner: TextReasoner, schedule: Schedule, count: int = 32) -> list[tuple[Texts, GraphStates | None]]:
    """A batch of each algorithm at the largest size."""
    rng = np.random.RandomState([_LAST, schedule.seed])
    found = []
    for name in reasoner.about.algorithms:
        examples = [sample(name, max(schedule.sizes), rng) for _ in range(count)]
        found.append(_prepared(reasoner, examples, rng))
    return found


@torch.no_grad()
def evaluate(reasoner: TextReasoner, batches: Sequence[tuple[Texts, GraphStates | None]]) -> tuple[float, float]:
    """(mean loss, share of right tokens) over the batches, each told what precedes the token."""
    reasoner.model.eval()
    found = [_loss(reasoner, texts, states) for texts, states in batches]
    return float(np.mean([float(loss) for loss, _ in found])), float(np.mean([right for _, right in found]))


def _draw(reasoner: TextReasoner, schedule: Schedule, rng: np.random.RandomState) -> tuple[Texts, GraphStates | None]:
    name = str(rng.choice(list(reasoner.about.algorithms)))
    size = int(rng.choice(schedule.sizes))
    first = sample(name, size, rng)
    length = len(reasoner.tokenizer("".join(to_text(first)))["input_ids"])
    count = max(1, min(schedule.batch, schedule.tokens // length))
    return _prepared(reasoner, [first, *(sample(name, size, rng) for _ in range(count - 1))], rng)


def _prepared(
    reasoner: TextReasoner, examples: list[Example], rng: np.random.RandomState
) -> tuple[Texts, GraphStates | None]:
    pairs = [to_text(example) for example in examples]
    shift = int(rng.randint(SHIFTS)) if reasoner.about.anchor else 0
    texts = encode(reasoner.tokenizer, pairs, reasoner.about, int(rng.randint(_LAST)), shift)
    if reasoner.nar is None:
        return texts, None
    batch: Batch = collate(examples)
    return texts, reasoner.states(batch, told=True, shift=shift)


def encode(tokenizer: Any, pairs: Sequence[tuple[str, str]], about: About, seed: int, shift: int = 0) -> Texts:
    """Questions, answers and the end mark as tensors, with positions of the kind that `about` says."""
    rows = []
    for question, answer in pairs:
        asked = tokenizer(question)["input_ids"]
        rows.append((asked, [*tokenizer(answer, add_special_tokens=False)["input_ids"], tokenizer.eos_token_id]))
    width = max(len(asked) + len(said) for asked, said in rows)
    ids = torch.full((len(rows), width), tokenizer.pad_token_id)
    mask, labels = torch.zeros_like(ids), torch.full_like(ids, _IGNORED)
    for row, (asked, said) in enumerate(rows):
        whole = torch.tensor([*asked, *said])
        ids[row, : len(whole)], mask[row, : len(whole)] = whole, 1
        labels[row, len(asked) : len(whole)] = whole[len(asked) :]
    positions = None
    if about.anchor:
        positions = question_positions(mask * (labels == _IGNORED), about.anchor)
        opens = tokenizer.convert_tokens_to_ids(OPENS)
        for row, (asked, said) in enumerate(rows):
            places = answer_positions(torch.tensor([said]), opens, about.anchor, shift)
            positions[row, len(asked) : len(asked) + len(said)] = places[0]
    elif about.random_positions:
        positions = random_positions(len(rows), width, about.random_positions, torch.Generator().manual_seed(seed))
    return Texts(ids, mask, labels, positions)


def _loss(reasoner: TextReasoner, texts: Texts, states: GraphStates | None) -> tuple[Tensor, float]:
    """(mean loss of the answers' tokens, share of them that are most likely)."""
    device = reasoner.device
    about = {} if texts.positions is None else {"position_ids": texts.positions.to(device)}
    answered = (texts.labels != _IGNORED).any(0)
    kept = len(answered) - int(answered.int().argmax()) + 1  # no logits of the questions' tokens
    with reasoner.reading(states):
        out = reasoner.model(
            input_ids=texts.input_ids.to(device),
            attention_mask=texts.attention_mask.to(device),
            use_cache=False,
            logits_to_keep=kept,
            **about,
        )
    logits, wanted = out.logits[:, :-1].float(), texts.labels[:, 1 - kept :].to(device)
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=_IGNORED)
    counted = wanted != _IGNORED
    return loss, float((logits.argmax(-1) == wanted)[counted].float().mean())
