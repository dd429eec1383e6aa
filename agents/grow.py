"""Grow knowledge graphs, from a question or from documents: `GraphGrower`. The road: `agents/growing/road.py`."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from agents.growing.events import Event, Growth, Opened
from agents.growing.state import RunState, Settings, changed
from agents.routes import WITHOUT_MODEL, is_reasoner
from graphs.errors import BadArgument

_NAMES = sorted(f.name for f in fields(Settings) if f.name not in ("seed", "documents"))


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

    def grow(
        self, seed: str = "", *, documents: Iterable[str | Path] | str | Path = (), new: bool = False, **settings: Any
    ) -> Growth:
        """Grow from a question, from documents, or from both (documents first), or go on asking where there is a graph.

        new: leave an unfinished run in this store for good. settings: fields of `agents.growing.state.Settings`:
        model, steps, tokens, cost, seconds, …

        Raises:
            BadArgument: a setting makes no sense, or the store holds an unfinished run.
            StoreLocked: another program grows this store.
        """
        return _last(self.stream(seed, documents=documents, new=new, **settings))

    def grow_documents(self, paths: Iterable[str | Path] | str | Path, **settings: Any) -> Growth:
        """Grow from files and folders."""
        return self.grow(documents=paths, **settings)

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
        documents: Iterable[str | Path] | str | Path = (),
        resume: bool = False,
        new: bool = False,
        **settings: Any,
    ) -> Iterator[Event]:
        """Like `grow` or `resume`, but yields what happens; the last event is a `Growth`.

        Closing the iterator rolls back the step under way.
        """
        from agents.growing.sources.documents import check_paths

        unknown = sorted(set(settings) - set(_NAMES))
        if unknown:
            raise BadArgument(f"growing takes no {', '.join(unknown)}; it takes {', '.join(_NAMES)}")
        self._ending.clear()
        self._cancel.clear()
        wanted = {name: value for name, value in settings.items() if value is not None}
        if seed.strip():
            wanted["seed"] = " ".join(seed.split())
        given = [documents] if isinstance(documents, (str, Path)) else list(documents)
        check_paths(given)
        if given:
            wanted["documents"] = tuple(str(Path(path).expanduser().resolve()) for path in given)
        return self._stream(wanted, resume=resume, new=new)

    def _stream(self, wanted: dict[str, Any], *, resume: bool, new: bool) -> Iterator[Event]:
        from agents.growing import opening
        from agents.growing.turn import prepare
        from agents.growing.walking import walk
        from graphs.store import Store

        if self._object is None and (spec := wanted.get("model") or self._spec):
            wanted["model"] = opening.settled(spec)
        if not resume:  # what is wrong with the settings or the model is said before anything is written
            settings = changed(opening.defaults(wanted), **wanted)
            model = self._model(settings)
        with Store.open(self.folder, create=not resume) as store:
            if resume:
                settings, state = opening.resumed_run(store, **wanted)
                model = self._model(settings)
            else:
                state = opening.new_run(store, settings, leave=new)
            done, steps = state.totals.steps, settings.steps
            yield Opened(str(self.folder), state.number, settings.model, done, steps, resume)
            if not state.begun:
                for event in opening.read_all(store, settings, state):
                    if isinstance(event, RunState):
                        state = event
                    else:
                        yield event
            yield from walk(prepare(store, model, settings, state, ending=self._ending, cancel=self._cancel))

    def _model(self, settings: Settings) -> Any:
        if self._object is not None:
            return self._object
        if not settings.model:
            raise BadArgument(
                "growing needs a language model: name one (--model), for instance gguf:FILE or openai:NAME@URL; "
                "`konigsberg models list` shows what works here. A run begun with a model object needs it again"
            )
        if settings.model in WITHOUT_MODEL or is_reasoner(settings.model):
            raise BadArgument(
                f"{settings.model!r} writes no text, and growing needs a model that does: name another (--model), for "
                "instance gguf:FILE or openai:NAME@URL"
            )
        from agents.growing.model_calls.calls import model_of

        return model_of(settings, self.folder)


def _last(events: Iterator[Event]) -> Growth:
    last: Event | None = None
    for event in events:
        last = event
    assert isinstance(last, Growth)
    return last
