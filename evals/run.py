"""Run a benchmark: `python -m evals.run graphqa --data dev.jsonl`."""

from __future__ import annotations

import argparse
import functools
import hashlib
import importlib
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evals import judge, report
from evals.rewording import perturb
from evals.runner import OtherRun, Store, run
from evals.solvers import Solver, SolverUnavailable, agent, bare_model
from evals.spreading import Setup, need_ray
from evals.studies import STUDIES, main_of
from evals.task import BadData, Sample, Source, Task, trust
from graphs.errors import GraphError

BENCHMARKS = (
    "graphqa",
    "nlgraph",
    "llm4dyg",
    "graphinstruct",
    "graphwiz",
    "toolformer",
    "robustness",
    "planner",
    "entity_resolution",
    "clrs_text",
    "search",
)
GENERATED = ("robustness", "planner", "search")  # made by their generator alone
FROM_FILE = ("prograph", "gnn_autogl", "metaqa", "mine")  # have no generator
UNREADABLE = (
    "prograph",
    "clrs_text",
)  # answered by programs, or in one format alone: no plan that a paraphrase could be checked by
SWITCHES = {  # of the benchmarks that measure the coding agent
    "no_docs": "write programs without searching the documentation",
    "no_drafts": "ask the model even where the question names every function and argument",
    "no_signature_check": "run programs without checking names and calls first",
    "no_repair": "let no failing program be written again",
}


class Usage(ValueError):
    """The command line asks for something that makes no sense. The message says what to write instead."""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    also = f"Studies, each with its own --help: {', '.join(STUDIES)}." if STUDIES else None
    found = argparse.ArgumentParser(
        prog="python -m evals.run", description="Run a benchmark on the graph agent.", epilog=also
    )
    add = found.add_argument
    add("name", choices=[*BENCHMARKS, *FROM_FILE, "all"], help="the benchmark, or all of them on their own generators")
    add("--data", type=Path, help="a file or folder in the benchmark's own format, instead of its generator")
    add("--limit", type=int, help="at most this many questions")
    add("--tasks", default="", help="only these kinds of question, with commas between them")
    add("--model", help="the model that the agent may call (none by default)")
    add("--no-tools", action="store_true", help="ask the bare --model instead of the agent")
    add("--cache", type=Path, help="an SQLite file of the model's replies, so that equal prompts cost one call")
    add(
        "--perturb",
        metavar="SPEC",
        help="put the questions in the words of this chat model, where they keep the meaning",
    )
    add("--reader", metavar="SPEC", help="the chat model that checks it (the same)")
    add("--judge", metavar="SPEC", help="a chat model that judges besides, reported apart (prograph, mine)")
    for name, text in SWITCHES.items():
        add(f"--{name.replace('_', '-')}", action="store_true", help=f"{text} (prograph)")
    add("--trace", action="store_true", help="ask for the steps of the algorithms too (clrs_text)")
    add("--runs", type=int, default=1, help="graphs of each essay, to tell how alike they are (mine)")
    add("--seed", type=int, default=1234, help="seed of the generator (1234 is GraphQA's test seed)")
    add("--split", choices=["dev", "heldout"], default="dev", help="which half of the wordings (robustness)")
    add("--out", type=Path, help="folder for predictions.jsonl, outcomes.jsonl and results.json (results/NAME)")
    add("--resume", action=argparse.BooleanOptionalAction, default=True, help="go on with an unfinished run")
    add("--workers", type=int, default=1, help="processes that answer at the same time")
    add(
        "--ray",
        metavar="ADDRESS",
        help="spread the workers over this Ray cluster instead (extra: ray); 'auto' joins the one that runs here, "
        "'local' starts one",
    )
    add("--timeout", type=float, help="seconds for one question; 0 for no limit (60; mine and prograph: 0)")
    return found


def load(name: str) -> Task:
    """The TASK of `evals/benchmarks/<name>`."""
    task: Task = importlib.import_module(f"evals.benchmarks.{name}").TASK
    return task


