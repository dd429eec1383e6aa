"""Conditions of a question that its plan does not carry out, whichever route read it.

"The third highest degree" is no question for the second highest, nor is "more than the average" one for the average.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from agents.plan import Call, Plan
from agents.routing.deeds import DEEDS, OF_NODE_A, happens
from agents.routing.language import concept
from agents.routing.mentions import find_mentions
from agents.routing.newcomers import newcomers
from agents.routing.templates import index
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool


@dataclass(frozen=True)
class _Read:
    """A question, and the plan that was read in it."""

    question: str
    plan: Plan
    graph: Graph | None

    @cached_property
    def skeleton(self) -> str:
        return find_mentions(self.question, self.graph).skeleton

    @property
    def last(self) -> Call:
        return self.plan.last

    @property
    def single(self) -> bool:
        """Whether one call is all of the plan, and no composed reading is behind it."""
        return len(self.plan.calls) == 1 and self.plan.asked is None

    @property
    def directed(self) -> bool:
        return self.graph is not None and self.graph.directed

    def returns(self, kind: type) -> bool:
        return issubclass(get_tool(self.last.tool).returns, kind)


def drops(question: str, plan: Plan, graph: Graph | None) -> bool:
    """Whether `question` says a condition that `plan` leaves out."""
    read = _Read(question, plan, graph)
    return any(
        left(read)
        for left in (
            _a_change,
            _what_is_removed,
            _a_newcomer,
            _a_rank,
            _a_quantity,
            _an_exception,
            _a_kind,
            _a_direction,
        )
    )


# ── changes of the graph ────────────────────────────────────────────────────────────────────────────────────────────
_SENTENCE = lazy(r"(?<=[.;!?])\s+")
_GONE = lazy(
    r"\bnow that\b|"
    r"Ⓝ (?:now )?(?:has |have |having |had |is |are |being |was |were )(?:now )?(?:left|gone|quit|died|out|away|"
    r"removed|deleted|absent|missing|excluded|fired|closed|lost)\b|Ⓝ (?:left|quits?|leaves|dies|died)\b|"
    r"\b(?:with|when|once|after|if|without) Ⓝ (?:out|gone|away|absent|missing|goes)\b",
    re.I,
)
_WITH = lazy(
    r"\b(?:with|plus|including)\s+(?P<name>(?-i:[A-Z])[a-z]\w*)(?=\s*(?:$|[?.,;!]|\b(?:in|added|included|aboard|too|as)\b))",
    re.I,
)
_IF_ALL = lazy(
    r"\bif (?:every\w*|all|each|any(?:one|body))\b (?:\w+ ){0,3}?(?:knew|know|befriend\w*|"
    r"were (?!connected|reachable)|had|joined|met|became|got|gained|lost|left|doubled|added|moved)\b|"
    r"\bfor every(?:one|body) to\b",
    re.I,
)
_AVOID = lazy(
    r"\bavoid\w*|\b(?:must|may|can|should|do|does)(?: not|n['’]t)\b[^?.]*\b(?:pass|go|use|visit|cross|touch)\b", re.I
)
_ADDED = lazy(
    r"\b(?:increas\w+|decreas\w+|rais\w+|shrink\w*|grow\w*|go(?:es)? (?:up|down)|drop\w*|ris\w+|fall\w*|lower\w*|"
    r"reduc\w+) by (?:one|two|three|\d+)\b(?! ?(?:%|percent|times))|\b(?:one|two|\d+) (?:more|less|extra)\b",
    re.I,
)
_HOW_IS = lazy(r"^\W*how (?:is|are|was|were)\b|[.;!]\s+how (?:is|are)\b", re.I)
_BY_HOW_MUCH = lazy(r"^\W*by how many\b|\bby how much\b", re.I)
_REMOVAL_MOST = lazy(
    r"\b(?:remov\w*|delet\w*|loss|losing|without|absence|departure)\b[^?]*\b(?:diameter|radius|distances?|paths?|"
    r"clustering|density|degree)\b[^?]*\b(?:most|least)\b",
    re.I,
)


def _a_change(read: _Read) -> bool:
    changed = any(issubclass(get_tool(call.tool).returns, answers.GraphAnswer) for call in read.plan.calls)
    if not changed:
        gone = read.plan.asked is None and (_GONE.search(read.skeleton) or _a_is_gone(read))
        if gone or _tells_beside(read.question, read.graph):
            return True
    if any(call.tool == "scale_weights" for call in read.plan.calls) and _ADDED.search(read.question):
        return True
    if read.returns(answers.GraphAnswer) and _HOW_IS.search(read.question):
        return True  # "How is Ann connected to Bob?" orders no edge
    if read.single and _IF_ALL.search(read.question):
        return read.plan.keep is None and not read.plan.negate
    if read.single and _AVOID.search(read.question):
        return "avoid" not in read.last.tool and "through" not in read.last.tool
    difference = _BY_HOW_MUCH.search(read.question) or _REMOVAL_MOST.search(read.question)
    return bool(difference) and read.plan.asked is None


def _a_is_gone(read: _Read) -> bool:
    return read.graph is not None and read.graph.find("a") is not None and OF_NODE_A.search(read.question) is not None


def _tells_beside(question: str, graph: Graph | None) -> bool:
    """Whether a sentence beside the one that asks tells what happens: "All distances double. How far is it …?"."""
    parts = _SENTENCE.split(question.strip())
    beside = [part for part in parts if not part.endswith("?")] if "?" in question else parts[:-1]
    return any(DEEDS.search(said) and (happens(said) or find_mentions(said, graph).nodes) for said in beside)


_DO_NOT = lazy(
    r"^\W*(?:(?:please|actually|no|wait|but|ok|okay|sorry),? )*(?:do not|don['’]t|never) "
    r"(?:remove|delete|add|close|drop|take|insert|cut)\b",
    re.I,
)
_ONE_OR_OTHER = lazy(
    r"\b(?:remov\w*|delet\w*|take out|drop\w*|clos\w*|los\w*) (?:(?:either|the|node|person|vertex|city|town) )*"
    r"Ⓝ or (?:\w+ )?Ⓝ",
    re.I,
)
_ARC = lazy(r"(?:[-–]\s*>|→)\s*Ⓝ|Ⓝ\s*(?:[-–]\s*>|→)")


def _a_newcomer(read: _Read) -> bool:
    return bool(newcomer_left(read.question, read.plan, read.graph))


def newcomer_left(question: str, plan: Plan, graph: Graph | None) -> str:
    """A node that the question brings in, and the plan does not; "" for none."""
    if graph is None:
        return ""
    mentions = find_mentions(question, graph)
    unknown = list(mentions.unknown) if newcomers(question) else []
    unknown += [m["name"] for m in _WITH.finditer(mentions.skeleton) if concept(m["name"]) not in index().idf]
    if not unknown:
        return ""
    named = {str(end) for call in plan.calls for value in call.arguments.values() for end in _flat(value)}
    return next((name for name in unknown if name not in named), "")


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, (list, tuple)):
        for inner in value:
            yield from _flat(inner)
    elif isinstance(value, dict):
        yield from value.values()
    else:
        yield value


def _what_is_removed(read: _Read) -> bool:
    """One of two, an arc whose end alone was read, nothing at all: "do not remove Ann"."""
    if _DO_NOT.search(read.question):
        return True
    removes = any(call.tool == "remove_nodes" for call in read.plan.calls)
    return removes and bool(_ONE_OR_OTHER.search(read.skeleton) or _ARC.search(read.skeleton))


# ── ranks and amounts ───────────────────────────────────────────────────────────────────────────────────────────────
_RANK = (
    r"(?:highest|largest|biggest|greatest|most|lowest|smallest|least|fewest|lightest|heaviest|longest|shortest|cheapest|"
    r"best|nearest|farthest|furthest|closest)"
)
_NTH = lazy(rf"\b(?P<nth>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:rd|th)) (?:\w+[- ])?{_RANK}\b", re.I)
_PLACES = dict(zip("third fourth fifth sixth seventh eighth ninth tenth".split(), range(3, 11)))
_SMALLEST_NODE = lazy(
    r"^\W*(?:what|which) (?:is the |node is the |)(?:smallest|lowest|largest|highest)[- ]?(?:numbered |labell?ed )?"
    r"(?:node|vertex)(?: number| label| id)?\b",
    re.I,
)


def _a_rank(read: _Read) -> bool:
    nth = _NTH.search(read.question)
    if nth is not None:
        place = _PLACES.get(nth["nth"].casefold()) or int(re.sub(r"\D", "", nth["nth"]))
        if place not in [value for call in read.plan.calls for value in call.arguments.values()]:
            return len(read.plan.calls) == 1 or "second" in read.last.tool
    smallest = read.single and read.plan.pick == "value" and read.returns(answers.Nodes)
    return smallest and _SMALLEST_NODE.search(read.question) is not None


_THAN_AVERAGE = lazy(r"\b(?:than|above|below|over|under) (?:the |an |its |their )?(?:average|mean)\b", re.I)
_HOW_MANY_HAVE = lazy(
    r"^\W*how many (?:nodes|vertices|people|persons|users|cities|towns)\b[^?]*"
    rf"\b(?:have|has|with|share) (?:the )?{_RANK}\b",
    re.I,
)
_SAME_AS = lazy(r"\bsame (?:\w+ )?(?:degree|number|figure|value)\b[^?]*\bas\b", re.I)
_EDGES_OF_WAY = lazy(
    r"^\W*how many (?:roads|edges|links|streets|lines|connections|legs|hops|steps|flights)\b[^?]*"
    r"\b(?:shortest|quickest|fastest|cheapest|best)\b",
    re.I,
)
_SET_AND_REST = lazy(
    r"[{(\[][^(){}\[\]]*[})\]] (?:to|and|with|from) (?:all )?(?:the )?(?:others?|rest|remaining)\b", re.I
)
_OF_CUTS = frozenset(("cut_size", "edge_boundary", "node_boundary", "conductance", "normalized_cut", "volume"))
_TWO_GROUPS = lazy(r"[{(\[][^(){}\[\]]*[})\]] (?:to|and|with|from) [{(\[][^(){}\[\]]*[})\]]")


def _a_quantity(read: _Read) -> bool:
    """What is counted, or compared with, is something else: how many are above the average, how many share the most."""
    said = read.question
    if _THAN_AVERAGE.search(said) and read.single and "average" in read.last.tool and read.plan.compare is None:
        return True
    if _HOW_MANY_HAVE.search(said) and read.returns(answers.NodeAnswer) and read.plan.pick != "count":
        return True
    if read.last.tool == "nodes_with_degree" and _SAME_AS.search(said):
        return True
    if read.last.arguments.get("weight") is not None and _EDGES_OF_WAY.search(said):
        return True
    if _SET_AND_REST.search(said) and read.last.tool not in _OF_CUTS:
        return True
    if read.plan.pick == "count" and read.last.tool == "rank_nodes":
        return True  # as many as there are nodes
    return read.last.tool == "cut_size" and len(read.last.arguments) < 2 and _TWO_GROUPS.search(said) is not None


# ── who is meant, and who is not ────────────────────────────────────────────────────────────────────────────────────
_EXCLUDING = lazy(
    r"\b(?:excluding|except(?: for)?|leaving out|not counting) (?:the |all |any )*"
    r"(?:nodes|people|vertices|those|leaves|leaf)",
    re.I,
)
# "who has the most friends, not counting Ann?" leaves Ann out of the answer, not out of the graph
_NOT_AN_ANSWER = lazy(
    rf"\b(?:who|which)\b[^?]*\b{_RANK}\b[^?]*\b(?:excluding|not counting|leaving out|leaving aside)\b|"
    rf"\b(?:not counting|leaving out|leaving aside)\b[^?]*\b(?:who|which)\b[^?]*\b{_RANK}\b",
    re.I,
)
_EITHER_OF = lazy(r"^\W*(?:is|are|does|do)\b[^?]*Ⓝ or (?:of |to |from |with |by )?(?:node )?Ⓝ", re.I)


def _an_exception(read: _Read) -> bool:
    if read.single and _EXCLUDING.search(read.question):
        return read.plan.keep is None and not read.plan.negate
    if any(call.tool == "remove_nodes" for call in read.plan.calls) and _NOT_AN_ANSWER.search(read.question):
        return True
    return read.plan.common and _EITHER_OF.search(read.skeleton) is not None


_BUT_NOT = lazy(
    r"^\W*(?:is|are|does|do|has|have|can)\b[^?]*\b(?:but|and|yet|though) (?:is |are |has |have )?not?\b", re.I
)
_ODD_AND_EVEN = lazy(r"\bodd\b[^?]*\beven\b|\beven\b[^?]*\bodd\b", re.I)
_PEER = r"(?:friends?|neighbou?rs?|contacts?|followers?|successors?|predecessors?|acquaintances?|partners?)"
_WHO_HAS_WHO = lazy(rf"\b(?:an?|some|any|one) {_PEER} (?:who|that|which)\b", re.I)
_TWICE_REMOVED = lazy(
    rf"\b{_PEER} of (?:an?|any|some|one)(?: of the)? {_PEER}\b|"
    rf"\b(?:knows?|meets?|follows?|likes?|reach(?:es)?|is|are) (?:an?|any|some|one) {_PEER} of Ⓝ",
    re.I,
)
_NEXT_TO = frozenset(("neighbors", "non_neighbors", "degree", "in_degree", "out_degree", "successors", "predecessors"))
_AT_ALL = lazy(r"\bnot\b[^?]*\bat all\b|n['’]t\b[^?]*\bat all\b", re.I)


def _a_kind(read: _Read) -> bool:
    """Two conditions of which one was read, and those who stand next to somebody's neighbours."""
    if read.single and any(p.search(read.question) for p in (_BUT_NOT, _ODD_AND_EVEN, _WHO_HAS_WHO)):
        return True
    if read.last.tool not in _NEXT_TO or read.plan.asked is not None:
        return False
    if read.last.tool == "non_neighbors" and _AT_ALL.search(read.question):
        return True
    return _TWICE_REMOVED.search(read.skeleton) is not None


_INTO = lazy(r"\b(?:lead|go|come|run|point|flow|arrive)s? (?:in)?to\b", re.I)
_OUT_OF = lazy(r"\b(?:leave|leaving|enter|entering|go|goes|going|run|lead|out of|into|from|to)\b", re.I)
_REACHING_WITHIN = lazy(r"\b(?:reach(?:es)?|gets? to|comes? to|arrives? at) (?:the )?(?:node |vertex )?Ⓝ", re.I)
_ONE_SIDED = lazy(
    r"\b(?:followers?|incoming|outgoing|successors?|predecessors?|in-?degree|out-?degree|children|parents)\b", re.I
)


def _a_direction(read: _Read) -> bool:
    if not read.directed:
        return False
    if read.last.tool == "cut_size":
        return _OUT_OF.search(read.question) is not None
    if read.last.tool in ("nodes_within_distance", "nodes_at_distance"):
        return _REACHING_WITHIN.search(read.skeleton) is not None
    if read.last.tool == "average_degree":
        return _ONE_SIDED.search(read.question) is not None
    return read.last.tool == "degree" and _INTO.search(read.question) is not None
