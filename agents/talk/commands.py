"""Commands of a conversation: a new node with its edges, and taking the last change back."""

from __future__ import annotations

import re
from typing import Any

from agents.plan import Call, Plan
from agents.reply import Reply
from agents.routing.mentions import find_mentions
from agents.state import Memory
from agents.wording import sentence
from graphs.errors import ParseError
from graphs.graph import Graph
from graphs.text.patterns import lazy
from tools.answers import GraphAnswer, as_plain

_LEAD = r"\W*(?:(?:and|now|then|please|ok(?:ay)?|can you|could you|no|wait)\b[\s,]*)*"
_UNDO = lazy(
    rf"{_LEAD}(?:undo|revert|take back|cancel|reverse)(?: (?:that|it|this|(?:the|my|your) (?:last|previous|latest) "
    r"(?:change|edit|step|command|one)|(?:the|that|this) (?:change|edit|step)))?(?: again| please)*\s*[.!?]*|"
    rf"{_LEAD}(?:take|put) (?:that|it|this|the last (?:change|edit)|everything) back(?: again| please)*\s*[.!?]*",
    re.IGNORECASE,
)
_UNDO_AND_MORE = lazy(
    rf"{_LEAD}(?:(?:undo|revert)\b(?! the (?:edges?|arrows?|arcs?|links?|directions?)\b)|"
    r"take (?:that|it|this) back\b|reset\b|"
    r"(?:go|switch) back to the (?:original|old|first)\b|start over\b)[^.!?;,]*(?:[.!;,]|\band\b)\s*\S",
    re.IGNORECASE,
)
_LABEL = r"(?:\"[^\"]+\"|'[^']+'|“[^”]+”|[^\W_][\w.-]*(?-i:(?: [A-Z0-9][\w.-]*)*))"
_NODE = (
    r"(?:node|vertex|person|people|city|town|place|station|stop|user|member|friend|server|airport|village|employee|"
    r"module|package|service|room|building|house|island)"
)
_EDGE = r"(?:edge|link|connection|road|arc|street|flight|friendship|cable|pipe|line|dependency)"
_NEW_NODE = lazy(
    rf"{_LEAD}(?:add|insert|create)\s+(?:(?:an?|the|one)\s+)?(?:(?:new|extra|further|another)\s+)*{_NODE}\s+"
    rf"(?:(?:called|named|labell?ed)\s+)?(?P<label>{_LABEL})(?P<rest>[\s,]+\S.*)",
    re.IGNORECASE,
)
_JOINED_TO = lazy(
    rf"[\s,]*(?:(?:and|that is|which is|who is|with|having|has|it|him|her|connect|link|join|connected|linked|joined|"
    rf"attached|adjacent|a|an|one|edges?|new|by|{_EDGE}s?|direct|friends?|friend|is|of|knows?|who)\s+)*"
    r"(?P<way>to|from|with|of|knows?)\s+(?:(?:both|the|node|nodes)\s+)*Ⓝ(?P<more>(?:\s*(?:,|and|, and)\s*(?:to\s+)?Ⓝ)*)"
    r"(?:\s*(?:,|with|of)?\s*(?:a\s+)?(?:weight|length|distance|cost)?\s*(?:of\s+)?(?P<weight>[ⓃⓆ])\s*[^\W\d_]{0,12})?\s*[.!?]*",
    re.IGNORECASE,
)
_EDGES_SAID = lazy(r"\b(?:to|from|with|of|knows?)\s+\S", re.IGNORECASE)
_BACK = frozenset(("from",))
MOST = 20  # changes that can be taken back


def command(question: str, graph: Graph, memory: Memory) -> dict[str, Any] | None:
    """What to do with a command; None for what is none of these."""
    if _UNDO.fullmatch(question):
        return _undone(memory)
    if memory.get("changes") and _UNDO_AND_MORE.match(question):
        return {"fault": "Say 'undo' by itself, as often as there are changes to take back, and ask the question next."}
    return _new_node(question, graph)


def adds_node(text: str) -> bool:
    """Whether a text is a command for a new node with edges, and no graph of its own."""
    said = _NEW_NODE.fullmatch(text.strip())
    return said is not None and _EDGES_SAID.search(said["rest"]) is not None


def _undone(memory: Memory) -> dict[str, Any]:
    from agents.talk.handles import store

    changes = memory.get("changes") or []
    if not changes:
        return {"fault": "There is no change to take back: no command in this conversation has changed its graph."}
    handle, said = changes[-1]
    try:
        graph = store().get(handle)
    except ParseError as error:
        return {"fault": sentence(str(error))}
    text = f"Taken back: {said.strip()[:120]!r}. The graph is again: {graph.summary()}."
    reply = Reply(as_plain(GraphAnswer(graph).value), text, "computed")
    return {"graph": graph, "reply": reply, "undone": True}


def _new_node(question: str, graph: Graph) -> dict[str, Any] | None:
    """A node that is not there yet, with edges to others: "Add a node Zoe with an edge to Ann."."""
    said = _NEW_NODE.fullmatch(question)
    if said is None or graph.temporal or graph.remote or graph.compact:
        return None
    label = said["label"].strip("\"'“”")
    while label.casefold() in ("with", "and", "that"):  # "Add a node and …": which one is not said
        return None
    rest = find_mentions(said["rest"], graph)
    joined = _JOINED_TO.fullmatch(rest.skeleton)
    if joined is None or rest.unknown:
        return None
    if graph.find(label) is not None:
        return {"fault": f"Node {label!r} is in the graph already: say 'Add an edge between {label} and …'."}
    marks = list(rest.marks)
    weight = marks.pop().number if joined["weight"] else None
    if joined["weight"] and weight is None:
        return None
    others = [mark.node for mark in marks]
    if weight is None and graph.weighted:
        own = graph.names.get("weight", "weight")
        return {
            "fault": f"The edges of this graph have a {own}: say that of the new edge as well "
            f"('Add a node {label} with an edge to {others[0]} of weight 5.')."
        }
    back = joined["way"].casefold() in _BACK
    pairs = [(other, label) if back else (label, other) for other in others]
    number = None if weight is None else int(weight) if float(weight).is_integer() else weight
    calls = [Call("add_node", {"node": label})]
    for source, target in pairs:
        given = {} if number is None else {"weight": number}
        calls.append(Call("add_edge", {"source": source, "target": target, **given}, on=len(calls) - 1))
    return {"plan": Plan(tuple(calls))}
