"""The sandbox holds what it says: programs that work, programs that try to get out, and refusal where nothing holds."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.sandbox import Limits, Ran, describe, run_program, server
from graphs.errors import BadArgument
from tests.agents.sandbox.escapes import CALLS, ESCAPES, GREED, Escape
from tests.agents.sandbox.outside import Outside

WALLS = {
    "all": (),
    "no namespaces": ("namespaces",),
    "no Landlock": ("landlock",),
    "same user": ("uid",),
    "same user, no namespaces": ("uid", "namespaces"),
}
SMALL = Limits(seconds=1.5, cpu_seconds=1, memory=256 << 20, output=1 << 16, file_size=1 << 20, files=32)


@pytest.fixture(scope="module", autouse=True)
def usable() -> Iterator[None]:
    found = describe()
    if not found["usable"]:
        pytest.skip(found["verdict"])
    yield
    server.stop()


@pytest.fixture(scope="module", params=WALLS)
def walls(request: pytest.FixtureRequest) -> Iterator[str]:
    """Every set of layers that has to hold alone."""
    hello = server.restart(WALLS[request.param]).hello
    if why := server.missing(hello):
        pytest.skip(why)
    yield request.param
    server.restart()


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    found = Outside(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", found.token)
    monkeypatch.setenv("KONIGSBERG_SECRET", found.token)
    yield found
    found.close()


def calls() -> dict[str, int]:
    import pyseccomp

    return {name: pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in CALLS}


def shown(ran: Ran) -> str:
    return "\n".join([ran.stdout, ran.stderr, *ran.made, *(content.decode("latin-1") for content in ran.made.values())])


# The whole and the weakest set of walls always; KONIGSBERG_ALL_WALLS=1 tries the set between them as well.
BETWEEN = ("no Landlock",) if os.environ.get("KONIGSBERG_ALL_WALLS") else ()
TRIED = [
    (name, escape)
    for name in ("all", *BETWEEN, "same user, no namespaces")
    for escape in ESCAPES
    if escape not in GREED or name not in BETWEEN
]


@pytest.mark.parametrize(("walls", "escape"), TRIED, ids=lambda each: getattr(each, "name", each), indirect=["walls"])
def test_no_escape(walls: str, escape: Escape, outside: Outside) -> None:
    start = time.monotonic()
    ran = run_program(escape.text(outside.facts(), calls()), limits=SMALL)
    took = time.monotonic() - start
    assert outside.touched() == []
    assert outside.token not in shown(ran)
    assert "ESCAPED" not in shown(ran), (ran.stdout, ran.stderr)
    assert took < SMALL.seconds + 10
    assert not escape.killed or ran.killed in escape.killed, ran
    assert len(ran.stdout) + len(ran.stderr) <= SMALL.output
    assert sum(map(len, ran.made.values())) <= 4 * SMALL.file_size
    assert len(ran.made) <= SMALL.files


WORKING = {
    "networkx": ("import networkx as nx\nprint(nx.shortest_path_length(nx.path_graph(9), 0, 8))", "8"),
    "numpy": ("import numpy as np\nprint(round(np.linalg.eigvalsh(np.ones((200, 200)))[-1]))", "200"),
    "scipy": ("import scipy.sparse as s\nprint(int(s.csr_array([[0, 3], [0, 0]]).sum()))", "3"),
    "igraph": ("import igraph\nprint(igraph.Graph.Ring(9).diameter())", "4"),
    "pandas": ("import pandas as pd\nprint(len(pd.DataFrame({'a': [1, 2]})))", "2"),
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor as T\nprint(sum(T(8).map(abs, range(-4, 5))))",
        "20",
    ),
    "asyncio": ("import asyncio\nprint(asyncio.run(asyncio.sleep(0.01, 'ok')))", "ok"),
    "sqlite": ("import sqlite3\nprint(sqlite3.connect('a.db').execute('select 7').fetchone()[0])", "7"),
    "copies": ("import shutil\nopen('a', 'w').write('x')\nshutil.copyfile('a', 'b')\nprint(open('b').read())", "x"),
    "temporary files": ("import tempfile\nwith tempfile.TemporaryFile() as f: print(f.write(b'xyz'))", "3"),
    "arguments": ("import sys\nprint(sys.argv[1:], __name__)", "['a', 'b'] __main__"),
    "memory within the limit": ("import numpy as np\nprint(int(np.ones(10**7).sum()))", "10000000"),
}


@pytest.mark.parametrize("name", WORKING)
def test_ordinary_programs_work(walls: str, name: str) -> None:
    code, said = WORKING[name]
    if name in ("igraph", "pandas"):
        pytest.importorskip(name)
    ran = run_program(code, argv=["a", "b"])
    assert (ran.stdout.strip(), ran.stderr, ran.exit_code, ran.killed) == (said, "", 0, "")


def test_a_picture_is_made() -> None:
    pytest.importorskip("matplotlib")
    ran = run_program("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('a.png')")
    assert ran.made["a.png"].startswith(b"\x89PNG"), ran.stderr


def test_files_go_in_and_come_out() -> None:
    code = "print(open('in/graph.csv').read())\nopen('in/graph.csv', 'a').write('c,d')\n"
    code += "open('answer.json', 'w').write('5')"
    ran = run_program(code, files={"in/graph.csv": b"a,b\n", "unread.txt": b"x"})
    assert ran.stdout == "a,b\n\n"
    assert ran.made == {"in/graph.csv": b"a,b\nc,d", "answer.json": b"5"}


def test_a_given_path_can_be_read_and_not_written(walls: str, tmp_path: Path) -> None:
    given, other = tmp_path / "graph.csv", tmp_path / "other.csv"
    for file in (given, other):
        file.write_text("a,b")
        file.chmod(0o600)
    code = f"print(open({str(given)!r}).read())\nfor p in {[str(given), str(other)]!r}:\n    try: open(p, 'r+')\n"
    ran = run_program(code + "    except OSError: print('refused')", readable=[given])
    assert ran.stdout == "a,b\nrefused\nrefused\n", ran.stderr
    assert given.read_text() == other.read_text() == "a,b"


def test_a_link_to_a_given_path_is_found_by_its_own_name(walls: str, tmp_path: Path) -> None:
    given, link = tmp_path / "graph.csv", tmp_path / "link.csv"
    given.write_text("a,b")
    link.symlink_to(given)
    assert run_program(f"print(open({str(link)!r}).read())", readable=[link]).stdout == "a,b\n"


@pytest.mark.parametrize(
    ("code", "exit_code", "says"),
    [
        ("import sys; sys.exit(3)", 3, ""),
        ("import sys; sys.exit('no')", 1, "no"),
        ("raise SystemExit", 0, ""),
        ("1 / 0", 1, "ZeroDivisionError"),
        ("x = = 1", 1, "SyntaxError"),
        ("import os; os._exit(300)", 44, ""),
        ("import os; os.kill(os.getpid(), 15)", None, ""),
        ("import os; os.abort()", None, ""),
        ("import ctypes; ctypes.string_at(0)", None, ""),
    ],
)
def test_how_it_ended(code: str, exit_code: int | None, says: str) -> None:
    ran = run_program(code)
    assert (ran.exit_code, ran.killed) == (exit_code, "")
    assert says in ran.stderr
    assert "sandbox" not in ran.stderr


def test_an_error_shows_the_programs_own_lines_alone() -> None:
    ran = run_program("def f():\n    return 1 / 0\nf()")
    assert ran.stderr.splitlines()[0] == "Traceback (most recent call last):"
    assert ran.stderr.count('File "program.py"') == ran.stderr.count("File ") == 2
    assert "return 1 / 0" in ran.stderr


def test_output_is_fit_to_be_shown() -> None:
    ran = run_program(r"import sys; sys.stdout.buffer.write(b'K\xc3\xb6 \x1b[2J\x00\xff\x9b\r\n\t\xe2\x80\xae.')")
    assert ran.stdout == "Kö \ufffd[2J\ufffd\ufffd\ufffd\n\t\ufffd."


def test_output_before_a_kill_is_kept() -> None:
    ran = run_program("print('so far')\nwhile True: pass", limits=Limits(seconds=0.5))
    assert (ran.stdout, ran.killed, ran.exit_code) == ("so far\n", "time", None)


def test_cpu_seconds_end_it() -> None:
    ran = run_program("while True: pass", limits=Limits(seconds=8, cpu_seconds=1))
    assert (ran.killed, ran.exit_code) == ("cpu", None)


def test_it_can_be_cancelled() -> None:
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    ran = run_program("import time; time.sleep(30)", cancel=cancel)
    assert ran.killed == "cancelled"
    assert ran.seconds < 5


def test_programs_run_side_by_side_and_share_nothing() -> None:
    found: dict[int, Ran] = {}

    def one(number: int) -> None:
        code = f"import time, os, random\nopen('x', 'x').write('{number}')\ntime.sleep(0.2)\n"
        code += "print(os.listdir('.'), random.random())"
        found[number] = run_program(code)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number].made["x"] for number in range(6)] == [str(number).encode() for number in range(6)]
    assert len({ran.stdout for ran in found.values()}) == 6


def test_a_program_leaves_nothing_for_the_next() -> None:
    run_program(
        "import networkx, builtins, os\nnetworkx.path_graph = None\nbuiltins.mark = 1\nos.environ['MARK'] = '1'"
    )
    ran = run_program(
        "import networkx, builtins, os\nprint(networkx.path_graph(2), hasattr(builtins, 'mark'), 'MARK' in os.environ)"
    )
    assert ran.stdout.endswith("edges False False\n"), ran.stderr


def test_a_dead_server_is_replaced() -> None:
    process = server.running().process
    process.kill()
    process.wait()
    assert run_program("print(1)").stdout == "1\n"


def test_the_server_shares_no_writable_memory() -> None:
    """A program forked from it could else change what later programs see."""
    maps = Path(f"/proc/{server.running().process.pid}/maps").read_text()
    assert [line for line in maps.splitlines() if "w" in line.split()[1] and "s" in line.split()[1]] == []


@pytest.mark.parametrize(
    "name", ["", "/etc/x", "../x", "a/../../x", "a\0b", "program.py", "./x", "a//b", "/".join("abcdefghi")]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(BadArgument, match="file name"):
        run_program("pass", files={name: b""})


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"memory": -1}, {"files": 1.5}, {"output": float("nan")}])
def test_limits_are_above_zero(limits: dict[str, float]) -> None:
    with pytest.raises(BadArgument, match="limit"):
        Limits(**limits)  # type: ignore[arg-type]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="does not exist"):
        run_program("pass", readable=[tmp_path / "none"])
    with pytest.raises(BadArgument, match="whole file system"):
        run_program("pass", readable=[Path("/")])


def test_describe_tells_the_layers() -> None:
    assert {"seccomp", "limits", "no capabilities"} <= set(describe()["layers"])
    assert "seccomp" in run_program("pass").layers
