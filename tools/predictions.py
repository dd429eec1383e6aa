"""Guesses about a graph whose nodes carry texts: classes, links that are missing, nodes that are alike.

All of them are estimates. Each says how often guesses of its kind proved right on what the graph itself holds (labels
and links that were hidden for the purpose), and which neighbours moved it: fidelity is how much the probability of what
is predicted falls when a neighbour is left out of the graph.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.errors import BadArgument, BudgetExceeded, MissingAttribute
from graphs.graph import Graph, Node
from tools.answers import Category, NodeValues
from tools.clock import Clock
from tools.node_features import Encoder, Features, features_of
from tools.node_model import HOPS, ROUNDS, SENTENCE_HOPS, Around, Chosen, Fitted, choose, fit
from tools.registry import Attribute, Labels, NodeArg, tool

Array = NDArray[Any]
EXPLAINED = 200  # nodes whose neighbours are left out one by one
SHOWN = 3  # neighbours named in a note
_USUAL = ("label", "class", "category", "topic", "type", "field", "group")
_MANY = 50  # more values than this, and more than a fifth of the nodes, are no classes


@dataclass(frozen=True)
class Model:
    """A fitted classifier of one graph. nodes: in the graph's order; classes: in order of first appearance."""

    nodes: list[Node]
    classes: list[Any]
    known: dict[Node, Any]
    attribute: str
    around: Around
    features: Features
    chosen: Chosen
    fitted: Fitted
    shares: Array

    def notes(self) -> tuple[str, ...]:
        """What the guesses rest on and how often such guesses are right."""
        return (*self.features.notes, self._accuracy())

    def _accuracy(self) -> str:
        chosen, count = self.chosen, len(self.known)
        if chosen.accuracy is None:
            return f"{count} labelled nodes are too few to measure how often such guesses are right"
        assert chosen.error is not None
        steps = ("the node's own text", "its neighbours' texts", "the texts two steps away")[: chosen.hops + 1]
        read = (f"{' and '.join(steps)} " if self.features.texts else "") + (
            f"{'and ' * bool(self.features.texts)}its neighbours' classes ({chosen.mixed:.0%})" if chosen.mixed else ""
        )
        sure = "" if chosen.calibration is None else f"; confidence is off by {chosen.calibration:.2f} on average"
        return (
            f"read: {read.strip() or 'nothing but how common each class is'}; of {chosen.measured} labelled nodes "
            f"{chosen.accuracy:.0%} ± {chosen.error:.0%} were guessed right with their label hidden "
            f"(always guessing the commonest: {chosen.baseline:.0%}){sure}"
            + ("" if chosen.whole else "; a longer time limit would try more settings on more of them")
        )

    def confidence(self, i: int) -> float:
        return round(float(self.shares[i].max()), 4)

    def guess(self, i: int) -> Any:
        return self.classes[int(self.shares[i].argmax())]

    def without(self, i: int) -> dict[Node, float]:
        """For each neighbour of node `i`, how much the share of its class falls when that neighbour is not there.

        Computed in the part of the graph that the prediction can see at all; the weights stay as they are.
        """
        rows = self.around.within(i, len(self.fitted.parts) - 1 + (ROUNDS if self.fitted.mixed else 0) + 1)
        part = self.around.matrix[rows][:, rows]
        at, label = int(np.searchsorted(rows, i)), int(self.shares[i].argmax())
        found = {}
        for w in self.around.of(i):
            alive = np.ones(len(rows))
            alive[np.searchsorted(rows, w)] = 0
            left = self.fitted.shares(part, rows, alive)[at, label]
            found[self.nodes[w]] = round(float(self.shares[i, label] - left), 4)
        return dict(sorted(found.items(), key=lambda pair: -abs(pair[1])))


