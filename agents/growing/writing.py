"""One step's facts into the store, inside the step's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agents.growing.evidence import Fact
from agents.growing.proposal import Proposal
from agents.growing.resolving import Key, ends, types_of

if TYPE_CHECKING:
    from graphs.resolution import Decision
    from graphs.store import Store
    from graphs.store.step import Step


@dataclass
class Written:
    """What a step has changed. facts, entities: new ones. merged: names that meant a known entity.

    checked: new facts, or known ones now confirmed for the first time, whose evidence was checked: what the bandit
    counts. confirmed: known facts that this step gave another piece of evidence. by: how names were decided.
    """

    facts: int = 0
    checked: int = 0
    entities: int = 0
    confirmed: int = 0
    merged: int = 0
    quarantined: int = 0
    by: dict[str, int] = field(default_factory=dict)
    relations: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        counts = ("facts", "checked", "entities", "confirmed", "merged", "quarantined", "by")
        return {name: getattr(self, name) for name in counts}


def write(
    store: Store, step: Step, proposal: Proposal, facts: Sequence[Fact], decisions: Mapping[Key, Decision]
) -> Written:
    """Add what the proposal brings. Names that were decided to be known ones become their aliases."""
    done = Written()
    ids = _entities(step, decisions, done)
    names: dict[str, int] = {}
    for (name, _), entity in ids.items():
        names.setdefault(name, entity)
    for name, others in proposal.aliases.items():
        for other in others:
            if name in names:
                step.add_alias(names[name], other)
    types = types_of(proposal)
    for fact in facts:
        source, target = (ids[key] for key in ends(fact, types))
        _relation(store, step, fact, source, target, proposal.call, done)
    for what, why in proposal.quarantined:
        step.quarantine(what, why)
        done.quarantined += 1
    return done


def _entities(step: Step, decisions: Mapping[Key, Decision], done: Written) -> dict[Key, int]:
    ids: dict[Key, int] = {}
    for (name, kind), decision in decisions.items():
        done.by[decision.by] = done.by.get(decision.by, 0) + 1
        if decision.entity is None:
            ids[name, kind] = step.add_entity(name, type=kind)
            done.entities += 1
        else:
            ids[name, kind] = decision.entity
            step.add_alias(decision.entity, name)
            done.merged += 1
    return ids


def _relation(store: Store, step: Step, fact: Fact, source: int, target: int, call: str | None, done: Written) -> None:
    triple = fact.triple
    if source == target:
        step.quarantine(f"{triple.source} -{triple.verb}-> {triple.target}", "both ends are the same entity")
        done.quarantined += 1
        return
    known = next((r for r in store.out(source, triple.verb) if r.target == target), None)
    before = 0 if known is None else len(store.evidence(known.id))
    relation = step.add_relation(source, triple.verb, target, confidence=triple.confidence, status=fact.status)
    if fact.document is not None:
        step.add_evidence(relation, quote=fact.quote, document=fact.document, start=fact.start, end=fact.end)
    else:
        step.add_evidence(relation, quote=fact.quote, call=call)
    done.relations.append(relation)
    if known is None:
        done.facts += 1
        done.checked += fact.checked
    elif len(store.evidence(relation)) > before:
        done.confirmed += 1
        done.checked += fact.checked and before == 1  # one word became two
