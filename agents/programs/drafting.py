"""Programs that need no model: where a question names the functions and states their arguments, the call is evident.

"Use the louvain function of cdlib on karate.gml with resolution 0.8 and compute the internal edge density" names
everything that its program needs. A draft is complete when every function that the question names has its graph and its
required arguments; only then does it run by itself. An incomplete one shows the model how the calls look.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agents.programs.documentation import Symbol

_GRAPH_NAMES = frozenset("g graph g_original gr graph1 network".split())
_COMMUNITIES = frozenset("communities community coms clustering partition".split())
_PARTITIONS = ("first_partition", "second_partition")
_LITERAL = (
    r"(?P<value>\[[^\[\]]*\]|\([^()]*\)|'[^'\n]{1,60}'|\"[^\"\n]{1,60}\"|[-+]?\d+(?:\.\d+)?(?:e-?\d+)?|True|False|None)"
)
_PAIRS = re.compile(r"\[\s*(?:\(\s*[^()]+?,\s*[^()]+?\)\s*,?\s*)+\]")
_END = r"(?:(?:node|vertex|vertices|nodes|point|station)s? )?(?P<{}>'[^'\n]{{1,40}}'|\"[^\"\n]{{1,40}}\"|\d+)"
_TWO_ENDS = (
    re.compile(
        r"\b(?:between|from|of nodes|of) " + _END.format("one") + r" (?:and|to) " + _END.format("other"), re.IGNORECASE
    ),
)
_FIRST_END, _SECOND_END = ("source", "u", "s", "node1"), ("target", "v", "t", "node2")
_NOT_ASKED = frozenset("seed random_state backend".split())
# functions of a program's trimming, not steps that a question asks for
_SKIPPED = frozenset("networkx.circular_layout networkx.spring_layout networkx.planar_layout".split())


@dataclass
class Draft:
    """A program made from the question's own words. missing: what it could not fill in, in words; complete without."""

    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    steps: int = 0

    @property
    def complete(self) -> bool:
        return self.steps > 0 and not self.missing

    @property
    def code(self) -> str:
        return "\n".join(self.lines)


def draft(question: str, named: Sequence[Symbol], *, has_graph: bool) -> Draft:
    """A program that calls the named functions in the order of the question.

    has_graph: whether the variable `graph` will exist; else the question's one list of pairs, or the generator that it
    names, makes the graph.
    """
    made = _Maker(question, has_graph, named)
    order = sorted(named, key=lambda symbol: (_rank(symbol), made.position(symbol)))
    for symbol in order:
        made.add(symbol)
    return made.finished()


def _rank(symbol: Symbol) -> int:
    """What has to come first: the graph, a sample of it, communities, then everything else."""
    if symbol.makes_graph and not _takes_graph(symbol):
        return 0
    if symbol.library == "littleballoffur":
        return 1
    return 2


def _takes_graph(symbol: Symbol) -> bool:
    first = symbol.parameters[0][0].casefold() if symbol.parameters else ""
    return first in _GRAPH_NAMES


