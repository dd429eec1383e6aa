"""The pages Grow, Explore and Evaluate, their handlers called as gradio would, without a browser."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.agents.growing.recording import random_reply, record
from tests.ui.grown.conftest import EVIL, plant

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")

from ui.pages import evaluate, explore  # noqa: E402
from ui.pages.ask import Handlers as Asking  # noqa: E402
from ui.pages.grow_handlers import Handlers, Watch  # noqa: E402
from ui.pages.grown_facts import Facts  # noqa: E402
from ui.talk.desk import Desk  # noqa: E402

REQUEST: Any = SimpleNamespace(username=None, query_params={})
PROGRESS, PANEL, FACTS, GRAPHS = 1, 2, 3, 5


def event(**data: Any) -> Any:
    return SimpleNamespace(_data=data)


def until(holds: Callable[[], Any]) -> Any:
    end = time.monotonic() + 90
    while not (found := holds()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return record(tmp_path / "replies.jsonl", [random_reply(n) for n in range(8)])


@pytest.fixture
def desk(tmp_path: Path, spec: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("KONIGSBERG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    (tmp_path / "uploads").mkdir()
    made = Desk(("none", spec), max_bytes=100_000, results=tmp_path / "results")
    yield made
    made.close()


def test_a_graph_grows_is_drawn_asked_and_taken(desk: Desk, spec: str) -> None:
    handlers = Handlers(desk)
    watch = handlers.load("", REQUEST)[0]
    assert watch.name == ""
    shown = handlers.grow(watch, "What is silk?", None, spec, 3, False)
    watch = shown[0]
    assert watch.name == "what-is-silk"
    until(lambda: not desk.growths.of(watch.folder).running)  # type: ignore[union-attr]
    shown = handlers.tick(watch)
    assert "3 of 3 steps" in shown[PROGRESS]["html"]
    assert len(shown[PANEL]["scene"]["nodes"]) > 5
    json.dumps(shown[PANEL], allow_nan=False)
    assert "hypothesis" in shown[FACTS]["html"]
    until(lambda: desk.figures.of(watch.folder).over)  # type: ignore[union-attr]
    assert "Erdős–Rényi" in handlers.tick(watch)[4]["html"]
    assert "graphml" in handlers.taker("graphml")(watch)["download"]["name"]
    asking = Asking(desk)
    talk = asking.load("", REQUEST)[0]
    taken = handlers.ask(talk, watch, " How many entities are there? ")
    assert taken[2] == "How many entities are there?"
    states = list(asking.ask_if_any(talk, taken[2], "none"))
    assert "proven" in states[-2][1]["turns"][0]["html"]
    assert list(asking.ask_if_any(talk, "  ", "none")) == []
    again = Handlers(desk).load("", REQUEST)  # a reload finds it again
    assert again[0].name == watch.name
    handlers.resume(again[0], 2)
    until(lambda: not desk.growths.of(watch.folder).running)  # type: ignore[union-attr]
    assert "5 of 5 steps" in handlers.tick(watch)[PROGRESS]["html"]


def test_documents_of_others_and_bad_models_are_refused(desk: Desk, spec: str, tmp_path: Path) -> None:
    handlers = Handlers(desk)
    watch = handlers.load("", REQUEST)[0]
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    assert "no file that was uploaded" in handlers.grow(watch, "", [str(outside)], spec, 3, False)[PROGRESS]["notice"]
    assert outside.exists()
    assert "needs one" in handlers.grow(watch, "What?", None, "gguf:/etc/passwd", 3, False)[PROGRESS]["notice"]
    assert "nothing to begin with" in handlers.grow(watch, " ", None, spec, 3, False)[PROGRESS]["notice"]


def test_nothing_is_shown_of_other_peoples_rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONIGSBERG_DATA_DIR", str(tmp_path))
    desk = Desk(("none",), alone=False)
    ann = explore.Handlers(desk).load("a" * 40, REQUEST)[0]
    plant(ann.room / "secret")
    bob = explore.Handlers(desk).load("b" * 40, REQUEST)
    assert bob[1]["choices"] == []
    assert "no grown graph" in str(explore.Handlers(desk).choose(bob[0], "secret"))
    assert "no grown graph" in str(explore.Handlers(desk).choose(bob[0], f"../{ann.room.name}/secret"))
    assert explore.Handlers(desk).load("a" * 40, REQUEST)[0].name == "secret"
    desk.close()


def test_the_past_is_explored_and_ways_are_shown(desk: Desk) -> None:
    plant(desk.rooms.of("") / "silk")
    handlers = explore.Handlers(desk)
    look = handlers.load("", REQUEST)[0]
    assert look.name == "silk"
    past = handlers.past(look, 1)
    assert {node[0] for node in past[4]["scene"]["nodes"]} == {"silk", "protein"}
    assert "After step 1 of 4" in past[3]["html"]
    now = handlers.past(look, 4)
    assert EVIL in {node[0] for node in now[4]["scene"]["nodes"]}
    assert handlers.paint(look, "type")[4]["scene"]["legend"]
    one = handlers.act(look, event(act="pick", names=["silk"]))[1]["html"]
    assert "is made of protein" in one
    two = handlers.act(look, event(act="pick", names=["silk", "fold"]))[1]["html"]
    assert "From silk to fold" in two
    assert "No entity" in handlers.act(look, event(act="find", text="nobody"))[0]["trouble"]


@pytest.mark.parametrize(
    "data",
    [{}, {"act": "pick", "names": [["x"], {}]}, {"act": "pick", "names": ["silk", "silk", "x"]}, {"act": "view"},
     {"act": "view", "view": "<b>"}, {"act": "pick"}, {"act": "find"}],
)  # fmt: skip
def test_what_a_browser_may_send_does_no_harm(desk: Desk, data: dict[str, Any]) -> None:
    plant(desk.rooms.of("") / "silk")
    look = explore.Handlers(desk).load("", REQUEST)[0]
    assert len(explore.Handlers(desk).act(look, event(**data))) == 2
    watch = Watch(look.room, "silk")
    assert len(Handlers(desk).act(watch, event(**data))) == 2


def test_a_graph_that_is_deleted_under_the_page_is_told(desk: Desk, spec: str) -> None:
    folder = plant(desk.rooms.of("") / "doomed")
    exploring, growing = explore.Handlers(desk), Handlers(desk)
    look, watch = exploring.load("", REQUEST)[0], growing.load("", REQUEST)[0]
    facts = object.__new__(Facts)
    facts.desk = desk
    shutil.rmtree(folder)
    said = [
        exploring.act(look, event(act="pick", names=["silk"]))[1],
        exploring.act(look, event(act="find", text="silk"))[0],
        exploring.act(look, event(act="view", view="overview"))[0], exploring.redraw(look), exploring.past(look, 2)[4],
        exploring.paint(look, "type")[4], exploring.choose(look, "doomed")[3], facts.look_for(look, "silk"),
        facts.look_for(look, " "), facts.act(look, event(act="undo", merge="1")),
        facts.act(look, event(act="entity", entity="1")), facts.act(look, event(act="all")),
        growing.act(watch, event(act="pick", names=["silk"]))[0], growing.act(watch, event(act="find", text="silk"))[0],
        growing.resume(watch, 3)[PROGRESS], growing.measure(watch)[PROGRESS], growing.taker("json")(watch),
        growing.ask(Asking(desk).load("", REQUEST)[0], watch, "How many?")[4],
    ]  # fmt: skip
    for one in said:
        words = one.get("trouble") or one.get("notice") or ""
        assert "not here any more" in words or "no grown graph called" in words or "no knowledge graph" in words, one
        assert str(desk.rooms.of("")) not in words
    growing.tick(watch)
    assert exploring.again(look, "", REQUEST)[0].name == ""


def test_a_merge_is_undone_from_the_list(desk: Desk) -> None:
    plant(desk.rooms.of("") / "silk")
    watch = Watch(desk.rooms.of(""), "silk")
    facts = object.__new__(Facts)
    facts.desk = desk
    listed = Facts.shown(watch.folder)["html"]
    assert "1 merges" in listed or "1 merge" in listed
    merge = listed.split('data-merge="')[1].split('"')[0]
    done = facts.act(watch, event(act="undo", merge=merge))
    assert "Undone in step 5" in done["notice"]
    assert "data-merge" not in done["html"]
    for bad in ({"act": "undo", "merge": merge}, {"act": "undo", "merge": "x"}, {"act": "entity", "entity": "999"}):
        assert facts.act(watch, event(**bad))["notice"]
    assert "found" in facts.look_for(watch, "silk")["html"]
    assert facts.look_for(watch, " ")["html"]


def test_results_are_listed_opened_and_compared(desk: Desk, tmp_path: Path) -> None:
    from evals.run import main

    handlers = evaluate.Handlers(desk)
    assert "No results yet" in handlers.load()[2]["html"]
    for name in ("one", "two"):
        assert main(["search", "--limit", "6", "--out", str(tmp_path / "results" / name)]) == 0
    assert "2 runs" in handlers.load()[2]["html"]
    first = handlers.act(event(act="run", run="one"))
    assert "6 items" in first[2]["html"]
    assert "0 became right" in handlers.choose("one", "two")[0]["html"]
    assert "no run called" in handlers.choose("../one", "")[0]["notice"]
    shown = handlers.act(event(act="item", run="one", item="nothing"))[3]["html"]
    assert "no such item" in shown
    assert "no run called" in handlers.act(event(act="item", run="?", item="x"))[3]["html"]
    assert len(handlers.act(event())) == 4
