"""What experience is made of: an entry, the tags by which it is found, and its form in the database."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from agents.plan import Plan
from agents.programs.patterns import Pattern
from agents.programs.program import Program, typed
from agents.reply import Status
from graphs.graph import Graph

GRAPH = "graph"  # the file of a plan's entry that holds the graph on which it was right
Size = Literal["none", "small", "medium", "large"]


@dataclass(frozen=True)
class Tags:
    """What a task is like, besides its name.

    wanted: the kind of answer (number, truth, nodes, pairs, groups, text). attributes: the names of those of the edges.
    """

    directed: bool = False
    weighted: bool = False
    size: Size = "none"
    wanted: str = ""
    attributes: str = ""

    @classmethod
    def of(cls, graph: Graph | None, wanted: str = "") -> Tags:
        """The tags of a question on a graph."""
        if graph is None:
            return cls(wanted=wanted)
        nodes = graph.num_nodes
        size: Size = "small" if nodes <= 100 else "medium" if nodes <= 10_000 else "large"
        return cls(graph.directed, graph.weighted, size, wanted, ",".join(sorted(graph.edge_attribute_names())))

    def same_kind(self, other: Tags) -> bool:
        """Whether both are of graphs on which the same words mean the same: its size and the answer may differ."""
        return replace(self, size=other.size, wanted=other.wanted) == other

    def shared(self, other: Tags) -> int:
        """How many constraints agree; the wanted kind counts twice."""
        mine, theirs = asdict(self), asdict(other)
        agree: list[bool] = [mine[name] == theirs[name] for name in mine]
        return sum(agree) + (self.wanted == other.wanted)


def kind_of(value: Any) -> str:
    """The kind of an answer, for tags."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, dict):
        return "values"
    if isinstance(value, (list, tuple, set, frozenset)):
        items = list(value)
        if items and all(isinstance(item, (list, tuple)) for item in items):
            return "pairs" if all(len(item) == 2 for item in items) else "groups"
        return "list"
    return "nothing" if value is None else "other"


@dataclass(frozen=True)
class Entry:
    """One experience.

    task: the tool, or the library functions joined by "+". wording: the question, names and numbers as marks. body: a
    plan with its places for names and numbers, or a program, as JSON. files: the graph, or what the program reads.
    """

    task: str
    tags: Tags
    question: str
    kind: Literal["plan", "program"]
    body: str
    value: Any
    status: Status
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    wording: str = ""
    id: int = 0


def pattern_in(entry: Entry) -> Pattern:
    """The pattern of a plan's entry."""
    return Pattern.from_json(json.loads(entry.body))


def plan_of(entry: Entry) -> Plan:
    """The plan of an entry, with the names and numbers that it was kept with."""
    return pattern_in(entry).plan


def graph_in(entry: Entry) -> Graph:
    """The graph on which a plan's entry was right."""
    return Graph.from_json(json.loads(entry.files[GRAPH]))


def program_of(entry: Entry) -> Program:
    """The program of an entry, with the files that it reads."""
    body = json.loads(entry.body)
    return Program(body["code"], body["graph_file"], body["library"], dict(entry.files))


def row_of(entry: Entry) -> tuple[Any, ...]:
    """The columns of an entry: task, tags, wording, question, kind, body, files, value, status."""
    tags = json.dumps(asdict(entry.tags), sort_keys=True)
    files = zlib.compress(json.dumps({name: content.hex() for name, content in entry.files.items()}).encode())
    value = json.dumps(_kept(entry.value))
    return (entry.task, tags, entry.wording, entry.question, entry.kind, entry.body, files, value, entry.status)


def entry_of(row: tuple[Any, ...]) -> Entry:
    """The inverse of `row_of`, with the row's number after its columns.

    Raises:
        ValueError, TypeError, zlib.error: something else than this module wrote the row.
    """
    task, tags, wording, question, kind, body, files, value, status, number = row
    content = {name: bytes.fromhex(text) for name, text in json.loads(zlib.decompress(files)).items()}
    known = Tags(**json.loads(tags))
    return Entry(task, known, question, kind, body, typed(json.loads(value)), status, content, wording, number)


def as_kept(value: Any) -> Any:
    """A value as it comes back from the database: pairs as lists, sets as they are."""
    return typed(json.loads(json.dumps(_kept(value))))


def _kept(value: Any) -> Any:
    """A value as JSON that keeps dicts with any key and sets apart."""
    if isinstance(value, dict):
        return {"pairs": [[_kept(k), _kept(v)] for k, v in value.items()]}
    if isinstance(value, (set, frozenset)):
        return {"set": [_kept(item) for item in value]}
    if isinstance(value, (list, tuple)):
        return [_kept(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return {"float": str(value)}
    return value if value is None or isinstance(value, (bool, int, float, str)) else {"text": str(value)}
