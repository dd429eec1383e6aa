"""What of an answer a question wants: the thing itself, how many, whether, how long, or a comparison."""

from __future__ import annotations

import re
from typing import Literal

from agents.plan import Compare, Operator, Pick
from agents.routing.binding import CHEAPEST, EDGES_OF_SHORTEST
from agents.routing.forms import Form
from graphs.text.patterns import lazy
from tools import answers
from tools.registry import Tool

IF_SO = lazy(
    r"(?:^|(?<=[\s,.?!;]))(?<!check )(?<!see )(?<!me )(?<!know )(?<!determine )(?<!verify )(?<!decide "
    r")(?<!out )(?<!test )"
    r"(?:if (?:yes|so|there is(?: one)?|it (?:is|does|exists)|one exists|possible|any)|"
    r"and if so)\b(?!,? how many)[,:]?[^.?!]*[.?!]?|"
    r"(?<=\?)\s*(?:(?:and )?(?:which|what|where)(?: ones?| are they| is it| is that)?|(?:then )?(?:list|"
    r"name|show) (?:them|it))\s*[?.]",
    re.IGNORECASE,
)
_LENGTH = lazy(
    r"\blength\b|\bdistance\b|\bhow (?:far|long|short|much|costly|expensive|heavy|cheap)\b|\btotal "
    r"(?:weight|cost|length)\b|\b(?:weight|"
    r"cost|price|fare) of the\b|"
    r"\bhow many (?:hops|edges|steps|links|jumps)\b|\bnumber of (?:hops|edges|steps|links)\b|"
    r"\bwhat (?:does|did|do|would|will) .* cost\b",
    re.IGNORECASE,
)
_HOPS = lazy(
    r"\bhow many (?:hops|edges|steps|links|jumps)\b|\bnumber of (?:hops|edges|steps|links)\b|"
    r"\bwhat (?:is|are) the fewest (?:edges|stops|steps|links|hops|roads|flights|streets|legs)\b",
    re.IGNORECASE,
)
_MEASURED = lazy(
    r"\bhow (?:many|much) (?:kilomet\w+|km|miles|met(?:er|re)s|minutes|hours|days|euros?|dollars?|money)\b",
    re.IGNORECASE,
)
_TOTAL = lazy(
    r"\b(?:weigh|how much|how heavy|total|sum|overall|combined|weights?|costs?|value|capacity|length|"
    r"expensive|cheap)\b",
    re.IGNORECASE,
)
_THING = lazy(r"\b(?:give|find|show|list|output|which|print|name|construct|draw|return)\b", re.IGNORECASE)
_COMPARE = lazy(
    r"\b(?P<more>(?:more|greater|larger|higher|bigger|longer|over|above)(?: than)?|"
    r"exceeds?)\s+(?:than\s+)?(?P<a>-?\d+(?:\.\d+)?)|"
    r"\b(?P<less>(?:less|fewer|smaller|lower|shorter|under|below)(?: than)?)\s+(?P<b>-?\d+(?:\.\d+)?)|"
    r"\b(?P<atleast>at least|no less than|not less than)\s+(?P<c>-?\d+(?:\.\d+)?)|"
    r"\b(?P<atmost>at most|no more than|not more than)\s+(?P<d>-?\d+(?:\.\d+)?)|"
    r"\b(?P<equal>exactly|equals?(?: to)?)\s+(?P<e>-?\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_EITHER = lazy(r"\b\w+ or (?!not\b|no\b|more\b|less\b)\w+\s*\?", re.IGNORECASE)  # golf or tennis?
_OPERATORS: tuple[tuple[str, str, Operator], ...] = (
    ("more", "a", ">"), ("less", "b", "<"), ("atleast", "c", ">="), ("atmost", "d", "<="), ("equal", "e", "=="),
)  # fmt: skip


_WHICH_EDGES = lazy(
    r"\b(?:which|list)(?: the)? (?:\w+ ){0,3}(?:edges?|links?|roads?|connections?|pipes?|cables?|friendships?|"
    r"flights?|streets?|ties?)\b|"
    r"\bwhat (?:is|are) the (?:\w+ ){1,3}(?:edges?|links?|roads?|connections?|pipes?|cables?)\b(?! weights?| costs?)",
    re.IGNORECASE,
)
# "What is the most expensive flight?" asks for the flight, "how expensive is it?" for its price.
_THE_EDGE = lazy(
    r"^(?!.*\b(?:how|weigh\w*|cost\w*|price\w*|fare|length|distance|value|much|capacity|time)\b)"
    r"\s*what(?:['’]s| is| was)",
    re.IGNORECASE,
)
_SIZE = lazy(r"\bsize of\b|['’]s size\b|\bhow (?:large|big)\b|\bsize\s*\??\s*$|\bcomponent size\b", re.IGNORECASE)
_FEWEST = re.compile(
    r"\b(?:fewest|least number of|smallest number of|minimum number of) (?:edges|hops|stops|links|steps)\b",
    re.IGNORECASE,
)
_COST = re.compile(r"\b(?:costs?|weights?|total length|how (?:expensive|long)|price)\b", re.IGNORECASE)
_NODES_ON = re.compile(
    r"\b(?:how many|number of) (?:nodes|vertices|people|cities|stations|towns|airports|stops) (?:are|lie|"
    r"does|do|is|on|in)\b",
    re.IGNORECASE,
)
UNCOUNTED = (answers.Number, answers.Truth, answers.Flow, answers.Record, answers.NodeAnswer, answers.GraphAnswer)
_SORTED = lazy(
    r",?\s*\b(?:sorted |ordered |arranged |listed )?(?:in|by) (?:an? |the )?(?P<how>alphabetical|"
    r"alphanumeric(?:al)?|ascending|numerical|"
    r"lexicographic(?:al)?|increasing|descending|decreasing|reverse alphabetical) order\b(?! (?:of|by))|"
    r",?\s*\b(?:sorted|ordered) (?P<way>alphabetically|numerically|ascending|descending)\b",
    re.IGNORECASE,
)


def split_sorting(question: str) -> tuple[str, Literal["", "ascending", "descending"]]:
    """The question without its wish for an order of the listed items, and that wish."""
    match = _SORTED.search(question)
    if match is None:
        return question, ""
    how = (match["how"] or match["way"]).casefold()
    rest = question[: match.start()] + " " + question[match.end() :]
    return rest, "descending" if how.startswith(("desc", "decr", "reverse")) else "ascending"


_A_BEST_PATH = lazy(
    r"\b(?:determine|find|give|show|compute|construct|print|list|name|return|want|plan|choose|select|"
    r"identify|what is|which is)\b(?: me)? (?:an?|the|one|any) "
    r"(?:best |optimal |simple |shortest |cheapest )?(?:path|route|way)\b(?! (?:length|weight|"
    r"cost))[^?]*\b(?:of|with|at|having|that has) "
    r"(?:the |a )?(?:min\w+|least|lowest|smallest) (?:possible )?(?:total )?(?:weight|cost|length|distance|sum)|"
    r"\bhow (?:to|(?:do|can|could|should) (?:i|we|you|one)) (?:get|go|travel|drive|come)\b[^?]*\b(?:at|"
    r"with|for|by) (?:the |a )?(?:lowest|least|minimum|minimal|smallest)",
    re.IGNORECASE,
)


def pick_for(tool: Tool, question: str, form: Form) -> Pick:
    """Which field of the tool's answer the question wants."""
    returns = tool.returns
    if issubclass(returns, answers.Path):
        if form == "yes_no":
            return "exists"
        if _NODES_ON.search(question):
            return "count"
        if _A_BEST_PATH.search(question):
            return "value"  # "a path of minimum total weight" is a path
        wants_thing = bool(_THING.search(question)) and re.search(r"\b(?:path|route|way)\b", question, re.IGNORECASE)
        if (_LENGTH.search(question) or _HOPS.search(question)) and not (
            wants_thing and not re.search(r"\b(?:length|distance|cost|weight) of\b", question)
        ):
            return "hops" if _HOPS.search(question) else "length"
        return "value"
    if issubclass(returns, answers.Cycle) and form in ("any", "count") and _LENGTH.search(question):
        return "length"
    if (
        issubclass(returns, answers.Edges)
        and form in ("any", "count")
        and (_TOTAL.search(question) or _MEASURED.search(question))
        and not (tool.name.endswith(("heaviest_edge", "lightest_edge")) and _THE_EDGE.search(question))
    ):
        if re.search(
            r"\bhow many\b(?! (?:kilomet|km|miles|met(?:er|re)s))|\bnumber of edges\b", question, re.IGNORECASE
        ):
            return "count"
        return "value" if _WHICH_EDGES.search(question) else "total"
    if form == "yes_no" and not issubclass(returns, (answers.Truth, answers.Number)) and not _EITHER.search(question):
        return "exists"
    if form == "count" and not issubclass(returns, UNCOUNTED):
        return "count"
    if form == "any" and issubclass(returns, answers.Nodes) and _SIZE.search(question):
        return "count"
    return "value"


def measures_crossed(question: str) -> str:
    """Whether one measure is minimised and another one asked for: the edges of the cheapest path, the "
    "cost of the shortest.
    """
    if _FEWEST.search(question) and _COST.search(question):
        return "cost of the fewest"
    cheapest = CHEAPEST.search(question) or EDGES_OF_SHORTEST.search(question)
    return "hops of the cheapest" if cheapest and _HOPS.search(question) else ""


def comparison(question: str) -> tuple[str, Compare] | None:
    """The question for the figure that a yes-or-no question compares with a number, and the comparison.

    "Is the diameter more than 3?" asks for the diameter, "Does it have at least 3 edges?" for how many edges it has.
    """
    match = _COMPARE.search(question)
    if match is None:
        return None
    for name, number, operator in _OPERATORS:
        if match[name]:
            if _COMPARE.search(question, match.end()):
                return None  # two comparisons: which is about what is not certain
            before, after = question[: match.start()].strip(), question[match.end() :].strip()
            compare = Compare(operator, float(match[number]))
            if after[:1].isalpha():
                noun, _, rest = after.partition(" ")
                return f"How many {noun} {before[:1].lower()}{before[1:]} {rest}", compare
            return re.sub(r"^(?:is|are|was|were)\b", "What is", before, flags=re.IGNORECASE) + " " + after, compare
    return None
