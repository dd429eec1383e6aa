"""Programs that try to get out of the sandbox, or to take more than they were given.

Each is told where everything is (`W`, see `outside.py`), has the numbers of the system calls (`SYS`) and the C library, and
says `escaped(...)` when it believes that it got through. Whether it did is for the test to find out, from outside.
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
    "ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd pidfd_send_signal clone clone3 fork vfork execve "
    "execveat memfd_create open_by_handle_at name_to_handle_at mount umount2 unshare setns chroot pivot_root bpf "
    "perf_event_open userfaultfd io_uring_setup keyctl add_key request_key kexec_load reboot shmget shmat semget msgget "
    "mq_open socket socketpair connect sendto sendmsg tgkill tkill kill rt_sigqueueinfo rt_tgsigqueueinfo prlimit64 "
    "setuid setreuid setresuid setpriority sched_setaffinity sched_setscheduler ioprio_set personality prctl seccomp "
    "landlock_restrict_self landlock_create_ruleset fanotify_init inotify_init1 swapon sethostname syslog acct quotactl "
    "mknodat linkat symlinkat fchmodat fchownat utimensat setxattr removexattr capset fcntl ioctl vmsplice splice "
    "process_madvise kcmp move_pages migrate_pages remap_file_pages mlockall init_module delete_module iopl "
    "clock_settime settimeofday io_setup lookup_dcookie fsopen open_tree mount_setattr move_mount openat2 truncate "
    "statx getdents64 set_mempolicy signalfd4 process_mrelease memfd_secret map_shadow_stack"
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


def _direct(name: str, arguments: str = "0, 0, 0, 0, 0", good: str = ">= 0") -> Escape:
    """A system call made by hand."""
    return Escape(f"system call {name}", f'r = call("{name}", {arguments})\nif r {good}: escaped(r)')


NETWORK = [
    Escape("tcp", 'attempt(socket.create_connection, ("127.0.0.1", W["tcp"]), 2) and escaped()'),
    Escape("tcp server", 'attempt(socket.create_server, ("127.0.0.1", 0)) and escaped()'),
    Escape(
        "udp",
        'attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", W["udp"]))) and escaped()',
    ),
    Escape("unix socket", 'attempt(lambda: socket.socket(socket.AF_UNIX).connect(W["unix"])) and escaped()'),
    Escape(
        "abstract socket", 'attempt(lambda: socket.socket(socket.AF_UNIX).connect("\\0" + W["abstract"])) and escaped()'
    ),
    Escape("netlink socket", "attempt(socket.socket, 16, socket.SOCK_RAW, 0) and escaped()"),
    Escape("raw socket", "attempt(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1) and escaped()"),
    Escape("packet socket", "attempt(socket.socket, 17, socket.SOCK_RAW, 3) and escaped()"),
    Escape("vsock", "attempt(socket.socket, 40, socket.SOCK_STREAM) and escaped()"),
    Escape("kernel crypto socket", "attempt(socket.socket, 38, socket.SOCK_SEQPACKET) and escaped()"),
    Escape("names of hosts", 'attempt(socket.getaddrinfo, "example.org", 80) and escaped()'),
    Escape(
        "http",
        "import urllib.request\nattempt(urllib.request.urlopen, f\"http://127.0.0.1:{W['tcp']}/\", None, 2) and escaped()",
    ),
    Escape(
        "datagram from a socket pair",
        """
        def go():
            a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            a.sendto(b"x", "\\0" + W["abstract"] + "-d")
        attempt(go) and escaped()
        """,
    ),
    Escape(
        "address beside a socket pair",
        """
        a, b = socket.socketpair()
        attempt(a.sendto, b"x", W["unix"]) and escaped()
        attempt(a.sendmsg, [b"x"], [], 0, W["unix"]) and escaped()
        """,
    ),
    Escape(
        "32-bit socket call",
        """
        import mmap
        # mov eax, 359; int 0x80; ret: socket() by the numbers of another architecture
        code = mmap.mmap(-1, 4096, prot=7)
        code.write(bytes.fromhex("b867010000bb02000000b901000000ba00000000cd80c3"))
        address = ctypes.addressof(ctypes.c_char.from_buffer(code))
        if ctypes.CFUNCTYPE(ctypes.c_int)(address)() >= 0: escaped()
        """,
        killed=("forbidden", ""),
    ),
    Escape(
        "x32 socket call",
        'libc.syscall(ctypes.c_long(0x40000000 + SYS["socket"]), 2, 1, 0) >= 0 and escaped()',
        ("forbidden", ""),
    ),
]

PROCESSES = [
    Escape("fork", "pid = attempt(os.fork)\nif pid is not None: escaped(pid)"),
    Escape("vfork by hand", 'call("vfork") >= 0 and escaped()'),
    Escape("clone by hand", 'call("clone", 17, 0, 0, 0, 0) >= 0 and escaped()'),
    Escape("clone that shares memory", 'call("clone", 0x100 | 17, 0, 0, 0, 0) >= 0 and escaped()'),
    Escape(
        "clone3", "b = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)\ncall('clone3', ctypes.byref(b), 88) >= 0 and escaped()"
    ),
    Escape("clone with namespaces", 'call("clone", 0x10000000 | 17, 0, 0, 0, 0) >= 0 and escaped()'),
    Escape("fork bomb", "while True:\n    try: os.fork()\n    except OSError: break"),
    Escape("posix_spawn", 'attempt(os.posix_spawn, "/bin/true", ["true"], {}) and escaped()'),
    Escape("subprocess", 'import subprocess\nattempt(subprocess.run, ["/bin/echo", "hi"]) and escaped()'),
    Escape("os.system", "os.system(f\"touch {W['open']}/{W['mark']}\")"),
    Escape("popen", 'attempt(lambda: os.popen("id").read()) and escaped()'),
    Escape("execve", 'attempt(os.execv, "/bin/true", ["true"])'),
    Escape(
        "execve of Python", "attempt(os.execv, sys.executable, [sys.executable, '-c', 'print(\"ESCA\" + \"PED\")'])"
    ),
    Escape(
        "program of its own in memory",
        """
        fd = attempt(os.memfd_create, "x")
        if fd is not None:
            os.write(fd, open("/lib64/ld-linux-x86-64.so.2", "rb").read())
            call("execveat", fd, b"", None, None, 0x1000)
            escaped()
        """,
    ),
    Escape(
        "program of its own in the folder",
        """
        with open("x", "wb") as f: f.write(b"#!/bin/sh\\necho ESCA''PED\\n")
        attempt(os.chmod, "x", 0o755)
        attempt(os.execv, "./x", ["x"])
        """,
    ),
    Escape(
        "multiprocessing",
        "import multiprocessing\nattempt(lambda: multiprocessing.Process(target=print).start()) and escaped()",
    ),
    Escape("daemon", "pid = attempt(os.fork)\nif pid == 0:\n    os.setsid()\n    time.sleep(60)"),
    Escape("new session", "attempt(os.setsid) and escaped()"),
    Escape("other process group", "attempt(os.setpgid, 0, 0) and escaped()"),
    Escape("kill the guard", "attempt(os.kill, os.getppid(), 9) and escaped()"),
    Escape("kill the caller", 'attempt(os.kill, W["parent"], 15) and escaped()'),
    Escape("kill the server", 'attempt(os.kill, W["server"], 9) and escaped()'),
    Escape("kill everyone", "attempt(os.kill, -1, 9) and escaped()"),
    Escape("kill its group", "attempt(os.killpg, 0, 10) and escaped()"),
    Escape("kill a neighbour", 'attempt(os.kill, W["victim"], 9) and escaped()'),
    _direct("tkill", 'W["victim"], 9'),
    _direct("tgkill", 'W["victim"], W["victim"], 9'),
    _direct("rt_sigqueueinfo", 'W["victim"], 9, ctypes.create_string_buffer(128)'),
    Escape(
        "signal by pidfd",
        'fd = call("pidfd_open", W["victim"], 0)\nif fd >= 0:\n    call("pidfd_send_signal", fd, 9, 0, 0)\n    escaped()',
    ),
    Escape(
        "signal by an owned pipe",
        """
        import fcntl
        r, w = os.pipe()
        attempt(fcntl.fcntl, r, 8, W["parent"]) and escaped()
        attempt(fcntl.fcntl, r, 10, 10)
        attempt(fcntl.fcntl, r, 4, os.O_ASYNC)
        os.write(w, b"x")
        """,
    ),
    Escape(
        "F_SETOWN_EX",
        'import fcntl, struct\nr, w = os.pipe()\nattempt(fcntl.fcntl, r, 15, struct.pack("ii", 1, W["parent"])) and escaped()',
    ),
    Escape(
        "own pipe by ioctl",
        'import fcntl, struct\nattempt(fcntl.ioctl, 1, 0x8901, struct.pack("i", W["parent"])) and escaped()',
    ),
    _direct("ptrace", '16, W["victim"], 0, 0'),
    Escape("ptrace me", 'call("ptrace", 0, 0, 0, 0) == 0 and escaped()', ("forbidden",)),
    Escape(
        "memory of the caller",
        """
        b = ctypes.create_string_buffer(4096)
        mine = (ctypes.c_uint64 * 2)(ctypes.addressof(b), 4096)
        its = (ctypes.c_uint64 * 2)(W["token_at"], 256)
        if call("process_vm_readv", W["parent"], ctypes.byref(mine), 1, ctypes.byref(its), 1, 0) > 0: escaped(b.raw)
        """,
        ("forbidden",),
    ),
    Escape(
        "file of the caller",
        'fd = call("pidfd_open", W["parent"], 0)\ncall("pidfd_getfd", fd, 0, 0) >= 0 and escaped()',
        ("forbidden",),
    ),
    _direct("process_madvise", "0, 0, 0, 21, 0"),
    _direct("migrate_pages", 'W["victim"], 0, 0, 0'),
    _direct("kcmp", 'W["parent"], W["victim"], 0, 0, 0'),
    Escape(
        "limits of a neighbour",
        'import resource\nattempt(resource.prlimit, W["victim"], resource.RLIMIT_NOFILE, (5, 5)) and escaped()',
    ),
    Escape(
        "higher limits",
        "import resource\nfor r in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE):\n    try: resource.setrlimit(r, (resource.RLIM_INFINITY,) * 2); escaped(r)\n    except (OSError, ValueError): pass",
    ),
    Escape("priority of a neighbour", 'attempt(os.setpriority, os.PRIO_PROCESS, W["victim"], 19) and escaped()'),
    Escape(
        "own priority",
        "attempt(os.nice, -10) is not None and escaped()\nattempt(os.setpriority, os.PRIO_USER, 0, 5) and escaped()",
    ),
    Escape("processors of a neighbour", 'attempt(os.sched_setaffinity, W["victim"], {0}) and escaped()'),
    Escape("real time", "attempt(os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(50)) and escaped()"),
    _direct("ioprio_set", "1, 0, 0x2000"),
    Escape(
        "timer that outlives it",
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.2)\nattempt(os.kill, os.getppid(), 14) and escaped()\nos._exit(0)",
    ),
]

FILES = [
    Escape("a secret", 'print(attempt(lambda: open(W["secret"]).read()))'),
    Escape("an SSH key", 'print(attempt(lambda: open(W["key"]).read()))'),
    Escape(
        "home",
        "for p in ('/root', '/home', os.path.expanduser('~root')):\n    names = attempt(os.listdir, p) or []\n    {'.bashrc', '.profile', '.cache', '.ssh', '.bash_history'} & set(names) and escaped(names)",
    ),
    Escape(
        "passwords",
        "attempt(lambda: open('/etc/shadow').read()) and escaped()\nattempt(lambda: open('/etc/passwd').read()) and escaped()",
    ),
    Escape(
        "environment of the caller",
        'for p in ("self", W["parent"], W["server"], W["victim"], os.getppid()):\n    print(attempt(lambda: open(f"/proc/{p}/environ", "rb").read()))',
    ),
    Escape(
        "own environment",
        "print(dict(os.environ))\nfor k in os.environ:\n    if 'KEY' in k or 'KONIGSBERG' in k: escaped(k)",
    ),
    Escape(
        "environment in memory",
        "ctypes.c_char_p.in_dll(libc, 'environ')\ne = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, 'environ')\ni = 0\nwhile e[i]:\n    print(e[i]); i += 1",
    ),
    Escape(
        "memory file",
        'for p in ("self", W["parent"], os.getppid()):\n    attempt(lambda: open(f"/proc/{p}/mem", "r+b")) and escaped(p)',
    ),
    Escape(
        "root of a process",
        'for p in ("self", W["parent"], W["server"], os.getppid(), 1):\n    print(attempt(lambda: open(f"/proc/{p}/root{W[\'secret\']}").read()))',
    ),
    Escape(
        "files of a process",
        'attempt(os.listdir, "/proc/self/fd") and escaped()\nattempt(os.listdir, f"/proc/{W[\'parent\']}/fd") and escaped()',
    ),
    Escape(
        "the kernel's settings",
        "for p in ('/proc/sys/kernel/core_pattern', '/proc/cmdline', '/sys/kernel', '/proc/kallsyms', '/sys/fs/cgroup'):\n    attempt(os.listdir if os.path.isdir(p) else open, p) and escaped(p)",
    ),
    Escape(
        "names in the root",
        "names = attempt(os.listdir, '/') or []\n{'home', 'var', 'proc', 'sys', 'boot', 'run'} & set(names) and escaped(names)",
    ),
    Escape(
        "way up", 'for n in range(1, 12):\n    print(attempt(lambda: open("../" * n + W["secret"].lstrip("/")).read()))'
    ),
    Escape("symlink out", 'attempt(os.symlink, W["secret"], "link")\nprint(attempt(lambda: open("link").read()))'),
    Escape("hardlink in", 'attempt(os.link, W["secret"], "link")\nprint(attempt(lambda: open("link").read()))'),
    Escape("hardlink out", 'open("a", "w").write("x")\nattempt(os.link, "a", W["open"] + "/" + W["mark"])'),
    Escape(
        "symlink named as what is made",
        'attempt(os.symlink, W["key"], "answer.txt")\nattempt(os.symlink, os.path.dirname(W["key"]), "answers")',
    ),
    Escape("hardlink to a library", "import networkx\nattempt(os.link, networkx.__file__, 'x') and escaped()"),
    Escape(
        "write outside",
        'attempt(lambda: open(W["secret"], "w").write("gone"))\nattempt(lambda: open(W["open"] + "/" + W["mark"], "w").write("x"))',
    ),
    Escape(
        "write in temporary folders",
        'for p in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/dev/mqueue", "/", "/var/lock"):\n    attempt(lambda: open(f"{p}/{W[\'mark\']}", "w").write("x"))',
    ),
    Escape(
        "rename in and out",
        'attempt(os.rename, W["secret"], "mine")\nopen("b", "w").write("x")\nattempt(os.rename, "b", W["open"] + "/" + W["mark"])\nattempt(os.replace, "b", W["secret"])',
    ),
    Escape("remove", 'attempt(os.unlink, W["secret"])\nattempt(os.rmdir, W["open"])'),
    Escape("truncate", 'attempt(os.truncate, W["secret"], 0)\nattempt(os.open, W["secret"], os.O_RDONLY | os.O_TRUNC)'),
    Escape("chmod", 'attempt(os.chmod, W["secret"], 0)\nattempt(os.chmod, W["open"], 0)'),
    Escape("chown", 'attempt(os.chown, W["secret"], 1234, 1234)'),
    Escape("times", 'attempt(os.utime, W["secret"], (1, 1))'),
    Escape("extended attributes", 'attempt(os.setxattr, W["secret"], "user.mark", b"x")'),
    Escape(
        "device files",
        "for n, d in (('zero', 0x105), ('kmem', 0x102), ('sda', 0x800), ('vda', 0xfe00)):\n    attempt(os.mknod, n, 0o600 | 0x6000, d) and escaped(n)\n    attempt(os.mknod, n, 0o600 | 0x2000, d) and escaped(n)",
    ),
    Escape(
        "devices",
        "import glob\nfor p in ('/dev/mem', '/dev/kmsg', '/dev/vda', '/dev/kvm', '/dev/ptmx', '/dev/tty', '/dev/fuse', '/dev/net/tun', '/dev/shm'):\n    attempt(os.open, p, os.O_RDONLY) is not None and escaped(p)",
    ),
    Escape("pipe with a name", "attempt(os.mkfifo, 'pipe') and escaped()"),
    Escape(
        "handle",
        'b = ctypes.create_string_buffer(256)\nctypes.memmove(b, b"\\x80\\0\\0\\0", 4)\nm = ctypes.c_int()\ncall("name_to_handle_at", -100, W["secret"].encode(), b, ctypes.byref(m), 0)\ncall("open_by_handle_at", -100, b, 0) >= 0 and escaped()',
        ("forbidden",),
    ),
    Escape(
        "a .pth in the packages",
        'attempt(lambda: open(f"{W[\'packages\']}/{W[\'mark\']}.pth", "w").write("import os"))',
    ),
    Escape(
        "byte code in the packages",
        'import networkx\nd = os.path.dirname(networkx.__file__) + "/__pycache__"\nattempt(lambda: open(f"{d}/{W[\'mark\']}.pyc", "wb").write(b"x")) and escaped()',
    ),
    Escape(
        "change of a library",
        "import networkx\nattempt(open, networkx.__file__, 'a') and escaped()\nattempt(os.chmod, networkx.__file__, 0o666) and escaped()\nattempt(os.utime, networkx.__file__) and escaped()",
    ),
    Escape(
        "lock on a library",
        "import fcntl, networkx\nf = open(networkx.__file__)\nattempt(fcntl.flock, f, fcntl.LOCK_EX | fcntl.LOCK_NB) and escaped()\nattempt(fcntl.fcntl, f, 1024, 1) is not None and escaped()",
    ),
    Escape(
        "sitecustomize",
        'open("sitecustomize.py", "w").write("open(%r, \'w\')" % (W["open"] + "/" + W["mark"]))\nopen("usercustomize.py", "w").write("1/0")\nos.environ["PYTHONPATH"] = os.getcwd()\nos.environ["PYTHONSTARTUP"] = "sitecustomize.py"',
    ),
    Escape(
        "LD_PRELOAD",
        'os.environ["LD_PRELOAD"] = os.getcwd() + "/x.so"\nattempt(os.execv, sys.executable, [sys.executable, "-c", "1"]) and escaped()',
    ),
    Escape(
        "inherited files",
        "for fd in range(3, 4096):\n    try: os.fstat(fd)\n    except OSError: continue\n    escaped(fd)\nimport stat\nfor fd in (0, 1, 2): print(stat.S_ISSOCK(os.fstat(fd).st_mode)) if stat.S_ISSOCK(os.fstat(fd).st_mode) else None",
    ),
    Escape("read from its output", "for fd in (1, 2):\n    attempt(os.read, fd, 1) and escaped()"),
]

KERNEL = [
    Escape("mount", 'libc.mount(b"none", b"/mnt", b"tmpfs", 0, None) == 0 and escaped()', ("forbidden",)),
    Escape("bind mount", 'libc.mount(W["open"].encode(), b".", None, 4096, None) == 0 and escaped()', ("forbidden",)),
    Escape("umount", 'libc.umount2(b"/", 2) == 0 and escaped()', ("forbidden",)),
    Escape("user namespace", "libc.unshare(0x10000000) == 0 and escaped()", ("forbidden",)),
    Escape("chroot", "attempt(os.chroot, '.') and escaped()", ("forbidden",)),
    Escape("pivot_root", 'call("pivot_root", b".", b".") == 0 and escaped()', ("forbidden",)),
    Escape("setns", 'call("setns", 1, 0) == 0 and escaped()', ("forbidden",)),
    *(
        _direct(name)
        for name in ("bpf", "perf_event_open", "userfaultfd", "kexec_load", "delete_module", "iopl", "acct", "quotactl")
    ),
    _direct("io_uring_setup", "8, ctypes.create_string_buffer(256)"),
    _direct("keyctl", "0, -3, 1, 0, 0"),
    _direct("add_key", 'b"user", W["mark"].encode(), b"x", 1, -4'),
    _direct("request_key", 'b"user", b"x", 0, -4'),
    _direct("reboot", "0xfee1dead, 672274793, 0, 0"),
    _direct("sethostname", 'W["mark"].encode(), 10'),
    _direct("syslog", "3, ctypes.create_string_buffer(256), 256"),
    _direct("fanotify_init", "0, 0"),
    _direct("inotify_init1", "0"),
    _direct("personality", "0x0400000"),
    _direct("seccomp", "0, 0, 0"),
    _direct("landlock_create_ruleset", "0, 0, 1"),
    _direct("io_setup", "1, ctypes.create_string_buffer(8)"),
    _direct("fsopen", 'b"tmpfs", 0'),
    _direct("open_tree", "-100, b'.', 1"),
    _direct("openat2", "-100, b'/', ctypes.create_string_buffer(24), 24"),
    _direct("mlockall", "3"),
    _direct("memfd_create", 'b"x", 0'),
    _direct("memfd_secret", "0"),
    _direct("vmsplice", "1, 0, 0, 0"),
    _direct("clock_settime", "0, ctypes.create_string_buffer(16)"),
    Escape(
        "root again",
        "for f in (os.setuid, os.setgid, os.seteuid):\n    attempt(f, 0) and escaped(f)\nattempt(os.setresuid, 0, 0, 0) and escaped()\nattempt(os.setgroups, [0]) and escaped()",
    ),
    Escape(
        "capabilities again",
        "h = (ctypes.c_uint32 * 2)(0x20080522, 0)\nd = (ctypes.c_uint32 * 6)(*[0xffffffff] * 6)\nlibc.capset(h, d) == 0 and escaped()\ng = (ctypes.c_uint32 * 6)()\nlibc.capget(h, g)\nany(g) and escaped(list(g))",
    ),
    Escape(
        "privileges by prctl",
        "for op, a in ((38, 0), (4, 1), (1, 0), (8, 1), (24, 0), (0x59616d61, -1), (36, 1), (53, 3)):\n    libc.prctl(op, a, 0, 0, 0) == 0 and escaped(op)",
    ),
    Escape("System V shared memory", 'call("shmget", W["shm_key"], 4096, 0o1666) >= 0 and escaped()'),
    Escape("System V semaphores", 'call("semget", W["shm_key"], 1, 0o1666) >= 0 and escaped()'),
    Escape("System V queues", 'call("msgget", W["shm_key"], 0o1666) >= 0 and escaped()'),
    Escape(
        "POSIX shared memory",
        "from multiprocessing import shared_memory\nattempt(lambda: shared_memory.SharedMemory(W['mark'], True, 4096)) and escaped()",
    ),
    Escape("POSIX queue", 'call("mq_open", W["mark"].encode(), 0o102, 0o666, None) >= 0 and escaped()'),
    Escape(
        "typing into a terminal",
        "import fcntl\nfor fd in (0, 1, 2):\n    attempt(fcntl.ioctl, fd, 0x5412, b'x') is not None and escaped(fd)",
    ),
    Escape(
        "memory that is code",
        "import mmap\nm = mmap.mmap(-1, 4096, prot=7)\nm.write(bytes.fromhex('b83a0000000f05c3'))\na = ctypes.addressof(ctypes.c_char.from_buffer(m))\nctypes.CFUNCTYPE(ctypes.c_int)(a)() >= 0 and escaped()",
    ),
]

PYTHON = [
    Escape(
        "pickle of os.system",
        'import pickle\nclass X:\n    def __reduce__(self): return os.system, (f"touch {W[\'open\']}/{W[\'mark\']}",)\npickle.loads(pickle.dumps(X()))\nopen("answer.pickle", "wb").write(pickle.dumps(X()))',
    ),
    Escape(
        "subclasses",
        'for c in ().__class__.__base__.__subclasses__():\n    if c.__name__ == "Popen": attempt(c, ["/bin/true"]) and escaped()\n    if c.__name__ == "FileIO": print(attempt(lambda: c(W["secret"]).read()))',
    ),
    Escape(
        "frames of its harness",
        "import gc\nf = sys._getframe()\nwhile f:\n    for v in list(f.f_globals.values()) + list(f.f_locals.values()):\n        if isinstance(v, socket.socket) and v.fileno() >= 0: escaped(v)\n    f = f.f_back\nfor o in gc.get_objects():\n    if isinstance(o, socket.socket) and o.fileno() >= 0: escaped(o)",
    ),
    Escape("other exit function", "import agents.sandbox.program as p\np.os._exit = lambda c: None\np.execute = None"),
    Escape("os._exit replaced", "real = os._exit\nos._exit = lambda c: time.sleep(30)\n", killed=("time", "")),
    Escape(
        "error hook",
        'def hook(*a):\n    print(attempt(lambda: open(W["secret"]).read()))\nsys.excepthook = hook\n1 / 0',
    ),
    Escape(
        "forged result",
        'import struct, json\nb = json.dumps({"status": 0, "cpu": 0, "rss": 0, "killed": "", "pid": 1}).encode()\nfor fd in (1, 2, *range(3, 64)):\n    try: os.write(fd, struct.pack("!I", len(b)) + b)\n    except OSError: pass\nos._exit(7)',
    ),
]

GREED = [
    Escape("endless loop", "while True: pass", ("time", "cpu")),
    Escape("endless loop in C", "sum(range(10**12))", ("time", "cpu")),
    Escape(
        "CPU time in threads",
        "import hashlib\n[threading.Thread(target=lambda: [hashlib.sha256(bytes(10**7)) for _ in range(10**4)]).start() for _ in range(8)]",
        ("time", "cpu"),
    ),
    Escape(
        "deaf to SIGXCPU",
        "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass",
        ("time", "cpu"),
    ),
    Escape(
        "deaf to all signals",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\ntime.sleep(600)",
        ("time",),
    ),
    Escape("sleep", "time.sleep(600)", ("time",)),
    Escape("waiting for input", "sys.stdin.read() and escaped()\nthreading.Event().wait()", ("time",)),
    Escape("thread that never ends", "threading.Thread(target=time.sleep, args=(600,)).start()", ("time",)),
    Escape("exit handler that never ends", "import atexit\natexit.register(time.sleep, 600)", ("time",)),
    Escape("memory", "x = [0] * 10**11", ("memory",)),
    Escape("memory bit by bit", "x = []\nwhile True: x.append(bytearray(10**7))", ("memory", "time", "cpu")),
    Escape("memory mapped", "import mmap\nm = [mmap.mmap(-1, 1 << 28) for _ in range(100)]\nescaped()", ()),
    Escape("memory of numpy", "import numpy as np\nnp.ones(10**11)", ("memory",)),
    Escape(
        "memory in pipes",
        "import fcntl\np = [os.pipe() for _ in range(20)]\nfor r, w in p: attempt(fcntl.fcntl, w, 1031, 1 << 20) and escaped()",
    ),
    Escape("large output", "while True: sys.stdout.write('x' * 10**6)", ("output",)),
    Escape("large errors", "while True: os.write(2, b'x' * 10**6)", ("output",)),
    Escape("large file", "f = open('big', 'wb')\nwhile f.write(bytes(10**6)): pass"),
    Escape(
        "sparse file",
        "f = open('big', 'wb')\nattempt(f.truncate, 1 << 40) and escaped()\nf.seek(1 << 40)\nattempt(lambda: (f.write(b'x'), f.flush()))",
    ),
    Escape("reserved file", "f = open('big', 'wb')\nattempt(os.posix_fallocate, f.fileno(), 0, 1 << 40) and escaped()"),
    Escape(
        "many files",
        "for i in range(100000):\n    try: open(f'f{i}', 'w').write('x')\n    except OSError: break\nelse: escaped()",
    ),
    Escape(
        "many folders",
        "for i in range(100000):\n    try: os.mkdir(f'f{i}')\n    except OSError: break\nelse: escaped()",
    ),
    Escape(
        "many medium files",
        "for i in range(60):\n    try:\n        with open(f'f{i}', 'wb') as f: f.write(bytes(10**6))\n    except OSError: break\nelse: escaped()",
    ),
    Escape(
        "files without names",
        "keep = []\nfor i in range(60):\n    try:\n        f = open(f'f{i}', 'wb', 0); os.unlink(f'f{i}'); f.write(bytes(10**6)); keep.append(f)\n    except OSError: break\nelse: escaped()",
    ),
    Escape(
        "deep folders",
        "for i in range(100000):\n    try: os.mkdir('d'); os.chdir('d')\n    except OSError: break\nelse: escaped()",
    ),
    Escape(
        "open files",
        "fds = []\nwhile True:\n    try: fds.append(os.open('/dev/null', 0))\n    except OSError: break\nlen(fds) > 64 and escaped(len(fds))",
    ),
    Escape(
        "threads",
        "import threading\nthreading.stack_size(65536)\nts = []\ntry:\n    for i in range(20000):\n        t = threading.Thread(target=time.sleep, args=(5,), daemon=True); t.start(); ts.append(t)\nexcept RuntimeError: pass\nlen(ts) > 200 and escaped(len(ts))",
    ),
    Escape("recursion", "def f(): return f()\nf()"),
    Escape("stack overflow in C", "sys.setrecursionlimit(10**9)\nx = []\nfor i in range(10**6): x = [x]\nrepr(x)"),
    Escape("segmentation fault", "ctypes.string_at(0)"),
    Escape("abort", "os.abort()"),
    Escape(
        "core file",
        "import resource\nattempt(resource.setrlimit, resource.RLIMIT_CORE, (1 << 30, 1 << 30)) and escaped()\nos.abort()",
    ),
    Escape("memory locked", "libc.mlockall(3) == 0 and escaped()"),
]

ESCAPES = NETWORK + PROCESSES + FILES + KERNEL + PYTHON + GREED
