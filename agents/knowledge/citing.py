"""The relations that an answer rests on, read again from the store, with their evidence."""

from __future__ import annotations

from collections.abc import Iterable

from agents.reply import Citation, Quote
from graphs.errors import GraphError
from graphs.store.facts import Facts
from graphs.store.handle import KnowledgeGraph
from graphs.store.records import Document, Evidence

MOST = 1_000  # relations that a reply cites …
WITH_EVIDENCE = 200  # … the first of them with their evidence
QUOTES = 20  # for one relation


class WrongCitation(GraphError):
    """The store holds another relation under an id than the query saw."""


def citations(graph: KnowledgeGraph, relations: Iterable[int]) -> tuple[Citation, ...]:
    """What the store says of these relations.

    Raises:
        WrongCitation: a relation is another one than the query's.
        StoreError: the store cannot be read.
    """
    facts = graph.facts
    documents: dict[int, Document] = {}
    found = []
    for count, number in enumerate(dict.fromkeys(relations)):
        if count >= MOST:
            break
        relation = graph.store.relation(number)
        source, target = facts.labels[facts.at(relation.source)], facts.labels[facts.at(relation.target)]
        _compare(facts, number, source, relation.verb, target)
        evidence: tuple[Quote, ...] = ()
        if count < WITH_EVIDENCE:
            evidence = tuple(_quote(graph, each, documents) for each in graph.store.evidence(number)[:QUOTES])
        found.append(
            Citation(
                number, source, relation.verb, target, relation.status, relation.confidence, relation.step, evidence
            )
        )
    return tuple(found)


def _compare(facts: Facts, number: int, source: str, verb: str, target: str) -> None:
    row = facts.row_of[number]
    seen = (
        facts.labels[int(facts.sources[row])],
        facts.verbs[int(facts.verb_codes[row])],
        facts.labels[int(facts.targets[row])],
    )
    if seen != (source, verb, target):
        raise WrongCitation(f"relation {number} changed while the question was answered; ask again")


def _quote(graph: KnowledgeGraph, evidence: Evidence, documents: dict[int, Document]) -> Quote:
    if evidence.document is None:
        return Quote(evidence.quote, None, None, None, evidence.step, evidence.call)
    if evidence.document not in documents:
        documents[evidence.document] = graph.store.document(evidence.document)
    document = documents[evidence.document]
    span = document.text[evidence.start : evidence.end] if evidence.start is not None else ""
    quote = evidence.quote or span
    stands = " ".join(span.split()) == " ".join(quote.split()) if document.text and span else None
    return Quote(quote, document.name, evidence.start, evidence.end, evidence.step, evidence.call, stands)
