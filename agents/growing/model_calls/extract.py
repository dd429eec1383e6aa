"""Documents: a model reads a piece of text and writes down the triples that it states, each with its words."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agents.growing.grounding.direction import telling
from agents.growing.grounding.ground import Span, ground, mentions, pronouns_for
from agents.growing.grounding.vocabulary import Vocabulary
from agents.growing.grounding.words import words_of
from agents.growing.model_calls.asking import Message, ask_for_graph, data, one_line, prompt
from agents.growing.replies.formats import Terms, read_json, read_reply
from agents.growing.replies.lenient import Loaded, Unreadable, load
from agents.growing.replies.lines import read_lines
from agents.growing.replies.names import key_of, unfolded
from agents.growing.replies.proposal import Proposal, Quarantined, Triple
from agents.growing.replies.schema import NAME, facts_schema
from agents.growing.sources.chunks import Chunk, sentences
from agents.models import Ledger

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CALLS = 4  # at most, for each 1,000 words of a document, whatever they are for
_TOKENS_A_FACT, _TOKENS_A_SENTENCE = 24, 16
_FEWEST = 4  # words of a sentence that may state a fact
_ANCHOR = re.compile(r"(\d+)\b")
_KNOWN = 40  # names that are shown
_OFTEN = 4  # facts with one source and verb, from which on they may be a rhythm


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
    found = ask_for_graph(
        model,
        messages(quotes, known, typed=typed),
        facts_schema(words, anchors, most) if typed else None,
        lambda text: _read(text, Terms(words, quotes, NAME, chunk.text)),
        again=again,
        max_tokens=max_tokens or 100 + len(anchors) * (_TOKENS_A_SENTENCE + 2 * _TOKENS_A_FACT),
        ledger=ledger,
        cancel=cancel,
        varied=not typed,
    )
    return _checked(found, chunk, aliases or {})


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


def _read(text: str, terms: Terms) -> Proposal:
    """The proposal in a reply: facts by sentence, or any other form."""
    try:
        loaded = load(text)
    except Unreadable:
        return _read_lines(text, terms) or read_reply(text, terms)
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


def _read_lines(text: str, terms: Terms) -> Proposal | None:
    """The proposal in a reply of lines; None where it has none."""
    lines = read_lines(text)
    if lines is None:
        return None
    found = read_json(Loaded({"facts": lines.facts}, lines.repairs), text, replace(terms, longest=None))
    left = (Quarantined(what, why) for what, why in lines.left)
    return replace(found, quarantined=(*found.quarantined, *left))


def _checked(proposal: Proposal, chunk: Chunk, aliases: Mapping[str, Sequence[str]]) -> Proposal:
    """The proposal with each triple looked up in the chunk."""
    repairs = Counter(proposal.repairs)
    left: list[tuple[str, str]] = []
    kept: dict[tuple[str, str, str, int | None], Triple] = {}
    shown_before = _names_of_example() - {word.plain for word in words_of(chunk.text)}
    others = {**aliases, **proposal.aliases}
    names = {key_of(name): name for name, _ in proposal.entities}
    rhythm = Counter((triple.source, triple.verb) for triple in proposal.triples)
    for said in proposal.triples:
        found = _looked_up(said, chunk, others, repairs)
        if found is None and _touched(said, chunk, others, often=rhythm[said.source, said.verb] >= _OFTEN):
            found = replace(said, confidence=0.3)
        if shown_before & {word.plain for word in words_of(f"{said.source} {said.target}")}:
            left.append(Quarantined(f"{said.source} {said.verb} {said.target}", "copied from the prompt's example"))
            continue
        if found is None:
            left.append(Quarantined(f"{said.source} {said.verb} {said.target}", _missing(said, chunk, others)))
            continue
        found = replace(found, target=names.setdefault(key_of(found.target), found.target))
        place = (found.source, found.verb, found.target, found.start)
        repairs["repeated_edge"] += place in kept
        kept.setdefault(place, found)
    shown = {place[:3] for place in kept if place[3] is not None}
    for place in [place for place in kept if place[3] is None and place[:3] in shown]:
        del kept[place]  # another sentence bears it out
        repairs["repeated_edge"] += 1
    ends = {name for triple in kept.values() for name in (triple.source, triple.target)}
    gone = {name for triple in proposal.triples for name in (triple.source, triple.target)} - ends
    alone = [name for name, _ in proposal.entities if name not in ends | gone]
    left += [Quarantined(name, "not in the text") for name in alone if not mentions(name, chunk.text)]
    ends |= {name for name in alone if mentions(name, chunk.text)}
    kinds = dict(proposal.entities)
    return replace(
        proposal,
        triples=tuple(kept.values()),
        entities=tuple((name, kinds.get(name)) for name in names.values() if name in ends),
        repairs={kind: count for kind, count in sorted(repairs.items()) if count},
        quarantined=(*proposal.quarantined, *left),
    )


def _names_of_example() -> set[str]:
    """The words with capitals among the names of the prompt's example."""
    _, reply = prompt("grow_extract_typed_example").split("\n---\n")
    names = " ".join(end for facts in json.loads(reply).values() for fact in facts for end in (fact[0], fact[2]))
    return {word.plain for word in words_of(names) if word.capital}


