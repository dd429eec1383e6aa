"""Programs: how a generated one gets its graph, what comes back from it, and how it is handed to a person."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphs.errors import GraphError
from graphs.graph import PROVENANCE, Graph
from tools import answers
from tools.answers import Answer

if TYPE_CHECKING:
    from agents.sandbox import Ran

Runner = Callable[..., "Ran"]  # agents.sandbox.run_program, or a stand-in
GRAPH_FILE = "graph.json"
FRAME = Path(__file__).with_name("frame.py")
MARK = "\x1eresult "
_CONTROL = "\ufffdresult "  # how the sandbox shows the mark


@dataclass(frozen=True)
class Program:
    """A generated program.

    code: its own lines. graph_file: the file that `graph` is read from, "" when it has none. library: as what
    ("networkx" or "igraph"). files: the contents of its scratch folder.
    """

    code: str
    graph_file: str = ""
    library: str = "networkx"
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def script(self) -> str:
        """The program as it runs: errors show its own lines and numbers, as if it stood in `answer.py`."""
        code = self.code.rstrip() + "\n"
        return "\n".join(
            (
                FRAME.read_text(encoding="utf-8"),
                self._load(),
                f"_source = {code!r}",
                "import linecache as _linecache",
                "_linecache.cache['answer.py'] = (len(_source), None, _source.splitlines(True), 'answer.py')",
                "_compiled = compile(_source, 'answer.py', 'exec')",
                _PLOTS if "matplotlib" in code or "plot" in code or "draw" in code else "",
                _RUN,
                "_finish(globals())\n",
            )
        )

    def standalone(self) -> str:
        """The program as one file that runs anywhere beside its data: `python answer.py`."""
        head = FRAME.read_text(encoding="utf-8")
        return f"{head}\n\n{self._load()}\n\n# ---- the program\n\n{self.code.rstrip()}\n\n_figures()\n"

    def _load(self) -> str:
        return f"graph = _read_graph({self.graph_file!r}, {self.library!r})" if self.graph_file else ""


_RUN = """
try:
    exec(_compiled, globals())
except Exception:
    import traceback as _traceback

    _traceback.print_exc()
    _sys.exit(1)
