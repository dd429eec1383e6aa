"""Grow, Explore and Evaluate in a real browser, and what all pages have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.browser.driving import Page
from tests.ui.grown.conftest import EVIL

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")
pytest.importorskip("selenium", reason="needs selenium")

TABS = ("Ask", "Grow", "Explore", "Evaluate", "Models")


def open_tab(page: Page, name: str) -> None:
    page.click("button[role=tab]", name)


def begin(page: Page, question: str, steps: int) -> None:
    open_tab(page, "Grow")
    page.all("#kb-seed textarea")[0].send_keys(question)
    box = page.all("#kb-embed input")
    if box and box[0].is_selected():
        page.run("arguments[0].click()", box[0])
    field = page.all("#kb-steps input")[0]
    field.clear()
    field.send_keys(str(steps))
    page.until(lambda: page.all("#kb-grow")[0].is_enabled(), "the button Grow")
    page.click("#kb-grow")


def said(page: Page, where: str) -> str:
    return " ".join(page.texts(f"{where} .kb-markup"))


def test_a_graph_grows_three_steps_is_asked_and_goes_on(page: Page) -> None:
    begin(page, "What makes silk tough?", 3)
    page.until(lambda: "3 of 3 steps" in said(page, "#kb-progress"), "three steps")
    page.until(lambda: "Done." in said(page, "#kb-progress"), "the end")
    page.until(lambda: len(page.drawn("node", "#kb-growing")) > 5, "the drawing")
    assert "hypothesis" in said(page, "#kb-facts")
    unharmed(page)
    page.driver.get(page.address)
    open_tab(page, "Grow")
    page.until(lambda: "3 of 3 steps" in said(page, "#kb-progress"), "the same growth after a reload")
    page.log()  # the reload itself breaks off requests, and gradio tells the console
    page.until(lambda: page.all("#kb-resume")[0].is_enabled(), "the button Go on")
    field = page.all("#kb-steps input")[0]
    field.clear()
    field.send_keys("2")
    page.click("#kb-resume")
    page.until(lambda: "5 of 5 steps" in said(page, "#kb-progress"), "two more steps")
    open_tab(page, "Figures")
    page.until(lambda: "Erdős" in said(page, "#kb-figures"), "figures beside null models")
    page.run(
        "window.saved = []; HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };"
    )
    open_tab(page, "Take it away")
    for form in ("report", "turtle"):
        page.click(f"#kb-take-{form}")
    page.until(lambda: len(page.run("return window.saved")) == 2, "two files")
    assert {name.rpartition(".")[2] for name in page.run("return window.saved")} == {"html", "ttl"}
    page.all("#kb-grown-question textarea, #kb-grown-question input")[0].send_keys("How many entities are there?")
    page.click("#kb-grown-ask")
    page.until(lambda: "The graph holds" in " ".join(page.texts(".turn .answer")), "the answer on the page Ask")
    unharmed(page)


def test_a_growth_is_paused(page: Page) -> None:
    begin(page, "What makes bone strong?", 30)
    page.until(lambda: page.all("#kb-pause")[0].is_enabled(), "the button Pause")
    page.click("#kb-pause")
    page.until(lambda: "Paused." in said(page, "#kb-progress"), "the pause")
    assert "30 of 30" not in said(page, "#kb-progress")


def test_a_file_that_is_no_document_is_refused(page: Page, upload: Path) -> None:
    open_tab(page, "Grow")
    bad = upload / "program.exe"
    bad.write_text("MZ")
    page.all("#kb-documents input[type=file]")[0].send_keys(str(bad))
    page.until(lambda: "Invalid file type" in page.run("return document.body.innerText"), "the refusal")


def test_a_store_is_explored_now_and_in_its_past(page: Page) -> None:
    open_tab(page, "Explore")
    page.until(lambda: page.texts("#kb-explorer .kb-name")[0] not in ("", "No graph yet"), "a graph")
    choose(page, "planted")
    assert EVIL in {node["name"] for node in page.drawn("node", "#kb-explorer")}
    page.tap("silk", "#kb-explorer")
    page.until(lambda: "The silk is made of protein" in said(page, "#kb-explored-facts"), "the evidence")
    page.tap("fold", "#kb-explorer")
    page.until(lambda: "From silk to fold" in said(page, "#kb-explored-facts"), "the ways")
    page.all("#kb-explored-facts-search textarea, #kb-explored-facts-search input")[0].send_keys("protein\n")
    page.until(lambda: "found" in said(page, "#kb-explored-facts"), "the search")
    slider = page.all("#kb-step input[type=range]")[0]
    page.run(
        "const s = arguments[0]; s.value = 1; s.dispatchEvent(new Event('input', {bubbles: true}));"
        "s.dispatchEvent(new PointerEvent('pointerup', {bubbles: true}));",
        slider,
    )
    page.until(lambda: "After step 1 of" in said(page, "#kb-when"), "the past")
    page.until(lambda: len(page.drawn("node", "#kb-explorer")) == 2, "two entities")
    assert page.run("return window.pwned") is None
    assert page.run("return document.querySelectorAll('#kb-explored-facts img').length") == 0


def unharmed(page: Page) -> None:
    """Nothing was complained about, and nothing asked for elsewhere."""
    bad, asked = page.log()
    assert bad == []
    assert {url for url in asked if not url.startswith((page.address, "data:", "blob:"))} == set()


def choose(page: Page, name: str) -> None:
    """Choose a grown graph from the list, again where the list was filled anew while it was open."""
    for _ in range(9):
        field = page.all("#kb-explored input")[0]
        page.run("arguments[0].scrollIntoView({block: 'center'}); arguments[0].blur(); arguments[0].focus()", field)
        if page.seen(lambda: page.run(_OPTION, name), 5) and page.seen(
            lambda: page.texts("#kb-explorer .kb-name") == [name], 5
        ):
            return
    raise AssertionError(f"{name} cannot be chosen; the page shows {page.texts('#kb-explorer .kb-name')}")


_ON_TOP = """const one = document.querySelector(arguments[0]);
one.scrollIntoView({block: 'center'});
const box = one.getBoundingClientRect();
return one === document.elementFromPoint(box.left + box.width / 2, box.top + 4);"""

_OPTION = """const one = [...document.querySelectorAll('ul.options li, [role=option]')]
  .find((e) => e.innerText.includes(arguments[0]));
