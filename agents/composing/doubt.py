"""What the words leave open: a bare number in a question with yes or no may be meant as "at least"."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from agents.composing.terms import Agreed, Compared, Empty, Not, Parity, Subset, Within

STATEMENTS = (Compared, Parity, Subset, Empty, Not, Agreed)


def both_readings(term: Any) -> Any:
    """A statement with the readings that a bare number leaves it: "does 3 have two neighbours?" where it has three."""
    if not isinstance(term, STATEMENTS):
        return term
    widened = at_least(term)
    return term if widened == term else Agreed(term, widened, "whether exactly so many or at least so many are meant")


def at_least(term: Any) -> Any:
    """The term with every bare number as a lower bound."""
    if isinstance(term, tuple) or not hasattr(term, "__dataclass_fields__"):
        return term
    changed = replace(term, **{each.name: at_least(getattr(term, each.name)) for each in fields(term)})
    if isinstance(changed, (Within, Compared)) and changed.bare and changed.compare == "==":
        return replace(changed, compare=">=")
    return changed
