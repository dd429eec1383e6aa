"""A trained TransNAR model as a chat model: it answers questions in the format of CLRS-Text and no others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from agents.chat.calls import Attempt, Fault, Piece, Request
from graphs.clrs.spec import SPECS
from graphs.errors import BadArgument, GraphError

if TYPE_CHECKING:
    from adapters.transnar.reasoner import TextReasoner


def build(target: str) -> TransNAR:
    """The back end of a folder that `konigsberg train transnar` wrote.

    Raises:
        BadArgument: the extra is missing, or the folder holds no such model.
    """
    if find_spec("torch") is None or find_spec("peft") is None:
        raise BadArgument("transnar: models need the extra adapters: pip install 'konigsberg[adapters]'")
    folder = Path(target).expanduser()
    if not (folder / "transnar.json").is_file():
        raise BadArgument(f"{target!r} holds no TransNAR model; `konigsberg train transnar --save DIR` makes one")
    return TransNAR(folder.resolve())


class TransNAR:
    """One model, loaded at its first question."""

    constrains = False
    local = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.identity = f"transnar:{folder}:{(folder / 'transnar.json').stat().st_mtime_ns}"
        self._turn = threading.Lock()
        self._loaded: TextReasoner | None = None

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        """The answer, in one piece.

        Raises:
            Fault: the last message holds no question of CLRS-Text, or one that the model was not trained on.
        """
        text = question_in(str(request.messages[-1].get("content", "")))
        with self._turn:
            try:
                if self._loaded is None:
                    from adapters.transnar.reasoner import TextReasoner

                    self._loaded = TextReasoner.load(self.folder)
                attempt.sent = True
                (answer,) = self._loaded.answer([text], max_new_tokens=request.max_tokens, seed=request.seed or 0)
                tokenizer = self._loaded.tokenizer
            except GraphError as error:
                raise Fault(str(error)) from error
        yield Piece(answer, len(tokenizer(text)["input_ids"]), len(tokenizer(answer)["input_ids"]), "stop")


def question_in(text: str) -> str:
    """The three lines of a CLRS-Text question among other lines, from the algorithm's name on.

    Raises:
        Fault: there is none.
    """
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines[:-2]):
        if line.removesuffix(":") in SPECS and line.endswith(":"):
            return "\n".join(lines[number : number + 3]) + "\n"
    raise Fault(
        "a TransNAR model answers questions in the format of CLRS-Text alone: a name, its inputs, what is asked"
    )
