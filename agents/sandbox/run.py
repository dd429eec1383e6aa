"""Runs one program in the sandbox, or refuses."""

from __future__ import annotations

import os
import select
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from agents.sandbox import scratch, server
from agents.sandbox.terms import Killed, Limits, Ran, SandboxUnavailable
from agents.sandbox.unsafe import run_unconfined
from agents.sandbox.watch import readable_text, watch
from agents.sandbox.wire import receive, send
from agents.settings import PREFIX
from graphs.errors import BadArgument

SIGSYS, SIGXCPU, SIGKILL = 31, 24, 9


def run_program(
    code: str,
    *,
    files: Mapping[str, bytes] | None = None,
    readable: Sequence[Path] = (),
    limits: Limits | None = None,
    argv: Sequence[str] = (),
    cancel: threading.Event | None = None,
    unsafe: bool = False,
) -> Ran:
    """Run a Python program that may read its scratch folder, `readable` and the Python installation, and nothing else.

    The program finds `files` in its working folder, which is empty but for them; what it leaves there comes back as
    `made`. It has no network, starts no process and touches nothing outside. Setting up takes some milliseconds after
    the first run, which starts a server.

    `unsafe` (or the setting KONIGSBERG_UNSAFE_CODE=1) allows running without walls where no sandbox can be built; where
    one can, it is used all the same. `Ran.layers` says which it was.

    Raises:
        SandboxUnavailable: no sandbox can be built here.
        BadArgument: a file's name leads out of the folder, a readable path is missing, or the code is no text.
    """
    files, limits = dict(files or {}), limits or Limits()
    scratch.check_names(files)
    if len(files) >= limits.files:
        raise BadArgument(f"{len(files)} files are given and at most {limits.files - 1} fit; raise Limits.files")
    try:
        program = code.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadArgument(f"the program is not text: {error}") from error
    if any("\0" in each for each in argv):
        raise BadArgument("an argument of the program holds a NUL character")
    paths = [name for path in readable for name in _existing(path)]
    content = {**files, scratch.PROGRAM: program}
    try:
        return _confined(content, paths, limits, list(argv), cancel)
    except SandboxUnavailable:
        if not (unsafe or os.environ.get(PREFIX + "UNSAFE_CODE") == "1"):
            raise
    return run_unconfined(content, limits, list(argv), cancel)


def describe() -> dict[str, Any]:
    """Say which layers hold a program in on this machine, what is missing and why; `usable` is the verdict."""
    try:
        hello = server.running().hello
    except SandboxUnavailable as error:
        return {"usable": False, "layers": [], "missing": {"server": str(error)}, "verdict": str(error)}
    layers = ["limits", "no capabilities"]
    layers += ["seccomp"] if hello["seccomp"] else []
    layers += [f"landlock {hello['abi']}"] if hello["abi"] else []
    layers += ["namespaces"] if hello["spaces"] else []
    why = server.missing(hello)
    verdict = why and _advice(why)
    return {"usable": not why, "layers": sorted(layers), "missing": hello["problems"], "verdict": verdict or "confined"}


def _advice(why: str) -> str:
    return (
        f"no sandbox can be built here, so the program was not run: {why}. Install the extra 'sandbox' and libseccomp2 "
        f"on Linux 6.2 or newer, or set {PREFIX}UNSAFE_CODE=1 to run programs written by a model without walls"
    )


def _existing(path: Path) -> list[str]:
    """The path as it was given and as it is, where links lead there."""
    place = Path(path).resolve()
    if not place.exists():
        raise BadArgument(f"the program is to read {path}, which does not exist")
    if len(place.parts) < 2:
        raise BadArgument("the program is to read the whole file system; name the files it needs")
    return sorted({str(Path(path).absolute()), str(place)})


