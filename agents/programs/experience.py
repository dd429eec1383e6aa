"""Experience: plans and programs that answered a question and were checked, found again by what kind of task it was.

Examples for a model are retrieved by task and by what the graph is like (directed, weighted, size class) and what is
wanted (a number, a set of nodes …), not by wording: two stories about the same task share few words. To be used without
a model, an entry must also be the same question: worded alike but for names and numbers (a plan) or in full (a
program), on a graph of the same kind. What it gives then comes of a new run, never from the store.

Nothing enters unproven: a plan is run again and its certificates checked, a program is run again in the sandbox, and
both must give the value that is claimed. Before it is used, an entry is run once more on its own graph; one that fails
or differs then is withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from agents.plan import Plan
from agents.programs.crosscheck import same_value
from agents.programs.entries import (
    GRAPH,
    Entry,
    Tags,
    as_kept,
    graph_in,
    kind_of,
    pattern_in,
    plan_of,
    program_of,
)
from agents.programs.entry_file import TRUSTED, EntryFile
from agents.programs.patterns import filled, pattern_of, wording_of
from agents.programs.program import Program, Result, Runner, read_result
from agents.reply import Status
from agents.routing.mentions import find_mentions
from agents.settings import data_folder
from agents.state import Context, State
from graphs.errors import GraphError
from graphs.graph import Graph

LARGEST = 4 << 20  # bytes of an entry's files; what needs more is not kept
SECONDS = 10.0  # for running a plan again

T = TypeVar("T")


class Untrusted(GraphError):
    """An entry is refused: it is not proven or computed, or checking it again gave something else."""


class Experience:
    """A store of checked experience in one SQLite file."""

    def __init__(self, file: Path | None = None, runner: Runner | None = None) -> None:
        """file: default `experience.sqlite` in the data folder. runner: runs programs (default: the sandbox)."""
        self.file = file or data_folder() / "search" / "experience.sqlite"
        self._file = EntryFile(self.file)
        self._runner = runner

    # -- remembering

    def remember_plan(self, question: str, graph: Graph, plan: Plan, value: Any, status: Status) -> Entry:
        """Keep a plan that answered a question with `value`.

        Raises:
            Untrusted: its status is not proven or computed, running it again gives another value or no proof, or its
                value or its graph cannot be kept.
            NoPattern: the plan speaks of nodes that the question does not name.
        """
        _trusted(status)
        content = json.dumps(graph.to_json(), default=str).encode()
        if isinstance(value, Graph) or len(content) > LARGEST:
            raise Untrusted(f"plans that make a graph, or work on one over {LARGEST >> 20} MiB, are not kept")
        self._holds_again(plan, graph, value)
        pattern = pattern_of(question, graph, plan)
        body = json.dumps(pattern.to_json())
        tags = Tags.of(graph, kind_of(value))
        files = {GRAPH: content}
        return self._file.add(
            Entry(plan.last.tool, tags, question, "plan", body, value, status, files, pattern.wording)
        )

    def _holds_again(self, plan: Plan, graph: Graph, value: Any) -> None:
        from agents.answer import wanted_value
        from agents.solver import solve

        again = solve(State(graph=graph, plan=plan), Context(SECONDS))
        if again.get("fault") or not again.get("answers"):
            raise Untrusted(f"the plan was run again and failed: {again.get('fault')}")
        if any(c.grade != "none" and not c.holds for c in again["certificates"]):
            raise Untrusted("the plan was run again and a certificate was refused")
        if not same_value(as_kept(wanted_value(again["plan"], again["answers"][-1])), as_kept(value)):
            raise Untrusted("the plan was run again and gave another value than the one to be kept")

    def remember_program(
        self,
        question: str,
        graph: Graph | None,
        program: Program,
        functions: tuple[str, ...],
        value: Any,
        status: Status,
    ) -> Entry:
        """Keep a program that answered a question with `value`. functions: the library functions that it calls.

        Raises:
            Untrusted: its status is not proven or computed, its files are too large, or running it again in the sandbox
                gives another value. SandboxUnavailable: it cannot be run again.
        """
        _trusted(status)
        if sum(map(len, program.files.values())) > LARGEST:
            raise Untrusted(f"the files of the program are larger than {LARGEST >> 20} MiB, so it is not kept")
        self._same_again(program, value)
        body = json.dumps({"code": program.code, "graph_file": program.graph_file, "library": program.library})
        tags = Tags.of(graph, kind_of(value))
        task = "+".join(sorted(functions)) or "program"
        wording = wording_of(find_mentions(question, graph))
        return self._file.add(Entry(task, tags, question, "program", body, value, status, dict(program.files), wording))

    def _same_again(self, program: Program, value: Any) -> None:
        result = self._run(program)
        if result.error or not result.has_value:
            raise Untrusted(f"the program was run again and failed: {(result.error or 'no value')[-200:]}")
        if not same_value(result.value, value):
            raise Untrusted("the program was run again and gave another value than the one to be kept")

    def _run(self, program: Program) -> Result:
        run = self._runner
        if run is None:
            from agents.sandbox import run_program

            run = run_program
        return read_result(run(program.script(), files=program.files))

    # -- finding

    def find(self, task: str, tags: Tags, limit: int = 2, kind: str = "") -> list[Entry]:
        """Entries of this task, those that share most constraints first; each is run again before it is given.

        task: as in `Entry`; an entry whose functions include all of the task's fits too.
        """
        wanted = set(task.split("+"))
        fitting = [e for e in self._file.entries(kind) if wanted <= set(e.task.split("+"))]
        fitting.sort(key=lambda e: (-tags.shared(e.tags), len(e.task), -e.id))
        offered: list[Entry] = []
        for entry in fitting:
            if len(offered) == limit:
                break
            if self.still_holds(entry):
                offered.append(entry)
        return offered

    def plan_for(self, question: str, graph: Graph) -> tuple[Plan, Entry] | None:
        """A plan for this question by that of the same question with other names, numbers or another graph.

        None where there is none, where entries disagree on what the question means, and where what is kept fails on its
        own graph (it is withdrawn then).
        """
        meant: dict[str, list[tuple[Plan, Entry]]] = {}  # what the entries make of the question
        for entry in self._worded_alike(question, graph, "plan"):
            try:
                plan = _read(entry, lambda kept: filled(pattern_in(kept), question, graph))
            except Untrusted:
                self.forget(entry)
                continue
            if plan is not None:
                calls = json.dumps([*map(asdict, plan.calls), plan.pick], default=str)
                meant.setdefault(calls, []).append((plan, entry))
        found = [next((pair for pair in pairs if self.still_holds(pair[1])), None) for pairs in meant.values()]
        holding = [pair for pair in found if pair is not None]
        return holding[0] if len(holding) == 1 else None

    def programs_for(self, question: str, graph: Graph) -> Iterator[Entry]:
        """Programs that answered this very question, names and numbers included, on another or the same graph."""
        said = " ".join(question.casefold().split()).rstrip(" ?.!")
        for entry in self._worded_alike(question, graph, "program"):
            same = " ".join(entry.question.casefold().split()).rstrip(" ?.!") == said
            if same and len(entry.question) < 2000 and self.still_holds(entry):
                yield entry

    def _worded_alike(self, question: str, graph: Graph, kind: str) -> list[Entry]:
        tags = Tags.of(graph)
        alike = self._file.entries(kind, wording_of(find_mentions(question, graph)))
        return sorted((entry for entry in alike if entry.tags.same_kind(tags)), key=lambda entry: -entry.id)

    def still_holds(self, entry: Entry) -> bool:
        """Whether an entry still gives its value where it was right; it is withdrawn if not."""
        try:
            if entry.kind == "program":
                self._same_again(_read(entry, program_of), entry.value)
            else:
                plan, graph = _read(entry, plan_of), _read(entry, graph_in)
                if entry.task != plan.last.tool:
                    raise Untrusted("its task is not that of its plan")
                self._holds_again(plan, graph, entry.value)
        except Untrusted:
            self.forget(entry)
            return False
        return True

    def forget(self, entry: Entry) -> None:
        """Withdraw an entry."""
        self._file.remove(entry)

    def __len__(self) -> int:
        return len(self._file.entries(""))


def _read(entry: Entry, how: Callable[[Entry], T]) -> T:
    try:
        return how(entry)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:  # written by something else
        raise Untrusted(f"the entry {entry.id} cannot be read: {error}") from error


def _trusted(status: Status) -> None:
    if status not in TRUSTED:
        raise Untrusted(f"an answer that is {status} is not kept; only {' or '.join(TRUSTED)} ones are")
