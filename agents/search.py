"""The search agent: documentation of the installed libraries, and experience, for a question that needs a program.

Names come first: a question that says "use the SLPA algorithm" or `label_propagation` is answered by the symbol of that
name, not by the page whose words are nearest. Words (BM25, optionally re-ranked by sentence embeddings) fill the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.programs.documentation import Documentation
from agents.programs.symbols import Symbol, fold
from agents.state import Context, State

LIMIT = 5  # symbols handed to a model
NAMED = 8  # symbols that a question may name
BRIEF = 320  # characters of each
_QUOTED = re.compile(r"`([^`\n]{2,60})`|'([A-Za-z_]\w{2,40})[.,]?'|\"([A-Za-z_]\w{2,40})[.,]?\"")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.][A-Za-z0-9]+)*(?:-[A-Za-z0-9]+)*")
_CODED = re.compile(r"_|[a-z0-9][A-Z]|[A-Z]{2}|\.[A-Za-z]")  # written as a program writes names
_KINDS = (
    r"(?:function|method|algorithm|model|class|sampler|estimator|measure|score|coefficient|index|centrality|layout|"
    r"embedding|community detection|approach)(?:e?s)?\b"
)
_OF_LIBRARY = re.compile(
    r"\b(networkx|igraph|cdlib|graspologic|karateclub|littleballoffur)(?:['’]s|\.)[ `'\"]?(\w{3,40})\b", re.IGNORECASE
)  # "igraph's decompose"
_CALLED = re.compile(r"((?:\w+ ){1,3}\w+) (?:function|method|api|routine)\b", re.IGNORECASE)
_KIND = re.compile(rf"\s*{_KINDS}|\s+(?:and|or|versus|vs\.?)\s+(?:the\s+)?\w+\s+{_KINDS}", re.IGNORECASE)
# classes that a library's documentation is asked about, but whose names are everyday words
_EVERYDAY = frozenset(
    "graph graphs node nodes edge edges network networks path paths tree print set list data result results value get "
    "community communities cluster clusters layout plot draw function method model class example number neighbors "
    "degree name names label labels weight weights cover match max min mean sum sort read write create generate "
    "items seed level load clustering is following given subgraph".split()
)
# a library's own, but not by these names alone
_NO_NAME_ALONE = _EVERYDAY - frozenset("cluster degree neighbors".split()) | frozenset(
    "own built community python documentation api main version library package greedy fast standard default "
    "implementation algorithms tools toolbox toolkit arsenal functions methods module com org net".split()
)
# every program uses these, and every model knows them
_SET_THE_SCENE = frozenset(
    "graph digraph multigraph addedge addedges addedgesfrom addnode addnodes addnodesfrom setnodeattributes getgraph "
    "setparams communitydetection isconnected areconnected readgml numberofnodes numberofedges".split()
)


@dataclass(frozen=True)
class Found:
    """What was found.

    named: symbols that the question names. sure: those of them that it writes as a program would (`k_core`). near:
    symbols whose words are near. libraries: those that it names.
    """

    named: tuple[Symbol, ...] = ()
    sure: tuple[Symbol, ...] = ()
    near: tuple[Symbol, ...] = ()
    libraries: tuple[str, ...] = ()

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        return (*self.named, *self.near)

    def briefs(self, limit: int = LIMIT, characters: int = BRIEF) -> str:
        """The symbols as text for a prompt."""
        return "\n".join(symbol.brief(characters) for symbol in self.symbols[:limit])


def find_documentation(
    question: str, documentation: Documentation, *, limit: int = LIMIT, embeddings: bool = False
) -> Found:
    """What the libraries' documentation says on a question.

    embeddings: re-rank what the words find by sentence embeddings (all-MiniLM-L6-v2, extra `search`).
    """
    question = plain_letters(question)
    libraries = libraries_in(question, documentation)
    named = named_in(question, documentation, libraries)
    named += [symbol for symbol in described_as(question, documentation) if symbol not in named]
    named += [symbol for symbol in spoken_in(question, documentation, libraries, named) if symbol not in named]
    said = tuple(dict.fromkeys((*libraries, *(symbol.library for symbol in named))))
    # what the question names is enough when it names several things: near misses mislead a small model
    room = max(0, min(limit - len(named), 4 if not named else 1))
    near: list[Symbol] = []
    if room:
        pool = documentation.matching(question, said, 40 if embeddings else 3 * room + len(named))
        pool = [symbol for symbol in pool if _offered(symbol, False, said)]
        if embeddings:
            pool = reranked(question, pool)
        near = [symbol for symbol in pool if symbol not in named and _likely(symbol, question)][:room]
    written = set(re.findall(r"[A-Za-z_]\w*", question))
    sure = tuple(s for s in named[:NAMED] if s.short in written and _CODED.search(s.short))
    return Found(tuple(named[:NAMED]), sure, tuple(near), libraries)


def plain_letters(text: str) -> str:
    """The text with accents left out, as functions are named: "Prüfer" is `prufer`."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def libraries_in(question: str, documentation: Documentation) -> tuple[str, ...]:
    """The indexed libraries that a question names."""
    words = question.casefold()
    known = documentation.installed["libraries"]
    spellings = {
        "karateclub": r"karateclub(?![ _]?(?:graph|network|data|member))"
        r"|karate ?club (?:library|package|toolkit|framework|module|model|python)",
        "littleballoffur": r"little ?ball ?of ?fur",
    }
    return tuple(name for name in known if re.search(spellings.get(name, rf"\b{name}\b"), words))


