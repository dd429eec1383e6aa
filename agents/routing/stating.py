"""Sentences that say something of the graph and ask nothing: "Y-Z is closed.", "The road A-B takes 5 now."."""

from __future__ import annotations

from agents.doubt import Update, withhold
from agents.plan import Plan
from agents.routing.mentions import find_mentions
from agents.talk.lasting import CHANGES
from graphs.graph import Graph
from graphs.text.patterns import lazy

_STATES = lazy(
    r"\W*(?:(?:now|today|but|and|so|also|ok|okay|sorry|no)\W+)*(?:the\s+(?:\w+\s+){0,2}?)?(?:(?:between|from|of)\s+)?"
    r"(?:Ⓝ\W*(?:and|to|or)?\W*)+(?:(?:road|edge|link|line|connection|street|cable|pipe|flight)\s+)?(?:now\s+|also\s+|no\s+longer\s+)*"
    r"(?:is|are|was|were|has|have|had|gets?|got|takes?|costs?|weighs?|needs?|does|do|did|will|left|leaves|quit|moved|joined|died|"
    r"can(?:no|['’])t|isn['’]t|aren['’]t|doesn['’]t)\b[^?]*[.!]\s*"
)


def states(question: str, graph: Graph) -> bool:
    """Whether `question` is a statement about nodes or an edge, with the mark of one."""
    return question.rstrip().endswith((".", "!")) and _STATES.fullmatch(_skeleton(question, graph)) is not None


def _skeleton(question: str, graph: Graph) -> str:
    skeleton = find_mentions(question, graph).skeleton
    return skeleton[:1].lower() + skeleton[1:]


def stated(question: str, graph: Graph) -> Update | None:
    """The plan of the change that a statement says; None where `question` is none, or says no change that is known."""
    if graph.temporal or graph.remote or not states(question, graph):
        return None
    from agents.composing.clauses import calls_of, change_said

    change = change_said(question, graph)
    calls = () if change is None else calls_of([change])
    return {"plan": Plan(calls)} if calls else None


def asks_nothing(question: str, graph: Graph, plan: Plan) -> bool:
    """Whether a plan answers a statement, instead of changing the graph as it says."""
    return states(question, graph) and plan.last.tool not in CHANGES


def not_asked(question: str, graph: Graph, found: Update) -> Update:
    """What was found, but no answer to a statement."""
    return withhold([]) if "plan" in found and asks_nothing(question, graph, found["plan"]) else found
