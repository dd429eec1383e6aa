"""What lies outside the sandbox, as a program would like to reach it; it tells what was touched."""

from __future__ import annotations

import os
import secrets
import select
import signal
import socket
import subprocess
import sysconfig
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from agents.sandbox import server

SIGNALS = (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP, signal.SIGTERM, signal.SIGIO, signal.SIGWINCH, signal.SIGALRM)
SERVER = b"agents.sandbox.zygote"


class Outside:
    """Secrets, listeners, a process and folders; `touched` lists what a program got at."""

    def __init__(self, place: Path) -> None:
        self.token = secrets.token_hex(12)
        self.mark = f"escape-{secrets.token_hex(6)}"
        self.open = place / "open"
        self.home = place / "home"
        for folder in (self.open, self.home):
            folder.mkdir()
        self.open.chmod(0o777)
        self.secret = self.open / "secret.txt"
        self.secret.write_text(self.token)
        self.secret.chmod(0o666)
        self.key = self.home / ".ssh"
        self.key.mkdir()
        self.key = self.key / "id_ed25519"
        self.key.write_text(self.token)
        self.key.chmod(0o600)
        self._listen(place)
        self.victim = subprocess.Popen(["/bin/sleep", "600"], env={"OPENAI_API_KEY": self.token})
        self.signals: list[int] = []
        self._handlers = {number: signal.signal(number, self._heard) for number in SIGNALS}
        self.before = self._state()

    def _heard(self, number: int, _: object) -> None:
        self.signals.append(number)

    def _listen(self, place: Path) -> None:
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.path = str(self.open / "s")
        self.abstract = f"\0{self.mark}"
        self.unix, self.hidden, self.datagrams = (
            socket.socket(socket.AF_UNIX, kind) for kind in (socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_DGRAM)
        )
        self.unix.bind(self.path)
        Path(self.path).chmod(0o777)
        self.hidden.bind(self.abstract)
        self.datagrams.bind(f"{self.abstract}-d")
        for each in (self.unix, self.hidden):
            each.listen()
        self.listeners = (self.tcp, self.udp, self.unix, self.hidden, self.datagrams)

    def facts(self) -> dict[str, Any]:
        """What the program is told, so that it need not search."""
        return {
            "secret": str(self.secret),
            "key": str(self.key),
            "open": str(self.open),
            "mark": self.mark,
            "tcp": self.tcp.getsockname()[1],
            "udp": self.udp.getsockname()[1],
            "unix": self.path,
            "abstract": self.mark,
            "victim": self.victim.pid,
            "parent": os.getpid(),
            "server": server.running().process.pid,
            "packages": sysconfig.get_paths()["purelib"],
            "token_at": id(self.token),
            "shm_key": int(self.mark[-6:], 16) + 1,
        }

    def _state(self) -> dict[str, Any]:
        """Everything that must not change."""
        seen = self.secret.stat()
        victim = self.victim.pid
        return {
            "secret": (self.secret.read_bytes(), seen.st_mode, seen.st_uid, seen.st_mtime_ns, seen.st_nlink),
            "devices": [Path(path).stat().st_mode for path in ("/dev/null", "/dev/zero", "/dev/urandom")],
            "xattr": os.listxattr(self.secret),
            "open": sorted(entry.name for entry in self.open.iterdir()),
            "mounts": Path("/proc/self/mountinfo").read_text(),
            "host": socket.gethostname(),
            "victim": (self.victim.poll(), os.getpriority(os.PRIO_PROCESS, victim), os.sched_getaffinity(victim)),
            "own": (os.getpriority(os.PRIO_PROCESS, 0), os.sched_getaffinity(0), os.getpgid(0), os.getsid(0)),
            "limits": Path(f"/proc/{victim}/limits").read_text() + Path("/proc/self/limits").read_text(),
            "shared memory": _ipc("shm"),
            "semaphores": _ipc("sem"),
            "queues": _ipc("msg"),
        }

    def touched(self) -> list[str]:
        """Say what a program reached: nothing, if the sandbox holds."""
        now = self._state()
        found = [f"{name} changed" for name in now if now[name] != self.before[name]]
        if select.select(self.listeners, [], [], 0)[0]:
            found.append("a listener was reached")
        if self.signals:
            found.append(f"signals came: {self.signals}")
        packages = sysconfig.get_paths()["purelib"]
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/", packages, Path.home(), self.open.parent):
            with suppress(OSError):
                found += [f"{entry} appeared" for entry in Path(folder).iterdir() if self.mark in entry.name]
        for _ in range(50):  # a guard that has told the end is gone a moment later
            if not (left := leftovers()):
                break
            time.sleep(0.01)
        found += [f"process {pid} is left over" for pid in left]
        return found

    def close(self) -> None:
        for each in self.listeners:
            each.close()
        self.victim.kill()
        self.victim.wait()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)


def leftovers() -> list[int]:
    """Processes that came from this process's fork server and are still there, in the background or not."""
    own = server.running().process.pid
    parents: dict[int, int] = {}
    ours = set()
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            state, parent = (entry / "stat").read_text().rpartition(") ")[2].split()[:2]
            if state == "Z":
                continue
            parents[int(entry.name)] = int(parent)
            command = (entry / "cmdline").read_bytes()
            if SERVER in command and server.ROOT.encode() in command:
                ours.add(int(entry.name))
    return [pid for pid in parents if pid != own and (parents[pid] == own or (pid in ours and parents[pid] == 1))]


def _ipc(kind: str) -> int:
    place = Path("/proc/sysvipc", kind)
    return len(place.read_text().splitlines()) if place.exists() else 0
