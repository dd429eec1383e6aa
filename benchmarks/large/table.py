"""Each library in a process of its own, on graphs of 10^4 to 10^7 edges; a table and a plot of the growth.

python -m benchmarks.large --edges 10000 100000 1000000 --folder /tmp/large --out large.json
python -m benchmarks.large --show large.json --plot large.svg
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.large.ours import TASKS

LIBRARIES = ("konigsberg", "networkx", "scipy", "networkit", "igraph")


def one(library: str, path: Path, tasks: list[str]) -> dict[str, Any]:
    """The figures of one library, from this process."""
    if library == "konigsberg":
        from benchmarks.large.ours import run

        return run(path, tasks)
    from benchmarks.large.peers import run as run_peer

    return run_peer(library, path, tasks)


def measured(library: str, path: Path, tasks: list[str], seconds: float) -> dict[str, Any]:
    """The figures of one library, from a process that is stopped after so many seconds."""
    command = [sys.executable, "-m", "benchmarks.large", "--one", library, "--file", str(path), "--tasks", *tasks]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"stopped": f"after {seconds:g} s"}
    if done.returncode:
        return {"stopped": f"exit status {done.returncode}"}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def printed(results: dict[str, dict[str, Any]]) -> str:
    """A Markdown table for each size: processor seconds; the check of an answer behind a plus."""
    lines = []
    for size, rows in results.items():
        lines += ["", f"### {int(size):,} edges (processor seconds)", ""]
        lines += ["| task | " + " | ".join(rows) + " | networkx / ours |", "|---" * (len(rows) + 2) + "|"]
        for task in ("load", *TASKS):
            if not any(task in row for row in rows.values()):
                continue
            cells = [_cell(row, task) for row in rows.values()]
            ours, theirs = rows.get("konigsberg", {}).get(task), rows.get("networkx", {}).get(task)
            ratio = f"{theirs['cpu'] / max(ours['cpu'], 1e-4):.0f}×" if ours and theirs else ""
            lines.append(f"| {task} | " + " | ".join(cells) + f" | {ratio} |")
        cells = [
            f"{row['load']['peak'] / 1e6:.0f} MB" if "load" in row else row.get("stopped", "") for row in rows.values()
        ]
        lines.append("| peak at load | " + " | ".join(cells) + " | |")
        body = rows.get("konigsberg", {}).get("size")
        if body:
            lines += ["", f"The body takes {body['body'] / body['edges']:.0f} bytes an edge."]
    return "\n".join(lines)


def _cell(row: dict[str, Any], task: str) -> str:
    found = row.get(task)
    if not found:
        return "–"
    check = f" + {found['check']:.2f}" if "check" in found else ""
    mark = "" if found.get("holds", True) else " (NOT PROVEN)"
    bounded = "" if found.get("exact", True) else " (bounds)"
    return f"{found['cpu']:.2f}{check}{bounded}{mark}"


def plot(results: dict[str, dict[str, Any]], path: Path) -> None:
    """Processor seconds of each task of the compact body over the number of edges, as SVG."""
    import math

    sizes = sorted(map(int, results))
    rows = {task: [(m, results[str(m)]["konigsberg"][task]["cpu"]) for m in sizes
                   if task in results[str(m)].get("konigsberg", {})] for task in ("load", *TASKS)}  # fmt: skip
    times = [max(t, 1e-4) for points in rows.values() for _, t in points]
    low, high = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))
    left, right = math.log10(sizes[0]), math.log10(max(sizes[-1], sizes[0] * 10))

    def x(m: float) -> float:
        return 60 + 480 * (math.log10(m) - left) / (right - left)

    def y(t: float) -> float:
        return 340 - 320 * (math.log10(max(t, 1e-4)) - low) / max(1, high - low)

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="380" font-family="sans-serif" font-size="12">'
    ]
    for power in range(low, high + 1):
        parts.append(f'<path d="M60 {y(10**power):.0f}H540" stroke="#ddd"/>'
                     f'<text x="8" y="{y(10**power) + 4:.0f}">{10.0**power:g} s</text>')  # fmt: skip
    for m in sizes:
        parts.append(f'<text x="{x(m) - 14:.0f}" y="360">{m:.0e}</text>')
    for number, (task, points) in enumerate(rows.items()):
        colour = f"hsl({360 * number // len(rows)} 65% 42%)"
        line = " ".join(f"{x(m):.1f},{y(t):.1f}" for m, t in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
                     f'<text x="560" y="{30 + 22 * number}" fill="{colour}">{task}</text>')  # fmt: skip
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edges", type=int, nargs="+", default=[10**4, 10**5, 10**6])
    parser.add_argument("--libraries", nargs="+", default=list(LIBRARIES), choices=LIBRARIES)
    parser.add_argument("--tasks", nargs="+", default=list(TASKS), choices=list(TASKS))
    parser.add_argument("--folder", type=Path, default=Path("large-graphs"), help="where the tables are made")
    parser.add_argument("--seconds", type=float, default=600.0, help="for one library on one graph")
    parser.add_argument("--out", type=Path, help="keep the figures as JSON; sizes that are there are kept")
    parser.add_argument("--show", type=Path, help="only print the table of these figures")
    parser.add_argument("--plot", type=Path, help="draw the growth as SVG")
    parser.add_argument("--one", choices=LIBRARIES, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one, options.file, options.tasks)))
        return
    kept = options.show or options.out
    results = json.loads(kept.read_text()) if kept and kept.exists() else {}
    if not options.show:
        from benchmarks.large.data import table

        options.folder.mkdir(parents=True, exist_ok=True)
        for m in options.edges:
            path = table(options.folder, m)
            for library in options.libraries:
                print(f"{m:,} edges, {library}", file=sys.stderr, flush=True)
                results.setdefault(str(m), {})[library] = measured(library, path, options.tasks, options.seconds)
                if options.out:
                    options.out.write_text(json.dumps(results, indent=1))
    print(printed(results))
    if options.plot:
        plot(results, options.plot)


if __name__ == "__main__":
    main()
