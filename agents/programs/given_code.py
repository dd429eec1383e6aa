"""Code that a question shows: a beginning to go on from, or the print statements that its answer shall go through."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass, field

USUAL = {
    "nx": "import networkx as nx",
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "ig": "import igraph as ig",
    "algorithms": "from cdlib import algorithms",
    "evaluation": "from cdlib import evaluation",
    "viz": "from cdlib import viz",
}  # names that programs use without saying where they come from
_FENCE = re.compile(r"```(?:python|py)?[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL)
_GRAPH_MAKERS = re.compile(r"Graph\b|_graph$|^sbm$|^er_n[pm]$|^sample_edges$|_corr$|^read_|^from_|^Erdos|^rdpg|^dcsbm")


@dataclass(frozen=True)
class GivenCode:
    """What the fenced code of a question is.

    begin: lines that a program starts with. shape: lines that print results under the names `open`, which nothing
    defines. names: what `begin` defines, in order, each with the last name of the call that made it ("" for none).
    """

    begin: str = ""
    shape: str = ""
    open: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    @property
    def graphs(self) -> list[str]:
        """The variables that hold graphs or adjacency matrices."""
        by_maker = [name for name, maker in self.names.items() if _GRAPH_MAKERS.search(maker)]
        by_name = [n for n in self.names if n in ("A", "graph", "adjacency_matrix", "network") and n not in by_maker]
        return [*by_maker, *by_name]


def given_code(question: str) -> GivenCode:
    """The code in a question's fences. Code that is cut off is taken as far as it is whole."""
    begin: list[str] = []
    shape = ""
    open_names: tuple[str, ...] = ()
    for block in _FENCE.findall(question):
        lines = _whole(block)
        if not lines.strip():
            continue
        loose = [name for name in undefined("\n".join([*begin, lines])) if name not in USUAL]
        if not loose:
            begin.append(lines.rstrip())
        elif "print" in lines and len(loose) <= 3 and not shape:
            shape, open_names = lines.rstrip(), tuple(loose)
    text = "\n".join(begin)
    return GivenCode(text, shape, open_names, _made(text))


def _whole(block: str) -> str:
    """The block without the lines at its end that do not parse."""
    lines = block.rstrip().split("\n")
    while lines:
        try:
            ast.parse("\n".join(lines))
            return "\n".join(lines)
        except (SyntaxError, ValueError):
            lines.pop()
    return ""


def undefined(code: str) -> list[str]:
    """The names that a program reads and nothing in it binds, in order."""
    tree = ast.parse(code)
    bound = set(dir(builtins))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name.partition(".")[0])
    used = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    used.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.id for node in used if node.id not in bound))


def _made(code: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not code:
        return found
    for node in ast.parse(code).body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            ends = target.elts if isinstance(target, ast.Tuple) else [target]
            for end in ends:
                if isinstance(end, ast.Name):
                    found[end.id] = _maker(node.value)
    return found


def _maker(value: ast.expr) -> str:
    if not isinstance(value, ast.Call):
        return ""
    function = value.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )
