"""Functions that a question describes instead of naming them: by the first sentence of their documentation.

"The fraction of nodes with an internal degree above the median" is how cdlib describes `fraction_over_median_degree`.
This is asked only where the names leave something open: groups that nothing rates, a graph that nothing is asked of.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from agents.programs.documentation import Documentation
from agents.programs.symbols import Symbol

SHARE = 0.72  # of the weight of a description's words that one sentence of the question must say
MARGIN = 0.05  # to the next best
_STOP = frozenset(
    "the and for with this that from are was were you your returns return compute computes calculate calculates given "
    "graph graphs network true false otherwise iff its each has have any all into using which between provided input "
    "algorithm function value values one two not can will score based".split()
)
_ENDINGS = "ically ations ation ities ness ings ing ity ies ed ly es s al e".split()
_SHORT = {"minimum": "min", "maximum": "max", "minimal": "min", "maximal": "max", "mean": "average"}
_TOO_COMMON = frozenset("is_directed is_weighted is_empty is_path is_tree is_simple_path has_path".split())
_PREDICATE = re.compile(r"^(?:is|has)_(.+)$")
ASKS_WHETHER = re.compile(
    r"\b(?:whether|if|check|verify|ascertain|conform\w*|exhibits?|true|evaluat\w*|should be|stands? up)\b"
    r"|^(?:is|are|does|do|can|could|would|will)\b.*\?"
    r"|^(?!.*\b(?:what|which|who|whose|where|how)\b).*\b(?:is|are) (?:it|this|the|our|they)\b.*\?",
    re.IGNORECASE,
)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def stems(text: str) -> list[str]:
    """The telling words of a text without their endings."""
    words = re.findall(r"[a-z]{3,}", text.casefold())
    return [_stem(_SHORT.get(word, word)) for word in words if word not in _STOP]


def _sentences(symbol: Symbol) -> list[str]:
    """The first two sentences of the docstring, which say what a function is for."""
    head = symbol.doc.split("\n\nParameters", 1)[0].split(":param", 1)[0].replace("\n", " ")
    return re.split(r"(?<=[a-zA-Z)])\.(?:\s|$)", head)[:2]


def described(question: str, candidates: Sequence[Symbol]) -> Symbol | None:
    """The one candidate whose documentation a sentence of the question says nearly in full, if one stands out."""
    told = [
        (symbol, set(stems(text)) - set(stems(symbol.short.replace("_", " "))))
        for symbol in candidates
        for text in _sentences(symbol)
    ]
    common = Counter(word for _, words in told for word in words)
    weight = {word: math.log(1 + len(told) / count) for word, count in common.items()}
    sentences = [set(stems(part)) for part in re.split(r"(?<=[.!?])\s+|\n+", question)]
    shares: dict[Symbol, float] = {}
    for symbol, words in told:
        whole = sum(weight[word] for word in words)
        if len(words) < 3 or not whole:
            continue
        best = max((sum(weight[word] for word in words & said) for said in sentences), default=0.0)
        shares[symbol] = max(shares.get(symbol, 0.0), best / whole)
    scored = sorted(((share, symbol.name, symbol) for symbol, share in shares.items()), reverse=True, key=_by_share)
    if not scored or scored[0][0] < SHARE:
        return None
    return scored[0][2] if len(scored) == 1 or scored[0][0] - scored[1][0] >= MARGIN else None


def _by_share(one: tuple[float, str, Symbol]) -> tuple[float, str]:
    return one[:2]


def spelled_out(question: str) -> str:
    """The question with the field's abbreviations in full: "DAG" is a directed acyclic graph."""
    return _ABBREVIATED.sub(lambda match: f"{_IN_FULL[match[1]]}{match[2]}", question)


_IN_FULL = {
    "DAG": "directed acyclic graph",
    "MST": "minimum spanning tree",
    "BFS": "breadth-first search",
    "DFS": "depth-first search",
    "SCC": "strongly connected component",
    "TSP": "traveling salesman problem",
}
_ABBREVIATED = re.compile(rf"\b({'|'.join(_IN_FULL)})(s?)\b")


def asked_property(question: str, documentation: Documentation, library: str = "networkx") -> Symbol | None:
    """The yes-or-no function, or igraph's method, whose property is asked after: "is the sample biconnected?"."""
    question = spelled_out(question)
    shape = re.search(r"\b(?:is|are|forms?)\b[^.?!]{0,60}?\ba (tree|forest)\b", question)
    if shape is not None and library != "igraph":
        return documentation.find(f"networkx.is_{shape[1]}")
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", question)]
    said = [stems(part) for part in sentences if ASKS_WHETHER.search(part)]
    found = []
    igraph = library == "igraph"
    known = documentation.members("igraph.Graph").values() if igraph else documentation.functions(("networkx",))
    for symbol in known:
        match = _PREDICATE.match(symbol.short)
        if match is None or symbol.short in _TOO_COMMON or not (symbol.parameters or igraph):
            continue
        wanted = [_stem(word) for word in match[1].casefold().split("_") if word not in _STOP]
        runs = [part[at : at + len(wanted)] for part in said for at in range(len(part) - len(wanted) + 1)]
        if wanted and wanted in runs and len(match[1]) > 5:
            found.append((len(wanted), len(match[1]), -symbol.name.count("."), symbol.name, symbol))
    return max(found)[4] if found else None


_FORMATS = "graphml gml pajek edgelist adjlist gexf lgl ncol dot leda dimacs".split()


