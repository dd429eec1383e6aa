"""The catalogue equals the registry, and a question imports the modules of its own tool alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graphs.errors import BadArgument
from tools import catalogue
from tools.certificates import has_checker
from tools.registry import all_tools, declared_tools, get_tool

ROOT = Path(__file__).parents[2]


def test_the_file_equals_the_registry() -> None:
    found = catalogue.read()
    hint = "a tool was changed: run `python -m agents.routing.templates`"
    assert found is not None, hint
    assert list(found.items()) == list(declared_tools().items()), hint


def test_a_tool_imports_its_own_family_when_it_is_called() -> None:
    code = (
        "import sys; from tools.registry import get_tool; tool = get_tool('shortest_path'); tool.returns; "
        "tool.schema(); "
        "print('tools.paths' in sys.modules); tool.function; "
        "print('tools.paths' in sys.modules, 'tools.clrs' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.split() == ["False", "True", "False"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"sources": 1}', '{"sources": "00", "tools": []}', "\x00\xff"]
)
def test_a_damaged_or_stale_file_is_left_aside(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "catalogue.json"
    file.write_text(text, encoding="latin-1")
    monkeypatch.setattr(catalogue, "FILE", file)
    assert catalogue.read() is None
    monkeypatch.setattr(catalogue, "FILE", tmp_path / "missing.json")
    assert catalogue.read() is None


def test_rows_of_another_shape_are_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.loads(catalogue.FILE.read_bytes())
    del data["tools"][0]["phrases"]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    monkeypatch.setattr(catalogue, "FILE", file)
    assert catalogue.read() is None


def test_the_hash_depends_on_the_text_and_not_on_its_line_ends(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"a\nb\n")
    two.write_bytes(b"a\r\nb\r\n")
    assert catalogue.hash_of([one]) == catalogue.hash_of([two])
    two.write_bytes(b"a\nc\n")
    assert catalogue.hash_of([one]) != catalogue.hash_of([two])
    assert catalogue.hash_of([tmp_path / "none"]) is None


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        ("return 1", "return 2", False),
        ("What it does", "What it did", False),
        ("wide", "broad", True),
        ("int", "str", True),
    ],
)
def test_the_hash_depends_on_how_tools_are_declared_alone(old: str, new: str, counts: bool, tmp_path: Path) -> None:
    head = '@tool(phrases=("wide",))\ndef width(graph: Graph) -> int:'
    text = f'import x\n\n\n{head}\n    """What it does."""\n    return 1\n'
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    one.write_text(text, encoding="utf-8")
    two.write_text(text.replace(old, new), encoding="utf-8")
    assert (catalogue.hash_of([one]) != catalogue.hash_of([two])) is counts


def test_every_tool_has_a_checker() -> None:
    lacking = [name for name in all_tools() if has_checker(name) == "none"]
    assert not lacking, f"no checker for {lacking}: write one with @checker or @cross_check in tools/certificates/"


def test_a_name_that_is_no_tool_gets_close_ones() -> None:
    with pytest.raises(BadArgument, match="did you mean diameter"):
        get_tool("diametre")
