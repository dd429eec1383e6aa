"""What a person waits for in a real browser with large graphs: `python -m benchmarks.ui_browser --edges 1000000`.

Starts a server of its own and a headless Chromium, uploads a graph of 2,000 nodes and one of --edges edges, asks, and
prints the seconds to the overview, to the answer and to the drawing that answers a key, and the longest time for which
the page did not move (between two animation frames). Needs the extra ui, selenium, chromium and its driver.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.large.data import table
from benchmarks.ui_users import server

PATIENCE = 300.0
_WATCH = """
window.worst = 0; let last = performance.now();
const step = (now) => { window.worst = Math.max(window.worst, now - last); last = now; requestAnimationFrame(step); };
requestAnimationFrame(step);
new MutationObserver(() => {
  const turns = document.querySelectorAll('.turn'), one = turns[turns.length - 1];
  if (one && one.querySelector('.certificate, .failed') && window.answered < turns.length) {
    window.answered = turns.length; window.answeredAt = performance.now();
  }
}).observe(document.body, { childList: true, subtree: true });
window.answered = 0;
"""


class Tab:
    """A browser tab on the page Ask."""

    def __init__(self, address: str) -> None:
        from selenium import webdriver

        options = webdriver.ChromeOptions()
        options.binary_location = str(shutil.which("chromium") or shutil.which("google-chrome"))
        for one in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--window-size=1400,1000"):  # fmt: skip
            options.add_argument(one)
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        self.driver: Any = webdriver.Chrome(options=options, service=service)
        self.driver.get(address)
        self.wait(lambda: self.run("return document.querySelector('.welcome h2')"), "the page")
        self.run(_WATCH)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, there: Callable[[], Any], what: str) -> float:
        """Seconds until it is there."""
        began = time.perf_counter()
        while not there():
            if time.perf_counter() - began > PATIENCE:
                raise SystemExit(f"never seen: {what}")
            time.sleep(0.02)
        return time.perf_counter() - began

    def worst(self) -> float:
        """The longest time without a frame since the last call, in seconds."""
        return float(self.run("const found = window.worst; window.worst = 0; return found")) / 1000

    def upload(self, path: Path) -> float:
        """Seconds until it is drawn."""
        self.driver.find_element("css selector", "input[type=file]").send_keys(str(path))
        drawn = (
            "return document.querySelector('.kb-name').textContent === arguments[0] && "
            "document.querySelector('#kb-graph .kb-canvas').konigsberg.nodes().length > 0"
        )
        return self.wait(lambda: self.run(drawn, path.name), "the drawing")

    def ask(self, question: str) -> tuple[float, float, str]:
        """Seconds to the answer, and from there to a drawing that moves when a key is pressed; the answer."""
        box = self.driver.find_element("css selector", "#kb-question textarea")
        box.clear()
        box.send_keys(question)
        known = self.run("return window.answered")
        button = self.driver.find_element("css selector", "#kb-ask")
        self.wait(button.is_enabled, "the button Ask")
        began = self.run("const now = performance.now(); arguments[0].click(); return now", button)
        self.wait(lambda: self.run("return window.answered") > known, "an answer")
        idle = "return document.querySelector('#kb-ask').disabled === false && !document.body.matches('.kb-busy')"
        self.wait(lambda: self.run(idle), "the end")
        moved = """const canvas = document.querySelector('#kb-graph .kb-canvas'), before = {...canvas.konigsberg.pan()};
          canvas.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft'}));
          const after = canvas.konigsberg.pan(), now = performance.now();
          return [before.x !== after.x, now, window.answeredAt,
                  [...document.querySelectorAll('.turn:last-child .answer, .turn:last-child .failed')]
                  .map(e => e.textContent)[0]];"""
        fine, now, answered, text = self.run(moved)
        if not fine:
            raise SystemExit("the drawing does not move")
        return (answered - began) / 1000, (now - answered) / 1000, text

    def drag(self) -> float:
        """Seconds a frame while the drawing is moved, over thirty frames."""
        script = """const done = arguments[0], cy = document.querySelector('#kb-graph .kb-canvas').konigsberg;
          let left = 30; const began = performance.now();
          const step = () => { cy.panBy({x: left % 2 ? 9 : -9, y: 3});
            if (left--) requestAnimationFrame(step); else done((performance.now() - began) / 30000); };
          step();"""
        return float(self.driver.execute_async_script(script))


def small(folder: Path) -> Path:
    """A graph of 2,000 nodes."""
    import networkx as nx

    path = folder / "two-thousand.csv"
    edges = nx.barabasi_albert_graph(2_000, 2, seed=3).edges()
    path.write_text("a,b\n" + "\n".join(f"n{u},n{v}" for u, v in edges))
    return path


def measure(tab: Tab, path: Path, questions: list[str]) -> None:
    """Upload, then ask each question."""
    tab.worst()
    seconds = tab.upload(path)
    print(f"{path.name}: {path.stat().st_size / 2**20:.1f} MiB, overview after {seconds:.2f} s, page still for "
          f"{tab.worst():.2f} s at the longest")  # fmt: skip
    for question in questions:
        answer, drawn, text = tab.ask(question)
        print(f"  {answer:5.2f} s to the answer, {drawn:5.2f} s more to a drawing that moves, still for "
              f"{tab.worst():.2f} s, {1000 * tab.drag():.0f} ms a frame: {question} -> {text[:70]!r}")  # fmt: skip


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ui_browser", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path, help="a large file of one's own, in place of --edges")
    options = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name, server() as address:
        folder = Path(name)
        tab = Tab(address)
        try:
            measure(tab, small(folder), ["What is the shortest path from n1999 to n1500?", "How many nodes are there?",
                                         "What are the communities?", "Give the PageRank of every node."])  # fmt: skip
            path = options.file or table(folder, options.edges)
            with path.open() as lines:
                rows = [line.replace(",", " ").split() for _, line in zip(range(900), lines, strict=False)]
            one, other = rows[1][0], rows[-1][1]
            measure(tab, path, ["How many connected components are there?",
                                f"What is the shortest path from {one} to {other}?",
                                "Which 10 nodes have the highest PageRank?", f"What is the degree of {one}?",
                                "What are the connected components?", "How many triangles are there?"])  # fmt: skip
        finally:
            tab.driver.quit()
    print(f"load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
