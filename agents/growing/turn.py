"""What the nodes of the road share during a run: the store, the model, the state, the open step."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from agents.growing.model_calls.calls import Meter
from agents.growing.next_question.novelty import Asked
from agents.growing.next_question.questions import next_question
from agents.growing.next_question.view import View
from agents.growing.sources.chunks import Chunk, chunks
from agents.growing.state import Piece, RunState, Settings, Totals

if TYPE_CHECKING:
    from graphs.resolution import Pair, Resolver
    from graphs.science import Observer
    from graphs.store import Store
    from graphs.store.records import StepKind
    from graphs.store.step import Step


VECTORS = "vectors.sqlite"  # the cache of sentence embeddings, beside the store


@dataclass(frozen=True, slots=True)
class Last:
    """What the last committed step was and did. number: in the store's log."""

    number: int
    about: str
    strategy: str
    spent: Totals


@dataclass
class Turn:
    """The runtime context of a run. state: as it was last committed.

    ending: set to stop after the step under way. cancel: set to stop at once; the step under way is rolled back.
    stack: holds the open transaction; leaving it with an exception rolls back.
    """

    store: Store
    model: Any
    settings: Settings
    state: RunState
    resolver: Resolver
    asked: Asked
    view: View
    observer: Observer
    stack: ExitStack = field(default_factory=ExitStack)
    meter: Meter = field(default_factory=Meter)
    ending: threading.Event = field(default_factory=threading.Event)
    cancel: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.perf_counter)  # of the step under way
    last: Last | None = None  # the last step that was committed
    faults: list[str] = field(default_factory=list)  # of the judge, in the step under way
    silent: bool = False  # whether the last call of this process got no reply
    about: Counter[int] = field(default_factory=Counter)  # entity -> questions about it so far
    _step: Step | None = None
    _texts: dict[int, str] = field(default_factory=dict)
    _chunks: dict[int, list[Chunk]] = field(default_factory=dict)

    # -- the step under way

    def begin_step(self) -> None:
        """Start clock and meter."""
        self.began, self.meter, self.faults = time.perf_counter(), Meter(), []

    @property
    def step(self) -> Step:
        assert self._step is not None, "`commit` opens the step"
        return self._step

    def open_step(self, kind: StepKind, about: str) -> Step:
        self._step = self.stack.enter_context(self.store.step(kind, about))
        return self._step

    def close_step(self, after: RunState, spent: Totals, strategy: str) -> None:
        """Commit; only then the new state holds."""
        step = self.step
        self.stack.close()
        self.state, self._step = after, None
        self.last = Last(step.number, step.about, strategy, spent)

    def untidy(self) -> list[int] | None:
        """The entities that came since duplicates were last looked for, when it is time to look again."""
        every, step = self.settings.tidy, self.state.totals.steps + 1
        if not every or (step % every and step != self.settings.steps):
            return None
        return [entity.id for entity in self.view.entities.values() if entity.step >= self.state.tidied]

    def skip_undone(self) -> None:
        """Leave what was asked or read in a step that was undone since: undoing takes the run's state back, too."""
        from agents.growing.opening import undone

        asked, read = undone(self.store, self.state.number)
        while (piece := self.next_piece()) is not None and (piece.document, piece.start, piece.tries) in read:
            self.state = self.state.after(piece, Totals(), usable=True)
        question = self.state.question
        if question is not None and question.text in asked:
            rng = random.Random(f"{self.settings.rng}/{self.state.number}/{self.store.last_step}")
            again = next_question(self.view, self.asked, self.state.bandit, rng, self.settings.seed)
            self.state = replace(self.state, question=again)

    # -- documents

    def text(self, document: int) -> str:
        """The text of a document; one is kept at a time."""
        if document not in self._texts:
            self._texts = {document: self.store.document(document).text}
        return self._texts[document]

    def pieces(self, document: int) -> list[Chunk]:
        if document not in self._chunks:
            self._chunks = {document: chunks(self.text(document))}
        return self._chunks[document]

    def next_piece(self) -> Piece | None:
        """The piece to read next: where each document was left, then those that got no reply."""
        for document, at, _ in self.state.unread:
            for chunk in self.pieces(document):
                if chunk.start >= at:
                    return Piece(document, chunk.start, chunk.end)
        return self.state.again[0] if self.state.again else None


def prepare(
    store: Store, model: Any, settings: Settings, state: RunState, *, ending: threading.Event, cancel: threading.Event
) -> Turn:
    """Everything that a run shares, made from the store.

    Raises:
        SearchUnavailable: the run was begun with sentence embeddings, and they are not installed here.
    """
    from agents.embedding import encoder
    from agents.growing.model_calls.judging import ChatJudge
    from agents.growing.opening import earlier_questions, questions_about
    from graphs.resolution import Resolver
    from graphs.science import Observer

    embed = encoder(None if store.folder is None else store.folder / VECTORS) if settings.embed else None
    about = questions_about(store)
    view, observer = View.of(store, about), Observer(seed=settings.rng)
    if settings.measure and view.relations:
        observer.measure(view.simple)  # so that the next step is compared with the last one

    def judge(pairs: Sequence[Pair]) -> list[bool | None]:
        asked = ChatJudge(turn.model, turn.meter.ledger, turn.cancel)
        verdicts = asked(pairs)
        turn.faults += asked.faults
        return verdicts

    turn = Turn(
        store=store,
        model=model,
        settings=settings,
        state=state,
        resolver=Resolver(store, embed=embed, judge=judge if settings.judge else None),
        asked=Asked(earlier_questions(store), embed),
        view=view,
        about=about,
        observer=observer,
        ending=ending,
        cancel=cancel,
    )
    turn.skip_undone()
    return turn
