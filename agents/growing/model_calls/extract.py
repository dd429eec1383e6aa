"""Documents: a model reads a piece of text and writes down the triples that it states, each with its words."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agents.growing.grounding.checked import checked
from agents.growing.grounding.vocabulary import Vocabulary
from agents.growing.grounding.words import words_of
from agents.growing.model_calls.asking import Message, ask_for_graph, data, one_line, prompt
from agents.growing.replies.formats import Terms, read_json, read_reply
from agents.growing.replies.lenient import Loaded, Unreadable, load
from agents.growing.replies.lines import read_lines
from agents.growing.replies.proposal import Proposal, Quarantined
from agents.growing.replies.schema import NAME, facts_schema
from agents.growing.sentences.clauses import clauses
from agents.growing.sources.chunks import Chunk, sentences
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CALLS = 4  # at most, for each 1,000 words of a document, whatever they are for
_TOKENS_A_FACT, _TOKENS_A_SENTENCE = 24, 16
_FEWEST = 4  # words of a sentence that may state a fact
_ANCHOR = re.compile(r"(\d+)\b")
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
    most: int = 3,
    again: int = 1,
    max_tokens: int | None = None,
    ledger: Ledger | None = None,
    cancel: threading.Event | None = None,
) -> Proposal:
    """The triples of one chunk of the document named `document`: one call, and one more where nothing is usable.

    `start` and `end` of a triple are offsets in the document, not in the chunk; a triple without them is a hypothesis,
    and one of which its sentence says nothing is quarantined. known: names that the graph uses already, to be
    used again. aliases: other names of entities, with which they are looked up in the text. most: triples of a
    sentence. again: how often a reply without usable triples is asked for once more.

    Raises:
        ModelError: the model gave no reply.
    """
    quotes = {number: chunk.text[start:end] for number, (start, end) in enumerate(sentences(chunk.text), 1)}
    anchors = [_anchor(number, words) for number, words in quotes.items() if len(words_of(words)) >= _FEWEST]
    if not anchors:
        return Proposal(quarantined=(Quarantined(f"{document}: {chunk.text[:200]}", "a chunk without any sentence"),))
    words = vocabulary or Vocabulary()
    typed = bool(words.types or words.verbs)
    terms = Terms(words, quotes, NAME, chunk.text)
    numbers: set[int] = set()  # of the sentences of which a line was written
    found = ask_for_graph(
        model,
        messages(quotes, known, typed=typed),
        facts_schema(words, anchors, most) if typed else None,
        lambda text: _read(text, terms, numbers),
        again=again,
        max_tokens=max_tokens or 100 + len(anchors) * (_TOKENS_A_SENTENCE + 2 * _TOKENS_A_FACT),
        ledger=ledger,
        cancel=cancel,
        varied=not typed,
    )
    found = checked(found, chunk, aliases or {}, _names_of_example())
    return _with_clauses(found, chunk, terms, numbers, aliases or {})


def messages(quotes: Mapping[int, str], known: Sequence[str] = (), *, typed: bool = False) -> list[Message]:
    """What the model is asked. typed: for JSON, which can be held to a vocabulary; else for lines."""
    text = "\n".join(f"[{number}] {one_line(sentence, 2000)}" for number, sentence in quotes.items())
    asked = f"Text: {data(text)}"
    if names := [one_line(name, 60) for name in known[:_KNOWN] if name.strip()]:
        asked += f"\nNames used so far (use the same for the same thing): {data('; '.join(names))}"
    name = "grow_extract_typed" if typed else "grow_extract"
    example, reply = prompt(f"{name}_example").split("\n---\n")
    return [("system", prompt(name)), ("human", example), ("ai", reply), ("human", asked)]


def _anchor(number: int, sentence: str) -> str:
    """The number and the first words of a sentence, as the name of a field."""
    first = [sentence[word.start : word.end] for word in words_of(sentence[:200])[:4]]
    return " ".join((str(number), *first))[:60]


def _read(text: str, terms: Terms, numbers: set[int]) -> Proposal:
    """The proposal in a reply: facts by sentence, or any other form. numbers: set to the sentences of its lines."""
    numbers.clear()
    try:
        loaded = load(text)
    except Unreadable:
        return _read_lines(text, terms, numbers) or read_reply(text, terms)
    value = loaded.value
    if not isinstance(value, dict) or not any(_ANCHOR.match(field) for field in value):
        return read_reply(text, terms)
    facts: list[Any] = []
    rest: dict[str, Any] = {}
    for field, items in value.items():
        number = _ANCHOR.match(field)
        if number is None or not isinstance(items, list):
            rest[field] = items
            continue
        for item in items:
            if isinstance(item, list) and len(item) == 3:
                item = dict(zip(("source", "relation", "target"), item, strict=True))
            facts.append({**item, "sentence": int(number[1])} if isinstance(item, dict) else item)
    loaded.value = {**rest, "facts": facts}
    return read_json(loaded, text, terms)


def _read_lines(text: str, terms: Terms, numbers: set[int]) -> Proposal | None:
    """The proposal in a reply of lines; None where it has none."""
    lines = read_lines(text)
    if lines is None:
        return None
    numbers |= lines.sentences
    found = read_json(Loaded({"facts": lines.facts}, lines.repairs), text, replace(terms, longest=None))
    left = (Quarantined(what, why) for what, why in lines.left)
    return replace(found, quarantined=(*found.quarantined, *left))


def _with_clauses(
    proposal: Proposal, chunk: Chunk, terms: Terms, numbers: Set[int], aliases: Mapping[str, Sequence[str]]
) -> Proposal:
    """The proposal with what the sentences say of which the model wrote lines, none of which could be grounded."""
    offset = chunk.start
    places = {number: (start + offset, end + offset) for number, (start, end) in enumerate(sentences(chunk.text), 1)}
    told = [(triple.start, triple.end) for triple in proposal.triples if triple.start is not None and triple.end]
    facts = [
        {"source": said.subject, "relation": said.verb, "target": said.object, "sentence": number}
        for number in sorted(numbers & places.keys())
        if not any(start < places[number][1] and end > places[number][0] for start, end in told)
        for said in clauses(terms.quotes[number])
    ]
    read = checked(read_json(Loaded({"facts": facts}), "", replace(terms, longest=None)), chunk, aliases)
    triples = tuple(triple for triple in read.triples if triple.grounded)
    if not triples:
        return proposal
    names = {name for triple in triples for name in (triple.source, triple.target)}
    kinds = {name: kind for name, kind in read.entities if name in names} | dict(proposal.entities)
    return replace(
        proposal,
        triples=(*proposal.triples, *triples),
        entities=(*proposal.entities, *((name, kinds[name]) for name in names - dict(proposal.entities).keys())),
        repairs={**proposal.repairs, "sentence_read_by_rule": len(triples)},
    )


def _names_of_example() -> set[str]:
    """The words with capitals among the names of the prompt's example."""
    _, reply = prompt("grow_extract_typed_example").split("\n---\n")
    names = " ".join(end for facts in json.loads(reply).values() for fact in facts for end in (fact[0], fact[2]))
    return {word.plain for word in words_of(names) if word.capital}
