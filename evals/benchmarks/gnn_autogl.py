"""GNN-AutoGL (GraphTeam's set, arXiv 2410.18032): requests to train a graph neural network, read into four fields.

Data: a JSON list with `id`, `question`, `example_code`. The published scorer looks for the four fields in generated
code and runs nothing, so neither does this: an answer is right when model, layers, hidden sizes and dropout are all as
the gold program sets them. No model is asked.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.reply import Cost, Reply
from agents.training_request import NoTraining, read_training
from evals.files import data_files, json_rows
from evals.task import BadData, Outcome, Sample, Source, Task

if TYPE_CHECKING:
    from evals.rewording.perturb import Known
    from evals.solvers import Solver

FIELDS = ("model", "num_layers", "hidden", "dropout")


def samples(source: Source) -> Iterator[Sample]:
    if source.data is None:
        raise BadData("gnn_autogl has no generator: name the set's file with --data")
    for file in data_files(source.data, ".json"):
        for place, row in json_rows(file, "id", "question", "example_code"):
            gold = read_gold(str(row["example_code"]), place)
            if source.wants(gold["model"]):
                yield Sample(f"{file.stem}-{row['id']}", str(row["question"]), None, gold, task=gold["model"])


def read_gold(code: str, place: str) -> dict[str, Any]:
    """The four fields that a gold program sets.

    Raises:
        BadData: one is not set, or not as a plain value.
    """
    found: dict[str, Any] = {}
    patterns = {
        "model": r"graph_models\s*=\s*\[\s*(['\"]\w+['\"])",
        "num_layers": r"['\"]num_layers['\"]\s*:\s*(\d+)",
        "hidden": r"['\"]hidden['\"]\s*:\s*(\[[^\]]*\]|\d+)",
        "dropout": r"['\"]dropout['\"]\s*:\s*([\d.]+)",
    }
    for name, pattern in patterns.items():
        match = re.search(pattern, code)
        if match is None:
            raise BadData(f"{place}: the program sets no {name}")
        found[name] = ast.literal_eval(match[1])
    return found


def score(reply: Reply, sample: Sample) -> Outcome:
    """All four fields, by value; a reply without a typed value is read from the program in its text."""
    if reply.status == "unanswerable":
        return "unanswerable"
    said = reply.value
    if not isinstance(said, Mapping):
        try:
            said = read_gold(reply.text, "the reply")
        except (BadData, ValueError, SyntaxError):
            return "unreadable"
    return "right" if all(_same(said.get(name), sample.gold[name]) for name in FIELDS) else "wrong"


def _same(said: Any, gold: Any) -> bool:
    if isinstance(gold, list):
        return isinstance(said, (list, tuple)) and list(said) == gold
    if isinstance(gold, float):
        return isinstance(said, (int, float)) and not isinstance(said, bool) and abs(said - gold) < 1e-9
    return type(said) is type(gold) and bool(said == gold)


def solver(model: str | None, data: Path | None, switches: Mapping[str, Any]) -> Solver:
    return read


def read(question: str) -> Reply:
    """Read the request; the text of the reply is the program."""
    began = time.perf_counter()
    try:
        request = read_training(question)
    except NoTraining as error:
        return Reply(None, str(error), "unanswerable")
    return Reply(request.value, request.program(), "computed", cost=Cost(seconds=time.perf_counter() - began))


def reread(sample: Sample) -> Known | str:
    """The four fields are what a request means: an independent reader must get those of the gold program from it."""
    from agents.models import ModelDown, ModelError, ask_json
    from evals.rewording.perturb import Known

    schema = {
        "type": "object",
        "properties": {
            "model": {"enum": ["gcn", "gat", "gin", "sage"]},
            "num_layers": {"type": "integer"},
            "hidden": {"type": "array", "items": {"type": "integer"}, "maxItems": 10},
            "dropout": {"type": "number"},
        },
        "required": list(FIELDS),
        "additionalProperties": False,
    }

    def same(model: Any, new: str, old: str) -> bool:
        try:
            said = ask_json(model, [("system", _FIELDS_ASKED), ("human", new)], schema).value
        except ModelDown:
            raise
        except ModelError:
            return False
        return all(_same(said[name], sample.gold[name]) for name in FIELDS)

    if score(read(sample.question), sample) != "right":
        return "the original is not answered right"
    return Known((0, len(sample.question)), None, same)


_FIELDS_ASKED = (
    "Read what is to be trained. Reply with JSON: model, num_layers, hidden (the units of each hidden layer), dropout."
)

TASK = Task(
    "gnn_autogl", samples, score, source="GNN-AutoGL, arXiv 2410.18032", kinds=("gcn", "gat"), solver=solver,
    reread=reread,
)  # fmt: skip