def named_in(question: str, documentation: Documentation, libraries: tuple[str, ...] = ()) -> list[Symbol]:
    """The symbols that a question names, in the order of its words; one for each name.

    "label_propagation", "RandomEdgeSampler" and anything in backticks are names; "the Louvain algorithm" and "internal
    edge density" are when a symbol is called so. Where several libraries have the name, a library that the question
    names wins, then the one that most of its other names belong to, then networkx.
    """
    found: dict[str, tuple[list[Symbol], bool]] = {}
    scene: dict[str, tuple[list[Symbol], bool]] = {}
    for name, coded in _names(question):
        key = fold(name)
        if key in found or key in scene:
            continue
        symbols = [s for s in documentation.by_name(name) if _offered(s, coded, libraries)]
        symbols = symbols or _alone_in_igraph(documentation, name, coded)
        if not symbols and not coded and name.count("_") == 1 and len(name) > 10:
            symbols = [s for s in documentation.by_name(f"to_{name}") if _offered(s, coded, libraries)]
        if symbols:
            (scene if key in _SET_THE_SCENE else found)[key] = (symbols, coded)
    for library, name in _OF_LIBRARY.findall(question):
        own = [
            s for s in documentation.by_name(name) if s.library == library.casefold() and _offered(s, True, libraries)
        ]
        if own and fold(name) not in _NO_NAME_ALONE:
            found[fold(name)] = (own, True)
    for run in _CALLED.findall(question):
        for name in ("_".join(run.split()[-length:]) for length in (4, 3, 2)):
            alone = _alone_in_igraph(documentation, name, False, least=1)
            if fold(name) not in found and alone and not any(fold(name) in key for key in found):
                found[fold(name)] = (alone, True)
    found = found or {key: (symbols, coded) for key, (symbols, coded) in scene.items() if coded}
    for key, (_, coded) in list(found.items()):  # "k clique communities" holds "clique"
        if not coded and any(key != other and key in other for other in found):
            del found[key]
    weight = Counter(
        symbols[0].library for symbols, coded in found.values() if coded and len({s.library for s in symbols}) == 1
    )
    return list(dict.fromkeys(_best(symbols, libraries, weight) for symbols, _ in found.values()))


def _alone_in_igraph(documentation: Documentation, name: str, coded: bool, least: int = 2) -> list[Symbol]:
    """igraph's method of a name that no other library has: then igraph is meant. least: underscores that it needs."""
    if coded or name.count("_") < least:
        return []
    symbols = documentation.by_name(name)
    return [s for s in symbols if s.owner == "igraph.Graph"] if all(s.library == "igraph" for s in symbols) else []


def described_as(question: str, documentation: Documentation) -> list[Symbol]:
    """Classes that implement what the question calls by its published name: 'An implementation of "FEATHER-N"'."""
    names = dict.fromkeys(
        m[0] for m in re.finditer(r"\b[A-Z][A-Za-z0-9]*(?:-[A-Z0-9]+)+\b|\b[A-Z][A-Z0-9]{2,}\b", question)
    )
    return [symbol for name in names for symbol in documentation.implementing(name)]


def _likely(symbol: Symbol, question: str) -> bool:
    """Whether most words of the symbol's name are said: a page that shares only everyday words leads a model astray."""
    said = question.casefold()
    parts = [part for part in re.split(r"_|(?<=[a-z0-9])(?=[A-Z])", symbol.short) if len(part) > 2]
    heard = sum(part.casefold()[: max(4, len(part) - 2)] in said for part in parts)
    return bool(parts) and heard >= 0.6 * len(parts)


