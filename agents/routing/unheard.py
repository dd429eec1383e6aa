"""Words of a question that change its meaning and that no wording of the chosen tools says.

"Which node has the second highest degree?" is near to a tool for the highest degree, and is another question. The
certain router weighs such words by itself; a model that scores tools may overlook one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from agents.plan import Plan
from agents.routing.language import MARKS, concept, concepts
from agents.routing.mentions import find_mentions
from agents.routing.templates import index
from graphs.graph import Graph
from tools.registry import get_tool

# A model that was taught on whole sentences may be trusted with most of the router's critical words; not with these.
_TELLING = frozenset(
    concepts(
        "second third except sum difference product ratio percent half odd even average either neither incoming "
        "outgoing in-degree out-degree ignoring doubled halved tripled closer different disjoint minimax maximin"
    )
)
_NOUNS = frozenset(("nod", "edge", "graph"))
_SAID_BY = {  # what a plan's own fields say
    "negate": {"not", "without", "except", "only", "but"},
    "compare": {"atleast", "atmost", "morethan", "lessthan", "than", "exactly", "sam", "only", "odd", "even"},
    "keep": {"atleast", "atmost", "morethan", "lessthan", "than", "exactly", "only", "but"},
}


def strange_words(question: str, graph: Graph) -> list[str]:
    """The words of a question that say nothing to any tool, where it has no other word; [] where one is known.

    Names of nodes and numbers are no words, nor are the nouns for nodes, edges and graphs.
    """
    from agents.composing.words import lemmas

    known, strange = index().idf, []
    for word in re.findall(r"[^\W\d_]+", find_mentions(question, graph).skeleton):
        idea = concept(word)
        if idea is None or idea in _NOUNS or word in MARKS:
            continue
        if idea in known or word.casefold() in lemmas().words:
            return []
        strange.append(word)
    return strange


def unheard(plan: Plan, question: str) -> frozenset[str]:
    """The stems of `question` that change its meaning and that neither the plan's tools nor its fields say."""
    telling = set(concepts(question)) & _TELLING
    if not telling:
        return frozenset()
    said: set[str] = set()
    for call in plan.calls:
        said |= _words_of(call.tool)
        for name, value in call.arguments.items():
            said |= set(concepts(name.replace("_", " "))) | set(concepts(" ".join(_texts(value))))
    for field, words in _SAID_BY.items():
        if getattr(plan, field):
            said |= words
    return frozenset(telling - said)


@cache
def _words_of(tool: str) -> frozenset[str]:
    """The stems of all that a tool is known by."""
    table = index()
    known = {word for row in table.rows if row[0] == tool for word in row[2].split()}
    declared = get_tool(tool)
    return frozenset(known | set(concepts(f"{tool.replace('_', ' ')}. {declared.summary}")))


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from _texts(item)
