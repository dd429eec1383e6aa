"""A desk with one agent and a conversation about the shipped friends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ui.talk.asking import ask
from ui.talk.desk import Desk
from ui.talk.sources import take_example
from ui.talk.talk import Talk, Turn


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(("none", "embedded"), max_bytes=100_000)
    yield made
    made.close()


@pytest.fixture
def talk(desk: Desk) -> Talk:
    made = desk.open()
    take_example(made, "friends")
    return made


def answered(desk: Desk, talk: Talk, question: str) -> Turn:
    """The turn of `question`, at its end."""
    return list(ask(talk, desk.agent(), question))[-1]
