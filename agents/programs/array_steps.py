"""How the calls of graspologic look in a draft: functions of adjacency matrices, and models that are fitted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agents.programs.parameters import parameter_doc, parameter_type
from agents.programs.scene import GROUPS, Scene
from agents.programs.steps import Step
from agents.programs.symbols import Symbol

_ARRAYS = frozenset("graph graphs x a adj adjacency_matrix adjacency a1 a2 x1 x2 b g1 g2 data laplacian".split())
_SECOND = frozenset("a2 x2 b g2 y".split())
_ASKED = {
    "mse": r"\bmse\b|mean[ -]squared? error",
    "bic": r"\bbic\b|bayesian information",
    "score": r"\bscores?\b|log[- ]likelihood",
    "fit_predict": r"\blabels?\b|\bpredict\w*|\bcluster\w*|\bassign\w*|\bcommunit\w+",
    "sample": r"\bsample a|\bsampl(?:e|ing) (?:from|new)",
    "fit_transform": r"\bembed\w*|\blatent|\btransform\w*|\brank",
}
_SEVERAL = re.compile(r"\blist of (?:nx|networkx|graph|np|numpy|array|ndarray|adjacency|matri|csr)", re.IGNORECASE)
_POINTS = re.compile(r"n_samples, ?n_features|n_vertices, ?n_(?:dim|components|features)|\(n, ?d\)", re.IGNORECASE)
_MAKES_ARRAY = re.compile(r"array|zeros|ones|eye|rand|normal|uniform|transform|sbm|er_n|_corr$|rdpg|copy|sample|matrix")
_SIMULATED = re.compile(r"\b(?:sbm|er_np|er_nm|rdpg|sample_edges|dcsbm)\(")
_ORDER = ("fit_predict", "fit_transform", "predict", "transform", "score")


def graspologic_function(scene: Scene, symbol: Symbol) -> Step:
    """A function: what it takes as a matrix is the question's matrix or graph, what else it needs is stated."""
    step = Step(symbol)
    where = symbol.name.rpartition(".")[0]
    scene.use(f"from {where} import {symbol.short}")
    given: list[str] = []
    for at, (name, kind, needed) in enumerate(symbol.parameters or ()):
        if kind in (2, 4):
            continue
        value = _data(scene, name, needed, at, symbol)
        if value is None:
            value = scene.argument(name, symbol, needed, "array") if name != "graph" else None
        if value is not None:
            given.append(f"{name}={value}" if given or at else value)
        elif needed:
            step.missing.append(f"the argument {name} of {symbol.name}")
    step.value = f"{symbol.short}({', '.join(given)})"
    if ".simulations." in symbol.name:
        step.form = "graph"
    elif ".partition." in symbol.name and not any(name in GROUPS for name, *_ in symbol.parameters or ()):
        step.form = "groups"
    return step


def _data(scene: Scene, name: str, needed: bool, at: int, symbol: Symbol) -> str | None:
    """The data that a parameter takes: a variable of the shown code, a graph, or the one matrix of the question."""
    if name in scene.code.names:
        return name
    told = f"{parameter_type(name, symbol)} {parameter_doc(name, symbol)}"
    if needed and len(scene.graphs) > 1 and _SEVERAL.search(told):
        return f"[{', '.join(str(scene.graph('array', at)) for at in range(len(scene.graphs)))}]"
    if needed and _POINTS.search(told) and (points := _points(scene)):
        return points
    if name.casefold() not in _ARRAYS or not needed:
        return None
    if ".partition." in symbol.name and (graph := scene.graph("networkx")):
        return graph
    wanted = int(name.casefold() in _SECOND)
    if graph := scene.graph("array", wanted):
        return graph
    matrix = _matrix(scene)
    if matrix is not None and not wanted:
        scene.use("import numpy as np")
        return f"np.array({matrix!r})"
    arrays = [
        variable
        for variable, maker in scene.code.names.items()
        if _MAKES_ARRAY.search(maker) and "label" not in variable
    ]
    return arrays[wanted] if len(arrays) > wanted else None


def _points(scene: Scene) -> str | None:
    """Points for what takes no graph: an embedding of an earlier step or of the shown code, or else of the graph."""
    if scene.points:
        return scene.points[-1]
    shown = [
        variable for variable, maker in scene.code.names.items() if re.search(r"fit_transform|embed|normal|rand", maker)
    ]
    if shown:
        return shown[-1]
    graph = scene.graph("array")
    if graph is None or not scene.graphs:
        return None
    scene.use("from graspologic.embed import AdjacencySpectralEmbed")
    return f"AdjacencySpectralEmbed(n_components=2).fit_transform({graph})"


