"""The rows of the text-graph study: each a function from a split to the classes of its test nodes.

A method may look at the classes of training nodes, and choose its settings by those of validation nodes; the test
nodes' classes never leave `measure`. The product's tool is given the training nodes' classes alone and chooses by
cross-validation on them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.studies.tag.data import Split, TextGraphData

Array = NDArray[Any]
STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0)  # inverse penalties of a logistic regression
SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the neighbours, in label propagation
STEPS = 10
SHARPNESS = (10.0, 20.0, 40.0)  # of a training-free classifier's cosines
GNN_SIZE, GNN_RATE, GNN_EPOCHS, GNN_PATIENCE = 64, 0.01, 200, 30
GNN_SCALES, GNN_DECAYS = (1.0, 4.0), (5e-4, 5e-3)


@dataclass
class Shared:
    """What rows read beside the data: made on first use, and kept."""

    data: TextGraphData
    sentences: Callable[[], Array] | None = None
    states: Any = None  # HiddenStates
    model: str | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]

    @property
    def words(self) -> Any:
        from tools.texts import weighed_words

        return self.get("words", lambda: weighed_words(self.data.texts)[0])

    @property
    def vectors(self) -> Array:
        assert self.sentences is not None
        return np.asarray(self.get("vectors", self.sentences), float)

    @property
    def reduced_words(self) -> Array:
        """The words in 256 dimensions, for networks."""
        return np.asarray(self.get("reduced", lambda: _reduced(self.words, 256)))

    @property
    def around(self) -> Any:
        """A sparse [nodes, nodes]: the mean over neighbours."""
        from scipy import sparse

        def make() -> Any:
            u, v = self.data.edges
            size = len(self.data.texts)
            there = sparse.csr_array((np.ones(len(u)), (u, v)), shape=(size, size))
            return sparse.csr_array(sparse.diags_array(1 / np.maximum(there.sum(axis=1), 1)) @ there)

        return self.get("around", make)


Guess = dict[str, Any]  # classes: [test nodes]; sure: their confidence, where it claims to be one; chosen: the settings
Method = Callable[[Shared, Split], Guess]


def _reduced(words: Any, size: int) -> Array:
    from scipy.sparse.linalg import svds

    left, values, _ = svds(words, k=min(size, min(words.shape) - 1), v0=np.ones(min(words.shape)))
    found: Array = left * values
    return found


def best(tries: Iterable[tuple[Any, Array]], split: Split, data: TextGraphData) -> Guess:
    """The guess of the settings that are right most often on the validation nodes. Each try: [nodes] classes."""
    ranked = [
        (float((found[split.validation] == data.classes[split.validation]).mean()), -i, settings, found)
        for i, (settings, found) in enumerate(tries)
    ]
    _, _, settings, found = max(ranked, key=lambda row: row[:2])
    return {"classes": found[split.test], "chosen": settings}


def _regression(features: Any, split: Split, data: TextGraphData) -> Guess:
    from tools.node_model import logistic

    def tries() -> Iterable[tuple[float, Array]]:
        for strength in STRENGTHS:
            weights, bias = logistic(features[split.train], data.classes[split.train], len(data.names), strength)
            yield strength, np.asarray(features @ weights + bias).argmax(axis=1)

    return best(tries(), split, data)


def words_regression(shared: Shared, split: Split) -> Guess:
    return _regression(shared.words, split, shared.data)


def sentence_regression(shared: Shared, split: Split) -> Guess:
    return _regression(shared.vectors * math.sqrt(5), split, shared.data)


def label_propagation(shared: Shared, split: Split) -> Guess:
    given = np.zeros((len(shared.data.texts), len(shared.data.names)))
    given[split.train, shared.data.classes[split.train]] = 1
    prior = given.sum(axis=0) / given.sum()

    def tries() -> Iterable[tuple[float, Array]]:
        for share in SHARES:
            found = given
            for _ in range(STEPS):
                found = (1 - share) * given + share * (shared.around @ found)
            yield share, (found + 1e-9 * prior).argmax(axis=1)  # out of reach: the commonest

    return best(tries(), split, shared.data)


def training_free(shared: Shared, split: Split) -> Guess:
    """As LLM-BP (arXiv 2502.11836): cosines with the mean vector of each class, then belief propagation.

    Nothing is fitted but the sharpness of the cosines (on validation nodes) and how often labelled neighbours agree.
    """
    data = shared.data
    number = len(data.names)
    centres = np.stack([shared.vectors[split.train[data.classes[split.train] == c]].mean(0) for c in range(number)])
    cosines = shared.vectors @ (centres / np.linalg.norm(centres, axis=1, keepdims=True)).T
    known = np.full(len(data.texts), -1)
    known[split.train] = data.classes[split.train]
    u, v = data.edges
    both = (known[u] >= 0) & (known[v] >= 0)
    agree = (float((known[u] == known[v])[both].sum()) + number) / (float(both.sum()) + number * 1.5)
    mixing = np.full((number, number), (1 - agree) / (number - 1))
    np.fill_diagonal(mixing, agree)
    given = known >= 0

    def tries() -> Iterable[tuple[float, Array]]:
        for sharp in SHARPNESS:
            own = _soft(sharp * cosines)
            own[given] = 1e-6
            own[given, known[given]] = 1
            belief = own
            for _ in range(5):
                heard = np.zeros_like(own)
                np.add.at(heard, u, np.log(belief[v] @ mixing))
                belief = _soft(np.log(own) + heard)
            yield sharp, belief.argmax(axis=1)

    return best(tries(), split, data)


def _soft(logits: Array) -> Array:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Array = raised / raised.sum(axis=1, keepdims=True)
    return found


def network(kind: str, features: Callable[[Shared], Array]) -> Method:
    """A two-layer GCN or GraphSAGE (PyTorch Geometric), stopped by the loss on validation nodes.

    Scale of the features and weight decay are chosen on validation nodes too.
    """

    def method(shared: Shared, split: Split) -> Guess:
        unit = features(shared)
        unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
        settings = [(scale, decay) for scale in GNN_SCALES for decay in GNN_DECAYS]
        tries = ((s, _trained(kind, s[0] * unit, s[1], shared.data, split)) for s in settings)
        return best(tries, split, shared.data)

    return method


def _trained(kind: str, features: Array, decay: float, data: TextGraphData, split: Split) -> Array:
    """[nodes] classes by the network as it was when the validation loss was least."""
    import torch
    from torch.nn import functional
    from torch_geometric.nn import GCN, GraphSAGE

    torch.manual_seed(split.seed)
    x = torch.tensor(features, dtype=torch.float32)
    edges, wanted = torch.tensor(data.edges), torch.tensor(data.classes)
    made: Any = GCN if kind == "gcn" else GraphSAGE
    model = made(x.shape[1], GNN_SIZE, 2, len(data.names), dropout=0.5)
    optimiser = torch.optim.Adam(model.parameters(), lr=GNN_RATE, weight_decay=decay)
    train, validation = torch.tensor(split.train), torch.tensor(split.validation)
    least, since = math.inf, 0
    found: Array = np.zeros(len(data.texts), int)
    for _ in range(GNN_EPOCHS):
        model.train()
        optimiser.zero_grad()
        loss_now: Any = functional.cross_entropy(model(x, edges)[train], wanted[train])
        loss_now.backward()
        optimiser.step()
        model.eval()
        with torch.no_grad():
            logits = model(x, edges)
            loss = float(functional.cross_entropy(logits[validation], wanted[validation]))
        since += 1
        if loss < least:
            least, found, since = loss, logits.argmax(1).numpy(), 0
        if since >= GNN_PATIENCE:
            break
    return found


def product(encoder: str) -> Method:
    """The tool `classify_nodes`, on the graph with the training nodes' classes alone."""

    def method(shared: Shared, split: Split) -> Guess:
        from tools.node_features import remember
        from tools.predictions import classify_nodes

        if encoder == "sentences":
            remember(shared.data.texts, shared.vectors)
        graph = shared.data.masked(split.train)
        answer = classify_nodes(graph, "label", "text", encoder=encoder, seed=split.seed, time_limit=3600.0)  # type: ignore[arg-type]
        nodes = [graph.nodes[i] for i in split.test]
        return {
            "classes": np.array([shared.data.names.index(str(answer.values[node])) for node in nodes]),
            "sure": np.array([answer.witness["confidence"][node] for node in nodes]),
            "expected": answer.witness["accuracy"],
        }

    return method


