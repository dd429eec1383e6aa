"""What the pages do with what a person does, called as gradio would, without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import networkx as nx
import pytest

from graphs.graph import Graph
from ui.talk.desk import Desk
from ui.talk.talk import Source, Talk

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")

from ui.pages.ask import Handlers, uploads  # noqa: E402
from ui.pages.models import rendered as models_html  # noqa: E402


@pytest.fixture
def handlers() -> Iterator[Handlers]:
    desk = Desk(("none", "embedded"), max_bytes=100_000)
    yield Handlers(desk)
    desk.close()


def opened(handlers: Handlers, name: str = "", user: str | None = None, **query: str) -> tuple[Talk, Any, Any]:
    request: Any = SimpleNamespace(username=user, query_params=query)
    return handlers.load(name, request)


def event(**data: Any) -> Any:
    return SimpleNamespace(_data=data)


def test_a_page_opens_with_examples_and_goes_on_after_a_reload(handlers: Handlers) -> None:
    talk, log, panel = opened(handlers)
    assert log["turns"][0]["key"] == "welcome"
    assert panel["examples"]
    assert panel["scene"]["nodes"] == []
    assert opened(handlers, talk.name)[0] is talk
    assert opened(handlers, talk.name, user="eve")[0] is not talk
    assert log["notice"] == ""
    assert "not on this server any more" in opened(handlers, "of a server that is gone")[1]["notice"]


def test_asking_shows_steps_then_the_answer_then_the_drawing(handlers: Handlers) -> None:
    talk, _, _ = opened(handlers)
    handlers.example(talk, "friends")
    states = list(handlers.ask(talk, "What is the shortest path from Ann to Iris?", "none"))
    assert states[0][1]["busy"]
    assert states[0][3] == ""  # the question left its box
    assert not any(isinstance(state[3], str) for state in states[1:])  # what is written meanwhile stays
    assert states[0][5]["interactive"]  # stop
    assert not states[-2][1]["busy"]
    scene = states[-1][2]["scene"]
    assert [edge[2] for edge in scene["edges"]].count("on") == 4
    json.dumps(states[-1][2], allow_nan=False)


@pytest.mark.parametrize(("question", "said"), [("", "no question"), ("x" * 300_000, "over the limit")])
def test_what_cannot_be_asked_is_said(handlers: Handlers, question: str, said: str) -> None:
    talk, _, _ = opened(handlers)
    (state,) = handlers.ask(talk, question, "none")
    assert said in state[1]["notice"]


def test_buttons_check_draw_and_ask(handlers: Handlers) -> None:
    talk, _, _ = opened(handlers)
    handlers.example(talk, "pipes")
    list(handlers.act(talk, "none", event(act="ask", text="What is the maximum flow from spring to town?")))
    list(handlers.act(talk, "none", event(act="ask", text="How many nodes are there?")))
    (checked,) = handlers.act(talk, "none", event(act="check", turn="1"))
    assert "Checked again: accepted" in checked[1]["turns"][0]["html"]
    (drawn,) = handlers.act(talk, "none", event(act="draw", turn="1"))
    assert "cut" in {edge[2] for edge in drawn[2]["scene"]["edges"]}
    (chosen,) = handlers.act(talk, "none", event(act="example", name="roads"))
    assert chosen[2]["name"] == "roads"


@pytest.mark.parametrize(
    "data", [{}, {"act": "nonsense"}, {"act": "check", "turn": "x"}, {"act": "check", "turn": "99"}, {"act": "draw"},
             {"act": "example", "name": "../../etc/passwd"}, {"act": "view", "view": "<b>"},
             {"act": "find", "text": "nobody"}],
)  # fmt: skip
def test_what_a_browser_may_send_does_no_harm(handlers: Handlers, data: dict[str, Any]) -> None:
    talk, _, _ = opened(handlers)
    assert len(list(handlers.act(talk, "none", event(**data)))) == 1
    handlers.example(talk, "friends")
    list(handlers.act(talk, "none", event(**data)))


def test_a_large_graph_is_searched_on_the_server(handlers: Handlers) -> None:
    talk, _, _ = opened(handlers)
    talk.take(Source("file", "large"), Graph(nx.barabasi_albert_graph(1_500, 2, seed=1)))
    assert handlers.panel(talk)["scene"]["view"] == "overview"
    (found,) = handlers.act(talk, "none", event(act="find", text="1499"))
    assert found[2]["scene"]["view"] == "near"
    (back,) = handlers.act(talk, "none", event(act="view", view="overview"))
    assert back[2]["scene"]["view"] == "overview"


def test_files_are_taken_or_refused_beside_the_drawing(
    handlers: Handlers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    assert uploads() == tmp_path
    talk, _, _ = opened(handlers)
    good = tmp_path / "a.csv"
    good.write_text("x,y\na,b\n")
    assert handlers.file(talk, str(good), "directed")[2]["scene"]["directed"]
    bad = tmp_path / "b.graphml"
    bad.write_text("<graphml>")
    panel = handlers.file(talk, str(bad), "as it says")[2]
    assert "b.graphml could not be read" in panel["trouble"]
    assert panel["scene"]["nodes"]  # the graph from before
    assert "no file that was uploaded" in handlers.file(talk, "/etc/passwd", "")[2]["trouble"]
    assert "no file that was uploaded" in handlers.file(talk, None, "")[2]["trouble"]
    assert handlers.text(talk, "a-b")[2]["trouble"] == ""
    assert "says itself" in handlers.direction(talk, "directed")[2]["trouble"]


def test_a_conversation_is_saved_copied_and_begun_anew(handlers: Handlers) -> None:
    talk, _, _ = opened(handlers)
    assert "nothing to save" in handlers.saver("json")(talk)["notice"]
    handlers.example(talk, "friends")
    list(handlers.ask(talk, "How many nodes are there?", ""))
    file = handlers.saver("notebook")(talk)["download"]
    assert file["name"].endswith(".ipynb")
    assert handlers.saver("notebook")(talk)["download"]["id"] != file["id"]
    copy, log, _ = opened(handlers, copy=talk.link)
    assert copy is not talk
    assert log["turns"][0]["key"] == "1"
    assert opened(handlers, copy="no such link")[1]["turns"][0]["key"] == "welcome"
    request: Any = SimpleNamespace(username=None, query_params={})
    assert handlers.new(request)[0].turns == []


def test_stop_sets_the_flag(handlers: Handlers) -> None:
    talk, _, _ = opened(handlers)
    handlers.stop(talk)
    assert talk.cancel.is_set()


def test_the_models_page_tells_what_works() -> None:
    from ui.model_status import Trial, try_model

    evil = "<script>alert(1)</script>"
    trials = {"embedded": None, "none": Trial("none", False, "", evil)}
    page = models_html(("embedded", "none", f"openai:{evil}"), trials)
    assert "<script>" not in page
    assert "asking" in page
    assert "does not work" in page
    tried = try_model("embedded")
    assert tried.works
    assert tried.said
    assert try_model("none").works
    missing = try_model("gguf:/nowhere/at-all.gguf")
    assert not missing.works
    assert missing.said


def test_a_double_click_asks_once_and_another_question_twice(handlers: Handlers) -> None:
    talk, _, _ = opened(handlers)
    handlers.example(talk, "friends")
    first = handlers.ask(talk, "How many nodes are there?", "none")
    next(first)
    (state,) = handlers.ask(talk, "How many nodes are there? ", "none")  # while the first is under way
    assert state[1]["notice"] == ""
    list(first)
    list(handlers.ask(talk, "How many nodes are there?", "none"))  # queued behind it
    assert len(talk.turns) == 1
    list(handlers.ask(talk, "How many edges are there?", "none"))
    talk.turns[-1].began -= 60
    list(handlers.ask(talk, "How many edges are there?", "none"))
    assert len(talk.turns) == 3


def test_stopping_is_said_until_it_has_stopped(handlers: Handlers) -> None:
    talk, _, _ = opened(handlers)
    handlers.example(talk, "friends")
    states = []
    for state in handlers.ask(talk, "How many nodes are there?", "none"):
        handlers.stop(talk)
        states.append(state)
    assert not any(state[5].get("interactive") for state in states[1:-1])
    assert states[-2][5]["value"] == "Stop"