def _matrix(scene: Scene) -> Any:
    found = [x.value for x in scene.stated.values if isinstance(x.value, list) and _is_matrix(x.value)]
    return found[0] if found and all(other == found[0] for other in found) else None


def _is_matrix(value: list[Any]) -> bool:
    rows = all(isinstance(row, list) and len(row) == len(value[0]) for row in value if value) if value else False
    return bool(rows and len(value) > 1 and all(isinstance(x, (int, float)) for row in value for x in row))


def fitted_model(scene: Scene, symbol: Symbol, members: Mapping[str, Symbol]) -> Step:
    """A class with `fit`: it is made, fitted to the data, and asked for what the question wants of it."""
    step = Step(symbol)
    scene.use(f"from {symbol.name.rpartition('.')[0]} import {symbol.short}")
    arguments, missing = scene.arguments(symbol, 0, "array")
    step.missing += missing
    names = [name for name, *_ in symbol.parameters or ()]
    if (
        "directed" in names
        and "directed=True" not in f"{scene.code.begin}{scene.lines}"
        and _SIMULATED.search(f"{scene.code.begin}{scene.lines}")
    ):
        arguments = [a for a in arguments if not a.startswith("directed=")] + ["directed=False"]  # as simulations are
    fit = next((members[name] for name in ("fit", "fit_predict", "fit_transform") if name in members), None)
    if fit is None:
        return _record(scene, symbol)
    needs = [name for name, kind, needed in fit.parameters or () if needed and kind not in (2, 4)]
    values = [_fitted_to(scene, name, at, fit) for at, name in enumerate(needs)]
    if any(value is None for value in values) or not values:
        step.missing.append(f"the data that {symbol.name} is fitted to")
        return step
    shown = ", ".join(str(value) for value in values)
    step.lines.append(f"model = {symbol.short}({', '.join(arguments)})")
    asked = [n for n, words in _ASKED.items() if n in members and re.search(words, scene.question, re.IGNORECASE)]
    chosen = asked[0] if asked else next((name for name in _ORDER if name in members), "")
    if not chosen:
        step.missing.append(f"what is wanted of {symbol.name}")
    if chosen == "fit_transform" and ".embed." in symbol.name:
        variable = f"points{len(scene.points) + 1}"
        step.lines.append(f"{variable} = model.fit_transform({shown})")
        scene.points.append(variable)
        step.value = variable
        return step
    if chosen.startswith("fit_"):
        step.value = (
            _against_truth(scene, f"model.{chosen}({shown})") if chosen == "fit_predict" else f"model.{chosen}({shown})"
        )
        return step
    step.lines.append(f"model.fit({shown})")
    takes = any(needed for *_, needed in (members[chosen].parameters or ())) if chosen else False
    step.value = f"model.{chosen}({shown if takes else ''})"
    return step


def _fitted_to(scene: Scene, name: str, at: int, fit: Symbol) -> str | None:
    """What a model is fitted to: points or several graphs, or the graph that is meant, and what goes with it."""
    told = f"{parameter_type(name, fit)} {parameter_doc(name, fit)}"
    special = (len(scene.graphs) > 1 and _SEVERAL.search(told)) or _POINTS.search(told)
    first = None if special or at else _chosen_graph(scene)
    return first or _data(scene, name, True, at, fit)


def _against_truth(scene: Scene, labels: str) -> str:
    """The found labels, or their agreement with the true ones where the question asks for it and shows those."""
    truth = next(
        (name for name in ("y_true", "true_labels", "labels_true", "y", "labels") if name in scene.code.names), ""
    )
    if not truth or not re.search(r"adjusted[_ ]rand", scene.question, re.IGNORECASE):
        return labels
    scene.use("from sklearn.metrics import adjusted_rand_score")
    return f"adjusted_rand_score({truth}, {labels})"


def _record(scene: Scene, symbol: Symbol) -> Step:
    """A class that only keeps values: it is made of the shown variables that are called like its fields."""
    names = [name for name, kind, _ in symbol.parameters or () if kind not in (2, 4)]
    if names and all(name in scene.code.names for name in names):
        return Step(symbol, value=f"{symbol.short}({', '.join(f'{name}={name}' for name in names)})")
    return Step(symbol, missing=[f"how to use {symbol.name}"])


def _chosen_graph(scene: Scene) -> str | None:
    """The graph that the question speaks of: of several, the one that it names outside of its code, or the second."""
    names = [name for name, _ in scene.graphs]
    if not names:
        return None
    story = re.sub(r"```.*?(?:```|\Z)", "", scene.question, flags=re.DOTALL)
    spoken = [name for name in names if re.search(rf"\b{re.escape(name)}\b", story)]
    number = names.index(spoken[0]) if len(spoken) == 1 else 0
    return scene.graph("array", number)
