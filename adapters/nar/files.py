"""A reasoner in a folder: `nar.safetensors` and `nar.json`."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from adapters.nar.config import NARConfig
from adapters.nar.model import NAR
from graphs.errors import StorageError

WEIGHTS, ABOUT = "nar.safetensors", "nar.json"


def save_nar(model: NAR, folder: Path) -> None:
    """Write the weights, as float32, and the settings."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: value.detach().float().cpu().contiguous() for name, value in model.state_dict().items()},
              folder / WEIGHTS)  # fmt: skip
    (folder / ABOUT).write_text(json.dumps(model.config.as_json(), indent=1) + "\n", encoding="utf-8")


def load_nar(folder: Path, device: torch.device | str = "cpu") -> NAR:
    """The reasoner that `save_nar` wrote, ready to run and frozen.

    Raises:
        StorageError: the folder holds none, or a damaged one.
    """
    try:
        config = NARConfig.from_json(json.loads((folder / ABOUT).read_text(encoding="utf-8")))
        model = NAR(config)
        model.load_state_dict(load_file(folder / WEIGHTS))
    except FileNotFoundError as error:
        raise StorageError(f"{folder} holds no reasoner: {WEIGHTS} and {ABOUT} are needed") from error
    except (ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise StorageError(f"the reasoner in {folder} cannot be read: {error}") from error
    return model.to(device).eval().requires_grad_(False)
