"""What a name or expression of a program stands for, by the index of the installed libraries."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from agents.programs.documentation import Documentation
from agents.programs.symbols import Symbol

NX_GRAPHS = ("networkx.Graph", "networkx.DiGraph", "networkx.MultiGraph", "networkx.MultiDiGraph")


@dataclass(frozen=True)
class Meaning:
    """What a name stands for: a module, a symbol, or an instance of a class (one of `classes`)."""

    module: str = ""
    symbol: Symbol | None = None
    classes: tuple[str, ...] = ()


class Meanings:
    """Looks up names in the libraries. known: what the program's own names stand for where it stands."""

    def __init__(self, documentation: Documentation, given: Mapping[str, tuple[str, ...]]) -> None:
        self.documentation = documentation
        self.known: dict[str, Meaning] = {name: Meaning(classes=classes) for name, classes in given.items()}

    def resolve(self, node: ast.expr) -> Meaning | None:
        """What an expression stands for, as far as it is evident."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id)
        if isinstance(node, ast.Call):
            return self._made_by(node)
        if not isinstance(node, ast.Attribute):
            return None
        base = self.resolve(node.value)
        if base is None:
            return None
        if base.module:
            return self.in_module(base.module, node.attr)
        for owner in (base.symbol.name,) if base.symbol is not None else base.classes:
            member = self.documentation.members(owner).get(node.attr)
            if member is not None:
                return Meaning(symbol=member)
        return None

    def _made_by(self, node: ast.Call) -> Meaning | None:
        callee = self.resolve(node.func)
        symbol = None if callee is None else callee.symbol
        if symbol is None:
            return None
        if symbol.kind == "class":
            return Meaning(classes=NX_GRAPHS if symbol.name in NX_GRAPHS else (symbol.name,))
        if symbol.makes_graph:
            return Meaning(classes=NX_GRAPHS)
        if symbol.owner == "igraph.Graph" and (symbol.kind == "static" or symbol.short in ("copy", "subgraph")):
            return Meaning(classes=("igraph.Graph",))
        made = self.documentation.find(symbol.returns) if symbol.returns else None
        return Meaning(classes=(made.name,)) if made is not None and made.kind == "class" else None

    def in_module(self, module: str, name: str) -> Meaning | None:
        """What `module.name` is: a symbol or a module; None where there is none."""
        about = self.documentation.module(module)
        if about is None:
            return None
        symbol = self.documentation.find(f"{module}.{name}")
        if symbol is not None:
            return Meaning(symbol=symbol)
        if name in about["aliases"]:
            return Meaning(module=about["aliases"][name])
        if self.documentation.module(f"{module}.{name}") is not None:
            return Meaning(module=f"{module}.{name}")
        return None

    def module_of(self, symbol: Symbol) -> str:
        """The module to import a symbol from; networkx.community is a name for networkx.algorithms.community."""
        where = symbol.name.rpartition(".")[0]
        above, _, last = where.rpartition(".")
        about = self.documentation.module(above) if self.documentation.module(where) is None else None
        return about["aliases"].get(last, where) if about else where

    def home(self, name: str, library: str) -> Symbol | None:
        """The library's one function or class of this name, wherever it lies."""
        named = [s for s in self.documentation.by_name(name) if s.library == library and not s.owner]
        exact = [s for s in named if s.short == name] or named
        public = [s for s in exact if s.name.count(".") == 1]  # networkx.density before networkx.algorithms.threshold's
        return self._only(public or exact)

    def named(self, name: str) -> Symbol | None:
        """The one function or class that is spelled so, in whatever library."""
        return self._only(s for s in self.documentation.by_name(name) if s.short == name and not s.owner)

    def near(self, name: str, library: str, limit: int = 3) -> list[Symbol]:
        """The library's symbols with the nearest names."""
        exact = [s for s in self.documentation.by_name(name) if s.library == library and s.kind != "attribute"]
        if exact:
            return exact[:limit]
        elsewhere = [s for s in self.documentation.by_name(name) if s.kind != "attribute"]
        deepest_first = sorted(self.documentation.functions((library,)), key=lambda s: -s.name.count("."))
        spelled = {s.short: s for s in deepest_first}
        near = [spelled[close] for close in get_close_matches(name, spelled, n=limit, cutoff=0.7)]
        pool = {s.short: s for s in self.documentation.matching(name.replace("_", " "), (library,), 40)}
        near += [pool[close] for close in get_close_matches(name, pool, n=limit, cutoff=0.5)]
        return list(dict.fromkeys([*near[: limit - 1], *elsewhere, *near]))[:limit]

    def _only(self, symbols: Iterable[Symbol]) -> Symbol | None:
        """The one that must be meant; None where there are several libraries or places to choose from."""
        listed = list(dict.fromkeys(symbols))
        return listed[0] if len(listed) == 1 else None
