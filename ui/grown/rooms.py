"""Whose grown graphs are whose: a folder for each person, and names that lead nowhere else."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from graphs.errors import BadArgument, GraphError
from graphs.store import Store
from graphs.store.handle import is_store
from ui.report.markup import clean, short

LEAST_KEY = 16  # characters of a browser's own key; shorter ones could be guessed
MOST_LISTED = 200


@dataclass(frozen=True)
class Shelved:
    """A grown graph in a room. trouble: why it cannot be read, in words."""

    name: str
    entities: int = 0
    relations: int = 0
    steps: int = 0
    trouble: str = ""

    @property
    def about(self) -> str:
        """One line for a list."""
        if self.trouble:
            return f"{self.name} (cannot be read)"
        return f"{self.name}: {self.entities:,} entities, {self.relations:,} facts, {self.steps:,} steps"


class Rooms:
    """Where the graphs of each person lie.

    A server for this machine alone and without passwords has one room, the folder that `konigsberg grow` uses too.
    Otherwise each user has one, or where nobody logs in, each browser, known by a key that it keeps for itself.
    """

    def __init__(self, base: Path, *, alone: bool) -> None:
        self.base, self.alone = base, alone

    def of(self, key: str, user: str = "") -> Path:
        """The folder of a person; it need not exist yet. key: what the browser said that it is."""
        if self.alone and not user:
            return self.base / "grown"
        if not user and len(key) < LEAST_KEY:
            key = secrets.token_urlsafe(24)  # nobody's, and empty
        who = f"user:{user}" if user else f"key:{key}"
        return self.base / "ui-grown" / hashlib.sha256(who.encode()).hexdigest()[:32]

    @staticmethod
    def graphs(room: Path) -> list[Shelved]:
        """What lies in a room, the last changed first."""
        if not room.is_dir():
            return []
        folders = [folder for folder in room.iterdir() if is_store(folder)]
        folders.sort(key=lambda folder: (folder / "store.sqlite").stat().st_mtime, reverse=True)
        return [_shelved(folder) for folder in folders[:MOST_LISTED]]

    @staticmethod
    def folder(room: Path, name: str) -> Path:
        """The folder of the graph called `name`.

        Raises:
            BadArgument: there is none of this name in the room.
        """
        if room.is_dir():
            for folder in room.iterdir():
                if folder.name == name and is_store(folder):
                    return folder
        raise BadArgument(f"there is no grown graph called {short(clean(name), 60)!r} here; choose one from the list")

    @staticmethod
    def fresh(room: Path, words: str) -> Path:
        """A folder for a new graph, named after what it is about."""
        name = "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())[:60].rstrip("-") or "graph"
        folder, number = room / name, 1
        while folder.exists():
            number += 1
            folder = room / f"{name}-{number}"
        return folder


def _shelved(folder: Path) -> Shelved:
    try:
        with Store.open(folder, create=False, readonly=True) as store:
            size = store.size()
    except GraphError as error:
        return Shelved(folder.name, trouble=str(error))
    return Shelved(folder.name, size["entities"], size["relations"], size["steps"])
