"""Further wordings of questions, beside those that the tools bring themselves.

Each text file of this folder holds questions under the name of their tool:

    # shortest_path
    Which way from {source} to {target} is the shortest?

A question that needs no code is added here; `tests/agents/routing/test_router.py` checks that each leads to its tool.
"""

from __future__ import annotations


def wordings() -> dict[str, tuple[str, ...]]:
    """Tool name -> its further wordings."""
    from importlib.resources import files

    found: dict[str, list[str]] = {}
    for entry in sorted(files(__name__).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".txt"):
            tool = ""
            for line in entry.read_text(encoding="utf-8").splitlines():
                if line.startswith("# "):
                    tool = line[2:].strip()
                elif line.strip():
                    found.setdefault(tool, []).append(line.strip())
    return {name: tuple(lines) for name, lines in found.items()}
