"""CLRS-Text (arXiv 2406.04229): thirty algorithms as text, by two protocols that are never mixed.

With traces (the paper's): the answer is the states of the algorithm, `|` and the result; accuracy is the share of
results that are exactly right. Without traces (that of TransNAR, arXiv 2406.09308): shape, parse and CLRS score of the
result. Both stand beside exact match, the trivial answers, and the share of answers that are valid with any breaking of
ties.

Data: JSON lines with `question`, `answer` and `algorithm` or `algo_name`, `size` or `length`, as the official generator
and its set on Hugging Face have them; a file holds questions of one protocol. Without `--data` our own generator makes
them, of sizes 4, 8, 10, 12 and 14, with `--trace` or without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from statistics import fmean
from typing import Any

import numpy as np

from agents.reply import Reply
from evals.benchmarks.clrs_text.scores import CONSTANTS, result_of, score, trivial
from evals.benchmarks.clrs_text.valid import is_valid
from evals.files import data_files, json_rows
from evals.task import BadData, Finding, Outcome, Sample, Source, Task
from graphs.clrs import ALGORITHMS, GRAPH_ALGORITHMS, run, sample
from graphs.clrs.text import Question, read_question, to_text
from graphs.errors import GraphError

SIZES = (4, 8, 10, 12, 14)
USUAL = 2 * len(SIZES) * len(ALGORITHMS)
TRACES, PLAIN = "CLRS-Text protocol (with traces)", "TransNAR protocol (without traces)"
TRIVIAL = "trivial answers"
Row = dict[str, Any]


def samples(source: Source) -> Iterator[Sample]:
    """Questions of a file, or made here.

    Raises:
        BadData: the file is not in the format, or mixes the protocols.
    """
    if source.data is None:
        yield from _made(source)
        return
    found = [
        _read(file.stem, number, place, row)
        for file in data_files(source.data, ".jsonl", ".json")
        for number, (place, row) in enumerate(json_rows(file, "question", "answer"))
    ]
    kinds = {s.metadata["trace"] for s in found if s.task != "segments_intersect"}  # which has no trace in either
    if len(kinds) > 1:
        raise BadData(
            f"{source.data}: questions with and without traces, and the protocols are not comparable: part them"
        )
    if source.trace and kinds == {False}:
        raise BadData(f"{source.data}: holds no traces; leave out --trace")
    for one in found:
        if source.wants(one.task):
            yield Sample(one.id, one.question, None, one.gold, one.task, {**one.metadata, "trace": True in kinds})


def _read(stem: str, number: int, place: str, row: Row) -> Sample:
    text = str(row["question"])
    try:
        question = read_question(text)
    except GraphError as error:
        raise BadData(f"{place}: {error}") from error
    size = row.get("size", row.get("length"))
    return _sample(f"{stem}-{number}", text, str(row["answer"]), question, size if isinstance(size, int) else 0)


def _made(source: Source) -> Iterator[Sample]:
    rounds: dict[str, int] = defaultdict(int)
    for name, kind, rng in source.in_turn(ALGORITHMS, USUAL):
        size = SIZES[rounds[kind] % len(SIZES)]
        rounds[kind] += 1
        text, answer = to_text(sample(kind, size, np.random.RandomState(rng.getrandbits(32))), trace=source.trace)
        made = _sample(name, text, answer, read_question(text), size)
        yield Sample(name, text, None, made.gold, kind, {**made.metadata, "trace": source.trace})


def _sample(name: str, text: str, answer: str, question: Question, size: int) -> Sample:
    metadata = {"size": size, "trace": question.trace, "question": question, "answer": answer.strip("\n")}
    return Sample(name, text, None, result_of(answer, trace=question.trace), question.algorithm, metadata)


def score_reply(reply: Reply, sample: Sample) -> Outcome:
    """Right is an exact match of the result; anything else with a number in it is wrong."""
    if reply.status == "unanswerable":
        return "unanswerable"
    said = result_of(reply.text, trace=sample.metadata["trace"])
    if said == sample.gold:
        return "right"
    return "wrong" if any(c.isdigit() for c in said) else "unreadable"


def detail(reply: Reply, sample: Sample) -> Row:
    """The scores of one answer, and those of the trivial ones."""
    question: Question = sample.metadata["question"]
    trace = sample.metadata["trace"]
    said = "" if reply.status == "unanswerable" else result_of(reply.text, trace=trace)
    found = score(said, sample.gold)
    return {
        "traced": trace,
        "exact": found.exact,
        "shape": found.shape,
        "parse": found.parse,
        "clrs": found.clrs,
        "valid": is_valid(question, said),
        "steps_exact": reply.text.strip("\n") == sample.metadata["answer"] if trace else None,
        "trivial": {name: list(values) for name, values in trivial(question, sample.gold).items()},
    }


def sums(rows: list[Row]) -> dict[str, dict[str, Row]]:
    """Two tables of the run's protocol: the scores by algorithm and size, and those of trivial answers; in percent.

    A question that failed has no scores and counts as 0.
    """
    traced = next((row["traced"] for row in rows if "traced" in row), None)
    if traced is None:
        return {}
    groups = {name: [row for row in rows if row["task"] == name] for name in ALGORITHMS}
    graphs = groups["graphs"] = [row for row in rows if row["task"] in GRAPH_ALGORITHMS]
    sizes = sorted({row["size"] for row in graphs if row.get("size")})
    groups |= {f"graphs, n={size}": [row for row in graphs if row.get("size") == size] for size in sizes}
    groups["others"] = [row for row in rows if row["task"] not in GRAPH_ALGORITHMS]
    groups["all"] = rows
    title = TRACES if traced else PLAIN
    return {
        title: {name: _scores(group, traced) for name, group in groups.items() if group},
        TRIVIAL: {name: _trivial(group, traced) for name, group in groups.items() if group},
    }


def _scores(rows: list[Row], traced: bool) -> Row:
    own = ("exact", "steps_exact", "valid") if traced else ("exact", "shape", "parse", "clrs", "valid")
    names = {"exact": "accuracy"} if traced else {}
    figures = {names.get(name, name): _percent([float(row.get(name, 0)) for row in rows]) for name in own}
    return {"n": len(rows), **figures}


def _trivial(rows: list[Row], traced: bool) -> Row:
    """The constant is the one that is best for each algorithm."""
    by_algorithm: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if "trivial" in row:
            by_algorithm[row["task"]].append(row["trivial"])
    all_rows = list(chain.from_iterable(by_algorithm.values()))
    figures: Row = {"n": len(all_rows)}
    for what, column in (("exact", 1),) if traced else (("clrs", 0), ("exact", 1)):
        constants = [_best_constant(group, column) for group in by_algorithm.values()]
        figures[f"constant_{what}"] = _percent(list(chain.from_iterable(constants)))
        for name in ("identity", "copy"):
            figures[f"{name}_{what}"] = _percent([float(row[name][column]) for row in all_rows])
    return figures


def _best_constant(group: list[Row], column: int) -> list[float]:
    by_constant = [[float(row[f"constant {c}"][column]) for row in group] for c in CONSTANTS]
    return max(by_constant, key=sum)


def _percent(values: list[float]) -> float:
    return round(100 * fmean(values), 1) if values else 0.0


def audit(sample: Sample) -> Finding:
    """Run the algorithm again: whether the shipped answer is its own."""
    question: Question = sample.metadata["question"]
    again = to_text(run(question.algorithm, **question.inputs), trace=question.trace)[1]
    if again == sample.metadata["answer"]:
        return Finding("right")
    metadata = {**sample.metadata, "answer": again}
    gold = result_of(again, trace=question.trace)
    if gold == sample.gold:
        return Finding("right")
    return Finding("wrong", Sample(sample.id, sample.question, None, gold, sample.task, metadata))


TASK = Task(
    "clrs_text",
    samples,
    score_reply,
    source="CLRS-Text, arXiv 2406.04229; TransNAR, arXiv 2406.09308",
    kinds=ALGORITHMS,
    audit=audit,
    column="size",
    detail=detail,
    sums=sums,
)
