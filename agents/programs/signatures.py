"""Checks the names and calls of a generated program against the installed libraries, before it runs.

A model that half remembers a library writes imports from the wrong module, methods that do not exist and arguments that
were renamed. The syntax tree shows all of that without running anything. Where exactly one thing can be meant (a
function of that very name lies in another module of the same library) the program is put right; the rest is reported,
with the nearest names that do exist.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from difflib import get_close_matches

from agents.programs.arguments import call_faults
from agents.programs.documentation import Documentation
from agents.programs.findings import Checked, Edit, LibraryCall, Problem, apply_edit, bindings, end_of, start_of
from agents.programs.imports import NameChecker
from agents.programs.meanings import NX_GRAPHS
from agents.programs.parameters import alternatives
from agents.programs.symbols import Symbol


def check_program(
    code: str, documentation: Documentation, given: Mapping[str, tuple[str, ...]] | None = None, *, mend: bool = True
) -> Checked:
    """Check a program against the libraries' index.

    given: names that exist before the program starts, with the classes they may be instances of. mend: make the sure
    corrections; without it they are reported as problems.
    """
    fixes: list[str] = []
    checker = _Checker(documentation, given or {})
    for _ in range(6 if mend else 1):  # a corrected import may uncover the next thing
        try:
            tree = ast.parse(code)
        except (SyntaxError, ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None) or 1
            source = (code.splitlines() or [""])[min(line, len(code.splitlines())) - 1] if code.strip() else ""
            return Checked(code, (Problem(line, f"invalid Python: {error.args[0]}: {source.strip()[:120]}"),))
        checker = _Checker(documentation, given or {})
        checker.visit(tree)
        if not (mend and checker.edits):
            break
        note, edit = checker.edits[0]
        fixes.append(note)
        code = apply_edit(code, edit)
    problems = list(checker.problems)
    if not mend:
        problems += [Problem(edit.start[0], note) for note, edit in checker.edits]
    return Checked(code, tuple(problems), tuple(fixes), tuple(checker.calls))


class _Checker(NameChecker):
    # -- attributes

    def visit_Attribute(self, node: ast.Attribute) -> None:
        base = self.meanings.resolve(node.value)
        if base is not None and base.module and isinstance(node.ctx, ast.Load):
            about = self.documentation.module(base.module)
            if about is not None and not about["open"] and self.meanings.in_module(base.module, node.attr) is None:
                if node.attr not in about["names"] and not node.attr.startswith("_"):
                    self._wrong_attribute(node, base.module)
                return
        if base is not None and base.classes and isinstance(node.ctx, ast.Load) and _strict(base.classes):
            self._check_member(node, base.classes)
        self.generic_visit(node)

    def _check_member(self, node: ast.Attribute, classes: tuple[str, ...]) -> None:
        members: dict[str, Symbol] = {}
        for owner in classes:
            members |= self.documentation.members(owner)
        if not members or node.attr in members or node.attr.startswith("_"):
            return
        near = [members[n] for n in get_close_matches(node.attr, members, n=3, cutoff=0.6)]
        library = classes[0].partition(".")[0]
        near += [s for s in self.documentation.by_name(node.attr) if s.library == library and not s.owner]
        what = classes[0].rpartition(".")[2]
        names = ", ".join(s.name for s in near[:3])
        self._report(
            node, f"a {library} {what} has no {node.attr!r}" + (f"; there is {names}" if names else ""), near[:3]
        )

    def _wrong_attribute(self, node: ast.Attribute, module: str) -> None:
        library = module.partition(".")[0]
        home = self.meanings.home(node.attr, library)
        if home is not None and not self._guarded:
            where = home.name.rpartition(".")[0]
            needed = where if self.documentation.module(where) is not None else library
            edit = Edit(start_of(node), end_of(node), home.name, [f"import {needed}"])
            self.edits.append((f"{ast.unparse(node)} is {home.name}", edit))
            return
        near = self.meanings.near(node.attr, library)
        names = ", ".join(symbol.name for symbol in near)
        self._report(node, f"{module} has no {node.attr!r}" + (f"; there is {names}" if names else ""), near)

    # -- statements and calls

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        meaning = self.meanings.resolve(node.value)
        for target in node.targets:
            for name in bindings(target):
                self.meanings.known.pop(name, None)
            if isinstance(target, ast.Name) and meaning is not None:
                self.meanings.known[target.id] = meaning
            elif not isinstance(target, ast.Name):
                self.visit(target)

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        for name in bindings(node.target):
            self.meanings.known.pop(name, None)
        for statement in (*node.body, *node.orelse):
            self.visit(statement)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        kept = dict(self.meanings.known)
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            self.meanings.known.pop(argument.arg, None)
        self.generic_visit(node)
        self.meanings.known = kept

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        meaning = self.meanings.resolve(node.func)
        if meaning is None or meaning.symbol is None:
            return
        symbol = meaning.symbol
        self.calls.append(LibraryCall(node.lineno, symbol, node))
        base = self.meanings.resolve(node.func.value) if isinstance(node.func, ast.Attribute) else None
        unbound = symbol.kind == "method" and base is not None and base.symbol is not None  # Class.method(thing, …)
        if symbol.parameters is not None and not unbound:
            either = alternatives(symbol)
            takes = tuple((name, kind, needed and name not in either) for name, kind, needed in symbol.parameters)
            for fault in call_faults(node, takes):
                self._report(node, f"{symbol.name}{symbol.signature}: {fault}", (symbol,))


def _strict(classes: tuple[str, ...]) -> bool:
    """Whether instances have no attributes beyond their class's (estimators gain some when they are fitted)."""
    return all(name in (*NX_GRAPHS, "igraph.Graph") for name in classes)
