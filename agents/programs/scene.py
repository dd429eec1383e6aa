"""What a draft has at hand while it is made: its graphs in each library's form, its groups, and its arguments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agents.programs.given_code import GivenCode
from agents.programs.parameters import parameter_doc, parameter_type
from agents.programs.stated import Stated
from agents.programs.stories import Given, says_directed
from agents.programs.symbols import Symbol

GRAPH_NAMES = frozenset("g graph g_original gr graph1 network g1 flowg dg".split())
SECOND_GRAPH = frozenset("g2 h other graph2 g_2 b_graph".split())
GROUPS = frozenset("communities community coms clustering partition partitions clusters".split())
_ATTRIBUTES = {
    "weight": "weight",
    "weights": "weight",
    "distance": "weight",
    "cost": "weight",
    "capacity": "capacity",
    "demand": "demand",
}  # parameters that take the name of an edge's or node's attribute
_ASIDE = frozenset("seed random_state backend backend_kwargs create_using dtype".split())


class Scene:
    """The state of a draft.

    graphs: (variable, form) with form "networkx", "igraph" or "array"; steps work on the first.
    """

    def __init__(self, question: str, code: GivenCode) -> None:
        self.question, self.code = question, code
        self.stated = Stated(question)
        self.graphs: list[tuple[str, str]] = []
        self.given: list[Given] = []
        self.imports: dict[str, None] = {}
        self.lines: list[str] = []
        self.groups: list[str] = []
        self.points: list[str] = []  # embeddings of graspologic
        self.used: set[int] = set()  # places of literals that became graphs or arguments

    def use(self, line: str) -> None:
        """Have an import."""
        self.imports[line] = None

    # -- graphs

    def add_given(self, given: Sequence[Given], *, igraph: bool, needs_arcs: bool) -> None:
        """Make the graphs that the story gives edge by edge."""
        flows = any(graph.directed or ("capacity" in graph.attributes and len(graph.places) > 1) for graph in given)
        directed = needs_arcs or flows or says_directed(self.question)  # what is told link by link flows one way
        for graph in given:
            name = "graph" if not self.graphs else f"graph{len(self.graphs) + 1}"
            self.lines += _igraph_lines(name, graph, directed) if igraph else _networkx_lines(name, graph, directed)
            self.use("import igraph as ig" if igraph else "import networkx as nx")
            self.graphs.append((name, "igraph" if igraph else "networkx"))
            self.given.append(graph)
            self.used |= {start for start, _ in graph.places}
        labels = [label for graph in given for label in graph.labels]
        self.stated = Stated(self.question, labels, [place for graph in given for place in graph.places])

    def graph(self, form: str, number: int = 0) -> str | None:
        """A graph as an expression in the form that a library takes; None where there is none."""
        if number >= len(self.graphs):
            return None
        name, has = self.graphs[number]
        if has == form:
            return name
        if form == "networkx":
            self.use("import networkx as nx")
            return f"{name}.to_networkx()" if has == "igraph" else f"nx.from_numpy_array({name})"
        if form == "igraph":
            self.use("import igraph as ig")
            return f"ig.Graph.from_networkx({name})" if has == "networkx" else f"ig.Graph.Adjacency({name})"
        self.use("import networkx as nx")
        return f"nx.to_numpy_array({name})" if has == "networkx" else f"nx.to_numpy_array({name}.to_networkx())"

    def has_attribute(self, name: str) -> bool:
        return any(name in graph.attributes or name in graph.said_of_nodes for graph in self.given)

    # -- arguments

    def arguments(self, symbol: Symbol, skip: int, form: str) -> tuple[list[str], list[str]]:
        """(name=value …, what is missing) for the parameters behind the first `skip`."""
        given: list[str] = []
        missing: list[str] = []
        for name, kind, needed in (symbol.parameters or ())[skip:]:
            if name in ("seed", "random_state") and self.stated.seed is not None:
                given.append(f"{name}={self.stated.seed}")
                continue
            if kind in (2, 4) or (name in _ASIDE and not needed):
                continue
            value = self.argument(name, symbol, needed, form)
            if value is not None:
                given.append(f"{name}={value}")
            elif (needed and (name not in GROUPS or symbol.library != "cdlib")) or (
                not needed and self._ends_named(name)
            ):
                missing.append(f"the argument {name} of {symbol.name}")
        lone = self._lone_literal() if len(missing) == 1 and not given else None
        if lone is not None and missing[0].startswith("the argument "):
            return [f"{missing[0].split()[2]}={lone!r}"], []
        return given, missing

    def argument(self, name: str, symbol: Symbol, needed: bool, form: str) -> str | None:
        """The value of one parameter as code: a graph, an attribute, a shown variable, or what the question states."""
        folded = name.casefold()
        if folded in SECOND_GRAPH and (needed or len(self.graphs) > 1) and (other := self.graph(form, 1)):
            return other
        if folded in GROUPS and self.groups:
            return self.groups[0]
        if name in self.code.names:
            return name
        attribute = _ATTRIBUTES.get(folded)
        if attribute and self.has_attribute(attribute) and not _is_default(name, attribute, symbol):
            return repr(attribute)
        value = self.stated.value(name, symbol, needed) if not attribute else self.stated.attribute(name)
        if value is not ...:
            return repr(value)
        if (needed or name == "ebunch") and (literal := self._fitting(name, symbol)) is not None:
            return repr(literal)
        says_degrees = re.search(r"degree[ -]sequence|sequence of degrees", self.question)
        if needed and "sequence" in folded and says_degrees:
            graph = self.graph("networkx")
            return f"[degree for _, degree in {graph}.degree()]" if graph else None
        return None

    def _fitting(self, name: str, symbol: Symbol) -> Any:
        """A value that the question shows and whose kind is what the documentation says of a parameter."""
        kind = f"{parameter_type(name, symbol)} {parameter_doc(name, symbol)}".casefold()
        free = [x.value for x in self.stated.values if x.start not in self.used and "expect" not in x.name.casefold()]
        labels = set(self.stated.labels)
        fits = []
        for value in free:
            flat = isinstance(value, (list, tuple, set)) and all(isinstance(item, (int, str)) for item in value)
            groups = isinstance(value, (list, tuple)) and all(isinstance(item, (list, tuple, set)) for item in value)
            pairs = groups and all(len(item) == 2 for item in value)
            if name == "ebunch" and isinstance(value, tuple) and len(value) == 2 and set(value) <= labels:
                fits.append([value])
                continue
            of_nodes = flat and set(value) <= labels
            if (
                (of_nodes and re.search(r"\bnodes\b|vertices|nbunch", kind))
                or (groups and re.search(r"partition|communit|blocks|groups|iterable of (?:sets|lists)", kind))
                or (pairs and name == "ebunch")
                or (isinstance(value, dict) and re.search(r"\bdict|mapping", kind))
            ):
                fits.append(value)
        if len(fits) == 1 or (fits and all(value == fits[0] for value in fits)):
            return fits[0]
        same = sum(p[0] in ("S", "T", "s", "t") for p in symbol.parameters or ())
        return fits[int(name in ("T", "t"))] if len(fits) == 2 and same == 2 and name in ("S", "T", "s", "t") else None

    def _ends_named(self, name: str) -> bool:
        """Whether the question speaks of two nodes, or of one to start from, while this optional argument is one."""
        if name in ("u", "v", "source", "target", "s", "t"):
            said = re.sub(r"\bedges? (?:between|from)\b", "", self.stated.asked)
            return (
                re.search(r"\bbetween (?:node )?['\"\dA-Z]|\bfrom (?:node )?['\"\dA-Z].{1,60}\bto\b", said) is not None
            )
        return name == "root" and re.search(r"\broot|\bstart", self.question) is not None

    def _lone_literal(self) -> Any:
        """The one value of the question that is neither a graph nor said to be expected."""
        free = [x for x in self.stated.values if x.start not in self.used and "expect" not in x.name.casefold()]
        distinct = [x for at, x in enumerate(free) if x.value not in [y.value for y in free[:at]]]
        return distinct[0].value if len(distinct) == 1 and distinct[0].value else None


def _is_default(name: str, value: str, symbol: Symbol) -> bool:
    return f"{name}='{value}'" in symbol.signature


def takes_graph(symbol: Symbol) -> bool:
    """Whether the first parameter is a graph, by its name or its documentation."""
    if not symbol.parameters:
        return False
    first = symbol.parameters[0][0]
    if first == "create_using":
        return False
    return first.casefold() in GRAPH_NAMES or "graph" in parameter_type(first, symbol).casefold()


def _networkx_lines(name: str, given: Given, directed: bool) -> list[str]:
    kind = "nx.DiGraph" if directed else "nx.Graph"
    pairs: list[Any] = [(u, v, about) if about else (u, v) for u, v, about in given.edges]
    lines = [f"{name} = {kind}({pairs!r})"]
    ends = {end for u, v, _ in given.edges for end in (u, v)}
    if any(node not in ends for node in given.nodes):
        lines.append(f"{name}.add_nodes_from({given.nodes!r})")
    for attribute, values in given.said_of_nodes.items():
        lines.append(f"nx.set_node_attributes({name}, {values!r}, {attribute!r})")
    if given.features:
        lines += [f"for node, feature in {given.features!r}.items():", f"    {name}.nodes[node]['feature'] = feature"]
    return lines


def _igraph_lines(name: str, given: Given, directed: bool) -> list[str]:
    pairs = [(u, v) for u, v, _ in given.edges]
    if all(isinstance(label, int) and label >= 0 for label in given.labels):
        count = f"n={max(given.labels) + 1}, " if given.nodes and given.labels else ""
        lines = [f"{name} = ig.Graph({count}edges={pairs!r}, directed={directed})"]
    else:
        lines = [f"{name} = ig.Graph.TupleList({pairs!r}, directed={directed})"]
    for attribute in given.attributes:
        lines.append(f"{name}.es[{attribute!r}] = {[about.get(attribute) for *_, about in given.edges]!r}")
    return lines
