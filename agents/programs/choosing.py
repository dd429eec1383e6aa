"""A model only names the functions; the question's own words fill in the rest.

A small model knows what `betweenness` means sooner than it writes a program without a slip. It is shown the question
and what the documentation has nearest, and replies with names; the draft of these names makes the graph, finds the
arguments and prints. What it names and no library has is left out.
"""

from __future__ import annotations

import re
from typing import Any

from agents.programs.condense import condensed
from agents.programs.documentation import Documentation
from agents.programs.meaning import by_meaning
from agents.programs.sources import is_generator
from agents.programs.symbols import Symbol
from agents.prompting import prompt
from agents.search import Found

MOST = 3  # functions of one answer
SHOWN = 14  # functions to choose from
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_LIBRARIES = {"nx": "networkx", "ig": "igraph", "algorithms": "cdlib", "evaluation": "cdlib", "viz": "cdlib"}


def question_for_names(question: str, documentation: Documentation, found: Found, library: str) -> list[Any]:
    """The conversation that asks a model for the functions."""
    rules, *examples = prompt("coding_choice").split("\n---\n")
    turns: list[Any] = [("system", rules.strip())]
    for example in examples:
        asked, _, names = example.partition("\n=>\n")
        turns += [("human", asked.strip()), ("ai", names.strip())]
    libraries = tuple(dict.fromkeys((*found.libraries, *(symbol.library for symbol in found.named)))) or (library,)
    nearest = by_meaning(question, documentation, library, SHOWN // 2) if library in libraries else []
    near = [*(one.symbol for one in nearest), *documentation.matching(condensed(question), libraries, 3 * SHOWN)]
    offered = [s for s in (*found.named, *near) if _worth_naming(s)]
    lines = [f"{symbol.name}: {_first_sentence(symbol)}" for symbol in dict.fromkeys(offered)][:SHOWN]
    shown = "\n".join(lines)
    return [*turns, ("human", f"{condensed(question.strip())}\n\nFunctions:\n{shown}")]


def _worth_naming(symbol: Symbol) -> bool:
    """Whether a program may call the symbol by itself: methods only of igraph's graphs."""
    if symbol.owner:
        return symbol.owner == "igraph.Graph"
    return symbol.kind in ("function", "class") and symbol.name.count(".") <= 3


def _first_sentence(symbol: Symbol) -> str:
    head = symbol.doc.split("\n\n", 1)[0].replace("\n", " ").strip()
    return re.split(r"(?<=[a-z)])\.\s", head)[0][:110]


def named_by(reply: str, documentation: Documentation, library: str) -> list[Symbol]:
    """The symbols that a reply names, of the library that it says or that the question is about."""
    found: list[Symbol] = []
    for match in _NAME.finditer(reply.split("\n\n")[0][:400]):
        name = match[0].strip(".")
        head, _, short = name.rpartition(".")
        said = _LIBRARIES.get(head.partition(".")[0], head.partition(".")[0])
        if len(short) < 3 or (not head and "_" not in short and documentation.find(f"{library}.{short}") is None):
            continue
        exact = documentation.find(name.replace("nx.", "networkx.", 1) if name.startswith("nx.") else name)
        if exact is not None and (exact.library != "igraph" or exact.owner):
            found.append(exact)
            continue
        same = [s for s in documentation.by_name(short) if s.kind != "attribute" and s.short == short]
        same = [s for s in same if s.library == (said or library)] or [s for s in same if s.library == library]
        found += sorted(same, key=lambda s: (s.name.count("."), len(s.name)))[:1]
    chosen = [symbol for symbol in dict.fromkeys(found) if not is_generator(symbol)]
    return chosen if len(chosen) <= MOST else []  # the whole list said again is no choice
