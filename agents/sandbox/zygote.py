"""The server that programs are forked from: it has loaded Python and networkx once, and runs no program itself.

For each run it forks a guard; the guard builds the namespaces, forks the program, waits for it and tells the caller
how it ended. The program's process locks itself down before it reads its first line and keeps no file but its standard
ones.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys
import sysconfig
from pathlib import Path
from typing import Any

from agents.sandbox import confine, namespaces
from agents.sandbox.guard import guard
from agents.sandbox.wire import receive, send

WARM = ("networkx", "numpy", "random", "json", "collections", "itertools", "heapq", "math", "traceback", "linecache")
SYSTEM = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo")


class Server:
    """What the fork server knows from its start on."""

    def __init__(self, packages: list[str]) -> None:
        self.privileged = self.change_user = os.geteuid() == 0
        self.readable = self._installation(packages)
        self.problems: dict[str, str] = {}
        self.rules: confine.Filter | None = None
        self.abi = 0
        self.spaces = False
        self.runs = 0

    @staticmethod
    def _installation(packages: list[str]) -> list[str]:
        named = sysconfig.get_paths()
        paths = [named[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
        paths += [entry for entry in sys.path if Path(entry).name == "lib-dynload"]
        paths += [*packages, *SYSTEM, str(sysconfig.get_config_var("LIBDIR") or "")]
        return sorted({path for path in paths if path and path != "/" and Path(path).exists()})

    def find_layers(self, without: list[str]) -> None:
        """Try each layer but those left out; keep what is missing and why."""
        self.problems.update({name: "left out on demand" for name in without if name})
        self.change_user = self.privileged and "uid" not in without
        if "seccomp" not in without:
            try:
                self.rules = confine.Filter()
            except RuntimeError as error:
                self.problems["seccomp"] = str(error)
        if "landlock" not in without:
            try:
                self.abi = confine.landlock_abi()
            except RuntimeError as error:
                self.problems["landlock"] = str(error)
        if "namespaces" not in without:
            problem = _tried(self._try_namespaces)
            self.spaces = not problem
            if problem:
                self.problems["namespaces"] = problem

    def _try_namespaces(self) -> None:
        namespaces.leave(self.privileged)
        owner = os.getuid(), os.getgid()
        namespaces.own_root(self.readable, size=1 << 20, inodes=16, owner=owner[0], group=owner[1])

    def warm_up(self) -> None:
        """Load what most programs load."""
        for name in WARM:
            try:
                importlib.import_module(name)
            except ImportError as error:
                self.problems[name] = str(error)
        gc.collect()
        gc.freeze()

    def hello(self) -> dict[str, Any]:
        """What the caller should know of this server."""
        return {"problems": self.problems, "abi": self.abi, "seccomp": self.rules is not None, "spaces": self.spaces}


def _tried(work: Any) -> str:
    """Do the work in a process of its own and return what went wrong, or nothing."""
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            work()
        except (OSError, RuntimeError, ImportError) as error:
            os.write(tell, str(error).encode()[:4000] or b"failed")
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as file:
        said = file.read()
    status = os.waitpid(pid, 0)[1]
    return said.decode(errors="replace") or (f"ended with status {status}" if status else "")


def serve(control: socket.socket, packages: list[str], without: list[str]) -> None:
    """Fork a guard for each run, until the caller closes `control`."""
    server = Server(packages)
    server.find_layers(without)
    server.warm_up()
    send(control, server.hello())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # guards need no funeral
    while True:
        try:
            _, files = receive(control, 3)
        except (EOFError, ConnectionError):
            return
        server.runs += 1
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            guard(server, *files)
        for file in files:
            os.close(file)


def main() -> None:
    """Serve on the socket whose number is the first argument; the others name folders of packages."""
    number, root, without, *packages = sys.argv[1:]
    sys.path[:] = [entry for entry in sys.path if entry != root]
    sys.path.extend(package for package in packages if package not in sys.path)
    with socket.socket(fileno=int(number)) as control:
        serve(control, packages, without.split(","))
