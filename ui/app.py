"""The web interface: the pages joined in one app, with the headers that keep a page to this server, and its start."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported: it reads this then

import gradio as gr  # noqa: E402
import uvicorn  # noqa: E402
from fastapi import FastAPI  # noqa: E402
from fastapi.staticfiles import StaticFiles  # noqa: E402
from starlette.routing import Route  # noqa: E402

from ui.mcp_beside import McpBeside  # noqa: E402
from ui.pages import ask, evaluate, explore, grow, models  # noqa: E402
from ui.pages.frame import HEAD, PERSON, STATIC, House, brand, theme  # noqa: E402
from ui.talk.desk import Desk  # noqa: E402

PAGES: tuple[tuple[str, Callable[[House], None]], ...] = (
    ("Ask", ask.page),
    ("Grow", grow.page),
    ("Explore", explore.page),
    ("Evaluate", evaluate.page),
    ("Models", models.page),
)
WELCOME = (  # HTML on the page that asks for a password, which loads no style of ours
    "<style>.gradio-container .min-h-screen { background: none !important } .gradio-container .panel "
    "{ max-width: 30rem }</style><b>Königsberg</b><br>Ask any graph anything and get an answer you can check. "
    "This server asks for a name and a password."
)
WAITING = 100  # questions in the queue before new ones are turned away
_POLICY = (  # gradio compiles its templates with Function() and sets styles; nothing else comes from anywhere
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
Auth = list[tuple[str, str]] | None


def build(desk: Desk) -> gr.Blocks:
    """All pages as one gradio app."""
    blocks = gr.Blocks(title="Königsberg", analytics_enabled=False, delete_cache=(600, 3600))
    with blocks:
        brand()
        person, said = gr.State(""), gr.Textbox(visible=False)
        with gr.Tabs() as tabs:
            house = House(desk, blocks, tabs, person)
            known = blocks.load(lambda key: str(key or "")[:64], [said], [person], js=PERSON, api_visibility="private")
            house.known = known
            for title, page in PAGES:
                with gr.Tab(title, id=title.lower()) as house.tab:
                    page(house)
    blocks.queue(default_concurrency_limit=8, max_size=WAITING, api_open=False)
    return blocks


def web_app(desk: Desk, auth: Auth = None, root_path: str = "", mcp: McpBeside | None = None) -> FastAPI:
    """The app as a server runs it. root_path: where a reverse proxy shows it ("/graphs"). mcp: what answers at /mcp.

    Raises:
        RuntimeError: It was called from a coroutine.
    """
    return asyncio.run(_web_app(desk, auth, root_path, mcp))


async def _web_app(desk: Desk, auth: Auth, root_path: str, mcp: McpBeside | None) -> FastAPI:
    """A coroutine because gradio opens an event loop for each of its locks where none is running, and closes none."""
    app = FastAPI(openapi_url=None, lifespan=None if mcp is None else lambda _: mcp.running())
    if mcp is not None:
        app.router.routes.append(Route("/mcp", endpoint=mcp))
    static = Path(__file__).parent / "static"
    app.mount(f"/{STATIC}", StaticFiles(directory=static))
    gr.mount_gradio_app(
        app,
        build(desk),
        path="",
        auth=auth,
        auth_message=WELCOME,
        root_path=root_path or None,
        max_file_size=desk.max_bytes,
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        theme=theme(),
        head=HEAD,
    )
    app.add_middleware(Headers)
    return app


class Headers:
    """Puts `HEADERS` on every answer."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        async def with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def serve(desk: Desk, *, host: str, port: int, auth: Auth = None, root_path: str = "", mcp: bool = False) -> None:
    """Run the server until it is interrupted. mcp: whether the tools are served at /mcp too."""
    beside = McpBeside(auth, host, port, desk.time_limit) if mcp else None
    threading.Thread(target=desk.warm, daemon=True, name="konigsberg-warm").start()
    try:
        uvicorn.run(web_app(desk, auth, root_path, beside), host=host, port=port, log_level="warning")
    finally:
        desk.close()
