"""Scorers: they decide whether an answer is right by checking it against the graph, never by comparing strings.

`score` takes the typed value where a reply has one that fits the question, and otherwise reads the text carefully.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agents.reply import Reply
from evals import reading, truth
from evals.task import Outcome, Sample
from graphs.graph import Graph, Node

NO_PATH = "no_path"  # the typed value of a question for a path or a length when there is none


class _Unfit(Exception):
    """The typed value cannot be an answer to this kind of question; its text may still be one."""


@dataclass(frozen=True)
class Scorer:
    """How one kind of answer is read and checked.

    value: the answer from the typed value, or raises _Unfit. text: the answer from the words, or None when it cannot be
    read. holds: whether the answer is right for the sample.
    """

    value: Callable[[Any, Sample], Any]
    text: Callable[[str, Sample], Any]
    holds: Callable[[Any, Sample], bool]


def score(reply: Reply, sample: Sample) -> Outcome:
    """Judge a reply by the scorer that `sample.metadata["scoring"]` names."""
    if reply.status == "unanswerable":
        return "asked_back" if reply.readings else "unanswerable"
    scorer = SCORERS[sample.metadata["scoring"]]
    try:
        said = scorer.value(reply.value, sample)
    except _Unfit:
        said = scorer.text(reply.text, sample)
        if said is None:
            return "unreadable"
    return "right" if scorer.holds(said, sample) else "wrong"


def score_text(reply: Reply, sample: Sample) -> Outcome:
    """Judge the words of a reply alone, as for a model that has no typed value."""
    return score(replace(reply, value=None), sample)


# -- typed values


def _labels(sample: Sample) -> list[Node]:
    return [] if sample.graph is None else sample.graph.nodes


def _node(graph: Graph | None, item: Any) -> Node:
    found = None if graph is None else graph.find(item if not isinstance(item, float) else int(item))
    if found is None:
        raise _Unfit
    return found


def _truth_value(value: Any, sample: Sample) -> bool:
    if not isinstance(value, bool):
        raise _Unfit
    return value


def _number_value(value: Any, sample: Sample) -> float:
    if isinstance(value, Mapping):
        value = value.get("length", value.get("total", value.get("amount", value.get("value"))))
    if value in (NO_PATH, "inf"):
        return math.inf
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _Unfit
    return value


def _numbers_value(value: Any, sample: Sample) -> list[float]:
    if not isinstance(value, (list, tuple)) or any(not isinstance(x, (int, float)) for x in value):
        raise _Unfit
    return list(value)


def _nodes_value(value: Any, sample: Sample) -> list[Node]:
    if isinstance(value, Mapping) and "nodes" in value:
        value = value["nodes"]
    if not isinstance(value, (list, tuple)) or any(isinstance(x, (list, tuple, Mapping)) for x in value):
        raise _Unfit
    return [_node(sample.graph, x) for x in value]


def _path_value(value: Any, sample: Sample) -> list[Node]:
    """A path; no_path and False say that there is none."""
    return [] if value is False or value == NO_PATH else _nodes_value(value, sample)


def _one_node_value(value: Any, sample: Sample) -> Node:
    if isinstance(value, (list, tuple)) and len(value) == 1:
        value = value[0]
    if value is None or isinstance(value, (list, tuple, Mapping, bool)):
        raise _Unfit
    return _node(sample.graph, value)


def _pairs_value(value: Any, sample: Sample) -> list[tuple[Node, Node]]:
    if isinstance(value, Mapping) and "pairs" in value:
        value = value["pairs"]
    if isinstance(value, Mapping):
        value = list(value.items())
    if not isinstance(value, (list, tuple)) or any(not isinstance(x, (list, tuple)) or len(x) != 2 for x in value):
        raise _Unfit
    return [(_node(sample.graph, u), _node(sample.graph, v)) for u, v in value]


def _label_value(value: Any, sample: Sample) -> str:
    if not isinstance(value, str):
        raise _Unfit
    return value


def _vectors_value(value: Any, sample: Sample) -> dict[Node, list[float]]:
    if not isinstance(value, Mapping) or any(not isinstance(x, (list, tuple)) for x in value.values()):
        raise _Unfit
    return {_node(sample.graph, n): list(x) for n, x in value.items()}


def _map_value(value: Any, sample: Sample) -> dict[Node, float]:
    if not isinstance(value, Mapping) or any(not isinstance(x, (int, float)) for x in value.values()):
        raise _Unfit
    return {_node(sample.graph, n): x for n, x in value.items()}


# -- checks against gold or graph


def close(said: float, gold: float) -> bool:
    """Equal within 1e-4 relative, or to the four decimals to which benchmarks round."""
    return said == gold or math.isclose(said, gold, rel_tol=1e-4, abs_tol=5.1e-5)


def _is_number(said: float, sample: Sample) -> bool:
    exact = isinstance(sample.gold, int) or sample.gold == math.inf
    return bool(said == sample.gold) if exact else close(said, sample.gold)


def _same_numbers(said: Sequence[float], sample: Sample) -> bool:
    return sorted(said) == sorted(sample.gold)


def _same_nodes(said: Iterable[Node], sample: Sample) -> bool:
    return {str(n) for n in said} == {str(n) for n in sample.gold}


def _one_of(said: Node, sample: Sample) -> bool:
    return str(said) in {str(n) for n in sample.gold}


def _is_label(said: str, sample: Sample) -> bool:
    return said.strip().casefold() == str(sample.gold).casefold()


def _is_shortest(said: Sequence[Node], sample: Sample) -> bool:
    """A path from source to target along edges, no node twice, of the gold's total weight."""
    assert sample.graph is not None
    if sample.gold == math.inf:
        return not said
    ends = [sample.metadata["slots"]["u"], sample.metadata["slots"]["v"]]
    if not said or [said[0], said[-1]] != ends or len(set(said)) != len(said):
        return False
    weight = "weight" if sample.graph.weighted else None
    return bool(truth.path_weight(sample.graph, said, weight) == sample.gold)


