"""How sure the router's best tool is, and what the graph lacks for the tool that a question plainly names."""

from __future__ import annotations

from agents.routing.router import CERTAIN, IDEAL_MARGIN, MARGIN, SURPLUS, UNMET, Candidate
from agents.routing.templates import index
from agents.wording import sentence
from graphs.errors import MissingAttribute
from graphs.graph import Graph

UNEXPLAINED = 0.86  # a score below this is not acted on when a word that some tool knows is left over
# pairs that answer the same question: both know the length, or are one figure
SAME = ({"shortest_path", "shortest_path_length"}, {"diameter", "maximum_shortest_path_length"})


def certain(found: list[Candidate]) -> bool:
    """Whether the first candidate may be acted on: it says enough of the question and leads the next one clearly."""
    best = found[0]
    if best.score < (SURPLUS if best.surplus else CERTAIN) or best.binding.missing or best.binding.spare_nodes:
        return False
    if best.binding.spare_numbers:
        return False  # a number that may be a node is never left out
    if best.dropped or (best.unexplained and best.score < UNEXPLAINED and set(best.unexplained) & index().idf.keys()):
        return False
    rival = next((c for c in found[1:] if {c.tool.name, best.tool.name} not in SAME and not _special(c, best)), None)
    if rival is None or (best.ideal and not rival.ideal):
        return True
    return best.score - rival.score >= (IDEAL_MARGIN if best.ideal else MARGIN)


def _special(candidate: Candidate, plain: Candidate) -> bool:
    """Whether a tool is the special case of another that the question would have to name ("all", "count")."""
    return plain.ideal and plain.tool.name in candidate.tool.name


def lacking(found: list[Candidate], graph: Graph | None) -> str:
    """What the graph lacks for the tool that the question clearly names, as a sentence; "" when it lacks nothing."""
    if graph is None or not found:
        return ""
    named = max(found, key=lambda c: c.score + UNMET * len(c.tool.unmet(graph)))
    unmet = named.tool.unmet(graph)
    rival = max((c.score for c in found if c is not named), default=0.0)
    if not unmet or not named.ideal or named.score + UNMET * len(unmet) < max(CERTAIN, rival + UNMET / 2):
        return ""
    what = named.tool.name.replace("_", " ")
    if "time" in unmet:
        return sentence(str(MissingAttribute("time", what)))
    if "text" in unmet:
        return sentence(str(MissingAttribute("text", what, of="nodes")))
    needed = unmet[0]
    other = "undirected" if needed == "directed" else "directed"
    return (
        f"{what[:1].upper()}{what[1:]}: this needs {_article(needed)} {needed} graph, and the graph at hand is {other}."
    )


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
