"""What a growing graph tells its watchers. Events are plain data; `Committed` comes when its step is on the disk."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from agents.growing.state import Totals
from agents.growing.stop import Stopped


@dataclass(frozen=True, slots=True)
class Opened:
    """A run begins or goes on. done: its steps so far. steps: how many there will be at most; None where open."""

    store: str
    run: int
    model: str
    done: int
    steps: int | None
    resumed: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A document is in the store. pieces: how many calls it will take."""

    name: str
    words: int
    pieces: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file, or a part of one, that was not read. why: for a person, with its name."""

    why: str


@dataclass(frozen=True, slots=True)
class Asking:
    """The model is asked. step: of the run, from 1. about: the question, or the piece of a document."""

    step: int
    about: str
    strategy: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """The model has answered; nothing of it is in the store yet. cached: the reply came from the cache."""

    step: int
    triples: int
    tokens: int
    seconds: float
    cached: bool


@dataclass(frozen=True, slots=True)
class Committed:
    """A step is on the disk. number: in the store's log. this: what it brought and cost. seconds_left: an estimate."""

    step: int
    number: int
    about: str
    strategy: str
    this: Totals
    totals: Totals
    entities: int
    relations: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Growth:
    """The end of a run, or of this part of it.

    entities, relations: in the store now. stopped: why. session: what this process did; totals: the whole run.
    """

    store: str
    run: int
    model: str
    seed: str
    documents: tuple[str, ...]
    entities: int
    relations: int
    grounded: int
    totals: Totals
    session: Totals
    stopped: Stopped
    resume: str = ""
    strategies: dict[str, Any] = field(default_factory=dict)

    @property
    def facts_per_1000_tokens(self) -> float | None:
        """New facts of the run for 1,000 tokens; None where no tokens were counted."""
        return round(1000 * self.totals.facts / self.totals.tokens, 3) if self.totals.tokens else None

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "stopped": self.stopped.reason,
            "finished": self.stopped.finished,
            "message": self.stopped.message,
            "facts_per_1000_tokens": self.facts_per_1000_tokens,
        }


Event = Opened | Read | PassedOver | Asking | Proposed | Committed | Growth
