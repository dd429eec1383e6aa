"""The server that programs are forked from: it has loaded Python and networkx once, and runs no program itself.

For each run it forks a guard; the guard builds the namespaces, forks the program, waits for it and tells the caller
how it ended. The program's process locks itself down before it reads its first line and keeps no file but its standard
ones.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
import sysconfig
import traceback
from pathlib import Path
from typing import Any, NoReturn

from agents.sandbox import confine, namespaces
from agents.sandbox.program import execute
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
            _guard(server, *files)
        for file in files:
            os.close(file)


def _guard(server: Server, link_file: int, out: int, err: int) -> NoReturn:
    link = socket.socket(fileno=link_file)
    try:
        _run(server, link, out, err)
    except (EOFError, ConnectionError):
        pass  # the caller is gone, and with it the run
    except (OSError, RuntimeError, ValueError) as error:
        send(link, {"failed": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(0)


def _others_may(path: str, *, above: bool) -> bool:
    """Whether a user of no group can read `path`."""
    place = Path(path).resolve()
    mode = place.stat().st_mode
    if not mode & 0o004 or (place.is_dir() and not mode & 0o001):
        return False
    return not above or all(parent.stat().st_mode & 0o001 for parent in place.parents)


def _run(server: Server, link: socket.socket, out: int, err: int) -> None:
    request, _ = receive(link)
    limits, readable = request["limits"], [*server.readable, *request["readable"]]
    os.umask(0o022)
    base = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    uid = None
    if server.change_user and all(_others_may(path, above=not server.spaces) for path in readable):
        uid = confine.free_uid(server.runs * 4096 + os.getpid() % 4096)
        if not _uid_exists(uid):
            uid = 65534
    owner = (uid, uid) if uid is not None else (os.getuid(), os.getgid())
    if server.spaces:
        namespaces.leave(server.privileged)
        size, inodes = 4 * limits["file_size"] + request["given"] + (1 << 20), limits["files"] + request["count"] + 24
        namespaces.own_root(readable, size=size, inodes=inodes, owner=owner[0], group=owner[1])
        scratch = namespaces.SCRATCH
    else:
        scratch = request["scratch"]
        os.chown(scratch, *owner)
    for name in ("work", "home"):
        Path(scratch, name).mkdir(mode=0o700)
        os.chown(Path(scratch, name), *owner)
    own = uid not in (None, 65534)
    layers = [
        "seccomp",
        *([f"landlock {server.abi}"] if server.abi else []),
        *(["namespaces"] if server.spaces else []),
        *([f"user id {'of its own' if own else uid}"] if uid is not None else []),
        "no capabilities",
        "limits",
    ]
    work = os.open(f"{scratch}/work", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    send(link, {"layers": layers, "owner": owner if server.privileged else None, "counted": own}, [work])
    os.close(work)
    go, _ = receive(link)
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        link.close()
        os.close(told)
        _become_program(server, request, go["argv"], scratch, readable, uid, own, base, (out, err, tell))
    for file in (out, err, tell):
        os.close(file)
    with os.fdopen(told, "rb") as said:
        trouble = said.read()
    if trouble:
        os.waitpid(pid, 0)
        send(link, {"failed": trouble.decode(errors="replace")})
        return
    send(link, {"pid": pid})
    _wait(link, pid)


def _uid_exists(uid: int) -> bool:
    """Whether `uid` can be taken here: a container may map only a few."""
    table = Path("/proc/self/uid_map").read_text(encoding="ascii").split()
    ranges = zip(table[::3], table[2::3], strict=True)
    return any(int(start) <= uid < int(start) + int(count) for start, count in ranges)


def _wait(link: socket.socket, pid: int) -> None:
    """Wait for the program's end and tell it; kill it when the caller hangs up or says so."""
    handle = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    poll.register(link, select.POLLIN | select.POLLHUP)
    while handle not in dict(poll.poll()):
        os.kill(pid, signal.SIGKILL)
        poll.unregister(link)
    _, status, usage = os.wait4(pid, 0)
    send(link, {"status": status, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss * 1024})


def _become_program(
    server: Server,
    request: dict[str, Any],
    argv: list[str],
    scratch: str,
    readable: list[str],
    uid: int | None,
    own: bool,
    base: int,
    files: tuple[int, int, int],
) -> NoReturn:
    """Lock this process down, then run the program in it; trouble before that is told through the last of `files`."""
    guard = os.getppid()
    tell = 3
    try:
        nothing = os.open("/dev/null", os.O_RDONLY)
        moved = [os.dup2(file, 100 + index) for index, file in enumerate((nothing, *files))]
        for target, file in enumerate(moved):
            os.dup2(file, target, inheritable=target < 3)
        os.closerange(4, 1 << 20)
        os.setsid()
        os.chdir(f"{scratch}/work")
        os.environ.update({"HOME": f"{scratch}/home", "TMPDIR": f"{scratch}/home", "MPLCONFIGDIR": f"{scratch}/home"})
        confine.set_rlimits(request["limits"], base)
        if uid is not None:
            confine.become(uid)
        confine.drop_capabilities()
        if own:
            confine.limit_threads(request["limits"]["threads"])
        confine.no_new_privileges()
        confine.check(confine.libc().prctl(confine.PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "PR_SET_PDEATHSIG")
        if os.getppid() != guard:
            os._exit(1)
        if server.abi:
            devices = [path for path in namespaces.DEVICES if Path(path).exists()]
            confine.restrict_files(readable, [scratch], devices)
        assert server.rules is not None
        server.rules.load()
    except BaseException:  # noqa: BLE001 - whatever it is, the program must not start
        os.write(tell, traceback.format_exc().encode()[-4000:])
        os._exit(1)
    os.close(tell)
    execute(argv)


def main() -> None:
    """Serve on the socket whose number is the first argument; the others name folders of packages."""
    number, root, without, *packages = sys.argv[1:]
    sys.path[:] = [entry for entry in sys.path if entry != root]
    sys.path.extend(package for package in packages if package not in sys.path)
    with socket.socket(fileno=int(number)) as control:
        serve(control, packages, without.split(","))
