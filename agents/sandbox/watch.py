"""Follows a running program from outside: collects what it prints and ends it when it goes over a limit."""

from __future__ import annotations

import os
import selectors
import threading
import time
from collections.abc import Callable
from typing import Any

from agents.sandbox.terms import Killed, Limits

TICK = 0.02


def watch(
    out: int,
    err: int,
    limits: Limits,
    cancel: threading.Event | None,
    *,
    kill: Callable[[], None],
    ended: Callable[[], bool],
    wake: Any = None,
    over: Callable[[], Killed] | None = None,
    start: float | None = None,
) -> tuple[bytes, bytes, float, Killed]:
    """Return stdout, stderr, seconds and why it was killed, once `ended` says so.

    `wake` is a file that becomes readable at the end, so that no time is lost; `over` is asked now and then for a limit
    that only looking can tell; `start` is when it began. No more than `limits.output` bytes are kept.
    """
    kept = {out: bytearray(), err: bytearray()}
    killed: Killed = ""
    start, looked = time.monotonic() if start is None else start, 0.0
    with selectors.DefaultSelector() as ready:
        for file in kept:
            os.set_blocking(file, False)
            ready.register(file, selectors.EVENT_READ)
        if wake is not None:
            ready.register(wake, selectors.EVENT_READ)
        done = False
        while not done:
            done = ended()
            now = time.monotonic()
            why: Killed = ""
            if not killed and not done:
                if cancel is not None and cancel.is_set():
                    why = "cancelled"
                elif now - start >= limits.seconds:
                    why = "time"
                elif over is not None and now - looked >= 2 * TICK:
                    why, looked = over(), now
            for key, _ in ready.select(0 if done else _pause(start + limits.seconds - now, cancel, over, wake)):
                if key.fileobj in kept and not _take(key.fd, kept):
                    ready.unregister(key.fd)
            if not killed and not why and sum(map(len, kept.values())) > limits.output:
                why = "output"
            if why and not killed:
                killed = why
                kill()
        seconds = time.monotonic() - start
        for file in kept:
            while sum(map(len, kept.values())) <= limits.output and _take(file, kept):
                pass
        if not killed and sum(map(len, kept.values())) > limits.output:
            killed = "output"
    room = limits.output
    shown = bytes(kept[out][:room])
    return shown, bytes(kept[err][: room - len(shown)]), seconds, killed


def _pause(left: float, cancel: object, over: object, wake: object) -> float:
    if cancel is not None or over is not None or wake is None:
        return TICK
    return max(TICK, min(left, 1.0))


def _take(file: int, kept: dict[int, bytearray]) -> bool:
    """Read once; False at the end or where there is nothing."""
    try:
        part = os.read(file, 1 << 16)
    except BlockingIOError:
        return False
    kept[file] += part
    return bool(part)


def readable_text(data: bytes) -> str:
    """Decode what a program printed, so that it can be shown anywhere: no control characters, no reordering of text."""
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n")
    return "".join(char if char in "\n\t" or not _controls(ord(char)) else "\ufffd" for char in text)


def _controls(code: int) -> bool:
    return code < 32 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
