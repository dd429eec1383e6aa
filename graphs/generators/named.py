"""Find the graph that a text names: "the Petersen graph", "K3,3", "cycle graph with 8 nodes", "a 5x4 grid"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from graphs.errors import BadArgument
from graphs.generators import families
from graphs.generators.classics import ALIASES, CLASSICS
from graphs.generators.sized import COLLECTIONS, FAMILIES
from graphs.generators.sizes import Sizes, read_sizes
from graphs.graph import Graph

NAMES: tuple[str, ...] = tuple(sorted([*FAMILIES, *CLASSICS]))

_PLAIN_WORDS = frozenset((
    "path", "line", "star", "cycle", "ring", "cyclic", "complete", "wheel", "ladder", "house", "diamond", "bull",
    "cube", "grid", "lattice", "kite", "claw", "paw", "utility", "butterfly", "bowtie", "gray", "empty", "null",
    "prism", "crown", "windmill", "barbell", "torus", "davis", "karate",
)) | {"balanced tree", "bow tie", "binomial tree"}  # fmt: skip
_GENERIC_AFTER = re.compile(
    r"['’]?[\s-]{1,2}(?:problems?|theor\w+|algorithms?|famil\w+|class\w*|definitions?|below|above|given|described|"
    r"shown|where|among|that|which|in which|defined|consisting|formed|embedding|neural|"
    r"(?:with|whose)\s(?:the\s|its\s|a\s)?(?:nodes|vertices|edges|cent(?:er|re)|hub|leaves|labels|weights|root))",
    re.IGNORECASE,
)
_NOT_THIS = frozenset((
    "any", "every", "each", "no", "some", "all", "this", "that", "these", "those", "following", "given", "above",
    "what", "which", "our", "your", "shortest", "longest", "hamiltonian", "eulerian",
))  # fmt: skip
_KIND_ASKED = frozenset((
    "is", "are", "it", "this", "that", "graph", "be", "been", "as", "like", "not", "contain", "contains",
    "containing", "form", "forms", "called", "becomes", "become", "has", "have", "whether", "into", "g", "was",
))  # fmt: skip
_SYMBOL = re.compile(
    r"(?<![\w{])(?:(?P<two>K)_?(?:\{\s?(?P<braced>\d{1,9}(?:\s?,\s?\d{1,9}){1,5})\s?\}|(?P<flat>\d{1,9}(?:,\d{1,9}){1,5}))"
    r"|(?P<one>[KCPQWS])(?P<mark>_?)(?:\{(?P<in>\d{1,9})\}|(?P<n>\d{1,9})))(?![\w,]*\w)"
)
_SYMBOLS = {"K": "complete", "C": "cycle", "P": "path", "Q": "hypercube", "W": "wheel", "S": "star"}
_CONVENTION = {
    "W": "took W_{0} as the wheel with {0} nodes in all, hub included",
    "S": "took S_{0} as the star with {0} leaves",
}


@dataclass(frozen=True)
class _Found:
    """A name in a text: the span of the name with its sizes, and how to build the graph."""

    start: int
    end: int
    length: int
    build: Callable[[], Graph]


@cache
def _aliases() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One pattern for every spelling, longest first, and from spelling to (name, mark)."""
    spellings: dict[str, tuple[str, str]] = {}
    for name in NAMES:
        more = FAMILIES[name].aliases if name in FAMILIES else ALIASES.get(name, ())
        for alias in (name, *more):
            mark = alias[0] if alias[0] in "!#" else ""
            if mark or alias not in spellings:
                spellings[alias.lstrip("!#")] = (name, mark)
    words = sorted(spellings, key=len, reverse=True)
    parts = [re.escape(word).replace(r"\ ", r"[\s_-]{1,2}") for word in words]
    suffix = r"(?P<suffix>(?:[\s_-]{1,2}social)?[\s_-]{1,2}(?:graphs?|networks?|trees?)(?![a-z]))?"
    return re.compile(rf"(?<![\w-])(?P<name>{'|'.join(parts)}){suffix}(?![^\W_])", re.IGNORECASE), spellings


def find_named_graph(text: str, collection: str | None = None) -> tuple[Graph, int, int] | None:
    """The graph that the text names and the half-open span [start, end) of its name with the sizes; None when none.

    The longest name wins, then the first. Case, hyphens and underscores don't matter. Names that are common words
    ("path", "star", "house") count only with "graph" or "tree" behind and where no kind of graph is meant
    ("the path graph problem", "is this a star graph?"). A size that the text does not give is an assumption of the
    graph. `collection` as in `named_graph`.

    Raises:
        BadArgument, TooLarge: the text gives sizes that the family does not have.

    >>> find_named_graph("What is the radius of the Petersen graph?")
    (Graph(10 nodes, 15 edges, undirected), 26, 40)
    """
    found = find_named_graphs(text, collection)
    return max(found, key=lambda item: (item[3], -item[1]))[:3] if found else None


def find_named_span(text: str) -> tuple[int, int] | None:
    """Where the text names a graph, as `find_named_graph` says, without making the graph."""
    found = max(_found(text, {}), key=lambda one: (one.length, -one.start), default=None)
    return None if found is None else (found.start, found.end)


