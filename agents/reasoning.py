"""The reasoning agent: a model answers directly, under a typed schema, what neither a tool nor a program can.

Such an answer is `unverified`. It becomes `computed` when a tool that the question most likely means gets the same
value, or when that tool's own certificate checker accepts the model's answer as it stands. It is never `proven`: that a
checker accepts a path says nothing on whether a path was asked for.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agents.limits import run_limited
from agents.programs.crosscheck import Agreement, cross_check
from agents.prompting import prompt, summary
from agents.reply import Cost, Reply, Status
from agents.routing.forms import Form, form_of
from agents.state import Context, State
from graphs.errors import BadArgument, GraphError
from graphs.graph import Graph, Node
from tools import answers
from tools.answers import Answer, as_plain
from tools.certificates import Certificate, check, has_checker

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SHOWN_EDGES = 150  # a larger graph is described, not listed
SECONDS = 10.0  # for checking an answer
_VALUE: dict[Form, dict[str, Any]] = {
    "yes_no": {"type": "boolean"},
    "count": {"type": "integer"},
    "when": {"type": "number"},
    "node": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string"}, "maxItems": 500},
}
_ANY = {
    "anyOf": [
        {"type": "boolean"},
        {"type": "number"},
        {"type": "string"},
        {"type": "array", "items": {"type": ["string", "number"]}, "maxItems": 500},
    ]
}


@dataclass(frozen=True)
class Reasoned:
    """What the reasoning agent hands back. value None: the model says that it cannot be known.

    agreement: a tool with the same value. certificate: the check that accepted the answer.
    """

    value: Any
    status: Status
    reason: str
    answer: Answer | None = None
    agreement: Agreement | None = None
    certificate: Certificate | None = None
    cost: Cost = Cost()

    def reply(self) -> Reply:
        """As the reply to a question."""
        if self.value is None:
            return Reply(None, f"That cannot be told from the data: {self.reason}", "unanswerable", cost=self.cost)
        if self.certificate is not None:
            why = f"checked: {self.certificate.claim}"
        elif self.agreement is not None:
            why = self.agreement.why
        else:
            why = "a model's own reasoning, checked by nothing"
        text = f"{self.value}\n\n({why}.) {self.reason}"
        certificates = () if self.certificate is None else (self.certificate,)
        return Reply(as_plain(self.value), text, self.status, certificates, cost=self.cost)


def schema_for(question: str) -> dict[str, Any]:
    """The JSON schema of an answer to the question: its form decides the type of `answer`."""
    return {
        "type": "object",
        "properties": {
            "reason": {"type": "string", "maxLength": 600},
            "known": {"type": "boolean"},
            "answer": _VALUE.get(form_of(question), _ANY),
        },
        "required": ["reason", "known", "answer"],
        "additionalProperties": False,
    }


def reason(
    question: str, graph: Graph | None, model: BaseChatModel, *, cancel: threading.Event | None = None
) -> Reasoned:
    """Have `model` answer the question, and check the answer as far as anything can.

    Raises:
        ModelError: the model gave no answer that fits the schema.
    """
    from agents.models import ask_json

    options = {} if cancel is None else {"cancel": cancel}
    messages = [("system", prompt("reasoning")), ("human", f"{_data(graph)}\n\nQuestion: {question.strip()}")]
    got = ask_json(model, messages, schema_for(question), **options)
    cost = Cost(got.usage.calls, got.usage.tokens, got.usage.seconds)
    said = got.value
    if not said["known"]:
        return Reasoned(None, "unanswerable", said["reason"], cost=cost)
    value = own_labels(said["answer"], graph)
    reasoned = Reasoned(value, "unverified", said["reason"], cost=cost)
    agreement = cross_check(question, graph, value)
    if agreement is not None:
        return replace(reasoned, agreement=agreement, status="computed")
    answer, certificate = certified(question, graph, value)
    status: Status = "computed" if certificate is not None else "unverified"
    return replace(reasoned, answer=answer, certificate=certificate, status=status)


def _data(graph: Graph | None) -> str:
    if graph is None:
        return "Data: none but the question."
    lines = [f"Data: {summary(graph)}"]
    if not graph.remote and graph.num_edges <= SHOWN_EDGES:
        arrow = "->" if graph.directed else "-"
        for edge in graph.edges():
            about = "".join(f" {key}={value}" for key, value in edge.attributes.items())
            lines.append(f"{edge.source} {arrow} {edge.target}{about}")
    return "\n".join(lines)


def own_labels(value: Any, graph: Graph | None) -> Any:
    """The value with the graph's own labels where it writes them as text ("3" for the node 3)."""
    if graph is None:
        return value
    if isinstance(value, list):
        return [own_labels(item, graph) for item in value]
    found: Node | None = graph.find(value) if isinstance(value, str) else None
    return value if found is None else found


def certified(question: str, graph: Graph | None, value: Any) -> tuple[Answer | None, Certificate | None]:
    """The value as the answer of the tool that the question most likely means, with a check that accepts it; else None.

    Only checkers that need no witness of the tool's own can accept it, such as that of a topological order.
    """
    from agents.routing.router import candidates

    if graph is None:
        return None, None
    found = candidates(" ".join(question.split()), (graph,))
    if not found or found[0].binding.missing or found[0].binding.spare_nodes or found[0].dropped:
        return None, None
    best = found[0]
    answer = _as(best.tool.returns, value)
    if answer is None or has_checker(best.tool.name) != "proof":
        return answer, None
    arguments = dict(best.binding.arguments)
    try:
        certificate = run_limited(lambda: check(graph, best.tool.name, arguments, answer), SECONDS, None)
    except (GraphError, TypeError, KeyError, AttributeError, ValueError):
        return answer, None  # the checker wants a witness that a model does not give
    accepted = certificate.holds and certificate.grade == "proof"
    return answer, certificate if accepted else None


def _as(kind: type[Answer], value: Any) -> Answer | None:
    """The value as an answer of this type; None where it is of another kind."""
    listed = isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value)
    if kind is answers.Truth and isinstance(value, bool):
        return answers.Truth(value)
    if kind is answers.Number and isinstance(value, (int, float)) and not isinstance(value, bool):
        return answers.Number(value)
    if kind is answers.NodeAnswer and not isinstance(value, (list, bool, float)):
        return answers.NodeAnswer(value)
    if kind is answers.Nodes and listed:
        return answers.Nodes(value)
    if kind is answers.Order and listed:
        return answers.Order(value)
    if kind is answers.Cycle and listed:
        return answers.Cycle(value)
    return None


def think(state: State, context: Context, *, model: BaseChatModel) -> dict[str, Any]:
    """The reasoning agent. Reads reading, text, graph; writes reply.

    Raises:
        BadArgument: there is no question. ModelError: the model gave no usable answer.
    """
    question = state.reading.question if state.reading is not None and state.reading.question else state.text
    if not question.strip():
        raise BadArgument("there is no question to reason about")
    reasoned = reason(question, state.graph, model, cancel=context.cancel)
    return {"reply": replace(reasoned.reply(), assumptions=state.assumptions)}
