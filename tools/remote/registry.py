"""Which tools an engine runs, and what their certificates are worth."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from graphs.errors import TooLarge
from graphs.remote.engine import NotThere
from graphs.remote.graph import CAN, RemoteGraph
from tools.answers import Answer
from tools.certificates.base import Certificate, Grade

MODULES = ("counts", "near", "paths", "parts", "ranks", "triples")
F = TypeVar("F", bound=Callable[..., Any])
_TOOLS: dict[str, tuple[Callable[..., Checked], frozenset[str]]] = {}


@dataclass(frozen=True)
class Checked:
    """An answer with what was checked at the engine. by: who found it. grade: "none" where nothing was checked."""

    answer: Answer
    by: str
    claim: str = ""
    method: str = ""
    grade: Grade = "none"
    holds: bool = True
    reason: str = ""


def on(*engines: str) -> Callable[[F], F]:
    """Register a function as what the tool of its name does on these engines; on all without names."""

    def register(function: F) -> F:
        _TOOLS[function.__name__] = (function, frozenset(engines))
        return function

    return register


@cache
def _load() -> None:
    for name in MODULES:
        importlib.import_module(f"tools.remote.{name}")


def all_remote(kind: str) -> list[str]:
    """The tools that an engine of this kind runs itself."""
    _load()
    return [name for name, (_, engines) in _TOOLS.items() if not engines or kind in engines]


def run(graph: RemoteGraph, name: str, bound: Mapping[str, Any]) -> tuple[Answer, Certificate]:
    """Run a tool where the graph is, or on what a server hands over.

    Raises:
        TooLarge: the engine does not do this; the message says what it does.
        GraphError: what the tool or the engine raises.
    """
    engine = graph.engine
    began = time.perf_counter()
    if name in all_remote(engine.kind):
        try:
            done = _TOOLS[name][0](graph, **bound)
        except NotThere as missing:
            reason = str(missing)
        else:
            note = f"{done.by} on {engine.title}, in {time.perf_counter() - began:.2g} s"
            answer = replace(done.answer, notes=(*done.answer.notes, note))
            held = done.holds and done.grade != "none"
            return answer, Certificate(held, done.claim if done.holds else "", done.method or "nothing was checked",
                                       done.grade, done.reason)  # fmt: skip
    else:
        reason = f"{name} is not done on {engine.title}"
    body = engine.local()
    if body is None:
        close = get_close_matches(name, all_remote(engine.kind), n=2)
        near = f"; near to it there is {' or '.join(close)}" if close else ""
        raise TooLarge(
            f"{reason}{near}. What is done there: {CAN}; for everything else read the table into this machine's memory "
            "(the file in place of the address), or ask about a part of it"
        )
    from tools.run import run_tool

    answer, certificate = run_tool(body, name, dict(bound))
    note = f"the {body.num_edges:,} edges were brought over from {engine.title} and the answer found here"
    return replace(answer, notes=(*answer.notes, note)), certificate
