"""The page Evaluate: the results of `evals.run` as tables and plots, two runs beside each other, single items."""

from __future__ import annotations

from typing import Any

import gradio as gr

from graphs.errors import GraphError
from ui.pages.frame import House, acted, markup
from ui.report.markup import Markup, join, tag
from ui.results.reading import question, run_called, runs, unreadable
from ui.results.rendering import compare_html, item_html, list_html, run_html
from ui.talk.desk import Desk


def page(house: House) -> None:
    """Build the page inside its tab."""
    with gr.Row():
        first = gr.Dropdown([], label="Run", elem_id="kb-run", min_width=200)
        second = gr.Dropdown([], label="Compare with", elem_id="kb-run-second", min_width=200)
    shown = markup("kb-results", "Results of benchmarks")
    single = markup("kb-item", "One item")

    handlers = Handlers(house.desk)
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    house.tab.select(handlers.load, [first, second], [first, second, shown, single], **private)
    for one in (first, second):
        one.input(handlers.choose, [first, second], [shown, single], **private)
    for part in (shown, single):
        part.act(handlers.act, None, [first, second, shown, single], concurrency_limit=4, **private)


class Handlers:
    """What the page does with what a person does."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def load(self, first: str | None = None, second: str | None = None) -> tuple[Any, ...]:
        """The lists, and what was looked at before."""
        choices = [("all runs", ""), *((run.about, run.name) for run in runs(self.desk.results))]
        names = [name for _, name in choices]
        one, other = (value if value in names else "" for value in (first, second))
        lists = (gr.update(choices=choices, value=one), gr.update(choices=[("nothing", ""), *choices[1:]], value=other))
        return (*lists, *self.choose(one, other))

    def choose(self, first: str | None, second: str | None) -> tuple[Any, Any]:
        """All runs, one run, or two beside each other."""
        try:
            return {"html": self._html(first or "", second or ""), "top": True}, {"html": ""}
        except GraphError as error:
            return {"html": self._html("", ""), "notice": str(error)}, {"html": ""}

    def _html(self, first: str, second: str) -> Markup:
        folder = self.desk.results
        if not first and not second:
            return list_html(runs(folder), unreadable(folder))
        if first and second and first != second:
            return compare_html(run_called(folder, first), run_called(folder, second))
        return run_html(run_called(folder, first or second))

    def act(self, event: gr.EventData) -> tuple[Any, ...]:
        """A run or an item was chosen."""
        data = acted(event)
        name = str(data.get("run", ""))[:300]
        if data.get("act") == "run":
            return gr.update(value=name), gr.update(value=""), *self.choose(name, "")
        if data.get("act") != "item":
            return (gr.skip(),) * 4
        item = str(data.get("item", ""))[:300]
        try:
            run = run_called(self.desk.results, name)
            asked, trouble = question(run, item), ""
        except GraphError as error:
            asked, trouble = "", f"{str(error)[:1].upper()}{str(error)[1:]}."
        try:
            body = item_html(run_called(self.desk.results, name), item, asked, trouble)
        except GraphError as error:
            body = join([tag("p", str(error), class_="fault")])
        return gr.skip(), gr.skip(), gr.skip(), {"html": body, "top": True}
