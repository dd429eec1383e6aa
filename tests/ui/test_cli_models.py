"""`konigsberg models`: what works here, a test of one, and bringing files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.agents.faulty_server import serving
from ui.cli import main


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KONIGSBERG_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "KONIGSBERG_OPENAI_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KONIGSBERG_VLLM_URL", "http://127.0.0.1:9/v1")


def gguf(folder: Path, name: str = "model.gguf") -> Path:
    path = folder / name
    path.write_bytes(b"GGUF" + bytes(100))
    return path


def test_a_list_shows_extras_files_and_endpoints(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["models", "fetch", str(gguf(tmp_path)), "--name", "small"]) == 0
    capsys.readouterr()
    monkeypatch.setenv("VLLM_API_KEY", "topsecret")
    assert main(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert "gguf:small" in out
    assert "set KONIGSBERG_API_KEY or OPENAI_API_KEY" in out
    assert "http://127.0.0.1:9/v1 (with a key): nobody answers" in out
    assert main(["models", "list", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {row["extra"] for row in data["extras"]} == {"gguf", "openai", "adapters"}
    assert data["files"][0]["bytes"] == 104
    assert "topsecret" not in out + json.dumps(data)


def test_fetch_copies_links_and_refuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, own_data_folder: Path
) -> None:
    file = gguf(tmp_path)
    assert main(["models", "fetch", str(file)]) == 0
    assert main(["models", "fetch", str(file), "--name", "linked", "--link"]) == 0
    assert main(["models", "fetch", str(file), "--name", "linked", "--link"]) == 0  # it is there already
    assert capsys.readouterr().out == "gguf:model\ngguf:linked\ngguf:linked\n"
    assert not (own_data_folder / "models" / "model.gguf").is_symlink()
    assert (own_data_folder / "models" / "linked.gguf").is_symlink()
    folder = tmp_path / "whole"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    assert main(["models", "fetch", str(folder)]) == 0
    assert capsys.readouterr().out == "hf:whole\n"


def test_what_cannot_be_fetched_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("hello")
    main(["models", "fetch", str(gguf(tmp_path))])
    cases = [
        ([str(tmp_path / "text.gguf")], "is no GGUF file"),
        ([str(tmp_path)], "neither a GGUF file nor a model folder"),
        ([str(tmp_path / "none.gguf")], "no such file"),
        ([str(tmp_path / "model.gguf")], "stored as model already"),
        ([str(tmp_path / "model.gguf"), "--name", "../up"], "letters, digits"),
    ]
    for arguments, message in cases:
        assert main(["models", "fetch", *arguments]) == 2
        assert message in capsys.readouterr().err


def test_without_a_network_the_hub_is_told_to_be_out_of_reach(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    constants = pytest.importorskip("huggingface_hub.constants", reason="needs the extra gguf")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    for source in ("some/model", "some/model/file.gguf"):
        assert main(["models", "fetch", source]) == 2
        assert "bring the file here by other means" in capsys.readouterr().err


def test_a_model_is_tested(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("langchain_openai", reason="needs the extra openai")
    from agents.backends.connections import close

    with serving(reply=lambda body: '{"city": "K", "bridges": 7}') as server:
        assert main(["models", "test", f"vllm:m@{server.url}"]) == 0
    out = capsys.readouterr().out
    assert "7 + 3 tokens" in out
    assert "held to the schema while it writes; repairs 0" in out
    close()  # or the kept connection still finds the server
    assert main(["models", "test", f"vllm:m@{server.url}"]) == 1
    assert "is down" in capsys.readouterr().err
    close()


def test_a_spec_that_is_none_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "test", "gpt"]) == 2
    assert "write SCHEME:NAME" in capsys.readouterr().err
    assert main(["models"]) == 2
