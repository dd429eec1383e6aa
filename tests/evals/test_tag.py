"""The text-graph study on a planted graph: splits, no leak of test classes, rows that are kept, what is not run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.run import main
from evals.studies.tag import main as tag
from evals.studies.tag import rows as tag_rows
from evals.studies.tag.data import TextGraphData, splits
from evals.studies.tag.rows import ROWS, Shared, measure
from evals.task import BadData
from tests.tools.test_predictions import TOPICS, planted

torch_rows = pytest.importorskip("torch_geometric", reason="the extra 'adapters' is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("planted")
    graph, truth = planted(0, per=40)
    place = {node: i for i, node in enumerate(graph)}
    rows = [{"id": place[n], "text": graph.nx.nodes[n]["text"], "label": truth[n]} for n in graph]
    (found / "nodes.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    edges = "".join(f"{place[u]}\t{place[v]}\n" for u, v in graph.nx.edges())
    (found / "edges.tsv").write_text("source\ttarget\n" + edges)
    return found


@pytest.fixture
def shared(folder: Path) -> Shared:
    data = TextGraphData.read(folder)
    vectors = np.stack(
        [[sum(w in words for w in text.split()) + 0.5 for words in TOPICS.values()] for text in data.texts]
    )
    return Shared(data, sentences=lambda: vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_splits_share_no_node(shared: Shared) -> None:
    for split in splits(shared.data.classes, 2):
        parts = [set(part.tolist()) for part in (split.train, split.validation, split.test)]
        assert sum(map(len, parts)) == len(set.union(*parts))
        if split.setting == "20 a class":
            assert np.bincount(shared.data.classes[split.train]).tolist() == [20, 20, 20]
        else:
            assert [len(part) for part in parts] == [72, 24, 24]


@pytest.mark.parametrize("name", ROWS)
def test_no_row_looks_at_the_classes_of_test_nodes(name: str, shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_rows, "GNN_EPOCHS", 8)
    monkeypatch.setattr("tools.node_features.available", lambda: True)
    monkeypatch.setattr("tools.node_features.loadable", lambda: True)
    split = next(splits(shared.data.classes, 1))
    method = ROWS[name][1]
    guess = method(shared, split)["classes"]
    other = shared.data.classes.copy()
    other[split.test] = (other[split.test] + 1) % 3
    body = shared.data.graph.nx.copy()
    for i in split.test:
        body.nodes[shared.data.graph.nodes[i]]["label"] = shared.data.names[other[i]]
    from graphs import Graph

    lied = Shared(replace(shared.data, classes=other, graph=Graph(body)), sentences=lambda: shared.vectors)
    assert np.array_equal(method(lied, split)["classes"], guess)
    assert measure(shared, split, method)["accuracy"] + measure(lied, split, method)["accuracy"] <= 1


def test_rows_are_kept_and_the_table_says_what_was_not_run(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["tag", "--data", str(folder), "--out", str(tmp_path), "--seeds", "2"]
    assert main([*arguments, "--rows", "TF-IDF + LR; classify_nodes, words; GraphAdapter"]) == 0
    shown = capsys.readouterr().out
    assert "not run" in shown
    lines = (tmp_path / "rows.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines[1:]]
    assert len(rows) == 8
    assert all(row["accuracy"] > 0.6 for row in rows)
    assert main([*arguments, "--rows", "TF-IDF + LR"]) == 0
    assert (tmp_path / "rows.jsonl").read_text().splitlines() == lines


def test_wrong_arguments_and_data_are_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tag", "--data", str(folder), "--out", str(tmp_path / "a"), "--rows", "magic"]) == 2
    assert "no row or setting magic" in capsys.readouterr().err
    bare = tmp_path / "bare"
    bare.mkdir()
    assert main(["tag", "--data", str(bare), "--out", str(tmp_path / "b")]) == 2
    assert "nodes.jsonl" in capsys.readouterr().err
    (bare / "nodes.jsonl").write_text('{"id": 1, "text": "a b c"}\n')
    (bare / "edges.tsv").write_text("source\ttarget\n")
    with pytest.raises(BadData, match="no label"):
        tag.main(["--data", str(bare), "--out", str(tmp_path / "c")])


def test_rows_of_a_language_model_run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evals.studies.tag import lm as tag_lm
    from tests.adapters.test_graph_adapter_training import tiny_model

    for name, value in (("EPOCHS", 3), ("PRETRAINING", 2), ("LORA_EPOCHS", 1)):
        monkeypatch.setattr(tag_lm, name, value)
    arguments = ["--data", str(folder), "--out", str(tmp_path / "out"), "--seeds", "1", "--settings", "20 a class"]
    arguments += [
        "--model",
        str(tiny_model(tmp_path / "model")),
        "--tokens",
        "12",
        "--before",
        "",
        "--after",
        "Answer :",
    ]
    assert tag.main([*arguments, "--rows", ";".join(tag_lm.LM_ROWS)]) == 0
    rows = [json.loads(line) for line in (tmp_path / "out" / "rows.jsonl").read_text().splitlines()[1:]]
    assert [row["key"].split(" | ")[0] for row in rows] == list(tag_lm.LM_ROWS)
    assert all(0 <= row["accuracy"] <= 1 for row in rows)
