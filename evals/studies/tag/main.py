"""Node classification on a graph of texts: our tool and GraphAdapter beside the usual baselines, in one table.

`python -m evals.run tag --data FOLDER`; every row is kept as soon as it is measured, and the same command goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.studies import Rows
from evals.studies.tag.data import SETTINGS, TextGraphData, splits
from evals.studies.tag.lm import LM_ROWS
from evals.studies.tag.rows import ROWS, Method, Shared, measure
from evals.task import BadData

_ALL: dict[str, tuple[str, Method]] = {**ROWS, **LM_ROWS}


def parser() -> argparse.ArgumentParser:
    """The command line of the study."""
    found = argparse.ArgumentParser(prog="python -m evals.run tag", description=__doc__)
    add = found.add_argument
    add("--data", type=Path, required=True, help="folder of nodes.jsonl and edges.tsv; every node needs text and label")
    add("--rows", default="", help=f"only these, with semicolons between them: {'; '.join(_ALL)}")
    add("--seeds", type=int, default=5, help="splits of each setting (5)")
    add("--settings", default=",".join(SETTINGS), help=f"only these: {','.join(SETTINGS)}")
    add("--cache", type=Path, help="an SQLite file of sentence vectors, so that each text is encoded once")
    add("--model", metavar="NAME", help="language model of the rows that need one: folder or .gguf file")
    add("--states", type=Path, metavar="DIR", help="folder of its hidden states (default: states beside --out)")
    add("--before", default="Paper: ", help="in front of each text, for the language model")
    add("--after", default="", help="behind it (default: asks for one of the classes)")
    add("--tokens", type=int, default=128, help="of a text that the language model reads (128)")
    add("--out", type=Path, default=Path("results/tag"), help="folder of rows.jsonl (results/tag)")
    return found


def main(arguments: list[str]) -> int:
    """Measure what is missing, and print the table.

    Raises:
        BadData: the data or an argument cannot be used.
    """
    options = parser().parse_args(arguments)
    console = Console()
    data = TextGraphData.read(options.data)
    wanted = [name.strip() for name in options.rows.split(";") if name.strip()] or list(_ALL)
    settings = tuple(name.strip() for name in options.settings.split(",") if name.strip())
    if unknown := [name for name in wanted if name not in _ALL] + [name for name in settings if name not in SETTINGS]:
        raise BadData(f"there is no row or setting {', '.join(unknown)}; there are {'; '.join((*_ALL, *SETTINGS))}")
    shared, without = _shared(options, data)
    digest = hashlib.sha256("\0".join(data.texts).encode(errors="replace") + data.edges.tobytes()).hexdigest()[:16]
    rows = Rows(options.out / "rows.jsonl", {"study": "tag", "data": digest, "nodes": len(data.texts)})
    for name in wanted:
        needs, method = _ALL[name]
        if needs in without:
            continue
        for split in splits(data.classes, options.seeds, settings):
            rows.measured(f"{name} | {split.setting} | {split.seed}", lambda: _timed(shared, split, method))  # noqa: B023
    show(console, rows, without, wanted)
    console.print(f"rows in {rows.file}", highlight=False, soft_wrap=True)
    return 0


def _timed(shared: Shared, split: Any, method: Method) -> dict[str, Any]:
    began = time.process_time()
    row = measure(shared, split, method)
    return {**row, "core_seconds": round(time.process_time() - began, 2)}


def _shared(options: argparse.Namespace, data: TextGraphData) -> tuple[Shared, dict[str, str]]:
    """What rows share, and which needs cannot be met here, with the reason."""
    import importlib.util

    from agents.embedding import available, encoder
    from evals.studies.tag.lm import after_of, states_for

    shared, without = Shared(data, model=options.model), dict[str, str]()
    if importlib.util.find_spec("torch_geometric") is None:
        without["torch"] = without["sentences"] = without["lm"] = "needs pip install 'konigsberg[adapters]'"
        return shared, without
    if available():
        encode = encoder(options.cache)
        shared.sentences = lambda: encode(data.texts)
    else:
        without["sentences"] = "needs pip install 'konigsberg[search]'"
    if options.model is None:
        without["lm"] = "needs a language model: name one with --model"
    else:
        folder = options.states or options.out / "states"
        after = options.after or after_of(data.names)
        shared.states = lambda: states_for(folder, options.model, data.texts, options.before, after, options.tokens)
    return shared, without


def show(console: Console, rows: Rows, without: dict[str, str], wanted: Sequence[str]) -> None:
    """The table: mean and standard deviation over the splits of each setting."""
    table = Table(title="accuracy on test nodes, mean ± standard deviation over splits")
    table.add_column("row")
    for setting in SETTINGS:
        table.add_column(setting, justify="right")
        table.add_column("calibration error", justify="right")
    table.add_column("core s a split", justify="right")
    for name in _ALL:
        cells, seconds = [], []
        for setting in SETTINGS:
            found = [row for key, row in rows.rows.items() if key.startswith(f"{name} | {setting} | ")]
            seconds += [row["core_seconds"] for row in found]
            gaps = [row["calibration_error"] for row in found if "calibration_error" in row]
            cells += [_cell([row["accuracy"] for row in found]), _cell(gaps)]
        if seconds:
            table.add_row(name, *cells, f"{statistics.fmean(seconds):.1f}")
        elif name in wanted and _ALL[name][0] in without:
            table.add_row(name, "not run", "", "not run", "", without[_ALL[name][0]])
    console.print(table)


def _cell(values: list[float]) -> str:
    if not values:
        return "–"
    spread = statistics.stdev(values) if len(values) > 1 else math.nan
    return f"{statistics.fmean(values):.3f}" + (f" ± {spread:.3f}" if len(values) > 1 else f" (n={len(values)})")
