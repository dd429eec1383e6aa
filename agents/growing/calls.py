"""The model of a run, with the cache of its calls: what was paid for once is not paid for again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.models import chat_model

if TYPE_CHECKING:
    from agents.growing.state import Settings

FILE = "calls.sqlite"  # beside the store


def model_of(settings: Settings, folder: Path) -> Any:
    """The chat model that the settings name."""
    return chat_model(
        settings.model,
        temperature=settings.temperature,
        max_tokens=settings.max_tokens,
        timeout=settings.timeout,
        retries=settings.retries,
        backoff=settings.backoff,
        seed=settings.rng,
        cache=folder / FILE,
    )
