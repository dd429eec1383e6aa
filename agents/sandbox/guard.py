"""The process that holds one program: it builds namespaces, forks the program, waits for it, tells how it ended."""

from __future__ import annotations

import os
import select
import signal
import socket
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from agents.sandbox import confine, namespaces
from agents.sandbox.program import execute
from agents.sandbox.wire import receive, send

if TYPE_CHECKING:
    from agents.sandbox.zygote import Server


def guard(server: Server, link_file: int, out: int, err: int) -> NoReturn:
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
    Path("/proc/self/oom_score_adj").write_text(
        "1000", encoding="ascii"
    )  # where memory runs out, the program goes first
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
        server.rules.load(own_files=server.spaces and (uid is not None or not server.privileged))
    except BaseException:  # noqa: BLE001 - whatever it is, the program must not start
        os.write(tell, traceback.format_exc().encode()[-4000:])
        os._exit(1)
    os.close(tell)
    execute(argv)
