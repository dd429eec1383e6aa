"""The question agent: text to graph, question and wanted format."""

from __future__ import annotations

from typing import Any

from agents.state import Context, State
from agents.verifier import OWN_TERMS
from agents.wording import sentence
from graphs.errors import GraphError
from graphs.text import read_text


def read(state: State, context: Context) -> dict[str, Any]:
    """Take the text apart. Reads text, graph, memory; writes reading, graph, assumptions, fault.

    A graph in the text is used when the caller gave none; without either, the conversation's last graph stays.
    """
    try:
        reading = read_text(state.text, state.graph)
    except GraphError as error:  # a named graph that is too large, sizes that it cannot have
        return {"fault": sentence(str(error))}
    graph = state.graph if state.graph is not None else reading.graph
    assumptions = [*reading.assumptions, *(f"the text contradicts itself: {c}" for c in reading.contradictions)]
    assumptions += [f"left aside, not understood: {part[:200]}" for part in reading.leftovers]
    assumptions += [f"the usual meaning was taken, not: {d[:200]}" for d in reading.definitions if OWN_TERMS.search(d)]
    if state.supposed and state.supposed[0]:
        assumptions.append(f"on the graph that was supposed: {state.supposed[1][:200]}")
    if graph is not None:
        assumptions += [a for a in graph.assumptions if a not in assumptions]
    update: dict[str, Any] = {"reading": reading, "graph": graph, "assumptions": tuple(assumptions)}
    if state.supposed and not state.supposed[0]:
        update["fault"] = (
            f"I did not understand what was supposed ({state.supposed[1][:120]!r}), so I cannot go on from it: "
            "say it in another way ('What if there is an edge between A and B?'), or ask a question of its own."
        )
    if not state.text.strip():
        update["fault"] = "There is no question: ask something about a graph."
    return update
