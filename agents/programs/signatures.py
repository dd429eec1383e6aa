"""Checks the names and calls of a generated program against the installed libraries, before it runs.

A model that half remembers a library writes imports from the wrong module, methods that do not exist and arguments that
were renamed. The syntax tree shows all of that without running anything. Where exactly one thing can be meant (a
function of that very name lies in another module of the same library) the program is put right; the rest is reported,
with the nearest names that do exist.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from agents.programs.arguments import call_faults
from agents.programs.documentation import Documentation, Symbol
from agents.programs.given_code import USUAL
from agents.programs.meanings import NX_GRAPHS, Meaning, Meanings


@dataclass(frozen=True)
class Problem:
    """Something that cannot work. symbols: what the documentation has on it."""

    line: int
    text: str
    symbols: tuple[Symbol, ...] = ()

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


@dataclass(frozen=True)
class LibraryCall:
    """A call of a library's symbol, where it stands in the program."""

    line: int
    symbol: Symbol
    node: ast.Call


@dataclass(frozen=True)
class Checked:
    """A checked program. code: with the sure corrections made. calls: its calls of the libraries, in order."""

    code: str
    problems: tuple[Problem, ...] = ()
    fixes: tuple[str, ...] = ()
    calls: tuple[LibraryCall, ...] = ()


@dataclass
class _Edit:
    """A replacement of source text, or a line to put on top."""

    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)
    text: str = ""
    top: list[str] = field(default_factory=list)


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
        code = _apply(code, edit)
    problems = list(checker.problems)
    if not mend:
        problems += [Problem(edit.start[0], note) for note, edit in checker.edits]
    return Checked(code, tuple(problems), tuple(fixes), tuple(checker.calls))


def _apply(code: str, edit: _Edit) -> str:
    lines = code.split("\n")
    if edit.text or edit.start != edit.end:
        (row, column), (last, end) = edit.start, edit.end
        before = lines[row - 1].encode()[:column].decode()
        after = lines[last - 1].encode()[end:].decode()
        lines[row - 1 : last] = (before + edit.text + after).split("\n")
    code = "\n".join(lines)
    for line in edit.top:
        if line not in lines:
            code = line + "\n" + code
    return code


def _dotted(node: ast.expr) -> list[str] | None:
    """a.b.c as a list; None for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return [node.id, *reversed(parts)]


class _Checker(ast.NodeVisitor):
    def __init__(self, documentation: Documentation, given: Mapping[str, tuple[str, ...]]) -> None:
        self.documentation = documentation
        self.installed = documentation.installed
        self.meanings = Meanings(documentation, given)
        self.bound: set[str] = set(dir(builtins)) | set(given) | {"__name__", "__file__"}
        self.problems: list[Problem] = []
        self.edits: list[tuple[str, _Edit]] = []
        self.calls: list[LibraryCall] = []
        self._guarded = 0

    # -- names

    def visit_Module(self, node: ast.Module) -> None:
        self.bound |= set(_bindings(node))
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
            self.edits.append((f"{USUAL[node.id]} was missing", _Edit(_at(node), _at(node), "", [USUAL[node.id]])))
            return
        symbol = self.meanings.named(node.id)
        if symbol is not None:
            line = f"from {self.meanings.module_of(symbol)} import {symbol.short}"
            self.edits.append((f"{line} was missing", _Edit(_at(node), _at(node), "", [line])))
        elif node.id in self.installed["libraries"]:
            self.edits.append((f"import {node.id} was missing", _Edit(_at(node), _at(node), "", [f"import {node.id}"])))
        else:
            close = get_close_matches(node.id, [n for n in self.bound if n != node.id], n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            self._report(node, f"the name {node.id!r} is used but never defined{hint}")

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
            self.edits.append((note, _Edit(_at(node), _end(node), ("\n" + " " * node.col_offset).join(lines))))
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
        self.edits.append((f"{alias.name} is not in {module}: {shown[-1]}", _Edit(_at(node), _end(node), text)))

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
            edit = _Edit(_at(node), _end(node), home.name, [f"import {needed}"])
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
            for name in _bindings(target):
                self.meanings.known.pop(name, None)
            if isinstance(target, ast.Name) and meaning is not None:
                self.meanings.known[target.id] = meaning
            elif not isinstance(target, ast.Name):
                self.visit(target)

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        for name in _bindings(node.target):
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
            for fault in call_faults(node, symbol.parameters):
                self._report(node, f"{symbol.name}{symbol.signature}: {fault}", (symbol,))


def _strict(classes: tuple[str, ...]) -> bool:
    """Whether instances have no attributes beyond their class's (estimators gain some when they are fitted)."""
    return all(name in (*NX_GRAPHS, "igraph.Graph") for name in classes)


def _bindings(tree: ast.AST) -> Iterable[str]:
    """Every name that something below binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name


def _at(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 0)


def _end(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
