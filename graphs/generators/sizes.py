"""Read the sizes that stand around the name of a graph: "with 8 nodes", "5x4", "of dimension 4", "(15, 3)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBER = rf"(?:\d{{1,9}}|{'|'.join(WORDS)})"
_UNIT = (
    "nodes?|vertices|vertex|points?|leaves|leaf|rungs?|levels?|dimensions?|dimensional|parts?|partitions?|pairs?|"
    "cliques?|copies|triangles?|rows?|columns?|generations?|children|spokes?"
)
_MEASURE = (
    "order|sizes?|(?:parts|sides|partitions)\\sof\\ssizes?|dimension|height|depth|"
    "branching factor|branching|arity|generation|parts?|sides|length|"
    "clique size|path length|parameters?|nodes|vertices|[nmrhkdqt](?=\\s?=)"
)
_JOIN = r"(?:with|on|of|over|having|and|each|a|an|the|exactly|total)"
_LIST = rf"{NUMBER}(?:\s?(?:,\s?and|,|and|x|×|by|\*)\s?{NUMBER}){{0,5}}"
_TAIL = re.compile(
    rf"\s{{0,2}},?\s?(?:{_JOIN}\s){{0,4}}(?:"
    rf"(?P<measure>{_MEASURE})\s?(?:of|=|:|is)?\s?(?P<of>{_LIST})"
    rf"|(?P<count>{_LIST})[\s-]?(?P<unit>{_UNIT})"
    rf"|\(\s?(?P<args>\d{{1,9}}(?:\s?[,x×]\s?\d{{1,9}}){{0,5}})\s?\)(?!\s?[,(])"
    rf"|\((?P<named>[nmrhkdqt]\s?=\s?\d{{1,9}}(?:\s?,\s?[nmrhkdqt]\s?=\s?\d{{1,9}}){{0,3}})\)"
    rf"|(?:offsets?|jumps|distances)\s\[?(?P<offsets>{_LIST})\]?"
    rf"|(?P<symbol>[A-Z]{{1,2}})_?\{{?\(?(?P<index>\d{{1,9}}(?:,\s?\d{{1,9}}){{0,5}})\)?\}}?"
    rf"|(?P<cross>{NUMBER}\s?(?:x|×|\*|by)\s?{NUMBER})"
    rf"|(?<=on\s)(?P<bare>{NUMBER})"
    r")(?![\w.]*\d)(?!\w)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"(?:(?<!\w)(?P<cross>{NUMBER}\s?(?:-by-|x|×|\*|by)\s?{NUMBER})|(?<!\w)(?P<count>{NUMBER})[\s-](?P<unit>{_UNIT}))"
    r"[\s-](?:square\s|two-dimensional\s|2d\s)?$",
    re.IGNORECASE,
)
_CANONICAL = {
    "node": "nodes",
    "vertice": "nodes",
    "vertices": "nodes",
    "vertex": "nodes",
    "point": "nodes",
    "n": "nodes",
    "dimensional": "dimension",
    "d": "dimension",
    "leaf": "leaves",
    "leave": "leaves",
    "level": "height",
    "depth": "height",
    "h": "height",
    "branching factor": "branching",
    "arity": "branching",
    "r": "branching",
    "children": "branching",
    "partition": "parts",
    "copie": "cliques",
    "copies": "cliques",
    "clique": "cliques",
    "triangle": "cliques",
    "sizes": "size",
    "sides": "size",
    "q": "order",
}


@dataclass
class Sizes:
    """What was read: `named` by unit ("nodes", "height" …), `args` in the order of the text, [start, end) of it all."""

    start: int
    end: int
    named: dict[str, int] = field(default_factory=dict)
    args: tuple[int, ...] = ()
    offsets: tuple[int, ...] = ()
    symbol: str = ""

    def __bool__(self) -> bool:
        return bool(self.named or self.args or self.offsets)

    def get(self, *units: str) -> int | None:
        """The number of the first unit that was said, or the only bare number."""
        for unit in units:
            if unit in self.named:
                return self.named[unit]
        return self.args[0] if len(self.args) == 1 else None


def read_sizes(text: str, start: int, end: int) -> Sizes:
    """The sizes around text[start:end], the name of a graph; looks 40 characters back and some phrases ahead."""
    sizes = Sizes(start, end)
    head = _HEAD.search(text[max(0, start - 40) : start])
    if head:
        sizes.start = start - (len(head.string) - head.start())
        _take(sizes, head["cross"] or head["count"], head["unit"])
    for _ in range(4):
        tail = _TAIL.match(text, sizes.end)
        if not tail:
            break
        group = tail.groupdict()
        sizes.end = tail.end()
        if group["named"]:
            for part in group["named"].split(","):
                letter, number = part.split("=")
                _take(sizes, number, letter.strip().lower())
        elif group["offsets"]:
            sizes.offsets = numbers(group["offsets"])
        elif group["measure"]:
            _take(sizes, group["of"], re.sub(r"\s+", " ", group["measure"].lower()))
        elif group["count"]:
            _take(sizes, group["count"], group["unit"])
        else:
            sizes.symbol = group["symbol"] or ""
            _take(sizes, group["args"] or group["index"] or group["cross"] or group["bare"], None)
    return sizes


def numbers(text: str) -> tuple[int, ...]:
    """Every number of a short text, digits or words, in order."""
    found = re.findall(NUMBER, text.lower())
    return tuple(int(word) if word.isdigit() else WORDS.index(word) + 1 for word in found)


def _take(sizes: Sizes, text: str, unit: str | None) -> None:
    values = numbers(text)
    if len(values) == 1 and unit is not None:
        unit = unit.lower()
        short = unit.rstrip("s") if unit not in _CANONICAL else unit
        name = _CANONICAL.get(unit) or _CANONICAL.get(short) or (unit if unit in ("parts", "leaves") else short)
        name = {"part": "parts", "rung": "rungs", "pair": "pairs"}.get(name, name)
        sizes.named.setdefault(name, values[0])
    else:
        sizes.args += values
