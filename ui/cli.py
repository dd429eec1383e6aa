"""The command line: `konigsberg ask`, `grow`, `graph`, `tools`, `mcp`, `models`, `train`, `export`, `serve`, `ui`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.reply import Reply, Step
    from graphs.graph import Graph

ANSWERED, UNANSWERED, BAD_INPUT, STOPPED = 0, 1, 2, 130
_OPTIONS = {
    "pass directed=True or False": "pass --directed or --no-directed",
    "pass directed=True": "pass --directed",
    "pass header=False": "pass --no-header",
    "with max_bytes=": "with --max-bytes ",
    "with skip_bad_lines=True": "with --skip-bad-lines",
    "with memory_limit=": "with --memory ",
    "body='networkx'": "--body networkx",
    "another column with weight=": "another column with --weight",
    "or name the delimiter": "as in 'Ann,Bob'",
    "`merges()` lists": "`konigsberg graph undo DIR` lists",
    "find(name) and search(words) give": "`konigsberg graph search DIR WORDS` gives",
}
_READING = ("format", "directed", "source", "target", "weight", "header", "max_bytes", "body")


def run() -> int:
    """`main` as a program of its own: the modules' lasting objects are not searched for garbage over and over."""
    gc.set_threshold(100_000, 20, 50)
    status = main()
    gc.freeze()  # or the interpreter goes through all of them when it ends
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status: 0 answered, 1 not answered, 2 bad input, 130 stopped."""
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:
            sys.stdout.flush()  # or what cannot be written is found after the end, where nobody can say it
        return status
    except KeyboardInterrupt:
        print("konigsberg: stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        _leave_output()
        return ANSWERED
    except OSError as error:
        _leave_output()
        where = f"{error.filename}: " if error.filename else ""
        print(f"konigsberg: {where}{error.strerror or error}", file=sys.stderr)
        return BAD_INPUT


def _leave_output() -> None:
    """Let nothing more be written to a standard output that takes no more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _run(arguments: list[str]) -> int:
    parser = _parser()
    from graphs.errors import GraphError
    from ui.cli_grow import as_commands

    options = parser.parse_args(as_commands(arguments))
    if not hasattr(options, "run"):
        parser.print_help()
        return BAD_INPUT
    try:
        return int(options.run(options))
    except GraphError as error:
        print(f"konigsberg: {printable(in_options(str(error)))}", file=sys.stderr)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="konigsberg", description="Ask any graph anything and get an answer you can check."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the program's version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    from ui import cli_large

    ask = commands.add_parser(
        "ask", help="answer a question about a graph", description="Answer a question about a graph."
    )
    ask.add_argument(
        "question", nargs="+", help="the question, with or without a graph in it; '-' reads it from standard input"
    )
    ask.add_argument(
        "--graph",
        "-g",
        metavar="FILE",
        help="a graph file ('-': standard input), the folder of a knowledge graph, 'example:NAME', the name of a known "
        "graph, text of edges, or the address of a graph on an engine (spark:FILE, bolt://HOST:7687/DATABASE)",
    )
    ask.add_argument(
        "--thread", metavar="NAME", help="a conversation: follow-up questions refer to what was asked before in it"
    )
    ask.add_argument(
        "--model",
        default=os.environ.get("KONIGSBERG_MODEL") or "embedded",
        metavar="SPEC",
        help="what is asked when the words of the question do not tell which tool is meant: 'embedded' (default, comes "
        "with the package), 'none', or a chat model such as gguf:FILE or openai:NAME@URL (KONIGSBERG_MODEL)",
    )
    ask.add_argument(
        "--experience",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="keep what a chat model solved and a checker verified, and solve it without the model when it comes again "
        "(default: yes; KONIGSBERG_EXPERIENCE)",
    )
    ask.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    ask.add_argument("--trace", action="store_true", help="print each step with its input, output and seconds")
    ask.add_argument(
        "--time-limit", type=_seconds, default=60.0, metavar="SECONDS", help="stop after so many seconds (default 60)"
    )
    reading = ask.add_argument_group("how to read the file (guessed and shown where left out)")
    reading.add_argument("--format", metavar="NAME", help="the file's format, where its name does not tell")
    reading.add_argument(
        "--directed", action=argparse.BooleanOptionalAction, default=None, help="whether edges have a direction"
    )
    reading.add_argument("--source", metavar="COLUMN", help="column of the edges' sources")
    reading.add_argument("--target", metavar="COLUMN", help="column of the edges' targets")
    reading.add_argument("--weight", metavar="COLUMN", help="column of the edges' weights")
    reading.add_argument(
        "--header", action=argparse.BooleanOptionalAction, default=None, help="whether the first line names the columns"
    )
    reading.add_argument("--max-bytes", type=_bytes, metavar="N", help="refuse larger files (default 512 MiB)")
    cli_large.add_options(reading)
    ask.set_defaults(run=_ask)

    tools = commands.add_parser("tools", help="list the tools, or document one")
    tools.add_argument("name", nargs="?", help="a tool or a family")
    tools.add_argument("--json", action="store_true", help="print names, arguments and schemas as JSON")
    tools.set_defaults(run=_tools)

    mcp = commands.add_parser("mcp", help="serve the tools over the Model Context Protocol")
    mcp.add_argument("--http", action="store_true", help="serve streamable HTTP instead of standard input and output")
    mcp.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    mcp.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    mcp.add_argument(
        "--root",
        default=".",
        metavar="FOLDER",
        help="the only folder that graph files are read from and written to (default: this one)",
    )
    mcp.add_argument(
        "--tools", default="", metavar="NAMES", help="only these tools or families, with commas between them"
    )
    mcp.set_defaults(run=_mcp)

    from adapters import train
    from ui import cli_graph, cli_grow, cli_models, cli_serve, cli_ui

    cli_grow.add_commands(commands)
    cli_graph.add_commands(commands)
    cli_models.add_commands(commands)
    train.fill(
        commands.add_parser("train", help="train an adapter of a language model", description="Train an adapter.")
    )
    cli_serve.add_commands(commands)
    cli_ui.add_commands(commands)
    return parser


