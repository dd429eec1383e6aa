"""What the embedded planner reads in a question: for each tool that may answer it a plan, and how sure it is.

The model scores; the registry decides what can be scored: a tool that does not exist, an argument that a tool does not
have, a node that is not in the graph cannot come out of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.embedded.taught import BOUND, MAX_EDITS, UNTAKEN, description, is_edit, taught
from agents.plan import Call, Compare, Plan
from agents.routing.binding import Binder, Binding
from agents.routing.mentions import Mark, Mentions
from graphs.graph import Graph
from tools import answers
from tools.registry import Parameter, Tool

if TYPE_CHECKING:
    from adapters.planner.reader import Heads, PlannerReader

NODE_KINDS = ("node", "nodes", "pairs", "labels")
NUMBER_KINDS = ("int", "float", "time", "numbers", "labels")
HINT = 6.0  # what a score of 1 of the certain router is worth, in log-probability; chosen on validation examples
CHOICES = 3  # tools that are looked at
ADDING = "add_nodes"
WORDS_OWN = 0.95  # how sure the model must be that a number is no argument


# After a number that is a node's name as well: "remove 2 nodes" names none.
_COUNTED = re.compile(r"\s+(?:nodes|vertices|points|edges|links|people|persons|cities|towns|friends|stations)\b", re.I)


@dataclass(frozen=True)
class Proposal:
    """A plan for a question and how sure the model is of it.

    tool, edits, arguments: probabilities of the answering tool, of the changes before it, and of the marks' places.
    own: that of the tool without the hints of the certain router.
    missing: required arguments that the question does not give, with the tools that need them.
    """

    plan: Plan
    tool: float
    edits: float
    arguments: float
    missing: tuple[tuple[Tool, Parameter], ...] = ()
    spare: int = 0  # marks that no argument took
    own: float = 0.0

    @property
    def certainty(self) -> float:
        """The probability that the whole plan is right, as far as the model can tell."""
        return self.tool * self.edits * self.arguments

    @property
    def own_certainty(self) -> float:
        """The same without the router's hints: two that agree by hearsay are no two witnesses."""
        return self.own * self.edits * self.arguments


@dataclass(frozen=True)
class Understanding:
    """What the model makes of a question. kind: probabilities of "plan", "other", "vague"; proposals: best first."""

    kind: dict[str, float]
    proposals: list[Proposal] = field(default_factory=list)


@cache
def reader() -> PlannerReader:
    """The shipped planner, loaded once."""
    from adapters.planner.reader import PlannerReader

    return PlannerReader()


@dataclass(frozen=True)
class _Table:
    """The tools that may be chosen, and their vectors, in one order."""

    tools: tuple[Tool, ...]
    vectors: Any
    edits: Any  # [tools] of bool

    @property
    def numbers(self) -> dict[str, int]:
        return {tool.name: n for n, tool in enumerate(self.tools)}


@cache
def table() -> _Table:
    """The vectors of all tools; one that the planner was not taught is read from its description."""
    model = reader()
    known = {name: n for n, name in enumerate(model.tools)}
    tools = taught()
    rows = [model.table[known[t.name]] if t.name in known else model.describe(description(t)) for t in tools]
    return _Table(tools, np.stack(rows), np.array([is_edit(t) for t in tools]))


def understand(
    question: str, graphs: Sequence[Graph], mentions: Mentions, hints: Mapping[str, float] | None = None
) -> Understanding:
    """What `question` asks of the first of `graphs`. One forward pass of the encoder, some 20 ms.

    hints: tools that the words of the question speak for, with the certain router's scores.
    """
    from adapters.planner.pieces import COMPARES, KINDS, PICKS

    heads = reader().read(mentions.skeleton, table().vectors)
    kind = {name: float(p) for name, p in zip(KINDS, np.exp(heads.kinds))}
    edits, edits_sure = _edits(heads)
    found = []
    for number, tool_sure, own in _answering(heads, graphs, hints or {}):
        tool = table().tools[number]
        placed = _places(heads, [tool, *edits], mentions.marks)
        placed.spare += sum(1 for m in mentions.nodes if _COUNTED.match(question, m.end) and str(m.node).isdecimal())
        steps = [(edit, step) for step, edit in enumerate(edits, 1)] + [(tool, 0)]
        bound = [_bound(t, placed.of(n), _rest(mentions, placed, n), question, graphs) for t, n in steps]
        calls = [Call(t.name, b.arguments, n - 1 if n else None) for n, ((t, _), b) in enumerate(zip(steps, bound))]
        missing = tuple((t, lacking) for (t, _), binding in zip(steps, bound) for lacking in binding.missing)
        assumptions = tuple(dict.fromkeys(said for binding in bound for said in binding.assumptions))
        compare = _compare(COMPARES[int(heads.compares.argmax())], placed.bound, tool)
        pick: Any = PICKS[int(heads.picks.argmax())]
        if compare is not None:
            pick = "length" if issubclass(tool.returns, answers.Path) else "count" if _listed(tool) else "value"
        elif pick != "value" and not _has(tool, pick):
            pick = "value"
        plan = Plan(tuple(calls), pick, compare, assumptions=assumptions, source="embedded")
        found.append(Proposal(plan, tool_sure, edits_sure, placed.sure, missing, placed.spare, own))
    return Understanding(kind, found)