def collect(task: Task, source: Source, limit: int | None) -> list[Sample]:
    """The samples of a run.

    Raises:
        Usage: a task name is unknown, or nothing is left. BadData: the data file is missing or malformed.
    """
    unknown = [kind for kind in source.tasks if kind not in task.kinds]
    if unknown:
        raise Usage(f"{task.name} has no task {', '.join(unknown)}; it has {', '.join(task.kinds)}")
    if source.data is not None and not source.data.exists():
        raise BadData(f"{source.data}: no such file or folder")
    found: list[Sample] = []
    for sample in task.samples(source):
        if limit is not None and len(found) >= limit:
            break
        found.append(sample)
    if not found:
        raise Usage(f"{task.name}: no question is left with these arguments")
    return found


def patience(task: Task, options: argparse.Namespace) -> float:
    """Seconds for one question, 0 for no limit."""
    return task.patience if options.timeout is None else float(options.timeout)


def fingerprint(name: str, options: argparse.Namespace, samples: list[Sample]) -> dict[str, Any]:
    """What makes two runs equal: the arguments that matter and the questions themselves."""
    digest = hashlib.sha256()
    for sample in samples:
        digest.update(f"{sample.id}\0{sample.question}\0".encode(errors="replace"))
    return {
        "benchmark": name,
        "data": None if options.data is None else str(options.data),
        "limit": options.limit,
        "tasks": options.tasks,
        "model": options.model,
        "tools": not options.no_tools,
        "seed": options.seed,
        "split": options.split,
        "timeout": patience(load(name), options),
        "questions": digest.hexdigest()[:16],
        **{name: True for name in SWITCHES if getattr(options, name)},
        **({"judge": options.judge} if options.judge else {}),
        **({"trace": True} if options.trace else {}),
        **({"runs": options.runs} if options.runs > 1 else {}),
        **({"perturb": options.perturb, "reader": options.reader or options.perturb} if options.perturb else {}),
    }


