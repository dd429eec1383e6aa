"""Blocks that run several times, and a student that is taught by a model that reads the graph."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.adapters.test_text_reasoner import reasoner
from tests.adapters.tiny import torch

from adapters.transnar.looped import looped, rounds  # isort: skip
from adapters.transnar.train import Lesson, Schedule, _loss, _logits, evaluate, train, validation  # isort: skip


@pytest.mark.parametrize("n", range(1, 30))
@pytest.mark.parametrize("loops", [1, 3, 8])
def test_there_is_a_round_for_every_so_many_nodes(n: int, loops: int) -> None:
    assert rounds(n, loops) == max(1, math.ceil(n / loops))


@pytest.mark.parametrize("anchor", [0, 100])
def test_rounds_are_the_blocks_again_with_the_input_added(anchor: int) -> None:
    """Against the same blocks called one after the other by hand."""
    model = reasoner(graph=False, anchor=anchor).model
    ids = torch.randint(3, 90, (2, 7), generator=torch.Generator().manual_seed(0))
    names = set(model.state_dict())
    with torch.no_grad():
        once = model(input_ids=ids).logits
        with looped(model, 3):
            thrice = model(input_ids=ids).logits
        assert torch.equal(model(input_ids=ids).logits, once)
        assert set(model.state_dict()) == names
        entered: list[torch.Tensor] = []
        inner = model.transformer if anchor else model.model
        blocks = list(inner.h if anchor else inner.layers)

        def again(block: torch.nn.Module, given: tuple[torch.Tensor, ...], options: dict[str, object]) -> None:
            entered.append(given[0])
            if block is blocks[-1]:
                last.update(options)

        last: dict[str, object] = {}
        hooks = [block.register_forward_pre_hook(again, with_kwargs=True) for block in blocks]
        model(input_ids=ids, use_cache=False)
        for hook in hooks:
            hook.remove()
        hidden = first = entered[0]
        for turn in range(3):
            hidden = hidden if turn == 0 else hidden + first
            for block in blocks:
                hidden = block(hidden, **last)
                hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        norm = inner.ln_f if anchor else inner.norm
        wanted = model.lm_head(norm(hidden))
    assert torch.allclose(thrice, wanted, atol=1e-5)
    assert not torch.allclose(thrice, once, atol=1e-3)


def test_all_rounds_learn_the_same_weights(tmp_path: object) -> None:
    model = reasoner(graph=True)
    model.about = replace(model.about, loops=2)
    schedule = Schedule(steps=8, batch=4, sizes=(4,), rate=5e-3, warmup=2, evaluate=4)
    before, _ = evaluate(model, validation(model, schedule))
    course = train(model, schedule)
    assert course.validation[-1][1] < before - 0.5


def test_what_a_teacher_says_is_weighed_against_what_is_right() -> None:
    """The loss of a lesson, token by token."""
    student, teacher = reasoner(graph=False, seed=1), reasoner(graph=True, seed=2)
    schedule = Schedule(sizes=(4,), seed=3)
    plain = validation(student, schedule, 2)[0]
    other = validation(teacher, schedule, 2)[0]
    assert torch.equal(plain.texts.labels, other.texts.labels)
    with torch.no_grad():
        (said, wanted), (taught, _) = _logits(student, plain), _logits(teacher, other)
        lesson = Lesson(plain.texts, None, 4, taught)
        right, far = [], []
        for row in range(len(wanted)):
            for place in range(wanted.shape[1]):
                if wanted[row, place] != -100:
                    mine, theirs = (x[row, place].double().softmax(-1).numpy() for x in (said, taught))
                    right.append(-math.log(mine[wanted[row, place]]))
                    far.append(float(np.sum(theirs * np.log(theirs / mine))))
        for share in (0.0, 0.3, 1.0):
            expected = (1 - share) * np.mean(right) + share * np.mean(far)
            assert float(_loss(student, lesson, share)[0]) == pytest.approx(expected, rel=1e-4)


def test_a_student_comes_nearer_to_its_teacher() -> None:
    teacher = reasoner(graph=True, seed=2)
    schedule = Schedule(steps=12, batch=4, sizes=(4,), rate=5e-3, warmup=2, evaluate=12, taught=1.0)

    def far(student: object) -> float:
        found = []
        for mine, theirs in zip(validation(student, schedule, 2), validation(teacher, schedule, 2), strict=True):
            with torch.no_grad():
                lesson = Lesson(mine.texts, None, 4, _logits(teacher, theirs)[0])
                found.append(float(_loss(student, lesson, 1.0)[0]))
        return float(np.mean(found))

    student = reasoner(graph=False, seed=1)
    before = far(student)
    train(student, schedule, teacher=teacher)
    assert far(student) < before / 2