if (one) one.dispatchEvent(new MouseEvent('mousedown', {bubbles: true}));
return Boolean(one);"""


def test_results_are_shown_down_to_an_item(page: Page) -> None:
    open_tab(page, "Evaluate")
    page.click("#kb-results button", "one")
    page.until(lambda: "6 items" in said(page, "#kb-results"), "the run")
    assert page.all("#kb-results svg.outcomes")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_have_contrast(page: Page, scheme: str) -> None:
    page.colours(scheme)
    page.driver.get(page.address)
    page.until(lambda: page.texts(".welcome h2"), "the welcome")
    page.example("pipes")
    page.ask("What is the maximum flow from spring to town?")
    for tab in TABS:
        open_tab(page, tab)
        page.until(lambda name=tab: name in page.texts("button[role=tab][aria-selected=true]"), "the tab")
        assert page.faint() == [], tab


def test_every_page_fits_a_phone_and_names_its_parts(page: Page) -> None:
    page.width(390)
    page.driver.get(page.address)
    page.until(lambda: page.all(".welcome"), "the page")
    for tab in TABS:
        open_tab(page, tab)
        page.until(lambda name=tab: name in page.texts("button[role=tab][aria-selected=true]"), "the tab")
        assert page.run("return document.documentElement.scrollWidth") <= 390, tab
        nameless = page.run("""return [...document.querySelectorAll('button, input, textarea, select')]
          .filter(e => e.offsetParent && !(e.getAttribute('aria-label') || e.textContent.trim() || e.title ||
            (e.labels && e.labels.length) || e.getAttribute('aria-labelledby') || e.placeholder))
          .map(e => e.outerHTML.slice(0, 200))""")
        assert nameless == [], tab
    buttons = page.run(
        "return [...document.querySelectorAll('#kb-models button')].map(e => e.getBoundingClientRect().right)"
    )
    assert buttons
    assert max(buttons) <= 390  # to test a model needs no scrolling to the side
    open_tab(page, "Ask")
    page.until(lambda: page.run(_ON_TOP, "#kb-graph .kb-empty p"), "the words before the examples, covered by nothing")


def test_a_merge_is_undone(page: Page) -> None:
    open_tab(page, "Explore")
    page.until(lambda: page.texts("#kb-explorer .kb-name")[0] not in ("", "No graph yet"), "a graph")
    choose(page, "planted")
    assert "spider silk" not in {node["name"] for node in page.drawn("node", "#kb-explorer")}
    page.click("#kb-explored-facts summary", "merge")
    page.click("#kb-explored-facts button[data-act=undo]")
    page.until(lambda: "entities of their own again" in " ".join(page.texts("#kb-explored-facts .kb-notice")), "words")
    page.until(
        lambda: "spider silk" in {node["name"] for node in page.drawn("node", "#kb-explorer")}, "both on the drawing"
    )
