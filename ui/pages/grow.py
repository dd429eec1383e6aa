"""The page Grow: a knowledge graph grows from a question or from documents, and is watched, paused, asked and taken."""

from __future__ import annotations

from typing import Any

import gradio as gr

from agents.embedding import available
from ui.grown.documents import ENDINGS
from ui.grown.taking import FORMS
from ui.pages.frame import House, drawing, markup, model_names
from ui.pages.grow_handlers import MOST_STEPS, Handlers
from ui.pages.grown_facts import Facts

TICK = 1.0  # seconds between two looks at a growth
NO_MODEL = "none can grow a graph: start the server with --model gguf:NAME or openai:NAME@URL"


def page(house: House) -> None:
    """Build the page inside its tab."""
    desk = house.desk
    watch = gr.State(None)
    models = desk.growers()
    with gr.Row(equal_height=False, elem_classes="kb-columns"):
        with gr.Column(scale=5, min_width=320):
            seed = gr.Textbox(
                label="A question to begin with", placeholder="What makes spider silk tough?", lines=2, max_lines=6,
                elem_id="kb-seed",
            )  # fmt: skip
            documents = gr.File(
                label="Documents to read: text, Markdown, HTML, PDF", file_count="multiple", file_types=list(ENDINGS),
                height=150,
                elem_id="kb-documents",
            )  # fmt: skip
            with gr.Row():
                model = gr.Dropdown(
                    model_names(models), value=models[0] if models else None, label="Model",
                    interactive=len(models) > 1, info=None if models else NO_MODEL,
                    elem_id="kb-grower", min_width=150,
                )  # fmt: skip
                steps = gr.Number(
                    value=5, minimum=1, maximum=MOST_STEPS, precision=0, label="Steps", elem_id="kb-steps", min_width=90
                )
            embed = gr.Checkbox(
                value=available(), visible=available(), label="Tell names apart by sentence embeddings too (slower)",
                elem_id="kb-embed",
            )  # fmt: skip
            with gr.Row():
                grow = gr.Button("Grow", variant="primary", elem_id="kb-grow", min_width=90, interactive=bool(models))
                pause = gr.Button("Pause", variant="stop", elem_id="kb-pause", interactive=False, min_width=90)
                resume = gr.Button("Go on", elem_id="kb-resume", interactive=False, min_width=90)
            graphs = gr.Dropdown([], label="Your grown graphs", elem_id="kb-graphs", allow_custom_value=False)
            progress = markup("kb-progress", "Progress of the growth")
        with gr.Column(scale=7, min_width=320):
            panel = drawing("kb-growing")
            with gr.Row(elem_id="kb-ask-grown"):
                box = gr.Textbox(
                    label="Ask this graph", placeholder="What is related to …?", scale=6, min_width=160,
                    elem_id="kb-grown-question",
                )  # fmt: skip
                put = gr.Button("Ask", scale=1, min_width=80, elem_id="kb-grown-ask", interactive=False)
    with gr.Tabs():
        with gr.Tab("Facts and evidence"):
            facts = Facts(house, watch)
        with gr.Tab("Figures beside null models"):
            measure = gr.Button("Measure now", size="sm", elem_id="kb-measure", interactive=False)
            figures = markup("kb-figures", "Figures of the graph")
        with gr.Tab("Take it away"):
            with gr.Row():
                saves = {form: gr.Button(about, size="sm", min_width=110, elem_id=f"kb-take-{form}")
                         for form, about in FORMS.items()}  # fmt: skip
            away = markup("kb-away")
    timer = gr.Timer(TICK, active=False)

    handlers = Handlers(desk)
    buttons = [grow, pause, resume, put, measure]
    shown = [watch, progress, panel, facts.part, figures, graphs, *buttons, timer]
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    house.known.then(handlers.load, [house.person], shown, **private)
    grow.click(handlers.grow, [watch, seed, documents, model, steps, embed], [*shown, documents], **private)
    pause.click(handlers.pause, [watch], shown, **private)
    resume.click(handlers.resume, [watch, steps], shown, **private)
    graphs.input(handlers.choose, [watch, graphs], shown, **private)
    measure.click(handlers.measure, [watch], shown, **private)
    timer.tick(handlers.tick, [watch], shown, **private)
    facts.changed.then(handlers.redraw, [watch], shown, **private)
    panel.act(handlers.act, [watch], [facts.part, panel], trigger_mode="always_last", **private)
    for form, button in saves.items():
        button.click(handlers.taker(form), [watch], [away], concurrency_limit=2, **private)
    assert house.put is not None  # the page Ask is built first
    assert house.talk is not None
    for trigger in (put.click, box.submit):
        house.put(trigger(handlers.ask, [house.talk, watch, box], [*house.asked, progress], **private))
