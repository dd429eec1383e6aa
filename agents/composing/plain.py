"""What a question means as plain data and back, so that a conversation's database can keep it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from agents.composing import terms
from agents.composing.asked import Asked

_KIND, _TUPLE = "is a", "tuple"


def to_plain(part: Any) -> Any:
    """A term, or a part of one, as dictionaries and lists; labels stay as they are."""
    if isinstance(part, tuple):
        return {_KIND: _TUPLE, "of": [to_plain(each) for each in part]}
    if hasattr(part, "__dataclass_fields__"):
        return {_KIND: type(part).__name__} | {each.name: to_plain(getattr(part, each.name)) for each in fields(part)}
    return part


def from_plain(data: Any) -> Any:
    """The inverse of `to_plain`."""
    if not isinstance(data, dict):
        return data
    kind = data[_KIND]
    if kind == _TUPLE:
        return tuple(from_plain(each) for each in data["of"])
    made = Asked if kind == "Asked" else getattr(terms, kind)
    return made(**{name: from_plain(value) for name, value in data.items() if name != _KIND})
