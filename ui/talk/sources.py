"""Take a graph from an example, an uploaded file or pasted text; whatever is wrong with it is said in words."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from graphs.compact.load import Wishes
from graphs.data import example_path
from graphs.errors import BadArgument, GraphError, TooLarge
from graphs.files import FORMATS, read_graph
from graphs.graph import Graph
from graphs.text import read_text
from ui.report.markup import clean
from ui.talk.talk import LONGEST_QUESTION, Source, Spool, Talk


def take_example(talk: Talk, name: str, directed: bool | None = None) -> None:
    """Use a shipped example.

    Raises:
        BadArgument: there is none of this name.
    """
    path = example_path(name)
    options: dict[str, Any] = {} if directed is None else {"directed": directed}
    talk.take(
        Source("example", path.name.partition(".")[0], options=tuple(options.items())), read_graph(path, **options)
    )


def read_again(talk: Talk, directed: bool | None, max_bytes: int) -> None:
    """Read the conversation's graph once more, its edges directed, or not, or as the source says (None).

    Raises:
        BadArgument: there is none, or its text says itself what it is. GraphError: it cannot be read that way.
    """
    source = talk.source
    if source is None:
        return
    if source.kind == "example":
        take_example(talk, source.name, directed)
    elif source.file is not None:
        options: dict[str, Any] = {} if directed is None else {"directed": directed}
        graph = _load(source.name, source.file, max_bytes, options)
        talk.take(Source(source.kind, source.name, b"", tuple(options.items()), source.file), graph)
    elif source.kind == "file":
        take_bytes(talk, source.name, source.data, max_bytes, directed)
    elif source.kind == "store":
        if directed is not None:
            raise BadArgument("the facts of a grown graph have directions of their own")
    elif directed is not None:
        raise BadArgument("pasted text says itself whether edges have a direction: write 'Ann -> Bob' or 'Ann - Bob'")


_WORDS = {
    "; `konigsberg tools` lists everything there is": "",
    "`konigsberg models list` shows": "the page 'Models' shows",
    "or is the first line an edge? then pass header=False": "or, if the first line is an edge, put a header above it",
    "pass directed=True or False": "choose it under 'say how to read it'",
    "pass directed=True": "choose 'directed' under 'say how to read it'",
    ", or choose another column with weight=": "",
    ", or name the delimiter": ", as in 'Ann,Bob'",
    "; raise it with max_bytes=": "; the limit in bytes would have to be ",
    "; body='networkx' takes the other": "",
    ", or read the file with body='networkx' if you have the memory and the time": "",
    ", or leave out what cannot be read with skip_bad_lines=True": "",
    ", use a larger machine, or raise the limit with memory_limit=": ", or use a larger machine",
}


def in_page(text: str) -> str:
    """A message with what the page offers in place of the arguments of Python functions.

    >>> in_page("took the edges as undirected; pass directed=True if their direction counts")
    "took the edges as undirected; choose 'directed' under 'say how to read it' if their direction counts"
    """
    for python, words in _WORDS.items():
        text = text.replace(python, words)
    return text


def take_file(talk: Talk, path: Path, max_bytes: int, folder: Path, directed: bool | None = None) -> None:
    """Use an uploaded file, which lies somewhere under `folder` and is deleted once it is read.

    Raises:
        BadArgument: the file lies elsewhere, which no upload does. GraphError: it cannot be read as a graph.
    """
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()) or not real.is_file():
        raise BadArgument("this is no file that was uploaded here; choose it again")
    try:
        if real.stat().st_size > max_bytes:
            raise TooLarge(_over(real.stat().st_size, max_bytes))
        take_bytes(talk, real.name, real.read_bytes(), max_bytes, directed)
    finally:
        real.unlink(missing_ok=True)


def take_bytes(talk: Talk, name: str, data: bytes, max_bytes: int, directed: bool | None = None) -> None:
    """Use a file's content; `name` tells its format.

    Raises:
        GraphError: it cannot be read as a graph, or is too large.
    """
    name = _short_name(clean(PurePath(name.replace("\\", "/")).name)) or "upload"
    if len(data) > max_bytes:
        raise TooLarge(_over(len(data), max_bytes))
    options: dict[str, Any] = {} if directed is None else {"directed": directed}
    graph, spool = _read(name, data, max_bytes, options)
    kept = b"" if spool is not None else data
    talk.take(Source("file", name, kept, tuple(options.items()), spool), graph)


def _read(name: str, data: bytes, max_bytes: int, options: dict[str, Any]) -> tuple[Graph, Spool | None]:
    """The graph of a file; and the file itself where its body is of arrays, for it is read from there again."""
    spool = Spool(_on_disk(name), data)
    try:
        graph = _load(name, spool, max_bytes, options)
    except BaseException:
        spool.drop()
        raise
    if not graph.compact:
        spool.drop()
    return graph, spool if graph.compact else None


def _short_name(name: str, most: int = 80) -> str:
    """The name cut in its middle, so that its end still tells the format."""
    end = _suffix(name)
    return name if len(name) <= most else f"{name[: most - len(end) - 1]}…{end}"


def _suffix(name: str) -> str:
    found = "".join(PurePath(name).suffixes[-2:])
    return found if found.replace(".", "").isalnum() and len(found) <= 16 else PurePath(name).suffix[:16]


def _on_disk(name: str) -> str:
    """The name as a file here may have it; it stands beside each edge as the place where it was read."""
    end = _suffix(name)
    stem = "".join(c if c.isalnum() or c in "-_ " else "_" for c in name.removesuffix(end))[:40].strip() or "graph"
    return stem.encode("utf-8", "replace")[:80].decode("utf-8", "ignore") + (
        end if end[1:].replace(".", "").isalnum() else ".txt"
    )


def _load(name: str, spool: Spool, max_bytes: int, options: dict[str, Any]) -> Graph:
    """As the command line reads it: large tables into arrays."""
    try:
        graph = read_graph(spool.path, max_bytes=max_bytes, large=Wishes(max_bytes=max_bytes), **options)
    except GraphError as error:
        said = _without(str(error), spool.path, name)
        where = said.removeprefix(name).lstrip(":, ")
        raise type(error)(f"{name} could not be read as a graph: {where}") from error
    graph.name = graph.origin = name
    return graph


def _without(message: str, path: Path, name: str) -> str:
    """The error without the server's own folder in it."""
    return message.replace(str(path), name).replace(path.name, name)