def find_named_graphs(text: str, collection: str | None = None) -> list[tuple[Graph, int, int, int]]:
    """Every named graph of the text in its order: (graph, start, end, length of the name alone)."""
    if collection is not None and collection not in COLLECTIONS:
        raise BadArgument(f"no collection {collection!r} of named graphs; there is {', '.join(COLLECTIONS)}")
    special = COLLECTIONS[collection] if collection else {}
    return [(one.build(), one.start, one.end, one.length) for one in _found(text, special)]


def _found(text: str, special: dict[str, Callable[[], Graph]]) -> list[_Found]:
    """The names of graphs in the text's order, the longer of two that overlap."""
    found: list[_Found] = []
    for one in sorted([*_by_name(text, special), *_by_symbol(text)], key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def named_graph(name: str, collection: str | None = None) -> Graph:
    """The graph of a name: "petersen", "petersen_graph", "K5", "cycle graph with 8 nodes".

    `collection="toolformer"` selects the definitions of Graph-ToolFormer, whose "ladder graph" is the full 3-ary tree
    on 7 nodes; plain names mean what the field means.

    Raises:
        BadArgument: no graph of that name; the message offers close ones.
        TooLarge: over two million edges.
    """
    plain = " ".join(name.replace("_", " ").split()) if not re.search(r"_\{?\d", name) else name.strip()
    for text in (plain, f"the {plain} graph", f"the graph {plain}"):
        hit = find_named_graph(text, collection)
        if hit and hit[2] - hit[1] >= len(plain) - len("the "):
            return hit[0]
    close = get_close_matches(plain.lower().removesuffix(" graph"), NAMES, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else "NAMES lists the known ones"
    raise BadArgument(f"no graph is named {name[:60]!r} (or its sizes are missing); {hint}")


def _by_name(text: str, special: dict[str, Callable[[], Graph]]) -> list[_Found]:
    pattern, spellings = _aliases()
    found = []
    for match in pattern.finditer(text):
        spelled = re.sub(r"[\s_-]+", " ", match["name"].lower())
        name, mark = spellings[spelled]
        sizes = read_sizes(text, match.start(), match.end()) if name in FAMILIES else Sizes(match.start(), match.end())
        noun = bool(match["suffix"]) or spelled.endswith("tree")
        if not (noun or mark == "!" or (mark == "#" and sizes)) or (match["suffix"] or "").endswith("s"):
            continue
        build = special.get(name) if not sizes else None
        build = build or (CLASSICS[name] if name in CLASSICS else _sized(name, sizes))
        if build and (sizes or not _speaks_of_kind(text, match, spelled)):
            found.append(_Found(sizes.start, sizes.end, match.end() - match.start(), build))
    return found


def _sized(name: str, sizes: Sizes) -> Callable[[], Graph] | None:
    family = FAMILIES[name]
    given = family.read(sizes) if sizes else None
    if given is not None:
        return lambda: family.build(*given)
    if sizes or family.default is None:
        return None

    def build() -> Graph:
        graph = family.build(*(family.default or ()))
        graph.assumptions += (f"took the {graph.name}: the text gives no size",)
        return graph

    return build


def _speaks_of_kind(text: str, match: re.Match[str], spelled: str) -> bool:
    """Whether the words around the name speak of a kind of graph, or of another graph, and not of this one."""
    common = spelled in _PLAIN_WORDS
    if common and _GENERIC_AFTER.match(text, match.end()):
        return True
    before = re.findall(r"[\w']+", text[max(0, match.start() - 60) : match.start()].lower())
    article = before.pop() if before and before[-1] in ("a", "an", "the") else ""
    last = before[-1] if before else ""
    if common and last in _NOT_THIS and article != "the":
        return True
    return article in ("a", "an") and last in _KIND_ASKED


def _by_symbol(text: str) -> list[_Found]:
    """K5, K_{3,3}, C_8, P4, Q3, W6, S7; a lone letter and number only where it cannot be the name of a node."""
    found = []
    crowded = len(re.findall(r"(?<!\w)[A-Z]\d+(?!\w)", text)) > 1
    for match in _SYMBOL.finditer(text):
        letter = match["two"] or match["one"]
        sizes = tuple(int(part) for part in (match["braced"] or match["flat"] or match["in"] or match["n"]).split(","))
        near = re.search(
            r"\b(?:graph|cycle|path|hypercube|wheel|star|cube)\s$",
            text[max(0, match.start() - 12) : match.start()],
            re.IGNORECASE,
        )
        after = re.match(r"\s(?:graph|cycle|path)\b", text[match.end() : match.end() + 8], re.IGNORECASE)
        if match["one"] and not (near or after or match["mark"] or match["in"]):
            is_node = re.search(
                r"\b(?:node|vertex|from|to|between|and|or|of)\s$", text[max(0, match.start() - 9) : match.start()]
            )
            if letter != "K" or crowded or is_node:
                continue
        start = match.start() - (len(near.group()) if near else 0)
        end = match.end() + (after.end() if after else 0)
        found.append(_Found(start, end, end - start, _symbol_builder(letter, sizes)))
    return found


def _symbol_builder(letter: str, sizes: tuple[int, ...]) -> Callable[[], Graph]:
    if len(sizes) > 1:
        return lambda: families.complete_bipartite_graph(*sizes)
    family = FAMILIES[_SYMBOLS[letter]]

    def build() -> Graph:
        graph = family.build(*sizes)
        if letter in _CONVENTION:
            graph.assumptions += (_CONVENTION[letter].format(*sizes),)
        return graph

    return build
