"""The whole graph as the strategies see it: who is linked with whom, by what, and in which groups."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from graphs.store.records import Entity, Relation

if TYPE_CHECKING:
    import networkx as nx

    from graphs.science import Simple
    from graphs.store import Store

LONGEST_NAME = 80  # characters of a name that a question quotes
_LARGE = 3000  # nodes from which on communities are found by label propagation, which is linear
_IS = ("part of", "instance of", "kind of", "type of", "subset of", "example of", "member of", "property of")


class View:
    """Living facts (not retired) between entities. Ids are the store's; the order is the store's, so runs repeat."""

    def __init__(
        self, entities: Iterable[Entity], relations: Iterable[Relation], asked: Mapping[int, int] | None = None
    ) -> None:
        """asked: how many questions were about each entity so far."""
        self.entities = {entity.id: entity for entity in entities}
        self.relations = [relation for relation in relations if relation.status != "retired"]
        self.asked = asked or {}

    @classmethod
    def of(cls, store: Store, asked: Mapping[int, int] | None = None) -> View:
        return cls(store.entities(), store.relations(), asked)

    @cached_property
    def graph(self) -> nx.Graph[int]:
        """Undirected and simple, without loops."""
        import networkx as nx

        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(self.entities)
        graph.add_edges_from((r.source, r.target) for r in self.relations if r.source != r.target)
        return graph

    @cached_property
    def simple(self) -> Simple:
        """For the network-science figures."""
        from graphs.science import Simple

        number = {entity: i for i, entity in enumerate(self.entities)}
        made = Simple.of(len(number), [(number[r.source], number[r.target]) for r in self.relations])
        labels = tuple(entity.name for entity in self.entities.values())
        return Simple(tuple(number), labels, made.pairs, made.relations, made.self_loops)

    @cached_property
    def touching(self) -> dict[int, list[Relation]]:
        """The relations of each entity, as source or target, in the order in which they came."""
        found: dict[int, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            found[relation.source].append(relation)
            if relation.target != relation.source:
                found[relation.target].append(relation)
        return found

    @cached_property
    def communities(self) -> list[list[int]]:
        """Groups that hang together, the largest first: Louvain (arXiv 0803.0476); large graphs: label propagation."""
        import networkx as nx

        if self.graph.number_of_edges() == 0:
            return [[node] for node in self.graph]
        if self.graph.number_of_nodes() > _LARGE:
            groups: Iterable[set[int]] = nx.community.fast_label_propagation_communities(self.graph, seed=0)
        else:
            groups = nx.community.louvain_communities(self.graph, seed=0)
        return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))

    @cached_property
    def largest_component(self) -> list[int]:
        import networkx as nx

        parts = sorted((sorted(part) for part in nx.connected_components(self.graph)), key=lambda p: (-len(p), p))
        return parts[0] if parts else []

    def degree(self, entity: int) -> int:
        """How many other entities it is linked with."""
        return int(self.graph.degree[entity]) if entity in self.graph else 0

    def fresh(self, *entities: int) -> float:
        """1.0 when nobody has asked about the entities; less with every question about the most asked one of them."""
        return 1.0 / (1 + max((self.asked.get(entity, 0) for entity in entities), default=0)) ** 2

    def name(self, entity: int) -> str:
        """The entity's name as a question quotes it."""
        return quoted(self.entities[entity].name)

    def speaks(self, entity: int) -> bool:
        """Whether a question can be asked about it: its name has a letter and is no sentence."""
        name = self.entities[entity].name
        return len(name) <= LONGEST_NAME and any(c.isalpha() for c in name)

    def fact(self, relation: Relation) -> str:
        """The relation in words."""
        return f"{self.name(relation.source)} {spoken(relation.verb)} {self.name(relation.target)}"

    def facts(self, entities: Iterable[int], limit: int) -> Iterator[str]:
        """Facts around some entities, an entity's newest first and by turns, none twice."""
        seen: set[int] = set()
        piles = [self.touching[entity][::-1] for entity in entities if entity in self.entities]
        for rank in range(max(map(len, piles), default=0)):
            for pile in piles:
                if rank < len(pile) and pile[rank].id not in seen and len(seen) < limit:
                    seen.add(pile[rank].id)
                    yield self.fact(pile[rank])


def quoted(name: str) -> str:
    """A name between quotation marks; names are anybody's text, so it stays on one line and short."""
    clean = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name)
    clean = " ".join(clean.replace("“", "'").replace("”", "'").split())
    return f"“{clean if len(clean) <= LONGEST_NAME else clean[: LONGEST_NAME - 1] + '…'}”"


def spoken(verb: str) -> str:
    """A verb as it is said in a sentence.

    >>> spoken("part_of"), spoken("IS-A"), spoken("enables")
    ('is part of', 'is a', 'enables')
    """
    words = quoted(verb)[1:-1].replace("_", " ").replace("-", " ").lower()
    return f"is {words}" if words.startswith(_IS) else words
