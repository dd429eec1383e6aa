"""Attempts at what first thoughts overlook: high halves of arguments, its folder turned over, shared files' modes."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import Escape

DETAILS = [
    Escape(
        "signal with a high half in the process id",
        """
        call("kill", (1 << 32) | W["victim"], 9) == 0 and escaped()
        call("kill", (0xffffffff << 32) | W["victim"], 9) == 0 and escaped()
        call("tgkill", (os.getpid() << 32) | W["victim"], W["victim"], 9) == 0 and escaped()
        """,
    ),
    Escape(
        "fcntl with a high half in the command",
        """
        r, w = os.pipe()
        call("fcntl", r, (1 << 32) | 8, W["parent"]) == 0 and escaped()
        """,
    ),
    Escape(
        "limits by number",
        """
        new = (ctypes.c_uint64 * 2)(5, 5)
        for pid in (W["victim"], W["parent"], os.getppid(), 1 << 32):
            call("prlimit64", pid, 7, ctypes.byref(new), None) == 0 and escaped(pid)
            call("prlimit64", pid, 7, None, ctypes.byref(new)) == 0 and escaped(pid)
        """,
    ),
    Escape(
        "clone with uncommon flags",
        """
        # threads in namespaces, as a sibling of the guard, with vfork's wait, without the thread flag
        for flags in (0x10000 | 0x10000900, 0x8000 | 17, 0x4000 | 17, 0x900 | 17, 0x200000 | 17, 0x20000000 | 17):
            call("clone", flags, 0, 0, 0, 0) >= 0 and escaped(hex(flags))
        """,
    ),
    Escape(
        "mode of a device",
        """
        for device in ("/dev/null", "/dev/urandom", "/dev/zero"):
            attempt(os.chmod, device, 0o667) and escaped(device)
            attempt(os.utime, device, (1, 1)) and escaped(device)
        attempt(os.fchmod, 0, 0o667) and escaped()
        """,
    ),
    Escape(
        "mode of a library by an open file",
        """
        import networkx
        for path in (networkx.__file__, os.path.dirname(networkx.__file__)):
            fd = os.open(path, os.O_RDONLY)
            attempt(os.fchmod, fd, 0o777) and escaped(path)
            attempt(os.utime, fd, (1, 1)) and escaped(path)
            attempt(os.fchown, fd, 1, 1) and escaped(path)
        """,
    ),
    Escape(
        "handles that are only paths",
        """
        for path in ("/", "/etc", "/proc", "/home", W["open"], os.path.dirname(W["key"])):
            fd = attempt(os.open, path, os.O_PATH)
            if fd is None: continue
            attempt(os.fchdir, fd)
            attempt(lambda: print(open(os.path.basename(W["secret"])).read()))
            attempt(lambda: print(open(os.open(os.path.basename(W["key"]), os.O_RDONLY, dir_fd=fd)).read()))
        """,
    ),
    Escape(
        "a library mapped for writing",
        """
        import networkx
        fd = os.open(networkx.__file__, os.O_RDONLY)
        libc.mmap.restype = ctypes.c_void_p
        where = libc.mmap(None, 4096, 1, 1, fd, 0)
        libc.mprotect(ctypes.c_void_p(where), 4096, 3) == 0 and escaped()
        """,
    ),
    Escape(
        "its folder moved away",
        """
        os.chdir("..")
        attempt(os.rename, "work", "gone")
        attempt(os.mkdir, "work")
        attempt(os.symlink, os.path.dirname(W["key"]), "work")
        attempt(lambda: open("work/" + W["mark"], "w").write("x"))
        """,
    ),
    Escape("its folder removed", "import shutil\nshutil.rmtree(os.getcwd())"),
    Escape(
        "the program's file made a folder",
        """
        os.unlink("program.py")
        os.mkdir("program.py")
        open("program.py/x", "w").write("y")
        """,
    ),
    Escape(
        "names for a terminal",
        """
        for name in (b"\\x1b[2J", b"a\\nb", b"\\xff\\xfe", "\\u202eexe.txt".encode()):
            attempt(lambda: open(name, "w").write("ESCA" + "PED"))
        """,
    ),
    Escape("folders that nobody may enter", "os.makedirs('a/b')\nos.mkdir('a/b/c', 0)\nos.mkdir('d', 0)"),
    Escape("stopped", "import signal\nos.kill(os.getpid(), signal.SIGSTOP)", ("time",)),
    Escape("silent", "for fd in (0, 1, 2): os.close(fd)\ntime.sleep(600)", ("time",)),
    Escape(
        "output from many threads",
        """
        work = lambda: [os.write(1, b"y" * 60000) for _ in range(1000)]
        [threading.Thread(target=work).start() for _ in range(30)]
        """,
        ("output",),
    ),
    Escape(
        "timers without end",
        """
        timer, count = ctypes.c_void_p(), 0
        while libc.timer_create(1, None, ctypes.byref(timer)) == 0 and count < 10**5: count += 1
        count > 1000 and escaped(count)
        """,
    ),
    Escape(
        "memory in sockets",
        """
        pairs = []
        while True:
            try: pairs.append(socket.socketpair())
            except OSError: break
            pairs[-1][0].setblocking(False)
            try:
                while True: pairs[-1][0].send(bytes(65536))
            except OSError: pass
        len(pairs) > 40 and escaped(len(pairs))
        attempt(pairs[0][0].setsockopt, 1, 32, 1 << 30) and escaped()
        """,
    ),
    Escape(
        "a socket pair that listens", "a, b = socket.socketpair()\nattempt(a.listen) and escaped()\nattempt(a.accept)"
    ),
    Escape(
        "poisoned memory",
        """
        import mmap
        m = mmap.mmap(-1, 4096)
        for advice in (100, 101): attempt(m.madvise, advice) and escaped(advice)
        """,
    ),
    Escape(
        "the sandbox's own code",
        """
        sys.path += [os.path.dirname(os.path.dirname(os.path.dirname(W["open"]))), W["open"]]
        for name in [n for n in sys.modules if n.partition(".")[0] in ("agents", "pyseccomp", "py_landlock")]:
            escaped(name)
        """,
    ),
    Escape(
        "more modes in its folder",
        "open('s', 'w').write('x')\nattempt(os.chmod, 's', 0o6777)\nattempt(os.execv, './s', ['s'])",
    ),
]
