"""Graphs that a story gives by a generator: which one it speaks of, and the numbers that it gives it.

"A Barabási–Albert graph of 1000 nodes, each tied to 3 others", "the 10th generation of the
dorogovtsev_goltsev_mendes_graph", "K(2,3)". A generator whose parameters are not all given makes no graph here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agents.programs.literals import WORDS, Spoken, numbers_in, parsed
from agents.programs.parameters import alternatives, counted_noun, parameter_doc, parameter_type
from agents.programs.stated import Stated
from agents.programs.symbols import Symbol

# spoken families whose names differ from their functions', spelled as they are often misspelled: library -> function
SPOKEN: tuple[tuple[str, dict[str, str]], ...] = (
    (
        r"\berd\w{0,4}s?[\W_]{0,3}r?\w{0,3}nyi\b|\bER (?:model|graph|network)s?\b",
        {
            "networkx": "networkx.erdos_renyi_graph",
            "igraph": "igraph.Graph.Erdos_Renyi",
            "graspologic": "graspologic.simulations.er_np",
        },
    ),
    (
        r"\bstochastic[ -]block[ -]?model|\bSBM\b",
        {"networkx": "networkx.stochastic_block_model", "graspologic": "graspologic.simulations.sbm"},
    ),
    (
        r"\bbarab\w{0,4}[\W_]{0,3}albert\b|\bBA (?:model|graph|network)s?\b|\bpreferential attachment (?:model|graph)",
        {"networkx": "networkx.barabasi_albert_graph", "igraph": "igraph.Graph.Barabasi"},
    ),
    (
        r"\bwatts[\W_]{0,3}strogatz\b|\bsmall[- ]world (?:model|graph|network)",
        {"networkx": "networkx.watts_strogatz_graph", "igraph": "igraph.Graph.Watts_Strogatz"},
    ),
    (r"\bk[- ]regular graph", {"networkx": "networkx.random_regular_graph", "igraph": "igraph.Graph.K_Regular"}),
    (
        r"\bcomplete bipartite graph|\bK_?\{?\(?\d+, ?\d+\)?",
        {"networkx": "networkx.complete_bipartite_graph", "igraph": "igraph.Graph.Full_Bipartite"},
    ),
    (r"\bcomplete graph|\bK_?\d+\b", {"networkx": "networkx.complete_graph", "igraph": "igraph.Graph.Full"}),
    (
        r"\bcycle graph|\bring graph|\b(?:cycle|ring) (?:with|of) \d+|\bC_?\d+\b",
        {"networkx": "networkx.cycle_graph", "igraph": "igraph.Graph.Ring"},
    ),
    (r"\bstar graph", {"networkx": "networkx.star_graph", "igraph": "igraph.Graph.Star"}),
    (r"\bpath graph|\bP_?\d+\b", {"networkx": "networkx.path_graph"}),
    (
        r"\bkarate club\b|\bzachary",
        {"networkx": "networkx.karate_club_graph", "igraph": "igraph.Graph.Famous"},
    ),
    (r"\bles mis[eé]rables\b", {"networkx": "networkx.les_miserables_graph"}),
    (r"\bpetersen graph", {"networkx": "networkx.petersen_graph"}),
)
_BY_EDGES = {
    "networkx.erdos_renyi_graph": "networkx.gnm_random_graph",
    "graspologic.simulations.er_np": "graspologic.simulations.er_nm",
}  # where a number of edges is said, and no probability
_SAYS_EDGES = re.compile(r"\b\d+ (?:\w+ )?(?:edges|connections|links)\b", re.IGNORECASE)
_FAMOUS = {"zachary": "Zachary", "petersen": "Petersen"}
_SENTENCE = re.compile(r"[.!?]\s|\n\n")
_BRACKETS = re.compile(
    r"[\w`']*(?: (?:with|and|its|the|params?|parameters?|of|set to)){0,5} ?[A-Z]?_?(\((?:[^()]|\([^()]*\))*\))"
)
_EACH_OTHER = re.compile(r"\b(?:others?|existing|edges? (?:to|from)|attach\w*|links? (?:to|with))\b", re.IGNORECASE)


def spoken_generators(
    question: str, library: str, find: Callable[[str], Symbol | None]
) -> list[tuple[int, Symbol, tuple[int, ...]]]:
    """(place, generator, sizes in its very name) for the families that a question speaks of, in its order."""
    found = []
    taken: list[tuple[int, int]] = []
    for pattern, functions in SPOKEN:
        name = functions.get(library) or functions.get("networkx", "")
        if _SAYS_EDGES.search(question) and "probab" not in question.casefold():
            name = _BY_EDGES.get(name, name)
        matches = list(re.finditer(pattern, question, re.IGNORECASE))
        sized = [match for match in matches if re.search(r"\d", match[0])]
        for match in sized or matches:
            symbol = find(name)
            if symbol is None or any(start <= match.start() < end for start, end in taken):
                continue
            sizes = tuple(int(number) for number in re.findall(r"\d+", match[0]))
            if re.match(r"[KCP]_?\{?\(?\d", match[0]) and not match[0][0].isupper():
                continue
            taken.append((match.start(), match.end() + 8))
            found.append((match.start(), replace(symbol, name=name), sizes))
            if not sizes:
                break
    return sorted(found, key=lambda one: one[0])


def igraph_families(question: str, members: Mapping[str, Symbol]) -> list[tuple[int, Symbol, tuple[int, ...]]]:
    """igraph's own generators that the question says by name: "a lattice", "a star graph", `Graph.Tree`."""
    found = []
    for short, symbol in members.items():
        if symbol.kind != "static" or not short[0].isupper() or short.startswith(("Read", "From")) or len(short) < 4:
            continue
        words = re.escape(short).replace("_", "[ _-]")
        match = re.search(rf"\bGraph\.{short}\b|\b{words}[ -](?:graph|network|structure)\b", question, re.IGNORECASE)
        if match is not None:
            found.append((match.start(), symbol, ()))
    return sorted(found, key=lambda one: one[0])


