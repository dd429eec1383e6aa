"""A solved question as a pattern: which names and numbers of its words went into which arguments of its plan.

A pattern fits another question that is worded alike but for names and numbers, and gives the plan with the new ones in
their places. A name or number that cannot be told to go to one argument alone must be the same again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from agents.plan import Call, Plan
from agents.routing.mentions import Mark, Mentions, find_mentions
from graphs.errors import GraphError
from graphs.graph import Graph
from tools.registry import Parameter, get_tool

NODE_KINDS = ("node", "nodes", "pairs")
NUMBER_KINDS = ("int", "float", "time", "numbers")
Place = tuple[int, str, tuple[int, ...]]  # call, parameter, position in its list of nodes, pairs or numbers


class NoPattern(GraphError):
    """A plan speaks of what its question does not name, so that it fits no other question."""


@dataclass(frozen=True)
class Pattern:
    """wording: the question, names and numbers as marks. marks: what stood there. slots: mark -> its argument."""

    wording: str
    marks: tuple[str, ...]
    plan: Plan
    slots: Mapping[int, Place]

    def to_json(self) -> dict[str, Any]:
        """As plain data; `from_json` reads it back equal."""
        calls = [asdict(call) for call in self.plan.calls]
        plan = {"calls": calls, "pick": self.plan.pick, "certainty": self.plan.certainty}
        slots = [[mark, *place] for mark, place in self.slots.items()]
        return {**plan, "wording": self.wording, "marks": list(self.marks), "slots": slots}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Pattern:
        calls = tuple(_call(call) for call in data["calls"])
        plan = Plan(calls, pick=data["pick"], certainty=float(data["certainty"]), source="experience")
        slots = {mark: (call, name, tuple(at)) for mark, call, name, at in data["slots"]}
        return cls(data["wording"], tuple(data["marks"]), plan, slots)


def wording_of(mentions: Mentions) -> str:
    """What a question says besides names and numbers."""
    return " ".join(mentions.skeleton.casefold().split()).rstrip(" ?.!")


def pattern_of(question: str, graph: Graph, plan: Plan) -> Pattern:
    """The pattern of a plan that answered `question` on `graph`.

    Raises:
        NoPattern: an argument is a node that the question does not name, or another graph, or the plan is more than
            calls.
    """
    if plan.asked or plan.compare or plan.negate or plan.member or plan.keep or plan.common or plan.sort:
        raise NoPattern("only what of an answer a plan picks is kept, and this plan changes it further")
    mentions = find_mentions(question, graph)
    taken = _taken(plan, mentions.marks)
    uses = Counter(mark for marks in taken.values() for mark in marks)
    slots = {marks[0]: place for place, marks in taken.items() if len(marks) == 1 and uses[marks[0]] == 1}
    return Pattern(wording_of(mentions), tuple(mark.text for mark in mentions.marks), plan, slots)


def _taken(plan: Plan, marks: Sequence[Mark]) -> dict[Place, list[int]]:
    """For each argument that is a node or a number, the marks that it may have come from."""
    found: dict[Place, list[int]] = {}
    for number, call in enumerate(plan.calls):
        by_name = {p.name: p for p in get_tool(call.tool).parameters}
        for name, value in call.arguments.items():
            parameter = by_name[name]
            if isinstance(value, Graph) or parameter.kind in ("graph", "labels"):
                raise NoPattern(f"{name} of {call.tool} is more than a name or a number")
            for at, item in _items(parameter, value):
                found[number, name, at] = [n for n, mark in enumerate(marks) if _means(mark, parameter, item)]
                if parameter.kind in NODE_KINDS and not found[number, name, at]:
                    raise NoPattern(f"the question does not name the node {item!r}")
    return found


def _items(parameter: Parameter, value: Any) -> list[tuple[tuple[int, ...], Any]]:
    """The nodes or numbers of an argument with their places."""
    if parameter.kind == "pairs":
        return [((n, side), pair[side]) for n, pair in enumerate(value) for side in (0, 1)]
    if parameter.kind in ("nodes", "numbers"):
        return [((n,), item) for n, item in enumerate(value)]
    return [((), value)] if parameter.kind in (*NODE_KINDS, *NUMBER_KINDS) else []


def _means(mark: Mark, parameter: Parameter, value: Any) -> bool:
    if parameter.kind in NODE_KINDS:
        return mark.node is not None and mark.node == value
    return mark.number is not None and mark.number == value


def filled(pattern: Pattern, question: str, graph: Graph) -> Plan | None:
    """The plan for `question` on `graph`; None where the question is another than the pattern's."""
    mentions = find_mentions(question, graph)
    if wording_of(mentions) != pattern.wording or len(mentions.marks) != len(pattern.marks):
        return None
    arguments = [_copied(call.arguments) for call in pattern.plan.calls]
    for number, mark in enumerate(mentions.marks):
        if number not in pattern.slots:
            if mark.text != pattern.marks[number]:
                return None
            continue
        call, name, at = pattern.slots[number]
        parameter = {p.name: p for p in get_tool(pattern.plan.calls[call].tool).parameters}[name]
        value = mark.node if parameter.kind in NODE_KINDS else _number(parameter, mark)
        if value is None:
            return None
        _put(arguments[call], name, at, value)
    calls = tuple(replace(call, arguments=given) for call, given in zip(pattern.plan.calls, arguments, strict=True))
    return replace(pattern.plan, calls=calls, source="experience")


def _number(parameter: Parameter, mark: Mark) -> float | int | None:
    if mark.number is None or (parameter.kind == "int" and not float(mark.number).is_integer()):
        return None
    return int(mark.number) if float(mark.number).is_integer() else mark.number


def _copied(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [tuple(item) if isinstance(item, (list, tuple)) else item for item in value]
        if isinstance(value, list)
        else value
        for name, value in arguments.items()
    }


def _put(arguments: dict[str, Any], name: str, at: tuple[int, ...], value: Any) -> None:
    if not at:
        arguments[name] = value
    elif len(at) == 1:
        arguments[name][at[0]] = value
    else:
        pair = list(arguments[name][at[0]])
        pair[at[1]] = value
        arguments[name][at[0]] = tuple(pair)


def _call(data: Mapping[str, Any]) -> Call:
    """A call from JSON, in which pairs are lists. Raises KeyError, TypeError or ValueError where it is none."""
    return Call(data["tool"], _copied(data["arguments"]), data["on"])
