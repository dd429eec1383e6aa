"""A conversation and its turns, as one person's browser tab has them; everything typed, nothing of the page."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents.plan import Plan
from agents.reply import Reply, Step
from graphs.graph import Graph
from tools.answers import Answer, GraphAnswer
from tools.certificates import Certificate

LONGEST_QUESTION = 200_000  # characters, a pasted graph with them


@dataclass(frozen=True)
class Source:
    """Where the conversation's graph came from: an example, a file, or pasted text.

    data: the bytes as given. file: where they lie instead, for a large table, with its finished body beside it.
    """

    kind: str
    name: str
    data: bytes = b""
    options: tuple[tuple[str, Any], ...] = ()
    file: Spool | None = None

    @property
    def title(self) -> str:
        """Its name as people read it; a file keeps its own."""
        return self.name.replace("_", " ") if self.kind == "example" else self.name


class Spool:
    """A file in a folder of its own, which is deleted when nobody knows it any more, or when the program ends."""

    def __init__(self, name: str, data: bytes) -> None:
        folder = Path(tempfile.mkdtemp(prefix="konigsberg-ui-"))
        self.path, self.size = folder / name, len(data)
        self._end = weakref.finalize(self, shutil.rmtree, folder, True)
        self.path.write_bytes(data)

    def drop(self) -> None:
        """Delete it now."""
        self._end()


@dataclass
class Turn:
    """One question and what came of it.

    asked_on: the graph that was given with it, where one was chosen. error: why nothing came (a damaged database, a
    bug), in words. checked: what "Check it" found: a certificate for each tool call, and one for the
    answer where it was put together from them.
    """

    number: int
    question: str
    asked_on: Graph | None = None
    source: Source | None = None
    steps: list[Step] = field(default_factory=list)
    reply: Reply | None = None
    error: str = ""
    checked: tuple[Certificate, ...] = ()
    check_seconds: float = 0.0
    kept: dict[str, Any] = field(default_factory=dict)  # what was rendered or drawn of it, by the parts that did it
    began: float = field(default_factory=time.monotonic)

    @property
    def ended(self) -> bool:
        return self.reply is not None or bool(self.error)

    def _output(self, agent: str, name: str) -> Any:
        found = [
            s.output[name] for s in self.steps if s.agent == agent and isinstance(s.output, dict) and name in s.output
        ]
        return found[-1] if found else None

    @property
    def plan(self) -> Plan | None:
        """The plan as the solver ran it."""
        found = self._output("solver", "plan")
        return found if isinstance(found, Plan) else None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The typed answers of the plan's calls."""
        return tuple(self._output("solver", "answers") or ())

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """What the checkers said of `answers` while the question was answered."""
        return tuple(self._output("solver", "certificates") or ())

    @property
    def graph(self) -> Graph | None:
        """The graph that the question was about, as it was read."""
        found = self._output("question", "graph")
        return found if isinstance(found, Graph) else self.asked_on

    def graph_of(self, number: int) -> Graph | None:
        """The graph that the plan's call `number` worked on."""
        plan = self.plan
        if plan is None or plan.calls[number].on is None:
            return self.graph
        made = self.answers[plan.calls[number].on]  # type: ignore[index]
        return made.graph if isinstance(made, GraphAnswer) else None


@dataclass
class Talk:
    """One conversation. `name` is secret: whoever knows it can go on with it; `link` only shows a copy."""

    name: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    link: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    owner: str = ""
    source: Source | None = None
    graph: Graph | None = None
    fresh: bool = False  # whether `graph` was chosen after the last question, so that the next one brings it along
    trouble: str = ""  # why the last file or text could not be taken, in words
    turns: list[Turn] = field(default_factory=list)
    shown: int | None = None  # the turn whose answer is drawn; None: the graph alone
    view: str = ""
    focus: tuple[Any, ...] = ()
    cancel: threading.Event = field(default_factory=threading.Event)
    busy: threading.Lock = field(default_factory=threading.Lock)
    used: float = field(default_factory=time.monotonic)

    @property
    def weight(self) -> int:
        """Bytes that it keeps in memory, roughly: what was given, and its graph."""
        given = len(self.source.data) if self.source is not None else 0
        graph = self.graph
        return given if graph is None else given + graph.num_edges * (40 if graph.compact else 700)

    @property
    def thread(self) -> str:
        """The name of the agent's memory of this conversation."""
        return f"ui-{self.name}"

    def take(self, source: Source, graph: Graph) -> None:
        """Ask about `graph` from now on."""
        self.source, self.graph, self.fresh, self.trouble = source, graph, True, ""
        self.shown, self.view, self.focus = None, "", ()

    def turn(self, number: Any) -> Turn | None:
        """The turn called `number`; None where there is none."""
        return next((turn for turn in self.turns if turn.number == number), None)
