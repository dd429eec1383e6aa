"""The CLRS agent: answers questions in the format of the CLRS-Text benchmark, in that format.

Graph algorithms go to the tools of the family `clrs`, the others to `tools.clrs_arrays`; both are certified. A trace,
the states of the algorithm on its way, comes from `graphs.clrs`, whose result must be that of the tool; nothing but
running it again speaks for its steps, so that an answer with a trace is never more than `computed`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from agents.reply import Reply, Status
from agents.state import Context, State
from agents.wording import sentence
from graphs.errors import BudgetExceeded, GraphError, ParseError, TooLarge
from tools.answers import Answer, NodeValues, PairValues, as_plain
from tools.certificates import Certificate

if TYPE_CHECKING:
    from graphs.clrs.text import Question
    from graphs.graph import Graph

# A name with a colon; named values; the wanted names with a colon. Whether it is CLRS's is then seen.
_FORM = re.compile(r"\s*(?P<name>[a-z_]{3,60}):[ \t]*\r?\n\s*[A-Za-z]\w*: ?\S[^\n]*\n\s*[\w|(), \t]{1,200}:\s*\Z")
MOST_TRACED = (100, 40)  # nodes of a trace whose states are rows, and matrices: there are up to n^2 states
_DIRECTED = ("dfs", "topological_sort", "strongly_connected_components", "dag_shortest_paths")


def looks_like(text: str) -> bool:
    """Whether a text has the format of a CLRS-Text question, whatever its names and values."""
    return _FORM.match(text) is not None


def answer(state: State, context: Context) -> dict[str, Any]:
    """Answer in the benchmark's format. Reads text; writes graph and reply, or nothing for another's format."""
    from graphs.clrs import SPECS
    from graphs.clrs.text import read_question

    form = _FORM.match(state.text)
    if form is None or form["name"] not in SPECS:
        return {}
    try:
        question = read_question(state.text)
        return _answer(question)
    except ParseError as error:
        return {"reply": Reply(None, f"This is no question of CLRS-Text: {error}", "unanswerable")}
    except BudgetExceeded:
        raise
    except GraphError as error:
        return {"reply": Reply(None, sentence(str(error)), "unanswerable")}


def _answer(question: Question) -> dict[str, Any]:
    from graphs.clrs.inputs import checked

    values = checked(question.algorithm, question.inputs)
    graph = _graph(question.algorithm, values["A"]) if "A" in values else None
    figures, certificate = _solved(question, graph)
    if certificate.grade != "none" and not certificate.holds:
        fault = (
            f"The answer failed its own check, so it is withheld: {certificate.reason}. This is a bug; please report it"
        )
        return {"graph": graph, "reply": Reply(None, f"{fault} with the question.", "unanswerable")}
    status: Status = "proven" if certificate.grade == "proof" else "computed"
    value = figures if len(figures) > 1 else next(iter(figures.values()))
    text = _shown(figures)
    if question.trace:
        status, text = "computed", _traced(question, text)
    return {"graph": graph, "reply": Reply(as_plain(value), text, status, (certificate,))}


def _solved(question: Question, graph: Graph | None) -> tuple[Mapping[str, Any], Certificate]:
    """The outputs by name, and their check."""
    from graphs.clrs.text import outputs
    from tools.run import run_tool

    if graph is None:
        from tools.certificates.clrs_arrays import certify
        from tools.clrs_arrays import solve

        record = solve(question.algorithm, question.inputs)
        return record.figures, certify(question.algorithm, question.inputs, record)
    source = {"source": question.inputs["s"]} if "s" in question.inputs else {}
    found, certificate = run_tool(graph, f"clrs_{question.algorithm}", source)
    names = [feature.name for feature in outputs(question.algorithm)]
    return _figures(found, names, graph.num_nodes), certificate


def _figures(found: Answer, names: list[str], n: int) -> Mapping[str, Any]:
    """A tool's answer as the benchmark writes it: one figure for each node, or a row for each."""
    if isinstance(found, NodeValues):
        return {names[0]: [found.values[i] for i in range(n)]}
    if isinstance(found, PairValues):
        return {names[0]: [[found.values[i, j] for j in range(n)] for i in range(n)]}
    return {name: list(x.values()) if isinstance(x, Mapping) else x for name, x in found.value.items()}


def _graph(algorithm: str, matrix: Any) -> Graph:
    """The graph of a matrix, its nodes numbered from 0; undirected where the matrix is symmetric and may be."""
    from graphs.graph import Graph

    directed = algorithm in _DIRECTED or bool((matrix != matrix.T).any())
    rows = matrix.tolist()
    edges = [(i, j, x) for i, row in enumerate(rows) for j, x in enumerate(row) if x != 0 and (directed or i <= j)]
    return Graph.from_edges(edges, range(len(rows)), directed=directed)


def _shown(figures: Mapping[str, Any]) -> str:
    from graphs.clrs.values import bracketed

    return ", ".join(bracketed(value) if isinstance(value, list) else str(value) for value in figures.values())


def _traced(question: Question, result: str) -> str:
    """The answer with the states before it.

    Raises:
        TooLarge: the trace would fill the memory.
        GraphError: the steps end with another result than the tool's.
    """
    from graphs.clrs import run
    from graphs.clrs.text import outputs, to_text

    size = max(len(value) for value in question.inputs.values() if isinstance(value, list))
    most = MOST_TRACED[any(f.location == "edge" for f in outputs(question.algorithm))]
    if size > most:
        raise TooLarge(f"a trace of {question.algorithm} is given up to a size of {most}, not {size}; ask without one")
    example = run(question.algorithm, **question.inputs)
    plain = to_text(example)[1]
    if plain != result:
        raise GraphError(
            f"the steps of {question.algorithm} end with {plain[:80]} and its definition gives {result[:80]}, which is "
            "as good or lies within rounding; ask without a trace"
        )
    return to_text(example, trace=True)[1]
