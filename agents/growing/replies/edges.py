"""One edge as a model wrote it: which field is which, and what of it belongs where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agents.growing.replies.names import Unusable, unfolded, without_preposition

SOURCE = ("source", "from", "subject", "head", "src", "start_node", "s")
VERB = ("relation", "verb", "predicate", "label", "relationship", "type", "rel", "edge", "p", "r")
TARGET = ("target", "to", "object", "tail", "dst", "end_node", "o", "t")
EXTRAS = frozenset({"quote", "evidence", "confidence", "source_type", "target_type", "sentence"})
_KNOWN = frozenset({*SOURCE, *VERB, *TARGET, *EXTRAS, "id"})
_LIST = re.compile(r"[^,;]+(?:, [^,;]+)*,? and [^,;]+")
_AMID = re.compile(r"(?:the )?midst of (?=\S)", re.IGNORECASE)
_MOST = 8  # names of a list


@dataclass(frozen=True)
class RawEdge:
    """An edge before its names are cleaned. extras: the fields that describe it."""

    source: Any
    verb: Any
    target: Any
    extras: Mapping[str, Any]


def read_edge(
    edge: object, repairs: Counter[str], ids: Container[str], longest: int | None = None
) -> Iterator[RawEdge]:
    """The edge that an object or a list of three stands for; several where its target lists names.

    ids: what nodes are called already; such a target stays as it is. longest: characters of a name at which the form
    that was asked for cuts it off.

    Raises:
        Unusable: it is no edge.
    """
    if isinstance(edge, (list, tuple)) and len(edge) == 3:
        source, verb, target = edge
        extras: Mapping[str, Any] = {}
    elif isinstance(edge, dict):
        repairs["unknown_field"] += sum(field not in _KNOWN for field in edge)
        source, verb, target = (_field(edge, fields, repairs) for fields in (SOURCE, VERB, TARGET))
        extras = edge
    else:
        raise Unusable("no edge: neither an object nor three names")
    if longest is not None and any(isinstance(end, str) and len(end) >= longest for end in (source, target)):
        raise Unusable(f"a name that is cut off at {longest} characters")
    if not isinstance(target, str) or not isinstance(verb, str) or target in ids:
        yield RawEdge(source, verb, target, extras)
        return
    if not target.strip() and (parts := unfolded(verb)):
        repairs["object_unfolded"] += 1
        verb, target = parts
    if (said := verb.casefold().rstrip()).endswith(f" {target.strip().casefold()}") and target.strip():
        repairs["object_unfolded"] += 1
        verb = verb.rstrip()[: -len(target.strip())]
    elif said == target.strip().casefold():
        raise Unusable("verb and target are the same words")
    preposition, rest = without_preposition(target)
    if preposition:
        repairs["preposition_moved"] += 1
        verb, target = verb if verb.endswith(f" {preposition}") else f"{verb} {preposition}", rest
    if amid := _AMID.match(target):
        repairs["preposition_moved"] += 1
        verb, target = f"{verb} the midst of", target[amid.end() :]
    names = _listed(target)
    repairs["list_parted"] += len(names) > 1
    for name in names:
        yield RawEdge(source, verb, name, extras)


def _listed(target: str) -> list[str]:
    """The names of a list with a comma, such as "a table, four chairs, and the beds"; else the target alone."""
    if "," not in target or not _LIST.fullmatch(target):
        return [target]
    names = [name.strip() for name in re.split(r",? and |, ", target) if name.strip()]
    return names if len(names) <= _MOST and all(len(name.split()) <= 5 for name in names) else [target]


def _field(edge: Mapping[str, Any], fields: tuple[str, ...], repairs: Counter[str]) -> Any:
    for field in fields:
        if field in edge:
            repairs["field_renamed"] += field != fields[0]
            return edge[field]
    raise Unusable(f"an edge without {fields[0]}")
