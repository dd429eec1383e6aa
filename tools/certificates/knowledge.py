"""Checks of answers about knowledge graphs. Nothing here follows an index: every relation is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from graphs.errors import GraphError
from graphs.store.facts import Facts
from graphs.store.query import And, Entities, Expression, OfType, Or, Related
from tools.certificates.base import Certificate, Rejected, require
from tools.knowledge import Chains, Matches, Neighbourhood, Relations

Members = NDArray[np.bool_]  # [n]: whether the entity at each position belongs to a set


def members(facts: Facts, query: Expression) -> Members:
    """Which entities belong to the query, by joining it with the columns of all relations."""
    inside = np.zeros(facts.num_entities, dtype=np.bool_)
    if isinstance(query, Entities):
        inside |= np.isin(facts.entity_ids, np.asarray(query.ids, dtype=np.int64))
    elif isinstance(query, OfType):
        inside |= _typed(facts, query)
    elif isinstance(query, Related):
        start = members(facts, query.of)
        rows = _with_verbs(facts, query.verbs)
        if query.side != "in":
            inside[facts.targets[rows & start[facts.sources]]] = True
        if query.side != "out":
            inside[facts.sources[rows & start[facts.targets]]] = True
    elif isinstance(query, (And, Or)):
        parts = np.stack([members(facts, part) for part in query.parts])
        inside |= parts.all(axis=0) if isinstance(query, And) else parts.any(axis=0)
    else:
        inside |= members(facts, query.whole) & ~members(facts, query.part)
    return inside


def _typed(facts: Facts, query: OfType) -> Members:
    if query.type is None:
        return np.ones(facts.num_entities, dtype=np.bool_)
    wanted = query.type.casefold()
    return np.fromiter((str(kind).casefold() == wanted for kind in facts.types), np.bool_, facts.num_entities) & (
        np.fromiter((kind is not None for kind in facts.types), np.bool_, facts.num_entities)
    )


def _with_verbs(facts: Facts, verbs: tuple[str, ...] | None) -> Members:
    if verbs is None:
        return np.ones(facts.num_relations, dtype=np.bool_)
    wanted = [code for code, verb in enumerate(facts.verbs) if verb in verbs]
    return np.isin(facts.verb_codes, np.asarray(wanted, dtype=np.int64))


def check_entities(facts: Facts, answer: Matches, query: Expression) -> Certificate:
    """each answer's relations read again, and every relation scanned for an answer that is missing."""
    return _certified(check_entities, lambda: _entities(facts, answer, query))


def _entities(facts: Facts, answer: Matches, query: Expression) -> str:
    require(set(answer.derivations) == set(answer.labels), "not every answer has its relations")
    require(len(set(answer.labels)) == len(answer.labels), "an answer is listed twice")
    inside = members(facts, query)
    scanned: dict[Expression, Members] = {}
    for label in answer.labels:
        at = facts.by_label.get(label)
        require(at is not None, f"the graph has no entity {label[:80]!r}")
        rows = [facts.row_of[relation] for relation in answer.derivations[label]]
        require(
            _shown(facts, int(at or 0), query, rows, scanned), f"the relations given for {label[:80]!r} do not show it"
        )
    listed = np.zeros(facts.num_entities, dtype=np.bool_)
    listed[[facts.by_label[label] for label in answer.labels]] = True
    require(bool((listed == inside).all()), "a scan of all relations gives other entities")
    count = len(answer.labels)
    noun = "entity matches" if count == 1 else "entities match"
    return (
        f"{count} {noun}, each shown by its relations, and none of the other "
        f"{facts.num_entities - count} does by any of {facts.num_relations} relations"
    )


def _shown(facts: Facts, at: int, query: Expression, rows: list[int], scanned: dict[Expression, Members]) -> bool:
    """Whether the rows alone put the entity into the set, as far as that needs relations to be there."""
    if isinstance(query, Entities):
        return int(facts.entity_ids[at]) in query.ids
    if isinstance(query, OfType):
        return bool(_typed(facts, query)[at])
    if isinstance(query, Related):
        for row in rows:
            verb = facts.verbs[int(facts.verb_codes[row])]
            if query.verbs is not None and verb not in query.verbs:
                continue
            source, target = int(facts.sources[row]), int(facts.targets[row])
            if query.side != "in" and target == at and _shown(facts, source, query.of, rows, scanned):
                return True
            if query.side != "out" and source == at and _shown(facts, target, query.of, rows, scanned):
                return True
        return False
    if isinstance(query, And):
        return all(_shown(facts, at, part, rows, scanned) for part in query.parts)
    if isinstance(query, Or):
        return any(_shown(facts, at, part, rows, scanned) for part in query.parts)
    if query.part not in scanned:  # that something is not there is shown by no relation, only by all of them
        scanned[query.part] = members(facts, query.part)
    return not scanned[query.part][at] and _shown(facts, at, query.whole, rows, scanned)


