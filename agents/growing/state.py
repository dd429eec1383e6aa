"""What a run of growth is: its settings, and how far it has come. Both live in the store, as JSON values.

The state changes only inside the transaction that commits a step, so the two never disagree.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from agents.growing.next_question.bandit import Bandit
from agents.growing.next_question.questions import SEED, Question
from agents.growing.next_question.strategies import STRATEGIES
from graphs.errors import BadArgument, StorageError

if TYPE_CHECKING:
    from graphs.store import Store

SETTINGS, STATE = "grow/settings", "grow/state"  # keys of the store's values
FORMS = ("json", "tags")
UNCOUNTED = 1000  # tokens of a step whose model does not count them
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run needs to go on, in another process too.

    seed: the first question; "" to start from what the store holds. documents: files and folders. model: the spec.
    steps, tokens, cost, seconds: limits of the whole run, None for no limit. window: steps without a new fact after
    which it stops. garbage: unusable replies in a row after which it stops. critic: rounds of critique. form: `json`,
    or `tags` for models that were trained on Graph-PReFLexOR's own form. again: how often a reply without a graph is
    asked for once more. judge: whether the model settles which entities are the same where names and vectors do not.
    embed: whether sentence embeddings are used. measure: every so many steps the network-science figures are noted, 0
    for never. tidy: every so many steps the whole graph is searched for duplicates. rng: seed of the strategies'
    chance. The rest are parameters of the model's calls.
    """

    seed: str = ""
    documents: tuple[str, ...] = ()
    model: str = ""
    steps: int | None = 20
    tokens: int | None = None
    cost: float | None = None
    seconds: float | None = None
    window: int = 8
    garbage: int = 5
    critic: int = 0
    form: str = "json"
    again: int = 1
    judge: bool = False
    embed: bool = False
    measure: int = 1
    tidy: int = 10
    rng: int = 0
    temperature: float = 0.0
    max_tokens: int = 1000
    timeout: float = 600.0
    retries: int = 8
    backoff: float = 0.5

    def check(self) -> None:
        """Refuse what makes no sense.

        Raises:
            BadArgument: with the setting, its value and its range.
        """
        for name, low in (("steps", 1), ("tokens", 1), ("cost", 0), ("seconds", 0)):
            value = getattr(self, name)
            if value is not None and not value >= low:
                raise BadArgument(f"{name} must be at least {low}, not {value!r}")
        if self.form not in FORMS:
            raise BadArgument(f"form must be one of {', '.join(FORMS)}, not {self.form!r}")
        for name, low in (("again", 0), ("window", 1), ("garbage", 1), ("critic", 0), ("measure", 0), ("tidy", 0)):
            if not getattr(self, name) >= low:
                raise BadArgument(f"{name} must be at least {low}, not {getattr(self, name)!r}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document that is to be read: the characters [start, end). tries: how often no reply came."""

    document: int
    start: int
    end: int
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run has brought and cost, over all its processes.

    facts, entities: new ones. checked: facts that the bandit counts. confirmed: known facts that were seen again.
    merged: names that turned out to be a known entity. tokens: of all replies that were used, however often the run was
    stopped; calls, cached, retries, seconds, cost: as the processes saw them; cost is None where a price is unknown.
    """

    steps: int = 0
    facts: int = 0
    checked: int = 0
    entities: int = 0
    confirmed: int = 0
    merged: int = 0
    repairs: int = 0
    quarantined: int = 0
    refused: int = 0
    tokens: int = 0
    calls: int = 0
    cached: int = 0
    retries: int = 0
    seconds: float = 0.0
    cost: float | None = 0.0

    def __add__(self, other: Totals) -> Totals:
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        sums = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self) if f.name != "cost"}
        return Totals(**sums, cost=cost)


@dataclass(frozen=True)
class RunState:
    """How far a run has come. number: of the run in this store.

    begun: whether its documents are in the store. question: the one to ask next. unread: (document, position) from
    which on it is to be read, in order. again: pieces that are read once more, for instance because no reply came.
    wasted: pieces whose replies, the last ones in a row, held nothing usable. pieces, words: how many there were at
    the beginning. read: pieces so far. reading: calls that the documents have cost, replies from the cache too.
    garbage: unusable replies in a row. idle: steps in a row without a new fact.
    tidied: the store's step up to which its entities were searched for duplicates.
    """

    number: int = 1
    begun: bool = False
    question: Question | None = None
    unread: tuple[tuple[int, int, int], ...] = ()
    again: tuple[Piece, ...] = ()
    wasted: tuple[Piece, ...] = ()
    pieces: int = 0
    words: int = 0
    read: int = 0
    reading: int = 0
    bandit: Bandit = field(default_factory=lambda: Bandit.of(STRATEGIES))
    totals: Totals = Totals()
    garbage: int = 0
    idle: int = 0
    tidied: int = 0

    @property
    def documents_left(self) -> bool:
        return bool(self.unread or self.again)

    @property
    def pieces_left(self) -> int:
        """Calls that the documents need at least."""
        return self.pieces - self.read + len(self.again)

    def after(self, item: Question | Piece, spent: Totals, *, usable: bool, silent: bool = False) -> RunState:
        """The state after a step. usable: the reply could be read. silent: there was none."""
        counted = replace(
            self,
            totals=self.totals + spent,
            garbage=0 if usable else self.garbage + 1,
            idle=0 if spent.facts else self.idle + 1,
        )
        if isinstance(item, Question):
            learnt = self.bandit.learnt(item.strategy, spent.checked, spent.tokens or UNCOUNTED)
            return replace(counted, question=None, bandit=self.bandit if silent else learnt)
        again = tuple(piece for piece in self.again if piece != item)
        if silent and not item.tries:
            again += (replace(item, tries=1),)
        unread = tuple(
            (document, item.start + 1 if document == item.document and not item.tries else at, last)
            for document, at, last in self.unread
        )
        wasted = () if usable else self.wasted if silent else (*self.wasted, item)
        read = self.read + (not item.tries)
        counted = replace(counted, read=read, reading=self.reading + spent.calls - spent.retries + spent.cached)
        return replace(counted, unread=tuple(row for row in unread if row[1] <= row[2]), again=again, wasted=wasted)

    def given_new_hope(self, settings: Settings) -> RunState:
        """The state of a run that its user wants to go on although it stopped for want of usable replies or new facts.

        What unusable replies have wasted is asked again: pieces of documents, and the first question, if nothing is
        known yet.
        """
        found = self
        if found.garbage >= settings.garbage:
            again = tuple(replace(piece, tries=1) for piece in found.wasted)
            found = replace(found, garbage=0, wasted=(), again=(*found.again, *again))
            if settings.seed and not found.totals.facts:
                found = replace(found, question=Question(settings.seed, SEED))
        return replace(found, idle=0) if found.idle >= settings.window else found

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "bandit": self.bandit.as_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RunState:
        known = dict(data)
        known["question"] = known["question"] and _made(Question, known["question"])
        known["unread"] = tuple((int(document), int(at), int(last)) for document, at, last in known["unread"])
        for name in ("again", "wasted"):
            known[name] = tuple(_made(Piece, piece) for piece in known.get(name, ()))
        known["bandit"] = Bandit.from_json(known["bandit"], STRATEGIES)
        known["totals"] = _made(Totals, known["totals"])
        return _made(cls, known)


def _made(kind: type[T], data: Mapping[str, Any]) -> T:
    """A record from JSON: lists become tuples; fields that this version does not know are left."""
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in names})


def load(store: Store) -> tuple[Settings, RunState] | None:
    """The run in this store, or None.

    Raises:
        StorageError: what is stored is no run.
    """
    settings, state = _value(store, SETTINGS), _value(store, STATE)
    if settings is None or state is None:
        return None
    try:
        return _made(Settings, settings), RunState.from_json(state)
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError(
            f"the run in this store cannot be read ({type(error).__name__}: {error}); begin a new one"
        ) from error


def _value(store: Store, key: str) -> Any:
    found = store.value(key)
    return json.loads(found) if isinstance(found, str) else found


def changed(settings: Settings, **changes: Any) -> Settings:
    """The settings with those that are not None changed."""
    found = replace(settings, **{name: value for name, value in changes.items() if value is not None})
    found.check()
    return found
