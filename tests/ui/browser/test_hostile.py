"""What impatient, forgetful and hostile people do to the page Ask in a real browser."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.ui.browser.driving import Page

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")
pytest.importorskip("selenium", reason="needs selenium")


def test_a_page_left_while_it_answered_says_so_and_goes_on(page: Page) -> None:
    page.example("friends")
    page.send("patiently: what is it all about?")
    page.until(lambda: page.texts(".turn .work"), "work")
    page.driver.get(page.address)
    page.until(lambda: "page was left" in " ".join(page.texts(".turn .failed, .turn .answer")), "why nothing came")
    assert "9" in page.ask("How many nodes are there?")


def test_an_impatient_finger_asks_once_and_writes_on_meanwhile(page: Page) -> None:
    page.example("friends")
    box = page.all("#kb-question textarea")[0]
    box.send_keys("How many nodes are there?")
    page.run("const ask = document.querySelector('#kb-ask'); for (let k = 0; k < 4; k++) ask.click();")
    page.until(lambda: page.texts(".turn .certificate"), "the answer")
    page.until(lambda: page.all("#kb-ask")[0].is_enabled(), "the end")
    assert len(page.texts(".turn")) == 1
    page.send("patiently: and what else?")
    page.until(lambda: page.texts(".turn .work"), "work")
    page.until(lambda: box.get_attribute("value") == "", "the empty box")
    box.send_keys("the next question")
    page.until(lambda: page.all("#kb-stop")[0].is_enabled(), "the button Stop")
    page.click("#kb-stop")
    page.until(lambda: "stopped" in page.texts(".turn:last-child .answer")[-1:][0], "the end")
    page.until(lambda: page.texts("#kb-stop")[0].strip() == "Stop", "the button as it was")
    assert box.get_attribute("value") == "the next question"
    assert len(page.texts(".turn")) == 2


def test_two_tabs_talk_about_graphs_of_their_own(page: Page) -> None:
    page.example("friends")
    first = page.driver.current_window_handle
    page.driver.switch_to.new_window("tab")
    try:
        page.driver.get(page.address)
        page.until(lambda: page.texts(".welcome h2"), "a new conversation")
        page.example("pipes")
        assert "6" in page.ask("How many nodes are there?")
    finally:
        page.driver.close()
        page.driver.switch_to.window(first)
    assert page.texts(".kb-name")[0] == "friends"
    assert "9" in page.ask("How many nodes are there?")
    assert len(page.texts(".turn")) == 1


def test_a_table_of_many_edges_stays_arrays_from_the_upload_to_the_drawing(page: Page, upload: Path) -> None:
    pytest.importorskip("numba", reason="the compact body needs the extra `large`")
    rng = random.Random(1)
    file = upload / "many.csv"
    rows = [f"v{rng.randrange(k + 1)},v{k + 1}" for k in range(8_000)] + [f"v{k},v{k + 7}" for k in range(2_000)]
    file.write_text("source,target\n" + "\n".join(rows))
    assert 100_000 < file.stat().st_size < 200_000
    page.upload(file)
    page.until(lambda: "overview" in page.texts(".kb-note")[0], "the overview")
    assert "on the compact body" in page.texts(".kb-about")[0]
    page.ask("What is the shortest path from v8000 to v7999?")
    page.until(lambda: "part around" in page.texts(".kb-note")[0], "the surroundings")
    assert page.drawn("edge.on")
    page.click("button[data-act=check]")
    page.until(lambda: "accepted" in " ".join(page.texts(".verdict")), "the verdict")
    assert "1." in page.ask("How many connected components are there?")
    page.click("#kb-paste button")
    page.click("#kb-paste label", "directed")
    page.until(lambda: "directed" in page.texts(".kb-about")[0], "the graph with directions")


def test_a_conversation_that_the_server_forgot_is_told(page: Page) -> None:
    page.run("sessionStorage.setItem('konigsberg-talk', 'of a server that was restarted')")
    page.driver.get(page.address)
    page.until(lambda: "not on this server any more" in page.texts(".kb-notice")[0], "the notice")
    page.driver.get(page.address)
    page.until(lambda: page.texts(".welcome h2"), "the new conversation")
    assert page.texts(".kb-notice")[0] == ""
