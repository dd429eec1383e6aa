"""Where a draft's graphs come from: the code that a question shows, the edges that it tells, or a generator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agents.programs.documentation import Documentation
from agents.programs.generated import famous, generator_arguments, igraph_families, spoken_generators
from agents.programs.scene import Scene, takes_graph
from agents.programs.spoken import is_sure, place_of
from agents.programs.stories import graphs_in
from agents.programs.symbols import Symbol

_CONVERTS = re.compile(r"^(?:from_|read_|parse_|node_link_|adjacency_|tree_|cytoscape_)|^(?:quotient|projected)_")
_MATRICES = ("sbm", "er_np", "er_nm", "array", "to_numpy_array", "rdpg", "sample_edges", "dcsbm")
_TWICE = re.compile(r"\b(?:two|pair of)(?: \w+){0,2} (?:graphs|networks)\b", re.IGNORECASE)
_MOST = 3  # graphs that are generated for one question


def is_generator(symbol: Symbol) -> bool:
    """Whether a symbol makes a graph out of numbers alone."""
    if symbol.owner == "igraph.Graph":
        return symbol.kind == "static" and not symbol.short.startswith(("Read", "from_"))
    if ".simulations." in symbol.name:
        return symbol.kind == "function"
    return symbol.makes_graph and not takes_graph(symbol) and not _CONVERTS.search(symbol.short)


def make_graphs(
    scene: Scene, named: Sequence[Symbol], library: str, documentation: Documentation | None
) -> tuple[bool, list[str]]:
    """(whether a generator made a graph, what a generator still lacks). library: as what the graphs are wanted."""
    if scene.code.graphs:
        form = "array" if library == "graspologic" else library
        scene.graphs = [(name, _form(scene.code.names[name], form)) for name in scene.code.graphs]
        return False, []
    shown = bool(scene.code.begin)
    given = [] if shown else graphs_in(scene.question, sentences=False)
    if not given and any(is_generator(symbol) and is_sure(symbol, scene.question) for symbol in named):
        made, missing = _generated(scene, named, library, documentation)
        if made:
            return made, missing
    given = given or ([] if shown else graphs_in(scene.question))
    if given and given[0].known:  # by the library's own function, which knows its weights and names too
        made, missing = _generated(scene, named, library, documentation)
        if made:
            return made, missing
    if len(given) > 1 and any(name == "ebunch" for symbol in named for name, *_ in symbol.parameters or ()):
        given = given[:1]  # the second list of pairs is an argument
    if given:
        scene.add_given(given, igraph=library == "igraph", needs_arcs=any(symbol.takes_arcs for symbol in named))
        return False, []
    return _generated(scene, named, library, documentation)


def _generated(
    scene: Scene, named: Sequence[Symbol], library: str, documentation: Documentation | None
) -> tuple[bool, list[str]]:
    """The generators that the question names, else the families that it speaks of."""
    found: list[tuple[int, Symbol, tuple[int, ...]]]
    found = [(place_of(symbol, scene.question), symbol, ()) for symbol in named if is_generator(symbol)]
    found = found or _spoken(scene.question, library, documentation)
    missing: list[str] = []
    made = False
    if len(found) == 1 and _TWICE.search(scene.question):
        found = [*found, *found]
    for number, (at, symbol, sizes) in enumerate(found[:_MOST]):
        arguments, lacking = generator_arguments(symbol, scene.stated, at, sizes)
        if symbol.short == "Famous":
            arguments, lacking = [("name", famous(scene.question))], []
        if lacking:
            missing.append(f"the parameters of {symbol.name} ({', '.join(lacking)})")
            continue
        if number and found[0] is found[number]:
            arguments = _another(scene.question, arguments)
        _add(scene, symbol, ", ".join(f"{key}={value!r}" for key, value in arguments))
        made = True
    return made, missing


def _another(question: str, arguments: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The arguments of a second graph of the same kind: another seed, and the other probability where two are said."""
    both = re.search(r"(0?\.\d+) and (0?\.\d+)", question)
    other = dict(arguments)
    if both and other.get("p") == float(both[1]):
        other["p"] = float(both[2])
    if "seed" in other:
        other["seed"] += 1
    return list(other.items())


def _spoken(
    question: str, library: str, documentation: Documentation | None
) -> list[tuple[int, Symbol, tuple[int, ...]]]:
    if documentation is None:
        return []
    if library == "igraph" and (own := igraph_families(question, documentation.members("igraph.Graph"))):
        return own
    return spoken_generators(question, library, documentation.find)


def _add(scene: Scene, symbol: Symbol, arguments: str) -> None:
    """A line that makes a graph, under the next free name."""
    name = "graph" if not scene.graphs else f"graph{len(scene.graphs) + 1}"
    form = symbol.library if symbol.library in ("networkx", "igraph") else "array"
    if form == "networkx":
        scene.use("import networkx as nx")
        call = f"nx{symbol.name.removeprefix('networkx')}({arguments})"
    elif form == "igraph":
        scene.use("import igraph as ig")
        call = f"ig.Graph.{symbol.short}({arguments.removeprefix('name=') if symbol.short == 'Famous' else arguments})"
    else:
        scene.use(f"from {symbol.name.rpartition('.')[0]} import {symbol.short}")
        call = f"{symbol.short}({arguments})"
    scene.lines.append(f"{name} = {call}")
    scene.graphs.append((name, form))


def _form(maker: str, default: str) -> str:
    """The form of a graph that shown code makes, by the last name of the call that makes it."""
    if maker in _MATRICES:
        return "array"
    return "networkx" if maker.endswith(("_graph", "Graph")) and default == "array" else default
