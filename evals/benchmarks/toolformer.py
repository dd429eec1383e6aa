"""Graph-ToolFormer (arXiv 2304.11116), graph properties: twelve figures of 37 named graphs.

Data: lines "Input: … Output: … Reasoning Result: …". The Input is asked; the calls of the Output that are marked `-->r`
say which figures must be answered, and the results of all calls are joined by `<||>`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agents.reply import Reply
from evals import reading, truth
from evals.files import data_files, read_text
from evals.scorers import SCORERS, close, score
from evals.task import BadData, Finding, Outcome, Sample, Source, Task
from graphs.graph import Graph

USUAL_COUNT = 300
LONGEST_LINE = 20_000  # characters
_CALL = re.compile(r'GR\(GL\("gpr", \{"(\w+)"\}\), "toolx:(\w+)"((?:, "node#\w+")*)\)(\s*-->\s*r)?')
_NAMES = (
    "balanced_tree barbell_graph binomial_tree circulant_graph circular_ladder_graph complete_graph cycle_graph "
    "dorogovtsev_goltsev_mendes_graph full_rary_tree ladder_graph lollipop_graph path_graph star_graph turan_graph "
    "wheel_graph hoffman_singleton_graph frucht_graph moebius_kantor_graph octahedral_graph desargues_graph "
    "dodecahedral_graph cubical_graph truncated_cube_graph chvatal_graph petersen_graph house_graph diamond_graph "
    "pappus_graph heawood_graph truncated_tetrahedron_graph tutte_graph house_x_graph krackhardt_kite_graph "
    "bull_graph icosahedral_graph tetrahedral_graph sedgewick_maze_graph"
)  # the 37 graphs of the benchmark, most of them networkx generators
# property -> (scoring, own questions)
_FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "order": ("number", ("What is the order of the {g}?", "The number of nodes in the {g} is [TBR].")),
    "size": ("number", ("What is the size of the {g}?", "The number of edges in the {g} is [TBR].")),
    "density": ("number", ("What is the density of the {g}?", "The density of the {g} is [TBR].")),
    "eccentricity": ("number", ("What is the eccentricity of node #{u} in the {g}?",)),
    "radius": ("number", ("What is the radius of the {g}?", "The radius of the {g} is [TBR].")),
    "diameter": ("number", ("What is the diameter of the {g}?", "The diameter of the {g} is [TBR].")),
    "center": ("node_set", ("What is the center of the {g}?", "The center of the {g} includes node(s) [TBR].")),
    "periphery": ("node_set", ("What is the periphery of the {g}?",)),
    "shortest_path": (
        "length",
        ("What is the length of shortest path between node #{u} and node #{v} in the {g}?",),
    ),
    "avg_path_length": ("number", ("What is the average shortest path length between any two nodes in the {g}?",)),
    "min_path_length": ("number", ("What is the minimal shortest path length between any two nodes in the {g}?",)),
    "max_path_length": ("number", ("What is the maximal shortest path length between any two nodes in the {g}?",)),
}
KINDS = tuple(_FORMS)


@dataclass(frozen=True)
class Call:
    """One call of a line: a property of a named graph, for some nodes; `asked`: its result belongs in the answer."""

    graph: str
    figure: str
    nodes: tuple[int, ...]
    asked: bool

    @property
    def scoring(self) -> str:
        whole = self.figure == "eccentricity" and not self.nodes
        return "node_values" if whole else _FORMS[self.figure][0]


def samples(source: Source) -> Iterator[Sample]:
    if source.data is None:
        yield from _generated(source)
        return
    whole = source.data.is_dir()
    found = False
    for file in data_files(source.data, "prompts_train", "prompts_test", ".txt"):
        for number, line in enumerate(read_text(file).split("\n"), 1):
            if whole and "toolx:" not in line:
                continue  # the other sets of the collection need graphs that are not published with it
            if line.strip():
                found = True
                sample = read_line(line, f"{file}, line {number}", f"{file.name}-{number:05d}")
                if source.wants(sample.task):
                    yield sample
    if not found:
        raise BadData(f"{source.data}: no lines with properties of named graphs (toolx: calls)")


def read_line(line: str, place: str, name: str) -> Sample:
    """One line of a data file.

    Raises:
        BadData: it does not have the benchmark's form, or asks for something else than properties of named graphs.
    """
    text, mark, rest = line.strip().partition(" Output: ")
    output, second, result = rest.partition(" Reasoning Result: ")
    if not text.startswith("Input: ") or not mark or not second or len(line) > LONGEST_LINE:
        raise BadData(f"{place}: expected 'Input: … Output: … Reasoning Result: …', found {line[:60]!r}")
    calls = read_calls(output)
    if not calls or not any(call.asked for call in calls):
        raise BadData(f"{place}: no call of a graph property (toolx:…) that is marked -->r")
    try:
        results = [ast.literal_eval(part.strip().rstrip(".")) for part in result.split("<||>")]
    except (ValueError, SyntaxError) as error:
        raise BadData(f"{place}: a result is not a plain value ({error})") from error
    if len(results) != len(calls):
        raise BadData(f"{place}: {len(calls)} calls and {len(results)} results")
    gold = [value for call, value in zip(calls, results, strict=True) if call.asked]
    return _made(name, text.removeprefix("Input: "), [call for call in calls if call.asked], gold)


def read_calls(output: str) -> list[Call]:
    """The calls in the order of the text."""
    found = []
    for name, asked, nodes, mark in _CALL.findall(output):
        if asked in _FORMS:
            found.append(Call(name, asked, tuple(int(n) for n in re.findall(r"node#(\d+)", nodes)), bool(mark)))
    return found


def _made(name: str, text: str, calls: Sequence[Call], gold: list[Any]) -> Sample:
    about = {"calls": tuple(calls), "slots": {}, "graph": calls[0].graph}
    return Sample(name, text, named(calls[0].graph), gold, calls[0].figure, about)


def named(name: str) -> Graph:
    """The named graph, as the benchmark means it."""
    from graphs.generators.named import named_graph

    return named_graph(name, collection="toolformer")


def parts(sample: Sample) -> list[Sample]:
    """One sample for each asked figure."""
    calls: Sequence[Call] = sample.metadata["calls"]
    found = []
    for call, gold in zip(calls, sample.gold, strict=True):
        graph = sample.graph if call.graph == sample.metadata["graph"] else named(call.graph)
        found.append(replace(sample, graph=graph, gold=gold, metadata={"scoring": call.scoring, "slots": {}}))
    return found


def score_parts(reply: Reply, sample: Sample) -> Outcome:
    """Every asked figure must be right: one value for one figure, a list of values or the words for several."""
    wanted = parts(sample)
    if len(wanted) == 1 or reply.status == "unanswerable":
        return score(reply, wanted[0])
    values = list(reply.value.values()) if isinstance(reply.value, dict) else reply.value
    if isinstance(values, list) and len(values) == len(wanted):
        outcomes = [score(replace(reply, value=v), part) for v, part in zip(values, wanted, strict=True)]
    elif all(part.gold == wanted[0].gold for part in wanted):  # the same figure under two names
        outcomes = [score(reply, wanted[0])]
    else:
        outcomes = [_in_words(reply.text, part) for part in wanted]
    return next((outcome for outcome in outcomes if outcome != "right"), "right")


def _in_words(text: str, part: Sample) -> Outcome:
    """Whether one of several figures stands in the answer's words: the numbers or the lists it gives."""
    said = reading.answer_part(text)
    if part.metadata["scoring"] in ("number", "length"):
        numbers = reading.all_numbers(said)
        return "right" if any(SCORERS["number"].holds(x, part) for x in numbers) else "wrong"
    pieces = re.findall(r"[\[{][^\[\]{}]*[\]}]", said)
    return "right" if any(score(Reply(None, x, "unverified"), part) == "right" for x in pieces) else "wrong"


