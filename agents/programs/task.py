"""A question on its way to a program: what a model is told of it, and what every program for it must keep."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.programs.condense import condensed
from agents.programs.documentation import Documentation
from agents.programs.drafting import Draft, draft
from agents.programs.findings import Checked
from agents.programs.meanings import NX_GRAPHS
from agents.programs.program import GRAPH_FILE, Program, graph_file
from agents.programs.signatures import check_program
from agents.programs.sources import is_generator
from agents.programs.symbols import Symbol
from agents.prompting import prompt, summary
from agents.search import Found
from graphs.graph import Graph

if TYPE_CHECKING:
    from agents.programs.experience import Experience
    from agents.sandbox import Limits

_DRAWS = re.compile(r"\b(?:draw(?!ing a)\w*|plot\w*|visuali[sz]e\w*|\w+_layout\w*)\b|Drawer\b", re.IGNORECASE)
_FILE = re.compile(r"[\w.-]+\.(?:gml|sparse6|s6|graphml|gexf|net|edgelist|csv|json)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Options:
    """How a program is written.

    docs: search the documentation. drafts: where the question names every function and argument, run that program
    before a model is asked. check_signatures: check names and calls before a run. repairs: how often a failing
    program may be written again. embeddings: re-rank the search by sentence embeddings. experience: where a program of
    the same functions is looked for, and where one that a tool agrees with is kept. python: the interpreter whose
    libraries are meant (default: KONIGSBERG_PROGRAM_PYTHON).
    """

    docs: bool = True
    drafts: bool = True
    check_signatures: bool = True
    repairs: int = 2
    embeddings: bool = False
    experience: Experience | None = None
    limits: Limits | None = None
    python: str | None = None


class Task:
    """One question on its way to a program."""

    def __init__(
        self,
        question: str,
        graph: Graph | None,
        files: dict[str, bytes],
        documentation: Documentation,
        options: Options,
        found: Found,
    ) -> None:
        self.question, self.graph, self.files = question, graph, files
        self.documentation, self.options, self.found = documentation, options, found
        libraries = (*found.libraries, *(symbol.library for symbol in found.named))
        first = next((name for name in libraries if name in ("networkx", "igraph", "cdlib")), "networkx")
        only = all(symbol.library == "igraph" for symbol in found.named) and found.named
        self.library = "igraph" if "igraph" in found.libraries or only else "networkx"
        self.notes = tuple(dict.fromkeys((self.library, *libraries))) if first else ()
        self.graph_file = self._graph_file()

    @cached_property
    def draft(self) -> Draft:
        """The program that the question's own words make; made when it is first looked at, as that takes a while."""
        return self._drafted(self.found.named)

    @cached_property
    def setup(self) -> str:
        """The lines that make the graphs which the question gives, "" where `graph` is a file or drafts are off."""
        wanted = self.options.drafts and not self.graph_file
        return self.draft.setup if wanted and self.draft.graphs else ""

    def _drafted(self, named: Sequence[Symbol], *, chosen: bool = False) -> Draft:
        return draft(
            self.question,
            named,
            has_graph=bool(self.graph_file),
            library=self.library,
            libraries=self.found.libraries,
            documentation=self.documentation,
            chosen=chosen,
        )

    def choose(self, symbols: Sequence[Symbol]) -> Draft:
        """The draft that calls these functions, whatever the question's words."""
        made_of = [symbol for symbol in self.found.named if is_generator(symbol)]
        return self._drafted([*made_of, *symbols], chosen=True)

    def _graph_file(self) -> str:
        if self.graph is not None:
            self.files[GRAPH_FILE] = graph_file(self.graph)
            return GRAPH_FILE
        named = [name for name in dict.fromkeys(_FILE.findall(self.question)) if name in self.files]
        return named[0] if len(named) == 1 else ""

    def first_prompt(self) -> str:
        parts = [condensed(self.question.strip()), "", self.about_graph()]
        if self.options.docs:
            briefs = self.found.briefs()
            own = "igraph graph" if self.graph_file and self.library == "igraph" else "igraph"
            notes = "\n".join(library_note(own if name == "igraph" else name) for name in self.notes)
            if _DRAWS.search(condensed(self.question)):
                notes += "\n" + library_note(f"drawing {self.library}")
            parts += ["", "Documentation:", briefs, notes] if briefs else ["", notes]
            if self.options.drafts and self.draft.steps and self.draft.missing and self.draft.code != self.setup:
                lacking = "; ".join(self.draft.missing[:4])
                parts += ["", f"A draft, which still lacks {lacking}:", f"```python\n{self.draft.code}\n```"]
        if self.options.experience is not None and (example := self._example(self.options.experience)):
            parts += ["", "A program that did a task of this kind, on another graph:", f"```python\n{example}\n```"]
        return "\n".join(part for part in parts if part is not None).strip()

    def _example(self, experience: Experience) -> str:
        """A checked program that calls the functions which the question names."""
        from agents.programs.entries import Tags, program_of

        task = "+".join(sorted(symbol.name for symbol in self.found.named))
        found = experience.find(task, Tags.of(self.graph), 1, "program") if task else []
        return program_of(found[0]).code.strip() if found else ""

    def about_graph(self) -> str:
        if self.setup:
            names = " and ".join(f"`{name}`" for name, _ in self.draft.graphs)
            return f"The program begins with these lines; go on from {names}:\n```python\n{self.setup}\n```"
        if not self.graph_file:
            others = ", ".join(self.files)
            return (
                f"Files in the working folder: {others}."
                if others
                else "No graph is loaded: build what the question gives."
            )
        graph = self.graph if self.graph is not None else _read_own(self.graph_file, self.files[self.graph_file])
        source = "" if self.graph is not None else f", read from {self.graph_file}"
        if self.library == "igraph":
            head = f"`graph` exists already: an igraph.Graph{source}"
        else:
            head = f"`graph` exists already: a networkx graph{source}"
        return f"{head}; {summary(graph)}" if graph is not None else head + "."

    def whole(self, code: str) -> str:
        """A program behind the lines that make the graphs; lines of its own that make them anew are left out."""
        if not self.setup or self.setup in code:
            return code
        names = [name for name, _ in self.draft.graphs]
        rest = without_assignments(code, names)
        bound = re.search(r"^(?:G\s*=|.* as G\b)", f"{self.setup}\n{rest}", re.MULTILINE)
        if re.search(r"\bG\b", rest) and not bound:
            rest = f"G = {names[0]}\n{rest}"
        return f"{self.setup}\n{rest}"

    def check(self, code: str) -> Checked:
        if not self.options.check_signatures:
            return Checked(code)
        kinds = ("igraph.Graph",) if self.library == "igraph" else NX_GRAPHS
        return check_program(code, self.documentation, {"graph": kinds} if self.graph_file else {})

    def unused(self, checked: Checked) -> tuple[str, ...]:
        """The functions that the question names and the program leaves out, as a reason to write it again."""
        if not self.options.check_signatures:
            return ()
        words = set(re.findall(r"\w+", checked.code))
        if self.graph_file and not uses_graph(checked.code, self.graph_file):
            return ("`graph` exists already and holds the data: use it, and build or read no other graph",)
        left_out = [symbol for symbol in self.found.sure if symbol.short not in words]
        return tuple(f"the question asks for {symbol.name}, which the program does not use" for symbol in left_out)

    def program(self, code: str) -> Program:
        return Program(code, self.graph_file, self.library, self.files)

    def repair(self, messages: list[Any], code: str, error: str, symbols: Sequence[Symbol]) -> list[Any]:
        """The conversation that asks for a repair: the question, the current version, and its current error."""
        briefs = "\n".join(symbol.brief(900) for symbol in dict.fromkeys(symbols[:3])) if self.options.docs else ""
        advice = hints(error) if self.options.docs else ""
        about = "\n".join(part for part in (advice, f"Documentation:\n{briefs}" if briefs else "") if part)
        text = prompt("coding_repair").format(error=error[-2500:], documentation=about)
        question = messages[: len(opening()) + 1]
        return [*question, ("ai", f"```python\n{code.strip()}\n```"), ("human", text)]


