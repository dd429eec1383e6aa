"""What the index knows of one function, class or method of a library."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

_RETURNS_GRAPH = re.compile(
    r"Returns\n-+\n\s*\w+ ?: ?(?:a |an )?(?:networkx |undirected |directed )*\w*graph\b", re.IGNORECASE
)
_TAKES_ARCS = re.compile(
    r"^\s*G\s*:\s*(?:a |NetworkX |nx\.)*(?:DiGraph|directed (?:acyclic )?graph)(?!.*\bundirected)", re.MULTILINE | re.I
)


@dataclass(frozen=True)
class Symbol:
    """A function, class or method of a library.

    name: its shortest public path. owner: the class of a method. parameters: (name, kind as in `inspect`, required)
    without `self`, None where Python cannot tell. returns: the annotation, "" for none.
    """

    name: str
    kind: str
    library: str
    owner: str = ""
    signature: str = ""
    parameters: tuple[tuple[str, int, bool], ...] | None = None
    returns: str = ""
    doc: str = ""

    @property
    def short(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def makes_graph(self) -> bool:
        """Whether it is a networkx function whose docstring says that it returns a graph."""
        if self.library != "networkx" or self.kind != "function":
            return False
        return bool(_RETURNS_GRAPH.search(self.doc)) or self.name.endswith("_graph")

    @property
    def takes_arcs(self) -> bool:
        """Whether it is a networkx function whose docstring says that its graph must be directed."""
        return self.library == "networkx" and bool(_TAKES_ARCS.search(self.doc))

    def brief(self, characters: int = 420) -> str:
        """Path, signature, first sentence, and the beginning of the docstring's example, for a prompt."""
        head = self.name + self.signature + ("  # on an nx.DiGraph" if self.takes_arcs else "")
        about = self.doc.split("\n\n", 1)[0].replace("\n", " ").strip()
        lines = [head if len(head) <= 220 else head[:217] + "...", f"    {about[:160]}"]
        for line in _example(self.doc):
            if sum(map(len, lines)) + len(line) > characters:
                break
            lines.append("    " + line)
        return "\n".join(lines)


def _example(doc: str) -> list[str]:
    """The statements of the first example, without imports that only set the scene."""
    found: list[str] = []
    for line in doc.splitlines():
        match = re.match(r"\s*(?:>>>|\.\.\.) (.*)", line)
        if match is None:
            if found and line.strip() == "":
                break
            continue
        found.append(match[1].rstrip())
    return found[:8]


def fold(name: str) -> str:
    """Letters and digits alone, in lower case: LabelPropagation, label_propagation and label-propagation are one."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def symbol_of(row: Any) -> Symbol:
    """A symbol from its row: name, kind, library, owner, signature, parameters, returns, doc."""
    name, kind, library, owner, signature, parameters, returns, doc = row
    listed = json.loads(parameters)
    known = None if listed is None else tuple((str(n), int(k), bool(r)) for n, k, r in listed)
    return Symbol(name, kind, library, owner, signature, known, returns, doc)
