"""Documents: a model reads a piece of text and writes down the triples that it states, each with its words."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agents.growing.chunks import Chunk
from agents.growing.proposal import Proposal
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def extract(
    model: BaseChatModel,
    document: str,
    chunk: Chunk,
    *,
    known: Sequence[str] = (),
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
) -> Proposal:
    """The triples of one chunk, grounded already: `start` and `end` are offsets in the document, not in the chunk."""
    raise NotImplementedError
