"""How a run begins, and how it is found again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.embedding import available
from agents.growing.events import PassedOver, Read
from agents.growing.next_question.novelty import Asked
from agents.growing.next_question.questions import SEED, Question, next_question
from agents.growing.next_question.view import View
from agents.growing.sources.chunks import chunks
from agents.growing.sources.documents import read_documents
from agents.growing.state import SETTINGS, STATE, RunState, Settings, changed, load
from agents.growing.stop import limit_reached
from graphs.errors import BadArgument

if TYPE_CHECKING:
    from graphs.store import Store

REPLAY = "replay:"
_FILES = ("replay", "gguf", "hf")  # schemes whose name may be a path


def defaults(wanted: Mapping[str, Any]) -> Settings:
    """The settings of a new run that depend on its source: how many steps, and what may be asked besides.

    A recording is played to its end and asked nothing else; documents are read to their end.
    """
    plain = Settings(embed=available())
    spec = str(wanted.get("model", ""))
    if spec.startswith(REPLAY):
        from agents.backends.replay import read_records

        length = len(read_records(Path(spec.removeprefix(REPLAY))))
        return replace(plain, steps=max(1, length), form="tags", again=0, window=max(1, length))
    if wanted.get("form") == "tags":
        plain = replace(plain, max_tokens=4000)
    return replace(plain, steps=plain.steps if wanted.get("seed") or not wanted.get("documents") else None)


def new_run(store: Store, settings: Settings, *, leave: bool = False) -> RunState:
    """Write a run's settings into the store, and its beginning. leave: an unfinished run before it is left for good.

    A run without any step (its model was down, its documents could not be read) is left without being asked.

    Raises:
        BadArgument: an earlier run in this store is unfinished, or there is nothing to begin with.
    """
    earlier = load(store)
    if earlier is not None and earlier[1].totals.steps and not leave and limit_reached(*earlier) is None:
        before, state = earlier
        of = f" of {before.steps}" if before.steps else ""
        raise BadArgument(
            f"{store.folder} holds a run that is not finished (step {state.totals.steps}{of}); go on with --resume, or "
            "leave it with --new"
        )
    return begin(store, settings, earlier[1].number + 1 if earlier is not None else 1)


def begin(store: Store, settings: Settings, number: int) -> RunState:
    """Put settings and a fresh state into the store."""
    question = Question(settings.seed, SEED) if settings.seed else None
    if question is None and not settings.documents:
        view = View.of(store, questions_about(store))
        rng = random.Random(f"{settings.rng}/{number}/0")
        question = next_question(view, Asked(earlier_questions(store)), RunState().bandit, rng)
        if question is None:
            raise BadArgument("there is nothing to begin with: give a question or documents; the store is empty")
    state = RunState(number=number, begun=not settings.documents, question=question)
    with store.step("edit", f"run {number} begins") as step:
        step.put_value(SETTINGS, asdict(settings))
        step.put_value(STATE, state.as_json())
    return state


def resumed_run(store: Store, **changes: Any) -> tuple[Settings, RunState]:
    """The run in the store, with some of its settings changed; one that had given up tries again.

    Raises:
        BadArgument: there is no run.
    """
    found = load(store)
    if found is None:
        raise BadArgument(
            f"{store.folder} holds no run of growth to go on with; begin one with a question or documents"
        )
    before, state = found
    settings = changed(before, **changes)
    hoping = state.given_new_hope(settings)
    if settings != before or hoping != state:
        how = " with other settings" if settings != before else ""
        with store.step("edit", f"run {state.number} goes on{how}") as step:
            step.put_value(SETTINGS, asdict(settings))
            step.put_value(STATE, hoping.as_json())
    return settings, hoping


def read_all(store: Store, settings: Settings, state: RunState) -> Iterator[Read | PassedOver | RunState]:
    """Put the documents into the store, in one step; a document that holds no text is quarantined.

    Yields what was read and what was not, and last the new state. From here on the files are not needed any more.
    """
    unread: list[tuple[int, int, int]] = []
    pieces, words, seen = 0, 0, set()
    with store.step("document", f"run {state.number} reads its documents") as step:
        left: list[PassedOver] = []

        def passed_over(why: str) -> None:
            step.quarantine(why[:300], "a file that was not read")
            left.append(PassedOver(why))

        for name, text in read_documents(settings.documents, notice=passed_over):
            yield from left
            left.clear()
            found = chunks(text)
            if not found:
                step.quarantine(name, "the document holds no text")
                yield PassedOver(f"{name}: it holds no text")
                continue
            document = step.add_document(name, text)
            if document in seen:
                step.quarantine(name, "the same text was read under another name")
                yield PassedOver(f"{name}: the same text was read under another name")
                continue
            seen.add(document)
            unread.append((document, 0, found[-1].start))
            read = Read(name, len(text.split()), len(found))
            pieces, words = pieces + read.pieces, words + read.words
            yield read
        yield from left
        state = replace(state, begun=True, unread=tuple(unread), pieces=pieces, words=words)
        step.put_value(STATE, state.as_json())
    yield state


def earlier_questions(store: Store) -> list[str]:
    """Everything that was ever asked in this store, undone steps included."""
    return [step.about for step in store.steps() if step.kind == "question"]


def undone(store: Store, run: int) -> tuple[set[str], set[tuple[int, int, int]]]:
    """The questions, and the pieces of documents (document, start, tries), of the run's steps that were undone."""
    steps = [step for step in store.steps() if "undone" in step.notes and step.notes.get("run") == run]
    pieces = [step.notes["read"] for step in steps if step.notes.get("read")]
    questions = {step.about for step in steps if step.kind == "question"}
    return questions, {(piece["document"], piece["start"], piece["tries"]) for piece in pieces}


def questions_about(store: Store) -> Counter[int]:
    """How many questions were about each entity."""
    asked = (step.notes.get("question") for step in store.steps())
    return Counter(entity for note in asked if note for entity in note["focus"][:2])


def settled(spec: str) -> str:
    """The spec with an absolute path, so that a run can be resumed from another folder."""
    scheme, colon, name = spec.partition(":")
    if colon and scheme in _FILES and name and Path(name).expanduser().exists():
        return f"{scheme}:{Path(name).expanduser().resolve()}"
    return spec
