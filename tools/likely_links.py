"""Links that are probably missing, and nodes that are alike, where nodes carry texts.

Estimates, with the chance of each link measured on links that were hidden, and with fidelity: how much the chance (or
the likeness) falls when a neighbour is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphs.errors import BadArgument, BudgetExceeded, WrongKind
from graphs.graph import Graph, Node
from tools.answers import NodeValues, PairValues
from tools.clock import Clock
from tools.link_model import TOP, LinkModel, Links, fit_links, nearest_texts, two_steps
from tools.node_features import Encoder, Features, features_of
from tools.node_model import Around, mean
from tools.registry import Attribute, NodeArg, tool
from tools.shared_neighbours import Measure, neighbours_of, score_of
from tools.texts import shared_words

Array = NDArray[Any]
NEAREST = 20  # nodes of like texts that are proposed for each node
SHOWN = 3
_RANDOM_PAIRS = 2_000


@dataclass(frozen=True)
class _Fitted:
    """Links and their model, with the graph's nodes in order."""

    nodes: list[Node]
    features: Features
    links: Links
    model: LinkModel

    def notes(self) -> tuple[str, ...]:
        model, links = self.model, len(self.links.arcs)
        if model.found is None:
            measured = f"{links} links are too few to measure how often such guesses are right"
        else:
            measured = (
                f"of {model.hidden} links that were hidden to measure, {model.found:.0%} stood among the first {TOP} "
                f"proposals of their node (mean of 1 / place: {model.rank:.2f})"
            )
        if model.curve:
            measured += "; a chance is that of a pair to be missing, if as many links are missing as were hidden"
        else:
            measured += "; the chances are not calibrated"
        return (*self.features.notes, measured)

    def because(self, source: int, target: int) -> dict[str, Any]:
        """The words that two nodes share, and how much the chance falls without each of their neighbours."""
        words = shared_words(self.features.words, self.features.names, source, target) if self.features.texts else []
        near = {*_near(self.links, source), *_near(self.links, target)} - {source, target}
        at = np.array([source]), np.array([target])
        whole = float(self.model.chance(self.links.describe(*at))[0])
        falls = {}
        for w in sorted(near):
            left = float(self.model.chance(self.links.less(w).describe(*at))[0])
            falls[self.nodes[w]] = round(whole - left, 6)
        return {"words": words, "fidelity": dict(sorted(falls.items(), key=lambda pair: -abs(pair[1])))}


def _near(links: Links, i: int) -> list[int]:
    return [int(j) for j in links.matrix.indices[links.matrix.indptr[i] : links.matrix.indptr[i + 1]]]


def _fitted(graph: Graph, text: str | None, encoder: Encoder, seed: int, clock: Clock) -> _Fitted:
    """
    Raises:
        WrongKind: the graph has no link to learn from. BudgetExceeded: no time is left.
    """
    features = features_of(graph, text, encoder, clock)
    links = Links.of(graph, features.matrix)
    if not len(links.arcs):
        raise WrongKind(
            "the graph has no edge between two nodes, so there is nothing to learn from; add the known ones"
        )
    if clock.over:
        raise BudgetExceeded("no time was left to fit a model; raise the time limit, or set encoder to 'words'")
    return _Fitted(graph.nodes, features, links, fit_links(links, seed, clock))


def _require_k(k: int) -> None:
    if k < 1:
        raise BadArgument(f"k must be at least 1, not {k}")


