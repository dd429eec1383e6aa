"""Questions that speak of a former answer: "Which of them has the most?", "Is it a leaf?", "How far apart are they?".

Every reference of the question is resolved to the things of the last answer or, where that had none, to the nodes that
its question named; the question is then read with these things in the references' place, and says so in a note. One
that cannot be resolved, or is not read, is asked back: no reference is ever passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from agents.plan import Plan
from agents.routing.mentions import Mark, Mentions, find_mentions
from agents.state import Memory
from agents.talk.anaphora import Reference, references
from agents.talk.found import Found
from agents.talk.paths import of_path
from agents.talk.restricting import restricted
from agents.wording import one_line
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool

Ask = Callable[[str], dict[str, Any]]  # a question of its own to the fields that change
FIRST_PLACEHOLDER = 0xE000  # of a private range, which no text uses
SHOWN = 12  # names in a note
COMPONENTS = {
    "connected_components": "component", "number_of_components": "component",
    "strongly_connected_components": "strongly connected component",
}  # fmt: skip
_ABOUT_COMPONENTS = ("largest_", "smallest_", "component_of", "strong_component_of")

_LEAD = re.compile(r"^\W*(?:(?:and|so|but|then|now|ok|okay|also)\b[\s,]*)+(?=\w)", re.IGNORECASE)
_AFTER_WORD = re.compile(r"\b(?:from|to|with|between|than|by)\s+$", re.IGNORECASE)
_ELSE = re.compile(r"\belse\b", re.IGNORECASE)
_HOW_LONG = re.compile(r"^\W*how (?:long|far|heavy|expensive|wide) (?:is|are|was) it\b", re.IGNORECASE)
_COUNTS = {"three": 3, "four": 4}
_PAIRWISE = lazy(
    r"\b(?:apart|between (?:them|these|those|the two|both)|each other|one another|both|together)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Meant:
    """What a reference stands for. kind: "nodes", "edges" or "component". alone: spoken of as one thing."""

    kind: str
    things: tuple[Any, ...]
    alone: bool
    told: str


class Unclear(Exception):
    """A reference that stands for nothing, or for one of several things; the message says so."""


def referred(question: str, graph: Graph, memory: Memory, ask: Ask, before: str = "") -> dict[str, Any] | None:
    """What to do with a question that holds references: a plan, or a fault; None for one that holds none.

    before: the sentences in front of the question.
    """
    question = _LEAD.sub("", question)
    refs = references(question, graph, before)
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
        meant = [_meaning(ref, found, graph, question) for ref in refs]
    except Unclear as unclear:
        return {"fault": str(unclear)}
    told = tuple(dict.fromkeys(each.told for each in meant))
    made = _read(question, refs, meant, graph, ask)
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


# ── what it stands for ──────────────────────────────────────────────────────────────────────────────────────────────
def _meaning(ref: Reference, found: Found, graph: Graph, question: str) -> Meant:
    kind, things, named = found.get("kind", ""), list(found.get("things", [])), list(found.get("named", []))
    if found.get("too_many"):
        raise Unclear(f"The last answer has too many things to go on from with {ref.text!r}: say which you mean.")
    if not found.get("question"):
        raise Unclear(_nothing(ref.text))
    why = f"the answer to: {found['question'][:120]}"
    if kind == "path" and ref.kind in ("several", "which", "ordinal", "two") and things:
        kind = "nodes"
    if kind in ("edges", "groups") and ref.noun == "node" and ref.kind == "several":
        kind, things = "nodes", list(dict.fromkeys(node for thing in things for node in thing))
    if kind in ("", "path") or (ref.noun == "node" and kind != "nodes"):
        if ref.noun in ("edge", "path", "component"):
            raise Unclear(_nothing(ref.text))
        if ref.kind in ("several", "two") and len(named) == 1 and not found.get("kind"):
            raise Unclear(_nothing(ref.text))
        kind, things, why = "nodes", named, f"named in: {found['question'][:120]}"
    elif kind == "nodes" and ref.noun in ("edge", "path", "component"):
        raise Unclear(_nothing(ref.text))
    if ref.kind == "person" and kind == "nodes" and len(things) > 1 and len(named) == 1 and not found.get("failed"):
        things, why = named, f"named in: {found['question'][:120]}"  # "Who are Zoe's friends?", "How many has she?"
    if kind == "nodes":
        gone = [node for node in things if node not in graph]
        if gone:
            raise Unclear(f"{', '.join(map(one_line, gone))} is no longer in the graph, so {ref.text!r} is not clear.")
    if kind == "nodes" and ref.kind in ("several", "two") and len(things) == 1 and _PAIRWISE.search(question):
        things = [*things, *(node for node in named if node not in things)]
        if len(things) != 2 or found.get("failed"):
            raise Unclear(f"Which two nodes are meant by {ref.text!r} is not clear: name them.")
    if not things:
        raise Unclear(_nothing(ref.text))
    return _chosen(ref, kind, things, named, graph, why, question, failed=bool(found.get("failed")))


def _chosen(
    ref: Reference,
    kind: str,
    things: list[Any],
    named: list[Any],
    graph: Graph,
    why: str,
    question: str,
    *,
    failed: bool,
) -> Meant:
    if ref.kind == "ordinal":
        if not -1 <= ref.place < len(things) or len(things) < 2:
            raise Unclear(f"The last answer has {len(things)} things, so {ref.text!r} is not clear.")
        return _meant(ref, kind, [things[ref.place]], why, graph, alone=True)
    if ref.kind == "two" and len(things) != next((n for word, n in _COUNTS.items() if word in ref.text), 2):
        raise Unclear(f"The last answer has {len(things)} things, so {ref.text!r} is not clear: name them.")
    if ref.kind == "several" and ref.place:
        if len(things) <= abs(ref.place):
            raise Unclear(f"The last answer has {len(things)} things, so {ref.text!r} is not clear: name them.")
        things = things[: ref.place] if ref.place > 0 else things[ref.place :]
    if ref.kind == "others":
        if kind != "nodes":
            raise Unclear(_nothing(ref.text))
        left = set(things)
        others = [node for node in graph if node not in left]
        if not others:
            raise Unclear(f"There are no others: the last answer holds every node of the graph ({why}).")
        return _meant(ref, kind, others, f"all nodes but {_names(things)}, {why}", graph, alone=False)
    if ref.kind in ("one", "person"):
        if _ELSE.search(question):
            raise Unclear(f"What {ref.text!r} stands for beside 'else' is not clear: name it.")
        if failed:
            raise Unclear(f"The last question had no answer, so {ref.text!r} is not clear: name what you mean.")
        if len(things) > 1:
            raise Unclear(f"{ref.text!r} may be any of {_names(things)}: name the one that you mean.")
        rivals = [node for node in named if node not in things]
        if ref.kind == "person" and kind == "nodes" and rivals:
            one_of = _names([*things, *rivals])
            raise Unclear(f"{ref.text!r} may be any of {one_of}: name the one that you mean.")
        return _meant(ref, kind, things, why, graph, alone=True)
    return _meant(ref, kind, things, why, graph, alone=False)


def _meant(ref: Reference, kind: str, things: list[Any], why: str, graph: Graph, *, alone: bool) -> Meant:
    told = f"{ref.text!r} is taken as {_names(things)} ({why})"
    if kind == "edges":
        from agents.composing.values import in_one_order

        pairs = [tuple(pair) for pair in things]
        return Meant(kind, tuple(pairs if graph.directed else map(in_one_order, pairs)), alone, told)
    return Meant("component" if kind == "groups" else kind, tuple(map(_hashable, things)), alone, told)


def _hashable(thing: Any) -> Any:
    return tuple(thing) if isinstance(thing, list) else thing


def _names(things: list[Any]) -> str:
    said = ["-".join(map(one_line, each)) if isinstance(each, (list, tuple)) else one_line(each) for each in things]
    return ", ".join(said[:SHOWN]) + (f" … ({len(said)} in all)" if len(said) > SHOWN else "")


def _nothing(text: str) -> str:
    return (
        f"I cannot tell what {text!r} stands for here: no former answer gives it. Say it with names "
        "('Ann', 'Ann and Bob'), or ask about all nodes ('Which nodes …?')."
    )


def _it(
    question: str, refs: list[Reference], graph: Graph, found: Found, ask: Ask
) -> tuple[dict[str, Any] | None] | None:
    """What to do where "it" can only be the graph, in a tuple; None where it may be a thing."""
    things = found.get("things", []) if found.get("kind") else found.get("named", [])
    if found.get("kind") == "path" or len(things) == 1:
        return None
    if _HOW_LONG.search(question):  # no graph is long
        return ({"fault": _nothing(refs[0].text)},)
    if any(_AFTER_WORD.search(question[: ref.start]) for ref in refs):  # "from it": not the graph
        return None
    if not any(ref.possessive for ref in refs):
        return (None,) if len(things) == 0 or not found.get("kind") else None
    plan: Plan | None = ask(question).get("plan")
    if plan is not None and issubclass(get_tool(plan.last.tool).returns, answers.NodeValues):
        return ({"fault": _nothing(refs[0].text)},)
    return (None,)


# ── the question with it ────────────────────────────────────────────────────────────────────────────────────────────
def _read(question: str, refs: list[Reference], meant: list[Meant], graph: Graph, ask: Ask) -> dict[str, Any] | None:
    """The plan of the question with what its references stand for in their place; None where it is not read."""
    if any(each.kind == "component" for each in meant):
        return None
    filled = with_things(question, refs, meant, graph)
    if not graph.temporal and (plan := composed(filled, graph)) is not None:
        return {"plan": plan}
    if len(refs) == 1 and (narrowed := restricted(filled, meant[0].things, meant[0].kind, ask)) is not None:
        return {"plan": narrowed}
    if all(each.kind == "nodes" and len(each.things) <= (1 if each.alone else 2) for each in meant):
        for said in _named_instead(question, refs, meant):
            made = ask(said)
            if "plan" not in made or not _speaks_of(made["plan"], meant):
                continue
            spread = issubclass(get_tool(made["plan"].last.tool).returns, answers.NodeValues)
            if not spread or made["plan"].asked is not None:  # "How far is that?": from it to all others
                return made
        return None
    if all(each.kind == "edges" and len(each.things) == 1 for each in meant):
        (one, other) = meant[0].things[0]
        joint = "from {} to {}" if graph.directed else "between {} and {}"
        said = _put(question, refs, [f"the edge {joint.format(one, other)}"] * len(refs))
        made = ask(_OF_EDGE.sub("What is the weight of ", said))
        if "plan" not in made or not _speaks_of(made["plan"], [Meant("nodes", (one, other), True, "")]):
            return None
        return made if made["plan"].member or made["plan"].last.tool in OF_ONE_EDGE else None
    return None


OF_ONE_EDGE = frozenset("edge_weight remove_edge remove_edges set_weight is_bridge has_edge contract_edge".split())


_OF_EDGE = lazy(r"^\W*how (?:long|heavy|expensive|costly) is (?=the edge\b)", re.IGNORECASE)


_OF_THESE = re.compile(
    r"^\W*(?:and |so |now )*(?:of|among|out of|from) (?:all )?[\ue000-\ue0ff],?\s*(?:who|which|what)\b(?: one\b| "
    r"nodes?\b)?\s*",
    re.IGNORECASE,
)


def composed(mentions: Mentions, graph: Graph) -> Plan | None:
    """The plan of a question in the grammar of composed questions."""
    from agents.composing.carrying_out import plan_of

    return plan_of(mentions, graph)


def _speaks_of(plan: Plan, meant: list[Meant]) -> bool:
    """Whether a plan's calls hold every thing that is meant."""
    said = repr([call.arguments for call in plan.calls]) + repr(plan.member) + repr(plan.asked)
    return all(repr(thing) in said for each in meant for thing in each.things)


