"""The caller's side of the fork server: started once, asked for each run, replaced when it died."""

from __future__ import annotations

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agents.sandbox.terms import SandboxUnavailable
from agents.sandbox.wire import receive, send
from agents.settings import program_python

# Threads of numeric libraries before a fork would be lost, and after it they only get in each other's way.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
}
ROOT = str(Path(__file__).resolve().parents[2])
START = "import sys; sys.path.insert(0, sys.argv[2]); from agents.sandbox.zygote import main; main()"
PATIENCE = 60.0

_lock = threading.Lock()
_current: Server | None = None


class Server:
    """A running fork server. `hello` is what it found out about this machine; `without` names layers it leaves out."""

    def __init__(self, without: Sequence[str] = ()) -> None:
        self.owner = os.getpid()
        self.python = program_python()
        self._lock = threading.Lock()
        own = self.python == sys.executable  # another interpreter knows its packages by itself
        packages = [e for e in sys.path if own and Path(e).name in ("site-packages", "dist-packages")]
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [self.python, "-P", "-B", "-c", START, str(theirs.fileno()), ROOT, ",".join(without), *packages],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(),),
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        try:
            self.control.settimeout(PATIENCE)
            self.hello, _ = receive(self.control)
        except (EOFError, OSError) as error:
            self.process.kill()
            said = self.process.communicate()[1].decode(errors="replace")[-1000:]
            self.control.close()
            raise SandboxUnavailable(f"the sandbox server did not start: {error}; it said: {said}") from error

    def start_run(self, files: list[int]) -> None:
        """Hand the run's link and its standard output and error to a new guard.

        Raises:
            OSError: the server is gone.
        """
        with self._lock:
            send(self.control, {}, files)

    def alive(self) -> bool:
        """Whether it may be used from this process."""
        return self.owner == os.getpid() and self.process.poll() is None and self.python == program_python()

    def close(self) -> None:
        """End the server; runs under way end by themselves."""
        self.control.close()
        if self.owner != os.getpid():
            return
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()


def running() -> Server:
    """Return the server of this process, started when there is none.

    Raises:
        SandboxUnavailable: it does not start.
    """
    global _current
    with _lock:
        if _current is None or not _current.alive():
            if _current is not None:
                with contextlib.suppress(OSError):
                    _current.close()
            _current = Server()
        return _current


def restart(without: Sequence[str] = ()) -> Server:
    """Replace this process's server, by one without some layers ("landlock", "seccomp", "namespaces", "uid") to see
    whether the others hold.

    Raises:
        SandboxUnavailable: it does not start.
    """
    global _current
    stop()
    with _lock:
        _current = Server(without)
        return _current


@atexit.register
def stop() -> None:
    """End this process's server; the next run starts a new one."""
    global _current
    with _lock:
        if _current is not None:
            _current.close()
            _current = None


def missing(hello: dict[str, Any]) -> str:
    """Say why this machine cannot hold a program in, or nothing."""
    problems = hello["problems"]
    if not hello["seccomp"]:
        return f"no seccomp: {problems.get('seccomp')}"
    if not hello["abi"] and not hello["spaces"]:
        return f"neither Landlock ({problems.get('landlock')}) nor mount namespaces ({problems.get('namespaces')})"
    return ""