def _is_path(said: Sequence[Node], sample: Sample) -> bool:
    """A path from source to target along edges, no node twice, of any length."""
    assert sample.graph is not None
    ends = [sample.metadata["slots"]["source"], sample.metadata["slots"]["target"]]
    whole = bool(said) and [said[0], said[-1]] == ends and len(set(said)) == len(said)
    return whole and all(sample.graph.has_edge(u, v) for u, v in zip(said, said[1:]))


def _is_order(said: Sequence[Node], sample: Sample) -> bool:
    assert sample.graph is not None
    return truth.is_topological(sample.graph, said)


def _is_maximum_matching(said: Sequence[tuple[Node, Node]], sample: Sample) -> bool:
    """Any matching of the gold's size."""
    assert sample.graph is not None
    return len(said) == sample.gold and truth.is_matching(sample.graph, said)


def _is_hamiltonian(said: Sequence[Node], sample: Sample) -> bool:
    assert sample.graph is not None
    return truth.is_hamiltonian_path(sample.graph, said) if sample.gold else not said


def _is_dfs(said: Sequence[Node], sample: Sample) -> bool:
    assert sample.graph is not None
    return truth.is_depth_first_order(sample.graph, said, sample.metadata["slots"]["u"])


def _is_chronological(said: Sequence[Node], sample: Sample) -> bool:
    """A chronological path from the start with at least `edges` edges; nothing when the graph has none."""
    assert sample.graph is not None
    if not sample.gold:
        return not said
    start, edges = sample.metadata["slots"]["u"], sample.metadata["edges"]
    fits = bool(said) and said[0] == start and len(set(said)) == len(said) > edges
    return fits and truth.is_chronological(sample.graph, said)


def _same_pairs(said: Iterable[tuple[Node, Node]], sample: Sample) -> bool:
    return {frozenset(map(str, p)) for p in said} == {frozenset(map(str, p)) for p in sample.gold}


