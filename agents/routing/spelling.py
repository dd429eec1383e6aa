"""Words of graph theory that a question misspells: "diamter", "neigbours", "shortst"."""

from __future__ import annotations

import re

from agents.routing.gazetteer import gazetteer_of
from agents.routing.language import tokens
from graphs.graph import Graph

WORDS = frozenset(
    """
    shortest longest fastest cheapest heaviest neighbour neighbours neighbor neighbors degree degrees diameter radius
    triangle triangles connected disconnected component components bipartite isolated distance distances spanning
    chromatic vertices vertex density clustering coefficient bridges articulation planar eulerian hamiltonian cycles
    clique cliques matching minimum maximum highest lowest between number average reachable topological adjacent
    friends edges nodes graph network centrality betweenness closeness pagerank independent acyclic undirected directed
    eccentricity
    """.split()
)
# English words one letter away from one of these, and no mistake.
OTHERS = frozenset(
    """
    decree decrees radium vortex cortex hatching patching marching catching watching notching slowest lumber slumber
    destiny codes modes hedges ledges wedges grape graphs graphed grapes planer friend brides fridges cycled distanced
    connecter neighboured shorten distant graphic edged noted nudes cheaper noses notes lodes rides average averaged
    longer largest lightest highway nightest degreed matches matched bridged bridger cyclers nodules
    """.split()
)
_E_MAIL = re.compile(r"\b(e)-(mail)", re.IGNORECASE)
SHORTEST = 5  # letters of a word that is corrected


def respelled(question: str, graph: Graph | None) -> tuple[str, tuple[str, ...]]:
    """The question with misspelled words of graph theory put right, and what was taken as what.

    A word is put right that is no label, and one slip away from one such word only: a letter left out, doubled,
    changed or swapped with the next.
    """
    known = gazetteer_of(graph)
    question = _E_MAIL.sub(r"\1\2", question)
    words = tokens(question)
    changed: list[tuple[int, int, str, str]] = []
    for place, word in enumerate(words):
        low = word.text.casefold()
        if not low.isalpha() or len(low) < SHORTEST or low in OTHERS:
            continue
        if low in WORDS or f"{low}s" in WORDS or low.removesuffix("s") in WORDS:
            continue
        meant = [right for right in WORDS if _one_slip(low, right)]
        if meant and known.at(words, place, question) is None and len({one.removesuffix("s") for one in meant}) == 1:
            changed.append((word.start, word.end, word.text, _closest(low, meant)))
    for start, end, _, right in reversed(changed):
        question = question[:start] + right + question[end:]
    return question, tuple(f"{said!r} is taken as {right!r}" for _, _, said, right in changed)


def _closest(word: str, meant: list[str]) -> str:
    """Of singular and plural the one that ends as the word does."""
    alike = [right for right in meant if right.endswith("s") == word.endswith("s")]
    return (alike or meant)[0]


def _one_slip(word: str, right: str) -> bool:
    if word == right or abs(len(word) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(word), len(right)) and word[start] == right[start]:
        start += 1
    if start == 0:  # the first letter is rarely wrong, and many words differ in it alone
        return False
    rest, other = word[start:], right[start:]
    if len(word) == len(right):
        swapped = len(rest) > 1 and rest[0] == other[1] and rest[1] == other[0] and rest[2:] == other[2:]
        return swapped or rest[1:] == other[1:]
    return rest[1:] == other if len(word) > len(right) else rest == other[1:]
