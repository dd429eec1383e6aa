"""A model that says what a script holds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from agents import models
from agents.chat.calls import Attempt, Piece, Request
from agents.chat.model import SpecModel


class Scripted:
    """Replies with the items of a script in order; the last stays."""

    local = True
    identity = "scripted"

    def __init__(self, script: tuple[str, ...], constrains: bool) -> None:
        self.script, self.constrains = list(script), constrains
        self.requests: list[Request] = []
        self._turn = threading.Lock()

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        with self._turn:
            self.requests.append(request)
            text = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        attempt.sent = True
        yield Piece(text, 10, len(text.split()), "stop")

    def prompt(self, at: int = -1) -> str:
        """All that was said to the model in one request."""
        return "\n".join(message["content"] for message in self.requests[at].messages)


Make = Callable[..., tuple[SpecModel, Scripted]]


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes (model, back end) with a script; `cache` and `constrains` as keywords."""
    monkeypatch.setattr(models, "_BUILDERS", dict(models._BUILDERS))

    def make(*script: str, constrains: bool = True, cache: object = None) -> tuple[SpecModel, Scripted]:
        backend = Scripted(script, constrains)
        models.register("scripted", lambda _: backend)
        return models.chat_model("scripted:", cache=cache), backend  # type: ignore[arg-type]

    return make
