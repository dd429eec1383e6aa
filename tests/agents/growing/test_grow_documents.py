"""Growing from documents: a scripted endpoint plays the model."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agents import GraphGrower
from agents.backends.connections import close
from agents.growing.events import Committed, Growth, PassedOver, Proposed, Read
from agents.growing.state import STATE
from graphs.errors import BadArgument, GraphError
from graphs.store import Store
from tests.agents.faulty_server import Plan, Server, serving
from tests.agents.growing.recording import reply
from tests.agents.growing.test_grow import PLAIN, SEED, text_of

pytest.importorskip("langchain_openai", reason="needs the extra openai")
_SENTENCE = re.compile(r"\[(\d+)\] (\w+) (meets|knows|helps) (\w+) in")


@pytest.fixture(autouse=True)
def fresh_connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("KONIGSBERG_API_KEY", "OPENAI_API_KEY", "VLLM_API_KEY", "OPENAI_BASE_URL", "KONIGSBERG_PRICES"):
        monkeypatch.delenv(name, raising=False)
    yield
    close()


def reader(body: dict[str, Any]) -> str:
    """Reads the sentences "A meets B in …" of the last message as facts."""
    said = str(body["messages"][-1]["content"])
    facts = [
        {"source": a, "relation": verb, "target": b, "sentence": int(number)}
        for number, a, verb, b in _SENTENCE.findall(said)
    ]
    return json.dumps({"facts": facts})


def spec(server: Server) -> str:
    return f"openai:scripted@{server.url}"


def book(folder: Path, name: str = "book.txt", paragraphs: int = 3) -> Path:
    people = ["Ada", "Bert", "Clara", "Dora", "Emil"]
    lines = [
        " ".join(
            f"{people[(i + k) % 5]} {('meets', 'knows', 'helps')[k % 3]} {people[(i + 2 * k + 1) % 5]} in town {i} {k}."
            for k in range(30)
        )
        for i in range(paragraphs)
    ]
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def test_facts_of_a_document_are_grounded_in_its_spans(tmp_path: Path) -> None:
    path = book(tmp_path / "in")
    with serving(reply=reader) as server:
        events = list(GraphGrower(tmp_path / "g", spec(server)).stream(documents=[path], **PLAIN))
    growth = events[-1]
    assert isinstance(growth, Growth)
    assert growth.stopped.reason == "read"
    assert growth.grounded > 5
    read = next(event for event in events if isinstance(event, Read))
    assert (read.name, growth.totals.steps) == ("book.txt", read.pieces)
    assert growth.totals.calls <= 4 * read.words / 1000 + 2
    with Store.open(tmp_path / "g", readonly=True) as store:
        text = store.document(store.documents()[0].id).text
        for relation in store.relations("grounded"):
            for evidence in store.evidence(relation.id):
                assert evidence.start is not None
                assert text[evidence.start : evidence.end] == evidence.quote
                assert store.entity(relation.source).name in evidence.quote


def test_the_files_are_not_needed_any_more_once_the_run_has_begun(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=8)
    with serving(reply=reader) as server:
        GraphGrower(tmp_path / "peace", spec(server)).grow_documents(path, **PLAIN)
        grower = GraphGrower(tmp_path / "g", spec(server))
        for event in grower.stream(documents=[path], **PLAIN):
            if isinstance(event, Committed):
                grower.cancel()
        path.unlink()
        growth = GraphGrower(tmp_path / "g").resume()
    assert growth.stopped.reason == "read"
    assert text_of(tmp_path / "g") == text_of(tmp_path / "peace")


def test_documents_come_before_questions(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=2)
    with serving(reply=reader) as server:
        growth = GraphGrower(tmp_path / "g", spec(server)).grow(SEED, documents=[path], steps=3, **PLAIN)
    assert growth.totals.steps == 3
    with Store.open(tmp_path / "g", readonly=True) as store:
        kinds = [step.kind for step in store.steps() if "growth" in step.notes]
        assert kinds == sorted(kinds)
        assert SEED in [step.about for step in store.steps()]


def test_a_folder_is_read_and_what_is_no_document_is_quarantined(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    book(folder, "a.txt", 1)
    book(folder, "b.md", 2)
    book(folder, "same.txt", 1)
    (folder / "blank.txt").write_text("  \n ", encoding="utf-8")
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    with serving(reply=reader) as server:
        growth = GraphGrower(tmp_path / "g", spec(server)).grow_documents(folder, **PLAIN)
    assert growth.stopped.reason == "read"
    with Store.open(tmp_path / "g", readonly=True) as store:
        assert sorted(document.name for document in store.documents()) == ["a.txt", "b.md"]
        why = " ".join(f"{item.what} {item.why}" for item in store.quarantined())
        assert all(name in why for name in ("blank.txt", "table.xlsx", "same.txt"))


@pytest.mark.parametrize("missing", ["nothing-here.txt", "empty"])
def test_nothing_to_read_is_an_error_and_leaves_no_run_behind(tmp_path: Path, missing: str) -> None:
    (tmp_path / "empty").mkdir()
    with serving(reply=reader) as server:
        grower = GraphGrower(tmp_path / "g", spec(server))
        with pytest.raises(BadArgument, match=r"no (file|document)"):
            grower.grow_documents(tmp_path / missing, **PLAIN)
        assert grower.grow_documents(book(tmp_path / "in"), **PLAIN).stopped.reason == "read"


def _growing(server: Server, folder: Path, path: Path, **settings: Any) -> Growth:
    return GraphGrower(folder, spec(server)).grow_documents(path, backoff=0.01, **PLAIN, **settings)


def test_an_endpoint_that_fails_half_of_the_time_only_costs_retries(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=12)
    with serving(reply=reader) as server:
        _growing(server, tmp_path / "peace", path)
    with serving(Plan(0.5, 3, ("500", "503", "reset", "cut")), reader) as server:
        growth = _growing(server, tmp_path / "g", path, retries=20)
    assert growth.stopped.reason == "read"
    assert growth.totals.retries > 2
    assert text_of(tmp_path / "g") == text_of(tmp_path / "peace")


def _failing_on(part: str, times: int) -> Callable[[dict[str, Any]], str]:
    left = [times]

    def plan(body: dict[str, Any]) -> str:
        if part in str(body["messages"][-1]["content"]) and left[0]:
            left[0] -= 1
            return "500"
        return ""

    return plan


def test_a_piece_without_a_reply_is_read_once_more_at_the_end(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=8)
    with serving(reply=reader) as server:
        _growing(server, tmp_path / "peace", path)
    with serving(_failing_on("town 0 0", 2), reader) as server:
        growth = _growing(server, tmp_path / "g", path, retries=1)
    assert growth.stopped.reason == "read"
    with Store.open(tmp_path / "g", readonly=True) as one, Store.open(tmp_path / "peace", readonly=True) as other:
        assert len(one.relations()) == len(other.relations())
        assert [item.why for item in one.quarantined() if "no reply" in item.why]


def test_an_endpoint_that_is_gone_stops_the_run_and_it_can_be_resumed(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=8)
    with serving(reply=reader) as server:
        name = spec(server)
        grower = GraphGrower(tmp_path / "g", name)
        for event in grower.stream(documents=[path], **PLAIN):
            if isinstance(event, Committed):
                grower.cancel()
    close()
    growth = GraphGrower(tmp_path / "g").resume(retries=1)
    assert growth.stopped.reason == "model down"
    assert growth.session.steps == 0
    assert "--resume" in growth.resume
    with serving(reply=reader) as server:
        assert GraphGrower(tmp_path / "g").resume(model=spec(server)).stopped.reason == "read"


def test_an_endpoint_that_only_fails_stops_the_run_after_two_calls(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=12)
    with serving(lambda _: "500", reader) as server:
        growth = _growing(server, tmp_path / "g", path, retries=1)
    assert growth.stopped.reason == "model down"
    assert growth.totals.steps == 1
    with serving(reply=reader) as server:
        assert GraphGrower(tmp_path / "g").resume(model=spec(server)).stopped.reason == "read"
    with Store.open(tmp_path / "g", readonly=True) as store:
        assert not store.value(STATE)["again"]


def test_a_page_that_was_undone_is_not_read_again(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=10)
    with serving(reply=reader) as server:
        grower = GraphGrower(tmp_path / "g", spec(server))
        for event in grower.stream(documents=[path], **PLAIN):
            if isinstance(event, Committed) and event.step == 2:
                grower.cancel()
        with Store.open(tmp_path / "g") as store:
            last = store.steps()[-1]
            store.undo_step(last.number)
        GraphGrower(tmp_path / "g").resume()
    with Store.open(tmp_path / "g", readonly=True) as store:
        assert [step.about for step in store.steps()].count(last.about) == 1


def test_a_scanned_page_says_what_to_do(tmp_path: Path) -> None:
    pdf = tmp_path / "scan.pdf"
    pdf.write_bytes(b"%PDF-1.4\n%%EOF")
    with serving(reply=reader) as server, pytest.raises(GraphError, match=r"scan\.pdf"):
        GraphGrower(tmp_path / "g", spec(server)).grow_documents(pdf, **PLAIN)


def test_the_users_question_is_not_given_up_when_no_reply_comes(tmp_path: Path) -> None:
    with serving(lambda _: "500", reader) as server:
        growth = GraphGrower(tmp_path / "g", spec(server)).grow(SEED, retries=1, backoff=0.01, **PLAIN)
    assert (growth.stopped.reason, growth.totals.steps) == ("model down", 0)
    answer = reply(("spider silk", "contains", "beta sheets"), ("beta sheets", "stop", "cracks"))
    with serving(reply=lambda _: answer) as server:
        growth = GraphGrower(tmp_path / "g").resume(model=spec(server), steps=1)
    assert growth.totals.facts == 2
    with Store.open(tmp_path / "g", readonly=True) as store:
        assert [step.about for step in store.steps() if step.kind == "question"] == [SEED]


def test_what_a_poor_model_could_not_read_is_read_by_a_better_one(tmp_path: Path) -> None:
    path = book(tmp_path / "in", paragraphs=8)
    with serving(reply=lambda _: "I would rather talk about the weather.") as server:
        growth = _growing(server, tmp_path / "g", path, garbage=2)
    assert (growth.stopped.reason, growth.totals.steps) == ("garbage", 2)
    with serving(reply=reader) as server:
        _growing(server, tmp_path / "peace", path)
        assert GraphGrower(tmp_path / "g").resume(model=spec(server)).stopped.reason == "read"
    with Store.open(tmp_path / "g", readonly=True) as one, Store.open(tmp_path / "peace", readonly=True) as other:
        assert len(one.relations()) == len(other.relations())


def test_a_run_without_any_step_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with serving(lambda _: "500", reader) as server:
        growth = GraphGrower(tmp_path / "g", spec(server)).grow(SEED, retries=0, **PLAIN)
    assert (growth.stopped.reason, growth.totals.steps) == ("model down", 0)
    with serving(reply=reader) as server:
        grower = GraphGrower(tmp_path / "g", spec(server))
        assert grower.grow_documents(book(tmp_path / "in"), **PLAIN).stopped.reason == "read"


def test_files_that_are_not_read_are_told(tmp_path: Path) -> None:
    folder = book(tmp_path / "in").parent
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    with serving(reply=reader) as server:
        events = list(GraphGrower(tmp_path / "g", spec(server)).stream(documents=[folder], **PLAIN))
    told = [event.why for event in events if isinstance(event, PassedOver)]
    assert [any(name in why for why in told) for name in ("table.xlsx", "scan.pdf")] == [True, True]


def test_a_reply_from_the_cache_counts_like_one_that_was_asked_for(tmp_path: Path) -> None:
    def thinker(body: dict[str, Any]) -> str:
        return reply(("Spider silk", "contains", f"beta sheet {len(str(body))}"))

    with serving(reply=thinker) as server:
        peace = GraphGrower(tmp_path / "peace", spec(server)).grow(SEED, steps=3, **PLAIN)
        stream = GraphGrower(tmp_path / "g", spec(server)).stream(SEED, steps=3, **PLAIN)
        for event in stream:
            if isinstance(event, Proposed) and event.step == 2:
                break
        stream.close()  # type: ignore[attr-defined]
        growth = GraphGrower(tmp_path / "g").resume()
    assert growth.session.cached == 1
    assert growth.totals.tokens == peace.totals.tokens == 3 * 10
    assert text_of(tmp_path / "g") == text_of(tmp_path / "peace")
