"""The data of the interactive drawing: entities, facts and their evidence, or communities where there are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np

from graphs.science import Measured
from graphs.store import Evidence, Relation, Store
from ui.report.layout import place
from ui.report.markup import clean, short

MOST_DRAWN = 1500  # entities that are drawn one by one
MOST_FACTS = 20_000  # relations whose evidence goes into the page
MOST_GROUPS = 300
_QUOTE, _TEXT, _PIECES = 400, 300, 5  # characters of a quote, of other texts; pieces of evidence of a fact


def drawing(store: Store, measured: Measured, seed: int, most_drawn: int = MOST_DRAWN) -> dict[str, Any]:
    """What the page's script draws; above `most_drawn` entities, communities.

    nodes: [label, type, step, community, degree, aliases, description] and, where drawn one by one, x and y; facts:
    [source, verb, target, status, confidence, step, evidence], all by their place in `nodes`, `verbs`, `types`.
    """
    graph, body = measured.graph, measured.graph.body
    entities = {entity.id: entity for entity in store.entities()}
    row = {number: at for at, number in enumerate(graph.ids)}
    types = [kind for kind, _ in Counter(e.type for e in entities.values() if e.type).most_common()]
    kind_at = {kind: at for at, kind in enumerate(types)}
    many = graph.num_nodes > most_drawn
    at = {} if many else place(body, seed)
    communities = measured.communities if measured.communities is not None else np.zeros(graph.num_nodes, int)
    nodes = []
    for i, number in enumerate(graph.ids):
        entity = entities[int(str(number))]
        node: list[Any] = [
            short(clean(graph.labels[i]), _TEXT),
            -1 if entity.type is None else kind_at[entity.type],
            entity.step,
            int(communities[i]),
            int(graph.degrees[i]),
            [short(clean(alias), _TEXT) for alias in entity.aliases[:12]],
            short(clean(entity.description), _TEXT),
        ]
        nodes.append(node + list(at.get(i, ())))
    relations = store.relations(("grounded", "hypothesis"))
    shown = _shown(relations, row, measured)
    verbs = [verb for verb, _ in Counter(r.verb for r in shown).most_common()]
    verb_at = {verb: n for n, verb in enumerate(verbs)}
    names = {document.id: clean(document.name) for document in store.documents()}
    facts = [
        [
            row[r.source],
            verb_at[r.verb],
            row[r.target],
            int(r.status == "grounded"),
            round(r.confidence, 3),
            r.step,
            _evidence(store.evidence(r.id), names),
        ]
        for r in shown
    ]
    made: dict[str, Any] = {
        "nodes": nodes,
        "facts": facts,
        "types": [clean(kind) for kind in types],
        "verbs": [clean(verb) for verb in verbs],
        "last": store.last_step,
        "left": len(relations) - len(shown),
    }
    if many:
        made["groups"] = _groups(measured, communities, seed)
    return made


def _shown(relations: list[Relation], row: Mapping[Any, int], measured: Measured) -> list[Relation]:
    """All facts, or where they are too many those between the best-connected entities."""
    if len(relations) <= MOST_FACTS:
        return relations
    degrees = measured.graph.degrees
    order = sorted(relations, key=lambda r: -min(degrees[row[r.source]], degrees[row[r.target]]))
    return sorted(order[:MOST_FACTS], key=lambda r: r.id)


def _evidence(pieces: list[Evidence], names: Mapping[int, str]) -> list[list[Any]]:
    """[quote, where] for each piece, the first few."""
    found = []
    for piece in pieces[:_PIECES]:
        if piece.document is not None:
            where = names.get(piece.document, f"document {piece.document}")
            if piece.start is not None and piece.end is not None:
                where += f", characters {piece.start:,}–{piece.end:,}"
        else:
            where = "a model's word" if piece.call else "stated"
        found.append([short(clean(piece.quote), _QUOTE), f"{where}, step {piece.step}"])
    if len(pieces) > _PIECES:
        found.append(["", f"and {len(pieces) - _PIECES} more"])
    return found


def _groups(measured: Measured, communities: np.ndarray, seed: int) -> dict[str, Any]:
    """The largest communities as nodes: [members, x, y], and [group, group, links] between them."""
    sizes = np.bincount(communities)
    count = min(int((sizes > 1).sum()), MOST_GROUPS)
    ends = communities[measured.graph.pairs]
    between: Counter[tuple[int, int]] = Counter()
    for a, b in ends.tolist():
        if a != b and a < count and b < count:
            between[min(a, b), max(a, b)] += 1
    body = nx.Graph()
    body.add_nodes_from(range(count))
    body.add_weighted_edges_from((a, b, links) for (a, b), links in between.items())
    at = place(body, seed)
    return {
        "nodes": [[int(sizes[i]), *(2.2 * c for c in at[i])] for i in range(count)],
        "links": [[a, b, links] for (a, b), links in sorted(between.items())],
        "outside": int(sizes[count:].sum()),
    }