ROWS: dict[str, tuple[str, Method]] = {  # name: (what it needs beside the data, method)
    "TF-IDF + LR": ("", words_regression),
    "label propagation": ("", label_propagation),
    "GCN on TF-IDF": ("torch", network("gcn", lambda shared: shared.reduced_words)),
    "sentence embedding + LR": ("sentences", sentence_regression),
    "sentence embedding + GCN": ("sentences", network("gcn", lambda shared: shared.vectors)),
    "sentence embedding + SAGE": ("sentences", network("sage", lambda shared: shared.vectors)),
    "training-free (LLM-BP)": ("sentences", training_free),
    "classify_nodes, words": ("", product("words")),
    "classify_nodes, words + sentences": ("sentences", product("sentences")),
}


def measure(shared: Shared, split: Split, method: Method) -> dict[str, Any]:
    """Accuracy on the test nodes, and the calibration error of a method that claims a confidence."""
    guess = method(shared, split)
    truth = shared.data.classes[split.test]
    right = guess["classes"] == truth
    row: dict[str, Any] = {"accuracy": float(right.mean()), "test_nodes": len(truth)}
    if "sure" in guess:
        bins = np.minimum((guess["sure"] * 10).astype(int), 9)
        row["calibration_error"] = float(
            sum(abs(guess["sure"][bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins))
        )
    for name in ("chosen", "expected"):
        if name in guess:
            row[name] = guess[name]
    return row
