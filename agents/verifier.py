"""The verifier: what the certificates of the calls are worth together."""

from __future__ import annotations

import re
from typing import Any

from agents.reply import Status
from agents.routes import given_up
from agents.routing.mentions import find_mentions
from agents.state import Context, State
from graphs.graph import Graph
from graphs.text.reading import Reading

# A definition that may differ from the usual one, which the tools go by.
OWN_TERMS = re.compile(
    r"\b(?:in this|in our|for us|here,?|we (?:say|call|count|define|treat)|let us (?:say|call))\b|"
    r"\bcounts? (?:only )?once\b|\b(?:does|do) not count\b|\bnumber of (?:its|the) (?:vertices|nodes)\b|\binstead of\b",
    re.IGNORECASE,
)
AGREED = 0.7  # a chat model's plan less certain than this has nothing but its word
UNDERSTOOD = 0.9  # an answer to a question that a model read is proven from here on
DOUBTFUL = 0.85  # a reading less sure than this takes the "proven" from an answer


# Words with which a sentence that was not understood may change the graph or the question.
_CHANGES = re.compile(
    r"\b(?:every(?:one|body|thing)?|each|all|half|nobody|no ?one|some(?:one|body)|one of|both|anyone|others?|"
    r"neighbou?rs?|joined|linked|connected|adjacent|nodes?|vert(?:ex|ices)|edges?|links?|\w*weight\w*|distances?|times?|graph|network|people|persons?|friends?|cop(?:y|ies)|"
    r"cities|towns|roads?|double[sd]?|halved?|leaves?|left|joins?|remov\w+|delet\w+|add\w*|split|merge|combine|swap|rename|"
    r"forget|disregard|imagine|suppose|traffic|closed?|blocked|direction\w*|point\w*)\b",
    re.IGNORECASE,
)


# What else may speak of the graph: figures, names that no edge has, and words that go on from what was said before.
_GOES_ON = re.compile(
    r"\d|\bso (?:do(?:es)?|did|is|are|has|have)\b|\b(?:too|also|likewise|same|first|second|third|last|former|latter|"
    r"neither|either|respectively|vice versa|except|but|only|besides|between|paths?|cycles?|chords?|"
    r"triangles?|never|no longer)\b|"
    r"n['’]t\b|(?<=[a-z,;] )(?!I\b)[A-Z]\w*|\b[b-hj-zB-HJ-Z]\b(?!['’])"
)


def _speaks_of(text: str, graph: Graph | None) -> bool:
    """Whether a part of the text that was left aside names a node, or has words that may change the graph."""
    if len(text) > 2_000 or _CHANGES.search(text) or _GOES_ON.search(text):
        return True
    return graph is not None and any(mention.strong for mention in find_mentions(text, graph).nodes)


def doubts_of(reading: Reading) -> tuple[str, ...]:
    """What a reading did not understand of its text and what may change its graph."""
    left = (f"{text[:200]!r} was not understood" for text in reading.leftovers if _speaks_of(text, reading.graph))
    return tuple(dict.fromkeys((*reading.contradictions, *left)))


def verify(state: State, context: Context) -> dict[str, Any]:
    """Refuse an answer whose check failed. Reads plan, answers, certificates; writes fault.

    A plan that may be wrong where it fails (`agents.routes.given_up`) is taken back.
    """
    for certificate in state.certificates:
        if certificate.grade != "none" and not certificate.holds:
            fault = (
                "The answer failed its own check, so it is withheld: "
                f"{certificate.reason}. This is a bug; please report it with the question."
            )
            return {"fault": fault, **given_up(state, fault)}
    return {}


def status_of(state: State) -> Status:
    """The status of the answer: the weakest link of the reading, the calls and their certificates."""
    if not state.answers:
        return "unanswerable"
    if state.plan is not None and state.plan.source == "model" and state.plan.certainty < AGREED:
        return "unverified"  # the certificate proves the tool's answer, and nothing says that the tool was meant
    if any(answer.estimated or not answer.exact for answer in state.answers):
        return "estimated"
    reading = state.reading
    doubtful = reading is not None and (
        reading.contradictions or reading.confidence < DOUBTFUL or any(map(OWN_TERMS.search, reading.definitions))
    )
    if reading is not None and any(_speaks_of(text, state.graph) for text in reading.leftovers):
        return "computed"  # what was not understood may change the graph
    plan = state.plan
    if plan is not None and plan.source in ("embedded", "experience", "model") and plan.certainty < UNDERSTOOD:
        return "computed"  # the certificate proves the answer to the question as a model understood it
    if doubtful or any(c.grade != "proof" or not c.holds for c in state.certificates):
        return "computed"
    return "proven"
