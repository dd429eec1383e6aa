"""The coding agent: a program for what no tool covers.

The graph is a file that the program reads; the prompt says only what kind of graph it is. The program's names and calls
are checked before it runs in the sandbox; what fails is repaired at most twice, each time with the current error and
the documentation of what failed. The value is `computed` only where a tool gets the same; else it is `unverified`.
"""

from __future__ import annotations

import ast
import contextlib
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.programs.condense import condensed
from agents.programs.crosscheck import Agreement, cross_check
from agents.programs.documentation import Documentation, Symbol
from agents.programs.drafting import draft
from agents.programs.program import GRAPH_FILE, NoProgram, Program, Result, Runner, as_answer, graph_file, read_result
from agents.programs.signatures import NX_GRAPHS, Checked, check_program
from agents.reply import Cost, Reply, Status
from agents.search import Found, find_documentation
from agents.settings import program_python
from agents.state import Context, State
from graphs.graph import Graph
from tools.answers import Answer, as_plain

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from agents.programs.experience import Experience
    from agents.sandbox import Limits

PROMPTS = Path(__file__).with_name("prompts")
SHOWN_NODES, SHOWN_NAMES = 5, 8
WARMER = 0.6  # temperature after a repair that changed nothing
_BLOCK = re.compile(r"```(?:python|py)?[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE)
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


@dataclass(frozen=True)
class Attempt:
    """One version of a program: what the check corrected and found, whether it ran, and its error ("" for none)."""

    code: str
    fixes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    ran: bool = False
    error: str = ""


@dataclass(frozen=True)
class Coded:
    """What the coding agent hands back.

    value: the result, None where no version ran. answer: the same as one of the tools' types, where one fits.
    status: computed (a tool agrees), unverified, or unanswerable (no version ran). agreement: which tool agreed.
    """

    value: Any
    status: Status
    program: Program
    result: Result
    attempts: tuple[Attempt, ...]
    answer: Answer | None = None
    agreement: Agreement | None = None
    found: Found = field(default_factory=Found)
    calls: tuple[str, ...] = ()
    cost: Cost = Cost()

    @property
    def ran(self) -> bool:
        """Whether a version ended without an error."""
        return self.attempts[-1].ran and not self.attempts[-1].error

    def export(self, file: Path) -> None:
        """Write the program as a script of its own, with the files that it reads beside it."""
        file.write_text(self.program.standalone(), encoding="utf-8")
        for name, content in self.program.files.items():
            (file.parent / name).write_bytes(content)

    def reply(self) -> Reply:
        """As the reply to a question; the program stands in the text."""
        code = f"```python\n{self.program.code.strip()}\n```"
        if not self.ran:
            last = self.attempts[-1].error.strip().splitlines()[-1:] or self.attempts[-1].problems[:1] or ("no reason",)
            text = f"No program that answers this ran to its end ({last[0]}). The last version:\n{code}"
            return Reply(None, text, "unanswerable", cost=self.cost)
        why = self.agreement.why if self.agreement is not None else "nothing checks this value but the program itself"
        shown = self.result.text.strip() or str(self.value)
        return Reply(as_plain(self.value), f"{shown}\n\n({why}.) The program:\n{code}", self.status, cost=self.cost)


def write_program(
    question: str,
    graph: Graph | None,
    model: BaseChatModel | None,
    *,
    files: Mapping[str, bytes] | None = None,
    documentation: Documentation | None = None,
    options: Options | None = None,
    runner: Runner | None = None,
    cancel: threading.Event | None = None,
) -> Coded:
    """Have a program written that answers `question` on `graph`, check it, run it, and repair it.

    Where the question's own words make the whole program, `model` is not asked; without one nothing else is done.

    files: the user's own files, which the program finds in its folder; a graph file among them that the question names
    becomes `graph` when no handle is given. runner: runs programs (default: the sandbox).

    Raises:
        NoProgram: the model wrote none. ModelError: it gave no reply. SandboxUnavailable: programs cannot run here.
        IndexUnavailable: the libraries cannot be listed.
    """
    options = options or Options()
    documentation = documentation or Documentation(options.python or program_python())
    found = find_documentation(question, documentation, embeddings=options.embeddings) if options.docs else Found()
    task = _Task(question, graph, dict(files or {}), documentation, options, found)
    run = runner or _sandbox(options)
    messages: list[Any] = [*opening(), ("human", task.first_prompt())]
    start = len(messages)
    attempts: list[Attempt] = []
    cost = Cost()
    if options.docs and options.drafts:
        drafted = task.draft
        checked = task.check(drafted.code)
        if drafted.complete and not checked.problems:
            result = read_result(run(task.program(checked.code).script(), files=task.files, cancel=cancel))
            if not result.error and (result.text.strip() or result.has_value):
                attempts.append(Attempt(checked.code, checked.fixes, (), True))
                return _handed_back(task, attempts, result, checked, cost)
    if model is None:
        raise NoProgram(
            "the question does not name every function and argument, and no model is given to write the rest"
        )
    result, checked, stuck = Result(None, False, error="nothing ran"), Checked(""), False
    for left in range(options.repairs, -1, -1):
        said, spent = _ask(model, messages, warmer=stuck)
        cost = _added(cost, spent)
        code = extract_code(said)
        if not code.strip():
            if left:
                messages = [*messages[:start], ("ai", said or "-"), ("human", "Write it as one Python code block.")]
                continue
            if not attempts:
                raise NoProgram(f"the model wrote no program, but: {said[:200]!r}")
            break
        checked = task.check(code)
        problems = tuple(map(str, checked.problems)) or (() if attempts else task.unused(checked))
        if problems and left:
            stuck = bool(attempts) and attempts[-1].code == checked.code
            attempts.append(Attempt(checked.code, checked.fixes, problems))
            symbols = tuple(s for problem in checked.problems for s in problem.symbols) or found.named
            messages = task.repair(messages, checked.code, "\n".join(problems), symbols)
            continue
        result = read_result(run(task.program(checked.code).script(), files=task.files, cancel=cancel))
        error = result.error or (
            "" if result.text.strip() or result.has_value or result.made else "It printed nothing."
        )
        attempts.append(Attempt(checked.code, checked.fixes, problems, True, error))
        if not error or not left:
            break
        stuck = len(attempts) > 1 and attempts[-2].code == checked.code
        messages = task.repair(messages, checked.code, error, _failing(error, checked))
    return _handed_back(task, attempts, result, checked, cost)


def _handed_back(task: _Task, attempts: list[Attempt], result: Result, checked: Checked, cost: Cost) -> Coded:
    last = attempts[-1]
    program = task.program(last.code)
    calls = tuple(dict.fromkeys(call.symbol.name for call in checked.calls))
    ended = last.ran and not last.error
    status: Status = "unverified" if ended else "unanswerable"
    coded = Coded(
        result.value if ended else None,
        status,
        program,
        result,
        tuple(attempts),
        found=task.found,
        calls=calls,
        cost=cost,
    )
    if not ended or not result.has_value:
        return coded
    agreement = cross_check(task.question, task.graph, result.value, checked)
    answer = as_answer(result.value, task.graph)
    if agreement is None:
        return replace(coded, answer=answer)
    kept = task.options.experience
    if kept is not None:
        from agents.programs.experience import Untrusted

        with contextlib.suppress(Untrusted):  # what gives another value each time is no experience
            kept.remember_program(task.question, task.graph, program, calls, result.value, "computed")
    return replace(coded, answer=answer, agreement=agreement, status="computed")


class _Task:
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
        self.draft = draft(question, found.named, has_graph=bool(self.graph_file))

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
            if self.options.drafts and self.draft.steps and self.draft.missing:
                lacking = "; ".join(self.draft.missing[:4])
                parts += ["", f"A draft, which still lacks {lacking}:", f"```python\n{self.draft.code}\n```"]
        if self.options.experience is not None and (example := self._example(self.options.experience)):
            parts += ["", "A program that did a task of this kind, on another graph:", f"```python\n{example}\n```"]
        return "\n".join(part for part in parts if part is not None).strip()

    def _example(self, experience: Experience) -> str:
        """A checked program that calls the functions which the question names."""
        from agents.programs.experience import Tags, program_of

        task = "+".join(sorted(symbol.name for symbol in self.found.named))
        found = experience.find(task, Tags.of(self.graph), 1, "program") if task else []
        return program_of(found[0]).code.strip() if found else ""

    def about_graph(self) -> str:
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


def summary(graph: Graph) -> str:
    """Kind, counts, attribute names and a few labels of a graph, as data for a prompt."""
    kind = ("directed" if graph.directed else "undirected") + (" multigraph" if graph.multi else "")
    labels = ", ".join(repr(node)[:40] for node in graph.nodes[:SHOWN_NODES])
    parts = [f"{kind}, {graph.num_nodes} nodes, {graph.num_edges} edges", f"nodes like {labels}"]
    for what, names in (("node", graph.node_attribute_names()), ("edge", graph.edge_attribute_names())):
        shown = [str(name)[:40] for name in names if not str(name).startswith("_")][:SHOWN_NAMES]
        if shown:
            parts.append(f"{what} attributes: {', '.join(shown)}")
    return "; ".join(parts) + "."


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


def prompt(name: str) -> str:
    """The text of a prompt."""
    return (PROMPTS / f"{name}.txt").read_text(encoding="utf-8").strip()


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


def extract_code(text: str) -> str:
    """The program in a model's reply: its longest code block, or the whole where it is one program."""
    blocks = _BLOCK.findall(text)
    if blocks:
        return str(max(blocks, key=len)).rstrip()
    return text.rstrip() if re.search(r"^(?:import|from|print|\w+ ?=)", text, re.MULTILINE) else ""


def _failing(error: str, checked: Checked) -> list[Symbol]:
    """The symbols that the lines of a traceback call, the last line first."""
    lines = [int(number) for number in re.findall(r'"answer\.py", line (\d+)', error)]
    at = [call.symbol for line in reversed(lines) for call in checked.calls if call.line == line]
    return at or [call.symbol for call in checked.calls if call.symbol.short in error]


def _ask(model: BaseChatModel, messages: list[Any], *, warmer: bool = False) -> tuple[str, Cost]:
    """The model's reply. warmer: sample, as the likeliest reply is the one that just failed."""
    said = model.invoke(messages, temperature=WARMER) if warmer else model.invoke(messages)
    usage = getattr(said, "usage_metadata", None) or {}
    text = said.content if isinstance(said.content, str) else str(said.content)
    return text, Cost(1, int(usage.get("total_tokens", 0)))


def _added(one: Cost, other: Cost) -> Cost:
    return Cost(one.model_calls + other.model_calls, one.tokens + other.tokens, one.seconds + other.seconds)


def _sandbox(options: Options) -> Runner:
    from agents.sandbox import Limits, run_program

    limits = options.limits or Limits()

    def run(code: str, *, files: Mapping[str, bytes], cancel: threading.Event | None = None) -> Any:
        return run_program(code, files=files, limits=limits, cancel=cancel)

    return run


def code(state: State, context: Context, *, model: BaseChatModel, options: Options | None = None) -> dict[str, Any]:
    """The coding agent. Reads reading, text, graph; writes reply, with the program in its text.

    Raises:
        As `write_program`.
    """
    question = state.reading.question if state.reading is not None and state.reading.question else state.text
    coded = write_program(question, state.graph, model, options=options, cancel=context.cancel)
    return {"reply": replace(coded.reply(), assumptions=state.assumptions)}
