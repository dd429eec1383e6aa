"""Runs a program without walls, for users who said so: a folder and limits of its own, and nothing more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from agents.sandbox import scratch
from agents.sandbox.server import ENVIRONMENT
from agents.sandbox.terms import Limits, Ran
from agents.sandbox.watch import readable_text, watch


def run_unconfined(content: dict[str, bytes], limits: Limits, argv: list[str], cancel: threading.Event | None) -> Ran:
    """Run the program in a process of its own, which can do whatever the user can. Only the wall clock, the output and
    what is taken back are limited.
    """
    with tempfile.TemporaryDirectory(prefix="konigsberg-", ignore_cleanup_errors=True) as place:
        folder = os.open(place, os.O_RDONLY)
        try:
            scratch.put(folder, content, None)
            process = subprocess.Popen(
                [sys.executable, "-B", scratch.PROGRAM, *argv],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=place,
                env={**ENVIRONMENT, "HOME": place, "TMPDIR": place, "MPLCONFIGDIR": str(Path(place, ".matplotlib"))},
                start_new_session=True,
            )
            assert process.stdout is not None
            assert process.stderr is not None
            with process.stdout as out, process.stderr as err:
                said, warned, seconds, killed = watch(
                    out.fileno(),
                    err.fileno(),
                    limits,
                    cancel,
                    kill=lambda: os.killpg(process.pid, signal.SIGKILL),
                    ended=lambda: process.poll() is not None,
                )
            code = process.wait()
            made = scratch.take(folder, content, limits)
        finally:
            os.close(folder)
    note = "konigsberg: this program ran without a sandbox\n"
    exit_code = code if code >= 0 else None
    return Ran(readable_text(said), note + readable_text(warned), exit_code, seconds, killed, made, ("unsafe",))
