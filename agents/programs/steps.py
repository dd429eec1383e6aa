"""How one function of a library is called in a draft: networkx and igraph, and what comes of it.

A step is the lines that it needs, the expression that it gives, and what it still lacks. The other libraries' steps
stand in `library_steps.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from agents.programs.scene import Scene, takes_graph
from agents.programs.symbols import Symbol

_LAYOUT = re.compile(r"_layout$|^layout")
_WEAK = re.compile(
    r"\bweak(?:ly)?\b|\bdespite the direction|\bregardless of (?:the )?direction|\bignoring (?:the )?direction", re.I
)
_LAYOUTS = {"kamada kawai": "kk", "kamada-kawai": "kk", "fruchterman": "fr", "circle": "circle", "grid": "grid"}
_CONTENT = {"maximum_bipartite_matching": ".matching"}  # objects that print without their content
_GIVES_GRAPH = frozenset(
    "k_factor minimum_spanning_tree maximum_spanning_tree bfs_tree dfs_tree k_core subgraph line_graph".split()
)


@dataclass
class Step:
    """One call. value: the expression that it gives, "" for none. form: "value", "graph", "groups" or "drawing"."""

    symbol: Symbol
    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    value: str = ""
    form: str = "value"
    sure: bool = False


def networkx_step(scene: Scene, symbol: Symbol) -> Step:
    """A function, or a class that takes a graph, of networkx."""
    scene.use("import networkx as nx")
    name = "nx" + symbol.name.removeprefix("networkx")
    step = Step(symbol)
    if symbol.short.startswith(("read_", "parse_")):
        return step
    first = 1 if takes_graph(symbol) else 0
    graph = scene.graph("networkx") if first else None
    if first and graph is None:
        step.missing.append(f"the graph for {symbol.name}")
    arguments, missing = scene.arguments(symbol, first, "networkx")
    if symbol.short.startswith("write_"):
        file = f"graph.{_ENDINGS.get(symbol.short, 'txt')}"
        step.lines.append(f"{name}({graph or 'graph'}, {file!r})")
        step.lines.append(f"print(open({file!r}).read())")
        return step
    if symbol.short.startswith("draw"):
        return _networkx_drawing(scene, symbol, name, graph)
    if symbol.short == "layout":
        return step
    step.missing += missing
    call = f"{name}({', '.join([*([graph or 'graph'] if first else []), *arguments])})"
    if _LAYOUT.search(symbol.short):
        step.form = "layout"
    elif first and (symbol.makes_graph or symbol.short in _GIVES_GRAPH):
        step.form = "graph"
    elif "networkx.algorithms.community" in symbol.name or ".community." in symbol.name:
        step.form = (
            "groups"
            if not symbol.short.startswith("is_") and symbol.short.endswith(("communities", "partition", "partitions"))
            else "value"
        )
    step.value = call
    return step


_ENDINGS = {
    "write_pajek": "net",
    "write_gml": "gml",
    "write_graphml": "graphml",
    "write_gexf": "gexf",
    "write_lgl": "lgl",
}


def _networkx_drawing(scene: Scene, symbol: Symbol, name: str, graph: str | None) -> Step:
    scene.use("import matplotlib.pyplot as plt")
    step = Step(symbol, form="drawing")
    if graph is None:
        step.missing.append(f"the graph for {symbol.name}")
    if symbol.short.startswith(("draw_networkx_", "draw_bipartite")):
        needs = [n for n, _, needed in (symbol.parameters or ())[1:] if needed]
        place = [f"nx.spring_layout({graph}, seed=42)"] if "pos" in needs else []
        step.lines += [f"{name}({', '.join([str(graph), *place])})"]
    else:
        step.lines += [f"{name}({graph}, with_labels=True)"]
    return step


def igraph_step(scene: Scene, symbol: Symbol) -> Step:
    """A method of igraph's Graph, or a function of igraph that takes a graph."""
    step = Step(symbol)
    graph = scene.graph("igraph")
    if graph is None:
        step.missing.append("the igraph graph")
        graph = "graph"
    if symbol.short.startswith(("Read", "write_svg")):
        return step
    if symbol.short.startswith("write"):
        file = f"graph.{_ENDINGS.get(symbol.short, symbol.short.rpartition('_')[2])}"
        step.lines += [f"{graph}.{symbol.short}({file!r})", f"print(open({file!r}).read())"]
        return step
    arguments, step.missing[len(step.missing) :] = scene.arguments(symbol, 0, "igraph")
    names = [name for name, *_ in symbol.parameters or ()]
    if "mode" in names and symbol.short.endswith("components") and _WEAK.search(scene.question):
        arguments = [argument for argument in arguments if not argument.startswith("mode=")] + ["mode='weak'"]
    if symbol.short.startswith("layout"):
        step.form = "layout"
        said = re.search(rf"\b(?:{'|'.join(_LAYOUTS)})\b", scene.question, re.IGNORECASE)
        if symbol.short == "layout" and said:
            arguments = [repr(_LAYOUTS[said[0].casefold().replace("-", " ")])]
    step.value = f"{graph}.{symbol.short}({', '.join(arguments)}){_CONTENT.get(symbol.short, '')}"
    return step


def igraph_layout_step(scene: Scene, symbol: Symbol) -> Step:
    """A method that changes a layout in place: the layout is made first, and its points are shown after."""
    step = Step(symbol)
    graph = scene.graph("igraph")
    arguments, step.missing = scene.arguments(symbol, 0, "igraph")
    if graph is None:
        step.missing.append("the igraph graph")
    said = re.search(rf"\b(?:{'|'.join(_LAYOUTS)})\b", scene.question, re.IGNORECASE)
    kind = repr(_LAYOUTS[said[0].casefold()]) if said else "'auto'"
    step.lines += [f"layout = {graph}.layout({kind})", f"layout.{symbol.short}({', '.join(arguments)})"]
    step.value = "[list(point) for point in layout]"
    return step


def igraph_census(scene: Scene, symbol: Symbol) -> Step:
    """A census of triads: of the classes that the question names by their codes, or of all."""
    step = Step(symbol)
    graph = scene.graph("igraph")
    if graph is None:
        step.missing.append("the igraph graph")
    codes = list(dict.fromkeys(re.findall(r"\b(?:\d{3}[A-Z]?)(?= |,|\.|\?)", scene.question)))
    known = [code for code in codes if code in _TRIADS]
    step.lines.append(f"census = {graph}.triad_census()")
    step.lines += [f"print('{code}:', census['{code}'])" for code in known]
    step.value = "" if known else "census"
    return step


_TRIADS = "003 012 102 021D 021U 021C 111D 111U 030T 030C 201 120D 120U 120C 210 300".split()


def printed(step: Step, scene: Scene) -> str:
    """The expression that shows a step's value: of a graph that a function makes, its edges where those are asked."""
    if step.form == "graph" and re.search(r"\bedge|\bconnections?\b|\blinks?\b", scene.question, re.IGNORECASE):
        return f"list({step.value}.edges({'data=True' if scene.has_attribute('weight') else ''}))"
    if step.symbol.kind == "class" and step.symbol.library == "networkx":
        return (
            f"[list(tree.edges(data=True)) for tree in {step.value}]"
            if "Tree" in step.symbol.short
            else f"list({step.value})"
        )
    return step.value
