"""The command line as a new user meets it."""

from __future__ import annotations

import io
import json
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from agents import GraphAgent
from graphs.data import example_names
from ui.cli import ANSWERED, BAD_INPUT, STOPPED, UNANSWERED, main, printable

ROOT = Path(__file__).parents[2]


def test_a_question_on_a_shipped_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "What is the shortest path from Hamburg to Leipzig?", "--graph", "example:roads"]) == ANSWERED
    out = capsys.readouterr().out
    assert "Hamburg,Berlin,Leipzig" in out
    assert "479" in out
    assert "proven" in out
    assert "took column 'km' as weight" in out


def test_json_holds_the_whole_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "How far is c from a?", "--graph", "a-b, b-c", "--json", "--trace"]) == ANSWERED
    data = json.loads(capsys.readouterr().out)
    assert data["value"] == 2
    assert data["status"] == "proven"
    assert data["certificates"][0]["holds"] is True
    assert data["cost"]["model_calls"] == 0
    assert [step["agent"] for step in data["steps"]] == ["question", "planner", "solver", "verifier", "answer"]


def test_the_trace_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "How many edges?", "--graph", "a-b", "--trace"])
    assert "[planner]" in capsys.readouterr().out


def test_the_question_comes_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a-b\nb-c\nHow many edges are there?"))
    assert main(["ask", "-"]) == ANSWERED
    assert "2" in capsys.readouterr().out


def test_what_is_not_understood_has_its_own_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Tell me something nice", "--graph", "a-b"]) == UNANSWERED
    assert capsys.readouterr().out


def test_columns_and_direction_can_be_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("p,q,r\n1,2,7\n2,3,1\n", encoding="utf-8")
    options = ["--graph", str(file), "--source", "q", "--target", "p", "--weight", "r", "--directed"]
    assert main(["ask", "What is the total weight of the shortest path from 3 to 1?", *options]) == ANSWERED
    assert "8" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("header.csv", b"source,target\n", "no edges"),
        ("broken.graphml", b"<graphml><graph>", "line 1"),
        ("binary.csv", bytes(range(256)), "text"),
        ("x.pickle", b"\x80\x04N.", "never"),
    ],
)
def test_bad_files_are_clear_errors(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert main(["ask", "How many nodes?", "--graph", str(file)]) == BAD_INPUT
    error = capsys.readouterr().err
    assert says in error
    assert name in error
    assert "Traceback" not in error


def test_a_missing_file_names_close_ones(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "friends.csv").write_text("a,b\n", encoding="utf-8")
    assert main(["ask", "How many nodes?", "--graph", str(tmp_path / "freinds.csv")]) == BAD_INPUT
    assert "friends.csv" in capsys.readouterr().err


@pytest.mark.parametrize("name", example_names())
def test_every_example_can_be_asked(capsys: pytest.CaptureFixture[str], name: str) -> None:
    if name.endswith(".ttl"):
        pytest.importorskip("pyoxigraph")
    assert main(["ask", "How many nodes are there?", "--graph", f"example:{name}"]) == ANSWERED
    assert "proven" in capsys.readouterr().out


def test_tools_are_listed_and_documented(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tools"]) == ANSWERED
    assert "shortest_path" in capsys.readouterr().out
    assert main(["tools", "shortest_path"]) == ANSWERED
    assert "Dijkstra" in capsys.readouterr().out
    assert main(["tools", "shortest_pth"]) == BAD_INPUT
    assert "shortest_path" in capsys.readouterr().err


def test_labels_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert printable("a\x1b[31mred\x07") == "a\\x1b[31mred\\x07"
    assert (
        main(["ask", "List the neighbours of b.", "--graph", '{"edges": [["\\u001b]0;evil\\u0007", "b"]]}']) == ANSWERED
    )
    assert "\x1b" not in capsys.readouterr().out


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == BAD_INPUT
    assert "ask" in capsys.readouterr().out


def test_hints_name_the_options_of_this_program(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("source,target\n", encoding="utf-8")
    assert main(["ask", "How many nodes?", "--graph", str(file)]) == BAD_INPUT
    assert "pass --no-header" in capsys.readouterr().err
    assert main(["ask", "How many edges?", "--graph", str(file), "--no-header", "--json"]) == ANSWERED
    assert json.loads(capsys.readouterr().out)["value"] == 1
    assert main(["ask", "How many nodes?", "--graph", str(file), "--max-bytes", "3"]) == BAD_INPUT
    assert "raise it with --max-bytes 12" in capsys.readouterr().err
    assert main(["ask", "How many nodes?", "--graph", "example:bridges"]) == ANSWERED
    assert "pass --directed if" in capsys.readouterr().out


def test_a_graph_comes_from_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"source,target\na,b\nb,c\n")))
    assert main(["ask", "How far is c from a?", "--graph", "-", "--json"]) == ANSWERED
    assert json.loads(capsys.readouterr().out)["value"] == 2
    assert main(["ask", "-", "--graph", "-"]) == BAD_INPUT
    assert "not both" in capsys.readouterr().err
    assert main(["ask", "How many nodes?", "--graph", ""]) == BAD_INPUT
    assert "--graph is empty" in capsys.readouterr().err


