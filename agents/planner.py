"""The planner: a question to a plan of tool calls, by the certain router; it asks back when it is not certain."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from agents.asking import as_question, ask_back, filled, missing, not_understood
from agents.composing.hierarchy import KIN, PEERS, UNSAID, EdgeWords, above_of
from agents.plan import Call, Compare, Plan
from agents.question import question_of, verb_of, with_unlisted_nodes
from agents.routing.certainty import certain, lacking
from agents.routing.clauses import UNCLEAR, Edited, split_edits
from agents.routing.courtesy import without_courtesy
from agents.routing.forms import Form, form_of
from agents.routing.idioms import in_context, in_graph_terms
from agents.routing.kinds import ONE_WAY, of_another_kind
from agents.routing.language import concept, concepts, stem
from agents.routing.mentions import Mentions, find_mentions
from agents.routing.misreading import misread, other_measure, own_meaning, turned_round, unread_edges
from agents.routing.needs import ALONG_NEEDS, ON_NEEDS, WHICH_NEEDS, needs_it, needs_unsaid, says_which_way
from agents.routing.nesting import says_more, takes_all
from agents.routing.picking import IF_SO, comparison, measures_crossed, pick_for, split_sorting
from agents.routing.router import CERTAIN, Candidate, candidates
from agents.routing.spelling import respelled
from agents.routing.templates import index
from agents.routing.unheard import strange_words
from agents.state import Context, State
from agents.talk.commands import command
from agents.talk.ellipsis import elliptic, lacks_noun, with_noun
from agents.talk.follow_up import follow_up
from agents.talk.referring import referred
from agents.talk.turns import turn_of, two_questions
from agents.wording import sentence
from graphs.errors import NodeNotFound
from graphs.graph import Graph
from graphs.text.clauses import NEEDS
from tools import answers
from tools.registry import get_tool

Update: TypeAlias = dict[str, Any]  # the fields of the state that change

_YES_NO = re.compile(r"\byes or no\b|\byes/no\b", re.IGNORECASE)
# A sentence that asks for a change which was not made of it.
_UNDONE = re.compile(
    r"^\W*(?:now |then |first |please )*(?:add|insert|remove|delete|connect|join|merge|combine|contract|split|swap|"
    r"rename|replace|copy|duplicate|double|halve|subdivide|drop)\b[^?]*\.\s+\S",
    re.IGNORECASE,
)
MODELS = frozenset(("tools", "coding", "reasoning"))  # routes that ask a language model
AS_IF_GONE = ("without_weights", "remove_self_loops")
ALL_NODES = frozenset(("list_nodes", "nodes"))
_ASKS_WHEN = re.compile(r"(?:since |from |until )?(?:when|at (?:what|which) times?) (?!the\b)", re.IGNORECASE)
_NODE_NAMED = re.compile(r"\b(?:node|vertex)\s+['\"]?([^\W\d_][\w-]*)", re.IGNORECASE)
_WHICH_GRAPH = re.compile(
    r"\b(?:(first|1st|one|1)|(second|2nd|two|2))\s+graph\b|\b(?:graph|network|G)\s*_?(?:(1|one|A)|(2|two|B))\b",
    re.IGNORECASE,
)
_CONNECTS = re.compile(r"\b(?:dis)?connect\w*|\bsplits?\b", re.IGNORECASE)
_STILL_CONNECTED = re.compile(
    r"\b(?:still|remain\w*|stay\w*)\b[^?.]*\b(?:connected|in one piece)\b|"
    r"^\W*(?:is|are|would|will)\s+(?:the|this|it|everything|all)\b[^?.]*\bconnected\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"\bcut[- ](?:(edge)|vertex|node)\b", re.IGNORECASE)
_IF = re.compile(r"^\W*(?:what if|if|suppose|once|after|when)\b", re.IGNORECASE)
# Whether a best path passes a node, and one of two alternatives: no tool's own question.
_BEST_PATH = (
    r"(?:the |an? |any |every |all )?(?:of the )?(?:shortest|fastest|quickest|cheapest|lightest|best) "
    r"(?:paths?|routes?|ways?|trips?|connections?)\b"
)
ALONG_BEST = re.compile(
    rf"^\W*(?:(?:does|do|will|would) {_BEST_PATH}[^?]*?Ⓝ[^?]*?Ⓝ[^?]*?\b(?:pass\w*|go\w*|visit\w*|travers\w*|cross\w*|"
    r"uses?|contains?|includes?|runs?|leads?|via|through|touch\w*)\b|"
    rf"(?:is|are|does|do|lies?) [^?]*Ⓝ[^?]*\b(?:on|part of|in|along|used by|passed by) {_BEST_PATH})",
    re.IGNORECASE,
)
# Who reaches a node, which is not whom it reaches.
REACHING = re.compile(
    r"^\W*(?:who|what|(?:which|how many|what|list|name)\b[^Ⓝ?]*?)(?: of (?:the|all)\b[^Ⓝ?]*?)?\s(?:can |could |may |"
    r"would |will |(?:is|are) able to )?(?:reach(?:es)?|gets? to|travels? to|comes? to|goe?s? to|arrives? (?:at|in))"
    r" (?:the )?(?:node |vertex |person )?Ⓝ\W*$",
    re.IGNORECASE,
)
TWO_SIDED = re.compile(
    r"^\W*(?:is|are|does|do|which)\b[^?]*\bor\b(?! (?:not|more|less|fewer|indirectly|no)\b)", re.IGNORECASE
)
_POLITE = re.compile(r"\b(?:looks? like|graph|result|resulting|new|edited|changed|remaining)\b", re.IGNORECASE)
NO_GRAPH = (
    "There is no graph to answer on: write its edges with the question (for example 'Ann-Bob, Bob-Eve'), "
    "name a known graph "
    "('the petersen graph'), or give a file."
)


def plan(state: State, context: Context) -> Update:
    """Make a plan. Reads reading, graph, memory; writes plan, or fault and readings when it asks back.

    unsure: the tools that it had in mind, when it asks back because no tool fits for certain.
    """
    if state.fault is not None:
        return {}
    assert state.reading is not None
    graph = state.graph
    if not state.reading.question.strip():
        return {"fault": _nothing_asked(graph)}
    question = question_of(state.reading, graph)
    if graph is not None and graph is state.reading.graph:
        unread = unread_edges(graph, state.reading)
        if unread:
            return {"fault": unread}
        graph = with_unlisted_nodes(question, graph, state.reading)
        question = in_context(question, graph, state.reading)
    question, slips = respelled(question, graph)
    needs = graph is not None and NEEDS in state.assumptions and ON_NEEDS.search(question) is not None
    own = own_meaning(state.reading.definitions, question)
    if own:
        return {
            "fault": f"The text gives a word its own meaning ({own[:200]!r}), and I go by the usual one: ask in it."
        }
    if graph is not None and (ordered := command(question, graph, state.memory)) is not None:
        return ordered
    if graph is not None and (spoken_of := _of_former(state, question, graph)) is not None:
        return spoken_of
    continued = follow_up(question, graph, state.memory)
    if continued is not None:
        return {"plan": continued}
    graphs = (graph, *state.reading.graphs[1:]) if graph is not None else ()
    said = EdgeWords(verb_of(state.reading, graph), above_of(state.reading, graph))
    found = _after(state.edits, plan_question(question, graphs, state.reading.answer_format, said))
    if needs and (made := needs_it(question, graph)) is not None:
        return {"plan": made}
    if needs and not says_which_way(found.get("plan"), question, said):
        return {"fault": ALONG_NEEDS}
    if graph is not None and not needs and needs_unsaid(question, graph, state.reading, found.get("plan")):
        return {"fault": WHICH_NEEDS}
    if len(graphs) > 1 and not _takes_all(found.get("plan")):
        return _of_one_graph(question, graphs, state.reading.answer_format) or found
    if graph is not state.graph and graph is not None:
        found |= {"graph": graph, "assumptions": (*state.assumptions, graph.assumptions[-1])}
    if "fault" in found and "unsure" in found and graph is not None and (strange := strange_words(question, graph)):
        found = {**found, "fault": not_understood(strange), "readings": ()}
        if not set(context.routes) & MODELS:
            found.pop("unsure", None)  # the embedded planner would guess
    if slips:
        found |= {"assumptions": (*found.get("assumptions", state.assumptions), *slips)}
    return found


def _of_former(state: State, question: str, graph: Graph) -> Update | None:
    """What to do with a question that speaks of a former answer: "Which of them …?"."""
    assert state.reading is not None
    if any(span.role == "graph" for span in state.reading.spans):
        return None  # what the text says of its graph comes before the question, and binds its pronouns
    before = " ".join(state.reading.leftovers)
    noun = ""
    if lacks_noun(question):
        if (whole := with_noun(question, graph, state.memory)) is None:
            return {"fault": "The most, or the fewest, of what? Say what is counted: 'Who has the most friends?'."}
        question, noun = whole, whole.rstrip("?").split()[-1]

    def ask(said: str) -> Update:
        return plan_question(said, (graph,))

    made = elliptic(question, graph, state.memory, ask) or referred(question, graph, state.memory, ask, before)
    if noun and made is None:
        made = ask(question)
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


@dataclass(frozen=True)
class _Asked:
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
class _Choice:
    """The tool that answers, with the other tools that it was chosen from, and a comparison of its figure."""

    best: Candidate
    found: list[Candidate]
    compare: Compare | None


def plan_question(question: str, graphs: tuple[Graph, ...], wanted: str = "", said: EdgeWords = UNSAID) -> Update:
    """A plan for one question on `graphs` (the first is the one asked about), or a fault with readings.

    wanted: the wanted format, which may tell what kind of answer is meant ("yes or no"). said: what the text's words
    for its edges tell.
    """
    found = _plan_question(question, graphs, wanted, said)
    if len(graphs) == 1 and not graphs[0].temporal and (looped := _of_loops(question, graphs[0], found)) is not None:
        return looped
    unheard = "plan" in found and bool(_IF.match(question)) and len(found["plan"].calls) == 1
    if ("plan" in found and not unheard) or len(graphs) != 1 or graphs[0].temporal:
        return found
    from agents.composing.clauses import edits_said

    edits = edits_said(find_mentions(question, graphs[0]), graphs[0])
    if edits is None or edits.question == question:
        return found
    after = plan_question(edits.question, graphs, wanted, said)
    return _after(edits.calls, after) if "plan" in after else found


def _of_loops(question: str, graph: Graph, found: Update) -> Update | None:
    from agents.composing.loops import own_neighbour, with_loops

    if (made := with_loops(question)) is not None:
        return {"plan": made}
    open_ = own_neighbour(find_mentions(question, graph).skeleton, graph, found.get("plan"))
    return {"fault": open_} if open_ else None


def _plan_question(question: str, graphs: tuple[Graph, ...], wanted: str, said: EdgeWords) -> Update:
    graph = graphs[0] if graphs else None
    whole = _CUT.sub(lambda m: "bridge" if m[1] else "articulation point", question.replace("[TBR]", "what"))
    wants_thing = bool(IF_SO.search(whole))
    plain, sort = split_sorting(IF_SO.sub(" ", whole).strip() or whole)
    turned = _turned(plain, graphs)
    if turned is not None:
        return turned
    edited = split_edits(in_graph_terms(plain, graph), graph)
    if UNCLEAR.search(find_mentions(plain, graph).skeleton) or _UNDONE.search(edited.question):
        return _withhold(candidates(edited.question, graphs)[:2])
    if graph is not None and (pair := _either_way(edited, plain, graph)) is not None:
        one, other = pair
        return {"fault": f"There is an edge from {one} to {other} and one back: say which of them is removed."}
    settled = _settled_by_edits(edited, form_of(plain), graph)
    if settled is not None:
        return settled
    for tool in AS_IF_GONE:
        if graph is not None and any(call.tool == tool for call in edited.calls):
            graph = _without(graph, tool)
            graphs = (graph, *graphs[1:])
    core = without_courtesy(edited.question, graph)
    if (edited.calls or core != plain) and (turned := _turned(core, graphs)) is not None:
        return _after(edited.calls, turned)  # graph terms may say it turned round: "in several pieces", disconnected
    mentions = (edited.mentions if core == edited.question else None) or find_mentions(core, graph)
    form = _form_asked(core, plain, wanted)
    asked = _Asked(core, whole, graphs, edited.calls, mentions, form, sort, wants_thing)
    found = candidates(core, graphs, mentions, form)
    exact = bool(found) and found[0].ideal and certain(found)
    as_put = find_mentions(plain, graph).skeleton
    own_verb = bool(said.verb) and not said.verb.isdisjoint(map(stem, re.findall(r"\w+", core)))
    kin = bool(said.above) and KIN.search(plain) is not None
    along = ALONG_BEST.search(as_put) is not None
    reaching = graph is not None and graph.directed and REACHING.match(as_put) is not None
    put_together = own_verb or kin or along or reaching or TWO_SIDED.search(as_put) is not None
    chosen = _choose(asked, found) if exact and not put_together and takes_all(found[0], as_put) else None
    if not isinstance(chosen, _Choice) and (composed := _composed(asked, plain, said)) is not None:
        return composed
    if along or reaching or (kin and (said.above != "source" or PEERS.search(plain))):
        return _withhold([])  # the tools say nothing of a best path, and their words for those above go the other way
    if not exact and (turned := _turned(core, graphs, sure=False)) is not None:
        return _after(edited.calls, turned)
    if found and says_more(found[0].tool.name, as_put):
        return _withhold(found)
    chosen = chosen if chosen is not None else _choose(asked, found)
    return _planned(asked, chosen) if isinstance(chosen, _Choice) else chosen


def _composed(asked: _Asked, plain: str, said: EdgeWords) -> Update | None:
    """The plan of a question that is put together from smaller ones; None where it is not read as one.

    plain: the question in its own words: where everyday phrases are replaced, words may be lost.
    """
    if asked.graph is None or asked.graph.temporal or len(asked.graphs) > 1:
        return None
    from agents.composing.carrying_out import plan_of

    own = split_edits(plain, asked.graph)
    if own.unknown:
        return None
    mentions = find_mentions(without_courtesy(own.question, asked.graph), asked.graph)
    made = plan_of(mentions, asked.graph, own.calls, asked.sort, said)
    return None if made is None else {"plan": made}


def _either_way(edited: Edited, plain: str, graph: Graph) -> tuple[Any, Any] | None:
    """The ends of an edge to be removed that is there in both directions, where the question says none."""
    if not graph.directed or ONE_WAY.search(plain):
        return None
    pairs = [(c.arguments["source"], c.arguments["target"]) for c in edited.calls if c.tool == "remove_edge"]
    pairs += [tuple(pair) for c in edited.calls if c.tool == "remove_edges" for pair in c.arguments["edges"]]
    return next((pair for pair in pairs if graph.has_edge(*pair) and graph.has_edge(*pair[::-1])), None)


def _without(graph: Graph, tool: str) -> Graph:
    """The graph that a question sees which leaves the weights, or self-loops, out: no argument may name them."""
    changed = get_tool(tool)(graph)
    assert isinstance(changed, answers.GraphAnswer)
    return changed.graph


def _settled_by_edits(edited: Edited, form: Form, graph: Graph | None) -> Update | None:
    """What to say where the edits alone decide: they name what is not there, or nothing but them is asked."""
    if edited.unknown and graph is not None:
        return {"fault": sentence(str(NodeNotFound(edited.unknown[0], graph)))}
    still = _STILL_CONNECTED.search(edited.question)
    if (
        edited.calls
        and form == "yes_no"
        and not still
        and not concepts(_CONNECTS.sub(" ", _POLITE.sub(" ", edited.question)))
    ):
        return _withhold([])  # whether a change does something is not the changed graph
    if edited.calls and not concepts(_POLITE.sub(" ", edited.question)):
        return {"plan": Plan(edited.calls)}  # the new graph is the answer
    return None


def _form_asked(core: str, plain: str, wanted: str) -> Form:
    """The form of the answer, which may be said outside of what is left: "Group …, and count the groups."."""
    form = form_of(core)
    if form in ("any", "list") and form_of(plain) == "count":
        return "count"
    return "yes_no" if form == "any" and _YES_NO.search(wanted) else form


def _choose(asked: _Asked, found: list[Candidate]) -> _Choice | Update:
    """The tool that certainly answers, or what to say where there is none."""
    graph, question = asked.graph, asked.question
    if graph is None and (not found or not certain(found)):
        return {"fault": NO_GRAPH}
    if asked.mentions.unknown and graph is not None:
        return {"fault": sentence(str(NodeNotFound(asked.mentions.unknown[0], graph)))}
    if not found:
        return _ask_back(found)
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
        return _withhold(found)
    if best.binding.missing and best.score + 0.25 * len(best.binding.missing) >= CERTAIN:
        return {"fault": missing(best.tool, best.binding.missing)}
    if not certain(found):
        return _uncertain(found, question, graph)
    choice = _Choice(best, found, compare)
    return _withhold(found) if _answers_another(asked, choice) else choice


def _by_measure(found: list[Candidate], question: str, graph: Graph | None) -> Candidate | None:
    """The best candidate; None where the question minimises one measure of a path and asks for another."""
    best = found[0]
    if graph is None or not graph.weighted or best.tool.family not in ("paths", "path_lists"):
        return best
    crossed = measures_crossed(question)
    if crossed == "hops of the cheapest":
        return next((c for c in found[:2] if c.tool.name == "shortest_path"), None)
    return None if crossed else best


def _answers_another(asked: _Asked, choice: _Choice) -> bool:
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


def _planned(asked: _Asked, choice: _Choice) -> Update:
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
            alternatives=tuple(_as_question(c) for c in choice.found[1:3]),
        )
    }


def _turned(question: str, graphs: tuple[Graph, ...], *, sure: bool = True) -> Update | None:
    """A plan that turns the answer to another question, or a fault; None for a question that needs no turning.

    sure: only the turns that leave no other reading; else only the others, for a question that no tool fits exactly.
    """
    if not graphs:
        return None
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
                return _withhold(candidates(question, graphs))  # a condition that cannot be kept
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


def _after(edits: tuple[Call, ...], found: Update) -> Update:
    """The found plan on the graph that the edits make."""
    plan: Plan | None = found.get("plan")
    if plan is None or not edits:
        return found
    count = len(edits)
    calls = (replace(call, on=count - 1 if call.on is None else call.on + count) for call in plan.calls)
    return {"plan": replace(plan, calls=(*edits, *calls))}


def _uncertain(found: list[Candidate], question: str, graph: Graph | None) -> Update:
    """What to say to a question that no tool fits for certain: that a node is unknown, or what it may mean."""
    if graph is not None:
        spare = found[0].binding.spare_quantities
        number = next((int(q.number) for q in spare if q.place and q.number.is_integer()), None)
        stranger = _stranger(question) if number is None else number
        if number is not None or stranger:
            return {"fault": sentence(str(NodeNotFound(stranger, graph)))}
    return _ask_back(found)


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
        and certain(figures)
        and issubclass(figures[0].tool.returns, (answers.Number, answers.Path, answers.Flow))
    ):
        return figures, found[1]
    return None


def _withhold(found: list[Candidate]) -> Update:
    """Ask back for certain: the tools' answers are known to be others than what the question asks for."""
    return {key: value for key, value in _ask_back(found).items() if key != "unsure"}


def _ask_back(found: list[Candidate]) -> Update:
    """Ask which of the likelier candidates is meant; all of them are what the router had in mind."""
    readings = tuple(dict.fromkeys(_as_question(c) for c in found[:3] if c.score > 0.25))
    return {**ask_back(readings), "unsure": tuple((c.tool.name, round(c.score, 3)) for c in found)}


def _as_question(candidate: Candidate) -> str:
    """The candidate as a question, in the words of the template that it fits where these name its arguments."""
    tool, template, arguments = candidate.tool, candidate.template, candidate.binding.arguments
    if template.slots and not template.phrase:
        return filled(template.text, arguments)
    return as_question(tool, arguments) or filled(tool.asks[0] if tool.asks else tool.summary, arguments)


def _nothing_asked(graph: Graph | None) -> str:
    if graph is None:
        return "There is no question and no graph in this text. " + NO_GRAPH
    return f"I read {graph.summary()}. What do you want to know about it?"
