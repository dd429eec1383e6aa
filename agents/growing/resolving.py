"""Which entity of the store each name of a proposal means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agents.growing.grounding.distinct import kept_apart
from agents.growing.grounding.evidence import Fact
from agents.growing.replies.proposal import Proposal
from graphs.resolution.naming import plain_key

if TYPE_CHECKING:
    from graphs.resolution import Decision, Duplicate, Mention, Resolver

Key = tuple[str, str | None]  # a name and its type: "Mercury", the planet, is not "Mercury", the metal


@dataclass(frozen=True)
class Names:
    """The entities of a proposal, each once, and what they are. merges: of entities that turned out to be one."""

    mentions: tuple[Mention, ...]
    decisions: tuple[Decision, ...]
    merges: tuple[Duplicate, ...] = ()

    @property
    def keys(self) -> list[Key]:
        return [(mention.name, mention.type) for mention in self.mentions]


def resolve(resolver: Resolver, proposal: Proposal, facts: Sequence[Fact], tidy: Sequence[int] | None = None) -> Names:
    """Decide on all the entities of the proposal together. tidy: entities whose duplicates are looked for, too."""
    asked = mentions(proposal, facts)
    merges = resolver.duplicates(tidy) if tidy else ()
    from_text = any(fact.document is not None for fact in facts)
    decisions = kept_apart(asked, resolver.resolve(asked), from_text=from_text)
    return Names(tuple(asked), tuple(decisions), tuple(merges))


def mentions(proposal: Proposal, facts: Sequence[Fact]) -> list[Mention]:
    """Each entity, in order of appearance, with what the proposal says around it."""
    from graphs.resolution import Mention

    types = types_of(proposal)
    around: dict[Key, list[str]] = {key: [] for key in proposal.entities if plain_key(key[0])}
    for fact in facts:
        source, target = ends(fact, types)
        if plain_key(source[0]) and plain_key(target[0]):
            around.setdefault(source, []).append(target[0])
            around.setdefault(target, []).append(source[0])
    return [Mention(name, kind, neighbours=tuple(dict.fromkeys(near))) for (name, kind), near in around.items()]


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
