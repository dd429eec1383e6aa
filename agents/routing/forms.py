"""The form of answer that a question asks for: yes or no, how many, which ones, when."""

from __future__ import annotations

import re
from typing import Literal

Form = Literal["yes_no", "count", "list", "node", "when", "any"]

_YES_NO = re.compile(
    r"^(?:so |then |and |now |please |tell me |say |let me know |check |verify |determine |decide |find out |"
    r"figure out |"
    r"i (?:wonder|want to know|would like to know|need to know) )*"
    r"(?:if (?![^?.]*, (?:in |from |at |to |on )?(?:what|which|how|where|who)\b)|whether |is |are |was |were |does |"
    r"do (?!an? |bfs|dfs|breadth|depth|community|link )|did |can |could |has |have |will |would |"
    r"am |any |true or false)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:can|could|would|will) (?:you|i|we)\b(?! (?:find|get|go|reach|travel|walk|visit|colou?r|say|be|still))",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\bsize of (?:an?|the)\b|\bhow (?:large|big) (?:is|are)\b|^size of\b|\bhow many\b|\bnumber of\b|"
    r"\bcount\b|\bhow often\b|\bamount of\b|#(?: of)? ?nodes",
    re.IGNORECASE,
)
_RANKS_BY = re.compile(
    r"(?:please )?(?:rank|order|sort|arrange|line up|list)\b[^?.!]*\b(?:by|according to|in order of)\b", re.IGNORECASE
)
# A sentence that sets a parameter or explains, and asks nothing.
STATEMENT = re.compile(
    r"(?:^|(?<=[.?!]\s))(?:the|there|it|each|an?|note|here|we|all) [^.?!]*(?:\.\d[^.?!]*)*\.(?=\s|$)", re.IGNORECASE
)
_HOW_MANY = re.compile(r"\bhow (?:many|often)\b|\bcount\b|\b(?:tell|give|name) me\b", re.IGNORECASE)
_PURPOSE = re.compile(
    r"\b(?:so that|such that|in such|with the|using|minimi[sz]ing|which has the|has the|have the|that "
    r"(?:has|fills))\b[^.?!]*$|^(?:which (?!is\b|number\b|are\b)|who\b|whose\b)[^.?!]*$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\bwhen\b(?!\s+\w+ing\b)|\bat (?:what|which) times?\b|\bwhat times?\b|\bwhich times\b", re.IGNORECASE
)
_LIST = re.compile(
    r"\blist\b|\bwhich (?:nodes|vertices|edges|ones|people|cities|other|airports|stations|towns|servers|machines|"
    r"computers|pages|papers|tasks|users|members|roads|links|cables|flights|friendships|connections)\b|"
    r"\bwhat (?:nodes|vertices|edges)\b|\bwho\b|"
    r"\bwhat are\b|\bwhich are\b|\benumerate\b|\bname (?:all|each|every|the)\b|\ball (?:the )?(?:nodes|"
    r"edges|neighbou?rs)\b|\bshow\b",
    re.IGNORECASE,
)
_NODE = re.compile(
    r"\b(?:which|what|find (?:the|a)|the) (?:single )?(?:node|vertex|person|city|user|station|point|member|"
    r"one)\b(?! pair| set| degree)|"
    r"\bwho (?:has|is|knows|gets|comes|ranks)\b|\bwho['’]s\b",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:\b(?:which|what|list|give|name|show|find|output|enumerate)|^\W*(?:all|"
    r"every))\s+(?:me\s+)?(?:are\s+)?(?:all\s+)?(?:of\s+)?(?:the\s+|an?\s+)?(?:other\s+)?"
    r"(?:(?P<nodes>nodes|vertices|people|persons|cities|users|stations|airports|towns|members)|"
    r"(?P<edges>edges?|links?|roads?|arcs?|flights?|connections?|streets?))\b",
    re.IGNORECASE,
)
_SET_OF = re.compile(
    r"\bset of (?:(?:pairwise|mutually|disjoint|independent|adjacent|non-adjacent) )*"
    r"(?:(?P<nodes>nodes|vertices|people|persons|cities|users|stations|airports|towns|members)|"
    r"(?P<edges>edges|links|roads|arcs|flights|connections|streets))\b",
    re.IGNORECASE,
)
_ASKED_BEFORE = re.compile(r"^[^?.!]*?\b(?:which|what|whom?|where|how)\b(?=[^?.!]*\b(?:is|are) there\b)", re.IGNORECASE)
_WH_FIRST = re.compile(r"(?:\w+ )?(?:which|what|who|whom|whose|where)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[?!.;]\s+|,\s+")


def form_of(question: str) -> Form:
    """What kind of answer the words ask for."""
    text = STATEMENT.sub(" ", question).strip() or question.strip()
    if _WHEN.search(text) and not re.search(r"\bwhen (?:we|you|i|all|the|node|edge|using)\b.*,", text, re.IGNORECASE):
        return "when"
    if _YES_NO.match(text) and not _REQUEST.match(text) and not _HOW_MANY.search(text):
        return "yes_no"
    counted = _COUNT.search(text)
    if counted and counted[0].casefold() == "number of" and _YES_NO.match(text) and not _REQUEST.match(text):
        return "yes_no"  # do all have the same number of friends?
    ranked = _RANKS_BY.match(text, 0, counted.start()) if counted else None  # "Rank them by number of friends"
    if counted and ranked is None and not _PURPOSE.search(text, 0, counted.start()):
        return "count"
    clauses = _CLAUSE.split(text)
    asks = any(_WH_FIRST.match(clause.strip()) for clause in clauses)  # "if it crashes, which machine …"
    for clause in (text,) if _WH_FIRST.match(text) else (text, *clauses):  # "who, by leaving, would split the group?"
        if asks and clause.strip().casefold().startswith(("if ", "whether ")):
            continue
        if _YES_NO.match(clause.strip()) and not _REQUEST.match(clause.strip()):
            return "yes_no"
    if not _ASKED_BEFORE.match(text) and re.search(
        r"^(?:please )?(?:check|verify|test)\b|\byes or no\b|\bwhether\b|\bis there\b|\bare there\b|\bis it possible\b",
        text,
        re.IGNORECASE,
    ):
        return "yes_no"
    if _NODE.search(text):
        return "node"
    if _LIST.search(text):
        return "list"
    return "any"


def head_of(question: str) -> Literal["nodes", "edges", ""]:
    """What a question that lists things says they are."""
    match = _HEAD.search(question) or _SET_OF.search(question)
    return "" if match is None else "nodes" if match["nodes"] else "edges"
