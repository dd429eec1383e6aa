"""MINE with a scripted model: graphs, retrieval, judges, and what the report adds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.reply import Cost
from evals.benchmarks.mine import recall
from evals.benchmarks.mine import task as mine
from evals.solvers import SolverUnavailable
from evals.task import BadData, Source

ESSAY = "Spider silk enables impact resistance. Nacre contains aragonite platelets. Chitin strengthens cuticle."
EDGES = (("Spider silk", "enables", "impact resistance"), ("Nacre", "contains", "aragonite platelets"))


def embed(texts: list[str]) -> NDArray[np.float32]:
    """Vectors of the letters of a text."""
    rows = np.zeros((len(texts), 26), dtype=np.float32)
    for number, text in enumerate(texts):
        for letter in text.casefold():
            if "a" <= letter <= "z":
                rows[number, ord(letter) - 97] += 1
    return rows / np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    facts = ["Spider silk gives impact resistance.", "Nacre contains platelets of aragonite.", "Whales sing songs."]
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([{"id": 7, "topic": "t", "essay": ESSAY, "facts": facts}]))
    return path


@pytest.mark.parametrize(
    ("fact", "context", "share"),
    [
        ("Females lay eggs.", "female lays egg.", 1.0),
        ("Females lay eggs.", "female flies.", 1 / 3),
        ("It is so.", "", 1.0),
        ("Butterflies lay eggs.", "", 0.0),
    ],
)
def test_recall_of_content_words(fact: str, context: str, share: float) -> None:
    assert recall.recalled(fact, context) == pytest.approx(share)


def test_edges_are_looked_up_in_the_text() -> None:
    assert recall.borne_out(("spider silk", "enables", "impact resistance"), ESSAY) == (True, True)
    assert recall.borne_out(("spider silk", "hates", "impact resistance"), ESSAY) == (True, False)
    assert recall.borne_out(("spider silk", "enables", "cuticle"), ESSAY) == (False, False)


def test_retrieval_stays_within_two_hops() -> None:
    chain = [(f"n{at}", "to", f"n{at + 1}") for at in range(60)]
    context = recall.Retrieval(chain, lambda texts: np.asarray([[float(t == "n0"), 1e-3] for t in texts])).context("n0")
    assert "n0 to n1." in context
    assert "n1 to n2." in context
    assert "n50 to n51." not in context
    assert recall.Retrieval((), embed).context("x") == ""


def test_likeness_of_runs() -> None:
    assert recall.overlap(EDGES, EDGES) == (1.0, 1.0)
    assert recall.overlap(EDGES, EDGES[:1])[0] == 0.5
    assert recall.overlap((), ()) == (1.0, 1.0)


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Graphs without a model; the list tells the seeds that were asked for."""
    seeds: list[int] = []

    def made(model: Any, name: str, essay: str) -> tuple[Any, Cost, Counter[str]]:
        seeds.append(model.seed)
        counts = Counter({"hypotheses": 1, "replies": 2, "replayed": 0})
        return EDGES if model.seed == 0 else EDGES[:1], Cost(2, 100, 0.1), counts

    monkeypatch.setattr(mine, "_made_of", made)
    return seeds


def run(data: Path, **switches: Any) -> list[dict[str, Any]]:
    solver = mine.solver("openai:none@http://127.0.0.1:9", data, switches, embed)
    rows = []
    for sample in mine.samples(Source(data)):
        reply = solver(sample.question)
        about = {"id": sample.id, "outcome": mine.score(reply, sample), "cost": vars_of(reply.cost)}
        rows.append(about | mine.detail(reply, sample))
    return rows


def vars_of(cost: Cost) -> dict[str, Any]:
    return {"model_calls": cost.model_calls, "tokens": cost.tokens, "seconds": cost.seconds}


def test_facts_are_judged_and_the_graph_is_made_once(data: Path, scripted: list[int]) -> None:
    pytest.importorskip("langchain_openai")
    rows = run(data)
    assert [row["outcome"] for row in rows] == ["right", "right", "wrong"]
    assert scripted == [0]
    assert [row["cost"]["model_calls"] for row in rows] == [2, 0, 0]
    figures = {name: group[""] for name, group in mine.sums(rows)["mine"].items()}
    assert figures["score"] == "66.7"
    assert figures["both_ends_in_a_sentence"] == "100.0 %"
    assert float(figures["calls_for_1000_words"]) == pytest.approx(1000 * 2 / len(ESSAY.split()), rel=1e-3)
    assert figures["tokens_for_1000_words"].endswith("(1 essays)")
    assert "same_edges_between_runs" not in figures


def test_stability_over_runs(data: Path, scripted: list[int]) -> None:
    pytest.importorskip("langchain_openai")
    rows = run(data, runs=2)
    assert scripted == [0, 1]
    assert mine.sums(rows)["mine"]["same_edges_between_runs"][""] == "0.50"


def test_a_replayed_graph_costs_the_calls_that_it_cost_first(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("langchain_openai")
    counts = Counter({"replies": 2, "replayed": 1})
    monkeypatch.setattr(mine, "_made_of", lambda *_: (EDGES, Cost(1, 40, 0.1), counts))
    figures = mine.sums(run(data))["mine"]
    assert float(figures["calls_for_1000_words"][""]) == pytest.approx(1000 * 2 / len(ESSAY.split()), rel=1e-3)
    assert figures["tokens_for_1000_words"][""] == "replayed"


def test_a_graph_is_made_of_what_the_model_says() -> None:
    from tests.agents.knowledge.test_asking import Scripted

    reply = {"facts": [{"sentence": 1, "source": "Spider silk", "relation": "enables", "target": "impact resistance"}]}
    model = Scripted(replies=[json.dumps(reply)] * 4, asked=[])
    edges, cost, _ = mine._made_of(model, "7", ESSAY)
    assert cost.model_calls <= 2
    assert all(len(edge) == 3 for edge in edges)


def test_bad_data_and_a_missing_model_are_refused(tmp_path: Path, data: Path) -> None:
    with pytest.raises(BadData, match="no file of essays"):
        list(mine.samples(Source(tmp_path / "none.json")))
    (tmp_path / "odd.json").write_text('[{"id": 1}]')
    with pytest.raises(BadData, match="essay 1"):
        list(mine.samples(Source(tmp_path / "odd.json")))
    with pytest.raises(SolverUnavailable, match="--model"):
        mine.solver(None, data, {})
