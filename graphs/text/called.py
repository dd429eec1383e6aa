"""Edges written as values of a function of two nodes: "d(1, 2) = 5, d(1, 3) = 18", "w(A,B)=4; w(B,C)=2"."""

from __future__ import annotations

from graphs.text.edges import third_value
from graphs.text.lexicon import NUMBER, UNIT, standard_attribute, unit_attribute
from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import is_label, read_number

_LABEL = r"\s*['\"]?([^\s,()'\"=]{1,40}(?: [^\s,()'\"=]{1,40}){0,2})['\"]?\s*"
_ITEM = lazy(
    rf"(?P<name>[^\W\d_]{{1,12}})\s?[(\[]{_LABEL},{_LABEL}[)\]]\s*[=:]\s*[$€£]?(?P<value>{NUMBER})(?:\s?(?P<unit>{UNIT}))?"
    r"(?![\w.]*\w)"
)
_JOINT = lazy(r"\s*(?:[,;]|\n)?\s*(?:and\s+)?")
_LEAD = lazy(r"(?:[^\W\d_]+[\s,]+){0,11}?(?:[^\W\d_]+)\s*:?\s*|")
_MEASURES = frozenset("d w c l dist len distance weight cost length time price latency capacity cap".split())
_SHORT = {"l": "length", "len": "length", "cap": "capacity", "dist": "distance"}
NOTE = "is read as an edge between u and v with that"


def read_called(scan: Scan, start: int, end: int) -> bool:
    """Read a sentence that is nothing but such values of one measure as edges; False for any other.

    Values beside edges that the text writes in another way are no further edges, and stay unread.
    """
    text = scan.text
    first = _ITEM.search(text, start, end)
    if (
        first is None
        or first["name"].casefold() not in _MEASURES
        or _LEAD.fullmatch(text, start, first.start()) is None
    ):
        return False
    name, position, items = first["name"], first.start(), []
    while found := _ITEM.match(text, position, end):
        items.append(found)
        joint = _JOINT.match(text, found.end(), end)
        position = joint.end() if joint else found.end()
    if text[position:end].strip(" \n.;,") or any(item["name"] != name for item in items):
        return False
    if not all(is_label(label, known=scan.draft.declared) for item in items for label in item.group(2, 3)):
        return False
    values: dict[tuple[str, str], str] = {}
    for item in items:
        if values.setdefault((item[2], item[3]), item["value"]) != item["value"]:
            return False
    if any(values.get((v, u), value) != value for (u, v), value in values.items()):
        return False  # a measure that differs by direction
    note = f"{name}(u, v) = … {NOTE} {_measure(name)}"
    if scan.draft.links and note not in scan.draft.notes:
        return False
    for item in items:
        scan.link(
            scan.end(item[2]), scan.end(item[3]), *item.span(), None, _value(scan, name, item["value"], item["unit"])
        )
    scan.draft.notes[note] = None
    return True


def _measure(name: str) -> str:
    return standard_attribute(_SHORT.get(name.casefold(), name))[1]


def _value(scan: Scan, name: str, value: str, unit: str | None) -> dict[str, object]:
    number = read_number(value)
    if number is None:
        return third_value(scan, value)
    attribute, said = standard_attribute(_SHORT.get(name.casefold(), name))
    if unit and attribute == "weight":
        attribute, said = unit_attribute(unit)
    scan.draft.names.setdefault(attribute, said)
    return {attribute: number}
