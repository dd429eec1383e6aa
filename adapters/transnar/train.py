"""Train a language model to answer CLRS-Text, with the states of a reasoner or, as a control, without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from adapters.checkpoints import read_checkpoint, write_checkpoint
from adapters.nar.batch import collate
from adapters.transnar.layer import GraphStates
from adapters.transnar.positions import SHIFTS
from adapters.transnar.reasoner import TextReasoner
from adapters.transnar.texts import IGNORED, Texts, encode
from graphs.clrs.example import Example, sample
from graphs.clrs.text import to_text

_LAST = 2**31  # seeds of validation examples lie from here on, those of training below


@dataclass(frozen=True)
class Schedule:
    """How to train. Sizes of TransNAR's paper: 4 to 8 and 12, so that 10 lies between and 14 beyond what was seen.

    batch: examples of one algorithm and size a step, fewer where they would be more than `tokens` together.
    rate: Adam's, after `warmup` steps, falling to 0 at the end. evaluate: steps between validations, each of which is
    a checkpoint. taught: the weight of what a teacher says against what is right (Hinton et al. 2015, arXiv 1503.02531,
    at temperature 1), where there is a teacher.
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
    taught: float = 0.5

    def factor(self, step: int) -> float:
        """Of the rate, at a step from 0 on."""
        if step < self.warmup:
            return (step + 1) / self.warmup
        return max(0.0, (self.steps - step) / max(1, self.steps - self.warmup))


@dataclass(frozen=True)
class Lesson:
    """A batch of examples of one algorithm and size. taught: [batch, kept, vocabulary], a teacher's logits, or None."""

    texts: Texts
    states: GraphStates | None
    num_nodes: int
    taught: Tensor | None


@dataclass(frozen=True)
class Course:
    """What came out. validation: (step, loss in nats a token of the answer, share of right tokens) of each."""

    steps: int
    validation: tuple[tuple[int, float, float], ...]
    resumed_from: int


def train(
    reasoner: TextReasoner,
    schedule: Schedule,
    checkpoint: Path | None = None,
    *,
    teacher: TextReasoner | None = None,
    tell: Callable[[int, str], None] = lambda step, note: None,
    stop_at: int | None = None,
) -> Course:
    """Train the weights that ask for gradients. A run that goes on from `checkpoint` gives what a whole one gives.

    teacher: a model of the same tokens, such as one that reads a graph, whose answers a student that reads text alone
    is to give.
    """
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
        lesson = _draw(reasoner, schedule, np.random.RandomState([schedule.seed, step]), teacher)
        model.train()
        optimizer.zero_grad(set_to_none=True)
        value, _ = _loss(reasoner, lesson, schedule.taught)
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


def validation(reasoner: TextReasoner, schedule: Schedule, count: int = 32) -> list[Lesson]:
    """A batch of each algorithm at the largest size."""
    rng = np.random.RandomState([_LAST, schedule.seed])
    found = []
    for name in reasoner.about.algorithms:
        examples = [sample(name, max(schedule.sizes), rng) for _ in range(count)]
        found.append(_prepared(reasoner, examples, rng, None))
    return found


@torch.no_grad()
def evaluate(reasoner: TextReasoner, batches: Sequence[Lesson]) -> tuple[float, float]:
    """(mean loss, share of right tokens) over the batches, each told what precedes the token."""
    reasoner.model.eval()
    found = [_loss(reasoner, lesson, 0.0) for lesson in batches]
    return float(np.mean([float(loss) for loss, _ in found])), float(np.mean([right for _, right in found]))


def _draw(
    reasoner: TextReasoner, schedule: Schedule, rng: np.random.RandomState, teacher: TextReasoner | None
) -> Lesson:
    name = str(rng.choice(list(reasoner.about.algorithms)))
    size = int(rng.choice(schedule.sizes))
    first = sample(name, size, rng)
    length = len(reasoner.tokenizer("".join(to_text(first)))["input_ids"])
    count = max(1, min(schedule.batch, schedule.tokens // length))
    return _prepared(reasoner, [first, *(sample(name, size, rng) for _ in range(count - 1))], rng, teacher)


def _prepared(
    reasoner: TextReasoner, examples: list[Example], rng: np.random.RandomState, teacher: TextReasoner | None
) -> Lesson:
    pairs = [to_text(example) for example in examples]
    shift = int(rng.randint(SHIFTS)) if reasoner.about.anchor else 0
    texts = encode(reasoner.tokenizer, pairs, reasoner.about, int(rng.randint(_LAST)), shift)
    states, n = None, examples[0].num_nodes
    if reasoner.nar is not None:
        states = reasoner.states(collate(examples), told=True, shift=0 if reasoner.by_places else shift)
    taught = None
    if teacher is not None:
        with torch.no_grad():
            taught, _ = _logits(teacher, _prepared(teacher, examples, rng, None))
    return Lesson(texts, states, n, taught)


def _logits(reasoner: TextReasoner, lesson: Lesson) -> tuple[Tensor, Tensor]:
    """(logits [batch, kept, vocabulary], wanted tokens [batch, kept]) from the first token of an answer on."""
    device, texts = reasoner.device, lesson.texts
    about = {} if texts.positions is None else {"position_ids": texts.positions.to(device)}
    answered = (texts.labels != IGNORED).any(0)
    kept = len(answered) - int(answered.int().argmax()) + 1  # no logits of the questions' tokens
    with reasoner.reading(lesson.states, lesson.num_nodes), reasoner.writing(texts.places):
        out = reasoner.model(
            input_ids=texts.input_ids.to(device),
            attention_mask=texts.attention_mask.to(device),
            use_cache=False,
            logits_to_keep=kept,
            **about,
        )
    return out.logits[:, :-1].float(), texts.labels[:, 1 - kept :].to(device)


def _loss(reasoner: TextReasoner, lesson: Lesson, share: float) -> tuple[Tensor, float]:
    """(mean loss of the answers' tokens, share of them that are most likely). share: of the teacher's in the loss."""
    logits, wanted = _logits(reasoner, lesson)
    loss = functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED)
    counted = wanted != IGNORED
    if lesson.taught is not None:
        said, taught = logits[counted].log_softmax(-1), lesson.taught.to(logits.device)[counted].log_softmax(-1)
        loss = (1 - share) * loss + share * functional.kl_div(said, taught, reduction="batchmean", log_target=True)
    return loss, float((logits.argmax(-1) == wanted)[counted].float().mean())
