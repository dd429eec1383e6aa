"""What each of the thirty algorithms takes, gives and shows on its way: names, places and kinds, in CLRS's order.

After table 1 and section 2.2 of arXiv 2205.15659. Names are the benchmark's own, so that data and models that were made
for it fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

Stage = Literal["input", "output", "hint"]
Location = Literal["node", "edge", "graph"]
Kind = Literal["scalar", "mask", "mask_one", "categorical", "pointer", "permutation"]


@dataclass(frozen=True)
class Feature:
    """One named tensor of an algorithm.

    location: what there is a value of: every node [n], every pair of nodes [n, n], or the whole graph [].
    kind: `mask` is 0 or 1 (-1 where undefined), `mask_one` a one-hot vector over the nodes, `categorical` a one-hot
        vector of `classes` in a last axis, `pointer` a node's number, `permutation` pointers through all nodes in line.
    """

    name: str
    stage: Stage
    location: Location
    kind: Kind
    classes: int = 0


def _read(stage: Stage, text: str) -> tuple[Feature, ...]:
    """Features written `name location kind [classes]`, separated by commas."""
    features = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, location, kind, *classes = part.split()
        if location not in get_args(Location) or kind not in get_args(Kind):
            raise ValueError(f"{part!r} is not `name location kind [classes]`")
        features.append(Feature(name, stage, cast(Location, location), cast(Kind, kind), int(*classes)))
    return tuple(features)


def _spec(inputs: str, outputs: str, hints: str) -> tuple[Feature, ...]:
    return _read("input", inputs) + _read("output", outputs) + _read("hint", hints)


_ARRAY = "pos node scalar, key node scalar"
_STRINGS = "string node mask, pos node scalar, key node categorical 4"
_POINTS = "pos node scalar, x node scalar, y node scalar"
_GRAPH = "pos node scalar, A edge scalar, adj edge mask"
_ROOTED = "pos node scalar, s node mask_one, A edge scalar, adj edge mask"

_PRED = "pred_h node pointer"
_STACK = "s_prev node pointer, s node mask_one, u node mask_one, v node mask_one, s_last node mask_one"
_TIMES = "color node categorical 3, d node scalar, f node scalar"

SPECS: Mapping[str, tuple[Feature, ...]] = MappingProxyType(
    {
        "insertion_sort": _spec(_ARRAY, "pred node permutation", f"{_PRED}, i node mask_one, j node mask_one"),
        "bubble_sort": _spec(_ARRAY, "pred node permutation", f"{_PRED}, i node mask_one, j node mask_one"),
        "heapsort": _spec(
            _ARRAY,
            "pred node permutation",
            f"{_PRED}, parent node pointer, i node mask_one, j node mask_one, largest node mask_one, "
            "heap_size node mask_one, phase graph categorical 3",
        ),
        "quicksort": _spec(
            _ARRAY,
            "pred node permutation",
            f"{_PRED}, p node mask_one, r node mask_one, i node mask_one, j node mask_one",
        ),
        "quickselect": _spec(
            _ARRAY,
            "median node mask_one",
            f"{_PRED}, p node mask_one, r node mask_one, i node mask_one, j node mask_one, "
            "i_rank graph scalar, target graph scalar, pivot node mask_one",
        ),
        "minimum": _spec(_ARRAY, "min node mask_one", f"{_PRED}, min_h node mask_one, i node mask_one"),
        "binary_search": _spec(
            f"{_ARRAY}, target graph scalar",
            "return node mask_one",
            f"{_PRED}, low node mask_one, high node mask_one, mid node mask_one",
        ),
        "find_maximum_subarray_kadane": _spec(
            _ARRAY,
            "start node mask_one, end node mask_one",
            f"{_PRED}, best_low node mask_one, best_high node mask_one, best_sum graph scalar, "
            "i node mask_one, j node mask_one, sum graph scalar",
        ),
        "matrix_chain_order": _spec(
            "pos node scalar, p node scalar",
            "s edge pointer",
            f"{_PRED}, m edge scalar, s_h edge pointer, msk edge mask",
        ),
        "lcs_length": _spec(_STRINGS, "b edge categorical 4", f"{_PRED}, b_h edge categorical 4, c edge scalar"),
        "optimal_bst": _spec(
            "pos node scalar, p node scalar, q node scalar",
            "root edge pointer",
            f"{_PRED}, root_h edge pointer, e edge scalar, w edge scalar, msk edge mask",
        ),
        "activity_selector": _spec(
            "pos node scalar, s node scalar, f node scalar",
            "selected node mask",
            f"{_PRED}, selected_h node mask, m node mask_one, k node mask_one",
        ),
        "task_scheduling": _spec(
            "pos node scalar, d node scalar, w node scalar",
            "selected node mask",
            f"{_PRED}, selected_h node mask, i node mask_one, t graph scalar",
        ),
        "dfs": _spec(_GRAPH, "pi node pointer", f"pi_h node pointer, {_TIMES}, {_STACK}, time graph scalar"),
        "topological_sort": _spec(
            _GRAPH,
            "topo node pointer, topo_head node mask_one",
            f"topo_h node pointer, topo_head_h node mask_one, color node categorical 3, {_STACK}",
        ),
        "strongly_connected_components": _spec(
            _GRAPH,
            "scc_id node pointer",
            f"scc_id_h node pointer, A_t edge mask, {_TIMES}, {_STACK}, time graph scalar, phase graph mask",
        ),
        "articulation_points": _spec(
            _GRAPH,
            "is_cut node mask",
            f"is_cut_h node mask, pi_h node pointer, {_TIMES}, low node scalar, child_cnt node scalar, {_STACK}, "
            "time graph scalar",
        ),
        "bridges": _spec(
            _GRAPH,
            "is_bridge edge mask",
            f"is_bridge_h edge mask, pi_h node pointer, {_TIMES}, low node scalar, {_STACK}, time graph scalar",
        ),
        "bfs": _spec(_ROOTED, "pi node pointer", "reach_h node mask, pi_h node pointer"),
        "mst_kruskal": _spec(
            _GRAPH,
            "in_mst edge mask",
            "in_mst_h edge mask, pi node pointer, u node mask_one, v node mask_one, root_u node mask_one, "
            "root_v node mask_one, mask_u node mask, mask_v node mask, phase graph categorical 3",
        ),
        "mst_prim": _spec(
            _ROOTED,
            "pi node pointer",
            "pi_h node pointer, key node scalar, mark node mask, in_queue node mask, u node mask_one",
        ),
        "bellman_ford": _spec(_ROOTED, "pi node pointer", "pi_h node pointer, d node scalar, msk node mask"),
        "dag_shortest_paths": _spec(
            _ROOTED,
            "pi node pointer",
            "pi_h node pointer, d node scalar, mark node mask, topo_h node pointer, topo_head_h node mask_one, "
            "color node categorical 3, s_prev node pointer, u node mask_one, v node mask_one, s_last node mask_one, "
            "phase graph mask",
        ),
        "dijkstra": _spec(
            _ROOTED,
            "pi node pointer",
            "pi_h node pointer, d node scalar, mark node mask, in_queue node mask, u node mask_one",
        ),
        "floyd_warshall": _spec(
            _GRAPH, "Pi edge pointer", "Pi_h edge pointer, D edge scalar, msk edge mask, k node mask_one"
        ),
        "naive_string_matcher": _spec(
            _STRINGS, "match node mask_one", f"{_PRED}, s node mask_one, i node mask_one, j node mask_one"
        ),
        "kmp_matcher": _spec(
            _STRINGS,
            "match node mask_one",
            f"{_PRED}, pi node pointer, is_reset node mask, k node mask_one, k_reset graph mask, q node mask_one, "
            "q_reset graph mask, s node mask_one, i node mask_one, phase graph mask",
        ),
        "segments_intersect": _spec(
            _POINTS,
            "intersect graph mask",
            "i node mask_one, j node mask_one, k node mask_one, dir node scalar, on_seg node mask",
        ),
        "graham_scan": _spec(
            _POINTS,
            "in_hull node mask",
            "best node mask_one, atans node scalar, in_hull_h node mask, stack_prev node pointer, "
            "last_stack node mask_one, i node mask_one, phase graph categorical 5",
        ),
        "jarvis_march": _spec(
            _POINTS,
            "in_hull node mask",
            f"{_PRED}, in_hull_h node mask, best node mask_one, last_point node mask_one, endpoint node mask_one, "
            "i node mask_one, phase graph categorical 2",
        ),
    }
)

ALGORITHMS: tuple[str, ...] = tuple(sorted(SPECS))
"""All thirty, by name."""

GRAPH_ALGORITHMS: tuple[str, ...] = tuple(name for name in ALGORITHMS if any(f.name == "A" for f in SPECS[name]))
"""The twelve that take a graph, by name."""
