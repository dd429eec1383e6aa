"""What a benchmark is: samples with their gold answers, a scorer, and an audit of the golds."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from agents.reply import Reply
from graphs.graph import Graph

if TYPE_CHECKING:
    from evals.judge import Brief
    from evals.rewording.perturb import Known

Outcome = Literal["right", "wrong", "unreadable", "asked_back", "unanswerable", "failed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

Audit = Literal["right", "wrong", "unanswerable", "guess"]


class BadData(ValueError):
    """A data file is missing or not in the benchmark's format. The message names the file and the place."""


@dataclass(frozen=True)
class Sample:
    """One question.

    question: the whole text that is put to the agent, graph included.
    graph: the graph as the benchmark means it, read or generated without the product's parser; the agent never
        sees it, the scorer checks answers against it.
    gold: the benchmark's own answer, normalised by the benchmark's file.
    task: the kind of question; reports are grouped by it. metadata: anything a scorer, an audit or a report needs
        (`scoring`, `encoder`, the asked nodes …).
    """

    id: str
    question: str
    graph: Graph | None
    gold: Any
    task: str
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where samples come from: a file or folder of the benchmark's own format, or its generator.

    count: how many samples the generator shall make in all; None for the benchmark's usual size.
    tasks: keep these kinds of question only; empty keeps all. split: for benchmarks that have one.
    trace: whether generated questions ask for the steps of an algorithm too (clrs_text).
    """

    data: Path | None = None
    count: int | None = None
    seed: int = 1234
    tasks: tuple[str, ...] = ()
    split: str = "dev"
    trace: bool = False

    def wants(self, task: str) -> bool:
        return not self.tasks or task in self.tasks

    def in_turn(self, kinds: Iterable[str], usual: int) -> Iterator[tuple[str, str, random.Random]]:
        """(id, kind, random numbers) for each sample that a generator shall make: the wanted kinds in turn.

        usual: how many there are where no count is set.
        """
        wanted = [kind for kind in kinds if self.wants(kind)]
        for i in range(self.count or usual):
            kind = wanted[i % len(wanted)]
            yield f"{kind}-{self.seed}-{i:05d}", kind, random.Random(f"{self.seed}-{kind}-{i}")


@dataclass(frozen=True)
class Finding:
    """What an audit found: whether the shipped gold holds, and where not, the sample with the recomputed gold."""

    gold: Audit
    corrected: Sample | None = None


def trust(_: Sample) -> Finding:
    """The audit of a benchmark whose golds need none: its own generator made them."""
    return Finding("right")


@dataclass(frozen=True)
class Task:
    """A benchmark.

    score: decides from the typed value of a reply, or from its text when it has no value. audit: recomputes the answer
    independently and says whether the shipped gold is right, wrong, not entailed by the text ("unanswerable"), or a
    statistical guess. kinds: the values that `Sample.task` takes. column: the metadata field that is the second axis of
    the report, "" for none. solver: makes the solver from the model's spec, the data file and the switches of the
    command line, for a benchmark that measures something else than the agent as a whole. detail: further fields of an
    item's row. sums: further figures of a report, from the rows; a mapping of mappings of names to numbers. brief: what
    a chat model that judges besides (`--judge`) is asked about a reply, None for a reply that it need not see. judged:
    `--judge` replaces the scorer's own judge. reread: what is known of a question whose paraphrase is to be checked
    (`--perturb`), or why there is no checking it; without it, the plan of the certain router. patience: seconds that a
    question may take where `--timeout` says nothing, 0 for any.
    """

    name: str
    samples: Callable[[Source], Iterator[Sample]]
    score: Callable[[Reply, Sample], Outcome]
    source: str
    kinds: tuple[str, ...]
    audit: Callable[[Sample], Finding] = trust
    column: str = ""
    solver: Callable[[str | None, Path | None, Mapping[str, Any]], Callable[[str], Reply]] | None = None
    detail: Callable[[Reply, Sample], dict[str, Any]] | None = None
    sums: Callable[[list[dict[str, Any]]], dict[str, Any]] | None = None
    brief: Callable[[Reply, Sample], Brief | None] | None = None
    judged: bool = False
    reread: Callable[[Sample], Known | str] | None = None
    patience: float = 60.0
