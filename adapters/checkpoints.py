"""The state of a training on disk."""

from __future__ import annotations

from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import torch

from graphs.errors import StorageError


def write_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Replace the checkpoint at once, so that a kill leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def read_checkpoint(path: Path) -> dict[str, Any]:
    """What `write_checkpoint` wrote; tensors and plain values alone, so a file cannot run code.

    Raises:
        StorageError: it is damaged.
    """
    try:
        return dict(torch.load(path, map_location="cpu", weights_only=True))
    except (OSError, RuntimeError, EOFError, ValueError, UnpicklingError) as error:
        raise StorageError(f"the checkpoint {path} cannot be read ({error}); delete it to begin again") from error
