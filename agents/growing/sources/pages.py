"""The text of a web page as a reader sees it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "datalist"}
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # have no end
_LINES = frozenset("br td th tr li dd dt option".split())
_BLOCKS = _LINES | frozenset(
    "address article aside blockquote body caption details div dl fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr html legend main nav ol p pre section summary table tbody tfoot thead ul".split()
)
_DECLARATION = re.compile(r"<[!?][^<>]*>?")  # html.parser stumbles over broken ones
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class _Reader(HTMLParser):
    """Collects text. Elements that show nothing are left out with all in them, however badly they are nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []  # open elements from the outermost silent one on

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n" if tag in _LINES else "\n\n")
        if tag in _VOID:
            return
        about = dict(attrs)
        hidden = "hidden" in about or _HIDDEN.search(about.get("style") or "")
        if self._silent or tag in _SILENT or hidden:
            self._silent.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif self._silent and tag in ("body", "html", "head"):
            self._silent.clear()
        if tag in _BLOCKS and tag not in _LINES:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _without_comments(page: str) -> str:
    """The page without comments; one without an end runs to the end of the page."""
    parts, at = [], 0
    while (start := page.find("<!--", at)) >= 0:
        parts.append(page[at:start])
        end = page.find("-->", start + 4)
        if end < 0:
            return "".join(parts)
        at = end + 3
    return "".join(parts) + page[at:]


def html_text(page: str) -> str:
    """The text of `page`: paragraphs apart, without scripts, styles and what is hidden from the reader."""
    reader = _Reader()
    page = _DECLARATION.sub(" ", _without_comments(page))
    last = page.rfind(">") + 1  # behind it no tag can end, and html.parser would look for the end of each
    reader.feed(page[:last] + page[last:].replace("<", "&lt;"))
    reader.close()
    text = "".join(reader.parts)
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r" ?\n ?(?:\n ?)+", "\n\n", re.sub(r" *\n *", "\n", text)).strip()
