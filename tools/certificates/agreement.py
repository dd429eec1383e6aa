"""When two numbers agree, and whether an answer is put as final: what all checkers ask."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tools.answers import Answer
from tools.certificates.base import require

TOLERANCE = 1e-9  # relative
NEXT_TO_ZERO = 1e-12  # absolute: small weights are weights too


def close(one: Any, other: Any) -> bool:
    """Whether two numbers are equal, up to rounding unless both are whole; False for anything that is no number."""
    pair = (one, other)
    if not all(isinstance(x, (int, float, Fraction)) and not isinstance(x, bool) for x in pair):
        return False
    if all(isinstance(x, (int, Fraction)) and x.denominator == 1 for x in pair):
        return bool(one == other)
    return one == other or math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=NEXT_TO_ZERO)


def nearly(a: Any, b: Any, tolerance: float = 1e-7) -> bool:
    """Whether two numbers are equal up to rounding; next to 0 far less is forgiven, as scores are small there."""
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-5 * tolerance)


def same_numbers(got: Mapping[Any, Any], expected: Mapping[Any, Any], what: str, tolerance: float = 1e-7) -> None:
    """Require the same keys, and the same numbers up to rounding."""
    require(got.keys() == expected.keys(), f"the {what} is not given for exactly the right nodes")
    for key, number in expected.items():
        require(nearly(got[key], number, tolerance), f"the {what} of {key} is {number}, not {got[key]}")


def settled(answer: Answer, *, estimated: bool = False) -> None:
    """Require an answer that claims to be exact (or to be an estimate, where that is all that the tool gives)."""
    require(answer.exact and answer.bounds is None and answer.interval is None, "the answer does not claim to be exact")
    require(answer.estimated == estimated, "the answer says wrongly whether it is an estimate")
