"""Attempts to use the kernel's doors: mounts, namespaces, keys, privileges, shared memory."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import Escape

KERNEL = [
    Escape(
        "mount",
        'libc.mount(b"none", b"/mnt", b"tmpfs", 0, None) == 0 and escaped()',
        killed=("forbidden",),
    ),
    Escape(
        "bind mount",
        'libc.mount(W["open"].encode(), b".", None, 4096, None) == 0 and escaped()',
        killed=("forbidden",),
    ),
    Escape(
        "umount",
        'libc.umount2(b"/", 2) == 0 and escaped()',
        killed=("forbidden",),
    ),
    Escape(
        "user namespace",
        "libc.unshare(0x10000000) == 0 and escaped()",
        killed=("forbidden",),
    ),
    Escape(
        "chroot",
        "attempt(os.chroot, '.') and escaped()",
        killed=("forbidden",),
    ),
    Escape(
        "pivot_root",
        'call("pivot_root", b".", b".") == 0 and escaped()',
        killed=("forbidden",),
    ),
    Escape(
        "setns",
        'call("setns", 1, 0) == 0 and escaped()',
        killed=("forbidden",),
    ),
    Escape(
        "system call bpf",
        """
        r = call("bpf", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call perf_event_open",
        """
        r = call("perf_event_open", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call userfaultfd",
        """
        r = call("userfaultfd", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call kexec_load",
        """
        r = call("kexec_load", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call delete_module",
        """
        r = call("delete_module", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call iopl",
        """
        r = call("iopl", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call acct",
        """
        r = call("acct", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call quotactl",
        """
        r = call("quotactl", 0, 0, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call io_uring_setup",
        """
        r = call("io_uring_setup", 8, ctypes.create_string_buffer(256))
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call keyctl",
        """
        r = call("keyctl", 0, -3, 1, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call add_key",
        """
        r = call("add_key", b"user", W["mark"].encode(), b"x", 1, -4)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call request_key",
        """
        r = call("request_key", b"user", b"x", 0, -4)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call reboot",
        """
        r = call("reboot", 0xfee1dead, 672274793, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call sethostname",
        """
        r = call("sethostname", W["mark"].encode(), 10)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call syslog",
        """
        r = call("syslog", 3, ctypes.create_string_buffer(256), 256)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call fanotify_init",
        """
        r = call("fanotify_init", 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call inotify_init1",
        """
        r = call("inotify_init1", 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call personality",
        """
        r = call("personality", 0x0400000)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call seccomp",
        """
        r = call("seccomp", 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call landlock_create_ruleset",
        """
        r = call("landlock_create_ruleset", 0, 0, 1)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call io_setup",
        """
        r = call("io_setup", 1, ctypes.create_string_buffer(8))
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call fsopen",
        """
        r = call("fsopen", b"tmpfs", 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call open_tree",
        """
        r = call("open_tree", -100, b'.', 1)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call openat2",
        """
        r = call("openat2", -100, b'/', ctypes.create_string_buffer(24), 24)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call mlockall",
        """
        r = call("mlockall", 3)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call memfd_create",
        """
        r = call("memfd_create", b"x", 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call memfd_secret",
        """
        r = call("memfd_secret", 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call vmsplice",
        """
        r = call("vmsplice", 1, 0, 0, 0)
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "system call clock_settime",
        """
        r = call("clock_settime", 0, ctypes.create_string_buffer(16))
        if r >= 0: escaped(r)
        """,
    ),
    Escape(
        "root again",
        """
        for f in (os.setuid, os.setgid, os.seteuid):
            attempt(f, 0) and escaped(f)
        attempt(os.setresuid, 0, 0, 0) and escaped()
        attempt(os.setgroups, [0]) and escaped()
        """,
    ),
    Escape(
        "capabilities again",
        """
        h = (ctypes.c_uint32 * 2)(0x20080522, 0)
        d = (ctypes.c_uint32 * 6)(*[0xffffffff] * 6)
        libc.capset(h, d) == 0 and escaped()
        g = (ctypes.c_uint32 * 6)()
        libc.capget(h, g)
        any(g) and escaped(list(g))
        """,
    ),
    Escape(
        "privileges by prctl",
        """
        for op, a in ((38, 0), (4, 1), (1, 0), (8, 1), (24, 0), (0x59616d61, -1), (36, 1), (53, 3)):
            libc.prctl(op, a, 0, 0, 0) == 0 and escaped(op)
        """,
    ),
    Escape(
        "System V shared memory",
        'call("shmget", W["shm_key"], 4096, 0o1666) >= 0 and escaped()',
    ),
    Escape(
        "System V semaphores",
        'call("semget", W["shm_key"], 1, 0o1666) >= 0 and escaped()',
    ),
    Escape(
        "System V queues",
        'call("msgget", W["shm_key"], 0o1666) >= 0 and escaped()',
    ),
    Escape(
        "POSIX shared memory",
        """
        from multiprocessing import shared_memory
        attempt(lambda: shared_memory.SharedMemory(W['mark'], True, 4096)) and escaped()
        """,
    ),
    Escape(
        "POSIX queue",
        'call("mq_open", W["mark"].encode(), 0o102, 0o666, None) >= 0 and escaped()',
    ),
    Escape(
        "typing into a terminal",
        """
        import fcntl
        for fd in (0, 1, 2):
            attempt(fcntl.ioctl, fd, 0x5412, b'x') is not None and escaped(fd)
        """,
    ),
    Escape(
        "memory that is code",
        """
        import mmap
        m = mmap.mmap(-1, 4096, prot=7)
        m.write(bytes.fromhex('b83a0000000f05c3'))
        a = ctypes.addressof(ctypes.c_char.from_buffer(m))
        ctypes.CFUNCTYPE(ctypes.c_int)(a)() >= 0 and escaped()
        """,
    ),
]
