"""Figures of a grown graph beside null models: measured in a thread of its own, kept until the graph has changed."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from graphs.errors import GraphError
from graphs.science import summary_sentence, tail_sentence
from graphs.store import Store
from ui.report import Settings, Story, gather
from ui.report.markup import Markup, join, tag
from ui.report.sections import figure_charts, growth_charts, hubs_table, null_table

log = logging.getLogger("konigsberg.ui")
QUICK = Settings(seeds=3, checkpoints=6, bootstraps=50, points=60)
KEPT = 20  # graphs whose figures are kept


@dataclass
class Measuring:
    """The figures of a graph at a step. story: None until they are there. said: what is being measured, or why not."""

    step: int
    story: Story | None = None
    said: str = "waiting for its turn"
    failed: bool = False

    @property
    def over(self) -> bool:
        return self.story is not None or self.failed


class Figures:
    """Measures graphs, one at a time, so that a server stays able to answer."""

    def __init__(self, settings: Settings = QUICK) -> None:
        self.settings = settings
        self._of: OrderedDict[Path, Measuring] = OrderedDict()
        self._turn = threading.Lock()
        self._guard = threading.Lock()

    def of(self, folder: Path) -> Measuring | None:
        """What is known of a graph, perhaps of an earlier step."""
        return self._of.get(folder)

    def measure(self, folder: Path) -> Measuring:
        """Begin to measure a graph, unless it is being measured or nothing has changed."""
        with Store.open(folder, create=False, readonly=True) as store:
            last = store.last_step
        with self._guard:
            known = self._of.get(folder)
            if known is not None and (not known.over or (known.step == last and not known.failed)):
                return known
            made = self._of[folder] = Measuring(last)
            self._of.move_to_end(folder)
            while len(self._of) > KEPT:
                self._of.popitem(last=False)
        threading.Thread(target=self._work, args=(folder, made), daemon=True, name="konigsberg-measure").start()
        return made

    def _work(self, folder: Path, made: Measuring) -> None:
        def tell(said: str) -> None:
            made.said = said

        try:
            with self._turn, Store.open(folder, create=False, readonly=True) as store:
                made.step = store.last_step
                made.story = gather(store, self.settings, tell)
        except GraphError as error:
            made.said, made.failed = str(error), True
        except Exception:  # the edge of the interface: a bug becomes a message with a number to look for in the log
            number = secrets.token_hex(4)
            log.exception("measuring failed (%s)", number)
            made.said, made.failed = f"Measuring failed; the server's log has it under {number}.", True


def figures_html(measuring: Measuring | None) -> Markup:
    """The figures as charts and tables, or what is being done for them."""
    if measuring is None:
        text = "Figures of each step, beside random graphs of the same size and degrees, are measured on request."
        return tag("p", text)
    if measuring.story is None:
        if measuring.failed:
            return tag("p", measuring.said, class_="fault", role="alert")
        return tag("p", tag("span", class_="spin"), f"Measuring … {measuring.said}", class_="work", role="status")
    story = measuring.story
    said = [summary_sentence(story.comparison)] if story.comparison is not None else []
    said.append(tail_sentence(story.fit) if story.fit is not None else f"No fit of the degrees: {story.no_fit}.")
    beside = "beside 3 graphs of each null model (`konigsberg grow report` takes 10)"
    return join(
        [
            tag("p", f"Measured after step {measuring.step}, {beside}.", class_="small"),
            *(tag("p", text, class_="finding") for text in said),
            _fold("Figures of each step", figure_charts(story), opened=True),
            _fold("What each step brought", growth_charts(story)),
            _fold("The last step beside null models", null_table(story), opened=True),
            _fold("Hubs", hubs_table(story)),
        ]
    )


def _fold(name: str, content: Markup, *, opened: bool = False) -> Markup:
    return tag("details", tag("summary", name), content, open=opened, data_key=name)
