"""Grow knowledge graphs, from a question or from documents: `GraphGrower`."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.growing.events import Asking, Committed, Event, Growth, Opened, Proposed
from agents.growing.proposing import about, next_item
from agents.growing.questions import Question
from agents.growing.state import RunState, Settings, Totals
from agents.growing.stop import Stopped, how_to_resume, limit_reached
from agents.models import ModelDown, ModelError, parse_spec
from graphs.errors import BadArgument

if TYPE_CHECKING:
    from agents.growing.turn import Turn
    from graphs.store import Store

CALLS = "calls.sqlite"  # the cache of replies, in the store's folder
_NAMES = {f.name for f in fields(Settings)}


class GraphGrower:
    """Grows the knowledge graph in a folder, step by step; each step is one transaction.

    >>> grower = GraphGrower("silk", model="gguf:small")               # doctest: +SKIP
    >>> grower.grow("What makes spider silk tough?", steps=50)         # doctest: +SKIP
    >>> grower.resume()                                                # after a stop or a crash  # doctest: +SKIP
    """

    def __init__(self, store: str | Path, model: Any = None) -> None:
        """Make a grower.

        store: the folder of the knowledge graph; made when it is missing. model: the spec of a chat model
        (`agents.models`), or a LangChain chat model; the latter is not stored, and has to be given again to resume.
        """
        self.folder = Path(store).expanduser()
        self._object = None if model is None or isinstance(model, str) else model
        self._spec = model if isinstance(model, str) else None
        self._ending, self._cancel = threading.Event(), threading.Event()

    # -- growing

    def grow(self, seed: str = "", *, documents: Iterable[str | Path] = (), **settings: Any) -> Growth:
        """Grow from a question, from documents, or from both (documents first), or go on asking where there is a graph.

        settings: the fields of `agents.growing.state.Settings`: model, steps, tokens, cost, seconds, …

        Raises:
            BadArgument: a setting makes no sense, or the store holds an unfinished run (new=True leaves it).
            StoreLocked: another program grows this store.
        """
        return _last(self.stream(seed, documents=documents, **settings))

    def grow_documents(self, paths: Iterable[str | Path] | str | Path, **settings: Any) -> Growth:
        """Grow from files and folders."""
        return self.grow(documents=[paths] if isinstance(paths, (str, Path)) else paths, **settings)

    def resume(self, **changes: Any) -> Growth:
        """Go on with the run in the store. changes: settings to change, such as steps or model.

        Raises:
            BadArgument: there is no run, or a setting makes no sense. StoreLocked: another program grows this store.
        """
        return _last(self.stream(resume=True, **changes))

    def cancel(self, *, now: bool = False) -> None:
        """Stop after the step under way, or at once: then the step is rolled back. From any thread."""
        self._ending.set()
        if now:
            self._cancel.set()

    def stream(
        self,
        seed: str = "",
        *,
        documents: Iterable[str | Path] = (),
        resume: bool = False,
        new: bool = False,
        **settings: Any,
    ) -> Iterator[Event]:
        """Like `grow` or `resume`, but yields what happens; the last event is a `Growth`.

        Closing the iterator rolls back the step under way.
        """
        unknown = set(settings) - _NAMES
        if unknown:
            raise BadArgument(f"growing takes no {', '.join(sorted(unknown))}; it takes {', '.join(sorted(_NAMES))}")
        self._ending.clear()
        self._cancel.clear()
        return self._run(seed, tuple(str(Path(d).expanduser().resolve()) for d in documents), resume, new, settings)

    def _run(
        self, seed: str, documents: tuple[str, ...], resume: bool, new: bool, changes: dict[str, Any]
    ) -> Iterator[Event]:
        from agents.growing import opening
        from graphs.store import Store

        if self._spec is not None:
            changes.setdefault("model", self._spec)
        if changes.get("model") is not None:
            changes["model"] = opening.settled(str(changes["model"]))
            parse_spec(changes["model"])  # a bad spec is an error before anything is written
        with Store.open(self.folder, create=not resume) as store:
            if resume:
                settings, state = opening.resumed_run(store, **changes)
            else:
                settings = self._settings(seed, documents, changes)
                state = opening.new_run(store, settings, leave=new)
            model = self._model(settings, state)
            yield Opened(
                str(self.folder), state.number, settings.model, state.totals.steps, settings.steps, resume
            )
            if not state.begun:
                for event in opening.read_all(store, settings, state):
                    if isinstance(event, RunState):
                        state = event
                    else:
                        yield event
            yield from self._walk(opening.turn_of(store, model, settings, state, self._ending, self._cancel))

    def _settings(self, seed: str, documents: tuple[str, ...], changes: dict[str, Any]) -> Settings:
        from agents.growing import opening

        if not changes.get("model") and self._object is None:
            raise BadArgument(
                "growing needs a language model: name one with --model, for instance gguf:FILE or openai:NAME@URL "
                "(`konigsberg models list` shows what works here)"
            )
        return opening.fresh_settings(seed, documents, changes)

    def _model(self, settings: Settings, state: RunState) -> Any:
        if self._object is not None:
            return self._object
        if not settings.model:
            raise BadArgument("this run was begun with a model that only its program knows; give the model again")
        from agents.growing.calls import model_of

        return model_of(settings, state, self.folder / CALLS)

    # -- the road

    def _walk(self, turn: Turn) -> Iterator[Event]:
        from agents.growing.road import build

        before, began = turn.state.totals, time.monotonic()
        stopped = limit_reached(turn.settings, turn.state)
        try:
            if stopped is None:
                yield asking(turn)
                with ExitStack() as turn.stack:
                    road = build().stream(
                        {}, {"recursion_limit": sys.maxsize}, context=turn, stream_mode="updates"
                    )
                    for update in road:
                        yield from self._told(turn, update, before, began)
        except ModelError as error:
            stopped = _stop_of(error, cancelled=self._cancel.is_set())
        stopped = stopped or limit_reached(turn.settings, turn.state) or Stopped("cancelled", "stopped on request")
        yield self._growth(turn, before, stopped)

    def _told(self, turn: Turn, update: dict[str, Any], before: Totals, began: float) -> Iterator[Event]:
        ...
