"""What the pages share: the theme, the scripts in the page's head, the line at the top, and parts of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from ui.model_status import model_name
from ui.talk.desk import Desk

STATIC = "konigsberg-static"  # where `ui.app` serves ui/static, beside the page
PERSON = """() => { let key = localStorage.getItem('konigsberg-person');
  if (!key) {
    const bytes = [...crypto.getRandomValues(new Uint8Array(24))];
    key = bytes.map((b) => b.toString(16).padStart(2, '0')).join('');
    localStorage.setItem('konigsberg-person', key);
  }
  return [key]; }"""
HEAD = f"""
<meta name="description" content="Ask any graph anything and get an answer you can check.">
<link rel="stylesheet" href="{STATIC}/app.css">
<script src="{STATIC}/cytoscape.min.js"></script>
<script src="{STATIC}/panel.js"></script>
<script src="{STATIC}/talk.js"></script>
<link rel="stylesheet" href="{STATIC}/pages.css">
"""
_PANEL = """<section class="kb-panel" aria-label="The graph">
<div class="kb-head"><h2 class="kb-name"></h2><span class="kb-about small"></span></div>
<p class="kb-trouble" role="alert" hidden></p>
<div class="kb-tools">
<input type="search" class="kb-search" list="kb-NAMES" placeholder="Find a node" aria-label="Find a node"
autocomplete="off">
<datalist id="kb-NAMES" class="kb-names"></datalist>
<span class="kb-views"><button type="button" data-view="near">Around the answer</button>
<button type="button" data-view="overview">Overview</button></span>
<button type="button" class="kb-in" aria-label="Zoom in">+</button>
<button type="button" class="kb-out" aria-label="Zoom out">−</button>
<button type="button" class="kb-fit">Whole</button><button type="button" class="kb-save">Picture</button>
<span class="kb-found small" role="status"></span></div>
<p class="kb-note" hidden></p>
<div class="kb-stage"><div class="kb-canvas" tabindex="0" role="application"
aria-label="Drawing of the graph. Arrow keys move it, plus and minus zoom, 0 shows all; a table stands below."></div>
<div class="kb-tip" hidden></div><span class="kb-hint">click to zoom with the wheel</span>
<div class="kb-empty"><p></p><div class="kb-chips"></div></div></div>
<div class="kb-foot"><p class="kb-says small" role="status"></p><ul class="kb-legend" aria-label="Legend"></ul>
<div class="kb-chosen" aria-live="polite" hidden></div>
<details><summary class="kb-listed"></summary>
<div class="kb-listing" tabindex="0"><table class="kb-list"></table></div></details></div>
</section>"""
_FONT = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
_BRAND = """<header class="kb-brand"><h1>Königsberg</h1>
<p>Ask any graph anything and get an answer you can check.</p>
<button type="button" class="kb-theme">Light or dark</button></header>"""
_THEME = """element.querySelector('.kb-theme').addEventListener('click', () => {
  const dark = document.body.classList.toggle('dark');
  localStorage.setItem('konigsberg-theme', dark ? 'dark' : 'light');
});
const wanted = localStorage.getItem('konigsberg-theme');
if (wanted) document.body.classList.toggle('dark', wanted === 'dark');"""


def theme() -> gr.themes.Base:
    """The look of gradio's own parts: system fonts, so that nothing is fetched, and the colours of app.css."""
    return gr.themes.Base(primary_hue="blue", neutral_hue="slate", font=_FONT, font_mono=_MONO).set(
        body_background_fill="#f5f7f9",
        body_background_fill_dark="#0f1419",
        block_background_fill="#ffffff",
        block_background_fill_dark="#171d24",
        button_primary_background_fill="#0550ae",
        button_primary_background_fill_hover="#033d8b",
        button_primary_background_fill_dark="#1158c7",
        button_primary_text_color="#ffffff",
        body_text_color="#1b1f24",
        body_text_color_dark="#e6edf3",
        body_text_color_subdued="#57606a",
        body_text_color_subdued_dark="#a3adb8",
        input_placeholder_color="#57606a",
        input_placeholder_color_dark="#b4bdc7",
        block_title_text_color="#57606a",
        block_title_text_color_dark="#a3adb8",
        block_label_text_color="#57606a",
        block_label_text_color_dark="#a3adb8",
        color_accent="#0550ae",
        slider_color="#0550ae",
        slider_color_dark="#79b8ff",
        checkbox_background_color_selected="#0550ae",
    )


def brand() -> gr.HTML:
    """The line at the top, with the switch between light and dark."""
    return gr.HTML(html_template=_BRAND, js_on_load=_THEME, apply_default_css=False, elem_id="kb-brand")


@dataclass
class House:
    """What the pages are built in and from.

    tab: the page's own. tabs: all pages; an update of `selected` opens one. person: what the browser says that it is,
    for those who do not log in; known: the event after which it is there. talk, asked: the conversation of the page Ask
    and what shows it. put: adds to an event that the question in the box is asked.
    """

    desk: Desk
    blocks: gr.Blocks
    tabs: gr.Tabs
    person: gr.State
    tab: Any = None
    known: Any = None
    talk: gr.State | None = None
    asked: list[Any] = field(default_factory=list)
    put: Callable[[Any], Any] | None = None


def drawing(name: str) -> gr.HTML:
    """The drawing of a graph; its value is what `ui/static/panel.js` takes. name: its id on the page."""
    return gr.HTML(
        html_template=_PANEL.replace("kb-NAMES", f"{name}-names"),
        js_on_load="window.konigsbergPanel(element, trigger, props, watch, 'act')",
        apply_default_css=False,
        elem_id=name,
    )


def markup(name: str, label: str = "") -> gr.HTML:
    """A part of the page that shows `{"html": …}`, HTML in which the server has escaped every text; its buttons act."""
    about = f' aria-label="{label}" role="region"' if label else ""
    return gr.HTML(
        html_template=f'<p class="kb-notice" role="alert" hidden></p><div class="kb-markup"{about}></div>',
        js_on_load="window.konigsbergMarkup(element, trigger, props, watch, 'act')",
        apply_default_css=False,
        elem_id=name,
        elem_classes="kb-part",
    )


def model_names(specs: Iterable[str]) -> list[tuple[str, str]]:
    """Specs as choices."""
    return [(model_name(spec), spec) for spec in specs]


def acted(event: gr.EventData) -> dict[str, Any]:
    """What a button of the page sent; a browser may send anything."""
    return event._data if isinstance(event._data, dict) else {}


def number(value: Any) -> int | None:
    """A whole number that a browser sent as text; None for anything else."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
