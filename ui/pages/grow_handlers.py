"""What the page Grow does with what a person does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from agents.embedding import available
from agents.growing.state import load
from graphs.errors import GraphError
from graphs.store import Store
from graphs.store.handle import is_store, knowledge_graph
from ui.grown.documents import FOLDER, taken
from ui.grown.figures import figures_html
from ui.grown.growths import Growing
from ui.grown.picture import moment, picture
from ui.grown.progress import progress_html
from ui.grown.rooms import Rooms
from ui.grown.taking import taken_away
from ui.pages.ask import Handlers as Asking
from ui.pages.ask import uploads
from ui.pages.frame import acted
from ui.pages.grown_facts import Facts, said_of, unread
from ui.talk.desk import Desk
from ui.talk.talk import Source, Talk

MOST_STEPS = 500
BLANK = "The graph will be drawn here, step by step."


@dataclass
class Watch:
    """What one page looks at: the room of its person, a graph in it, and what of it the page has shown already."""

    room: Path
    name: str = ""
    drawn: int = -1
    measured: tuple[int, str] = (-1, "")

    @property
    def folder(self) -> Path | None:
        return self.room / self.name if self.name else None


class Handlers:
    """What the page does with what a person does; each returns new values for parts of the page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def load(self, person: str, request: gr.Request) -> tuple[Any, ...]:
        """Open the page: on a growth that is under way, else on the graph that changed last."""
        watch = Watch(self.desk.rooms.of(person, request.username or ""))
        known = [one.name for one in Rooms.graphs(watch.room)]
        growing = [name for name in known if (g := self.desk.growths.of(watch.room / name)) is not None and g.running]
        watch.name = (growing or known or [""])[0]
        return self.show(watch)

    def choose(self, watch: Watch, name: str) -> tuple[Any, ...]:
        """Look at another graph."""
        try:
            Rooms.folder(watch.room, str(name))
        except GraphError as error:
            return self.show(watch, str(error))
        return self.show(Watch(watch.room, str(name)))

    def grow(
        self, watch: Watch, seed: str, documents: list[str] | None, model: str | None, steps: float | None, embed: bool
    ) -> tuple[Any, ...]:
        """Begin a new graph."""
        if not model or model not in self.desk.growers():
            return (*self.show(watch, "Choose a model of this server; growing needs one."), gr.skip())
        words = seed.strip() or Path(documents[0]).stem if documents else seed.strip()
        folder = Rooms.fresh(watch.room, words)
        try:
            files = taken(documents or [], uploads(), folder / FOLDER, self.desk.max_bytes) if documents else []
            count = max(1, min(MOST_STEPS, int(steps or 1)))
            settings: dict[str, Any] = {"steps": count, "embed": bool(embed) and available()}
            self.desk.growths.begin(folder, model, seed[:2_000], files, **settings)
        except GraphError as error:
            return (*self.show(watch, self._said(error, watch)), None)
        return (*self.show(Watch(watch.room, folder.name)), None)

    def pause(self, watch: Watch) -> tuple[Any, ...]:
        """Stop after the step under way; pressed again, at once."""
        growing = self._growing(watch)
        if growing is not None and growing.running:
            growing.pause(now=growing.pausing)
        return self.show(watch)

    def resume(self, watch: Watch, steps: float | None) -> tuple[Any, ...]:
        """Go on with the graph for so many more steps."""
        if watch.folder is None:
            return self.show(watch)
        try:
            with Store.open(watch.folder, create=False, readonly=True) as store:
                found = load(store)
            done = found[1].totals.steps if found is not None else 0
            self.desk.growths.resume(watch.folder, steps=done + max(1, min(MOST_STEPS, int(steps or 1))))
        except GraphError as error:
            return self.show(watch, self._said(error, watch))
        return self.show(watch)

    def measure(self, watch: Watch) -> tuple[Any, ...]:
        """Measure the graph beside null models."""
        try:
            if watch.folder is not None:
                self.desk.figures.measure(Rooms.folder(watch.room, watch.name))
        except GraphError as error:
            return self.show(watch, self._said(error, watch))
        return self.show(watch)

    def tick(self, watch: Watch | None) -> tuple[Any, ...]:
        """Look again; the figures are measured when a growth has ended."""
        if watch is None:
            return (gr.skip(),) * 12
        growing = self._growing(watch)
        if growing is not None and growing.end is not None and not growing.running:
            known = self.desk.figures.of(growing.folder)
            if known is None or (known.over and known.step < self._last(watch)):
                self.desk.figures.measure(growing.folder)
        return self.show(watch, ticking=True)

    def redraw(self, watch: Watch) -> tuple[Any, ...]:
        """Show everything again."""
        watch.drawn, watch.measured = -1, (-1, "")
        return self.show(watch)

    def act(self, watch: Watch, event: gr.EventData) -> tuple[Any, Any]:
        """A node of the drawing was chosen, or searched for."""
        data = acted(event)
        if watch is None or watch.folder is None:
            return gr.skip(), gr.skip()
        names = [str(name)[:300] for name in data.get("names", ())][:2] if data.get("act") == "pick" else []
        if data.get("act") == "find":
            names = [str(data.get("text", ""))[:300]]
        if data.get("act") in ("view", "find"):
            try:
                now = moment(watch.folder)
            except GraphError as error:
                return unread(watch.folder, error), gr.skip()
            wanted = [node for node in names if node in now.graph]
            view = str(data.get("view", "near"))[:16]
            return gr.skip(), self._panel(watch, picture(now, "community", view, wanted))
        return Facts.chosen(watch.folder, names, locked=self._locked(watch)), gr.skip()

    def ask(self, talk: Talk, watch: Watch, question: str) -> tuple[Any, ...]:
        """Take the graph over to the page Ask, with the question in its box."""
        if watch is None or watch.folder is None:
            return (gr.skip(),) * 4 + ({"html": progress_html(None), "notice": "Grow or choose a graph first."},)
        try:
            talk.take(Source("store", watch.name), knowledge_graph(Rooms.folder(watch.room, watch.name)))
        except GraphError as error:
            return (gr.skip(),) * 4 + (self._progress(watch, self._said(error, watch)),)
        asking = Asking(self.desk)
        return asking.log(talk), asking.panel(talk), question.strip(), gr.Tabs(selected="ask"), gr.skip()

    def taker(self, form: str) -> Any:
        """The handler that hands the graph out as `form`."""

        def take(watch: Watch) -> Any:
            if watch is None or watch.folder is None:
                return {"html": "", "notice": "Grow or choose a graph first."}
            try:
                return {"html": "", "download": taken_away(Rooms.folder(watch.room, watch.name), form)}
            except GraphError as error:
                return {"html": "", "notice": self._said(error, watch)}

        return take

    # -- what is shown

    def show(self, watch: Watch, notice: str = "", *, ticking: bool = False) -> tuple[Any, ...]:
        """Every part of the page; on a tick only what has changed."""
        growing = self._growing(watch)
        running = growing is not None and growing.running
        stopping = running and growing is not None and growing.pausing
        last = self._last(watch)
        fresh = last != watch.drawn
        facts = panel = gr.skip()
        if fresh:
            watch.drawn = last
            panel, facts = self._drawing(watch, notice), Facts.shown(watch.folder if last else None, locked=running)
        measuring = self.desk.figures.of(watch.folder) if watch.folder is not None else None
        state = (measuring.step, "story" if measuring.story else measuring.said) if measuring is not None else (-1, "-")
        figures = gr.skip() if state == watch.measured else {"html": figures_html(measuring)}
        watch.measured = state
        graphs = gr.skip()
        if not ticking or not running:
            choices = [(one.about, one.name) for one in Rooms.graphs(watch.room)]
            graphs = gr.update(choices=choices, value=watch.name if any(n == watch.name for _, n in choices) else None)
        busy = running or (measuring is not None and not measuring.over)
        over = growing is not None and not running and growing.end is not None and measuring is None
        return (
            watch, self._progress(watch, notice), panel, facts, figures, graphs,
            gr.update(interactive=bool(self.desk.growers())),
            gr.update(interactive=running, value="Stop at once" if stopping else "Pause"),
            gr.update(interactive=bool(last) and not running), gr.update(interactive=bool(last)),
            gr.update(interactive=bool(last) and not busy), gr.Timer(active=bool(busy or over)),
        )  # fmt: skip

    def _drawing(self, watch: Watch, notice: str) -> dict[str, Any]:
        if watch.folder is None or not watch.drawn:
            return {"scene": {"nodes": [], "edges": []}, "store": True, "blank": BLANK, "name": watch.name}
        try:
            return self._panel(watch, picture(moment(watch.folder), "community", fresh=True))
        except GraphError as error:
            return {"scene": {"nodes": [], "edges": []}, "store": True, "trouble": self._said(error, watch)}

    @staticmethod
    def _panel(watch: Watch, scene: dict[str, Any]) -> dict[str, Any]:
        return {"scene": scene, "store": True, "name": watch.name, "blank": BLANK}

    def _progress(self, watch: Watch, notice: str = "") -> dict[str, Any]:
        return {"html": progress_html(self._growing(watch)), "notice": notice}

    def _growing(self, watch: Watch) -> Growing | None:
        return self.desk.growths.of(watch.folder) if watch.folder is not None else None

    def _locked(self, watch: Watch) -> bool:
        growing = self._growing(watch)
        return growing is not None and growing.running

    def _last(self, watch: Watch) -> int:
        """The last step on the disk; 0 while there is none."""
        if watch.folder is None or not is_store(watch.folder):
            return 0
        try:
            with Store.open(watch.folder, create=False, readonly=True) as store:
                return store.last_step
        except GraphError:
            return 0  # its first writer has not finished making it

    def _said(self, error: GraphError, watch: Watch) -> str:
        """The error without the server's own folders in it."""
        return said_of(watch.folder, error) if watch.folder is not None else str(error).replace(f"{watch.room}/", "")