"""
_PLOTS = "import matplotlib.pyplot as _pyplot; _keep_drawings()"


@dataclass(frozen=True)
class Result:
    """What came of a run.

    value: the typed result, None when the program gave none. has_value: whether it did. printed: the values of each
    print, typed. text: what it printed, without what libraries say. error: the traceback, "" when it ended well.
    """

    value: Any
    has_value: bool
    printed: tuple[tuple[Any, ...], ...] = ()
    text: str = ""
    error: str = ""
    made: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def drawings(self) -> tuple[str, ...]:
        """The image files that it made: whole files, by their first bytes."""
        return tuple(name for name, content in self.made.items() if is_image(content))


def is_image(content: bytes) -> bool:
    """Whether the bytes are a PNG, JPEG, SVG or PDF drawing that is more than a header."""
    starts = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-")
    return len(content) > 300 and (content.startswith(starts) or b"<svg" in content[:1000])


def graph_file(graph: Graph) -> bytes:
    """The graph as the file that a program reads: labels and attributes keep their types."""

    def plain(about: Mapping[str, Any]) -> dict[str, Any]:
        return {str(key): _storable(value) for key, value in about.items() if key != PROVENANCE}

    data = {
        "directed": graph.directed,
        "multi": graph.multi,
        "nodes": [[node, plain(about)] for node, about in graph.nx.nodes(data=True)],
        "edges": [[edge.source, edge.target, plain(edge.attributes)] for edge in graph.edges()],
    }
    return json.dumps(data).encode()


def _storable(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, str, list, dict)) or value is None else str(value)


def read_result(ran: Ran) -> Result:
    """The typed result of a run. What a program prints after its end, or with a forged mark, counts as text."""
    lines = ran.stdout.rstrip("\n").split("\n")
    marks = (MARK, _CONTROL)
    last = lines[-1] if lines else ""
    ended_well = ran.exit_code == 0 and not ran.killed and last.startswith(marks)
    if not ended_well:
        text = "\n".join(line for line in lines if not line.startswith(marks))
        return Result(None, False, (), text, why_it_failed(ran), dict(ran.made))
    try:
        data = json.loads(last[len(MARK) :])
        text = str(data.get("text", "")) or "\n".join(lines[:-1])
        printed = tuple(tuple(typed(value) for value in values) for values in data.get("printed", ()))
        has_answer = "answer" in data
        value = typed(data["answer"]) if has_answer else None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return Result(None, False, (), "\n".join(lines[:-1]), "the result line cannot be read", dict(ran.made))
    if not has_answer and printed:
        each = [values[0] if len(values) == 1 else list(values) for values in printed if values]
        value, has_answer = (each[0] if len(each) == 1 else each), bool(each)
    return Result(value, has_answer, printed, text, "", dict(ran.made))


def why_it_failed(ran: Ran, limit: int = 3000) -> str:
    """The error of a run, without the lines of the frame around the program."""
    if ran.killed:
        what = {
            "time": "it ran too long",
            "cpu": "it used too much processor time",
            "memory": "it used too much memory",
        }
        return f"The program was stopped: {what.get(ran.killed, ran.killed)}."
    lines = ran.stderr.rstrip().split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("Traceback ")]
    kept = lines[starts[-1] :] if starts else lines[-12:]
    own = next((number for number, line in enumerate(kept) if '"answer.py"' in line), None)
    if starts and own is not None:
        kept = [kept[0], *kept[own:]]
    text = "\n".join(kept)
    return text[-limit:] or f"The program ended with status {ran.exit_code} and said nothing."


_TAGS = ("pairs", "set", "float", "text", "array", "graph")


def typed(data: Any) -> Any:
    """A value as the frame wrote it, with its types: dicts with any key, sets as sorted lists, infinities."""
    if isinstance(data, list):
        return [typed(item) for item in data]
    if not isinstance(data, dict):
        return data
    (tag, inside), *more = data.items()
    if more or tag not in _TAGS:
        raise ValueError("not a value of the frame")
    if tag == "pairs":
        return {_key(typed(key)): typed(value) for key, value in inside}
    if tag == "set":
        return frozenset(_key(typed(item)) for item in inside)
    if tag == "float":
        return float(inside)
    if tag == "graph":
        return {"nodes": typed(inside["nodes"]), "edges": typed(inside["edges"])}
    if tag == "array":
        return {"shape": inside}
    return str(inside)


def _key(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_key(item) for item in value)
    if isinstance(value, dict):
        return tuple((k, _key(v)) for k, v in value.items())
    return value


def as_answer(value: Any, graph: Graph | None) -> Answer | None:
    """The typed answer that a value is, where one of the tools' types fits; None elsewhere."""
    nodes = set() if graph is None else set(graph)

    def is_node(item: Any) -> bool:
        return not isinstance(item, (list, dict, frozenset)) and item in nodes

    if isinstance(value, bool):
        return answers.Truth(value)
    if isinstance(value, frozenset):
        value = sorted(value, key=str)
    if isinstance(value, (int, float)) and not is_node(value):
        return None if math.isnan(value) else answers.Number(value)
    if isinstance(value, (int, float)):
        return answers.Number(value)  # a number that is also a label is taken as a number
    if is_node(value):
        return answers.NodeAnswer(value)
    if isinstance(value, dict) and value and all(map(is_node, value)):
        return answers.NodeValues(value)
    if isinstance(value, list) and value:
        if all(map(is_node, value)):
            return answers.Nodes(value)
        if all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in value):
            return answers.Numbers(value)
        pairs = [tuple(x) for x in value if isinstance(x, (list, tuple)) and len(x) == 2 and all(map(is_node, x))]
        if len(pairs) == len(value):
            return answers.Edges(pairs)
        if all(isinstance(x, (list, frozenset)) and x and all(map(is_node, x)) for x in value):
            return answers.Groups([list(x) for x in value])
    return None


class NoProgram(GraphError):
    """The model wrote no program."""
