"""When a run stops, and what it says then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agents.growing.state import RunState, Settings


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a run stopped. message: for a person, with what to do."""

    reason: Literal[
        "steps", "tokens", "cost", "time", "no progress", "read", "no question", "cancelled", "model down", "garbage",
        "recording over", "price",
    ]  # fmt: skip
    message: str

    @property
    def finished(self) -> bool:
        """Whether the run did what it was asked to do."""
        return self.reason in (
            "steps",
            "tokens",
            "cost",
            "time",
            "no progress",
            "read",
            "no question",
            "recording over",
        )


def limit_reached(settings: Settings, state: RunState) -> Stopped | None:
    """The rule that ends the run after a committed step, or None while it goes on."""
    totals = state.totals
    if settings.steps is not None and totals.steps >= settings.steps:
        return Stopped("steps", f"all {settings.steps} steps are done")
    if settings.tokens is not None and totals.tokens >= settings.tokens:
        return Stopped("tokens", f"{totals.tokens:,} tokens are spent, the limit was {settings.tokens:,}")
    if settings.cost is not None and totals.cost is None:
        return Stopped(
            "price",
            f"the price of {settings.model} is unknown, so the limit of cost cannot be kept; name its price in the "
            "table of KONIGSBERG_PRICES, or resume with another limit",
        )
    if settings.cost is not None and totals.cost is not None and totals.cost >= settings.cost > 0:
        return Stopped("cost", f"the calls have cost {totals.cost:.4f}, the limit was {settings.cost:g}")
    if settings.seconds is not None and totals.seconds >= settings.seconds:
        return Stopped("time", f"{totals.seconds:.0f} seconds are used up, the limit was {settings.seconds:.0f}")
    if state.garbage >= settings.garbage:
        return Stopped(
            "garbage",
            f"{state.garbage} replies in a row held nothing usable; every one is in quarantine with its reason "
            "(`konigsberg graph log DIR --step N`). Go on with a more capable model (--model), or with more tokens "
            "for a reply (--max-tokens)",
        )
    if not state.documents_left and state.idle >= settings.window:
        return Stopped("no progress", f"{state.idle} steps in a row brought no new fact")
    if not state.documents_left and state.question is None:
        if state.pieces and not settings.seed:
            return Stopped("read", f"all {state.pieces} pieces of the documents are read")
        return Stopped("no question", "every question that the graph suggests has been asked before in other words")
    return None


def stop_of(error: Exception | None, *, cancelled: bool) -> Stopped:
    """Why a run stopped between two steps: its user said so, or the model gave no reply."""
    if cancelled or error is None:
        return Stopped("cancelled", "stopped on request")
    if recording_over(error):
        return Stopped("recording over", str(error))
    return Stopped("model down", str(error))


def recording_over(error: Exception) -> bool:
    """Whether a recorded model has no reply left."""
    from agents.backends.replay import PLAYED

    return PLAYED in str(error)


def how_to_resume(folder: str) -> str:
    return f"everything reported is committed; go on with: konigsberg grow --resume --store {folder}"
