"""Experience: plans and programs that answered a question and were checked, found again by what kind of task it was.

Entries are retrieved by task and by what the graph is like (directed, weighted, size class) and what is wanted (a
number, a set of nodes …), not by wording: two stories about the same task share few words. Nothing enters unproven: a
plan is run again and its certificates checked, a program is run again in the sandbox, and both must give the value
that is claimed.
A program is run once more each time before it is offered; one that fails then is withdrawn.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from agents.plan import Call, Plan
from agents.programs.crosscheck import same_value
from agents.programs.program import Program, Result, Runner, read_result, typed
from agents.reply import Status
from agents.settings import data_folder
from agents.state import Context, State
from graphs.errors import GraphError
from graphs.graph import Graph

TRUSTED: tuple[Status, ...] = ("proven", "computed")
LARGEST = 4 << 20  # bytes of a program's files; what needs more is not kept
MOST = 5_000  # entries; the oldest go first
_TABLE = """
CREATE TABLE IF NOT EXISTS experience (
    id INTEGER PRIMARY KEY, task TEXT NOT NULL, tags TEXT NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL, files TEXT NOT NULL, value TEXT NOT NULL, status TEXT NOT NULL,
    UNIQUE (task, tags, kind, body));
CREATE INDEX IF NOT EXISTS by_task ON experience (task);
"""

Size = Literal["none", "small", "medium", "large"]


class Untrusted(GraphError):
    """An entry is refused: it is not proven or computed, or checking it again gave something else."""


@dataclass(frozen=True)
class Tags:
    """What a task is like, besides its name. wanted: the kind of answer (number, truth, nodes, pairs, groups, text)."""

    directed: bool = False
    weighted: bool = False
    size: Size = "none"
    wanted: str = ""

    @classmethod
    def of(cls, graph: Graph | None, wanted: str = "") -> Tags:
        """The tags of a question on a graph."""
        if graph is None:
            return cls(wanted=wanted)
        nodes = graph.num_nodes
        size: Size = "small" if nodes <= 100 else "medium" if nodes <= 10_000 else "large"
        return cls(graph.directed, graph.weighted, size, wanted)

    def shared(self, other: Tags) -> int:
        """How many constraints agree; the wanted kind counts twice."""
        mine, theirs = asdict(self), asdict(other)
        agree: list[bool] = [mine[name] == theirs[name] for name in mine]
        return sum(agree) + (self.wanted == other.wanted)


def kind_of(value: Any) -> str:
    """The kind of an answer, for tags."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, dict):
        return "values"
    if isinstance(value, (list, tuple, set, frozenset)):
        items = list(value)
        if items and all(isinstance(item, (list, tuple)) for item in items):
            return "pairs" if all(len(item) == 2 for item in items) else "groups"
        return "list"
    return "nothing" if value is None else "other"


@dataclass(frozen=True)
class Entry:
    """One experience. task: the tool, or the library functions joined by "+". body: a plan as JSON, or a program."""

    task: str
    tags: Tags
    question: str
    kind: Literal["plan", "program"]
    body: str
    value: Any
    status: Status
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    id: int = 0


