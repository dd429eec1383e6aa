"""Which functions a program calls, by its syntax tree: for questions whose gold is a list of calls."""

from __future__ import annotations

import ast


def called_names(code: str) -> frozenset[str]:
    """The last names of everything that a program calls, by the names of the libraries (aliases undone).

    A function that is passed on as an argument (`nx.greedy_color(G, strategy=nx.coloring.strategy_dsatur)`) is called
    too. A name in a comment or a string, in a function that nothing calls, or in a branch that is never taken
    (`if False:`) is not.
    """
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()
    own = {node.name: node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    reader = _Reader()
    for node in tree.body:
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            reader.visit(node)
    done: set[str] = set()
    while waiting := (reader.names & own.keys()) - done:
        name = waiting.pop()
        done.add(name)
        for node in own[name].body:
            reader.visit(node)
    return frozenset(reader.names - own.keys())


class _Reader(ast.NodeVisitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.aliases: dict[str, str] = {}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.asname:
                self.aliases[alias.asname] = alias.name

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Constant) and not node.test.value:
            for statement in node.orelse:
                self.visit(statement)
        else:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        for function in (node.func, *node.args, *(keyword.value for keyword in node.keywords)):
            name = _last(function)
            if name and (function is node.func or isinstance(function, ast.Attribute)):
                self.names.add(self.aliases.get(name, name))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        return


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