def nearest_tools(mentions: Mentions, graphs: Sequence[Graph], count: int) -> tuple[list[Tool], list[Tool]]:
    """(tools that may answer, tools that may change the graph before), likeliest first."""
    heads = reader().read(mentions.skeleton, table().vectors)
    tools = table().tools
    answering = [tools[number] for number, *_ in _answering(heads, graphs, {}, count)]
    scores = np.where(table().edits, heads.tools[1:, :-1].max(axis=0), -np.inf)
    return answering, [tools[int(n)] for n in np.argsort(-scores)[:count]]


def pieces_in(mentions: Mentions) -> int:
    """How many word pieces the model reads of a question."""
    return reader().count(mentions.skeleton)


def _listed(tool: Tool) -> bool:
    return not issubclass(tool.returns, (answers.Number, answers.Truth, answers.NodeAnswer, answers.Flow))


def _has(tool: Tool, pick: str) -> bool:
    return pick in ("thing", "exists") or hasattr(tool.returns, pick) or pick in ("count",)


def _answering(
    heads: Heads, graphs: Sequence[Graph], hints: Mapping[str, float], count: int = CHOICES
) -> list[tuple[int, float, float]]:
    """The likeliest tools that can work on these graphs, with their probability among all of those.

    The second probability leaves out what the hints add.
    """
    scores = heads.tools[0][:-1].astype(np.float64)
    added = np.zeros_like(scores)
    graph = graphs[0] if graphs else None
    for number, tool in enumerate(table().tools):
        added[number] = HINT * hints.get(tool.name, 0.0)
        pairs = any(p.kind == "graph" and p.required for p in tool.parameters)
        if tool.takes_graph != (graph is not None) or (pairs and len(graphs) < 2):
            scores[number] = -np.inf
        elif graph is not None and tool.unmet(graph):
            scores[number] -= 3.0  # likely meant otherwise, else the graph lacks what is needed
    chances, own = _shares(scores + added), _shares(scores)
    best = np.argsort(-chances)[:count]
    return [(int(n), float(chances[n]), float(own[n])) for n in best if chances[n] > 0]


def _shares(scores: Any) -> Any:
    """Scores as probabilities."""
    chances = np.exp(scores - scores.max())
    return chances / chances.sum()


def _edits(heads: Heads) -> tuple[list[Tool], float]:
    """The changes before the answer, in order, and how sure they are."""
    chosen: list[Tool] = []
    sure = 1.0
    for step in range(1, 1 + MAX_EDITS):
        scores = np.where(np.append(table().edits, True), heads.tools[step], -np.inf)
        chances = _shares(scores)
        best = int(chances.argmax())
        sure *= float(chances[best])
        if best == len(table().tools):
            break  # later steps stay empty
        chosen.append(table().tools[best])
    return chosen, sure


@dataclass
class _Placed:
    """Which mark goes to which parameter of which step."""

    rows: list[tuple[int, str, Mark, int]] = field(default_factory=list)  # step, parameter, mark, its number
    bound: float | None = None
    sure: float = 1.0
    spare: int = 0

    def of(self, step: int) -> list[tuple[str, Mark]]:
        return [(name, mark) for at, name, mark, _ in self.rows if at == step]


def _places(heads: Heads, tools: Sequence[Tool], marks: Sequence[Mark]) -> _Placed:
    """The likeliest place of each mark among the parameters that these tools have and that can take it."""
    placed = _Placed()
    roles = {name: n for n, name in enumerate(reader().roles)}
    taken: set[tuple[int, str]] = set()
    options: list[tuple[float, int, int, str]] = []
    untaken = {n for n, mark in enumerate(marks[: len(heads.steps)]) if _belongs_to_the_words(mark, heads.steps[n])}
    for number, mark in enumerate(marks[: len(heads.steps)]):
        if number in untaken:
            placed.sure *= math.exp(heads.steps[number][UNTAKEN])
            continue
        for step, tool in enumerate(tools):
            for parameter in tool.parameters:
                if parameter.name in roles and (_takes(parameter, mark) or _is_new(tool, parameter, mark)):
                    score = heads.steps[number][step] + heads.roles[number][roles[parameter.name]]
                    options.append((float(score), number, step, parameter.name))
        if mark.number is not None and BOUND in roles:
            score = heads.steps[number][0] + heads.roles[number][roles[BOUND]]
            options.append((float(score), number, 0, BOUND))
    done: set[int] = set()
    rows: dict[int, tuple[int, str, Mark, int]] = {}
    for score, number, step, name in sorted(options, reverse=True):
        several = name != BOUND and any(p.name == name and p.kind in ("nodes", "pairs", "labels", "numbers")
                                        for p in tools[step].parameters)  # fmt: skip
        if number in done or ((step, name) in taken and not several):
            continue
        if score < math.log(1e-4):
            continue
        done.add(number)
        taken.add((step, name))
        placed.sure *= math.exp(score)
        rows[number] = (step, name, marks[number], number)
        if name == BOUND:
            placed.bound = marks[number].number
    placed.rows = [rows[n] for n in sorted(rows)]
    placed.spare = len(marks) - len(done) - len(untaken)
    return placed


