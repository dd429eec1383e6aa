"""Train in the upper layers of a frozen language model, whose lower layers are run once for all rows of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from evals.task import BadData


class _Reached(Exception):
    """The lower layers are done."""


def layers_of(model: Any) -> Any:
    """The list of decoder layers.

    Raises:
        BadData: the model is not built like Llama, whose body is `model.layers`.
    """
    found = getattr(getattr(model, "model", None), "layers", None)
    if not isinstance(found, nn.ModuleList):
        raise BadData(f"a {model.config.model_type!r} model is not built like Llama: use one with model.layers")
    return found


def cached_states(file: Path, model: Any, ids: Tensor, keep: int) -> Tensor:
    """`states`, kept in a file; a study that is stopped and goes on reads them there."""
    from safetensors.torch import load_file, save_file

    if file.exists():
        found = load_file(file)
        if torch.equal(found["ids"], ids):
            return found["states"]
    hidden = states(model, ids, keep).cpu().contiguous()
    part = file.with_suffix(".part")
    save_file({"ids": ids, "states": hidden}, part)
    part.replace(file)
    return hidden


@torch.no_grad()
def states(model: Any, ids: Tensor, keep: int, batch: int = 8) -> Tensor:
    """What reaches the last `keep` layers: [texts, length, hidden_size] for ids [texts, length]."""
    found: list[Tensor] = []

    def stop(_: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        found.append((args[0] if args else kwargs["hidden_states"]).detach().clone())
        raise _Reached

    handle = layers_of(model)[-keep].register_forward_pre_hook(stop, with_kwargs=True)
    try:
        for part in torch.split(ids, batch):
            try:
                model.model(input_ids=part.to(model.device), use_cache=False)
            except _Reached:
                continue
    finally:
        handle.remove()
    return torch.cat(found)


def keep_upper(model: Any, keep: int) -> Any:
    """Drop all but the last `keep` layers; `inputs_embeds` takes the `states` from then on. Changes the model."""
    upper: Any = nn.ModuleList(list(layers_of(model))[-keep:])
    for index, layer in enumerate(upper):
        layer.self_attn.layer_idx = index
    model.model.layers = upper
    model.config.num_hidden_layers = keep
    if getattr(model.config, "layer_types", None) is not None:
        model.config.layer_types = model.config.layer_types[-keep:]
    return model


class PickedHead(nn.Module):
    """A head that predicts at some places only, so that a text with few answers costs few logits.

    The last place comes twice: the loss compares each prediction with the label after it, and so labels are a
    meaningless first one and then the answers.
    """

    def __init__(self, head: nn.Module, places: list[int]) -> None:
        super().__init__()
        self.head, self.places = head, [*places, places[-1]]

    def forward(self, hidden: Tensor) -> Tensor:
        logits: Tensor = self.head(hidden[:, self.places])
        return logits
