"""Edges written with hyphens: `a-b, b-c`, `a-b: 3`, `a-b (latency 5 ms)`, "the cycle 1-2-3-1"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from graphs.text.declare import read_declarations
from graphs.text.edges import JOINT, finite, head_end, united
from graphs.text.lexicon import CAPACITY_WORDS, NUMBER, TIME_WORDS, UNIT, VERB_WORDS, WEIGHT_WORDS
from graphs.text.patterns import lazy
from graphs.text.scan import Scan

_EDGES_BEFORE = lazy(r"\b(?:edges?|links?|arcs?)\s*(?:(?:are|is)\b|[:=])?[\s{\[]*$", re.I)
_HYPHEN_ITEM = lazy(
    rf"([\w.#]{{1,60}})[-–]([\w.#]{{1,60}})(?:\s*(?:"
    rf"(?:[:=]|\s(?P<verb>costs?|takes?|weighs?|measures?|lasts?|is)\s)\s*(?P<money>[$€£])?(?P<value>{NUMBER})"
    rf"(?:\s*(?P<value_unit>{UNIT})(?![\w-]))?|"
    rf"\(\s*(?:(?P<word>[A-Za-z]+)\s*[:=]?\s*)?(?P<inner_money>[$€£])?(?P<inner>{NUMBER})\s*(?P<inner_unit>[A-Za-z]*)\s*\)|"
    rf"\s+(?P<apart_money>[$€£])?(?P<apart>{NUMBER})(?:\s*(?P<unit>{UNIT}))?(?=\s*(?:[,;.]|$|and\b))))?",
    re.I,
)
_NAMED_VALUE = lazy(f"{WEIGHT_WORDS}|{CAPACITY_WORDS}|{TIME_WORDS}|[wtcd]", re.I)
_UNIT = lazy(UNIT, re.I)
_CHAIN = lazy(
    r"[^\d:;?!()]{0,60}?\b(?:cycle|path|chain|ring|line|circuit|walk|route)(?:\s+graph)?:?\s+"
    r"(?P<chain>\w{1,20}(?:[-–]\w{1,20}){2,})\W*",
    re.I,
)


def read_hyphens(scan: Scan, start: int, end: int, *, sure: bool) -> bool:
    """Read a list of `a-b` items, with `a-b:3` or `a-b (3)` for weights; False when the text is not only that."""
    text = scan.text
    if (chain := _CHAIN.fullmatch(text, start, end)) is not None:  # "the cycle 1-2-3-4-1"
        steps = re.split("[-–]", chain["chain"])
        for one, other in zip(steps, steps[1:]):
            scan.draft.link(one, other, start, end, None, None)
        return True
    body = _announced(text, start, end) or head_end(text, start, end)
    if body == start:
        body = _behind_colon(text, start, end)
    stop = end
    while stop > body and text[stop - 1] in ".,; \t":
        stop -= 1
    while body < stop and text[body] in "{[ \t":
        body += 1
    while stop > body and text[stop - 1] in "}]":
        stop -= 1
    items, position = [], body
    for found in _HYPHEN_ITEM.finditer(text, body, stop):
        if not JOINT.fullmatch(text, position, found.start()):
            return False
        items.append(found)
        position = found.end()
    if not items or text[position:stop].strip():
        return False
    if len(items) == 1 and not sure and body == start and not _both_short(items[0]):
        return False
    if body > start:
        read_declarations(scan, start, body)  # "a graph on 6 vertices has edges 1-2, 2-3"
    for found in items:
        scan.draft.link(found[1], found[2], found.start(), found.end(), None, _hyphen_value(scan, found))
    return True


def _hyphen_value(scan: Scan, found: re.Match[str]) -> dict[str, Any] | None:
    """The value behind `a-b`, under the name that it is given: "(latency 5 ms)", "(capacity 3)", ": 5", "5 km"."""
    number, word = found["value"] or found["inner"] or found["apart"], found["word"]
    if number is None:
        return None
    if word and word.lower() in ("x", "times"):
        scan.draft.contradictions.append(f"{found[0]!r} may be several edges, or one with a weight")
        scan.draft.doubts += 0.6
    if word and _NAMED_VALUE.fullmatch(word):
        named = "travel time" if word.lower() in ("t", "time") else word  # of a road, not when it is there
        return scan.attribute(named, finite(scan, number))
    inner = found["inner_unit"]
    unit = found["unit"] or found["value_unit"] or (inner if inner and _UNIT.fullmatch(inner) else None)
    unit = unit or found["money"] or found["inner_money"] or found["apart_money"]
    named = VERB_WORDS.get(re.sub(r"s$", "", found["verb"].lower())) if found["verb"] else None
    return scan.attribute(named, finite(scan, number)) if named and not unit else united(scan, number, unit)


def _announced(text: str, start: int, end: int) -> int:
    """Where the first `a-b` behind the word "edges" stands ("… with vertices 1 to 5 and edges 1-2"); 0 for nowhere."""
    for found in islice(_HYPHEN_ITEM.finditer(text, start, end), 4):
        if _EDGES_BEFORE.search(text, max(start, found.start() - 40), found.start()):
            return found.start()
    return 0


_COLON = lazy(r"[^:.;?!\n]{1,80}:\s+")
_WORDS = lazy(r"[A-Za-z][a-z]*(?: [a-z]+){0,5} (?=\S+[-–])")  # "Ferries run A-B, B-C, C-A"
_A_WORD = lazy(r"[A-Za-z]+:\s+")
_PAIR_FIRST = lazy(r"\s*[\w.#]{1,60}[-–][\w.#]{1,60}\s*:")  # "a-b: 3", not a heading
_LEAST_ITEMS = 3


def _behind_colon(text: str, start: int, end: int) -> int:
    """Where a list of `a-b` items begins behind words, or words and a colon ("Latency in ms: R1-R2 (3), …").

    At least three of them, or two of short names behind one word, with ends that come again, as edges have and
    hyphenated names have not; else `start`.
    """
    lead = _COLON.match(text, start, end) or _WORDS.match(text, start, end)
    if lead is None or _PAIR_FIRST.match(text, start, end):
        return start
    pairs = [(found[1], found[2]) for found in _HYPHEN_ITEM.finditer(text, lead.end(), end)]
    if len({tuple(sorted(pair)) for pair in pairs}) < len(pairs):
        return start  # the same pair again: parallel edges, or a repetition
    ends = [part for pair in pairs for part in pair]
    short = _A_WORD.fullmatch(lead[0]) is not None and all(len(part) < 3 for part in ends)
    least = 2 if short else _LEAST_ITEMS
    return lead.end() if len(ends) >= 2 * least and len(ends) - len(set(ends)) >= len(ends) // 4 else start


def _both_short(found: re.Match[str]) -> bool:
    return all(len(x) <= 2 or x.isdigit() or x[0].isupper() for x in (found[1], found[2]))
