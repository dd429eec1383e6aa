"""Which of the tools that may fit a question answers it for certain, and the plan of calling it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from agents.asking import ask_back, by_direction, missing
from agents.doubt import BRINGS_IN, NO_GRAPH, Update, as_asked, not_certain, not_there, uncertain, withhold
from agents.plan import Call, Compare, Plan
from agents.routing.certainty import certain, lacking
from agents.routing.forms import Form
from agents.routing.kinds import direction_open, of_another_kind
from agents.routing.mentions import Mentions
from agents.routing.misreading import misread, other_measure, turned_round
from agents.routing.picking import comparison, measures_crossed, pick_for
from agents.routing.router import CERTAIN, Candidate, candidates
from agents.wording import sentence
from graphs.graph import Graph
from tools import answers

_ASKS_WHEN = re.compile(r"(?:since |from |until )?(?:when|at (?:what|which) times?) (?!the\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What a question asks of the graph that its edits make.

    question: without edits, courtesy and the wish for an order. whole: as it was put. wants_thing: "is there one? If
    so, give it."
    """

    question: str
    whole: str
    graphs: tuple[Graph, ...]
    edits: tuple[Call, ...]
    mentions: Mentions
    form: Form
    sort: Literal["", "ascending", "descending"]
    wants_thing: bool

    @property
    def graph(self) -> Graph | None:
        return self.graphs[0] if self.graphs else None


@dataclass(frozen=True)
class Choice:
    """The tool that answers, with the other tools that it was chosen from, and a comparison of its figure."""

    best: Candidate
    found: list[Candidate]
    compare: Compare | None


def choose(asked: Asked, found: list[Candidate]) -> Choice | Update:
    """The tool that certainly answers, or what to say where there is none."""
    graph, question = asked.graph, asked.question
    if graph is None and (not found or not certain(found)):
        return {"fault": NO_GRAPH}
    if asked.mentions.unknown and graph is not None and not (found and BRINGS_IN.search(asked.whole)):
        return {"fault": sentence(str(graph.missing(asked.mentions.unknown[0])))}
    if not found:
        return not_certain(found)
    if asked.wants_thing:
        found = _things(found)
    unmet = lacking(found, graph)
    if unmet:
        return {"fault": unmet}
    compare: Compare | None = None
    if not certain(found) and asked.form == "yes_no" and (compared := _compared(question, asked.graphs)) is not None:
        found, compare = compared
    best = _by_measure(found, question, graph)
    if best is None:
        return withhold(found)
    if best.binding.missing and best.score + 0.25 * len(best.binding.missing) >= CERTAIN:
        absent = "" if graph is None else not_there(question, graph)
        return {"fault": absent or missing(best.tool, best.binding.missing)}
    if not certain(found):
        return uncertain(found, question, graph)
    choice = Choice(best, found, compare)
    if graph is not None and direction_open(best.tool.name, best.binding.arguments, asked.whole, graph):
        return ask_back(by_direction(best.tool, best.binding.arguments))
    return withhold(found) if _answers_another(asked, choice) else choice


def _by_measure(found: list[Candidate], question: str, graph: Graph | None) -> Candidate | None:
    """The best candidate; None where the question minimises one measure of a path and asks for another."""
    best = found[0]
    if graph is None or not graph.weighted or best.tool.family not in ("paths", "path_lists"):
        return best
    crossed = measures_crossed(question)
    if crossed == "hops of the cheapest":
        return next((c for c in found[:2] if c.tool.name == "shortest_path"), None)
    return None if crossed else best


def _answers_another(asked: Asked, choice: Choice) -> bool:
    """Whether the tool's answer is known to be another than what the question asks for."""
    question, tool, form = asked.question, choice.best.tool, asked.form
    if asked.graph is not None and other_measure(question, asked.graph):
        return True
    if asked.graph is not None and of_another_kind(tool.name, asked.whole, asked.graph):
        return True
    if form == "when" and not tool.takes_time and _ASKS_WHEN.match(question):
        return True
    return choice.compare is None and (
        misread(tool, choice.best.binding, question, asked.mentions.skeleton, form) or turned_round(asked.whole, form)
    )


def planned(asked: Asked, choice: Choice) -> Update:
    """The plan: the edits, the tool, and what of its answer is wanted."""
    tool, binding, compare = choice.best.tool, choice.best.binding, choice.compare
    if asked.form == "yes_no" and compare is None and tool.name.startswith(("count_", "num_", "number_of_")):
        compare = Compare(">", 0)  # "is there a cycle of length 5?"
    pick = pick_for(tool, asked.question, "any" if asked.wants_thing or compare else asked.form)
    if compare is not None and issubclass(tool.returns, answers.Path):
        pick = "length"
    if asked.wants_thing and pick == "value":
        pick = "thing"
    last = Call(tool.name, binding.arguments, on=len(asked.edits) - 1 if asked.edits else None)
    return {
        "plan": Plan(
            (*asked.edits, last),
            pick=pick,
            compare=compare,
            certainty=min(1.0, round(choice.best.score, 3)),
            assumptions=tuple(binding.assumptions),
            sort=asked.sort,
            alternatives=tuple(as_asked(c) for c in choice.found[1:3]),
        )
    }


def _things(found: list[Candidate]) -> list[Candidate]:
    """For "is there one? If so, give it": the tools that give it, where one fits nearly as well as the yes or no."""
    giving = [c for c in found if not issubclass(c.tool.returns, answers.Truth)]
    own = next((c for c in giving if found[0].tool.name == f"has_{c.tool.name}"), None)
    if own is not None:  # it gives the very thing
        return [replace(own, score=found[0].score, surplus=False, dropped=False), *(c for c in found if c is not own)]
    return giving if giving and giving[0].score >= found[0].score - 0.35 else found


def _compared(question: str, graphs: tuple[Graph, ...]) -> tuple[list[Candidate], Compare] | None:
    """The figure that a yes-or-no question compares with a number, when that is certain."""
    found = comparison(question)
    if found is None:
        return None
    figures = candidates(found[0], graphs)
    if (
        figures
        and certain(figures)
        and issubclass(figures[0].tool.returns, (answers.Number, answers.Path, answers.Flow))
    ):
        return figures, found[1]
    return None
