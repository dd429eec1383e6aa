"""What a check of a program finds: problems, library calls, and the edits that put right what is sure."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from agents.programs.symbols import Symbol


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
class Edit:
    """A replacement of source text, or a line to put on top."""

    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)
    text: str = ""
    top: list[str] = field(default_factory=list)


def apply_edit(code: str, edit: Edit) -> str:
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


def bindings(tree: ast.AST) -> Iterable[str]:
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


def start_of(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 0)


def end_of(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
