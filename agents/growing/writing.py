"""One step's facts into the store, inside the step's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agents.growing.grounding.distinct import may_be_one
from agents.growing.grounding.evidence import Fact
from agents.growing.replies.proposal import Proposal
from agents.growing.resolving import Key, Names, ends, types_of

if TYPE_CHECKING:
    from graphs.store import Step, Store


@dataclass
class Written:
    """What a step has changed. facts, entities: new ones. merged: names that meant a known entity.

    checked: new facts, or known ones now confirmed for the first time, whose evidence was checked: what the bandit
    counts. confirmed: known facts that this step gave another piece of evidence. joined: entities that were found to be
    one. by: how names were decided.
    """

    facts: int = 0
    checked: int = 0
    entities: int = 0
    confirmed: int = 0
    merged: int = 0
    joined: int = 0
    quarantined: int = 0
    by: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "by": dict(self.by)}


def write(store: Store, step: Step, proposal: Proposal, facts: Sequence[Fact], names: Names) -> Written:
    """Add what the proposal brings. Names that were decided to be known ones become their aliases."""
    from graphs.resolution import settle

    done = Written(by=Counter(decision.by for decision in names.decisions))
    for keep, gone, why, score in names.merges:
        if may_be_one(store, keep, gone, score):
            step.merge(keep, gone, why=f"{why} ({score:.3f})")
            done.joined += 1
    ids = dict(zip(names.keys, settle(store, step, names.mentions, names.decisions), strict=True))
    done.entities = done.by["new"]
    done.merged = len(names.decisions) - done.entities
    _aliases(step, proposal, ids)
    types = types_of(proposal)
    for fact in facts:
        source, target = (ids.get(key) for key in ends(fact, types))
        _relation(store, step, fact, source, target, proposal.call, done)
    for what, why in proposal.quarantined:
        _leave_out(step, what, why, done)
    return done


def _aliases(step: Step, proposal: Proposal, ids: dict[Key, int]) -> None:
    by_name: dict[str, int] = {}
    for (name, _), entity in ids.items():
        by_name.setdefault(name, entity)
    for name, others in proposal.aliases.items():
        for other in others:
            if name in by_name and other.strip():
                step.add_alias(by_name[name], other)


def _relation(
    store: Store, step: Step, fact: Fact, source: int | None, target: int | None, call: str | None, done: Written
) -> None:
    triple = fact.triple
    told = f"{triple.source} -{triple.verb}-> {triple.target}"
    if source is None or target is None:
        _leave_out(step, told, "an end without a name", done)
        return
    if store.entity(source).id == store.entity(target).id:
        _leave_out(step, told, "both ends are the same entity", done)
        return
    known = next((r for r in store.out(source, triple.verb) if r.target == store.entity(target).id), None)
    before = 0 if known is None else len(store.evidence(known.id))
    relation = step.add_relation(source, triple.verb, target, confidence=triple.confidence, status=fact.status)
    if fact.document is not None:
        step.add_evidence(relation, quote=fact.quote, document=fact.document, start=fact.start, end=fact.end)
    else:
        step.add_evidence(relation, quote=fact.quote, call=call)
    if known is None:
        done.facts += 1
        done.checked += fact.checked
    elif len(store.evidence(relation)) > before:
        done.confirmed += 1
        done.checked += fact.checked and before == 1  # one word became two


def _leave_out(step: Step, what: str, why: str, done: Written) -> None:
    step.quarantine(what, why)
    done.quarantined += 1
