"""Attempts to start processes, and to reach or disturb other ones."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import Escape

PROCESSES = [
    Escape(
        "fork",
        """
        pid = attempt(os.fork)
        if pid is not None: escaped(pid)
        """,
    ),
    Escape(
        "vfork by hand",
        'call("vfork") >= 0 and escaped()',
    ),
    Escape(
        "clone by hand",
        'call("clone", 17, 0, 0, 0, 0) >= 0 and escaped()',
    ),
    Escape(
        "clone that shares memory",
        'call("clone", 0x100 | 17, 0, 0, 0, 0) >= 0 and escaped()',
    ),
    Escape(
        "clone3",
        """
        b = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
        call('clone3', ctypes.byref(b), 88) >= 0 and escaped()
        """,
    ),
    Escape(
        "clone with namespaces",
        'call("clone", 0x10000000 | 17, 0, 0, 0, 0) >= 0 and escaped()',
    ),
    Escape(
        "fork bomb",
        """
        while True:
            try: os.fork()
            except OSError: break
        """,
    ),
    Escape(
        "posix_spawn",
        'attempt(os.posix_spawn, "/bin/true", ["true"], {}) and escaped()',
    ),
    Escape(
        "subprocess",
        """
        import subprocess
        attempt(subprocess.run, ["/bin/echo", "hi"]) and escaped()
        """,
    ),
    Escape(
        "os.system",
        "os.system(f\"touch {W['open']}/{W['mark']}\")",
    ),
    Escape(
        "popen",
        'attempt(lambda: os.popen("id").read()) and escaped()',
    ),
    Escape(
        "execve",
        'attempt(os.execv, "/bin/true", ["true"])',
    ),
    Escape(
        "execve of Python",
        "attempt(os.execv, sys.executable, [sys.executable, '-c', 'print(\"ESCA\" + \"PED\")'])",
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
        r"""
        with open("x", "wb") as f: f.write(b"#!/bin/sh\necho ESCA''PED\n")
        attempt(os.chmod, "x", 0o755)
        attempt(os.execv, "./x", ["x"])
        """,
    ),
    Escape(
        "multiprocessing",
        """
        import multiprocessing
        attempt(lambda: multiprocessing.Process(target=print).start()) and escaped()
        """,
    ),
    Escape(
        "daemon",
        """
        pid = attempt(os.fork)
        if pid == 0:
            os.setsid()
            time.sleep(60)
        """,
    ),
    Escape(
        "new session",
        "attempt(os.setsid) and escaped()",
    ),
    Escape(
        "other process group",
        "attempt(os.setpgid, 0, 0) and escaped()",
    ),
    Escape(
        "kill the guard",
        "attempt(os.kill, os.getppid(), 9) and escaped()",
    ),
    Escape(
        "kill the caller",
        'attempt(os.kill, W["parent"], 15) and escaped()',
    ),
    Escape(
        "kill the server",
        'attempt(os.kill, W["server"], 9) and escaped()',
    ),
    Escape(
        "kill everyone",
        "attempt(os.kill, -1, 9) and escaped()",
    ),
    Escape(
        "kill its group",
        "attempt(os.killpg, 0, 10) and escaped()",
    ),
    Escape(
        "kill a neighbour",
        'attempt(os.kill, W["victim"], 9) and escaped()',
    ),
    Escape(
        "system call tkill",
        """
        r = call("tkill", W["victim"], 9)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call tgkill",
        """
        r = call("tgkill", W["victim"], W["victim"], 9)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call rt_sigqueueinfo",
        """
        r = call("rt_sigqueueinfo", W["victim"], 9, ctypes.create_string_buffer(128))
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "signal by pidfd",
        """
        fd = call("pidfd_open", W["victim"], 0)
        if fd >= 0:
            call("pidfd_send_signal", fd, 9, 0, 0)
            escaped()
        """,
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
        """
        import fcntl, struct
        r, w = os.pipe()
        attempt(fcntl.fcntl, r, 15, struct.pack("ii", 1, W["parent"])) and escaped()
        """,
    ),
    Escape(
        "own pipe by ioctl",
        """
        import fcntl, struct
        attempt(fcntl.ioctl, 1, 0x8901, struct.pack("i", W["parent"])) and escaped()
        """,
    ),
    Escape(
        "system call ptrace",
        """
        r = call("ptrace", 16, W["victim"], 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "ptrace me",
        'call("ptrace", 0, 0, 0, 0) == 0 and escaped()',
        killed=("forbidden",),
    ),
    Escape(
        "memory of the caller",
        """
        b = ctypes.create_string_buffer(4096)
        mine = (ctypes.c_uint64 * 2)(ctypes.addressof(b), 4096)
        its = (ctypes.c_uint64 * 2)(W["token_at"], 256)
        if call("process_vm_readv", W["parent"], ctypes.byref(mine), 1, ctypes.byref(its), 1, 0) > 0: escaped(b.raw)
        """,
        killed=("forbidden",),
    ),
    Escape(
        "file of the caller",
        """
        fd = call("pidfd_open", W["parent"], 0)
        call("pidfd_getfd", fd, 0, 0) >= 0 and escaped()
        """,
        killed=("forbidden",),
    ),
    Escape(
        "system call process_madvise",
        """
        r = call("process_madvise", 0, 0, 0, 21, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call migrate_pages",
        """
        r = call("migrate_pages", W["victim"], 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call kcmp",
        """
        r = call("kcmp", W["parent"], W["victim"], 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "limits of a neighbour",
        """
        import resource
        attempt(resource.prlimit, W["victim"], resource.RLIMIT_NOFILE, (5, 5)) and escaped()
        """,
    ),
    Escape(
        "higher limits",
        """
        import resource
        for r in range(16):
            old = resource.getrlimit(r)
            try: resource.setrlimit(r, (resource.RLIM_INFINITY,) * 2)
            except (OSError, ValueError): pass
            if r not in (3, 10) and resource.getrlimit(r) != old: escaped(r)
        """,
    ),
    Escape(
        "priority of a neighbour",
        'attempt(os.setpriority, os.PRIO_PROCESS, W["victim"], 19) and escaped()',
    ),
    Escape(
        "own priority",
        """
        attempt(os.nice, -10) is not None and escaped()
        attempt(os.setpriority, os.PRIO_USER, 0, 5) and escaped()
        """,
    ),
    Escape(
        "processors of a neighbour",
        'attempt(os.sched_setaffinity, W["victim"], {0}) and escaped()',
    ),
    Escape(
        "real time",
        "attempt(os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(50)) and escaped()",
    ),
    Escape(
        "system call ioprio_set",
        """
        r = call("ioprio_set", 1, 0, 0x2000)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "timer that outlives it",
        """
        import signal
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        attempt(os.kill, os.getppid(), 14) and escaped()
        os._exit(0)
        """,
    ),
]