def _ask(options: argparse.Namespace) -> int:
    from agents.ask import GraphAgent

    question = " ".join(options.question)
    if question == "-":
        question = _standard_input()
    graph = _graph(options)
    agent = GraphAgent(options.model, time_limit=options.time_limit, experience=options.experience)
    reply: Any = None
    try:
        for event in agent.stream(question, graph, thread=options.thread):
            if hasattr(event, "status"):
                reply = event
            elif options.trace and not options.json:
                _print_step(event)
    finally:
        agent.close()
    if options.json:
        print(json.dumps(reply_as_json(reply, trace=options.trace), ensure_ascii=False, indent=2))
    else:
        _print_reply(reply)
    return UNANSWERED if reply.status == "unanswerable" else ANSWERED


def _standard_input() -> str:
    from graphs.errors import ParseError

    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise ParseError(
            f"no UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8", where="standard input"
        ) from error


def _graph(options: argparse.Namespace) -> Graph | None:
    if options.graph is None:
        return None
    from graphs.errors import BadArgument

    name = str(options.graph)
    about = {key: value for key in _READING if (value := getattr(options, key)) is not None}
    if not name.strip():
        raise BadArgument("--graph is empty; name a file, 'example:roads', a known graph, or write edges")
    if name == "-" and options.question == ["-"]:
        raise BadArgument("standard input holds the question or the graph, not both; write the question as an argument")
    if name.startswith("example:"):
        from graphs.data import example_path

        name = str(example_path(name.removeprefix("example:")))
    from graphs.remote import connect, is_address

    if is_address(name):
        if options.skip_bad_lines:
            about["skip_bad_lines"] = True
        return connect(name, **about)
    if name.startswith(("http://", "https://", "ftp://")):
        raise BadArgument(
            f"{name[:200]} is on the web, and nothing is fetched from there; download it and name the file"
        )
    if name != "-" and not about and not os.path.isfile(name):  # noqa: PTH113 - no error for what cannot be a path
        from agents.ask import as_graph

        return as_graph(name)
    from graphs.files import read_graph
    from ui import cli_large

    return read_graph(sys.stdin.buffer if name == "-" else name, **about, **cli_large.wishes(options))


def reply_as_json(reply: Reply, *, trace: bool = False) -> dict[str, Any]:
    """The reply as plain JSON data; with `trace`, its steps too."""
    from dataclasses import asdict

    data: dict[str, Any] = {
        "value": reply.value,
        "text": reply.text,
        "status": reply.status,
        "certificates": [asdict(c) for c in reply.certificates],
        "assumptions": list(reply.assumptions),
        "readings": list(reply.readings),
        "citations": [asdict(c) for c in reply.citations],
        "cost": asdict(reply.cost),
    }
    if trace:
        data["steps"] = [step_as_json(step) for step in reply.steps]
    return data


def step_as_json(step: Step) -> dict[str, Any]:
    """A step of the trace as plain JSON data; graphs are shown by their summary, never by their edges."""
    seconds = round(step.seconds, 6)
    return {
        "agent": step.agent,
        "title": step.title,
        "input": _shown(step.input),
        "output": _shown(step.output),
        "seconds": seconds,
    }


