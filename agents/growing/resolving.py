"""Which entity of the store each name of a proposal means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from agents.growing.evidence import Fact
from agents.growing.proposal import Proposal

if TYPE_CHECKING:
    from graphs.resolution import Decision, Mention, Resolver

Key = tuple[str, str | None]  # a name and its type: "Mercury", the planet, is not "Mercury", the metal


def keys_of(proposal: Proposal, facts: Sequence[Fact]) -> list[Key]:
    """The entities of a proposal, in order of appearance, each once."""
    found = [entity for entity in proposal.entities if entity[0].strip()]
    types = types_of(proposal)
    for fact in facts:
        found += ends(fact, types)
    return list(dict.fromkeys(found))


def types_of(proposal: Proposal) -> Mapping[str, str | None]:
    """The type of each name; None where the proposal gives it none, or several."""
    found: dict[str, set[str]] = {}
    for name, kind in proposal.entities:
        found.setdefault(name, set()).update({kind} if kind else ())
    return {name: next(iter(kinds)) if len(kinds) == 1 else None for name, kinds in found.items()}


def ends(fact: Fact, types: Mapping[str, str | None]) -> tuple[Key, Key]:
    """Source and target of a fact."""
    triple = fact.triple
    return (
        (triple.source, triple.source_type or types.get(triple.source)),
        (triple.target, triple.target_type or types.get(triple.target)),
    )


def resolve(resolver: Resolver, proposal: Proposal, facts: Sequence[Fact]) -> dict[Key, Decision]:
    """A decision for each entity of the proposal; the resolver sees them together."""
    keys = keys_of(proposal, facts)
    return dict(zip(keys, resolver.resolve(mentions(keys, proposal, facts)), strict=True))


def mentions(keys: Sequence[Key], proposal: Proposal, facts: Sequence[Fact]) -> list[Mention]:
    """Each entity with what the proposal says around it."""
    from graphs.resolution import Mention

    types = types_of(proposal)
    around: dict[Key, list[str]] = {key: [] for key in keys}
    for fact in facts:
        source, target = ends(fact, types)
        around[source].append(target[0])
        around[target].append(source[0])
    return [Mention(name, kind, neighbours=tuple(dict.fromkeys(around[name, kind]))) for name, kind in keys]
