"""gradio leaves event loops and sockets to the garbage collector: theirs, not ours."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

_FORGIVEN = ("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/ui/pages" in str(item.path):
            for one in _FORGIVEN:
                item.add_marker(pytest.mark.filterwarnings(one))


@pytest.fixture(autouse=True, scope="module")
def collected() -> Iterator[None]:
    """What gradio left is collected while its warnings are forgiven, not in a later test of something else."""
    yield
    gc.collect()
