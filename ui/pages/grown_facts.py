"""The part of Grow and of Explore that shows facts with their evidence, and merges, and undoes those."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from graphs.errors import GraphError
from graphs.store import Store, StoreLocked
from graphs.store.handle import is_store
from ui.grown.facts import entity_html, entity_of, found_html, merges_html, newest_html, paths_html
from ui.pages.frame import House, acted, markup, number
from ui.report.markup import Markup, join, tag


class Facts:
    """The part and what its buttons do. changed: the event after which the rest of the page has to look again."""

    def __init__(self, house: House, watch: gr.State, name: str = "kb-facts") -> None:
        """watch: the page's state; it has a `folder`, or None."""
        self.desk = house.desk
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        search = gr.Textbox(
            label="Find an entity", placeholder="a name, or words of a description", elem_id=f"{name}-search"
        )
        self.part = markup(name, "Facts and evidence")
        self.part.elem_classes = [*self.part.elem_classes, "kb-boxed", "kb-tall"]
        search.submit(self.look_for, [watch, search], [self.part], **private)
        self.changed = self.part.act(self.act, [watch], [self.part], **private)

    def look_for(self, watch: Any, text: str) -> Any:
        """The entities that the words mean."""
        if watch is None or watch.folder is None:
            return {"html": "", "notice": "Grow or choose a graph first."}
        if not text.strip():
            return self.shown(watch.folder, locked=self._locked(watch))
        try:
            with Store.open(watch.folder, create=False, readonly=True) as store:
                return {"html": join([_back(), found_html(store, text[:300])]), "top": True}
        except GraphError as error:
            return unread(watch.folder, error)

    def act(self, watch: Any, event: gr.EventData) -> Any:
        """A button among the facts: an entity, back, or undoing a merge."""
        data = acted(event)
        if watch is None or watch.folder is None:
            return gr.skip()
        try:
            if data.get("act") == "undo":
                return self._undone(watch, number(data.get("merge")) or 0)
            if data.get("act") == "entity":
                with Store.open(watch.folder, create=False, readonly=True) as store:
                    entity = store.entity(number(data.get("entity")) or 0)
                    return {"html": join([_back(), entity_html(store, entity)]), "top": True}
        except GraphError as error:
            return {**self.shown(watch.folder, locked=self._locked(watch)), **_notice(watch.folder, error)}
        return self.shown(watch.folder, locked=self._locked(watch))

    def _undone(self, watch: Any, merge: int) -> Any:
        try:
            with Store.open(watch.folder, create=False) as store:
                step = store.undo_merge(merge)
        except StoreLocked:
            notice = "The graph is growing; pause it first, then undo the merge."
            return {**self.shown(watch.folder, locked=True), "notice": notice}
        return {**self.shown(watch.folder), "notice": f"Undone in step {step}; both are entities of their own again."}

    def _locked(self, watch: Any) -> bool:
        growing = self.desk.growths.of(watch.folder)
        return growing is not None and growing.running

    @staticmethod
    def shown(folder: Path | None, *, locked: bool = False) -> dict[str, Any]:
        """The newest facts, and the merges."""
        if folder is None:
            return {"html": tag("p", "No facts yet.", class_="small")}
        try:
            with Store.open(folder, create=False, readonly=True) as store:
                merged = len(store.merges())
                head = tag("summary", f"{merged:,} merge{'s' * (merged != 1)}")
                fold = tag("details", head, merges_html(store, locked=locked), data_key="merges")
                return {"html": join([fold if merged else None, newest_html(store)])}
        except GraphError as error:
            return unread(folder, error)

    @staticmethod
    def chosen(folder: Path, names: list[str], *, locked: bool = False) -> dict[str, Any]:
        """What is known of one entity, or of the ways between two; the newest facts where none is chosen."""
        try:
            with Store.open(folder, create=False, readonly=True) as store:
                found = [entity for name in names if (entity := entity_of(store, name)) is not None]
                if not found:
                    return Facts.shown(folder, locked=locked)
                body = entity_html(store, found[0]) if len(found) == 1 else paths_html(store, found[0], found[1])
                return {"html": join([_back(), body]), "top": True}
        except GraphError as error:
            return unread(folder, error)


def unread(folder: Path, error: GraphError) -> dict[str, Any]:
    """What is shown of a graph that cannot be read, or was deleted while somebody looked at it."""
    return {"html": tag("p", "Nothing can be shown of this graph.", class_="small"), **_notice(folder, error)}


def _notice(folder: Path, error: GraphError) -> dict[str, Any]:
    """The error in words, without the server's own folders."""
    return {"notice": said_of(folder, error)}


def said_of(folder: Path, error: GraphError) -> str:
    """The error without the server's own folders; where the graph is gone, that it is."""
    if not is_store(folder):
        return f"The graph {folder.name} is not here any more; choose another one from the list."
    return str(error).replace(f"{folder.parent}/", "")


def _back() -> Markup:
    return tag("p", tag("button", "All facts", type="button", data_act="all"))
