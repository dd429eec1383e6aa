"""The verifier: what the certificates of the calls are worth together."""

from __future__ import annotations

from typing import Any

from agents.reply import Status
from agents.state import Context, State

DOUBTFUL = 0.85  # a reading less sure than this takes the "proven" from an answer


def verify(state: State, context: Context) -> dict[str, Any]:
    """Refuse an answer whose check failed. Reads answers, certificates; writes fault."""
    for certificate in state.certificates:
        if certificate.grade != "none" and not certificate.holds:
            return {
                "fault": "The answer failed its own check, so it is withheld: "
                f"{certificate.reason}. This is a bug; please report it with the question."
            }
    return {}


def status_of(state: State) -> Status:
    """The status of the answer: the weakest link of the reading, the calls and their certificates."""
    if not state.answers:
        return "unanswerable"
    if any(answer.estimated or not answer.exact for answer in state.answers):
        return "estimated"
    reading = state.reading
    doubtful = reading is not None and (reading.contradictions or reading.confidence < DOUBTFUL)
    if doubtful or any(c.grade != "proof" or not c.holds for c in state.certificates):
        return "computed"
    return "proven"
