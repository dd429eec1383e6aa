"""The index of installed libraries."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import networkx as nx
import pytest

from agents.programs import documentation as module
from agents.programs.documentation import Documentation
from agents.programs.index_file import IndexUnavailable


def test_a_symbol_is_found_by_each_way_to_it(documentation: Documentation) -> None:
    ways = (
        "networkx.community.louvain_communities",
        "networkx.algorithms.community.louvain_communities",
        "networkx.algorithms.community.louvain.louvain_communities",
    )
    found = {symbol.name for way in ways if (symbol := documentation.find(way)) is not None}
    assert found == {"networkx.community.louvain_communities"}
    assert documentation.find("networkx.louvain_communities") is None


def test_signatures_say_what_is_required(documentation: Documentation) -> None:
    symbol = documentation.find("networkx.dijkstra_path")
    assert symbol is not None
    assert symbol.parameters is not None
    assert [name for name, _, needed in symbol.parameters if needed] == ["G", "source", "target"]
    assert symbol.signature == "(G, source, target, weight='weight')"


def test_methods_stand_without_self(documentation: Documentation) -> None:
    members = documentation.members("networkx.Graph")
    assert members["add_edge"].parameters is not None
    assert members["add_edge"].parameters[0][0] == "u_of_edge"
    assert members["nodes"].kind == "attribute"


def test_modules_know_their_aliases(documentation: Documentation) -> None:
    about = documentation.module("networkx")
    assert about is not None
    assert about["aliases"]["community"] == "networkx.algorithms.community"
    assert documentation.module("networkx.nothing") is None


def test_names_match_whatever_their_case_and_underscores(documentation: Documentation) -> None:
    assert documentation.by_name("Minimum-Spanning-Tree")[0].name == "networkx.minimum_spanning_tree"


def test_words_find_the_page(documentation: Documentation) -> None:
    found = [symbol.short for symbol in documentation.matching("min weighted dominating set")]
    assert "min_weighted_dominating_set" in found[:2]
    assert documentation.matching("the graph of a") == []


def test_words_cannot_break_the_query(documentation: Documentation) -> None:
    for text in ('"', "NEAR(a b)", "name: OR AND NOT *", "x" * 5000, "'); DROP TABLE symbols; --"):
        documentation.matching(text)
    assert documentation.find("networkx.diameter") is not None


def test_makers_of_graphs_are_told_apart(documentation: Documentation) -> None:
    makes = {
        name: documentation.find(f"networkx.{name}") for name in ("petersen_graph", "bfs_tree", "diameter", "pagerank")
    }
    assert {name for name, symbol in makes.items() if symbol is not None and symbol.makes_graph} == {
        "petersen_graph",
        "bfs_tree",
    }


def test_the_index_is_made_once_and_again_for_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {
        "kind": "function",
        "name": "networkx.only",
        "paths": ["networkx.only"],
        "doc": "",
        "parameters": [],
        "library": "networkx",
    }
    monkeypatch.setattr(Documentation, "_scan", lambda *_: iter([row]))
    first = Documentation(sys.executable, tmp_path, ("networkx",))
    assert first.refresh()
    assert not first.refresh()
    second = Documentation(sys.executable, tmp_path, ("networkx",))
    assert not second.refresh()
    later = Documentation(sys.executable, tmp_path, ("networkx",))
    later.installed["libraries"]["networkx"] = "99.0"
    assert later.refresh()
    assert later.find("networkx.only") is not None
    for each in (first, second, later):
        each.close()


def test_a_broken_index_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Documentation, "_scan", lambda *_: iter([]))
    made = Documentation(sys.executable, tmp_path, ("networkx",))
    made.file.parent.mkdir(exist_ok=True)
    made.file.write_bytes(b"no database")
    assert made.refresh()
    made.close()
    database = sqlite3.connect(made.file)
    assert database.execute("SELECT count(*) FROM meta").fetchone() == (1,)
    database.close()


def test_an_interpreter_that_does_not_start_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="KONIGSBERG_PROGRAM_PYTHON"):
        Documentation(str(tmp_path / "nopython"), tmp_path).refresh()


def test_a_library_that_is_not_installed_is_left_out(documentation: Documentation, tmp_path: Path) -> None:
    made = Documentation(sys.executable, tmp_path, ("no_such_library_here",))
    assert made.installed["libraries"] == {}
    assert documentation.installed["libraries"] == {"networkx": nx.__version__}


def test_a_scan_that_fails_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="no_such_library_here"):
        list(Documentation(sys.executable, tmp_path)._scan("no_such_library_here"))
    assert module.SCAN_SECONDS > 0
