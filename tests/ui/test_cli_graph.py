"""`konigsberg graph` as a new user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graphs.store import Store
from tests.graphs.store.nasty import NASTY
from ui.cli import ANSWERED, BAD_INPUT, main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    place = tmp_path / "kg"
    with Store.open(place) as store:
        with store.step("question", about="What is silk?") as step:
            silk = step.add_entity("Spider silk", type="material", description="a strong fibre", aliases=("silk",))
            web, tough = step.add_entity("spidersilk"), step.add_entity("Toughness")
            found = step.add_relation(silk, "enables", tough, confidence=0.8, valid_from="1999")
            step.add_relation(web, "enables", tough, confidence=0.5, valid_from="1999")
            document = step.add_document("silk.txt", "silk is tough")
            step.add_evidence(found, quote="silk is tough", document=document, start=0, end=13)
            step.add_evidence(found, call="key")
        with store.step("edit", about="same thing") as step:
            step.merge(silk, web, "alias")
    return str(place)


def test_show(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "show", folder]) == ANSWERED
    assert "entities     2" in capsys.readouterr().out
    assert main(["graph", "show", folder, "--json", "--as-of", "1"]) == ANSWERED
    assert json.loads(capsys.readouterr().out)["entities"] == 3
    assert main(["graph", "show", folder, "SILK"]) == ANSWERED
    out = capsys.readouterr().out
    assert "#1 Spider silk (material)" in out
    assert "also silk, spidersilk" in out
    assert "Spider silk -[enables]-> Toughness  (hypothesis, 0.8, 1999 to …)" in out
    assert "document 1 [0, 13): silk is tough" in out
    assert main(["graph", "show", folder, "#2", "--json"]) == ANSWERED
    assert json.loads(capsys.readouterr().out)[0]["relations"][0]["evidence"][1]["call"] == "key"
    assert main(["graph", "show", folder, "Tuoghness"]) == BAD_INPUT
    assert "did you mean 'Toughness'?" in capsys.readouterr().err


def test_log_and_search(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "log", folder]) == ANSWERED
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 2
    assert "What is silk?" in out[0]
    assert main(["graph", "log", folder, "--step", "2"]) == ANSWERED
    assert '"keep": 1, "gone": 2, "why": "alias"' in capsys.readouterr().out
    assert main(["graph", "log", folder, "--last", "1", "--json"]) == ANSWERED
    assert [step["number"] for step in json.loads(capsys.readouterr().out)] == [2]
    assert main(["graph", "search", folder, "fibre"]) == ANSWERED
    assert capsys.readouterr().out == "#1 Spider silk (material)  a strong fibre\n"
    assert main(["graph", "search", folder, "nothing", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == []


def test_undo(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "export", folder, "--as-of", "1"]) == ANSWERED
    before = capsys.readouterr().out
    assert main(["graph", "undo", folder]) == ANSWERED
    listed = capsys.readouterr().out
    assert "spidersilk into Spider silk: alias" in listed
    event = listed.split()[1]
    assert main(["graph", "undo", folder, "--merge", event]) == ANSWERED
    assert "--step 3` brings it back" in capsys.readouterr().out
    assert main(["graph", "export", folder]) == ANSWERED
    assert capsys.readouterr().out == before
    assert main(["graph", "undo", folder, "--step", "1", "--json"]) == ANSWERED
    assert json.loads(capsys.readouterr().out)["relations"] == 0
    assert main(["graph", "undo", folder, "--merge", event]) == BAD_INPUT
    assert "the store has no merge" in capsys.readouterr().err
    assert main(["graph", "check", folder]) == ANSWERED
    assert "in order" in capsys.readouterr().out


def test_export_and_import(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "export", folder, "--format", "json"]) == ANSWERED
    out = capsys.readouterr().out
    data = json.loads(out)
    assert set(data) == {"nodes", "edges"}
    file, again = tmp_path / "x.json", str(tmp_path / "again")
    assert main(["graph", "export", folder, "-o", str(file)]) == ANSWERED
    assert file.read_text(encoding="utf-8") == out
    assert main(["graph", "import", again, str(file)]) == ANSWERED
    assert "now 2 entities and 1 relations" in capsys.readouterr().out
    assert main(["graph", "export", again]) == ANSWERED
    assert capsys.readouterr().out == out
    assert main(["graph", "import", str(tmp_path / "none"), str(tmp_path / "missing.csv")]) == BAD_INPUT
    assert not (tmp_path / "none").exists()
    assert main(["graph", "export", folder, "-o", str(tmp_path / "no" / "x")]) == BAD_INPUT


def test_names_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "kg")
    with Store.open(folder) as store, store.step("import", about="\x1b[2J") as step:
        for name in NASTY:
            one = step.add_entity(name, description="all\x1b[31m")
            step.add_relation(one, name, 1)
    for command in (["show", folder, "#1"], ["search", folder, "all"], ["log", folder], ["log", folder, "--step", "1"]):
        assert main(["graph", *command]) == ANSWERED
        out = capsys.readouterr().out
        assert all(c.isprintable() or c in "\n\t" for c in out), command


def test_cypher(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("kglite", reason="Cypher is answered by kglite", exc_type=ImportError)
    assert main(["graph", "cypher", folder, "MATCH (a)-[r]->(b) RETURN a.name, type(r), b.name"]) == ANSWERED
    assert capsys.readouterr().out == "a.name\ttype(r)\tb.name\nSpider silk\tenables\tToughness\n"
    assert main(["graph", "cypher", folder, "MATCH (a) RETURN count(a) AS n", "--json", "--as-of", "1"]) == ANSWERED
    assert json.loads(capsys.readouterr().out) == [{"n": 3}]
    assert main(["graph", "cypher", folder, "MATCH (a"]) == BAD_INPUT
    assert "Cypher syntax error" in capsys.readouterr().err


def test_problems_are_told(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("show", "log", "check", "export"):
        assert main(["graph", command, str(tmp_path / "nothing")]) == BAD_INPUT
        assert "no knowledge graph" in capsys.readouterr().err
    assert main(["graph"]) == BAD_INPUT
    assert main(["graph", "show", folder, "--as-of", "9"]) == BAD_INPUT
    with Store.open(folder) as store:
        assert main(["graph", "undo", folder, "--step", "1"]) == BAD_INPUT
        assert "open for writing by this process" in capsys.readouterr().err
        assert main(["graph", "show", folder]) == ANSWERED
        store.base.execute("UPDATE relations SET confidence = 0.1")
    assert main(["graph", "check", folder]) == 1
    assert "relations: has" in capsys.readouterr().out


def test_a_closed_pipe_is_no_error(folder: str) -> None:
    with Store.open(folder) as store:
        store.load_triples((f"node {i}", "is", f"node {i + 1}") for i in range(5000))
    command = f"{sys.executable} -m ui.cli graph export {folder} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout == '{"nodes": [\n'
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["#" + "9" * 30, "#²", "#99"])
def test_numbers_of_no_entity_are_told(folder: str, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["graph", "show", folder, name]) == BAD_INPUT
    error = capsys.readouterr().err
    assert name[1:3] in error
    assert "find(name)" not in error


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_folder_that_no_file_system_can_have_is_told(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["graph", "show", name]) == BAD_INPUT
    assert "there is no knowledge graph in" in capsys.readouterr().err
    assert main(["graph", "import", name, str(ROOT / "graphs/data/roads.csv")]) == BAD_INPUT
    assert "cannot be made" in capsys.readouterr().err


def test_a_step_that_never_was_has_no_log(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "log", folder, "--step", "9"]) == BAD_INPUT
    assert "the store has no step 9; the last one is 2" in capsys.readouterr().err


def test_a_search_without_a_hit_says_so(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "search", folder, "kevlar"]) == 1
    out, err = capsys.readouterr()
    assert (out, "kevlar" in err) == ("", True)


def test_what_can_be_undone_comes_as_json_too(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "undo", folder, "--json"]) == ANSWERED
    data = json.loads(capsys.readouterr().out)
    assert [merge["name"] for merge in data["merges"]] == ["spidersilk"]
    assert [step["number"] for step in data["steps"]] == [1, 2]
    assert main(["graph", "undo", folder, "--merge", "999"]) == BAD_INPUT
    assert "`konigsberg graph undo DIR` lists" in capsys.readouterr().err


def test_an_import_says_one_thing_of_directions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.csv").write_text("source,target\na,b\nb,c\n", encoding="utf-8")
    assert main(["graph", "import", str(tmp_path / "kg"), str(tmp_path / "x.csv")]) == ANSWERED
    notes = capsys.readouterr().err
    assert "taken from source to target as written" in notes
    assert "undirected" not in notes
