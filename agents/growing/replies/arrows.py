"""Graphs that models write as text: `1. **A** -[IS-A]-> **B** -[INFLUENCES]-> **C**` or `A → increases B; C → D`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from agents.growing.replies.names import VERB_SIGNS, key_of

BARE = "leads to"  # the verb of an arrow without a label
_DASH = r"[-–—]{1,3}"
_GAP = r"\s{0,3}"
_LABEL = r"{1,80}?"
_ARROW = re.compile(
    rf"(?P<back><)?{_GAP}{_DASH}{_GAP}\[{_GAP}(?P<label>[^\[\]\n]{_LABEL}){_GAP}\]{_GAP}{_DASH}?{_GAP}(?P<head>[>→⟶])?"
    rf"|{_DASH}{_GAP}\((?P<round>[^()\n]{_LABEL})\){_GAP}{_DASH}{_GAP}[>→⟶]"
    rf"|(?<![*\w]){_DASH}{_GAP}\*{{1,3}}(?P<bold>[^*\n]{_LABEL})\*{{1,3}}{_GAP}{_DASH}?[>→⟶]"
    rf"|-{_DASH}{_GAP}(?P<plain>[A-Za-z][A-Za-z _]{_LABEL}){_GAP}-{_DASH}>"
    r"|(?P<bare>-{1,3}>|[–—]>|=>|→|⟶|⟹|⇒)"
    r"|(?P<bareback><-{1,3}(?!\[)|←)"
)
_NUMBER = re.compile(r"^\s*(?:[-*•]\s+)*(?:\(?\d{1,3}[.)]\s+)?")
_BULLET = re.compile(r"^\s*[-*•]\s+")
_NOTE = re.compile(r"\s{0,3}\([^()]*\)?\s{0,3}$")
_ENTITIES = re.compile(r"(?:core |key )?(?:entities|nodes|concepts)\s*(?:\([^)]*\))?\s*:\s*(.+)", re.IGNORECASE)
_LONGEST = 4000  # characters of a statement
_HEADING = re.compile(r"^[\w /-]{3,40}:\s+")


@dataclass
class TextGraph:
    """What was read: edges as written, the names listed as entities, and what could not be read, with the reason."""

    edges: list[tuple[str, str, str]] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


def read_arrows(text: str) -> TextGraph:
    """Read a graph that is written with arrows; never raises. A chain of arrows is one edge an arrow."""
    graph = TextGraph()
    rest = []
    for statement in _statements(text):
        if (listed := _ENTITIES.match(statement)) and not _ARROW.search(_outside_brackets(listed[1])):
            graph.entities += [name for name, _ in split_entities(listed[1])]
        elif _ARROW.search(statement):
            rest.append(statement)
    known = {key_of(name): name for name in graph.entities}
    for statement in rest:
        for part in _parts(_HEADING.sub("", statement)):
            _read_chain(part, known, graph)
    return graph


def split_entities(text: str) -> Iterator[tuple[str, str]]:
    """(name, what stands in brackets behind it) of each item of a list such as `Chain Length (N), h (thickness)`."""
    for item in _split(text, ",;"):
        item = item.strip().rstrip(".")
        note = re.search(r"\(([^()]*)\)\s*$", item)
        name = item[: note.start()].strip() if note else item
        if name:
            yield name, note[1].strip() if note else ""


def _statements(text: str) -> Iterator[str]:
    """The lines, those joined that a break within a chain or within a bold name has torn apart."""
    held: list[str] = []
    length = marks = 0  # of what is held: characters, and signs of bold type
    for line in text.replace("\\*", "*").splitlines():
        bullet = _BULLET.sub("", line).strip()
        if not bullet:
            continue
        goes_on = held and (marks % 2 == 1 or _ends_open(held[-1]) or _ARROW.match(bullet))
        if not goes_on or length > _LONGEST:
            if held:
                yield " ".join(held)
            held, length, marks = [], 0, 0
            bullet = _NUMBER.sub("", line).strip()
        held.append(bullet)
        length, marks = length + len(bullet), marks + bullet.count("**")
    if held:
        yield " ".join(held)


def _ends_open(line: str) -> bool:
    """Whether the line ends with an arrow that points at nothing yet."""
    end = line[-120:]
    arrows = list(_ARROW.finditer(end))
    return bool(arrows) and not end[arrows[-1].end() :].strip()


def _parts(statement: str) -> Iterator[str]:
    """The chains of a statement: parted by semicolons, sentences, and commas where each side has its own arrow."""
    for sentence in re.split(r"(?<=[\w)↑↓])\.\s+(?=[A-Z])", statement):
        for part in _split(sentence, ";"):
            pieces = list(_split(part, ","))
            if len(pieces) > 1 and all(_ARROW.search(_outside_brackets(piece)) for piece in pieces):
                yield from pieces
            else:
                yield part


def _split(text: str, marks: str) -> Iterator[str]:
    """The parts between marks that stand outside brackets."""
    depth = start = 0
    for at, c in enumerate(text):
        if c in "([{":
            depth += 1
        elif c in ")]}":
            depth = max(0, depth - 1)
        elif c in marks and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _outside_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text)


def _read_chain(part: str, known: dict[str, str], graph: TextGraph) -> None:
    ends: list[str] = []
    verbs: list[tuple[str, bool]] = []  # with whether it runs backwards
    at = seen = depth = 0
    for arrow in _ARROW.finditer(part):
        depth += part.count("(", seen, arrow.start()) - part.count(")", seen, arrow.start())
        seen = arrow.start()
        if depth > 0:
            continue  # an arrow in a remark
        label = next((arrow[name] for name in ("label", "round", "bold", "plain") if arrow[name]), "")
        back = bool(arrow["bareback"]) or (bool(arrow["back"]) and not arrow["head"])
        ends.append(part[at : arrow.start()])
        verbs.append((label, back))
        at = arrow.end()
    ends.append(part[at:])
    for (verb, back), left, right in zip(verbs, ends, ends[1:], strict=False):
        edge = _edge(left, verb, right, known) if not back else _edge(right, verb, left, known)
        if edge is None:
            graph.left.append((part.strip()[:200], "an arrow without a name at one of its ends"))
        else:
            graph.edges.append(edge)


@dataclass(frozen=True)
class _End:
    """One end of an arrow. verb: words before the name that are no part of it. change: an arrow up or down at it."""

    name: str
    verb: str = ""
    change: str = ""


def _edge(left: str, verb: str, right: str, known: dict[str, str]) -> tuple[str, str, str] | None:
    source, target = (_end(text, known, labelled=bool(verb)) for text in (left, right))
    if not source.name or not target.name:
        return None
    verb = verb or target.verb or VERB_SIGNS.get(target.change, BARE)
    if source.change:
        verb = f"{'more' if source.change == '↑' else 'less'} of it {verb}"
    return source.name, verb, target.name


def _end(text: str, known: dict[str, str], *, labelled: bool) -> _End:
    name = text.strip().strip(",.:")
    name = _NOTE.sub("", name).strip() or name
    rising = re.search(r"[↑↓]", name)
    change = rising[0] if rising else ""
    plain = re.sub(r"\s*[↑↓]\s*", " ", name).strip()
    if labelled or not plain or key_of(plain) in known or "**" in plain:
        return _End(plain, change=change)
    words = plain.split()
    for count in range(1, len(words)):
        verb, tail = " ".join(words[:count]), " ".join(words[count:])
        if key_of(tail) in known and verb[0].islower():
            return _End(known[key_of(tail)], verb, change)
    too_long = len(words) > 5 or (plain[0].islower() and len(words) > 2)
    return _End("" if too_long else plain, change=change)