def generator_arguments(
    symbol: Symbol, stated: Stated, at: int, sizes: tuple[int, ...] = ()
) -> tuple[list[tuple[str, Any]], list[str]]:
    """(arguments by name, names of those that the text does not give) for a generator that stands at a place."""
    parameters = [(name, kind, needed) for name, kind, needed in symbol.parameters or () if kind not in (2, 4)]
    needed = [name for name, _, required in parameters if required]
    bracketed = _in_brackets(stated.question, at, len(needed), len(parameters))
    if bracketed is not None:
        in_order = list(zip([name for name, *_ in parameters], bracketed, strict=False))
        return [*in_order, *_seed(parameters, in_order, stated)], []
    if sizes and len(sizes) == len(needed):
        return list(zip(needed, sizes, strict=True)), []
    numbers = _near(stated.question, at)
    given: list[tuple[str, Any]] = []
    lacking = []
    for name in needed:
        value = stated.value(name, symbol) if len(name) > 1 or re.search(rf"(?<!\w){name} ?=", stated.question) else ...
        shape = _SHAPE.search(f"{parameter_type(name, symbol)} {parameter_doc(name, symbol)}")
        if shape is not None and "," not in shape[1].rstrip(", ") and (sizes_each := _each(stated.question)):
            given.append((name, sizes_each))
            continue
        if shape is not None and (value is ... or isinstance(value, (int, float))):
            value = _array(stated, deep="," in shape[1].rstrip(", "))
            if value is not ...:
                given.append((name, value))
                continue
        if re.search(r"sequence|list|iterable", parameter_type(name, symbol)):
            lists = [x.value for x in stated.values if isinstance(x.value, (list, tuple)) and x.value]
            value = next((x for x in lists if all(isinstance(item, int) for item in x)), value)
        if value is ...:
            value = _pick(name, symbol, numbers, stated.question)
        if value is ...:
            lacking.append(name)
        else:
            given.append((name, value))
    choices = alternatives(symbol)
    if any(name in choices for name, _ in given):
        lacking = [name for name in lacking if name not in choices]
    for name, _, required in parameters:
        if not required and name not in ("seed", "create_using") and (value := stated._named(name)) is not ...:
            given.append((name, value))
    return [*given, *_seed(parameters, given, stated)], lacking


_SHAPE = re.compile(r"\b(?:array|ndarray|list)[- ]?(?:like)?[^\n]*?shape:? ?\(([^)]*)\)", re.IGNORECASE)