def _named_instead(question: str, refs: list[Reference], meant: list[Meant]) -> list[str]:
    """The question with names in the place of its references; "its degree" as "the degree of Ann" as well."""
    names = [" and ".join(map(str, each.things)) for each in meant]
    said = [_put(question, refs, names)]
    if len(refs) == 1 and refs[0].possessive:
        rest = question[refs[0].end :].rstrip(" ?.!")
        if len(rest.split()) < 6:
            said.append(f"{question[: refs[0].start]}the{rest} of {names[0]}?")
    return said


def _put(question: str, refs: list[Reference], instead: list[str]) -> str:
    for ref, name in sorted(zip(refs, instead), key=lambda pair: -pair[0].start):
        name = f"{name}'s" if ref.possessive else name
        question = question[: ref.start] + name + question[ref.end :]
    return question


def _lead(ref: Reference, text: str) -> str:
    """What makes "which one", "which" alone and "the one" a part of the things."""
    if ref.start == ref.end:
        return " of "
    return "of " if text[: ref.start].endswith("hich ") else "node of "


def with_things(question: str, refs: list[Reference], meant: list[Meant], graph: Graph) -> Mentions:
    """What the question names, with a mark for each reference: Ⓝ for a node alone, Ⓢ for things together."""
    keys = [chr(FIRST_PLACEHOLDER + place) for place in range(len(refs))]
    text = question
    for ref, key in sorted(zip(refs, keys), key=lambda pair: -pair[0].start):
        lead = "the nodes on " if ref.on else _lead(ref, text) if ref.kind == "which" else ""
        text = text[: ref.start] + lead + key + ("'s" if ref.possessive else "") + text[ref.end :]
    mentions = find_mentions(text, graph)
    skeleton, marks, parts, old = mentions.skeleton, [], [], iter(mentions.marks)
    if len(keys) == 1:  # "Of these, who …?"
        skeleton = _OF_THESE.sub(f"which of {keys[0]} ", skeleton)
    for letter in skeleton:
        if letter in keys:
            ref, each = refs[keys.index(letter)], meant[keys.index(letter)]
            single = each.alone and each.kind == "nodes"
            parts.append("Ⓝ" if single else "Ⓢ")
            marks.append(
                Mark(ref.text, each.things[0])
                if single
                else Mark(ref.text, things=each.things, edges=each.kind == "edges")
            )
            continue
        if letter in "ⓃⓆⓊ":
            marks.append(next(old))
        parts.append(letter)
    return replace(mentions, skeleton="".join(parts), marks=tuple(marks))
