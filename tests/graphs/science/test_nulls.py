"""Null models keep what they promise, and show what theory says they show."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphs.errors import BadArgument
from graphs.science import Simple, compare, findings, measure, project
from graphs.science.comparison import _beside
from graphs.science.nulls import _pair, configuration, erdos_renyi
from graphs.science.unions import exchanged, random_loop, retold, shuffled_union


def test_numbers_are_pairs() -> None:
    pairs = _pair(np.arange(10_000))
    assert set(map(tuple, pairs.tolist())) == {
        (a, b) for b in range(142) for a in range(b) if b * (b - 1) // 2 + a < 10_000
    }
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert _pair(np.array([0, 1, 2, 3])).tolist() == [[0, 1], [0, 2], [1, 2], [0, 3]]
    last = 2**26 * (2**26 - 1) // 2 - 1
    assert _pair(np.array([last, last + 1])).tolist() == [[2**26 - 2, 2**26 - 1], [0, 2**26]]


@pytest.mark.parametrize(("nodes", "edges"), [(400, 1200), (12, 60), (5, 10), (3, 0)])
def test_erdos_renyi_keeps_the_numbers(nodes: int, edges: int) -> None:
    made = erdos_renyi(Simple.of(nodes, list(nx.gnm_random_graph(nodes, edges, seed=1).edges())), seed=4)
    assert (made.num_nodes, made.num_edges) == (nodes, edges)


def test_erdos_renyi_clusters_as_theory_says() -> None:
    real = project(nx.relaxed_caveman_graph(60, 8, 0.1, seed=1))
    chance = 2 * real.num_edges / (real.num_nodes * (real.num_nodes - 1))
    found = [measure(erdos_renyi(real, seed)).figures for seed in range(8)]
    assert np.mean([f.transitivity for f in found]) == pytest.approx(chance, rel=0.15)
    assert np.mean([f.assortativity for f in found]) == pytest.approx(0, abs=0.03)
    assert np.mean([f.path_length for f in found]) == pytest.approx(
        np.log(real.num_nodes) / np.log(found[0].mean_degree), rel=0.2
    )


def test_configuration_model_keeps_every_degree() -> None:
    real = project(nx.barabasi_albert_graph(300, 3, seed=2))
    made = configuration(real, seed=1)
    assert made.degrees.tolist() == real.degrees.tolist()
    assert len({tuple(p) for p in made.pairs.tolist()} & {tuple(p) for p in real.pairs.tolist()}) < real.num_edges / 3


def test_configuration_model_clusters_as_theory_says() -> None:
    """Newman, Networks, eq. 12.45: C = (<k²> - <k>)² / (n <k>³)."""
    real = project(nx.relaxed_caveman_graph(100, 6, 0.3, seed=3))
    k = real.degrees
    wanted = (np.mean(k**2) - np.mean(k)) ** 2 / (len(k) * np.mean(k) ** 3)
    found = np.mean([measure(configuration(real, seed)).figures.transitivity for seed in range(10)])
    assert found == pytest.approx(wanted, rel=0.15)


def test_configuration_model_is_uniform() -> None:
    """Of the 70 graphs on 6 nodes with two neighbours each, 10 are two triangles."""
    ring = project(nx.cycle_graph(6))
    made = [configuration(ring, seed) for seed in range(600)]
    assert np.mean([len(set(g.components.tolist())) == 2 for g in made]) == pytest.approx(1 / 7, abs=0.045)


def test_exchanging_keeps_shapes_and_occurrences() -> None:
    rng = np.random.default_rng(5)
    locals_ = [
        list(nx.relabel_nodes(nx.path_graph(5), dict(enumerate(rng.choice(40, 5, False)))).edges()) for _ in range(30)
    ]
    made = exchanged(locals_, seed=1)
    assert made != locals_

    def occurrences(graphs: list) -> dict[int, int]:
        return {n: sum(any(n in edge for edge in g) for g in graphs) for n in range(40)}

    assert occurrences(made) == occurrences(locals_)
    for before, after in zip(locals_, made, strict=True):
        assert nx.is_isomorphic(nx.Graph(before), nx.Graph(after))
    assert shuffled_union(locals_, seed=1, isolates=3).num_nodes == len({n for g in locals_ for e in g for n in e}) + 3
    with pytest.raises(BadArgument, match="no step has an edge"):
        shuffled_union([[], []], seed=1)


def test_a_random_loop_keeps_shapes_and_how_long_nodes_rested() -> None:
    locals_ = _loop(60, seed=3)
    made = retold(locals_, seed=1)
    assert made == retold(locals_, seed=1)
    assert made != retold(locals_, seed=2)
    for before, after in zip(locals_, made, strict=True):
        assert nx.is_isomorphic(nx.Graph(before), nx.Graph(after))
    assert _rests(made) == _rests(locals_)
    assert random_loop(locals_, seed=1).num_nodes == len({node for g in locals_ for edge in g for node in edge})
    with pytest.raises(BadArgument, match="no step has an edge"):
        random_loop([], seed=1)


def test_a_meaningless_loop_is_no_self_organisation() -> None:
    """A loop that goes on from its last step differs from the shuffled union, and not from the random loop."""
    locals_ = _loop(150, seed=5)
    nodes = {node: i for i, node in enumerate(dict.fromkeys(node for g in locals_ for edge in g for node in edge))}
    real = Simple.of(len(nodes), [(nodes[a], nodes[b]) for g in locals_ for a, b in g])
    compared = compare(real, locals_, seeds=range(1, 11))
    assert compared.besides["modularity"]["shuffled_union"].differs is True
    assert compared.besides["modularity"]["random_loop"].differs is False
    assert sum(f.beyond is True for f in findings(compared)) <= 1


def _loop(steps: int, seed: int) -> list[list[tuple[int, int]]]:
    """Each step joins 4 new nodes and up to 4 old ones, mostly of the step before, by 10 random edges."""
    rng = np.random.default_rng(seed)
    found: list[list[tuple[int, int]]] = []
    nodes, last = 0, list[int]()
    for _ in range(steps):
        old = (
            {int(rng.choice(last) if rng.random() < 0.8 else rng.integers(nodes)) for _ in range(4)} if nodes else set()
        )
        local = [*range(nodes, nodes + 4), *old]
        nodes += 4
        edges = [tuple(rng.choice(local, 2, replace=False).tolist()) for _ in range(10)]
        last = list({node for edge in edges for node in edge})
        found.append(edges)
    return found


def _rests(locals_: list) -> list[list[int]]:
    last: dict[int, int] = {}
    found = []
    for step, local in enumerate(locals_):
        nodes = {node for edge in local for node in edge}
        found.append(sorted(step - last.get(node, step) for node in nodes))
        last |= dict.fromkeys(nodes, step)
    return found


def test_a_union_of_separate_graphs_is_its_own_null() -> None:
    locals_ = [[(4 * s, 4 * s + 1), (4 * s + 1, 4 * s + 2), (4 * s, 4 * s + 2)] for s in range(12)]
    real = shuffled_union(locals_, seed=0)
    found = compare(real, locals_, seeds=(1, 2, 3)).besides
    assert found["clustering"]["shuffled_union"].differs is False
    assert found["clustering"]["erdos_renyi"].differs is True
    assert found["largest_share"]["configuration"].mean > 0


def test_random_graphs_do_not_differ_from_their_null() -> None:
    differ = []
    for seed in range(6):
        real = project(nx.gnm_random_graph(120, 260, seed=seed))
        besides = compare(real, seeds=(1, 2, 3, 4)).besides
        differ += [row["erdos_renyi"].differs for row in besides.values() if row["erdos_renyi"].differs is not None]
    assert np.mean(differ) < 0.05


def test_the_level_is_kept_with_few_seeds() -> None:
    rng = np.random.default_rng(0)
    draws = rng.normal(size=(4000, 6))
    called = [_beside("", row[0], row[1:].tolist()) for row in draws]
    assert np.mean([b is not None and b.differs for b in called]) == pytest.approx(0.01, abs=0.006)


def test_nulls_that_all_agree_have_no_z() -> None:
    same, other = _beside("", 2.0, [2.0, 2.0, 2.0]), _beside("", 3.0, [2.0, 2.0, 2.0])
    assert same is not None
    assert other is not None
    assert (same.z, same.differs, other.z, other.differs) == (None, False, None, None)
    assert _beside("", None, [1.0, 2.0, 3.0]) is None
    assert _beside("", 1.0, [1.0, None, None]) is None


def test_too_few_seeds_or_steps_are_refused_or_said() -> None:
    real = project(nx.karate_club_graph())
    with pytest.raises(BadArgument, match="3 different seeds"):
        compare(real, seeds=(1, 2))
    with pytest.raises(BadArgument, match="3 different seeds"):
        compare(real, seeds=(1, 1, 2))
    found = compare(real, [[(1, 2)]], seeds=(1, 2, 3))
    assert found.missing == dict.fromkeys(("shuffled_union", "random_loop"), "fewer than 5 steps added edges")
    assert len(compare(Simple.of(3, [(0, 1)]), seeds=(1, 2, 3)).missing) == 4


def test_a_null_does_not_speak_about_what_it_keeps() -> None:
    locals_ = _loop(8, seed=1)
    besides = compare(shuffled_union(locals_, seed=1), locals_, seeds=(1, 2, 3)).besides
    assert "configuration" not in besides["max_degree"]
    assert "erdos_renyi" in besides["max_degree"]
    assert set(besides["isolates"]) == {"erdos_renyi"}
    assert "num_nodes" not in besides
