"""Attempts to take more than was given: time, memory, output, files, threads."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import Escape

GREED = [
    Escape(
        "endless loop",
        "while True: pass",
        killed=("time", "cpu"),
    ),
    Escape(
        "endless loop in C",
        "sum(range(10**12))",
        killed=("time", "cpu"),
    ),
    Escape(
        "CPU time in threads",
        """
        import hashlib
        work = lambda: [hashlib.sha256(bytes(10**7)) for _ in range(10**4)]
        [threading.Thread(target=work).start() for _ in range(8)]
        """,
        killed=("time", "cpu"),
    ),
    Escape(
        "deaf to SIGXCPU",
        """
        import signal
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True: pass
        """,
        killed=("time", "cpu"),
    ),
    Escape(
        "deaf to all signals",
        """
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        time.sleep(600)
        """,
        killed=("time",),
    ),
    Escape(
        "sleep",
        "time.sleep(600)",
        killed=("time",),
    ),
    Escape(
        "waiting for input",
        """
        sys.stdin.read() and escaped()
        threading.Event().wait()
        """,
        killed=("time",),
    ),
    Escape(
        "thread that never ends",
        "threading.Thread(target=time.sleep, args=(600,)).start()",
        killed=("time",),
    ),
    Escape(
        "exit handler that never ends",
        """
        import atexit
        atexit.register(time.sleep, 600)
        """,
        killed=("time",),
    ),
    Escape(
        "memory",
        "x = [0] * 10**11",
        killed=("memory",),
    ),
    Escape(
        "memory bit by bit",
        """
        x = []
        while True: x.append(bytearray(10**7))
        """,
        killed=("memory", "time", "cpu"),
    ),
    Escape(
        "memory mapped",
        """
        import mmap
        m = [mmap.mmap(-1, 1 << 28) for _ in range(100)]
        escaped()
        """,
    ),
    Escape(
        "memory of numpy",
        """
        import numpy as np
        np.ones(10**11)
        """,
        killed=("memory",),
    ),
    Escape(
        "memory in pipes",
        """
        import fcntl
        p = [os.pipe() for _ in range(20)]
        for r, w in p: attempt(fcntl.fcntl, w, 1031, 1 << 20) and escaped()
        """,
    ),
    Escape(
        "large output",
        "while True: sys.stdout.write('x' * 10**6)",
        killed=("output",),
    ),
    Escape(
        "large errors",
        "while True: os.write(2, b'x' * 10**6)",
        killed=("output",),
    ),
    Escape(
        "large file",
        """
        f = open('big', 'wb')
        while f.write(bytes(10**6)): pass
        """,
    ),
    Escape(
        "sparse file",
        """
        f = open('big', 'wb')
        attempt(f.truncate, 1 << 40) and escaped()
        f.seek(1 << 40)
        attempt(lambda: (f.write(b'x'), f.flush()))
        """,
    ),
    Escape(
        "reserved file",
        """
        f = open('big', 'wb')
        attempt(os.posix_fallocate, f.fileno(), 0, 1 << 40) and escaped()
        """,
    ),
    Escape(
        "many files",
        """
        for i in range(100000):
            try: open(f'f{i}', 'w').write('x')
            except OSError: break
        else: escaped()
        """,
    ),
    Escape(
        "many folders",
        """
        for i in range(100000):
            try: os.mkdir(f'f{i}')
            except OSError: break
        else: escaped()
        """,
    ),
    Escape(
        "many medium files",
        """
        for i in range(60):
            try:
                with open(f'f{i}', 'wb') as f: f.write(bytes(10**6))
            except OSError: break
        else: escaped()
        """,
    ),
    Escape(
        "files without names",
        """
        keep = []
        for i in range(60):
            try:
                f = open(f'f{i}', 'wb', 0); os.unlink(f'f{i}'); f.write(bytes(10**6)); keep.append(f)
            except OSError: break
        else: escaped()
        """,
    ),
    Escape(
        "deep folders",
        """
        for i in range(100000):
            try: os.mkdir('d'); os.chdir('d')
            except OSError: break
        else: escaped()
        """,
    ),
    Escape(
        "open files",
        """
        fds = []
        while True:
            try: fds.append(os.open('/dev/null', 0))
            except OSError: break
        len(fds) > 64 and escaped(len(fds))
        """,
    ),
    Escape(
        "threads",
        """
        import threading
        threading.stack_size(65536)
        ts = []
        try:
            for i in range(20000):
                t = threading.Thread(target=time.sleep, args=(5,), daemon=True); t.start(); ts.append(t)
        except RuntimeError: pass
        len(ts) > 200 and escaped(len(ts))
        """,
    ),
    Escape(
        "recursion",
        """
        def f(): return f()
        f()
        """,
    ),
    Escape(
        "stack overflow in C",
        """
        sys.setrecursionlimit(10**9)
        x = []
        for i in range(10**6): x = [x]
        repr(x)
        """,
    ),
    Escape(
        "segmentation fault",
        "ctypes.string_at(0)",
    ),
    Escape(
        "abort",
        "os.abort()",
    ),
    Escape(
        "core file",
        """
        import resource
        attempt(resource.setrlimit, resource.RLIMIT_CORE, (1 << 30, 1 << 30)) and escaped()
        os.abort()
        """,
    ),
    Escape(
        "memory locked",
        "libc.mlockall(3) == 0 and escaped()",
    ),
]
