"""Parts of a text beside the question: courtesy that asks nothing, and conditions that belong to it."""

from __future__ import annotations

import re

from agents.routing.forms import form_of
from agents.routing.language import CRITICAL, concepts
from agents.routing.mentions import find_mentions
from agents.routing.orders import formed_before, orders
from agents.routing.templates import index
from graphs.graph import Graph

_CONDITION = re.compile(
    r"\b(?:must|may not|cannot|can't|should|shall|only|use|using|avoid\w*|without|except|excluding|"
    r"never (?:pass|go|us|visit|touch|enter|cross|travel|run)\w*|"
    r"ignore|ignoring|consider|"
    r"suppose|assume|treat|remove\w*|delete|add|insert|revers\w+|flip\w*|transpos\w+|invert|complement|count only|"
    r"at most|at least|not allowed|forbidden|allowed)\b",
    re.IGNORECASE,
)
# How every answer here is given, and that nothing is done to the graph.
_HARMLESS = re.compile(
    r"\W*(?:please\s+)?(?:count\b[^.!?]*\b(?:once|as well|too|also)\b|nothing\b|no changes?\b|"
    r"(?:do not|don['’]t) (?:modify|change|alter|explain|guess|write|"
    r"use (?:any |other |external )*(?:tools?|code|libraries|programs?|the internet))\b|"
    r"(?:output|print|return|give|write|say|state|answer with|reply with|respond with) (?:me )?only\b|"
    r"only (?:output|print|return|give|write|say|state|answer|reply)\b)[^.!?]*[.!]?\s*",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<=[?!:;])\s+|(?<=[^\d\W]{2}\.)\s+")


def without_harmless(question: str) -> str:
    """The question without the sentences beside it that say how every answer is given: "Do not modify the graph."."""
    parts = _PART.split(question)
    kept = [part for part in parts if not _HARMLESS.fullmatch(part)]
    return " ".join(kept) if kept and len(kept) < len(parts) else question


def without_courtesy(question: str, graph: Graph | None) -> str:
    """The question without the parts that ask nothing of a graph: "Would you be so kind as to tell me this?".

    A part is left out when it names no node and no number, at most one of its words means something to any tool, and
    another part says more.
    """
    parts = _PART.split(question)
    if len(parts) < 2:
        return question
    weights = [_substance(part, graph) for part in parts]
    return " ".join(
        part
        for part, weight in zip(parts, weights)
        if weight > 1 or weight == max(weights) or (weight and part.endswith(":"))  # "Kruskal: total weight?"
    )


def unmade(question: str, graph: Graph | None) -> str:
    """The part beside the question that orders another graph, "" for none: "Please invert the graph."."""
    if formed_before(question):
        return question.partition(",")[0]
    parts = _PART.split(question)
    if len(parts) < 2:
        return ""
    weights = [_substance(part, graph) for part in parts]
    asks = max(range(len(parts)), key=lambda n: (weights[n], n))
    return next((part for n, part in enumerate(parts) if n != asks and orders(part)), "")


def _substance(part: str, graph: Graph | None) -> int:
    """How much a part of a question says in the tools' words."""
    mentions = find_mentions(part, graph)
    ideas = set(concepts(mentions.skeleton))
    named = len(mentions.nodes) + len(mentions.quantities) + len(mentions.unknown) + len(ideas & CRITICAL)
    return len(ideas & index().idf.keys()) + 2 * named + (form_of(part) in ("count", "node", "list", "when"))


def conditions(leftovers: tuple[str, ...], graph: Graph | None) -> list[str]:
    """The sentences that nothing has claimed and that may change what is asked: "It must not pass node 1."."""
    found = []
    for sentence in leftovers:
        mentions = find_mentions(sentence, graph)
        speaks = any(m.strong for m in mentions.nodes) or bool(set(concepts(mentions.skeleton)) & index().idf.keys())
        if speaks and _CONDITION.search(sentence) and not _HARMLESS.fullmatch(sentence):
            found.append(sentence)
    return found
