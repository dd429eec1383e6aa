"""The command line's `konigsberg ui`: start the web interface."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graphs.errors import BadArgument


def add_commands(commands: Any) -> None:
    """Add `ui` to the program's commands."""
    ui = commands.add_parser("ui", help="start the web interface", description="Start the web interface.")
    ui.add_argument("--port", type=int, default=7860, help="port to listen on (default 7860)")
    ui.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1: this machine alone)")
    ui.add_argument(
        "--auth",
        default=os.environ.get("KONIGSBERG_UI_AUTH", ""),
        metavar="FILE",
        help="who may come in: a file with one user:password a line, or one user:password (KONIGSBERG_UI_AUTH, which "
        "no list of processes shows)",
    )
    ui.add_argument("--share-path", default="", metavar="/PATH", help="the path under which a reverse proxy shows it")
    ui.add_argument(
        "--model",
        action="append",
        metavar="SPEC",
        help="a model that people may choose, the first by default; may be given several times (default: "
        "KONIGSBERG_MODEL or embedded, and none)",
    )
    ui.add_argument("--max-mib", type=_whole, default=64, metavar="N", help="refuse larger files, in MiB (default 64)")
    ui.add_argument("--time-limit", type=_whole, default=60, metavar="SECONDS", help="for one question (default 60)")
    ui.add_argument(
        "--results", type=Path, default=Path("results"), metavar="DIR",
        help="the folder whose results of evals.run are shown (default: results)",
    )  # fmt: skip
    ui.add_argument(
        "--mcp", action=argparse.BooleanOptionalAction,
        help="serve the tools at /mcp too (default: on this machine alone, where the extra mcp is installed; elsewhere "
        "it asks for the passwords of --auth)",
    )  # fmt: skip
    ui.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Start the server; returns when it is stopped.

    Raises:
        BadArgument: the extra is missing, the port is taken or a setting is wrong.
    """
    if find_spec("gradio") is None:
        raise BadArgument("the web interface needs the extra ui: pip install 'konigsberg[ui]'")
    if options.share_path and not options.share_path.startswith("/"):
        raise BadArgument(f"--share-path begins with a slash: /{options.share_path[:80]}")
    auth = accounts(options.auth)
    here = options.host in ("127.0.0.1", "localhost", "::1")
    mcp = _mcp(options.mcp, open_to_all=not auth and (not here or bool(options.share_path)))
    _free(options.host, options.port)
    from ui.talk.desk import Desk

    models = options.model or list(dict.fromkeys((os.environ.get("KONIGSBERG_MODEL") or "embedded", "none")))
    desk = Desk(
        models,
        time_limit=float(options.time_limit),
        max_bytes=options.max_mib * 2**20,
        alone=here and not auth and not options.share_path,
        results=options.results,
    )
    desk.agent()  # a bad spec is an error now, not at the first question
    from ui.app import serve

    shown = "localhost" if options.host in ("127.0.0.1", "0.0.0.0", "::") else options.host
    print(f"konigsberg: http://{shown}:{options.port}{options.share_path} (Ctrl-C stops)", file=sys.stderr)
    if not auth and not here:
        print("konigsberg: anyone who reaches this address may ask; --auth asks for a password", file=sys.stderr)
    if mcp:
        print(f"konigsberg: tools for MCP clients at http://{shown}:{options.port}/mcp", file=sys.stderr)
    serve(desk, host=options.host, port=options.port, auth=auth, root_path=options.share_path, mcp=mcp)
    return 0


def _mcp(wanted: bool | None, *, open_to_all: bool) -> bool:
    """Whether the tools are served to MCP clients.

    Raises:
        BadArgument: it is wanted, but the extra is missing, or anyone could use it.
    """
    there = find_spec("mcp") is not None
    if wanted is None:
        return there and not open_to_all
    if wanted and not there:
        raise BadArgument("--mcp needs the extra mcp: pip install 'konigsberg[mcp]'")
    if wanted and open_to_all:
        raise BadArgument("--mcp on an address that others reach needs passwords: add --auth")
    return wanted


def accounts(given: str) -> list[tuple[str, str]] | None:
    """(user, password) pairs from a file's name or from one user:password; None for neither.

    Raises:
        BadArgument: the file cannot be read, or a line of it is no user:password.

    >>> accounts("ann:secret")
    [('ann', 'secret')]
    """
    if not given:
        return None
    path = Path(given).expanduser()
    is_file = len(given) < 1000 and path.is_file()
    if not is_file and ":" not in given:
        raise BadArgument(f"--auth: no file is called {given[:80]!r}, and it is no user:password either")
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if is_file else [given]
    except (OSError, UnicodeDecodeError) as error:
        raise BadArgument(f"--auth: {given[:80]} cannot be read ({error})") from error
    pairs = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        user, colon, password = line.strip().partition(":")
        if not (user and colon and password):
            raise BadArgument(f"--auth: line {number} is no user:password")
        pairs.append((user, password))
    if not pairs:
        raise BadArgument(f"--auth: {given[:80]} names nobody; write one user:password a line")
    return pairs


def _free(host: str, port: int) -> None:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except (OSError, OverflowError) as error:
            raise BadArgument(
                f"{host}:{port} cannot be listened on ({error}); take another with --port or --host"
            ) from error


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**6):
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, not {text[:40]!r}")
    return int(text)
