"""Queries as a line of text that people can read and write again.

    "Joel Zwick" <-[directed_by]- ? -[in_language]-> ?
    (? -[enables]-> "toughness") but not ("kevlar" -[competes with]- ?)

The last `?` of a chain, or the only one, is what is asked for. `*` is any verb, `|` parts several; `every "material"`
is all of a type, `every *` everything. A quotation mark inside a name is written twice.
"""

from __future__ import annotations

import re

from graphs.errors import ParseError
from graphs.store.facts import Facts
from graphs.store.query import DEEPEST, And, Entities, Expression, OfType, Or, Related, Side, Without

_TOKEN = re.compile(
    r"""\s*(?:(?P<name>"(?:[^"]|"")*")|(?P<out>-\[(?P<v1>[^\]]*)\]->)|(?P<in><-\[(?P<v2>[^\]]*)\]-)"""
    r"""|(?P<both>-\[(?P<v3>[^\]]*)\]-)|(?P<any>\?)|(?P<open>\()|(?P<close>\))|(?P<not>but\s+not\b)"""
    r"""|(?P<and>and\b)|(?P<or>or\b)|(?P<every>every\b)|(?P<all>\*))""",
    re.IGNORECASE,
)
_LOOKS = re.compile(r"-\[[^\]]*\]-|^\s*every\s+(?:\*|\")")
_ARROW: dict[Side, str] = {"out": "-[{}]->", "in": "<-[{}]-", "both": "-[{}]-"}


def looks_like_query(text: str) -> bool:
    """Whether a text is written in this notation."""
    return _LOOKS.search(text) is not None


def write(query: Expression, facts: Facts) -> str:
    """The query as a line; `read` reads it back.

    >>> from graphs.store.query import Entities, Related
    >>> facts = Facts.of([(1, "Alien", None), (2, "Scott", None)], [(5, 1, "directed_by", 2)])
    >>> write(Related(Related(Entities((1,)), ("directed_by",), "out"), None, "in"), facts)
    '"Alien" -[directed_by]-> ? <-[*]- ?'
    """
    if isinstance(query, Entities):
        names = " or ".join(_quoted(facts.labels[facts.at(entity)]) for entity in query.ids)
        return f"({names})" if len(query.ids) != 1 else names
    if isinstance(query, OfType):
        return "every *" if query.type is None else f"every {_quoted(query.type)}"
    if isinstance(query, Related):
        verbs = "*" if query.verbs is None else "|".join(_verb(verb) for verb in query.verbs)
        inner = write(query.of, facts)
        chain = isinstance(query.of, (Entities, Related, OfType))
        return f"{inner if chain else f'({inner})'} {_ARROW[query.side].format(verbs)} ?"
    if isinstance(query, Without):
        return f"{_part(query.whole, facts)} but not {_part(query.part, facts)}"
    joint = " and " if isinstance(query, And) else " or "
    return joint.join(_part(part, facts) for part in query.parts)


def _part(query: Expression, facts: Facts) -> str:
    text = write(query, facts)
    return text if isinstance(query, (Entities, OfType)) else f"({text})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _verb(verb: str) -> str:
    return verb if re.fullmatch(r"[^\]|*\"\s][^\]|*\"]*", verb) else verb.replace("]", "\ufffd").replace("|", "\ufffd")


class _Reader:
    def __init__(self, text: str, facts: Facts) -> None:
        self.facts = facts
        self.text = text
        self.tokens: list[re.Match[str]] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None:
                raise self.error(at, "is not understood")
            self.tokens.append(match)
            at = match.end()
        self.at = 0
        self.depth = 0

    def error(self, at: int, what: str) -> ParseError:
        return ParseError(
            f'{self.text[at : at + 30].strip()!r} {what}; a query is written like "A" -[verb]-> ?',
            where=f"character {at + 1} of the query",
        )

    def peek(self) -> str:
        return str(self.tokens[self.at].lastgroup and self._kind()) if self.at < len(self.tokens) else ""

    def _kind(self) -> str:
        groups = self.tokens[self.at].groupdict()
        return next(name for name in groups if groups[name] is not None and not name.startswith("v"))

    def take(self) -> re.Match[str]:
        if self.at >= len(self.tokens):
            raise self.error(max(0, len(self.text) - 30), "ends too early")
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(0, "is nested too deeply")
        found = self.chain()
        while (kind := self.peek()) in ("and", "or", "not"):
            self.take()
            other = self.chain()
            if kind == "not":
                found = Without(found, other)
            elif isinstance(found, And if kind == "and" else Or):
                found = type(found)((*found.parts, other))
            else:
                found = And((found, other)) if kind == "and" else Or((found, other))
        self.depth -= 1
        return found

    def chain(self) -> Expression:
        open_start, found = self.start()
        while (kind := self.peek()) in ("out", "in", "both"):
            match = self.take()
            verbs = match["v1"] or match["v2"] or match["v3"] or ""
            named = None if verbs.strip() in ("*", "") else tuple(verb.strip() for verb in verbs.split("|"))
            self.facts.codes(named)
            side: Side = kind  # type: ignore[assignment]
            ahead, end = self.start()
            if open_start and not ahead:  # ? -[verb]-> "A": asked from the other end
                back: Side = "both" if side == "both" else "in" if side == "out" else "out"
                found, open_start = Related(end, named, back), False
                if self.peek() in ("out", "in", "both"):
                    raise self.error(self.tokens[self.at].start(), "cannot follow: begin the chain with its named end")
                return found
            hop = Related(found, named, side)
            found = hop if ahead else And((hop, end))
            open_start = False
        return found

    def start(self) -> tuple[bool, Expression]:
        """(whether it is `?`, what stands there)."""
        match = self.take()
        kind = next(name for name, value in match.groupdict().items() if value is not None and not name.startswith("v"))
        if kind == "any":
            return True, OfType(None)
        if kind == "name":
            label = match["name"][1:-1].replace('""', '"')
            at = self.facts.by_label.get(label)
            if at is None:
                raise self.error(match.start(), "is no entity of the graph")
            return False, Entities((int(self.facts.entity_ids[at]),))
        if kind == "every":
            after = self.take()
            if after["all"]:
                return False, OfType(None)
            if after["name"]:
                return False, OfType(after["name"][1:-1].replace('""', '"'))
            raise self.error(after.start(), "names no type")
        if kind == "open":
            inner = self.expression()
            if not self.take()["close"]:
                raise self.error(match.start(), "is not closed")
            return False, inner
        raise self.error(match.start(), "cannot stand there")


def read(text: str, facts: Facts) -> Expression:
    """Read a query.

    Raises:
        ParseError: it is written wrongly. BadArgument: it names a verb that the graph does not have.
    """
    reader = _Reader(text, facts)
    found = reader.expression()
    if reader.at < len(reader.tokens):
        raise reader.error(reader.tokens[reader.at].start(), "cannot follow")
    return found
