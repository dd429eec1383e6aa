"""The certain router: from the words of a question to one tool, without a model.

Each tool brings its names (`phrases`) and whole questions (`asks`). A question and these templates are reduced to
canonical stems; a template's score is the weighted overlap of the two (harmonic mean of how much of the question it
explains and how much of it the question says), changed by the form of the answer, by arguments that are missing or
left over, and by words that turn a meaning round ("not", "without", "longest"). Stems are weighted by inverse document
frequency over tools (Spärck Jones 1972).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from agents.routing.around import PREPOSITIONS
from agents.routing.binding import Binder, Binding, numbers_of
from agents.routing.forms import Form, form_of, head_of
from agents.routing.language import CRITICAL, NAMES_OF_NUMBERS, stem, tokens
from agents.routing.mentions import Mentions, find_mentions
from agents.routing.templates import SLOT, Template, index, nearest
from graphs.graph import Graph
from tools import answers
from tools.registry import Tool

ORIENTED, UNORIENTED = stem("orientated"), stem("unorientated")
CERTAIN = 0.72  # a score below this is never acted on without asking
SURPLUS = 0.8  # … nor below this when the template says something that the question does not
UNMET = 0.3  # what a tool loses for each thing that the graph is not
_GIVE = re.compile(r"(?:please )?(?:give|show|list|construct|write|name|compute|plan|output)\b", re.IGNORECASE)
SAID = ("int", "float", "time", "choice")  # kinds of arguments that a question names outright
IDEAL_MARGIN = 0.01  # … by this much when its template says exactly what the question says
MARGIN = 0.05  # the best tool must lead the next one by this much
COLLECTIONS = (
    answers.Nodes, answers.Edges, answers.NodeValues, answers.PairValues, answers.Groups, answers.Order,
    answers.Matching, answers.Paths, answers.Cycle, answers.NodeMap,
)  # fmt: skip
_PATHS = re.compile(
    r"\bhow many (?:\w+ )?(?:paths|routes|ways|walks)\b|\bnumber of (?:\w+ )?(?:paths|routes|ways|walks)\b",
    re.IGNORECASE,
)
EDGE_LISTS = (answers.Paths, answers.Sequences, answers.Edges, answers.PairValues, answers.Groups, answers.Number)
NODE_LISTS = (answers.Path, answers.Nodes, answers.NodeValues, answers.Order, answers.NodeAnswer, answers.Number)


NOT_MEASURES = (answers.Truth, answers.Nodes, answers.NodeAnswer, answers.GraphAnswer, answers.Edges, answers.Groups)
_MEASURE = re.compile(r"^(?:how (?:far|long|wide|dense|heavy|expensive|much|high)|what fraction)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"^(?:what|which|who|whom|whose|how|where|when|to (?:what|which|whom)|from (?:what|which|whom)"
    r")\b",
    re.IGNORECASE,
)
_STEPS = re.compile(r"\bhow many (?:hops|steps|edges|links|jumps|moves|handshakes|stops|flights)\b", re.IGNORECASE)
_STEPS_EACH = re.compile(
    r"^how many (?:hops|steps|stops|flights)\b(?=.*\b(?:away|apart|from)\b).*\b(?:every|each)\b", re.IGNORECASE
)
_A_GRAPH = re.compile(r"\b(?:show|output|give|print|list)\b.*\b(?:\w*graph|network|snapshot|tree)\b", re.IGNORECASE)
_WHO = re.compile(r"^(?:who|whom|which (?:nodes|vertices|people|cities))\b", re.IGNORECASE)
# A yes-or-no question that something which can be listed answers: whether there is any.
_WHETHER = re.compile(
    r"\b(?:is|are|was|were) there\b|\bexists?\b|\bpossible\b|\bany\b|\bcontain|\bha(?:s|ve|d)\b|"
    r"^(?:can|could) (?:i|you|we|one|it)\b(?!.*\b(?:every\w*|each|all)\b)",
    re.IGNORECASE,
)
# An amount that is written as a word is never left out; "any two nodes" are no amount.
_AMOUNT = re.compile(
    r"(?<!any )(?<!every )(?<!all )(?<!the )(?<!these )(?<!those )(?<!between )\b(?:two|three|four|five|six|seven|"
    r"eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)(?:teen|ty)|twenty|forty|hundred|thousand|dozen|half|quarter|"
    r"thrice|couple)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:every\w*|each|all)\b", re.IGNORECASE)
_EVERY_OR_ANY = re.compile(r"\b(?:every\w*|each|all|any\w*|both|whole|entire|two|no|none)\b", re.IGNORECASE)


@dataclass
class Candidate:
    """A tool with its arguments and score for one question."""

    tool: Tool
    score: float
    binding: Binding
    template: Template
    unexplained: list[str] = field(default_factory=list)

    @property
    def ideal(self) -> bool:
        """Whether the template says all that the question says and nothing else."""
        return not self.unexplained and not self.surplus and not self.binding.missing and not self.binding.spare_nodes

    surplus: bool = False
    dropped: bool = False  # a word that turns the meaning round stands in the question or the template alone


def candidates(
    question: str, graphs: Sequence[Graph], mentions: Mentions | None = None, form: Form | None = None
) -> list[Candidate]:
    """The tools that most likely answer `question`, best first; without a graph, only tools that make one."""
    named = mentions or find_mentions(question, graphs[0] if graphs else None)
    binder = Binder(question, named, graphs)
    form = form or form_of(question)
    key = (form, *_signature(named, binder))
    ranked = _RANKED.get(key)
    if ranked is None:
        ranked = _rank(binder, form, named)
        if len(_RANKED) >= REMEMBERED:
            _RANKED.clear()
        _RANKED[key] = ranked
    tools = index().tools
    return [
        Candidate(
            tools[r.template.tool],
            r.score,
            binder.bind(tools[r.template.tool], r.slots, numbers_of(tools[r.template.tool], r.template.slots)),
            r.template,
            r.unexplained,
            r.surplus,
            r.dropped,
        )
        for r in ranked
    ]


@dataclass(frozen=True, slots=True)
class _Rank:
    """What is the same for all questions that differ only in which nodes they name."""

    template: Template
    score: float
    slots: tuple[str, ...]
    unexplained: list[str]
    surplus: bool
    dropped: bool


_RANKED: dict[tuple[Hashable, ...], list[_Rank]] = {}
REMEMBERED = 4096
SHORTLIST = 4
WORDING = 0.06  # what the same words in the same order are worth, between templates with the same ideas


def _signature(mentions: Mentions, binder: Binder) -> tuple[Hashable, ...]:
    """Everything about a question that the ranking may depend on."""
    first: dict[str, int] = {}
    nodes = tuple(
        (m.role, m.strong, m.group, str(m.node).isdecimal(), first.setdefault(str(m.node), n))
        for n, m in enumerate(mentions.nodes)
    )
    numbers = tuple((q.near, q.firm, q.place, q.aside, q.number.is_integer()) for q in mentions.quantities)
    graph = binder.graphs[0] if binder.graphs else None
    kind = None if graph is None else graph.directed
    about = (tuple(binder.edge_names), tuple(binder.node_names), tuple(binder.names.items()), frozenset(binder.labels))
    return (mentions.skeleton, nodes, numbers, kind, len(binder.graphs), *about)


def _rank(binder: Binder, form: Form, mentions: Mentions) -> list[_Rank]:
    tools = index().tools
    found: dict[str, list[Candidate]] = defaultdict(list)
    bindings: dict[tuple[str, tuple[str, ...]], Binding] = {}
    for template in nearest(binder.ideas):
        tool = tools[template.tool]
        if tool.takes_graph and not binder.graphs:
            continue
        key = (tool.name, numbers_of(tool, template.slots))
        if key not in bindings:
            bindings[key] = binder.bind(tool, numbers=key[1])
        found[tool.name].append(_score(template, binder.ideas, form, binder, mentions, bindings[key]))
    if binder.graphs and not binder.graphs[0].directed and "strong" not in binder.ideas and "is_connected" in found:
        found.pop("is_strongly_connected", None)  # without directions both ask the same
    ranked = sorted(found.values(), key=lambda of_tool: -max(c.score for c in of_tool))
    said = _sequence(mentions.skeleton)
    rows = []
    for of_tool in ranked[: SHORTLIST + 2]:
        best = max(c.score for c in of_tool)
        close = [(c, _alike(said, c.template.text)) for c in of_tool if c.score > best - WORDING]
        candidate, alike = max(close, key=lambda pair: pair[0].score + WORDING * pair[1])
        slots = candidate.template.slots
        # the same sentence names its arguments in the same order
        slots = slots if alike > 0.9 and len(slots) > 1 else ()
        score = candidate.score + WORDING * alike
        rows.append(
            _Rank(candidate.template, score, slots, candidate.unexplained, candidate.surplus, candidate.dropped)
        )
    return sorted(rows, key=lambda r: -r.score)[:SHORTLIST]


def _alike(said: tuple[str, ...], template: str) -> float:
    return SequenceMatcher(None, said, _sequence(template), autojunk=False).ratio()


@lru_cache(maxsize=8192)
def _sequence(text: str) -> tuple[str, ...]:
    """All words in order, each mark and slot as one, for comparing wordings that have the same ideas."""
    return tuple(t.low for t in tokens(SLOT.sub("Ⓝ", text).replace("Ⓠ", "Ⓝ")) if t.text not in "?.,!")


def _score(
    template: Template, ideas: frozenset[str], form: Form, binder: Binder, mentions: Mentions, binding: Binding
) -> Candidate:
    table = index()
    tool = table.tools[template.tool]
    asked = (ideas - binding.explained) | (ideas & template.ideas)
    spare = list(binding.spare_quantities)
    for quantity in binding.spare_quantities:  # "three nodes", where the template itself says three
        said = binder.question[quantity.start : quantity.end].casefold()
        words = {stem(NAMES_OF_NUMBERS.get(int(quantity.number), "")), stem(said)} & template.ideas
        if (words and quantity.number.is_integer()) or said == "one":
            asked = asked | words
            spare.remove(quantity)
    graph = binder.graphs[0] if binder.graphs else None
    if graph is not None:
        asked = asked - ({ORIENTED if graph.directed else UNORIENTED} - template.ideas)
    shared = asked & template.ideas
    common = table.weigh(shared)
    score = 2 * common / ((table.weigh(asked) + template.weight) or 1.0)
    score += _form_fit(template.form, form, tool, binder.question)
    score -= 0.22 * len((asked - template.ideas) & CRITICAL)
    score -= 0.2 * len((template.ideas - asked - binding.explained) & CRITICAL)
    score -= 0.25 * len(binding.missing) + 0.2 * binding.spare_nodes
    score -= sum(0.05 if quantity.aside else 0.4 for quantity in spare)  # a number that is left over was meant
    score += binding.evidence - 0.25 * binding.spare_numbers
    wanted = sum(1 for p in tool.parameters if p.kind == "node" and p.required)
    if mentions.nodes and tool.takes_graph and wanted == 0 and len(binding.spare) == len(mentions.nodes):
        score -= 0.1  # whatever node the question names, the tool does not ask for it
    if any(p.kind == "node" for p in binding.missing):
        # "each" names no node on purpose
        score -= 0.15 if _EVERY.search(binder.question) else 0.0 if mentions.nodes else 0.1
    if {p.name for p in tool.parameters if p.kind in SAID and not p.required and p.name in template.slots}.difference(
        binding.arguments
    ):
        score -= 0.2  # the template names something that the question does not
    score -= 0.02 * len(ideas - asked)  # explained by an argument alone
    if len(mentions.nodes) == len(template.slots) == 1 == sum(p.kind == "node" for p in tool.parameters):
        roles = {role_of(template.text), mentions.nodes[0].role}  # "from" a node is not "to" it
        score -= 0.0 if len(roles) == 1 else 0.03 if "" in roles else 0.2
    if template.phrase:
        score -= 0.01  # a whole question that fits as well is the better evidence
    if graph is not None:
        score += (0.03 if tool.needs else 0.0) - UNMET * len(tool.unmet(graph))  # the more special tool, if it fits
    if tool.family == "clrs" and "clr" not in ideas:
        score -= 0.4  # the benchmark's own conventions are for those who name it
    listed = form == "yes_no" and not issubclass(tool.returns, answers.Truth)
    if listed and template.form != "yes_no" and _EVERY.search(binder.question):
        score -= 0.3  # that there is one is not that it holds for all
    one_sided = form == "yes_no" and bool(_EVERY.search(binder.question)) != _every(template.text)
    amounts = {stem(match[0]) for match in _AMOUNT.finditer(binder.question)}
    dropped = ((asked - template.ideas) | (template.ideas - asked - binding.explained)) & CRITICAL
    surplus = bool(template.ideas - asked)
    return Candidate(
        tool,
        score,
        binding,
        template,
        sorted(asked - template.ideas),
        surplus,
        bool(dropped) or one_sided or not amounts.isdisjoint(asked - template.ideas),
    )


@lru_cache(maxsize=8192)
def _every(text: str) -> bool:
    return bool(_EVERY.search(text))


@lru_cache(maxsize=8192)
def role_of(template: str) -> str:
    """Whether the words of a template make its slot a source or a target ("to {node}")."""
    before = [t.low for t in tokens(template[: template.find("{")])]
    return PREPOSITIONS.get(before[-1], "") if before else ""


def _form_fit(template: Form, asked: Form, tool: Tool, question: str) -> float:
    returns = tool.returns
    fit = 0.0
    if asked == "yes_no":
        if issubclass(returns, answers.Truth):
            fit += 0.06
        elif issubclass(
            returns, (answers.Number, answers.GraphAnswer, answers.Order, answers.Record, answers.NodeValues)
        ):
            fit -= 0.2
        else:
            fit -= 0.06 if template == "yes_no" or _WHETHER.search(question) else 0.4
    elif asked in ("count", "list", "when", "node") and issubclass(returns, answers.GraphAnswer):
        fit -= 0.4 if template != asked else 0.0
    elif asked in ("count", "list", "when") and issubclass(returns, answers.Truth):
        fit -= 0.3
    elif asked == "count" and _STEPS_EACH.search(question):
        fit += 0.04 if issubclass(returns, answers.NodeValues) else -0.25  # one figure for each node
    elif asked == "count" and issubclass(returns, (answers.NodeValues, answers.PairValues)):
        fit -= 0.3  # how many values there are is never what is meant
    elif asked == "count":
        fit += 0.05 if issubclass(returns, answers.Number) else 0.04 if issubclass(returns, COLLECTIONS) else -0.1
        fit -= 0.2 if issubclass(returns, answers.Path) and _PATHS.search(question) else 0.0  # one path is no count
    elif asked == "node":
        fit += (
            0.08 if issubclass(returns, answers.NodeAnswer) else -0.05 if issubclass(returns, answers.Number) else 0.0
        )
    elif asked == "list":
        fit += 0.03 if issubclass(returns, COLLECTIONS) else -0.02
        fit -= 0.15 if issubclass(returns, answers.Number) and _WHO.match(question) else 0.0
    if asked == "any":  # "bipartite?" asks whether, "make it bipartite" does not
        doubtful = answers.GraphAnswer if question.rstrip().endswith("?") else answers.Truth
        fit -= 0.1 if issubclass(returns, doubtful) else 0.0
        fit -= 0.2 if issubclass(returns, answers.Truth) and _GIVE.match(question) else 0.0
    if issubclass(returns, answers.Truth) and (asked == "node" or (asked == "any" and _OPEN.match(question))):
        fit -= 0.3  # "what" and "which" are not answered by yes or no
    if asked in ("any", "node") and issubclass(returns, NOT_MEASURES) and _MEASURE.match(question):
        fit -= 0.2
    if asked in ("list", "any", "node"):
        head = head_of(question)
        if (head == "nodes" and issubclass(returns, EDGE_LISTS)) or (
            head == "edges" and issubclass(returns, NODE_LISTS)
        ):
            fit -= 0.3
    if asked == "count" and issubclass(returns, (answers.Nodes, answers.NodeAnswer)) and _STEPS.search(question):
        fit -= 0.25
    if asked in ("list", "any") and issubclass(returns, answers.Number) and question.casefold().startswith("which "):
        fit -= 0.15
    if template == "count" and asked != "count":
        fit -= 0.08
    if template == "list" and asked == "any":
        fit -= 0.02
    if template == asked and asked != "any":
        fit += 0.03
    elif "any" not in (template, asked):
        fit -= 0.03
    return fit
