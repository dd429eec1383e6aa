"""The model of a run, with the cache of its calls: what was paid for once is not paid for again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.models import Ledger, Usage, chat_model

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


class Meter:
    """What the calls of one step cost.

    A reply from the cache costs nothing, yet it has been paid for: by the process that was stopped before its step was
    committed. So `tokens` counts the tokens of every reply that was used, and is the same however often a run was
    interrupted; `usage` counts what this process sent.
    """

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.tokens = 0

    @property
    def usage(self) -> Usage:
        return self.ledger.total

    @contextmanager
    def running(self) -> Iterator[Ledger]:
        """Count the calls of the block that are charged to the ledger it gives."""
        from langchain_core.callbacks import get_usage_metadata_callback

        with get_usage_metadata_callback() as replies:
            try:
                yield self.ledger
            finally:
                self.tokens += sum(int(counts["total_tokens"]) for counts in replies.usage_metadata.values())
