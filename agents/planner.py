"""The planner: a question to a plan of tool calls, by the certain router; it asks back when it is not certain."""

from __future__ import annotations

import re
from dataclasses import replace

from agents.asking import not_understood
from agents.columns import COLUMN_UNREAD, column_unused, of_column
from agents.composing.hierarchy import UNSAID, EdgeWords, above_of
from agents.composing.verbs import verb_of
from agents.deciding import after, as_if_gone, plan_question
from agents.doubt import NO_GRAPH, Update, edge_meant, goal_dropped, not_there
from agents.plan import Plan
from agents.question import question_of, with_unlisted_nodes
from agents.routing.idioms import in_context
from agents.routing.misreading import own_meaning, unread_edges
from agents.routing.needs import ALONG_NEEDS, ON_NEEDS, WHICH_NEEDS, needs_it, needs_unsaid, says_which_way
from agents.routing.spelling import respelled
from agents.routing.stating import not_asked, stated
from agents.routing.unheard import strange_words
from agents.several import several_asked
from agents.state import Context, State
from agents.talk.commands import command
from agents.talk.ellipsis import elliptic, lacks_noun, with_noun
from agents.talk.follow_up import follow_up, on_supposed
from agents.talk.former_figure import speaks_of_figure, with_figure
from agents.talk.referring import follows, referred
from graphs.graph import Graph
from graphs.text.clauses import NEEDS

MODELS = frozenset(("tools", "coding", "reasoning"))  # routes that ask a language model
_THE_LARGEST = re.compile(r"\b(the (?:(?:second|third) )?(?:largest|biggest|smallest)) one\b", re.IGNORECASE)
_WHICH_GRAPH = re.compile(
    r"\b(?:(first|1st|one|1)|(second|2nd|two|2))\s+graph\b|\b(?:graph|network|G)\s*_?(?:(1|one|A)|(2|two|B))\b",
    re.IGNORECASE,
)


def plan(state: State, context: Context) -> Update:
    """Make a plan. Reads reading, graph, memory; writes plan, or fault and readings when it asks back.

    unsure: the tools that it had in mind, when it asks back because no tool fits for certain.
    """
    if state.fault is not None:
        return {}
    if state.supposed:
        state = replace(state, memory=on_supposed(state.memory))
    assert state.reading is not None
    graph = state.graph
    if not state.reading.question.strip() and state.edits:
        return {"plan": Plan(state.edits)}  # a command alone
    if not state.reading.question.strip():
        return {"fault": _nothing_asked(graph)}
    question = as_put = question_of(state.reading, graph)
    if graph is not None and graph is state.reading.graph:
        unread = unread_edges(graph, state.reading)
        if unread:
            return {"fault": unread}
        graph = with_unlisted_nodes(question, graph, state.reading)
        question = in_context(question, graph, state.reading)
    whole_order = question != as_put  # all of it is to be put in order
    question, slips = respelled(question, graph)
    needs = graph is not None and NEEDS in state.assumptions and ON_NEEDS.search(question) is not None
    own = own_meaning(state.reading.definitions, question)
    if own:
        return {
            "fault": f"The text gives a word its own meaning ({own[:200]!r}), and I go by the usual one: ask in it."
        }
    if graph is not None and (ordered := command(question, graph, state.memory)) is not None:
        return ordered
    said = state.said
    if said == UNSAID:
        said = EdgeWords(verb_of(state.reading, graph), above_of(state.reading, graph))
    if graph is not None and (spoken_of := _of_former(state, question, graph, said)) is not None:
        return spoken_of
    continued = follow_up(question, graph, state.memory)
    if continued is not None:
        return {"plan": continued}
    graphs = (graph, *state.reading.graphs[1:]) if graph is not None else ()
    if graph is not None and (change := stated(question, graph)) is not None:
        return change

    def ask(part: str) -> Update:
        return plan_question(part, graphs, said=said)

    if (several := several_asked(question, ask)) is not None:
        return several
    changed = (as_if_gone(graphs[0], state.edits), *graphs[1:]) if graphs else ()
    found = after(state.edits, plan_question(question, changed, state.reading.answer_format, said))
    if graph is not None and "plan" not in found:
        found = of_column(question, graph, ask) or found
    if graph is not None:
        if "plan" in found and column_unused(question, graph, found["plan"]):
            found = {"fault": COLUMN_UNREAD}
        found = not_asked(question, graph, found)
        if "plan" in found and (fault := goal_dropped(question, found["plan"], graph)):
            found = {"fault": fault}
    if needs and graph is not None and (made := needs_it(question, graph, whole_order)) is not None:
        return made
    if needs and not says_which_way(found.get("plan"), question, said):
        return {"fault": ALONG_NEEDS}
    if graph is not None and not needs and needs_unsaid(question, graph, state.reading, found.get("plan")):
        return {"fault": WHICH_NEEDS}
    if len(graphs) > 1 and not _takes_all(found.get("plan")):
        return _of_one_graph(question, graphs, state.reading.answer_format) or found
    if graph is not state.graph and graph is not None:
        found |= {"graph": graph, "assumptions": (*state.assumptions, graph.assumptions[-1])}
    if "fault" in found and "unsure" in found and graph is not None:
        strange = strange_words(question, graph)
        unknown = not_understood(strange) if strange else not_there(question, graph)
        if unknown:
            found = {**found, "fault": unknown, "readings": ()}
        if unknown and not set(context.routes) & MODELS:
            found.pop("unsure", None)  # the embedded planner would guess
    if graph is not None and "plan" in found and (note := edge_meant(question, found["plan"], graph)):
        found |= {"assumptions": (*found.get("assumptions", state.assumptions), note)}
    if slips:
        found |= {"assumptions": (*found.get("assumptions", state.assumptions), *slips)}
    return found


