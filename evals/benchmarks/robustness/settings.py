"""Applications in which a graph question is asked, and the sentences in which such a user writes the graph down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Family = Literal["plain", "weighted", "directed", "flow", "dag", "bipartite", "temporal"]


@dataclass(frozen=True)
class Setting:
    """An application.

    opening: the sentence before the facts. fact: one edge. roll: declares the nodes, so that isolated ones count.
    names: which stock of labels fits.
    """

    opening: str
    fact: str
    roll: str
    names: str
    second_names: str = ""

    def facts(self, edges: Sequence[tuple[Any, Any, Mapping[str, Any]]]) -> str:
        return "\n".join(self.fact.format(u=u, v=v, **data) for u, v, data in edges)


SETTINGS: dict[str, Setting] = {
    "friends": Setting(
        "Here is who is friends with whom.", "{u} and {v} are friends.", "The people are {nodes}.", "people"
    ),
    "flights": Setting(
        "These are the direct connections of an airline.",
        "There is a direct flight between {u} and {v}.",
        "The airports are {nodes}.",
        "cities",
    ),
    "cities": Setting(
        "This is a road network.",
        "There is a road of length {weight} between {u} and {v}.",
        "The cities are {nodes}.",
        "cities",
    ),
    "pipes": Setting(
        "This is a network of pipes.",
        "A pipe with capacity {capacity} leads from {u} to {v}.",
        "The stations are {nodes}.",
        "stations",
    ),
    "tasks": Setting(
        "These tasks depend on each other.", "{u} must be done before {v}.", "The tasks are {nodes}.", "tasks"
    ),
    "jobs": Setting(
        "People want jobs.", "{u} is interested in {v}.", "The people and the jobs are {nodes}.", "people", "jobs"
    ),
    "meetings": Setting(
        "This is a list of meetings.", "{u} and {v} met at time {time}.", "The people are {nodes}.", "people"
    ),
}

# Which graphs an application can carry; a plain question in a weighted application ignores the weights.
CARRIES: dict[str, tuple[Family, ...]] = {
    "friends": ("plain",),
    "flights": ("plain",),
    "cities": ("weighted",),
    "pipes": ("flow",),
    "tasks": ("dag",),
    "jobs": ("bipartite",),
    "meetings": ("temporal",),
}
