"""The page Ask in a real browser, from the first look to the phone."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from tests.ui.browser.driving import Page

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")
pytest.importorskip("selenium", reason="needs selenium")

EVIL = "<img src=x onerror=window.pwned=1>"


def test_a_shipped_example_is_asked_drawn_and_checked(page: Page) -> None:
    page.example("friends")
    answer = page.ask("What is the shortest path from Ann to Iris?")
    assert "Ann,Cara,Eve,Gina,Iris" in answer
    assert "proven" in answer
    page.until(lambda: len(page.drawn("edge.on")) == 4, "the path on the drawing")
    assert {node["name"] for node in page.drawn("node.end")} == {"Ann", "Iris"}
    assert "Drawn: the path Ann, Cara, Eve, Gina, Iris." in page.texts(".kb-says")
    page.click(".trace > summary")
    page.click(".steps summary", "Choose tools")
    page.click("button[data-act=check]")
    page.until(lambda: page.texts(".verdict"), "the verdict")
    assert "Checked again: accepted" in page.texts(".verdict")[0]
    assert page.run("return document.querySelector('.trace').open")  # what was unfolded stays so
    bad, asked = page.log()
    assert bad == []
    assert {url for url in asked if not url.startswith((page.address, "data:", "blob:"))} == set()


def test_a_follow_up_goes_on_and_an_older_answer_is_drawn_again(page: Page) -> None:
    page.example("pipes")
    assert "23" in page.ask("What is the maximum flow from spring to town?")
    page.until(lambda: len(page.drawn("edge.cut")) == 3, "the cut")
    assert "the source's side" in " ".join(page.texts("#kb-graph .kb-listing td"))  # the drawing in words
    assert "is 4" in page.ask("and without mill?")
    page.until(lambda: len(page.drawn("edge.cut")) == 1, "the other cut")
    page.click("button[data-act=draw]", "Draw this answer")
    page.until(lambda: len(page.drawn("edge.cut")) == 3, "the first cut again")


def test_files_are_taken_and_broken_ones_refused(page: Page, upload: Path) -> None:
    good, broken, large = upload / "my_trips.csv", upload / "broken.graphml", upload / "large.csv"
    good.write_text("from,to,km\nx,y,3\ny,z,4\n")
    broken.write_text("<graphml><graph>")
    large.write_text("a,b\n" * 100_000)
    page.upload(good)
    page.until(lambda: page.texts(".kb-name") == ["my_trips.csv"], "the file")
    assert "7" in page.ask("What is the length of the shortest path from x to z?")
    page.upload(broken)
    page.until(lambda: "broken.graphml could not be read" in page.texts(".kb-trouble")[0], "the refusal")
    assert len(page.drawn("node")) == 3
    page.upload(large)
    page.until(lambda: "exceed" in page.run("return document.body.innerText"), "the limit")


def test_a_long_question_is_stopped(page: Page) -> None:
    page.example("friends")
    page.send("patiently: what is it all about?")
    page.until(lambda: page.texts(".turn .work"), "work")
    assert "Working" in page.texts(".turn .work")[0]
    assert "Read the graph and the question" in page.texts(".turn .steps")[0]
    page.until(lambda: page.all("#kb-stop")[0].is_enabled(), "the button Stop")
    page.click("#kb-stop")
    page.until(lambda: page.texts(".turn .answer") == ["No answer: stopped."], "the end")
    assert "9" in page.ask("How many nodes are there?")


def test_labels_names_and_questions_are_never_markup(page: Page, upload: Path) -> None:
    file = upload / f"{EVIL}.csv"
    file.write_text(f'source,target\n{EVIL},"</script><script>window.pwned=1</script>"\n"{{{{x}}}}${{1}}",{EVIL}\n')
    page.upload(file)
    page.until(lambda: len(page.drawn("node")) == 3, "the graph")
    assert {node["name"] for node in page.drawn("node")} >= {EVIL, "{{x}}${1}"}
    answer = page.ask(f"What are the neighbours of {EVIL}?")
    assert "<script>" in answer
    page.ask(f"{EVIL} {{{{constructor}}}} ${{window.pwned=1}}")
    page.click(".trace > summary")
    page.run(
        "const node = document.querySelector('.kb-canvas').konigsberg.nodes()[0];"
        "node.emit({type: 'mouseover', renderedPosition: {x: 9, y: 9}}); node.emit('tap')"
    )
    page.until(lambda: EVIL in page.texts(".kb-chosen")[0], "the chosen node")
    assert page.run("return window.pwned") is None
    assert page.run("return document.querySelectorAll('#kb-talk img, #kb-graph img').length") == 0


def test_nodes_are_searched_chosen_and_asked_about(page: Page) -> None:
    page.example("karate")
    search = page.all(".kb-search")[0]
    search.send_keys("33\n")
    page.until(lambda: [node["name"] for node in page.drawn("node.picked")] == ["33"], "the node")
    page.click(".kb-chosen button", "degree of 33")
    page.until(lambda: page.texts(".turn .answer"), "the answer")
    assert "17" in page.texts(".turn .answer")[0]


def test_a_large_graph_comes_as_an_overview_and_soon(page: Page, upload: Path) -> None:
    file = upload / "large.csv"
    edges = nx.barabasi_albert_graph(2_000, 2, seed=3).edges()
    file.write_text("a,b\n" + "\n".join(f"n{u},n{v}" for u, v in edges))
    page.upload(file)
    page.until(lambda: "overview" in page.texts(".kb-note")[0], "the overview")
    assert 1 < len(page.drawn("node")) < 200
    page.ask("What is the shortest path from n1999 to n1500?")
    page.until(lambda: "part around" in page.texts(".kb-note")[0], "the surroundings")
    assert page.drawn("edge.on")


def test_a_reload_goes_on_and_a_link_gives_a_copy(page: Page) -> None:
    page.example("friends")
    page.ask("How many nodes are there?")
    page.driver.get(page.address)
    page.until(lambda: len(page.texts(".turn")) == 1, "the conversation after a reload")
    assert "12" in page.ask("and how many edges?")
    page.click("#kb-more button")
    page.click("#kb-more button", "Copy a link")
    field = page.until(lambda: page.all("#kb-link textarea, #kb-link input"), "the field")[0]
    link = page.until(lambda: field.get_attribute("value"), "its address")
    assert "copy=" in link
    page.run("sessionStorage.clear()")
    page.driver.get(link)
    page.until(lambda: len(page.texts(".turn")) == 2, "the copy")


def test_it_is_saved_as_files(page: Page) -> None:
    page.example("friends")
    page.ask("How many nodes are there?")
    page.run(
        "window.saved = []; HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };"
    )
    page.click("#kb-more button")
    for kind in ("markdown", "json", "notebook"):
        page.click("#kb-more button", f"Save as {kind}")
        suffix = {"markdown": "md", "json": "json", "notebook": "ipynb"}[kind]
        page.until(lambda end=suffix: f"konigsberg-conversation.{end}" in page.run("return window.saved"), kind)


def test_dark_and_light(page: Page) -> None:
    page.colours("dark")
    page.driver.get(page.address)
    page.until(lambda: page.all(".kb-log"), "the page")
    dark = "return getComputedStyle(document.querySelector('.kb-log')).backgroundColor"
    page.until(lambda: page.run(dark) == "rgb(23, 29, 36)", "dark colours")
    page.click(".kb-theme")
    page.until(lambda: page.run(dark) == "rgb(255, 255, 255)", "light colours")


def test_a_phone_is_wide_enough(page: Page) -> None:
    page.width(390)
    page.driver.get(page.address)
    page.until(lambda: page.all(".welcome, .turn"), "the page")
    page.example("roads")
    page.ask("What is the shortest path from Hamburg to München?")
    assert page.run("return document.documentElement.scrollWidth") <= 390
    small = page.run(
        "return [...document.querySelectorAll('button')]"
        ".filter(b => b.offsetParent && b.tabIndex >= 0 && b.offsetHeight < 24)"
        ".map(b => b.outerHTML.slice(0, 80))"
    )
    assert small == []


def test_everything_has_a_name_and_the_keyboard_reaches_it(page: Page) -> None:
    page.example("friends")
    nameless = page.run("""return [...document.querySelectorAll('button, input, textarea, select, [role=application]')]
      .filter(e => e.offsetParent && !(e.getAttribute('aria-label') || e.textContent.trim() || e.title ||
        (e.labels && e.labels.length) || e.getAttribute('aria-labelledby') || e.placeholder))
      .map(e => e.outerHTML.slice(0, 200))""")
    assert nameless == []
    before = page.run("return {...document.querySelector('.kb-canvas').konigsberg.pan()}")
    page.all(".kb-canvas")[0].send_keys("\ue014")  # the right arrow
    assert page.run("return {...document.querySelector('.kb-canvas').konigsberg.pan()}") != before
    page.send("How many nodes are there?")
    page.until(lambda: "Answer:" in page.texts(".kb-said")[0], "the answer, said to screen readers")


def test_the_models_page_tests_the_embedded_model(page: Page) -> None:
    page.click("button[role=tab]", "Models")
    page.click("button[data-spec=embedded]")
    page.until(lambda: "works" in " ".join(page.texts("#kb-models section:first-child")), "a verdict")
