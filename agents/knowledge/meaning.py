"""What the words of a question say together, before the graph is asked which verbs and entities they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from agents.knowledge.names import Mention
from agents.knowledge.verbs import Phrase, Role


@dataclass(frozen=True)
class Given:
    """Entities that the question names.

    title: a word of a relation before the name ("the director Scott"). kind: a noun before it ("the film Alien").
    """

    mention: Mention
    title: Phrase | None = None
    kind: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A noun for a kind of thing ("countries"), or none ("what").

    asks: who, where or when. count: "how many". head: it plainly is a noun for what is asked for: "which N", "N that".
    """

    words: tuple[str, ...] = ()
    count: bool = False
    asks: str = ""
    head: bool = False


@dataclass(frozen=True)
class Hop:
    """What is related to `of`, which stands in `role` to the phrase."""

    phrase: Phrase
    of: Meaning
    role: Role


@dataclass(frozen=True)
class Same:
    """What has the same `phrase` as `of`: films that share a director with a film, co-writers of a writer."""

    phrase: Phrase
    of: Meaning


@dataclass(frozen=True)
class Join:
    """and: in every part; or: in some part; minus: in the first part and in no other."""

    how: Literal["and", "or", "minus"]
    parts: tuple[Meaning, ...]


@dataclass(frozen=True)
class Limit:
    """What is of a kind and in `of`."""

    kind: Kind
    of: Meaning


@dataclass(frozen=True)
class Not:
    """What is not in `of`."""

    of: Meaning


@dataclass(frozen=True)
class Test:
    """Whether `left` is among `right`."""

    left: Meaning
    right: Meaning


Meaning: TypeAlias = "Given | Kind | Hop | Same | Join | Limit | Not | Test"


def inside(meaning: Meaning) -> Iterator[Meaning]:
    """The meaning and everything in it."""
    yield meaning
    if isinstance(meaning, (Hop, Same, Limit, Not)):
        yield from inside(meaning.of)
        if isinstance(meaning, Limit):
            yield meaning.kind
    elif isinstance(meaning, Join):
        for part in meaning.parts:
            yield from inside(part)
    elif isinstance(meaning, Test):
        yield from inside(meaning.left)
        yield from inside(meaning.right)


def joined(how: Literal["and", "or", "minus"], *parts: Meaning) -> Join:
    """A join; joins of the same sort inside its first part become one with it."""
    first = parts[0]
    if isinstance(first, Join) and first.how == how and how != "minus":
        return Join(how, (*first.parts, *parts[1:]))
    return Join(how, parts)


def with_other(meaning: Meaning, given: Meaning) -> Meaning | None:
    """The predicate said of another thing: "border France" and "Italy" give "border Italy"; None where it has no
    end.
    """
    if isinstance(meaning, Hop):
        return replace(meaning, of=given)
    if isinstance(meaning, Same):
        return replace(meaning, of=given)
    if isinstance(meaning, Limit):
        inner = with_other(meaning.of, given)
        return None if inner is None else replace(meaning, of=inner)
    if isinstance(meaning, Join) and meaning.how in ("and", "or"):
        return with_other(meaning.parts[-1], given)
    return None
