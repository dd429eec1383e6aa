"""JSON as models write it: with prose or code fences around it, cut short, or against the rules."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

LONGEST = 1_000_000  # characters; no model writes more
_FENCE = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_START = re.compile(r"[{\[]")
_OPENS = re.compile(r"\{|\[\s*(?:[\[{\"]|\Z)")
_CLOSING = {"{": "}", "[": "]"}
_TRIES = 20  # places at which JSON is looked for
_MOST_OBJECTS = 1000  # of a sequence
_DEEPEST = 24  # brackets within brackets
_MENDABLE = 12_000  # characters; the time that mending takes grows with their square
_FLAT = re.compile(r"\{[^{}]{2,4000}\}")


class Unreadable(ValueError):
    """There is no JSON in the text, or none that can be mended. The message says why."""


@dataclass
class Loaded:
    """What was read. lost: the rest of the text that could not be used, such as an object cut short."""

    value: Any
    repairs: Counter[str] = field(default_factory=Counter)
    lost: str = ""


def load(text: str) -> Loaded:
    """The first JSON object or array in `text`. Each kind of repair is counted; nothing is made up to fill a gap.

    Raises:
        Unreadable: there is none.
    """
    if len(text) > LONGEST:
        raise Unreadable(f"longer than {LONGEST:,} characters")
    body = text.strip().lstrip("\ufeff")
    found = Loaded(None)
    if (value := _strict(body, found.repairs)) is not None:
        found.value = value
        return found
    if (fenced := _FENCE.search(body)) and _START.search(fenced[1]):
        body = fenced[1].strip()
        found.repairs["code_fence"] += 1
        if (value := _strict(body, found.repairs)) is not None:
            found.value = value
            return found
    return _search(body, found)


def _strict(text: str, repairs: Counter[str]) -> Any:
    """The JSON object or array that `text` is; None if it is none. Repeated keys whose values are lists are joined."""
    seen: Counter[str] = Counter()
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, seen), parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, (dict, list)):
        return None
    repairs.update(seen)
    return value


def _object(pairs: list[tuple[str, Any]], repairs: Counter[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            repairs["json_repeated_key"] += 1
            if isinstance(found[key], list) and isinstance(value, list):
                value = found[key] + value
        found[key] = value
    return found


def _search(body: str, found: Loaded) -> Loaded:
    """JSON that begins somewhere in `body`: whole, cut short, or mended."""
    starts = [match.start() for match in _START.finditer(body)][:_TRIES]
    if not starts:
        raise Unreadable("no JSON in it")
    objects, found.lost = _sequence(body, found.repairs)
    if objects:
        found.repairs["json_with_prose" if len(objects) == 1 else "json_sequence"] += 1
        found.value = objects[0] if len(objects) == 1 else objects
        return found
    start = next((at for at in starts if _OPENS.match(body, at)), starts[0])
    closed, lost = close(body[start:])
    if closed != body[start:]:
        found.repairs["json_closed"] += 1
    found.lost = lost
    if (value := _strict(closed, found.repairs)) is not None:
        found.value = value
        return found
    return _mended(closed, found)


def _sequence(body: str, repairs: Counter[str]) -> tuple[list[Any], str]:
    """(the objects in `body`, whole and not empty, up to the first broken one; the rest from there on)."""
    decoder = json.JSONDecoder(object_pairs_hook=lambda pairs: _object(pairs, repairs))
    objects: list[Any] = []
    at = body.find("{")
    for tried in range(_MOST_OBJECTS):
        if at < 0:
            return objects, ""
        if (tried >= _TRIES and not objects) or body[max(0, at - 40) : at].rstrip().endswith("["):
            break
        try:
            value, end = decoder.raw_decode(body, at)
        except (ValueError, RecursionError):
            if objects:
                break
            end = at + 1
            if re.match(r"\{\s*[\"']", body[at : at + 40]):
                break  # meant as JSON: it is for others to mend
        else:
            if value:
                objects.append(value)
        at = body.find("{", end)
    return objects, body[at:] if objects and at >= 0 else ""


def _mended(text: str, found: Loaded) -> Loaded:
    """JSON against the rules, by json_repair; what is too long for that is taken apart into its innermost objects."""
    import json_repair

    value: Any = None
    if len(text) <= _MENDABLE:
        try:
            value = json_repair.loads(text, skip_json_loads=True)
        except (ValueError, RecursionError, IndexError, KeyError, TypeError, AttributeError):
            value = None  # told below
    kind = "json_mended"
    if not isinstance(value, (dict, list)) or not value:
        kind = "json_salvaged"
        value = [one for match in _FLAT.finditer(text) if (one := _strict(match[0], found.repairs)) is not None]
    if not value:
        raise Unreadable("JSON that cannot be mended")
    found.repairs[kind] += 1
    found.value = value
    return found


def close(text: str) -> tuple[str, str]:
    """(`text` up to the end of its JSON, or closed after the last whole value where it was cut short; what was lost).

    Raises:
        Unreadable: no reply nests so deep.

    >>> close('{"edges": [{"a": 1}, {"a": 2')
    ('{"edges": [{"a": 1}]}', '{"a": 2')
    >>> close('{"answer": "Silk is st')
    ('{"answer": "Silk is st"}', '')
    """
    stack: list[str] = []
    safe, closers = 0, ""
    quoted = escaped = False
    value_of_member = False  # whether a string that begins here is the value of an object's member
    for at, c in enumerate(text):
        if quoted:
            if escaped:
                escaped = False
            elif c == "\\":
                escaped = True
            elif c == '"':
                quoted = False
                if value_of_member or stack[-1:] == ["["]:
                    safe, closers = _here(at + 1, stack, safe, closers)
        elif c == '"':
            quoted = True
        elif c in "{[":
            stack.append(c)
            if len(stack) > _DEEPEST:
                raise Unreadable(f"more than {_DEEPEST} brackets within each other")
            value_of_member = False
            if all(open_ == "{" for open_ in stack[:-1]):
                safe, closers = _here(at + 1, stack, safe, closers)
        elif c in "}]":
            if stack and _CLOSING[stack[-1]] == c:
                stack.pop()
            if not stack:
                return text[: at + 1], ""
            safe, closers = _here(at + 1, stack, safe, closers)
        elif c == ",":
            safe, closers = _here(at, stack, safe, closers)
            value_of_member = False
        elif c == ":":
            value_of_member = True
    if quoted and value_of_member and stack and set(stack) == {"{"}:  # a text that was still being written
        end = text[:-1] if escaped else text
        return f'{end}"' + "".join(_CLOSING[open_] for open_ in reversed(stack)), ""
    return text[:safe] + closers, text[safe:].strip().lstrip(",").strip()


def _here(at: int, stack: list[str], safe: int, closers: str) -> tuple[int, str]:
    """A place where the text may be cut; not inside an array's element, which counts whole or not at all."""
    inner = stack[stack.index("[") + 1 :] if "[" in stack else []
    if inner:
        return safe, closers
    return at, "".join(_CLOSING[open_] for open_ in reversed(stack))