def _shown(value: Any, depth: int = 0) -> Any:
    from dataclasses import fields, is_dataclass

    from graphs.graph import Graph

    if isinstance(value, Graph):
        return value.summary()
    if depth > 6:
        return str(value)[:200]
    if is_dataclass(value) and not isinstance(value, type):
        rows = {
            f.name: _shown(getattr(value, f.name), depth + 1) for f in fields(value) if f.name not in ("spans", "text")
        }
        return {k: v for k, v in rows.items() if v not in (None, (), [], {}, "")}
    if isinstance(value, dict):
        return {str(k): _shown(v, depth + 1) for k, v in list(value.items())[:50]}
    if isinstance(value, (list, tuple)):
        shown = [_shown(v, depth + 1) for v in value[:50]]
        return [*shown, f"… {len(value)} in all"] if len(value) > 50 else shown
    if isinstance(value, str):
        return value if len(value) <= 500 else value[:499] + "…"
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)[:200]


def _print_step(step: Step) -> None:
    data = step_as_json(step)
    print(_dim(f"[{step.agent}] {step.title} ({step.seconds * 1000:.1f} ms)"))
    for part in ("input", "output"):
        if data[part]:
            print(_dim(printable(f"  {part}: {json.dumps(data[part], ensure_ascii=False)}")))


def _print_reply(reply: Reply) -> None:
    print(printable(reply.text))
    lines = []
    if reply.status != "unanswerable":
        proof = _proof(reply)
        lines.append(f"{reply.status}: {proof}" if proof else reply.status)
    lines += [f"note: {in_options(assumption)}" for assumption in reply.assumptions]
    for line in lines:
        print(_dim(printable(line if len(line) < 1200 else line[:1199] + "…")))


def _proof(reply: Reply) -> str:
    """What was checked and how, of every step of the answer; "" where nothing was."""
    from ui.proofs import claims_by_method

    return " ".join(f"{claims}. Checked by {method}." for claims, method in claims_by_method(reply))


def _tools(options: argparse.Namespace) -> int:
    from tools.registry import all_tools, families, get_tool

    if options.json:
        chosen = [t for t in all_tools().values() if options.name in (None, t.name, t.family)]
        if not chosen:
            get_tool(options.name)  # raises, with the names that are close
        rows = [
            {"name": t.name, "family": t.family, "summary": t.summary, "arguments": t.schema(), "asks": t.asks}
            for t in chosen
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return ANSWERED
    from tools.docs import describe

    if options.name is not None and options.name not in dict(families()):
        print(describe(options.name))
        return ANSWERED
    for family, members in families():
        if members and options.name in (None, family):
            print(f"{family}")
            for tool in members:
                print(f"  {tool.name:32s} {tool.summary}")
    return ANSWERED


def _mcp(options: argparse.Namespace) -> int:
    from tools.mcp_server import serve

    root = Path(options.root)
    names = [name.strip() for name in options.tools.split(",") if name.strip()]
    if options.http:
        print(f"konigsberg: serving at http://{options.host}:{options.port}/mcp", file=sys.stderr)
        serve("http", host=options.host, port=options.port, root=root, tools=names)
        return ANSWERED
    if sys.stdin.isatty():
        print("konigsberg: waiting for an MCP client on standard input; Ctrl-C stops", file=sys.stderr)
    # a thread reads standard input, and only the end of the process interrupts it
    before = signal.signal(signal.SIGINT, lambda *_: os._exit(STOPPED))
    try:
        serve("stdio", root=root, tools=names)
    finally:
        signal.signal(signal.SIGINT, before)
    return ANSWERED


def printable(text: str) -> str:
    """The text without control characters, which could command a terminal; labels are anybody's text."""
    return "".join(c if c in "\n\t" or (c.isprintable() or c == " ") else f"\\x{ord(c):02x}" for c in text)


def in_options(text: str) -> str:
    """A message with the options of this program in place of the arguments of Python functions."""
    for python, option in _OPTIONS.items():
        text = text.replace(python, option)
    return text


def _dim(text: str) -> str:
    return f"\033[2m{text}\033[0m" if sys.stdout.isatty() else text


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not value > 0:
        raise argparse.ArgumentTypeError(f"must be a number of seconds above 0, not {text[:40]!r}")
    return value


def _bytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text)):
        raise argparse.ArgumentTypeError(f"must be a number of bytes, not {text[:40]!r}")
    return int(text)


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"konigsberg {_version()}")
        parser.exit()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("konigsberg")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(run())