class Experience:
    """A store of checked experience in one SQLite file."""

    def __init__(self, file: Path | None = None, runner: Runner | None = None) -> None:
        """file: default `experience.sqlite` in the data folder. runner: runs programs (default: the sandbox)."""
        self.file = file or data_folder() / "search" / "experience.sqlite"
        self._runner = runner
        self._lock = threading.Lock()

    # -- remembering

    def remember_plan(self, question: str, graph: Graph, plan: Plan, value: Any, status: Status) -> Entry:
        """Keep a plan that answered a question with `value`.

        Raises:
            Untrusted: its status is not proven or computed, or running it again gives another value or no proof.
        """
        _trusted(status)
        from agents.answer import wanted_value
        from agents.solver import solve

        again = solve(State(graph=graph, plan=plan), Context(30.0))
        if again.get("fault") or not again.get("answers"):
            raise Untrusted(f"the plan was run again and failed: {again.get('fault')}")
        if any(c.grade != "none" and not c.holds for c in again["certificates"]):
            raise Untrusted("the plan was run again and a certificate was refused")
        if not same_value(wanted_value(again["plan"], again["answers"][-1]), value):
            raise Untrusted("the plan was run again and gave another value than the one to be kept")
        body = json.dumps({"calls": [asdict(call) for call in plan.calls], "pick": plan.pick}, default=str)
        return self._store(Entry(plan.last.tool, Tags.of(graph, kind_of(value)), question, "plan", body, value, status))

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
        return self._store(Entry(task, tags, question, "program", body, value, status, dict(program.files)))

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

    def _store(self, entry: Entry) -> Entry:
        files = json.dumps({name: content.hex() for name, content in entry.files.items()})
        tags = json.dumps(asdict(entry.tags), sort_keys=True)
        value = json.dumps(_kept(entry.value))
        with self._open() as database:
            database.execute(
                "INSERT OR REPLACE INTO experience (task, tags, question, kind, body, files, value, status) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (entry.task, tags, entry.question[:2000], entry.kind, entry.body, files, value, entry.status),
            )
            database.execute(
                "DELETE FROM experience WHERE id NOT IN (SELECT id FROM experience ORDER BY id DESC LIMIT ?)", (MOST,)
            )
        return entry

    # -- finding

    def find(self, task: str, tags: Tags, limit: int = 2, kind: str = "") -> list[Entry]:
        """Entries of this task, those that share most constraints first. Programs are run again before they are given.

        task: as in `Entry`; an entry whose functions include all of the task's fits too.
        """
        wanted = set(task.split("+"))
        fitting = [e for e in self._all(kind) if wanted <= set(e.task.split("+"))]
        fitting.sort(key=lambda e: (-tags.shared(e.tags), len(e.task), -e.id))
        offered: list[Entry] = []
        for entry in fitting:
            if len(offered) == limit:
                break
            if entry.kind == "program" and not self._still_holds(entry):
                continue
            offered.append(entry)
        return offered

    def _still_holds(self, entry: Entry) -> bool:
        try:
            self._same_again(program_of(entry), entry.value)
        except Untrusted:
            with self._open() as database:
                database.execute("DELETE FROM experience WHERE id = ?", (entry.id,))
            return False
        return True

    def _all(self, kind: str) -> list[Entry]:
        if not self.file.exists():
            return []
        with self._open() as database:
            rows = database.execute(
                "SELECT task, tags, question, kind, body, files, value, status, id FROM experience"
            ).fetchall()
        entries = []
        for task, tags, question, sort, body, files, value, status, number in rows:
            if status not in TRUSTED or (kind and sort != kind):
                continue  # written by something else than this class
            content = {name: bytes.fromhex(text) for name, text in json.loads(files).items()}
            known = Tags(**json.loads(tags))
            entries.append(Entry(task, known, question, sort, body, typed(json.loads(value)), status, content, number))
        return entries

    def __len__(self) -> int:
        return len(self._all(""))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            database = sqlite3.connect(self.file, timeout=30.0)
            try:
                database.executescript(_TABLE)
                with database:
                    yield database
            finally:
                database.close()


def plan_of(entry: Entry) -> Plan:
    """The plan of an entry."""
    body = json.loads(entry.body)
    return Plan(tuple(Call(**call) for call in body["calls"]), pick=body["pick"], source="caller")


def program_of(entry: Entry) -> Program:
    """The program of an entry, with the files that it reads."""
    body = json.loads(entry.body)
    return Program(body["code"], body["graph_file"], body["library"], dict(entry.files))


def _trusted(status: Status) -> None:
    if status not in TRUSTED:
        raise Untrusted(f"an answer that is {status} is not kept; only {' or '.join(TRUSTED)} ones are")


def _kept(value: Any) -> Any:
    """A value as JSON that keeps dicts with any key and sets apart."""
    if isinstance(value, dict):
        return {"pairs": [[_kept(k), _kept(v)] for k, v in value.items()]}
    if isinstance(value, (set, frozenset)):
        return {"set": [_kept(item) for item in value]}
    if isinstance(value, (list, tuple)):
        return [_kept(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return {"float": str(value)}
    return value if value is None or isinstance(value, (bool, int, float, str)) else {"text": str(value)}
