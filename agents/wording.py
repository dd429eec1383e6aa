"""Words for typed values, made by code: the headline sentence and the wanted format."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from agents.plan import Compare, Plan
from graphs.text.patterns import lazy
from tools import answers
from tools.answers import Answer, as_plain
from tools.certificates import Certificate
from tools.registry import get_tool

LIMIT = 200  # items of a list that the headline names; the value always holds all
OPERATORS = {
    ">": "more than",
    "<": "less than",
    ">=": "at least",
    "<=": "at most",
    "==": "equal to",
    "!=": "other than",
}
_ONLY = lazy(
    r"\b(?:only|just|nothing else|no explanation|without explanation|single)\b|\bas (?:an?\s+)?(?:json|yaml)\b",
    re.IGNORECASE,
)
_ANSWER_LINE = lazy(r"['\"“‘`]?\banswer:['\"”’`]?", re.IGNORECASE)


def tidy(value: Any) -> Any:
    """Whole floats as ints, at any depth: 3.0 -> 3."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, list):
        return [tidy(v) for v in value]
    if isinstance(value, dict):
        return {k: tidy(v) for k, v in value.items()}
    return value


def sentence(text: str) -> str:
    """The text with a capital letter in front and a full stop behind.

    >>> sentence("node 5 is not in the graph")
    'Node 5 is not in the graph.'
    """
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else text + "."


_TITLES = {  # of tools whose names are no nouns
    "classify_node": "likely class",
    "nodes_by_degree_parity": "nodes",
    "higher_degree_of": "node of higher degree",
    "num_missing_edges": "number of missing edges",
    "edges_to_connect": "number of edges to connect it",
    "classify_nodes": "likely classes",
    "predict_links": "likely links",
    "predict_links_from": "likely targets",
    "predict_links_to": "likely sources",
    "similar_nodes": "closest nodes",
}


_NOUNS = {  # of tools whose name and nodes alone do not make the thing that they give
    "community_of": "community of {node}",
    "component_of": "component of {node}",
    "strong_component_of": "strong component of {node}",
    "triangles_of": "number of triangles with {node}",
    "cycle_through_node": "cycle through {node}",
    "nodes_at_distance": "nodes at distance {k} from {node}",
    "nodes_within_distance": "nodes within distance {k} of {node}",
    "path_with_k_edges": "path of {k} edges from {source} to {target}",
    "shortest_path_through": "shortest path from {source} to {target} through {nodes}",
    "shortest_path_within_hops": "shortest path from {source} to {target} with at most {max_edges} edges",
    "neighbors_at_time": "neighbors of {node} at time {at}",
    "neighbors_in_period": "neighbors of {node} between {start} and {end}",
    "active_nodes_at_time": "active nodes at time {at}",
    "edges_at_time": "edges at time {at}",
    "edges_between_times": "edges between times {start} and {end}",
    "unreachable_nodes": "nodes out of reach of {node}",
    "rank_nodes": "nodes by {measure} centrality",
    "most_central_node": "node of highest {measure} centrality",
}
_DEGREE = {"in": "in-degree", "out": "out-degree"}


def noun_of(tool: str, arguments: Mapping[str, Any]) -> str:
    """What a call gives, as a noun phrase with its arguments.

    >>> noun_of("nodes_with_degree", {"degree": 2, "comparison": "more"})
    'nodes with degree more than 2'
    """
    told = {name: words_of(value) for name, value in arguments.items()}
    degree = _DEGREE.get(told.get("direction", ""), "degree")
    if tool == "nodes_with_degree":
        return " ".join(("nodes with", degree, _BOUND.get(told.get("comparison", ""), ""), told["degree"])).replace(
            "  ", " "
        )
    if tool == "edges_with_weight":
        return " ".join(("edges with weight", _BOUND.get(told.get("comparison", ""), ""), told["value"])).replace(
            "  ", " "
        )
    if tool == "nodes_by_degree_parity":
        return f"nodes of {told.get('parity', 'odd')} {degree}"
    if tool in ("max_degree_node", "min_degree_node"):
        return f"node of {'highest' if tool[:2] == 'ma' else 'lowest'} {degree}"
    ranked = re.fullmatch(r"nth_(\w+?)(?:_degree_node|_edge)", tool)
    if ranked:
        place = _ORDINALS.get(told.get("rank", "2"), f"{told.get('rank')}th")
        return f"node of {place} {ranked[1]} {degree}" if tool.endswith("node") else f"{place} {ranked[1]} edge"
    pattern = _NOUNS.get(tool)
    if pattern is not None and "{measure}" in pattern and "measure" not in told:
        told["measure"] = str(next(p.default for p in get_tool(tool).parameters if p.name == "measure"))
    if pattern is not None and all(name in told for name in re.findall(r"\{(\w+)\}", pattern)):
        return pattern.format(**told)
    return title(tool) + _about(tool, arguments)


