"""Start-up time of `konigsberg ask` against importing its two main libraries, each in a fresh process."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

QUESTION = "The edges of an undirected graph are: (0, 1) (1, 2). What is the shortest path from 0 to 2?"
ASK = [sys.executable, "-c", "import sys; from ui.cli import run; sys.exit(run())", "ask", QUESTION]
LIBRARIES = [sys.executable, "-c", "import networkx, langgraph"]
STATE_GRAPH = [sys.executable, "-c", "import networkx; from langgraph.graph import StateGraph"]
ROOT = Path(__file__).resolve().parents[1]


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of one run.

    Raises:
        RuntimeError: the command failed, with what it said.
    """
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{command[1:3]} failed: {done.stderr[-500:]}")
    return took


def main() -> int:
    """Print the medians of runs that take turns, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    if rounds < 1:
        parser.error("--rounds must be at least 1")
    commands = {
        "konigsberg ask": ASK,
        "import networkx, langgraph": LIBRARIES,
        "import networkx; StateGraph": STATE_GRAPH,
    }
    for command in commands.values():
        seconds(command)  # fills the file cache and writes the byte code
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    middle = {name: statistics.median(found) for name, found in times.items()}
    for name, found in times.items():
        print(f"{name:28} median {middle[name]:.3f} s (least {min(found):.3f}, most {max(found):.3f})")
    ask, *others = middle
    for name in others:
        print(f"ratio to {name}: {middle[ask] / middle[name]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
