"""The question agent: text to graph, question and wanted format; and the question as the planners take it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agents.composing.hierarchy import UNSAID
from agents.plan import Call
from agents.routing.arrivals import ARRIVALS
from agents.routing.courtesy import conditions, without_harmless
from agents.routing.mentions import find_mentions
from agents.routing.paraphrases.distances import as_distance
from agents.routing.paraphrases.hypothetical import as_removal
from agents.state import Context, State
from agents.unheeded import CHANGE_NOT_MADE, order_left, unheeded
from agents.verifier import OWN_TERMS, UNDERSTOOD
from agents.wording import sentence
from graphs.errors import GraphError
from graphs.graph import Graph
from graphs.text import read_text
from graphs.text.reading import Reading

# "We want to plough as little as we can and reach every city. How many kilometres is that?" asks nothing alone.
_REFERS_BACK = re.compile(
    r"\b(?:is|are|was|does|do|did|will|would|can) (?:that|this|it|those|these|they)(?: cost| take| be| make)?"
    r"(?: me| us)?"
    r"(?: at (?:least|most))?\s*\?\s*$|^(?:in )?which (?:order|way)\s*\?\s*$",
    re.IGNORECASE,
)
_NOW_THAT = re.compile(r"\bnow that\b", re.IGNORECASE)
MOST_EDITS = 6
UNSURE = 0.8  # of a reading with a sentence that changes the graph and was not heeded


def read(state: State, context: Context) -> dict[str, Any]:
    """Take the text apart. Reads text, graph, memory; writes reading, graph, assumptions, fault.

    A graph in the text is used when the caller gave none; without either, the conversation's last graph stays.
    """
    try:
        reading = read_text(state.text, state.graph)
    except GraphError as error:  # a named graph that is too large, sizes that it cannot have
        return {"fault": sentence(str(error))}
    graph = state.graph if state.graph is not None else reading.graph
    said = UNSAID
    if state.graph is not None and state.graph_text and reading.graph in (None, state.graph):
        from agents.talk.retold import retold

        graph, said = retold(state.graph_text, reading.question, state.graph)
        reading = replace(reading, graphs=(graph, *reading.graphs[1:])) if reading.graph is not None else reading
    if state.doubts and graph is not None and reading.graph in (None, state.graph):
        reading = replace(reading, contradictions=(*reading.contradictions, *state.doubts))
    more = tuple(text for text in unheeded(reading, graph) if text not in reading.leftovers)
    if more:
        reading = replace(reading, leftovers=(*reading.leftovers, *more), confidence=min(reading.confidence, UNSURE))
    reading, edits = _with_edits(reading, graph)
    assumptions = [*reading.assumptions, *(f"the text contradicts itself: {c}" for c in reading.contradictions)]
    assumptions += [f"left aside, not understood: {part[:200]}" for part in reading.leftovers]
    assumptions += [f"the usual meaning was taken, not: {d[:200]}" for d in reading.definitions if OWN_TERMS.search(d)]
    if state.supposed and state.supposed[0]:
        assumptions.append(f"on the graph that was supposed: {state.supposed[1][:200]}")
    if graph is not None:
        assumptions += [a for a in graph.assumptions if a not in assumptions]
    update: dict[str, Any] = {"reading": reading, "graph": graph, "edits": edits, "assumptions": tuple(assumptions)}
    update["said"] = said
    if state.supposed and not state.supposed[0]:
        update["fault"] = (
            f"I did not understand what was supposed ({state.supposed[1][:120]!r}), so I cannot go on from it: "
            "say it in another way ('What if there is an edge between A and B?'), or ask a question of its own."
        )
    if graph is not None and (order := order_left(reading, graph)):
        update["fault"] = CHANGE_NOT_MADE.format(order[:120])
    if not state.text.strip():
        update["fault"] = "There is no question: ask something about a graph."
    return update


def _with_edits(reading: Reading, graph: Graph | None) -> tuple[Reading, tuple[Call, ...]]:
    """The reading less the sentences that change the graph, and these as calls: "Ann has left. Who is isolated?"."""
    if graph is None or graph.temporal or not reading.leftovers or len(reading.leftovers) > MOST_EDITS:
        return reading, ()
    from agents.composing.clauses import calls_of, change_said

    said = [(text, change_said(text, graph)) for text in reading.leftovers]
    changes = [change for _, change in said if change is not None]
    left = tuple(text for text, change in said if change is None)
    if not changes:
        return reading, ()
    sure = reading.confidence if left or reading.contradictions else max(reading.confidence, UNDERSTOOD)
    notes = (*reading.assumptions, *(f"changed first: {text.strip()[:200]}" for text, change in said if change))
    return replace(reading, leftovers=left, confidence=sure, assumptions=notes), calls_of(changes)


def question_of(reading: Reading, graph: Graph | None) -> str:
    """The question in one line, its conditions with it and a known graph's name replaced."""
    before = reading.leftovers[-1:] if _REFERS_BACK.search(reading.question) else ()
    question = " ".join(" ".join((*before, reading.question, *conditions(reading.leftovers, graph))).split())
    question = without_harmless(_NOW_THAT.sub("if", question))
    question = as_distance(as_removal(question), graph is not None and graph.weighted)
    return question if graph is None else _without_name(question, graph)


def _without_name(question: str, graph: Graph) -> str:
    """The question with the name of a known graph ("the petersen graph") replaced by "the graph"."""
    if not graph.name:
        return question
    from graphs.generators.named import find_named_span

    named = find_named_span(question)
    if named is None:
        return question
    start, end = named
    before = question[:start].rstrip()
    article = "" if before.casefold().endswith(("the", " a", " an", "this")) else "the "
    rest = re.sub(r"^\s*(?:graph|network)\b", "", question[end:], flags=re.IGNORECASE)
    return f"{before} {article}graph{rest}"


def with_unlisted_nodes(question: str, graph: Graph, reading: Reading) -> Graph:
    """The graph with the numbered nodes that only the question names, where the text lists edges and no nodes.

    "(0,1) (1,3). Is there a path from node 0 to node 2?" speaks of a node 2 without edges. Numbers far beyond the
    ids that the edges show stay unknown.
    """
    if graph.remote:
        return graph
    numbers = [node for node in graph if isinstance(node, int)]
    if reading.declared_nodes or not graph.num_edges or len(numbers) < graph.num_nodes:
        return graph
    limit = max(numbers) + max(3, graph.num_nodes // 4)
    mentions = find_mentions(question, graph)
    unlisted = [int(n) for n in mentions.unknown if n.isdecimal() and int(n) <= limit]
    if not unlisted or any(p.search(mentions.skeleton) for p in ARRIVALS):
        return graph
    body = graph.nx.copy()
    body.add_nodes_from(unlisted)
    names = ", ".join(map(str, unlisted))
    return graph.derive(body, note=f"no edge of the text touches {names}, so it is taken as isolated")
