"""Which tools run on arrays, with their checks at the same scale."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from graphs.compact.graph import CONVERTED, CompactGraph
from graphs.errors import GraphError, TooLarge
from tools.answers import Answer
from tools.certificates.base import Certificate, Claim, Grade, Rejected

MODULES = ("counts", "near", "paths", "parts", "cycles", "cores", "triples", "ranks", "firsts", "spanning", "far",
           "groups", "samples")  # fmt: skip
F = TypeVar("F", bound=Callable[..., Any])
_TOOLS: dict[str, tuple[Callable[..., Answer], str]] = {}
_CHECKS: dict[str, tuple[Callable[..., str | Claim], Grade]] = {}


def large(*names: str, by: str) -> Callable[[F], F]:
    """Register a function as what the tools called `names` do on a compact graph.

    by: the method, for the trace.
    """

    def register(function: F) -> F:
        for name in names:
            _TOOLS[name] = (function, by)
        return function

    return register


def check_of(*names: str, grade: Grade = "proof") -> Callable[[F], F]:
    """Register the check of the answers of those tools: (graph, answer, **arguments) -> claim, or raises Rejected."""

    def register(function: F) -> F:
        for name in names:
            _CHECKS[name] = (function, grade)
        return function

    return register


@cache
def _load() -> None:
    for name in MODULES:
        importlib.import_module(f"tools.large.{name}")
        importlib.import_module(f"tools.large.checks.{name}")


def all_large() -> dict[str, str]:
    """Tool -> method, of all that run on arrays."""
    _load()
    return {name: by for name, (_, by) in _TOOLS.items()}


def has_large(name: str) -> bool:
    return name in all_large()


def find(name: str) -> Callable[..., Answer]:
    """The function that runs on arrays under this name."""
    _load()
    return _TOOLS[name][0]


@dataclass(frozen=True)
class Ran:
    """An answer with its certificate."""

    answer: Answer
    certificate: Certificate


def run(graph: CompactGraph, name: str, bound: Mapping[str, Any]) -> tuple[Answer, Certificate] | None:
    """Run a tool on arrays and check it; None where it has to run on a converted networkx graph, which is possible.

    Raises:
        TooLarge: the tool does not run on arrays, and the graph is too large to be converted.
        GraphError: what the tool itself raises.
    """
    _load()
    if name not in _TOOLS:
        if max(graph.num_edges, graph.num_nodes) <= CONVERTED:
            return None
        raise TooLarge(
            f"{name} works up to {CONVERTED:,} nodes and edges, and this graph has {graph.num_nodes:,} nodes and "
            f"{graph.num_edges:,} edges; ask about a part of it, or ask what runs at this size: components, paths, "
            "distances, degrees, PageRank, cores, triangles, spanning trees, bridges"
        )
    function, by = _TOOLS[name]
    began = time.perf_counter()
    try:
        answer = function(graph, **bound)
    except _Small as reason:
        if max(graph.num_edges, graph.num_nodes) <= CONVERTED:
            return None
        raise TooLarge(str(reason)) from reason
    seconds = time.perf_counter() - began
    note = f"on the compact body by {by}, in {seconds:.2g} s"
    return replace(answer, notes=(*answer.notes, note)), certify(graph, name, bound, answer)


class _Small(GraphError):
    """What a function of this folder cannot do for these arguments."""


def only_small(message: str) -> GraphError:
    """An error for arguments that only the tool for networkx graphs takes."""
    return _Small(message)


def certify(graph: CompactGraph, name: str, bound: Mapping[str, Any], answer: Answer) -> Certificate:
    """Check an answer; a wrong one gives a certificate that does not hold."""
    _load()
    if name not in _CHECKS:
        return Certificate(False, "", "no check is known for this tool on a graph of this size", "none")
    function, grade = _CHECKS[name]
    method = (function.__doc__ or "").strip().partition("\n")[0]
    try:
        claim = function(graph, answer, **bound)
    except Rejected as rejection:
        return Certificate(False, "", method, grade, str(rejection))
    except (GraphError, ArithmeticError, AssertionError, LookupError, TypeError, ValueError, AttributeError) as error:
        return Certificate(False, "", method, grade, f"the witness is malformed: {error!r}")
    if isinstance(claim, Claim):
        return Certificate(True, claim.text, method, claim.grade)
    return Certificate(True, claim, method, grade)
