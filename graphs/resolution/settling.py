"""From decisions to the store: new entities are added, other names become aliases, gaps are filled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphs.resolution.likeness import text_words
from graphs.resolution.records import Decision, Mention

if TYPE_CHECKING:
    from graphs.store.step import Step
    from graphs.store.store import Store


def fuller(known: str, said: str) -> str:
    """The description to keep: the known one, unless the other says all that it says, and more.

    >>> fuller("research institute", "research institute in Vermont"), fuller("city in Maine", "city in Oregon")
    ('research institute in Vermont', 'city in Maine')
    """
    return said if set(text_words(known)) < set(text_words(said)) else known


def settle(store: Store, step: Step, mentions: Sequence[Mention], decisions: Sequence[Decision]) -> list[int]:
    """Do what was decided, inside the open step; returns the entity of each mention.

    A mention's name becomes an alias of its entity, where it is another one; its type is taken over where the entity
    has none, and its description where that says more.
    """
    ids: list[int] = []
    for place, (mention, decision) in enumerate(zip(mentions, decisions, strict=True)):
        if decision.entity is None and decision.same_as in (None, place):
            ids.append(step.add_entity(mention.name, type=mention.type, description=mention.description))
            continue
        id = decision.entity if decision.entity is not None else ids[decision.same_as]  # type: ignore[index]
        known = store.entity(id)
        if mention.name not in (known.name, *known.aliases):
            step.add_alias(id, mention.name)
        step.describe(
            id,
            type=mention.type if known.type is None else None,
            description=said if (said := fuller(known.description, mention.description)) != known.description else None,
        )
        ids.append(known.id)
    return ids
