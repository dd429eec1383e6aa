"""Attempts to reach a network, or a process through a socket."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import Escape

NETWORK = [
    Escape(
        "tcp",
        'attempt(socket.create_connection, ("127.0.0.1", W["tcp"]), 2) and escaped()',
    ),
    Escape(
        "tcp server",
        'attempt(socket.create_server, ("127.0.0.1", 0)) and escaped()',
    ),
    Escape(
        "udp",
        """
        where = ("127.0.0.1", W["udp"])
        attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", where)) and escaped()
        """,
    ),
    Escape(
        "unix socket",
        'attempt(lambda: socket.socket(socket.AF_UNIX).connect(W["unix"])) and escaped()',
    ),
    Escape(
        "abstract socket",
        'attempt(lambda: socket.socket(socket.AF_UNIX).connect("\\0" + W["abstract"])) and escaped()',
    ),
    Escape(
        "netlink socket",
        "attempt(socket.socket, 16, socket.SOCK_RAW, 0) and escaped()",
    ),
    Escape(
        "raw socket",
        "attempt(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1) and escaped()",
    ),
    Escape(
        "packet socket",
        "attempt(socket.socket, 17, socket.SOCK_RAW, 3) and escaped()",
    ),
    Escape(
        "vsock",
        "attempt(socket.socket, 40, socket.SOCK_STREAM) and escaped()",
    ),
    Escape(
        "kernel crypto socket",
        "attempt(socket.socket, 38, socket.SOCK_SEQPACKET) and escaped()",
    ),
    Escape(
        "names of hosts",
        'attempt(socket.getaddrinfo, "example.org", 80) and escaped()',
    ),
    Escape(
        "http",
        """
        import urllib.request
        attempt(urllib.request.urlopen, f"http://127.0.0.1:{W['tcp']}/", None, 2) and escaped()
        """,
    ),
    Escape(
        "datagram from a socket pair",
        r"""
        def go():
            a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            a.sendto(b"x", "\0" + W["abstract"] + "-d")
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
        killed=("forbidden", ""),
    ),
]
