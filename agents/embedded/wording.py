"""Every known way to ask for a tool that the planner may choose: the tools' own, the phrasebook's, and `wordings/`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agents.embedded.taught import ALIASES, kinds_of, taught
from agents.routing.phrasebook import wordings
from agents.routing.templates import SLOT
from tools.registry import all_tools

FOLDER = Path(__file__).parent / "wordings"


@dataclass(frozen=True)
class Wording:
    """One way to ask for a tool, slots in braces."""

    tool: str
    text: str
    family: str


def all_wordings() -> Iterator[Wording]:
    """Every known way to ask for a tool that the planner may choose."""
    names = {t.name for t in taught()} | set(ALIASES)
    tools = all_tools()
    more = wordings()
    own = {path.stem: sections(path) for path in sorted(FOLDER.glob("tools_*.txt"))}
    for name in sorted(names):
        seen: set[str] = set()
        sources = [("declared", (*tools[name].phrases, *tools[name].asks)), ("phrasebook", more.get(name, ()))]
        sources += [(family, tuple(rows.get(name, ()))) for family, rows in own.items()]
        for family, texts in sources:
            for text in texts:
                if text.casefold() not in seen and set(SLOT.findall(text)) <= kinds_of(tools[name]).keys():
                    seen.add(text.casefold())
                    target, shown = ALIASES.get(name, name), _aliased(text, name)
                    if set(SLOT.findall(shown)) <= kinds_of(tools[target]).keys():
                        yield Wording(target, shown, family)


def _aliased(text: str, name: str) -> str:
    if name in ("remove_node", "add_node"):
        return text.replace("{node}", "{nodes}")
    if name == "remove_edge":
        return re.sub(r"\{source\}(.{1,12}?)\{target\}", "{edges}", text)
    return text


def lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def sections(path: Path) -> dict[str, list[str]]:
    """Heading -> lines."""
    found: dict[str, list[str]] = defaultdict(list)
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line.startswith("# "):
            heading = line[2:].strip()
        elif line.strip():
            found[heading].append(line.strip())
    return dict(found)
