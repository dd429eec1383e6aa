"""The planner: a question to a plan of tool calls, by the certain router; it asks back when it is not certain."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agents.plan import Call, Compare, Plan
from agents.routing.clauses import split_edits
from agents.routing.courtesy import conditions, without_courtesy
from agents.routing.forms import form_of
from agents.routing.idioms import in_context, in_graph_terms
from agents.routing.language import concept, concepts
from agents.routing.mentions import find_mentions
from agents.routing.misreading import misread, other_measure, own_meaning, turned_round, unread_edges
from agents.routing.picking import IF_SO, comparison, measures_crossed, pick_for, split_sorting
from agents.routing.router import CERTAIN, IDEAL_MARGIN, MARGIN, SURPLUS, UNMET, Candidate, candidates
from agents.routing.templates import index
from agents.state import Context, State
from agents.talk.follow_up import follow_up
from agents.talk.turns import turn_of, two_questions
from agents.wording import sentence
from graphs.errors import MissingAttribute, NodeNotFound
from graphs.graph import Graph
from graphs.text.reading import Reading
from tools import answers
from tools.registry import get_tool

_YES_NO = re.compile(r"\byes or no\b|\byes/no\b", re.IGNORECASE)
# pairs that answer the same question: both know the length, or are one figure
UNEXPLAINED = 0.86  # a score below this is not acted on when a word that some tool knows is left over
SAME = ({"shortest_path", "shortest_path_length"}, {"diameter", "maximum_shortest_path_length"})
ALL_NODES = frozenset(("list_nodes", "nodes"))
_ASKS_WHEN = re.compile(r"(?:since |from |until )?(?:when|at (?:what|which) times?) (?!the\b)", re.IGNORECASE)
_NODE_NAMED = re.compile(r"\b(?:node|vertex)\s+['\"]?([^\W\d_][\w-]*)", re.IGNORECASE)
_WHICH_GRAPH = re.compile(
    r"\b(?:(first|1st|one|1)|(second|2nd|two|2))\s+graph\b|\b(?:graph|network|G)\s*_?(?:(1|one|A)|(2|two|B))\b",
    re.IGNORECASE,
)
_CONNECTS = re.compile(r"\b(?:dis)?connect\w*|\bsplits?\b", re.IGNORECASE)
_CUT = re.compile(r"\bcut[- ](?:(edge)|vertex|node)\b", re.IGNORECASE)
_POLITE = re.compile(r"\b(?:looks? like|graph|result|resulting|new|edited|changed|remaining)\b", re.IGNORECASE)
UNKNOWN = (
    "I do not know what this asks of the graph. Name the figure that you want, for example 'What is the diameter?' or "
    "'Is there a path from A to B?'; `konigsberg tools` lists everything there is."
)
NO_GRAPH = (
    "There is no graph to answer on: write its edges with the question (for example 'Ann-Bob, Bob-Eve'), "
    "name a known graph "
    "('the petersen graph'), or give a file."
)


def plan(state: State, context: Context) -> dict[str, Any]:
    """Make a plan. Reads reading, graph, memory; writes plan, or fault and readings when it asks back.

    unsure: the tools that it had in mind, when it asks back because no tool fits for certain.
    """
    if state.fault is not None:
        return {}
    assert state.reading is not None
    question = " ".join(state.reading.question.split())
    if not question:
        return {"fault": _nothing_asked(state.graph)}
    graph, read = state.graph, state.reading.graph
    question = " ".join((question, *conditions(state.reading.leftovers, graph)))
    if graph is not None and graph is read:
        unread = unread_edges(graph, state.reading)
        if unread:
            return {"fault": unread}
        question = without_name(question, graph)
        graph = with_unlisted_nodes(question, graph, state.reading)
        question = in_context(question, graph, state.reading)
    own = own_meaning(state.reading.definitions, question)
    if own:
        return {
            "fault": f"The text gives a word its own meaning ({own[:200]!r}), and I go by the usual one: ask in it."
        }
    continued = follow_up(question, graph, state.memory)
    if continued is not None:
        return {"plan": continued}
    graphs = (graph, *state.reading.graphs[1:]) if graph is not None else ()
    found = plan_question(question, graphs, state.reading.answer_format)
    if len(graphs) > 1 and not _takes_all(found.get("plan")):
        return _of_one_graph(question, graphs, state.reading.answer_format) or found
    if graph is not state.graph and graph is not None:
        found |= {"graph": graph, "assumptions": (*state.assumptions, graph.assumptions[-1])}
    return found


def _takes_all(plan: Plan | None) -> bool:
    return plan is not None and any(
        isinstance(value, Graph) for call in plan.calls for value in call.arguments.values()
    )


def _of_one_graph(question: str, graphs: tuple[Graph, ...], wanted: str) -> dict[str, Any]:
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


def without_name(question: str, graph: Graph) -> str:
    """The question with the name of a known graph ("the petersen graph") replaced by "the graph"."""
    if not graph.name:
        return question
    from graphs.generators.named import find_named_span

    named = find_named_span(question)
    if named is None:
        return question
    start, end = named
    before = question[:start].rstrip()
    article = "" if before.casefold().endswith(("the", " a", " an", "this")) else "the "
    rest = re.sub(r"^\s*(?:graph|network)\b", "", question[end:], flags=re.IGNORECASE)
    return f"{before} {article}graph{rest}"


def with_unlisted_nodes(question: str, graph: Graph, reading: Reading) -> Graph:
    """The graph with the numbered nodes that only the question names, where the text lists edges and no nodes.

    "(0,1) (1,3). Is there a path from node 0 to node 2?" speaks of a node 2 without edges. Numbers far beyond the
    ids that the edges show stay unknown.
    """
    numbers = [node for node in graph if isinstance(node, int)]
    if reading.declared_nodes or not graph.num_edges or len(numbers) < graph.num_nodes:
        return graph
    limit = max(numbers) + max(3, graph.num_nodes // 4)
    unlisted = [int(n) for n in find_mentions(question, graph).unknown if n.isdecimal() and int(n) <= limit]
    if not unlisted:
        return graph
    body = graph.nx.copy()
    body.add_nodes_from(unlisted)
    names = ", ".join(map(str, unlisted))
    return graph.derive(body, note=f"no edge of the text touches {names}, so it is taken as isolated")


def plan_question(question: str, graphs: tuple[Graph, ...], wanted: str = "") -> dict[str, Any]:
    """A plan for one question on `graphs` (the first is the one asked about), or a fault with readings.

    wanted: the wanted format, which may tell what kind of answer is meant ("yes or no").
    """
    graph = graphs[0] if graphs else None
    question = question.replace("[TBR]", "what")  # a blank to be filled
    question = _CUT.sub(lambda m: "bridge" if m[1] else "articulation point", question)
    wants_thing = bool(IF_SO.search(question))
    asked, sort = split_sorting(IF_SO.sub(" ", question).strip() or question)
    if graph is not None and (turned := _turned(asked, graphs)) is not None:
        return turned
    edited = split_edits(in_graph_terms(asked, graph), graph)
    if edited.unknown and graph is not None:
        return {"fault": sentence(str(NodeNotFound(edited.unknown[0], graph)))}
    if (
        edited.calls
        and form_of(asked) == "yes_no"
        and not concepts(_CONNECTS.sub(" ", _POLITE.sub(" ", edited.question)))
    ):
        return _withhold([], edited.question)  # whether a change does something is not the changed graph
    if edited.calls and not concepts(_POLITE.sub(" ", edited.question)):
        return {"plan": Plan(edited.calls)}  # nothing but edits: the new graph is the answer
    core = without_courtesy(edited.question, graph)
    if core != edited.question:
        edited = replace(edited, question=core, mentions=None)
    if edited.calls and graph is not None and (turned := _turned(edited.question, graphs)) is not None:
        return _after(edited.calls, turned)
    mentions = edited.mentions or find_mentions(edited.question, graph)
    form = form_of(edited.question)
    if form in ("any", "list") and form_of(asked) == "count":
        form = "count"  # said outside of what is left: "Group …, and count the groups."
    if form == "any" and _YES_NO.search(wanted):
        form = "yes_no"
    found = candidates(edited.question, graphs, mentions, form)
    if graph is not None and not (found and found[0].ideal and _certain(found)):
        turned = _turned(edited.question, graphs, sure=False)
        if turned is not None:
            return _after(edited.calls, turned)
    if graph is None and (not found or not _certain(found)):
        return {"fault": NO_GRAPH}
    if mentions.unknown and graph is not None:
        return {"fault": sentence(str(NodeNotFound(mentions.unknown[0], graph)))}
    if not found:
        return _ask_back(found, edited.question)
    if wants_thing:
        found = _things(found)
    unmet = _unmet(found, graph)
    if unmet:
        return {"fault": unmet}
    compare: Compare | None = None
    if not _certain(found) and form == "yes_no" and (compared := _compared(edited.question, graphs)) is not None:
        found, compare = compared
    best = found[0]
    if graph is not None and graph.weighted and best.tool.family in ("paths", "path_lists"):
        crossed = measures_crossed(edited.question)
        if crossed == "hops of the cheapest" and any(c.tool.name == "shortest_path" for c in found[:2]):
            best = next(c for c in found if c.tool.name == "shortest_path")
        elif crossed:
            return _withhold(found, edited.question)
    if best.binding.missing and best.score + 0.25 * len(best.binding.missing) >= CERTAIN:
        return {"fault": _missing(best)}
    if not _certain(found):
        return _uncertain(found, edited.question, graph)
    if graph is not None and other_measure(edited.question, graph):
        return _withhold(found, edited.question)
    if form == "when" and not best.tool.takes_time and _ASKS_WHEN.match(edited.question):
        return _withhold(found, edited.question)
    if compare is None and (
        misread(best.tool, best.binding, edited.question, mentions.skeleton, form) or turned_round(question, form)
    ):
        return _withhold(found, edited.question)
    if form == "yes_no" and compare is None and best.tool.name.startswith(("count_", "num_", "number_of_")):
        compare = Compare(">", 0)  # "is there a cycle of length 5?"
    pick = pick_for(best.tool, edited.question, "any" if wants_thing or compare else form)
    if compare is not None and issubclass(best.tool.returns, answers.Path):
        pick = "length"
    if wants_thing and pick == "value":
        pick = "thing"
    last = Call(best.tool.name, best.binding.arguments, on=len(edited.calls) - 1 if edited.calls else None)
    return {
        "plan": Plan(
            (*edited.calls, last),
            pick=pick,
            compare=compare,
            certainty=min(1.0, round(best.score, 3)),
            assumptions=tuple(best.binding.assumptions),
            sort=sort,
            alternatives=tuple(_as_question(c) for c in found[1:3]),
        )
    }


def _turned(question: str, graphs: tuple[Graph, ...], *, sure: bool = True) -> dict[str, Any] | None:
    """A plan that turns the answer to another question, or a fault; None for a question that needs no turning.

    sure: only the turns that leave no other reading; else only the others, for a question that no tool fits exactly.
    """
    parts = two_questions(question) if sure else None
    if parts is not None and all("plan" in plan_question(part, graphs) for part in parts):
        listed = " ".join(f"({number}) {part}" for number, part in enumerate(parts, 1))
        return {"fault": f"These are two questions; ask one at a time: {listed}", "readings": parts}
    for turn in turn_of(question, find_mentions(question, graphs[0]), graphs[0]):
        if turn.sure != sure:
            continue
        plain = _plain_plan(turn.question, turn.returns, graphs)
        second = _plain_plan(turn.second, turn.returns, graphs) if turn.second else plain
        if plain is None or second is None or (turn.second and plain.last == second.last):
            if turn.keep is not None:
                return _withhold(candidates(question, graphs), question)  # a condition that cannot be kept
            continue
        changed = replace(
            plain,
            negate=turn.negate,
            member=turn.member,
            keep=turn.keep,
            compare=turn.compare,
            common=bool(turn.second),
        )
        if turn.second:
            changed = replace(changed, calls=(*plain.calls, second.last))
        if turn.pick is not None:
            changed = replace(changed, pick=turn.pick)
        return {"plan": changed}
    return None


def _plain_plan(question: str, returns: tuple[type[answers.Answer], ...], graphs: tuple[Graph, ...]) -> Plan | None:
    """The plan of one call for a question, where it is certain and gives one of the wanted kinds of answers."""
    plan: Plan | None = plan_question(question, graphs).get("plan")
    if plan is None or len(plan.calls) != 1 or plan.compare is not None or plan.last.tool in ALL_NODES:
        return None
    return plan if issubclass(get_tool(plan.last.tool).returns, returns) else None


def _after(edits: tuple[Call, ...], found: dict[str, Any]) -> dict[str, Any]:
    """The found plan on the graph that the edits make."""
    plan: Plan | None = found.get("plan")
    if plan is None or not edits:
        return found
    return {"plan": replace(plan, calls=(*edits, *(replace(call, on=len(edits) - 1) for call in plan.calls)))}


def _uncertain(found: list[Candidate], question: str, graph: Graph | None) -> dict[str, Any]:
    """What to say to a question that no tool fits for certain: that a node is unknown, or what it may mean."""
    if graph is not None:
        spare = found[0].binding.spare_quantities
        number = next((int(q.number) for q in spare if q.place and q.number.is_integer()), None)
        stranger = _stranger(question) if number is None else number
        if number is not None or stranger:
            return {"fault": sentence(str(NodeNotFound(stranger, graph)))}
    return _ask_back(found, question)


def _special(candidate: Candidate, plain: Candidate) -> bool:
    """Whether a tool is the special case of another that the question would have to name ("all", "count")."""
    return plain.ideal and plain.tool.name in candidate.tool.name


def _stranger(question: str) -> str:
    """A word that is said to be a node and means nothing else: "the degree of node zed"."""
    known = index().idf
    for match in _NODE_NAMED.finditer(question):
        idea = concept(match[1])
        if idea is not None and idea not in known:
            return match[1]
    return ""


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
        and _certain(figures)
        and issubclass(figures[0].tool.returns, (answers.Number, answers.Path, answers.Flow))
    ):
        return figures, found[1]
    return None


def _certain(found: list[Candidate]) -> bool:
    best = found[0]
    if best.score < (SURPLUS if best.surplus else CERTAIN) or best.binding.missing or best.binding.spare_nodes:
        return False
    if best.dropped or (best.unexplained and best.score < UNEXPLAINED and set(best.unexplained) & index().idf.keys()):
        return False
    rival = next((c for c in found[1:] if {c.tool.name, best.tool.name} not in SAME and not _special(c, best)), None)
    if rival is None or (best.ideal and not rival.ideal):
        return True
    return best.score - rival.score >= (IDEAL_MARGIN if best.ideal else MARGIN)


def _unmet(found: list[Candidate], graph: Graph | None) -> str:
    """What the graph lacks for the tool that the question clearly names; "" when it lacks nothing."""
    if graph is None or not found:
        return ""
    named = max(found, key=lambda c: c.score + UNMET * len(c.tool.unmet(graph)))
    lacking = named.tool.unmet(graph)
    rival = max((c.score for c in found if c is not named), default=0.0)
    if not lacking or not named.ideal or named.score + UNMET * len(lacking) < max(CERTAIN, rival + UNMET / 2):
        return ""
    what = named.tool.name.replace("_", " ")
    if "time" in lacking:
        return sentence(str(MissingAttribute("time", what)))
    needed = lacking[0]
    other = "undirected" if needed == "directed" else "directed"
    return (
        f"{what[:1].upper()}{what[1:]}: this needs {_article(needed)} {needed} graph, and the graph at hand is {other}."
    )


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _withhold(found: list[Candidate], question: str) -> dict[str, Any]:
    """Ask back for certain: the tools' answers are known to be others than what the question asks for."""
    return {key: value for key, value in _ask_back(found, question).items() if key != "unsure"}