def uses_graph(code: str, file: str) -> bool:
    """Whether a program works on the variable `graph` as it is given, or reads its file itself."""
    if file in code:
        return True
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError):
        return True  # another check speaks of that
    names = sorted(
        (node.lineno, isinstance(node.ctx, ast.Store), node.col_offset)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "graph"
    )
    return bool(names) and not names[0][1]  # on its first line it is read


def without_assignments(code: str, names: Sequence[str]) -> str:
    """The program without its top-level statements that give one of these names a new value."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError):
        return code
    dropped: set[int] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in names for t in node.targets):
            dropped |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return "\n".join(line for number, line in enumerate(code.split("\n"), 1) if number not in dropped)


def _read_own(name: str, content: bytes) -> Graph | None:
    """The graph of a user's file, for its summary; None where this program has no reader that takes it."""
    import tempfile

    from graphs.errors import GraphError
    from graphs.files import read_graph

    with tempfile.TemporaryDirectory(prefix="konigsberg-") as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(content)
        try:
            return read_graph(file)
        except GraphError:
            return None


def opening() -> list[Any]:
    """The rules and worked examples that begin every conversation; always the same, so a server reads them once."""
    rules, *examples = prompt("coding").split("\n---\n")
    turns = [("system", rules.strip())]
    for example in examples:
        question, _, program = example.partition("\n=>\n")
        turns += [("human", question.strip()), ("ai", f"```python\n{program.strip()}\n```")]
    return turns


def hints(error: str) -> str:
    """What usually is behind an error: advice for each pattern of `error_hints.txt` that it matches."""
    found = []
    for line in prompt("error_hints").splitlines():
        pattern, arrow, advice = line.partition(" => ")
        if arrow and re.search(pattern, error):
            found.append(advice)
    return "\n".join(found)


def library_note(name: str) -> str:
    """What every program that uses a library should know; "" for a library without a note."""
    for block in re.split(r"^\[", prompt("library_notes"), flags=re.MULTILINE):
        head, _, text = block.partition("]\n")
        if head == name:
            return f"{name}: {text.strip()}"
    return ""
