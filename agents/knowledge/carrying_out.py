"""Carries out a request on a knowledge graph: exact tools, their certificates, and the answer in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from agents.knowledge.citing import MOST, citations
from agents.knowledge.request import Request
from agents.reply import Citation, Reply, Status
from agents.wording import one_line
from graphs.store.facts import Facts
from graphs.store.handle import KnowledgeGraph
from graphs.store.notation import write
from graphs.store.query import Entities, Related
from tools.certificates import Certificate
from tools.certificates.knowledge import check_apart, check_chains, check_entities, check_neighbourhood, check_relations
from tools.knowledge import (
    Matches,
    entity_neighbourhood,
    matching_entities,
    matching_relations,
    relation_chains,
)

LISTED = 60  # labels that the text names; the value holds all
SHOWN = 6  # relations that the text cites
UNDERSTOOD = 0.9  # a reading less sure than this takes the "proven" from an answer


@dataclass(frozen=True)
class Outcome:
    """What a request gave. relations: ids that the answer rests on, in the order in which they count."""

    value: Any
    text: str
    certificates: tuple[Certificate, ...]
    relations: tuple[int, ...]
    notes: tuple[str, ...] = ()


def carry_out(graph: KnowledgeGraph, request: Request) -> Reply:
    """Answer a request.

    Raises:
        GraphError: the request names what the graph does not have, or the store cannot be read.
    """
    outcome = _HOW[request.kind](graph.facts, request)
    refused = next((c for c in outcome.certificates if not c.holds), None)
    if refused is not None:
        why = f"The answer failed its own check, so it is withheld: {refused.reason}. This is a bug; please report it."
        return Reply(None, why, "unanswerable", outcome.certificates, request.notes)
    cited = citations(graph, outcome.relations)
    notes = [*request.notes, *outcome.notes]
    if request.query is not None and request.kind != "size" and request.source != "notation":
        stated = "" if request.left is None else f"is {write(request.left, graph.facts)} among "
        notes.insert(0, f"read as: {stated}{_cut(one_line(write(request.query, graph.facts)), 600)}")
    if len(outcome.relations) > MOST:
        notes.append(f"{len(outcome.relations)} relations show the answer; the first {MOST} are cited")
    text = "\n".join([outcome.text, *_lines(cited)])
    return Reply(
        outcome.value,
        text,
        _status(outcome, request),
        outcome.certificates,
        tuple(dict.fromkeys(notes)),
        citations=cited,
    )


def _status(outcome: Outcome, request: Request) -> Status:
    proven = all(c.grade == "proof" and c.holds for c in outcome.certificates)
    return "proven" if proven and request.certainty >= UNDERSTOOD else "computed"


# -- kinds of requests


def _entities(facts: Facts, request: Request) -> Outcome:
    found, certificate = _matches(facts, request)
    labels = found.labels
    text = f"{_listing(labels)}." if labels else "None: no entity of the graph matches."
    return Outcome(list(labels), text, (certificate,), _relations_of(found, labels))


def _count(facts: Facts, request: Request) -> Outcome:
    found, certificate = _matches(facts, request)
    number = len(found.labels)
    text = f"{number}" + (f": {_listing(found.labels)}." if number else ".")
    return Outcome(number, text, (certificate,), _relations_of(found, found.labels))


def _exists(facts: Facts, request: Request) -> Outcome:
    found, certificate = _matches(facts, request)
    text = f"Yes: {_listing(found.labels)}." if found.labels else "No: no entity of the graph matches."
    return Outcome(bool(found.labels), text, (certificate,), _relations_of(found, found.labels))


def _whether(facts: Facts, request: Request) -> Outcome:
    found, certificate = _matches(facts, request)
    assert request.left is not None
    said = matching_entities(facts, request.left)
    checked = check_entities(facts, said, request.left)
    inside = [label for label in said.labels if label in found.derivations]
    missing = [label for label in said.labels if label not in found.derivations]
    holds = bool(said.labels) and not missing
    text = f"Yes: {_listing(inside)}." if holds else "No" + (f": not {_listing(missing)}." if missing else ".")
    return Outcome(holds, text, (checked, certificate), _relations_of(found, inside))


def _why(facts: Facts, request: Request) -> Outcome:
    """The relations that show a statement."""
    if request.query is None:  # how two entities are related
        one, other = (Entities((identity,)) for identity in request.of)
        there, back = matching_relations(facts, one, None, other), matching_relations(facts, other, None, one)
        checks = (check_relations(facts, there, one, None, other), check_relations(facts, back, other, None, one))
        ids = (*there.ids, *back.ids)
        return Outcome(_triples(facts, ids), _because(ids), checks, ids)
    stated = _whether(facts, request)
    if not stated.value:
        return replace(stated, value=[], text="The graph does not say so: no relation shows it.", relations=())
    assert request.left is not None
    ids, certificates = stated.relations, stated.certificates
    query = request.query
    if isinstance(query, Related) and isinstance(query.of, Entities):
        ids = ()
        for side in ("out", "in"):
            if query.side in (side, "both"):
                ends = (query.of, request.left) if side == "out" else (request.left, query.of)
                found = matching_relations(facts, ends[0], query.verbs, ends[1])
                certificates = (*certificates, check_relations(facts, found, ends[0], query.verbs, ends[1]))
                ids = (*ids, *found.ids)
    return Outcome(_triples(facts, ids), _because(ids), certificates, ids)


def _because(ids: tuple[Any, ...]) -> str:
    if not ids:
        return "The graph does not say so: no relation shows it."
    return f"The graph holds {len(ids)} relation{'s' * (len(ids) != 1)} that {'say' if len(ids) != 1 else 'says'} so."


def _between(facts: Facts, request: Request) -> Outcome:
    source, target = request.of
    found = relation_chains(facts, source, target)
    names = " and ".join(_cut(facts.labels[facts.at(identity)], 80) for identity in request.of)
    if found is None:
        around = entity_neighbourhood(facts, source, max(1, facts.num_entities))
        reached = Matches(list(around.distances), {})
        certificate = check_apart(facts, reached, source, target)
        return Outcome([], f"No chain of relations joins {one_line(names)}.", (certificate,), ())
    certificate = check_chains(facts, found, source, target)
    lines = [_chain(facts, labels, relations) for labels, relations in found.chains]
    near = f"{found.length} relation{'s' * (found.length != 1)}"
    text = f"{one_line(names)} are joined by {near}:\n" + "\n".join(f"  {line}" for line in lines)
    relations = tuple(dict.fromkeys(relation for _, chain in found.chains for relation in chain))
    note = ("relations are followed in either direction; up to five shortest chains are shown",)
    return Outcome(found.value, text, (certificate,), relations, note)


def _chain(facts: Facts, labels: tuple[str, ...], relations: tuple[Any, ...]) -> str:
    parts = [_cut(one_line(labels[0]), 80)]
    for label, relation, before in zip(labels[1:], relations, labels):
        row = facts.row_of[relation]
        verb = _cut(one_line(facts.verbs[int(facts.verb_codes[row])]), 60)
        ahead = facts.labels[int(facts.sources[row])] == before
        parts.append(
            f"-[{verb}]-> {_cut(one_line(label), 80)}" if ahead else f"<-[{verb}]- {_cut(one_line(label), 80)}"
        )
    return " ".join(parts)


def _about(facts: Facts, request: Request) -> Outcome:
    one = Entities(request.of)
    out, into = matching_relations(facts, one, None, None), matching_relations(facts, None, None, one)
    checks = (check_relations(facts, out, one, None, None), check_relations(facts, into, None, None, one))
    ids = tuple(dict.fromkeys((*out.ids, *into.ids)))
    name = _cut(one_line(facts.labels[facts.at(request.of[0])]), 80)
    noun = "relation" if len(ids) == 1 else "relations"
    text = f"The graph holds {len(ids)} {noun} of {name}." if ids else f"The graph holds no relation of {name}."
    return Outcome(_triples(facts, ids), text, checks, ids)


def _around(facts: Facts, request: Request) -> Outcome:
    (centre,) = request.of
    found = entity_neighbourhood(facts, centre, request.hops)
    certificate = check_neighbourhood(facts, found, centre, request.hops)
    labels = found.value
    text = f"{len(labels)}: {_listing(labels)}." if labels else "Nothing: it has no relations."
    return Outcome(labels, text, (certificate,), tuple(found.reached_by[label] for label in labels))


def _size(facts: Facts, request: Request) -> Outcome:
    if request.query is not None:
        found, certificate = _matches(facts, request)
        number, noun = len(found.labels), "entity" if len(found.labels) == 1 else "entities"
    else:
        relations = matching_relations(facts, None, None, None)
        certificate = check_relations(facts, relations, None, None, None)
        number, noun = len(relations.ids), "relation" if len(relations.ids) == 1 else "relations"
    return Outcome(number, f"The graph holds {number:,} {noun}.", (certificate,), ())


_HOW = {
    "entities": _entities, "count": _count, "exists": _exists, "whether": _whether, "why": _why, "between": _between,
    "about": _about, "around": _around, "size": _size,
}  # fmt: skip


# -- parts


def _matches(facts: Facts, request: Request) -> tuple[Matches, Certificate]:
    query = request.query
    assert query is not None
    found = matching_entities(facts, query)
    return found, check_entities(facts, found, query)


def _relations_of(found: Matches, labels: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(relation for label in labels for relation in found.derivations[label]))


def _triples(facts: Facts, ids: Iterable[Any]) -> list[list[str]]:
    rows = [facts.row_of[relation] for relation in ids]
    return [
        [
            facts.labels[int(facts.sources[row])],
            facts.verbs[int(facts.verb_codes[row])],
            facts.labels[int(facts.targets[row])],
        ]
        for row in rows
    ]


def _listing(labels: list[str]) -> str:
    shown = [_cut(one_line(label), 120) for label in labels[:LISTED]]
    return ", ".join(shown) + (f" … ({len(labels)} in all)" if len(labels) > LISTED else "")


def _lines(cited: tuple[Citation, ...]) -> list[str]:
    lines = []
    for each in cited[:SHOWN]:
        triple = " ".join(_cut(one_line(part), 80) for part in (each.source, f"-[{each.verb}]->", each.target))
        line = f"  [{each.relation}] {triple} ({each.status}, step {each.step})"
        if each.evidence:
            quote = each.evidence[0]
            place = (
                f"{quote.document}, characters {quote.start}-{quote.end}" if quote.document else f"step {quote.step}"
            )
            said = _cut(one_line(quote.text), 160)
            line += f": “{said}” ({_cut(one_line(place), 100)})" if said else ": no words say why"
            line += "" if quote.stands is not False else ", but these words do not stand there"
        lines.append(line)
    if len(cited) > SHOWN:
        lines.append(f"  … {len(cited)} relations are cited in all")
    return lines


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
