"""Attempts through Python itself: pickles, frames, the harness, forged results."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import Escape

PYTHON = [
    Escape(
        "pickle of os.system",
        """
        import pickle
        class X:
            def __reduce__(self): return os.system, (f"touch {W['open']}/{W['mark']}",)
        pickle.loads(pickle.dumps(X()))
        open("answer.pickle", "wb").write(pickle.dumps(X()))
        """,
    ),
    Escape(
        "subclasses",
        """
        for c in ().__class__.__base__.__subclasses__():
            if c.__name__ == "Popen": attempt(c, ["/bin/true"]) and escaped()
            if c.__name__ == "FileIO": print(attempt(lambda: c(W["secret"]).read()))
        """,
    ),
    Escape(
        "frames of its harness",
        """
        import gc
        f = sys._getframe()
        while f:
            for v in list(f.f_globals.values()) + list(f.f_locals.values()):
                if isinstance(v, socket.socket) and v.fileno() >= 0: escaped(v)
            f = f.f_back
        for o in gc.get_objects():
            if isinstance(o, socket.socket) and o.fileno() >= 0: escaped(o)
        """,
    ),
    Escape(
        "other exit function",
        """
        import agents.sandbox.program as p
        p.os._exit = lambda c: None
        p.execute = None
        """,
    ),
    Escape(
        "os._exit replaced",
        """
        real = os._exit
        os._exit = lambda c: time.sleep(30)
        """,
        killed=("time", ""),
    ),
    Escape(
        "error hook",
        """
        def hook(*a):
            print(attempt(lambda: open(W["secret"]).read()))
        sys.excepthook = hook
        1 / 0
        """,
    ),
    Escape(
        "forged result",
        """
        import struct, json
        b = json.dumps({"status": 0, "cpu": 0, "rss": 0, "killed": "", "pid": 1}).encode()
        for fd in (1, 2, *range(3, 64)):
            try: os.write(fd, struct.pack("!I", len(b)) + b)
            except OSError: pass
        os._exit(7)
        """,
    ),
]
