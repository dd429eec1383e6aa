"""Many people at once on the web interface: `python -m benchmarks.ui_users --users 20`.

Starts a server of its own, or asks the one at --address. Each person opens the page, asks about a graph that only they
have, asks a follow-up, and reloads. Their graphs have names and sizes of their own, so that an answer, a drawing or a
conversation of somebody else's is noticed. Speaks HTTP as the page does; needs the extra ui.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENCE = 300.0


@dataclass
class Outcome:
    """What one person saw. waits: seconds from each question to its drawn answer."""

    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Person:
    """One browser tab, without a browser."""

    def __init__(self, address: str, number: int) -> None:
        self.http = httpx.Client(base_url=address, timeout=PATIENCE)
        self.number, self.session, self.talk = number, uuid.uuid4().hex, ""
        self.config = self.http.get("/config").raise_for_status().json()
        self.parts = {part["props"].get("elem_id"): part["id"] for part in self.config["components"]}

    def handler(self, name: str, event: str) -> dict[str, Any]:
        """What the page does at an event of a component; the load of the conversation for an empty name."""
        for one in self.config["dependencies"]:
            if name and [self.parts[name], event] in one["targets"]:
                return dict(one)
            if not name and "konigsberg-talk" in str(one["js"] or ""):
                return dict(one)
        raise SystemExit(f"the page has no {event} of {name}")

    def do(self, handler: dict[str, Any], *data: Any) -> dict[str, Any]:
        """The values of the components after an event, by their ids."""
        body = {"data": data, "fn_index": handler["id"], "session_hash": self.session, "event_data": None}
        self.http.post("/gradio_api/queue/join", json=body).raise_for_status()
        values: list[Any] = []
        with self.http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session}) as stream:
            for line in stream.iter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line[5:])
                output = (message.get("output") or {}).get("data")
                if message["msg"] == "process_generating" and output:
                    values = merged(values, output)
                elif message["msg"] == "process_completed":
                    if not message["success"]:
                        raise RuntimeError(str(message.get("output"))[:300])
                    values = output if output and not values else values
                    break
                elif message["msg"] == "unexpected_error":
                    raise RuntimeError(str(message)[:300])
        return dict(zip(handler["outputs"], values, strict=False))

    def open(self) -> dict[str, Any]:
        """Open the page, or open it again."""
        shown = self.do(self.handler("", ""), self.talk)
        log: dict[str, Any] = shown[self.parts["kb-talk"]]
        self.talk = log["name"]
        return log

    def ask(self, question: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The conversation and the drawing after a question."""
        shown = self.do(self.handler("kb-ask", "click"), None, question, "none")
        return shown[self.parts["kb-talk"]], shown[self.parts["kb-graph"]]


def merged(values: list[Any], output: list[Any]) -> list[Any]:
    """The values after one message of a stream: the first holds them whole, the next what has changed."""
    if not values:
        return output
    found = []
    for value, changes in zip(values, output, strict=False):
        found.append(_applied(value, changes) if isinstance(changes, list) else changes)
    return found


def _applied(value: Any, changes: list[Any]) -> Any:
    for action, path, new in changes:
        if not path:
            value = new
            continue
        place = value
        for key in path[:-1]:
            place = place[key]
        if action == "delete":
            del place[path[-1]]
        elif action == "append":
            place[path[-1]] += new
        elif action == "add" and isinstance(place, list):
            place.insert(path[-1], new)
        else:
            place[path[-1]] = new
    return value


def visit(address: str, number: int, outcome: Outcome, start: threading.Barrier) -> None:
    """What one person does. Their path has `number` + 2 edges and names that nobody else has."""
    mine = [f"P{number}x{k}" for k in range(number + 3)]
    path = ", ".join(f"{a}-{b}" for a, b in zip(mine, mine[1:], strict=False))
    question = f"{path}. What is the shortest path from {mine[0]} to {mine[-1]}?"
    others = f"P{number + 1}x", f"P{number - 1}x"
    try:
        person = Person(address, number)
        person.open()
        start.wait(PATIENCE)
        began = time.perf_counter()
        log, panel = person.ask(question)
        outcome.waits.append(time.perf_counter() - began)
        _expect(outcome, ",".join(mine) in log["turns"][-1]["html"], "the answer is not this person's path")
        drawn = {node[0] for node in panel["scene"]["nodes"]}
        _expect(outcome, drawn == set(mine), f"the drawing shows {sorted(drawn)[:5]}")
        began = time.perf_counter()
        log, _ = person.ask("How many nodes are there?")
        outcome.waits.append(time.perf_counter() - began)
        _expect(outcome, f"{len(mine)}" in log["turns"][-1]["html"], "the follow-up counts another graph")
        again = person.open()
        _expect(outcome, len(again["turns"]) == 2, f"{len(again['turns'])} turns after a reload")
        page = json.dumps(again)
        _expect(outcome, not any(name in page for name in others), "somebody else's names are on the page")
    except (httpx.HTTPError, RuntimeError, KeyError, threading.BrokenBarrierError) as error:
        outcome.faults.append(f"{type(error).__name__}: {str(error)[:200]}")


def _expect(outcome: Outcome, holds: bool, fault: str) -> None:
    if not holds:
        outcome.faults.append(fault)


@contextmanager
def server() -> Iterator[str]:
    """A server of one's own, with data of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "ui.cli", "ui", "--port", str(port), "--model", "none", "--no-mcp"]
        settings = os.environ | {"KONIGSBERG_DATA_DIR": data, "GRADIO_TEMP_DIR": data}
        running = subprocess.Popen(command, env=settings)
        try:
            address = f"http://127.0.0.1:{port}"
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                try:
                    httpx.get(address, timeout=5)
                    break
                except httpx.HTTPError:
                    time.sleep(0.3)
            time.sleep(5)  # what it loads beside its first pages
            yield address
        finally:
            running.terminate()
            running.wait(30)


def measure(address: str, users: int) -> int:
    """Let all of them in at once and print what they saw; returns how many had a fault."""
    outcomes = [Outcome() for _ in range(users)]
    start = threading.Barrier(users)
    work = [threading.Thread(target=visit, args=(address, n, outcomes[n], start)) for n in range(users)]
    began = time.perf_counter()
    for one in work:
        one.start()
    for one in work:
        one.join()
    waits = sorted(wait for outcome in outcomes for wait in outcome.waits)
    faulty = [(n, outcome) for n, outcome in enumerate(outcomes) if outcome.faults]
    for n, outcome in faulty:
        print(f"person {n}: {'; '.join(outcome.faults)}")
    print(f"{users} people at once, {len(waits)} questions answered, {len(faulty)} people with a fault")
    if waits:
        last = waits[min(len(waits) - 1, int(0.95 * len(waits)))]
        half = statistics.median(waits)
        print(f"seconds to a drawn answer: median {half:.2f}, 95 % {last:.2f}, longest {waits[-1]:.2f}")
    print(f"all together {time.perf_counter() - began:.1f} s, loading the page included")
    return len(faulty)


def main() -> int:
    """Run from the command line; 1 where anybody saw a fault."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ui_users", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--address", help="a server that runs already, such as http://localhost:7860")
    options = parser.parse_args()
    if options.address:
        return int(measure(options.address, options.users) > 0)
    with server() as address:
        return int(measure(address, options.users) > 0)


if __name__ == "__main__":
    sys.exit(main())