@tool(
    phrases=("link prediction", "predict missing links", "likely new edges", "recommend connections"),
    asks=(
        "Which {k} missing links are the most likely?",
        "Predict {k} new edges.",
        "Link prediction: give the top {k} pairs.",
        "Recommend {k} connections between nodes that are not linked yet.",
    ),
)
def predict_links(
    graph: Graph,
    k: int = 5,
    measure: Measure | None = None,
    text: Attribute | None = None,
    encoder: Encoder = "auto",
    seed: int = 0,
    time_limit: float = 30.0,
) -> PairValues:
    """The `k` pairs of nodes without an edge that are most probably linked, best first.

    Where nodes carry texts and no `measure` is named, each pair gets a chance from a logistic regression on how alike
    the texts are, how alike each is to the other's neighbours, common neighbours and degrees; proposed are pairs with a
    common neighbour and those among each other's 20 nearest texts. A tenth of the links is hidden to measure and to
    calibrate. The witness gives for each pair the words that its texts share and the fidelity of the neighbours.

    Else pairs are scored by `measure` of their neighbourhoods (Adamic-Adar where none is named): directions are
    ignored; pairs of equal score stand in the graph's order; pairs of score 0 are left out. These scores are exact,
    that the links will come is a guess. O(sum of squared degrees); preferential attachment O(n^2).
    Liben-Nowell and Kleinberg (2007).

    Raises:
        BadArgument: `k` is below 1. WrongKind: texts, and no link to learn from.
        BudgetExceeded: the time limit is too short to fit anything.
    """
    _require_k(k)
    if measure is not None or (text is None and not graph.prose_attributes()):
        return _by_measure(graph, k, measure or "adamic_adar")
    clock = Clock(time_limit)
    fitted = _fitted(graph, text, encoder, seed, clock)
    pairs, whole = _candidates(fitted, clock)
    chances = np.zeros(len(pairs))
    for first in range(0, len(pairs), 20_000):
        part = pairs[first : first + 20_000]
        chances[first : first + 20_000] = fitted.model.logits(fitted.links.describe(part[:, 0], part[:, 1]))
    order = np.argsort(-chances, kind="stable")[:k]
    chosen = pairs[order]
    chance = fitted.model.chance(fitted.links.describe(chosen[:, 0], chosen[:, 1])) if len(chosen) else np.zeros(0)
    found = {(fitted.nodes[u], fitted.nodes[v]): round(float(p), 6) for (u, v), p in zip(chosen, chance)}
    witness = {(fitted.nodes[u], fitted.nodes[v]): fitted.because(int(u), int(v)) for u, v in chosen}
    cut = () if whole else ("the time was up before the texts of all nodes were compared",)
    return PairValues(found, witness, estimated=True, notes=(*fitted.notes(), *_first(fitted, witness), *cut))


def _candidates(fitted: _Fitted, clock: Clock) -> tuple[Array, bool]:
    """Pairs without a link, each once (both ways in a directed graph), sorted; whether all texts were compared."""
    links = fitted.links
    near, whole = nearest_texts(fitted.features.words, NEAREST, clock)
    pairs = np.concatenate([near, two_steps(links)]).astype(int)
    pairs = np.concatenate([pairs, pairs[:, ::-1]]) if links.directed else np.sort(pairs, axis=1)
    if len(pairs):
        pairs = np.unique(pairs, axis=0)
        pairs = pairs[~links.linked(pairs[:, 0], pairs[:, 1])]
    return pairs.reshape(-1, 2), whole


def _first(fitted: _Fitted, witness: dict[tuple[Node, Node], dict[str, Any]]) -> tuple[str, ...]:
    """Why the first proposal stands first, as a note."""
    for pair, why in witness.items():
        said = _why(why)
        return (f"{pair[0]} - {pair[1]}: {said}",) if said else ()
    return ()


def _why(why: dict[str, Any]) -> str:
    parts = [f"both speak of {', '.join(why['words'])}"] if why["words"] else []
    falls = [(w, much) for w, much in why["fidelity"].items() if abs(much) >= 0.005][:SHOWN]
    parts += [f"without {w} the chance {'falls' if much > 0 else 'rises'} by {abs(much):.2f}" for w, much in falls]
    return "; ".join(parts)


