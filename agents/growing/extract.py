"""Documents: a model reads a piece of text and writes down the triples that it states, each with its words."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agents.growing.asking import Message, ask_for_graph, data, one_line, prompt
from agents.growing.chunks import Chunk, sentences
from agents.growing.formats import read_reply
from agents.growing.ground import Span, ground, mentions
from agents.growing.proposal import Proposal, Quarantined, Triple
from agents.growing.schema import facts_schema
from agents.growing.vocabulary import Vocabulary
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CALLS = 4  # at most, for each 1,000 words of a document, whatever they are for
WORDS_A_FACT = 18
_TOKENS_A_FACT = 45
_KNOWN = 40  # names that are shown


@dataclass
class Allowance:
    """How many model calls a document may still cost: at most `CALLS` for each 1,000 words, and 2 for the shortest.

    Reading a chunk needs one call; what is left over may be spent on asking again, or on telling entities apart.
    """

    words: int
    spent: int = 0

    @property
    def total(self) -> int:
        return max(2, self.words * CALLS // 1000)

    def spare(self, chunks_left: int) -> int:
        """Calls beyond the one that each chunk still to be read needs, the current one among them."""
        return max(0, self.total - self.spent - chunks_left)


def extract(
    model: BaseChatModel,
    document: str,
    chunk: Chunk,
    *,
    known: Sequence[str] = (),
    aliases: Mapping[str, Sequence[str]] | None = None,
    vocabulary: Vocabulary | None = None,
    most: int | None = None,
    again: int = 1,
    max_tokens: int | None = None,
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
) -> Proposal:
    """The triples of one chunk of the document named `document`: one call, and one more where nothing is usable.

    `start` and `end` of a triple are offsets in the document, not in the chunk; a triple without them is a hypothesis,
    and one whose names do not occur in the chunk at all is quarantined. known: names that the graph uses already, to be
    used again. aliases: other names of entities, with which they are looked up in the text. most: triples; one for each
    18 words unless given. again: how often a reply without usable triples is asked for once more.

    Raises:
        ModelError: the model gave no reply.
    """
    spans = sentences(chunk.text)
    quotes = {number: chunk.text[start:end] for number, (start, end) in enumerate(spans, 1)}
    if not quotes:
        return Proposal(quarantined=(Quarantined(document, "a chunk without any words"),))
    most = most or max(4, len(chunk.text.split()) // WORDS_A_FACT)
    words = vocabulary or Vocabulary()
    found = ask_for_graph(
        model,
        messages(quotes, known),
        facts_schema(words, most, len(quotes)),
        lambda text: read_reply(text, vocabulary=words, quotes=quotes),
        again=again,
        max_tokens=max_tokens or 100 + _TOKENS_A_FACT * most,
        ledger=ledger,
        cancel=cancel,
    )
    return _checked(found, chunk, aliases or {})


def messages(quotes: Mapping[int, str], known: Sequence[str] = ()) -> list[Message]:
    """What the model is asked."""
    text = "\n".join(f"[{number}] {one_line(sentence, 2000)}" for number, sentence in quotes.items())
    asked = f"Text: {data(text)}"
    if names := [one_line(name, 60) for name in known[:_KNOWN] if name.strip()]:
        asked += f"\nNames used so far (use the same for the same thing): {data('; '.join(names))}"
    example, reply = prompt("grow_extract_example").split("\n---\n")
    return [("system", prompt("grow_extract")), ("human", example), ("ai", reply), ("human", asked)]


def _checked(proposal: Proposal, chunk: Chunk, aliases: Mapping[str, Sequence[str]]) -> Proposal:
    """The proposal with each triple looked up in the chunk."""
    repairs = Counter(proposal.repairs)
    left: list[tuple[str, str]] = []
    kept: list[Triple] = []
    others = {**aliases, **proposal.aliases}
    for triple in proposal.triples:
        span = ground(triple, chunk.text, aliases=others)
        if span is not None:
            if span.how == "sentence" and triple.quote:
                repairs["sentence_corrected"] += 1
            kept.append(_grounded(triple, span, chunk))
        elif any(mentions(name, chunk.text, others.get(name, ())) for name in (triple.source, triple.target)):
            kept.append(replace(triple, confidence=0.3))
        else:
            left.append(Quarantined(f"{triple.source} {triple.verb} {triple.target}", "neither name is in the text"))
    ends = {name for triple in kept for name in (triple.source, triple.target)}
    gone = {name for triple in proposal.triples for name in (triple.source, triple.target)} - ends
    alone = [name for name, _ in proposal.entities if name not in ends | gone]
    left += [Quarantined(name, "not in the text") for name in alone if not mentions(name, chunk.text)]
    ends |= {name for name in alone if mentions(name, chunk.text)}
    return replace(
        proposal,
        triples=tuple(kept),
        entities=tuple(entity for entity in proposal.entities if entity[0] in ends),
        repairs={kind: count for kind, count in sorted(repairs.items()) if count},
        quarantined=(*proposal.quarantined, *left),
    )


def _grounded(triple: Triple, span: Span, chunk: Chunk) -> Triple:
    confidence = 0.9 if span.both and span.verb else 0.75 if span.both else 0.6
    start, end = chunk.start + span.start, chunk.start + span.end
    return replace(triple, quote=chunk.text[span.start : span.end], start=start, end=end, confidence=confidence)
