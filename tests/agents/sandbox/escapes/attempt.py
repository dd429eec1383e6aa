"""Programs that try to get out of the sandbox, or to take more than they were given.

Each is told where everything is (`W`, see `outside.py`), has the numbers of the system calls (`SYS`) and the C library,
and says `escaped(...)` when it believes that it got through. Whether it did is for the test to find out, from outside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

PRELUDE = """\
import ctypes, os, socket, sys, threading, time
W = {world}
SYS = {calls}
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    ctypes.set_errno(0)
    libc.syscall.restype = ctypes.c_long
    return libc.syscall(ctypes.c_long(SYS[name]), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
def escaped(what=""):
    print("ESCAPED", what, flush=True)
def attempt(work, *arguments):
    try:
        result = work(*arguments)
    except OSError as error:
        print(type(error).__name__, error, file=sys.stderr)
        return None
    return result if result is not None else True
"""

CALLS = (
    "ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd pidfd_send_signal clone clone3 fork "
    "vfork execve execveat memfd_create open_by_handle_at name_to_handle_at mount umount2 unshare setns "
    "chroot pivot_root bpf perf_event_open userfaultfd io_uring_setup keyctl add_key request_key "
    "kexec_load reboot shmget shmat semget msgget mq_open socket socketpair connect sendto sendmsg tgkill "
    "tkill kill rt_sigqueueinfo rt_tgsigqueueinfo prlimit64 setuid setreuid setresuid setpriority "
    "sched_setaffinity sched_setscheduler ioprio_set personality prctl seccomp landlock_restrict_self "
    "landlock_create_ruleset fanotify_init inotify_init1 swapon sethostname syslog acct quotactl mknodat "
    "linkat symlinkat fchmodat fchownat utimensat setxattr removexattr capset fcntl ioctl vmsplice splice "
    "process_madvise kcmp move_pages migrate_pages remap_file_pages mlockall init_module delete_module "
    "iopl clock_settime settimeofday io_setup lookup_dcookie fsopen open_tree mount_setattr move_mount "
    "openat2 truncate statx getdents64 set_mempolicy signalfd4 process_mrelease memfd_secret "
    "map_shadow_stack "
).split()


@dataclass(frozen=True)
class Escape:
    """An attempt; `killed` is what must end it, where something must."""

    name: str
    program: str
    killed: tuple[str, ...] = ()

    def text(self, world: dict[str, Any], calls: dict[str, int]) -> str:
        """The whole program."""
        return PRELUDE.format(world=json.dumps(world), calls=json.dumps(calls)) + dedent(self.program)
