"""What a run is trained on, and how its answers are scored."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from adapters.nar.batch import UNKNOWN, Batch
from adapters.nar.features import POINTERS, hard
from adapters.nar.model import Reasoned
from graphs.clrs.spec import SPECS, Feature


def loss(batch: Batch, run: Reasoned) -> Tensor:
    """The sum over outputs and hints of their mean losses, and that of stopping in time.

    Cross-entropy for pointers and choices, squared error for numbers. Hints count up to the last step of each example.
    """
    total = run.halting.new_zeros(())
    for feature in SPECS[batch.algorithm]:
        if feature.stage == "output":
            each, known = losses(run.outputs[feature.name], batch.outputs[feature.name], feature, batch.is_node)
            total = total + each.sum() / known.sum().clamp(min=1)
        elif feature.stage == "hint":
            total = total + _hint_loss(batch, run, feature)
    return total + _halting_loss(batch, run)


def _hint_loss(batch: Batch, run: Reasoned, feature: Feature) -> Tensor:
    prediction = run.hints[feature.name]
    steps, size = prediction.shape[:2]
    truth = batch.hints[feature.name][1 : 1 + steps]
    is_node = batch.is_node.repeat(steps, 1)
    each, known = losses(prediction.flatten(0, 1), truth.flatten(0, 1), feature, is_node)
    going = _going(batch, steps).flatten()
    shape = (steps * size, *[1] * (each.ndim - 1))
    return (each * going.view(shape)).sum() / (known * going.view(shape)).sum().clamp(min=1)


def _halting_loss(batch: Batch, run: Reasoned) -> Tensor:
    steps = len(run.halting)
    last = (torch.arange(steps, device=run.halting.device)[:, None] == batch.steps - 1).float()
    each = F.binary_cross_entropy_with_logits(run.halting, last, reduction="none")
    going = _going(batch, steps)
    return (each * going).sum() / going.sum()


def _going(batch: Batch, steps: int) -> Tensor:
    return (torch.arange(steps, device=batch.steps.device)[:, None] < batch.steps).float()


def losses(prediction: Tensor, truth: Tensor, feature: Feature, is_node: Tensor) -> tuple[Tensor, Tensor]:
    """(the loss of each element, 0 where it is padding or has no truth; 1 where there is one). A choice is one."""
    where = _places(feature, is_node)
    if feature.kind == "scalar":
        each = (prediction - truth) ** 2
    elif feature.kind == "mask":
        where = where * (truth != UNKNOWN)
        each = F.binary_cross_entropy_with_logits(prediction, truth.clamp(min=0), reduction="none")
    elif feature.kind in POINTERS:
        each = F.cross_entropy(prediction.flatten(0, -2), truth.flatten(), reduction="none").view(truth.shape)
    else:
        where = where * (truth != UNKNOWN).all(-1) if feature.kind == "categorical" else where[..., 0]
        each = -(prediction.log_softmax(-1) * truth.clamp(min=0)).sum(-1)
    where = where.expand(each.shape)
    return each * where, where


def _places(feature: Feature, is_node: Tensor) -> Tensor:
    """1 for elements that are no padding."""
    nodes = is_node.float()
    if feature.location == "graph":
        return nodes[:, 0]
    return nodes if feature.location == "node" else nodes[:, :, None] * nodes[:, None]


def scores(batch: Batch, run: Reasoned) -> dict[str, float]:
    """For each output: the share of right elements, of masks the F1 of the ones, as CLRS does; over the whole batch."""
    found = {}
    for feature in SPECS[batch.algorithm]:
        if feature.stage == "output":
            truth, said = batch.outputs[feature.name], hard(run.outputs[feature.name], feature)
            found[feature.name] = _score(said, truth, feature, batch.is_node)
    return found


def _score(said: Tensor, truth: Tensor, feature: Feature, is_node: Tensor) -> float:
    where = _places(feature, is_node) > 0
    if feature.kind == "mask":
        where = where & (truth != UNKNOWN)
        right = ((said == 1) & (truth == 1) & where).sum()
        either = ((said == 1) & where).sum() + ((truth == 1) & where).sum()
        return float(2 * right / either) if either else 1.0
    if feature.kind in POINTERS:
        return float((said == truth)[where].float().mean())
    if feature.kind == "scalar":
        return float(((said - truth) ** 2)[where].mean())
    return float((said == truth).all(-1).float().mean())
