"""Random small graphs of every kind: the compact body gives what the networkx body gives, and proves it."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("numba", reason="the compact body needs the extra `large`")

from graphs.compact import CompactGraph  # noqa: E402
from graphs.graph import Graph  # noqa: E402
from tests.tools.large.agreeing import disagreement, names, random_graph  # noqa: E402


@pytest.mark.parametrize("name", names())
def test_both_bodies_agree(name: str) -> None:
    for seed in range(60):
        compact = CompactGraph.of(random_graph(seed))
        plain = Graph(compact.nx)  # with the edges in the same order
        assert disagreement(plain, compact, name, random.Random(seed)) == ""


def main(count: int) -> None:
    """All tools on `count` graphs; prints how many calls were compared."""
    calls = wrong = 0
    for seed in range(count):
        compact = CompactGraph.of(random_graph(seed))
        graph = Graph(compact.nx)
        for name in names():
            calls += 1
            found = disagreement(graph, compact, name, random.Random(seed))
            if found:
                wrong += 1
                print(found[:600])  # noqa: T201
    print(f"{calls} calls on {count} graphs, {wrong} disagreements")  # noqa: T201


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]))
