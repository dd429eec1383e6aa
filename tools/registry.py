"""The registry of tools: what every face (planner, LangChain, MCP, command line, docs) knows about them."""

from __future__ import annotations

import importlib
import typing
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from graphs.errors import BadArgument
from graphs.graph import Graph
from tools.answers import Answer

Kind = Literal[
    "node",
    "nodes",
    "pairs",
    "attribute",
    "time",
    "int",
    "float",
    "bool",
    "text",
    "choice",
    "graph",
    "labels",
    "numbers",
]

Needs = Literal["", "directed", "undirected", "text"]

# Annotations of tool arguments. The router and the schemas read the second part; type checkers read the first.
NodeArg = Annotated[Hashable, "node"]
NodesArg = Annotated[list[Hashable], "nodes"]
PairsArg = Annotated[list[tuple[Hashable, Hashable]], "pairs"]  # edges, as (source, target)
Attribute = Annotated[str, "attribute"]  # the name of an edge or node attribute
Time = Annotated[float, "time"]
Labels = Annotated[dict[Hashable, Any], "labels"]  # a value for some nodes
Numbers = Annotated[list[float], "numbers"]  # degrees, sizes

FAMILIES: tuple[str, ...] = (
    "statistics",
    "degrees",
    "comparisons",
    "neighbours",
    "paths",
    "constrained_paths",
    "path_lists",
    "distances",
    "eccentricity",
    "connectivity",
    "gaps",
    "robustness",
    "cuts",
    "cycles",
    "cycle_lists",
    "dags",
    "ancestry",
    "trees",
    "steiner",
    "tours",
    "hamilton",
    "flows",
    "network_cuts",
    "flow_costs",
    "matchings",
    "weighted_matchings",
    "stable_matchings",
    "cliques",
    "independent_sets",
    "covers",
    "feedback",
    "colouring",
    "edge_colourings",
    "bipartite",
    "planarity",
    "chordality",
    "named_graphs",
    "graph_classes",
    "isomorphism",
    "subgraphs",
    "motifs",
    "centrality",
    "prestige",
    "rankings",
    "flow_centrality",
    "group_centrality",
    "communities",
    "partitions",
    "triangles",
    "ties",
    "mixing",
    "similarity",
    "walks",
    "learning",
    "predictions",
    "likely_links",
    "message_passing",
    "spreading",
    "spectral",
    "temporal",
    "temporal_paths",
    "activity",
    "traversal",
    "towards",
    "edits",
    "selections",
    "transforms",
    "products",
    "generate",
    "clrs",
)

F = TypeVar("F", bound=Callable[..., Answer])


@dataclass(frozen=True)
class Parameter:
    """One argument of a tool, the graph itself left out."""

    name: str
    kind: Kind
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """JSON schema of the argument as a model sees it."""
        label = {"type": ["string", "integer", "number"], "description": "a node, by the label that the graph uses"}
        types: dict[Kind, dict[str, Any]] = {
            "node": label,
            "nodes": {"type": "array", "items": label},
            "pairs": {"type": "array", "items": {"type": "array", "items": label, "minItems": 2, "maxItems": 2}},
            "attribute": {"type": "string", "description": "name of an attribute of the graph"},
            "time": {"type": "number"},
            "int": {"type": "integer"},
            "float": {"type": "number"},
            "bool": {"type": "boolean"},
            "text": {"type": "string"},
            "choice": {"type": "string", "enum": list(self.choices)},
            "graph": {"type": "string", "description": "handle of another graph"},
            "labels": {"type": "object"},
            "numbers": {"type": "array", "items": {"type": "number"}},
        }
        shape = dict(types[self.kind])
        return shape if self.default is None else {**shape, "default": self.default}


