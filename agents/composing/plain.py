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


def replaced(data: Any, old: Any, new: Any) -> Any:
    """Plain data with a node in the place of another, in arguments and where nodes are named."""
    if isinstance(data, dict):
        if data[_KIND] in ("Leaf", "Named", "FigureOf", "Along", _TUPLE, "Crossing") or data[_KIND] in dir(terms):
            return {
                key: replaced(value, old, new) if key not in (_KIND, "tool", "how", "compare", "open") else value
                for key, value in data.items()
            }
        return {key: replaced(value, old, new) for key, value in data.items()}
    if isinstance(data, list):
        return [replaced(each, old, new) for each in data]
    return new if type(data) is type(old) and data == old else data


def from_plain(data: Any) -> Any:
    """The inverse of `to_plain`."""
    if not isinstance(data, dict):
        return data
    kind = data[_KIND]
    if kind == _TUPLE:
        return tuple(from_plain(each) for each in data["of"])
    made = Asked if kind == "Asked" else getattr(terms, kind)
    return made(**{name: from_plain(value) for name, value in data.items() if name != _KIND})