def _ask_back(found: list[Candidate], question: str) -> dict[str, Any]:
    expected = tuple((c.tool.name, round(c.score, 3)) for c in found)
    readings = tuple(dict.fromkeys(_as_question(c) for c in found[:3] if c.score > 0.25))
    if not readings:
        return {"fault": UNKNOWN, "unsure": expected}
    listed = "; ".join(f"({number}) {reading}" for number, reading in enumerate(readings, 1))
    return {
        "fault": f"I am not sure what you mean. Did you mean: {listed}",
        "readings": readings,
        "unsure": expected,
    }


def _as_question(candidate: Candidate) -> str:
    """The candidate as a question, its arguments filled in."""
    tool, arguments = candidate.tool, candidate.binding.arguments
    ask = candidate.template.text if not candidate.template.phrase and candidate.template.slots else None
    if ask is None:
        fitting = [a for a in tool.asks if set(re.findall(r"\{(\w+)\}", a)) <= set(arguments)]
        ask = fitting[0] if fitting else (tool.asks[0] if tool.asks else tool.summary)

    def fill(match: re.Match[str]) -> str:
        value = arguments.get(match[1])
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return match[1] if value is None else str(value)

    return re.sub(r"\{(\w+)\}", fill, ask)


def _missing(candidate: Candidate) -> str:
    names = [p.name.replace("_", " ") for p in candidate.binding.missing]
    what = candidate.tool.name.replace("_", " ")
    example = next((a for a in candidate.tool.asks if "{" in a), "")
    hint = f" Ask, for example: {example.replace('{', '').replace('}', '')}" if example else ""
    return f"To answer with {what} I also need: {', '.join(names)}.{hint}"


def _nothing_asked(graph: Graph | None) -> str:
    if graph is None:
        return "There is no question and no graph in this text. " + NO_GRAPH
    return f"I read {graph.summary()}. What do you want to know about it?"
