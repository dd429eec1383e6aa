"""Questions that say more than the tool which they name takes: the grammar of `agents.composing` reads them first."""

from __future__ import annotations

import re

from agents.routing.router import Candidate

# Words that say more than a tool takes: numbers between which a degree lies, a clause within a clause, a bare number,
# "everyone", what lies on a cycle.
NESTED = re.compile(
    r"\b(?:have|has|having|with|of|degree)\s+between [ⓃⓆ] and [ⓃⓆ]|"
    r"\b(?:a|an|any|some|someone|anyone|somebody|anybody|node|person)\s+(?:\w+\s+)?(?:that|who|which)\s+\w+|"
    r"^\W*(?:does|do|has|have)\b.*\b(?:Ⓠ|one)\s+(?:successor|predecessor|neighbou?r|friend)|"
    r"^\W*(?:who|which)\b.*\b(?:everyone|everybody|nobody|no one|each other)\b|"
    r"^\W*(?:is|are)\b.*\bon (?:a|any) cycle\b",
    re.IGNORECASE,
)
_NEIGHBOURS_OF_DEGREE = re.compile(
    r"\b(?:have|has|with|by|to)\b.*\b(?:neighbou?r|friend|node|one)s?\s+(?:of|with)\s+degree\b", re.IGNORECASE
)
_CLAUSE_IN_CLAUSE = re.compile(
    r"\S+\s+(?:a|an|any|some|someone|anyone|somebody|anybody)\s+(?:\w+\s+)?(?:that|who|which)\s+\w+", re.IGNORECASE
)
TIED = frozenset(("higher_degree_of",))  # it names one of two nodes that tie


def takes_all(best: Candidate, skeleton: str) -> bool:
    """Whether the tool takes all that the question says, as far as its words show."""
    binding = best.binding
    spare = binding.spare_quantities or binding.spare or binding.spare_nodes
    return not (spare or best.tool.name in TIED or NESTED.search(skeleton))


def says_more(tool: str, skeleton: str) -> bool:
    """Whether a clause within a clause is known to be left out: "points to a node that points to Ⓝ"."""
    if "degree" in tool:
        return bool(_NEIGHBOURS_OF_DEGREE.search(skeleton))
    return tool in ("successors", "predecessors", "neighbors") and bool(_CLAUSE_IN_CLAUSE.search(skeleton))
