"""Run vLLM as a child: wait until it answers, ask it something, and end it with all that it started."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from adapters.serving.command import Serving, arguments, environment, is_servable
from adapters.serving.folder import about
from graphs.errors import BadArgument, GraphError

_PATIENCE = 20.0  # seconds for the server to end by itself
_LINES = 15


class ServerError(GraphError):
    """The server did not start, ended, or refused a request. The message holds what it said."""


@contextmanager
def running(
    serving: Serving, log: Path, *, timeout: float = 900.0, tell: Callable[[float], None] = lambda seconds: None
) -> Iterator[subprocess.Popen[bytes]]:
    """The server, ready to answer, inside the block; it and its children are ended afterwards.

    tell: called about once a second while it starts, with the seconds so far.

    Raises:
        BadArgument: the port is taken. ServerError: it ended before it was ready, or took too long.
    """
    _free(serving)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        child = subprocess.Popen(
            arguments(serving), env=environment(serving), stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        began = time.monotonic()
        while not _healthy(serving.url):
            seconds = time.monotonic() - began
            if child.poll() is not None:
                raise ServerError(f"vLLM ended with {child.returncode} before it was ready. {_end_of(log)}")
            if seconds > timeout:
                raise ServerError(f"vLLM was not ready after {timeout:.0f} seconds. {_end_of(log)}")
            tell(seconds)
            time.sleep(1.0)
        yield child
    finally:
        end(child)


def end(child: subprocess.Popen[bytes]) -> None:
    """End a server and what it started: politely, then not."""
    for sign, patience in ((signal.SIGTERM, _PATIENCE), (signal.SIGKILL, _PATIENCE)):
        try:
            os.killpg(child.pid, sign)
        except ProcessLookupError:
            break
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        if sign is signal.SIGTERM and _group_lives(child.pid):
            time.sleep(1.0)  # the engine ends a moment after the server
    child.wait(_PATIENCE)


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def check(serving: Serving, timeout: float = 300.0) -> dict[str, Any]:
    """Ask a served model a test question, with a graph where it reads one: the models' names, the reply, its cost.

    Raises:
        ServerError: a request was refused; the message says why.
    """
    content: Any = "Say yes."
    folder = Path(serving.model)
    found = about(folder) if is_servable(folder) else None
    if found is not None and found.takes_graphs:
        from adapters.serving.parts import content_part

        content = [content_part(found.largest()), {"type": "text", "text": "Say yes."}]
    names = [row["id"] for row in _asked(f"{serving.url}/v1/models", None, timeout)["data"]]
    body = {"model": serving.name, "messages": [{"role": "user", "content": content}], "max_tokens": 8}
    began = time.perf_counter()
    reply = _asked(f"{serving.url}/v1/chat/completions", body | {"temperature": 0}, timeout)
    return {
        "models": names, "reply": reply["choices"][0]["message"]["content"], "usage": reply["usage"],
        "seconds": time.perf_counter() - began, "graph": found is not None and found.takes_graphs,
    }  # fmt: skip


def _asked(url: str, body: Any, timeout: float) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get("KONIGSBERG_API_KEY") or os.environ.get("VLLM_API_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=timeout) as reply:
            return json.load(reply)
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")[:500]
        raise ServerError(f"{url} answered {error.code}: {said}") from error
    except (OSError, ValueError) as error:
        raise ServerError(f"{url} gave no answer: {error}") from error


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5.0) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def _free(serving: Serving) -> None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in serving.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((serving.host, serving.port))
    except OSError as error:
        raise BadArgument(
            f"{serving.host}:{serving.port} cannot be listened on ({error.strerror}); choose another --port"
        ) from error


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    errors = [line for line in lines if "Error" in line][-3:]
    shown = "\n".join([*errors, "…", *lines[-_LINES:]]) if errors else "\n".join(lines[-_LINES:])
    return f"The whole log is {log}; its end:\n{shown}"
