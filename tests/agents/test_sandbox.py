"""The sandbox holds what it says: programs that work, programs that try to get out, and refusal where nothing holds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.sandbox import Limits, Ran, SandboxUnavailable, describe, run_program, server
from graphs.errors import BadArgument
from tests.agents.escapes import CALLS, ESCAPES, Escape
from tests.agents.outside import Outside

WALLS = {
    "all": (),
    "no namespaces": ("namespaces",),
    "no Landlock": ("landlock",),
    "same user": ("uid",),
    "same user, no namespaces": ("uid", "namespaces"),
}
SMALL = Limits(seconds=2, cpu_seconds=1, memory=256 << 20, output=1 << 16, file_size=1 << 20, files=32)


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


@pytest.fixture()
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


@pytest.mark.parametrize("escape", ESCAPES, ids=lambda each: each.name)
def test_no_escape(walls: str, escape: Escape, outside: Outside) -> None:
    start = time.monotonic()
    ran = run_program(escape.text(outside.facts(), calls()), limits=SMALL)
    took = time.monotonic() - start
    assert outside.touched() == []
    assert outside.token not in shown(ran)
    assert "ESCAPED" not in shown(ran), (ran.stdout, ran.stderr)
    assert took < SMALL.seconds + 3
    assert not escape.killed or ran.killed in escape.killed, ran
    assert len(ran.stdout) + len(ran.stderr) <= SMALL.output
    assert sum(map(len, ran.made.values())) <= 4 * SMALL.file_size
    assert len(ran.made) <= SMALL.files
