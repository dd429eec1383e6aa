"""Questions on what needs what: along which edges, and whether the needs of needs count."""

from __future__ import annotations

import re
from typing import Any

from agents.asking import ask_back
from agents.composing.hierarchy import EdgeWords
from agents.plan import Call, Pick, Plan
from agents.routing.language import concept, stem
from agents.routing.mentions import Mentions, find_mentions
from graphs.graph import Graph
from graphs.text.reading import Reading

ON_NEEDS = re.compile(
    r"\b(?:depend\w*|rel(?:y|ies) on|requir\w*|needs?|needed|order|before|after|first|last|"
    r"prerequisites?|built|made?)\b",
    re.IGNORECASE,
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
_FAR = (
    r"(?:,? (?:(?P<all>directly or (?:not|indirectly)|indirectly or directly|directly and indirectly|in all|altogether|"
    r"transitively|in total)|(?P<one>directly)))?\s*[?.]*\s*"
)
_ASKED = r"\W*(?P<asked>what|who|whom|(?:which|how many)(?: of the)? [^\W\d_]+|how many)(?: else)?"
_NEEDS_OF = re.compile(
    rf"{_ASKED} (?:do|does) (?:the )?Ⓝ (?P<direct>directly )?(?:depend on|rely on|require|need){_FAR}", re.IGNORECASE
)
_NEEDED_BY = re.compile(
    rf"{_ASKED} (?P<direct>directly )?(?:depends? on|rel(?:y|ies) on|requires?|needs?) (?:the )?Ⓝ{_FAR}", re.IGNORECASE
)
_NEEDS_NOTHING = re.compile(
    rf"{_ASKED} (?:(?:do|does)(?: not|n['’]t) (?:depend on|rely on|require|need) any(?:thing|body| other \w+)?|"
    r"(?:depends? on|rel(?:y|ies) on|requires?|needs?) (?:nothing|no other \w+|none(?: of the others)?))"
    r"(?: else)?\s*[?.]*\s*",
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


def needs_it(question: str, graph: Graph, ordered: bool = False) -> dict[str, Any] | None:
    """What to do with a question that is wholly on needs, where the text says what needs what; None for another one.

    "What does A depend on?" leaves open whether needs of needs count: it is asked back with both. ordered: an order of
    everything is asked for, which begins with what needs nothing.
    """
    if not graph.directed:
        return None
    if ordered:
        note = "what is needed comes before what needs it"
        return {"plan": Plan((Call("reverse"), Call("topological_sort", on=0)), assumptions=(note,))}
    mentions = find_mentions(question, graph)
    if (none := _NEEDS_NOTHING.fullmatch(mentions.skeleton)) is not None:
        return {"plan": Plan((Call("sink_nodes"),), pick=_pick(none))}
    for form, one, every in ((_NEEDS_OF, "successors", "descendants"), (_NEEDED_BY, "predecessors", "ancestors")):
        said = form.fullmatch(mentions.skeleton)
        if said is None or len(mentions.nodes) != 1 or (said["direct"] and said["all"]):
            continue
        if said["direct"] or said["one"] or said["all"]:
            call = Call(every if said["all"] else one, {"node": mentions.nodes[0].node})
            return {"plan": Plan((call,), pick=_pick(said))}
        whole = question.rstrip("?. ")
        return ask_back((f"{whole}, directly?", f"{whole}, directly or indirectly?"))
    made = _one_needs_another(mentions, graph)
    return None if made is None else {"plan": made}


def _pick(said: re.Match[str]) -> Pick:
    return "count" if said["asked"].casefold().startswith("how many") else "value"


def _one_needs_another(mentions: Mentions, graph: Graph) -> Plan | None:
    """The plan of "Does A depend on B?"; needs of needs count."""
    from agents.composing.asked import Asked
    from agents.composing.terms import Found, Leaf, Named, Subset

    if _DOES_NEED.fullmatch(mentions.skeleton) is None or len(mentions.nodes) != 2:
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
