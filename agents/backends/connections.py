"""Connections to endpoints, all served by one event loop in a thread of its own, so that any call can be cancelled."""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Coroutine
from contextvars import Context, ContextVar
from typing import Any

from agents.chat.calls import Attempt

current_attempt: ContextVar[Attempt] = ContextVar("current_attempt")
_clients: dict[tuple[str, str, str], Any] = {}
_running: tuple[int, asyncio.AbstractEventLoop, threading.Thread] | None = None
_starting = threading.Lock()
_PATIENCE = 5.0  # seconds for a cancelled request to close its connection


def client(url: str, name: str, key: str) -> Any:
    """A client of the loop's thread; making one costs milliseconds, its connections are kept."""
    found = _clients.get((url, name, key))
    if found is None:
        import openai
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        web = openai.DefaultAsyncHttpxClient(timeout=None, event_hooks={"request": [_watch]})
        found = _clients[url, name, key] = ChatOpenAI(
            model=name,
            base_url=url,
            api_key=SecretStr(key or "none"),
            max_retries=0,
            cache=False,
            use_responses_api=False,
            stream_chunk_timeout=None,
            http_async_client=web,
        )
    return found


async def _watch(request: Any) -> None:
    """Note when a request has really left, which makes it a call."""
    attempt = current_attempt.get()

    async def trace(event: str, _: Any) -> None:
        if event.endswith("send_request_headers.complete"):
            attempt.sent = True

    request.extensions["trace"] = trace


class Work:
    """A coroutine that runs in the loop until it is done or ended."""

    def __init__(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._loop = loop()
        self._ended = threading.Event()
        self._task: asyncio.Task[None] | None = None
        # a context of its own: LangChain would tell the caller's callbacks about the client's call as well as about
        # the model's, and the tokens of a reply would count twice
        self._loop.call_soon_threadsafe(self._start, coroutine, context=Context())

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.create_task(coroutine)
        self._task.add_done_callback(lambda _: self._ended.set())

    def end(self) -> None:
        """Cancel it and wait until it has ended: only then is it certain whether its request has left."""
        if not self._ended.is_set():
            self._loop.call_soon_threadsafe(lambda: self._task and self._task.cancel())
            self._ended.wait(_PATIENCE)


def loop() -> asyncio.AbstractEventLoop:
    """The loop, started at its first use."""
    global _running
    with _starting:
        if _running is None or _running[0] != os.getpid():  # a forked process has no thread for its parent's loop
            _clients.clear()
            made = asyncio.new_event_loop()
            thread = threading.Thread(target=made.run_forever, name="konigsberg-endpoints", daemon=True)
            thread.start()
            if _running is None:
                atexit.register(close)
            _running = os.getpid(), made, thread
        return _running[1]


def close() -> None:
    """Close all connections; the next call opens new ones."""
    global _running
    with _starting:
        if _running is None or _running[0] != os.getpid():
            return
        _, running, thread = _running
        _running = None
        clients = [*_clients.values()]
        _clients.clear()
    asyncio.run_coroutine_threadsafe(_close(clients), running).result(_PATIENCE)
    running.call_soon_threadsafe(running.stop)
    thread.join()
    running.close()


async def _close(clients: list[Any]) -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for client in clients:
        await client.http_async_client.aclose()