class _Maker:
    def __init__(self, question: str, has_graph: bool, named: Sequence[Symbol]) -> None:
        self.question = question
        self.needs_arcs = any(symbol.takes_arcs for symbol in named)
        self.igraph = any(symbol.owner == "igraph.Graph" for symbol in named)
        self.draft = Draft()
        self.imports: dict[str, None] = {}
        self.has_graph = has_graph
        self.communities: list[str] = []
        self.later: list[Symbol] = []
        if not has_graph:
            self._graph_from_pairs()

    def position(self, symbol: Symbol) -> int:
        match = re.search(r"[\W_]*".join(map(re.escape, re.split(r"_", symbol.short))), self.question, re.IGNORECASE)
        return match.start() if match else len(self.question)

    def _graph_from_pairs(self) -> None:
        """The question's one list of pairs as the graph; two lists may be two graphs, and then neither is taken."""
        found = list(dict.fromkeys(match[0] for match in _PAIRS.finditer(self.question)))
        if len(found) != 1:
            return
        try:
            pairs = ast.literal_eval(found[0])
        except (ValueError, SyntaxError):
            return
        if not all(len(pair) == 2 and not isinstance(pair[1], (dict, tuple)) for pair in pairs):
            return
        directed = self.needs_arcs or re.search(r"\bdirected\b", self.question, re.IGNORECASE) is not None
        if self.igraph and not all(isinstance(end, int) for pair in pairs for end in pair):
            return
        if self.igraph:
            self._import("import igraph as ig")
            self.draft.lines.append(f"graph = ig.Graph(edges={pairs!r}, directed={directed})")
        else:
            self._import("import networkx as nx")
            self.draft.lines.append(f"graph = nx.{'DiGraph' if directed else 'Graph'}({pairs!r})")
        self.has_graph = True

    def _import(self, line: str) -> None:
        self.imports[line] = None

    # -- one symbol

    def add(self, symbol: Symbol) -> None:
        if symbol.name in _SKIPPED or symbol.parameters is None:
            if symbol.parameters is None:
                self.draft.missing.append(f"the arguments of {symbol.name}")
            return
        if symbol.library == "networkx" and symbol.kind == "function":
            self._networkx(symbol)
        elif symbol.name.startswith("cdlib.algorithms."):
            self._find_communities(symbol)
        elif symbol.name.startswith("cdlib.evaluation."):
            self.later.append(symbol)
        elif symbol.library == "littleballoffur" and symbol.kind == "class":
            self._sample(symbol)
        elif symbol.library == "karateclub" and symbol.kind == "class":
            self._embed(symbol)
        elif symbol.owner == "igraph.Graph" and symbol.kind == "method":
            self._igraph(symbol)
        else:
            self.draft.missing.append(f"how to use {symbol.name}")

    def _networkx(self, symbol: Symbol) -> None:
        self._import("import networkx as nx")
        name = "nx" + symbol.name.removeprefix("networkx")
        if symbol.makes_graph and not _takes_graph(symbol):
            if self.has_graph:
                return  # the named graph is the one at hand
            arguments = self._after_name(symbol) if any(needed for *_, needed in symbol.parameters or ()) else ""
            if arguments is None:
                self.draft.missing.append(f"the parameters of {symbol.name}")
                return
            self.draft.lines.append(f"graph = {name}({arguments})")
            self.has_graph = True
            return
        call = self._call(name, symbol)
        self._print(symbol, call)

    def _after_name(self, symbol: Symbol) -> str | None:
        """The arguments that stand in brackets behind a generator's name: "gnp_random_graph with params (100, 0.1)"."""
        start = self.position(symbol)
        match = re.compile(
            r"[\w`']*(?: (?:with|and|its|the|params?|parameters?|of|set to)){0,5} ?(\((?:[^()]|\([^()]*\))*\))"
        ).match(self.question, start)
        if match is None:
            return None
        try:
            values = ast.literal_eval(match[1])
        except (ValueError, SyntaxError):
            return None
        listed = values if isinstance(values, tuple) else (values,)
        most = [name for name, kind, _ in symbol.parameters or () if kind in (0, 1)]
        needed = [name for name, kind, required in symbol.parameters or () if required]
        if not len(needed) <= len(listed) <= len(most):
            return None
        extra = (
            ", seed=42" if "seed" in dict.fromkeys(n for n, *_ in symbol.parameters or ()) and len(listed) < 3 else ""
        )
        return ", ".join(map(repr, listed)) + extra

    def _find_communities(self, symbol: Symbol) -> None:
        self._import("from cdlib import algorithms, evaluation")
        variable = f"coms{len(self.communities) + 1}"
        call = self._call(f"algorithms.{symbol.short}", symbol)
        self.draft.lines.append(f"{variable} = {call}")
        self.communities.append(variable)
        self.draft.steps += 1

    def _evaluate(self, symbol: Symbol) -> None:
        names = [name for name, _, needed in symbol.parameters or () if needed]
        if set(_PARTITIONS) <= set(names):
            if len(self.communities) < 2:
                self.draft.missing.append(f"the second communities that {symbol.name} compares")
                return
            call = f"evaluation.{symbol.short}({self.communities[0]}, {self.communities[1]})"
        elif not self.communities:
            self.draft.missing.append(f"the communities that {symbol.name} rates")
            return
        else:
            call = f"evaluation.{symbol.short}(graph, {self.communities[0]})"
        self.draft.lines.append(f"print({call}.score)")
        self.draft.steps += 1

    def _sample(self, symbol: Symbol) -> None:
        self._import("import networkx as nx")
        self._import(f"from littleballoffur import {symbol.short}")
        arguments = ", ".join(self._arguments(symbol, 0))
        if not self.has_graph:
            self.draft.missing.append("the graph to sample from")
        self.draft.lines += [
            "graph = nx.convert_node_labels_to_integers(nx.Graph(graph))",
            f"graph = {symbol.short}({arguments}).sample(graph)",
        ]
        self.draft.steps += 1

    def _embed(self, symbol: Symbol) -> None:
        self._import("import networkx as nx")
        self._import(f"from karateclub import {symbol.short}")
        if not self.has_graph:
            self.draft.missing.append(f"the graph for {symbol.name}")
        if re.search(r"\bfeature|\battribute|\bgraphs\b", self.question, re.IGNORECASE):
            self.draft.missing.append("the features or graphs to embed")
        self.draft.lines += [
            f"model = {symbol.short}({', '.join(self._arguments(symbol, 0))})",
            "model.fit(nx.convert_node_labels_to_integers(graph))",
            "print(model.get_embedding())",
        ]
        self.draft.steps += 1

    def _igraph(self, symbol: Symbol) -> None:
        if not self.has_graph:
            self.draft.missing.append("the igraph graph")
        arguments = ", ".join(self._arguments(symbol, 0))
        self._print(symbol, f"graph.{symbol.short}({arguments})")

    def _print(self, symbol: Symbol, call: str) -> None:
        if symbol.short.startswith(("draw", "write", "plot", "layout")):
            self.draft.missing.append(f"what {symbol.name} shows or writes")
        lines = self.draft.lines
        for line in [f"print({call})"]:
            if line not in lines:
                lines.append(line)
                self.draft.steps += 1

    # -- arguments

    def _call(self, name: str, symbol: Symbol) -> str:
        first = 1 if _takes_graph(symbol) else 0
        if first and not self.has_graph:
            self.draft.missing.append(f"the graph for {symbol.name}")
        return f"{name}({', '.join([*(['graph'] if first else []), *self._arguments(symbol, first)])})"

    def _end(self, name: str) -> str | None:
        """The one of two nodes that an argument is, where the question names one pair: "from 'A' to 'D'"."""
        pairs = {(m["one"], m["other"]) for pattern in _TWO_ENDS for m in pattern.finditer(self.question)}
        if len(pairs) != 1 or name not in (*_FIRST_END, *_SECOND_END):
            return None
        one, other = pairs.pop()
        return one if name in _FIRST_END else other

    def _ends_named(self, name: str) -> bool:
        """Whether the question speaks of two nodes, or of one to start from, while this optional argument is one."""
        if name in ("u", "v", "source", "target", "s", "t"):
            return re.search(r"\bbetween\b|\bfrom\b.{1,60}\bto\b", self.question) is not None
        return name == "root" and re.search(r"\broot|\bstart", self.question) is not None

    def _arguments(self, symbol: Symbol, skip: int) -> Iterator[str]:
        """name=value for the parameters that the question states; what is required and not stated is missing."""
        for name, kind, needed in (symbol.parameters or ())[skip:]:
            if kind in (2, 4) or name in ("backend", "backend_kwargs"):
                continue
            value = self._stated(name) or self._end(name)
            if value is not None:
                yield f"{name}={value}"
            elif (needed and name not in _COMMUNITIES) or self._ends_named(name):
                self.draft.missing.append(f"the argument {name} of {symbol.name}")

    def _stated(self, name: str) -> str | None:
        """The value that the question gives a parameter: "theta to 1", "mode='out'", "20 nodes" for number_of_nodes."""
        spoken = r"[\s_]+".join(map(re.escape, name.split("_")))
        if len(name) > 1 and name not in _NOT_ASKED:
            is_ = r"[`'\"]?\s*(?:parameter |value )?(?:=|:|is|as|to|of|at|equals?|set to|to be)?\s*"
            pattern = rf"(?<![\w.]){spoken}{is_}{_LITERAL}"
            match = re.search(pattern, self.question, re.IGNORECASE)
        else:
            match = re.search(rf"(?<![\w.]){re.escape(name)}\s*(?:=|\bto\b|\bis\b|\bas\b)\s*{_LITERAL}", self.question)
        if match is None and name in ("number_of_nodes", "number_of_edges"):
            match = re.search(rf"(?P<value>\d+) (?:\w+ )?{name.rpartition('_')[2]}", self.question)
        if match is None:
            return None
        text = match["value"].strip()
        try:
            return repr(ast.literal_eval(text))
        except (ValueError, SyntaxError):
            return None

    def finished(self) -> Draft:
        for symbol in self.later:
            self._evaluate(symbol)
        if self.communities and not any("print(" in line for line in self.draft.lines):
            self.draft.lines.append(f"print({self.communities[0]}.communities)")
        text = "\n".join(self.draft.lines)
        if "print(" not in text and self.draft.steps:
            self.draft.missing.append("what is wanted of the sample")
            self.draft.lines += ["print(list(graph.nodes))", "print(list(graph.edges))"]
        self.draft.lines = [*self.imports, *self.draft.lines]
        return self.draft
