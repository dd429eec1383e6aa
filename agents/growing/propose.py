"""Self-questioning: a model thinks about a question and proposes triples."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agents.growing.proposal import Proposal
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def propose(
    model: BaseChatModel,
    question: str,
    context: Sequence[str] = (),
    *,
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
) -> Proposal:
    """What `model` proposes when it thinks about `question`: one call, and one more if nothing of its reply is usable."""
    raise NotImplementedError
