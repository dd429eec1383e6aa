"""Arguments of a tool from what a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from agents.routing.language import concept, concepts, stem
from agents.routing.mentions import Mention, Mentions, Quantity
from agents.routing.told_values import told
from graphs.graph import Graph
from tools import answers
from tools.registry import Parameter, Tool

# Families whose figures use the weights of a weighted graph unless the question says otherwise.
WEIGHTED_FAMILIES = frozenset(
    "paths constrained_paths path_lists distances eccentricity trees steiner tours hamilton".split()
)
WEIGHTED_TOOLS = frozenset(
    (
        "is_closer",
        "next_hops",
        "nodes_within_distance",
        "nodes_at_distance",
        "longest_path_dag",
        "dag_longest_path",
        "critical_path",
        "minimum_cost_flow",
        "total_weight",
    )
)
CHEAPEST = re.compile(
    r"\b(?:cheapest|lightest|(?:least|minimum|minimal|lowest|smallest)[- ](?:weight|cost|length|price|"
    r"distance)|least expensive)\b",
    re.IGNORECASE,
)
EDGES_OF_SHORTEST = re.compile(r"\bhow many edges\b.{0,30}\bshortest (?:path|route|way)\b", re.IGNORECASE)
UNWEIGHTED = re.compile(
    r"\bunweighted\b|\b(?:in|by|counted in|measured in) (?:edges|hops|steps|links)\b|\bhops?\b|\bnumber of "
    r"(?:edges|steps|links|roads|flights|streets|legs)\b|\bignor\w+ (?:the )?(?:edge )?weights?\b|"
    r"\bfewest (?:edges|stops|steps|links|hops|roads|flights|streets|legs|connections|changes)\b|"
    r"\bhow many (?:edges|steps|links)\b|\bwithout (?:the )?weights\b",
    re.IGNORECASE,
)
# Steps that are counted beside a node: "within 2 hops", "three edges away", "friends of friends".
STEPS = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|k)[- ](?:hops?|edges?|steps?|links?|jumps?|moves?|connections?|handshakes?|"
    r"friends?|stops?)\b|\bfriends? of\b|\bneighbou?rs? of (?:the |its |their )?neighbou?rs?\b",
    re.IGNORECASE,
)
HINTS: dict[str, tuple[str, ...]] = {
    "k": ("k", "top", "most", "best", "first", "core", "coloured", "color", "colour", "part", "group", "communit"),
    "damping": ("damp", "factor", "alpha", "d"),
    "iterations": ("iterat",),
    "layers": ("layer",),
    "radius": ("radius", "within", "hop", "distanc", "step"),
    "distance": ("within", "hop", "distanc", "step"),
    "cutoff": ("within", "hop", "distanc", "step", "length"),
    "max_length": ("hop", "atmost", "most"),
    "min_length": ("length", "atleast", "least", "less"),
    "length": ("length", "edge", "hop", "step"),
    "time": ("tim", "timestamp", "t", "moment", "year", "day"),
    "at": ("tim", "timestamp", "t", "moment", "year", "day", "at"),
    "start": ("from", "between", "after", "period"),
    "end": ("to", "and", "until", "before"),
    "seed": ("seed",),
    "weight": ("weight", "cost", "length"),
    "size": ("size",),
    "degree": ("degre",),
    "count": ("count",),
}
_SECOND = re.compile(
    r"\bother\b|\bsecond\b|\bboth\b|\btwo (?:graphs|networks)\b|\bsub-?graph|\bpattern\b|\b[GH](?:['’′]|\d|"
    r"_)|\bG and H\b|\bisomorph|"
    r"\bcontain|\bgraphs\b|\bnetworks\b|\beach other\b|\bsame\b",
    re.IGNORECASE,
)
NUMERIC = ("int", "float", "time")
OPERATOR_WORDS = {
    "<": r"<(?!=)|\b(?:less|fewer|smaller|lower|under|below)\b", "<=": r"<=|≤|\bat most\b",
    ">": r">(?!=)|\b(?:more|greater|larger|higher|over|above)\b", ">=": r">=|≥|\bat least\b",
    "=": r"(?<![<>!])=|\bequals?\b|\bexactly\b", "==": r"==|\bequals?\b|\bexactly\b", "!=": r"!=|≠|\bnot equal\b",
}  # fmt: skip

COMPARING = {"more": {"morethan"}, "less": {"lessthan"}, "at_least": {"atleast"}, "at_most": {"atmost"}}
COMPARING_SIGNS = {
    "more": r"\b(?:longer|heavier|larger|bigger|greater|higher|farther|further|older|slower|dearer|costlier|"
    r"more expensive) than\b|>(?!\s*=)|\b(?:above|over|exceed\w*|beyond)\b",
    "less": r"\b(?:shorter|lighter|smaller|lower|cheaper|faster|younger|"
    r"less expensive) than\b|<(?!\s*=)|\b(?:below|under)\b",
    "at_least": r">\s*=|≥|\bor (?:more|higher|greater|above|larger)\b|\bminimum of\b",
    "at_most": r"<\s*=|≤|\bor (?:less|fewer|lower|below|smaller)\b|\bup to\b|\bmaximum of\b",
}
ORIENTED = {"in": {"in-degre", "incom"}, "out": {"out-degre", "outgo"}}  # stems that choose a direction
NEITHER = re.compile(r"!=|≠|\bother than\b|\bdiffer\w* from\b|\bnot (?:equal|of|exactly)\b", re.IGNORECASE)


@dataclass
class Binding:
    """The arguments found for one tool, and how well they fit."""

    arguments: dict[str, Any] = field(default_factory=dict)
    missing: list[Parameter] = field(default_factory=list)
    spare_nodes: int = 0
    spare_quantities: list[Quantity] = field(default_factory=list)
    evidence: float = 0.0  # how much the arguments themselves speak for the tool
    spare_numbers: int = 0  # numbers that may be nodes, taken by no argument
    spare: list[Mention] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)
    assumptions: list[str] = field(default_factory=list)


class Binder:
    """Binds the arguments of any tool for one question; what depends on the question alone is worked out once."""

    def __init__(self, question: str, mentions: Mentions, graphs: Sequence[Graph]) -> None:
        self.question = question
        self.low = question.casefold()
        self.mentions = mentions
        self.graphs = graphs
        self.ideas = frozenset(concepts(mentions.skeleton))
        graph = graphs[0] if graphs else None
        self.edge_names = graph.edge_attribute_names() if graph is not None else []
        self.node_names = graph.node_attribute_names() if graph is not None else []
        self.labels = (
            {str(value).casefold() for _, value in graph.nx.nodes(data="label") if value is not None}
            if graph is not None and "label" in self.node_names
            else set()
        )
        self.names = graph.names if graph is not None else {}

    def bind(self, tool: Tool, slots: Sequence[str] = (), numbers: Sequence[str] = ()) -> Binding:
        """Arguments for `tool`.

        slots: its parameters in the order in which a like question names them.
        numbers: its numeric parameters that a like question names, whether required or not.
        """
        if given := self._told(tool):
            begun = Binding(given)
            for values in given.values():
                begun.assumptions.append(f"told of the nodes: {', '.join(f'{n}: {v}' for n, v in values.items())}")
                words = {str(value) for value in values.values()}
                begun.explained |= {idea for word in words for idea in (concept(word), stem(word)) if idea}
            return self._without(given)._bind(tool, slots, numbers, begun)
        return self._bind(tool, slots, numbers, Binding())

    def _bind(self, tool: Tool, slots: Sequence[str], numbers: Sequence[str], found: Binding) -> Binding:
        self._bind_nodes(tool, slots, found)
        spare = [q for q in self.mentions.quantities]
        for parameter in tool.parameters:
            if parameter.name not in found.arguments:
                self._bind_other(tool, parameter, spare, found)
        wanted = [
            p
            for p in tool.parameters
            if p.kind in NUMERIC and p.name not in found.arguments and (p.required or p.name in numbers)
        ]
        if "weight" in self.edge_names and tool.family in WEIGHTED_FAMILIES and not _weighable(tool):
            found.assumptions.append("every edge counts 1: this tool does not use the weights")
        self._bind_leftover_number(wanted, spare, found)
        self._bind_spare_nodes(wanted, found)
        found.missing = [p for p in tool.parameters if p.required and p.name not in found.arguments]
        found.spare_numbers = sum(1 for m in found.spare if not m.strong and str(m.node).isdecimal())
        taken = {(q.number, q.near[:1]) for q in self.mentions.quantities if q not in spare}
        found.spare_quantities = [q for q in spare if q.firm and (q.number, q.near[:1]) not in taken]
        return found

    def _told(self, tool: Tool) -> dict[str, Any]:
        """The parameter that takes what the question tells of each node, with it; empty where there is none."""
        for parameter in tool.parameters:
            if parameter.kind == "labels" and len(self.mentions.nodes) > (parameter.name != "mapping"):
                values = told(parameter.name, self.question, self.mentions)
                if values:
                    return {parameter.name: values}
        return {}

    def _without(self, given: dict[str, Any]) -> Binder:
        """The same question without the nodes of which something is told, and the numbers that are told of them."""
        rest = copy(self)
        named = {node for values in given.values() for node in values}
        numbers = {value for values in given.values() for value in values.values()}
        rest.mentions = replace(
            self.mentions,
            nodes=tuple(m for m in self.mentions.nodes if m.node not in named),
            quantities=tuple(q for q in self.mentions.quantities if q.number not in numbers),
            unknown=(),
        )
        return rest

    # -- nodes

    def _bind_nodes(self, tool: Tool, slots: Sequence[str], found: Binding) -> None:
        single = [p for p in tool.parameters if p.kind == "node"]
        many = [p for p in tool.parameters if p.kind in ("nodes", "pairs")]
        required = [p for p in single if p.required]
        mentions = list(self.mentions.nodes)
        strong = [m for m in mentions if m.strong]
        if len(strong) >= len(required) and (strong or not many):
            mentions = strong or (mentions if single else [])
        by_name = {p.name: p for p in single}
        order = [s for s in slots if s in by_name] + [p.name for p in single if p.name not in slots]
        takers = [name for name in order if by_name[name].required or name in slots]
        takers += [name for name in order if name not in takers]
        left = list(mentions)
        if many and not required:
            left = self._bind_many(many, left, found)
        elif many:
            grouped = [m for m in left if m.group >= 0]
            rest = [m for m in left if m.group < 0]
            if len(rest) >= len(required) and grouped:
                self._bind_many(many, grouped, found)
                left = rest
        several = len(takers) > 1 or bool(many)
        for name in list(takers):
            match = next((m for m in left if m.role and m.role == name), None)
            if match is not None and len(left) > 1 and several:
                found.arguments[name] = match.node
                left.remove(match)
                takers.remove(name)
        for name in takers:
            if not left:
                break
            found.arguments[name] = left.pop(0).node
        if len(single) == 2 and not required and sum(p.name in found.arguments for p in single) == 1:
            found.evidence -= 0.3  # one end of a pair that is named whole or not at all
        if many and left:
            left = self._bind_many([p for p in many if p.name not in found.arguments], left, found)
        used = {str(n) for v in found.arguments.values() for n in (_flat(v) if isinstance(v, list) else (v,))}
        if len(used) > 1:
            found.explained.add("eachother")  # "do Ann and Bob know each other?"
        found.spare = [m for m in self.mentions.nodes if str(m.node) not in used]
        found.spare_nodes = sum(1 for m in found.spare if m.strong)

    def _bind_many(self, many: Sequence[Parameter], left: list[Mention], found: Binding) -> list[Mention]:
        lists = [p for p in many if p.kind == "nodes"]
        if len(lists) == 2:
            cut = next((n for n, m in enumerate(left) if n and m.role == "target"), None)
            if cut is not None:
                for parameter, part in zip(lists, (left[:cut], left[cut:])):
                    found.arguments[parameter.name] = [m.node for m in part]
                return []
        for parameter in many:
            if not left:
                break
            if parameter.kind == "nodes":
                found.arguments[parameter.name] = [m.node for m in left]
                found.evidence -= 0.1 * (len(left) == 1 and left[0].group < 0)  # one node is hardly a list
                if len(left) == 2:  # two are rather the ends of something, surely so "from … to …"
                    found.evidence -= 0.1 if any(m.role for m in left) else 0.05 * (left[0].group < 0)
                found.evidence -= 0.2 * any(m.role == "target" for m in left)  # nor is from … to
                left = []
            elif len(left) >= 2 and len(left) % 2 == 0:
                labels = [m.node for m in left]
                found.arguments[parameter.name] = list(zip(labels[::2], labels[1::2]))
                left = []
        return left

    # -- everything else

    def _bind_other(self, tool: Tool, parameter: Parameter, spare: list[Quantity], found: Binding) -> None:
        kind = parameter.kind
        if kind == "attribute":
            self._bind_attribute(tool, parameter, found)
        elif kind == "graph":
            if len(self.graphs) > 1:
                found.arguments[parameter.name] = self.graphs[1]
                found.evidence -= 0.0 if _SECOND.search(self.question) else 0.3
        elif kind == "choice":
            self._bind_choice(parameter, found)
        elif kind == "bool":
            word = concept(parameter.name.split("_")[-1]) or parameter.name
            if word in self.ideas and not parameter.default:
                found.arguments[parameter.name] = True
                found.explained.add(word)
        elif kind in ("int", "float", "time") and parameter.name != "time_limit":
            hints = {stem(word) for word in (*_own_words(parameter.name), *HINTS.get(parameter.name, ()))}
            for quantity in spare:
                if (
                    quantity.near
                    and quantity.near[0] not in hints
                    and quantity.near[0] in self._names_of_others(tool, parameter)
                ):
                    continue  # "edge probability 0.3" is no number of edges
                if hints.intersection(quantity.near) and (kind != "int" or quantity.number.is_integer()):
                    self._take(parameter, quantity, spare, found)
                    found.explained |= {i for i in self.ideas if i in hints}
                    break
        elif kind == "text" and parameter.name == "choices":
            pair = re.search(r"(\w[\w-]*) or (\w[\w-]*)", self.question)
            if pair:
                found.arguments[parameter.name] = f"{pair[1]} or {pair[2]}"
                found.explained |= {i for word in pair.groups() if (i := concept(word)) is not None}
                found.evidence += 0.3 * bool({word.casefold() for word in pair.groups()} & self.labels)

    def _names_of_others(self, tool: Tool, parameter: Parameter) -> set[str]:
        """The stems of the names of the tool's other numeric parameters."""
        return {stem(p.name) for p in tool.parameters if p.kind in NUMERIC and p is not parameter}

    def _bind_leftover_number(self, wanted: list[Parameter], spare: list[Quantity], found: Binding) -> None:
        for parameter, quantity in zip(wanted, list(spare)):
            if parameter.kind != "int" or quantity.number.is_integer():
                found.evidence -= 0.1  # no word beside the number says what it is
                self._take(parameter, quantity, spare, found)

    def _bind_spare_nodes(self, wanted: list[Parameter], found: Binding) -> None:
        """A number that is also a node's label is a number where no node is wanted any more."""
        for parameter in wanted:
            if parameter.name not in found.arguments:
                mention = next(
                    (m for m in found.spare if str(m.node).isdecimal() and (parameter.required or not m.strong)), None
                )
                if mention is not None:
                    found.evidence -= 0.1
                    found.arguments[parameter.name] = int(str(mention.node))
                    found.spare.remove(mention)
                    found.spare_nodes = sum(1 for m in found.spare if m.strong)

    def _take(self, parameter: Parameter, quantity: Quantity, spare: list[Quantity], found: Binding) -> None:
        whole = quantity.number.is_integer()
        found.arguments[parameter.name] = int(quantity.number) if whole else quantity.number
        spare.remove(quantity)

    def _bind_choice(self, parameter: Parameter, found: Binding) -> None:
        best: tuple[int, str, set[str]] | None = None
        for choice in parameter.choices:
            if choice in OPERATOR_WORDS and re.search(OPERATOR_WORDS[choice], self.low):
                best = (1, choice, {"lessthan", "morethan", "atleast", "atmost"})
                continue
            if choice in COMPARING:
                words = COMPARING[str(choice)] & self.ideas
                sign = re.search(COMPARING_SIGNS[str(choice)], self.low)
                if words or sign:
                    best = (1, str(choice), words | set(concepts(sign[0]) if sign else ()))
                continue
            if parameter.name == "direction" and (said := ORIENTED.get(str(choice), set()) & self.ideas):
                best = (1, str(choice), said)
                continue
            words = {concept(w) or stem(w) for w in str(choice).replace("-", "_").split("_") if w}
            if "nod" in words and str(choice) not in self.low:
                continue  # a hub is a node too
            if words and words <= self.ideas and (best is None or len(words) > best[0]):
                best = (len(words), choice, words)
        if best is not None:
            found.arguments[parameter.name] = best[1]
            found.explained |= best[2]

    def _bind_attribute(self, tool: Tool, parameter: Parameter, found: Binding) -> None:
        name = parameter.name
        said_weight = bool({"weight", "capaciti"} & self.ideas)
        if name == "weight":
            named = self._named_attribute(self.edge_names)
            usual = tool.family in WEIGHTED_FAMILIES or tool.name in WEIGHTED_TOOLS
            if self._counts_edges(tool):
                found.explained |= {"weight"} if issubclass(tool.returns, answers.Paths) else {"weight", "hop", "edge"}
                if "weight" in self.edge_names:
                    found.assumptions.append("every edge counts 1, as the question asks for the number of edges")
            elif named:
                found.arguments[name] = named
                found.explained |= {"weight", stem(named)}
            elif "weight" in self.edge_names and (usual or said_weight):
                found.arguments[name] = "weight"
                found.explained |= {"weight", "total"}
                own = self.names.get("weight", "weight")
                if not said_weight:
                    found.assumptions.append(f"lengths are sums of {own} over the edges")
            elif "weight" in self.edge_names and parameter.default is None and not said_weight:
                found.assumptions.append(
                    f"every edge counts 1; ask for the 'weighted' {tool.name.replace('_', ' ')} else"
                )
            elif said_weight and parameter.default is None:
                found.arguments[name] = "weight"  # the tool says that the graph has none
        elif name == "capacity":
            found.explained |= {"capaciti", "weight"}
            if "capacity" in self.edge_names:
                found.arguments[name] = "capacity"
            elif "weight" in self.edge_names:
                found.arguments[name] = "weight"
                if "capaciti" not in self.ideas:
                    found.assumptions.append("the edges' weights are taken as capacities")
        elif name == "time":
            found.explained.add("tim")
        elif name == "text":  # "the text of" names no attribute that is none
            named = self._named_attribute(self.graphs[0].prose_attributes() if self.graphs else ())
            if named:
                found.arguments[name] = named
                found.explained |= {concept(part) or part for part in named.split("_")}
        else:
            prose = set(self.graphs[0].prose_attributes()) if self.graphs and tool.needs == "text" else set()
            others = {p.name for p in tool.parameters if p.kind == "attribute"} - {name}
            places = self.node_names if name == "demand" else [*self.node_names, *self.edge_names]
            named = self._named_attribute(n for n in places if n not in prose | others)
            if named:
                found.arguments[name] = named
                found.explained |= {concept(part) or part for part in named.split("_")}

    def _counts_edges(self, tool: Tool) -> bool:
        """Whether the question measures in edges, whatever they weigh."""
        if tool.family == "neighbours" and STEPS.search(self.question):
            return True
        crossed = CHEAPEST.search(self.question) or EDGES_OF_SHORTEST.search(self.question)
        return UNWEIGHTED.search(self.question) is not None and crossed is None

    def _named_attribute(self, names: Iterable[str]) -> str | None:
        """An attribute that the question calls by its name (or by the user's own column name)."""
        for name in names:
            if name not in ("weight", "capacity", "time") and re.search(rf"\b{re.escape(name.casefold())}\b", self.low):
                return name
        return None


def numbers_of(tool: Tool, slots: Iterable[str]) -> tuple[str, ...]:
    """The slots of a template that are numbers which the tool can do without."""
    return tuple(
        p.name
        for p in tool.parameters
        if p.kind in NUMERIC and not p.required and p.name != "time_limit" and p.name in slots
    )


def _weighable(tool: Tool) -> bool:
    return any(p.name in ("weight", "capacity", "cost") for p in tool.parameters)


def _own_words(name: str) -> list[str]:
    """The words of a parameter's name that may stand beside its number; a bound needs words of its own ("at most")."""
    return [] if name.startswith(("max_", "min_")) else name.split("_")


def _flat(items: Iterable[Any]) -> Iterable[Any]:
    for item in items:
        if isinstance(item, tuple):
            yield from item
        else:
            yield item
