"""Words that run into the first edge of a list: "edges 1->2, 2->3" is no node called "edges 1".

What a label may be is told by the other labels of the list: where they are numbers or single letters, so is this one;
where they are single words, words that announce a graph are none of its names. "New York -> Boston" stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphs.text.patterns import lazy

_ATOMS = (
    (re.compile(r"\d+"), "number"),
    (re.compile(r"[A-Za-z]"), "letter"),
    (re.compile(r"[A-Za-z]{1,3}_?\d+"), "code"),
)
_WORD = lazy(r"\S+")
_EDGE_WORDS = frozenset("edge edges arc arcs link links connection connections list pairs".split())
_GRAPH_WORDS = frozenset("graph network digraph multigraph subgraph tree dag map".split())
_FUNCTION_WORDS = frozenset(
    "a an the this that these those my our your its following given with on in for of from to using use considering "
    "consider where when if as and or but has have having is are be being by here there we i it only just contains "
    "containing including directed undirected weighted unweighted suppose assume let say take called named "
    "weight weights cost costs distance distances length lengths capacity capacities roads routes flights".split()
)
QUOTED = "\"'`<“‘«"
_LONGEST = 6  # words before an edge that are no label; more are a sentence of their own


def shape(label: str) -> str:
    """What kind of short name a label is: number, letter, code ("v12"); "" for anything longer."""
    return next((name for pattern, name in _ATOMS if pattern.fullmatch(label)), "")


def first_word(label: str) -> str:
    """The label without what follows a blank or a bracket, such as a weight."""
    return re.split(r"[\s(\[{:]", label.strip(" .\t\"'`*"), maxsplit=1)[0]


def last_word(label: str) -> str:
    """The last word of a label that may begin with words of the sentence; a quoted label as it is."""
    text = label.strip()
    return text if text[:1] in QUOTED else (text.split() or [""])[-1]


def lead_in(label: str, others: Sequence[str]) -> int:
    """How many characters at the start of `label` belong to the sentence around the list and not to the name.

    others: the other labels of the same list.

    >>> lead_in("edges 1", ["2", "2", "3"]), lead_in("New York", ["Boston"]), lead_in("the old mill", ["farm"])
    (6, 0, 0)
    """
    words = list(_WORD.finditer(label.rstrip())) if len(label) < 400 else []
    if len(words) < 2 or label.lstrip()[:1] in QUOTED:
        return 0
    name = first_word(words[-1][0])
    plain = [re.sub(r"\W", "", word[0]).casefold() for word in words[:-1]]
    near = [other.strip(" .\t") for other in others]
    kind = shape(name)
    if kind and near and all(shape(first_word(other)) == kind for other in near):
        return words[-1].start()
    single = bool(near) and all(not re.search(r"\s", other) for other in near)
    if len(plain) > _LONGEST or not single:
        return 0
    known = _EDGE_WORDS | _GRAPH_WORDS | _FUNCTION_WORDS
    if not all(word in known for word in plain):
        return 0
    told = any(word in _EDGE_WORDS for word in plain) or any(
        word in _FUNCTION_WORDS - {"the", "a", "an"} for word in plain
    )
    told = told or (len(plain) > 1 and plain[-1] in _GRAPH_WORDS)
    return words[-1].start() if told else 0


def announces_edges(text: str) -> bool:
    """Whether the words before a list say that edges follow."""
    return any(re.sub(r"\W", "", word).casefold() in _EDGE_WORDS | _GRAPH_WORDS for word in text.split())


def trailing(label: str, others: Sequence[str]) -> int:
    """Where the name at the start of the list's last label ends: "4 exist" among numbers is the node 4.

    >>> trailing("4 exist", ["1", "2"]), trailing("4 costs 3", ["1", "2"])
    (1, 9)
    """
    found = re.fullmatch(r"\s*(\S+)(?:\s+[a-z]+)+[\s.]*", label)
    if found is None:
        return len(label)
    kind, near = shape(found[1]), [first_word(other) for other in others]
    return found.end(1) if kind and near and all(shape(other) == kind for other in near) else len(label)
