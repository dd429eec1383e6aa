"""The names and imports of a program: what they stand for, and where a name lies that is imported from elsewhere."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from agents.programs.documentation import Documentation
from agents.programs.findings import Edit, LibraryCall, Problem, bindings, end_of, start_of
from agents.programs.given_code import USUAL
from agents.programs.meanings import Meaning, Meanings
from agents.programs.symbols import Symbol


class NameChecker(ast.NodeVisitor):
    """Walks a program's names and imports; what it cannot put right becomes a problem."""

    def __init__(self, documentation: Documentation, given: Mapping[str, tuple[str, ...]]) -> None:
        self.documentation = documentation
        self.installed = documentation.installed
        self.meanings = Meanings(documentation, given)
        self.bound: set[str] = set(dir(builtins)) | set(given) | {"__name__", "__file__"}
        self.problems: list[Problem] = []
        self.edits: list[tuple[str, Edit]] = []
        self.calls: list[LibraryCall] = []
        self._guarded = 0

    # -- names

    def visit_Module(self, node: ast.Module) -> None:
        self.bound |= set(bindings(node))
        self.generic_visit(node)

    def visit_Try(self, node: ast.Try) -> None:
        catches = any(
            h.type is None or "Import" in ast.dump(h.type) or "Exception" in ast.dump(h.type) for h in node.handlers
        )
        self._guarded += catches
        for statement in node.body:
            self.visit(statement)
        self._guarded -= catches
        for part in (*node.handlers, *node.orelse, *node.finalbody):
            self.visit(part)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and node.id not in self.bound:
            self._undefined(node)

    def _undefined(self, node: ast.Name) -> None:
        self.bound.add(node.id)  # say it once
        if node.id in USUAL:
            self.edits.append(
                (f"{USUAL[node.id]} was missing", Edit(start_of(node), start_of(node), "", [USUAL[node.id]]))
            )
            return
        symbol = self.meanings.named(node.id)
        if symbol is not None:
            self._import(node, f"from {self.meanings.module_of(symbol)} import {symbol.short}")
        elif node.id in self.installed["libraries"]:
            self.edits.append(
                (f"import {node.id} was missing", Edit(start_of(node), start_of(node), "", [f"import {node.id}"]))
            )
        else:
            close = get_close_matches(node.id, [n for n in self.bound if n != node.id], n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            self._report(node, f"the name {node.id!r} is used but never defined{hint}")

    def _import(self, node: ast.AST, line: str) -> None:
        self.edits.append((f"{line} was missing", Edit(start_of(node), start_of(node), top=[line])))

    def _report(self, node: ast.AST, text: str, symbols: Iterable[Symbol] = ()) -> None:
        self.problems.append(Problem(getattr(node, "lineno", 1), text, tuple(symbols)))

    # -- imports

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if not self._importable(node, alias.name):
                continue
            name = alias.name if alias.asname else alias.name.partition(".")[0]
            if self._indexed(name):
                self.meanings.known[alias.asname or name] = Meaning(module=name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = node.module or ""
        if node.level or not self._importable(node, module) or not self._indexed(module):
            return
        about = self.documentation.module(module)
        for alias in node.names:
            if alias.name == "*":
                names = about["names"] if about else []
                self.bound |= set(names)
                found_all = {name: self.meanings.in_module(module, name) for name in names}
                self.meanings.known |= {name: found for name, found in found_all.items() if found is not None}
                continue
            found = self.meanings.in_module(module, alias.name)
            if found is not None:
                self.meanings.known[alias.asname or alias.name] = found
            elif about is None or alias.name not in about["names"]:
                self._wrong_import(node, alias, module)

    def _indexed(self, module: str) -> bool:
        return module.partition(".")[0] in self.installed["libraries"]

    def _importable(self, node: ast.stmt, module: str) -> bool:
        top = module.partition(".")[0]
        if top not in self.installed["modules"] and top not in self.installed["libraries"]:
            if not self._guarded:
                close = get_close_matches(
                    top, [*self.installed["libraries"], *self.installed["modules"]], n=1, cutoff=0.8
                )
                hint = f"; did you mean {close[0]!r}?" if close else ""
                self._report(node, f"the package {top!r} is not installed here{hint}")
            return False
        if self._indexed(module) and self.documentation.module(module) is None and not self._guarded:
            if isinstance(node, ast.ImportFrom):
                self._move_import(node, module)
            else:
                self._report(node, f"{top} has no module {module!r}")
            return False
        return True

    def _move_import(self, node: ast.ImportFrom, module: str) -> None:
        """The module does not exist, but what is imported from it may exist elsewhere in the library."""
        top = module.partition(".")[0]
        moved = [self.meanings.home(alias.name, top) for alias in node.names]
        if all(symbol is not None for symbol in moved):
            lines = [
                f"from {self.meanings.module_of(s)} import {s.short}" + (f" as {alias.asname}" if alias.asname else "")
                for s, alias in zip(moved, node.names)
                if s is not None
            ]
            note = f"{module} does not exist: " + "; ".join(lines)
            self.edits.append((note, Edit(start_of(node), end_of(node), ("\n" + " " * node.col_offset).join(lines))))
        else:
            self._report(node, f"{top} has no module {module!r}", self.meanings.near(node.names[0].name, top))

    def _wrong_import(self, node: ast.ImportFrom, alias: ast.alias, module: str) -> None:
        if self._guarded:
            return
        top = module.partition(".")[0]
        home = self.meanings.home(alias.name, top)
        if home is None:
            near = self.meanings.near(alias.name, top)
            names = ", ".join(symbol.name for symbol in near)
            self._report(node, f"{module} has no {alias.name!r}" + (f"; there is {names}" if names else ""), near)
            return
        rest = [a for a in node.names if a is not alias]
        shown = [ast.unparse(ast.ImportFrom(module, rest, 0))] if rest else []
        shown.append(
            f"from {self.meanings.module_of(home)} import {home.short}"
            + (f" as {alias.asname or alias.name}" if (alias.asname or alias.name) != home.short else "")
        )
        text = ("\n" + " " * node.col_offset).join(shown)
        self.edits.append((f"{alias.name} is not in {module}: {shown[-1]}", Edit(start_of(node), end_of(node), text)))