def _belongs_to_the_words(mark: Mark, steps: Any) -> bool:
    """Whether a number is part of a wording ("Step 1:", "the 4-cycle"), as the model is sure. steps [steps + 1]."""
    return mark.number is not None and mark.node is None and bool(steps[UNTAKEN] > math.log(WORDS_OWN))


def _takes(parameter: Parameter, mark: Mark) -> bool:
    if mark.node is not None and parameter.kind in NODE_KINDS:
        return True
    if mark.number is None or parameter.name == "time_limit":
        return False
    return parameter.kind in NUMBER_KINDS and (parameter.kind != "int" or mark.number.is_integer())


def _is_new(tool: Tool, parameter: Parameter, mark: Mark) -> bool:
    """Whether a mark may name a node that is yet to be added."""
    return tool.name == ADDING and parameter.kind == "nodes" and mark.node is None


def _rest(mentions: Mentions, placed: _Placed, step: int) -> Mentions:
    """The mentions without those that went to other steps or to a comparison."""
    away = {mark.text for at, name, mark, _ in placed.rows if at != step or name == BOUND}
    own = {mark.text for at, name, mark, _ in placed.rows if at == step and name != BOUND}
    gone = away - own
    nodes = tuple(m for m in mentions.nodes if str(m.node) not in gone)
    numbers = tuple(q for q in mentions.quantities if f"{q.number:g}" not in gone)
    return Mentions(nodes, numbers, mentions.unknown, mentions.skeleton, mentions.marks, mentions.groups)


def _bound(
    tool: Tool, placed: Sequence[tuple[str, Mark]], rest: Mentions, question: str, graphs: Sequence[Graph]
) -> Binding:
    """The placed marks as arguments, and from the words what no mark can say, with the readings that they took."""
    given: dict[str, Any] = {}
    for parameter in tool.parameters:
        marks = [mark for name, mark in placed if name == parameter.name]
        value = _new_names(marks, rest.unknown) if tool.name == ADDING else _value(parameter, marks)
        if value is not None:
            given[parameter.name] = value
    words = Binder(question, rest, graphs).bind(tool)
    for parameter in tool.parameters:
        if parameter.name not in given and parameter.name in words.arguments and parameter.kind not in NODE_KINDS[:3]:
            if parameter.kind in ("int", "float", "time") and not parameter.required:
                continue
            given[parameter.name] = words.arguments[parameter.name]
    missing = [p for p in tool.parameters if p.required and p.name not in given]
    return Binding(given, missing, assumptions=words.assumptions)


def _new_names(marks: Sequence[Mark], unknown: Sequence[str]) -> list[str] | None:
    """The names of nodes to add; None where the words name none as a node ("add 2 more vertices")."""
    names = [mark.text for mark in marks if mark.node is None]
    return list(dict.fromkeys(names)) if set(names) & set(unknown) else None


def _value(parameter: Parameter, marks: Sequence[Mark]) -> Any:
    if not marks:
        return None
    nodes: list[Hashable] = [mark.node for mark in marks if mark.node is not None]
    numbers = [mark.number for mark in marks if mark.number is not None]
    if parameter.kind == "node":
        return nodes[0]
    if parameter.kind == "nodes":
        return list(dict.fromkeys(nodes))
    if parameter.kind == "pairs":
        return list(zip(nodes[::2], nodes[1::2])) if len(nodes) % 2 == 0 else None
    if parameter.kind == "numbers":
        return numbers
    if parameter.kind == "labels":
        return None  # "Ann: 3" is read by the binder, from the words
    number = numbers[0]
    return int(number) if parameter.kind == "int" or number.is_integer() else number


def _compare(operator: Any, bound: float | None, tool: Tool) -> Compare | None:
    if not operator or bound is None or issubclass(tool.returns, (answers.Truth, answers.NodeAnswer)):
        return None
    return Compare(operator, bound)
