"""A chat model for the tests of benchmarks: each reply is made from what is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from agents.chat.calls import Attempt, Piece, Request


class Speaking:
    """Replies with what a function makes of the last message."""

    constrains = True
    local = False
    identity = "speaking"

    def __init__(self, reply: Callable[[str], str]) -> None:
        self.reply, self.asked, self.lock = reply, list[str](), threading.Lock()

    def stream(self, request: Request, attempt: Attempt) -> Iterator[Piece]:
        said = str(request.messages[-1]["content"])
        with self.lock:
            self.asked.append(said)
        return attempt.run(lambda: self.work(said, attempt))

    def work(self, said: str, attempt: Attempt) -> None:
        attempt.begin()
        attempt.sent = True
        attempt.put(Piece(self.reply(said)))
        attempt.put(Piece("", 10, 5, "stop"))
        attempt.finish()
