"""The value of terms: laws of sets, figures that are not there, and readings that must agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.composing.doubt import both_readings
from agents.composing.terms import (
    Agreed,
    Compared,
    Empty,
    Extreme,
    Joined,
    Leaf,
    Named,
    Not,
    Number,
    Size,
    Subset,
    Sum,
    Within,
)
from agents.composing.values import value_of
from tools.answers import NodeValues

SETS = st.frozensets(st.integers(0, 9))
DEGREES = Leaf("degrees")
DISTANCES = Leaf("single_source_distances", (("source", 1),))


def named(nodes: Any) -> Named:
    return Named(tuple(nodes))


@given(SETS, SETS)
def test_sets_are_joined_as_sets(one: frozenset[int], other: frozenset[int]) -> None:
    found = {how: set(value_of(Joined(how, named(one), named(other)), {})) for how in ("and", "or", "less")}  # type: ignore[arg-type]
    assert found == {"and": one & other, "or": one | other, "less": one - other}


@given(SETS, SETS)
def test_a_negation_of_a_negation_is_the_set(everything: frozenset[int], part: frozenset[int]) -> None:
    whole, inside = named(everything | part), named(part)
    assert set(value_of(Joined("less", whole, Joined("less", whole, inside)), {})) == part


@given(SETS, SETS)
def test_statements_of_sets(one: frozenset[int], other: frozenset[int]) -> None:
    assert value_of(Empty(Joined("less", named(one), named(other))), {}) == (one <= other)
    assert value_of(Not(Not(Empty(named(one)))), {}) == (not one)
    if one:
        assert value_of(Subset(named(one), named(other)), {}) == (one <= other)
    else:
        with pytest.raises(ValueError, match="nothing"):
            value_of(Subset(named(one), named(other)), {})


def figures(**of: float | None) -> dict[Leaf, Any]:
    values = {int(name[1:]): figure for name, figure in of.items()}
    return dict.fromkeys((DEGREES, DISTANCES), NodeValues(values))  # type: ignore[arg-type]


def test_who_is_out_of_reach_is_neither_farther_nor_left_out() -> None:
    found = figures(n1=0, n2=3, n3=None)
    near = Within(named((2, 3)), DISTANCES, "<=", Number(3))
    assert value_of(near, found) == [2]
    for compare in (">", ">=", "!="):
        with pytest.raises(ValueError, match="out of reach"):
            value_of(Within(named((2, 3)), DISTANCES, compare, Number(1)), found)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="out of reach"):
        value_of(Extreme(named((2, 3)), DISTANCES, highest=True), found)


def test_ties_before_a_rank_are_asked_back_and_others_are_all_listed() -> None:
    found = figures(n1=4, n2=4, n3=2, n4=2)
    assert value_of(Extreme(named((1, 2, 3, 4)), DEGREES, highest=True), found) == [1, 2]
    with pytest.raises(ValueError, match="tie"):
        value_of(Extreme(named((1, 2, 3, 4)), DEGREES, highest=True, rank=2), found)
    assert value_of(Extreme(named((1, 3, 4)), DEGREES, highest=True, rank=2), found) == [3, 4]


def test_how_many_more_says_nothing_where_there_are_fewer() -> None:
    assert value_of(Sum("more", Number(5), Number(2)), {}) == 3
    with pytest.raises(ValueError, match="other way"):
        value_of(Sum("more", Number(2), Number(5)), {})


def test_readings_that_differ_are_asked_back() -> None:
    assert value_of(Agreed(named((1, 2)), named((2, 1)), "x"), {}) == [1, 2]
    with pytest.raises(ValueError, match="leave open whether"):
        value_of(Agreed(named((1,)), named((2,)), "whether it counts"), {})


@pytest.mark.parametrize(("has", "says"), [(1, False), (2, True), (3, None)])
def test_a_bare_number_may_be_a_lower_bound(has: int, says: bool | None) -> None:
    term = both_readings(Compared("==", Size(named(range(has))), Number(2), bare=True))
    if says is None:
        with pytest.raises(ValueError, match="at least"):
            value_of(term, {})
    else:
        assert value_of(term, {}) is says
