"""Whether the arguments of a call fit the parameters of what it calls."""

from __future__ import annotations

import ast
from difflib import get_close_matches

_POSITIONAL, _KEYWORD_ONLY, _STAR, _STAR_STAR = (0, 1), 3, 2, 4
_NOT_ARGUMENTS = ("backend", "backend_kwargs")


def call_faults(node: ast.Call, parameters: tuple[tuple[str, int, bool], ...]) -> list[str]:
    """Why a call cannot fit the parameters; nothing where `*` or `**` arguments leave it open."""
    names = [(name, kind, needed) for name, kind, needed in parameters if name not in _NOT_ARGUMENTS]
    takes = [name for name, kind, _ in names if kind in _POSITIONAL]
    keywords = {name for name, kind, _ in names if kind in (1, _KEYWORD_ONLY)}
    spread = any(isinstance(argument, ast.Starred) for argument in node.args)
    faults = []
    if len(node.args) > len(takes) and not spread and all(kind != _STAR for _, kind, _ in names):
        faults.append(f"takes at most {len(takes)} positional arguments, {len(node.args)} are given")
    given = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
    if all(kind != _STAR_STAR for _, kind, _ in names):
        for name in sorted(given - keywords - {"backend"}):
            close = get_close_matches(name, keywords, n=1)
            faults.append(f"has no argument {name!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
    for name in sorted(given & set(takes[: len(node.args)])):
        if not spread:
            faults.append(f"gets the argument {name!r} twice")
    if not spread and all(keyword.arg is not None for keyword in node.keywords):
        filled = set(takes[: len(node.args)]) | given
        missing = [
            name for name, kind, needed in names if needed and name not in filled and kind not in (_STAR, _STAR_STAR)
        ]
        if missing:
            faults.append(f"also needs {', '.join(missing)}")
    return faults
