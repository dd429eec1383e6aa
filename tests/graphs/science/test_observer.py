"""What changes from step to step."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphs.science import Observer, Simple
from graphs.science.panel import draw, lots


def test_the_first_step_has_nothing_to_compare_with() -> None:
    found = Observer().measure(nx.karate_club_graph())
    assert (found.stability, found.newly_connected, found.shortened) == (None, None, None)


def test_the_same_graph_is_stable() -> None:
    watcher = Observer(seed=3)
    watcher.measure(nx.karate_club_graph())
    found = watcher.measure(nx.karate_club_graph())
    assert found.stability == pytest.approx(1)
    assert found.shortened == 0
    assert found.newly_connected is None  # no pair was apart


def test_pairs_of_the_panel_join_and_come_closer() -> None:
    watcher = Observer()
    watcher.measure(nx.disjoint_union(nx.path_graph(4), nx.path_graph(4)))
    joined = nx.disjoint_union(nx.path_graph(4), nx.path_graph(4))
    joined.add_edge(3, 4)
    found = watcher.measure(joined)
    assert (found.newly_connected, found.shortened) == (1.0, 0.0)
    joined.add_edge(0, 7)  # a ring of eight: distances 7, 6, 5 became 1, 2, 3
    assert watcher.measure(joined).shortened == pytest.approx(6 / 28)


def test_a_merged_node_is_no_longer_compared() -> None:
    watcher = Observer()
    watcher.measure(nx.path_graph(5))
    found = watcher.measure(nx.path_graph(3))
    assert found.stability is not None
    assert found.shortened == 0


def test_measuring_the_last_state_again_continues_the_run() -> None:
    states = [nx.barabasi_albert_graph(n, 2, seed=1) for n in (30, 40, 50)]
    unbroken = Observer(seed=2)
    wanted = [unbroken.measure(state) for state in states]
    resumed = Observer(seed=2)
    resumed.measure(states[1])
    assert resumed.measure(states[2]) == wanted[2]


def test_the_panel_stays_together_while_the_graph_grows() -> None:
    small, large = Simple.of(200, []), Simple.of(260, [])
    before, after = (set(draw(g, np.arange(g.num_nodes), 64, seed=1).tolist()) for g in (small, large))
    assert len(before) == len(after) == 64
    assert len(before & after) >= 40  # 64 · 200 / 260 on average
    assert after - before <= set(range(200, 260))
    assert lots(["a", 1], 0).tolist() != lots(["a", 1], 1).tolist()
