"""How the calls of cdlib, littleballoffur and karateclub look in a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.programs.scene import GROUPS, Scene
from agents.programs.steps import Step
from agents.programs.symbols import Symbol

_PARTITIONS = ({"first_partition", "second_partition"}, {"first", "second"})
_LISTS = frozenset("clusterings com_clusters coms_list graphs communities_list".split())
_EACH = re.compile(
    r"\b(?:each|every|individual|per) (?:of the |detected |found )*(?:\w+ )?(?:communit|cluster|group)", re.IGNORECASE
)


def find_groups(scene: Scene, symbol: Symbol) -> Step:
    """An algorithm of cdlib."""
    scene.use("from cdlib import algorithms, evaluation")
    step = Step(symbol, form="groups")
    graph = scene.graph("networkx")
    if graph is None:
        step.missing.append(f"the graph for {symbol.name}")
    arguments, missing = scene.arguments(symbol, 1, "networkx")
    step.missing += missing
    step.value = f"algorithms.{symbol.short}({', '.join([graph or 'graph', *arguments])})"
    return step


def as_groups(scene: Scene, step: Step) -> str:
    """A step's groups as cdlib's clustering; what networkx finds is wrapped."""
    if step.symbol.library == "cdlib":
        return step.value
    scene.use("from cdlib import NodeClustering")
    graph = scene.graph("networkx")
    return f"NodeClustering([list(group) for group in {step.value}], {graph}, {step.symbol.short!r})"


def takes_two_groups(symbol: Symbol) -> bool:
    """Whether a measure compares two clusterings."""
    names = {name for name, _, needed in symbol.parameters or () if needed}
    return symbol.name.startswith("cdlib.evaluation.") and any(pair <= names for pair in _PARTITIONS)


def rate_groups(scene: Scene, symbol: Symbol) -> Step:
    """A measure of cdlib: of one clustering, or of two."""
    scene.use("from cdlib import algorithms, evaluation")
    step = Step(symbol)
    if takes_two_groups(symbol):
        if len(scene.groups) < 2:
            step.missing.append(f"the second communities that {symbol.name} compares")
            return step
        step.value = f"evaluation.{symbol.short}({scene.groups[0]}, {scene.groups[1]}).score"
        return step
    if not scene.groups:
        step.missing.append(f"the communities that {symbol.name} rates")
        return step
    optional = {name for name, _, needed in symbol.parameters or () if not needed}
    each = "summary" in optional and _EACH.search(scene.question) is not None
    extra = ", summary=False" if each else ""
    calls = [f"evaluation.{symbol.short}({scene.graph('networkx')}, {g}{extra})" for g in scene.groups]
    ends = [call if each else f"{call}.score" for call in calls]
    step.value = ends[0] if len(ends) == 1 else f"({', '.join(ends)})"
    return step


def show_groups(scene: Scene, symbol: Symbol, measures: Sequence[Symbol]) -> Step:
    """A drawing of cdlib.viz: its parameters are the graph, a clustering, a list of clusterings, or a measure."""
    scene.use("from cdlib import algorithms, evaluation, viz")
    scene.use("import matplotlib.pyplot as plt")
    step = Step(symbol, form="drawing")
    given = []
    for name, kind, needed in symbol.parameters or ():
        if not needed or kind in (2, 4):
            continue
        if name == "graph":
            given.append(scene.graph("networkx") or "graph")
        elif name in _LISTS:
            given.append(f"[{', '.join(scene.groups)}]")
        elif name in GROUPS:
            given.append(scene.groups[0] if scene.groups else "coms1")
        elif name in ("scoring", "com_fitness", "fitness", "x", "y") and measures:
            measure = measures[min(int(name == "y"), len(measures) - 1)]
            given.append(f"evaluation.{measure.short}")
        else:
            step.missing.append(f"the argument {name} of {symbol.name}")
    if not scene.groups:
        step.missing.append(f"the communities that {symbol.name} shows")
    step.lines.append(f"viz.{symbol.short}({', '.join(given)})")
    return step


def sample(scene: Scene, symbol: Symbol) -> Step:
    """A sampler of littleballoffur; later steps work on the sample."""
    scene.use("import networkx as nx")
    scene.use(f"from littleballoffur import {symbol.short}")
    step = Step(symbol, form="graph")
    graph = scene.graph("networkx")
    if graph is None:
        step.missing.append("the graph to sample from")
    # a sampler of nodes takes their number; one of edges, told a number of nodes, keeps its own default
    arguments, missing = scene.arguments(symbol, 0, "networkx")
    step.missing += missing
    step.lines += [
        f"graph = nx.convert_node_labels_to_integers(nx.Graph({graph or 'graph'}))",
        f"graph = {symbol.short}({', '.join(arguments)}).sample(graph)",
    ]
    return step


def embed(scene: Scene, symbol: Symbol, fit: Symbol | None, members: Sequence[str]) -> Step:
    """A model of karateclub: of nodes, of nodes with features, of whole graphs, or of communities."""
    scene.use("import networkx as nx")
    scene.use(f"from karateclub import {symbol.short}")
    step = Step(symbol)
    graph = scene.graph("networkx")
    if graph is None:
        step.missing.append(f"the graph for {symbol.name}")
    takes = [name for name, *_ in (fit.parameters if fit is not None else None) or (("graph", 1, True),)]
    arguments, missing = scene.arguments(symbol, 0, "networkx")
    step.missing += missing
    arguments += _small_enough(scene, symbol, arguments)
    if takes[0] == "graphs" and any(name == "min_count" for name, *_ in symbol.parameters or ()):
        arguments = arguments if any("min_count" in one for one in arguments) else [*arguments, "min_count=1"]
    step.lines.append(f"model = {symbol.short}({', '.join(arguments)})")
    relabelled = "nx.convert_node_labels_to_integers({})"
    if takes[0] == "graphs":
        many = [relabelled.format(scene.graph("networkx", at)) for at in range(len(scene.graphs))]
        step.lines.append(f"model.fit([{', '.join(many)}])")
    elif len(takes) > 1 and takes[1] in ("X", "T"):
        features = next((given.features for given in scene.given if given.features), None)
        if features is None:
            step.missing.append(f"the features that {symbol.name} takes")
        else:
            scene.use("import numpy as np")
            scene.use("import scipy.sparse")
            step.lines.append(f"features = scipy.sparse.coo_matrix(np.array({list(features.values())!r}))")
            step.lines.append(f"model.fit({relabelled.format(graph)}, features)")
    elif len(takes) > 1:
        step.missing.append(f"the argument {takes[1]} of {symbol.name}.fit")
    else:
        step.lines.append(f"model.fit({relabelled.format(graph or 'graph')})")
    groups = re.search(r"communit|cluster", symbol.doc[:600], re.IGNORECASE) and "embedding" not in symbol.doc
    step.value = f"model.{'get_memberships' if groups and 'get_memberships' in members else 'get_embedding'}()"
    return step


def _small_enough(scene: Scene, symbol: Symbol, arguments: list[str]) -> list[str]:
    """For a graph of a few nodes, dimensions that it has: a model's default of 32 or 128 cannot be taken from it."""
    sizes = [len(given.labels) for given in scene.given]
    stated = any(argument.startswith(("dimensions=", "reduction_dimensions=")) for argument in arguments)
    names = [name for name, *_ in symbol.parameters or ()]
    if not sizes or stated or min(sizes) >= 32:
        return []
    wide = min([min(sizes) - 1, *(len(v) for given in scene.given for v in given.features.values())])
    return [f"{name}={max(1, wide)}" for name in names if name == "reduction_dimensions"]
