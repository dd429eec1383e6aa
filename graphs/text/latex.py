"""LaTeX in a text, put in plain signs of the same length, so that every place in the text stays what it was."""

from __future__ import annotations

import re

from graphs.text.patterns import lazy

_COMMANDS = {
    r"\{": "{",
    r"\}": "}",
    r"\lbrace": "{",
    r"\rbrace": "}",
    r"\to": "->",
    r"\rightarrow": "->",
    r"\longrightarrow": "->",
    r"\leftarrow": "<-",
    r"\gets": "<-",
    r"\leftrightarrow": "<->",
    r"\ldots": "...",
    r"\dots": "...",
    r"\cdots": "...",
}
_BLANK = r"\\(?:left|right|quad|qquad|displaystyle)(?![A-Za-z])|\\[,;:!()\[\] ]"
_SIGN = lazy(r"\\(?:[{}]|(?:lbrace|rbrace|(?:long|left)?rightarrow|leftarrow|gets|to|[lc]?dots)(?![A-Za-z]))|" + _BLANK)
_MATH = lazy(r"(?<![\w$])\$\$?(?=[^\s$\d]|\d[^$\n]{0,2000}\\)([^$\n]{1,2000}?)(?<=[^\s$])\$\$?(?![\w$])")
_BIPARTITE = lazy(r"\bK_\{(\d{1,9}(?:\s?,\s?\d{1,9}){1,5})\}")


_PAIR_OF_SETS = lazy(r"\b[A-Z]['′]?\w?(\s*=\s*\(\s*V\w?\s*,\s*E\w?\s*(?:,\s*\w\s*)?\))")


def without_latex(text: str) -> str:
    r"""The text with braces, arrows and dots for their commands, without dollars around formulas; of equal length.

    >>> without_latex(r"$V=\{1,2\}$, $1 \to 2$, K_{3,4}")
    ' V= {1,2}  ,  1 ->  2 , K3,4   '
    """
    if "V" in text and "E" in text:  # "G = (V, E)" is no edge from V to E
        text = _PAIR_OF_SETS.sub(lambda found: found[0][: -len(found[1])] + " " * len(found[1]), text)
    if "_{" in text:
        text = _BIPARTITE.sub(lambda found: f"K{found[1]}".ljust(len(found[0])), text)
    if "$" in text:
        text = _MATH.sub(lambda found: found[0].replace("$", " "), text)
    return _SIGN.sub(_plain, text) if "\\" in text else text


def _plain(found: re.Match[str]) -> str:
    sign = _COMMANDS.get(found[0], "")
    return sign.rjust(len(found[0])) if found[0] == r"\{" else sign.ljust(len(found[0]))
