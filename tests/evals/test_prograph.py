"""ProGraph: reading, the check of calls, drawings, the audit, and a whole run without a model."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from agents.reply import Reply
from agents.sandbox import describe
from evals.benchmarks.prograph.code_calls import called_names
from evals.benchmarks.prograph.task import TASK, audit, credit, samples, sums
from evals.run import main
from evals.task import BadData, Sample, Source

CALLS = [
    ("import networkx as nx\nprint(nx.diameter(G))", {"print", "diameter"}),
    ("from networkx import diameter as d\nd(G)", {"diameter"}),
    ("nx.greedy_color(G, strategy=nx.coloring.strategy_dsatur)", {"greedy_color", "strategy_dsatur"}),
    ("# nx.diameter(G)\nx = 'nx.diameter(G)'", set()),
    ("import networkx as nx\nnx.diameter", set()),
    ("if False:\n    nx.diameter(G)", set()),
    ("def f():\n    nx.diameter(G)", set()),
    ("def f():\n    nx.diameter(G)\nf()", {"diameter"}),
    ("def diameter(G):\n    return 3\ndiameter(G)", set()),
    ("m = Model()\nm.fit(G).get_embedding()", {"Model", "fit", "get_embedding"}),
    ("print('a'", set()),
]


@pytest.mark.parametrize(("code", "names"), CALLS)
def test_calls_are_read_from_the_syntax_tree(code: str, names: set[str]) -> None:
    assert called_names(code) == names


def item(
    check: str = "check_answer", gold: str = "3", note: str = "calculations", functions: tuple[str, ...] = ("diameter",)
) -> Sample:
    about = {"functions": functions, "check": check, "note": note, "category": "c", "original": ""}
    return Sample("x", "Compute the diameter of it.", None, gold, "networkx", about)


def ran(stdout: str = "3", code: str = "import networkx as nx\nnx.diameter(G)", **more: Any) -> Reply:
    return Reply(
        {"ran": True, "stdout": stdout, "printed": [], "code": code, "drawings": [], **more}, stdout, "unverified"
    )


def test_answers_are_judged_by_value() -> None:
    assert TASK.score(ran("The diameter: 3"), item()) == "right"
    assert TASK.score(ran("4"), item()) == "wrong"
    assert TASK.score(Reply(None, "3", "unverified"), item()) == "unreadable"
    assert TASK.score(ran(ran=False), item()) == "unreadable"


def test_calls_give_their_share_and_only_after_a_run() -> None:
    two = item("check_code", functions=("diameter", "radius"))
    assert credit(ran(), two) == 0.5
    assert TASK.score(ran(), two) == "wrong"
    assert credit(ran(code="nx.diameter(G), nx.radius(G)"), two) == 1.0
    assert credit(ran(code="nx.diameter(G), nx.radius(G)", ran=False), two) == 0.0
    assert credit(ran(code="# nx.diameter(G) nx.radius(G)"), two) == 0.0


def test_a_drawing_must_really_be_made() -> None:
    drawn = item("check_code", note="draw", functions=("draw_planar",))
    assert credit(ran(code="nx.draw_planar(G)"), drawn) == 0.0
    assert credit(ran(code="nx.draw_planar(G)", drawings=["figure.png"]), drawn) == 1.0


def test_the_audit_finds_what_the_story_leaves_out() -> None:
    assert audit(item()).gold == "right"
    assert audit(item(functions=("diameter", "is_chordal"))).gold == "unanswerable"


def test_the_sums_are_the_papers_figures() -> None:
    rows = [
        {
            "ran": True,
            "credit": 1.0,
            "outcome": "right",
            "audit": "right",
            "category": "a",
            "type": "t",
            "check": "c",
            "task": "n",
        },
        {
            "ran": True,
            "credit": 0.5,
            "outcome": "wrong",
            "audit": "right",
            "category": "a",
            "type": "t",
            "check": "c",
            "task": "n",
        },
        {"outcome": "failed", "audit": "unanswerable"},
    ]
    found = sums(rows)["programs"]
    assert found["overall"] == {"n": 3, "run_rate": 66.7, "paper_accuracy": 50.0, "strict_accuracy": 33.3}
    assert found["asked in full"]["n"] == 2


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    usual = {
        "question": "",
        "note": "calculations",
        "check": "check_answer",
        "library": "networkx",
        "category": "basic",
    }
    file = folder / "dev.jsonl"
    file.write_text("".join(json.dumps(usual | row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_the_order_is_drawn_by_the_seed(tmp_path: Path) -> None:
    rows = [{"id": f"q{n}", "new_question": f"Q {n}", "answer": "1", "function": "diameter"} for n in range(30)]
    file = write(tmp_path, *rows)
    one, again, other = ([s.id for s in samples(Source(file, seed=seed))] for seed in (1, 1, 2))
    assert one == again != other
    assert sorted(one) == sorted(other)


def test_bad_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="--data"):
        list(samples(Source()))
    with pytest.raises(BadData, match="unknown check"):
        list(samples(Source(write(tmp_path, {"new_question": "", "answer": "", "function": "", "check": "guess"}))))
    assert main(["prograph"]) == 2


def test_a_run_without_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not describe()["usable"]:
        pytest.skip("no sandbox can be built here")
    monkeypatch.setattr("agents.programs.documentation.LIBRARIES", ("networkx",))
    monkeypatch.setattr(
        "agents.programs.documentation.Documentation.__init__.__defaults__", (None, None, ("networkx",))
    )
    (tmp_path / "graphs").mkdir()
    content = 'graph [ node [ id 0 label "x" ] node [ id 1 label "y" ] edge [ source 0 target 1 ] ]'
    (tmp_path / "graphs" / "town.gml").write_text(content, encoding="utf-8")
    file = write(
        tmp_path,
        {
            "id": "a",
            "new_question": "Compute the wiener_index of town.gml.",
            "answer": "1.0",
            "function": "wiener_index",
        },
        {"id": "b", "new_question": "Sing a song of town.gml.", "answer": "la", "function": "sing"},
    )
    assert main(["prograph", "--data", str(file), "--out", str(tmp_path / "out"), "--timeout", "0"]) == 0
    result = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert result["programs"]["overall"] == {"n": 2, "run_rate": 50.0, "paper_accuracy": 50.0, "strict_accuracy": 50.0}
    assert "run rate" in capsys.readouterr().out
    assert sys.executable
