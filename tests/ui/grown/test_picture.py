"""The drawing of a grown graph, now and in its past."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphs.store import Store
from graphs.store.errors import NotInStore
from ui.grown.picture import COLOURS, moment, picture, title


def names(scene: dict[str, list[list[object]]]) -> set[object]:
    return {node[0] for node in scene["nodes"]}


def test_the_past_is_as_it_was(grown: Path) -> None:
    assert names(picture(moment(grown, 1))) == {"silk", "protein"}
    before, now = moment(grown, 3), moment(grown)
    assert "spider silk" in names(picture(before))  # not merged yet
    assert "spider silk" not in names(picture(now))
    assert title(before) == {"when": "after step 3 of 4", "about": "What is spider silk?"}
    assert "the last" in title(now)["when"]
    assert moment(grown, 1) is moment(grown, 1)
    with pytest.raises(NotInStore):
        moment(grown, 99)


def test_a_new_step_is_seen(grown: Path) -> None:
    before = moment(grown)
    with Store.open(grown) as store, store.step("edit", about="more") as step:
        step.add_entity("spinneret")
    fresh = moment(grown)
    assert fresh.last == before.last + 1
    scene = picture(fresh, "community", fresh=True)
    assert [node[3] for node in scene["nodes"] if node[0] == "spinneret"] == ["on"]
    assert scene["legend"][0] == ["on", "came in step 5 (1)"]


@pytest.mark.parametrize("colour", [*COLOURS, "", "nonsense"])
def test_colours(grown: Path, colour: str) -> None:
    scene = picture(moment(grown), colour)
    json.dumps(scene, allow_nan=False)
    groups = {node[4] for node in scene["nodes"]}
    assert (len(groups) > 1) == (colour in COLOURS)


def test_an_empty_graph_is_drawn_as_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new") as store, store.step("edit", about="begin"):
        pass
    for colour in COLOURS:
        assert picture(moment(tmp_path / "new"), colour)["nodes"] == []
