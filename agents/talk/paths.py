"""Questions about the path, or the component, that was just found: "How long is it?", "Does it pass Bob?"."""

from __future__ import annotations

from dataclasses import replace

from agents.plan import Call, Pick, Plan
from agents.routing.mentions import find_mentions
from agents.state import Memory
from agents.talk.anaphora import Reference
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool

_IT = r"(?:it|that|this|the)(?: (?:one|path|route|way|trip|walk|component|group))?"
_LEAD = r"\W*(?:(?:ok(?:ay)?|and|so|then|now|but)[,\s]+)*"
_PART = r"(?:node|vertex|city|town|stop|person|station)"
_MEASURES = lazy(
    rf"{_LEAD}(?:"
    rf"(?P<long>how (?:long|far|expensive|heavy) (?:is|would) {_IT}(?: be)?|(?:what|how much) (?:is|does|would) "
    rf"(?:its|{_IT}) (?:length|cost|weigh|weight|total weight|total)|what(?: is|'s) its (?:total )?(?:length|cost|"
    rf"weight|"
    rf"distance))|"
    rf"(?P<edges>how many (?:edges|hops|steps|links|roads) (?:does|has) {_IT}(?: have| use)?)|"
    rf"(?P<nodes>how many (?:nodes|vertices|stops|towns|cities|people) (?:does {_IT} (?:have|pass|visit)|has {_IT}|"
    rf"are (?:on|in) {_IT}))|"
    rf"(?P<list>(?:what|which) (?:is|one is) {_IT}|(?:which|what) (?:nodes|vertices|stops|towns|cities|people|"
    rf"stations) "
    rf"(?:are (?:on|in|along) {_IT}|does {_IT} (?:pass|visit|use|go) ?(?:through|via)?)|(?:show|give|print)(?: me)? "
    rf"{_IT}|"
    rf"who is on {_IT}|what does {_IT} look like)|"
    rf"(?P<on>(?:is|are|lies?|does|do) (?:the )?(?:{_PART} )?Ⓝ(?: also)?(?: lie)? (?:on|in|part of|along) {_IT}|"
    rf"(?:does|do|did) {_IT} (?:also )?(?:pass|go|visit|use|contain|include|run|lead|cross|touch|stop at|stop in)"
    rf"(?: (?:through|via|by|over|past|along))? (?:the )?(?:{_PART} )?Ⓝ))"
    r"(?: (?:then|now|in total|in all))*\s*[?.!]*",
)
PICKS: dict[str, Pick] = {"long": "length", "edges": "hops", "nodes": "count", "list": "value"}


def of_path(question: str, refs: list[Reference], graph: Graph, memory: Memory) -> Plan | None:
    """The last plan with another part of its path picked; None for what is not asked of the path as a whole."""
    if len(refs) != 1 or refs[0].kind != "one":
        return None
    return part_of_path(question, graph, memory)


def part_of_path(question: str, graph: Graph, memory: Memory) -> Plan | None:
    """The last plan with the part of its path that is asked for."""
    from agents.talk.follow_up import plan_from_plain

    if not memory.get("plan"):
        return None
    mentions = find_mentions(question, graph)
    asked = _MEASURES.fullmatch(mentions.skeleton.lower().replace("ⓝ", "Ⓝ").strip())
    if asked is None:
        return None
    last = as_path(plan_from_plain(memory["plan"]), graph)
    if last is None or not asked.lastgroup:
        return None
    if not issubclass(get_tool(last.last.tool).returns, answers.Path) and asked.lastgroup in ("long", "edges"):
        return None
    if asked.lastgroup == "on":
        if len(mentions.nodes) != 1:
            return None
        return replace(last, pick="value", member=(mentions.nodes[0].node,), compare=None, sort="")
    return replace(last, pick=PICKS[asked.lastgroup], member=(), compare=None, sort="")


def as_path(plan: Plan, graph: Graph) -> Plan | None:
    """The plan that gives the path itself: for "Is there a path from A to B?" the shortest one."""
    if plan.asked is not None:
        return None
    if plan.last.tool == "has_path":
        weight = {"weight": "weight"} if graph.weighted else {}
        call = Call("shortest_path", {**plan.last.arguments, **weight}, plan.last.on)
        note = "the shortest of the paths is taken"
        return replace(plan, calls=(*plan.calls[:-1], call), pick="value", assumptions=(*plan.assumptions, note))
    return plan if issubclass(get_tool(plan.last.tool).returns, (answers.Path, answers.Nodes)) else None
