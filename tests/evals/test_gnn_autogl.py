"""GNN-AutoGL: requests to train, read into fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agents.reply import Reply
from agents.training_request import NoTraining, read_training
from evals.benchmarks.gnn_autogl import TASK, read_gold
from evals.run import main
from evals.task import BadData, Sample

CODE = "AutoNodeClassifier(graph_models=['gcn'])\nhp = {'num_layers': 3, 'hidden': [8, 16], 'dropout': 0.3}"
GOLD = {"model": "gcn", "num_layers": 3, "hidden": [8, 16], "dropout": 0.3}

REQUESTS = [
    (
        "Train a 3-layer gcn with hidden dimension as [8, 16], dropout as 0.3 on the cora dataset.",
        ("gcn", 3, (8, 16), 0.3),
    ),
    (
        "On Cora, please train a graph attention network: layers = 2, hidden size 64, dropout rate of 50%.",
        ("gat", 2, (64,), 0.5),
    ),
    ("Fit a two-layer GraphSAGE to pubmed; hidden units: 32, dropout: .25", ("sage", 2, (32,), 0.25)),
    ("GATs are fine. Task:\ntrain a 2-layer gcn on cora, hidden [16], dropout 0.1", ("gcn", 2, (16,), 0.1)),
]


@pytest.mark.parametrize(("text", "fields"), REQUESTS)
def test_requests_are_read(text: str, fields: tuple[Any, ...]) -> None:
    found = read_training(text)
    assert (found.model, found.num_layers, found.hidden, found.dropout) == fields
    compile(found.program(), "program", "exec")


OPEN = [
    ("What is the diameter?", "does not ask"),
    ("Train a gcn on cora with hidden [16] and dropout 0.5.", "number of layers"),
    ("Train a 2-layer network on cora with hidden [16] and dropout 0.5.", "no model"),
    ("Train a 2-layer gcn or gat on cora with hidden [16] and dropout 0.5.", "more than one model"),
    ("Train a 2-layer gcn on cora with hidden [16], dropout 0.5, then dropout 0.6.", "more than one dropout"),
    ("Train a 2-layer gcn on cora with hidden [16], dropout 5.", "makes no sense"),
]


@pytest.mark.parametrize(("text", "why"), OPEN)
def test_what_is_open_is_said(text: str, why: str) -> None:
    with pytest.raises(NoTraining, match=why):
        read_training(text)


def sample() -> Sample:
    return Sample("x", "", None, GOLD, "gcn")


def test_all_four_fields_must_be_right() -> None:
    assert TASK.score(Reply(dict(GOLD), "", "computed"), sample()) == "right"
    for name, wrong in (
        ("model", "gat"),
        ("num_layers", 4),
        ("hidden", [16, 8]),
        ("hidden", [8]),
        ("dropout", 0.31),
        ("num_layers", "3"),
    ):
        assert TASK.score(Reply(GOLD | {name: wrong}, "", "computed"), sample()) == "wrong"
    assert TASK.score(Reply({}, "", "computed"), sample()) == "wrong"
    assert TASK.score(Reply(None, CODE, "unverified"), sample()) == "right"
    assert TASK.score(Reply(None, "I trained it.", "unverified"), sample()) == "unreadable"
    assert TASK.score(Reply(None, "", "unanswerable"), sample()) == "unanswerable"


def test_golds_are_read_or_refused() -> None:
    assert read_gold(CODE, "here") == GOLD
    with pytest.raises(BadData, match="no dropout"):
        read_gold(CODE.replace("dropout", "drop"), "here")


def test_a_whole_run(tmp_path: Path) -> None:
    question = "Graphs are great.\nTask:\ngiven cora, train a 3-layer gcn, hidden dimension as [8, 16], dropout as 0.3."
    file = tmp_path / "set.json"
    file.write_text(json.dumps([{"id": 1, "question": question, "example_code": CODE}]), encoding="utf-8")
    assert main(["gnn_autogl", "--data", str(file), "--out", str(tmp_path / "out")]) == 0
    result = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert (result["accuracy"], result["model_calls"]) == (1.0, 0)
    assert main(["gnn_autogl"]) == 2
