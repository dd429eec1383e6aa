"""The figures of a step, written into its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.growing.next_question.view import View
    from graphs.science import Observer


def measure(view: View, observer: Observer | None) -> dict[str, Any]:
    """The graph after a step: how many facts are grounded, and the network-science figures beside the step before.

    observer: None where the figures are not wanted. What costs more (null models, fits) the report computes.
    """
    grounded = sum(relation.status == "grounded" for relation in view.relations)
    share = {"grounded_share": round(grounded / len(view.relations), 4) if view.relations else 0.0}
    return share if observer is None else {**share, **observer.measure(view.simple).as_json()}
