"""Checking the inputs of an algorithm, and the tensors that the benchmark derives from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from graphs.clrs.recorder import Array, stack
from graphs.clrs.spec import SPECS, Feature
from graphs.errors import BadArgument, WrongKind

_UNDIRECTED = {"articulation_points", "bridges", "mst_kruskal", "mst_prim"}
_NO_NEGATIVE = {"bfs", "dijkstra", "mst_kruskal"}


def asked(algorithm: str) -> tuple[Feature, ...]:
    """The inputs that a caller gives and the text shows: all but the positions, and what follows from others."""
    inputs = [f for f in features(algorithm) if f.stage == "input" and f.name not in ("pos", "adj")]
    return tuple(inputs)


def features(algorithm: str) -> tuple[Feature, ...]:
    """The features of an algorithm.

    Raises:
        BadArgument: there is no such algorithm.
    """
    if algorithm not in SPECS:
        raise BadArgument(f"no CLRS algorithm is called {algorithm[:60]!r}; the thirty are {', '.join(sorted(SPECS))}")
    return SPECS[algorithm]


def checked(algorithm: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given inputs as arrays and numbers.

    Raises:
        BadArgument: a name is missing or too much, a matrix is ragged, a number is no number or out of range.
        WrongKind: the algorithm is not defined on such a graph.
    """
    wanted = asked(algorithm)
    names = [f.name for f in wanted]
    if set(names) != set(given):
        raise BadArgument(f"{algorithm} takes {', '.join(names)}, not {', '.join(given) or 'nothing'}")
    values = {f.name: _value(f, given[f.name]) for f in wanted}
    sizes = {f.name: len(values[f.name]) for f in wanted if f.location != "graph" and f.kind != "mask_one"}
    n = next(iter(sizes.values()))
    if n == 0:
        raise BadArgument(f"{algorithm} needs at least one element, and {next(iter(sizes))} is empty")
    if len(set(sizes.values())) > 1:
        raise BadArgument(f"the inputs of {algorithm} differ in length: {sizes}")
    for f in wanted:
        if f.kind == "mask_one" and not 0 <= values[f.name] < n:
            raise BadArgument(f"{f.name} = {values[f.name]} is no place among {n} nodes, which count from 0")
    if "A" in values:
        _check_graph(algorithm, values["A"])
    if "string" in values:
        _check_strings(algorithm, values["string"])
    if algorithm == "optimal_bst" and values["p"][-1] != 0:
        raise BadArgument("p of optimal_bst must end in a 0: there is one key fewer than there are gaps in q")
    return values


def _value(feature: Feature, given: Any) -> Any:
    if feature.kind == "mask_one":
        if isinstance(given, (bool, np.bool_)) or not isinstance(given, (int, np.integer)):
            raise BadArgument(f"{feature.name} must be a node's number, not {str(given)[:40]!r}")
        return int(given)
    try:
        array = np.asarray(given)
    except ValueError as error:
        raise BadArgument(f"the rows of {feature.name} differ in length; give every row the same number") from error
    if array.dtype == bool:
        array = array.astype(np.int64)
    if not np.issubdtype(array.dtype, np.number) or np.issubdtype(array.dtype, np.complexfloating):
        raise BadArgument(f"{feature.name} must hold numbers only")
    if not np.isfinite(array).all():
        raise BadArgument(f"{feature.name} holds a value that is not a finite number; CLRS has none for it")
    dims = {"node": 1, "edge": 2, "graph": 0}[feature.location]
    if feature.kind != "scalar":
        limit = feature.classes or 2
        if not np.issubdtype(array.dtype, np.integer) or (array < 0).any() or (array >= limit).any():
            raise BadArgument(f"{feature.name} must hold whole numbers from 0 to {limit - 1}")
    if array.ndim != dims or (dims == 2 and array.shape[0] != array.shape[1]):
        shape = {0: "one number", 1: "a list of numbers", 2: "a square matrix"}[dims]
        raise BadArgument(f"{feature.name} must be {shape}, not of shape {array.shape}")
    return float(array) if dims == 0 else array


def _check_graph(algorithm: str, A: Array) -> None:
    if algorithm in _UNDIRECTED and (A != A.T).any():
        i, j = (int(x) for x in np.argwhere(A != A.T)[0])
        raise WrongKind(
            f"{algorithm} needs an undirected graph, and A is not symmetric: "
            f"A[{i}, {j}] = {A[i, j]} but A[{j}, {i}] = {A[j, i]}"
        )
    if algorithm in _NO_NEGATIVE and (A < 0).any():
        raise BadArgument(f"{algorithm} needs weights of 0 (no edge) or more")


def _check_strings(algorithm: str, string: Array) -> None:
    if string[0] != 0 or string[-1] != 1 or (np.diff(string) < 0).any():
        raise BadArgument(f"string of {algorithm} must mark the letters of the first string by 0, then the second by 1")


def tensors(algorithm: str, values: Mapping[str, Any]) -> dict[str, Array]:
    """All input tensors of CLRS: what was given, the positions, and the mask of edges."""
    n = next(len(values[f.name]) for f in asked(algorithm) if f.location != "graph" and f.kind != "mask_one")
    shown: dict[str, Array] = {}
    for feature in features(algorithm):
        if feature.stage != "input":
            continue
        if feature.name == "pos":
            shown["pos"] = _positions(values, n)
        elif feature.name == "adj":
            # The diagonal is set whatever A says: every node may talk to itself.
            shown["adj"] = ((values["A"] + np.eye(n)) != 0) * 1.0
        elif feature.kind == "scalar":
            shown[feature.name] = np.asarray(values[feature.name])
        else:
            shown[feature.name] = stack(feature, [values[feature.name]], n)[0]
    return shown


def _positions(values: Mapping[str, Any], n: int) -> Array:
    """Evenly spaced from 0; the two strings of a string algorithm have each their own."""
    if "string" not in values:
        return np.arange(n) * 1.0 / n
    second = int(np.sum(values["string"]))
    return np.concatenate([np.arange(m) * 1.0 / m for m in (n - second, second)])