def _each(question: str) -> list[int]:
    """The sizes of "two blocks of 20 nodes each", "3 communities with 15 vertices each"."""
    count = rf"(?P<count>\d+|{'|'.join(WORDS)})"
    match = re.search(
        rf"\b{count} (?:\w+ )?(?:blocks|communities|groups|clusters) (?:of|with|,? each (?:of|with|containing|having)) "
        r"(?P<size>\d+) \w+(?: each| apiece)?",
        question,
        re.IGNORECASE,
    )
    return [int(match["size"])] * int(numbers_in(match["count"])[0].value) if match is not None else []


def _array(stated: Stated, *, deep: bool) -> Any:
    """The one list of numbers, or of rows, that the question shows."""
    lists = [x.value for x in stated.values if isinstance(x.value, list) and x.value]
    fits = [x for x in lists if all(isinstance(item, list if deep else (int, float)) for item in x)]
    return fits[0] if fits and all(other == fits[0] for other in fits) else ...


def _in_brackets(question: str, at: int, least: int, most: int) -> tuple[Any, ...] | None:
    """The arguments that stand in brackets behind a generator's name: "gnp_random_graph with params (100, 0.1)"."""
    match = _BRACKETS.match(question, at)
    values = parsed(match[1]) if match is not None else None
    if values is None:
        return None
    listed = values if isinstance(values, tuple) else (values,)
    plain = all(isinstance(value, (int, float, list)) for value in listed)
    return listed if plain and least <= len(listed) <= most and listed else None


def _near(question: str, at: int) -> list[Spoken]:
    """The numbers of the generator's sentence and the two behind it, then of the one before it."""
    ends = [match.end() for match in _SENTENCE.finditer(question)]
    behind = [end for end in ends if end > at]
    before = [0, *(end for end in ends if end <= at)]
    stop = behind[min(2, len(behind) - 1)] if behind else len(question)
    numbers = [n for n in numbers_in(question, before[-1], stop) if not _is_no_size(question, n)]
    numbers.sort(key=lambda n: n.start < at)  # what stands behind the name first
    if numbers or len(before) < 2:
        return numbers
    return numbers_in(question, before[-2], before[-1])


def _is_no_size(question: str, number: Spoken) -> bool:
    """Whether a number is a year, or the "one" of "each new one"."""
    if not question[number.start].isdigit():
        return number.value in (0, 1)
    return isinstance(number.value, int) and 1900 <= number.value <= 2035


def _pick(name: str, symbol: Symbol, numbers: list[Spoken], question: str) -> Any:
    """The number nearest in kind to what a parameter means, which is then used up."""
    about = parameter_doc(name, symbol).casefold()
    share = name in ("p", "prob", "q") or "probab" in about
    noun = counted_noun(name, symbol) or ("nodes" if name in ("n", "num_nodes", "nodes") else "")
    fits = [n for n in numbers if (n.share or isinstance(n.value, float)) == share]
    if share:
        fits = fits or [n for n in numbers if n.value in (0, 1)]
    elif "attach" in about:
        fits = [n for n in fits if _EACH_OTHER.search(question[n.end : n.end + 60])] or fits
    elif noun == "edges":
        fits = [n for n in fits if re.match(r" (?:\w+ )?(?:edge|connection|link|tie)", question[n.end :], re.I)] or fits
    elif noun:
        stem = (
            r"node|vert|point|friend|person|people|member|plot" if noun in ("nodes", "vertices") else noun.rstrip("s")
        )
        fits = [n for n in fits if re.match(rf" (?:[\w-]+ ){{0,3}}(?:{stem})", question[n.end :], re.I)] or fits
    if not fits:
        return ...
    numbers.remove(fits[0])
    return fits[0].value


def _seed(
    parameters: list[tuple[str, int, bool]], given: list[tuple[str, Any]], stated: Stated
) -> list[tuple[str, Any]]:
    takes = any(name == "seed" for name, *_ in parameters) and all(name != "seed" for name, _ in given)
    return [("seed", 42 if stated.seed is None else stated.seed)] if takes else []


def famous(question: str) -> str:
    """igraph's name of the well-known graph that the question speaks of, "" for none."""
    said = question.casefold()
    return next((name for word, name in _FAMOUS.items() if word in said), "Zachary" if "karate" in said else "")
