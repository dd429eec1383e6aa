"""The families of graphs that take sizes: how each reads them from a text, and which it takes when none are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graphs.errors import BadArgument
from graphs.generators import families
from graphs.generators.sizes import Sizes
from graphs.graph import Graph

Reader = Callable[[Sizes], tuple[int, ...] | None]


def _one(*units: str) -> Reader:
    def read(sizes: Sizes) -> tuple[int, ...] | None:
        value = sizes.get(*units)
        return None if value is None else (value,)

    return read


def _two(first: tuple[str, ...], second: tuple[str, ...]) -> Reader:
    def read(sizes: Sizes) -> tuple[int, ...] | None:
        if len(sizes.args) == 2:
            return sizes.args
        a = next((sizes.named[unit] for unit in first if unit in sizes.named), None)
        b = next((sizes.named[unit] for unit in second if unit in sizes.named), None)
        return None if a is None or b is None else (a, b)

    return read


def _star(sizes: Sizes) -> tuple[int, ...] | None:
    if "leaves" in sizes.named:
        return (sizes.named["leaves"],)
    value = sizes.get("nodes", "order", "size")
    return None if value is None else (value if sizes.symbol else value - 1,)


def _path(sizes: Sizes) -> tuple[int, ...] | None:
    if "length" in sizes.named:
        return (sizes.named["length"] + 1,)
    value = sizes.get("nodes", "order", "size")
    return None if value is None else (value,)


def _halved(*units: str) -> Reader:
    """Rungs or pairs as said; a number of nodes counts twice as many."""

    def read(sizes: Sizes) -> tuple[int, ...] | None:
        value = sizes.get(*units)
        if value is not None:
            return (value,)
        nodes = sizes.get("nodes", "order")
        if nodes is not None and nodes % 2:
            raise BadArgument(f"a graph of {units[0]} has an even number of nodes, not {nodes}")
        return None if nodes is None else (nodes // 2,)

    return read


def _binary(sizes: Sizes) -> tuple[int, ...] | None:
    height = sizes.get("height")
    return None if height is None else (2, height)


def _circulant(sizes: Sizes) -> tuple[int, ...] | None:
    nodes = sizes.named.get("nodes")
    if sizes.offsets and nodes is not None:
        return (nodes, *sizes.offsets)
    return sizes.args if len(sizes.args) > 1 else None


def _parts(sizes: Sizes) -> tuple[int, ...] | None:
    return sizes.args if len(sizes.args) > 1 else None


@dataclass(frozen=True)
class Family:
    """A family with sizes. `default`: the sizes taken when a text gives none (None: the name alone is no graph)."""

    build: Callable[..., Graph]
    read: Reader
    default: tuple[int, ...] | None = None
    aliases: tuple[str, ...] = ()


NODES = ("nodes", "order", "size")
# The default sizes are those of Graph-ToolFormer (arXiv 2304.11116), but for the ladder, see `named_graph`.
FAMILIES: dict[str, Family] = {
    "balanced tree": Family(families.balanced_tree, _two(("branching",), ("height",)), (2, 4)),
    "balanced binary tree": Family(families.balanced_tree, _binary, aliases=("perfect binary tree",)),
    "barbell": Family(families.barbell_graph, _two(("cliques", "clique size"), ("path length", "length")), (8, 3)),
    "binomial tree": Family(families.binomial_tree, _one("order", "size"), (5,)),
    "circulant": Family(families.circulant_graph, _circulant, (6, 1, 2)),
    "circular ladder": Family(families.circular_ladder_graph, _halved("rungs"), (15,), ("prism",)),
    "complete": Family(families.complete_graph, _one(*NODES), (15,)),
    "cycle": Family(families.cycle_graph, _one(*NODES, "length"), (6,), ("ring", "cyclic")),
    "dorogovtsev goltsev mendes": Family(
        families.dorogovtsev_goltsev_mendes_graph, _one("generation", "order"), (3,), ("!dorogovtsev goltsev mendes",)
    ),
    "full rary tree": Family(families.full_rary_tree, _two(("branching",), ("nodes",)), (3, 7), ("full r ary tree",)),
    "ladder": Family(families.ladder_graph, _halved("rungs", "length", "size"), (5,)),
    "lollipop": Family(families.lollipop_graph, _two(("cliques", "clique size"), ("path length", "length")), (4, 10)),
    "path": Family(families.path_graph, _path, (12,), ("line",)),
    "star": Family(families.star_graph, _star, (7,)),
    "turan": Family(families.turan_graph, _two(("nodes",), ("parts", "branching")), (15, 3), ("turán",)),
    "wheel": Family(families.wheel_graph, _one(*NODES), (6,)),
    "complete bipartite": Family(families.complete_bipartite_graph, _parts, aliases=("complete multipartite",)),
    "hypercube": Family(families.hypercube_graph, _one("dimension", "order"), aliases=("#hypercube", "n cube")),
    "grid": Family(families.grid_graph, _two(("row",), ("column",)), aliases=("#grid", "lattice", "#square lattice")),
    "torus": Family(families.torus_graph, _two(("row",), ("column",)), aliases=("#torus", "toroidal grid")),
    "moebius ladder": Family(
        families.moebius_ladder_graph, _one("nodes", "order"), aliases=("möbius ladder", "mobius ladder")
    ),
    "generalized petersen": Family(
        families.generalized_petersen_graph, _two(("nodes",), ("k",)), aliases=("generalised petersen",)
    ),
    "kneser": Family(families.kneser_graph, _two(("nodes",), ("k",))),
    "paley": Family(families.paley_graph, _one(*NODES)),
    "windmill": Family(families.windmill_graph, _two(("cliques",), ("size", "nodes"))),
    "crown": Family(families.crown_graph, _halved("pairs")),
    "cocktail party": Family(families.cocktail_party_graph, _halved("pairs")),
    "empty": Family(families.empty_graph, _one(*NODES), aliases=("null", "edgeless")),
}
# What other collections call by the same name.
COLLECTIONS: dict[str, dict[str, Callable[[], Graph]]] = {
    "toolformer": {"ladder": lambda: families.full_rary_tree(3, 7)}
}
