"""A critic that improves a proposal round by round, as long as there is something to gain."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from agents.growing.proposal import Proposal
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def criticise(
    model: BaseChatModel,
    proposal: Proposal,
    rounds: int = 2,
    *,
    question: str = "",
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
) -> Proposal:
    """The proposal after at most `rounds` rounds of critique; it ends early on repetition or when nothing is gained."""
    raise NotImplementedError
