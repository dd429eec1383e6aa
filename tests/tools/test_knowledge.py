"""Queries of knowledge graphs against brute force over networkx, and forged answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.errors import BadArgument
from graphs.store.facts import Facts
from graphs.store.query import And, Entities, Expression, OfType, Or, Related, Without
from tests.graphs.store.test_query import expressions
from tools.certificates.knowledge import (
    check_apart,
    check_chains,
    check_entities,
    check_neighbourhood,
    check_relations,
)
from tools.knowledge import (
    Matches,
    entity_neighbourhood,
    matching_entities,
    matching_relations,
    relation_chains,
)

VERBS = ("knows", "part_of", "is a kind of", "é→ü")


@st.composite
def knowledge(draw: st.DrawFn) -> Facts:
    """A small graph over the entities 10 to 16, with parallel relations, loops and verbs that are not used."""
    rows = draw(
        st.lists(st.tuples(st.integers(10, 16), st.sampled_from(VERBS), st.integers(10, 16)), min_size=0, max_size=24)
    )
    rows += [(10, verb, 11) for verb in VERBS]  # every verb is one of the graph
    entities = [(10 + at, f"n{at}", ("person", None, "thing")[at % 3]) for at in range(7)]
    return Facts.of(entities, [(number, s, v, t) for number, (s, v, t) in enumerate(rows)])


def as_networkx(facts: Facts) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for at, label in enumerate(facts.labels):
        graph.add_node(label, id=int(facts.entity_ids[at]), type=facts.types[at])
    for row, relation in enumerate(facts.relation_ids):
        source, target = facts.labels[facts.sources[row]], facts.labels[facts.targets[row]]
        graph.add_edge(source, target, key=relation, verb=facts.verbs[facts.verb_codes[row]])
    return graph


def holds(graph: nx.MultiDiGraph, node: str, query: Expression) -> bool:
    """Whether one node belongs to the query, by its meaning."""
    about = graph.nodes[node]
    if isinstance(query, Entities):
        return about["id"] in query.ids
    if isinstance(query, OfType):
        return query.type is None or about["type"] == query.type
    if isinstance(query, And):
        return all(holds(graph, node, part) for part in query.parts)
    if isinstance(query, Or):
        return any(holds(graph, node, part) for part in query.parts)
    if isinstance(query, Without):
        return holds(graph, node, query.whole) and not holds(graph, node, query.part)
    assert isinstance(query, Related)
    for source, target, data in graph.edges(data=True):
        if query.verbs is not None and data["verb"] not in query.verbs:
            continue
        if query.side in ("out", "both") and target == node and holds(graph, source, query.of):
            return True
        if query.side in ("in", "both") and source == node and holds(graph, target, query.of):
            return True
    return False


@settings(max_examples=150, deadline=None)
@given(knowledge(), expressions())
def test_entities_are_those_that_brute_force_finds(facts: Facts, query: Expression) -> None:
    graph = as_networkx(facts)
    answer = matching_entities(facts, query)
    assert answer.labels == [node for node in graph if holds(graph, node, query)]
    certificate = check_entities(facts, answer, query)
    assert certificate.holds, certificate.reason
    assert certificate.grade == "proof"


@settings(max_examples=80, deadline=None)
@given(knowledge(), expressions(), st.data())
def test_forged_entities_are_refused(facts: Facts, query: Expression, data: st.DataObject) -> None:
    answer = matching_entities(facts, query)
    others = [label for label in facts.labels if label not in answer.derivations]
    if others:
        more = data.draw(st.sampled_from(others))
        forged = Matches([*answer.labels, more], {**answer.derivations, more: tuple(facts.relation_ids)})
        assert not check_entities(facts, forged, query).holds
    if answer.labels:
        less = data.draw(st.sampled_from(answer.labels))
        kept = {label: rows for label, rows in answer.derivations.items() if label != less}
        assert not check_entities(facts, Matches(list(kept), kept), query).holds
        bare = nx.create_empty_copy(as_networkx(facts))
        if answer.derivations[less] and not holds(bare, less, query):  # "… or Ann" needs no relation of Ann
            assert not check_entities(facts, replace(answer, derivations={**answer.derivations, less: ()}), query).holds
        unknown = {**answer.derivations, less: (10**9,)}
        assert not check_entities(facts, replace(answer, derivations=unknown), query).holds or not unknown[less]


SOME_VERBS = st.sampled_from([None, VERBS[:1], VERBS[1:3]])
MAYBE = st.one_of(st.none(), expressions())


@settings(max_examples=80, deadline=None)
@given(knowledge(), MAYBE, MAYBE, SOME_VERBS)
def test_relations_are_those_that_brute_force_finds(
    facts: Facts, sources: Expression | None, targets: Expression | None, verbs: tuple[str, ...] | None
) -> None:
    graph = as_networkx(facts)
    wanted = [
        key
        for source, target, key, data in graph.edges(keys=True, data=True)
        if (verbs is None or data["verb"] in verbs)
        and (sources is None or holds(graph, source, sources))
        and (targets is None or holds(graph, target, targets))
    ]
    answer = matching_relations(facts, sources, verbs, targets)
    assert sorted(answer.ids) == sorted(wanted)
    assert check_relations(facts, answer, sources, verbs, targets).holds
    for ids in (answer.ids[1:], [*answer.ids, -1]):
        if ids != answer.ids:
            assert not check_relations(facts, replace(answer, ids=ids), sources, verbs, targets).holds


@settings(max_examples=80, deadline=None)
@given(knowledge(), st.integers(10, 16), st.integers(1, 4))
def test_neighbourhoods_are_those_of_networkx(facts: Facts, centre: int, hops: int) -> None:
    graph = nx.Graph(as_networkx(facts).to_undirected())
    label = facts.labels[facts.at(centre)]
    answer = entity_neighbourhood(facts, centre, hops)
    assert dict(answer.distances) == nx.single_source_shortest_path_length(graph, label, cutoff=hops)
    assert check_neighbourhood(facts, answer, centre, hops).holds
    for other in answer.value:
        distances = {k: v for k, v in answer.distances.items() if k != other}
        reached = {k: v for k, v in answer.reached_by.items() if k != other}
        assert not check_neighbourhood(
            facts, replace(answer, distances=distances, reached_by=reached), centre, hops
        ).holds


@settings(max_examples=80, deadline=None)
@given(knowledge(), st.integers(10, 16), st.integers(10, 16))
def test_chains_are_shortest_paths(facts: Facts, source: int, target: int) -> None:
    graph = nx.Graph(as_networkx(facts).to_undirected())
    one, other = (facts.labels[facts.at(number)] for number in (source, target))
    if one == other:
        with pytest.raises(BadArgument, match="both ends"):
            relation_chains(facts, source, target)
        return
    answer = relation_chains(facts, source, target)
    if answer is None:
        assert not nx.has_path(graph, one, other)
        around = Matches(list(entity_neighbourhood(facts, source, facts.num_entities).distances), {})
        assert check_apart(facts, around, source, target).holds
        assert not check_apart(facts, Matches([*around.labels, other], {}), source, target).holds
        return
    assert answer.length == nx.shortest_path_length(graph, one, other)
    assert check_chains(facts, answer, source, target).holds
    labels, relations = answer.chains[0]
    forged: list[Any] = [
        replace(answer, length=answer.length + 1),
        replace(answer, chains=[]),
        replace(answer, chains=[(labels, (-1, *relations[1:]))]),
        replace(answer, distances={**answer.distances, one: 1}),
    ]
    assert not any(check_chains(facts, each, source, target).holds for each in forged)


def test_a_query_that_names_what_is_not_there_is_refused() -> None:
    facts = Facts.of([(1, "a", None), (2, "b", None)], [(5, 1, "knows", 2)])
    with pytest.raises(BadArgument, match="no entity with the id 9"):
        matching_entities(facts, Entities((9,)))
    with pytest.raises(BadArgument, match="did you mean knows"):
        matching_entities(facts, Related(Entities((1,)), ("know",), "out"))


def test_an_empty_graph_has_answers() -> None:
    facts = Facts.of([], [])
    answer = matching_entities(facts, OfType(None))
    assert answer.labels == []
    assert check_entities(facts, answer, OfType(None)).holds