def _by_measure(graph: Graph, k: int, measure: Measure) -> PairValues:
    around = {node: neighbours_of(graph, node, "all") for node in graph}
    place = {node: i for i, node in enumerate(graph)}
    scored: list[tuple[float, int, int, Node, Node]] = []
    for u, i in place.items():
        near = around if measure == "preferential_attachment" else {w: None for x in around[u] for w in around[x]}
        for v in near:
            if place[v] > i and v not in around[u]:
                score = score_of(measure, around[u], around[v], lambda w: len(around[w]))
                if score > 0:
                    scored.append((-round(score, 12), i, place[v], u, v))
    scored.sort(key=lambda row: row[:3])
    return PairValues({(u, v): -score for score, _, _, u, v in scored[:k]}, estimated=True)


@tool(
    phrases=("nodes that a node will probably link to", "likely citations of a node", "what will it link to"),
    asks=(
        "Which nodes will {node} probably link to?",
        "Which {k} papers will {node} likely cite?",
        "Which links from {node} are missing?",
        "What will {node} cite next?",
    ),
)
def predict_links_from(
    graph: Graph,
    node: NodeArg,
    k: int = 5,
    text: Attribute | None = None,
    encoder: Encoder = "auto",
    seed: int = 0,
    time_limit: float = 30.0,
) -> NodeValues:
    """The `k` nodes that `node` most probably links to and is not linked with, with the chance of each, best first.

    As `predict_links` on texts, for one source and all nodes.

    Raises:
        NodeNotFound: `node` is not in the graph. BadArgument: `k` is below 1. WrongKind: no link to learn from.
        BudgetExceeded: the time limit is too short to fit anything.
    """
    return _of_one(graph, node, k, text, encoder, seed, time_limit, "from")


@tool(
    phrases=("nodes that will probably link to a node", "who will cite a node", "likely to cite"),
    asks=(
        "Which nodes will probably link to {node}?",
        "Which {k} papers will likely cite {node}?",
        "Which papers will likely cite {node}?",
        "Which links to {node} are missing?",
    ),
)
def predict_links_to(
    graph: Graph,
    node: NodeArg,
    k: int = 5,
    text: Attribute | None = None,
    encoder: Encoder = "auto",
    seed: int = 0,
    time_limit: float = 30.0,
) -> NodeValues:
    """The `k` nodes that most probably link to `node` and are not linked with it, with the chance of each, best first.

    As `predict_links` on texts, for one target and all nodes. In an undirected graph the same as `predict_links_from`.

    Raises:
        NodeNotFound: `node` is not in the graph. BadArgument: `k` is below 1. WrongKind: no link to learn from.
        BudgetExceeded: the time limit is too short to fit anything.
    """
    return _of_one(graph, node, k, text, encoder, seed, time_limit, "to")


def _of_one(
    graph: Graph, node: Any, k: int, text: str | None, encoder: Encoder, seed: int, limit: float,
    way: Literal["from", "to"],
) -> NodeValues:  # fmt: skip
    node = graph.node(node)
    _require_k(k)
    fitted = _fitted(graph, text, encoder, seed, Clock(limit))
    links, i = fitted.links, fitted.nodes.index(node)
    others = np.array([j for j in range(links.size) if j != i], int)
    others = others[~links.linked(np.full(len(others), i), others)]
    here = np.full(len(others), i)
    ends = (here, others) if way == "from" or not links.directed else (others, here)
    described = links.describe(*ends)
    order = np.argsort(-fitted.model.logits(described), kind="stable")[:k]
    chance = fitted.model.chance(described[order])
    found = {fitted.nodes[others[j]]: round(float(p), 6) for j, p in zip(order, chance)}
    witness = {fitted.nodes[others[j]]: fitted.because(int(ends[0][j]), int(ends[1][j])) for j in order}
    notes = list(fitted.notes())
    for other, why in list(witness.items())[:1]:
        if said := _why(why):
            notes.append(f"{other}: {said}")
    return NodeValues(found, witness, estimated=True, notes=tuple(notes))