def take_text(talk: Talk, text: str, max_bytes: int) -> None:
    """Use pasted text: the content of a file, or a description in words.

    Raises:
        GraphError: there is no graph in it, or it is too large.
    """
    if not text.strip():
        raise BadArgument("there is no text; paste edges such as 'Ann-Bob, Bob-Eve' or the content of a file")
    data = text.encode()
    if len(data) > max_bytes:
        raise TooLarge(_over(len(data), max_bytes))
    graph, spool = read_text(text).graph if len(data) <= LONGEST_QUESTION else None, None
    if graph is None or not graph.num_nodes:
        graph, spool = _as_file(text, data, max_bytes)
    talk.take(Source("text", "pasted text", b"" if spool is not None else data, file=spool), graph)


def _as_file(text: str, data: bytes, max_bytes: int) -> tuple[Graph, Spool | None]:
    begins = text.lstrip()[:1]
    prose = "\n" not in text.strip() and begins not in "{[<"
    for suffix in () if prose else (".json", ".graphml", ".csv") if begins in "{[<" else (".csv", ".edgelist"):
        try:
            return _read(f"pasted text{suffix}", data, max_bytes, {})
        except GraphError:
            continue
    raise BadArgument(
        "no graph was found in the text; write edges such as 'Ann-Bob, Bob-Eve', one edge a line, or the content of "
        f"a file ({', '.join(FORMATS)})"
    )


def _over(size: int, most: int) -> str:
    limit = f"{most / 2**20:,.0f} MiB" if most >= 2**20 else f"{most:,} bytes"
    return (
        f"the file has {size:,} bytes, over this server's limit of {limit}; cut it down, or ask about it with "
        "`konigsberg ask`, or start the server with a larger --max-mib"
    )
