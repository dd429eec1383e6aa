"""Kill growth with SIGKILL at random moments, resume it, and look whether anything was lost, doubled or paid for twice.

Each run is made twice: once in peace and once with kills. Three kinds of runs take turns: questions asked of a scripted
endpoint, documents read with it, and a recording (`replay:`). After every kill the store is opened and checked; at the
end of a run its export has to be, byte for byte, that of the run in peace. The endpoint counts its replies: one that
was made again must have been on its way when the program died.

`python -m benchmarks.kill_grow --kills 200`
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from benchmarks.forked import fork
from benchmarks.scripted_endpoint import Endpoint, endpoint, graph_reply
from graphs.store import Store
from graphs.store.exchange import export

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("questions", "documents", "replay")
_STEP = re.compile(r"step (\d+): ")
_LIMIT = 900.0  # seconds for one process
_FRESH = 0.2  # of the programs are begun afresh, with string hashes of their own; the others are forked, much sooner


@dataclass
class Account:
    """What the kills have shown. Everything in `faults` must stay empty.

    in_flight: replies that the endpoint had made and that never reached the cache: paid for, lost with the process.
    """

    kills: int = 0
    runs: int = 0
    steps: int = 0
    reported: int = 0
    replies: int = 0
    in_flight: int = 0
    phases: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass
class Growing:
    """One run in its folder: how it is begun, and what was reported of it."""

    kind: str
    folder: Path
    begin: list[str]
    reported: int = 0
    began: bool = False

    @property
    def arguments(self) -> list[str]:
        resumes = self.began and (self.folder / "store.sqlite").exists() and _has_run(self.folder)
        return ["grow", "--store", str(self.folder), *(["--resume"] if resumes else self.begin)]


def _has_run(folder: Path) -> bool:
    with Store.open(folder, readonly=True) as store:
        return store.value("grow/settings") is not None


@dataclass(frozen=True)
class Moment:
    """When to kill: `seconds` after so many lines of progress; the first line says that the run is open."""

    lines: int
    seconds: float


class Program:
    """A growing program: begun afresh, or forked from one that has loaded its libraries (`benchmarks.forked`)."""

    def __init__(self, arguments: list[str], *, fresh: bool) -> None:
        self._room = Path(tempfile.mkdtemp(prefix="kill-grow-pipe-"))
        self._popen: subprocess.Popen[str] | None = None
        if fresh:
            quiet = {**os.environ, "OMP_NUM_THREADS": "1", "OPENAI_API_KEY": "none", "PYTHONHASHSEED": "random"}
            command = [sys.executable, "-m", "ui.cli", *arguments]
            self._popen = subprocess.Popen(
                command, cwd=ROOT, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            assert self._popen.stderr is not None
            self.said: IO[str] = self._popen.stderr
            return
        pipe = self._room / "stderr"
        os.mkfifo(pipe)
        self._fork = fork(arguments, pipe)
        self.said = pipe.open(encoding="utf-8")  # waits until the program has opened its end

    def kill(self) -> bool:
        """Kill it; whether it was still alive."""
        alive = self.code is None
        if self._popen is not None:
            self._popen.kill()
        else:
            self._fork.kill()
        return alive

    def wait(self) -> None:
        if self._popen is not None:
            self._popen.wait(_LIMIT)
        else:
            self._fork.join(_LIMIT)

    @property
    def code(self) -> int | None:
        return self._popen.poll() if self._popen is not None else self._fork.exitcode

    def close(self) -> None:
        self.said.close()
        shutil.rmtree(self._room, ignore_errors=True)


def play(run: Growing, moment: Moment | None, account: Account, *, fresh: bool) -> bool:
    """Let the run go on and kill it at a moment, or never. Returns whether it has ended. fresh: see `Program`."""
    program = Program(run.arguments, fresh=fresh)
    run.began = True
    ready, said, steps = threading.Event(), [], run.reported
    if moment is not None and not moment.lines:
        ready.set()

    def listen() -> None:
        for line in program.said:
            said.append(line)
            if found := _STEP.match(line):
                run.reported = int(found[1])
            if moment is not None and len(said) >= moment.lines:
                ready.set()
        ready.set()

    listener = threading.Thread(target=listen)
    listener.start()
    killed = False
    try:
        if moment is not None:
            ready.wait(_LIMIT)
            time.sleep(moment.seconds)
            killed = program.kill()
        program.wait()
    finally:
        program.kill()
        listener.join()
        program.close()
    if killed:
        account.kills += 1
        account.phases["starting" if not said else "in its first step" if run.reported == steps else "later"] += 1
        return False
    if program.code != 0:
        account.faults.append(f"{run.folder.name}: exit {program.code}: {''.join(said)[-500:]}")
    return True


def check(run: Growing, account: Account) -> None:
    """Look into the store after a kill: nothing that was reported is lost, nothing is there twice, the log agrees."""

    def fault(text: str) -> None:
        account.faults.append(f"{run.folder.name} after kill {account.kills}: {text}")

    if not (run.folder / "store.sqlite").exists():
        if run.reported:
            fault("the store is gone")
        return
    with closing(sqlite3.connect(run.folder / "store.sqlite")) as base:
        if (found := base.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            fault(f"integrity: {found}")
    with Store.open(run.folder, readonly=True) as store:
        state = store.value("grow/state")
        done = 0 if state is None else state["totals"]["steps"]
        made = sum("growth" in step.notes for step in store.steps())
        if done < run.reported:
            fault(f"step {run.reported} was reported, the store knows {done}")
        if done != made:
            fault(f"the state says {done} steps, the log has {made}")
        relations = [(r.source, r.verb, r.target, r.valid_from, r.valid_to) for r in store.relations()]
        if len(set(relations)) != len(relations):
            fault("a relation is there twice")
        asked = [step.about for step in store.steps() if "growth" in step.notes]
        if len(set(asked)) != len(asked):
            fault("something was asked twice")
        if store.last_step and text_of(store) != text_of(store.as_of(store.last_step)):
            fault("the tables are not what the log says")


def text_of(store: Store) -> str:
    """The export, which is the same for the same graph."""
    stream = io.StringIO()
    export(store, stream, "json")
    return stream.getvalue()


def cached(folder: Path) -> int:
    """How many replies the cache of calls holds."""
    path = folder / "calls.sqlite"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as base:
        try:
            return int(base.execute("SELECT count(*) FROM replies").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def arguments(kind: str, server: Endpoint, room: Path, steps: int, seed: int) -> list[str]:
    """How a run of a kind begins."""
    plain = ["--no-embeddings", "--seed", str(seed), "--window", "100"]
    question = f"What makes the skin of fruit number {seed} tough?"
    if kind == "questions":
        return [question, "--model", server.spec, "--steps", str(steps), *plain]
    if kind == "replay":
        path = room / f"recording-{seed}.jsonl"
        rows = [json.dumps({"raw_output": graph_reply(f"{i}", f"{seed}")}) for i in range(steps)]
        path.write_text("\n".join(rows), encoding="utf-8")
        return [question, "--model", f"replay:{path}", *plain]
    folder = room / f"texts-{seed}"
    folder.mkdir(exist_ok=True)
    chance = random.Random(seed)
    people = [f"{a}{b}" for a in ("Ada", "Bert", "Clara", "Dora", "Emil") for b in ("", "mar", "lin", "dis")]
    verbs = ("meets", "knows", "helps")
    for i in range(2):
        pages = []
        for page in range(max(1, steps // 2)):
            pairs = [chance.sample(people, 2) for _ in range(35)]
            pages.append(
                " ".join(f"{a} {chance.choice(verbs)} {b} in town {page} {k}." for k, (a, b) in enumerate(pairs))
            )
        (folder / f"book {i}.txt").write_text("\n\n".join(pages), encoding="utf-8")
    return ["--documents", str(folder), "--model", server.spec, "--steps", str(steps), *plain]


def repeated(server: Endpoint, before: Counter[str], known: set[str]) -> list[str]:
    """The replies that were made again although they had been made and kept before."""
    return [key for key, count in (server.served - before).items() if count and key in known]


def play_in_peace(run: Growing, account: Account) -> float:
    """Let a run come to its end; returns its seconds for a step."""
    play(run, None, account, fresh=False)
    with Store.open(run.folder, readonly=True) as store:
        seconds = [step.notes["cost"]["seconds"] for step in store.steps() if "cost" in step.notes]
    return sum(seconds) / max(1, len(seconds))


def one_run(kind: str, server: Endpoint, room: Path, steps: int, chance: random.Random, account: Account) -> None:
    """A run in peace, and the same with kills."""
    seed = account.runs
    begin = arguments(kind, server, room, steps, seed)
    peace = Growing(kind, room / f"peace-{seed}", begin)
    pace = play_in_peace(peace, account)
    server.served.clear()  # the same replies again, for the run with kills
    run = Growing(kind, room / f"killed-{seed}", begin)
    known: set[str] = set()
    while True:
        before, rows = Counter(server.served), cached(run.folder)
        early = chance.random() < 0.1
        moment = (
            Moment(0, chance.uniform(0, 3)) if early else Moment(chance.randint(1, 4), chance.uniform(0, 1.5 * pace))
        )
        ended = play(run, moment, account, fresh=early or chance.random() < _FRESH)
        made = sum((server.served - before).values())
        lost = made - (cached(run.folder) - rows)
        if kind != "replay":
            again = repeated(server, before, known)
            if again:
                account.faults.append(f"{run.folder.name}: {len(again)} paid replies were asked for again")
            if lost not in (0, 1):
                account.faults.append(f"{run.folder.name}: {made} replies were made, {lost} of them were not kept")
            account.in_flight += max(0, lost)
            fresh = [key for key in server.order[len(server.order) - made :]]
            known |= set(fresh[: len(fresh) - lost] if lost > 0 else fresh)
            account.replies += made
        check(run, account)
        if ended:
            break
    with Store.open(peace.folder, readonly=True) as one, Store.open(run.folder, readonly=True) as other:
        account.steps += one.value("grow/state")["totals"]["steps"]
        account.reported += run.reported
        if text_of(one) != text_of(other):
            account.faults.append(f"{run.folder.name}: the graph differs from that of the run in peace")
    account.runs += 1
    if not account.faults:
        shutil.rmtree(peace.folder)
        shutil.rmtree(run.folder)


def kill(kills: int, steps: int, seed: int, room: Path, *, kinds: tuple[str, ...] = KINDS, say: bool = True) -> Account:
    """Runs with kills until there were `kills` of them, or something went wrong."""
    account, chance = Account(), random.Random(seed)
    with endpoint(seconds=0.02) as server:
        while account.kills < kills and not account.faults:
            one_run(kinds[account.runs % len(kinds)], server, room, steps, chance, account)
            if say:
                print(f"run {account.runs}: {account.kills} kills, faults: {account.faults or 'none'}", flush=True)
    return account


def main() -> int:
    """Print what the kills have shown; status 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--steps", type=int, default=30, help="of each run (default 30)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    room = Path(tempfile.mkdtemp(prefix="kill-grow-"))
    account = kill(options.kills, options.steps, options.seed, room)
    print(f"{account.kills} kills in {account.runs} runs of {account.steps} steps; {dict(account.phases)}")
    print(f"{account.replies} replies of the endpoint; {account.in_flight} were on their way when the program died")
    for text in account.faults:
        print(f"FAULT {text}")
    if account.faults:
        print(f"the stores are kept in {room}")
        return 1
    shutil.rmtree(room)
    print("nothing was lost, doubled or paid for twice")
    return 0


if __name__ == "__main__":
    sys.exit(main())
