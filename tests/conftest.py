"""Settings of the whole test run: no network, no user data."""

from __future__ import annotations

import contextlib
import importlib
import os
import random
import socket
from pathlib import Path

import pytest

if "PYTEST_XDIST_WORKER" in os.environ:  # the workers share the processors already
    os.environ.setdefault("OMP_NUM_THREADS", "1")
else:  # workers inherit it, so that sets in the names of tests read the same in all of them
    os.environ.setdefault("PYTHONHASHSEED", str(random.randrange(2**32)))
for _name in ("sklearn", "igraph"):  # before torch: they find no room for thread-local storage afterwards
    with contextlib.suppress(ImportError):
        importlib.import_module(_name)

LOCAL = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine alone."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise OSError(f"tests must not reach the network, and something asked for {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep what the product stores out of the user's folders."""
    folder = tmp_path / "konigsberg-data"
    monkeypatch.setenv("KONIGSBERG_DATA_DIR", str(folder))
    return folder
