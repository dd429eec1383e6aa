"""Questions that leave out what the last one said: "Which ones?", "How many?", "And the fewest?", "… has the most?"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agents.plan import Plan
from agents.routing.mentions import find_mentions
from agents.state import Memory
from agents.talk.found import Found
from agents.talk.paths import part_of_path
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool

_LEAD = r"\W*(?:(?:ok(?:ay)?|and|so|but|then|now|please)[,\s]+)*"
_AGAIN = lazy(
    rf"{_LEAD}(?:which(?: ones?| two| pairs?| nodes?| edges?| people| towns| cities)?|who|"
    r"who (?:are|is) (?:they|it|that|those|these)|"
    r"(?:what|which) (?:are|is) (?:they|it|those|these|that)|which (?:one|ones) (?:is|are) (?:it|they|that|those)|"
    r"(?:list|name|show|give|tell)(?: me)? (?:them|it|(?:those|these)(?: [^\W\d_]+s| people| vertices)?)(?: all)?|"
    r"where (?:are|is) (?:they|it))\s*[?.!]*",
    re.IGNORECASE,
)
_HOW_MANY = lazy(
    rf"{_LEAD}how many(?: (?:are there|are (?:they|those|these)|of (?:them|those|these)(?: are there)?|is that|are "
    rf"that|"
    r"in all|in total))?\s*[?.!]*",
    re.IGNORECASE,
)
_PART = lazy(r"\W*and how many (?P<what>[^\W\d_]+)\s*[?.!]*", re.IGNORECASE)
_OF_WHICH = lazy(
    rf"{_LEAD}(?:which|who|how many)(?: of (?:them|these|those)| ones?)? (?P<verb>are|is|do|does|have|has|can)"
    r"(?P<not> not|n['’]t)?\s*[?.!]*",
    re.IGNORECASE,
)
_CANNOT = lazy(
    rf"{_LEAD}(?:which|who)(?: (?P<noun>[^\W\d_]+))? (?P<verb>can|could|are|do|does|have)\s?"
    r"(?:n['’]t|not|['’]t)\s*[?.!]*",
    re.IGNORECASE,
)
_SAID = lazy(r"\W*(?:which(?: [^\W\d_]+)?|who) (?P<verb>can|could|are|have)(?P<rest> .+)", re.IGNORECASE)
_MOST_ALONE = lazy(
    r"\b(?P<verb>have|has|with|got) (?:the )?(?P<how>most|fewest|least|(?:more|fewer|less)(?: than \d+)?)\s*[?.!]*$",
    re.IGNORECASE,
)
_AND_THE = lazy(
    rf"{_LEAD}(?:what about |how about |who has |which has )?(?:the )?(?P<how>[^\W\d_]+)(?: one)?\s*[?.!]*",
    re.IGNORECASE,
)
_OPPOSITES = (
    ("most", "fewest"), ("highest", "lowest"), ("largest", "smallest"), ("nearest", "farthest"),
    ("closest", "farthest"), ("longest", "shortest"), ("maximum", "minimum"), ("biggest", "smallest"),
    ("most", "least"), ("greatest", "least"), ("heaviest", "lightest"), ("cheapest", "most expensive"),
    ("furthest", "nearest"),
)  # fmt: skip
DEGREES = frozenset(
    "degree in-degree out-degree neighbour edge predecessor successor superior child subordinate".split()
)


def elliptic(
    question: str, graph: Graph, memory: Memory, ask: Callable[[str], dict[str, Any]]
) -> dict[str, Any] | None:
    """What to do with a question that is nothing without the last one; None for another question."""
    found: Found | None = memory.get("found")
    plan = _last(memory)
    if found is None or plan is None:
        return None
    note: tuple[str, ...] = (f"taken as a follow-up to: {found['question'][:120]}",)
    made: Plan | None = None
    if _AGAIN.fullmatch(question):
        made = listing(plan, found)
    elif found.get("kind") == "path" and (part := _PART.fullmatch(question)) is not None:
        made = part_of_path(f"how many {part['what']} does it have?", graph, memory)
        if made is None:
            return {"fault": _whole(question, found)}
    elif _HOW_MANY.fullmatch(question):
        made = counting(plan)
    elif (which := _OF_WHICH.fullmatch(question)) is not None:
        made = _of_the_set(plan, bool(which["not"]), how_many="how many" in question.casefold())
        if made is None:
            return {"fault": _whole(question, found)}
    elif (cannot := _CANNOT.fullmatch(question)) is not None:  # "Which nodes can reach d?", "Which nodes can't?"
        said = _SAID.fullmatch(found["question"])
        if said is None or said["verb"].casefold() != cannot["verb"].casefold() or found.get("referred"):
            return {"fault": _whole(question, found)}
        whole = f"which {cannot['noun'] or 'nodes'} {said['verb']} not{said['rest']}"
        made = ask(whole).get("plan")
        note = (*note, f"understood as: {whole}")
        if made is None:
            return {"fault": _whole(question, found)}
    elif (other := _and_the(question, found)) is not None:
        if found.get("referred"):
            return {"fault": _whole(question, found)}
        made = ask(other).get("plan")
        note = (*note, f"understood as: {other}")
    if made is None:
        return None
    return {"plan": replace(made, source="follow-up", assumptions=(*note, *made.assumptions)), "referred": True}


def _whole(question: str, found: Found) -> str:
    return (
        f"I take this as going on from {found['question'][:120]!r}, and cannot tell what {question.strip()[:60]!r} "
        f"asks "
        "then: put it as a whole question."
    )


def _last(memory: Memory) -> Plan | None:
    from agents.talk.follow_up import plan_from_plain

    data = memory.get("plan")
    return None if not data or data.get("choosing") else plan_from_plain(data)


def listing(plan: Plan, found: Found) -> Plan | None:
    """The plan that lists what the last answer counted, or said there to be."""
    from agents.composing.terms import Crossing, Empty, Not, Size

    if plan.asked is None and plan.last.tool == "degree" and not found.get("things"):
        return None
    if plan.asked is not None:
        term = plan.asked.term
        while isinstance(term, (Size, Not, Empty)):
            term = term.of
        if not found.get("things") and not isinstance(term, Crossing):
            return None
        return replace(plan, asked=replace(plan.asked, term=term, one=False))
    if plan.last.tool == "degree":
        way = {"in": "predecessors", "out": "successors"}.get(plan.last.arguments.get("direction", ""), "neighbors")
        node = {"node": plan.last.arguments["node"]}
        return replace(plan, calls=(*plan.calls[:-1], replace(plan.last, tool=way, arguments=node)), pick="value")
    returns = get_tool(plan.last.tool).returns
    if plan.compare is not None or plan.member or plan.negate or not found.get("kind"):
        return None
    if issubclass(returns, (answers.Nodes, answers.NodeAnswer, answers.Edges, answers.Groups, answers.Path)):
        return replace(plan, pick="value")
    return None


def counting(plan: Plan) -> Plan | None:
    """The plan that counts what the last answer listed."""
    from agents.composing.terms import Set, Size

    if plan.asked is not None:
        term = plan.asked.term
        return replace(plan, asked=replace(plan.asked, term=Size(term), one=False)) if isinstance(term, Set) else None
    returns = get_tool(plan.last.tool).returns
    if plan.compare is not None or plan.member or plan.negate or plan.pick != "value":
        return None
    return replace(plan, pick="count") if issubclass(returns, (answers.Nodes, answers.Edges, answers.Groups)) else None


def _of_the_set(plan: Plan, other: bool, *, how_many: bool) -> Plan | None:
    """The plan of "Which of them are not?" after "Are they all leaves?": the things of the set that are, or are not."""
    from agents.composing.terms import Agreed, Empty, Joined, Named, Not, Size, Subset

    term: Any = None if plan.asked is None else plan.asked.term
    if isinstance(term, Agreed) and isinstance(term.one, Subset):
        term = Subset(term.other.of if isinstance(term.other, Subset) else term.one.of, term.one.in_)
    if isinstance(term, Subset) and not (isinstance(term.of, Named) and len(term.of.nodes) == 1):
        found: Any = Joined("less" if other else "and", term.of, term.in_)
    elif isinstance(term, Not) and isinstance(term.of, Empty) and isinstance(term.of.of, Joined) and not other:
        found = term.of.of
    else:
        return None
    assert plan.asked is not None
    return replace(plan, asked=replace(plan.asked, term=Size(found) if how_many else found, one=False))


def _and_the(question: str, found: Found) -> str | None:
    """The last question with its superlative in the place of which another is said: "And the fewest?"."""
    said = _AND_THE.fullmatch(question)
    if said is None:
        return None
    how = said["how"].casefold()
    for one, other in _OPPOSITES:
        for new, old in ((one, other), (other, one)):
            if how == new and len(re.findall(rf"\b{old}\b", found["question"], re.IGNORECASE)) == 1:
                return re.sub(rf"\b{old}\b", new, found["question"], flags=re.IGNORECASE)
    return None


def lacks_noun(question: str) -> bool:
    """Whether a question ends in "has the most" and does not say of what."""
    return _MOST_ALONE.search(question) is not None


def with_noun(question: str, graph: Graph, memory: Memory) -> str | None:
    """The question with the noun of the last one: "Who has two friends?", "Which of them has the most?"."""
    from agents.composing.words import words_of

    found = memory.get("found")
    if not found:
        return None
    mentions = find_mentions(found["question"], graph)
    words = words_of(mentions) or []
    said = {word.lemma: mentions.skeleton[word.start : word.end] for word in words if word.lemma in DEGREES}
    noun = found.get("measure") or (next(iter(said.values())) if len(said) == 1 else None)
    if noun is None:
        return None
    noun = noun if noun.endswith(("s", "degree")) else f"{noun}s"
    return f"{question.rstrip(chr(63) + ' .!')} {noun}?"
