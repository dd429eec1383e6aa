"""Clauses that bring nodes in, with their first edges: "if Zoe joins and knows Ann"."""

from __future__ import annotations

import re
from collections.abc import Callable

from agents.plan import Call
from agents.routing.clause_words import END, IF, WHO
from agents.routing.marked import Marked
from graphs.graph import Node

_NEW = (
    r"(?:(?:new|extra|isolated|additional|further|another|unattached|unconnected|lone|separate|more|an?|the|one|two|"
    r"three)\s+)*"
)
_NEW_NOUN = (
    r"(?:(?:nodes?|vertex|vertices|points?|persons?|people|members?|stations?|cit(?:y|ies)|towns?|users?|newcomers?)\s*,?\s*"
    r"(?:(?:called|named|labell?ed|number)\s+)?)"
)
_NEW_NAMES = r"[\"']?(?P<what>Ⓤ[\"']?(?:\s*(?:,\s*and|,|and|&)\s*[\"']?[ⓊⓆ][\"']?)*)"
_INTO = (
    r"(?:\s+(?:to|into|in)\s+(?:the|this|our|my)\s+(?:graph|network|group|map|circle|system|club|team|party|net))?"
    r"(?:\s+without\s+(?:any\s+)?(?:edges|links|connections)|\s+as\s+(?:an?\s+)?(?:new\s+)?(?:isolated\s+)?(?:nodes?|points?|vertex|vertices))?"
)
_ALONE = (
    re.compile(
        rf"\b{IF}{WHO}(?:add|adding|added|insert|inserting|inserted|introduc(?:e|ing)|create|creating|bring(?:ing)?(?:\s+in)?|"
        rf"put(?:ting)?(?:\s+in)?)\s+{_NEW}{_NEW_NOUN}?{_NEW_NAMES}\s*{_INTO}\s*{END}",
        re.IGNORECASE,
    ),
    re.compile(rf"\bwith\s+{_NEW}{_NEW_NOUN}{_NEW_NAMES}\s*{_INTO}\s*{END}", re.IGNORECASE),
    re.compile(
        r"(?:\b(?:after|if|when|once|suppose|supposing|assuming|assume|imagine|pretend|say|given|what\s+if)\s+(?:that\s+)?|"
        r"^\s*|(?<=[.;!?]\s))"
        rf"{_NEW}{_NEW_NOUN}?{_NEW_NAMES}\s*,?\s+(?:(?:join|enter)(?:s|ed|ing)?(?:\s+(?:the|this|our|my)\s+\w+)?|"
        rf"(?:is|are|were|was|gets?|has\s+been|have\s+been)\s+(?:added|introduced|inserted|created)){_INTO}\s*"
        rf"(?:,?\s+(?:and|but)\s+(?:knows?|has|have|is\s+linked\s+to)\s+(?:nobody|no\s+one|none|no\s+(?:edges|links|friends))"
        rf"(?:\s+yet)?)?\s*{END}",
        re.IGNORECASE,
    ),
)
_ENDS = r"(?P<ends>(?:both\s+|nodes?\s+)*Ⓝ(?:\s*(?:,\s*and|,|and)\s*(?:to\s+|with\s+)?Ⓝ)*)"
_TIE = r"(?:edges?|links?|connections?|roads?|friendships?|lines?|ties?|arcs?|streets?|tracks?|flights?)"
_TIED = (
    rf"(?:knows?|befriends?|meets?|(?:is|becomes?|are|become)\s+(?:an?\s+)?friends?\s+(?:of|with)|makes?\s+friends\s+with|"
    rf"(?:is|are|gets?)\s+(?:directly\s+)?(?:connected|linked|joined|attached|tied|adjacent)\s+(?:only\s+)?(?:to|with)|"
    rf"(?:links?|connects?|attaches)\s+to|(?:has|have|gets?)\s+(?:an?\s+|one\s+)?{_TIE}\s+(?:to|with))"
)
_WITH_EDGES = (
    re.compile(
        rf"\b{IF}{WHO}(?:add|adding|added|insert|inserting|introduc(?:e|ing)|create|creating)\s+{_NEW}{_NEW_NOUN}?{_NEW_NAMES}\s*"
        rf"(?:,?\s*(?:with|having|and)\s+(?:an?\s+|one\s+|two\s+)?(?:new\s+)?{_TIE}\s+(?:to|with)|"
        rf",?\s*(?:that\s+is\s+|which\s+is\s+|who\s+is\s+)?(?:connected|linked|joined|attached|adjacent)\s+(?:only\s+)?(?:to|with)|"
        rf",?\s*(?:that|which|who)\s+{_TIED}|"
        rf"\s*,?\s*and\s+(?:connect|link|join|attach|tie)\s+(?:it|him|her|them|this|that)\s+(?:only\s+)?(?:to|with))\s+"
        rf"{_ENDS}\s*{END}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:\b(?:after|if|when|once|suppose|supposing|assuming|assume|imagine|pretend|say|given|what\s+if)\s+(?:that\s+)?|"
        r"^\s*|(?<=[.;!?]\s))"
        rf"{_NEW}{_NEW_NOUN}?{_NEW_NAMES}\s*,?\s+(?:(?:join|enter)s?(?:\s+(?:the|this|our|my)\s+\w+)?|"
        rf"(?:is|are|gets?)\s+(?:added|introduced|inserted|created)){_INTO}\s*,?\s+(?:and\s+)?(?:then\s+)?{_TIED}\s+{_ENDS}\s*{END}",
        re.IGNORECASE,
    ),
)
ARRIVALS = (*_WITH_EDGES, *_ALONE)


def arriving(match: re.Match[str], marked: Marked, kind: Callable[[str], Node]) -> tuple[Call, ...]:
    """The calls of a match of `ARRIVALS`. kind: how the graph's labels are written."""
    new = [kind(mark.text) for mark in marked.inside(*match.span("what"))]
    calls: tuple[Call, ...] = (Call("add_nodes", {"nodes": new}),)
    if "ends" not in match.re.groupindex:
        return calls
    ends = [mark.node for mark in marked.inside(*match.span("ends"))]
    return (*calls, Call("add_edges", {"edges": [(one, other) for one in new for other in ends]}))
