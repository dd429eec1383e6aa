"""The data of one drawing, as plain JSON: what `ui/static/panel.js` draws. Large graphs are never sent whole.

Up to `MOST_NODES` nodes and `MOST_EDGES` edges everything is drawn. Beyond, a scene is an overview (regions as nodes,
`ui.drawing.overview`) or the surroundings of what is asked about (`near`); `note` says which, and what is left out.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from graphs.compact.graph import CompactGraph
from graphs.graph import Graph, Node
from ui.drawing.arrays import attributes, degree, part
from ui.drawing.overview import Regions, homes, near, regions
from ui.drawing.placing import numbered, positions
from ui.drawing.shapes import Marks, figure
from ui.report.markup import clean, short

MOST_NODES, MOST_EDGES = 1_000, 4_000
MOST_NEAR = 220  # nodes around what is asked about
_LABEL, _TIP, _LINES = 80, 200, 8  # characters of a label, of a line of details; lines of details
_WRITTEN = 80  # edges up to which each is written with its weight
Scene = dict[str, Any]
_lock = threading.Lock()
_placed: WeakKeyDictionary[Graph, dict[Any, tuple[float, float]]] = WeakKeyDictionary()
_regions: WeakKeyDictionary[Graph, Regions] = WeakKeyDictionary()


def too_large(graph: Graph) -> bool:
    """Whether the graph is drawn in parts."""
    return graph.num_nodes > MOST_NODES or graph.num_edges > MOST_EDGES


def scene(graph: Graph | None, marks: Marks | None = None, view: str = "", focus: Iterable[Node] = ()) -> Scene:
    """The scene of a graph with what is marked in it.

    view: "overview" or "near" for a large graph; by default near where few nodes are marked. focus: nodes whose
    surroundings are wanted, in place of the marked ones.
    """
    made = marks or Marks()
    if graph is None or not graph.num_nodes:
        return {"nodes": [], "edges": [], "empty": graph is not None}
    about: Scene = {"directed": graph.directed, "title": clean(graph.summary()), "large": too_large(graph)}
    about["marked"] = bool(made.nodes or made.edges)
    wanted = [node for node in focus if node in graph]
    if not about["large"]:
        return about | _drawn(graph, graph, made, _places(graph)) | {"view": "all", "note": ""}
    marked = wanted or list(made.touched())
    if len(marked) > MOST_NEAR and made.about and view != "overview":
        marked = list(made.about)
    if view != "overview" and marked and (wanted or len(marked) <= MOST_NEAR):
        inside, left = near(graph, marked, MOST_NEAR, MOST_EDGES // 4)
        note = (
            f"The graph is too large to draw whole ({graph.num_nodes:,} nodes, {graph.num_edges:,} edges). This is the "
            f"part around {_whom(marked)}: {len(inside):,} nodes and all edges between them"
        )
        note += f"; {left:,} more neighbours are left out." if left else "."
        small = (
            part(graph, inside)
            if isinstance(graph, CompactGraph)
            else Graph(graph.nx.subgraph(inside), names=graph.names)
        )
        return about | _drawn(small, graph, made, _places(small)) | {"view": "near", "note": note}
    return about | _overview(graph, made)


def _whom(nodes: list[Node]) -> str:
    return clean(", ".join(figure(node) for node in nodes[:3])) + (f" and {len(nodes) - 3} more" * (len(nodes) > 3))


def _places(graph: Graph) -> Mapping[Any, tuple[float, float]]:
    """Positions by node, found once for a graph."""
    with _lock:
        if graph not in _placed:
            body, row = numbered(graph.nx)
            at = positions(body)
            room = 2.3 if len(row) <= 30 else 1.7 if len(row) <= 120 else 1.2  # for the labels
            _placed[graph] = {node: (room * at[k][0], room * at[k][1]) for node, k in row.items()}
        return _placed[graph]


def borrow_places(graph: Graph, base: Graph) -> None:
    """Let a graph made from `base` (a node less, an edge more) stand where `base` stands, as far as it can."""
    if too_large(graph) or too_large(base) or graph is base:
        return
    known = _places(base)
    if all(node in known for node in graph):
        with _lock:
            _placed[graph] = {node: known[node] for node in graph}


def _drawn(graph: Graph, whole: Graph, marks: Marks, at: Mapping[Any, tuple[float, float]]) -> Scene:
    row = {node: number for number, node in enumerate(graph)}
    nodes = [_node(node, whole, marks, at[node]) for node in graph]
    edges = []
    written = graph.num_edges <= _WRITTEN
    for edge in graph.edges():
        pair = (edge.source, edge.target)
        known = pair if graph.directed or pair in marks.edges or pair in marks.edge_texts else pair[::-1]
        text = marks.edge_texts.get(known, "")
        if not text and written:
            text = _written(edge.attributes)
        provenance = [f"from {edge.provenance}"] if edge.provenance is not None else []
        arrow = " → " if graph.directed else " – "
        lines = [_cut(f"{edge.source}{arrow}{edge.target}"), *_details(edge.attributes, graph.names), *provenance]
        role = marks.edges.get(known, "")
        edges.append([row[edge.source], row[edge.target], role, short(clean(text), 24), [clean(x) for x in lines]])
    says = f"Drawn: {clean(marks.says)}." if marks.says else ""
    legend = [[swatch, clean(words)] for swatch, words in marks.legend]
    return {"nodes": nodes, "edges": edges, "legend": legend, "says": short(says, 300)}


def _node(node: Node, graph: Graph, marks: Marks, at: tuple[float, float]) -> list[Any]:
    """[label, x, y, role, colour or -1, size or -1, text beside it, lines of details]."""
    count = degree(graph, node)
    lines = [f"{count:,} edge{'s' * (count != 1)}", *_details(attributes(graph, node), {})]
    return [
        short(clean(str(node)), _LABEL),
        *at,
        marks.nodes.get(node, ""),
        marks.groups.get(node, -1),
        round(marks.sizes.get(node, -1), 4),
        clean(marks.texts.get(node, "")),
        [clean(one) for one in lines],
    ]


def _written(attributes: Mapping[str, Any]) -> str:
    found = next((attributes[key] for key in ("weight", "capacity", "time") if key in attributes), "")
    return figure(found) if found != "" else ""


def _details(attributes: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    rows = [_cut(f"{names.get(key, key)}: {value}") for key, value in attributes.items()]
    return rows[:_LINES] + [f"and {len(rows) - _LINES} more"] * (len(rows) > _LINES)


def _cut(text: Hashable) -> str:
    return short(str(text), _TIP)


def _overview(graph: Graph, marks: Marks) -> Scene:
    with _lock:
        if graph not in _regions:
            _regions[graph] = regions(graph)
        found = _regions[graph]
    hit = Counter(homes(found, marks.touched()).values()) if marks.nodes or marks.edges else Counter()
    groups = _groups(found, marks.groups)
    nodes: list[list[Any]] = []
    for number, region in enumerate(found.shown):
        lines = [f"{region.size:,} nodes, {region.inside:,} edges among them"]
        if hit[number]:
            lines.append(f"{hit[number]:,} nodes of the answer")
        if number in groups:
            group, count = groups[number]
            lines.append(f"{count:,} of them in {_named(marks, group)}")
        label = short(clean(str(region.centre)), _LABEL)
        role = "on" if hit[number] else ""
        group = groups[number][0] if number in groups else -1
        nodes.append([label, *region.at, role, group, region.share, f"{region.size:,}", lines])
    edges = [
        [a, b, "", "", [f"{count:,} edges between the two regions"], round(weight, 3)]
        for a, b, count, weight in found.links
    ]
    legend = [["on", "regions with nodes of the answer"]] if any(role for *_, role, _, _, _, _ in nodes) else []
    if groups:
        shown = {f"group{group}" for group, _ in groups.values()}
        legend += [[swatch, clean(f"mostly {words}")] for swatch, words in marks.legend if swatch in shown]
    return {
        "nodes": nodes,
        "edges": edges,
        "legend": legend,
        "says": short(f"Found: {clean(marks.says)}.", 300) if marks.says else "",
        "view": "overview",
        "note": found.note,
        "directed": False,
    }


def _groups(found: Regions, of: dict[Node, int]) -> dict[int, tuple[int, int]]:
    """The colour that most coloured nodes of each region have, and how many of them have it."""
    counts: dict[int, Counter[int]] = {}
    for node, home in homes(found, of).items() if of else ():
        if home >= 0:
            counts.setdefault(home, Counter())[of[node]] += 1
    return {home: count.most_common(1)[0] for home, count in counts.items()}


def _named(marks: Marks, group: int) -> str:
    words = next((words for swatch, words in marks.legend if swatch == f"group{group}"), f"group {group + 1}")
    return clean(words)


def find(graph: Graph, text: str, most: int = 20) -> list[Node]:
    """The nodes whose label is `text`, else those that contain it, in any case; the shortest labels first."""
    exact = graph.find(text)
    if exact is not None:
        return [exact]
    wanted = text.strip().casefold()
    if not wanted:
        return []
    found = [node for node in graph if wanted in str(node).casefold()]
    return sorted(found, key=lambda node: (len(str(node)), str(node)))[:most]
