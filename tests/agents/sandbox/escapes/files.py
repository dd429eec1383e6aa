"""Attempts to read, write or change what is outside the scratch folder."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import Escape

FILES = [
    Escape(
        "a secret",
        'print(attempt(lambda: open(W["secret"]).read()))',
    ),
    Escape(
        "an SSH key",
        'print(attempt(lambda: open(W["key"]).read()))',
    ),
    Escape(
        "home",
        """
        for p in ('/root', '/home', os.path.expanduser('~root')):
            names = attempt(os.listdir, p) or []
            {'.bashrc', '.profile', '.cache', '.ssh', '.bash_history'} & set(names) and escaped(names)
        """,
    ),
    Escape(
        "passwords",
        """
        attempt(lambda: open('/etc/shadow').read()) and escaped()
        attempt(lambda: open('/etc/passwd').read()) and escaped()
        """,
    ),
    Escape(
        "environment of the caller",
        """
        for p in ("self", W["parent"], W["server"], W["victim"], os.getppid()):
            print(attempt(lambda: open(f"/proc/{p}/environ", "rb").read()))
        """,
    ),
    Escape(
        "own environment",
        """
        print(dict(os.environ))
        for k in os.environ:
            if 'KEY' in k or 'KONIGSBERG' in k: escaped(k)
        """,
    ),
    Escape(
        "environment in memory",
        """
        ctypes.c_char_p.in_dll(libc, 'environ')
        e = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, 'environ')
        i = 0
        while e[i]:
            print(e[i]); i += 1
        """,
    ),
    Escape(
        "memory file",
        """
        for p in ("self", W["parent"], os.getppid()):
            attempt(lambda: open(f"/proc/{p}/mem", "r+b")) and escaped(p)
        """,
    ),
    Escape(
        "root of a process",
        """
        for p in ("self", W["parent"], W["server"], os.getppid(), 1):
            print(attempt(lambda: open(f"/proc/{p}/root{W['secret']}").read()))
        """,
    ),
    Escape(
        "files of a process",
        """
        attempt(os.listdir, "/proc/self/fd") and escaped()
        attempt(os.listdir, f"/proc/{W['parent']}/fd") and escaped()
        """,
    ),
    Escape(
        "the kernel's settings",
        """
        for p in ('/proc/sys/kernel/core_pattern', '/proc/cmdline', '/sys/kernel', '/proc/kallsyms', '/sys/fs/cgroup'):
            attempt(os.listdir if os.path.isdir(p) else open, p) and escaped(p)
        """,
    ),
    Escape(
        "names in the root",
        """
        names = attempt(os.listdir, '/') or []
        {'home', 'var', 'proc', 'sys', 'boot', 'run'} & set(names) and escaped(names)
        """,
    ),
    Escape(
        "way up",
        """
        for n in range(1, 12):
            print(attempt(lambda: open("../" * n + W["secret"].lstrip("/")).read()))
        """,
    ),
    Escape(
        "symlink out",
        """
        attempt(os.symlink, W["secret"], "link")
        print(attempt(lambda: open("link").read()))
        """,
    ),
    Escape(
        "hardlink in",
        """
        attempt(os.link, W["secret"], "link")
        print(attempt(lambda: open("link").read()))
        """,
    ),
    Escape(
        "hardlink out",
        """
        open("a", "w").write("x")
        attempt(os.link, "a", W["open"] + "/" + W["mark"])
        """,
    ),
    Escape(
        "symlink named as what is made",
        """
        attempt(os.symlink, W["key"], "answer.txt")
        attempt(os.symlink, os.path.dirname(W["key"]), "answers")
        """,
    ),
    Escape(
        "hardlink to a library",
        """
        import networkx
        attempt(os.link, networkx.__file__, 'x') and escaped()
        """,
    ),
    Escape(
        "write outside",
        """
        attempt(lambda: open(W["secret"], "w").write("gone"))
        attempt(lambda: open(W["open"] + "/" + W["mark"], "w").write("x"))
        """,
    ),
    Escape(
        "write in temporary folders",
        """
        for p in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/dev/mqueue", "/", "/var/lock"):
            attempt(lambda: open(f"{p}/{W['mark']}", "w").write("x"))
        """,
    ),
    Escape(
        "rename in and out",
        """
        attempt(os.rename, W["secret"], "mine")
        open("b", "w").write("x")
        attempt(os.rename, "b", W["open"] + "/" + W["mark"])
        attempt(os.replace, "b", W["secret"])
        """,
    ),
    Escape(
        "remove",
        """
        attempt(os.unlink, W["secret"])
        attempt(os.rmdir, W["open"])
        """,
    ),
    Escape(
        "truncate",
        """
        attempt(os.truncate, W["secret"], 0)
        attempt(os.open, W["secret"], os.O_RDONLY | os.O_TRUNC)
        """,
    ),
    Escape(
        "chmod",
        """
        attempt(os.chmod, W["secret"], 0)
        attempt(os.chmod, W["open"], 0)
        """,
    ),
    Escape(
        "chown",
        'attempt(os.chown, W["secret"], 1234, 1234)',
    ),
    Escape(
        "times",
        'attempt(os.utime, W["secret"], (1, 1))',
    ),
    Escape(
        "extended attributes",
        'attempt(os.setxattr, W["secret"], "user.mark", b"x")',
    ),
    Escape(
        "device files",
        """
        for n, d in (('zero', 0x105), ('kmem', 0x102), ('sda', 0x800), ('vda', 0xfe00)):
            attempt(os.mknod, n, 0o600 | 0x6000, d) and escaped(n)
            attempt(os.mknod, n, 0o600 | 0x2000, d) and escaped(n)
        """,
    ),
    Escape(
        "devices",
        """
        import glob
        for p in ('/dev/mem', '/dev/kmsg', '/dev/vda', '/dev/kvm', '/dev/ptmx', '/dev/tty', '/dev/fuse', '/dev/shm'):
            attempt(os.open, p, os.O_RDONLY) is not None and escaped(p)
        """,
    ),
    Escape(
        "pipe with a name",
        "attempt(os.mkfifo, 'pipe') and escaped()",
    ),
    Escape(
        "handle",
        r"""
        b = ctypes.create_string_buffer(256)
        ctypes.memmove(b, b"\x80\0\0\0", 4)
        m = ctypes.c_int()
        call("name_to_handle_at", -100, W["secret"].encode(), b, ctypes.byref(m), 0)
        call("open_by_handle_at", -100, b, 0) >= 0 and escaped()
        """,
        killed=("forbidden",),
    ),
    Escape(
        "a .pth in the packages",
        'attempt(lambda: open(f"{W[\'packages\']}/{W[\'mark\']}.pth", "w").write("import os"))',
    ),
    Escape(
        "byte code in the packages",
        """
        import networkx
        d = os.path.dirname(networkx.__file__) + "/__pycache__"
        attempt(lambda: open(f"{d}/{W['mark']}.pyc", "wb").write(b"x")) and escaped()
        """,
    ),
    Escape(
        "change of a library",
        """
        import networkx
        attempt(open, networkx.__file__, 'a') and escaped()
        attempt(os.chmod, networkx.__file__, 0o666) and escaped()
        attempt(os.utime, networkx.__file__) and escaped()
        """,
    ),
    Escape(
        "lock on a library",
        """
        import fcntl, networkx
        f = open(networkx.__file__)
        attempt(fcntl.flock, f, fcntl.LOCK_EX | fcntl.LOCK_NB) and escaped()
        attempt(fcntl.fcntl, f, 1024, 1) is not None and escaped()
        """,
    ),
    Escape(
        "sitecustomize",
        """
        open("sitecustomize.py", "w").write("open(%r, 'w')" % (W["open"] + "/" + W["mark"]))
        open("usercustomize.py", "w").write("1/0")
        os.environ["PYTHONPATH"] = os.getcwd()
        os.environ["PYTHONSTARTUP"] = "sitecustomize.py"
        """,
    ),
    Escape(
        "LD_PRELOAD",
        """
        os.environ["LD_PRELOAD"] = os.getcwd() + "/x.so"
        attempt(os.execv, sys.executable, [sys.executable, "-c", "1"]) and escaped()
        """,
    ),
    Escape(
        "inherited files",
        """
        for fd in range(3, 4096):
            try: os.fstat(fd)
            except OSError: continue
            escaped(fd)
        import stat
        for fd in (0, 1, 2): print(stat.S_ISSOCK(os.fstat(fd).st_mode)) if stat.S_ISSOCK(os.fstat(fd).st_mode) else None
        """,
    ),
    Escape(
        "read from its output",
        """
        for fd in (1, 2):
            attempt(os.read, fd, 1) and escaped()
        """,
    ),
]
