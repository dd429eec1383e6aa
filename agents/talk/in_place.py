"""A question read with what its references stand for in their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agents.composing.hierarchy import UNSAID, EdgeWords
from agents.composing.terms import Named
from agents.plan import Call, Chosen, Plan
from agents.routing.mentions import Mark, Mentions, find_mentions
from agents.talk.anaphora import Reference
from agents.talk.restricting import restricted
from agents.talk.standing_for import Meant
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool

Ask = Callable[[str], dict[str, Any]]  # a question of its own to the fields that change
FIRST_PLACEHOLDER = 0xE000  # of a private range, which no text uses
MOST_REMOVED = 30  # things that a question leaves out
OF_ONE_EDGE = frozenset("edge_weight remove_edge remove_edges set_weight is_bridge has_edge contract_edge".split())
_OF_EDGE = lazy(r"^\W*how (?:long|heavy|expensive|costly) is (?=the edge\b)", re.IGNORECASE)
_OF_THESE = re.compile(
    r"^\W*(?:and |so |now )*(?:of|among|out of|from) (?:all )?[\ue000-\ue0ff],?\s*(?:who|which|what)\b(?: one\b| "
    r"nodes?\b)?\s*",
    re.IGNORECASE,
)


def read_with(
    question: str,
    refs: list[Reference],
    meant: list[Meant],
    graph: Graph,
    ask: Ask,
    words: EdgeWords = UNSAID,
) -> dict[str, Any] | None:
    """The plan of the question with what its references stand for in their place; None where it is not read."""
    if any(each.kind == "component" for each in meant):
        return None
    filled = with_things(question, refs, meant, graph)
    if not graph.temporal and (plan := composed(filled, graph, words)) is not None:
        return {"plan": plan}
    if len(refs) == 1 and (narrowed := restricted(filled, meant[0].things, meant[0].kind, ask)) is not None:
        return {"plan": narrowed}
    if len(refs) == 1 and (removed := _without_things(question, refs, meant, graph, ask)) is not None:
        return removed
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


def _without_things(
    question: str, refs: list[Reference], meant: list[Meant], graph: Graph, ask: Ask
) -> dict[str, Any] | None:
    """The plan of a question that leaves the things out: "Without them, how many people are left?"."""
    things = meant[0].things
    if meant[0].kind == "nodes":
        names = list(map(str, things))
        said = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    elif meant[0].kind == "edges" and len(things) == 1:
        said = ("the edge from {} to {}" if graph.directed else "the edge between {} and {}").format(*things[0])
    else:
        return None
    if len(things) > MOST_REMOVED or refs[0].possessive:
        return None
    made = ask(_put(question, refs, [said]))
    gone = [_removed(call) for call in made["plan"].calls] if "plan" in made else []
    wanted = set(map(frozenset, things)) if meant[0].kind == "edges" else set(things)
    return made if gone.count(wanted) == 1 and sum(map(bool, gone)) == 1 else None


def _removed(call: Call) -> set[Any]:
    """The nodes, or the edges as sets of two, that a call removes."""
    if call.tool == "remove_edge":
        return {frozenset((call.arguments["source"], call.arguments["target"]))}
    if call.tool not in ("remove_node", "remove_nodes", "remove_edges"):
        return set()
    (given,) = call.arguments.values()
    if isinstance(given, Chosen):
        return set(given.of.nodes) if isinstance(given.of, Named) else {None}
    if call.tool == "remove_edges":
        return set(map(frozenset, given))
    return {given} if call.tool == "remove_node" else set(given)


def composed(mentions: Mentions, graph: Graph, words: EdgeWords = UNSAID) -> Plan | None:
    """The plan of a question in the grammar of composed questions."""
    from agents.composing.carrying_out import plan_of

    return plan_of(mentions, graph, said=words)


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
