"""All that a running server keeps: conversations, each known by a secret name, their agents, and growing graphs."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from agents import GraphAgent
from agents.settings import data_folder
from graphs.errors import BadArgument
from ui.grown.figures import Figures
from ui.grown.growths import Growths
from ui.grown.rooms import Rooms
from ui.talk.talk import Talk

KEPT = 500  # conversations in memory; the ones unused for longest are dropped
KEPT_BYTES = 4 * 2**30  # of their files and graphs together


class Desk:
    """Where conversations and grown graphs are opened and found again.

    models: the specs that people may choose from; the first is taken by default. time_limit: seconds a question.
    max_bytes: the largest file or text that is taken. alone: whether the server is for this machine alone, so that its
    grown graphs are those of `konigsberg grow`. results: the folder with results of benchmarks.
    """

    def __init__(
        self,
        models: Sequence[str] = ("embedded",),
        *,
        time_limit: float = 60.0,
        max_bytes: int = 64 * 2**20,
        alone: bool = True,
        results: Path | None = None,
    ) -> None:
        self.models, self.time_limit, self.max_bytes = tuple(models), time_limit, max_bytes
        self.rooms, self.results = Rooms(data_folder(), alone=alone), results
        self.growths, self.figures = Growths(), Figures()
        self._talks: dict[str, Talk] = {}
        self._agents: dict[str, GraphAgent] = {}
        self._lock = threading.Lock()

    def open(self, name: str = "", owner: str = "") -> Talk:
        """The conversation called `name` where `owner` began it, else a new one."""
        with self._lock:
            known = self._talks.get(name)
            if known is None or known.owner != owner:
                known = Talk(owner=owner)
                self._talks[known.name] = known
                self._tidy()
            known.used = time.monotonic()
            return known

    def copy(self, link: str, owner: str = "") -> Talk | None:
        """A conversation of one's own that begins with all of the one behind `link`; None where there is none."""
        with self._lock:
            original = next((talk for talk in self._talks.values() if talk.link == link), None) if link else None
        if original is None:
            return None
        made = self.open(owner=owner)
        made.source, made.graph, made.fresh = original.source, original.graph, original.graph is not None
        made.turns, made.shown = [turn for turn in original.turns if turn.ended], original.shown
        return made

    def _tidy(self) -> None:
        idle = sorted((talk for talk in self._talks.values() if not talk.busy.locked()), key=lambda talk: talk.used)
        size = sum(talk.weight for talk in self._talks.values())
        for talk in idle:
            if len(self._talks) <= KEPT and size <= KEPT_BYTES:
                break
            del self._talks[talk.name]
            size -= talk.weight

    def agent(self, model: str = "") -> GraphAgent:
        """The agent that asks `model`, one of `models`.

        Raises:
            BadArgument: it is none of them, or it is missing here.
        """
        spec = model or self.models[0]
        if spec not in self.models:
            raise BadArgument(f"{spec[:60]!r} is no model of this server; it has {', '.join(self.models)}")
        with self._lock:
            if spec not in self._agents:
                self._agents[spec] = GraphAgent(spec, time_limit=self.time_limit, memory=self._memory())
            return self._agents[spec]

    def warm(self) -> None:
        """Load what the first question needs, before anybody has to wait for it."""
        from ui.drawing.scene import scene
        from ui.talk.asking import ask

        talk = Talk()
        for _ in ask(talk, self.agent(), "a-b, b-c. What is the shortest path from a to c?"):
            pass
        scene(talk.graph)
        self.agent().forget(talk.thread)

    def growers(self) -> list[str]:
        """The specs of models that can grow a graph; on this machine alone, those of the model files here too."""
        from ui.model_status import model_files

        own = [spec for spec in self.models if spec not in ("embedded", "none")]
        here = [file["spec"] for file in model_files()] if self.rooms.alone else []
        return list(dict.fromkeys((*own, *here)))

    @staticmethod
    def _memory() -> Path:
        return data_folder() / "ui-conversations.sqlite"

    def close(self) -> None:
        """Stop what is under way and close the conversations' database."""
        self.growths.close()
        for talk in self._talks.values():
            talk.cancel.set()
        for agent in self._agents.values():
            agent.close()
