"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import agents
import evals
import graphs
import tools
import ui

OPTIONAL = {"tools.langchain", "tools.mcp_server", "evals.inspect_task", "agents.talk.conversation", "ui.app"}
OPTIONAL |= {"ui.pages.ask", "ui.pages.frame", "ui.pages.models"}


def _modules() -> Iterator[str]:
    for package in (graphs, tools, agents, evals, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name not in OPTIONAL and not module.name.endswith("__main__"):
                yield module.name


@pytest.mark.parametrize("name", list(_modules()))
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0
