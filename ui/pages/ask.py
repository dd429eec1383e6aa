"""The page Ask: the conversation, the graph beside it, and what they send to `ui.talk` and `ui.drawing`."""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from agents.composing.carrying_out import shown_by
from graphs.errors import GraphError
from graphs.graph import Graph
from ui.drawing.marks import drawing_of, marks
from ui.drawing.scene import borrow_places, find, scene
from ui.drawing.shapes import Marks
from ui.pages.frame import House, acted, drawing, model_names, number
from ui.talk.asking import ask
from ui.talk.checking import check_again
from ui.talk.desk import Desk
from ui.talk.examples import examples
from ui.talk.exporting import FORMATS, exported
from ui.talk.rendering import rendered
from ui.talk.sources import in_page, read_again, take_example, take_file, take_text
from ui.talk.talk import Talk, Turn

TALK = """<p class="kb-notice" role="alert" hidden></p>
<div class="kb-log" role="log" aria-live="off" aria-label="Conversation" tabindex="0"></div>
<p class="kb-said kb-sr" role="status"></p>"""
LOAD = "() => [sessionStorage.getItem('konigsberg-talk') || '']"
COPY_LINK = """(value) => { const link = window.konigsbergLink(value);
  const done = () => {}; if (navigator.clipboard) navigator.clipboard.writeText(link).then(done, done);
  return link; }"""
GONE = (
    "The conversation of this tab is not on this server any more: it was restarted, or has had many others since. "
    "This is a new one."
)
TWICE = 0.8  # seconds within which the same question is taken for a double click
DIRECTIONS = {"as it says": None, "directed": True, "undirected": False}


def page(house: House) -> None:
    """Build the page inside its tab."""
    desk, blocks = house.desk, house.blocks
    talk = gr.State(None)
    name = gr.Textbox(visible=False)
    with gr.Row(equal_height=False, elem_classes="kb-columns"):
        with gr.Column(scale=6, min_width=320):
            log = gr.HTML(
                html_template=TALK,
                js_on_load="window.konigsbergTalk(element, trigger, props, watch, 'act')",
                apply_default_css=False,
                elem_id="kb-talk",
            )
            with gr.Row(elem_id="kb-send"):
                box = gr.Textbox(
                    label="Your question", placeholder="Ask about the graph",
                    lines=1, max_lines=8, elem_id="kb-question", autofocus=True, scale=6, min_width=160,
                )  # fmt: skip
                send = gr.Button("Ask", variant="primary", elem_id="kb-ask", min_width=80, scale=1)
                stop = gr.Button("Stop", variant="stop", elem_id="kb-stop", interactive=False, min_width=80, scale=1)
            new = gr.Button("New conversation", size="sm", elem_id="kb-new")
            with gr.Accordion("Model, export and link", open=False, elem_id="kb-more"):
                model = gr.Dropdown(
                    model_names(desk.models), value=desk.models[0],
                    label="Model for questions that the router does not know",
                    interactive=len(desk.models) > 1, elem_id="kb-model",
                )  # fmt: skip
                with gr.Row():
                    saves = {kind: gr.Button(f"Save as {kind}", size="sm", min_width=110) for kind in FORMATS}
                link = gr.Button("Copy a link to this conversation", size="sm", min_width=160)
                address = gr.Textbox(
                    label="Link",
                    info="Whoever opens it on this server gets a copy of their own.",
                    interactive=False,
                    elem_id="kb-link",
                )
        with gr.Column(scale=7, min_width=320):
            with gr.Row(elem_id="kb-source"):
                upload = gr.UploadButton("Upload a file", elem_id="kb-upload", min_width=130, scale=1)
                example = gr.Dropdown(
                    [("Examples …", ""), *((f"{key.replace('_', ' ')}: {about}", key) for key, about in examples())],
                    value="", show_label=False, label="Take an example", container=False, elem_id="kb-example", scale=2,
                    min_width=150,
                )  # fmt: skip
            with gr.Accordion("Paste a graph, or say how to read it", open=False, elem_id="kb-paste"):
                pasted = gr.Textbox(
                    label="Edges in words, one edge a line, or the content of a file",
                    placeholder="Ann-Bob, Bob-Eve, Eve-Kim", lines=4, max_lines=12,
                )  # fmt: skip
                use = gr.Button("Use this graph", size="sm")
                direction = gr.Radio(list(DIRECTIONS), value="as it says", label="The graph's edges are")
            panel = drawing("kb-graph")

    handlers = Handlers(desk)
    shown = [talk, log, panel]
    asking = [talk, log, panel, box, send, stop]
    blocks.load(handlers.load, [name], shown, js=LOAD, api_visibility="private")
    for trigger in (send.click, box.submit):
        trigger(
            handlers.ask,
            [talk, box, model],
            asking,
            api_visibility="private",
            concurrency_limit=16,
            show_progress="hidden",
        )
    for part in (log, panel):
        part.act(
            handlers.act, [talk, model], asking, api_visibility="private", concurrency_limit=16, show_progress="hidden"
        )
    stop.click(handlers.stop, [talk], None, api_visibility="private", queue=False)
    upload.upload(handlers.file, [talk, upload, direction], shown, api_visibility="private", concurrency_limit=4)
    direction.input(handlers.direction, [talk, direction], shown, api_visibility="private")
    use.click(handlers.text, [talk, pasted], shown, api_visibility="private", concurrency_limit=4)
    example.input(handlers.example, [talk, example], [*shown, example], api_visibility="private")
    for kind, button in saves.items():
        button.click(handlers.saver(kind), [talk], [log], api_visibility="private")
    link.click(None, [log], [address], js=COPY_LINK)
    new.click(handlers.new, None, shown, api_visibility="private")
    house.talk, house.asked = talk, [log, panel, box, house.tabs]
    house.put = lambda event: event.then(
        handlers.ask_if_any, [talk, box, model], asking, api_visibility="private", concurrency_limit=16,
        show_progress="hidden",
    )  # fmt: skip


