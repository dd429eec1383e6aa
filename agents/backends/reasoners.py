"""Trained algorithmic reasoners as chat models: they answer questions in the format of CLRS-Text and no others.

`nar` is the reasoner itself, whose outputs are decoded; `transnar` is a language model that reads its states. `nar:DIR`
and `transnar:DIR` are models of one's own.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from agents.chat.calls import Attempt, Fault, Piece, Request
from graphs.clrs.spec import SPECS
from graphs.errors import BadArgument, GraphError

KINDS = {"nar": "NAR", "transnar": "TransNAR"}


class Answering(Protocol):
    """A loaded model: the answer to a question, with how many tokens both have."""

    def __call__(self, text: str, most: int, seed: int) -> tuple[str, int, int]: ...


def transnar(target: str) -> Reasoning:
    """The back end of the shipped TransNAR, or of a folder that `konigsberg train transnar` wrote.

    Raises:
        BadArgument: the extra is missing, or the folder holds no such model.
    """
    _needs_extra("transnar")
    from adapters.transnar.reasoner import SHIPPED

    folder = _folder("transnar", target, "transnar.json") if target else SHIPPED
    return _reasoning("transnar", folder / "transnar.json", lambda: _transnar(folder))


def nar(target: str) -> Reasoning:
    """The back end of the shipped reasoner, or of a folder that `konigsberg train nar` wrote.

    Raises:
        BadArgument: the extra is missing, or the folder holds no reasoner.
    """
    _needs_extra("nar")
    from adapters.nar.answers import SHIPPED

    folder = _folder("nar", target, "nar.safetensors") if target else SHIPPED
    return _reasoning("nar", folder / "nar.json", lambda: _nar(folder))


def _reasoning(scheme: str, about: Path, load: Callable[[], Answering]) -> Reasoning:
    """The back end of a folder whose settings lie in `about`; a damaged file is reported when the model is loaded."""
    try:
        told = json.loads(about.read_text(encoding="utf-8")).get("sizes") or ()
        sizes = tuple(int(size) for size in told)
    except (OSError, ValueError, TypeError, AttributeError):
        sizes = ()
    changed = max((file.stat().st_mtime_ns for file in about.parent.iterdir()), default=0)
    return Reasoning(f"{scheme}:{about.parent}:{changed}", load, sizes)


def _folder(scheme: str, target: str, file: str) -> Path:
    _needs_extra(scheme)
    folder = Path(target).expanduser()
    if not (folder / file).is_file():
        raise BadArgument(
            f"{target!r} holds no {KINDS[scheme]} model; `konigsberg train {scheme} --save DIR` makes one"
        )
    return folder.resolve()


def _needs_extra(scheme: str) -> None:
    if find_spec("torch") is None or find_spec("peft") is None:
        raise BadArgument(f"{scheme}: models need the extra adapters: pip install 'konigsberg[adapters]'")


def _transnar(folder: Path) -> Answering:
    from adapters.transnar.reasoner import TextReasoner

    loaded = TextReasoner.load(folder)

    def answer(text: str, most: int, seed: int) -> tuple[str, int, int]:
        (said,) = loaded.answer([text], max_new_tokens=most, seed=seed)
        return said, len(loaded.tokenizer(text)["input_ids"]), len(loaded.tokenizer(said)["input_ids"])

    return answer


def _nar(folder: Path) -> Answering:
    from adapters.nar.answers import Reasoner

    loaded = Reasoner.load(folder)

    def answer(text: str, most: int, seed: int) -> tuple[str, int, int]:
        (said,) = loaded.answer([text])
        return said, len(text.split()), len(said.split())

    return answer


class Reasoning:
    """One model, loaded at its first question. sizes: numbers of nodes that it was trained on, if that is known."""

    constrains = False
    local = True

    def __init__(self, identity: str, load: Callable[[], Answering], sizes: tuple[int, ...] = ()) -> None:
        self.identity, self.sizes = identity, sizes
        self._load = load
        self._turn = threading.Lock()
        self._loaded: Answering | None = None

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        """The answer, in one piece.

        Raises:
            Fault: the last message holds no question of CLRS-Text, or one that the model was not trained on.
        """
        text = question_in(str(request.messages[-1].get("content", "")))
        with self._turn:
            try:
                if self._loaded is None:
                    self._loaded = self._load()
                attempt.sent = True
                answer, asked, said = self._loaded(text, request.max_tokens, request.seed or 0)
            except GraphError as error:
                raise Fault(str(error)) from error
        yield Piece(answer, asked, said, "stop")


def question_in(text: str) -> str:
    """The three lines of a CLRS-Text question among other lines, from the algorithm's name on.

    Raises:
        Fault: there is none.
    """
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines[:-2]):
        if line.removesuffix(":") in SPECS and line.endswith(":"):
            return "\n".join(lines[number : number + 3]) + "\n"
    raise Fault("a reasoner answers questions in the format of CLRS-Text alone: a name, its inputs, what is asked")
