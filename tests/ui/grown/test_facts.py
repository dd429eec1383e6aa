"""Facts with evidence, ways between entities, merges; all as text that is escaped."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphs.store import Store
from tests.ui.grown.conftest import EVIL
from ui.grown.facts import entity_html, entity_of, found_html, merges_html, newest_html, paths, paths_html
from ui.grown.taking import FORMS, taken_away


def test_an_entity_tells_its_facts_with_what_they_rest_on(grown: Path) -> None:
    with Store.open(grown, readonly=True) as store:
        silk = entity_of(store, "silk")
        assert silk is not None
        said = entity_html(store, silk)
    assert "The silk is made of protein" in said
    assert "web.txt, characters 0 to 27" in said
    assert "Also written: spider silk" in said
    assert "grounded" in said


def test_nothing_of_the_graph_becomes_markup(grown: Path) -> None:
    with Store.open(grown, readonly=True) as store:
        entity = entity_of(store, EVIL)
        assert entity is not None
        pages = [newest_html(store), entity_html(store, entity), found_html(store, EVIL), found_html(store, "<b>x</b>")]
        pages.append(paths_html(store, store.find("silk")[0], entity))
    for page in pages:
        assert "<img" not in page
        assert "<b>enables" not in page
        assert "<b>x" not in page
    assert "&lt;img" in pages[0]


def test_ways_between_two_entities_ignore_direction_but_show_it(grown: Path) -> None:
    with Store.open(grown, readonly=True) as store:
        silk, fold, alone = (store.find(name)[0] for name in ("silk", "fold", "alone"))
        found, length = paths(store, silk.id, fold.id)
        assert (len(found), length) == (1, 1)  # the merged entity brought its fact along
        assert [fact.verb for fact in found[0][0]] == ["inspires"]
        assert "No facts connect them" in paths_html(store, silk, alone)
        assert "two different" in paths_html(store, silk, silk)
        assert "silk – fold" in paths_html(store, silk, fold)


def test_merges_can_be_undone_unless_the_graph_grows(grown: Path) -> None:
    with Store.open(grown) as store:
        said = merges_html(store)
        assert "spider silk" in said
        assert "the same thing" in said
        assert "disabled" not in said
        assert "disabled" in merges_html(store, locked=True)
        store.undo_merge(store.merges()[0].event)
        assert "No two entities" in merges_html(store)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "report"])
def test_it_is_taken_away_in_many_forms(grown: Path, form: str) -> None:
    file = taken_away(grown, form)
    assert file["name"].startswith("silk.")
    assert "protein" in file["text"]
    assert str(grown) not in file["text"]


def test_the_report_needs_nothing_else(grown: Path) -> None:
    file = taken_away(grown, "report")
    assert file["name"] == "silk.report.html" or file["name"] == "silk.html"
    assert file["text"].startswith("<!doctype html>")
    assert "<img src=x" not in file["text"]
