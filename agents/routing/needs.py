"""Questions on what needs what: along which edges, and whether the needs of needs count."""

from __future__ import annotations

import re

from agents.composing.hierarchy import EdgeWords
from agents.plan import Call, Plan
from agents.routing.language import concept, stem
from agents.routing.mentions import find_mentions
from graphs.graph import Graph
from graphs.text.reading import Reading

ON_NEEDS = re.compile(
    r"\b(?:depend\w*|requir\w*|needs?|needed|order|before|after|first|last|prerequisites?|built|made?)\b", re.IGNORECASE
)
ALONG_NEEDS = (
    "Here an edge points from what depends to what it needs. Ask along the edges: 'Which nodes can be reached from X?' "
    "is all that X needs, 'Which nodes can reach X?' all that need X; or write 'A before B' instead."
)
WHICH_NEEDS = (
    "Nothing says whether an edge from A to B means that A needs B or that B needs A. Ask along the edges: 'Which "
    "nodes can be reached from X?', 'Which nodes can reach X?' or 'Give a topological order along the edges'."
)
ALONG_EDGES = frozenset(("ancestors", "descendants", "successors", "predecessors", "has_path", "has_edge"))
_ON_WHAT = re.compile(r"\bdepend\w*|\brequir\w*|\bneeds?\b|\bneeded\b|\bprerequisites?\b", re.IGNORECASE)
_ORDERS = frozenset(("topological_sort", "all_topological_sorts", "is_topological_order"))
_ALONG = re.compile(r"\btopolog\w*|\bancestors?\b|\bdescendants?\b|\breach\w*|\blead\w* to\b|\bpath\b", re.IGNORECASE)
_TELLS_NEEDS = re.compile(r"\bdependenc\w*|\bdeps\b|\bdepends?\b|\brequire[sd]?\b|\brequirements?\b", re.IGNORECASE)
_TELLS_ORDER = re.compile(
    r"\b(?:before|after|precede\w*|first|then|means?)\b|\brequired (?:for|by)\b|\bprerequisites? (?:of|for)\b",
    re.IGNORECASE,
)
_DOES_NEED = re.compile(
    r"\W*(?:do(?:es)?) (?:the )?Ⓝ (?:depend on|rely on|require|need) (?:the )?Ⓝ"
    r"(?:,? (?:directly or (?:not|indirectly)|indirectly or directly|at all|in any way|somehow))?\s*\??",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(r"\bdirect(?:ly)?\b(?!,? or)", re.IGNORECASE)
_NONE_OR_ALL = re.compile(r"\b(?:nothing|no|none|never|any|indirectly|directly or not)\b", re.IGNORECASE)
TELLING_NEEDS = frozenset(
    map(concept, "depends dependency dependencies requires needs prerequisite before after first must order".split())
) - {None}
NEEDING = frozenset(map(stem, ("depends", "requires", "needs")))
EITHER_WAY_ROUND = frozenset(("has_cycle", "is_acyclic"))  # the same whichever way the edges point


def says_which_way(plan: Plan | None, question: str, said: EdgeWords) -> bool:
    """Whether a question on needs is put in the text's own verb, wholly read, and says how far, or asks for cycles.

    "Does the app depend on log?" leaves open whether needs of needs count.
    """
    if plan is None:
        return False
    if len(plan.calls) == 1 and plan.last.tool in EITHER_WAY_ROUND:
        return True
    if plan.asked is None or not said.verb & NEEDING:
        return False
    one_step = any(call.tool in ("successors", "predecessors") for call in plan.calls)
    return bool(_DIRECTLY.search(question) if one_step else _NONE_OR_ALL.search(question))


def needs_it(question: str, graph: Graph | None) -> Plan | None:
    """The plan of "Does A depend on B?" where the text says what needs what; needs of needs count."""
    from agents.composing.asked import Asked
    from agents.composing.terms import Found, Leaf, Named, Subset

    assert graph is not None
    mentions = find_mentions(question, graph)
    if _DOES_NEED.fullmatch(mentions.skeleton) is None or len(mentions.nodes) != 2 or not graph.directed:
        return None
    one, other = (mention.node for mention in mentions.nodes)
    leaf = Leaf("descendants", (("node", one),))
    asked = Asked(Subset(Named((other,)), Found(leaf)))
    note = f"what {one} needs by way of others counts as well; ask 'directly' for its own needs alone"
    return Plan((Call(leaf.tool, dict(leaf.arguments)),), asked=asked, assumptions=(note,))


def needs_unsaid(question: str, graph: Graph, reading: Reading, plan: Plan | None) -> bool:
    """Whether a question on needs is answered along edges of which nothing says what they mean: "a -> b", a file.

    So is the order of things whose edges are called dependencies: the one that is needed comes first.
    """
    if plan is None or not graph.directed:
        return False
    if plan.last.tool in _ORDERS and not _ALONG.search(question):
        return bool(_TELLS_NEEDS.search(reading.text)) and not _TELLS_ORDER.search(reading.text)
    if plan.last.tool not in ALONG_EDGES or not _ON_WHAT.search(question):
        return False
    said = {word.casefold() for word in re.findall(r"[^\W\d_]+", reading.text.replace(reading.question, " "))}
    return not {concept(word) for word in said} & TELLING_NEEDS