def run_one(name: str, options: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Run one benchmark, print its report, and return what results.json holds."""
    task = load(name)
    if options.judge is not None and task.brief is None and not task.judged:
        raise Usage(f"{name} needs no judge: its answers are typed; leave out --judge")
    kinds = tuple(kind.strip() for kind in options.tasks.split(",") if kind.strip())
    source = Source(options.data, options.limit, options.seed, kinds, options.split, options.trace)
    samples = collect(task, source, options.limit)
    folder: Path = (
        (options.out or Path("results")) / name if options.name == "all" or options.out is None else options.out
    )
    said_anew = None
    if options.perturb is not None:
        with _bar() as progress:
            bar = progress.add_task("paraphrases", total=len(samples))
            samples, said_anew = perturb.perturbed(
                task, samples, folder, options.perturb, options.reader, options.cache,
                lambda count: progress.update(bar, completed=count),
            )  # fmt: skip
        console.print(perturb.line(said_anew), highlight=False, soft_wrap=True)
        if not samples:
            raise Usage(f"{name}: no paraphrase was kept, so there is nothing to score; the reasons stand above")
        task = replace(task, audit=trust)  # what is left has right golds, and audits read the benchmark's own wording
    make = functools.partial(bare_model if options.no_tools else agent, options.model)
    if task.solver is not None and not options.no_tools:
        switches = {name: getattr(options, name) for name in (*SWITCHES, "cache", "judge", "runs")}
        make = functools.partial(task.solver, options.model, options.data, switches)
    make()  # complain before anything is written
    if options.ray is not None:
        need_ray()
    try:
        store = Store(folder, fingerprint(name, options, samples), resume=options.resume)
    except OSError as error:
        raise Usage(f"--out {folder}: cannot be written ({error.strerror}); name another folder") from error
    if store.predictions:
        done = len(store.predictions)
        console.print(
            f"{name}: going on with {folder}: {done} of {len(samples)} questions are answered already", soft_wrap=True
        )
    start = time.perf_counter()
    rows = _with_progress(task, samples, make, options, store, console)
    about = {
        "seconds": round(time.perf_counter() - start, 3),
        "seed": options.seed,
        "model": options.model,
        "tools": not options.no_tools,
        "arguments": fingerprint(name, options, samples),
    }
    if said_anew is not None:
        about["perturbed"] = said_anew
    result = report.summary(task, rows, about)
    if options.judge is not None and task.brief is not None:
        assert task.brief is not None
        store.finish(result)  # what the judge's model cannot take away
        result["judge"] = _judged(task, samples, rows, options, folder)
    store.finish(result)
    report.show(console, task, rows, result)
    if "judge" in result:
        console.print(judge.line(result["judge"]), highlight=False, soft_wrap=True)
    console.print(f"written to {folder}", highlight=False, soft_wrap=True)
    return result


def _judged(
    task: Task, samples: list[Sample], rows: list[dict[str, Any]], options: argparse.Namespace, folder: Path
) -> dict[str, Any]:
    """The sums of the judge."""
    assert task.brief is not None
    with _bar() as progress:
        bar = progress.add_task("judge", total=len(samples))
        return judge.judge(
            task.brief, samples, rows, folder, options.judge, options.cache,
            lambda count: progress.update(bar, completed=count),
        )  # fmt: skip


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _with_progress(
    task: Task,
    samples: list[Sample],
    make: functools.partial[Solver],
    options: argparse.Namespace,
    store: Store,
    console: Console,
) -> list[dict[str, Any]]:
    setup = Setup(make, options.workers, patience(task, options) or None, options.ray)
    with _bar() as progress:
        bar = progress.add_task(task.name, total=len(samples))
        return run(task, samples, setup, store, lambda count: progress.update(bar, completed=count))


def check(options: argparse.Namespace) -> None:
    """Refuse arguments that make no sense together.

    Raises:
        Usage: with what to write instead.
    """
    if options.limit is not None and options.limit < 1:
        raise Usage("--limit must be at least 1")
    if options.trace and options.name != "clrs_text":
        raise Usage("--trace is for clrs_text: other benchmarks have no steps")
    if options.runs < 1:
        raise Usage("--runs must be at least 1")
    if options.workers < 1:
        raise Usage("--workers must be at least 1")
    if options.timeout is not None and not 0 <= options.timeout < 1e6:
        raise Usage("--timeout must be 0 (no limit) or a number of seconds below 1,000,000")
    if options.name in GENERATED and options.data is not None:
        raise Usage(f"{options.name} makes its own questions and reads no file: leave out --data")
    if options.name in FROM_FILE and options.data is None:
        raise Usage(f"{options.name} has no generator: name the benchmark's own file with --data")
    if options.reader is not None and options.perturb is None:
        raise Usage("--reader checks paraphrases: name the model that writes them with --perturb")
    if options.name in UNREADABLE and options.perturb is not None:
        raise Usage(f"{options.name} has no plans, so nothing could tell whether a paraphrase keeps the meaning")
    if options.name == "all" and options.data is not None:
        raise Usage("--data belongs to one benchmark: name it instead of all")
    if options.name == "all" and options.tasks:
        raise Usage("--tasks belongs to one benchmark: name it instead of all")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 0 done, 2 bad arguments or data, 130 interrupted."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    study = main_of(words[0]) if words and words[0] in STUDIES else None
    options = parser().parse_args(words) if study is None else argparse.Namespace()
    console = Console()
    try:
        if study is not None:
            return study(words[1:])
        check(options)
        for name in BENCHMARKS if options.name == "all" else (options.name,):
            run_one(name, options, console)
    except (Usage, BadData, GraphError, SolverUnavailable, OtherRun) as error:
        print(f"evals.run: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nstopped; the same command goes on from here", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
