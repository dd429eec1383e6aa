"""One question to a plan of tool calls, by the certain router and the grammar of composed questions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agents.asking import one_at_a_time
from agents.choice import Asked, Choice, choose, planned
from agents.composing.hierarchy import KIN, PEERS, UNSAID, EdgeWords
from agents.composing.words import root_of
from agents.doubt import Update, not_certain, withhold
from agents.plan import Call, Plan
from agents.routing.certainty import certain
from agents.routing.clauses import UNCLEAR, Edited, arrivals, split_edits
from agents.routing.courtesy import unmade, without_courtesy
from agents.routing.dropped import drops, newcomer_left
from agents.routing.forms import Form, form_of
from agents.routing.idioms import in_graph_terms
from agents.routing.kind_asked import of_the_kind_asked
from agents.routing.kinds import ONE_WAY
from agents.routing.language import concepts, stem
from agents.routing.mentions import find_mentions
from agents.routing.nesting import says_more, takes_all
from agents.routing.newcomers import newcomers
from agents.routing.picking import IF_SO, split_sorting
from agents.routing.router import candidates
from agents.talk.turns import turn_of, two_questions
from agents.wording import sentence
from graphs.errors import GraphError
from graphs.graph import Graph
from tools import answers
from tools.registry import get_tool

_YES_NO = re.compile(r"\byes or no\b|\byes/no\b", re.IGNORECASE)
# A sentence that asks for a change which was not made of it.
_UNDONE = re.compile(
    r"^\W*(?:now |then |first |please )*(?:add|insert|remove|delete|connect|join|merge|combine|contract|split|swap|"
    r"rename|replace|copy|duplicate|double|halve|subdivide|drop)\b[^?]*\.\s+\S",
    re.IGNORECASE,
)
AS_IF_GONE = ("without_weights", "remove_self_loops")
ALL_NODES = frozenset(("list_nodes", "nodes"))
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


def plan_question(question: str, graphs: tuple[Graph, ...], wanted: str = "", said: EdgeWords = UNSAID) -> Update:
    """A plan for one question on `graphs` (the first is the one asked about), or a fault with readings.

    wanted: the wanted format, which may tell what kind of answer is meant ("yes or no"). said: what the text's words
    for its edges tell.
    """
    if graphs and (grown := _with_newcomers(question, graphs, wanted, said)) is not None:
        return grown
    found = _of_things(question, _plan_question(question, graphs, wanted, said), graphs)
    if len(graphs) == 1 and not graphs[0].temporal and (looped := _of_loops(question, graphs[0], found)) is not None:
        return looped
    unheard = "plan" in found and bool(_IF.match(question)) and len(found["plan"].calls) == 1
    if ("plan" in found and not unheard) or len(graphs) != 1 or graphs[0].temporal:
        return found
    from agents.composing.clauses import edits_said

    edits = edits_said(find_mentions(question, graphs[0]), graphs[0])
    if edits is None or edits.question == question:
        return found
    changed = plan_question(edits.question, graphs, wanted, said)
    if "plan" not in changed:
        return found
    made = after(edits.calls, changed)
    return withhold([]) if drops(question, made["plan"], graphs[0]) else made


def _with_newcomers(question: str, graphs: tuple[Graph, ...], wanted: str, said: EdgeWords) -> Update | None:
    """The plan of a question that brings nodes in first, asked of the graph that has them; None where it does not."""
    graph = graphs[0]
    if not newcomers(question) or graph.temporal or graph.remote or graph.compact:
        return None
    grown = arrivals(question, graph)
    if not grown.calls:
        return None
    if not concepts(_POLITE.sub(" ", grown.question)):
        return {"plan": Plan(grown.calls)}
    try:
        for call in grown.calls:
            made = get_tool(call.tool)(graph, **call.arguments)
            assert isinstance(made, answers.GraphAnswer)
            graph = made.graph
    except GraphError:
        return None
    return after(grown.calls, plan_question(grown.question, (graph, *graphs[1:]), wanted, said))


def _of_things(question: str, found: Update, graphs: tuple[Graph, ...]) -> Update:
    """What was found, where its answer is of the kind that is asked for."""
    if "plan" not in found:
        return found
    graph = graphs[0] if graphs else None
    if graph is not None and (stranger := newcomer_left(question, found["plan"], graph)):
        return {"fault": sentence(str(graph.missing(stranger)))}
    if drops(question, found["plan"], graph):
        return withhold([])
    plan = of_the_kind_asked(question, _by_direction(found["plan"], graphs))
    return withhold([]) if plan is None else {**found, "plan": plan}


def _by_direction(plan: Plan, graphs: tuple[Graph, ...]) -> Plan:
    """The plan, with "is a -> b one of the edges?" asked as whether there is that edge, which heeds its direction."""
    if plan.last.tool != "list_edges" or len(plan.member) != 2 or not graphs[0].directed:
        return plan
    asked = replace(plan.last, tool="has_edge", arguments={"source": plan.member[0], "target": plan.member[1]})
    return replace(plan, calls=(*plan.calls[:-1], asked), member=())


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
        return withhold(candidates(edited.question, graphs)[:2])
    if unmade(edited.question, graph):
        return not_certain(candidates(edited.question, graphs)[:2])
    if graph is not None and (pair := _either_way(edited, plain, graph)) is not None:
        one, other = pair
        return {"fault": f"There is an edge from {one} to {other} and one back: say which of them is removed."}
    settled = _settled_by_edits(edited, form_of(plain), graph)
    if settled is not None:
        return settled
    if graph is not None and edited.calls:
        graph = as_if_gone(graph, edited.calls)
        graphs = (graph, *graphs[1:])
    core = without_courtesy(edited.question, graph)
    if (edited.calls or core != plain) and (turned := _turned(core, graphs)) is not None:
        return after(edited.calls, turned)  # graph terms may say it turned round: "in several pieces", disconnected
    mentions = (edited.mentions if core == edited.question else None) or find_mentions(core, graph)
    form = _form_asked(core, plain, wanted)
    asked = Asked(core, whole, graphs, edited.calls, mentions, form, sort, wants_thing)
    found = candidates(core, graphs, mentions, form)
    exact = bool(found) and found[0].ideal and certain(found)
    as_put = find_mentions(plain, graph).skeleton
    own_verb = bool(said.verb) and any(
        {stem(word), stem(root_of(word))} & said.verb for word in re.findall(r"\w+", core)
    )
    kin = bool(said.above) and KIN.search(plain) is not None
    along = ALONG_BEST.search(as_put) is not None
    reaching = graph is not None and graph.directed and REACHING.match(as_put) is not None
    put_together = own_verb or kin or along or reaching or TWO_SIDED.search(as_put) is not None
    chosen = choose(asked, found) if exact and not put_together and takes_all(found[0], as_put) else None
    if not isinstance(chosen, Choice) and (composed := _composed(asked, plain, said)) is not None:
        return composed
    if along or reaching or (kin and (said.above != "source" or PEERS.search(plain))):
        return withhold([])  # the tools say nothing of a best path, and their words for those above go the other way
    if not exact and (turned := _turned(core, graphs, sure=False)) is not None:
        return after(edited.calls, turned)
    if found and says_more(found[0].tool.name, as_put):
        return withhold(found)
    chosen = chosen if chosen is not None else choose(asked, found)
    return planned(asked, chosen) if isinstance(chosen, Choice) else chosen


def _composed(asked: Asked, plain: str, said: EdgeWords) -> Update | None:
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
        return {"fault": sentence(str(graph.missing(edited.unknown[0])))}
    still = _STILL_CONNECTED.search(edited.question)
    if (
        edited.calls
        and form == "yes_no"
        and not still
        and not concepts(_CONNECTS.sub(" ", _POLITE.sub(" ", edited.question)))
    ):
        return withhold([])  # whether a change does something is not the changed graph
    if edited.calls and not concepts(_POLITE.sub(" ", edited.question)):
        return {"plan": Plan(edited.calls)}  # the new graph is the answer
    return None


def _form_asked(core: str, plain: str, wanted: str) -> Form:
    """The form of the answer, which may be said outside of what is left: "Group …, and count the groups."."""
    form = form_of(core)
    if form in ("any", "list") and form_of(plain) == "count":
        return "count"
    return "yes_no" if form == "any" and _YES_NO.search(wanted) else form


def _turned(question: str, graphs: tuple[Graph, ...], *, sure: bool = True) -> Update | None:
    """A plan that turns the answer to another question, or a fault; None for a question that needs no turning.

    sure: only the turns that leave no other reading; else only the others, for a question that no tool fits exactly.
    """
    if not graphs:
        return None
    parts = two_questions(question) if sure else None
    if parts is not None and all("plan" in plan_question(part, graphs) for part in parts):
        return one_at_a_time(parts)
    for turn in turn_of(question, find_mentions(question, graphs[0]), graphs[0]):
        if turn.sure != sure:
            continue
        plain = _plain_plan(turn.question, turn.returns, graphs)
        second = _plain_plan(turn.second, turn.returns, graphs) if turn.second else plain
        if plain is None or second is None or (turn.second and plain.last == second.last):
            if turn.keep is not None:
                return withhold(candidates(question, graphs))  # a condition that cannot be kept
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


def as_if_gone(graph: Graph, edits: tuple[Call, ...]) -> Graph:
    """The graph as a question after `edits` is read: without the weights or loops that they take away."""
    for tool in AS_IF_GONE:
        if any(call.tool == tool for call in edits):
            graph = _without(graph, tool)
    return graph


def after(edits: tuple[Call, ...], found: Update) -> Update:
    """The found plan on the graph that the edits make."""
    plan: Plan | None = found.get("plan")
    if plan is None or not edits:
        return found
    count = len(edits)
    calls = (replace(call, on=count - 1 if call.on is None else call.on + count) for call in plan.calls)
    return {"plan": replace(plan, calls=(*edits, *calls))}
