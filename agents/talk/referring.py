"""Questions that speak of a former answer: "Which of them has the most?", "Is it a leaf?", "How far apart are they?".

Every reference of the question is resolved to the things of the last answer or, where that had none, to the nodes that
its question named; the question is then read with these things in the references' place, and says so in a note. One
that cannot be resolved, or is not read, is asked back: no reference is ever passed over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agents.composing.hierarchy import UNSAID, EdgeWords
from agents.plan import Plan
from agents.state import Memory
from agents.talk.anaphora import Reference, references
from agents.talk.found import Found
from agents.talk.in_place import Ask, read_with
from agents.talk.paths import of_path
from agents.talk.standing_for import Unclear, meaning_of, nothing_meant
from graphs.graph import Graph
from tools import answers
from tools.registry import get_tool

COMPONENTS = {
    "connected_components": "component", "number_of_components": "component",
    "strongly_connected_components": "strongly connected component",
}  # fmt: skip
_ABOUT_COMPONENTS = ("largest_", "smallest_", "component_of", "strong_component_of")

_LEAD = re.compile(r"^\W*(?:(?:and|so|but|then|now|ok|okay|also)\b[\s,]*)+(?=\w)", re.IGNORECASE)
_INDEFINITE = re.compile(r"\b(?:on|in|from|without) (?P<one>one)\s*[?.!]*$", re.IGNORECASE)  # "… are not on one?"
_KINDS = re.compile(r"\b(?:cycles?|paths?|components?|triangles?|cliques?|groups?|routes?)\b", re.IGNORECASE)
_AFTER_WORD = re.compile(r"\b(?:from|to|with|between|than|by)\s+$", re.IGNORECASE)
_HOW_LONG = re.compile(r"^\W*how (?:long|far|heavy|expensive|wide) (?:is|are|was) it\b", re.IGNORECASE)


def referred(
    question: str, graph: Graph, memory: Memory, ask: Ask, before: str = "", said: EdgeWords = UNSAID
) -> dict[str, Any] | None:
    """What to do with a question that holds references: a plan, or a fault; None for one that holds none.

    before: the sentences in front of the question. said: the text's words for the graph's edges.
    """
    question = _LEAD.sub("", question)
    refs = references(question, graph, before)
    if memory.get("plan") and (left := _INDEFINITE.search(question)) and not _KINDS.search(question):
        return {"fault": nothing_meant(left["one"])}
    if not refs:
        return None
    found: Found = memory.get("found") or Found(kind="", things=[], named=[], question="")
    if (found.get("kind") == "path" or found.get("whole")) and (
        plan := of_path(question, refs, graph, memory)
    ) is not None:
        return {"plan": follows(plan, (f"taken as a follow-up to: {found['question'][:120]}",)), "referred": True}
    if all(ref.kind == "one" and not ref.noun for ref in refs) and (settled := _it(question, refs, graph, found, ask)):
        return settled[0]
    if all(ref.kind == "which" for ref in refs) and len(found.get("things", [])) < 2 and found.get("kind") != "groups":
        return None  # "which ones": nodes
    if found.get("kind") == "groups" and (made := _of_components(question, refs, found, memory, ask)) is not None:
        return made
    if found.get("kind") != "path" and all(ref.noun == "path" and ref.text.startswith("the ") for ref in refs):
        return None  # "How long is the path …?": no former path
    try:
        meant = [meaning_of(ref, found, graph, question) for ref in refs]
    except Unclear as unclear:
        return {"fault": str(unclear)}
    told = tuple(dict.fromkeys(each.told for each in meant))
    made = read_with(question, refs, meant, graph, ask, said)
    if made is None:
        listed = "; ".join(told)
        return {
            "fault": f"I read this as a question that goes on from the last answer ({listed}), and do not understand "
            "what it asks: put it as a whole question, with the names in it."
        }
    if "plan" in made:
        made = {**made, "plan": follows(made["plan"], told), "referred": True}
        return _with_edits(made, memory, found)
    return made


def follows(plan: Plan, told: tuple[str, ...]) -> Plan:
    """The plan as one of a follow-up, with a note on what its references were taken as."""
    return replace(plan, source="follow-up", assumptions=(*told, *plan.assumptions))


def _with_edits(made: dict[str, Any], memory: Memory, found: Found) -> dict[str, Any]:
    """The plan on the graph that the last question spoke of, where that changed it for itself."""
    count = found.get("edits", 0)
    if not count:
        return made
    from agents.talk.follow_up import plan_from_plain

    edits = plan_from_plain(memory["plan"]).calls[:count] if memory.get("plan") else ()
    if len(edits) != count or not all(issubclass(get_tool(call.tool).returns, answers.GraphAnswer) for call in edits):
        return {"fault": "The last answer was on a changed graph: say the whole question, with the change in it."}
    plan: Plan = made["plan"]
    calls = (replace(call, on=count - 1 if call.on is None else call.on + count) for call in plan.calls)
    note = "on the graph that the last question changed"
    return {**made, "plan": replace(plan, calls=(*edits, *calls), assumptions=(*plan.assumptions, note))}


def _of_components(
    question: str, refs: list[Reference], found: Found, memory: Memory, ask: Ask
) -> dict[str, Any] | None:
    """What to do with "which of them" where they are all components of the graph; None for another question."""
    calls = memory.get("plan", {}).get("calls", [])
    tool = calls[-1]["tool"] if len(calls) == 1 else ""
    if len(refs) != 1 or tool not in COMPONENTS or refs[0].kind not in ("several", "which") or refs[0].possessive:
        return None
    ref = refs[0]
    start = question.casefold().rfind(" of ", 0, ref.start) if ref.kind == "several" else ref.start
    if ref.kind == "several" and start + 4 != ref.start:
        return None
    made = ask(f"{question[:start].rstrip()} {COMPONENTS[tool]}{question[ref.end :]}")
    if "plan" not in made or not made["plan"].last.tool.startswith(_ABOUT_COMPONENTS):
        return None
    told = (f"{ref.text!r} is taken as the components ({found['question'][:120]})",)
    return {**made, "plan": follows(made["plan"], told), "referred": True}


def _it(
    question: str, refs: list[Reference], graph: Graph, found: Found, ask: Ask
) -> tuple[dict[str, Any] | None] | None:
    """What to do where "it" can only be the graph, in a tuple; None where it may be a thing."""
    things = found.get("things", []) if found.get("kind") else found.get("named", [])
    if found.get("kind") == "path" or len(things) == 1:
        return None
    if _HOW_LONG.search(question):  # no graph is long
        return ({"fault": nothing_meant(refs[0].text)},)
    if any(_AFTER_WORD.search(question[: ref.start]) for ref in refs):  # "from it": not the graph
        return None
    if not any(ref.possessive for ref in refs):
        return (None,) if len(things) == 0 or not found.get("kind") else None
    plan: Plan | None = ask(question).get("plan")
    if plan is not None and issubclass(get_tool(plan.last.tool).returns, answers.NodeValues):
        return ({"fault": nothing_meant(refs[0].text)},)
    return (None,)
