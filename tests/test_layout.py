"""The shape of the house: imports run downward, heavy packages load late, the packages are ours."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "graphs": set(),
    "tools": {"graphs"},
    "adapters": {"graphs"},
    "agents": {"graphs", "tools", "adapters"},
    "evals": {"graphs", "tools", "adapters", "agents"},
    "ui": {"graphs", "tools", "adapters", "agents", "evals"},
    "benchmarks": {"graphs", "tools", "adapters", "agents", "evals", "ui"},
}
TRAINING = ROOT / "agents" / "embedded" / "wordings"  # what the planner was trained on; nothing reads it later
HEAVY = ("torch", "transformers", "gradio", "vllm", "polars", "scipy", "sentence_transformers", "langgraph", "mcp")


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_run_downward(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        above = (_imports(path) & set(MAY_IMPORT)) - MAY_IMPORT[room] - {room}
        assert not above, f"{path.relative_to(ROOT)} imports {above}, which stand above it"
        assert "tests" not in _imports(path), f"{path.relative_to(ROOT)} imports the tests"


@pytest.mark.parametrize("module", ["graphs", "tools", "agents", "agents.ask", "ui.cli", "adapters"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import {module}, sys; print([n for n in {HEAVY!r} if n in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_packages_are_ours(room: str) -> None:
    """Other distributions on PyPI carry modules called `agents` and `adapters`."""
    code = f"import {room}; print({room}.__file__)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert Path(out.stdout.strip()).parent.parent == ROOT


def test_every_file_that_the_packages_read_is_installed_with_them() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data = settings["tool"]["setuptools"]["package-data"]
    installed = {file for package, patterns in data.items() for one in patterns for file in (ROOT / package).glob(one)}
    read = {
        file
        for package in data
        for kind in ("*.txt", "*.lark", "*.json", "*.safetensors", "*.css", "*.js")
        for file in (ROOT / package).rglob(kind)
        if "__pycache__" not in file.parts and TRAINING not in file.parents
    }
    assert read <= installed
