"""What the pages share: the theme, the scripts in the page's head, and the line at the top."""

from __future__ import annotations

import gradio as gr

STATIC = "konigsberg-static"  # where `ui.app` serves ui/static, beside the page
HEAD = f"""
<meta name="description" content="Ask any graph anything and get an answer you can check.">
<link rel="stylesheet" href="{STATIC}/app.css">
<script src="{STATIC}/cytoscape.min.js"></script>
<script src="{STATIC}/panel.js"></script>
<script src="{STATIC}/talk.js"></script>
"""
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
        button_primary_background_fill_dark="#1f6feb",
        button_primary_text_color="#ffffff",
    )


def brand() -> gr.HTML:
    """The line at the top, with the switch between light and dark."""
    return gr.HTML(html_template=_BRAND, js_on_load=_THEME, apply_default_css=False, elem_id="kb-brand")