def class_attribute(graph: Graph, attribute: str | None) -> str:
    """The node attribute that holds the classes: as named, else the usual one, else the only one that could.

    Raises:
        MissingAttribute: no node carries it, or nothing could hold classes. BadArgument: several could.
    """
    nodes = [data for _, data in graph.nx.nodes(data=True)]
    if attribute is not None:
        if not any(data.get(attribute) is not None for data in nodes):
            raise MissingAttribute(attribute, "classifying nodes", of="nodes")
        return attribute
    values: dict[str, Counter[Any]] = {}
    for data in nodes:
        for name, value in data.items():
            if isinstance(value, (str, int)) and not (isinstance(value, str) and value.count(" ") > 4):
                values.setdefault(name, Counter())[value] += 1
    for name in _USUAL:
        if name in values:
            return name
    fits = [
        name
        for name, found in values.items()
        if 2 <= len(found) <= max(_MANY, len(nodes) // 5) and len(found) < found.total() < len(nodes)
    ]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise BadArgument(f"the classes could stand in {' or '.join(map(repr, fits))}; name the attribute")
    raise MissingAttribute("label", "classifying nodes", of="nodes")


def model_of(
    graph: Graph,
    attribute: str | None,
    labels: Labels | None,
    text: str | None,
    encoder: Encoder,
    seed: int,
    clock: Clock,
) -> Model:
    """The classifier of a graph's labelled nodes.

    Raises:
        MissingAttribute: no node has a label. BadArgument: a label is a list, or a number with a fraction.
        BudgetExceeded: no time was left to fit anything.
    """
    if labels is None:
        attribute = class_attribute(graph, attribute)
        known = {node: data[attribute] for node, data in graph.nx.nodes(data=True) if data.get(attribute) is not None}
    else:
        attribute = attribute or "label"
        named = {graph.node(node): label for node, label in labels.items() if label is not None}
        known = {node: named[node] for node in graph if node in named}
    if not known:
        raise MissingAttribute(attribute, "classifying nodes", of="nodes")
    for value in known.values():
        if not isinstance(value, (str, int)):
            raise BadArgument(f"classes are words or whole numbers, and {attribute!r} holds {str(value)[:40]!r}")
    nodes, classes = graph.nodes, list(dict.fromkeys(known.values()))
    features = features_of(graph, text, encoder, clock, beside=attribute)
    around = Around(graph)
    place = {label: i for i, label in enumerate(classes)}
    labelled = np.array([i for i, node in enumerate(nodes) if node in known])
    wanted = np.array([place[known[nodes[i]]] for i in labelled])
    if clock.over:
        raise BudgetExceeded("no time was left to fit a model; raise the time limit, or set encoder to 'words'")
    hops = (SENTENCE_HOPS if features.sentences else HOPS) if features.texts else (0,)
    chosen = choose(
        lambda h: features.block(around.matrix, h), around, labelled, wanted, len(classes), seed, clock, hops
    )
    fitted = fit(
        features.block(around.matrix, chosen.hops), chosen.hops, labelled, wanted, len(classes), chosen.mixed,
        chosen.temperature,
    )  # fmt: skip
    return Model(nodes, classes, known, attribute, around, features, chosen, fitted, fitted.shares(around.matrix))


def _because(model: Model, i: int) -> str:
    """The neighbours that moved a guess most, as a clause; empty when none did."""
    moved = [(w, much) for w, much in model.without(i).items() if abs(much) >= 0.005][:SHOWN]
    said = []
    for w, much in moved:
        what = f" (labelled {model.known[w]})" if w in model.known else ""
        said.append(f"{w}{what} {'for' if much > 0 else 'against'} it by {abs(much):.2f}")
    return "; ".join(said)


@tool(
    phrases=("class of a node from its text", "classify a node by its text and neighbours", "node classification"),
    asks=(
        "What is the label of {node}?",
        "Predict the class of {node}.",
        "Which class does {node} most likely belong to?",
        "Classify {node} by its text and its neighbours.",
        "Predict the label of node {node}.",
    ),
    needs="text",
)
def classify_node(
    graph: Graph,
    node: NodeArg,
    attribute: Attribute | None = None,
    text: Attribute | None = None,
    labels: Labels | None = None,
    encoder: Encoder = "auto",
    seed: int = 0,
    time_limit: float = 30.0,
) -> Category:
    """Guess one node's class from its text, its neighbours' texts and their classes, with a calibrated confidence.

    As `classify_nodes`. A node that has a class keeps it. The witness gives the share of each class, the confidence,
    and the fidelity of each neighbour.

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute: no node has a class, or `text` is on none. BadArgument: the attribute must be named.
        BudgetExceeded: the time limit is too short to fit anything.
    """
    node = graph.node(node)
    given = (labels or {}).get(node) if labels is not None else None
    if labels is None:
        attribute = class_attribute(graph, attribute)
        given = graph.nx.nodes[node].get(attribute)
    if given is not None:
        return Category(given, estimated=False, notes=(f"the graph gives the class of {node}",))
    model = model_of(graph, attribute, labels, text, encoder, seed, Clock(time_limit))
    i = model.nodes.index(node)
    because = _because(model, i)
    share = dict(zip(model.classes, (round(float(x), 4) for x in model.shares[i])))
    witness = {"shares": share, "confidence": model.confidence(i), "fidelity": model.without(i)}
    notes = (
        f"confidence in {model.guess(i)}: {model.confidence(i):.0%}",
        *((f"neighbours that mattered: {because}",) if because else ("no neighbour moved the guess",)),
        *model.notes(),
    )
    return Category(model.guess(i), witness, estimated=True, notes=notes)


@tool(
    phrases=(
        "classes of the unlabelled nodes from their texts",
        "classify nodes by text",
        "label the unlabelled nodes",
    ),
    asks=(
        "Which class do the unlabelled nodes belong to?",
        "Predict the labels of all unlabelled nodes.",
        "Classify every node that has no label yet.",
        "Which class does each node without a label most likely have?",
        "Classify the nodes by their texts and neighbours.",
    ),
    needs="text",
)
def classify_nodes(
    graph: Graph,
    attribute: Attribute | None = None,
    text: Attribute | None = None,
    labels: Labels | None = None,
    encoder: Encoder = "auto",
    seed: int = 0,
    time_limit: float = 30.0,
) -> NodeValues:
    """Guess the class of every node that has none, from texts and links, with calibrated confidences.

    Classes come from the node attribute `attribute` (None: the one that could hold them) or from `labels`; texts from
    `text` (None: every attribute of prose). A logistic regression on the weighed words of the node and of the nodes up
    to two links away, shares then mixed with the neighbours'; directions are ignored. What is read and mixed is chosen
    by cross-validation on the labelled nodes, which also gives the expected accuracy and the temperature that makes
    confidences right on average. The witness gives for each node the confidence and, for up to 200 nodes, the fidelity
    of its neighbours. Without texts the links alone are read. O(folds * words + m). The same seed gives the same answer
    unless the time runs out.

    Raises:
        MissingAttribute: no node has a class, or `text` is on none. BadArgument: the attribute must be named.
        BudgetExceeded: the time limit is too short to fit anything.
    """
    clock = Clock(time_limit)
    model = model_of(graph, attribute, labels, text, encoder, seed, clock)
    unknown = [i for i, node in enumerate(model.nodes) if node not in model.known]
    explained: dict[Node, dict[Node, float]] = {}
    for i in unknown[:EXPLAINED]:
        if clock.over:
            break
        explained[model.nodes[i]] = model.without(i)
    sure = {model.nodes[i]: model.confidence(i) for i in unknown}
    least = sorted(sure, key=lambda node: sure[node])[:SHOWN]
    notes = list(model.notes())
    if sure:
        doubts = ", ".join(f"{node} ({sure[node]:.0%})" for node in least)
        notes.append(f"mean confidence {sum(sure.values()) / len(sure):.0%}; least sure: {doubts}")
    witness = {"confidence": sure, "fidelity": explained, "accuracy": model.chosen.accuracy}
    found = {model.nodes[i]: model.guess(i) for i in unknown}
    return NodeValues(found, witness, estimated=True, notes=tuple(notes))
