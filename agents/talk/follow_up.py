"""Follow-up questions: "and without node 3?", "now the same for Bob", "what about from Ann to Eve?"."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from agents.plan import Call, Chosen, Compare, Keep, Pick, Plan
from agents.routing.clauses import split_edits
from agents.routing.language import concepts
from agents.routing.mentions import Mention, find_mentions
from agents.state import Memory
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool

_CUE = lazy(
    r"^(?:ok(?:ay)?[,.]?\s+)?(?:and|now|then|what about|how about|what if|the same|same|again|also|but|or|"
    r"instead|for|from|to|between|"
    r"without|after|if|with)\b",
    re.IGNORECASE,
)
_IT = r"(?:it|that|this|that (?:one|path|route|way)|this (?:one|path|route|way)|the (?:path|route|way))"
_OF_IT = lazy(
    rf"(?:(?:ok(?:ay)?|and|so|then|now)[,\s]+)*(?:"
    rf"(?P<long>how (?:long|far) (?:is|would) {_IT}(?: be)?|(?:what|how much) (?:is|does|would) (?:its|{_IT}) "
    rf"(?:length|cost|weight|total weight|total)|what(?: is|'s) its (?:total )?(?:length|cost|weight|distance))|"
    rf"(?P<edges>how many (?:edges|hops|steps|links) (?:does|has) {_IT}(?: have)?)|"
    rf"(?P<nodes>how many (?:nodes|vertices|stops) (?:does|has|are on|are in) {_IT}(?: have)?))"
    r"(?: (?:then|now|in total|in all))*\s*[?.!]*",
    re.IGNORECASE,
)
_FILLER = lazy(
    r"\b(?:and|now|then|what about|how about|what if|(?:do |ask |compute )?(?:the )?same(?: thing| question)?|"
    r"again|also|instead|"
    r"for|of|from|to|between|please|it|is|node|nodes|the|or|but|ok|okay|about|what|how|with)\b",
    re.IGNORECASE,
)


def plan_to_plain(plan: Plan) -> dict[str, Any]:
    """The plan as plain data, for the conversation's memory; second graphs, which cannot be kept, are left out.

    Of a question that is put together what it means is kept as well.
    """
    data = asdict(replace(plan, calls=(), asked=None))
    if plan.asked is not None:
        from agents.composing.plain import to_plain

        data["asked"] = to_plain(plan.asked)
        data["choosing"] = any(isinstance(value, Chosen) for call in plan.calls for value in call.arguments.values())
    data["calls"] = [
        {
            "tool": c.tool,
            "arguments": {k: v for k, v in c.arguments.items() if not isinstance(v, (Graph, Chosen))},
            "on": c.on,
        }
        for c in plan.calls
    ]
    return data


def plan_from_plain(data: dict[str, Any]) -> Plan:
    """The inverse of `plan_to_plain`."""
    calls = tuple(Call(c["tool"], _tuples(c["arguments"]), c["on"]) for c in data["calls"])
    compare = Compare(**data["compare"]) if data.get("compare") else None
    return Plan(
        calls,
        pick=data["pick"],
        compare=compare,
        sort=data.get("sort", ""),
        certainty=data["certainty"],
        source="follow-up",
        negate=data.get("negate", False),
        member=tuple(data.get("member", ())),
        keep=Keep(**data["keep"]) if data.get("keep") else None,
        common=data.get("common", False),
        asked=_asked(data.get("asked")),
    )


def _asked(data: Any) -> Any:
    if data is None:
        return None
    from agents.composing.plain import from_plain

    return from_plain(data)


def on_supposed(memory: Memory) -> Memory:
    """The memory for a question on the graph that the last one supposed: its changes are made there already."""
    calls = memory.get("plan", {}).get("calls", [])
    edits = [call for call in calls[:-1] if issubclass(get_tool(call["tool"]).returns, answers.GraphAnswer)]
    if not edits or len(edits) != len(calls) - 1:
        return memory
    changed = Memory(**memory)  # type: ignore[typeddict-item]
    changed["plan"] = {**memory["plan"], "calls": [{**calls[-1], "on": None}]}
    if "found" in memory:
        changed["found"] = {**memory["found"], "edits": 0}  # type: ignore[typeddict-item]
    return changed


def follow_up(question: str, graph: Graph | None, memory: Memory) -> Plan | None:
    """The last plan changed as `question` says, or None when this is no follow-up.

    It is one when, edits and node names aside, the question says nothing of its own.
    """
    said = question.strip()
    if not memory.get("plan") or graph is None or not (_CUE.match(said) or _OF_IT.fullmatch(said)):
        return None
    last = plan_from_plain(memory["plan"])
    if last.asked is not None:
        return _asked_again(said, graph, memory)
    if len(last.member) == 1 and _only_node(said, graph) is not None:
        return _of_another(last, last.member[0], _only_node(said, graph), memory)
    if last.common or (last.member and not issubclass(get_tool(last.last.tool).returns, answers.Path)):
        return None  # which of its parts is meant cannot be told
    asked = _OF_IT.fullmatch(question.strip())
    if asked is not None:
        return _about_it(last, asked.lastgroup or "", memory)
    edited = split_edits(question, graph)
    rest = edited.question
    mentions = find_mentions(rest, graph)
    own = concepts(_FILLER.sub(" ", re.sub("[ⓃⓆⓊ]", " ", mentions.skeleton)))
    if own or edited.unknown or mentions.unknown or not (edited.calls or mentions.nodes):
        return None
    final = last.last
    changed, note = _replace_nodes(final, list(mentions.nodes)) if mentions.nodes else (final, "")
    if changed is None:
        return None
    edits = [*last.calls[:-1]]
    for call in edited.calls:
        edits.append(replace(call, on=len(edits) - 1 if edits else None))
    calls = (*edits, replace(changed, on=len(edits) - 1 if edits else None))
    both = "the change supposed before holds as well" if edited.calls and last.calls[:-1] else ""
    notes = [text for text in (note, both) if text]
    assumptions = (f"taken as a follow-up to: {memory.get('question', '')}", *notes)
    return replace(last, calls=calls, assumptions=assumptions)


def _asked_again(said: str, graph: Graph, memory: Memory) -> Plan | None:
    """The last question on the graph that a follow-up changes: "and without Bob?"."""
    from agents.composing.carrying_out import plan_of

    named = memory.get("found", {}).get("named", [])
    if (node := _only_node(said, graph)) is not None:
        if len(named) != 1 or memory.get("found", {}).get("referred"):
            return None
        return _of_another(plan_from_plain(memory["plan"]), named[0], node, memory)
    edited = split_edits(said, graph)
    rest = find_mentions(edited.question, graph)
    if concepts(_FILLER.sub(" ", rest.skeleton)) or rest.nodes or edited.unknown or not edited.calls:
        return None
    question = memory.get("question", "")
    plan = plan_of(find_mentions(question, graph), graph, edited.calls)
    return plan and replace(
        plan, source="follow-up", assumptions=(f"taken as a follow-up to: {question}", *plan.assumptions)
    )


def _only_node(said: str, graph: Graph) -> Any:
    """The one node of a follow-up that says nothing else: "And Bob?", "what about to Bob?"."""
    if split_edits(said, graph).calls:
        return None
    mentions = find_mentions(said, graph)
    if len(mentions.nodes) != 1 or mentions.unknown or mentions.quantities:
        return None
    if concepts(_FILLER.sub(" ", re.sub("[ⓃⓆⓊ]", " ", mentions.skeleton))):
        return None
    return mentions.nodes[0].node


def _of_another(last: Plan, old: Any, new: Any, memory: Memory) -> Plan | None:
    """The last plan with another node in the place of the one that it named."""
    note = (f"taken as a follow-up to: {memory.get('question', '')}", f"{new} takes the place of {old}")
    if last.asked is None:
        return replace(last, member=(new,), assumptions=note)
    if memory.get("plan", {}).get("choosing"):
        return None
    from agents.composing.plain import from_plain, replaced, to_plain

    calls = tuple(
        replace(call, arguments={key: new if value == old else value for key, value in call.arguments.items()})
        for call in last.calls
    )
    changed = from_plain(replaced(to_plain(last.asked), old, new))
    return replace(last, calls=calls, asked=changed, assumptions=note)


def _about_it(last: Plan, what: str, memory: Memory) -> Plan | None:
    """The last plan with another part of its path picked: "How long is it?", "How many edges does it have?"."""
    if not issubclass(get_tool(last.last.tool).returns, answers.Path):
        return None
    picks: dict[str, Pick] = {"long": "length", "edges": "hops", "nodes": "count"}
    assumptions = (f"taken as a follow-up to: {memory.get('question', '')}",)
    return replace(last, pick=picks[what], compare=None, sort="", assumptions=assumptions)


def _replace_nodes(call: Call, mentions: list[Mention]) -> tuple[Call | None, str]:
    names = [p.name for p in get_tool(call.tool).parameters if p.kind == "node" and p.name in call.arguments]
    many = [p.name for p in get_tool(call.tool).parameters if p.kind == "nodes" and p.name in call.arguments]
    arguments = dict(call.arguments)
    if not names and len(many) == 1:
        arguments[many[0]] = [m.node for m in mentions]
        return replace(call, arguments=arguments), ""
    if not names or len(mentions) > len(names):
        return None, ""
    note = ""
    if len(mentions) == len(names):
        left = list(mentions)
        for name in list(names):
            match = next((m for m in left if m.role == name), None)
            if match:
                arguments[name] = match.node
                left.remove(match)
                names.remove(name)
        for name, mention in zip(names, left):
            arguments[name] = mention.node
    else:
        for mention in mentions:
            name = mention.role if mention.role in names else names[-1] if mention.role else names[0]
            if not mention.role and len(names) > 1:
                note = f"{mention.node} takes the place of {arguments[name]} ({name})"
            arguments[name] = mention.node
            names.remove(name)
    return replace(call, arguments=arguments), note


def _tuples(arguments: dict[str, Any]) -> dict[str, Any]:
    """Pairs come back from JSON as lists."""
    return {
        name: [tuple(pair) for pair in value]
        if isinstance(value, list) and value and isinstance(value[0], list)
        else value
        for name, value in arguments.items()
    }
