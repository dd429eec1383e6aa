"""Where no sandbox can be built, nothing runs unless the user says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.sandbox import Limits, SandboxUnavailable, describe, run_program, server

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the sandbox and its fork server are for Linux")


@pytest.fixture(params=[("seccomp",), ("landlock", "namespaces"), ("seccomp", "landlock", "namespaces")], ids=str)
def nothing_holds(request: pytest.FixtureRequest) -> Iterator[None]:
    server.restart(request.param)
    yield
    server.stop()


@pytest.mark.usefixtures("nothing_holds")
class TestRefusal:
    def test_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SandboxUnavailable, match=r"libseccomp2 .*KONIGSBERG_UNSAFE_CODE"):
            run_program(f"open({str(tmp_path / 'ran')!r}, 'w')")
        assert not (tmp_path / "ran").exists()
        assert not describe()["usable"]
        assert describe()["missing"]

    @pytest.mark.parametrize("setting", ["", "0", "yes", "true"])
    def test_only_the_setting_named_in_the_message_allows_it(
        self, monkeypatch: pytest.MonkeyPatch, setting: str
    ) -> None:
        monkeypatch.setenv("KONIGSBERG_UNSAFE_CODE", setting)
        with pytest.raises(SandboxUnavailable):
            run_program("pass")

    def test_allowed_by_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KONIGSBERG_UNSAFE_CODE", "1")
        assert run_program("print(1)").layers == ("unsafe",)

    def test_unsafe_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "token-of-the-test")
        code = "import os, sys\nopen('a', 'w').write('x')\nprint(os.environ, sys.argv[1:])\nsys.exit(4)"
        ran = run_program(code, unsafe=True, argv=["b"])
        assert (ran.exit_code, ran.layers, dict(ran.made)) == (4, ("unsafe",), {"a": b"x"})
        assert "without a sandbox" in ran.stderr
        assert "token-of-the-test" not in ran.stdout

    @pytest.mark.parametrize(
        ("code", "killed"), [("while True: pass", "time"), ("while True: print('x' * 9999)", "output")]
    )
    def test_unsafe_keeps_time_and_output(self, code: str, killed: str) -> None:
        assert run_program(code, unsafe=True, limits=Limits(seconds=0.5, output=10_000)).killed == killed


def test_unsafe_is_a_permission_and_not_a_wish() -> None:
    server.stop()
    if not describe()["usable"]:
        pytest.skip(describe()["verdict"])
    assert "seccomp" in run_program("pass", unsafe=True).layers


@pytest.mark.parametrize("without", [(), ("namespaces",)])
def test_a_failing_wall_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: tuple[str, ...]
) -> None:
    """What cannot be locked down at the last moment does not start: here, a file that vanished after it was checked."""
    if server.missing(server.restart(without).hello):
        pytest.skip("these layers do not hold here")
    monkeypatch.setattr("agents.sandbox.run._existing", lambda path: [str(path)])
    with pytest.raises(SandboxUnavailable, match="nothing ran"):
        run_program(f"open({str(tmp_path / 'ran')!r}, 'w')", readable=[tmp_path / "gone"], unsafe=False)
    assert not (tmp_path / "ran").exists()
    server.stop()
