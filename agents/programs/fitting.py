"""Whether a function suits what a question gives: its arguments are said, and what is said is some argument of it."""

from __future__ import annotations

from agents.programs.scene import Scene, takes_graph
from agents.programs.stated import ONE_NODE, SOURCES, TARGETS
from agents.programs.symbols import Symbol

UNUSED = 0.08  # off a function without a use for the two nodes that are spoken of, on one with; half for one node
_PAIRS = frozenset((*SOURCES, *TARGETS, "node1", "node2", "ebunch", "pairs", "start", "end"))
_NODES = frozenset((*_PAIRS, *ONE_NODE, "nodes", "nbunch", "vertices", "root", "start_with", "sources"))


def fit(scene: Scene, symbol: Symbol) -> float | None:
    """What speaks for or against a function besides its meaning; None where a required argument is not said."""
    of_networkx = symbol.library == "networkx"
    if of_networkx and not takes_graph(symbol):
        return None
    form = "networkx" if of_networkx else "igraph"
    if scene.graph(form) is None or scene.arguments(symbol, int(of_networkx), form)[1]:
        return None
    takes = {name.casefold() for name, *_ in symbol.parameters or ()}
    stated = scene.stated
    if stated.labels and stated.pair is not None:
        return UNUSED if takes & _PAIRS else -UNUSED
    if stated.labels and stated.node is not None:
        return UNUSED / 2 if takes & _NODES else -UNUSED / 2
    return 0.0
