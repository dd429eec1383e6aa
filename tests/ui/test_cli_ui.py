"""`konigsberg ui`: who may come in, and what is said where it cannot start."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from graphs.errors import BadArgument
from ui import cli_ui
from ui.cli import main
from ui.cli_ui import accounts


def test_accounts_come_from_a_file_or_one_pair(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text("# people\nann:se:cret\n\n bob:x \n")
    assert accounts(str(file)) == [("ann", "se:cret"), ("bob", "x")]
    assert accounts("ann:secret") == [("ann", "secret")]
    assert accounts("") is None


@pytest.mark.parametrize(
    ("text", "said"), [("ann\n", "line 1"), ("a:b\n:x\n", "line 2"), ("# nobody\n", "names nobody")]
)
def test_a_file_without_pairs_is_refused_and_no_password_is_shown(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "users"
    file.write_text(text)
    with pytest.raises(BadArgument, match=said):
        accounts(str(file))
    with pytest.raises(BadArgument, match="no file is called"):
        accounts("nowhere")


def test_without_gradio_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli_ui, "find_spec", lambda name: None)
    assert main(["ui"]) == 2
    assert "pip install 'konigsberg[ui]'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli_ui, "find_spec", lambda name: object())
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = one.getsockname()[1]
        assert main(["ui", "--port", str(port)]) == 2
    assert f"127.0.0.1:{port} cannot be listened on" in capsys.readouterr().err


def test_a_bad_model_is_refused_before_the_server_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli_ui, "find_spec", lambda name: object())
    monkeypatch.setattr(cli_ui, "_free", lambda host, port: None)
    assert main(["ui", "--model", "nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err
