"""Where the graph itself says that a question is worth asking: one function a strategy, its best candidates first."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, islice, product
from math import log

from agents.growing.grounding.polarity import opposed
from agents.growing.next_question.view import View
from graphs.store.records import Relation

_GROUPS = 12  # communities that are looked at for missing bridges
_SAMPLED = 400  # entities whose neighbours are paired for synergies
_LONG = 4  # links from which on a path is long
_LEAVES = {0: 1.0, 1: 3.0, 2: 1.5}  # neighbours -> weight on the frontier: one fact gives a question something to hold
_HUB = 4  # neighbours from which on an entity is a hub


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place to ask about. focus: the entities. fields: the words that the templates need. form: other templates."""

    focus: tuple[int, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    form: str = ""


Strategy = Callable[[View, random.Random], Iterator[Candidate]]


def frontier(view: View, rng: random.Random) -> Iterator[Candidate]:
    """Entities that hardly anything is known of, in the order of chance; those with one neighbour come sooner."""
    nodes = [node for node in view.graph if view.degree(node) <= 2 and view.speaks(node)]
    place = {node: rng.random() / (_LEAVES[view.degree(node)] * view.fresh(node)) for node in nodes}
    for node in sorted(nodes, key=place.__getitem__):
        known = view.touching[node]
        if known:
            yield Candidate((node,), {"x": view.name(node), "fact": view.fact(known[0])})
        else:
            yield Candidate((node,), {"x": view.name(node)}, "isolated")


def bridge(view: View, rng: random.Random) -> Iterator[Candidate]:
    """Two communities with few links between them for their sizes, each by one of its best linked entities."""
    groups = [group for group in view.communities if len(group) >= 2][:_GROUPS]
    where = {node: i for i, group in enumerate(groups) for node in group}
    between: dict[tuple[int, int], int] = defaultdict(int)
    for a, b in view.graph.edges:
        i, j = sorted((where.get(a, -1), where.get(b, -1)))
        if -1 < i < j:
            between[i, j] += 1
    pairs = sorted(
        combinations(range(len(groups)), 2),
        key=lambda p: (between[p] / (len(groups[p[0]]) * len(groups[p[1]])), -len(groups[p[0]]) - len(groups[p[1]]), p),
    )
    best = [
        [node for node in sorted(g, key=lambda n: (-view.degree(n) * view.fresh(n), n)) if view.speaks(node)][:3]
        for g in groups
    ]
    for i, j in pairs:
        ends = [(a, b) for a, b in product(best[i], best[j]) if not view.graph.has_edge(a, b)]
        rng.shuffle(ends)
        for a, b in ends[:2]:
            around = {"a_group": _others(view, best[i], a), "b_group": _others(view, best[j], b)}
            yield Candidate((a, b), {"a": view.name(a), "b": view.name(b), **around})


def _others(view: View, group: list[int], but: int) -> str:
    names = [view.name(node) for node in group if node != but][:2]
    return f" (which stands with {' and '.join(names)})" if names else ""


def weak_hub(view: View, rng: random.Random) -> Iterator[Candidate]:
    """Entities that much hangs on and whose facts rest on little: many neighbours, few grounded or sure facts."""
    hubs = [node for node in view.graph if view.degree(node) >= _HUB and view.speaks(node)]
    weight = {node: sum(_doubt(relation) for relation in view.touching[node]) for node in hubs}
    for node in sorted(hubs, key=lambda n: (-weight[n] * view.fresh(n), n)):
        doubtful = [relation for relation in view.touching[node] if _doubt(relation) > 0]
        if not doubtful:
            continue
        # the least sure first; among equals chance decides, so that a hub can be asked about other facts later
        chosen = sorted(doubtful, key=lambda relation: (-_doubt(relation), rng.random()))[:2]
        facts = " and ".join(view.fact(relation) for relation in chosen)
        yield Candidate((node, *_ends(chosen, node)), {"x": view.name(node), "facts": facts})


def _doubt(relation: Relation) -> float:
    return 0.0 if relation.status == "grounded" else 1.0 - relation.confidence


def _ends(relations: list[Relation], but: int) -> list[int]:
    return list(dict.fromkeys(n for r in relations for n in (r.source, r.target) if n != but))


def contradiction(view: View, rng: random.Random) -> Iterator[Candidate]:
    """Two facts that cannot both hold without a condition: opposite verbs, or a one-way verb both ways."""
    pairs: dict[tuple[int, int], list[Relation]] = defaultdict(list)
    for relation in view.relations:
        pairs[min(relation.source, relation.target), max(relation.source, relation.target)].append(relation)
    found = [
        (first, second)
        for relations in pairs.values()
        for first, second in combinations(relations, 2)
        if opposed(first, second) and view.speaks(first.source) and view.speaks(first.target)
    ]
    rng.shuffle(found)
    for first, second in found:
        yield Candidate((first.source, first.target), {"first": view.fact(first), "second": view.fact(second)})


def long_path(view: View, rng: random.Random) -> Iterator[Candidate]:
    """Entities that are linked through a long chain alone: ends of long shortest paths, by double sweeps."""
    import networkx as nx

    nodes = view.largest_component
    found = []
    for start in rng.sample(nodes, min(8, len(nodes))):
        far = _farthest(nx.single_source_shortest_path_length(view.graph, start))
        paths = nx.single_source_shortest_path(view.graph, far)
        end = _farthest({node: len(path) for node, path in paths.items()})
        path = paths[end]
        if len(path) <= _LONG:
            continue
        if view.speaks(path[0]) and view.speaks(path[-1]):
            found.append(path)
    for path in sorted(found, key=lambda p: (-len(p) * view.fresh(p[0], p[-1]), p)):
        middle = [view.name(node) for node in path[1:-1]]
        via = ", ".join(middle if len(middle) <= 4 else [*middle[:2], "…", *middle[-2:]])
        about = {"a": view.name(path[0]), "b": view.name(path[-1]), "via": via, "links": str(len(path) - 1)}
        yield Candidate((path[0], path[-1], path[len(path) // 2]), about)


def _farthest(distances: Mapping[int, int]) -> int:
    return max(distances, key=lambda node: (distances[node], -node))


def synergy(view: View, rng: random.Random) -> Iterator[Candidate]:
    """Two entities without a link that share neighbours, rare ones above all (Adamic and Adar 2003)."""
    hearts = [node for node in view.graph if 2 <= view.degree(node) <= 40]
    score: dict[tuple[int, int], float] = defaultdict(float)
    shared: dict[tuple[int, int], int] = {}
    for heart in rng.sample(hearts, min(_SAMPLED, len(hearts))):
        for a, b in islice(combinations(sorted(view.graph[heart]), 2), 200):
            if not view.graph.has_edge(a, b):
                score[a, b] += 1 / log(1 + view.degree(heart))
                shared.setdefault((a, b), heart)
    ties = {pair: rng.random() for pair in sorted(score)}
    for pair in sorted(score, key=lambda p: (-score[p] * view.fresh(*p), ties[p])):
        a, b = pair
        if view.speaks(a) and view.speaks(b) and view.speaks(shared[pair]):
            about = {"a": view.name(a), "b": view.name(b), "shared": view.name(shared[pair])}
            yield Candidate((a, b, shared[pair]), about)


STRATEGIES: dict[str, Strategy] = {
    "frontier": frontier,
    "bridge": bridge,
    "hub": weak_hub,
    "contradiction": contradiction,
    "path": long_path,
    "synergy": synergy,
}
