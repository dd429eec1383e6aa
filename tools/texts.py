"""The texts of a graph's nodes, and their words as a sparse matrix: all that needs no language model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from graphs.errors import BadArgument, MissingAttribute
from graphs.graph import Graph

_WORD = re.compile(r"[^\W_][\w'-]*[^\W_]|[^\W\d_]")
_READ = 5_000  # characters of a text that are read
_MOST = 20_000  # words that are told apart
# English words that say nothing of what a text is about
_EMPTY = frozenset(
    "a about above after again all also am an and any are as at be because been before being below between both but by "
    "can could did do does doing down during each few for from further had has have having he her here hers him his "
    "how however i if in into is it its itself just may me might more most must my no nor not now of off on once only "
    "or other our out over own same she should so some such than that the their them then there these they this those "
    "through to too under until up us very was we were what when where which while who whom why will with would you "
    "your".split()
)


def node_texts(graph: Graph, attribute: str | None, beside: str | None = None) -> tuple[list[str], tuple[str, ...]]:
    """The text of each node in the graph's order ("" for none), and the attributes that they were read from.

    attribute: None takes every attribute that holds prose, joined.

    Raises:
        MissingAttribute: no node carries `attribute`. BadArgument: its values are no texts.
    """
    names = [attribute] if attribute else [name for name in graph.prose_attributes() if name != beside]
    data = [about for _, about in graph.nx.nodes(data=True)]
    if attribute is not None:
        values = [about[attribute] for about in data if about.get(attribute) is not None]
        if not values:
            raise MissingAttribute(attribute, "reading the texts", of="nodes")
        if not all(isinstance(value, str) for value in values):
            raise BadArgument(f"the node attribute {attribute!r} holds no texts; name one that does")
    texts = [
        "\n".join(str(about[name])[:_READ] for name in names if isinstance(about.get(name), str)) for about in data
    ]
    return texts, tuple(names)


def words(text: str) -> list[str]:
    """The words of a text that say something, in lower case; of two letters or more, numbers left out.

    >>> words("The GraphSAGE network, in 2017, learns from its neighbours.")
    ['graphsage', 'network', 'learns', 'neighbours']
    """
    found = (match[0].casefold() for match in _WORD.finditer(text))
    return [word for word in found if len(word) > 1 and word not in _EMPTY and not word.isdecimal()]


def weighed_words(texts: Sequence[str]) -> tuple[Any, list[str]]:
    """TF-IDF: a sparse matrix [texts, words] of rows of length 1 (or 0), and the words, in alphabetical order.

    Weight (1 + ln count) * (1 + ln((1 + n) / (1 + texts with the word))); words of one text alone are left out where
    there are many texts. Salton and Buckley (1988).
    """
    from scipy import sparse

    counts = [Counter(words(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    least = 2 if len(texts) >= 50 else 1
    kept = sorted((word for word in spread if spread[word] >= least), key=lambda word: (-spread[word], word))[:_MOST]
    kept.sort()
    place = {word: i for i, word in enumerate(kept)}
    rarity = np.array([1 + np.log((1 + len(texts)) / (1 + spread[word])) for word in kept])
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for i, count in enumerate(counts):
        mine = sorted(place[word] for word in count if word in place)
        weights = np.array([1 + np.log(count[kept[j]]) for j in mine]) * rarity[mine] if mine else np.zeros(0)
        length = float(np.sqrt(weights @ weights))
        rows += [i] * len(mine)
        columns += mine
        values += (weights / length).tolist() if length else []
    return sparse.csr_array((values, (rows, columns)), shape=(len(texts), len(kept))), kept


def shared_words(matrix: Any, names: Sequence[str], i: int, j: int, most: int = 5) -> list[str]:
    """The words that add most to the likeness of two texts, the heaviest first."""
    row, other = matrix[[i]], matrix[[j]]
    both = row.multiply(other).tocoo()
    order = sorted(zip(both.data, both.col), key=lambda pair: (-pair[0], pair[1]))
    return [names[int(column)] for _, column in order[:most]]
