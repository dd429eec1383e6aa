"""Runs the program's text in a process that is locked down already."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import random
import sys
import tempfile
import threading
import types
from typing import NoReturn

from agents.sandbox.scratch import PROGRAM


def execute(argv: list[str]) -> NoReturn:
    """Run `program.py` of this folder as the main module, then end the process as the interpreter would."""
    _fresh_start(argv)
    module = types.ModuleType("__main__")
    module.__file__ = PROGRAM
    sys.modules["__main__"] = module
    code = 0
    try:
        with open(PROGRAM, encoding="utf-8") as file:  # noqa: PTH123 - no more of ours on the program's stack than needed
            text = file.read()
        exec(compile(text, PROGRAM, "exec"), module.__dict__)
    except SystemExit as ended:
        code = _exit_code(ended.code)
    except BaseException as error:  # noqa: BLE001 - an uncaught error of the program ends it with status 1
        code = 1
        inside = error.__traceback__.tb_next if error.__traceback__ else None
        _quietly(sys.excepthook, type(error), error.with_traceback(inside), inside)
    _quietly(threading._shutdown)  # type: ignore[attr-defined]
    _quietly(atexit._run_exitfuncs)
    for stream in (sys.stdout, sys.stderr):
        _quietly(stream.flush)
    os._exit(code & 0xFF)


def _fresh_start(argv: list[str]) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("agents", "py_landlock", "pyseccomp")]:
        del sys.modules[name]
    sys.argv = [PROGRAM, *argv]
    sys.path.insert(0, os.getcwd())  # noqa: PTH109
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(
            io.FileIO(number, "w", closefd=False), encoding="utf-8", errors="backslashreplace", line_buffering=True
        )
        for number in (1, 2)
    )
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    tempfile.tempdir = None
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # else every program would draw the same numbers


def _exit_code(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code
    sys.stderr.write(f"{code}\n")
    return 1


def _quietly(work: object, *arguments: object) -> None:
    """Do a last thing of the program's; whatever it throws, the process ends."""
    with contextlib.suppress(BaseException):
        work(*arguments)  # type: ignore[operator]
