"""Locks the calling process down for good: rlimits, no privileges, Landlock, seccomp."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from agents.sandbox import syscalls

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
MACHINES = ("x86_64", "aarch64")
LEAST_ABI = 3  # from here on Landlock also guards truncation
_NO_UIDS = 1_900_000_000  # a range of ids that systemd's list of assignments leaves unused


def libc() -> ctypes.CDLL:
    """The C library, errors by `ctypes.get_errno`."""
    return ctypes.CDLL(None, use_errno=True)


def check(status: int, what: str) -> None:
    """Raise what the C library reported.

    Raises:
        OSError: `status` is below 0.
    """
    if status < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def set_rlimits(limits: Mapping[str, Any], base: int) -> None:
    """Limit what the process may use; `base` is the address space it has already."""
    cpu = max(1, -int(-limits["cpu_seconds"] // 1))
    table = {
        resource.RLIMIT_CPU: (cpu, cpu + 1),
        resource.RLIMIT_FSIZE: (limits["file_size"], limits["file_size"]),
        resource.RLIMIT_NOFILE: (max(16, limits["files"]),) * 2,
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (0, 0),
        resource.RLIMIT_MSGQUEUE: (0, 0),
        resource.RLIMIT_SIGPENDING: (256, 256),
        resource.RLIMIT_NICE: (0, 0),
        resource.RLIMIT_RTPRIO: (0, 0),
        resource.RLIMIT_AS: (base + limits["memory"],) * 2,
    }
    for which, (soft, hard) in table.items():
        most = resource.getrlimit(which)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(which, (soft, hard))


def limit_threads(threads: int) -> None:
    """Count this user's threads, for a user id that no other process has."""
    resource.setrlimit(resource.RLIMIT_NPROC, (threads, threads))


def free_uid(number: int) -> int:
    """A user id that no account has; `number` spreads programs that run at the same time."""
    return _NO_UIDS + number % 100_000_000


def become(uid: int) -> None:
    """Be the user `uid` of no group, for good. Every capability goes with it."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


class _CapHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def drop_capabilities() -> None:
    """Give up every capability, root's too."""
    header = _CapHeader(0x20080522, 0)
    check(libc().capset(ctypes.byref(header), (ctypes.c_uint32 * 6)()), "capset")


def no_new_privileges() -> None:
    """Never gain what was given up; no core file, no ptrace from the same user."""
    check(libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    check(libc().prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "PR_SET_DUMPABLE")


def landlock_abi() -> int:
    """The kernel's Landlock version.

    Raises:
        RuntimeError: Landlock or its Python package is missing, or too old to guard truncation.
    """
    try:
        from py_landlock import LandlockError, get_abi_version
    except ImportError as error:
        raise RuntimeError("the package py-landlock is missing: pip install 'konigsberg[sandbox]'") from error
    try:
        abi = int(get_abi_version())
    except LandlockError as error:
        raise RuntimeError(f"the kernel has no Landlock: {error}") from error
    if abi < LEAST_ABI:
        raise RuntimeError(f"Landlock is version {abi} here and must be {LEAST_ABI}: Linux 6.2 or newer")
    return abi


def restrict_files(readable: Iterable[str], writable: Iterable[str], devices: Iterable[str]) -> None:
    """Let the process read and write these alone; no TCP, no signals, no abstract sockets out of here."""
    from py_landlock import AccessFs, Landlock

    def rights(path: str, access: Any) -> Any:
        return access if Path(path).is_dir() else access & (AccessFs.READ_FILE | AccessFs.WRITE_FILE)

    rules = Landlock(strict=False)
    look = AccessFs.READ_FILE | AccessFs.READ_DIR
    make = AccessFs.WRITE_FILE | AccessFs.MAKE_REG | AccessFs.MAKE_DIR | AccessFs.REMOVE_FILE | AccessFs.REMOVE_DIR
    for path in readable:
        rules.add_path_rule(path, access=rights(path, look))
    for path in writable:
        rules.add_path_rule(path, access=look | make | AccessFs.TRUNCATE | AccessFs.REFER)
    for path in devices:
        rules.add_path_rule(path, access=AccessFs.READ_FILE | AccessFs.WRITE_FILE)
    rules.apply()


class Filter:
    """The system calls that pass. Built once before forking; `load` adds what depends on the process.

    Raises:
        RuntimeError: libseccomp or its Python package is missing.
    """

    def __init__(self) -> None:
        try:
            import pyseccomp
        except ImportError as error:
            raise RuntimeError("the package pyseccomp is missing: pip install 'konigsberg[sandbox]'") from error
        except RuntimeError as error:
            raise RuntimeError("libseccomp is missing: install libseccomp2 (Debian) or libseccomp") from error
        if platform.machine() not in MACHINES:
            raise RuntimeError(
                f"system calls take their arguments in another order on {platform.machine()}, untested here"
            )
        self._package = pyseccomp
        self._rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
        self._rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
        self._rules.set_attr(pyseccomp.Attr.CTL_OPTIMIZE, 2)  # a tree instead of a list: numeric code calls a lot
        for name in syscalls.ALLOWED:
            self._add(pyseccomp.ALLOW, name)
        for name in syscalls.FATAL:
            self._add(pyseccomp.KILL_PROCESS, name)
        for name, number in syscalls.ERRORS.items():
            self._add(pyseccomp.ERRNO(number), name)
        self._by_argument()

    def _add(self, action: int, name: str, *arguments: Any) -> None:
        try:
            self._rules.add_rule(action, name, *arguments)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EDOM, errno.ENOENT):
                raise  # else: this machine has no such call, and what is not named is refused

    def _by_argument(self) -> None:
        allow, is_, masked = self._package.ALLOW, self._package.EQ, self._package.MASKED_EQ
        arg = self._package.Arg
        thread = syscalls.CLONE_THREAD
        self._add(allow, "clone", arg(0, masked, thread | syscalls.CLONE_NEW, thread))
        for name, position, values in (
            ("fcntl", 1, syscalls.FCNTL),
            ("ioctl", 1, syscalls.IOCTL),
            ("prctl", 0, syscalls.PRCTL),
        ):
            for value in values:
                self._add(allow, name, arg(position, masked, 0xFFFFFFFF, value))
        self._add(allow, "prlimit64", arg(0, is_, 0), arg(2, is_, 0))  # reads its own
        family = arg(0, masked, 0xFFFFFFFF, syscalls.AF_UNIX)
        self._add(allow, "socketpair", family, arg(1, masked, syscalls.SOCK_TYPE, syscalls.SOCK_STREAM))
        self._add(allow, "sendto", arg(4, is_, 0), arg(5, is_, 0))  # to the other end alone: no address

    def load(self, *, own_files: bool) -> None:
        """Put the filter on this process, for good; it may signal itself alone."""
        for name in syscalls.OWN_FILES if own_files else ():
            self._add(self._package.ALLOW, name)
        pid = os.getpid()
        for name in ("kill", "tgkill"):
            self._add(self._package.ALLOW, name, self._package.Arg(0, self._package.MASKED_EQ, 0xFFFFFFFF, pid))
        self._rules.load()
