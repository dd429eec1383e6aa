"""What travels along the road of a question: the state that the agents read and change, and their context."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from agents.composing.hierarchy import UNSAID, EdgeWords
from agents.plan import Call, Plan
from agents.reply import Reply, Step
from graphs.graph import Graph
from graphs.text.reading import Reading
from tools.answers import Answer
from tools.certificates import Certificate

if TYPE_CHECKING:
    from agents.programs.experience import Experience
    from agents.talk.found import Found


class Memory(TypedDict, total=False):
    """What a conversation remembers between two questions: plain data, so that it can be kept in a database.

    graph: handle of the last graph in the graph store. question: the last question. plan: the last plan as plain data.
    folder: of the store of a knowledge graph, in place of `graph`.
    supposed: the handle of the graph that the last question supposed ("what if …?"), and that question.
    found: what the last answer was about, so that "them" and "it" can stand for it.
    graph_text: the handle of a graph that was read from a text, and that text.
    doubts: what was not understood of that text.
    changes: the handle of the graph before each command that changed it, and the command, the last one last.
    """

    graph: str
    folder: str
    question: str
    plan: dict[str, Any]
    supposed: list[str]
    found: Found
    changes: list[list[str]]
    graph_text: list[str]
    doubts: list[str]


@dataclass
class State:
    """The state of one question. Each agent is a function from state to the fields that it changes."""

    text: str = ""
    graph: Graph | None = None
    memory: Memory = field(default_factory=lambda: Memory())
    reading: Reading | None = None
    graph_text: str = ""  # what `graph` was read from, before this question
    doubts: tuple[str, ...] = ()  # what was not understood of the text that `graph` was read from
    said: EdgeWords = UNSAID  # the words for the edges in `graph_text`
    edits: tuple[Call, ...] = ()  # what sentences beside the question change first
    plan: Plan | None = None
    answers: tuple[Answer, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    fault: str | None = None  # why there is no answer, in words for the user
    unsure: tuple[tuple[str, float], ...] | None = None  # tools, with scores, that an unsure router had in mind
    model_calls: int = 0
    tokens: int = 0
    readings: tuple[str, ...] = ()  # what the question may mean, when it is asked back
    assumptions: tuple[str, ...] = ()
    supposed: list[str] = field(default_factory=list)  # as in `Memory`, where the question goes on from it
    referred: bool = False  # the question spoke of the last answer: "which of them …?"
    undone: bool = False  # the last command of the conversation was taken back
    measure: str = ""  # what is counted, where the question left that out: "… has the most?"
    reply: Reply | None = None
    steps: tuple[Step, ...] = ()


@dataclass
class Context:
    """What every agent may use and none changes.

    time_limit: seconds for the whole question (None: no limit). cancel: set it to stop. on_step: called with each
    finished step, from the thread that runs the question. routes: the agents that a question is given to, in this
    order, until one has a plan, when the certain router has none (`agents.workflow`). reasoner: gives the algorithmic
    reasoner that answers questions of CLRS-Text before the tools do. model: gives the configured
    chat model (LangChain), made at its first use. experience: where solved questions are looked up and kept. began:
    when the question came, on the monotonic clock.
    """

    time_limit: float | None = 60.0
    cancel: threading.Event | None = None
    on_step: Callable[[Step], None] | None = None
    routes: tuple[str, ...] = ()
    model: Callable[[], Any] | None = None
    reasoner: Callable[[], Any] | None = None
    experience: Experience | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float | None:
        """Seconds of the limit that are left, at least a moment; None without a limit."""
        return None if self.time_limit is None else max(0.001, self.began + self.time_limit - time.monotonic())