def file_wanted(question: str, documentation: Documentation, library: str) -> Symbol | None:
    """The function that writes a graph in the format in which the question wants it saved."""
    for name in _FORMATS:
        said = name.replace("list", " ?list").replace("adj list", "adj(?:acency)?[ _]?list")
        if re.search(rf"\b(?:sav|export|writ|stor|archiv)\w+\b[^.?!]{{0,80}}\b{said}\b", question, re.IGNORECASE):
            return documentation.find(f"{'igraph.Graph' if library == 'igraph' else 'networkx'}.write_{name}")
    return None


def existing(question: str, symbol: Symbol, documentation: Documentation) -> Symbol:
    """`has_X` for `X` where the question asks whether there is any: "are there any bridges?"."""
    has = documentation.find(f"networkx.has_{symbol.short}") if symbol.library == "networkx" else None
    name = re.escape(symbol.short.replace("_", " "))
    asks = (
        rf"\b(?:if|whether|are|is|does|do)\b[^.?!]{{0,80}}\b(?:any|contains?|has|have|exist\w*)\b[^.?!]{{0,20}}{name}"
    )
    return has if has is not None and re.search(asks, question, re.IGNORECASE) else symbol


def normalized(question: str, symbol: Symbol, documentation: Documentation) -> Symbol:
    """`nf1` for `f1` where the question asks for the normalized score."""
    where, _, short = symbol.name.rpartition(".")
    same = documentation.find(f"{where}.n{short}")
    said = rf"\bnormali[sz]ed {re.escape(short.replace('_', ' '))}\b"
    return same if same is not None and re.search(said, question, re.IGNORECASE) else symbol


def counted(question: str, symbol: Symbol, documentation: Documentation) -> Symbol:
    """`number_connected_components` for `connected_components` where the question asks how many there are."""
    name = re.escape(symbol.short.replace("_", " "))
    asks = rf"\b(?:number of|count(?:ing)?|how many) (?:the |its |all )?(?:\w+ )?{name}"
    if symbol.library != "networkx" or re.search(asks, question, re.IGNORECASE) is None:
        return symbol
    found = (documentation.find(f"networkx.{lead}{symbol.short}") for lead in ("number_", "number_of_"))
    return next((one for one in found if one is not None), symbol)


_ASKED = re.compile(
    r"\b(?:comput\w*|calculat\w*|find|determin\w*|print|report|evaluat\w*|measur\w*|obtain|get|give|show|assess\w*|tell|"
    r"what (?:is|are)|what['’]s|which|its|their|list|identify|output|return|know) "
    r"(?P<words>(?:(?!(?:of|for|from|in|on|with|by|to|between|that|using)\b)[\w-]+,? ?){1,7})",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    "graph graphs edges nodes vertices degree degrees neighbors neighbours subgraph union compose number order level "
    "power build convert relabel path paths between their which where network networks center's reverse "
    "copy delete write read layout simplify rewire summary add similarity efficiency constraint".split()
)


def asked_for(question: str, documentation: Documentation, library: str) -> list[Symbol]:
    """The functions of one word that the question asks for: "report its density", "the center and the periphery"."""
    story = re.sub(r"```.*?(?:```|\Z)", " ", question, flags=re.DOTALL)
    found: dict[str, Symbol] = {}
    for match in _ASKED.finditer(story):
        for word in re.findall(r"[a-z]{5,}", match["words"].casefold()):
            for name in (word, word.removesuffix("s"), word.removesuffix("ies") + "y", word.removesuffix("es")):
                if name in _NO_NAMES or len(name) < 5:
                    continue
                places = ("igraph.Graph",) if library == "igraph" else ("networkx", "networkx.community")
                symbol = next(filter(None, (documentation.find(f"{place}.{name}") for place in places)), None)
                if symbol is not None and symbol.kind in ("function", "method") and symbol.parameters is not None:
                    found.setdefault(symbol.name, symbol)
                    break
    return list(found.values())


def only_word(question: str, documentation: Documentation, library: str) -> list[Symbol]:
    """The function, or igraph's method, whose one-word name the question says, where it says just one such word."""
    words = dict.fromkeys(re.findall(r"\b[a-z]{6,}\b", question.casefold()))
    place = "igraph.Graph" if library == "igraph" else "networkx"
    named = [documentation.find(f"{place}.{word}") for word in words if word not in _NO_NAMES]
    found = [s for s in named if s is not None and s.kind in ("function", "method") and s.parameters is not None]
    found = [s for s in found if s.parameters or s.owner]
    return found if len(found) == 1 else []


def other_groupings(question: str, documentation: Documentation) -> list[Symbol]:
    """cdlib's algorithms of one word in a question that compares two: "louvain against angel"."""
    proper = {word.casefold() for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", question)}
    words = dict.fromkeys(word.casefold() for word in re.findall(r"[A-Za-z][a-z]{3,}", question))
    likely = (word for word in words if word in proper or word not in _WORDS_ANYWAY)
    found = (documentation.find(f"cdlib.algorithms.{word}") for word in likely)
    return [symbol for symbol in found if symbol is not None and symbol.kind == "function"]


def methods_of_a_kind(question: str, documentation: Documentation) -> list[Symbol]:
    """igraph's methods named without their kind: "the multilevel algorithm" is `community_multilevel`."""
    found = []
    for symbol in documentation.members("igraph.Graph").values():
        kind, _, rest = symbol.short.partition("_")
        said = re.escape(rest).replace("_", "[ _-]")
        if kind == "community" and re.search(rf"\b{said}[\"'`]? (?:{_A_KIND})\b", question, re.IGNORECASE):
            found.append(symbol)
    return found


_A_KIND = "algorithm|method|approach|procedure|technique|communit(?:y|ies)|clustering|detection|optimi[sz]ation"
_WORDS_ANYWAY = frozenset("belief coach scan tiles spectral eigenvector core paris splitter".split())
