"""An endpoint of OpenAI's chat API that answers from a script and keeps account of every reply it was paid for."""

from __future__ import annotations

import hashlib
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_THINGS = [
    f"{a} {b}" for a in "silk bone nacre wood glass steel foam skin".split() for b in "core glue layer net".split()
]
_VERBS = ("enables", "inhibits", "causes", "limits", "strengthens")
_SENTENCE = re.compile(r"\[(\d+)\] (\w+) (meets|knows|helps) (\w+) in")


def graph_reply(prompt: str, seed: str = "") -> str:
    """A reply with a graph, the same for the same prompt; at times with plurals and edges that dangle."""
    chance = random.Random(f"{seed}/{prompt}")
    edges = []
    for _ in range(chance.randint(2, 8)):
        a, b = chance.sample(_THINGS, 2)
        edges.append({"source": chance.choice([a, a.title(), a + "s"]), "relation": chance.choice(_VERBS), "target": b})
    nodes = sorted({edge[end] for edge in edges[1:] for end in ("source", "target")})
    graph = json.dumps({"nodes": [{"id": name} for name in nodes], "edges": edges})
    said = " ".join(f"The {e['source']} {e['relation']} the {e['target']}." for e in edges)
    return (
        f"<think><brainstorm>{said}</brainstorm><graph_json>{graph}</graph_json><patterns>a -> b</patterns>"
        f"<synthesis>{said}</synthesis></think>\n{said}"
    )


def facts_reply(said: str) -> str:
    """The facts of the sentences "A meets B in …" of a numbered text."""
    facts = [
        {"source": a, "relation": verb, "target": b, "sentence": int(number)}
        for number, a, verb, b in _SENTENCE.findall(said)
    ]
    return json.dumps({"facts": facts})


def scripted(messages: list[dict[str, Any]]) -> str:
    """Facts where a text is to be read, else a graph about the question."""
    said = str(messages[-1]["content"])
    return facts_reply(said) if _SENTENCE.search(said) else graph_reply(json.dumps(messages, sort_keys=True))


class Endpoint(ThreadingHTTPServer):
    """seconds: how long a reply takes. served: prompt -> how many replies were made for it, in order of the first."""

    daemon_threads = True

    def __init__(self, seconds: float = 0.02, rate: float = 0.0, reply: Any = scripted) -> None:
        """rate: how many of the requests get an error 500 instead."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seconds, self.rate, self.reply = seconds, rate, reply
        self.served: Counter[str] = Counter()
        self.order: list[str] = []
        self.lock = threading.Lock()
        self.failed = 0
        self.chance = random.Random(0)

    @property
    def spec(self) -> str:
        return f"openai:scripted@http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that were killed are expected here."""


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.loads(data)
        with self.server.lock:
            fails = self.server.chance.random() < self.server.rate
            self.server.failed += fails
        if fails:
            self._send(500, {"error": {"message": "something broke"}})
            return
        time.sleep(self.server.seconds)
        text = self.server.reply(body["messages"])
        with self.server.lock:  # from here on the reply is paid for
            key = hashlib.sha256(json.dumps([body["messages"], body.get("response_format")]).encode()).hexdigest()
            self.server.served[key] += 1
            self.server.order.append(key)
        self._complete(body, text)

    def _complete(self, body: dict[str, Any], text: str) -> None:
        counts = {"prompt_tokens": 50, "completion_tokens": len(text) // 4, "total_tokens": 50 + len(text) // 4}
        about = {"id": "x", "created": 1, "model": body["model"]}
        if not body.get("stream"):
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            self._send(200, {**about, "object": "chat.completion", "choices": [choice], "usage": counts})
            return
        rows: list[dict[str, Any]] = [
            {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]},
            {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
            {"choices": [], "usage": counts},
        ]
        lines = [f"data: {json.dumps({**about, 'object': 'chat.completion.chunk', **row})}\n\n" for row in rows]
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write("".join([*lines, "data: [DONE]\n\n"]).encode())
        self.close_connection = True

    def _send(self, status: int, data: dict[str, Any]) -> None:
        text = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@contextmanager
def endpoint(**about: Any) -> Iterator[Endpoint]:
    """The endpoint on loopback for the time of a block."""
    server = Endpoint(**about)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
