"""HTML and SVG made of parts. Text is escaped where it enters; only `Markup` is taken as it is."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterable
from typing import Any

_VOID = frozenset({"meta", "br", "input", "line", "rect", "circle", "path", "polyline", "polygon", "link", "hr"})
_MISLEADING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def clean(text: str) -> str:
    """The text without characters that cannot be shown or that turn the direction of the text around them.

    >>> clean("left" + chr(0x202E) + "thgir" + chr(0)) == "left" + chr(0xFFFD) + "thgir" + chr(0xFFFD)
    True
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\ufffd" if c in _MISLEADING or (unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in "\n\t") else c
        for c in text
    )


def short(text: str, length: int) -> str:
    """The text, cut with an ellipsis where it is longer."""
    return text if len(text) <= length else text[: length - 1] + "…"


def tag(name: str, /, *children: object, **attributes: object) -> Markup:
    """An element. Underscores in attribute names are hyphens, a last one is dropped; None and False leave one out.

    >>> tag("p", "1 < 2", class_="big", data_x=True)
    '<p class="big" data-x>1 &lt; 2</p>'
    """
    head = name
    for key, value in attributes.items():
        if value is not None and value is not False:
            attribute = key.rstrip("_").replace("_", "-")
            head += f" {attribute}" if value is True else f' {attribute}="{_escaped(value)}"'
    if name in _VOID and not children:
        return Markup(f"<{head}/>")
    return Markup(f"<{head}>{join(children)}</{name}>")


def join(children: Iterable[object]) -> Markup:
    """Several parts after each other; None is nothing."""
    return Markup("".join(_part(child) for child in children))


def json_data(data: Any, name: str) -> Markup:
    """JSON for the page's script, which nothing in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/json" id="{_escaped(name)}">{text}</script>')


def _part(child: object) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, (list, tuple)):
        return join(child)
    return _escaped(child)


def _escaped(value: object) -> str:
    return html.escape(clean(str(value)), quote=True)
