"""One HTML file that needs nothing else: style, script, data and drawings inside, and a policy that lets nothing in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from graphs.errors import StorageError
from graphs.store import Store
from ui.report.degrees import degree_section
from ui.report.drawing import MOST_DRAWN, MOST_GROUPS, drawing
from ui.report.gather import Settings, Story, gather
from ui.report.markup import Markup, clean, join, json_data, tag
from ui.report.sections import (
    figure_charts,
    figure_table,
    growth_charts,
    hubs_table,
    method,
    null_table,
    quarantine_table,
    step_table,
    summary,
    verb_bars,
)

_SHORT = {  # in the line of links
    "graph": "Graph",
    "figures": "Figures",
    "growth": "Growth",
    "nulls": "Null models",
    "degrees": "Degrees",
    "relations": "Relations",
    "quarantine": "Quarantine",
    "method": "Method",
}


def write_report(
    store: Store, path: Path, settings: Settings | None = None, progress: Callable[[str], None] = lambda _: None
) -> Story:
    """Measure the store and write the page.

    Raises:
        StoreError: the store has no step.
        StorageError: the file cannot be written.
    """
    story = gather(store, settings or Settings(), progress)
    progress("drawing")
    text = page(story, store)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error.strerror}); name another file with -o") from error
    return story


def page(story: Story, store: Store) -> str:
    """The whole page."""
    scripts = [_static(name) for name in ("cytoscape.min.js", "charts.js", "explorer.js")]
    style = _static("report.css")
    title = f"Growth of {clean(story.name)}"
    data = json_data(drawing(store, story.measured, story.settings.seed), "drawing-data")
    sections = [
        ("summary", "Summary", summary(story, store)),
        ("graph", "The graph", _explorer(story)),
        ("figures", "Network figures over the steps", figure_charts(story)),
        ("growth", "What each step brought", growth_charts(story)),
        ("nulls", "Beside null models", null_table(story)),
        (
            "degrees",
            "Degree distribution",
            degree_section(story.fit) if story.fit else tag("p", f"No fit: {story.no_fit}."),
        ),
        ("hubs", "Hubs", hubs_table(story)),
        ("relations", "Relation types", verb_bars(store)),
        ("quarantine", "Repairs and quarantine", quarantine_table(store)),
        ("steps", "Steps", tag("details", tag("summary", f"All {len(story.steps):,} steps"), step_table(story))),
        ("method", "How it was measured", join([method(story), _numbers(story)])),
    ]
    links = [tag("a", _SHORT.get(anchor, name), href=f"#{anchor}") for anchor, name, _ in sections]
    parts = [tag("section", tag("h2", name), content, id=anchor) for anchor, name, content in sections]
    last = store.steps()[-1]
    body = tag(
        "body",
        tag("a", "Skip to the report", href="#summary", class_="skip"),
        tag(
            "header",
            tag("h1", title),
            tag("p", f"After step {last.number}, {last.at[:16].replace('T', ' ')} UTC", class_="small"),
        ),
        tag("nav", *links, aria_label="Sections"),
        tag("main", *parts),
        data,
        *(Markup(f"<script>{script}</script>") for script in scripts),
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(scripts)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        Markup(f"<style>{style}</style>"),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _explorer(story: Story) -> Markup:
    count, last = story.measured.graph.num_nodes, story.last.step
    many = count > MOST_DRAWN
    said = (
        f"{count:,} entities are too many to draw one by one: this overview draws their Louvain communities of two or "
        f"more, the {MOST_GROUPS} largest at most, named after the best-connected member; a line stands for all facts "
        "between two of them. Choose a community to see its members, and an entity to see its neighbourhood."
        if many
        else "Every entity and fact of the last step; retired facts are left out. The slider shows the facts by the "
        "step in which they came; merges show as they are now."
    )
    colours = tag("select", id="colour")
    controls = [
        tag(
            "label",
            "Search ",
            tag("input", type="search", id="search", list="names", autocomplete="off", placeholder="an entity"),
        ),
        tag("datalist", id="names"),
        tag(
            "label",
            "Step ",
            tag("input", type="range", id="slider", min=1, max=last, value=last),
            tag("output", last, id="step"),
        ),
        tag("button", "Play", type="button", id="play", aria_pressed="false"),
        tag("label", "Colour ", colours),
        tag("label", tag("input", type="checkbox", id="grounded"), " grounded facts alone"),
        tag("button", "Whole graph", type="button", id="reset"),
    ]
    canvas = tag(
        "div",
        id="canvas",
        role="application",
        aria_label="Drawing of the graph; the search field and the list beside it tell the same",
    )
    aside = tag(
        "aside", tag("p", "Choose an entity to see its facts and their evidence."), id="facts", aria_live="polite"
    )
    return join(
        [
            tag("p", said),
            tag("div", *controls, class_="controls"),
            tag("ul", id="types", class_="legend"),
            tag(
                "div", tag("div", canvas, tag("div", id="tip", role="status"), class_="stage"), aside, class_="explorer"
            ),
            tag("noscript", "The drawing needs JavaScript; everything else on this page does not."),
        ]
    )


def _numbers(story: Story) -> Markup:
    return tag("details", tag("summary", "The numbers behind the charts"), figure_table(story))


def _policy(scripts: list[str]) -> str:
    """Nothing is loaded from anywhere, and no script runs but these."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    rules = (
        "default-src 'none'",
        f"script-src {hashes}",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
    )
    return "; ".join((*rules, "form-action 'none'"))


def _static(name: str) -> str:
    return (files("ui") / "static" / name).read_text(encoding="utf-8").replace("\r\n", "\n")
