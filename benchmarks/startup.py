"""Start-up of `konigsberg ask` against importing its two main libraries, each in a fresh process, in processor seconds.

By the clock the figures would say how busy the machine is.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path

QUESTION = "The edges of an undirected graph are: (0, 1) (1, 2). What is the shortest path from 0 to 2?"
ASK = [sys.executable, "-c", "import sys; from ui.cli import run; sys.exit(run())", "ask", QUESTION]
LIBRARIES = [sys.executable, "-c", "import networkx, langgraph"]
STATE_GRAPH = [sys.executable, "-c", "import networkx; from langgraph.graph import StateGraph"]
ROOT = Path(__file__).resolve().parents[1]


def seconds(command: list[str]) -> float:
    """Processor seconds of one run, the operating system's share included.

    Raises:
        RuntimeError: the command failed, with what it said.
    """
    before = _spent()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    took = _spent() - before
    if done.returncode:
        raise RuntimeError(f"{command[1:3]} failed: {done.stderr[-500:]}")
    return took


def _spent() -> float:
    """The processor seconds of all programs that were run and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