def _confined(
    content: dict[str, bytes], readable: list[str], limits: Limits, argv: list[str], cancel: threading.Event | None
) -> Ran:
    if not hasattr(os, "pidfd_open"):
        raise SandboxUnavailable(_advice("this is not Linux"))
    with ExitStack() as stack:
        link, files = _guard(stack)
        folder = None
        if not server.running().hello["spaces"]:
            folder = tempfile.mkdtemp(prefix="konigsberg-")
            stack.callback(scratch.remove, folder)
        given = {"given": sum(map(len, content.values())), "count": len(content)}
        send(link, {"limits": asdict(limits), "readable": readable, "scratch": folder, **given})
        ready, opened = _reply(link, 1)
        for file in opened:
            stack.callback(os.close, file)
        (work,) = opened
        scratch.put(work, content, tuple(ready["owner"]) if ready["owner"] else None)
        start = time.monotonic()
        send(link, {"argv": argv})
        started, _ = _reply(link)
        over = _over(started["pid"], work, limits, counted=ready["counted"], quota=folder is None)
        out, err, seconds, killed = watch(
            *files,
            limits,
            cancel,
            kill=lambda: link.shutdown(socket.SHUT_WR),
            ended=_Ended(link),
            wake=link,
            over=over,
            start=start,
        )
        end, _ = _reply(link)
        if over is not None and (late := over()):
            killed, out, err = killed or late, b"", b""  # it went on or ended between two looks: nothing of it is kept
        made = scratch.take(work, content, limits) if killed != "output" else {}
    exit_code, killed = _verdict(end, killed, limits, err)
    return Ran(readable_text(out), readable_text(err), exit_code, seconds, killed, made, tuple(ready["layers"]))


class _Ended:
    """Whether the guard has something to say."""

    def __init__(self, link: socket.socket) -> None:
        self._poll = select.poll()
        self._poll.register(link, select.POLLIN)

    def __call__(self) -> bool:
        return bool(self._poll.poll(0))


def _guard(stack: ExitStack) -> tuple[socket.socket, tuple[int, int]]:
    """Have a guard forked; return the link to it and the ends of the program's output."""
    for again in (True, False):
        current = server.running()
        why = server.missing(current.hello)
        if why:
            raise SandboxUnavailable(_advice(why))
        ours, theirs = socket.socketpair()
        (out, out_end), (err, err_end) = os.pipe(), os.pipe()
        try:
            current.start_run([theirs.fileno(), out_end, err_end])
        except OSError as error:
            ours.close()
            os.close(out)
            os.close(err)
            if not again:
                raise SandboxUnavailable(f"the sandbox server is gone: {error}") from error
            continue
        finally:
            theirs.close()
            os.close(out_end)
            os.close(err_end)
        stack.enter_context(ours)
        stack.callback(os.close, out)
        stack.callback(os.close, err)
        ours.settimeout(server.PATIENCE)
        return ours, (out, err)
    raise AssertionError


def _reply(link: socket.socket, files: int = 0) -> tuple[dict[str, Any], list[int]]:
    """The guard's next word.

    Raises:
        SandboxUnavailable: the guard could not build the walls, or fell silent.
    """
    try:
        message, opened = receive(link, files)
    except (EOFError, OSError) as error:
        raise SandboxUnavailable(f"the sandbox's guard did not answer: {error}") from error
    if "failed" in message:
        raise SandboxUnavailable(f"a wall of the sandbox could not be built, so nothing ran: {message['failed']}")
    return message, opened


def _over(pid: int, work: int, limits: Limits, *, counted: bool, quota: bool) -> Callable[[], Killed] | None:
    """What has to be looked at from outside, where the kernel does not count it."""
    if counted and quota:
        return None

    def look() -> Killed:
        if not counted:
            try:
                threads = sum(1 for _ in Path(f"/proc/{pid}/task").iterdir())
            except OSError:
                threads = 0  # it has ended
            if threads > limits.threads:
                return "forbidden"
        if not quota:
            size, count = scratch.used(work, 4 * limits.files + 64)
            if size > 5 * limits.file_size or count > 2 * limits.files + 64:
                return "output"
        return ""

    return look


def _verdict(end: dict[str, Any], killed: Killed, limits: Limits, err: bytes) -> tuple[int | None, Killed]:
    """The exit code, and what ended the program where nobody outside killed it."""
    code = os.waitstatus_to_exitcode(end["status"])
    if killed:
        return (code if code >= 0 else None), killed
    if code >= 0:
        last = err.rstrip().rpartition(b"\n")[2]
        return code, "memory" if code == 1 and b"MemoryError" in last.partition(b":")[0] else ""
    signal = -code
    if signal == SIGSYS:
        return None, "forbidden"
    if signal == SIGXCPU or (signal == SIGKILL and end["cpu"] >= limits.cpu_seconds):
        return None, "cpu"
    if signal == SIGKILL or end["rss"] >= 0.8 * limits.memory:
        return None, "memory"
    return None, ""
