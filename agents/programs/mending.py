"""Mends a draft that fails, where the error leaves one way to go on, and says what that changes.

A function that takes undirected graphs gets the graph without its directions; a sampler that needs nodes 0 to n-1 or a
connected graph gets that. A line that fails for a name that the question only seemed to give is left out.
"""

from __future__ import annotations

import re

# libraries that sample from a set, which Python does no more
_SAMPLES_SETS = (
    "import random\nrandom.sample = lambda population, k, draw=random.sample, **more: draw(list(population), k, **more)"
)
# (what the error says, the line that goes before the failing one, what that leaves out)
RULES = (
    (r"not implemented for multigraph type", "{g} = nx.Graph({g})", "parallel edges, of which one is kept"),
    (
        r"not implemented for directed type|digraph is not strongly connected",
        "{g} = {g}.to_undirected()",
        "the directions of the edges",
    ),
    (
        r"[Gg]raph is (?:not connected|disconnected)|is not connected|not (?:weakly )?connected",
        "{g} = nx.convert_node_labels_to_integers({g}.subgraph(max(nx.connected_components({g}), key=len)))",
        "all but the largest component",
    ),
    (r"Population must be a sequence", _SAMPLES_SETS, ""),
    (r"[Nn]ode indexing|indexed from zero", "{g} = nx.convert_node_labels_to_integers({g})", ""),
)
_LINE = re.compile(r'"answer\.py", line (\d+)')


def mended(code: str, error: str, *, asks_directions: bool = False) -> tuple[str, str] | None:
    """(the code mended, what it now leaves out); None where no rule fits or the mending is there already.

    asks_directions: whether the question itself speaks of directions, so that leaving them out answers another one.
    """
    at = failing_line(error)
    lines = code.split("\n")
    if at is None or at > len(lines):
        return None
    graph = re.search(r"\b(graph\d?|G\d?)\b", lines[at - 1])
    for pattern, line, leaves_out in RULES:
        if graph is None or not re.search(pattern, error):
            continue
        if "to_undirected" in line and asks_directions:
            return None
        new = line.format(g=graph[1])
        if new in code:
            return None
        head = [] if "import networkx as nx" in code else ["import networkx as nx"]
        return "\n".join([*head, *lines[: at - 1], new, *lines[at - 1 :]]), leaves_out
    return None


def without_failing_line(code: str, error: str) -> tuple[str, str] | None:
    """(the code without its failing step, that line); None where nothing that prints is left without it.

    A step is a print, or a variable with all lines that need it; a graph and what makes it are none.
    """
    at = failing_line(error)
    lines = code.split("\n")
    if at is None or at > len(lines):
        return None
    failing = lines[at - 1]
    made = re.match(r"(?!graph)(\w+)(?: = |\.fit)", failing)
    if not failing.startswith("print(") and made is None:
        return None
    gone = {at - 1}
    if made is not None:
        start = next(number for number, line in enumerate(lines) if line.startswith(f"{made[1]} = "))
        gone |= {n for n, line in enumerate(lines) if n >= start and re.search(rf"\b{made[1]}\b", line)}
    kept = [line for number, line in enumerate(lines) if number not in gone]
    return ("\n".join(kept), failing) if any(line.startswith("print(") for line in kept) else None


def failing_line(error: str) -> int | None:
    """The program's own line at which it failed."""
    numbers = _LINE.findall(error)
    return int(numbers[0]) if numbers else None
