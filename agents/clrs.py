"""The CLRS agent: answers questions in the format of the CLRS-Text benchmark, in that format.

Graph algorithms go to the tools of the family `clrs`, the others to `tools.clrs_arrays`; both are certified. A trace,
the states of the algorithm on its way, comes from `graphs.clrs`, whose result must be that of the tool; nothing but
running it again speaks for its steps, so that an answer with a trace is never more than `computed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agents.reply import Reply, Status
from agents.state import Context, State
from agents.wording import sentence
from graphs.errors import BudgetExceeded, GraphError, ParseError, TooLarge
from tools.answers import Answer, NodeValues, PairValues, Record, as_plain
from tools.certificates import Certificate
from tools.registry import get_tool
from tools.run import bind_arguments

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
        return _answer(question) if context.reasoner is None else _by_reasoner(question, state, context.reasoner)
    except ParseError as error:
        return {"reply": Reply(None, f"This is no question of CLRS-Text: {error}", "unanswerable")}
    except BudgetExceeded:
        raise
    except GraphError as error:
        return {"reply": Reply(None, sentence(str(error)), "unanswerable")}


def _by_reasoner(question: Question, state: State, reasoner: Callable[[], Any]) -> dict[str, Any]:
    """The reasoner's answer where the check of the tool accepts it, else the tool's, with what was wrong."""
    from agents.models import Ledger, ModelError

    ledger = Ledger()
    beyond: tuple[str, ...] = ()
    try:
        model = reasoner()
        beyond = _beyond(question, model.sizes)
        said = str(model.charged_to(ledger).invoke(state.text).text)
        certificate = vouched(question, said)
        refused = "" if certificate.holds else f"its check refused it: {certificate.reason or 'none is known'}"
    except (ModelError, GraphError) as error:
        said, certificate, refused = "", None, str(error)
    spent = {"model_calls": ledger.total.calls, "tokens": ledger.total.tokens}
    if certificate is None or refused:
        found = _answer(question)
        note = f"the tools answered, not the reasoner: {refused}"
        return {**found, **spent, "reply": replace(found["reply"], assumptions=(note, *beyond))}
    status: Status = "proven" if certificate.grade == "proof" else "computed"
    note = "the reasoner answered, and the check of the tool accepted it"
    return {**spent, "reply": Reply(said, said, status, (certificate,), assumptions=(note, *beyond))}


def _beyond(question: Question, sizes: Sequence[int]) -> tuple[str, ...]:
    """A warning where the graph is larger than all that the reasoner was trained on."""
    num_nodes = len(question.inputs["A"]) if "A" in question.inputs else 0
    if not sizes or num_nodes <= max(sizes):
        return ()
    return (f"the graph has {num_nodes} nodes, more than the {max(sizes)} that the reasoner was trained on at most",)


def status_of_answer(text: str, said: str) -> Status:
    """What a bare model's answer to a question of CLRS-Text is worth: its word, or more where a check accepts it."""
    from graphs.clrs.text import read_question

    try:
        certificate = vouched(read_question(text), said) if looks_like(text) else None
    except GraphError:
        return "unverified"
    if certificate is None or not certificate.holds:
        return "unverified"
    return "proven" if certificate.grade == "proof" else "computed"


def vouched(question: Question, said: str) -> Certificate:
    """The check of an answer that anybody gave to a question on a graph, as if the tool had given it.

    Raises:
        ParseError: the answer is not in the format.
        BadArgument: the inputs are none of the algorithm's.
    """
    from graphs.clrs.inputs import checked
    from graphs.clrs.text import outputs, parse_answer
    from tools.certificates import check

    values = checked(question.algorithm, question.inputs)
    if "A" not in values or question.trace:
        return Certificate(False, "", "no check is known for answers of this kind", "none")
    graph = _graph(question.algorithm, values["A"])
    figures = parse_answer(question.algorithm, said).final
    names = [feature.name for feature in outputs(question.algorithm)]
    tool = get_tool(f"clrs_{question.algorithm}")
    source = {"source": question.inputs["s"]} if "s" in question.inputs else {}
    return check(graph, tool.name, bind_arguments(tool, graph, source), _typed(tool.returns, names, figures))


def _typed(kind: type[Answer], names: list[str], figures: tuple[Any, ...]) -> Answer:
    """Figures of the benchmark as the tool's answer: the inverse of `_figures`."""
    if kind is NodeValues:
        return NodeValues(dict(enumerate(figures[0])))
    if kind is PairValues:
        return PairValues({(i, j): x for i, row in enumerate(figures[0]) for j, x in enumerate(row)})
    return Record({name: dict(enumerate(x)) if isinstance(x, list) else x for name, x in zip(names, figures)})


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
