"""The triples that a model read from a piece of a document, each looked up in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from agents.growing.grounding.direction import telling
from agents.growing.grounding.ground import Span, ground, mentions, pronouns_for
from agents.growing.grounding.words import words_of
from agents.growing.replies.names import key_of, unfolded
from agents.growing.replies.proposal import Proposal, Quarantined, Triple
from agents.growing.sources.chunks import Chunk, sentences

_OFTEN = 4  # facts with one source and verb, from which on they may be a rhythm


def checked(
    proposal: Proposal, chunk: Chunk, aliases: Mapping[str, Sequence[str]], foreign: Set[str] = frozenset()
) -> Proposal:
    """The proposal with each triple looked up in the chunk; what it does not speak of is quarantined.

    Spans are offsets in the document. foreign: words of a prompt's example, which mark a triple as
    copied from there unless the chunk has them.
    """
    repairs = Counter(proposal.repairs)
    left: list[tuple[str, str]] = []
    kept: dict[tuple[str, str, str, int | None], Triple] = {}
    shown_before = foreign - {word.plain for word in words_of(chunk.text)}
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
