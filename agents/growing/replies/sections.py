"""Taking a reply apart: the tagged sections of its reasoning, and the answer after them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from agents.growing.replies.proposal import SECTIONS

_TAG = re.compile(r"<\|?(?P<end>/?)(?P<name>think|thinking|reflect|graph_json|" + "|".join(SECTIONS) + r")\|?>", re.I)
_OUTER = frozenset({"think", "thinking", "reflect"})
_HEADING = re.compile(
    r"^[\s#>*-]*(?:\\?\*){0,2}(?P<name>knowledge graph|core concepts and relationships|abstract patterns?|"
    r"pattern context|reasoning steps|relevant materials(?: or concepts)?|design principles|"
    r"material properties|hypothesis|additional background)(?:\\?\*){0,2}\s*:?\s*(?:\\?\*){0,2}\s*:?[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_PART_OF = {
    "knowledge graph": "graph",
    "core concepts and relationships": "graph",
    "abstract pattern": "patterns",
    "abstract patterns": "patterns",
    "pattern context": "patterns",
}


@dataclass
class Sections:
    """texts: (name, text) in order; a name stands there several times where the reply repeats it.

    answer: what stands outside of the reasoning.
    """

    texts: list[tuple[str, str]] = field(default_factory=list)
    answer: str = ""
    repairs: Counter[str] = field(default_factory=Counter)

    def all_of(self, name: str) -> list[str]:
        return [text for found, text in self.texts if found == name]


def has_tags(text: str) -> bool:
    """Whether the reply marks its reasoning with tags."""
    return _TAG.search(text) is not None


def split_sections(text: str) -> Sections:
    """The sections of a tagged reply: `<think><graph>…`, or headings within `<|thinking|>`.

    Missing and surplus tags are counted. What stands within the reasoning but in no section is read by its headings.
    """
    found = Sections()
    loose: dict[bool, list[str]] = {True: [], False: []}  # within the reasoning, and outside of it
    open_name, at, depth = "", 0, 0
    for tag in _TAG.finditer(text):
        before, name, ends = text[at : tag.start()], tag["name"].lower(), bool(tag["end"])
        at = tag.end()
        if open_name:
            found.texts.append((open_name, before))
            if not (ends and name == open_name):
                found.repairs["tag_missing"] += 1
        else:
            loose[depth > 0].append(before)
            if ends and (name not in _OUTER or depth == 0):
                found.repairs["tag_surplus"] += 1
        open_name = "" if ends or name in _OUTER else name
        if name in _OUTER:
            depth = max(0, depth + (-1 if ends else 1))
    if open_name:
        found.texts.append((open_name, text[at:]))
    else:
        loose[depth > 0].append(text[at:])
    found.repairs["tag_missing"] += depth + bool(open_name)
    found.texts += _by_heading("\n".join(part for part in loose[True] if part.strip()))
    found.answer = "\n\n".join(part.strip() for part in loose[False] if part.strip())
    return found


def _by_heading(text: str) -> list[tuple[str, str]]:
    """The parts of a text under the headings of the first published format."""
    found: list[tuple[str, str]] = []
    name, at, head = "brainstorm", 0, ""
    for heading in _HEADING.finditer(text):
        _keep(found, name, head + text[at : heading.start()])
        title = heading["name"].casefold()
        name, at = _PART_OF.get(title, "synthesis"), heading.end()
        head = f"{heading['name']}: " if name == "synthesis" else ""
    _keep(found, name, head + text[at:])
    return found


def _keep(found: list[tuple[str, str]], name: str, text: str) -> None:
    text = text.strip()
    if not text.strip(" :*\\-\n"):
        return
    if found and found[-1][0] == name:
        found[-1] = (name, f"{found[-1][1]}\n{text}")
    else:
        found.append((name, text))
