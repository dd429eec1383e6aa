"""The MCP endpoint beside the pages: the tools at /mcp, each user's graphs apart, behind the same passwords."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from tools.mcp_server import endpoint, make_server


class McpBeside:
    """An ASGI app for the route /mcp. Files are neither read nor written: graphs come as text or by their names.

    Without accounts it answers requests for this host's own name alone. With accounts each user, known by HTTP Basic
    authentication, has a server of their own, so that nobody lists or reads another's graphs.
    """

    def __init__(self, auth: Sequence[tuple[str, str]] | None, host: str, port: int, time_limit: float = 60.0) -> None:
        users = [user for user, _ in auth] if auth else [""]
        self.passwords = dict(auth or ())
        parts = {user: endpoint(make_server(None, time_limit), "" if auth else host, port) for user in users}
        self.answers: dict[str, Any] = {user: answer for user, (answer, _) in parts.items()}
        self.runs: list[Callable[[], Any]] = [run for _, run in parts.values()]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """What must run while the app answers."""
        async with AsyncExitStack() as stack:
            for run in self.runs:
                await stack.enter_async_context(run())
            yield

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        user = self._user(scope) if self.passwords else ""
        if user is None:
            headers = [(b"www-authenticate", b'Basic realm="konigsberg"'), (b"content-type", b"text/plain")]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": b"a user and a password are needed (HTTP Basic)\n"})
            return
        await self.answers[user](scope, receive, send)

    def _user(self, scope: Mapping[str, Any]) -> str | None:
        """The user of a request; None where it names none, or the password is another one."""
        given = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
        kind, _, code = given.partition(" ")
        try:
            user, _, password = base64.b64decode(code, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        known = self.passwords.get(user, "")
        same = hmac.compare_digest(known.encode(), password.encode())
        return user if kind.casefold() == "basic" and user in self.passwords and same else None