_ORDINALS = {"1": "first", "2": "second", "3": "third"}
_BOUND = {"more": "more than ", "less": "less than ", "at_least": "at least ", "at_most": "at most "}


def title(name: str) -> str:
    """A tool's name as a noun phrase.

    >>> title("num_nodes")
    'number of nodes'
    """
    if name in _TITLES:
        return _TITLES[name]
    words = re.sub(r"^(?:num|count)_", "number of ", name)
    return words.replace("_", " ")


def words_of(value: Any) -> str:
    """A value for a sentence: lists joined by commas, pairs by a dash, mappings as 'node: value'."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, Mapping):
        rows = [
            f"{k}: {words_of(v) if not isinstance(v, list) else _bracket(v)}" for k, v in list(value.items())[:LIMIT]
        ]
        return _cut(rows, len(value), ", ")
    if isinstance(value, list):
        rows = [_inner(item) for item in value[:LIMIT]]
        return _cut(rows, len(value), ", ") if value else "none"
    return "none" if value is None else one_line(value)


def listing(values: list[Any]) -> str:
    """The first things of a list, edges as pairs."""
    return words_of([list(item) if isinstance(item, (tuple, frozenset)) else item for item in values])


_CONTROL = lazy(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(value: Any) -> str:
    """A label as one line: a label with a line break could otherwise pass for a line of the program's own."""
    return _CONTROL.sub(lambda match: repr(match[0])[1:-1], str(value))


def _inner(item: Any) -> str:
    if isinstance(item, list):
        if len(item) == 2 and not any(isinstance(part, list) for part in item):
            return f"({words_of(item[0])}, {words_of(item[1])})"
        return _bracket(item)
    return words_of(item)


def _bracket(items: list[Any]) -> str:
    return "[" + ", ".join(words_of(item) for item in items[:LIMIT]) + (", …" if len(items) > LIMIT else "") + "]"


def _cut(rows: list[str], total: int, joint: str) -> str:
    return joint.join(rows) + (f" … ({total} in all)" if total > len(rows) else "")


def headline(plan: Plan, answer: Answer, value: Any, certificate: Certificate | None) -> str:
    """The answer as a sentence."""
    call = plan.last
    noun = noun_of(call.tool, call.arguments)
    claim = one_line(certificate.claim) if certificate is not None and certificate.holds else ""
    if plan.replaced is not None:
        return f"There is no path from {call.arguments['source']} to {call.arguments['target']}."
    if plan.member:
        thing = " - ".join(one_line(label) for label in plan.member)
        return f"{'Yes' if value else 'No'}: {thing} is {'' if value else 'not '}among the {noun}."
    if plan.common:
        other = plan.calls[-2]
        noun = f"{noun_of(other.tool, other.arguments)} that are among the {noun}"
    if plan.keep is not None:
        noun += f" whose labels {plan.keep.how} with {one_line(plan.keep.text)}"
    if plan.compare is not None:
        return _compared(plan.compare, noun, value, answer)
    if isinstance(value, bool):
        return ("Yes" if value else "No") + (f": {claim}." if claim else ".")
    if isinstance(answer, answers.GraphAnswer):
        return f"{answer.graph.summary().capitalize()}."
    if isinstance(answer, answers.Path):
        return _path(plan, answer, noun)
    if isinstance(answer, answers.Matching) and plan.pick == "value":
        rows = "\n".join(f"{one_line(u)}: {one_line(v)}" for u, v in answer.pairs[:LIMIT])
        return f"{rows}\n{len(answer.pairs)} pairs are matched." if rows else "No pair can be matched."
    if plan.pick == "count":
        return f"There {'is' if value == 1 else 'are'} {value} ({noun})."
    if isinstance(value, list) and not value:
        return "No nodes." if isinstance(answer, answers.Nodes) else f"None ({noun})."
    if isinstance(answer, answers.Edges) and answer.total is not None and plan.pick == "value":
        return (
            f"{noun[:1].upper()}{noun[1:]}: {words_of(value)}, with a total weight of {words_of(tidy(answer.total))}."
        )
    if isinstance(value, (list, Mapping)):
        return f"{noun[:1].upper()}{noun[1:]}: {words_of(value)}."
    return f"The {'total weight of the ' * (plan.pick == 'total')}{noun} is {words_of(value)}."


