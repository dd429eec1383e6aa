"""A file system of its own for a process: what it may read, a scratch folder in memory, nothing else to see."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from agents.sandbox.confine import check, libc

NEW_MOUNTS, NEW_UTS, NEW_IPC, NEW_USER, NEW_NET = 0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x40000000
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
DETACH = 2
# flags of a mount that one without privileges may not take away, as statvfs tells them and as mount takes them
_KEPT = {os.ST_NOSUID: NOSUID, os.ST_NODEV: NODEV, os.ST_NOEXEC: NOEXEC, 1024: 1024, 2048: 2048, 4096: 1 << 21}
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
SCRATCH = "/scratch"


def leave(privileged: bool) -> None:
    """Enter namespaces of one's own: mounts, network (with not even a loopback), System V memory, host name.

    Without privileges a user namespace comes first, in which the user keeps the own id.

    Raises:
        OSError: the kernel or the container forbids it.
    """
    flags = NEW_MOUNTS | NEW_NET | NEW_IPC | NEW_UTS
    uid, gid = os.getuid(), os.getgid()
    check(libc().unshare(flags | (0 if privileged else NEW_USER)), "unshare")
    libc().sethostname(b"sandbox", 7)
    if not privileged:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", encoding="ascii")


def own_root(readable: Iterable[str], *, size: int, inodes: int, owner: int, group: int) -> None:
    """Make a new root that holds `readable` read-only, four devices and an empty scratch folder; forget the old root.

    Raises:
        OSError: a mount was refused.
    """
    readable = _outermost(readable)
    root = _free_folder(readable)
    _mount("none", "/", None, REC | PRIVATE)
    _mount("tmpfs", root, "tmpfs", NOSUID | NODEV, "size=1m,mode=0755")
    for path in readable:
        _bind(path, root + path)
    for point in _mounts_below([root + path for path in readable]):
        _restrict(point, RDONLY | NOSUID | NODEV)
    for path in DEVICES:
        if Path(path).exists():
            _bind(path, root + path)
            _restrict(root + path, RDONLY | NOSUID | NOEXEC)  # a device can be written all the same, its mode cannot
    scratch = root + SCRATCH
    Path(scratch).mkdir()
    options = f"size={size},nr_inodes={inodes},mode=0700,uid={owner},gid={group}"
    _mount("tmpfs", scratch, "tmpfs", NOSUID | NODEV | NOEXEC, options)
    _mount("tmpfs", root, None, REMOUNT | RDONLY | NOSUID | NODEV)
    os.chdir(root)
    # pivot_root has no wrapper in libc; moving the new root over itself and detaching the old one leaves no way back
    check(libc().syscall(_number("pivot_root"), b".", b"."), "pivot_root")
    check(libc().umount2(b".", DETACH), "umount2")
    os.chdir("/")


def _outermost(paths: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for path in sorted(set(paths), key=lambda each: Path(each).parts):
        if not kept or not Path(path).is_relative_to(kept[-1]):
            kept.append(path)
    return kept


def _free_folder(readable: Iterable[str]) -> str:
    """A folder to build the new root on, which then hides what lies below it."""
    places = {Path(path).resolve() for path in readable} | {Path(path) for path in readable}
    for root in ("/mnt", "/media", "/srv", "/opt", "/tmp", "/home"):
        if Path(root).is_dir() and not any(place.is_relative_to(root) for place in places):
            return root
    raise OSError("no folder is free to build a root on")


def _number(name: str) -> int:
    import pyseccomp

    return int(pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name))


def _mounts_below(targets: list[str]) -> list[str]:
    """Every mount at or below `targets`, as folders bring their own along."""
    lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    points = [re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), line.split()[4]) for line in lines]
    return [point for point in points if any(Path(point).is_relative_to(target) for target in targets)]


def _bind(source: str, target: str) -> None:
    if Path(source).is_dir():
        Path(target).mkdir(parents=True, exist_ok=True)
    else:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).touch()
    _mount(source, target, None, BIND | REC)


def _restrict(target: str, flags: int) -> None:
    has = os.statvfs(target).f_flag
    kept = sum(flag for told, flag in _KEPT.items() if has & told)
    _mount("none", target, None, REMOUNT | BIND | flags | kept)


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    told = libc().mount(
        source.encode(), target.encode(), kind.encode() if kind else None, flags, options.encode() or None
    )
    check(told, f"mount {target}")
