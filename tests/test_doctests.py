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
PAGES = "ui.pages."  # they need gradio


def _modules() -> Iterator[str]:
    for package in (graphs, tools, agents, evals, ui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            name = module.name
            if name not in OPTIONAL and not name.startswith(PAGES) and not name.endswith("__main__"):
                yield name


@pytest.mark.parametrize("name", list(_modules()))
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0
