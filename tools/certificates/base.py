"""The registry of checkers, and the verdict that they give."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from graphs.errors import GraphError
from graphs.graph import Graph
from tools.answers import Answer
from tools.registry import FAMILIES, all_tools

Grade = Literal["proof", "recount", "none"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A checked sentence with the grade that it deserves, for checkers whose strength depends on the instance.

    A checker returns it instead of a plain sentence when it could not prove everything this time: "recount" when a
    second method gave the same, "none" when only a part (say, that a set is independent, not that none is larger)
    could be checked.
    """

    text: str
    grade: Grade


class Rejected(Exception):
    """Raised by a checker: the answer or its witness is wrong. The message says what does not hold."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked, how, and whether it holds.

    claim: the checked statement as a sentence. method: how it was checked. grade: "proof" when acceptance proves the
    claim, "recount" when a second method gave the same, "none" when nothing could be checked.
    """

    holds: bool
    claim: str
    method: str
    grade: Grade
    reason: str = ""


Check = Callable[..., "str | Claim"]
C = TypeVar("C", bound=Check)
_CHECKS: dict[str, tuple[Check, Grade]] = {}


def checker(*names: str) -> Callable[[C], C]:
    """Register a proof checker for the tools called `names`.

    The function takes (graph, answer, **the tool's arguments), returns the proven claim as a sentence, and raises
    Rejected otherwise. The first line of its docstring is the method. Where the proof is not always to be had, it
    returns a `Claim`, which names the grade of this one check.
    """
    return _register(names, "proof")


def cross_check(*names: str) -> Callable[[C], C]:
    """Register a second method for the tools called `names`; same shape as `checker`, lower grade."""
    return _register(names, "recount")


def _register(names: tuple[str, ...], grade: Grade) -> Callable[[C], C]:
    def register(function: C) -> C:
        for name in names:
            if name in _CHECKS:
                raise TypeError(f"{name} has two checkers")
            _CHECKS[name] = (function, grade)
        return function

    return register


def _load(name: str) -> None:
    """Import the checker of the tool called `name`: its family's module first, then all of them."""
    if name in _CHECKS:
        return
    tool = all_tools().get(name)
    for family in FAMILIES if tool is None else (tool.family, *FAMILIES):
        if importlib.util.find_spec(f"tools.certificates.{family}") is not None:
            importlib.import_module(f"tools.certificates.{family}")
        if name in _CHECKS:
            return


def has_checker(name: str) -> Grade:
    """The grade of the checker of the tool called `name` ("none" when there is none)."""
    _load(name)
    return _CHECKS[name][1] if name in _CHECKS else "none"


def check(graph: Graph | None, name: str, arguments: dict[str, Any], answer: Answer) -> Certificate:
    """Check the answer that the tool called `name` gave for `arguments` on `graph`.

    Never raises for a wrong answer: it returns a certificate with `holds=False`. An error inside a checker caused by a
    malformed witness counts as a rejection.
    """
    _load(name)
    if name not in _CHECKS:
        return Certificate(False, "", "no check is known for this tool", "none")
    function, grade = _CHECKS[name]
    method = (function.__doc__ or "").strip().partition("\n")[0]
    from tools.certificates.shapes import fault

    malformed = fault(graph, name, answer)
    if malformed:
        return Certificate(False, "", method, grade, malformed)
    positional = () if graph is None else (graph,)
    try:
        claim = function(*positional, answer, **arguments)
    except Rejected as rejection:
        return Certificate(False, "", method, grade, str(rejection))
    except (GraphError, ArithmeticError, AssertionError, LookupError, TypeError, ValueError, AttributeError) as error:
        return Certificate(False, "", method, grade, f"the witness is malformed: {error!r}")
    if isinstance(claim, Claim):
        return Certificate(True, singular(claim.text), method, claim.grade)
    return Certificate(True, singular(claim), method, grade)


_ONE = re.compile(r"(?<![\w.,'\"-])1 (?P<what>[a-z]{3,}(?: [a-z]{3,})?)s(?P<verb> (?:are|have|lie))?(?= |[.,;:]|$)")
_NOUNS = frozenset(
    "node edge triangle component path neighbour cycle pair descendant ancestor colour group loop".split()
)


def singular(claim: str) -> str:
    """A claim with "1 nodes are" put as "1 node is".

    >>> singular("1 nodes have the least eccentricity, and 11 nodes are near")
    '1 node has the least eccentricity, and 11 nodes are near'
    >>> singular("1 edges lie on no cycle")
    '1 edge lies on no cycle'
    """

    def one(match: re.Match[str]) -> str:
        if match["what"].split()[-1] not in _NOUNS:
            return match[0]
        verb = {" are": " is", " have": " has", " lie": " lies"}.get(match["verb"] or "", "")
        return f"1 {match['what']}{verb}"

    return _ONE.sub(one, claim) if "1 " in claim else claim


def require(condition: object, reason: str) -> None:
    """Reject with `reason` unless `condition` holds."""
    if not condition:
        raise Rejected(reason)
