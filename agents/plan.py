"""A plan: the tool calls that answer a question, and what of the last answer is wanted."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from agents.composing.asked import Asked
    from agents.composing.terms import Set

# "thing": the value where it exists, else False ("Is there one? If so, give it.").
Pick = Literal["value", "thing", "count", "exists", "length", "hops", "total"]
Operator = Literal["==", "!=", "<", "<=", ">", ">="]
COMPARE = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """An argument that is known when the calls before it are answered: the things of a set ("all leaves")."""

    of: Set


@dataclass(frozen=True)
class Call:
    """One tool call. `on`: the index of the earlier call whose graph it works on; None for the question's graph."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)
    on: int | None = None


@dataclass(frozen=True)
class Compare:
    """Compare the picked value with a number: "is the diameter more than 3?"."""

    operator: Operator
    number: float


@dataclass(frozen=True)
class Keep:
    """Keep the nodes of a list whose label begins, or ends, with `text` (in any case)."""

    how: Literal["start", "end"]
    text: str

    def holds(self, node: Any) -> bool:
        label, text = str(node).casefold(), self.text.casefold()
        return label.startswith(text) if self.how == "start" else label.endswith(text)


@dataclass(frozen=True)
class Plan:
    """What to call, in order; the last call's answer, as `pick` says, is the answer.

    certainty: 0 … 1, how sure the planner is that this is what was asked. assumptions: readings taken, in words.
    alternatives: other readings as questions, best first. source: who made the plan. replaced: the tool that was asked
    for when the solver had to put another in its place (has_path where a path was asked and there is none).
    """

    calls: tuple[Call, ...]
    pick: Pick = "value"
    compare: Compare | None = None
    certainty: float = 1.0
    assumptions: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    source: Literal["router", "follow-up", "embedded", "experience", "model", "caller"] = "router"
    replaced: str | None = None
    sort: Literal["", "ascending", "descending"] = ""  # of a list of labels or numbers
    negate: bool = False  # the question is the opposite of what the last call answers: "is it disconnected?"
    member: tuple[Any, ...] = ()  # a node, or the two ends of an edge: is it one of those that the last call lists?
    keep: Keep | None = None
    asked: Asked | None = None
    common: bool = False  # the nodes that the last two calls both list: "which neighbours of Bob are leaves?"

    @property
    def last(self) -> Call:
        return self.calls[-1]
