"""The compiled loops of this folder, loaded at their first use."""

from __future__ import annotations

import importlib
from typing import Any

from graphs.compact.extra import need


def algorithms() -> Any:
    """The module of compiled loops.

    Raises:
        GraphError: numba is not installed; the message names the extra.
    """
    need("numba")
    return importlib.import_module("tools.large.kernels")


def sampling() -> Any:
    """The compiled loops that draw samples."""
    need("numba")
    return importlib.import_module("tools.large.draws")


def checks() -> Any:
    """The compiled loops of the checkers, which share nothing with those that they check."""
    need("numba")
    return importlib.import_module("tools.large.checks.kernels")
