"""The page Explore: a grown graph searched, at any step of its past, its communities, and the ways between entities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from graphs.errors import GraphError
from ui.drawing.scene import find
from ui.grown.picture import COLOURS, moment, picture, title
from ui.grown.rooms import Rooms
from ui.pages.frame import House, acted, drawing, markup
from ui.pages.grown_facts import Facts, said_of
from ui.report.markup import Markup, clean, join, short, tag
from ui.talk.desk import Desk

BLANK = "Choose a grown graph on the left. 'Grow' makes one, and so does `konigsberg grow`."


@dataclass
class Look:
    """What one page looks at. step: None for the present. view, focus: the part of a large graph that is drawn."""

    room: Path
    name: str = ""
    step: int | None = None
    colour: str = "community"
    view: str = ""
    focus: tuple[Any, ...] = ()

    @property
    def folder(self) -> Path | None:
        return self.room / self.name if self.name else None


def page(house: House) -> None:
    """Build the page inside its tab."""
    look = gr.State(None)
    with gr.Row(equal_height=False, elem_classes="kb-columns"):
        with gr.Column(scale=5, min_width=320):
            graphs = gr.Dropdown([], label="Grown graph", elem_id="kb-explored")
            facts = Facts(house, look, "kb-explored-facts")
        with gr.Column(scale=7, min_width=320):
            with gr.Row(elem_id="kb-past"):
                step = gr.Slider(1, 2, value=1, step=1, label="After step", interactive=False, elem_id="kb-step",
                                 scale=4, min_width=200)  # fmt: skip
                colour = gr.Radio(list(COLOURS), value="community", label="Colours", elem_id="kb-colour", scale=3)
            when = markup("kb-when")
            panel = drawing("kb-explorer")

    handlers = Handlers(house.desk)
    shown = [look, graphs, step, when, panel, facts.part]
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    house.known.then(handlers.load, [house.person], shown, **private)
    house.tab.select(handlers.again, [look, house.person], shown, **private)
    graphs.input(handlers.choose, [look, graphs], shown, **private)
    step.release(handlers.past, [look, step], shown, **private)
    colour.input(handlers.paint, [look, colour], shown, **private)
    # the last of several quick choices counts: gradio would drop what comes while the first is looked up
    panel.act(handlers.act, [look], [panel, facts.part], trigger_mode="always_last", **private)
    facts.changed.then(handlers.redraw, [look], [panel], **private)


class Handlers:
    """What the page does with what a person does."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def load(self, person: str, request: gr.Request) -> tuple[Any, ...]:
        """Open the page with the list of graphs, and the one that changed last."""
        room = self.desk.rooms.of(person, request.username or "")
        known = Rooms.graphs(room)
        return self.show(Look(room, next((one.name for one in known if one.entities), "")))

    def again(self, look: Look | None, person: str, request: gr.Request) -> tuple[Any, ...]:
        """The page was opened again: what it looked at, with what has come since."""
        known = look is not None and look.folder is not None and look.folder.is_dir()
        return self.show(look) if known and look is not None else self.load(person, request)

    def choose(self, look: Look, name: str) -> tuple[Any, ...]:
        """Look at another graph."""
        try:
            Rooms.folder(look.room, str(name))
        except GraphError as error:
            return self.show(look, str(error))
        return self.show(Look(look.room, str(name), colour=look.colour))

    def past(self, look: Look, step: float) -> tuple[Any, ...]:
        """Look at the graph as it was after a step."""
        look.step = int(step)
        return self.show(look)

    def paint(self, look: Look, colour: str) -> tuple[Any, ...]:
        """Colour it by something else."""
        look.colour = colour if colour in COLOURS else ""
        return self.show(look)

    def redraw(self, look: Look) -> Any:
        """Draw it again, for instance after a merge was undone."""
        if look is None or look.folder is None:
            return gr.skip()
        try:
            return self._panel(look)
        except GraphError as error:
            return _unread(look.folder, error)

    def act(self, look: Look, event: gr.EventData) -> tuple[Any, Any]:
        """Nodes were chosen, searched for, or another view of a large graph is wanted."""
        data = acted(event)
        if look is None or look.folder is None:
            return gr.skip(), gr.skip()
        if data.get("act") == "pick":
            names = [str(name)[:300] for name in data.get("names", ())][:2]
            return gr.skip(), Facts.chosen(look.folder, names)
        notice = ""
        if data.get("act") == "view":
            look.view, look.focus = str(data.get("view", ""))[:16], ()
        elif data.get("act") == "find":
            text = str(data.get("text", ""))[:300]
            try:
                found = find(moment(look.folder, look.step).graph, text)
            except GraphError as error:
                return _unread(look.folder, error), gr.skip()
            look.view, look.focus = "near", tuple(found)
            notice = "" if found else f"No entity is called {text[:80]!r}."
        try:
            return self._panel(look, notice), gr.skip()
        except GraphError as error:
            return _unread(look.folder, error), gr.skip()

    def show(self, look: Look, notice: str = "") -> tuple[Any, ...]:
        """Every part of the page."""
        choices = [(one.about, one.name) for one in Rooms.graphs(look.room) if one.steps]
        graphs = gr.update(choices=choices, value=look.name or None)
        if look.folder is None:
            blank = {"scene": {"nodes": [], "edges": []}, "store": True, "blank": BLANK}
            return look, graphs, gr.update(interactive=False), {"html": "", "notice": notice}, blank, Facts.shown(None)
        try:
            now = moment(look.folder, look.step)
            slider = gr.update(maximum=max(2, now.last), value=now.step, interactive=now.last > 1)
            return (look, graphs, slider, {"html": _when(title(now)), "notice": notice}, self._panel(look),
                    Facts.shown(look.folder))  # fmt: skip
        except GraphError as error:
            blank = _unread(look.folder, error)
            return look, graphs, gr.update(interactive=False), {"html": "", "notice": notice}, blank, {"html": ""}

    def _panel(self, look: Look, trouble: str = "") -> dict[str, Any]:
        assert look.folder is not None
        scene = picture(moment(look.folder, look.step), look.colour, look.view, look.focus)
        return {"scene": scene, "store": True, "name": look.name, "trouble": trouble}


def _unread(folder: Path, error: GraphError) -> dict[str, Any]:
    """The empty drawing of a graph that cannot be read, or was deleted."""
    return {"scene": {"nodes": [], "edges": []}, "store": True, "blank": BLANK, "trouble": said_of(folder, error)}


def _when(said: dict[str, str]) -> Markup:
    about = tag("span", f": {short(clean(said['about']), 200)}", class_="small") if said["about"] else None
    return tag("p", join([tag("b", f"{said['when'][:1].upper()}{said['when'][1:]}"), about]))
