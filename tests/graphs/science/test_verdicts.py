"""Sentences about figures claim no more than the null models allow."""

from __future__ import annotations

import networkx as nx
import pytest

from graphs.science import Beside, Comparison, findings, measure, summary_sentence

FIGURES = measure(nx.karate_club_graph()).figures


def _beside(null: str, differs: bool | None) -> Beside:
    return Beside(null, 0.4, 0.0 if differs is None else 0.02, 5, None if differs is None else 2.5, differs)


def _compared(missing: dict[str, str] | None = None, **differs: bool | None) -> Comparison:
    besides = {"modularity": {null: _beside(null, said) for null, said in differs.items()}}
    return Comparison(FIGURES, besides, missing or {}, (1, 2, 3, 4, 5))


def _modularity(comparison: Comparison) -> tuple[bool | None, str]:
    (found,) = [f for f in findings(comparison) if f.figure == "modularity"]
    return found.beyond, found.text


def test_a_null_that_shows_the_same_forbids_the_claim() -> None:
    compared = _compared(erdos_renyi=True, configuration=True, shuffled_union=True, random_loop=False)
    beyond, text = _modularity(compared)
    assert beyond is False
    assert "cannot be told from the random loop (0.400 ± 0.020, z = +2.5)" in text
    assert summary_sentence(compared).startswith("Nothing here is a sign of self-organisation")


@pytest.mark.parametrize("null", ["erdos_renyi", "configuration", "shuffled_union", "random_loop"])
def test_any_null_that_shows_the_same_is_enough(null: str) -> None:
    differs = dict.fromkeys(("erdos_renyi", "configuration", "shuffled_union", "random_loop"), True) | {null: False}
    assert _modularity(_compared(**differs))[0] is False


def test_without_the_shuffled_union_nothing_is_claimed() -> None:
    missing = dict.fromkeys(("shuffled_union", "random_loop"), "fewer than 5 steps added edges")
    compared = _compared(missing, erdos_renyi=True, configuration=True)
    beyond, text = _modularity(compared)
    assert beyond is None
    assert "there is no shuffled union of local graphs to judge it by (fewer than 5 steps added edges)" in text
    assert summary_sentence(compared).startswith("No claim of self-organisation can be made")


def test_differing_from_all_is_no_proof() -> None:
    compared = _compared(erdos_renyi=True, configuration=True, shuffled_union=True, random_loop=True)
    assert _modularity(compared)[0] is True
    assert "1 of 1 figures differ from every null model (modularity)" in summary_sentence(compared)
    assert "no proof of self-organisation" in summary_sentence(compared)


def test_a_null_without_spread_decides_nothing() -> None:
    compared = _compared(erdos_renyi=True, configuration=None, shuffled_union=True, random_loop=True)
    assert _modularity(compared)[0] is None
    assert "No claim" in summary_sentence(compared)
