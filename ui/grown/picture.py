"""A grown graph as a drawing: as it is, or as it was after a step, coloured by community, by type or by age."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphs.graph import Graph, Node
from graphs.store import Store
from ui.drawing.scene import Scene, scene
from ui.drawing.shapes import KINDS, Marks, partition

COLOURS = ("community", "type", "step")
KEPT = 6  # graphs, of stores or of their past, that are kept for the next look
_MOST_COLOURED = 20_000  # nodes up to which communities are found for their colours


@dataclass(frozen=True)
class Moment:
    """A store's graph after a step. born: the step in which each node came. about: what the step was about."""

    graph: Graph
    step: int
    last: int
    about: str
    born: Mapping[Node, int]


_kept: OrderedDict[tuple[Path, int, int], Moment] = OrderedDict()
_lock = threading.Lock()


def moment(folder: Path, step: int | None = None) -> Moment:
    """The graph in a folder after `step`, the last one where none is named.

    What was undone or merged is so from the step on that did it, never before.

    Raises:
        StoreError: the store cannot be read. NotInStore: there was no such step.
    """
    with Store.open(folder, create=False, readonly=True) as store:
        last = store.last_step
        wanted = last if step is None else step
        key = (folder, last, wanted)
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return _kept[key]
        steps = store.steps()
        about = next((one.about for one in steps if one.number == wanted), "")
        if wanted == last:
            made = _moment(store, wanted, last, about)
        else:
            with store.as_of(wanted) as past:
                made = _moment(past, wanted, last, about)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _moment(store: Store, step: int, last: int, about: str) -> Moment:
    graph = store.to_graph()
    came = {entity.id: entity.step for entity in store.entities()}
    born = {node: came[data["id"]] for node, data in graph.nx.nodes(data=True)}
    return Moment(graph, step, last, about, born)


def picture(now: Moment, colour: str = "", view: str = "", focus: Iterable[Node] = (), *, fresh: bool = False) -> Scene:
    """The scene of a moment. colour: one of `COLOURS`, or "" for none. fresh: what the step brought stands out."""
    marks = _coloured(now, colour)
    if fresh:
        new = [node for node, step in now.born.items() if step == now.step]
        if new and len(new) < len(now.born):
            marks.nodes = dict.fromkeys(new, "on")
            marks.legend = (("on", f"came in step {now.step} ({len(new):,})"), *marks.legend)
    return scene(now.graph, marks, view, focus)


def _coloured(now: Moment, colour: str) -> Marks:
    if colour == "type":
        types = {node: str(data.get("type") or "") for node, data in now.graph.nx.nodes(data=True)}
        names = [kind for kind, _ in Counter(types.values()).most_common()]
        parts = [[node for node, kind in types.items() if kind == name] for name in names]
        return partition(parts, "types", [name or "no type" for name in names])
    if colour == "step" and now.born:
        return _ages(now)
    if colour == "community" and 1 < len(now.graph) <= _MOST_COLOURED:
        groups = communities(now.graph)
        named = [f"around {max(group, key=now.graph.nx.degree)}" for group in groups]
        alone = sum(len(group) == 1 for group in groups)
        shown = [group for group in groups if len(group) > 1]
        made = partition(shown, "communities", named)
        return made if not alone or shown else Marks()
    return Marks()


def _ages(now: Moment) -> Marks:
    """Spans of steps as groups, so that old and new are told apart."""
    steps = sorted(set(now.born.values()))
    count = min(KINDS, len(steps), 5)
    bounds = [steps[round(i * (len(steps) - 1) / count)] for i in range(count)] + [steps[-1] + 1]
    bounds = sorted(set(bounds))
    parts, names = [], []
    for low, high in zip(bounds, bounds[1:], strict=False):
        parts.append([node for node, step in now.born.items() if low <= step < high])
        names.append(f"step {low}" if high - low == 1 else f"steps {low} to {high - 1}")
    return partition(parts, "spans of steps", names)


def communities(graph: Graph) -> list[list[Node]]:
    """Louvain communities, the largest first; the same graph gives the same ones."""
    from graphs.science.communities import louvain
    from graphs.science.simple import Simple

    nodes = list(graph)
    row = {node: at for at, node in enumerate(nodes)}
    labels = louvain(Simple.of(len(row), [(row[u], row[v]) for u, v in graph.nx.edges() if u != v]), seed=7).tolist()
    groups: list[list[Node]] = [[] for _ in range(max(labels, default=-1) + 1)]
    for node, label in zip(nodes, labels, strict=True):
        groups[label].append(node)
    return groups


def title(now: Moment) -> dict[str, Any]:
    """What stands above the drawing of a moment: its step, and what the step was about."""
    when = f"after step {now.step} of {now.last}" if now.step < now.last else f"after step {now.last}, the last"
    return {"when": when, "about": now.about}
