"""What the tests of the agents share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.programs.documentation import Documentation


@pytest.fixture(scope="session")
def documentation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Documentation]:
    """The index of this interpreter's networkx, made once."""
    folder: Path = tmp_path_factory.mktemp("documentation")
    made = Documentation(sys.executable, folder, ("networkx",))
    made.refresh()
    yield made
    made.close()
