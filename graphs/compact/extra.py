"""The packages of the extra `large`, imported when they are first needed."""

from __future__ import annotations

import importlib
from typing import Any

from graphs.errors import GraphError


def need(name: str) -> Any:
    """The module called `name`.

    Raises:
        GraphError: it is not installed; the message names the extra.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        raise GraphError(
            f"graphs of this size need the package {package!r}; install it with: pip install 'konigsberg[large]', "
            "or read the graph with body='networkx'"
        ) from error


def kernels() -> Any:
    """The compiled loops of this folder.

    Raises:
        GraphError: numba is not installed; the message names the extra.
    """
    need("numba")
    return importlib.import_module("graphs.compact.kernels")
