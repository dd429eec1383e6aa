"""A TransNAR model behind the interface of all chat models."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.adapters.test_text_reasoner import reasoner

from agents.models import ModelError, chat_model  # isort: skip
from graphs.clrs.example import sample
from graphs.clrs.text import to_text
from graphs.errors import BadArgument


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("transnar")
    reasoner().save(path)
    return path


def test_it_answers_as_the_reasoner_does(folder: Path) -> None:
    question = to_text(sample("bfs", 5, np.random.RandomState(0)))[0]
    model = chat_model(f"transnar:{folder}")
    reply = model.invoke(f"Answer this.\n{question}", max_tokens=6)
    assert reply.content == reasoner().answer([question], max_new_tokens=6)[0]


@pytest.mark.parametrize(
    ("text", "told"), [("How many nodes are there?", "CLRS-Text alone"), ("bfs:\ns: 0\npi:\n", "must come here")]
)
def test_other_questions_are_faults(folder: Path, text: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        chat_model(f"transnar:{folder}").invoke(text)


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="holds no TransNAR model"):
        chat_model(f"transnar:{tmp_path}")


@pytest.mark.parametrize("size", [5, 10])
@pytest.mark.parametrize("algorithm", ["bfs", "bellman_ford"])
def test_the_shipped_model_knows_what_its_reasoner_found(algorithm: str, size: int) -> None:
    """Against the algorithms themselves, on graphs of a size that it was trained on and of one that it was not."""
    model, rng = chat_model("transnar"), np.random.RandomState(size)
    drawn = [to_text(sample(algorithm, size, rng)) for _ in range(6)]
    right = [
        str(model.invoke(question, max_tokens=100).content).strip() == answer.strip() for question, answer in drawn
    ]
    assert sum(right) >= 4