def check_relations(
    facts: Facts,
    answer: Relations,
    sources: Expression | None,
    verbs: tuple[str, ...] | None,
    targets: Expression | None,
) -> Certificate:
    """every relation of the graph compared with what was asked."""

    def claim() -> str:
        wanted = _with_verbs(facts, verbs)
        if sources is not None:
            wanted &= members(facts, sources)[facts.sources]
        if targets is not None:
            wanted &= members(facts, targets)[facts.targets]
        right = [facts.relation_ids[row] for row in np.flatnonzero(wanted)]
        require(Counter(right) == Counter(answer.ids), "a scan of all relations finds others")
        way = {(True, False): "lead away from there", (False, True): "lead there", (True, True): "run that way"}
        whole = verbs is None and sources is None and targets is None
        how = "were counted" if whole else way.get((sources is not None, targets is not None), "are of that kind")
        return f"{len(right)} of the graph's {facts.num_relations} relations {how}, and no other"

    return _certified(check_relations, claim)


def check_neighbourhood(facts: Facts, answer: Neighbourhood, entity: int, hops: int) -> Certificate:
    """the relation that leads to each entity, and no relation between distances that differ by more than 1."""

    def claim() -> str:
        far = np.full(facts.num_entities, hops + 1, dtype=np.int64)
        for label, distance in answer.distances.items():
            far[facts.by_label[label]] = distance
        centre = facts.at(entity)
        require(far[centre] == 0 and int((far == 0).sum()) == 1, "the centre is another entity")
        require(int(far.max(initial=0)) <= hops + 1, "an entity is too far away")
        require(set(answer.reached_by) == set(answer.value), "not every entity has a relation that leads to it")
        for label, relation in answer.reached_by.items():
            row, at = facts.row_of[relation], facts.by_label[label]
            ends = {int(facts.sources[row]), int(facts.targets[row])}
            require(at in ends, f"the relation given for {label[:80]!r} does not touch it")
            other = (ends - {at} or {at}).pop()
            require(far[other] == far[at] - 1, f"{label[:80]!r} is not reached from one hop nearer")
        steps = np.abs(far[facts.sources] - far[facts.targets])
        require(int(steps.max(initial=0)) <= 1, "a relation leads out of the neighbourhood too early")
        return f"{len(answer.value)} entities lie within {hops} relations of it, and no relation leads to another one"

    return _certified(check_neighbourhood, claim)


def check_chains(facts: Facts, answer: Chains, source: int, target: int) -> Certificate:
    """the relations of each chain, and distances from the source that no relation undercuts."""

    def claim() -> str:
        length = answer.length
        far = np.full(facts.num_entities, length, dtype=np.int64)
        for label, distance in answer.distances.items():
            far[facts.by_label[label]] = distance
        start, goal = facts.at(source), facts.at(target)
        require(far[start] == 0 and int((far == 0).sum()) == 1, "the distances start elsewhere")
        require(far[goal] == length, "the target has another distance")
        steps = np.abs(far[facts.sources] - far[facts.targets])
        require(int(steps.max(initial=0)) <= 1, "a relation undercuts the distances")
        require(bool(answer.chains), "no chain is given")
        for labels, relations in answer.chains:
            nodes = [facts.by_label[label] for label in labels]
            require(nodes[0] == start and nodes[-1] == goal, "a chain has other ends")
            require(len(relations) == length == len(nodes) - 1, "a chain has another length")
            for here, there, relation in zip(nodes, nodes[1:], relations):
                row = facts.row_of[relation]
                ends = {int(facts.sources[row]), int(facts.targets[row])}
                require(ends == {here, there}, "a chain breaks")
        return f"the chains consist of relations of the graph, and no chain is shorter than {length}"

    return _certified(check_chains, claim)


def check_apart(facts: Facts, reached: Matches, source: int, target: int) -> Certificate:
    """a set around the source that no relation leaves, and that the target is not in."""

    def claim() -> str:
        inside = np.zeros(facts.num_entities, dtype=np.bool_)
        inside[[facts.by_label[label] for label in reached.labels]] = True
        require(inside[facts.at(source)], "the source is not in the set")
        require(not inside[facts.at(target)], "the target is in the set")
        require(bool((inside[facts.sources] == inside[facts.targets]).all()), "a relation leaves the set")
        count = len(reached.labels)
        return f"no relation leaves the {count} entities around the source, and the target is not one of them"

    return _certified(check_apart, claim)


def _certified(checker: Callable[..., Certificate], claim: Callable[[], str]) -> Certificate:
    method = (checker.__doc__ or "").strip().rstrip(".")
    try:
        return Certificate(True, claim(), method, "proof")
    except Rejected as rejection:
        return Certificate(False, "", method, "proof", str(rejection))
    except (GraphError, LookupError, TypeError, ValueError, AttributeError) as error:
        return Certificate(False, "", method, "proof", f"the witness is malformed: {error!r}")
