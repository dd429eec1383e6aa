"""Messages between the caller, the server and a run's guard: a length, then JSON, and files beside them."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

MOST = 1 << 20


def send(link: socket.socket, message: dict[str, Any], files: list[int] | None = None) -> None:
    """Send one message, and the open `files` with it."""
    body = json.dumps(message).encode()
    data = struct.pack("!I", len(body)) + body
    if files:
        socket.send_fds(link, [data[:1]], files)
        data = data[1:]
    link.sendall(data)


def receive(link: socket.socket, most_files: int = 0) -> tuple[dict[str, Any], list[int]]:
    """Return the next message and its files.

    Raises:
        EOFError: the other side is gone, or says what no side of ours says.
    """
    first, files, flags, _ = socket.recv_fds(link, 1, most_files)
    if flags & socket.MSG_CTRUNC:
        raise EOFError("more files came than were expected")
    head = first + _exactly(link, 3) if first else b""
    if not head:
        raise EOFError("the other side is gone")
    (length,) = struct.unpack("!I", head)
    if length > MOST:
        raise EOFError(f"a message of {length} bytes is too long")
    message = json.loads(_exactly(link, length))
    return message, files


def _exactly(link: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = link.recv(size - len(data))
        if not part:
            raise EOFError("the other side is gone")
        data += part
    return bytes(data)