def _looked_up(
    said: Triple, chunk: Chunk, aliases: Mapping[str, Sequence[str]], repairs: Counter[str]
) -> Triple | None:
    """The triple with its place in the document; None where no place bears it out."""
    better = _unfolded(said)
    for triple in (better, said) if better else (said,):
        span = ground(triple, chunk.text, aliases=aliases)
        if span is not None:
            repairs["object_unfolded"] += triple is better
            repairs["sentence_corrected"] += span.how == "sentence" and triple.quote is not None
            return _grounded(triple, span, chunk)
    return None


def _touched(said: Triple, chunk: Chunk, aliases: Mapping[str, Sequence[str]], *, often: bool) -> bool:
    """Whether the sentence that the model named, or else any, speaks of both ends, or of one with a word of the verb.

    A pronoun may stand for an end, unless the model says so `often`: small ones fall into a rhythm ("Dorothy could see
    …") and go on with it for every sentence that follows.
    """
    texts = [said.quote] if said.quote else [chunk.text[start:end] for start, end in sentences(chunk.text)]
    for text in texts:
        words = words_of(text)
        known = [mentions(name, text, aliases.get(name, ())) for name in (said.source, said.target)]
        verb = bool(telling(said.verb) & {word.stem for word in words})
        if all(known) or (any(known) and verb):
            return True
        other = said.target if known[0] else said.source
        if any(known) and not often and {word.plain for word in words} & pronouns_for(other):
            return mentions(other, chunk.text, aliases.get(other, ()))
    return False


def _missing(said: Triple, chunk: Chunk, aliases: Mapping[str, Sequence[str]]) -> str:
    known = any(mentions(name, chunk.text, aliases.get(name, ())) for name in (said.source, said.target))
    return "its sentence says nothing of the kind" if known else "neither name is in the text"


def _unfolded(triple: Triple) -> Triple | None:
    """The triple whose target stands in the verb, as in (Henry, "had a big bed", Dorothy): Henry had a big bed."""
    parts = unfolded(triple.verb)
    quote = " ".join((triple.quote or "").split()).casefold()
    if parts is None or f"{triple.verb} {triple.target}".casefold() in quote:
        return None  # "has a high" toughness
    return replace(triple, verb=parts[0], target=parts[1], target_type=None)


def _grounded(triple: Triple, span: Span, chunk: Chunk) -> Triple:
    confidence = 0.9 if span.both else 0.6
    start, end = chunk.start + span.start, chunk.start + span.end
    return replace(triple, quote=chunk.text[span.start : span.end], start=start, end=end, confidence=confidence)