# -- right answers


def recompute(call: Call, graph: Graph) -> Any:
    """A property by breadth-first search and counting; averages are over ordered pairs of different nodes."""
    if call.figure == "order":
        return graph.num_nodes
    if call.figure == "size":
        return graph.num_edges
    if call.figure == "density":
        return 2 * graph.num_edges / (graph.num_nodes * (graph.num_nodes - 1))
    if call.figure == "shortest_path":
        return truth.hops(graph, *call.nodes)
    far = truth.eccentricities(graph)
    if call.figure == "eccentricity":
        return far[call.nodes[0]] if call.nodes else far
    if call.figure in ("center", "periphery"):
        edge = min(far.values()) if call.figure == "center" else max(far.values())
        return [node for node, value in far.items() if value == edge]
    if call.figure in ("radius", "min_path_length"):
        return min(far.values()) if call.figure == "radius" else 1
    if call.figure in ("diameter", "max_path_length"):
        return max(far.values())
    pairs = [(u, v) for u in graph.nx for v in graph.nx if u != v]
    return sum(truth.hops(graph, u, v) for u, v in pairs) / len(pairs)


def _same(right: Any, gold: Any) -> bool:
    if isinstance(right, list) and isinstance(gold, list):
        return set(right) == set(gold)
    if isinstance(right, (int, float)) and isinstance(gold, (int, float)):
        return close(right, gold)
    return bool(right == gold)


def audit(sample: Sample) -> Finding:
    """All figures are recomputed on the graph that has the name in graph theory.

    Some lines order their results otherwise than their calls, and what the collection calls a ladder graph is a tree.
    """
    from graphs.generators.named import named_graph

    calls: Sequence[Call] = sample.metadata["calls"]
    right = [recompute(call, named_graph(call.graph)) for call in calls]
    if all(map(_same, right, sample.gold)):
        return Finding("right")
    return Finding("wrong", replace(sample, graph=named_graph(calls[0].graph), gold=right))


def _generated(source: Source) -> Iterator[Sample]:
    """Own questions about the same named graphs."""
    for name, kind, rng in source.in_turn(KINDS, USUAL_COUNT):
        graph_name = rng.choice([name for name in _NAMES.split() if name != "ladder_graph"])
        graph = named(graph_name)
        nodes = tuple(int(str(n)) for n in rng.sample(graph.nodes, 2))
        wanted = {"eccentricity": nodes[:1], "shortest_path": nodes}.get(kind, ())
        call = Call(graph_name, kind, wanted, asked=True)
        text = rng.choice(_FORMS[kind][1]).format(g=graph_name.replace("_", " "), u=nodes[0], v=nodes[1])
        yield _made(name, text, [call], [recompute(call, graph)])


TASK = Task("toolformer", samples, score_parts, source="Graph-ToolFormer, arXiv 2304.11116", kinds=KINDS, audit=audit)
