"""Every page by the keyboard, by what screen readers are told, without motion, and on the narrowest phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.browser.driving import Page

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")
pytest.importorskip("selenium", reason="needs selenium")

from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402

TAB, ENTER = "\ue004", "\ue007"
FIRST = ["Light or dark", "Ask", "Grow", "Explore", "Evaluate", "Models"]
PAGES = {  # what the Tab key comes to in this order, among others
    "Ask": ["Conversation", "Check it", "How it was answered", "Your question", "Ask", "New conversation",
            "Model, export and link", "Upload a file", "Take an example", "Paste a graph", "Find a node", "Zoom in",
            "Whole", "Drawing of the graph", "All 6 drawn nodes"],
    "Grow": ["A question to begin with", "Click to upload", "Steps", "Tell names apart", "Grow", "Your grown graphs",
             "Find a node", "Drawing of the graph", "Facts and evidence", "Figures", "Take it away", "Find an entity"],
    "Explore": ["Grown graph", "Find an entity", "After step", "community", "Find a node", "Drawing of the graph"],
    "Evaluate": ["Run", "Compare with", "Results", "one"],
    "Models": ["Test embedded", "Look again"],
}  # fmt: skip


def open_tab(page: Page, name: str) -> None:
    page.click("button[role=tab]", name)
    page.until(lambda: name in page.texts("button[role=tab][aria-selected=true]"), "the tab")


def in_order(wanted: list[str], names: list[str]) -> list[str]:
    """Those of `wanted` that do not come in this order."""
    rest, missing = iter(names), []
    for one in wanted:
        if not any(name.startswith(one) or one in name for name in rest):
            missing.append(one)
            rest = iter(names)
    return missing


@pytest.mark.parametrize("tab", PAGES)
def test_the_tab_key_comes_to_everything_in_order_and_is_seen(page: Page, tab: str) -> None:
    if tab == "Ask":
        page.example("pipes")
        page.ask("What is the maximum flow from spring to town?")
    open_tab(page, tab)
    if tab == "Evaluate":
        page.until(lambda: page.all("#kb-results button"), "the results")
    if tab in ("Grow", "Explore"):
        where = "#kb-growing" if tab == "Grow" else "#kb-explorer"
        page.until(lambda: page.drawn("node", where), "the drawing")
    stops = page.tabs()
    assert [stop["html"] for stop in stops if not stop["name"]] == []
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    names = [stop["name"] for stop in stops]
    assert names[: len(FIRST)] == FIRST
    assert in_order(PAGES[tab], names[len(FIRST) :]) == [], names


def test_a_question_is_asked_checked_and_drawn_by_the_keyboard_alone(page: Page) -> None:
    def press(keys: str) -> None:
        ActionChains(page.driver).send_keys(keys).perform()

    def go_to(text: str) -> None:
        for _ in range(60):
            press(TAB)
            if text in page.run("return document.activeElement.innerText || document.activeElement.id || ''"):
                return
        raise AssertionError(f"the Tab key never comes to {text}")

    page.until(lambda: page.run("return document.activeElement.matches('#kb-question textarea')"), "the focus")
    press("Ann-Bob, Bob-Eve. What is the shortest path from Ann to Eve?" + ENTER)
    page.until(lambda: page.texts(".turn .certificate"), "the answer")
    page.until(lambda: page.all("#kb-ask")[0].is_enabled(), "the end")
    page.run("document.querySelector('.kb-log').focus()")
    go_to("Check it")
    press(ENTER)
    page.until(lambda: "accepted" in " ".join(page.texts(".verdict")), "the verdict")
    page.until(lambda: page.run("return document.activeElement.innerText") == "Check it again", "the focus stays")


def test_screen_readers_hear_each_step_once_and_then_the_answer(page: Page) -> None:
    page.example("friends")
    page.run("""window.heard = []; const said = document.querySelector('.kb-said');
      new MutationObserver(() => window.heard.push(said.textContent)).observe(said, {childList: true});""")
    page.send("patiently: what is it all about?")
    page.until(lambda: page.texts(".turn .work"), "work")
    page.until(lambda: page.run("return window.heard.length"), "words on the work")
    page.until(lambda: page.all("#kb-stop")[0].is_enabled(), "the button Stop")
    page.click("#kb-stop")
    page.until(lambda: page.run("return window.heard.some((text) => text.startsWith('Answer'))"), "the answer")
    heard = page.run("return window.heard")
    assert heard[-2:] == ["Working (last: Read the graph and the question)", "Answer: No answer: stopped."]
    assert heard[:-2] in ([], ["Working"])
    log = page.run("const e = document.querySelector('.kb-log'); return [e.role, e.ariaLive, e.ariaBusy]")
    assert log == ["log", "off", "false"]
    assert page.run("return document.querySelector('.kb-said').getAttribute('role')") == "status"


def test_nothing_moves_where_motion_is_not_wanted(page: Page) -> None:
    page.colours("light", still=True)
    page.driver.get(page.address)
    page.until(lambda: page.texts(".welcome h2, .turn"), "the page")
    page.example("friends")
    page.send("patiently: what is it all about?")
    page.until(lambda: page.all(".spin"), "work")
    moving = page.run("""return [...document.querySelectorAll('.gradio-container *')].filter((e) => {
      const style = getComputedStyle(e);
      return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0; }).map((e) => e.className)""")
    assert moving == []
    page.until(lambda: page.all("#kb-stop")[0].is_enabled(), "the button Stop")
    page.click("#kb-stop")
    page.until(lambda: page.texts(".turn .answer"), "the end")


def test_the_narrowest_phone_needs_no_sideways_scrolling(page: Page, upload: Path) -> None:
    file = upload / f"{'x' * 120}.csv"
    file.write_text(f'source,target\n{"L" * 5_000},b\n"{"word " * 900}",b\nb,\u05e9\u05dc\u05d5\u05dd\n')
    page.width(320)
    page.driver.get(page.address)
    page.until(lambda: page.all(".welcome"), "the page")
    page.upload(file)
    page.until(lambda: len(page.drawn("node", "#kb-graph")) == 4, "the graph")
    page.ask("What are the neighbours of b?")
    page.tap("L" * 79 + "\u2026", "#kb-graph")
    page.click(".trace > summary")
    for tab in FIRST[1:]:
        open_tab(page, tab)
        page.until(lambda: page.run("return document.documentElement.scrollWidth") <= 320, f"{tab} within 320 pixels")
