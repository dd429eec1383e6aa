"""MetaQA on a knowledge graph of a few films."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.reply import Reply
from evals.benchmarks import metaqa
from evals.task import BadData, Sample, Source

KB = """Alien\tdirected_by\tScott
Alien\tstarred_actors\tWeaver
Alien\thas_genre\tHorror
Blade Runner\tdirected_by\tScott
Blade Runner\tstarred_actors\tFord
Blade Runner\twritten_by\tScott
Working Girl\tstarred_actors\tWeaver
Working Girl\tstarred_actors\tFord
Working Girl\tdirected_by\tNichols
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "kb.tsv").write_text(KB)
    (tmp_path / "1hop_dev.txt").write_text(
        "what films did [Scott] direct\tAlien|Blade Runner\nwho starred in [Alien]\tWeaver|Nobody\n"
        "who directed [Alien]\tScott\nwhat does [Weaver] star in\tAlien\n"
    )
    (tmp_path / "2hop_dev.txt").write_text(
        "who acted in the films directed by [Scott]\tWeaver|Ford\nwho wrote the films directed by [Scott]\tScott\n"
    )
    return tmp_path


def test_only_questions_with_reachable_golds_are_asked(data: Path) -> None:
    found = list(metaqa.samples(Source(data)))
    assert [sample.id for sample in found] == ["1hop_dev-1", "1hop_dev-3", "1hop_dev-4", "2hop_dev-1", "2hop_dev-2"]
    assert {sample.task for sample in found} == {"1hop", "2hop"}
    assert {sample.metadata["half"] for sample in found} <= {"looked at", "kept apart"}
    assert [s.task for s in metaqa.samples(Source(data, tasks=("2hop",)))] == ["2hop", "2hop"]


def test_a_gold_that_no_chain_gives_is_flawed(data: Path) -> None:
    found = {sample.id: metaqa.audit(sample).gold for sample in metaqa.samples(Source(data))}
    assert found == {
        "1hop_dev-1": "right",
        "1hop_dev-3": "right",
        "1hop_dev-4": "wrong",
        "2hop_dev-1": "right",
        "2hop_dev-2": "right",
    }


def test_the_agent_answers_them_and_cites(data: Path) -> None:
    solver = metaqa.solver(None, data, {})
    outcomes = {}
    for sample in metaqa.samples(Source(data)):
        reply = solver(sample.question)
        outcomes[sample.id] = metaqa.score(reply, sample)
        assert reply.cost.model_calls == 0
        assert metaqa.detail(reply, sample)["cited"] in (True, None)
    assert outcomes.pop("1hop_dev-4") == "wrong"  # the gold lacks a film
    assert set(outcomes.values()) == {"right"}


def sample(gold: list[str], topic: str) -> Sample:
    return Sample("1", "", None, gold, "2hop", {"topic": topic})


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(["b", "a"], "", "proven"), "right"),
        (Reply(["a", "b", "topic"], "", "proven"), "right"),
        (Reply(["a"], "", "proven"), "wrong"),
        (Reply(["a", "b", "c"], "", "proven"), "wrong"),
        (Reply(True, "", "proven"), "unreadable"),
        (Reply(None, "", "unanswerable", readings=("x",)), "asked_back"),
        (Reply(None, "", "unanswerable"), "unanswerable"),
    ],
)
def test_scores(reply: Reply, outcome: str) -> None:
    assert metaqa.score(reply, sample(["a", "b"], "topic")) == outcome


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("kb.tsv", "a\tb\n", "three columns"),
        ("1hop_dev.txt", "no answers\n", "a tab"),
        ("1hop_dev.txt", "q\ta\n", "brackets"),
    ],
)
def test_malformed_data_is_named_with_its_line(data: Path, name: str, text: str, complaint: str) -> None:
    metaqa._steps.cache_clear()
    (data / name).write_text(text)
    with pytest.raises(BadData, match=complaint):
        list(metaqa.samples(Source(data)))
    metaqa._steps.cache_clear()


def test_a_folder_without_the_graph_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="kb.tsv"):
        list(metaqa.samples(Source(tmp_path)))
