"""What "them", "it" or "the first one" stands for: things of the last answer, or nodes that its question named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from agents.talk.anaphora import Reference
from agents.talk.found import Found
from agents.wording import one_line
from graphs.graph import Graph
from graphs.text.patterns import lazy

SHOWN = 12  # names in a note
_ELSE = re.compile(r"\belse\b", re.IGNORECASE)
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


def meaning_of(ref: Reference, found: Found, graph: Graph, question: str) -> Meant:
    kind, things, named = found.get("kind", ""), list(found.get("things", [])), list(found.get("named", []))
    if found.get("too_many"):
        raise Unclear(f"The last answer has too many things to go on from with {ref.text!r}: say which you mean.")
    if not found.get("question"):
        raise Unclear(nothing_meant(ref.text))
    why = f"the answer to: {found['question'][:120]}"
    if kind == "path" and ref.kind in ("several", "which", "ordinal", "two") and things:
        kind = "nodes"
    if kind in ("edges", "groups") and ref.noun == "node" and ref.kind == "several":
        kind, things = "nodes", list(dict.fromkeys(node for thing in things for node in thing))
    if kind in ("", "path") or (ref.noun == "node" and kind != "nodes"):
        if ref.noun in ("edge", "path", "component"):
            raise Unclear(nothing_meant(ref.text))
        if ref.kind in ("several", "two") and len(named) == 1 and not found.get("kind"):
            raise Unclear(nothing_meant(ref.text))
        kind, things, why = "nodes", named, f"named in: {found['question'][:120]}"
    elif kind == "nodes" and ref.noun in ("edge", "path", "component"):
        raise Unclear(nothing_meant(ref.text))
    if ref.kind == "person" and kind == "nodes" and len(things) > 1 and len(named) == 1 and not found.get("failed"):
        things, why = named, f"named in: {found['question'][:120]}"  # "Who are Zoe's friends?", "How many has she?"
    if kind == "nodes":
        gone = [node for node in things if node not in graph]
        if gone:
            raise Unclear(f"{', '.join(map(one_line, gone))} is no longer in the graph, so {ref.text!r} is not clear.")
    if kind == "nodes" and ref.kind == "several" and len(things) == 1 and found.get("referred") and not ref.possessive:
        raise Unclear(f"{ref.text!r} may be {_names(things)}, or those before: name the ones that you mean.")
    if kind == "nodes" and ref.kind in ("several", "two") and len(things) == 1 and _PAIRWISE.search(question):
        things = [*things, *(node for node in named if node not in things)]
        if len(things) != 2 or found.get("failed"):
            raise Unclear(f"Which two nodes are meant by {ref.text!r} is not clear: name them.")
    if not things:
        raise Unclear(nothing_meant(ref.text))
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
            raise Unclear(nothing_meant(ref.text))
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


def nothing_meant(text: str) -> str:
    return (
        f"I cannot tell what {text!r} stands for here: no former answer gives it. Say it with names "
        "('Ann', 'Ann and Bob'), or ask about all nodes ('Which nodes …?')."
    )
