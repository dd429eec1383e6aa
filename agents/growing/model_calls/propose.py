"""Self-questioning: a model thinks about a question and proposes triples."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from agents.growing.grounding.vocabulary import Vocabulary
from agents.growing.model_calls.asking import Message, ask_for_graph, data, one_line, prompt
from agents.growing.replies.formats import Terms, read_reply
from agents.growing.replies.names import key_of
from agents.growing.replies.proposal import Proposal, Quarantined, Triple
from agents.growing.replies.schema import NAME, thought_schema
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MAX_TOKENS = 1000  # a reply that fills the schema has about 700
_LINES = 40  # of context
Form = Literal["json", "tags"]


def propose(
    model: BaseChatModel,
    question: str,
    context: Sequence[str] = (),
    *,
    vocabulary: Vocabulary | None = None,
    form: Form = "json",
    most: int = 12,
    again: int = 1,
    max_tokens: int = MAX_TOKENS,
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
) -> Proposal:
    """What `model` proposes when it thinks about `question`: one call, and one more where nothing is usable.

    context: lines about what the graph knows already. vocabulary: types and verbs to hold the graph to. form: `json`
    asks under a schema, `tags` leaves the form to a model that was trained to write Graph-PReFLexOR's; whatever comes,
    all forms are read. most: edges. again: how often a reply without a usable graph is asked for once more.

    Raises:
        ModelError: the model gave no reply. A reply that nothing can be made of is none: it comes back as a proposal
            without triples that says why.
    """
    words = vocabulary or Vocabulary()
    asked_about = "\n".join((question, *context))
    terms = Terms(words, longest=NAME if form == "json" else None, prose=asked_about)

    def read(text: str) -> Proposal:
        found = read_reply(text, terms)
        return without_example(found, asked_about) if form == "json" else found

    return ask_for_graph(
        model,
        messages(question, context, form),
        thought_schema(words, most) if form == "json" else None,
        read,
        again=again,
        max_tokens=max_tokens,
        ledger=ledger,
        cancel=cancel,
    )


def messages(question: str, context: Sequence[str], form: Form) -> list[Message]:
    """What the model is asked."""
    lines = [one_line(line) for line in context if line.strip()][:_LINES]
    asked = f"Question: {data(question)}"
    if lines:
        asked += f"\nThe graph knows already (reuse its names, add what is new): {data(chr(10).join(lines))}"
    if form == "tags":
        return [("human", asked)]
    example, reply = prompt("grow_propose_example").split("\n---\n")
    return [("system", prompt("grow_propose")), ("human", example), ("ai", reply), ("human", asked)]


def without_example(proposal: Proposal, asked: str) -> Proposal:
    """The proposal without triples that a model copied from the prompt's example, as a whole or by a half.

    A half is a name of the example with its verb ("… lowers dough pH"), or such a name said one thing of.
    """
    _, reply = prompt("grow_propose_example").split("\n---\n")
    example = read_reply(reply)
    shown = {key_of(name) for name, _ in example.entities}
    foreign = {key for key in shown if key not in key_of(asked)}
    halves = {(key_of(t.source), t.verb, "") for t in example.triples} | {
        ("", t.verb, key_of(t.target)) for t in example.triples
    }
    said = Counter(key_of(end) for t in proposal.triples for end in (t.source, t.target))

    def is_copy(triple: Triple) -> bool:
        source, target = key_of(triple.source), key_of(triple.target)
        ends = {source, target} & foreign
        half = (source in foreign and (source, triple.verb, "") in halves) or (
            target in foreign and ("", triple.verb, target) in halves
        )
        return len(ends) == 2 or half or any(said[end] == 1 for end in ends)

    copied = [t for t in proposal.triples if is_copy(t)]
    if not copied:
        return proposal
    kept = tuple(t for t in proposal.triples if t not in copied)
    ends = {name for t in kept for name in (t.source, t.target)}
    gone = {name for t in copied for name in (t.source, t.target)} - ends
    left = [Quarantined(f"{t.source} {t.verb} {t.target}", "copied from the prompt's example") for t in copied]
    return replace(
        proposal,
        triples=kept,
        entities=tuple(entity for entity in proposal.entities if entity[0] not in gone),
        quarantined=(*proposal.quarantined, *left),
    )
