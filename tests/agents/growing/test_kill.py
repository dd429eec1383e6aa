"""Growth that is killed with SIGKILL; `python -m benchmarks.kill_grow` does it 200 times."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kill_grow import kill


@pytest.mark.slow
def test_killed_growth_loses_and_doubles_nothing(tmp_path: Path) -> None:
    account = kill(3, 6, 1, tmp_path, kinds=("replay",), say=False)
    assert account.faults == []
    assert account.kills >= 3
