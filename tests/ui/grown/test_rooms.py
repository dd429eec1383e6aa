"""Whose graphs are whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphs.errors import BadArgument
from tests.ui.grown.conftest import plant
from ui.grown.rooms import Rooms

KEY, OTHER = "k" * 30, "o" * 30


def test_a_machine_alone_has_the_room_of_the_command_line(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, alone=True)
    assert rooms.of(KEY) == rooms.of("") == tmp_path / "grown"


def test_users_and_browsers_have_rooms_of_their_own(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, alone=False)
    places = [rooms.of(KEY), rooms.of(OTHER), rooms.of(KEY, "ann"), rooms.of(KEY, "bob"), rooms.of("user:ann" * 3)]
    assert len(set(places)) == 5
    assert rooms.of(OTHER, "ann") == rooms.of(KEY, "ann")
    assert rooms.of(KEY) == rooms.of(KEY)
    assert Rooms(tmp_path, alone=True).of("", "ann") == rooms.of("", "ann")
    assert all(place.parent == tmp_path / "ui-grown" for place in places)


def test_a_key_that_could_be_guessed_opens_an_empty_room(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, alone=False)
    assert rooms.of("a") != rooms.of("a")


@pytest.mark.parametrize("name", ["", ".", "..", "../grown/silk", "/etc", "silk/../silk", "nobody", "a\0b", "silk\n"])
def test_names_lead_nowhere_else(tmp_path: Path, name: str) -> None:
    room = tmp_path / "grown"
    plant(room / "silk")
    assert Rooms.folder(room, "silk") == room / "silk"
    with pytest.raises(BadArgument, match="no grown graph"):
        Rooms.folder(room, name)


def test_graphs_are_listed_with_what_they_hold_and_broken_ones_too(tmp_path: Path) -> None:
    plant(tmp_path / "silk")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "store.sqlite").write_text("nonsense" * 500)
    (tmp_path / "other").mkdir()
    found = {one.name: one for one in Rooms.graphs(tmp_path)}
    assert set(found) == {"silk", "broken"}
    assert found["silk"].about == "silk: 5 entities, 4 facts, 4 steps"
    assert "cannot be read" in found["broken"].about
    assert Rooms.graphs(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    ("words", "name"),
    [("What makes silk tough?", "what-makes-silk-tough"), ("../../etc", "etc"), ("…", "graph"), ("Äh ß" * 40, None)],
)
def test_a_new_graph_is_named_after_its_question(tmp_path: Path, words: str, name: str | None) -> None:
    folder = Rooms.fresh(tmp_path, words)
    assert folder.parent == tmp_path
    assert len(folder.name) <= 60
    assert name is None or folder.name == name
    folder.mkdir()
    assert Rooms.fresh(tmp_path, words).name == f"{folder.name}-2"