def _of_former(state: State, question: str, graph: Graph, words: EdgeWords) -> Update | None:
    """What to do with a question that speaks of a former answer: "Which of them …?"."""
    assert state.reading is not None
    asked = question
    if any(span.role == "graph" for span in state.reading.spans):
        return None  # what the text says of its graph comes before the question, and binds its pronouns
    before = " ".join(state.reading.leftovers)
    if state.memory.get("found", {}).get("kind") == "groups":
        question = _THE_LARGEST.sub(r"\1 component", question)  # "… does the largest one have?"
    noun, bound = "", None
    if speaks_of_figure(question) and state.memory.get("found"):
        if (bound := with_figure(question, state.memory)) is None:
            return {"fault": "What 'that' stands for is not clear: the last answer is no number. Say the number."}
        question = bound[0]
    if lacks_noun(question):
        if (whole := with_noun(question, graph, state.memory)) is None:
            return {"fault": "The most, or the fewest, of what? Say what is counted: 'Who has the most friends?'."}
        question, noun = whole, whole.rstrip("?").split()[-1]

    def ask(said: str) -> Update:
        return plan_question(said, (graph,), said=words)

    made = elliptic(question, graph, state.memory, ask) or referred(question, graph, state.memory, ask, before, words)
    if (noun or bound or question != asked) and made is None:
        made = ask(question)
    if bound is not None and made is not None and "plan" in made:
        made = {**made, "plan": follows(made["plan"], (bound[1],))}
    if noun and made is not None and "plan" in made:
        note = f"counted are the {noun}, as before"
        made = {**made, "measure": noun, "plan": replace(made["plan"], assumptions=(*made["plan"].assumptions, note))}
    return made


def _takes_all(plan: Plan | None) -> bool:
    return plan is not None and any(
        isinstance(value, Graph) for call in plan.calls for value in call.arguments.values()
    )


def _of_one_graph(question: str, graphs: tuple[Graph, ...], wanted: str) -> Update:
    """A plan for the one of several graphs that the question names, or the question which it means; {} for neither."""
    match = _WHICH_GRAPH.search(question)
    if match is None and "plan" not in plan_question(question, graphs[:1], wanted):
        return {}
    if match is None:
        listed = "; ".join(f"graph {number} is {graph.summary()}" for number, graph in enumerate(graphs, 1))
        which = "Say which one you mean ('graph 1', 'graph 2')."
        return {"fault": f"The text holds {len(graphs)} graphs: {listed}. {which}"}
    chosen = graphs[0 if match[1] or match[3] else 1]
    rest = question[: match.start()] + "graph" + question[match.end() :]
    return plan_question(rest, (chosen,), wanted) | {"graph": chosen}


def _nothing_asked(graph: Graph | None) -> str:
    if graph is None:
        return "There is no question and no graph in this text. " + NO_GRAPH
    return f"I read {graph.summary()}. What do you want to know about it?"
