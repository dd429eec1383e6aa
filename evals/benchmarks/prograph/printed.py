"""Compares what a program printed with a gold output: by typed values and tolerances, never by a model or a substring.

Both sides are cut into segments: a printed value, a line, or the part of a line after its last colon. Each segment of
the gold must be one whole segment of the reply. Words that label a value do not count; numbers do within a tolerance,
containers by their structure (sets, dicts and lists of pairs in any order). A reply that prints a crowd of values, or
both True and False, in the hope that one fits is wrong.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

RELATIVE = 1e-4
_ATOM = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""  # a quoted label
    r"|(?<![\w.#])[-+]?(?:\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d+)(?![\w.]*\w)"  # a number
    r"|(?<![\w.])[-+]?(?:nan|inf)\b|\bTrue\b|\bFalse\b|\bNone\b|\bTRUE\b|\bFALSE\b"
    r"|#?\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+\b"  # a code: 030T, #80acf7
)
_WORD = re.compile(r"[^\W\d_][\w.-]{0,40}")
_WRAPPED = re.compile(r"\b(?:frozenset|set|array|dict_keys|dict_values|dict_items|tuple|list|NodeView|EdgeView)\(")
MOST_SEGMENTS = 20_000


@dataclass(frozen=True)
class Segment:
    """One value. atoms: its numbers, truth values and labels in order. value: the typed value, None for plain text."""

    atoms: tuple[Any, ...]
    value: Any = None
    decimals: int | None = None

    @property
    def scalar(self) -> bool:
        return len(self.atoms) == 1


def segments(text: str) -> list[Segment]:
    """The segments of an output: each line, brackets that span lines taken together."""
    found = []
    for chunk in _chunks(text):
        value = literal(chunk)
        atoms = tuple(_atoms(chunk)) if value is None else tuple(flat(value))
        if not atoms and _WORD.fullmatch(chunk.strip()):
            atoms = (chunk.strip(),)  # a bare label
        if atoms:
            found.append(Segment(atoms, value, _decimals(chunk)))
    return found[:MOST_SEGMENTS]


def after_colon(text: str) -> list[Segment]:
    """The same with the part before each line's last outer colon left out ("Diameter: 3" is 3)."""
    return segments("\n".join(_tail(chunk) for chunk in _chunks(text)))


def _tail(line: str) -> str:
    depth = 0
    for at in range(len(line) - 1, -1, -1):
        depth += (line[at] in ")]}") - (line[at] in "([{")
        if line[at] in ":=" and depth == 0:
            return line[at + 1 :]
    match = re.fullmatch(r"\s*\S+\s*-+>\s*(.*)|.*?\)\s*-+>\s*(.*)", line)
    return next((group for group in match.groups() if group), line) if match else line


def _chunks(text: str) -> Iterator[str]:
    kept, depth = "", 0
    for line in text.strip().split("\n"):
        kept = f"{kept} {line.strip()}" if kept else line.strip()
        depth = sum(map(kept.count, "([{")) - sum(map(kept.count, ")]}"))
        if depth <= 0 or len(kept) > 500_000:
            if kept:
                yield kept
            kept, depth = "", 0
    if kept:
        yield kept


def literal(text: str) -> Any:
    """The Python value that a text is, wrappers like frozenset(…) and array(…) taken off; None where it is none."""
    body = text.strip().rstrip(",;")
    if body in ("TRUE", "FALSE"):
        return body == "TRUE"
    if not body or body[0] not in "([{'\"-+.0123456789TFfsad":
        return None
    stripped = _WRAPPED.sub("(", body)
    stripped = re.sub(r"\bset\(\)", "[]", re.sub(r"\b(nan|inf)\b", "'\\1'", stripped))
    if re.fullmatch(r"\[[-\d.eE+\s]+\]", stripped):  # an array of numpy
        stripped = re.sub(r"(?<=[\d.])\s+(?=[-+\d.])", ", ", stripped)
    try:
        return ast.literal_eval(stripped)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _atoms(text: str) -> Iterator[Any]:
    for match in _ATOM.finditer(text):
        yield _atom(match[0])


def _atom(word: str) -> Any:
    if word[0] in "'\"":
        return _normal(word[1:-1])
    known = {"True": True, "TRUE": True, "False": False, "FALSE": False, "None": None}
    if word in known:
        return known[word]
    try:
        return _normal(float(word) if re.search(r"[.eEn]", word) and not re.fullmatch(r"[-+]?\d+", word) else int(word))
    except ValueError:
        return word


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        if re.fullmatch(r"[-+]?(?:nan|inf)", value):
            return value.lstrip("+")
        if re.fullmatch(r"-?\d+", value):
            return int(value)  # a label '3' and a label 3 print alike
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def flat(value: Any) -> Iterator[Any]:
    """The atoms of a value in order."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flat(key)
            yield from flat(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from flat(item)
    elif isinstance(value, (set, frozenset)):
        for item in sorted(value, key=str):
            yield from flat(item)
    else:
        yield _normal(value)


def _decimals(text: str) -> int | None:
    """Decimals to which the text's numbers are rounded (3 to 9); None where they seem to be written out in full."""
    counts = [len(match) for match in re.findall(r"\d\.(\d+)(?![\d])", text)]
    return max(counts) if counts and 3 <= max(counts) < 10 else None