@pytest.mark.parametrize("damage", ["folder", "file"])
def test_a_memory_that_cannot_be_used_is_told_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, damage: str
) -> None:
    if damage == "file":
        (tmp_path / "conversations.sqlite").write_bytes(b"no database " * 500)
    else:
        (tmp_path / "conversations.sqlite").mkdir()
    monkeypatch.setenv("KONIGSBERG_DATA_DIR", str(tmp_path))
    assert main(["ask", "How many nodes?", "--graph", "a-b", "--thread", "t"]) == BAD_INPUT
    said = capsys.readouterr().err
    assert "conversations.sqlite" in said
    assert "KONIGSBERG_DATA_DIR" in said


@pytest.mark.parametrize("limit", ["0", "-1", "nan", "soon"])
def test_a_time_limit_is_a_number_above_0(capsys: pytest.CaptureFixture[str], limit: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["ask", "How many nodes?", f"--time-limit={limit}"])
    assert stopped.value.code == BAD_INPUT
    assert "must be a number of seconds above 0" in capsys.readouterr().err


def test_no_tool_of_that_name_is_an_error_in_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tools", "shortest_pth", "--json"]) == BAD_INPUT
    shown = capsys.readouterr()
    assert "did you mean shortest_path" in shown.err
    assert not shown.out


def test_the_server_says_what_it_lacks(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        pytest.importorskip("mcp")
        assert main(["mcp", "--http", "--port", str(port)]) == BAD_INPUT
    assert "choose another --port" in capsys.readouterr().err
    assert main(["mcp", "--http", "--port", "99999"]) == BAD_INPUT
    assert "99999 is no port" in capsys.readouterr().err
    assert main(["mcp", "--root", "no/such/folder"]) == BAD_INPUT
    assert "is no folder" in capsys.readouterr().err
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["mcp"]) == BAD_INPUT
    assert "konigsberg[mcp]" in capsys.readouterr().err


def test_the_server_stops_at_once_when_interrupted() -> None:
    pytest.importorskip("mcp")
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}) + "\n"
    command = [sys.executable, "-m", "ui.cli", "mcp", "--tools", "num_nodes"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        process.stdin.flush()
        assert "konigsberg" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=10) == STOPPED
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("graph", "says"),
    [
        ("x" * 5000, "no file is called"),
        ("example:resolution", "no example graph"),
        ("https://example.org/roads.csv", "download it and name the file"),
    ],
)
def test_a_graph_that_is_no_file_is_a_clear_error(capsys: pytest.CaptureFixture[str], graph: str, says: str) -> None:
    assert main(["ask", "How many nodes?", "--graph", graph]) == BAD_INPUT
    assert says in capsys.readouterr().err


def test_what_is_wrong_with_standard_input_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"How many \xff nodes?"), "utf-8"))
    assert main(["ask", "-"]) == BAD_INPUT
    assert "standard input: no UTF-8 text" in capsys.readouterr().err
    raw = io.BytesIO(b"")
    raw.name = "<stdin>"  # type: ignore[attr-defined]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw, "utf-8"))
    assert main(["ask", "How many nodes?", "--graph", "-"]) == BAD_INPUT
    assert "standard input: the file is empty" in capsys.readouterr().err


def test_hints_name_no_option_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for content, hint in (
        ("source,target,weight\na,b,x\nb,c,2\n", "with --weight\n"),
        ("Ann\nBob\n", "as in 'Ann,Bob'\n"),
    ):
        (tmp_path / "x.csv").write_text(content, encoding="utf-8")
        assert main(["ask", "How many nodes?", "--graph", str(tmp_path / "x.csv")]) == BAD_INPUT
        assert capsys.readouterr().err.endswith(hint)


def test_a_weight_that_one_edge_lacks_is_not_said_to_be_missing_everywhere(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for content, says in (("nan", "at least one has none"), ("2", "b")):
        (tmp_path / "x.csv").write_text(f"source,target,weight\na,b,{content}\nb,c,2\n", encoding="utf-8")
        main(["ask", "How long is the shortest path from a to c?", "--graph", str(tmp_path / "x.csv")])
        out = capsys.readouterr().out
        assert says in out
        assert "the graph gives none" not in out


def test_an_empty_name_is_no_tool(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tools", ""]) == BAD_INPUT
    assert "there is no tool ''" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["tools", "--json"], ["tools", "paths"]])
def test_a_full_disk_is_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "ui.cli", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert done.returncode == BAD_INPUT
    assert done.stderr == "konigsberg: No space left on device\n"


def test_ctrl_c_while_the_program_starts_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.cli._parser", interrupted)
    assert main(["tools"]) == STOPPED


def test_what_the_readme_asks_is_answered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KONIGSBERG_DATA_DIR", str(tmp_path))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = [shlex.split(line, comments=True)[1:] for line in readme.splitlines() if line.startswith("konigsberg ask")]
    stores = {"silk"}  # what the lines before have grown
    asked = [words for words in asked if not stores & set(words)]
    assert len(asked) >= 6
    for words in asked:
        assert main(words) == ANSWERED, words
        assert "proven" in capsys.readouterr().out


def test_python_takes_the_examples_by_the_same_name() -> None:
    reply = GraphAgent().ask("What is the maximum flow from spring to town?", graph="example:pipes")
    assert (reply.value, reply.status) == (23, "proven")