def _path(plan: Plan, answer: answers.Path, noun: str) -> str:
    length = words_of(tidy(answer.length))
    if plan.pick == "length":
        return f"The length of the {noun} is {length}."
    if plan.pick == "hops":
        return f"The {noun} has {answer.hops} edge{'s' * (answer.hops != 1)}."
    if not answer.nodes:
        return f"No: there is none ({noun})."
    weighted = plan.last.arguments.get("weight") or plan.last.arguments.get("capacity")
    measure = f"with a total weight of {length}" if weighted else f"with {length} edge{'s' * (answer.length != 1)}"
    lead = "Yes. " if plan.pick == "thing" else ""
    return f"{lead}The {noun} is {','.join(map(one_line, answer.nodes))} {measure}."


def _compared(compare: Compare, noun: str, value: bool, answer: Answer) -> str:
    number = words_of(tidy(float(compare.number)))
    figure = answer.length if isinstance(answer, answers.Path) else answer.value
    if isinstance(figure, list):
        noun, figure = f"number of {noun}", len(figure)
    word = OPERATORS[compare.operator]
    verdict, negation = ("Yes", "") if value else ("No", "not ")
    return f"{verdict}: the {noun} is {words_of(tidy(figure))}, which is {negation}{word} {number}."


def _about(tool: str, arguments: Mapping[str, Any]) -> str:
    kinds = {p.name: p.kind for p in get_tool(tool).parameters}
    nodes = {name: arguments[name] for name, kind in kinds.items() if kind == "node" and name in arguments}
    if set(nodes) >= {"source", "target"}:
        return f" from {one_line(nodes['source'])} to {one_line(nodes['target'])}"
    if len(nodes) == 1:
        return f" {'from' if 'source' in nodes else 'of'} {one_line(next(iter(nodes.values())))}"
    return f" of {' and '.join(map(one_line, nodes.values()))}" if nodes else ""


def formatted(sentence: str, value: Any, wanted: str) -> str:
    r"""`sentence` turned into the wanted format; the sentence itself when nothing is wanted.

    >>> formatted("The degree of 3 is 2.", 2, "Give the answer as an integer after 'Answer:'")
    'The degree of 3 is 2.\nAnswer: 2'
    """
    if not wanted:
        return sentence
    payload = _payload(value, wanted.casefold())
    if _ANSWER_LINE.search(wanted):
        return f"{sentence}\nAnswer: {payload}"
    if _ONLY.search(wanted) or "json" in wanted.casefold():
        return payload
    if payload.casefold() in sentence.casefold():
        return sentence
    return f"{sentence}\nAnswer: {payload}"


def _payload(value: Any, wanted: str) -> str:
    plain = as_plain(value)
    if "json" in wanted:
        return json.dumps(plain, ensure_ascii=False)
    if isinstance(plain, bool):
        word = "yes" if plain else "no"
        if "true" in wanted and "yes" not in wanted:
            return str(plain)
        return word.capitalize() if "Yes" in wanted else word
    if "list" in wanted and isinstance(plain, list) and "comma" not in wanted:
        return repr(value)
    if "comma" in wanted and isinstance(plain, list):
        return ", ".join(map(str, plain))
    return words_of(plain)
