"""Questions to a knowledge graph as typed expressions: each stands for a set of entities.

    Related(Related(Entities((7,)), ("directed_by",), "in"), ("in_language",), "out")

are the languages of what entity 7 directed. `to_json` and `from_json` give every expression a plain JSON form:

| JSON | means |
|---|---|
| `{"entities": [7]}` | these entities, by id |
| `{"type": "material"}` | every entity of a type; `{"type": null}`: every entity |
| `{"related": X, "verbs": ["enables"], "side": "out"}` | what `X` enables; `"in"`: what enables `X`; `"both"`: either |
| the same with `"verbs": null` | by any verb |
| `{"and": [X, Y]}`, `{"or": [X, Y]}` | in all of them, in one of them |
| `{"without": [X, Y]}` | in X and not in Y |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from graphs.errors import BadArgument

Side = Literal["out", "in", "both"]
DEEPEST = 40  # levels of an expression that is read from JSON


@dataclass(frozen=True, slots=True)
class Entities:
    """These entities, by their ids in the store."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfType:
    """Every entity of a type, in any case; every entity where `type` is None."""

    type: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """One hop from any entity of `of`.

    side: `out`: x with `of` -verb-> x; `in`: x with x -verb-> `of`; `both`: either. verbs: None for any.
    """

    of: Expression
    verbs: tuple[str, ...] | None = None
    side: Side = "both"


@dataclass(frozen=True, slots=True)
class And:
    """The entities that are in every part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """The entities that are in at least one part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The entities of `whole` that are not in `part`."""

    whole: Expression
    part: Expression


Expression: TypeAlias = "Entities | OfType | Related | And | Or | Without"


def parts_of(query: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside."""
    if isinstance(query, Related):
        return (query.of,)
    if isinstance(query, (And, Or)):
        return query.parts
    return (query.whole, query.part) if isinstance(query, Without) else ()


def walk(query: Expression) -> Iterator[Expression]:
    """The expression and everything inside it."""
    yield query
    for part in parts_of(query):
        yield from walk(part)


def hops(query: Expression) -> int:
    """The longest chain of relations in the expression."""
    inner = max((hops(part) for part in parts_of(query)), default=0)
    return inner + isinstance(query, Related)


def to_json(query: Expression) -> dict[str, Any]:
    """The JSON form; `from_json` reads it back equal."""
    if isinstance(query, Entities):
        return {"entities": list(query.ids)}
    if isinstance(query, OfType):
        return {"type": query.type}
    if isinstance(query, Related):
        verbs = None if query.verbs is None else list(query.verbs)
        return {"related": to_json(query.of), "verbs": verbs, "side": query.side}
    if isinstance(query, Without):
        return {"without": [to_json(query.whole), to_json(query.part)]}
    return {"and" if isinstance(query, And) else "or": [to_json(part) for part in query.parts]}


def from_json(data: Any, depth: int = 0) -> Expression:
    """Read the JSON form.

    Raises:
        BadArgument: it is none; the message says where.
    """
    if depth > DEEPEST:
        raise BadArgument(f"the query is nested more than {DEEPEST} levels deep")
    if not isinstance(data, Mapping):
        raise BadArgument(f"a query is an object such as {{'entities': [7]}}, not {repr(data)[:80]}")
    keys = set(data)
    if keys == {"entities"}:
        return Entities(tuple(_ids(data["entities"])))
    if keys == {"type"}:
        if data["type"] is not None and not isinstance(data["type"], str):
            raise BadArgument(f"'type' names a type or is null, not {repr(data['type'])[:80]}")
        return OfType(data["type"])
    if "related" in keys and keys <= {"related", "verbs", "side"}:
        return _related(data, depth)
    if keys in ({"and"}, {"or"}, {"without"}):
        (name,) = keys
        items = data[name]
        if not isinstance(items, (list, tuple)) or not items or (name == "without" and len(items) != 2):
            raise BadArgument(f"{name!r} holds a list of {'two' if name == 'without' else 'one or more'} queries")
        parts = tuple(from_json(item, depth + 1) for item in items)
        return Without(*parts) if name == "without" else And(parts) if name == "and" else Or(parts)
    raise BadArgument(
        f"a query has one of the keys entities, type, related (with verbs, side), and, or, without; not {sorted(keys)}"
    )


def _related(data: Mapping[str, Any], depth: int) -> Related:
    side, verbs = data.get("side", "both"), data.get("verbs")
    if side not in get_args(Side):
        raise BadArgument(f"'side' is out, in or both, not {repr(side)[:40]}")
    if verbs is not None and (
        not isinstance(verbs, (list, tuple)) or not verbs or not all(isinstance(verb, str) for verb in verbs)
    ):
        raise BadArgument(f"'verbs' is a list of verbs of the graph or null, not {repr(verbs)[:80]}")
    return Related(from_json(data["related"], depth + 1), None if verbs is None else tuple(verbs), side)


def _ids(data: Any) -> list[int]:
    if not isinstance(data, (list, tuple)) or not all(isinstance(i, int) and not isinstance(i, bool) for i in data):
        raise BadArgument(f"'entities' is a list of ids, not {repr(data)[:80]}")
    return list(data)
