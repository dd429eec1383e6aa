"""What would hold of the graph less a node or an edge, put as a removal and its question."""

from __future__ import annotations

from agents.routing.paraphrases.fragments import rules

_GRAPH = r"(?:the (?:graph|network)|it|everything|this graph)"
_PROPERTY = (
    r"(?P<property>connected|in one piece|bipartite|planar|acyclic|a tree|a forest|eulerian|hamiltonian|regular|"
    r"chordal)"
)
_LESS = (
    r"(?:without|after (?:removing|deleting|losing)|if (?:we|you|one|i) (?:removed?|deleted?|lost)) "
    r"(?P<x>[^?.,]{1,60}?)"
)

_RULES = rules(
    (
        rf"^(?:would|will|does|is) {_GRAPH} (?:still )?(?:be |stay |remain )?(?:still )?{_PROPERTY} {_LESS}\s*\?",
        r"If \g<x> is removed, is the graph \g<property>?",
    ),
    (
        rf"^(?:would|is) {_GRAPH} {_LESS} (?:still )?(?:be )?{_PROPERTY}\s*\?",
        r"If \g<x> is removed, is the graph \g<property>?",
    ),
)


def as_removal(question: str) -> str:
    """A question on the graph less something.

    >>> as_removal("Would the graph stay connected without D?")
    'If D is removed, is the graph connected?'
    """
    for pattern, words in _RULES:
        question = pattern.sub(words, question)
    return question