def spoken_in(
    question: str, documentation: Documentation, libraries: tuple[str, ...], named: list[Symbol]
) -> list[Symbol]:
    """Functions whose names are plain words of the question ("conductance"), of libraries that are already spoken of.

    A name of several words counts when all of its long words are said, in any order.
    """
    owners = tuple(dict.fromkeys((*libraries, *(symbol.library for symbol in named))))
    words = {word.casefold() for word in re.findall(r"[A-Za-z]{4,}", question)}
    words |= {word.removesuffix("s") for word in words}
    taken = {fold(symbol.short) for symbol in named}
    found = []
    for symbol in documentation.functions([name for name in owners if name != "networkx" or len(owners) == 1]):
        parts = [part for part in symbol.short.casefold().split("_") if len(part) > 3]
        short = symbol.short.casefold()
        plain = len(parts) == 1 and short == parts[0] and len(short) > 6 and short not in _EVERYDAY
        if (plain or len(parts) > 2) and set(parts) <= words and fold(short) not in taken | _SET_THE_SCENE:
            found.append(symbol)
    for symbol in documentation.classes([name for name in owners if name in ("graspologic", "karateclub")]):
        parts = [part[:5] for part in re.split(r"(?<=[a-z])(?=[A-Z])", symbol.short)]
        spoken = r"(?<![A-Za-z])" + r"[a-z]*[\W_]{1,2}".join(map(re.escape, parts)) + r"[a-z]*(?![A-Za-z])"
        if len(parts) > 1 and fold(symbol.short) not in taken and re.search(spoken, question, re.IGNORECASE):
            found.append(symbol)  # "Laplacian spectral embedding" is LaplacianSpectralEmbed
    return found[:4]


def _offered(symbol: Symbol, coded: bool, libraries: tuple[str, ...]) -> bool:
    """Whether a name may mean this symbol. Methods, and igraph as a whole, need to be named as code or by library."""
    if ".utils." in symbol.name and symbol.library == "igraph":
        return False
    if symbol.kind == "attribute" or symbol.owner.endswith(
        (".GraphBase", ".VertexSeq", ".EdgeSeq", ".Vertex", ".Edge")
    ):
        return False
    if symbol.library == "igraph":
        return coded or "igraph" in libraries
    if symbol.owner:
        return coded and symbol.library in libraries
    return coded or symbol.name.count(".") <= 2


def _names(question: str) -> list[tuple[str, bool]]:
    """Words and runs of words that may be names, and whether each is written as a program writes it."""
    names: list[tuple[str, bool]] = []
    for match in _QUOTED.finditer(question):
        inner = next(group for group in match.groups() if group).split("(")[0].rpartition(".")[2]
        if fold(inner) not in _EVERYDAY:
            names.append((inner, True))
    words = list(_WORD.finditer(question))
    for at, match in enumerate(words):
        last = match[0].rpartition(".")[2]
        if _CODED.search(match[0]) or fold(last) not in _EVERYDAY and _KIND.match(question, match.end()):
            names.append((last, True))
        elif re.fullmatch(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)+", last):
            names.append((last, False))  # "Girvan-Newman"
        if last.endswith("ies") and _KIND.match(question, match.end()) is None and len(last) > 6:
            names.append((last[:-3] + "y", False))
        for length in (4, 3, 2):
            run = words[at : at + length]
            gaps = [question[a.end() : b.start()] for a, b in zip(run, run[1:])]
            if len(run) == length and all(gap in (" ", "\n") for gap in gaps):
                names.append(("_".join(w[0] for w in run), False))
    return names


def _best(symbols: list[Symbol], libraries: tuple[str, ...], weight: Mapping[str, int]) -> Symbol:
    def rank(symbol: Symbol) -> tuple[int, int, bool, int, int]:
        said = libraries.index(symbol.library) if symbol.library in libraries else len(libraries)
        plain = symbol.library != "networkx"
        return said, -weight.get(symbol.library, 0), plain, symbol.name.count("."), len(symbol.name)

    return min(symbols, key=rank)


def reranked(question: str, symbols: list[Symbol]) -> list[Symbol]:
    """The symbols, nearest meaning first.

    Raises:
        SearchUnavailable: the extra `search` is not installed.
    """
    from agents.embedding import similarities

    texts = [f"{symbol.short.replace('_', ' ')}. {symbol.doc[:400]}" for symbol in symbols]
    scores = similarities(question, texts)
    order = sorted(range(len(symbols)), key=lambda i: -scores[i])
    return [symbols[i] for i in order]


def search(state: State, context: Context) -> dict[str, Any]:
    """The search agent. Reads reading, text; writes what was found, under `found`, into its step of the trace."""
    question = state.reading.question if state.reading is not None and state.reading.question else state.text
    return {"found": find_documentation(question, Documentation())}
