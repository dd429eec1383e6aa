"""What an agent answers: a typed value, its wording, its proof, how it came about and what it cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from tools.certificates import Certificate

Status = Literal["proven", "computed", "estimated", "unverified", "unanswerable"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What an answer cost: calls to a model, their tokens, and wall-clock seconds."""

    model_calls: int = 0
    tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the trace: which agent did what, from what to what, in how many seconds."""

    agent: str
    title: str
    input: Any = None
    output: Any = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Reply:
    """The answer to one question.

    value: the typed answer as plain JSON data; None when there is no answer.
    text: the answer in words, in the wanted format where one was given.
    status: proven (a certificate was accepted), computed (a second method agreed, or no check is known), estimated
        (a statistical guess), unverified (a model said so), unanswerable (`text` says what is missing or asks back).
    certificates: one for each tool call of the plan.
    assumptions: the readings that were taken where the question left a choice.
    readings: when the question is unclear: what it may mean, best first, each a question to ask instead.
    """

    value: Any
    text: str
    status: Status
    certificates: tuple[Certificate, ...] = ()
    assumptions: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    steps: tuple[Step, ...] = field(default=(), repr=False)
    cost: Cost = Cost()

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the answer itself: that of the last call."""
        return self.certificates[-1] if self.certificates else None
