"""Runs of like clauses: once a clause was read, the next ones of the same words are read by one pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from graphs.text.patterns import lazy
from graphs.text.scan import Scan
from graphs.text.tokens import read_number

_ARROW = lazy(r"->|--|→|<-|=>|[—–↔]")
_WORD = lazy(r"\w+")
_AFTER = 2  # clauses of one form that are read in full before a pattern is made for the rest


@dataclass(frozen=True, slots=True)
class Template:
    """A pattern with three places at most: source, target and one number, which goes to `attribute`."""

    pattern: re.Pattern[str]
    source: int
    target: int
    number: int  # 0 when the clause gives no number
    attribute: str
    arrow: bool | None
    kinds: tuple[str | None, str | None]


def learn(scan: Scan, start: int, end: int, before: int) -> None:
    """Make a template of the clause text[start:end], which gave the one edge after the first `before` of the draft."""
    links = scan.draft.links
    if scan.template is not None or len(links) != before + 1 or end - start > 300:
        return
    scan.likes += 1
    if scan.likes < _AFTER:
        return
    source, target, _, _, arrow, attributes = links[-1]
    kinds: tuple[str | None, str | None] = (None, None)
    if scan.kinded and scan.kinded[-1][0] is scan.draft and scan.kinded[-1][1] == before:
        kinds = scan.kinded[-1][2:]
    scan.template = _template(scan.text[start:end], source, target, attributes or {}, arrow, kinds)


def _template(
    clause: str,
    source: str,
    target: str,
    attributes: dict[str, Any],
    arrow: bool | None,
    kinds: tuple[str | None, str | None],
) -> Template | None:
    if len(attributes) > 1 or source == target:
        return None
    signs = bool(_ARROW.search(clause))
    places: list[tuple[int, int, str, str]] = []
    wanted = {"source": source, "target": target}
    if attributes:
        (wanted["number"],) = (str(value) for value in attributes.values())
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(clause)]
    for role, text in wanted.items():
        spots = [(a, b) for a, b, word in words if word == text]
        shape = _shape(text, signs, number=role == "number")
        if len(spots) != 1 or shape is None:
            return None
        places.append((*spots[0], shape, role))
    if attributes and read_number(wanted["number"]) != next(iter(attributes.values())):
        return None
    places.sort()
    parts, position = [], 0
    for begin, stop, shape, _ in places:
        parts += [re.escape(clause[position:begin]), shape]
        position = stop
    parts.append(re.escape(clause[position:]))
    parts.append(r"(?:\s+|\Z)" if clause[-1] == "." else r"[ \t\r]*(?:\n|\Z)")
    order = {role: i + 1 for i, (*_, role) in enumerate(places)}
    name = next(iter(attributes), "")
    return Template(
        re.compile("".join(parts)), order["source"], order["target"], order.get("number", 0), name, arrow, kinds
    )


def _shape(text: str, signs: bool, *, number: bool) -> str | None:
    if text.isascii() and text.isdigit():
        return r"(\d+)" if number else r"([0-9]+)"
    if number or not text:
        return None
    if text[0].isascii() and text[0].isupper():
        return r"([A-Z]\w*)"
    return r"([^\W\d]\w*)" if signs else None


def read_run(scan: Scan, start: int, end: int) -> int:
    """Read clauses of the learned form from `start` on; returns where the first other text begins."""
    template = scan.template
    if template is None:
        return start
    match, position = template.pattern.match, start
    draft, kinded = scan.draft, template.kinds != (None, None)
    source, target, number, arrow = template.source, template.target, template.number, template.arrow
    while position < end:
        found = match(scan.text, position, end)
        if found is None:
            break
        attributes = {template.attribute: int(found[number])} if number else None
        u, v = found[source], found[target]
        if kinded:
            for label, kind in ((u, template.kinds[0]), (v, template.kinds[1])):
                scan.kinds.setdefault(str(kind), {})[label] = None
            scan.link((u, template.kinds[0]), (v, template.kinds[1]), position, found.end(), arrow, attributes)
        else:
            draft.links.append((u, v, position, found.end(), arrow, attributes))
        position = found.end()
    if position > start:
        scan.claim(start, position, "graph")
    return position
