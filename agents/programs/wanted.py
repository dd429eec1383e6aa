"""What a draft shall do: the functions that the question names, and those that it describes where names leave gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.programs.described import (
    asked_for,
    asked_property,
    counted,
    described,
    existing,
    file_wanted,
    methods_of_a_kind,
    normalized,
    only_word,
    other_groupings,
)
from agents.programs.documentation import Documentation
from agents.programs.library_steps import takes_two_groups
from agents.programs.meaning import Fit, nearest_meaning
from agents.programs.scene import takes_graph
from agents.programs.spoken import is_passing, place_of
from agents.programs.symbols import Symbol

PLAINLY = 0.68  # of a score by meaning that counts for more than a word in passing
RATHER = 0.08  # by which it must be nearer than a function whose name is said
_OF_GRAPH = re.compile(r"\b(?:graph|network|sub-?graph|sample|it)\b", re.IGNORECASE)


def in_order(question: str, symbols: Sequence[Symbol]) -> list[Symbol]:
    """The steps in the order in which they can be done; of one kind, in the question's order."""
    return sorted(symbols, key=lambda symbol: (_rank(symbol), place_of(symbol, question)))


def _rank(symbol: Symbol) -> int:
    """What has to come first: a sample of the graph, communities, layouts, then the rest; drawings at the end."""
    if symbol.library == "littleballoffur":
        return 1
    if symbol.name.startswith("cdlib.algorithms.") or symbol.short in ("leiden", "hierarchical_leiden"):
        return 2
    if ".community." in symbol.name and symbol.short not in ("modularity", "coverage", "performance"):
        return 2
    if "layout" in symbol.short:
        return 3
    return 5 if symbol.name.startswith("cdlib.viz.") or symbol.short.startswith("draw") else 4


def completed(
    question: str,
    order: list[Symbol],
    documentation: Documentation,
    *,
    library: str,
    has_graph: bool,
    fit: Fit | None = None,
) -> list[Symbol]:
    """The steps, each as the question means it, and what the question describes where nothing is asked of its graph.

    fit: what speaks against a function besides its meaning, None for one that lacks an argument.
    """
    for meaning in (existing, normalized, counted):
        order = [meaning(question, symbol, documentation) for symbol in order]
    order = _with_groups(question, order, documentation)
    groups = [symbol for symbol in order if symbol.name.startswith("cdlib.algorithms.")]
    if groups and len(groups) == len(order):
        measures = [s for s in documentation.functions(("cdlib",)) if s.name.startswith("cdlib.evaluation.")]
        found = described(question, measures)
        order = _with_groups(question, [*order, found], documentation) if found is not None else order
    if order and has_graph and all(symbol.library in ("cdlib", "karateclub") for symbol in order):
        return [*order, *_property_besides(question, documentation)]
    samples_alone = all(symbol.library == "littleballoffur" for symbol in order)
    if samples_alone and has_graph:
        return [*order, *_asked_of_graph(question, documentation, library, fit)]
    if len(order) == 1 and order[0].library in ("networkx", "igraph") and is_passing(order[0], question):
        return [_meant_rather(question, order[0], documentation, library, fit)]
    return order


def _with_groups(question: str, order: list[Symbol], documentation: Documentation) -> list[Symbol]:
    """The steps with the algorithms of cdlib that the question says in a word, where its measures need more groups."""
    rating = [s for s in order if s.name.startswith(("cdlib.evaluation.", "cdlib.viz."))]
    grouping = [s for s in order if s.name.startswith("cdlib.algorithms.") or ".community." in s.name]
    needed = 2 if any(map(takes_two_groups, rating)) else min(1, len(rating))
    if len(grouping) >= needed:
        return order
    others = [symbol for symbol in other_groupings(question, documentation) if symbol not in order]
    return in_order(question, [*order, *others[: needed - len(grouping)]])


def _property_besides(question: str, documentation: Documentation) -> list[Symbol]:
    """The property of the graph that is asked for besides its communities: "is the network connected at all?"."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", question)
    said = " ".join(part for part in sentences if _OF_GRAPH.search(part))
    found = asked_property(said, documentation)
    return [found] if found is not None else []


def _meant_rather(question: str, word: Symbol, documentation: Documentation, library: str, fit: Fit | None) -> Symbol:
    """A function that a question only seems to name in passing, or the one that its sentence plainly means.

    "The mean of the local clustering coefficients" says `clustering` and means `average_clustering`.
    """
    if library != "igraph" and (whole := _described(question, documentation)) is not None:
        return whole
    found, near = nearest_meaning(question, documentation, library, fit)
    of_word = next((one.score for one in near if one.symbol.short == word.short), 0.0)
    if found is None or found.short == word.short or near[0].score < max(PLAINLY, of_word + RATHER):
        return word
    return found


def _asked_of_graph(question: str, documentation: Documentation, library: str, fit: Fit | None) -> list[Symbol]:
    """What is asked of a graph in plain words: "its density", "is it chordal?", or what a function is described by."""
    by_meaning, near = nearest_meaning(question, documentation, library, fit)
    asked = asked_for(question, documentation, "igraph" if library == "igraph" else "networkx")
    if len(asked) == 1 and by_meaning is not None and near[0].score >= PLAINLY:
        return [_meant_rather(question, asked[0], documentation, library, fit)]
    if asked:
        return asked
    if library == "igraph" and (of_kind := methods_of_a_kind(question, documentation)):
        return of_kind
    if written := file_wanted(question, documentation, library):
        return [written]
    whether = asked_property(question, documentation, library)
    if whether is not None:
        return [whether]
    if by_meaning is not None and near[0].score >= PLAINLY:
        return [by_meaning]
    if only := only_word(question, documentation, library):
        return only
    found = _described(question, documentation) or by_meaning
    return [found] if found is not None else []


def _described(question: str, documentation: Documentation) -> Symbol | None:
    """The function of networkx whose documentation a sentence says nearly in full."""
    pool = documentation.matching(question, ("networkx",), 40)
    return described(question, [s for s in pool if s.kind == "function" and takes_graph(s) and s.name.count(".") <= 2])
