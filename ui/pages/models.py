"""The page Models: what this server asks, whether it can be reached, and a test of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from ui.model_status import Trial, endpoints, extras, model_files, model_name, try_model
from ui.pages.frame import House, acted, markup
from ui.report.markup import Markup, join, short, tag
from ui.talk.steps import duration

_WHAT = {
    "embedded": "the small model that comes with the package; reads questions as tool calls, no key, no network",
    "none": "no model: questions that the router does not know are asked back",
}
_OF = {
    "gguf": "a GGUF file in this process",
    "hf": "a transformers model in this process",
    "vllm": "a vLLM server",
    "openai": "a server of OpenAI's chat API",
}


def page(house: House) -> None:
    """Build the page inside its tab."""
    desk, blocks = house.desk, house.blocks
    shown = markup("kb-models")
    trials: gr.State = gr.State({})
    again = gr.Button("Look again", size="sm", elem_id="kb-models-again")

    def listing(found: dict[str, Trial | None]) -> dict[str, str]:
        return {"html": rendered(desk.models, found)}

    def test(found: dict[str, Trial | None], event: gr.EventData) -> Iterator[tuple[Any, Any]]:
        spec = str(acted(event).get("spec", ""))
        if spec not in desk.models:  # a person may test what the server was started with, and nothing else
            yield gr.skip(), gr.skip()
            return
        yield {**found, spec: None}, listing({**found, spec: None})
        done = {**found, spec: try_model(spec)}
        yield done, listing(done)

    blocks.load(listing, [trials], [shown], api_visibility="private")
    again.click(listing, [trials], [shown], api_visibility="private")
    shown.act(test, [trials], [trials, shown], api_visibility="private", concurrency_limit=2, show_progress="hidden")


def rendered(specs: tuple[str, ...], trials: dict[str, Trial | None]) -> Markup:
    """The whole page as HTML. trials: what a test found, None while it runs."""
    asked = [_row(spec, trials) for spec in specs]
    parts = [
        _section("Models of this server", _table(("model", "what it is", "test"), asked),
            "The first is asked by default, and only when the certain router does not know what a question means."),
        _section("Packages", _table(("for models", "state"), [_extra(row) for row in extras()])),
        _section("Endpoints", _table(("address", "state"), [_endpoint(row) for row in endpoints()])),
        _section("Model files here", _files()),
    ]  # fmt: skip
    return join(parts)


def _section(title: str, body: Markup, note: str = "") -> Markup:
    return tag("section", tag("h2", title), tag("p", note, class_="small") if note else None, body)


def _table(head: tuple[str, ...], rows: list[list[object]]) -> Markup:
    top = tag("tr", *(tag("th", name, scope="col") for name in head))
    return tag(
        "div", tag("table", top, *(tag("tr", *(tag("td", cell) for cell in row)) for row in rows)), class_="scroll"
    )


def _row(spec: str, trials: dict[str, Trial | None]) -> list[object]:
    what = _WHAT.get(spec) or _OF.get(spec.partition(":")[0], "a chat model")
    name = tag("code", model_name(spec))
    button = tag(
        "button", "Test", type="button", data_act="test", data_spec=spec, aria_label=f"Test {model_name(spec)}"
    )
    if spec not in trials:
        return [name, what, button]
    found = trials[spec]
    if found is None:
        return [
            name,
            what,
            tag("p", tag("span", class_="spin"), " asking …", class_="work", role="status"),
        ]
    state = tag("b", "works" if found.works else "does not work", class_="good" if found.works else "bad")
    cost = f" after {duration(found.seconds)}" if found.asked else ""
    said = [tag("p", "Asked: ", tag("q", found.asked), class_="small")] if found.asked else []
    return [
        name,
        what,
        join([state, cost, *said, tag("p", short(found.said, 600), class_="result"), button]),
    ]


def _extra(row: dict[str, Any]) -> list[object]:
    if row["installed"]:
        return [tag("code", row["runs"]), tag("span", "installed", class_="good")]
    return [
        tag("code", row["runs"]),
        join([tag("span", "missing: ", class_="bad"), tag("code", f"pip install 'konigsberg[{row['extra']}]'")]),
    ]


def _endpoint(row: dict[str, Any]) -> list[object]:
    good = row["state"] in ("ready", "answers")
    key = "with a key" if row["key"] else "without a key"
    where = join([tag("code", f"{row['scheme']}:NAME"), f" at {row['url']}, {key}"])
    return [where, tag("span", row["state"], class_="good" if good else "bad")]


def _files() -> Markup:
    files = model_files()
    if not files:
        return join([tag("p", "None. ", tag("code", "konigsberg models fetch"), " brings one; start the server with ",
            tag("code", "--model gguf:NAME"), " to offer it here.")])  # fmt: skip
    return _table(("spec", "size"), [[tag("code", f["spec"]), f"{f['bytes'] / 1e6:,.0f} MB"] for f in files])
