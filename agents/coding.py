"""The coding agent: a program for what no tool covers.

The graph is a file that the program reads; the prompt says only what kind of graph it is. The program's names and calls
are checked before it runs in the sandbox; what fails is repaired at most twice, each time with the current error and
the documentation of what failed. The value is `computed` only where a tool gets the same; else it is `unverified`.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agents.programs.choosing import named_by, question_for_names
from agents.programs.coded import Attempt, Coded
from agents.programs.crosscheck import cross_check
from agents.programs.documentation import Documentation
from agents.programs.findings import Checked
from agents.programs.mending import mended, without_failing_line
from agents.programs.program import NoProgram, Program, Result, Runner, as_answer, read_result
from agents.programs.symbols import Symbol
from agents.programs.task import Options, Task, opening
from agents.reply import Cost, Status
from agents.search import Found, find_documentation
from agents.settings import program_python
from agents.state import Context, State
from graphs.graph import Graph

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["Attempt", "Coded", "Options", "code", "extract_code", "write_program"]
MENDED = 3  # how often a draft is mended by rule
WARMER = 0.6  # temperature after a repair that changed nothing
_BLOCK = re.compile(r"```(?:python|py)?[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL | re.IGNORECASE)


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

    Where the question's own words make the whole program, `model` is not asked. Where neither they nor the model make a
    program that runs, the steps that the words do make are run, and `left_out` says what is missing.

    files: the user's own files, which the program finds in its folder; a graph file among them that the question names
    becomes `graph` when no handle is given. runner: runs programs (default: the sandbox).

    Raises:
        NoProgram: the model wrote none. ModelError: it gave no reply. SandboxUnavailable: programs cannot run here.
        IndexUnavailable: the libraries cannot be listed.
    """
    options = options or Options()
    documentation = documentation or Documentation(options.python or program_python())
    found = find_documentation(question, documentation, embeddings=options.embeddings) if options.docs else Found()
    task = Task(question, graph, dict(files or {}), documentation, options, found)
    start = runner or _sandbox(options)

    def run(checked: Checked) -> Result:
        return read_result(start(task.program(checked.code).script(), files=task.files, cancel=cancel))

    drafted = _drafted(task, run) if options.docs and options.drafts else None
    if drafted is not None:
        return drafted
    spent = Cost()
    if model is not None and options.docs and options.drafts:
        by_names, spent = _by_names(task, model, run)
        if by_names is not None:
            return by_names
    try:
        written = _written(task, model, run, spent) if model is not None else None
    except NoProgram:
        if (partly := _in_part(task, run)) is not None:
            return partly
        raise
    if written is not None and written.ran:
        return written
    partly = _in_part(task, run) if options.docs and options.drafts else None
    if partly is not None:
        return partly if written is None else replace(partly, cost=written.cost)
    if written is None:
        raise NoProgram(
            "the question does not name every function and argument, and no model is given to write the rest"
        )
    return written


def _drafted(task: Task, run: Callable[[Checked], Result]) -> Coded | None:
    """The program that the question's own words make, where they make a whole one that runs and gives something."""
    return _run_draft(task, task.draft.code, run) if task.draft.complete else None


def _run_draft(task: Task, code: str, run: Callable[[Checked], Result], left_out: tuple[str, ...] = ()) -> Coded | None:
    """A draft that is checked, run, and mended by rule while a rule fits; None where it does not run."""
    attempts: list[Attempt] = []
    dropped: list[str] = []
    for _ in range(MENDED + 1):
        checked = task.check(code)
        if checked.problems:
            return None
        result = run(checked)
        attempts.append(Attempt(checked.code, checked.fixes, (), True, result.error))
        if not result.error:
            break
        directed = (
            re.search(r"\b(?:in|out)-?degree|\bsuccessor|\bpredecessor|\bstrongly", task.question, re.I) is not None
        )
        again = mended(checked.code, result.error, asks_directions=directed)
        again = again or without_failing_line(checked.code, result.error)
        if again is None:
            return None
        code = again[0]
        dropped += [again[1]] if again[1] else []
    if result.error or not (result.text.strip() or result.has_value or result.drawings):
        return None
    return _handed_back(task, attempts, result, checked, Cost(), (*left_out, *dropped))


def _by_names(task: Task, model: BaseChatModel, run: Callable[[Checked], Result]) -> tuple[Coded | None, Cost]:
    """The program that calls the functions which the model names, where the question's words fill in all the rest."""
    asked = question_for_names(task.question, task.documentation, task.found, task.library)
    said, cost = _ask(model, asked)
    symbols = named_by(said, task.documentation, task.library)
    chosen = task.choose(symbols) if symbols else None
    coded = _run_draft(task, chosen.code, run) if chosen is not None and chosen.complete else None
    return (replace(coded, cost=cost) if coded is not None else None), cost


def _in_part(task: Task, run: Callable[[Checked], Result]) -> Coded | None:
    """The steps that the question's words make whole, where the other steps are missing."""
    if not task.draft.partial or not task.draft.missing:
        return None
    return _run_draft(task, task.draft.partial, run, tuple(task.draft.missing))


def _written(task: Task, model: BaseChatModel, run: Callable[[Checked], Result], cost: Cost) -> Coded:
    """The model's program, written again while something is wrong with it and repairs are left."""
    messages: list[Any] = [*opening(), ("human", task.first_prompt())]
    start = len(messages)
    attempts: list[Attempt] = []
    result, checked, stuck = Result(None, False, error="nothing ran"), Checked(""), False
    for left in range(task.options.repairs, -1, -1):
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
        checked = task.check(task.whole(code))
        problems = tuple(map(str, checked.problems)) or (() if attempts else task.unused(checked))
        if problems and left:
            stuck = bool(attempts) and attempts[-1].code == checked.code
            attempts.append(Attempt(checked.code, checked.fixes, problems))
            symbols = tuple(s for problem in checked.problems for s in problem.symbols) or task.found.named
            messages = task.repair(messages, checked.code, "\n".join(problems), symbols)
            continue
        result = run(checked)
        given = result.text.strip() or result.has_value or result.made
        error = result.error or ("" if given else "It printed nothing.")
        attempts.append(Attempt(checked.code, checked.fixes, problems, True, error))
        if not error or not left:
            break
        stuck = len(attempts) > 1 and attempts[-2].code == checked.code
        messages = task.repair(messages, checked.code, error, _failing(error, checked))
    return _handed_back(task, attempts, result, checked, cost)


def _handed_back(
    task: Task, attempts: list[Attempt], result: Result, checked: Checked, cost: Cost, left_out: tuple[str, ...] = ()
) -> Coded:
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
        left_out=left_out,
    )
    if not ended or not result.has_value or left_out:
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


def run_again(
    question: str,
    graph: Graph,
    program: Program,
    *,
    documentation: Documentation | None = None,
    runner: Runner | None = None,
    cancel: threading.Event | None = None,
) -> Coded:
    """Run a program that was written for the same question on `graph`, and check its value as if it were new.

    Raises:
        SandboxUnavailable: programs cannot run here. IndexUnavailable: the libraries cannot be listed.
    """
    options = Options()
    documentation = documentation or Documentation(program_python())
    task = Task(question, graph, {}, documentation, options, find_documentation(question, documentation))
    task.library = program.library
    checked = task.check(program.code)
    run = runner or _sandbox(options)
    result = read_result(run(task.program(program.code).script(), files=task.files, cancel=cancel))
    attempt = Attempt(program.code, (), tuple(map(str, checked.problems)), True, result.error)
    return _handed_back(task, [attempt], result, checked, Cost())


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
