"""What a question asks for."""

from __future__ import annotations

from dataclasses import dataclass

from agents.composing.terms import Set, Term


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    one: the question speaks of one thing ("which city is nearest to Ulm?"). among: the edges of which alone it is
    asked, as if there were no others ("the longest road at Ulm").
    """

    term: Term
    one: bool = False
    among: Set | None = None
