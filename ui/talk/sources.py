"""Take a graph from an example, an uploaded file or pasted text; whatever is wrong with it is said in words."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from graphs.data import example_names, example_path
from graphs.errors import BadArgument, GraphError, TooLarge
from graphs.files import FORMATS, read_graph
from graphs.graph import Graph
from graphs.text import read_text
from ui.report.markup import clean, short
from ui.talk.talk import Source, Talk

_ABOUT: dict[str, tuple[str, tuple[str, ...]]] = {
    "friends": ("nine friends", ("What is the shortest path from Ann to Iris?", "Colour the graph with as few colours as possible.", "Which nodes are articulation points?")),
    "roads": ("roads between German cities, with km", ("What is the shortest path from Hamburg to München?", "Find a minimum spanning tree.", "What is the shortest tour through all cities?")),
    "bridges": ("the seven bridges of Königsberg", ("Is there an Euler circuit?", "What is the degree of each node?", "How many edges are there?")),
    "pipes": ("water pipes with capacities", ("What is the maximum flow from spring to town?", "What is a minimum cut between spring and town?", "Is there a cycle?")),
    "jobs": ("who can do which job", ("Find a maximum matching.", "Is the graph bipartite?", "What are the neighbours of Ann?")),
    "karate": ("a karate club that split, 34 members", ("What are the communities?", "Who has the largest betweenness centrality?", "How many triangles are there?")),
    "les_miserables": ("characters of a novel, 77", ("Give the PageRank of every node.", "What is the maximum clique?", "What is the shortest path from Napoleon to Gavroche?")),
    "build": ("steps of a build, a directed graph", ("Give a topological order.", "What is the longest path?", "Is there a cycle?")),
    "contacts": ("who met whom, and when", ("What is the earliest arrival path from Ann to Dan?", "How many edges are there?", "Is the graph connected?")),
    "planets": ("planets and moons, from RDF", ("How many nodes are there?", "Is the graph a tree?", "How many weakly connected components are there?")),
}  # fmt: skip


def examples() -> list[tuple[str, str]]:
    """(name, what it is) of each shipped example, the most telling first."""
    shipped = {name.partition(".")[0] for name in example_names()}
    return [(name, about) for name, (about, _) in _ABOUT.items() if name in shipped]


def suggestions(source: Source | None, graph: Graph | None) -> list[str]:
    """Questions to begin with: those written for an example, else ones that fit any graph, with its own labels."""
    if source is not None and source.kind == "example" and source.name in _ABOUT:
        return list(_ABOUT[source.name][1])
    if graph is None or not graph.num_nodes:
        return ["Ann-Bob, Bob-Eve, Eve-Kim. How far is Kim from Ann?", "What is the diameter of the Petersen graph?"]
    nodes = [str(node) for _, node in zip(range(2), graph, strict=False)]
    asked = ["How many connected components are there?", "Is there a cycle?", "What is the degree of each node?"]
    if graph.num_nodes > 1:
        asked.insert(0, f"What is the shortest path from {short(nodes[0], 60)} to {short(nodes[-1], 60)}?")
    return asked[:3]


def take_example(talk: Talk, name: str, directed: bool | None = None) -> None:
    """Use a shipped example.

    Raises:
        BadArgument: there is none of this name.
    """
    path = example_path(name)
    options: dict[str, Any] = {} if directed is None else {"directed": directed}
    talk.take(Source("example", path.name.partition(".")[0], options=tuple(options.items())), read_graph(path, **options))


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
    elif source.kind == "file":
        take_bytes(talk, source.name, source.data, max_bytes, directed)
    elif directed is not None:
        raise BadArgument("pasted text says itself whether edges have a direction: write 'Ann -> Bob' or 'Ann - Bob'")


_WORDS = {
    "pass directed=True or False": "choose it under 'say how to read it'",
    "pass directed=True": "choose 'directed' under 'say how to read it'",
    "; raise it with max_bytes=": "; the limit in bytes would have to be ",
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
    name = short(clean(PurePath(name.replace("\\", "/")).name), 80) or "upload"
    if len(data) > max_bytes:
        raise TooLarge(_over(len(data), max_bytes))
    options: dict[str, Any] = {} if directed is None else {"directed": directed}
    graph = _read(name, data, max_bytes, options)
    talk.take(Source("file", name, data, tuple(options.items())), graph)


def _read(name: str, data: bytes, max_bytes: int, options: dict[str, Any]) -> Graph:
    import tempfile

    suffix = "".join(PurePath(name).suffixes[-2:])
    safe = suffix if suffix.replace(".", "").isalnum() and len(suffix) <= 16 else ".txt"
    with tempfile.TemporaryDirectory(prefix="konigsberg-ui-") as folder:
        path = Path(folder) / f"graph{safe}"
        path.write_bytes(data)
        try:
            graph = read_graph(path, max_bytes=max_bytes, **options)
        except GraphError as error:
            raise type(error)(f"{name} could not be read as a graph. {_without(str(error), path, name)}") from error
    graph.origin = name
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
    graph = read_text(text).graph
    if graph is None or not graph.num_nodes:
        graph = _as_file(text, data, max_bytes)
    talk.take(Source("text", "pasted text", data), graph)


def _as_file(text: str, data: bytes, max_bytes: int) -> Graph:
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
    return f"the file has {size / 2**20:,.1f} MiB, over this server's limit of {most / 2**20:,.0f} MiB; cut it down, or ask about it with `konigsberg ask`"