class Handlers:
    """What the page does with what a person does; each returns new values for parts of the page."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def load(self, name: str, request: gr.Request) -> tuple[Talk, Any, Any]:
        """Open the page: a copy behind a link, the conversation of this tab, or a new one."""
        owner = request.username or ""
        copy = self.desk.copy(str(request.query_params.get("copy", ""))[:64], owner)
        talk = copy or self.desk.open(str(name or "")[:64], owner)
        lost = name and copy is None and talk.name != name
        return talk, self.log(talk, notice=GONE if lost else ""), self.panel(talk)

    def new(self, request: gr.Request) -> tuple[Talk, Any, Any]:
        """Begin another conversation."""
        talk = self.desk.open(owner=request.username or "")
        return talk, self.log(talk), self.panel(talk)

    def ask(self, talk: Talk, question: str, model: str) -> Iterator[list[Any]]:
        """Answer the question: the conversation at each step, the drawing at the end."""
        if _twice(talk, question):
            yield [gr.skip(), self.log(talk), gr.skip(), gr.skip(), gr.skip(), gr.skip()]
            return
        try:
            agent = self.desk.agent(model)
            turns = ask(talk, agent, question)
            box: Any = ""  # emptied once: what is written meanwhile is the next question
            for turn in turns:
                buttons = _buttons(busy=not turn.ended, stopping=talk.cancel.is_set())
                yield [gr.skip(), self.log(talk), gr.skip(), box, *buttons]
                box = gr.skip()
        except GraphError as error:
            yield [
                gr.skip(),
                self.log(talk, notice=str(error)),
                gr.skip(),
                gr.skip(),
                *_buttons(busy=talk.busy.locked()),
            ]
            return
        yield [gr.skip(), self.log(talk), self.panel(talk), gr.skip(), gr.skip(), gr.skip()]

    def ask_if_any(self, talk: Talk, question: str, model: str) -> Iterator[list[Any]]:
        """Answer the question that another page has put into the box, where it has put one."""
        if question.strip():
            yield from self.ask(talk, question, model)

    def act(self, talk: Talk, model: str, event: gr.EventData) -> Iterator[list[Any]]:
        """A button inside the conversation or the drawing."""
        data = acted(event)
        what = data.get("act")
        if what == "ask":
            yield from self.ask(talk, str(data.get("text", "")), model)
            return
        notice, redraw = "", True
        try:
            if what == "check":
                redraw = False
                turn = talk.turn(number(data.get("turn")))
                if turn is not None:
                    check_again(turn)
            elif what == "draw":
                talk.shown, talk.view, talk.focus = number(data.get("turn")), "", ()
            elif what == "view":
                talk.view, talk.focus = str(data.get("view", ""))[:16], ()
            elif what == "find":
                notice = self.look_for(talk, str(data.get("text", ""))[:300])
            elif what == "example":
                take_example(talk, str(data.get("name", "")))
        except GraphError as error:
            notice = str(error)
        panel = self.panel(talk) if redraw else gr.skip()
        yield [gr.skip(), self.log(talk, notice=notice), panel, gr.skip(), gr.skip(), gr.skip()]

    def look_for(self, talk: Talk, text: str) -> str:
        """Draw the surroundings of the nodes called `text`; a notice where there are none."""
        graph, _ = self.drawn(talk)
        found = find(graph, text) if graph is not None else []
        if not found:
            return f"No node is called {text[:80]!r}."
        talk.focus, talk.view = tuple(found), "near"
        return ""

    def stop(self, talk: Talk) -> None:
        """Cancel the question under way; what shows that question says so, as it knows when it has ended."""
        talk.cancel.set()

    def file(self, talk: Talk, path: str | None, direction: str) -> tuple[Any, Any, Any]:
        """Take an uploaded file."""
        return self._take(
            talk,
            lambda: take_file(talk, Path(path or ""), self.desk.max_bytes, uploads(), DIRECTIONS.get(direction)),
        )

    def text(self, talk: Talk, text: str) -> tuple[Any, Any, Any]:
        """Take a pasted graph."""
        return self._take(talk, lambda: take_text(talk, text or "", self.desk.max_bytes))

    def direction(self, talk: Talk, direction: str) -> tuple[Any, Any, Any]:
        """Read the graph again with its edges directed, or not, or as it says."""
        return self._take(talk, lambda: read_again(talk, DIRECTIONS.get(direction), self.desk.max_bytes))

    def example(self, talk: Talk, name: str) -> tuple[Any, ...]:
        """Take a shipped example."""
        taken = self._take(talk, lambda: take_example(talk, name)) if name else (gr.skip(), gr.skip(), gr.skip())
        return (*taken, "")

    def _take(self, talk: Talk, take: Any) -> tuple[Any, Any, Any]:
        try:
            take()
        except GraphError as error:
            talk.trouble = in_page(str(error))
        return gr.skip(), self.log(talk), self.panel(talk)

    def saver(self, kind: str) -> Any:
        """The handler that saves the conversation as `kind`."""

        def save(talk: Talk) -> Any:
            if not talk.turns:
                return self.log(talk, notice="There is nothing to save yet; ask something first.")
            return self.log(talk) | {"download": {"id": secrets.token_hex(8), **exported(talk, kind)}}

        return save

    def log(self, talk: Talk, notice: str = "") -> dict[str, Any]:
        """The conversation as the page takes it."""
        return rendered(talk) | {"notice": notice[:1].upper() + notice[1:]}

    def drawn(self, talk: Talk) -> tuple[Graph | None, Marks]:
        """The graph that is drawn, and what is marked on it."""
        turn = talk.turn(talk.shown)
        if turn is None or turn.graph is None:
            return talk.graph, Marks()
        if "drawn" not in turn.kept:
            found = _answer_drawn(turn, turn.graph)
            if not turn.ended:
                return found
            turn.kept["drawn"] = found
        graph, made = turn.kept["drawn"]
        return graph, made

    def panel(self, talk: Talk) -> dict[str, Any]:
        """The drawing as the page takes it."""
        graph, made = self.drawn(talk)
        name = talk.source.title if talk.source is not None else "The graph of the question"
        return {
            "scene": scene(graph, made, talk.view, talk.focus),
            "name": name if graph is not None else "",
            "trouble": talk.trouble,
            "examples": examples(),
        }


def _twice(talk: Talk, question: str) -> bool:
    """Whether it is the last question again, by a second click of the same hand."""
    last = talk.turns[-1] if talk.turns else None
    if last is None or (talk.fresh and last.asked_on is not talk.graph):
        return False
    return last.question == question.strip() and time.monotonic() - last.began < TWICE


def _answer_drawn(turn: Turn, read: Graph) -> tuple[Graph, Marks]:
    plan, answers = turn.plan, turn.answers
    if plan is None or not answers:
        return read, Marks()
    graph = turn.graph_of(len(plan.calls) - 1) or read
    shown = shown_by(plan.asked, plan.calls, answers) if plan.asked is not None else None
    made = drawing_of(answers[-1], graph, plan.last) if shown is None else marks(shown, graph, "found")
    result = getattr(answers[-1], "graph", None)
    final = result if isinstance(result, Graph) and result.num_nodes else graph
    borrow_places(final, read)
    return final, made


def uploads() -> Path:
    """The folder under which gradio puts uploaded files."""
    return Path(os.environ.get("GRADIO_TEMP_DIR") or Path(tempfile.gettempdir()) / "gradio")


def _buttons(*, busy: bool, stopping: bool = False) -> tuple[Any, Any]:
    stop = gr.update(value="Stopping …" if busy and stopping else "Stop", interactive=busy and not stopping)
    return gr.update(interactive=not busy), stop
