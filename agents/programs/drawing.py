"""Drawings in a draft: the graph, in a layout that a step made, saved as an image file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.programs.scene import Scene
from agents.programs.steps import Step
from agents.programs.symbols import Symbol

_DRAWS = re.compile(r"\b(?:draw(?!ing a)\w*|plot\w*|visuali[sz]\w*|illustrat\w*|depict\w*)\b|Drawer\b", re.IGNORECASE)


def draws(question: str) -> bool:
    return _DRAWS.search(question) is not None


def finish_drawing(scene: Scene, steps: Sequence[Step], question: str) -> list[str]:
    """The lines that draw the graph where a step laid it out, and that save every drawing."""
    laid_out = any(line.startswith("pos = ") for step in steps for line in step.lines)
    drawn = any(step.form == "drawing" for step in steps)
    if not (laid_out or drawn):
        return []
    scene.use("import matplotlib.pyplot as plt")
    lines: list[str] = []
    if laid_out and not drawn:
        step = next(step for step in steps if any(line.startswith("pos = ") for line in step.lines))
        if step.symbol.library == "igraph":
            lines += ["figure, axes = plt.subplots()", f"ig.plot({scene.graph('igraph')}, target=axes, layout=pos)"]
        else:
            lines.append(f"nx.draw({scene.graph('networkx')}, pos, with_labels=True)")
    return [*lines, 'plt.savefig("figure.png")', 'print("figure.png")']


def igraph_drawer(scene: Scene, symbol: Symbol) -> Step | None:
    """A Matplotlib drawer of igraph: it is made on axes and draws the graph or its matrix."""
    match = re.fullmatch(r"Matplotlib(Graph|Matrix|Histogram)Drawer", symbol.short)
    if match is None:
        return None
    step = Step(symbol, form="drawing")
    graph = scene.graph("igraph")
    if graph is None:
        step.missing.append("the igraph graph")
    what = {"Graph": graph, "Matrix": f"{graph}.get_adjacency()", "Histogram": f"{graph}.degree_distribution()"}[
        match[1]
    ]
    scene.use("import matplotlib.pyplot as plt")
    scene.use(f"from {symbol.name.rpartition('.')[0]} import {symbol.short}")
    step.lines += ["figure, axes = plt.subplots()", f"{symbol.short}(axes).draw({what})"]
    return step