def close(said: Any, gold: Any, decimals: int | None = None) -> bool:
    """Whether two atoms are the same: numbers within 1e-4 (relative) or the gold's own rounding."""
    if isinstance(said, bool) or isinstance(gold, bool) or said is None or gold is None:
        return said is gold
    if isinstance(said, (int, float)) and isinstance(gold, (int, float)):
        if isinstance(said, int) and isinstance(gold, int):
            return said == gold
        slack = 0.0 if decimals is None else 0.5000001 * 10.0**-decimals
        return abs(said - gold) <= max(slack, RELATIVE * min(1.0, abs(gold)), 1e-9)
    return type(said) is type(gold) and bool(said == gold)


def same(said: Segment, gold: Segment) -> bool:
    """Whether two segments are the same value."""
    if len(said.atoms) != len(gold.atoms):
        return False
    if all(close(a, b, gold.decimals) for a, b in zip(said.atoms, gold.atoms)):
        return True
    if said.value is None or gold.value is None:
        return False  # plain text has its order alone
    return unordered(said.value, gold.value, gold.decimals)


def unordered(said: Any, gold: Any, decimals: int | None = None) -> bool:
    """Whether two containers hold the same where order says nothing: sets, dicts, lists of pairs, sets or groups."""
    if isinstance(gold, dict) and isinstance(said, dict):
        return len(said) == len(gold) and _paired(list(said.items()), list(gold.items()), decimals)
    if isinstance(gold, (set, frozenset)) and isinstance(said, (list, tuple, set, frozenset)):
        return len(said) == len(gold) and _paired(list(said), list(gold), decimals)
    if isinstance(gold, (list, tuple)) and isinstance(said, (list, tuple)):
        if len(said) != len(gold):
            return False
        if all(isinstance(item, (tuple, list, set, frozenset, dict)) for item in gold) and isinstance(gold, list):
            return _paired(list(said), list(gold), decimals)
        return all(unordered(a, b, decimals) for a, b in zip(said, gold))
    if isinstance(gold, (dict, set, frozenset, list, tuple)) or isinstance(said, (dict, set, frozenset, list, tuple)):
        return False
    return close(_normal(said), _normal(gold), decimals)


def _paired(said: list[Any], gold: list[Any], decimals: int | None) -> bool:
    """Whether the items match one to one; equal texts first, so that long lists stay cheap."""
    left = list(said)
    by_text: dict[str, list[int]] = {}
    for at, item in enumerate(left):
        by_text.setdefault(repr(item), []).append(at)
    used: set[int] = set()
    rest = []
    for item in gold:
        places = by_text.get(repr(item), [])
        if places:
            used.add(places.pop())
        else:
            rest.append(item)
    if len(rest) > 400:
        return False
    for item in rest:
        free = (i for i, other in enumerate(left) if i not in used and unordered(other, item, decimals))
        place = next(free, None)
        if place is None:
            return False
        used.add(place)
    return True


def parts_found(gold: str, text: str, printed: Sequence[Sequence[Any]] = ()) -> tuple[int, int]:
    """(found, all): how many segments of the gold the reply has; none of a reply that prints a crowd of values.

    printed: the typed values of each print, where they are known.
    """
    wanted = segments(gold)
    if not wanted:
        return 0, 0
    best = 0
    for asked in (wanted, after_colon(gold)):
        if not asked or len(asked) > len(wanted):
            continue
        for said in _readings(text, printed, len(asked)):
            whole = Segment(tuple(a for s in said for a in s.atoms))
            aim = Segment(tuple(a for s in asked for a in s.atoms), None, asked[0].decimals)
            if same(whole, aim):
                return len(wanted), len(wanted)
            if _crowd(said, asked):
                continue
            count = _count(said, asked)
            best = max(best, len(wanted) if count == len(asked) else min(count, len(wanted) - 1))
    return best, len(wanted)


def _readings(text: str, printed: Sequence[Sequence[Any]], lines: int) -> Iterator[list[Segment]]:
    yield segments(text)
    yield after_colon(text)
    values = [value for values in printed for value in values if not (isinstance(value, str) and not value.strip())]
    data = [Segment(tuple(flat(v)), v) for v in values if not isinstance(v, str) or (v.isalpha() and len(values) == 1)]
    yield data
    whole = data[0].value if len(data) == 1 else None
    if isinstance(whole, (list, tuple, dict)) and len(whole) == lines > 1:  # one print of what the gold has on lines
        inner = whole.items() if isinstance(whole, dict) else whole
        yield [Segment(tuple(flat(item)), item) for item in inner]


def _count(said: list[Segment], asked: list[Segment]) -> int:
    left = list(said)
    found = 0
    for gold in asked:
        at = next((i for i, one in enumerate(left) if same(one, gold)), None)
        if at is not None:
            left.pop(at)
            found += 1
    return found


def _crowd(said: list[Segment], asked: list[Segment]) -> bool:
    """Whether the reply prints so much beside the answer that a hit says nothing."""
    truths = {s.atoms[0] for s in said if s.scalar and isinstance(s.atoms[0], bool)}
    wanted = {s.atoms[0] for s in asked if s.scalar and isinstance(s.atoms[0], bool)}
    if wanted and truths - wanted:
        return True
    scalars = sum(s.scalar for s in said) - sum(s.scalar for s in asked)
    return scalars > 3 + sum(s.scalar for s in asked) or len(said) > 12 + 3 * len(asked)
