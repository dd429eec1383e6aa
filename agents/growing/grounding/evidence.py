"""What each proposed triple rests on: a span of a document, or the words of the model's own reasoning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agents.growing.grounding.ground import ground
from agents.growing.replies.proposal import Proposal, Triple
from graphs.store.records import Status

_REASONING = ("brainstorm", "patterns", "synthesis")  # `graph` says what the triples say, and proves nothing …
_CHAIN = re.compile(r"->|→|—>")  # … nor does a chain of names among the patterns


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple with its evidence.

    status: `grounded` where a document bears it out, else `hypothesis`. quote: the words. document, start, end: where
    they stand, if in a document. checked: whether it is grounded, or the model's reasoning speaks of both ends in one
    place; what the model only wrote into its graph is not checked.
    """

    triple: Triple
    status: Status
    quote: str = ""
    document: int | None = None
    start: int | None = None
    end: int | None = None
    checked: bool = False


def from_document(proposal: Proposal, document: int, text: str) -> list[Fact]:
    """The facts of a piece of a document. text: of the whole document."""
    facts = []
    for triple in proposal.triples:
        if triple.start is None or triple.end is None or not 0 <= triple.start < triple.end <= len(text):
            facts.append(Fact(triple, "hypothesis", triple.quote or ""))
            continue
        quote = text[triple.start : triple.end]
        facts.append(Fact(triple, "grounded", quote, document, triple.start, triple.end, checked=True))
    return facts


def from_reasoning(proposal: Proposal) -> list[Fact]:
    """The facts of an answer to a question: hypotheses all of them, some with words of the reasoning behind them."""
    said = {section: proposal.reasoning.get(section, "") for section in _REASONING}
    said["patterns"] = "\n".join(line for line in said["patterns"].splitlines() if not _CHAIN.search(line))
    text = "\n\n".join(part for part in (*said.values(), proposal.answer) if part.strip())
    facts = []
    for triple in proposal.triples:
        span = ground(triple, text, aliases=proposal.aliases)
        quote = text[span.start : span.end] if span is not None else (triple.quote or "")
        facts.append(Fact(triple, "hypothesis", quote, checked=span is not None))
    return facts
