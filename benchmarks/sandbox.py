"""What the sandbox costs a program, against a bare `python -c` without walls; in turns, medians."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from agents.sandbox import describe, run_program, server

PROGRAMS = {
    "pass": "pass",
    "import networkx": "import networkx as nx\nassert nx.path_graph(9).number_of_edges() == 8",
    "import scipy.sparse": "import scipy.sparse",
}


def milliseconds(work: Callable[[], object]) -> float:
    """Wall-clock time of one call."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def bare(code: str) -> None:
    """Run the program in a fresh interpreter without walls.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True)


def confined(code: str) -> None:
    """Run the program in the sandbox.

    Raises:
        RuntimeError: it failed.
    """
    ran = run_program(code)
    if ran.exit_code:
        raise RuntimeError(ran.stderr)


def main() -> int:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    rounds = parser.parse_args().rounds
    first = milliseconds(lambda: describe())
    print(f"{'start of the server, once':28} {first:7.1f} ms   layers: {', '.join(describe()['layers'])}")
    for name, code in PROGRAMS.items():
        times: dict[str, list[float]] = {"sandbox": [], "bare": []}
        for _ in range(rounds):
            times["sandbox"].append(milliseconds(lambda code=code: confined(code)))  # type: ignore[misc]
            times["bare"].append(milliseconds(lambda code=code: bare(code)))  # type: ignore[misc]
        shown = "   ".join(f"{kind} {statistics.median(found):7.1f} ms" for kind, found in times.items())
        print(f"{name:28} {shown}")
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
