"""Mentions of entities under several names, with the entity that each of them means: entity resolution's gold.

Data: one JSON object, id -> {"label", "alternatives", "description", "wikipedia"}, as FB15k-237's entities with the
labels, aliases and descriptions of Wikidata. Or a table of related terms (CSV, "Concept,Variation", iText2KG's), each a
thing of its own: what is put together is a near synonym at best, and a wrong merge at worst.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from evals.task import BadData
from graphs.resolution import Mention
from graphs.resolution.naming import plain_key, read_name

ALIASES = 8  # of one entity at most: one painter has 233 spellings, whose pairs would outnumber all others
HALVES = ("development", "test")


@dataclass(frozen=True)
class Gold:
    """A mention and the id of the entity that it means. kind: `name` (first), `again` (the same name), `alias`."""

    mention: Mention
    entity: str
    kind: str


@dataclass(frozen=True)
class Item:
    """An entity as the data has it. second: other words for what it is, such as "2001 film", or ""."""

    id: str
    name: str
    aliases: tuple[str, ...]
    description: str
    second: str


def read_items(path: Path) -> list[Item]:
    """The entities of a file.

    Raises:
        BadData: it is not in one of the forms above.
    """
    if path.suffix == ".csv":
        return _terms(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadData(f"{path}: cannot be read as JSON ({error})") from error
    if not isinstance(data, dict):
        raise BadData(f"{path}: one JSON object is needed, from the id of an entity to its label and alternatives")
    return [_item(path, id, row) for id, row in data.items()]


def _terms(path: Path) -> list[Item]:
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError, csv.Error) as error:
        raise BadData(f"{path}: cannot be read as CSV ({error})") from error
    if not rows or [head.strip() for head in rows[0]] != ["Concept", "Variation"]:
        raise BadData(f"{path}, line 1: the columns must be Concept,Variation")
    terms = {read_name(term).key: term for row in rows[1:] for term in row if plain_key(term)}
    return [Item(key, term, (), "", "") for key, term in terms.items()]


def _item(path: Path, id: str, row: Any) -> Item:
    if not isinstance(row, Mapping) or not isinstance(row.get("label"), str) or not plain_key(row["label"]):
        raise BadData(f"{path}: {id!r} has no label")
    name = row["label"]
    aliases = tuple(
        dict.fromkeys(a for a in row.get("alternatives") or () if isinstance(a, str) and a.strip() and a != name)
    )
    title = unquote(str(row.get("wikipedia") or "").rpartition("/")[2]).replace("_", " ")
    found = re.fullmatch(r".*\((.+)\)", title) or re.fullmatch(re.escape(name) + r", (.+)", title)
    return Item(id, name, aliases, row.get("description") or "", found[1] if found else "")


def half(items: Sequence[Item], which: str) -> list[Item]:
    """The entities of one half, by the hash of the id; those that share a name stay together."""
    first: dict[str, str] = {}
    for item in items:
        key = item.name.casefold()
        first[key] = min(first.get(key, item.id), item.id)
    place = HALVES.index(which)
    return [item for item in items if hashlib.sha256(first[item.name.casefold()].encode()).digest()[0] % 2 == place]


def mentions(items: Sequence[Item], seed: int) -> list[Gold]:
    """The mentions of these entities in an order drawn by the seed.

    Each entity is met once with its description, half of them once more under the same name, and once under each of up
    to `ALIASES` aliases. Later mentions carry what a model that reads would give: mostly a coarse type, now and then a
    few words for what the thing is (Wikipedia's qualifier, else the first words of the description), now and then one
    or two of the names that stand in its description, as neighbours.
    """
    found: list[Gold] = []
    for item in items:
        rng = random.Random(f"{seed} {item.id}")
        type_name = coarse_type(item.description)
        beside = [name for name in proper_names(item.description) if name.casefold() != item.name.casefold()]
        first = Mention(
            item.name,
            type_name if rng.random() < 0.8 else None,
            item.description,
            tuple(beside[:4]) if rng.random() < 0.5 else (),
        )
        found.append(Gold(first, item.id, "name"))
        again = [(item.name, "again")] if rng.random() < 0.5 else []
        chosen = item.aliases if len(item.aliases) <= ALIASES else rng.sample(item.aliases, ALIASES)
        for name, kind in [*again, *((alias, "alias") for alias in chosen)]:
            words = (item.second or _shortened(item.description)) if rng.random() < 0.4 else ""
            near = rng.sample(beside, min(len(beside), 2)) if rng.random() < 0.3 else []
            mention = Mention(name, type_name if rng.random() < 0.6 else None, words, tuple(near))
            found.append(Gold(mention, item.id, kind))
    random.Random(seed).shuffle(found)
    return found


def proper_names(description: str) -> list[str]:
    """The names in a description: runs of capitalised words after its first word."""
    found = re.findall(r"(?<=\s)[A-Z][\w.'-]*\w(?:\s+[A-Z][\w.'-]*\w)*", description)
    return list(dict.fromkeys(found))


def _shortened(description: str) -> str:
    """The first words of a description, up to the first comma or preposition."""
    return re.split(r"[,;(]|\s(?:in|of|by|from|for|at|on|that|who|which|with)\s", description, maxsplit=1)[0].strip()


_TYPES = {
    "person": """actor actress director musician singer producer composer writer comedian screenwriter novelist
        footballer player poet politician artist author rapper engineer journalist philosopher president animator
        cinematographer singer-songwriter playwright designer filmmaker songwriter guitarist physicist mathematician
        painter king queen""",
    "location": """city town county state country province region village island river district borough republic seat
        capital municipality commune neighborhood continent area suburb prefecture kingdom territory""",
    "work": "film movie series album song novel book sitcom drama opera franchise game manga show miniseries",
    "organization": """university college school club team band company label party corporation network publisher group
        department studio church museum conglomerate duo""",
    "event": "war battle festival ceremony games season tournament edition election conflict",
}
_TYPE_OF = {word: name for name, words in _TYPES.items() for word in words.split()}


def coarse_type(description: str) -> str | None:
    """One of five types, by the last noun of the description's beginning; None for anything else."""
    words = re.findall(r"[a-z-]+", _shortened(description).casefold())
    return _TYPE_OF.get(words[-1]) if words else None


def clusters(gold: Sequence[Gold]) -> dict[str, list[int]]:
    """The places of the mentions of each entity."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(gold):
        found[one.entity].append(place)
    return dict(found)
