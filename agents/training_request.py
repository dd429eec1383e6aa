"""Requests to train a graph neural network, read into typed fields without a model, and the program they ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from graphs.errors import GraphError

MODELS = {
    "gcn": r"\bgcn\b|\bgraph convolution(?:al)? (?:neural )?networks?\b",
    "gat": r"\bgat\b|\bgraph attention (?:neural )?networks?\b",
    "gin": r"\bgin\b|\bgraph isomorphism networks?\b",
    "sage": r"\b(?:graph ?)?sage\b",
}
DATASETS = ("cora", "citeseer", "pubmed", "ogbn-arxiv", "computers", "photo", "reddit")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_COUNT = r"(\d+|" + "|".join(_WORDS) + ")"
_LAYERS = (
    rf"\b{_COUNT}[- ]layer(?:ed|s)?\b",
    rf"\blayers?\s*(?:=|:|as|is|of|to|are)\s*{_COUNT}\b",
    rf"\b{_COUNT} hidden layers\b",
)
_IS = (
    r"\s*(?:size|sizes|dimensions?|dims?|units?|channels?|width)?\s*(?:rate|ratio|probability)?\s*"
    r"(?:=|:|as|is|are|of|to|at|with)?\s*"
)
_HIDDEN = re.compile(
    rf"\bhidden{_IS}(\[[\d,\s]+\]|\([\d,\s]+\)|\d+(?:\s*(?:,|and)\s*\d+(?!\s*layers?))*)", re.IGNORECASE
)
_DROPOUT = re.compile(rf"\bdropout{_IS}(\d*\.?\d+)\s*(%)?", re.IGNORECASE)
_TRAINS = re.compile(r"\btrain\w*\b|\bfit\b", re.IGNORECASE)


class NoTraining(GraphError):
    """The text asks for no training that can be read; the message says what is missing."""


@dataclass(frozen=True)
class TrainingRequest:
    """What to train. hidden: units of each hidden layer as the request lists them. dropout: 0 … 1."""

    dataset: str
    model: str
    num_layers: int
    hidden: tuple[int, ...]
    dropout: float

    @property
    def value(self) -> dict[str, Any]:
        """The fields as plain data."""
        return {
            "dataset": self.dataset,
            "model": self.model,
            "num_layers": self.num_layers,
            "hidden": list(self.hidden),
            "dropout": self.dropout,
        }

    def program(self) -> str:
        """The program that trains it with AutoGL, which does not come with this package, and prints the accuracy."""
        space = {"num_layers": self.num_layers, "hidden": list(self.hidden), "dropout": self.dropout, "act": "relu"}
        fixed = [{"parameterName": name, "type": "FIXED", "value": value} for name, value in space.items()]
        return "\n".join(
            (
                "from autogl.datasets import build_dataset_from_name",
                "from autogl.module.train import Acc",
                "from autogl.solver import AutoNodeClassifier",
                "",
                f"dataset = build_dataset_from_name({self.dataset!r})",
                f"encoder = {fixed!r}",
                "solver = AutoNodeClassifier(",
                f"    graph_models=[{self.model!r}],",
                '    hpo_module="random",',
                "    max_evals=1,",
                '    model_hp_spaces=[{"encoder": encoder, "decoder": []}],',
                ")",
                "solver.fit(dataset, time_limit=3600)",
                "print(solver.evaluate(metric=Acc))",
                "",
            )
        )


def read_training(text: str) -> TrainingRequest:
    """The training that a text asks for, from the sentence on that asks it: an introduction does not count.

    Raises:
        NoTraining: none is asked for, a field is missing, or one is given twice with different values.

    >>> read_training("Train a 3-layer GCN on Cora with hidden dimension [16, 32] and dropout 0.5.").hidden
    (16, 32)
    """
    asked = _request(text)
    layers = {_number(m) for pattern in _LAYERS for m in re.findall(pattern, asked, re.IGNORECASE)}
    hidden = {tuple(int(n) for n in re.findall(r"\d+", m)) for m in _HIDDEN.findall(asked)}
    dropout = {float(n) / (100 if percent else 1) for n, percent in _DROPOUT.findall(asked)}
    models = {name for name, pattern in MODELS.items() if re.search(pattern, asked, re.IGNORECASE)}
    datasets = {name for name in DATASETS if re.search(rf"\b{name}\b", asked, re.IGNORECASE)}
    found: dict[str, Any] = {}
    named: dict[str, set[Any]] = {
        "dataset": datasets,
        "model": models,
        "number of layers": layers,
        "hidden size": hidden,
        "dropout": dropout,
    }
    for what, values in named.items():
        if not values:
            raise NoTraining(
                f"the request states no {what}; add it, for example 'a 2-layer gcn, hidden [16], dropout 0.5, on cora'"
            )
        if len(values) > 1:
            raise NoTraining(f"the request states more than one {what}: {', '.join(map(str, sorted(values, key=str)))}")
        found[what] = values.pop()
    if not 0 <= found["dropout"] < 1:
        raise NoTraining(f"a dropout of {found['dropout']:g} makes no sense; it is a share from 0 to below 1")
    return TrainingRequest(
        found["dataset"], found["model"], found["number of layers"], found["hidden size"], found["dropout"]
    )


def _request(text: str) -> str:
    """From the line or sentence on that asks for training."""
    task = text.rpartition("Task:")[2]
    match = _TRAINS.search(task)
    if match is None:
        raise NoTraining("the text does not ask to train a model")
    sentence = max(task.rfind(". ", 0, match.start()), task.rfind("\n\n", 0, match.start()))
    return task[sentence + 1 :]


def _number(word: str) -> int:
    return _WORDS.get(word.casefold()) or int(word)