def _same_vectors(said: Mapping[Node, Sequence[float]], sample: Sample) -> bool:
    gold = {str(n): list(x) for n, x in sample.gold.items()}
    found = {str(n): list(x) for n, x in said.items()}
    same = gold.keys() == found.keys()
    return same and all(len(gold[n]) == len(x) and all(map(close, x, gold[n])) for n, x in found.items())


def _same_map(said: Mapping[Node, float], sample: Sample) -> bool:
    gold = {str(n): x for n, x in sample.gold.items()}
    return gold.keys() == {str(n) for n in said} and all(close(x, gold[str(n)]) for n, x in said.items())


def _sorted_edges(said: Sequence[Any], sample: Sample) -> bool:
    """All edges of the graph, by time from earliest to latest; the third entry, where given, is the time."""
    assert sample.graph is not None
    left = [(frozenset((str(e.source), str(e.target))), e.attributes["time"]) for e in sample.graph.edges()]
    order = []
    for u, v, *rest in said:
        ends = frozenset((str(u), str(v)))
        hits = [x for x in left if x[0] == ends and (not rest or x[1] == rest[0])]
        if not hits:
            return False
        hit = min(hits, key=lambda x: x[1])
        left.remove(hit)
        order.append(hit[1])
    return not left and order == sorted(order)


def _edge_rows_value(value: Any, sample: Sample) -> list[Any]:
    if not isinstance(value, (list, tuple)) or any(not isinstance(x, (list, tuple)) or len(x) < 2 for x in value):
        raise _Unfit
    return list(value)


def _edge_rows_text(text: str, sample: Sample) -> list[tuple[Any, ...]] | None:
    rows = reading.read_rows(text)
    return rows or None


def _node_text(text: str, sample: Sample) -> Node | None:
    said = list(dict.fromkeys(reading.read_nodes(text, _labels(sample)) or []))
    return said[0] if len(said) == 1 else None


def _maybe_path(text: str, sample: Sample) -> list[Node] | None:
    """A path, or [] when the text says that there is none."""
    if reading.says_none(text):
        return []
    return reading.read_sequence(text, _labels(sample))


def _labelled(read: Callable[..., Any]) -> Callable[[str, Sample], Any]:
    return lambda text, sample: read(text, _labels(sample))


SCORERS: dict[str, Scorer] = {
    "yes_no": Scorer(_truth_value, lambda t, s: reading.read_yes_no(t), lambda said, s: said is s.gold),
    "number": Scorer(_number_value, _labelled(reading.read_number), _is_number),
    "length": Scorer(_number_value, _labelled(reading.read_length), _is_number),
    "numbers": Scorer(_numbers_value, lambda t, s: reading.read_numbers(t), _same_numbers),
    "node_set": Scorer(_nodes_value, _labelled(reading.read_nodes), _same_nodes),
    "one_of": Scorer(_one_node_value, _node_text, _one_of),
    "label": Scorer(_label_value, lambda t, s: reading.read_label(t, s.metadata["options"]), _is_label),
    "shortest_path": Scorer(_path_value, _maybe_path, _is_shortest),
    "path": Scorer(_path_value, _maybe_path, _is_path),
    "topological_order": Scorer(_nodes_value, _labelled(reading.read_sequence), _is_order),
    "matching": Scorer(_pairs_value, _labelled(reading.read_pairs), _is_maximum_matching),
    "hamiltonian_path": Scorer(_path_value, _maybe_path, _is_hamiltonian),
    "depth_first": Scorer(_nodes_value, _labelled(reading.read_sequence), _is_dfs),
    "chronological_path": Scorer(_path_value, _maybe_path, _is_chronological),
    "edge_set": Scorer(_pairs_value, _labelled(reading.read_pairs), _same_pairs),
    "edge_order": Scorer(_edge_rows_value, _edge_rows_text, _sorted_edges),
    "embeddings": Scorer(_vectors_value, _labelled(reading.read_vectors), _same_vectors),
    "node_values": Scorer(_map_value, _labelled(reading.read_values), _same_map),
}
