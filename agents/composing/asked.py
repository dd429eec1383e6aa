"""What a question asks for."""

from __future__ import annotations

from dataclasses import dataclass

from agents.composing.terms import Term


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    one: the question speaks of one thing ("which city is nearest to Ulm?").
    """

    term: Term
    one: bool = False