@dataclass(frozen=True)
class Tool:
    """A graph algorithm with everything that its faces need; its module is imported when it is first called.

    answer: the type that it returns, as "module:class".
    """

    name: str
    family: str
    phrases: tuple[str, ...]
    asks: tuple[str, ...]
    takes_graph: bool
    parameters: tuple[Parameter, ...] = field(repr=False)
    needs: Needs
    answer: str

    @cached_property
    def function(self) -> Callable[..., Answer]:
        """The function itself."""
        found: Callable[..., Answer] = getattr(importlib.import_module(f"tools.{self.family}"), self.name)
        return found

    @cached_property
    def doc(self) -> str:
        from inspect import cleandoc

        return cleandoc(self.function.__doc__ or "")

    @property
    def summary(self) -> str:
        return self.doc.partition("\n")[0]

    @cached_property
    def returns(self) -> type[Answer]:
        """The answer type."""
        module, _, name = self.answer.partition(":")
        found: type[Answer] = getattr(importlib.import_module(module), name)
        return found

    @property
    def takes_time(self) -> bool:
        """Whether the tool reads the times of the edges."""
        return any(p.name == "time" and p.kind == "attribute" for p in self.parameters)

    def unmet(self, graph: Graph) -> list[str]:
        """What the tool needs and `graph` is not or has not: "directed", "undirected", "time" (of edges), "text"."""
        lacking: list[str] = []
        if self.needs in ("directed", "undirected") and graph.directed != (self.needs == "directed"):
            lacking.append(self.needs)
        if self.takes_time and not graph.temporal:
            lacking.append("time")
        if self.needs == "text" and not graph.prose_attributes():
            lacking.append("text")
        return lacking

    def schema(self) -> dict[str, Any]:
        """JSON schema of the arguments, without the graph, which is bound by the caller."""
        required = [p.name for p in self.parameters if p.required]
        return {
            "type": "object",
            "properties": {p.name: p.schema() for p in self.parameters},
            "required": required,
            "additionalProperties": False,
        }

    def __call__(self, *args: Any, **kwargs: Any) -> Answer:
        return self.function(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class _Declared:
    function: Callable[..., Answer]
    phrases: tuple[str, ...]
    asks: tuple[str, ...]
    needs: Needs


_DECLARED: dict[str, _Declared] = {}  # what the imported families hold


def tool(*, phrases: tuple[str, ...], asks: tuple[str, ...] = (), needs: Needs = "") -> Callable[[F], F]:
    """Register a plain typed function as a tool; its family is the module that it stands in.

    phrases: how people name the thing, in plain words ("shortest path", "geodesic distance"); the router reads them.
    asks: whole questions with arguments in braces ("How far is {target} from {source}?"); they are tested to route
    back to this tool, shown in the documentation, and used to train the planner.
    needs: the kind of graph that the tool is defined on, where it is not defined on the other; "text" for what is
    meant for nodes that carry texts, where another tool answers the same without.
    """

    def register(function: F) -> F:
        name = function.__name__
        known = _DECLARED.get(name)
        if known is not None and known.function.__module__ != function.__module__:
            raise TypeError(f"two tools are called {name}: {known.function.__module__} and {function.__module__}")
        _DECLARED[name] = _Declared(function, phrases, asks, needs)
        return function

    return register


@cache
def all_tools() -> dict[str, Tool]:
    """Every tool by name, in the order of `FAMILIES`: from the catalogue, which spares importing them all.

    A catalogue that is not of these very sources is not used.
    """
    from tools.catalogue import read

    return read() or declared_tools()


def declared_tools() -> dict[str, Tool]:
    """Every tool by name, in the order of `FAMILIES`, from the functions themselves.

    Raises:
        TypeError: a tool is annotated with something that no tool takes, or two have one name.
    """
    for family in FAMILIES:
        importlib.import_module(f"tools.{family}")
    rank = {f"tools.{family}": number for number, family in enumerate(FAMILIES)}
    ordered = sorted(_DECLARED.values(), key=lambda declared: rank[declared.function.__module__])
    return {declared.function.__name__: _tool(declared) for declared in ordered}


def _tool(declared: _Declared) -> Tool:
    function = declared.function
    parameters, takes_graph = _parameters(function)
    hint = typing.get_type_hints(function)["return"]
    returns = hint if isinstance(hint, type) else get_args(hint)[0]
    return Tool(
        function.__name__,
        function.__module__.rpartition(".")[2],
        declared.phrases,
        declared.asks,
        takes_graph,
        parameters,
        declared.needs,
        f"{returns.__module__}:{returns.__qualname__}",
    )


def get_tool(name: str) -> Tool:
    """The tool called `name`.

    Raises:
        BadArgument: no tool has that name.
    """
    found = all_tools().get(name)
    if found is None:
        from difflib import get_close_matches

        close = get_close_matches(name, all_tools(), n=3)
        raise BadArgument(
            f"there is no tool {name!r}; "
            + (f"did you mean {', '.join(close)}?" if close else "see `konigsberg tools`")
        )
    return found


def families() -> Iterator[tuple[str, list[Tool]]]:
    """(family, its tools) in order."""
    tools = all_tools()
    for family in FAMILIES:
        yield family, [t for t in tools.values() if t.family == family]


def _parameters(function: Callable[..., Any]) -> tuple[tuple[Parameter, ...], bool]:
    import inspect

    hints = typing.get_type_hints(function, include_extras=True)
    found: list[Parameter] = []
    takes_graph = False
    for position, (name, parameter) in enumerate(inspect.signature(function).parameters.items()):
        hint = hints[name]
        if position == 0 and hint is Graph:
            takes_graph = True
            continue
        required = parameter.default is inspect.Parameter.empty
        kind, choices = _kind(hint, f"{function.__name__}({name})")
        found.append(Parameter(name, kind, required, None if required else parameter.default, choices))
    return tuple(found), takes_graph


def _kind(hint: Any, where: str) -> tuple[Kind, tuple[str, ...]]:
    if get_origin(hint) is Annotated:
        return get_args(hint)[1], ()
    if get_origin(hint) is Literal:
        return "choice", get_args(hint)
    plain: dict[Any, Kind] = {int: "int", float: "float", bool: "bool", str: "text", Graph: "graph"}
    if hint in plain:
        return plain[hint], ()
    inner = [a for a in get_args(hint) if a is not type(None)]
    if inner:
        return _kind(inner[0], where)
    raise TypeError(f"{where}: {hint!r} is not a type that a tool argument can have")
