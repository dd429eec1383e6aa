"""The frame of `konigsberg train`: recipes, the result, the exit status."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from types import ModuleType

import pytest

from adapters import train, training
from adapters.training import Progress, Report, Result
from adapters.training.errors import TrainingError
from ui import cli


class Fake(ModuleType):
    """A recipe that trains nothing."""

    SUMMARY = "train nothing"
    error: BaseException | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--save", default="here")

    def train(self, options: Namespace, report: Report) -> Result:
        report(Progress(1, 2, "loss 3.0"))
        if self.error is not None:
            raise self.error
        return Result(
            method="fake",
            base="model",
            data="text",
            digest="abc",
            seed=1,
            device="cpu",
            steps=2,
            trainable=10,
            total=100,
            seconds_per_step=0.5,
            peak_memory=1_000_000,
            before={"perplexity": 8.0},
            after={"perplexity": 4.0},
            best_step=2,
            stopped_early=False,
            command="train fake",
            saved=options.save,
        )


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    module = Fake("adapters.training.fake")
    monkeypatch.setitem(sys.modules, "adapters.training.fake", module)
    monkeypatch.setitem(training.RECIPES, "fake", "fake")
    return module


def test_json_result_is_the_only_output(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "fake", "--json", "--save", "there"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["saved"] == "there"
    assert printed["after"] == {"perplexity": 4.0}


def test_lines_for_a_reader(fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main(["fake"]) == 0
    out = capsys.readouterr().out
    assert "10 of 100 parameters trained (10.00 %)" in out
    assert "perplexity: 8 before, 4 after" in out


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (TrainingError("no text in x; name another"), 2, "no text in x; name another"),
        (ImportError("no", name="torch"), 2, "pip install 'konigsberg[adapters]'"),
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)
def test_what_ends_a_training(
    fake: Fake, error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.error = error
    assert train.main(["fake"]) == status
    assert said in capsys.readouterr().err
    assert cli.main(["train", "fake"]) == status


def test_a_bug_is_not_bad_input(fake: Fake) -> None:
    fake.error = ImportError("no", name="adapters.nowhere")
    with pytest.raises(ImportError):
        train.main(["fake"])


def test_without_a_method_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train"]) == 2
    assert "METHOD" in capsys.readouterr().out
