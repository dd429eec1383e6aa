"""Conditions of a question that its plan does not carry out, whichever route read it.

"The third highest degree" is no question for the second highest, nor is "more than the average" one for the average.
"""

from __future__ import annotations

import re

from agents.plan import Plan
from agents.routing.mentions import find_mentions
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import get_tool

_RANK = (
    r"(?:highest|largest|biggest|greatest|most|lowest|smallest|least|fewest|lightest|heaviest|longest|shortest|cheapest|"
    r"best|nearest|farthest|furthest|closest)"
)
_NTH = lazy(rf"\b(?P<nth>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:rd|th)) (?:\w+[- ])?{_RANK}\b", re.I)
_PLACES = dict(zip("third fourth fifth sixth seventh eighth ninth tenth".split(), range(3, 11)))
_THAN_AVERAGE = lazy(r"\b(?:than|above|below|over|under) (?:the |an |its |their )?(?:average|mean)\b", re.I)
_HOW_MANY_HAVE = lazy(
    r"^\W*how many (?:nodes|vertices|people|persons|users|cities|towns)\b[^?]*"
    rf"\b(?:have|has|with|share) (?:the )?{_RANK}\b",
    re.I,
)
_BY_HOW_MUCH = lazy(r"^\W*by how many\b|\bby how much\b", re.I)
_DO_NOT = lazy(r"^\W*(?:please )?(?:do not|don['’]t|never) (?:remove|delete|add|close|drop|take|insert|cut)\b", re.I)
_ONE_OR_OTHER = lazy(
    r"\b(?:remov\w*|delet\w*|take out|drop\w*|clos\w*|los\w*) (?:(?:either|the|node|person|vertex|city|town) )*"
    r"Ⓝ or (?:\w+ )?Ⓝ",
    re.I,
)
_IF_ALL = lazy(
    r"\bif (?:every\w*|all|each|any(?:one|body))\b (?:\w+ ){0,3}?(?:knew|know|befriend\w*|"
    r"were (?!connected|reachable)|had|joined|met|became|got|gained|lost|left|doubled|added|moved)\b|"
    r"\bfor every(?:one|body) to\b",
    re.I,
)
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
_BUT_NOT = lazy(
    r"^\W*(?:is|are|does|do|has|have|can)\b[^?]*\b(?:but|and|yet|though) (?:is |are |has |have )?not?\b", re.I
)
_ODD_AND_EVEN = lazy(r"\bodd\b[^?]*\beven\b|\beven\b[^?]*\bodd\b", re.I)
_TWO_GROUPS = lazy(r"[{(\[][^(){}\[\]]*[})\]] (?:to|and|with|from) [{(\[][^(){}\[\]]*[})\]]")
_REMOVAL_MOST = lazy(
    r"\b(?:remov\w*|delet\w*|loss|losing|without|absence|departure)\b[^?]*\b(?:diameter|radius|distances?|paths?|"
    r"clustering|density|degree)\b[^?]*\b(?:most|least)\b",
    re.I,
)
_SMALLEST_NODE = lazy(
    r"^\W*(?:what|which) (?:is the |node is the |)(?:smallest|lowest|largest|highest)[- ]?(?:numbered |labell?ed )?"
    r"(?:node|vertex)(?: number| label| id)?\b",
    re.I,
)
_SAME_AS = lazy(r"\bsame (?:\w+ )?(?:degree|number|figure|value)\b[^?]*\bas\b", re.I)
_INTO = lazy(r"\b(?:lead|go|come|run|point|flow|arrive)s? (?:in)?to\b", re.I)


def drops(question: str, plan: Plan, graph: Graph | None) -> bool:
    """Whether `question` says a condition that `plan` leaves out."""
    last, returns = plan.last, get_tool(plan.last.tool).returns
    skeleton = find_mentions(question, graph).skeleton
    single = len(plan.calls) == 1
    nth = _NTH.search(question)
    if nth is not None and _place(nth["nth"]) not in [v for c in plan.calls for v in c.arguments.values()]:
        return single or "second" in last.tool
    if _THAN_AVERAGE.search(question) and single and "average" in last.tool and plan.compare is None:
        return True
    if single and (_BUT_NOT.search(question) or _REMOVAL_MOST.search(question)) and plan.asked is None:
        return True
    if single and plan.asked is None and _ODD_AND_EVEN.search(question):
        return True
    if last.tool == "cut_size" and _TWO_GROUPS.search(question) and len(last.arguments) < 2:
        return True
    if single and _SMALLEST_NODE.search(question) and issubclass(returns, answers.Nodes) and plan.pick == "value":
        return True
    if _HOW_MANY_HAVE.search(question) and issubclass(returns, answers.NodeAnswer) and plan.pick != "count":
        return True
    if _BY_HOW_MUCH.search(question) and plan.asked is None:
        return True
    if single and (_IF_ALL.search(question) or _EXCLUDING.search(question)):
        return plan.keep is None and not plan.negate
    if _DO_NOT.search(question):
        return True
    removes = any(call.tool == "remove_nodes" for call in plan.calls)
    if removes and (_ONE_OR_OTHER.search(skeleton) or _NOT_AN_ANSWER.search(question)):
        return True
    if plan.common and _EITHER_OF.search(skeleton):
        return True
    if last.tool == "nodes_with_degree" and _SAME_AS.search(question):
        return True
    return graph is not None and graph.directed and last.tool == "degree" and _INTO.search(question) is not None


def _place(word: str) -> int:
    return _PLACES.get(word.casefold()) or int(re.sub(r"\D", "", word) or 0)
