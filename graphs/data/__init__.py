"""Small example graphs that ship with the package, in several formats."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from graphs.errors import BadArgument

_HIDDEN = (".py", ".pyc", ".md", "resolution.json")  # no graphs


def example_names() -> list[str]:
    """The file names of the examples."""
    return sorted(entry.name for entry in files("graphs.data").iterdir()
                  if entry.is_file() and not entry.name.endswith(_HIDDEN))  # fmt: skip


def example_path(name: str) -> Path:
    """The path of an example by its file name, or by the name without extension where that is unique.

    Raises:
        BadArgument: no such example; the message lists them.

    >>> example_path("friends").name
    'friends.csv'
    """
    known = example_names()
    hits = [one for one in known if name in (one, one.partition(".")[0])]
    if len(hits) != 1:
        raise BadArgument(f"no example graph {name[:60]!r}; there are {', '.join(known)}")
    return Path(str(files("graphs.data") / hits[0]))
