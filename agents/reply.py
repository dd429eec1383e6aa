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


@dataclass(frozen=True, slots=True)
class Quote:
    """Why a relation is believed: words of a document at [start, end), or what a model wrote in a step (`call`).

    stands: whether the words really stand there; None where no document is named.
    """

    text: str
    document: str | None = None
    start: int | None = None
    end: int | None = None
    step: int = 0
    call: str | None = None
    stands: bool | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A relation of a knowledge graph that an answer rests on, with its evidence."""

    relation: int
    source: str
    verb: str
    target: str
    status: str
    confidence: float
    step: int
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Reply:
    """The answer to one question.

    value: the typed answer as plain JSON data; None when there is no answer.
    text: the answer in words, in the wanted format where one was given.
    status: proven (a certificate was accepted), computed (a second method agreed, or no check is known), estimated
        (a statistical guess), unverified (a model said so), unanswerable (`text` says what is missing or asks back).
    certificates: one for each tool call of the plan.
    assumptions: the readings that were taken where the question left a choice.
    citations: the relations of a knowledge graph that the answer rests on.
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
    citations: tuple[Citation, ...] = field(default=(), repr=False)

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the answer itself: that of the last call."""
        return self.certificates[-1] if self.certificates else None