@tool(
    phrases=("nodes most like a node in text and links", "nodes with similar texts", "similar papers"),
    asks=(
        "Which {k} nodes are most like {node}?",
        "Which nodes are most similar to {node}?",
        "Find the {k} nodes that are most similar to {node}.",
        "Which papers are like {node}?",
    ),
)
def similar_nodes(
    graph: Graph,
    node: NodeArg,
    k: int = 5,
    text: Attribute | None = None,
    encoder: Encoder = "auto",
    seed: int = 0,
    time_limit: float = 30.0,
) -> NodeValues:
    """The `k` nodes most like `node` in what they and their neighbours say, with their likeness, best first.

    Likeness is the cosine of two nodes, each the mean of its own text's features and its neighbours'; without texts, of
    their neighbours alone. The witness gives for each the confidence, which is the share of random pairs of nodes that
    are less alike, the words that both texts share, and the fidelity of the neighbours: how much the likeness falls
    without each. O(n * words).

    Raises:
        NodeNotFound: `node` is not in the graph. BadArgument: `k` is below 1. WrongKind: there is no other node.
        BudgetExceeded: the time limit is too short.
    """
    node = graph.node(node)
    _require_k(k)
    if graph.num_nodes < 2:
        raise WrongKind("the graph has only one node, so none is similar to it; add another")
    clock = Clock(time_limit)
    features = features_of(graph, text, encoder, clock)
    if clock.over:
        raise BudgetExceeded("no time was left to compare; raise the time limit, or set encoder to 'words'")
    around = Around(graph)
    said = features.matrix if features.texts else around.matrix
    blended = said + mean(around.matrix, said)
    nodes, i = graph.nodes, graph.nodes.index(node)
    lengths = np.sqrt(np.asarray(blended.multiply(blended).sum(axis=1)).ravel())
    likeness = blended @ blended[[i]].toarray().ravel() / np.maximum(lengths * lengths[i], 1e-12)
    order = [int(j) for j in np.argsort(-likeness, kind="stable") if j != i and likeness[j] > 1e-12][:k]
    usual = _random_likeness(blended, lengths, seed)
    found = {nodes[j]: round(float(likeness[j]), 6) for j in order}
    witness: dict[Node, dict[str, Any]] = {}
    for j in order:
        words = shared_words(features.words, features.names, i, j) if features.texts else []
        falls = {}
        for w in sorted({*around.of(i), *around.of(j)} - {i, j}):
            falls[nodes[w]] = round(float(likeness[j]) - _alike_without(said, around, i, j, w), 6)
        witness[nodes[j]] = {
            "confidence": round(float((usual < likeness[j]).mean()), 4),
            "words": words,
            "fidelity": dict(sorted(falls.items(), key=lambda pair: -abs(pair[1]))),
        }
    notes = [*features.notes, "confidence is the share of random pairs of nodes that are less alike"]
    for other, why in list(witness.items())[:SHOWN]:
        both = f", both speak of {', '.join(why['words'])}" if why["words"] else ""
        notes.append(f"{other}: confidence {why['confidence']:.2f}{both}")
    return NodeValues(found, witness, estimated=True, notes=tuple(notes))


def _random_likeness(blended: Any, lengths: Array, seed: int) -> Array:
    """The cosines of random pairs of nodes."""
    rng = np.random.default_rng(seed % 2**63)
    u, v = rng.integers(0, len(lengths), (2, _RANDOM_PAIRS))
    u, v = u[u != v], v[u != v]
    dots = np.asarray(blended[u].multiply(blended[v]).sum(axis=1)).ravel()
    found: Array = dots / np.maximum(lengths[u] * lengths[v], 1e-12)
    return found


def _alike_without(said: Any, around: Around, i: int, j: int, w: int) -> float:
    """The likeness of two nodes when `w` is left out of the graph."""
    rows = []
    for node in (i, j):
        near = [x for x in around.of(node) if x != w]
        row = said[[node]].toarray().ravel()
        if near:
            row = row + said[near].toarray().mean(axis=0)
        rows.append(row)
    length = math.sqrt(float(rows[0] @ rows[0]) * float(rows[1] @ rows[1]))
    return float(rows[0] @ rows[1]) / length if length > 1e-12 else 0.0
