"""The ways to ask for each tool, as the router compares them: stems, their weights, and an index by stem.

`python -m agents.routing.templates` writes them to `templates.json`, which ships with the package and spares reading
3,400 templates at every start; it writes the catalogue of the tools with it. Like the catalogue, it names its
sources by their hash, and is left aside when they were changed since.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from agents.routing.forms import Form, form_of
from agents.routing.idioms import in_graph_terms
from agents.routing.language import NAMES_OF_NUMBERS, concepts
from agents.routing.phrasebook import wordings
from tools import catalogue
from tools.registry import Tool, all_tools, declared_tools

FOLDER = Path(__file__).parent
FILE = FOLDER / "templates.json"
A_FEW = 5  # templates of one tool and one form that are looked at
SLOT = re.compile(r"\{(\w+)\}")
NUMBER = re.compile(r"(?<![\w.,])\d{1,2}(?!\w|[.,-]\w)")


@dataclass(frozen=True, slots=True)
class Template:
    """One way to ask for a tool."""

    tool: str
    text: str
    ideas: frozenset[str]
    form: Form
    slots: tuple[str, ...]
    weight: float  # summed weight of its ideas
    phrase: bool


class Index:
    """The templates of all tools, by stem."""

    def __init__(self, data: dict[str, Any]) -> None:
        """Make an index of what `build` gives."""
        self.idf: dict[str, float] = data["idf"]
        self.unknown: float = data["unknown"]
        self.by_word: dict[str, list[int]] = data["by_word"]
        self.rows: list[list[Any]] = data["templates"]
        self._made: dict[int, Template] = {}

    @cached_property
    def tools(self) -> dict[str, Tool]:
        return all_tools()

    def template(self, number: int) -> Template:
        found = self._made.get(number)
        if found is None:
            tool, text, ideas, form, weight, phrase = self.rows[number]
            slots = tuple(SLOT.findall(text))
            found = self._made[number] = Template(tool, text, frozenset(ideas.split()), form, slots, weight, phrase)
        return found

    def weigh(self, words: Iterable[str]) -> float:
        """The summed weight of stems, the same whatever their order."""
        return math.fsum([self.idf.get(word, self.unknown) for word in words])

    def nearest(self, ideas: frozenset[str], limit: int = 90) -> list[Template]:
        """Templates that share the most weight with `ideas`, best overlap first; the best few of each tool and form."""
        overlap: Counter[int] = Counter()
        for word in sorted(ideas):
            worth = self.idf.get(word, 0.0)
            for number in self.by_word.get(word, ()):
                overlap[number] += worth  # type: ignore[assignment]
        asked = self.weigh(ideas)
        found: list[Template] = []
        held: Counter[tuple[str, Form]] = Counter()
        for number in sorted(overlap, key=lambda n: -2 * overlap[n] / (asked + self.rows[n][4])):
            kind = (self.rows[number][0], self.rows[number][3])
            held[kind] += 1
            if held[kind] <= A_FEW:
                found.append(self.template(number))
                if len(found) == limit:
                    break
        return found


def build(tools: Iterable[Tool]) -> dict[str, Any]:
    """The templates of `tools`, the phrasebook's too, and the weights of their stems, as plain data."""
    tools = list(tools)
    more = wordings()
    raw = [(t.name, text, text in t.phrases) for t in tools for text in (*t.phrases, *t.asks, *more.get(t.name, ()))]
    rows = [(name, text, phrase, ideas) for name, text, phrase in raw if (ideas := sorted(ideas_of(text)))]
    seen: dict[str, set[str]] = defaultdict(set)
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, (name, _, _, ideas) in enumerate(rows):
        for word in ideas:
            seen[word].add(name)
            by_word[word].append(number)
    idf = {word: math.log(1 + len(tools) / len(names)) for word, names in seen.items()}
    return {
        "idf": idf,
        "unknown": 0.7 * math.log(1 + len(tools)),
        "by_word": dict(by_word),
        "templates": [
            [name, text, " ".join(ideas), _form(text, phrase), math.fsum(idf[word] for word in ideas), phrase]
            for name, text, phrase, ideas in rows
        ],
    }


def ideas_of(template: str) -> set[str]:
    """The stems of a template, read as a question is: everyday phrases replaced, numbers by their names."""
    text = NUMBER.sub(lambda m: NAMES_OF_NUMBERS.get(int(m[0]), m[0]), in_graph_terms(SLOT.sub("Ⓝ", template)))
    return set(concepts(text))


def _form(text: str, phrase: bool) -> Form:
    form = form_of(text)
    return "any" if phrase and form != "count" else form


@lru_cache(maxsize=1)
def index() -> Index:
    """The index over the registry, read at first use; built where the file is not of these sources."""
    return Index(read() or build(all_tools().values()))


@lru_cache(maxsize=4096)
def nearest(ideas: frozenset[str]) -> tuple[Template, ...]:
    """The templates nearest to a set of stems."""
    return tuple(index().nearest(ideas))


def _sources() -> str | None:
    phrasebook = sorted((FOLDER / "phrasebook").glob("*.txt"))
    grammar = (FOLDER / f"{name}.py" for name in ("language", "compounds", "forms", "idioms", "plainly", "templates"))
    paraphrases = sorted((FOLDER / "paraphrases").glob("*.py"))
    own = catalogue.hash_of((*grammar, *paraphrases, *phrasebook))
    tools = catalogue.sources()
    return None if own is None or tools is None else f"{own}-{tools}"


def read() -> dict[str, Any] | None:
    """What `build` gave when the file was written, or None when it is not of these sources."""
    try:
        data: dict[str, Any] = json.loads(FILE.read_bytes())
        if _sources() not in (None, data.pop("sources")):
            return None
        return data if data.keys() >= {"idf", "unknown", "by_word", "templates"} else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def write() -> Path:
    """Write the catalogue of the tools and their templates as they are; returns the templates' path."""
    catalogue.write()
    data = build(declared_tools().values())
    parts = [f'"sources": "{_sources()}"']
    parts += [f'"{key}": {json.dumps(data[key], ensure_ascii=False)}' for key in ("unknown", "idf", "by_word")]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in data["templates"])
    text = ",\n".join(parts) + f',\n"templates": [\n{rows}\n]'
    FILE.write_text(f"{{{text}}}\n", encoding="utf-8", newline="\n")
    return FILE


if __name__ == "__main__":
    sys.stdout.write(f"{write()}\n")
