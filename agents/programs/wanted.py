"""What a draft shall do: the functions that the question names, and those that it describes where names leave gaps."""

from __future__ import annotations

from collections.abc import Sequence

from agents.programs.described import (
    asked_for,
    asked_property,
    counted,
    described,
    existing,
    normalized,
    only_word,
    other_groupings,
)
from agents.programs.documentation import Documentation, Symbol
from agents.programs.library_steps import takes_two_groups
from agents.programs.meaning import nearest_meaning
from agents.programs.scene import takes_graph
from agents.programs.spoken import place_of


def in_order(question: str, symbols: Sequence[Symbol]) -> list[Symbol]:
    """The steps in the order in which they can be done; of one kind, in the question's order."""
    return sorted(symbols, key=lambda symbol: (_rank(symbol), place_of(symbol, question)))


def _rank(symbol: Symbol) -> int:
    """What has to come first: a sample of the graph, communities, layouts, then the rest; drawings at the end."""
    if symbol.library == "littleballoffur":
        return 1
    if symbol.name.startswith("cdlib.algorithms.") or ".community." in symbol.name:
        return 2
    if "layout" in symbol.short:
        return 3
    return 5 if symbol.name.startswith("cdlib.viz.") or symbol.short.startswith("draw") else 4


def completed(
    question: str, order: list[Symbol], documentation: Documentation, *, library: str, has_graph: bool
) -> list[Symbol]:
    """The steps, each as the question means it, and what the question describes where nothing is asked of its graph."""
    for meaning in (existing, normalized, counted):
        order = [meaning(question, symbol, documentation) for symbol in order]
    groups = [symbol for symbol in order if symbol.name.startswith("cdlib.algorithms.")]
    if len(groups) == 1 and any(map(takes_two_groups, order)) and not any(".community." in s.name for s in order):
        others = [symbol for symbol in other_groupings(question, documentation) if symbol not in order]
        order = in_order(question, [*order, *others[:1]])
    if groups and len(groups) == len(order):
        measures = [s for s in documentation.functions(("cdlib",)) if s.name.startswith("cdlib.evaluation.")]
        found = described(question, measures)
        return [*order, found] if found is not None else order
    samples_alone = all(symbol.library == "littleballoffur" for symbol in order)
    if samples_alone and has_graph:
        return [*order, *_asked_of_graph(question, documentation, library)]
    return order


def _asked_of_graph(question: str, documentation: Documentation, library: str) -> list[Symbol]:
    """What is asked of a graph in plain words: "its density", "is it chordal?", or a function's own description."""
    asked = asked_for(question, documentation, "igraph" if library == "igraph" else "networkx")
    if asked:
        return asked
    whether = asked_property(question, documentation)
    if whether is not None:
        return [whether]
    if library != "igraph" and (only := only_word(question, documentation)):
        return only
    pool = documentation.matching(question, ("networkx",), 40)
    found = described(question, [s for s in pool if s.kind == "function" and takes_graph(s) and s.name.count(".") <= 2])
    found = found or nearest_meaning(question, documentation, library)
    return [found] if found is not None else []
