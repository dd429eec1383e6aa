"""The tools as data, so that a question can be routed without importing eighty modules.

`python -m tools.catalogue` writes `catalogue.json`, which ships with the package. It names the sources that it was made
from by their hash: when a tool was changed since, it is left aside and the tools are read from their modules.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tools.registry import FAMILIES, Parameter, Tool, declared_tools

FOLDER = Path(__file__).parent
FILE = FOLDER / "catalogue.json"


def hash_of(files: Iterable[Path]) -> str | None:
    """A hash of the files' contents, whatever their line ends; None where one is missing (sources need not ship).

    Of a file that declares tools, only the declarations count: a tool may be rewritten and stay what it is called.
    """
    summed = blake2b(digest_size=16)
    try:
        for file in files:
            text = file.read_bytes().replace(b"\r\n", b"\n")
            declared = text.split(b"\n@tool(")[1:]
            summed.update(b"\0".join(part.partition(b'"""')[0] for part in declared) if declared else text)
    except OSError:
        return None
    return summed.hexdigest()


@cache
def sources() -> str | None:
    """The hash of everything that the catalogue depends on."""
    return hash_of(FOLDER / f"{name}.py" for name in ("registry", *FAMILIES))


def read() -> dict[str, Tool] | None:
    """The tools by name, or None when there is no catalogue of these sources."""
    try:
        data = json.loads(FILE.read_bytes())
        if sources() not in (None, data["sources"]):
            return None
        return {row["name"]: _tool(row) for row in data["tools"]}
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _tool(row: Mapping[str, Any]) -> Tool:
    parameters = tuple(Parameter(**{**p, "choices": tuple(p["choices"])}) for p in row["parameters"])
    return Tool(**{**row, "phrases": tuple(row["phrases"]), "asks": tuple(row["asks"]), "parameters": parameters})


def write() -> Path:
    """Write the catalogue of the tools as they are; returns its path."""
    rows = [json.dumps(asdict(tool), ensure_ascii=False) for tool in declared_tools().values()]
    text = ",\n".join(rows)
    FILE.write_text(f'{{"sources": "{sources()}", "tools": [\n{text}\n]}}\n', encoding="utf-8", newline="\n")
    return FILE


if __name__ == "__main__":
    sys.stdout.write(f"{write()}\n")
