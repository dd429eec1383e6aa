"""Running `konigsberg` in a process that has loaded it already: a fork instead of seconds of imports.

Every fork shares the seed of its parent's string hashes; a program begun afresh has its own.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

_LOADED = ["ui.cli", "ui.cli_grow", "agents.grow", "agents.growing.road", "agents.models", "langchain_openai"]
_QUIET = {"OMP_NUM_THREADS": "1", "OPENAI_API_KEY": "none"}


def fork(arguments: list[str], stderr: Path) -> BaseProcess:
    """Begin the program with these arguments; `stderr` is a pipe by name (`os.mkfifo`) that takes what it says."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    process = context.Process(target=_run, args=(arguments, str(stderr)), daemon=True)
    process.start()
    return process


def _run(arguments: list[str], stderr: str) -> None:
    os.environ.update(_QUIET)
    nothing = os.open(os.devnull, os.O_WRONLY)
    said = os.open(stderr, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(said, 2)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    from ui.cli import main

    sys.exit(main(arguments))
