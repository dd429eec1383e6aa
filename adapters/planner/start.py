"""Shipped weights as the beginning of a new training: tools and parameters are matched by their names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from adapters.planner.module import Planner

ENCODER = "encoder."


def state_of(folder: Path) -> dict[str, Tensor]:
    """The float32 arrays of a folder that `adapters.planner.export` wrote."""
    from safetensors.numpy import load_file

    raw = load_file(folder / "planner.safetensors")
    return {
        name: torch.from_numpy(np.asarray(value * raw.get(name + ".scale", np.float32(1)), dtype=np.float32))
        for name, value in raw.items()
        if not name.endswith(".scale")
    }


def begin_encoder(encoder: nn.Module, state: dict[str, Tensor]) -> None:
    """The layers of a BERT encoder from a state; the embeddings stay the base's, which training leaves as they are."""
    layers = {n.removeprefix(ENCODER): v for n, v in state.items() if n.startswith(ENCODER) and ".embeddings." not in n}
    missing = [n for n in encoder.load_state_dict(layers, strict=False).missing_keys if "embeddings" not in n]
    if missing:
        raise ValueError(f"the weights to begin with have no {', '.join(missing[:3])}: another size of encoder?")


@torch.no_grad()
def begin_heads(model: Planner, state: dict[str, Tensor], about: dict[str, Any], roles: Sequence[str]) -> None:
    """The heads from a state; parameters' roles that it does not know begin as they are."""
    known = {name: n for n, name in enumerate(about["roles"])}
    for kind in ("weight", "bias"):
        rows, own = state[f"mark_role.{kind}"], getattr(model.mark_role, kind)
        for n, role in enumerate(roles):
            if role in known:
                own[n] = rows[known[role]]
    heads = {n: v for n, v in state.items() if not n.startswith((ENCODER, "mark_role.", "tools"))}
    heads["scale"] = heads["scale"].reshape(model.scale.shape)
    model.load_state_dict(heads, strict=False)


@torch.no_grad()
def begin_corrections(
    model: Planner, state: dict[str, Tensor], about: dict[str, Any], tools: Sequence[str], described: Tensor
) -> None:
    """Corrections with which known tools have the state's vectors. described: [tools, size], what is read of them."""
    known = {name: n for n, name in enumerate(about["tools"])}
    for n, name in enumerate(tools):
        if name in known:
            model.corrections[n] = state["tools"][known[name]] - described[n]


def about_of(folder: Path) -> dict[str, Any]:
    """The names of its tools and roles."""
    found: dict[str, Any] = json.loads((folder / "planner.json").read_text())
    return found
