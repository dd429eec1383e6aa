"""A server of OpenAI's chat API that fails in chosen ways: scripted, or in front of a real one.

By hand: `python -m tests.agents.faulty_server --upstream http://127.0.0.1:8080 --port 8081 --rate 0.5`
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

# what goes wrong: no reply, too many requests (with and without Retry-After), an error, a connection that breaks in
# the middle of a reply, one that breaks before it, a body that is no JSON, a reply that is none
FAULTS = ("timeout", "429", "429-after", "500", "503", "cut", "reset", "no-json", "misfit")


class Plan:
    """Chooses the fault of each request. rate: how many of them fail."""

    def __init__(self, rate: float, seed: int = 0, faults: tuple[str, ...] = FAULTS) -> None:
        self._random, self._lock = random.Random(seed), threading.Lock()
        self._rate, self._faults = rate, faults

    def __call__(self, body: dict[str, Any]) -> str:
        with self._lock:
            if self._random.random() >= self._rate:
                return ""
            fault = self._random.choice(self._faults)
        again = "does not fit" in str(body["messages"][-1])  # a second misfit would rightly end the question
        return "500" if fault == "misfit" and (again or "response_format" not in body) else fault


def echo(body: dict[str, Any]) -> str:
    """The scripted reply: the first number of the first message that has one, as the schema wants it."""
    said = " ".join(str(m["content"]) for m in body["messages"] if m["role"] == "user")
    number = re.search(r"\d+", said)
    value = int(number[0]) if number else 0
    return json.dumps({"value": value}) if "response_format" in body else f"the value is {value}"


class Server(ThreadingHTTPServer):
    """Counts what it sees. `requests` keeps headers and bodies."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(
        self,
        plan: Callable[[dict[str, Any]], str],
        reply: Callable[[dict[str, Any]], str] = echo,
        *,
        upstream: str | None = None,
        port: int = 0,
        silence: float = 3.0,
        status: int = 401,
    ) -> None:
        """silence: seconds that a fault "timeout" lasts. status: of a fault "refuse", which repeats the key."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.plan, self.reply, self.upstream, self.silence, self.status = plan, reply, upstream, silence, status
        self.lock = threading.Lock()
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.seen: Counter[str] = Counter()
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that have gone are expected here."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        data = self.rfile.read(length)
        if len(data) < length:  # the client has left in the middle of its request
            with self.server.lock:
                self.server.seen["left"] += 1
            return
        body = json.loads(data)
        fault = self.server.plan(body)
        with self.server.lock:
            self.server.requests.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.server.seen[fault or "fine"] += 1
        if fault == "timeout":
            self.server.closing.wait(self.server.silence)
            self.close_connection = True
        elif fault.startswith("429"):
            self._send(429, {"error": {"message": "slow down"}}, {"Retry-After": "0.05"} if "after" in fault else {})
        elif fault in ("500", "503"):
            self._send(int(fault), {"error": {"message": "something broke"}})
        elif fault == "refuse":
            told = f"bad: {self.headers['Authorization']} sk-abcdefgh1234"
            self._send(self.server.status, {"error": {"message": told}})
        elif fault == "reset":
            self.close_connection = True
        elif fault == "no-json":
            self._raw(200, b'{"id": "x", "choices": [{"mess', {})
        elif self.server.upstream and fault != "misfit":
            self._forward(body, cut=fault == "cut")
        else:
            text = "no JSON at all" if fault == "misfit" else self.server.reply(body)
            self._complete(body, text, cut=fault == "cut")

    def _complete(self, body: dict[str, Any], text: str, *, cut: bool) -> None:
        counts = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
        about = {"id": "x", "created": 1, "model": body["model"]}
        if not body.get("stream"):
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            data = {**about, "object": "chat.completion", "choices": [choice], "usage": counts}
            self._raw(200, json.dumps(data).encode(), {}, cut=cut)
            return
        rows: list[dict[str, Any]] = [
            {"choices": [{"index": 0, "delta": {"content": part}, "finish_reason": None}]}
            for part in re.findall(r"\S+\s*", text)
        ]
        rows.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if body.get("stream_options", {}).get("include_usage"):
            rows.append({"choices": [], "usage": counts})
        lines = [f"data: {json.dumps({**about, 'object': 'chat.completion.chunk', **row})}\n\n" for row in rows]
        lines = lines[: len(lines) // 2] if cut else [*lines, "data: [DONE]\n\n"]
        self._raw(200, "".join(lines).encode(), {"Content-Type": "text/event-stream"}, close=True)

    def _forward(self, body: dict[str, Any], *, cut: bool) -> None:
        assert self.server.upstream is not None
        where = urlsplit(self.server.upstream)
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=600)
        line.request("POST", self.path, json.dumps(body), {"Content-Type": "application/json"})
        got = line.getresponse()
        data = got.read()
        kind = {"Content-Type": got.getheader("Content-Type", "application/json")}
        if body.get("stream"):
            self._raw(got.status, data[: len(data) // 2] if cut else data, kind, close=True)
        else:
            self._raw(got.status, data, kind, cut=cut)
        line.close()

    def _send(self, status: int, data: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(data).encode(), headers or {})

    def _raw(
        self, status: int, data: bytes, headers: dict[str, str], *, cut: bool = False, close: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        if close:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if cut else data)
        self.close_connection = cut or close


@contextmanager
def serving(
    plan: Callable[[dict[str, Any]], str] = lambda _: "", reply: Callable[[dict[str, Any]], str] = echo, **more: Any
) -> Iterator[Server]:
    """A server on loopback for the time of a test."""
    server = Server(plan, reply, **more)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upstream")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--rate", type=float, default=0.5)
    parser.add_argument("--silence", type=float, default=120.0)
    options = parser.parse_args()
    with serving(Plan(options.rate), upstream=options.upstream, port=options.port, silence=options.silence) as server:
        sys.stderr.write(f"serving at {server.url}; Ctrl-C stops\n")
        try:
            while True:
                time.sleep(5)
                sys.stderr.write(f"{sum(server.seen.values())} {dict(server.seen)}\n")
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
